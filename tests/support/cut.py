"""What people do to a workbook's structure in Excel: sheets, tables, columns, headers and names deleted, renamed, moved.

Each function takes the bytes of a workbook and returns those of the changed one, as Excel would have left it: what pointed
at something deleted says #REF! afterwards, what was renamed is called by its new name everywhere.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from perfmon_xl.ooxml.names import CONTENT_TYPES
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.workbook.addresses import range_a1, split_range
from perfmon_xl.workbook.file.package import tag

WORKBOOK, RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]+)([0-9]+)")


class _Parts:
    """The parts that were looked at, written back at the end."""

    def __init__(self, data: bytes) -> None:
        self.data, self.trees, self.removed = data, {}, set[str]()
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.bytes = {name: package.read(name) for name in package.namelist()}

    def tree(self, part: str) -> etree._Element:
        if part not in self.trees:
            self.trees[part] = etree.fromstring(self.bytes[part])
        return self.trees[part]

    def relations(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        rels = f"{folder}/_rels/{name}.rels"
        if rels not in self.bytes:
            return {}
        return {
            e.get("Id", ""): posixpath.normpath(posixpath.join(folder, e.get("Target", "")))
            if not e.get("Target", "").startswith("/")
            else e.get("Target", "")[1:]
            for e in self.tree(rels)
        }

    def sheets(self) -> dict[str, str]:
        targets = self.relations(WORKBOOK)
        return {
            e.get("name", ""): targets[e.get(_ID, "")]
            for e in self.tree(WORKBOOK).iterfind(f"{tag('sheets')}/{tag('sheet')}")
        }

    def table(self, name: str) -> tuple[str, str, str]:
        """sheet, its part, the table's part"""
        for sheet, part in self.sheets().items():
            for target in self.relations(part).values():
                if target.startswith("xl/tables/") and self.tree(target).get("displayName") == name:
                    return sheet, part, target
        raise KeyError(name)

    def formulas(self) -> Iterator[etree._Element]:
        for part in self.sheets().values():
            yield from self.tree(part).iter(tag("f"), tag("formula"), tag("formula1"))
        yield from self.tree(WORKBOOK).iter(tag("definedName"))
        for part in [n for n in self.bytes if n.startswith("xl/tables/") and n not in self.removed]:
            yield from self.tree(part).iter(tag("calculatedColumnFormula"))

    def replaced(self, pattern: str, by: str) -> None:
        """In all formulas. What becomes #REF! shows #REF!."""
        wanted = re.compile(pattern)
        for formula in self.formulas():
            text = formula.text or ""
            changed = wanted.sub(lambda _: by, text)
            if changed == text:
                continue
            formula.text = changed
            cell = formula.getparent()
            if by == "#REF!" and cell is not None and cell.tag == tag("c"):
                value = cell.find(tag("v"))
                if value is not None:
                    cell.set("t", "e")
                    value.text = "#REF!"

    def drop(self, part: str) -> None:
        folder, name = posixpath.split(part)
        self.removed |= {part, f"{folder}/_rels/{name}.rels"} & set(self.bytes)
        types = self.tree(CONTENT_TYPES)
        for override in list(types):
            if override.get("PartName") == f"/{part}":
                types.remove(override)

    def done(self) -> bytes:
        changed = {
            name: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, tree in self.trees.items()
            if name not in self.removed
        }
        return rewritten(self.data, changed, frozenset(self.removed))


def sheet_names(data: bytes) -> list[str]:
    return list(_Parts(data).sheets())


def _quoted(sheet: str) -> str:
    return rf"(?:'{re.escape(sheet)}'|\b{re.escape(sheet)})![$A-Z0-9:]+"


def without_sheet(data: bytes, sheet: str) -> bytes:
    """The sheet deleted."""
    parts = _Parts(data)
    part = parts.sheets()[sheet]
    book = parts.tree(WORKBOOK)
    tables = [t for t in parts.relations(part).values() if t.startswith("xl/tables/")]
    names = [parts.tree(t).get("displayName") or "" for t in tables]
    listed = book.find(tag("sheets"))
    assert listed is not None
    element = next(e for e in listed if e.get("name") == sheet)
    at = list(listed).index(element)
    relation = element.get(_ID)
    listed.remove(element)
    rels = parts.tree(RELS)
    rels.remove(next(e for e in rels if e.get("Id") == relation))
    for dropped in (part, *tables, *(t for t in parts.relations(part).values() if "comments" in t)):
        parts.drop(dropped)
    for name in list(book.iter(tag("definedName"))):
        own = name.get("localSheetId")
        if own is None:
            continue
        if int(own) == at:
            name.getparent().remove(name)  # type: ignore[union-attr]
        elif int(own) > at:
            name.set("localSheetId", str(int(own) - 1))
    parts.replaced(_quoted(sheet), "#REF!")
    for name in names:
        parts.replaced(rf"\b{re.escape(name)}\[(?:\[[^\]]*\],?)*[^\]]*\]", "#REF!")
    return parts.done()


def renamed_sheet(data: bytes, sheet: str, new: str) -> bytes:
    """The sheet renamed; what points at it follows."""
    parts = _Parts(data)
    for element in parts.tree(WORKBOOK).iter(tag("sheet")):
        if element.get("name") == sheet:
            element.set("name", new)
    for formula in parts.formulas():
        text = formula.text or ""
        formula.text = text.replace(f"'{sheet}'!", f"'{new}'!").replace(f"{sheet}!", f"'{new}'!")
    return parts.done()


