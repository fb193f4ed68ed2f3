"""What may not stand in any part of a template or a report: fields that fetch or run, links to programs, objects."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from perfmon_xl.ooxml.markup import attributes

# Fields that number, refer within the document, or print its own properties. Everything else is refused: what
# fetches or runs something (DDE, INCLUDE…, LINK, DATABASE, MACROBUTTON …) and what nobody needs in a template.
_FIELDS = frozenset(
    [
        "PAGE",
        "NUMPAGES",
        "SECTION",
        "SECTIONPAGES",
        "PAGEREF",
        "REF",
        "NOTEREF",
        "SEQ",
        "TOC",
        "TC",
        "INDEX",
        "XE",
        "STYLEREF",
        "HYPERLINK",
        "DATE",
        "TIME",
        "CREATEDATE",
        "SAVEDATE",
        "PRINTDATE",
        "EDITTIME",
        "TITLE",
        "SUBJECT",
        "AUTHOR",
        "KEYWORDS",
        "COMMENTS",
        "LASTSAVEDBY",
        "FILENAME",
        "FILESIZE",
        "NUMWORDS",
        "NUMCHARS",
        "REVNUM",
        "DOCPROPERTY",
        "INFO",
        "SYMBOL",
        "EQ",
        "ADVANCE",
        "LISTNUM",
        "AUTONUM",
        "AUTONUMLGL",
        "AUTONUMOUT",
        "FORMTEXT",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "IF",
        "COMPARE",
        "=",
        "USERNAME",
        "USERINITIALS",
        "BIBLIOGRAPHY",
        "CITATION",
    ]
)
_NAME = re.compile(r"[^\W\d_]+|=")
_WORDS = re.compile(r'"((?:\\.|[^"\\])*)"?|(\S+)')
_OBJECT = "请在 Word 里删掉这个对象，需要的内容粘贴成文字、表格或图片，再另存。"
MACRO = ("里有点了会运行宏的图形或域", "请在 Word 里删掉这个图形或域，再另存。")
_ELEMENTS = {
    "oleobject": ("带有嵌入或链接的对象", _OBJECT),
    "objectembed": ("带有嵌入或链接的对象", _OBJECT),
    "objectlink": ("带有嵌入或链接的对象", _OBJECT),
    "control": ("带有控件", "请在 Word 里删掉控件，再另存。"),
    "ocx": ("带有控件", "请在 Word 里删掉控件，再另存。"),
    "altchunk": ("夹带了另一种格式的内容（altChunk）", "请在 Word 里打开，另存为 .docx。"),
    "subdoc": ("引用了子文档", "请在 Word 大纲视图里把子文档并进来，再另存。"),
    "mailmerge": ("连着邮件合并的数据源", "请在 Word“邮件”里停用邮件合并（恢复为普通文档），再另存。"),
    "attachedtemplate": ("套用了文件以外的模板", "请在 Word“开发工具→文档模板”里改成 Normal.dotm，再另存。"),
    "script": ("带有脚本", "请在 Word 里删掉带脚本的图形，再另存。"),
    "foreignobject": ("带有脚本", "请在 Word 里删掉带脚本的图形，再另存。"),
    "handler": ("带有脚本", "请在 Word 里删掉带脚本的图形，再另存。"),
    "entrymacro": MACRO,  # of a form field: run when somebody comes to it
    "exitmacro": MACRO,
    "frameset": ("带有框架网页", "请在 Word 里去掉框架，再另存。"),
    "savethroughxslt": ("存盘时会经过另一个文件（XSLT）", "请在 Word 里打开，另存为 .docx。"),
    "webvideopr": ("带有联机视频", "请在 Word 里删掉视频，再另存。"),
    **dict.fromkeys(
        ("movie", "videofile", "audiofile", "wavaudiofile", "quicktimefile"),
        ("带有视频或声音", "请在 Word 里删掉视频、声音，再另存。"),
    ),
    "webextension": ("带有网络加载项", "请在 Word“插入→我的加载项”里移除，再另存。"),
    "taskpane": ("带有网络加载项", "请在 Word“插入→我的加载项”里移除，再另存。"),
    "externaldata": ("", ""),  # of a chart: its relation is looked at
}
_PICTURES = frozenset({"src", "althref", "link"})  # beside a picture that is a part: nothing stands there
_POINTERS = ("url", "location")  # how the names of attributes end that say where something lies
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"  # where a schema lies: Office does not look there
_WATCHED = _PICTURES | {"href", "macro", "action", "style"}
_EVENT = re.compile(
    r"on(?:mouse|key|(?:dbl)?click|(?:un)?load|error|focus|blur|begin|end|repeat|abort|scroll|resize|change|submit"
    r"|drag|drop|touch|pointer|wheel|activate|action|toggle|animation|transition)"
)
_BASE = ("写着链接从哪里算起（超链接基础）", "请在 Word“文件→信息→属性→高级属性”里清空“超链接基础”，再另存。")
_FILLS = frozenset(
    {"imagedata", "fill", "stroke"}
)  # of VML: their address is no link but where a picture lies
_OF_FIELDS = frozenset({"fldsimple", "fldchar", "instrtext", "delinstrtext", "t", "deltext"})
FETCHES = re.compile(
    r"url\(\s*(?!['\"]?#)|@import|expression\(|image(?:-set)?\(|@font-face|behaviou?r\s*:|-binding\s*:", re.I
)  # in a style
_OUTSIDE = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.\-]*:|//|\\\\|\\)")
_HOST = re.compile(r"(?:[\w\-]+(?:\.[\w\-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?=[/?#]|$)")
_HEADER = r"(?:subject|body|cc|bcc|to)=[^&\\]*"
_LETTER = re.compile(rf"[^?\s\\]*(?:\?(?:{_HEADER}(?:&{_HEADER})*&?)?)?", re.I)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


class LiveContentError(Exception):
    """Something that runs, fetches or points outside: the fact, and how to take it out."""

    def __init__(self, fact: str, remedy: str) -> None:
        super().__init__(fact)
        self.fact, self.remedy = fact, remedy


@dataclass(slots=True)
class _WordField:
    """A field that is open: its code so far, of its own runs and with the text between them; is another before its name;
    does another stand anywhere in its code."""

    code: list[str] = field(default_factory=list)
    with_text: list[str] = field(default_factory=list)
    in_result: bool = False
    built: bool = False
    around: bool = False


def check_content(root: etree._Element, open_schemes: tuple[str, ...]) -> None:
    """看一个部分的全部内容；有不许有的，抛出 LiveContentError。不看命名空间：换一个前缀或者版本，Office 照样认。"""
    doubtful = False
    of_fields = []
    for element in root.iter():
        name = local_name(element.tag)
        if name in _ELEMENTS and _ELEMENTS[name][0]:
            raise LiveContentError(*_ELEMENTS[name])
        if name == "hyperlinkbase" and (element.text or "").strip():
            raise LiveContentError(*_BASE)
        for key, value in attributes(element):
            local = local_name(key)
            points = local.endswith(_POINTERS) and not key.startswith(_XSI)
            if local in _WATCHED or local.startswith("on") or points:
                _check_address("src" if local == "href" and name in _FILLS else local, value, open_schemes)
        if name in _OF_FIELDS:
            of_fields.append(element)
        doubtful = doubtful or name in _EITHER_WAY
    _check_fields(of_fields, open_schemes)
    if (
        doubtful
    ):  # what is read depends on the program, or on what somebody accepts: every reading must be sound
        for left_out in _READINGS:
            _check_fields(_without(root, left_out), open_schemes)


# Tracked changes, accepted or rejected; alternatives, of which a program takes one.
_DELETED, _INSERTED = frozenset({"del", "movefrom"}), frozenset({"ins", "moveto"})
_EITHER_WAY = _DELETED | _INSERTED | {"choice", "fallback"}
_READINGS = tuple(
    tracked | alternative
    for tracked in (frozenset[str](), _DELETED, _INSERTED)
    for alternative in (frozenset[str](), frozenset({"choice"}), frozenset({"fallback"}))
    if tracked or alternative
)


def _without(root: etree._Element, left_out: frozenset[str]) -> Iterator[etree._Element]:
    """全部元素，先后照文件；left_out 里的连同里面的不算。"""
    waiting = [iter([root])]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif local_name(element.tag) not in left_out:
            yield element
            waiting.append(iter(element))


def _check_fields(elements: Iterable[etree._Element], open_schemes: tuple[str, ...]) -> None:
    fields: list[_WordField] = []
    for element in elements:
        name = local_name(element.tag)
        if name == "fldsimple":
            code = next((v for k, v in attributes(element) if local_name(k) == "instr"), "")
            check_code(code, open_schemes)
            _enter(fields)
        elif name == "fldchar":
            kind = next((v for k, v in attributes(element) if local_name(k) == "fldchartype"), "")
            _step(fields, kind, open_schemes)
        elif name in ("instrtext", "delinstrtext") and not any(not f.in_result for f in fields):
            check_code(element.text or "", open_schemes)
        elif name in ("instrtext", "delinstrtext") and not fields[-1].in_result:
            fields[-1].code.append(element.text or "")
            fields[-1].with_text.append(element.text or "")
        elif name in ("t", "deltext") and fields and not fields[-1].in_result:
            fields[-1].with_text.append(element.text or "")
    for left in fields:
        _close(left, open_schemes)


def _step(fields: list[_WordField], kind: str, open_schemes: tuple[str, ...]) -> None:
    if kind == "begin":
        _enter(fields)
        fields.append(_WordField())
    elif kind == "separate" and fields:
        fields[-1].in_result = True
    elif kind == "end" and fields:
        _close(fields.pop(), open_schemes)


def _enter(fields: list[_WordField]) -> None:
    """又开始一个域：在外面那个的代码里的，它给出什么，外面那个就写着什么。"""
    if fields and not fields[-1].in_result:
        fields[-1].around = True
        if not "".join(fields[-1].code).strip():
            fields[-1].built = True  # its name would be what another field yields


def _close(word_field: _WordField, open_schemes: tuple[str, ...]) -> None:
    if word_field.built:
        raise LiveContentError(
            "里有名称由别的域拼出来的域", "请在 Word 里按 Alt+F9 看到域代码，删掉这个域，再另存。"
        )
    if word_field.around and _is_link("".join(word_field.with_text)):
        raise LiveContentError(
            "里有地址由别的域拼出来的链接", "请在 Word 里按 Alt+F9 看到域代码，删掉这个链接，再另存。"
        )
    check_code("".join(word_field.code), open_schemes)
    if len(word_field.with_text) != len(word_field.code):
        check_code("".join(word_field.with_text), open_schemes)


def _is_link(code: str) -> bool:
    return _plain(code).upper().startswith("HYPERLINK")


def _plain(code: str) -> str:
    return unicodedata.normalize("NFKC", INVISIBLE.sub("", code)).strip()


def check_code(code: str, open_schemes: tuple[str, ...]) -> None:
    """一个域的代码：名称要在许用的里面，链接要通向网页或邮箱，里面不能有要套数据的标签。"""
    plain = _plain(code)
    if "{" in plain or "}" in plain:
        raise LiveContentError(
            "把标签写在了域代码里", "请按 Alt+F9 看到域代码，把 {{ }} 移到域以外的文字里。"
        )
    if not plain:
        return
    match = _NAME.match(plain)
    name = match[0].upper() if match else plain[:20]
    if name not in _FIELDS:
        raise LiveContentError(
            f"里有报告模板不能用的域 {name[:20]}",
            "请在 Word 里按 Alt+F9 看到域代码，删掉这个域（或按 Ctrl+Shift+F9 变成文字），再另存。",
        )
    if name == "HYPERLINK":
        _check_link(plain[len("HYPERLINK") :], open_schemes)


def _check_link(rest: str, open_schemes: tuple[str, ...]) -> None:
    words = [(a or b) for a, b in _WORDS.findall(rest)]
    after_switch = False
    for word in words:
        if re.fullmatch(r"\\[a-zA-Z]", word):
            after_switch = word.lower() in ("\\l", "\\o", "\\t", "\\s")
            continue
        if not after_switch:
            _check_address("href", word, open_schemes)
        after_switch = False


def _check_address(name: str, value: str, open_schemes: tuple[str, ...]) -> None:
    if not value.strip():
        return
    if name == "macro" or _EVENT.match(name) or (name == "action" and value.lower().startswith("ppaction:")):
        raise LiveContentError(*MACRO)
    if name == "style" and ("\\" in value or FETCHES.search(value)):
        raise fetches(value)
    if name == "href" and not value.startswith("#"):
        check_link(value, open_schemes)
    if name in _PICTURES and not value.startswith("#"):
        raise fetches(value)
    if name.endswith(_POINTERS) and _OUTSIDE.match(value):
        raise LiveContentError(
            f"引用了文件以外的内容（{value[:80]}）",
            "请在 Word 里新建一个文档，把要用的文字、表格和图片粘贴过去，另存为 .docx。",
        )


def fetches(value: str) -> LiveContentError:
    return LiveContentError(
        f"引用了文件以外的内容（{value[:80]}）", "请在 Word 里重新插入图片（不要选“链接到文件”），再另存。"
    )


def check_link(address: str, open_schemes: tuple[str, ...]) -> None:
    """一个链接：通向网页或邮箱，写明是哪一台主机，不夹带用户名、附件。"""
    plain = address.strip()
    scheme = next((s for s in open_schemes if plain.lower().startswith(s)), None)
    rest = plain[len(scheme or "") :]
    sound = _LETTER.fullmatch(rest) if scheme == "mailto:" else _HOST.match(rest)
    if scheme is None or not sound or not plain.isprintable():
        raise LiveContentError(
            f"里有通向“{address[:80]}”的链接",
            "请在 Word 里去掉这个链接；网址要以 http、https 或 mailto 开头。",
        )


@lru_cache(maxsize=4096)
def local_name(tag: object) -> str:
    """名称的末段，小写；注释和处理指令是空的。"""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
