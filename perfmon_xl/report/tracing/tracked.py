"""Text that knows which values of the workbook stand in it.

A value is marked where it is put into words: private-use characters round it, with the key of the reference that
says which value it is (references.py, summary/sources.py). Marks are plain characters, so they live through f-strings, joins and splits;
cells cannot contain them (compose refuses them). A template sees clean text: `Tracked` is a str.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

OPEN, KEY_END, CLOSE, _BETWEEN = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = re.compile(f"{OPEN}([^{KEY_END}]*){KEY_END}|({CLOSE})")


class Reference(Protocol):
    """说得出是哪个值；key 是它在记号里的写法。"""

    @property
    def key(self) -> str: ...


Mark = Callable[[str, Reference], str]


def key_of(parts: Sequence[str]) -> str:
    """几段文字连成一个记号里的写法；中间的字符填不进单元格，拆得开。"""
    return _BETWEEN.join(parts)


def parts_of(key: str) -> list[str]:
    """key_of 连起来的各段。"""
    return key.split(_BETWEEN)


class Tracked(str):
    """报告里的一段文字；marked 是带着记号的写法，记号说出其中哪几个字是工作簿里的哪个值。"""

    __slots__ = ("marked",)
    marked: str


@dataclass(frozen=True, slots=True)
class Value:
    """文字里的一个值：从第几个字到第几个字，是哪个值；depth 从 0 数起，套在里面的大一级。"""

    start: int
    end: int
    key: str
    depth: int = 0


def unmarked(text: str, reference: Reference) -> str:
    """不做记号：草稿写进工作簿时用。"""
    return text


def marked(text: str, reference: Reference) -> str:
    """给一个值做上记号；空的不做。"""
    return marked_by_key(text, reference.key) if text else ""


def marked_by_key(text: str, key: str) -> str:
    """同 marked，已经知道 key 的。"""
    return f"{OPEN}{key}{KEY_END}{text}{CLOSE}"


def tracked(text: str, reference: Reference | None = None) -> Tracked:
    """一个值，或者一段带记号的文字；有 reference 的，整段是那个值。"""
    found = Tracked(clean(text) if CLOSE in text else text)
    found.marked = text if reference is None else marked(text, reference)
    return found


def clean(text: str) -> str:
    """去掉记号的文字。"""
    first, *pieces = text.split(OPEN)  # twice as fast as a pattern, and a whole report goes through here
    return "".join([first, *[piece.partition(KEY_END)[2] for piece in pieces]]).replace(CLOSE, "")


def marked_text(text: str) -> str:
    """带记号的写法；不知道来历的文字照旧。"""
    return text.marked if isinstance(text, Tracked) else text


def values_in(text: str) -> list[Value]:
    """一段文字里的各个值，外面的在前；位置按去掉记号以后数。"""
    values: list[Value | None] = []
    opened: list[tuple[int, int, str]] = []
    at = last = 0
    for mark in _MARKS.finditer(text):
        at += mark.start() - last
        last = mark.end()
        if mark[2] is None:
            opened.append((len(values), at, mark[1]))
            values.append(None)
        elif opened:
            slot, start, key = opened.pop()
            values[slot] = Value(start, at, key, len(opened))
    return [v for v in values if v is not None]


def pieces(text: str) -> Iterator[str]:
    """换行分开的各段，两头的空白去掉，空的不要；跨段的记号只留在它开始的一段里。"""
    whole = clean(text)
    values = values_in(text)
    at = 0
    for line in whole.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        start += len(line) - len(line.lstrip())
        end -= len(line) - len(line.rstrip())
        if start < end:
            yield _remarked(whole[start:end], [v for v in values if start <= v.start and v.end <= end], start)


def _remarked(text: str, values: list[Value], offset: int) -> str:
    inserted = sorted(
        [(v.start - offset, 1, -v.end, f"{OPEN}{v.key}{KEY_END}") for v in values]
        + [(v.end - offset, 0, -v.depth, CLOSE) for v in values]
    )
    out: list[str] = []
    last = 0
    for at, _, _, mark in inserted:
        out += [text[last:at], mark]
        last = at
    return "".join([*out, text[last:]])
