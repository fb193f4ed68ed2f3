"""A Word template from outside, looked over before it is opened, and the report once more: it will travel.

Allow-lists, walked from content types and relations as Office does: kinds of parts, kinds of relations, names of
fields. Whatever is not on them is refused, with what it is and how to take it out in Word.
"""

from __future__ import annotations

import re
from pathlib import Path

from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.markup import attributes
from perfmon_xl.ooxml.parts import DamagedPartError, PackagePart, Parts, Relationship
from perfmon_xl.ooxml.safety import DAMAGED, MOST_EMBEDDED, check_package
from perfmon_xl.report.template.chart_books import check_chart_book
from perfmon_xl.report.template.content import LiveContentError, check_content, check_link, local_name
from perfmon_xl.report.template.drawings import check_drawing
from perfmon_xl.system.files import read_package

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_FONTS = (_OFFICE + "obfuscatedfont", "application/x-fontdata")
_TYPES = frozenset(
    [
        _RELATIONS_TYPE,
        "application/vnd.openxmlformats-package.core-properties+xml",
        _OFFICE + "extended-properties+xml",
        _OFFICE + "custom-properties+xml",
        *(
            f"{_WORD}{kind}+xml"
            for kind in (
                *("document.main", "document.glossary", "styles", "settings", "websettings", "fonttable"),
                *("numbering", "header", "footer", "footnotes", "endnotes", "comments", "commentsextended"),
                *("commentsids", "commentsextensible", "people"),
            )
        ),
        "application/vnd.ms-word.styleswitheffects+xml",
        *(f"{_OFFICE}{kind}+xml" for kind in ("theme", "themeoverride", "customxmlproperties")),
        *(
            f"{_OFFICE}drawingml.{kind}+xml"
            for kind in ("chart", "chartshapes", "diagramdata", "diagramlayout")
        ),
        *(f"{_OFFICE}drawingml.{kind}+xml" for kind in ("diagramstyle", "diagramcolors", "chartusershapes")),
        *(f"application/vnd.ms-office.{kind}+xml" for kind in ("chartcolorstyle", "chartstyle", "chartex")),
        "application/vnd.ms-office.drawingml.diagramdrawing+xml",
        _OFFICE + "vmldrawing",
        *_FONTS,
        "application/xml",
        "text/xml",
    ]
)
_SVG = "image/svg"
_STYLE_SHEET = re.compile(rb"<\?xml-stylesheet\b")
_PICTURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"\xd7\xcd\xc6\x9a",
    b"\x01\0\x09\0",
)
_WORKBOOK = _OFFICE + "spreadsheetml.sheet"
_EXTENSIONS = frozenset(
    [
        "xml",
        "rels",
        "vml",
        "png",
        "jpg",
        "jpeg",
        "jpe",
        "jfif",
        "gif",
        "bmp",
        "tif",
        "tiff",
        "emf",
        "wmf",
        "svg",
        "odttf",
        "fntdata",
        "xlsx",
    ]
)
_RELATIONS = frozenset(
    [
        "officedocument",
        "core-properties",
        "extended-properties",
        "custom-properties",
        "thumbnail",
        "styles",
        "styleswitheffects",
        "settings",
        "websettings",
        "fonttable",
        "font",
        "theme",
        "themeoverride",
        "numbering",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "comments",
        "commentsextended",
        "commentsids",
        "commentsextensible",
        "people",
        "image",
        "chart",
        "chartusershapes",
        "chartcolorstyle",
        "chartstyle",
        "chartex",
        "package",
        "diagramdata",
        "diagramlayout",
        "diagramquickstyle",
        "diagramcolors",
        "diagramdrawing",
        "customxml",
        "customxmlprops",
        "hyperlink",
        "glossarydocument",
        "vmldrawing",
    ]
)
_KNOWN = {
    "attachedtemplate": (
        "套用了文件以外的模板",
        "请在 Word“开发工具→文档模板”里改成 Normal.dotm，去掉“自动更新文档样式”，再另存。",
    ),
    "image": ("的图片放在文件以外", "请在 Word 里重新“插入图片”（不要选“链接到文件”），再另存。"),
    "oleobject": (
        "带有嵌入或链接的对象",
        "请在 Word 里删掉这个对象，需要的内容粘贴成文字、表格或图片，再另存。",
    ),
    "package": (
        "带有嵌入的文件",
        "请在 Word 里删掉这个对象，需要的内容粘贴成文字、表格或图片，再另存。",
    ),
    "afchunk": ("夹带了另一种格式的内容（altChunk）", "请在 Word 里打开，另存为 .docx。"),
    "subdocument": ("引用了子文档", "请在 Word 大纲视图里把子文档并进来，再另存。"),
    "frame": ("带有框架网页", "请在 Word 里去掉框架，再另存。"),
    "mailmergesource": ("连着邮件合并的数据源", "请在 Word“邮件”里停用邮件合并（恢复为普通文档），再另存。"),
    "control": ("带有控件", "请在 Word 里删掉控件，再另存。"),
    "vbaproject": ("带有宏", "请在 Word 里另存为不带宏的 .docx。"),
}
_ALIKE = {
    "recipientdata": "mailmergesource",
    "mailmergeheadersource": "mailmergesource",
    "wordvbadata": "vbaproject",
}
_OTHERWISE = (
    "带有报告模板用不着的内容",
    "请在 Word 里新建一个文档，把要用的文字、表格和图片粘贴过去，另存为 .docx。",
)
_OUTSIDE = ("引用了文件以外的内容", "请在 Word 里断开外部链接（文件→信息→编辑指向文件的链接）后另存。")
# What a part that is not allowed most likely is: only for the words.
_BY_NAME = {"vba": "vbaproject", "activex": "control", "ctrlprops": "control", "embeddings": "oleobject"}
_LINKS = re.compile("hyperlink|hlinkclick|hlinkhover|hlinkmouseover")
OPEN_SCHEMES = ("http://", "https://", "mailto:")


