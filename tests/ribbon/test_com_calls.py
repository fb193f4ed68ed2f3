"""Every call over COM in the product gives its arguments by position: what has a name behind a gap never reaches Excel."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import perfmon_xl
from perfmon_xl.system.com import not_given
from perfmon_xl.workbook.live.native import Excel

PACKAGE = Path(perfmon_xl.__file__).parent
# Whoever knows what a gap is called talks over COM; the two rooms of the add-in do even where they leave nothing out.
MODULES = sorted(
    p
    for p in PACKAGE.rglob("*.py")
    if {"ribbon", "live"} & set(p.relative_to(PACKAGE).parts)
    or re.search("import (not_given|win32com)", p.read_text(encoding="utf-8"))
)


def com_calls(source: str) -> Iterator[ast.Call]:
    """A member written as COM members are: FormatConditions.Add(…), api.InputBox(…). Python's own are lower case."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, whose = node.func.attr, ast.unparse(node.func.value)
            if whose in sys.stdlib_module_names:  # threading.Thread(…)
                continue
            if name[:1].isupper() and not name.isupper() and not name.endswith(("W", "State")):
                yield node


def by_name(source: str) -> list[str]:
    return [f"{c.lineno} {ast.unparse(c)}" for c in com_calls(source) if c.keywords]


def test_what_is_looked_for_is_found() -> None:
    assert by_name("area.FormatConditions.Add(Type=2, Formula1='=A1')")
    assert by_name("x = app.api.GetOpenFilename(kinds, Title='选')")
    assert not by_name("area.FormatConditions.Add(2, not_given(), '=A1')\nrun(name=1)\nbook.open(path=1)")
    every = [
        ast.unparse(c.func)
        for m in MODULES
        for c in com_calls(m.read_text(encoding="utf-8"))
        if len(c.args) > 1
    ]
    assert {
        "FormatConditions.Add",
        "api.Union",
    } <= {".".join(one.split(".")[-2:]) for one in every}


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_no_argument_has_a_name(module: Path) -> None:
    assert by_name(module.read_text(encoding="utf-8")) == []


class LateBound:
    """pywin32 without generated classes: names are put into their places, and all stops at the first gap."""

    def __init__(self, *names: str) -> None:
        self.names, self.arrived = names, {}

    def __call__(self, *given: object, **named: object) -> Any:
        values = [*given, *(named.get(name, ...) for name in self.names[len(given) :])]
        for name, value in zip(self.names, values, strict=True):
            if value is ...:
                break
            if value is not EMPTY:
                self.arrived[name] = value
        look = SimpleNamespace(Color=0, Bold=False)
        return SimpleNamespace(Interior=look, Font=look, Borders=look, StopIfTrue=True)


EMPTY = object()  # pythoncom.Empty


def test_the_formula_of_a_mark_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    pythoncom = ModuleType("pythoncom")
    pythoncom.Empty = EMPTY  # type: ignore[attr-defined]
    monkeypatch.setitem(__import__("sys").modules, "pythoncom", pythoncom)
    add = LateBound("Type", "Operator", "Formula1", "Formula2")
    Excel(SimpleNamespace()).tint(SimpleNamespace(FormatConditions=SimpleNamespace(Add=add)), "错误")
    assert add.arrived["Type"] == 2 and str(add.arrived["Formula1"]).startswith("=")
    assert "Operator" not in add.arrived


def test_the_imitation_loses_what_pywin32_loses() -> None:
    add = LateBound("Type", "Operator", "Formula1", "Formula2")
    add(Type=2, Formula1="=A1")
    assert add.arrived == {"Type": 2}


def test_without_pywin32_a_gap_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(__import__("sys").modules, "pythoncom", raising=False)
    assert not_given() is None
