"""The summary workbook: valid, every figure a formula that LibreOffice recalculates to what Python says."""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.district import UNREAD, line, outcomes, summary_of
from support.office import needs_office, needs_validator, recalculated, validate

from perfmon_xl.domain.outcome import Outcome
from perfmon_xl.domain.policy import WORST_FIRST, Light
from perfmon_xl.domain.summary import NO_DEPARTMENT
from perfmon_xl.rules.registry import catalogue
from perfmon_xl.workbook.build.summary.book import write_summary

SHEETS = ["汇总", "按主管部门", "按预警灯", "问题按规则", "需要说明", "未处理"]


@pytest.fixture(scope="module")
def district() -> list[Outcome]:
    """十二个项目（一个没有填支出，一个没有填主管部门）和两个没有处理的文件。"""
    return outcomes(12)


def test_a_missing_amount_is_not_spent_as_zero() -> None:
    made = summary_of([line("甲", "一局", "100", "40"), line("乙", "一局", "300", None)])
    assert made.totals.budget == 400 and made.totals.spent == 40
    assert made.totals.execution == Decimal("0.4")  # 40 of 100, not of 400


def test_the_file_does_not_tell_which_system_wrote_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """同样的一批，Windows 和 Linux 上写出来的字节一样：zipfile 在每一项里写着系统。"""
    made = summary_of([line("甲", "一局", "100", "40")])
    here = write_summary(made, title="汇总")
    monkeypatch.setattr("sys.platform", "win32" if sys.platform != "win32" else "linux")
    assert write_summary(made, title="汇总") == here


def test_a_project_has_the_worst_of_its_lights() -> None:
    made = summary_of(
        [
            line("甲", "一局", "1", "1", light="绿", lights={"蓝": 3, "黄": 1}),
            line("乙", "一局", "1", "1", lights={"蓝": 2}),
            line("丙", "一局", "1", "1"),
        ]
    )
    assert [x.light for x in made.lines] == [Light.YELLOW, Light.BLUE, None]
    assert {g.name: g.totals.projects for g in made.lights} == {"红": 0, "黄": 1, "绿": 0, "蓝": 1, "": 1}


def test_departments_keep_their_order_and_a_blank_one_is_said() -> None:
    made = summary_of([line("甲", "二局", "1", "1"), line("乙", " ", "1", "1"), line("丙", "二局", "2", "1")])
    assert [(g.name, g.totals.projects) for g in made.departments] == [("二局", 2), (NO_DEPARTMENT, 1)]


def test_findings_are_counted_by_rule_and_level() -> None:
    def finding(code: str, severity: str, result: str = "fail") -> dict[str, object]:
        return {"code": code, "severity": severity, "result": result, "sheet": "资金", "cell": "C4",
                "message": "事实", "hint": "怎么改"}  # fmt: skip

    zj, pc = finding("ZJ101", "error"), finding("PC101", "warning")
    made = summary_of(
        [
            line("甲", "一局", "1", "1", findings=(zj, pc, pc)),
            line("乙", "一局", "1", "1", findings=(zj, finding("PC101", "warning", "cannot_judge"))),
        ]
    )
    assert [(r.code, r.level, r.count, r.projects) for r in made.rules] == [
        ("ZJ101", "错误", 2, ("甲", "乙")),
        ("PC101", "警告", 2, ("甲",)),
        ("PC101", "无法判断", 1, ("乙",)),
    ]
    assert made.rules[0].title == catalogue()["ZJ101"].title and made.rules[0].place == "甲 资金!C4"


def test_two_projects_of_one_name_are_two_projects() -> None:
    finding = {"code": "ZJ101", "severity": "error", "result": "fail", "sheet": "资金", "cell": "C4",
               "message": "事实", "hint": "怎么改"}  # fmt: skip
    made = summary_of(
        [
            line("办案业务经费", "公安局", "1", "1", findings=(finding,)),
            line("办案业务经费", "司法局", "1", "1", findings=(finding, finding)),
        ]
    )
    assert [(r.count, r.projects) for r in made.rules] == [
        (3, ("办案业务经费（公安局/办案业务经费.xlsx）", "办案业务经费（司法局/办案业务经费.xlsx）"))
    ]
    book = load_workbook(io.BytesIO(write_summary(made, title="全区绩效监控汇总")))
    head = {cell.value: cell.column - 1 for cell in book["问题按规则"][4]}
    assert book["问题按规则"][5][head["项目数"]].value == 2


def test_the_sheets_and_their_rows(district: list[Outcome], tmp_path: Path) -> None:
    made = summary_of(district)
    book = load_workbook(io.BytesIO(write_summary(made, title="全区绩效监控汇总")))
    assert book.sheetnames == SHEETS
    rows = [[c.value for c in row] for row in book["汇总"].iter_rows(min_row=5)]
    names = [row[2] for row in rows]
    assert sorted(names) == sorted(x.name for x in made.lines) and len(rows) == 12
    lights = {x.name: x.light for x in made.lines}
    order = [(*WORST_FIRST, None).index(lights[name]) for name in names]
    assert order == sorted(order), "the worst light first"
    assert [r[0].value for r in book["未处理"].iter_rows(min_row=5)] == [o.path for o in UNREAD]
    assert {r[0].value for r in book["按主管部门"].iter_rows(min_row=5)} >= {NO_DEPARTMENT, "区司法局"}
    assert book["汇总"].auto_filter.ref is None  # the table has its own
    assert all(len(book[name].tables) == 1 for name in SHEETS)


def test_links_lead_from_the_summary_to_the_files() -> None:
    name = "子 文件夹/甲#1 50%.xlsx"
    demand = {"indicator": "指标", "sheet": "表4 目标对比表", "cell": "K5", "missing": "原因", "why": "红"}
    found = line("甲", "一局", "1", "1", outputs={"book": name, "report": "乙.docx"}, unexplained=(demand,))
    package = zipfile.ZipFile(io.BytesIO(write_summary(summary_of([found]), title="汇总")))
    targets = package.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert "子%20文件夹/甲%231%2050%25.xlsx" in targets or "%E7%94%B2%231%2050%25.xlsx" in targets
    assert "乙.docx" in targets or "%E4%B9%99.docx" in targets
    assert "表4 目标对比表" in package.read("xl/worksheets/sheet5.xml").decode()


@needs_office
@pytest.mark.parametrize("count", [0, 12])
def test_libreoffice_recalculates_every_formula_to_the_same(
    district: list[Outcome], tmp_path: Path, count: int
) -> None:
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(write_summary(summary_of(district if count else []), title="全区绩效监控汇总"))
    formulas, values, found = load_workbook(path), load_workbook(path, data_only=True), recalculated(path)
    compared = 0
    for name in SHEETS:
        for row in formulas[name].iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                expected = values[name][cell.coordinate].value
                again = found[name][cell.row - 1][cell.column - 1]
                if isinstance(expected, int | float):
                    assert again == pytest.approx(float(expected), abs=1e-9), (name, cell.coordinate)
                else:
                    assert again == (expected or ""), (name, cell.coordinate)
                compared += 1
    assert compared >= (count * 8 if count else 40)


@needs_validator
@pytest.mark.parametrize("count", [0, 1, 12])
def test_the_workbook_is_valid(district: list[Outcome], tmp_path: Path, count: int) -> None:
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(write_summary(summary_of(district[:count]), title="全区绩效监控汇总"))
    assert validate(path) == []


def test_the_same_outcomes_give_the_same_bytes(district: list[Outcome]) -> None:
    made = summary_of(district)
    assert write_summary(made, title="汇总") == write_summary(replace(made), title="汇总")
