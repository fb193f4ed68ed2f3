"""Marks become hidden bookmarks: one linear pass over the rendered text, no tree.

Word hides bookmarks whose names begin with an underscore and keeps them through editing, cutting and
pasting; LibreOffice keeps them too. Content controls would not survive (and show on the page).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import unescape

from perfmon_xl.report.tracked import CLOSE, KEY_END, OPEN

PREFIX = "_pm_"
VALUE = "□"  # stands for a value in the text round it
_FIRST_ID = 1_000_000
_SPLIT = re.compile(f"{OPEN}([^{KEY_END}]*){KEY_END}|{CLOSE}")
_RUN_END = "</w:t></w:r>"
_RUN_HEAD = re.compile(r"(<w:r(?: [^>]*)?>(?:<w:rPr>.*?</w:rPr>|<w:rPr/>)?)(<w:t(?: [^>]*)?>)?", re.S)
_BREAKS = re.compile(r"<w:br/>|</w:p>")
_FIELD_CODE = re.compile(r"<w:instrText[^>]*>[^<]*</w:instrText>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Written:
    """写进报告的一个值：书签的编号、代号、写出来的文字、套在哪个值里（没有是 0）。"""

    id: int
    token: str
    text: str
    inside: int


def bookmark_name(number: int) -> str:
    """书签名：下划线开头，Word 里看不见。"""
    return f"{PREFIX}{number:05d}"


def bookmarked(xml: str, first: int = 1) -> tuple[str, list[Written], str]:
    """记号换成书签；写出的各个值；值以外的文字（值写成 □）。编号从 first 起。"""
    parts = _SPLIT.split(xml)
    if len(parts) == 1:
        return xml, [], _outside(xml)
    out: list[str] = []
    outside: list[str] = []
    found: list[Written | None] = []
    opened: list[tuple[int, str, int]] = []  # slot, token, where its text begins in `texts`
    texts: list[str] = []
    before, run = parts[0], _head(parts[0])
    waiting: list[str] = []
    in_text = _ends_in_text(before, False)
    outside.append(_outside(before))
    for token, text in zip(parts[1::2], parts[2::2], strict=True):
        if token is not None:
            slot = -1
            if in_text:
                slot = len(found)
                found.append(None)
                number = first + slot
                waiting.append(
                    f'<w:bookmarkStart w:id="{_FIRST_ID + number}" w:name="{bookmark_name(number)}"/>'
                )
                if not opened:
                    outside.append(VALUE)
            opened.append((slot, token, len(texts)))
        elif opened:
            slot, name, begin = opened.pop()
            if slot >= 0:
                parent = next((first + s for s, _, _ in reversed(opened) if s >= 0), 0)
                found[slot] = Written(first + slot, name, _plain("".join(texts[begin:])), parent)
                waiting.append(f'<w:bookmarkEnd w:id="{_FIRST_ID + first + slot}"/>')
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
        before = text
        if "<" in text:
            run = _head(text) or run
            in_text = _ends_in_text(text, in_text)
    out.append(before)
    return "".join(out), [w for w in found if w is not None], "".join(outside)


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


def _clean_start(text: str) -> int:
    """末尾那一串文字还没有字的，它从哪里开始；已经有字的是 -1。"""
    start = _run_at(text) if text.endswith(">") else -1
    found = _RUN_HEAD.match(text, start) if start >= 0 else None
    return start if found and found[2] and found.end() == len(text) else -1


def _head(text: str) -> str:
    """照最后一串文字的字体，另起一串文字的开头。"""
    start = _run_at(text)
    found = _RUN_HEAD.match(text, start) if start >= 0 else None
    return f'{found[1]}<w:t xml:space="preserve">' if found else ""


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


@lru_cache(maxsize=4096)
def _outside(xml: str) -> str:
    """一块里看得见的文字；段落之间换行。表格各行之间的块都一样，记住就不用再做。"""
    return unescape(_TAG.sub("", _BREAKS.sub("\n", _FIELD_CODE.sub("", xml))))