def checked_package(path: Path) -> bytes:
    """读一份 .docx 模板；不能放心用的不用。"""
    data = read_package(path, ".docx")
    check_template(data, path.name)
    return data


def check_template(data: bytes, name: str) -> None:
    """模板会跟着报告到别人手里：带宏、控件、对象、外部内容、危险域的都不用，说出是什么、怎么去掉。

    data 已经是 read_package 放过的。
    """
    try:
        package = Parts(data)
        for part in package.parts.values():
            _check_part(name, part)
        for relation in package.relations:
            _check_relation(name, package, relation)
        for part in package.parts.values():
            if part.is_xml:
                tree = package.tree(part.name)
                if _SVG in part.content_type or part.extension == "svg":
                    check_drawing(tree)
                else:
                    check_content(tree, OPEN_SCHEMES)
                if _STYLE_SHEET.search(package.data(part.name).replace(b"\0", b"")):
                    raise _refused(name, f"{_OTHERWISE[0]}（{_short(part.name)}）", _OTHERWISE[1])
            elif not _is_picture(part, package.data(part.name)):
                raise _refused(
                    name,
                    f"里的图片 {_short(part.name)} 不是图片",
                    "请在 Word 里删掉这张图片，重新插入，再另存。",
                )
        _check_uses(name, package)
    except LiveContentError as live_content_error:
        raise _refused(name, live_content_error.fact, live_content_error.remedy) from None
    except DamagedPartError as damaged:
        raise UserError(
            f"模板 {name} 里的 {damaged.part} 缺少或已损坏。", "请在 Word 中打开修复后另存。"
        ) from None
    except DAMAGED:
        raise UserError(f"模板 {name} 不完整或已损坏。", "请在 Word 中打开修复后另存。") from None


def check_rendered(data: bytes, name: str) -> None:
    """套好数据的报告再看一遍：拼出来的也一样不许有。"""
    check_package(data, name, ".docx")
    check_template(data, name)


def _refused(name: str, fact: str, remedy: str) -> UserError:
    return UserError(f"模板 {name} {fact}，没有使用。", remedy)


def _check_part(name: str, part: PackagePart) -> None:
    kind = part.content_type
    if "macroenabled" in kind or "vbaproject" in kind:
        raise _refused(name, "里带有宏", "请在 Word 里另存为“Word 文档（*.docx）”。")
    if kind == _WORD + "template.main+xml":
        raise _refused(name, "是 Word 模板文件（.dotx）", "请在 Word 里另存为“Word 文档（*.docx）”。")
    if part.extension == "rels" or kind == _RELATIONS_TYPE:
        if not part.is_relations:
            raise _refused(name, f"{_OTHERWISE[0]}（{_short(part.name)}）", _OTHERWISE[1])
        return
    known = next((about for word, about in _BY_NAME.items() if word in part.name.lower()), None)
    allowed = kind in _TYPES or kind == _WORKBOOK or kind.startswith("image/")
    if not allowed or part.extension not in _EXTENSIONS or known == "control":
        fact, remedy = _KNOWN[known] if known else _OTHERWISE
        raise _refused(name, f"{fact}（{_short(part.name)}）", remedy)


