"""What a kind of document has no place for is not asked of it; what it has is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from perfmon_xl import app
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.kinds import DocumentKind
from perfmon_xl.domain.model import Compared, Declared, Monitoring, Project
from perfmon_xl.domain.target import read_target
from perfmon_xl.policy import get
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.kinds import NOT_ASKED, kinds_of, serves
from perfmon_xl.rules.registry import FAMILIES, catalogue
from perfmon_xl.workbook.build.monitoring import build


def _found(kind: str, **changes: object) -> set[str]:
    row = Compared(
        level1="产出指标",
        level2="数量指标",
        name="培训人次",
        annual=read_target("≥500人次"),
        actual=read_target("300人次"),
    )
    declared = Declared(level1="产出指标", level2="数量指标", name="培训人次", target=read_target("≥500人次"))
    book = Monitoring(
        project=Project(name="甲", year="2024", kind=kind), declared=(declared,), compared=(row,)
    )
    return {f.code for f in check(Facts(figures=figures_of(replace(book, **changes), get())))}  # type: ignore[arg-type]


def test_every_name_in_the_list_is_a_rule_or_a_family() -> None:
    known = {*catalogue(), *(family.upper() for family in FAMILIES)}
    assert {code for codes in NOT_ASKED.values() for code in codes} <= known


@pytest.mark.parametrize(("code", "asked"), [("XM103", "项目监控"), ("JD106", "项目监控")])
def test_a_self_evaluation_is_asked_for_no_cutoff_and_no_stage(code: str, asked: str) -> None:
    assert code in _found(asked) and code in _found("")
    assert code not in _found("绩效自评") and code not in _found("绩效目标申报")


def test_a_target_form_is_asked_for_no_actuals() -> None:
    blank = Compared(level1="产出指标", level2="数量指标", name="培训人次", annual=read_target("≥500人次"))
    assert "SJ103" in _found("项目监控", compared=(blank,)) and "SJ103" in _found(
        "绩效自评", compared=(blank,)
    )
    assert "SJ103" not in _found("绩效目标申报", compared=(blank,))
    bare = Declared(level1="产出指标", level2="数量指标", name="培训人次")
    assert "ZB213" in _found("绩效目标申报", declared=(bare,), compared=())


def test_a_rule_says_which_kinds_it_serves() -> None:
    assert catalogue()["ZJ114"].kinds == tuple(k for k in DocumentKind if k is not DocumentKind.DEPARTMENT)
    assert kinds_of("ZB101") == tuple(DocumentKind) and not serves("PC101", DocumentKind.TARGETS)


def test_a_self_evaluation_is_judged_by_the_whole_year() -> None:
    row = Compared(
        level1="产出指标",
        level2="数量指标",
        name="培训",
        annual=read_target("≥10期"),
        actual=read_target("9期"),
    )
    book = Monitoring(project=Project(year="2024", kind="绩效自评"), compared=(row,))
    assert figures_of(book, get()).indicators[0].met is False
    other = replace(book, project=replace(book.project, kind=""))
    assert figures_of(other, get()).indicators[0].met is None


@pytest.mark.parametrize("kind", ["绩效自评", "绩效目标申报"])
def test_the_report_is_made_of_monitoring_only(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    path.write_bytes(build(Monitoring(project=Project(name="甲", kind=kind))))
    with pytest.raises(UserError, match=f"这是“{kind}”，不出绩效运行监控报告") as caught:
        app.report(path, tmp_path / "甲.docx")
    assert "文件种类" in str(caught.value)
    assert not (tmp_path / "甲.docx").exists()
