"""Chinese numerals in running text written as digits, with the way back to the original places."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from perfmon_xl.domain.numerals import chinese_number

_RANKS = {"十": 10, "百": 100, "千": 1000}  # 百分之百: alone, they count, too
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMERAL = "零〇一二两三四五六七八九十百千"
# A single “一” or “三” is as often an ordinal or a part of a word: only these units make it a count.
_COUNTED = "个|台|套|座|所|家|辆|起|人次|例|件|名|户|处|场|份|棵|株|亩|公里|万元|亿元|元|万人"
_FOLLOWED = (
    "个|台|套|座|所|家|辆|起|人次|人|例|件|名|位|户|处|场次|场|份|棵|株|亩|公里|米|平方米|吨|公斤|万|亿|元|次|期|批次|批|条|项|天|"
    "册|本|对|组|支|幅|栋|间|余|多"
)
_PERCENT = re.compile(rf"百分之([{_NUMERAL}\d.点]+)")
_TENTHS = re.compile(r"([一两二三四五六七八九])成([一二三四五六七八九半])?(?![立为员长果功熟型绩套交])")
_OCCASIONS = re.compile(
    r"(?<![第分一二三四五六七八九十百])([两三四五六七八九])(?=(?:次|期|批|轮|场|站)[，,]每)"
)
_FOLD = re.compile(r"(?<![第一二三四五六七八九十百成每])([两二三四五六七八九十])倍")
_COUNT = re.compile(
    rf"(?<![第{_NUMERAL}])([{_NUMERAL}]{{2,9}})(?=\s*(?:{_FOLLOWED}))|(?<![第{_NUMERAL}之其统唯无哪某这那每任同另逐万])(?<!没有)([{_NUMERAL}])(?=(?:{_COUNTED}))"
)
_LIKELY = re.compile(rf"[{_NUMERAL}]")


def _value(numeral: str) -> int | None:
    value = _RANKS.get(numeral) or chinese_number(numeral)
    return None if value is None else int(value)


@dataclass(frozen=True, slots=True)
class Plain:
    """换成阿拉伯数字的文字，和每个字在原文里的位置。"""

    text: str
    original: str
    back: tuple[int, ...] | None

    def cut(self, start: int, end: int) -> str:
        """原文里的那一段。"""
        return self.original[self.at(start) : self.at(end)]

    def at(self, place: int) -> int:
        return place if self.back is None else self.back[place]


@lru_cache(maxsize=2048)
def plain(text: str) -> Plain:
    """“三十九台”写成“39台”，“百分之九十六点五”写成“96.5%”，“九成七”写成“97%”；没有中文数词的照原样。

    >>> plain("购置三十九台，合格率百分之九十六点五").text
    '购置39台，合格率96.5%'
    >>> plain("一是加强管理；第三批").text
    '一是加强管理；第三批'
    """
    if not _LIKELY.search(text):
        return Plain(text, text, None)
    pieces: list[tuple[int, int, str]] = []
    found: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_PERCENT, _as_percent),
        (_TENTHS, _as_tenths),
        (_COUNT, _as_count),
        (_OCCASIONS, lambda match: str(_value(match[1]))),
        (_FOLD, lambda match: f"{_value(match[1])}倍"),
    )
    for pattern, write in found:
        for match in pattern.finditer(text):
            if written := write(match):
                pieces.append((match.start(), match.end(), written))
    return _replaced(text, sorted(pieces)) if pieces else Plain(text, text, None)


def _replaced(text: str, pieces: list[tuple[int, int, str]]) -> Plain:
    written: list[str] = []
    back: list[int] = []
    last = 0
    for start, end, new in pieces:
        if start < last:
            continue
        written += [text[last:start], new]
        back += [*range(last, start), *([start] * len(new))]
        last = end
    written.append(text[last:])
    back += range(last, len(text) + 1)
    return Plain("".join(written), text, tuple(back))


def _as_percent(match: re.Match[str]) -> str:
    whole, _, part = match[1].partition("点")
    value = _value(whole)
    number = whole if whole.replace(".", "").isdigit() else "" if value is None else str(value)
    if number and part:
        digits = [str(_DIGITS[c]) if c in _DIGITS else c if c.isdigit() else "" for c in part]
        number = f"{number}.{''.join(digits)}" if all(digits) else ""
    return f"{number}%" if number else ""


def _as_tenths(match: re.Match[str]) -> str:
    ones = 5 if match[2] == "半" else _DIGITS[match[2]] if match[2] else 0
    return f"{_DIGITS[match[1]] * 10 + ones}%"


def _as_count(match: re.Match[str]) -> str:
    value = _value(match[1] or match[2])
    return "" if value is None else str(value)