def _is_picture(part: PackagePart, data: bytes) -> bool:
    """里面真是它说的：图片开头有图片的记号，字体、图表的数据另有检查。"""
    if not part.content_type.startswith("image/"):
        return True
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(_PICTURES) or data[40:44] == b" EMF"


def _check_relation(name: str, package: Parts, relationship: Relationship) -> None:
    kind = relationship.kind.lower()
    fact, remedy = _KNOWN.get(_ALIKE.get(kind, kind), _OUTSIDE if relationship.external else _OTHERWISE)
    if kind == "hyperlink":
        if relationship.external:
            check_link(relationship.target, OPEN_SCHEMES)
        if relationship.external or relationship.target.startswith("#"):
            return
    if relationship.external or kind not in _RELATIONS:
        raise _refused(name, f"{fact}（{_short(relationship.target)}）", remedy)
    target = package.part(relationship.target)
    if target is None:
        if relationship.target.partition("#")[0] == "" or (
            kind == "hyperlink" and "#" in relationship.target
        ):
            return
        outside = (
            ":" in relationship.target or "\\" in relationship.target or relationship.target.startswith("//")
        )
        raise _refused(
            name,
            f"{(fact if kind in _KNOWN else _OUTSIDE[0]) if outside else '缺少一部分'}（{_short(relationship.target)}）",
            remedy,
        )
    if kind == "package" or target.content_type == _WORKBOOK:
        _check_embedded(name, package, relationship, target)


def _is_of_kind(kind: str, target: PackagePart) -> bool:
    """关系说是什么，那个部分就是什么：说是页眉的不会是字体，不然谁也没有看过它的内容。"""
    if kind in ("image", "thumbnail"):
        return target.content_type.startswith("image/")
    return target.content_type in _FONTS if kind == "font" else target.is_xml


def _check_embedded(name: str, package: Parts, relationship: Relationship, target: PackagePart) -> None:
    """嵌在里面的工作簿只能是图表的数据，它自己也要过一遍门。"""
    owner = package.part(relationship.source)
    of_chart = owner is not None and ".chart" in owner.content_type
    if relationship.kind.lower() != "package" or not of_chart or target.content_type != _WORKBOOK:
        raise _refused(name, f"{_KNOWN['package'][0]}（{_short(target.name)}）", _KNOWN["package"][1])
    check_package(package.data(target.name), f"{name} 里的 {target.name}", most=MOST_EMBEDDED)
    check_chart_book(Parts(package.data(target.name)), OPEN_SCHEMES)


def _check_uses(name: str, package: Parts) -> None:
    """通向外面的关系只有链接能用：图片、视频用了，打开文件就去取。没有图表用着的工作簿是夹带。"""
    outside = {(one.source.lower(), one.id) for one in package.relations if one.external}
    for source in {source for source, _ in outside} - {""}:
        user = package.part(source)
        for element in package.tree(user.name).iter() if user is not None and user.is_xml else ():
            for key, value in attributes(element):
                used = "/relationships}" in key and (source, value) in outside  # of any edition
                if used and not _LINKS.fullmatch(local_name(element.tag)):
                    raise _refused(name, f"{_OUTSIDE[0]}（{_short(value)}）", _OUTSIDE[1])
    for relation in package.relations:
        target = package.part(relation.target)
        if (
            target is not None
            and target.content_type != _WORKBOOK
            and not _is_of_kind(relation.kind.lower(), target)
        ):
            raise _refused(name, f"里有名不副实的部分（{_short(target.name)}）", _OTHERWISE[1])
    used_parts = {one.target.lower() for one in package.relations}
    for lower, part in package.parts.items():
        if part.content_type == _WORKBOOK and lower not in used_parts:
            raise _refused(name, f"{_KNOWN['package'][0]}（{_short(part.name)}）", _KNOWN["package"][1])


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:80] + "……"
