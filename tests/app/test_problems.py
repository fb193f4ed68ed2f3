"""Problems drafted from the figures: what is behind is named with both values, and what a person wrote stays."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from perfmon_xl import app
from perfmon_xl.data import from_data
from perfmon_xl.domain.model import ProblemEntry
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.report.tracing.references import ValueReference
from perfmon_xl.report.tracing.tracked import unmarked
from perfmon_xl.report.wording.earlier_problems import since_last
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read

DATA = {
    "project": {"name": "灌区渠道整修项目", "year": "2024", "cutoff": "2024-07-31"},
    "progress": [{"subject": "支渠衬砌", "text": "支渠衬砌尚未开工。", "state": "尚未完成"}],
    "funding": [{"source": "财政拨款", "initial": 100, "arrived": 100, "spent": 20, "reason": "雨季停工。"}],
    "compared": [
        {"level1": "产出指标", "level2": "数量指标", "name": "整修渠道长度（公里）", "annual": "≥12公里",
         "stage": "≥7公里", "actual": "4公里"},
        {"level1": "产出指标", "level2": "质量指标", "name": "工程验收合格率", "annual": "≥95%", "stage": "≥95%",
         "actual": "97%"},
    ],
}  # fmt: skip


def problems(path: Path) -> tuple[ProblemEntry, ...]:
    return read(PackageBook.open(path)).monitoring.problems


def test_what_is_behind_becomes_a_problem_with_a_measure(tmp_path: Path) -> None:
    path = tmp_path / "项目.xlsx"
    path.write_bytes(build(from_data(DATA)))
    notes = app.fill(path).notes
    by_kind = {p.kind: p for p in problems(path)}
    funds, work = by_kind["资金执行"], by_kind["项目实施"]
    assert "执行率20.00%，比序时进度低38.33个百分点，原因是雨季停工" in funds.text
    assert "一是“整修渠道长度”仅完成4公里，与本阶段应完成的7公里相差3公里" in work.text
    assert "二是支渠衬砌尚未完成" in work.text
    assert all(p.measure and p.measure_title for p in by_kind.values())
    assert "工程验收合格率" not in work.text
    assert any("问题与措施：起草 2 行" in note for note in notes)


@pytest.mark.slow
def test_what_a_person_wrote_is_neither_changed_nor_added_to(tmp_path: Path) -> None:
    path = tmp_path / "项目.xlsx"
    path.write_bytes(build(from_data(DATA | {"problems": [{"title": "雨季停工", "measure_title": "抢工"}]})))
    app.fill(path)
    assert [(p.title, p.measure_title) for p in problems(path)] == [("雨季停工", "抢工")]


@pytest.mark.slow
def test_the_three_criticisms_of_declared_targets_come_out_by_rule(tmp_path: Path) -> None:
    """成本指标不是成本、数量没有对应的质量、效益单一且定性的用百分率：原作者手工找出的三条。"""
    rows = [
        ("成本指标", "经济成本指标", "补助发放合规率", "100%"),
        ("产出指标", "数量指标", "体检人数（人次）", "≥1000人次"),
        ("产出指标", "数量指标", "急救讲座场次（场）", "≥20场"),
        ("产出指标", "质量指标", "体检报告准确率", "≥98%"),
        ("效益指标", "社会效益指标", "维护村民健康权益", "≥90%"),
    ]
    declared = [dict(zip(("level1", "level2", "name", "target"), row, strict=True)) for row in rows]
    path = tmp_path / "体检.xlsx"
    data = {"project": {"name": "村民体检项目"}, "declared": declared}
    path.write_bytes(build(from_data(data)))
    app.fill(path)
    assert problems(path) == ()  # nothing done yet: what would be written now would stay, and be wrong later
    reading = read(PackageBook.open(path))
    compared = reading.found[layout.COMPARED.name]
    book = PackageBook.open(path)
    book.write({compared.ref(reading.rows[layout.COMPARED.name][1], "actual"): "800人次"})
    book.save(path)
    app.fill(path)
    (goals,) = [p for p in problems(path) if p.kind == "目标设置"]
    for words in (
        "成本指标“补助发放合规率”考核的不是花钱多少",
        "“急救讲座场次”没有对应的质量指标",
        "只设“维护村民健康权益”一个效益指标",
        "“≥90%”",
    ):
        assert words in goals.text
    for words in ("单位成本的控制数", "为主要数量指标配上", "增设效益指标", "分级分档"):
        assert words in goals.measure


@pytest.mark.slow
def test_problems_of_an_earlier_period_are_told_apart_and_this_period_is_drafted_beside_them(
    tmp_path: Path,
) -> None:
    """上期带来的问题带着整改状态：不挡本期的起草，报告里说明是上期提出的、改了没有。"""
    path, report = tmp_path / "项目.xlsx", tmp_path / "报告.docx"
    old = {"kind": "资金执行", "title": "支付偏慢", "text": "合同没有签。", "measure_title": "加快支付",
           "measure": "建议管理站签订合同。", "state": "整改中", "rectification": "2024年5月监控提出。合同已签3份"}  # fmt: skip
    path.write_bytes(build(from_data(DATA | {"problems": [old]})))
    app.fill(path)
    found = problems(path)
    assert found[0].title == "支付偏慢" and [p.kind for p in found[1:]][:2] == ["资金执行", "项目实施"]
    app.fill(path)
    assert problems(path) == found, "再填充一次不变"
    app.report(path, report, draft=True)
    text = "\n".join(p.text for p in docx.Document(str(report)).paragraphs)
    assert "这是2024年5月监控提出的问题，正在整改：合同已签3份。" in text
    assert not app.audit(report, path).differences


@pytest.mark.parametrize(
    ("state", "told", "says"),
    [
        ("未整改", "2024年5月监控提出。", "这是2024年5月监控提出的问题，至今没有整改，需由县水务局督办。"),
        ("未整改", "批文未下", "这是上期提出的问题，至今没有整改，批文未下，需由县水务局督办。"),
        ("已整改", "", "这是上期提出的问题，已经整改。"),
        ("待核实", "上期监控提出。", "这是上期监控提出的问题【请补充：整改到什么程度】。"),
        ("", "随手写的", ""),
    ],
)
def test_how_far_an_earlier_problem_has_been_put_right(state: str, told: str, says: str) -> None:
    one = ProblemEntry(title="支付偏慢", state=state, rectification=told)
    assert since_last(one, ValueReference("problems", 0), "县水务局", unmarked) == says
