"""Faults and tempting-but-right wordings invented from the catalogue of defects, without a look at the rules.

unseen/project.md and unseen/training.md are clean projects; each case of unseen/cases.md and unseen/training_cases.md
puts other words into them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.drawn import facts

from perfmon_xl.domain.finding import Finding, Result, Severity
from perfmon_xl.rules.engine import check

_FOLDER = Path(__file__).with_name("unseen")
_SETS = {"project.md": "cases.md", "training.md": "training_cases.md"}
_DRAWING = ("GS105",)  # a drawn workbook leaves columns out


@dataclass(frozen=True)
class Case:
    base: str
    title: str
    wrong: bool
    changes: tuple[tuple[str, str], ...]
    said: tuple[str, ...]
    may_be_unsure: bool

    @property
    def project(self) -> str:
        text = _of(self.base)
        for old, new in self.changes:
            assert text.count(old) == 1, f"{self.title}: {old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        return text


def _of(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _cases() -> list[Case]:
    return [case for base, cases in _SETS.items() for case in _cases_in(base, _of(cases))]


def _cases_in(base: str, text: str) -> list[Case]:
    marks = list(re.finditer(r"^## (不对|对)：(.*)$", text, re.M))
    found = []
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        body = text[mark.end() : after.start() if after else len(text)]
        changes = tuple(
            (old.replace("\\n", "\n"), new.replace("\\n", "\n"))
            for old, new in re.findall(r"^换 (.*)\n成 (.*)$", body, re.M)
        )
        said = re.search(r"^说到 (.*)$", body, re.M)
        found.append(
            Case(
                base,
                mark[2],
                mark[1] == "不对",
                changes,
                tuple(said[1].split("、")) if said else (),
                "无法判断也行" in body,
            )
        )
    return found


def _loud(found: tuple[Finding, ...]) -> list[Finding]:
    return [
        f
        for f in found
        if f.severity in (Severity.ERROR, Severity.WARNING)
        and f.result is Result.FAIL
        and f.code not in _DRAWING
    ]


@pytest.mark.parametrize("base", _SETS)
def test_nothing_is_found_in_the_project_itself(base: str) -> None:
    assert [f.as_text() for f in _loud(check(facts(_of(base))))] == []


@pytest.mark.parametrize("case", [c for c in _cases() if c.wrong], ids=lambda c: c.title)
@pytest.mark.slow
def test_the_fault_is_said_with_both_sides(case: Case) -> None:
    found = check(facts(case.project))
    heard = [
        f
        for f in found
        if all(re.search(word, f"{f.message} {' '.join(f.values.values())}") for word in case.said)
    ]
    if not case.may_be_unsure:
        heard = _loud(tuple(heard))
    assert heard, [f.as_text() for f in _loud(found)]


@pytest.mark.parametrize("case", [c for c in _cases() if not c.wrong], ids=lambda c: c.title)
@pytest.mark.slow
def test_what_only_tempts_is_left_alone(case: Case) -> None:
    assert [f.as_text() for f in _loud(check(facts(case.project)))] == []
