"""Our notes on cells: comments of ours, and the boxes (VML) that Excel draws for them; a person's own stay."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from lxml import etree

from perfmon_xl.ooxml.names import CONTENT_TYPES, OFFICE_RELS, PACKAGE_RELS, SPREADSHEET
from perfmon_xl.workbook.file.cell_values import safe_text
from perfmon_xl.workbook.file.package import Package, parse, tag, unescaped
from perfmon_xl.workbook.port import AUTHOR, CellRef, Mark

NOTE_WIDTH = 260  # points
_AFTER_LEGACY = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
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


def own_notes(package: Package, part: str) -> dict[str, str]:
    comments = dict(package.relations(part).values()).get("comments", "")
    return {
        c.get("ref") or "": unescaped("".join(t.text or "" for t in c.iter(tag("t"))))
        for c in _mine(package, comments, _legacy(package, part))
    }


def note_height(text: str) -> int:
    """批注框多高放得下（磅）。"""
    return min(30 + 14 * sum(1 + len(line) // 20 for line in text.split("\n")), 300)


def replace_notes(package: Package, part: str, marks: Mapping[CellRef, Mark]) -> None:
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
    _add_notes(package, comments, drawing, new)


def _author(root: etree._Element) -> str | None:
    names = [a.text for a in root.iterfind(f"{tag('authors')}/{tag('author')}")]
    return str(names.index(AUTHOR)) if AUTHOR in names else None


def _list(root: etree._Element) -> etree._Element:
    element = root.find(tag("commentList"))
    return etree.SubElement(root, tag("commentList")) if element is None else element


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
    boxes = []
    for data in shapes.iter(f"{{{_X}}}ClientData"):
        row, column, shape = data.findtext(f"{{{_X}}}Row"), data.findtext(f"{{{_X}}}Column"), data.getparent()
        if data.get("ObjectType") == "Note" and row and column and shape is not None:
            boxes.append((CellRef("", int(row) + 1, int(column) + 1).a1, shape))
    return boxes


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


def _add_notes(package: Package, comments: str, drawing: str, marks: Mapping[CellRef, Mark]) -> None:
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
