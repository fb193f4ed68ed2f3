"""No pattern of the program grows beyond all bounds on a text made for it, however long a cell or a paragraph is.

Each pattern gets texts of its own letters and samples, repeated, with its beginning before and its end after them: what
makes a pattern with two ways of reading one run try them all. A linear one takes milliseconds of the processor for four
thousand characters; the alarm rings at a hundred times that.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import re._constants as code  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import perfmon_xl
from perfmon_xl.system.limits import Alarm

SIZE = 4000  # characters
SECONDS = 1.0  # of the processor, for one text
_SCANS = {"search", "finditer", "sub", "subn", "split", "findall"}
_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
_CATEGORIES = {code.CATEGORY_DIGIT: "1", code.CATEGORY_SPACE: " ", code.CATEGORY_WORD: "甲"}


class TooLong(BaseException):
    """The alarm."""


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every compiled pattern that a module holds, by the name of the first that holds it."""
    found: dict[str, re.Pattern[Any]] = {}
    known: set[tuple[object, int]] = set()

    def look(value: object, where: str, depth: int = 0) -> None:
        if isinstance(value, re.Pattern):
            if (value.pattern, value.flags) not in known:
                known.add((value.pattern, value.flags))
                found[f"{where} {len(found)}"] = value
        elif depth < 3 and isinstance(value, dict):
            for pair in value.items():
                look(pair, where, depth + 1)
        elif depth < 3 and isinstance(value, tuple | list | set | frozenset):
            for one in list(value)[:200]:
                look(one, where, depth + 1)

    for module in pkgutil.walk_packages(perfmon_xl.__path__, "perfmon_xl."):
        if module.name.endswith((".__main__", ".uno_converter")):
            continue
        for name, value in list(vars(importlib.import_module(module.name)).items()):
            if not name.startswith("__"):
                look(value, f"{module.name}:{name}")
    return found


def scans(where: str) -> bool:
    """Is it looked for anywhere in a text, or only held against a whole one?"""
    module, name = where.split(" ")[0].split(":")
    source = Path(str(sys.modules[module].__file__)).read_text("utf-8")
    used = set(re.findall(rf"\b{re.escape(name)}\b(?:\[[^\]]*\])?\.(\w+)\(", source))
    return not used or bool(used & _SCANS)


def sample(tree: Any, times: int = 1) -> str:
    """A text that a parsed pattern would take, or nearly."""
    out = ""
    for kind, value in tree:
        if kind is code.LITERAL:
            out += chr(value)
        elif kind is code.IN:
            out += _one_of(value)
        elif kind in (code.NOT_LITERAL, code.ANY):
            out += "甲"
        elif kind in _REPEATS:
            least, most, inside = value
            out += sample(inside) * max(least, min(times, most))
        elif kind is code.SUBPATTERN:
            out += sample(value[3], times)
        elif kind is code.BRANCH:
            out += sample(value[1][0], times)
        elif kind is code.ATOMIC_GROUP:
            out += sample(value, times)
    return out


def _one_of(choices: Any) -> str:
    if choices[0][0] is code.NEGATE:
        return "甲"
    kind, value = choices[0]
    if kind is code.CATEGORY:
        return _CATEGORIES.get(value, "，")
    return chr(value if kind is code.LITERAL else value[0])


def pieces(tree: Any) -> Iterator[str]:
    """The letters and the repeated parts of a pattern."""
    for kind, value in tree:
        if kind is code.LITERAL:
            yield chr(value)
        elif kind is code.IN:
            yield from (
                chr(v if k is code.LITERAL else v[0]) for k, v in value if k in (code.LITERAL, code.RANGE)
            )
        elif kind in _REPEATS:
            yield sample(value[2])
            yield from pieces(value[2])
        elif kind is code.SUBPATTERN:
            yield from pieces(value[3])
        elif kind is code.BRANCH:
            for one in value[1]:
                yield sample(one)
                yield from pieces(one)
        elif kind in (code.ASSERT, code.ASSERT_NOT):
            yield from pieces(value[1])


def hostile(pattern: re.Pattern[Any]) -> Iterator[str]:
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    whole, long = sample(tree), sample(tree, 3)
    own = [one for one in dict.fromkeys(pieces(tree)) if one]
    units = [
        *own[:30],
        whole,
        long,
        whole[:-1],
        whole[1:],
        "1",
        "甲",
        " ",
        "，",
        *(a + b for a in own[:4] for b in own[:4]),
    ]
    for unit in dict.fromkeys(one for one in units if one):
        run = (unit * (SIZE // len(unit) + 1))[:SIZE]
        yield from (run, whole[:-1] + run, run + whole[-1:] + "\n", run + "☃")


def test_the_alarm_rings_for_a_pattern_that_grows() -> None:
    assert too_long(re.compile("(?:ab|a|b)+$"), scanning=True)
    assert not too_long(re.compile("(?<![ab])[ab]+$"), scanning=True)


def too_long(pattern: re.Pattern[Any], *, scanning: bool) -> list[str]:
    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    found, alarm = [], Alarm()
    alarm.ready(ring)
    try:
        for text in hostile(pattern):
            subject: Any = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "ignore")
            alarm.after(SECONDS)
            try:
                if scanning:
                    for _ in pattern.finditer(subject):
                        pass
                else:
                    pattern.match(subject)
                    pattern.fullmatch(subject)
            except TooLong:
                found.append(text[:40])
                break
            finally:
                alarm.after(0)
    finally:
        alarm.away()
    return found


@pytest.mark.slow
@pytest.mark.long
def test_no_pattern_grows_beyond_bounds() -> None:
    assert {
        where: found
        for where, pattern in patterns().items()
        if (found := too_long(pattern, scanning=scans(where)))
    } == {}
