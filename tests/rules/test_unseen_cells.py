"""Faults and tempting-but-right entries in single cells, invented from the catalogue of defects without a look at the rules.

unseen/cells/NAME.md is a clean project drawn as tables alone; unseen/cells/NAME_cases.md changes cells of it. A line of
a case: 表4｜row｜column｜value (表1 to 表4, 资金, 明细; * is 表1, 表3 and 表4 together), 改名｜old｜new, +表4｜a row (+表4>row｜… below
that row), -表4｜row, 名称：value of a named cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.drawn import facts

from perfmon_xl.domain.finding import Finding, Result, Severity
from perfmon_xl.rules.engine import check

_FOLDER = Path(__file__).with_name("unseen") / "cells"
_DRAWING = ("GS105",)  # a drawn workbook leaves columns out
_TABLES = {
    "表1": "目标申报表",
    "表2": "总目标调整表",
    "表3": "分解目标调整表",
    "表4": "目标对比表",
    "资金": "资金表",
    "明细": "支出明细表",
}
_COLUMNS = {
    "一级": ("一级指标", "一级目标"),
    "二级": ("二级指标", "二级目标"),
    "名称": ("三级指标", "三级目标"),
    "目标": ("指标目标值", "项目完成时绩效目标值"),
    "阶段": ("跟踪目标值", "本阶段应完成的绩效目标值"),
    "跟踪": ("跟踪目标值",),
    "实际": ("实际完成的绩效目标值",),
    "预计": ("全年预计", "全年预计支出数（万元）"),
    "可能性": ("完成可能性",),
    "原因": ("偏差原因", "调整或执行偏差的原因"),
    "说明": ("原因说明",),
    "措施": ("改进措施",),
    "解释": ("指标解释",),
    "年初": ("年初预算数（万元）",),
    "调整后": ("调整后预算数（万元）", "调整后内容"),
    "到位": ("到位数（万元）",),
    "支出": ("支出数（万元）",),
    "金额": ("金额（元）",),
    "原内容": ("原申报表内容",),
}


@dataclass(frozen=True)
class Case:
    base: str
    title: str
    wrong: bool
    lines: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def project(self) -> str:
        text = _project(self.base).splitlines()
        for line in self.lines:
            text = _changed(text, line)
        return "\n".join(text)


def _project(base: str) -> str:
    return (_FOLDER / f"{base}.md").read_text(encoding="utf-8")


def _changed(text: list[str], line: str) -> list[str]:
    if "｜" not in line.split("：")[0] and "：" in line and not line.startswith(("+", "-")):
        label = line.split("：")[0]
        found = [i for i, old in enumerate(text) if old.startswith(f"{label}：")]
        at, after = (found[0], found[0] + 1) if found else (0, 0)
        return [*text[:at], *([line] if line != f"{label}：" else []), *text[after:]]
    if line.startswith("+"):
        table, *cells = line[1:].split("｜")
        table, _, above = table.partition(">")
        last = _row(text, _TABLES[table], above) + 1 if above else _span(text, _TABLES[table])[1]
        return [*text[:last], f"| {' | '.join(cells)} |", *text[last:]]
    if line.startswith("-"):
        table, name = line[1:].split("｜")
        row = _row(text, _TABLES[table], name)
        assert row, line
        return [*text[:row], *text[row + 1 :]]
    first, name, *rest = line.split("｜")
    if first == "改名":
        for table in ("表1", "表3", "表4"):
            text = _set(text, table, name, "名称", rest[0])
        return text
    for table in ("表1", "表3", "表4") if first == "*" else (first,):
        text = _set(text, table, name, rest[0], rest[1], missing_ok=first == "*")
    return text


def _span(text: list[str], table: str) -> tuple[int, int]:
    head = text.index(table) + 1
    last = head
    while last < len(text) and text[last].startswith("|"):
        last += 1
    return head, last


def _cells(line: str) -> list[str]:
    return [c.strip() for c in line.strip().strip("|").split("|")] if line.count("|") > 1 else []


def _row(text: list[str], table: str, name: str) -> int:
    head, last = _span(text, table)
    at = 2 if "三级" in text[head] else 0
    return next((i for i in range(head + 1, last) if _raw(text[i])[at] == name), 0)


def _raw(line: str) -> list[str]:
    return [c.strip() for c in line.strip()[1:-1].split("|")]


def _set(
    text: list[str], table: str, name: str, column: str, value: str, missing_ok: bool = False
) -> list[str]:
    head, _ = _span(text, _TABLES[table])
    titles = _raw(text[head])
    wanted = _COLUMNS.get(column, (column,))
    at = [i for i, title in enumerate(titles) if title in wanted]
    if not at and missing_ok:
        return text
    row = _row(text, _TABLES[table], name)
    assert at and row, (table, name, column)
    cells = _raw(text[row])
    for i in at:
        cells[i] = value
    return [*text[:row], f"| {' | '.join(cells)} |", *text[row + 1 :]]


def _all() -> list[Case]:
    return [case for path in sorted(_FOLDER.glob("*_cases.md")) for case in _cases_of(path)]


def _cases_of(path: Path) -> list[Case]:
    found = []
    for block in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        head, *body = [line.strip() for line in block.splitlines() if line.strip()]
        kind, title = head.split("：", 1)
        said = [line[3:].split("、") for line in body if line.startswith("说到 ")]
        lines = tuple(line for line in body if not line.startswith("说到 "))
        found.append(
            Case(
                path.stem.removesuffix("_cases"), title, kind == "不对", lines, tuple(said[0]) if said else ()
            )
        )
    return found


def _loud(project: str) -> list[Finding]:
    return [
        f
        for f in check(facts(project))
        if f.severity in (Severity.ERROR, Severity.WARNING)
        and f.result is Result.FAIL
        and f.code not in _DRAWING
    ]


def _says(finding: Finding, words: tuple[str, ...]) -> bool:
    whole = " ".join([finding.message, *finding.values.values(), finding.subject, str(finding.origin)])
    return all(re.search(word, whole) for word in words)


_ALL = _all()
_BASES = sorted({case.base for case in _ALL})


@pytest.mark.parametrize("base", _BASES)
def test_nothing_is_found_in_the_project_itself(base: str) -> None:
    assert [f.as_text() for f in _loud(_project(base))] == []


@pytest.mark.parametrize("case", [c for c in _ALL if c.wrong], ids=lambda c: f"{c.base}-{c.title}")
@pytest.mark.slow
def test_the_fault_is_said(case: Case) -> None:
    found = _loud(case.project)
    assert [f for f in found if _says(f, case.said)], [f.as_text() for f in found]


@pytest.mark.parametrize("case", [c for c in _ALL if not c.wrong], ids=lambda c: f"{c.base}-{c.title}")
@pytest.mark.slow
def test_what_only_tempts_is_left_alone(case: Case) -> None:
    assert [f.as_text() for f in _loud(case.project)] == []
