"""Problems drafted from the figures: what is behind is named with both values, and what a person wrote stays."""

from __future__ import annotations

from pathlib import Path

from perfmon_xl import app
from perfmon_xl.data import from_data
from perfmon_xl.domain.model import ProblemEntry
from perfmon_xl.layout import monitoring as layout
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


def test_what_a_person_wrote_is_neither_changed_nor_added_to(tmp_path: Path) -> None:
    path = tmp_path / "项目.xlsx"
    path.write_bytes(build(from_data(DATA | {"problems": [{"title": "雨季停工", "measure_title": "抢工"}]})))
    app.fill(path)
    assert [(p.title, p.measure_title) for p in problems(path)] == [("雨季停工", "抢工")]


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
