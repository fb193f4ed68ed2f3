"""When two texts are one: each kind of text has one key, and texts of one key are the same thing written otherwise.

How a value is written (≥70件) is not a question of keys; `target.normalise` answers it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from perfmon_xl.domain.spelling import INVISIBLE_CHARACTER

_SPACE = re.compile(r"\s+")
_UNIT = re.compile(r"[（(][^（()）]{0,8}[)）]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BRACKETED = re.compile(r"\([^()]*\)")
_DECORATION = re.compile(r"[（(][^）)]{0,200}[）)]|^\d+(?:-\d+|至\d+)?月|\s+|[:：*＊]")
_DASHES = str.maketrans(dict.fromkeys("—–－~～〜至", "-"))
_ANY_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|\{[^{}]*\}")
_SERIAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.](?!\d)|其中:)")
_COLUMN_LETTER = re.compile(r"(?<=[\u4e00-\u9fff])[A-E]$")
_WIDE = {0xFF00 + n: 0x20 + n for n in (*range(0x10, 0x1A), *range(0x21, 0x3B), *range(0x41, 0x5B), 0x05)}
_FULL_STOP_IN_NUMBER = re.compile(r"(?<=\d)．(?=\d)")
_FULL_PUNCTUATION = str.maketrans(dict(zip(",;:()!?", "，；：（）！？", strict=True)))
_PAUSES = re.compile(r"[\s，,。.；;、：:]")
_YEAR_AND_QUOTES = re.compile(r"(?:19|20)\d{2}年(?:度)?|[“”\"\s]")
_MEASURE_END = re.compile(
    r"(?:总|年)?(?:数量|个数|座数|台数|台套数|人数|人次数?|户数|所数|家数|期数|场次|次数|批次数?|起数|条数|件数|份数|头数|株数|处数|站数|机构数|部门数|学校数|长度|里程|面积|规模|总量|总数|数|量)$"
)
_LEAD = re.compile(r"^(?:本年|全年|年度|项目|完成|新增)")
_AT_END_BRACKETED = re.compile(r"[（(][^（()）]{0,8}[)）]\s*$")
_FULL_WIDTH = re.compile("[！-～]")
_HALVES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(ord("！"), ord("～") + 1)}


@lru_cache(maxsize=1024)
def without_spaces(text: str) -> str:
    """去掉空白。

    >>> without_spaces(" 数量 指标")
    '数量指标'
    """
    return _SPACE.sub("", text)


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """名称去掉空白、统一全角半角后的样子，用来对名称；括号里的字留着。

    >>> name_key("办案数量 (件)") == name_key("办案数量（件）")
    True
    """
    return _SPACE.sub("", unicodedata.normalize("NFKC", name))


@lru_cache(maxsize=16384)
def indicator_key(name: str) -> str:
    """指标名称去掉空白、全角半角的差别和括号里的单位：“办案数量 (件)”与“办案数量（件）”“办案数量”是同一个。

    >>> indicator_key("培训人数 （人）") == indicator_key("培训人数")
    True
    """
    text = name_key(name)
    return _UNIT.sub("", text) or text


@lru_cache(maxsize=16384)
def bare_name(name: str) -> str:
    """名称再去掉括号里的字，不论多长；只有括号的照原样。

    >>> bare_name("培训人数（含线上、线下两种方式）"), bare_name("（人）")
    ('培训人数', '(人)')
    """
    text = name_key(name)
    return _BRACKETED.sub("", text) or text


@lru_cache(maxsize=2048)
def header_key(text: str) -> str:
    """表头去掉单位括号、月份和空白后的样子，用来对栏目；月份是参数，不是栏目名的一部分。

    >>> header_key("1-7月执行数（万元）")
    '执行数'
    """
    plain = _SPACE.sub("", text)
    return _DECORATION.sub("", plain) or plain


def heading_key(text: str) -> str:
    """报告的标题（编号连着文字）去掉空白和标点，用来同目录对。

    >>> heading_key("（一） 项目概况") == heading_key("(一)项目概况")
    True
    """
    return re.sub(r"[\s、.，,:;()]", "", unicodedata.normalize("NFKC", text))


def half_width(text: str) -> str:
    """全角的数字和符号写成半角，一个字还是一个字，位置不变。

    >>> half_width("８５％，Ａ")
    '85%,A'
    """
    return text.translate(_HALVES) if _FULL_WIDTH.search(text) else text


@lru_cache(maxsize=8192)
def text_key(text: str) -> str:
    """一段文字：全角数字、符号算半角，空白不算。

    >>> text_key("完成 ８５％") == text_key("完成85%")
    True
    """
    return _SPACE.sub("", half_width(text))


@lru_cache(maxsize=4096)
def compact(text: str) -> str:
    """找数用的：全角数字、字母变半角，去掉空白；中文标点照旧。

    >>> compact("支出 ４３８１６．１ 元，其中：")
    '支出43816.1元，其中：'
    """
    return _FULL_STOP_IN_NUMBER.sub(".", _SPACE.sub("", text).translate(_WIDE))


@lru_cache(maxsize=8192)
def label_text(text: str) -> str:
    """表头、标签、一格里的短文字：去掉空白、看不见的字，全角变半角。"""
    return name_key(INVISIBLE_CHARACTER.sub("", text))


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """表头、标签去掉括号、序号、冒号以后的样子。

    >>> label_key("2.调整后预算数（万元）："), label_key("上半年完成值(B)")
    ('调整后预算数', '上半年完成值')
    """
    bare = label_text(text).translate(_DASHES)
    while (less := _ANY_BRACKETS.sub("", bare)) != bare:
        bare = less
    bare = _SERIAL.sub("", bare.replace("*", "")).strip(":、,;.-")
    return _COLUMN_LETTER.sub("", bare) or label_text(text)


def title_text(title: str) -> str:
    """报告的标题去掉空白和末尾的冒号、句号。"""
    return without_spaces(title).rstrip("：:。")


@lru_cache(maxsize=8192)
def prose_key(text: str) -> str:
    """只比字句时用：去掉空白，标点统一成全角。

    >>> prose_key("稳步推进, 提高质量。 ") == prose_key("稳步推进，提高质量。")
    True
    """
    return _SPACE.sub("", text).translate(_FULL_PUNCTUATION)


def words_key(text: str) -> str:
    """只比字时用：空白和句读都不算。

    >>> words_key("建成 20 个站点，运行正常。") == words_key("建成20个站点、运行正常")
    True
    """
    return _PAUSES.sub("", text)


def project_key(name: str) -> str:
    """项目名称去掉年份、引号和末尾的“项目”。

    >>> project_key("“2024年度站点建设”项目") == project_key("站点建设")
    True
    """
    return _YEAR_AND_QUOTES.sub("", name).removesuffix("项目")


@lru_cache(maxsize=4096)
def subject_key(name: str) -> str:
    """指标名称去掉括号、“数量”“人次”一类的末尾：“净化消毒设备购置数量”讲的是“净化消毒设备购置”。"""
    bare = bare_name(name)
    return _LEAD.sub("", _MEASURE_END.sub("", bare)) or bare


def numbers_in(name: str) -> tuple[str, ...]:
    """名称里的数，先后照原文，全角半角一样。

    >>> numbers_in("病害处置及时率（２４小时内）"), numbers_in("60岁以上老人体检率")
    (('24',), ('60',))
    """
    return tuple(_NUMBER.findall(name_key(name)))


def without_unit_brackets(name: str) -> str:
    """名称去掉末尾括号里的单位；要印出来的，别的字照原样。

    >>> without_unit_brackets("改造教室数量（间）"), without_unit_brackets("村(社区)覆盖率")
    ('改造教室数量', '村(社区)覆盖率')
    """
    text = name.strip()
    return _AT_END_BRACKETED.sub("", text).strip() or text
