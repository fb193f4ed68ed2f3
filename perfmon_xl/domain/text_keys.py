"""When two texts are one: each kind of text has one key, and texts of one key are the same thing written otherwise.

How a value is written (≥70件) is not a question of keys; `target.normalise` answers it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_UNIT = re.compile(r"[（(][^（()）]{0,8}[)）]")
_BRACKETED = re.compile(r"\([^()]*\)")
_DECORATION = re.compile(r"[（(][^）)]{0,200}[）)]|^\d+(?:-\d+|至\d+)?月|\s+|[:：*＊]")
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
