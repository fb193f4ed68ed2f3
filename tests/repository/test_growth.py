"""Nothing grows faster than n log n: patterns over characters, `check` and `audit` over rows and paragraphs.

Patterns are timed by the processor, one against itself at four times the length; the rest is counted in calls, which
are the same on every machine.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import perfmon_xl

# What people paste by the thousand, and what stands at the beginning of something that never ends.
_PIECES = (
    " ", "\t", "\n", "0", "1.", "1,", "12、", "a", "X", "_", "*", "-", "—", ".", "…", "=", "≥", "%", "一", "十", "某", "的", "月", "年", "元",
    "2024年", "1月", "3万元", "3万元、", "甲3台、", "甲、", "其中", "其中3台，", "比", "由", "除", "共", "合计", "截至", "未", "和", "（", "(", "《", "〔", "“",
    "{{", "{%", "<w:t>", "，", "。", "；", "：", "、", "第", "表", "县局", "县水务局", "“甲”", "（甲）", "《甲》", "\ue000", "\ue001、", "甲\ue000，", "\uf000", "\uf000至",
)  # fmt: skip
_OPENED = ("《", "（", "(", "“", "其中", "除", "由", "比", "共\ue000，", "{{", "2024年")
_SHORT, _LONG = 1_000, 4_000
_SUSPECT = 0.003  # seconds for _SHORT characters; a pattern that passes a text once needs a tenth of that
_WORSE = 9  # times as long for four times the text


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(perfmon_xl.__path__, "perfmon_xl."):
        if "__main__" in found.name:
            continue
        try:
            yield importlib.import_module(found.name)
        except ImportError:  # an extra that is not installed, or Windows
            continue


def _patterns() -> dict[str, re.Pattern[str]]:
    found: dict[str, re.Pattern[str]] = {}
    for module in _modules():
        for name, value in vars(module).items():
            for n, one in enumerate(_within(value)):
                if isinstance(one.pattern, str):
                    found.setdefault(f"{module.__name__}.{name}[{n}]", one)
    distinct: dict[tuple[str, int], str] = {}
    for name, one in found.items():
        distinct.setdefault((one.pattern, one.flags), name)
    return {name: found[name] for name in distinct.values()}


def _within(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, (tuple, list, frozenset, set)):
        for one in value:
            yield from _within(one, depth + 1)
    elif depth < 3 and isinstance(value, dict):
        for one in value.values():
            yield from _within(one, depth + 1)


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


def _texts(length: int) -> Iterator[tuple[str, str]]:
    for piece in _PIECES:
        yield piece, piece * (length // len(piece))
    for opened in _OPENED:
        yield f"{opened}甲…", opened + "甲" * length
        yield f"{opened}甲、…", opened + "甲、" * (length // 2)
        yield f"（{opened}甲）…", (opened + "甲" * 30) * (length // (30 + len(opened)))


@pytest.mark.slow
def test_no_pattern_is_slower_than_its_text_is_long() -> None:
    """Each pattern of the program over each text: four times the text may not take nine times as long."""
    patterns = _patterns()
    assert len(patterns) > 500
    short, long = dict(_texts(_SHORT)), dict(_texts(_LONG))
    slow = []
    for name, pattern in patterns.items():
        for label, text in short.items():
            if _seconds(pattern, text) < _SUSPECT:
                continue
            first, four = (min(_seconds(pattern, one) for _ in range(3)) for one in (text, long[label]))
            if first > _SUSPECT and four > _WORSE * first:
                slow.append(f"{name} on {label!r}: {first:.3f} s for {_SHORT} characters")
    assert not slow, "\n".join(slow)
