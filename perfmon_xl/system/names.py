"""File names that every system can hold: shortened with a mark, without what Windows keeps for itself."""

from __future__ import annotations

import hashlib
import re

from perfmon_xl.domain.printable import HALF_CHARACTER

MOST_BYTES = (
    200  # of one name in UTF-8: file systems hold 255, and “（2）.来源.json” and lock files come on top
)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con(?:in\$|out\$)?|prn|aux|nul|clock\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.I)
_UNRULY = re.compile("[\x00-\x1f\x7f\x80-\x9f\u2028-\u202e\u2066-\u2069]")  # line breaks, directions


def file_name_that_fits(stem: str, ending: str) -> str:
    """stem + ending，太长的从 stem 里截短，记上“…”和几个字符，不同的长名称截短以后还是不同。

    >>> file_name_that_fits("甲", "-报告.docx")
    '甲-报告.docx'
    >>> len(file_name_that_fits("长" * 200, "-报告.docx").encode()) <= MOST_BYTES
    True
    """
    name = stem + ending
    if len(name.encode("utf-8", "surrogatepass")) <= MOST_BYTES:
        return name
    mark = "…" + hashlib.sha256(stem.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    room = MOST_BYTES - len((mark + ending).encode("utf-8", "surrogatepass"))
    return stem.encode("utf-8", "surrogatepass")[:room].decode("utf-8", "ignore") + mark + ending


def readable(name: str) -> str:
    """名称里不是 UTF-8 的字节（别的编码的系统拷来的）换成看得懂的字，看不懂的、会打乱一行字的换成“�”。

    >>> readable("甲.xlsx"), readable("\\udcbc\\udcd7.xlsx"), readable("甲\\n乙.xlsx")
    ('甲.xlsx', '甲.xlsx', '甲�乙.xlsx')
    """
    name = _UNRULY.sub("�", name)
    if not HALF_CHARACTER.search(name):
        return name
    try:
        return name.encode("utf-8", "surrogateescape").decode("gb18030")
    except UnicodeError:
        return HALF_CHARACTER.sub("�", name)


def portable(step: str) -> str:
    """一段路径（文件夹的名称，或文件名去掉扩展名）在哪个系统上都放得下的样子，本来就是的不变。

    >>> portable("甲"), portable("甲:乙"), portable("aux"), portable("甲. "), portable("..")
    ('甲', '甲_乙', '_aux', '甲', '_')
    """
    step = _FORBIDDEN.sub("_", step).rstrip(" .") or "_"
    return ("_" if _RESERVED.match(step) else "") + step


def file_stem(text: str, otherwise: str) -> str:
    """一段文字（项目名称）能当文件名的样子；Windows 自己留着的名称前面加“_”。

    >>> file_stem("甲/乙: 丙", "项目1"), file_stem("con", "项目1"), file_stem(" . ", "项目1")
    ('甲_乙_ 丙', '_con', '项目1')
    """
    stem = _FORBIDDEN.sub("_", readable(text)).strip(" .")
    return ("_" if _RESERVED.match(stem) else "") + stem if stem else otherwise
