"""Numbers in running text: which ones a reader would want accounted for, and what stands round them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from perfmon_xl.domain.text_keys import half_width

NUMBER = re.compile(r"[-−]?\d+(?:,\d{3})*(?:\.\d+)?[%％‰]?")
_ORDINAL = re.compile(r"\s{0,20}(?:[（(]\d{1,9}[）)]|\d{1,9}[.．、)）](?!\d)|图\d+|表\d+)")
_DIGIT = re.compile(r"\d")
_NEAR = 4


@dataclass(frozen=True, slots=True)
class NumberInText:
    """文字里的一个数，和它前后的几个字。"""

    number: str
    before: str
    after: str


def numbers_in(line: str) -> Iterator[tuple[int, int, str]]:
    """一行里的各个数：从哪到哪、怎么写；行首的编号（1.、（1）、表1）不算。"""
    straight = half_width(line)
    head = _ORDINAL.match(straight)
    for match in NUMBER.finditer(straight, head.end() if head else 0):
        yield match.start(), match.end(), match[0]


def fixed_numbers(text: str) -> Iterator[NumberInText]:
    """各行里的数，连同前后的字。"""
    for line in text.split("\n"):
        if _DIGIT.search(line):
            for start, end, number in numbers_in(line):
                yield number_in_text(line, start, end, number)


def number_in_text(line: str, start: int, end: int, number: str) -> NumberInText:
    return NumberInText(number, line[max(0, start - _NEAR) : start], line[end : end + _NEAR])
