"""Habits of districts and consultants, one kind a test: what is said in their way is read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.layouts import grid

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.importing.document import Block, Para
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.reading import read_blocks

TABLE = grid([
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"],
    ["产出指标", "数量指标", "更换路灯盏数", "≥300盏", "260盏"],
    ["产出指标", "质量指标", "亮灯率", "≥98%", "97.5%"],
])  # fmt: skip


def report(*lines: str | Block) -> Imported:
    blocks = [Para(one) if isinstance(one, str) else one for one in lines]
    return read_blocks(blocks, form=False)


def wan(number: object) -> Amount:
    return Amount(Decimal(str(number)) * 10_000)


def funds(monitoring: Monitoring) -> list[tuple[str, object, object, object]]:
    return [(f.source, f.budget, f.arrived, f.spent) for f in monitoring.funding]


@pytest.mark.parametrize("bullet", ["◆", "■ ", "●", "➢ ", "★", "·"])
@pytest.mark.parametrize("after", ["：", "——", "。"])
def test_paragraphs_of_indicators_behind_a_bullet(bullet: str, after: str) -> None:
    found = report(
        "四、目标完成分析", TABLE,
        f"{bullet}更换路灯盏数{after}更换260盏，南片区40盏待供货。", f"{bullet}亮灯率{after}抽查400盏，390盏亮。",
    )  # fmt: skip
    assert [(a.subject, a.text) for a in found.monitoring.analyses] == [
        ("更换路灯盏数", "更换260盏，南片区40盏待供货。"), ("亮灯率", "抽查400盏，390盏亮。"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("problem", "measure"),
    [
        ("问题一：", "对策："),
        ("存在问题", "整改措施"),
        ("主要问题1：", "改进措施1："),
        ("问题之一：", "建议："),
    ],
)
@pytest.mark.parametrize("inline", [False, True])
def test_problems_and_measures_behind_a_label(problem: str, measure: str, inline: bool) -> None:
    if inline and not problem.endswith("："):
        problem, measure = problem + "：", measure + "："
    lines = (
        [f"{problem}供货偏慢。40盏灯具没有到货。", f"{measure}路灯所10月底前催供货商补齐。"]
        if inline
        else [problem, "供货偏慢。40盏灯具没有到货。", measure, "路灯所10月底前催供货商补齐。"]
    )
    found = report("四、目标完成分析", TABLE, "五、问题与对策", *lines, "六、监控结论", "建议继续实施。")
    (one,) = found.monitoring.problems
    assert (one.title, one.text) == ("供货偏慢", "40盏灯具没有到货。")
    assert one.measure_title + one.measure == "路灯所10月底前催供货商补齐"  # a short sentence is the title


def test_a_measure_inside_an_indicator_s_paragraph_stays_there() -> None:
    """反面：指标段落里的“措施：……”是这一段的话，不是另一个问题。"""
    found = report("四、产出情况", "1.更换路灯盏数", "更换260盏。", "措施：催供货商补齐。", TABLE)
    assert found.monitoring.problems == ()
    assert found.monitoring.analyses[0].text == "更换260盏。\n措施：催供货商补齐。"


@pytest.mark.parametrize("title", ["效率性分析", "效率性：", "效率性"])
def test_aspects_on_a_line_of_their_own(title: str) -> None:
    found = report("四、目标完成分析", TABLE, title, "两项指标一项达到。", "五、监控结论", "建议继续实施。")
    assert [(o.subject, o.text) for o in found.monitoring.overall] == [("效率性分析", "两项指标一项达到。")]


@pytest.mark.parametrize("apart", ["", "。"])
def test_each_source_in_a_paragraph_of_its_own(apart: str) -> None:
    lines = [
        "县级财政资金年初预算60.00万元，调整后预算66.00万元，到位50.00万元，支出40.00万元，预计全年支出66.00万元。",
        "省级照明补助年初预算20.00万元，调整后预算20.00万元，到位20.00万元，支出9.00万元，预计全年支出20.00万元。",
        "两级资金合计到位70.00万元，合计支出49.00万元。",
    ]
    found = report(
        "三、资金情况", *([apart.join(lines)] if apart == "" else lines), "四、目标完成分析", TABLE
    )
    assert funds(found.monitoring) == [
        ("县级财政资金", wan(66), wan(50), wan(40)), ("省级照明补助", wan(20), wan(20), wan(9)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "衡信会计师事务所对白石市城市管理局主管、白石市路灯管理所实施的路灯更换项目进行了监控。",
        "项目由白石市城市管理局主管，白石市路灯管理所负责实施。",
        "白石市城市管理局主管，由白石市路灯管理所具体组织实施。",
    ],
)
def test_who_is_in_charge_and_who_does_it_in_one_clause(sentence: str) -> None:
    project = report("受白石市财政局委托，" + sentence, "四、目标完成分析", TABLE).monitoring.project
    assert (project.department, project.unit) == ("白石市城市管理局", "白石市路灯管理所")


def test_a_basis_told_in_the_background() -> None:
    found = report(
        "一、项目立项和内容", "1. 立项背景",
        "路灯老化。立项依据为《白石市城市照明三年行动方案》（白政办〔2023〕9号）。", "四、目标完成分析", TABLE,
    )  # fmt: skip
    assert found.monitoring.project.basis == "《白石市城市照明三年行动方案》（白政办〔2023〕9号）"


def test_a_remark_that_gives_the_cause() -> None:
    table = grid([
        ["一级指标", "二级指标", "三级指标", "年度指标值", "全年完成值", "说明"],
        ["产出指标", "数量指标", "更换路灯盏数", "≥300盏", "260盏", "40盏因灯具流标没有更换"],
        ["产出指标", "质量指标", "亮灯率", "≥98%", "99%", "抽查400盏"],
    ])  # fmt: skip
    found = read_blocks([Para("项目支出绩效自评表（2024年度）"), table], form=True)
    assert [c.reason for c in found.monitoring.compared] == ["40盏因灯具流标没有更换", ""]
    assert any("抽查400盏" in cell for left in found.leftovers for cell in left.cells)


def test_a_long_labelled_line_below_a_form_is_a_line_of_it() -> None:
    from perfmon_xl.importing.reading import is_form

    line = "自评说明：全年更换路灯260盏，覆盖南北两个片区的18条街巷，比目标少40盏，其余在下年度第一季度补齐。"
    assert is_form([Para("项目支出绩效自评表"), TABLE, Para(line), Para("自评结论：综合得分92.5分。")])
    assert not is_form([Para("绩效监控报告"), Para("一、项目概况"), TABLE, Para(line)])


_LAYOUTS: dict[str, tuple[list[list[str]], list[tuple[str, str, str]]]] = {
    "three lines of header": (
        [["绩效指标", "<", "<", "绩效目标值", "<", "完成情况", "<"], ["一级指标", "二级指标", "三级指标", "全年", "阶段", "实际", "<"],
         ["^", "^", "^", "^", "^", "数值", "单位"], ["产出指标", "数量指标", "更换路灯盏数", "≥300盏", "≥200盏", "260", "盏"]],
        [("更换路灯盏数", "≥300盏", "260盏")],
    ),
    "turned": (
        [["一级指标", "产出指标", "产出指标"], ["二级指标", "数量指标", "质量指标"], ["三级指标", "更换路灯盏数", "亮灯率"],
         ["年度指标值", "≥300盏", "≥98%"], ["实际完成值", "260盏", "97%"]],
        [("更换路灯盏数", "≥300盏", "260盏"), ("亮灯率", "≥98%", "97%")],
    ),
    "a note between rows": (
        [["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"], ["产出指标", "数量指标", "更换路灯盏数", "≥300盏", "260盏"],
         ["注：以上为产出指标", "<", "<", "<", "<"], ["效益指标", "社会效益指标", "受益居民户数", "≥900户", "950户"]],
        [("更换路灯盏数", "≥300盏", "260盏"), ("受益居民户数", "≥900户", "950户")],
    ),
    "half a year": (
        [["一级指标", "二级指标", "三级指标", "年初目标", "上半年目标", "上半年实际"],
         ["产出指标", "数量指标", "更换路灯盏数", "≥300盏", "≥150盏", "160盏"]],
        [("更换路灯盏数", "≥300盏", "160盏")],
    ),
    "classes as a path": (
        [["指标类别", "指标名称", "目标值", "完成值"], ["产出-数量", "更换路灯盏数", "300盏以上", "260盏"]],
        [("更换路灯盏数", "300盏以上", "260盏")],
    ),
    "a quarter a column": (
        [["一级指标", "二级指标", "三级指标", "年度指标值", "一季度完成", "二季度完成", "累计完成"],
         ["产出指标", "数量指标", "更换路灯盏数", "≥300盏", "80盏", "90盏", "170盏"]],
        [("更换路灯盏数", "≥300盏", "170盏")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("habit", _LAYOUTS)
def test_layouts_of_districts(habit: str) -> None:
    rows, wanted = _LAYOUTS[habit]
    found = read_blocks([Para("项目支出绩效监控表（２０２５年度１-８月）"), grid(rows)], form=True).monitoring
    assert [(c.name, c.annual.raw, c.actual.raw) for c in found.compared] == wanted
    assert (found.project.year, str(found.project.cutoff)) in (("2025", "2025-08-31"), ("2025", "2025-06-30"))
