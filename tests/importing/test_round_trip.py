"""Workbook → report → import: the same entries, save what a report does not print."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.projects import project

from perfmon_xl import app, data
from perfmon_xl.app import rules_of
from perfmon_xl.domain.amount import total
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.importing.reading import import_report
from perfmon_xl.report.render import write_report
from perfmon_xl.workbook.build import build
from perfmon_xl.workbook.package_book import PackageBook
from perfmon_xl.workbook.read import read

# Not printed in a report, or printed only as part of a sentence.
_UNPRINTED = {
    "project": {"department", "unit", "unit_short"},
    "progress": {"state"},
    "problems": {"kind"},
    "fund_notes": {"draft"},
    "overall": {"draft"},
    "analyses": {"level1", "draft"},
    "compared": {"forecast", "likelihood", "cause", "reason", "measure"},
}


def _printed(found: dict[str, Any]) -> dict[str, Any]:
    def kept(name: str, record: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in record.items() if k not in _UNPRINTED.get(name, set())}

    return {n: [kept(n, r) for r in v] if isinstance(v, list) else kept(n, v) for n, v in found.items()}


def _by_subject(found: dict[str, Any]) -> dict[str, Any]:
    """各段在报告里按章节和类别排，不按工作簿里的先后。"""
    return found | {n: sorted(found[n], key=lambda r: str(r["subject"])) for n in ("analyses", "fund_notes")}


def test_the_example_comes_back(tmp_path: Path, demo_folder: Path) -> None:
    book = demo_folder / "示例项目.xlsx"
    made = app.report(book, tmp_path / "报告.docx", draft=True)
    back = app.import_to_book(made.path, tmp_path / "导入.xlsx")
    wanted = _by_subject(_printed(data.to_data(read(PackageBook.open(book)).monitoring)))
    got = _by_subject(_printed(data.to_data(read(PackageBook.open(back.path)).monitoring)))
    assert got == wanted


_NAMES = "甲乙丙丁戊己庚辛"
_TABLES = ("declared", "adjusted", "compared")


def _named(monitoring: Monitoring) -> Monitoring:
    """换成不以数字结尾的名称：“支出1”后面接着金额，谁也分不开。"""
    return replace(
        monitoring,
        project=replace(monitoring.project, name=monitoring.project.name.rstrip("0123456789")),
        funding=tuple(
            replace(f, source=f"{n}级财政资金", forecast=None)
            for n, f in zip(_NAMES, monitoring.funding, strict=False)
        ),
        spending=tuple(
            replace(s, item=f"{n}类工程款") for n, s in zip(_NAMES, monitoring.spending, strict=False)
        ),
    )


@pytest.mark.parametrize(("indicators", "seed", "funds"), [(0, 1, 1), (7, 2, 1), (23, 3, 4), (30, 4, 2)])
def test_invented_projects_come_back(indicators: int, seed: int, funds: int) -> None:
    book = PackageBook.from_bytes(
        build((made := _named(project(indicators, seed=seed, funds=funds))), rules_of(made))
    )
    app.fill_book(book)
    monitoring = read(book).monitoring
    back = import_report(
        write_report(monitoring, rules_of(monitoring), template="monitoring_report", draft=True, findings=[])
    ).monitoring
    wanted, got = _printed(data.to_data(monitoring)), _printed(data.to_data(back))
    for table in _TABLES:  # a report groups its rows by category
        rows = sorted(wanted.get(table, []), key=lambda r: str(r["name"]))
        assert sorted(got.get(table, []), key=lambda r: str(r["name"])) == rows
    for name in ("project", "goal", "goal_changes", "progress", "problems", "spending"):
        assert got[name] == wanted[name]
    texts = sorted((r["subject"], r["text"]) for r in wanted.get("analyses", []))
    assert sorted((r["subject"], r["text"]) for r in got.get("analyses", [])) == texts
    if funds == 1:
        assert got["funding"] == wanted["funding"]
    else:  # by source the report gives the budget, of the rest the sums
        assert [(f.source, f.initial) for f in back.funding if f.initial] == [
            (f.source, f.initial) for f in monitoring.funding
        ]
        assert total([f.spent for f in back.funding]) == total([f.spent for f in monitoring.funding])
        assert total([f.arrived for f in back.funding]) == total([f.arrived for f in monitoring.funding])
