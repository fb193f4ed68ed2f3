"""Marks in a user's sheet: a colour and a note on a cell, put so that exactly they can be taken away again.

The look is a conditional format of our own (recognised by its formula, which names the level), so the cell's own
fill stays underneath untouched; a light keeps its colour, an entry's look gives way; the note is a classic comment by our own author, or one put there in a running Excel (its author
is whoever was signed in), known by the alternative text of its box. Whatever a person put there is theirs.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.layout.palette import FINDINGS, PLAIN, shown_with
from perfmon_xl.ooxml.names import CONTENT_TYPES, OFFICE_RELS, PACKAGE_RELS, SPREADSHEET
from perfmon_xl.workbook.addresses import split_range
from perfmon_xl.workbook.file.cell_values import safe_text
from perfmon_xl.workbook.file.cells import SheetPart
from perfmon_xl.workbook.file.package import WORKBOOK, Package, parse, tag, unescaped
from perfmon_xl.workbook.port import CellRef, Mark

AUTHOR = "perfmon-xl"
OURS = f'"{AUTHOR}"="{AUTHOR}"'
NOTE_WIDTH = 260  # points
LEVELS = tuple(FINDINGS)
SOFT = f'"{AUTHOR}"<>""'  # in the formulas of looks that give way to a mark: still blank, still the program's
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
_AFTER_LEGACY = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_BEFORE_DXFS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles")
SYMBOLS_FROM = 240  # numbers of formats that only we use
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_X = "urn:schemas-microsoft-com:office:excel"
_VML_HEAD = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
)
_DRAWING = _VML_HEAD + (
    b'<o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="%d"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" '
    b'o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:60pt;margin-top:2pt;width:{width}pt;height:{height}pt;visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
    "<x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)


def replace_marks(package: Package, marks: Mapping[CellRef, Mark]) -> None:
    """去掉上次做的全部记号，做上这次的；marks 是空的就只去掉。别人的底色、条件格式和批注不动。"""
    by_sheet: dict[str, dict[CellRef, Mark]] = {}
    for ref, mark in marks.items():
        by_sheet.setdefault(ref.sheet, {})[ref] = mark
    for name, part in package.sheets.items():
        own = by_sheet.get(name, {})
        _colours(package, part, own)
        _notes(package, part, own)


def read_marks(package: Package) -> dict[CellRef, Mark]:
    """现在的记号，只有我们做的。"""
    found: dict[CellRef, Mark] = {}
    for name, part in package.sheets.items():
        notes = _own_notes(package, part)
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
    found = _LEVEL.match(_bare(formula))
    return (found[1] or "") if found else ""


def level_of_old(colour: str) -> str:
    """0.1.0 做的记号，级别在颜色里。"""
    return _OLD_COLOURS.get(colour[-6:].upper(), "")


def _old_level(package: Package, number: int) -> str:
    part = next((p for kind, p in package.relations(WORKBOOK).values() if kind == "styles"), "")
    colours = package.tree(part).findall(f"{tag('dxfs')}/{tag('dxf')}")[number].iter(tag("bgColor"))
    return next((level_of_old(c.get("rgb") or "") for c in colours), "")


def _own_notes(package: Package, part: str) -> dict[str, str]:
    comments = dict(package.relations(part).values()).get("comments", "")
    return {
        c.get("ref") or "": unescaped("".join(t.text or "" for t in c.iter(tag("t"))))
        for c in _mine(package, comments, _legacy(package, part))
    }


# --- colours ----------------------------------------------------------------------------------------


def _colours(package: Package, part: str, marks: Mapping[CellRef, Mark]) -> None:
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
            dxfId=str(_difference(package, level, symbol=words)),
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


def note_height(text: str) -> int:
    """批注框多高放得下（磅）。"""
    return min(30 + 14 * sum(1 + len(line) // 20 for line in text.split("\n")), 300)


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


def _difference(package: Package, level: str, *, symbol: bool) -> int:
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
    for index, one in enumerate(formats if formats is not None else ()):
        if etree.tostring(one, method="c14n", with_tail=False) == wanted:
            return index
    package.touch(part)
    if formats is None:
        formats = etree.Element(tag("dxfs"))
        _insert(styles, formats, _BEFORE_DXFS)
    formats.append(fresh)
    formats.set("count", str(len(formats)))
    return len(formats) - 1


# --- notes ------------------------------------------------------------------------------------------


def _notes(package: Package, part: str, marks: Mapping[CellRef, Mark]) -> None:
    related = dict(package.relations(part).values())
    comments = related.get("comments", "")
    if not marks and not comments:
        return
    drawing = _legacy(package, part)
    if comments and drawing:
        _take_away(package, comments, drawing)
    if not marks:
        return
    # ours are gone by now: whatever is left is theirs
    taken = {c.get("ref") or "" for c in _comments(package, comments)} | set(_threaded(package, part))
    new = {ref: mark for ref, mark in marks.items() if mark.note and ref.a1 not in taken}
    if not new:
        return
    if not comments:
        comments = _new_part(
            package, part, "xl/comments{}.xml", f'<comments xmlns="{SPREADSHEET}"><authors/><commentList/></comments>'.encode(),
            "comments", _COMMENTS,
        )  # fmt: skip
    if not drawing:
        drawing = _new_drawing(package, part)
    _put(package, comments, drawing, new)


def _author(root: etree._Element) -> str | None:
    names = [a.text for a in root.iterfind(f"{tag('authors')}/{tag('author')}")]
    return str(names.index(AUTHOR)) if AUTHOR in names else None


def _list(root: etree._Element) -> etree._Element:
    found = root.find(tag("commentList"))
    return etree.SubElement(root, tag("commentList")) if found is None else found


def _comments(package: Package, comments: str) -> list[etree._Element]:
    return list(_list(package.tree(comments))) if comments else []


def _mine(package: Package, comments: str, drawing: str) -> list[etree._Element]:
    """我们写的批注：作者是我们，或者批注框的替代文字是我们。"""
    every = _comments(package, comments)
    author = _author(package.tree(comments)) if every else None
    boxed = _boxed(package, drawing) if every and drawing else set()
    return [
        c
        for c in every
        if (author is not None and c.get("authorId") == author) or (c.get("ref") or "") in boxed
    ]


def _boxed(package: Package, drawing: str) -> set[str]:
    """哪些格的批注框替代文字是我们：在打开着的 Excel 里做的。"""
    # A drawing of buttons need not be well-formed (Excel writes <br>): look inside only where ours can be.
    if drawing not in package.touched and AUTHOR.encode() not in package.raw(drawing):
        return set()
    return {ref for ref, shape in _boxes(package.tree(drawing)) if shape.get("alt") == AUTHOR}


def _boxes(shapes: etree._Element) -> list[tuple[str, etree._Element]]:
    """各个批注框：哪一格的，和它的图形。"""
    found = []
    for data in shapes.iter(f"{{{_X}}}ClientData"):
        row, column, shape = data.findtext(f"{{{_X}}}Row"), data.findtext(f"{{{_X}}}Column"), data.getparent()
        if data.get("ObjectType") == "Note" and row and column and shape is not None:
            found.append((CellRef("", int(row) + 1, int(column) + 1).a1, shape))
    return found


def _threaded(package: Package, part: str) -> list[str]:
    found: list[str] = []
    for kind, target in package.relations(part).values():
        if kind == "threadedComment" and package.has(target):
            found += [e.get("ref") or "" for e in package.tree(target)]
    return found


def _take_away(package: Package, comments: str, drawing: str) -> None:
    """去掉上次写的批注和它们的框。"""
    mine = _mine(package, comments, drawing)
    if not mine:
        return
    refs = {c.get("ref") for c in mine}
    listed = _list(package.touch(comments))
    for comment in mine:
        listed.remove(comment)
    for ref, shape in _boxes(package.touch(drawing)):
        if ref in refs and (parent := shape.getparent()) is not None:
            parent.remove(shape)


def _put(package: Package, comments: str, drawing: str, marks: Mapping[CellRef, Mark]) -> None:
    root, shapes = package.touch(comments), package.touch(drawing)
    author = _author(root)
    if author is None:
        authors = root.find(tag("authors"))
        if authors is None:
            authors = etree.Element(tag("authors"))
            root.insert(0, authors)
        etree.SubElement(authors, tag("author")).text = AUTHOR
        author = str(len(authors) - 1)
    text = etree.tostring(shapes, encoding="unicode")
    used = [int(n) for n in re.findall(r'id="_x0000_s(\d+)"', text)]
    block = re.search(r'idmap[^>]*\bdata="(\d+)', text)
    last = max([*used, int(block[1]) * 1024 if block else 1024])
    listed, boxes = _list(root), []
    for number, (ref, mark) in enumerate(sorted(marks.items()), last + 1):
        comment = etree.SubElement(listed, tag("comment"), ref=ref.a1, authorId=author)
        words = etree.SubElement(etree.SubElement(comment, tag("text")), tag("t"))
        words.text = safe_text(mark.note, ref)
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        box = _SHAPE.format(
            id=number, width=NOTE_WIDTH, height=note_height(mark.note), row=ref.row - 1, column=ref.column - 1
        )
        boxes.append(box.encode())
    shapes.extend(list(etree.fromstring(_VML_HEAD + b"".join(boxes) + b"</xml>")))


def _legacy(package: Package, part: str) -> str:
    element = package.tree(part).find(tag("legacyDrawing"))
    if element is None:
        return ""
    found = package.relations(part).get(element.get(f"{{{OFFICE_RELS}}}id") or "", ("", ""))[1]
    return found if package.has(found) else ""


def _new_drawing(package: Package, part: str) -> str:
    number = 900 + len(package.sheets)
    drawing = _new_part(
        package, part, "xl/drawings/vmlDrawing{}.vml", _DRAWING % number, "vmlDrawing", _VML, default="vml"
    )
    root = package.touch(part)
    element = etree.Element(tag("legacyDrawing"))
    element.set(
        f"{{{OFFICE_RELS}}}id", next(i for i, (_, p) in package.relations(part).items() if p == drawing)
    )
    later = next(
        (e for e in root if isinstance(e.tag, str) and etree.QName(e).localname in _AFTER_LEGACY), None
    )
    if later is None:
        root.append(element)
    else:
        later.addprevious(element)
    return drawing


def _new_part(
    package: Package, sheet: str, pattern: str, data: bytes, kind: str, content: str, *, default: str = ""
) -> str:
    """加一个部分，连同关系和内容类型；返回它的名称。"""
    name = next(p for n in range(1, 10_000) if not package.has(p := pattern.format(n)))
    package.add(name, parse(data, name))
    rels = posixpath.join(posixpath.dirname(sheet), "_rels", posixpath.basename(sheet) + ".rels")
    if not package.has(rels):
        package.add(rels, etree.Element(f"{{{PACKAGE_RELS}}}Relationships", nsmap={None: PACKAGE_RELS}))  # type: ignore[dict-item]
    relations = package.touch(rels)
    used = {r.get("Id") for r in relations}
    etree.SubElement(
        relations,
        f"{{{PACKAGE_RELS}}}Relationship",
        Id=next(i for n in range(1, 10_000) if (i := f"rIdP{n}") not in used),
        Type=f"{OFFICE_RELS}/{kind}",
        Target=posixpath.relpath(name, posixpath.dirname(sheet)),
    )
    types = package.touch(CONTENT_TYPES)
    space = etree.QName(types).namespace
    if not default:
        etree.SubElement(types, f"{{{space}}}Override", PartName=f"/{name}", ContentType=content)
    elif not any(e.get("Extension") == default for e in types):
        types.insert(0, etree.Element(f"{{{space}}}Default", Extension=default, ContentType=content))
    return name
