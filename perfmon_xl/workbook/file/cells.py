"""One worksheet part: its cells read when they are asked for (value, formula, error, format) and written one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import overload

from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.escaping import escape
from perfmon_xl.ooxml.names import SPREADSHEET
from perfmon_xl.workbook.file.cell_text import (
    CellText,
    RowText,
    fields,
    formula_attribute,
    formula_text,
    has_content,
    joined,
    plain,
    rows_of,
    split_rows,
)
from perfmon_xl.workbook.file.cell_values import (
    EPOCH,
    EPOCH_1904,
    iso_date,
    number_text,
    safe_text,
    stored_number,
)
from perfmon_xl.workbook.file.column_widths import ColumnWidths
from perfmon_xl.workbook.file.nonstandard_rows import normalise_rows
from perfmon_xl.workbook.file.package import Package, tag, unescaped
from perfmon_xl.workbook.port import (
    CellRef,
    Content,
    Formula,
    RawCell,
    Scalar,
    StoredRow,
)

PICTURE = "（图片）"  # what a cell shows that holds a picture
_PICTURE = re.compile(r"=?(?:_xlfn\.)*DISPIMG\(", re.I)  # WPS writes the call as the result, too
NOTHING: Mapping[int, str] = MappingProxyType({})


class SheetPart:
    """一张工作表的单元格。用 of 打开：一个部分的各行只能由一个对象管着。"""

    def __init__(self, package: Package, name: str, part: str) -> None:
        self.package, self.name, self.part = package, name, part
        text = None if package.parsed(part) else split_rows(package.raw(part), SPREADSHEET, f"工作表“{name}”")
        if text is not None:
            package.set_raw(part, text.around)
            self._rows = text.rows
            return
        data = package.tree(part).find(tag("sheetData"))
        if data is None:
            raise UserError(f"工作表“{name}”没有内容区，文件可能已损坏。", "请在 Excel 中打开修复后另存。")
        rows = rows_of(normalise_rows(data), f"工作表“{name}”")
        if rows is None:
            raise UserError(f"工作表“{name}”的各行写乱了，文件可能已损坏。", "请在 Excel 中打开修复后另存。")
        self._rows = rows

    @classmethod
    def of(cls, package: Package, name: str, part: str) -> SheetPart:
        """一张工作表只打开一次：写了什么，别处也读得到。"""
        sheet_entry = package.opened.get(part)
        if not isinstance(sheet_entry, cls):
            sheet_entry = package.opened[part] = cls(package, name, part)
        return sheet_entry

    def completed(self, around: bytes) -> bytes:
        """部分写成的样子，补上各行：没有改的照抄。"""
        return joined(around, self._rows, SPREADSHEET)

    def line(self, row: int) -> RowText | None:
        """一行；没有这一行的是 None。"""
        return self._rows.get(row)

    def in_row(self, row: int) -> Mapping[int, str]:
        """一行里写在文件里的各格的文字，按列。"""
        line = self._rows.get(row)
        return {} if line is None else line.cells

    @property
    def last_row(self) -> int:
        """写在文件里的最后一行；一行也没有的是 0。"""
        return max(self._rows, default=0)

    def used(self) -> Iterator[tuple[int, int]]:
        """有内容的各格在哪一行、哪一列。"""
        yield from (place for place, text in self.written_cells() if has_content(text))

    def written_cells(self) -> Iterator[tuple[tuple[int, int], str]]:
        """写在文件里的各格，空着只有样式的也在内。"""
        for row in sorted(self._rows):
            yield from (((row, column), text) for column, text in self._rows[row].cells.items())

    # --- reading ------------------------------------------------------------------------------------

    def read(self, row: int, column: int) -> RawCell:
        line = self._rows.get(row)
        return RawCell(CellRef(self.name, row, column)) if line is None else self.read_in(line, column)

    def read_row(self, row: int, columns: range) -> TextRow:
        """表格的一行，现在的样子。"""
        return TextRow(self, self._rows.get(row) or RowText(row), columns)

    def read_in(self, line: RowText, column: int) -> RawCell:
        raw_cell = line.known.get(column)
        if raw_cell is None:
            written, ref = line.cells.get(column), CellRef(self.name, line.number, column)
            raw_cell = self._raw(ref, written) if written and has_content(written) else RawCell(ref)
            line.known[column] = raw_cell
        return raw_cell

    def _raw(self, ref: CellRef, written: str) -> RawCell:
        """一格写在文件里的样子读成什么。"""
        style, kind, function, value, inline = fields(written)
        formula = formula_text(function) if function else None
        if kind == "inlineStr":
            return RawCell(ref, unescaped(plain(inline or "")), formula)
        if not value:
            return RawCell(ref, "" if kind == "str" and formula is not None else None, formula)
        text = plain(value)
        if kind == "s":
            return RawCell(ref, self._shared(text), formula)
        if kind == "str":
            return RawCell(ref, PICTURE if _PICTURE.match(text) else unescaped(text), formula)
        if kind == "b":
            return RawCell(ref, text.strip() in ("1", "true"), formula)
        if kind == "e" and ' vm="' in written[: written.find(">")]:
            return RawCell(
                ref, PICTURE, formula
            )  # Excel's picture in a cell: an error to all who do not know it
        if kind == "e":
            return RawCell(ref, None, formula, error=text)
        if kind == "d":
            return RawCell(ref, iso_date(text), formula)
        return self._number(ref, text, formula, self.format(style))

    def format(self, style: str) -> str:
        """样式是百分比（%）、日期（d）、都不是（空）。"""
        formats, number = self.package.formats, int(style or 0)
        return formats[number] if 0 <= number < len(formats) else ""

    @cached_property
    def dates(self) -> frozenset[str]:
        """是日期的样式。"""
        return frozenset(str(number) for number, form in enumerate(self.package.formats) if form == "d")

    @cached_property
    def column_widths(self) -> ColumnWidths:
        """各列多宽，哪些格是合并的。"""
        return ColumnWidths.of(self.package.tree(self.part))

    def read_full(self, row: int, column: int) -> RawCell:
        """同 read，共享公式的每一格也写出自己的公式。"""
        cell = self.read(row, column)
        if cell.formula != "":
            return cell
        function = fields(self._rows[row].cells[column]).formula
        if formula_attribute(function, "t") != "shared":
            return cell
        for other, head in self._sharing(formula_attribute(function, "si")):
            if formula_attribute(head, "ref"):
                return cell._replace(formula=_moved(head, other, cell.ref))
        return cell

    def _sharing(self, number: str) -> list[tuple[CellRef, str]]:
        """同一个共享公式的各格，和它们的 f 元素。"""
        mark = f'si="{number}"'
        return [
            (CellRef(self.name, row, column), function)
            for row, line in self._rows.items()
            if mark in line.text
            for column, text in line.cells.items()
            if mark in text and formula_attribute(function := fields(text).formula, "si") == number
        ]

    def _shared(self, text: str) -> str:
        text = text.strip()
        try:
            if not (
                text.isascii() and text.isdigit()
            ):  # Python would count from the end, and read 1_0 as ten
                raise ValueError
            return self.package.strings[int(text)]
        except (ValueError, IndexError):
            raise UserError(
                f"工作表“{self.name}”里有一处文字找不到原文，文件可能已损坏。",
                "请在 Excel 中打开修复后另存。",
            ) from None

    def _number(self, ref: CellRef, text: str, formula: str | None, form: str) -> RawCell:
        number = stored_number(text)
        if number is None:
            return RawCell(ref, text if len(text) <= 40 else f"{text[:40]}……", formula)
        if form == "d" and 0 < number < 2_958_466:
            epoch = EPOCH_1904 if self.package.date1904 else EPOCH
            return RawCell(ref, epoch + timedelta(days=int(number)), formula)
        return RawCell(ref, number, formula, percent=form == "%", since_1904=self.package.date1904)

    # --- writing ------------------------------------------------------------------------------------

    def write(self, row: int, contents: Mapping[int, Content], styles: Mapping[int, str] = NOTHING) -> bool:
        """写一行里的几格；返回公式有没有变动（变了就要丢掉计算链）。styles 是各列要用的样式，不写的不变。"""
        self.package.touched.add(self.part)
        line, changes, formula_changed = self._rows.get(row) or RowText(row), dict[int, str](), False
        for column, content in contents.items():
            ref = CellRef(self.name, row, column)
            old = line.cells.get(column)
            was = CellText() if old is None else fields(old)
            keeps = (
                was.formula
                and isinstance(content, Formula)
                and content.text in ("", formula_text(was.formula))
            )
            formula_changed |= not keeps and bool(was.formula or isinstance(content, Formula))
            if was.formula and not keeps and self._is_head(ref, was.formula):
                self._rows[row] = line.with_cells(changes)
                self._hand_over(ref, was.formula)
                line, changes = self._rows[row], {}
            if old is None and " spans=" in line.attributes:
                line = line.with_attributes(spans="")
            style = styles.get(column) or was.style
            if not style and old is None and line.attribute("customFormat"):
                style = line.attribute("s")
            changes[column] = self._text(
                ref, style, was.formula if keeps else _function(content, ref), content
            )
        self._rows[row] = line.with_cells(changes)
        return formula_changed

    def _text(self, ref: CellRef, style: str, function: str, content: Content) -> str:
        """一格要写成的文字。"""
        kind, inside = self._value(ref, content.value if isinstance(content, Formula) else content)
        if isinstance(content, Formula) and isinstance(content.value, str):
            kind, inside = "str", f"<v>{escape(safe_text(content.value, ref))}</v>"
        head = f'<c r="{ref.a1}"' + (f' s="{style}"' if style else "") + (f' t="{kind}"' if kind else "")
        inside = function + inside
        return f"{head}>{inside}</c>" if inside else f"{head}/>"

    def _value(self, ref: CellRef, value: Scalar) -> tuple[str, str]:
        """值写成什么：t 属性和里面的元素。"""
        if value is None or value == "":
            return "", ""
        if isinstance(value, str):
            text = escape(safe_text(value, ref))
            return "inlineStr", f'<is><t xml:space="preserve">{text}</t></is>'
        if isinstance(value, bool):
            return "b", f"<v>{int(value)}</v>"
        if isinstance(value, date):
            epoch = EPOCH_1904 if self.package.date1904 else EPOCH
            return "", f"<v>{(value - epoch).days}</v>"
        return "", f"<v>{number_text(Decimal(str(value)))}</v>"

    def set_height(self, row: int, height: str) -> None:
        """行高，磅；不再是人定的。"""
        line = self._rows[row]
        if line.attribute("ht") != height or line.attribute("customHeight"):
            self._rows[row] = line.with_attributes(ht=height, customHeight="")

    def set_outline(self, row: int, *, hide: bool, opens: bool) -> None:
        """这一行收在大纲第 1 级里（hide），还是露着；opens：下面有收起来的行，“+”在这一行。"""
        line = self._rows.get(row)
        wanted = {
            "outlineLevel": "1" if hide else "",
            "hidden": "1" if hide else "",
            "collapsed": "1" if opens else "",
        }
        if line is not None and any((line.attribute(name) or "") != value for name, value in wanted.items()):
            self._rows[row] = line.with_attributes(**wanted)

    def remove(self, row: int, column: int) -> None:
        """这一格连样式都没有了。"""
        self.package.touched.add(self.part)
        text = self.in_row(row).get(column)
        if text is None:
            return
        ref, function = CellRef(self.name, row, column), fields(text).formula
        if function and self._is_head(ref, function):
            self._hand_over(ref, function)
        self._rows[row] = self._rows[row].with_cells({column: ""})

    def _is_head(self, ref: CellRef, function: str) -> bool:
        """是不是共享公式的头，换掉之前要交给下一格；数组公式不能只改一格，拒绝。"""
        kind, area = formula_attribute(function, "t"), formula_attribute(function, "ref")
        if kind == "array" and ":" in area:
            raise UserError(f"{ref} 是数组公式的一部分，不能单独改写。", "请先在 Excel 里删去这个数组公式。")
        return kind == "shared" and bool(area)

    def _hand_over(self, head: CellRef, function: str) -> None:
        """共享公式写到其余各格里。"""
        for other, follower in self._sharing(formula_attribute(function, "si")):
            if other != head:
                line = self._rows[other.row]
                whole = f"<f>{escape(_moved(function, head, other))}</f>"
                text = line.cells[other.column].replace(follower, whole, 1)
                self._rows[other.row] = line.with_cells({other.column: text})


class TextRow(StoredRow):
    """表格的一行，读的时候的样子：以后写了什么，这里看不到。"""

    __slots__ = ("_columns", "_line", "_sheet")

    def __init__(self, sheet: SheetPart, line: RowText, columns: range) -> None:
        self._sheet, self._line, self._columns = sheet, line, columns

    def __len__(self) -> int:
        return len(self._columns)

    @overload
    def __getitem__(self, index: int) -> RawCell: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RawCell]: ...
    def __getitem__(self, index: int | slice) -> RawCell | Sequence[RawCell]:
        if isinstance(index, slice):
            return tuple(self)[index]
        column = self._columns[index]
        return self._line.known.get(column) or self._sheet.read_in(self._line, column)

    def mismatches(self, expected: Iterable[tuple[int, Decimal | str]]) -> list[tuple[int, Decimal | str]]:
        cells, columns, dates = self._line.cells, self._columns, self._sheet.dates
        return [
            (index, value)
            for index, value in expected
            if not _surely_shows(cells.get(columns[index], ""), value, dates)
        ]


def _surely_shows(text: str, value: Decimal | str, dates: frozenset[str]) -> bool:
    """一格写的是公式，结果就是 value；写法不是通常那样的，不好说。"""
    if isinstance(value, str):
        if "&" in value or "<" in value or ">" in value or "_x" in value:
            return False  # written in another way than it reads
        return ' t="str"><f' in text and text.endswith(f"<v>{value}</v></c>")
    end = text.find('"><f')
    if end < 0 or text.find(' t="', 0, end) >= 0 or not text.endswith("</v></c>"):
        return False
    if text[text.rfind('"', 0, end) + 1 : end] in dates:  # nothing but the style can stand there
        return False
    return stored_number(text[text.rindex(">", 0, -len("</v></c>")) + 1 : -len("</v></c>")]) == value


def _function(content: Content, ref: CellRef) -> str:
    return f"<f>{escape(safe_text(content.text, ref))}</f>" if isinstance(content, Formula) else ""


def _moved(function: str, home: CellRef, to: CellRef) -> str:
    """共享公式的头搬到另一格是什么样子。"""
    from openpyxl.formula.translate import Translator  # a rare path: keep it off the usual imports

    whole = Translator("=" + formula_text(function), origin=home.a1)
    return str(whole.translate_formula(to.a1))[1:]
