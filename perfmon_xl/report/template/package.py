"""A Word template from outside, looked over before it is opened: it will travel with every report.

Macros, controls, embedded objects, content from elsewhere, fields that fetch or run something: refused, with
what it is and how to take it out in Word.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.names import CONTENT_TYPES, WORD
from perfmon_xl.ooxml.safety import DAMAGED
from perfmon_xl.system.files import read_package

_LIVE_PARTS = re.compile(
    r"vbaProject|vbaData|/activeX/|/ctrlProps/|attachedToolbars|/embeddings/.*\.bin$"
    r"|\.(exe|dll|js|vbs|hta)$",
    re.I,
)
_OPEN_SCHEMES = ("http://", "https://", "mailto:")
_WORD = f"{{{WORD}}}"
# what Word runs, fetches or asks about when a document with such a field is opened or printed
_FIELDS = re.compile(
    r"\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|EMBED|MACROBUTTON|RD|PRINT"
    r"|QUOTE|AUTOTEXT|AUTOTEXTLIST|GLOSSARY|ADDIN|CONTROL|HTMLCONTROL|ASK|FILLIN)\b",
    re.I,
)
_RELATIONS = {
    "attachedTemplate": (
        "套用了文件以外的模板",
        "请在 Word“开发工具→文档模板”里改成 Normal.dotm，去掉“自动更新文档样式”，再另存。",
    ),
    "image": ("的图片放在文件以外", "请在 Word 里重新“插入图片”（不要选“链接到文件”），再另存。"),
    "oleObject": (
        "带有嵌入或链接的对象",
        "请在 Word 里删掉这个对象，需要的内容粘贴成文字、表格或图片，再另存。",
    ),
    "aFChunk": ("夹带了另一种格式的内容（altChunk）", "请在 Word 里打开，另存为 .docx。"),
    "subDocument": ("引用了子文档", "请在 Word 大纲视图里把子文档并进来，再另存。"),
    "frame": ("带有框架网页", "请在 Word 里去掉框架，再另存。"),
    "mailMergeSource": ("连着邮件合并的数据源", "请在 Word“邮件”里停用邮件合并（恢复为普通文档），再另存。"),
    "control": ("带有控件", "请在 Word 里删掉控件，再另存。"),
    "vbaProject": ("带有宏", "请在 Word 里另存为不带宏的 .docx。"),
}
_OLE_LIKE = {"recipientData": "mailMergeSource", "mailMergeHeaderSource": "mailMergeSource"}
_EVEN_INSIDE = frozenset({"oleObject", "aFChunk", "subDocument", "control", "vbaProject"})


def checked_package(path: Path) -> bytes:
    """读一份 .docx 模板；不能放心用的不用。"""
    data = read_package(path, ".docx")
    try:
        check_template(data, path.name)
    except DAMAGED:
        raise UserError(f"模板 {path.name} 不完整或已损坏。", "请在 Word 中打开修复后另存。") from None
    return data


def check_template(data: bytes, name: str) -> None:
    """模板会跟着报告到别人手里：带宏、控件、对象、外部内容、危险域的都不用，说出是什么、怎么去掉。

    data 已经是 read_package 放过的。
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read(CONTENT_TYPES) if CONTENT_TYPES in package.namelist() else b""
        if b"macroEnabled" in types:
            raise _refused(name, "是带宏的 Word 文件", "请在 Word 里另存为“Word 文档（*.docx）”。")
        if b"wordprocessingml.template.main+xml" in types:
            raise _refused(name, "是 Word 模板文件（.dotx）", "请在 Word 里另存为“Word 文档（*.docx）”。")
        for part in package.namelist():
            if _LIVE_PARTS.search(part):
                raise _refused(
                    name, f"里带有宏或控件（{part}）", "请在 Word 里删掉后，另存为不带宏的 .docx。"
                )
            if part.endswith(".rels"):
                for kind, target, external in _relations(package.read(part), name, part):
                    _check_relation(name, kind, target, external=external)
            elif part.startswith("word/") and part.endswith(".xml"):
                _check_fields(name, part, package.read(part))


def _refused(name: str, fact: str, remedy: str) -> UserError:
    return UserError(f"模板 {name} {fact}，没有使用。", remedy)


def _parsed(data: bytes, name: str, part: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        raise UserError(f"模板 {name} 里的 {part} 已损坏。", "请在 Word 中打开修复后另存。") from None


def _relations(data: bytes, name: str, part: str) -> Iterator[tuple[str, str, bool]]:
    for one in _parsed(data, name, part):
        kind = (one.get("Type") or "").rstrip("/").rpartition("/")[2]
        yield kind, one.get("Target") or "", (one.get("TargetMode") or "").lower() == "external"


def _check_relation(name: str, kind: str, target: str, *, external: bool) -> None:
    shown = target if len(target) <= 80 else target[:80] + "……"
    if external and kind == "hyperlink":
        if not target.lower().startswith((*_OPEN_SCHEMES, "#")):
            raise _refused(
                name,
                f"里有通向“{shown}”的链接",
                "请在 Word 里去掉这个链接；网址要以 http、https 或 mailto 开头。",
            )
        return
    if external or kind in _EVEN_INSIDE or "://" in target or target.startswith("\\\\"):
        fact, remedy = _RELATIONS.get(
            _OLE_LIKE.get(kind, kind),
            ("引用了文件以外的内容", "请在 Word 里断开外部链接（文件→信息→编辑指向文件的链接）后另存。"),
        )
        raise _refused(name, f"{fact}（{shown}）", remedy)


def _check_fields(name: str, part: str, data: bytes) -> None:
    """域代码可以拆成几截、一个套一个：每个域的代码合起来看。"""
    if b"instr" not in data and b"mailMerge" not in data:
        return
    open_fields: list[list[str]] = []
    for one in _parsed(data, name, part).iter():
        if one.tag == f"{_WORD}mailMerge":
            raise _refused(name, *_RELATIONS["mailMergeSource"])
        if one.tag == f"{_WORD}fldSimple":
            _check_code(name, one.get(f"{_WORD}instr") or "")
        elif one.tag == f"{_WORD}fldChar":
            kind = one.get(f"{_WORD}fldCharType")
            if kind == "begin":
                open_fields.append([])
            elif kind == "end" and open_fields:
                _check_code(name, "".join(open_fields.pop()))
        elif one.tag == f"{_WORD}instrText":
            for codes in open_fields or [[]]:
                codes.append(one.text or "")
            if not open_fields:
                _check_code(name, one.text or "")
    for codes in open_fields:
        _check_code(name, "".join(codes))


def _check_code(name: str, code: str) -> None:
    found = _FIELDS.match(code)
    if found:
        raise _refused(
            name,
            f"里有会取外部内容或运行命令的域 {found[1].upper()}",
            "请在 Word 里按 Alt+F9 看到域代码，删掉这个域，再另存。",
        )
    if "{{" in code or "{%" in code:
        raise _refused(name, "把标签写在了域代码里", "请按 Alt+F9 看到域代码，把 {{ }} 移到域以外的文字里。")
