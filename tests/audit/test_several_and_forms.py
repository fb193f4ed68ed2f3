"""Files with several projects are never held against themselves as one; a filled form is audited as a report is."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from support.word import docx, p, table

from perfmon_xl import app, cli
from perfmon_xl.domain.errors import UserError

_ROWS = (["三级指标", "项目完成时绩效目标值", "实际完成的绩效目标值"], ["培训人数", "≥50人", "60人"])


def report(name: str) -> tuple[str, ...]:
    return (
        p(f"{name}绩效运行监控报告"),
        p("一、项目概况"),
        p(f"项目名称：{name}"),
        p("二、项目绩效情况"),
        table(*_ROWS),
        p("三、结论"),
        p("项目总体按计划推进。"),
    )


def test_two_reports_in_one_file_are_named_and_not_mixed(tmp_path: Path) -> None:
    path = tmp_path / "两份.docx"
    path.write_bytes(docx(*report("河道保洁项目"), *report("路灯维护项目")))
    with pytest.raises(UserError) as refused:
        app.audit_alone(path)
    assert "河道保洁项目、路灯维护项目" in str(refused.value)
    made = app.understand(path)
    assert [one.project.name for one in made.projects] == ["河道保洁项目", "路灯维护项目"]


def test_a_summary_of_chapters_before_the_report_is_no_second_report(tmp_path: Path) -> None:
    path = tmp_path / "一份.docx"
    path.write_bytes(docx(p("摘要"), p("一、项目概况"), p("本项目做培训。"), *report("河道保洁项目")))
    assert app.audit_alone(path).findings is not None


@pytest.mark.parametrize(("printed", "found"), [(60, True), (66, False)])
def test_a_form_in_a_sheet_is_audited(tmp_path: Path, printed: int, *, found: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["项目支出绩效运行监控表（2025年1-8月）"],
        ["项目名称", "河道保洁项目"],
        ["资金来源", "年初预算数（万元）", "到位数（万元）", "支出数（万元）"],
        ["中央补助", 40, 40, 30],
        ["县级资金", 26, 20, 10],
        ["合计", printed, 60, 40],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"],
        ["产出指标", "数量指标", "保洁河道长度", "≥50公里", "40公里"],
    ):
        sheet.append(row)
    path = tmp_path / "监控表.xlsx"
    book.save(path)
    told = [f.message for f in app.audit_alone(path).findings if f.code in ("ZJ111", "BG116", "ZJ122")]
    assert bool(told) is found, told


def test_a_monitoring_workbook_is_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "项目.xlsx"
    app.new(book)
    assert cli.main(["audit", str(book)]) == 2
    assert "不是报告" in capsys.readouterr().err
