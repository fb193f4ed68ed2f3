"""One worksheet part: its cells read in one pass (value, formula, error, format) and written one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.workbook.cell_text import EMPTY, SheetText, plain, split_rows
from perfmon_xl.workbook.cell_values import (
    EPOCH,
    EPOCH_1904,
    iso_date,
    number_text,
    safe_text,
    stored_number,
)
from perfmon_xl.workbook.package import MAIN, Package, parse, tag, unescaped
from perfmon_xl.workbook.port import (
    CellRef,
    Content,
    Formula,
    RawCell,
    Scalar,
    column_letters,
    column_number,
)

_A1 = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_NAME_TARGET = re.compile(r"='?((?:[^'!]|'')+)'?!\$?([A-Z]{1,3})\$?(\d+)")
_C, _ROW, _F, _V, _IS, _T, _R = (tag(n) for n in ("c", "row", "f", "v", "is", "t", "r"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def split_a1(reference: str) -> tuple[int, int]:
    """“$B$5” → (5, 2)。"""
    found = _A1.fullmatch(reference)
    if found is None:
        raise UserError(f"单元格地址 {reference} 不认识。", "请在 Excel 中打开后另存一份。")
    return int(found[2]), column_number(found[1])


def split_range(reference: str) -> tuple[int, int, int, int]:
    """“A3:F9” → (3, 1, 9, 6)。"""
    first, _, last = reference.partition(":")
    top, left = split_a1(first)
    bottom, right = split_a1(last) if last else (top, left)
    return top, left, bottom, right


def name_target(reference: str) -> CellRef | None:
    """名称指向的单元格，如“='表 1'!$B$5”；指向别的（区域、公式、常数）是 None。"""
    found = _NAME_TARGET.fullmatch("=" + reference.strip().lstrip("="))
    if found is None:
        return None
    return CellRef(found[1].replace("''", "'"), int(found[3]), column_number(found[2]))


def range_a1(top: int, left: int, bottom: int, right: int) -> str:
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"


class SheetPart:
    """一张工作表的单元格。用 of 打开：一个部分的各行只能由一个对象管着。"""

    def __init__(self, package: Package, name: str, part: str) -> None:
        self.package, self.name, self.part = package, name, part
        text = None if package.parsed(part) else split_rows(package.raw(part), MAIN)
        if text is not None:
            package.set_tree(part, text.around)
        data = package.tree(part).find(tag("sheetData"))
        if data is None:
            raise UserError(f"工作表“{name}”没有内容区，文件可能已损坏。", "请在 Excel 中打开修复后另存。")
        self.data = data
        self._texts: dict[int, str] = {}  # rows nobody has written to, as they stand in the file
        self._lines: dict[int, etree._Element] = {}  # the others
        self._cells: dict[int, dict[int, etree._Element]] = {}  # of the lines that were needed
        self._known: dict[tuple[int, int], RawCell] = {}  # what was read and not written since
        self._changed: set[tuple[int, int]] = set()
        # True: whatever is not known and was not written is blank, the lines need not be asked
        self._complete = text is not None
        self._apart = text is not None  # the lines do not stand in the tree
        if text is not None:
            self._texts = {number: row.text for number, row in text.rows.items()}
            self._read_text(text)
            return
        last_row = 0
        for row in data:
            last_row = int(row.get("r") or last_row + 1)
            self._lines[last_row] = row

    @classmethod
    def of(cls, package: Package, name: str, part: str) -> SheetPart:
        """一张工作表只打开一次：写了什么，别处也读得到。"""
        found = package.opened.get(part)
        if not isinstance(found, cls):
            found = package.opened[part] = cls(package, name, part)
        return found

    def line(self, row: int) -> etree._Element | None:
        """一行，可以改；没有这一行的是 None。"""
        text = self._texts.pop(row, None)
        if text is not None:
            self._lines[row] = self._parsed(text)
        return self._lines.get(row)

    def _parsed(self, text: str) -> etree._Element:
        spaces = "".join(
            f' xmlns{f":{prefix}" if prefix else ""}="{space}"' for prefix, space in self.data.nsmap.items()
        )
        return parse(f"<sheetData{spaces}>{text}</sheetData>".encode(), self.part)[0]

    def completed(self, around: bytes) -> bytes:
        """部分写成的样子，补上各行：没有改的照抄，改过的重写。"""
        if not self._apart or not (self._texts or self._lines):
            return around
        numbers = sorted(self._lines)
        holder = etree.Element(self.data.tag, nsmap=self.data.nsmap)  # type: ignore[arg-type]  # None is the default
        for number in numbers:
            holder.append(self._lines[number])
            holder.append(etree.Comment(""))
        written = etree.tostring(holder, encoding="unicode")
        lines = written[written.index(">") + 1 :].split("<!---->")
        rows = {**self._texts, **dict(zip(numbers, lines, strict=False))}
        inside = "".join(rows[number] for number in sorted(rows))
        return around.replace(EMPTY, b"<sheetData>" + inside.encode("utf-8") + b"</sheetData>", 1)

    def in_row(self, row: int) -> Mapping[int, etree._Element]:
        """一行里写在文件里的各格，按列。"""
        return self._in_row(row)

    def _in_row(self, row: int) -> dict[int, etree._Element]:
        found = self._cells.get(row)
        if found is None:
            found, last, line = {}, 0, self.line(row)
            for cell in line if line is not None else ():
                reference = cell.get("r")
                last = column_number(reference.rstrip("0123456789")) if reference else last + 1
                found[last] = cell
            self._cells[row] = found
        return found

    def used(self) -> Iterator[tuple[int, int]]:
        """有内容的各格在哪一行、哪一列。"""
        if self._complete and not self._changed:
            yield from self._known
            return
        yield from (place for place, cell in self.elements() if len(cell))

    def elements(self) -> Iterator[tuple[tuple[int, int], etree._Element]]:
        """写在文件里的各格，空着只有样式的也在内。"""
        for row in sorted({*self._texts, *self._lines}):
            yield from (((row, column), cell) for column, cell in self._in_row(row).items())

    def _formulas(self, number: str | None) -> Iterator[tuple[etree._Element, etree._Element]]:
        """同一个共享公式的各格和它们的公式。"""
        for row in [row for row, text in self._texts.items() if f'si="{number}"' in text]:
            self.line(row)
        for row in sorted(self._lines):
            for formula in self._lines[row].iter(_F):
                if formula.get("si") == number and (cell := formula.getparent()) is not None:
                    yield cell, formula

    # --- reading ------------------------------------------------------------------------------------

    def read(self, row: int, column: int) -> RawCell:
        found = self._known.get((row, column))
        if found is None:
            if self._complete and (row, column) not in self._changed:
                return RawCell(CellRef(self.name, row, column))
            found = self._known[row, column] = self._read(row, column)
        return found

    def _read(self, row: int, column: int) -> RawCell:
        ref = CellRef(self.name, row, column)
        cell = self._in_row(row).get(column)
        if cell is None or not len(cell):
            return RawCell(ref)
        formula, text, inline = None, None, None
        for child in cell:
            if child.tag == _V:
                text = child.text
            elif child.tag == _F:
                formula = child.text or ""
            elif child.tag == _IS:
                inline = "".join(
                    t.text or ""
                    for t in child.iter(_T)
                    if (up := t.getparent()) is None or up.tag in (_IS, _R)
                )
        return self._raw(ref, cell.get("t") or "n", int(cell.get("s") or 0), text, formula, inline)

    def _read_text(self, sheet: SheetText) -> None:
        """从文件里的文字一次读完。"""
        for row, (_, cells) in sheet.rows.items():
            for letters, style, kind, has_formula, formula, value, is_inline, inline in cells:
                if has_formula or value or is_inline:
                    column = column_number(letters)
                    self._known[row, column] = self._raw(
                        CellRef(self.name, row, column),
                        kind or "n",
                        int(style or 0),
                        plain(value) or None,
                        plain(formula) if has_formula else None,
                        plain(inline) if is_inline else None,
                    )

    def _raw(
        self, ref: CellRef, kind: str, style: int, text: str | None, formula: str | None, inline: str | None
    ) -> RawCell:
        """一格写在文件里的样子读成什么：t 属性、样式、v、f、is。"""
        if kind == "inlineStr":
            return RawCell(ref, unescaped(inline or ""), formula)
        if text is None:
            return RawCell(ref, "" if kind == "str" and formula is not None else None, formula)
        if kind == "s":
            return RawCell(ref, self._shared(text), formula)
        if kind == "str":
            return RawCell(ref, unescaped(text), formula)
        if kind == "b":
            return RawCell(ref, text.strip() in ("1", "true"), formula)
        if kind == "e":
            return RawCell(ref, None, formula, error=text)
        if kind == "d":
            return RawCell(ref, iso_date(text), formula)
        formats = self.package.formats
        return self._number(ref, text, formula, formats[style] if style < len(formats) else "")

    def read_full(self, row: int, column: int) -> RawCell:
        """同 read，共享公式的每一格也写出自己的公式。"""
        cell = self.read(row, column)
        element = self._in_row(row).get(column)
        formula = None if element is None else element.find(_F)
        if formula is None or formula.text or formula.get("t") != "shared":
            return cell
        for other, head in self._formulas(formula.get("si")):
            if head.get("ref"):
                return cell._replace(formula=_moved(head, other, cell.ref.a1))
        return cell

    def _shared(self, text: str) -> str:
        try:
            return self.package.strings[int(text)]
        except (ValueError, IndexError):
            raise UserError(
                f"工作表“{self.name}”里有一处文字找不到原文，文件可能已损坏。",
                "请在 Excel 中打开修复后另存。",
            ) from None

    def _number(self, ref: CellRef, text: str, formula: str | None, form: str) -> RawCell:
        number = stored_number(text)
        if number is None:
            return RawCell(ref, text, formula)
        if form == "d" and 0 < number < 2_958_466:
            epoch = EPOCH_1904 if self.package.date1904 else EPOCH
            return RawCell(ref, epoch + timedelta(days=int(number)), formula)
        return RawCell(ref, number, formula, percent=form == "%")

    def texts(self, row: int, styles: frozenset[int]) -> Iterator[tuple[int, str]]:
        """一行里用这几个样式的文字：列、内容。"""
        for column, cell in self._in_row(row).items():
            if int(cell.get("s") or 0) in styles and isinstance(value := self.read(row, column).value, str):
                yield column, value

    # --- writing ------------------------------------------------------------------------------------

    def write(self, row: int, column: int, content: Content, *, like: etree._Element | None = None) -> bool:
        """写一格；返回公式有没有变动（变了就要丢掉计算链）。like 是新单元格照抄样式的那一格。"""
        self.package.touch(self.part)
        self._forget(row, column)
        cell = self._cell(row, column)
        if like is not None and like.get("s"):
            cell.set("s", like.get("s") or "0")
        old = cell.find(_F)
        keeps = old is not None and isinstance(content, Formula) and content.text in ("", old.text)
        formula_changed = not keeps and (old is not None or isinstance(content, Formula))
        if old is not None and not keeps:
            self._release(cell, old)
        for child in list(cell):
            if not (keeps and child is old):
                cell.remove(child)
        for attribute in ("t", "cm", "vm"):
            cell.attrib.pop(attribute, "")
        self._put(cell, content, CellRef(self.name, row, column))
        return formula_changed

    def remove(self, row: int, column: int) -> None:
        """这一格连样式都没有了。"""
        self.package.touch(self.part)
        self._forget(row, column)
        cell = self._in_row(row).pop(column, None)
        if cell is None:
            return
        formula = cell.find(_F)
        if formula is not None:
            self._release(cell, formula)
        line = self.line(row)
        if line is not None:
            line.remove(cell)

    def _forget(self, row: int, column: int) -> None:
        self._known.pop((row, column), None)
        self._changed.add((row, column))

    def _put(self, cell: etree._Element, content: Content, ref: CellRef) -> None:
        if isinstance(content, Formula):
            if cell.find(_F) is None:
                etree.SubElement(cell, _F).text = safe_text(content.text, ref)
            value = content.value
            if isinstance(value, str):
                cell.set("t", "str")
                etree.SubElement(cell, _V).text = safe_text(value, ref)
            elif value is not None:
                self._put_value(cell, value)
        elif isinstance(content, str):
            if content == "":
                return
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, _IS), _T)
            text.text = safe_text(content, ref)
            text.set(_SPACE, "preserve")
        elif content is not None:
            self._put_value(cell, content)

    def _put_value(self, cell: etree._Element, value: Scalar) -> None:
        if isinstance(value, bool):
            cell.set("t", "b")
            text = str(int(value))
        elif isinstance(value, date):
            epoch = EPOCH_1904 if self.package.date1904 else EPOCH
            text = str((value - epoch).days)
        else:
            text = number_text(Decimal(str(value)))
        etree.SubElement(cell, _V).text = text

    def _cell(self, row: int, column: int) -> etree._Element:
        beside = self._in_row(row)
        cell = beside.get(column)
        if cell is not None:
            return cell
        line = self.line(row)
        if line is None:
            line = self._new_line(row)
        line.attrib.pop("spans", "")
        cell = etree.Element(_C, r=f"{column_letters(column)}{row}")
        before = max((c for c in beside if c < column), default=None)
        if before is not None:
            beside[before].addnext(cell)
        else:
            line.insert(0, cell)
        if line.get("s") and line.get("customFormat"):
            cell.set("s", line.get("s") or "0")
        beside[column] = cell
        return cell

    def _new_line(self, row: int) -> etree._Element:
        line = self._lines[row] = etree.Element(_ROW, r=str(row))
        if not self._apart:
            before = max((number for number in self._lines if number < row), default=None)
            if before is not None:
                self._lines[before].addnext(line)
            else:
                self.data.insert(0, line)
        return line

    def _release(self, cell: etree._Element, formula: etree._Element) -> None:
        """换掉一个公式之前：数组公式不能只改一格；共享公式的头要交给下一格。"""
        kind = formula.get("t")
        if kind == "array" and (formula.get("ref") or "").count(":"):
            raise UserError(
                f"{self.name}!{cell.get('r')} 是数组公式的一部分，不能单独改写。",
                "请先在 Excel 里删去这个数组公式。",
            )
        if kind != "shared" or not formula.get("ref"):
            return
        followers = [one for one in self._formulas(formula.get("si")) if one[0] is not cell]
        if not followers:
            return
        for other, follower in followers:
            follower.text = _moved(formula, cell, other.get("r") or "A1")
            for attribute in ("t", "si", "ref"):
                follower.attrib.pop(attribute, "")
        self._known.clear()
        self._complete = False  # their formulas stand in the tree only


def _moved(formula: etree._Element, home: etree._Element, to: str) -> str:
    """共享公式的头搬到另一格是什么样子。"""
    from openpyxl.formula.translate import Translator  # a rare path: keep it off the usual imports

    whole = Translator("=" + (formula.text or ""), origin=home.get("r") or "A1")
    return str(whole.translate_formula(to))[1:]
