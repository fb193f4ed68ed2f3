"""Every computed cell of a workbook: LibreOffice's result, Python's, and the stored one are the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import cycle
from pathlib import Path

import pytest
from support.office import needs_office, recalculated
from support.projects import project
from support.spellings import READ_BY_PROGRAM, SPELLINGS

from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Compared, Monitoring
from perfmon_xl.domain.target import read_target
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.policy import get, load_all
from perfmon_xl.workbook.build.defaults import with_defaults
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.computed import compute_book
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.findings import levels
from perfmon_xl.workbook.read import read


def _same(got: object, want: Decimal | str) -> bool:
    if isinstance(want, Decimal):
        return isinstance(got, int | float | Decimal) and abs(float(got) - float(want)) <= 1e-9 * max(
            1, abs(float(want))
        )
    return got == want


def _differences(path: Path, monitoring: Monitoring) -> tuple[int, list[object]]:
    monitoring = with_defaults(monitoring)
    book, sheets = PackageBook.open(path), recalculated(path)
    computed = compute_book(figures_of(monitoring, get(monitoring.project.rule_set)), levels(read(book)))
    pairs = [(book.named()[name], want) for name, want in computed.cells.items()]
    for _, table in layout.tables():
        for index, row in enumerate(book.tables()[table.name].rows):
            values = computed.row(table.name, index)
            pairs += [
                (cell, values[c.field]) for c, cell in zip(table.columns, row, strict=True) if c.computed
            ]
    wrong: list[object] = []
    for cell, want in pairs:
        shown = sheets[cell.ref.sheet][cell.ref.row - 1][cell.ref.column - 1]
        if not _same(shown, want):
            wrong.append(("calculated", str(cell.ref), shown, want))
        if not _same("" if cell.value is None and cell.formula is None else cell.value, want):
            wrong.append(("stored", str(cell.ref), cell.value, want))
    return len(pairs), wrong


def _spelled() -> Monitoring:
    """表4 里把各种写法当目标、阶段、实际，错开搭配。"""
    kinds = cycle(("数量指标", "质量指标", "时效指标", "经济成本", "社会效益", "满意度", "别的"))
    spellings = (*SPELLINGS, *READ_BY_PROGRAM)
    count = len(spellings)
    rows = tuple(
        Compared(
            level1="产出指标",
            level2=next(kinds),
            name=f"指标{index}",
            annual=read_target(text),
            stage=read_target(spellings[(index * 7 + 3) % count] if index % 3 else text),
            actual=read_target(spellings[(index * 11 + 5) % count] if index % 2 else text.lstrip("≥≤>=<")),
        )
        for index, text in enumerate(spellings)
    )
    return replace(project(3), compared=rows)


@needs_office
def test_every_computed_cell_agrees_over_all_spellings(tmp_path: Path) -> None:
    path = tmp_path / "spelled.xlsx"
    path.write_bytes(build(_spelled()))
    count, wrong = _differences(path, _spelled())
    assert count > 10_000
    assert wrong == []


@needs_office
def test_every_computed_cell_of_the_example_agrees(demo_book: Path) -> None:

    count, wrong = _differences(demo_book, read(PackageBook.open(demo_book)).monitoring)
    assert count > 1000
    assert wrong == []


@needs_office
@pytest.mark.parametrize("name", list(load_all()))
def test_every_rule_set_lights_alike(name: str, tmp_path: Path) -> None:
    monitoring = project(12, seed=len(name))
    monitoring = replace(monitoring, project=replace(monitoring.project, rule_set=name))
    path = tmp_path / "rules.xlsx"
    path.write_bytes(build(monitoring))
    assert _differences(path, monitoring)[1] == []
