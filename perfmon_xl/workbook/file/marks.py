"""Marks in a user's sheet: a colour and a note on a cell, put so that exactly they can be taken away again.

The look is a conditional format of our own (recognised by its formula, which names the level), so the cell's own
fill stays underneath untouched; a light keeps its colour, an entry's look gives way; the note is a classic comment by our own author, or one put there in a running Excel (its author
is whoever was signed in), known by the alternative text of its box. Whatever a person put there is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.layout.palette import FINDINGS, PLAIN, shown_with
from perfmon_xl.workbook.addresses import split_range
from perfmon_xl.workbook.file.cells import SheetPart
from perfmon_xl.workbook.file.notes import own_notes, replace_notes
from perfmon_xl.workbook.file.package import WORKBOOK, Package, tag
from perfmon_xl.workbook.port import AUTHOR, SOFT, CellRef, Mark

OURS = f'"{AUTHOR}"="{AUTHOR}"'
LEVELS = tuple(FINDINGS)
_LEVEL = re.compile(rf'^\(?"{AUTHOR}"="{AUTHOR}"(?:\)\*\("([^"]+)"="\1"\))?$')
_OLD_COLOURS = {
    "F8CBAD": "错误",
    "FFE699": "警告",
    "DDEBF7": "提示",
    "D9D9D9": "无法判断",
}  # of version 0.1.0
_BEFORE_FORMATS = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting",
)  # fmt: skip
_BEFORE_DXFS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles")
SYMBOLS_FROM = 240  # numbers of formats that only we use


def replace_marks(package: Package, marks: Mapping[CellRef, Mark]) -> None:
    """去掉上次做的全部记号，做上这次的；marks 是空的就只去掉。别人的底色、条件格式和批注不动。"""
    by_sheet: dict[str, dict[CellRef, Mark]] = {}
    for ref, mark in marks.items():
        by_sheet.setdefault(ref.sheet, {})[ref] = mark
    looks: dict[bytes, int] = {}
    for name, part in package.sheets.items():
        own = by_sheet.get(name, {})
        _colours(package, part, own, looks)
        replace_notes(package, part, own)


def read_marks(package: Package) -> dict[CellRef, Mark]:
    """现在的记号，只有我们做的。"""
    found: dict[CellRef, Mark] = {}
    for name, part in package.sheets.items():
        notes = own_notes(package, part)
        for element in package.tree(part).findall(tag("conditionalFormatting")):
            # Excel gathers the rules of one range into one element: a mark may stand beside a format of the sheet.
            rule = next(iter(_mark_rules(element)), None)
            if rule is None:
                continue
            level = level_in(rule.findtext(tag("formula")) or "") or _old_level(
                package, int(rule.get("dxfId") or 0)
            )
            for one in (element.get("sqref") or "").split():
                top, left, bottom, right = split_range(one)
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        ref = CellRef(name, row, column)
                        found[ref] = Mark(level, notes.get(ref.a1, ""))
    return found


def formula_of(level: str) -> str:
    """一个级别的记号的公式（不带等号）：总是真的，认得出是我们的、是哪一级的。"""
    return f'({OURS})*("{level}"="{level}")'


def level_in(formula: str) -> str:
    """记号的公式说的级别；老版本的记号没有说，是空的。"""
    match = _LEVEL.match(_bare(formula))
    return (match[1] or "") if match else ""


def level_of_old(colour: str) -> str:
    """0.1.0 做的记号，级别在颜色里。"""
    return _OLD_COLOURS.get(colour[-6:].upper(), "")


def _old_level(package: Package, number: int) -> str:
    part = next((p for kind, p in package.relations(WORKBOOK).values() if kind == "styles"), "")
    colours = package.tree(part).findall(f"{tag('dxfs')}/{tag('dxf')}")[number].iter(tag("bgColor"))
    return next((level_of_old(c.get("rgb") or "") for c in colours), "")


def _colours(package: Package, part: str, marks: Mapping[CellRef, Mark], looks: dict[bytes, int]) -> None:
    """looks：已经知道的差异格式是第几个，各张工作表用同一份。"""
    if not marks and not package.mentions(part, AUTHOR):
        return
    root = package.tree(part)
    mine = [e for e in root.findall(tag("conditionalFormatting")) if _mark_rules(e)]
    if not mine and not marks:
        return
    root = package.touch(part)
    for element in mine:
        for rule in _mark_rules(element):
            element.remove(rule)
        if element.find(tag("cfRule")) is None:
            root.remove(element)
    groups: dict[tuple[str, bool], list[CellRef]] = {}
    cells = SheetPart.of(package, next(n for n, p in package.sheets.items() if p == part), part)
    for ref, mark in sorted(marks.items()):
        words = isinstance(cells.read(ref.row, ref.column).value, str)
        groups.setdefault((mark.level, words), []).append(ref)
    priority = _make_room(root, len(groups))
    for (level, words), refs in groups.items():
        format_ = etree.Element(tag("conditionalFormatting"), sqref=" ".join(ref.a1 for ref in refs))
        rule = etree.SubElement(
            format_,
            tag("cfRule"),
            type="expression",
            dxfId=str(_difference(package, level, looks, symbol=words)),
            priority=str(priority),
        )
        etree.SubElement(rule, tag("formula")).text = formula_of(level)
        _insert(root, format_, _BEFORE_FORMATS)
        priority += 1


def _make_room(root: etree._Element, count: int) -> int:
    """记号从哪个先后排起：在灯的后面，在“没有填”“带入”的样子前面，那些往后挪。"""
    rules = [(int(rule.get("priority") or 0), rule) for rule in root.iter(tag("cfRule"))]
    soft = [(at, rule) for at, rule in rules if SOFT in (rule.findtext(tag("formula")) or "")]
    if not soft:
        return max((at for at, _ in rules), default=0) + 1
    first = min(at for at, _ in soft)
    for at, rule in rules:
        if at >= first:
            rule.set("priority", str(at + count))
    return first


def is_mark(element: etree._Element) -> bool:
    """这一段条件格式是不是只有我们的记号。"""
    return bool(rules := _mark_rules(element)) and len(rules) == len(element.findall(tag("cfRule")))


def _mark_rules(element: etree._Element) -> list[etree._Element]:
    """一段条件格式里我们的记号。"""
    return [
        rule
        for rule in element.findall(tag("cfRule"))
        if any(is_ours(f.text or "") for f in rule.iter(tag("formula")))
    ]


def is_ours(formula: str) -> bool:
    """条件格式的公式是不是我们的记号。"""
    return _LEVEL.match(_bare(formula)) is not None


def _bare(formula: str) -> str:
    return formula.replace(" ", "").removeprefix("=")


def _insert(root: etree._Element, new: etree._Element, before: tuple[str, ...]) -> None:
    """放在 before 里最后一个的后面：规范规定了先后。"""
    last = None
    for child in root:
        if isinstance(child.tag, str) and etree.QName(child).localname in before:
            last = child
    if last is None:
        root.insert(0, new)
    else:
        last.addnext(new)


def _difference(package: Package, level: str, looks: dict[bytes, int], *, symbol: bool) -> int:
    """样式表里这个级别的差异格式，没有就加一个；symbol：文字前面写符号，数和日期不写。"""
    part = next((p for kind, p in package.relations(WORKBOOK).values() if kind == "styles"), "")
    if not part:
        raise UserError("工作簿里没有样式表，做不了记号。", "请在 Excel 中打开后另存一份。")
    styles = package.tree(part)
    formats = styles.find(tag("dxfs"))
    look, fresh = FINDINGS[level], etree.Element(tag("dxf"))
    font = etree.SubElement(fresh, tag("font"))
    if level == LEVELS[0]:
        etree.SubElement(font, tag("b"))
    etree.SubElement(font, tag("color"), rgb="FF" + look.ink)
    if symbol:
        number = str(SYMBOLS_FROM + LEVELS.index(level))
        etree.SubElement(fresh, tag("numFmt"), numFmtId=number, formatCode=shown_with(look.symbol))
    if look.fill != PLAIN.fill:
        pattern = etree.SubElement(
            etree.SubElement(fresh, tag("fill")), tag("patternFill"), patternType="solid"
        )
        for name in ("fgColor", "bgColor"):
            etree.SubElement(pattern, tag(name), rgb="FF" + look.fill)
    border = etree.SubElement(fresh, tag("border"))
    for side in ("left", "right", "top", "bottom"):
        line = etree.SubElement(border, tag(side), style="thin")
        etree.SubElement(line, tag("color"), rgb="FF" + look.ink)
    wanted = etree.tostring(fresh, method="c14n")
    if not looks:
        for index, format_ in enumerate(formats if formats is not None else ()):
            looks.setdefault(etree.tostring(format_, method="c14n", with_tail=False), index)
    if wanted in looks:
        return looks[wanted]
    package.touch(part)
    if formats is None:
        formats = etree.Element(tag("dxfs"))
        _insert(styles, formats, _BEFORE_DXFS)
    formats.append(fresh)
    formats.set("count", str(len(formats)))
    looks[wanted] = len(formats) - 1
    return looks[wanted]