def moved_sheet(data: bytes, sheet: str, to: int) -> bytes:
    """The sheet dragged to another place among the tabs."""
    parts = _Parts(data)
    listed = parts.tree(WORKBOOK).find(tag("sheets"))
    assert listed is not None
    before = [e.get("name") for e in listed]
    element = next(e for e in listed if e.get("name") == sheet)
    listed.remove(element)
    listed.insert(to, element)
    after = [e.get("name") for e in listed]
    for name in parts.tree(WORKBOOK).iter(tag("definedName")):
        own = name.get("localSheetId")
        if own is not None:
            name.set("localSheetId", str(after.index(before[int(own)])))
    return parts.done()


def protected_sheet(data: bytes, sheet: str) -> bytes:
    """The sheet protected (no password)."""
    parts = _Parts(data)
    root = parts.tree(parts.sheets()[sheet])
    element = etree.Element(tag("sheetProtection"), sheet="1", objects="1", scenarios="1")
    old = root.find(tag("sheetProtection"))
    if old is not None:
        root.remove(old)
    body = root.find(tag("sheetData"))
    assert body is not None
    body.addnext(element)
    return parts.done()


def hidden_sheet(data: bytes, sheet: str) -> bytes:
    """The sheet hidden so that only a macro shows it again."""
    parts = _Parts(data)
    for element in parts.tree(WORKBOOK).iter(tag("sheet")):
        if element.get("name") == sheet:
            element.set("state", "veryHidden")
    return parts.done()


def without_table(data: bytes, table: str) -> bytes:
    """“Convert to range”: the cells stay, the table is gone; references become addresses (here: #REF!)."""
    parts = _Parts(data)
    _, part, target = parts.table(table)
    folder, name = posixpath.split(part)
    rels = parts.tree(f"{folder}/_rels/{name}.rels")
    relation = next(e for e in rels if (e.get("Target") or "").endswith(posixpath.basename(target)))
    rels.remove(relation)
    root = parts.tree(part)
    listed = root.find(tag("tableParts"))
    assert listed is not None
    for element in list(listed):
        if element.get(_ID) == relation.get("Id"):
            listed.remove(element)
    listed.set("count", str(len(listed)))
    if not len(listed):
        root.remove(listed)
    parts.drop(target)
    parts.replaced(rf"\b{re.escape(table)}\[(?:\[[^\]]*\],?)*[^\]]*\]", "#REF!")
    return parts.done()


def renamed_table(data: bytes, table: str, new: str) -> bytes:
    """The table renamed in Excel's own box."""
    parts = _Parts(data)
    root = parts.tree(parts.table(table)[2])
    root.set("name", new)
    root.set("displayName", new)
    for formula in parts.formulas():
        formula.text = re.sub(rf"\b{re.escape(table)}\[", f"{new}[", formula.text or "")
    return parts.done()


def renamed_header(data: bytes, table: str, header: str, new: str) -> bytes:
    """A header typed anew."""
    parts = _Parts(data)
    _, part, target = parts.table(table)
    root = parts.tree(target)
    columns = root.find(tag("tableColumns"))
    assert columns is not None
    for column in columns:
        if column.get("name") == header:
            column.set("name", new)
    top, left, _, _ = split_range(root.get("ref") or "")
    at = [c.get("name") for c in columns].index(new)
    cell = _cell(parts.tree(part), top, left + at)
    _put(cell, new)
    for formula in parts.formulas():
        if header in (formula.text or ""):
            formula.text = re.sub(
                rf"\b{re.escape(table)}\[(?:\[[^\]]*\],?)*[^\]\[]*\]",
                lambda match: match[0].replace(f"[{header}]", f"[{new}]"),
                formula.text or "",
            )
    return parts.done()


def without_column(data: bytes, table: str, header: str) -> bytes:
    """A column of the table deleted; what stands to the right moves up."""
    parts = _Parts(data)
    _, part, target = parts.table(table)
    root = parts.tree(target)
    columns = root.find(tag("tableColumns"))
    assert columns is not None
    at = [c.get("name") for c in columns].index(header)
    columns.remove(columns[at])
    columns.set("count", str(len(columns)))
    top, left, bottom, right = split_range(root.get("ref") or "")
    root.set("ref", range_a1(top, left, bottom, right - 1))
    if (sorting := root.find(tag("autoFilter"))) is not None:
        sorting.set("ref", range_a1(top, left, bottom, right - 1))
    sheet = parts.tree(part)
    for row in sheet.iter(tag("row")):
        if not top <= int(row.get("r") or 0) <= bottom:
            continue
        for cell in list(row):
            found = _CELL.fullmatch(cell.get("r") or "")
            assert found is not None
            number = _number(found[1])
            if number == left + at:
                row.remove(cell)
            elif left + at < number <= right:
                cell.set("r", f"{_letters(number - 1)}{found[2]}")
    parts.replaced(rf"\b{re.escape(table)}\[(\[#[A-Za-z ]+\],)?\[?{re.escape(header)}\]?\]", "#REF!")
    return parts.done()


def without_name(data: bytes, name: str) -> bytes:
    """A defined name deleted by hand."""
    parts = _Parts(data)
    book = parts.tree(WORKBOOK)
    for element in list(book.iter(tag("definedName"))):
        if element.get("name") == name:
            element.getparent().remove(element)  # type: ignore[union-attr]
    return parts.done()


def _cell(sheet: etree._Element, row: int, column: int) -> etree._Element:
    wanted = f"{_letters(column)}{row}"
    return next(c for c in sheet.iter(tag("c")) if c.get("r") == wanted)


def _put(cell: etree._Element, text: str) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    holder = etree.SubElement(etree.SubElement(cell, tag("is")), tag("t"))
    holder.text = text


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
