"""Marks become hidden bookmarks: one linear pass over the rendered text, no tree.

Word hides bookmarks whose names begin with an underscore and keeps them through editing, cutting and
pasting; LibreOffice keeps them too. Content controls would not survive (and show on the page).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import NamedTuple, TypeVar

from perfmon_xl.ooxml.escaping import unescape
from perfmon_xl.report.tracing.tracked import CLOSE, KEY_END, OPEN

PREFIX = "_pm_"
VALUE = "□"  # stands for a value in the text round it
_FIRST_ID = 1_000_000
_LONGEST_KEPT = 4_000  # characters
_Result = TypeVar("_Result")
_RUN_END = "</w:t></w:r>"
_RUN_HEAD = re.compile(r"(<w:r(?: [^>]*)?>(?:<w:rPr>.*?</w:rPr>|<w:rPr/>)?)(<w:t(?: [^>]*)?>)?", re.S)
_BREAKS = re.compile(r"<w:br/>|</w:p>")
_FIELD_CODE = re.compile(r"<w:instrText[^>]*>[^<]*</w:instrText>")
_TAG = re.compile(r"<[^<>]*>")


def _remembered(work: Callable[[str], _Result]) -> Callable[[str], _Result]:
    """短的块记住：多半来自模板，每个值、每个项目都一样。长的不记：是一个项目自己的，一批做下来只占内存。"""
    known = lru_cache(maxsize=1024)(work)

    @wraps(work)
    def looked_up(text: str) -> _Result:
        return known(text) if len(text) <= _LONGEST_KEPT else work(text)

    return looked_up


class PrintedValue(NamedTuple):
    """写进报告的一个值：书签的编号、是哪个值、写出来的文字、套在哪个值里（没有是 0）。"""

    id: int
    key: str
    text: str
    inside: int


class _After(NamedTuple):
    """一个值后面、下一个值前面的一块：换掉的一串文字的末尾不在内。"""

    rest: str
    head: str  # what opens a run like its last one
    start: int  # where that run begins, if it has no text yet
    in_text: bool
    outside: str


def bookmark_name(number: int) -> str:
    """书签名：下划线开头，Word 里看不见。"""
    return f"{PREFIX}{number:05d}"


def split(xml: str) -> list[str | None]:
    """在记号处切开：文字、记号、文字……；开始的记号是它的 key，结束的是 None。文字连起来就是没有记号的 xml。"""
    first, *pieces = xml.split(OPEN)
    out: list[str | None] = [first]
    for piece in pieces:
        key, _, text = piece.partition(KEY_END)
        inner, *outer = text.split(CLOSE)
        out += (key, inner)
        for after in outer:
            out += (None, after)
    return out


def without_marks(parts: Sequence[str | None]) -> str:
    """切开的各块文字连起来。"""
    return "".join([text or "" for text in parts[::2]])


def bookmarked(parts: Sequence[str | None], first: int = 1) -> tuple[str, list[PrintedValue], str]:
    """记号（已在那里切开）换成书签；写出的各个值；值以外的文字（值写成 □）。编号从 first 起。"""
    before = parts[0] or ""
    if len(parts) == 1:
        return before, [], _outside(before)
    out: list[str] = []
    outside: list[str] = [_outside(before)]
    printed_values: list[PrintedValue | None] = []
    opened: list[tuple[int, str, int]] = []  # slot, key, where its text begins in `texts`
    texts: list[str] = []
    run, start, in_text = _head(before), _clean_start(before), _ends_in_text(before, False)
    waiting: list[str] = []
    at, end = 1, len(parts)
    while at < end:
        key, text = parts[at], parts[at + 1] or ""
        at += 2
        if start >= 0 and text and key is not None and not opened and at < end and parts[at] is None:
            # nearly all are so: a value that is all the text of its run
            after = _after(parts[at + 1] or "") if "<" not in text else None
            if after is not None:
                number = first + len(printed_values)
                printed_values.append(PrintedValue(number, key, unescape(text) if "&" in text else text, 0))
                out += (before[:start], _start(number), before[start:], text, _RUN_END, _end(number))
                outside += (VALUE, after.outside)
                before, start, in_text = after.rest, after.start, after.in_text
                run = after.head or run
                at += 2
                continue
        if key is not None:
            slot = -1
            if in_text:
                slot = len(printed_values)
                printed_values.append(None)
                waiting.append(_start(first + slot))
                if not opened:
                    outside.append(VALUE)
            opened.append((slot, key, len(texts)))
        elif opened:
            slot, name, begin = opened.pop()
            if slot >= 0:
                parent = next((first + s for s, _, _ in reversed(opened) if s >= 0), 0)
                printed_values[slot] = PrintedValue(
                    first + slot, name, _plain("".join(texts[begin:])), parent
                )
                waiting.append(_end(first + slot))
        if not text:
            continue
        if opened:
            texts.append(text)
        else:
            outside.append(_outside(text))
        if waiting:
            before, text = _joined(before, "".join(waiting), text, run)
            waiting = []
        out.append(before)
        before, start = text, _clean_start(text)
        if "<" in text:
            run = _head(text) or run
            in_text = _ends_in_text(text, in_text)
    out.append(before)
    return "".join(out), [w for w in printed_values if w is not None], "".join(outside)


def _start(number: int) -> str:
    return f'<w:bookmarkStart w:id="{_FIRST_ID + number}" w:name="{bookmark_name(number)}"/>'


def _end(number: int) -> str:
    return f'<w:bookmarkEnd w:id="{_FIRST_ID + number}"/>'


@_remembered
def _after(text: str) -> _After | None:
    """紧跟着一个值的一块，一串文字在这里结束的；不是这样的是 None。表格各行的都一样，记住就不用再做。"""
    rest = text.removeprefix(_RUN_END)
    if not text.startswith(_RUN_END) or "<" not in rest:
        return None
    return _After(rest, _head(rest), _clean_start(rest), _ends_in_text(rest, False), _outside(text))


def _joined(before: str, marks: str, after: str, run: str) -> tuple[str, str]:
    """书签放在两块文字之间：能放在一串文字的外面就不拆开它。"""
    if "bookmarkEnd" not in marks:
        start = _clean_start(before)
        if start >= 0:
            return before[:start] + marks + before[start:], after
    if after.startswith(_RUN_END) and "bookmarkStart" not in marks:
        return before + _RUN_END + marks, after[len(_RUN_END) :]
    return before + _RUN_END + marks + run, after


def _run_at(text: str) -> int:
    return max(text.rfind("<w:r>"), text.rfind("<w:r "))


@_remembered
def _clean_start(text: str) -> int:
    """末尾那一串文字还没有字的，它从哪里开始；已经有字的是 -1。"""
    start = _run_at(text) if text.endswith(">") else -1
    match = _RUN_HEAD.match(text, start) if start >= 0 else None
    return start if match and match[2] and match.end() == len(text) else -1


@_remembered
def _head(text: str) -> str:
    """照最后一串文字的字体，另起一串文字的开头。"""
    start = _run_at(text)
    match = _RUN_HEAD.match(text, start) if start >= 0 else None
    return f'{match[1]}<w:t xml:space="preserve">' if match else ""


def _ends_in_text(text: str, otherwise: bool) -> bool:
    """这一块的末尾是不是在 <w:t> 里面（不是在属性、域代码里）。"""
    at = text.rfind("<")
    if at < 0:
        return otherwise
    return text.startswith(("<w:t>", "<w:t "), at) and ">" in text[at:]


def _plain(xml: str) -> str:
    if "<" in xml:
        xml = _TAG.sub("", xml.replace("<w:br/>", "\n").replace("<w:tab/>", "\t"))
    return unescape(xml) if "&" in xml else xml


@_remembered
def _outside(xml: str) -> str:
    """一块里看得见的文字；段落之间换行。表格各行之间的块都一样，记住就不用再做。"""
    return unescape(_TAG.sub("", _BREAKS.sub("\n", _FIELD_CODE.sub("", xml))))
