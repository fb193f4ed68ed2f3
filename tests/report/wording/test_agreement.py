"""Over generated figures: causes carry no measures, measures answer the state of the money, names stand in full first."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.any_project import any_project
from support.drafting import drafted, paragraphs

from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.holidays import after_holiday, is_holiday, working_day
from perfmon_xl.report.tracing.tracked import clean, marked, unmarked, values_in
from perfmon_xl.report.wording.account import accounts, told_apart
from perfmon_xl.report.wording.fund_needs import fund_needs, paid_out
from perfmon_xl.report.wording.grammar import Speaker
from perfmon_xl.report.wording.indicator_endings import expected_to_miss, never
from perfmon_xl.report.wording.indicator_words import verb
from perfmon_xl.report.wording.material import Material
from perfmon_xl.report.wording.phrases import drafts
from perfmon_xl.report.wording.preface import preface

SEEDS = [*range(200, 220), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(220, 300))]
CAUSES = (
    "汛期停工28天", "施工班组不足", "招标流标一次", "方案尚未批复", "10月底前未取得批复", "厂家产能不足", "协调难度大",
    "加强培训不够", "施工图6月才批复", "2.5公里管线未迁改", "建立台账滞后", "原计划6月开工", "申请人减少", "增加了工程量",
)  # fmt: skip
PLANS = (
    "督促厂家11月底前交货", "11月底前增派两个班组", "拟12月重新招标", "将于11月15日前完成审批", "力争12月10日前补齐",
    "计划12月上旬交付", "12月15日前取得批复并开工",
)  # fmt: skip
DONE = ("已约谈施工单位", "已与厂家签订补充协议", "目前已更换供应商", "已增派一个班组")


def told(figures: Figures, subject: str) -> str:
    for record in ("analyses", "fund_notes", "overall", "conclusions"):
        for one in getattr(figures.monitoring, record):
            if one.subject == subject:
                return str(one.text)
    raise KeyError(subject)


def material_of(figures: Figures) -> Material:
    return Material(figures=figures, speaker=Speaker())


def measures_of(figures: Figures) -> str:
    advice = told(figures, "下一步建议")
    return advice + "".join(p.measure for p in figures.monitoring.problems)


# --- cause and measure ------------------------------------------------------------------------------


@given(
    st.lists(st.sampled_from(CAUSES), min_size=1, max_size=3, unique=True),
    st.lists(st.sampled_from(DONE), max_size=1),
    st.lists(st.sampled_from(PLANS), min_size=1, max_size=2, unique=True),
    st.sampled_from(("；", "。", "\n", "；\n")),
    st.sampled_from(("", "1", "一是", "（1）")),
    st.sampled_from(("", "下一步，", "整改措施：", "下一步措施是")),
)
def test_a_cell_with_both_is_told_apart(
    causes: list[str], done: list[str], plans: list[str], between: str, numbered: str, lead: str
) -> None:
    marks = {"1": "{}.", "一是": "{}是", "（1）": "（{}）", "": ""}[numbered]
    ordinals = "一二三四五六七" if numbered == "一是" else "1234567"
    pieces = [*causes, *done, *plans]
    cell = between.join(
        marks.format(ordinals[n]) + (lead if piece == plans[0] else "") + piece
        for n, piece in enumerate(pieces)
    )
    found = list(told_apart(cell))
    assert [text for kind, text in found if kind == "cause"] == causes, cell
    rest = "，".join(text for kind, text in found if kind != "cause")
    assert all(piece in rest for piece in (*done, *plans)), (cell, found)


@given(st.sampled_from(CAUSES), st.sampled_from(CAUSES), st.sampled_from(PLANS))
def test_a_reason_sentence_carries_no_measure(one: str, other: str, plan: str) -> None:
    figures = _late(f"{one}；{other}。{plan}")
    for text in paragraphs(figures):
        for reason in re.findall(r"原因(?:（[^）]*）)?是([^。；【]*)", text):
            assert plan not in reason, text


@pytest.mark.parametrize(
    ("reason", "measure", "has", "lacks"),
    [
        ("我局人手不足；\n图纸审查慢。", "", "原因是市改造中心人手不足，图纸审查慢|原因是人手不足，图纸审查慢", "我局|；\n|。；|，，"),
        ("厂家排产推迟", "我中心已约谈厂家，将于11月底前到货", "原因是厂家排产推迟。目前已约谈厂家。下一步，11月底前到货。", "我中心|将于"),
        ("厂家排产推迟，已督促其11月底前交货", "", "原因是厂家排产推迟。已督促其11月底前交货。", "下一步，已"),
        ("厂家排产推迟，预计11月交付", "", "原因是厂家排产推迟，预计11月交付", "措施：预计"),
        ("", "11月底前到货", "下一步，11月底前到货", "原因是"),
    ],
)  # fmt: skip
def test_what_is_typed_is_told_in_whole_sentences(reason: str, measure: str, has: str, lacks: str) -> None:
    figures = _late(reason, measure)
    text = told(figures, "改造数量")
    assert any(piece in text for piece in has.split("|")), text
    assert not any(piece in "\n".join(paragraphs(figures)) for piece in lacks.split("|")), text


def test_the_same_as_above_names_the_indicator_above() -> None:
    figures = _late("没有到货", "11月底前到货", ("更换数量", "同上", ""))
    assert "原因与“改造数量”相同" in told(figures, "更换数量")
    alone = _late("同上")
    assert "同上" not in told(alone, "改造数量") and "请补充" in told(alone, "改造数量")


def test_a_measure_says_what_it_is_about() -> None:
    figures = _late("没有到货", "随竣工进度推进", ("安装数量", "流标一次", "11月底前重新招标"))
    measures = measures_of(figures)
    assert "针对“改造数量”，随竣工进度推进" in measures
    assert "针对“安装数量”，11月底前重新招标" in told(figures, "下一步建议")
    own = _late("没有到货", "11月底前改造剩余29间")
    assert "针对" not in measures_of(own)


def _late(reason: str, measure: str = "", *more: tuple[str, str, str], **other: Any) -> Figures:
    rows = [("改造数量", reason, measure), *more]
    return drafted(
        {
            "project": {
                "name": "2025年白石市改造项目", "year": "2025", "department": "白石市建设局", "unit": "白石市改造服务中心",
                "unit_short": "市改造中心", "client": "白石市财政局", "client_short": "市财政局", "monitor": "衡信公司",
                "start": "2025-01-01", "end": "2025-12-31", "cutoff": "2025-08-31", "report_date": "2025-09-18",
                "rule_set": "平台通用",
            },
            "funding": [{"source": "市级财政拨款", "initial": 120, "arrived": 120, "spent": 80}],
            "compared": [
                {"level1": "产出指标", "level2": "数量指标", "name": name, "annual": "≥60间", "stage": "≥40间", "actual": "31间",
                 "reason": why, "measure": then}
                for name, why, then in rows
            ],
            **other,
        }
    )  # fmt: skip


# --- the state of the money -------------------------------------------------------------------------

share = st.sampled_from(("0", "0.3", "0.5", "0.8", "1"))


@st.composite
def money(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = []
    names = draw(st.permutations(("中央补助资金", "市级财政拨款", "单位自筹")))
    for source in names[: draw(st.integers(1, 3))]:
        budget = draw(st.integers(20, 900))
        row: dict[str, Any] = {"source": source, "initial": budget}
        row["arrived"] = float(budget * Decimal(draw(share)))
        row["spent"] = float(
            Decimal(str(row["arrived"])) * Decimal(draw(st.sampled_from(("0", "0.2", "0.6", "0.97", "1"))))
        )
        if draw(st.booleans()):
            row["forecast"] = float(
                budget * Decimal(draw(st.sampled_from(("0.5", "0.8", "0.95", "1", "1.1"))))
            )
        found.append(row)
    return found


@settings(max_examples=80, deadline=None)
@given(money())
@example([{"source": "市级财政拨款", "initial": 100, "arrived": 100.0, "spent": 40.0, "forecast": 80.0}])
@example([{"source": "中央补助资金", "initial": 100, "arrived": 100.0, "spent": 40.0, "forecast": 80.0},
          {"source": "市级财政拨款", "initial": 100, "arrived": 50.0, "spent": 40.0, "forecast": 90.0}])  # fmt: skip
def test_no_measure_contradicts_the_state_of_the_money(funding: list[dict[str, Any]]) -> None:
    figures = _late("没有到货", funding=funding)
    text, needs = measures_of(figures), fund_needs(material_of(figures))
    of_finance = [f for f in funding if f["source"] != "单位自筹"]
    lacking = round(sum(f["initial"] - f["arrived"] for f in of_finance), 4)
    if not lacking:
        assert (
            "不再拨付" not in text
            and "拨付尚差" not in text
            and "再拨付" not in text
            and "争取上级" not in text
        )
    if "不再拨付" in text or "收回" in text:
        assert all("forecast" in f for f in funding) and needs.left > 0
    if "收回" in text:
        assert any(f["arrived"] > max(f["forecast"], f["spent"]) for f in of_finance), text
    if "不再拨付" in text:
        assert any(min(f["initial"] - f["arrived"], f["initial"] - f["forecast"]) > 0 for f in of_finance), (
            text
        )
    assert (
        needs.owed + needs.not_wanted == Decimal(str(lacking)) * 10000 or needs.owed + needs.not_wanted == 0
    )
    if all(f["spent"] >= f["arrived"] for f in funding) and sum(f["arrived"] for f in funding) < sum(
        f["initial"] for f in funding
    ):
        assert "申请付款" not in text and "申请首笔付款" not in text, text  # nothing is left to pay with
    rate = told(figures, "预算执行率")
    if "滞后" in rate or "尚未启动" in rate:
        assert "基本匹配" not in told(figures, "效率性分析")
    gap = re.search(r"略低于\S*?相差([\d.]+)个百分点", rate)
    assert gap is None or Decimal(gap[1]) <= Decimal("8.33")
    if paid_out(material_of(figures)):
        assert "暂未影响" not in told(figures, "资金到位率")


@pytest.mark.parametrize(
    ("row", "has", "lacks"),
    [
        ({"arrived": 120, "spent": 60, "forecast": 100}, "按规定收回或统筹使用预计结余的20万元", "不再拨付"),
        ({"arrived": 90, "spent": 60, "forecast": 100}, "对预计结余的20万元不再拨付", "收回"),
        ({"arrived": 110, "spent": 60, "forecast": 100}, "没有到位的10万元不再拨付，已到位的10万元按规定收回", "拨付尚差"),
        ({"arrived": 90, "spent": 60, "forecast": 120}, "拨付尚差的30万元", "不再拨付|收回"),
        ({"arrived": 130, "spent": 60}, "核实到位资金超出预算的原因", "拨付"),
        ({"arrived": 40, "spent": 40}, "拨付尚差的80万元", "申请付款|按月调度"),
        ({"arrived": 0, "spent": 0}, "拨付尚差的120万元", "申请首笔付款|按月调度"),
        ({"arrived": 120, "spent": 60, "forecast": 130}, "核实全年支出预计", "收回|资金有保障"),
    ],
)  # fmt: skip
def test_measures_by_the_state_of_the_money(row: dict[str, float], has: str, lacks: str) -> None:
    figures = _late("没有到货", funding=[{"source": "市级财政拨款", "initial": 120, **row}])
    text = measures_of(figures) + told(figures, "资金投入情况")
    assert has in text, text
    assert not any(piece in text for piece in lacks.split("|")), text


# --- what the unit itself expects -------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_the_conclusion_names_what_is_expected_to_be_missed(seed: int) -> None:
    figures = drafted(any_project(seed))
    text = told(figures, "总体结论")
    for one in expected_to_miss(material_of(figures)):
        named = f"“{one.name.translate(str.maketrans('“”', '‘’'))}”"
        assert named in text or re.search(r"等\d+个", text) or "尚未取得" in text, (one.name, text)
        assert "未发现偏离" not in text or never(one), text


def test_a_target_reached_now_and_missed_by_the_forecast_is_no_clean_bill() -> None:
    good = {"level1": "产出指标", "level2": "数量指标", "name": "检测批次", "annual": "≥60批次", "stage": "≥40批次",
            "actual": "41批次"}  # fmt: skip
    money = [{"source": "市级财政拨款", "initial": 120, "arrived": 120, "spent": 82}]
    short = _late("", compared=[{**good, "forecast": "50批次", "likelihood": "有可能"}], funding=money)
    assert "单位预计“检测批次”全年达不到目标" in told(short, "总体结论")
    assert "补足“检测批次”全年缺口" in told(short, "下一步建议")
    assert "本阶段达到目标，但单位预计全年完成50批次，比目标少10批次" in measures_and_facts(short)
    fine = _late("", compared=[{**good, "forecast": "60批次", "likelihood": "有可能"}], funding=money)
    assert "未发现偏离" in told(fine, "总体结论") and "达不到" not in measures_and_facts(fine)


def measures_and_facts(figures: Figures) -> str:
    return "".join(p.text + p.measure for p in figures.monitoring.problems)


# --- names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_a_short_name_is_introduced_with_the_full_one(seed: int) -> None:
    figures = drafted(any_project(seed))
    opening = preface(figures, unmarked)[0]
    project = figures.monitoring.project
    rest = "\n".join(paragraphs(figures))
    for full, short in ((project.unit, project.unit_short), (project.client, project.client_short)):
        bare = rest.replace(full, "") if full else rest
        if short and short != full and full and short in bare:
            assert f"{full}（以下简称“{short}”）" in opening, (short, opening)
    assert project.unit in opening


@pytest.mark.parametrize(
    ("bodies", "opening"),
    [
        ({}, "受白石市财政局（以下简称“市财政局”）委托，衡信公司对白石市建设局主管、白石市改造服务中心（以下简称“市改造中心”）实施的"),
        ({"department": "白石市改造服务中心"}, "对白石市改造服务中心（以下简称“市改造中心”）实施的"),
        ({"unit_short": ""}, "对白石市建设局主管、白石市改造服务中心实施的"),
        ({"monitor": "白石市财政局"}, "白石市财政局（以下简称“市财政局”）对白石市建设局主管"),
        ({"client": "", "monitor": "白石市改造服务中心"}, "白石市改造服务中心（以下简称“市改造中心”）对白石市建设局主管、本单位实施的"),
    ],
)  # fmt: skip
def test_who_monitors_whom(bodies: dict[str, str], opening: str) -> None:
    figures = _late("没有到货")
    project = {k: v for k, v in _project().items() if k not in bodies} | bodies
    figures = _late("没有到货", project=project)
    assert opening in preface(figures, unmarked)[0]


def _project() -> dict[str, str]:
    return {
        "name": "2025年白石市改造项目", "year": "2025", "department": "白石市建设局", "unit": "白石市改造服务中心",
        "unit_short": "市改造中心", "client": "白石市财政局", "client_short": "市财政局", "monitor": "衡信公司",
        "start": "2025-01-01", "end": "2025-12-31", "cutoff": "2025-08-31", "report_date": "2025-09-18", "rule_set": "平台通用",
    }  # fmt: skip


# --- provenance -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_one_value_is_written_in_one_way(seed: int) -> None:
    """同一个来历的值，文字处处一样：不然刚出的报告，核对就说改过。"""
    figures = drafted(any_project(seed))
    found: dict[str, set[str]] = {}
    for record in drafts(figures, marked).values():
        for text in record.values():
            for value in values_in(text):
                found.setdefault(value.key, set()).add(clean(text)[value.start : value.end])
    assert {key: texts for key, texts in found.items() if len(texts) > 1} == {}


# --- words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "unit", "said"),
    [
        ("农机购置补贴台数", "台", "购置"), ("发放创业补贴人数", "人", "补贴"), ("发放社保补贴金额", "万元", "发放"),
        ("服务器数量", "台", "达"), ("培训基地数", "个", "达"), ("宣传栏数量", "块", "达"), ("宣传手册印制数量", "份", "印制"),
        ("救护车配备数量", "辆", "配备"), ("驾驶员培训人次", "人次", "培训"), ("检测设备数量", "台", "达"),
        ("检测批次", "批次", "检测"), ("免费开放天数", "天", "开放"), ("培训经费支出", "万元", "完成"), ("新增就业人数", "人", "新增"),
    ],
)  # fmt: skip
def test_the_verb_fits_the_thing(name: str, unit: str, said: str) -> None:
    assert verb(name, unit) == said


def test_the_same_is_not_said_twice() -> None:
    words = {"level1": "效益指标", "level2": "社会效益指标", "annual": "达成预期指标", "stage": "达成预期指标",
             "actual": "达成预期指标"}  # fmt: skip
    figures = _late("", compared=[{**words, "name": "基层治理水平"}])
    text = told(figures, "基层治理水平") + told(figures, "效益性分析")
    assert "已实现，达到" not in text and "已经实现，达到" not in text, text
    fact = [{"subject": "等保测评", "text": "平台通过网络安全等级保护测评。", "state": "已完成"}]
    test = {**words, "name": "网络安全等级保护测评结果", "annual": "通过", "stage": "通过", "actual": "通过"}
    figures = _late("", compared=[test], progress=fact)
    assert told(figures, "网络安全等级保护测评结果").count("测评") == 1


@given(st.dates(date(2020, 1, 1), date(2035, 12, 1)))
def test_no_deadline_falls_into_a_holiday(day: date) -> None:
    moved = working_day(day)
    assert not is_holiday(moved) and moved.isoweekday() <= 5 and day <= moved <= day + timedelta(days=12)
    assert (after_holiday(day) == day) is not is_holiday(day)


def test_what_is_done_is_not_advised_again() -> None:
    figures = _late("名单有误，已更正")
    advice = told(figures, "下一步建议")
    assert "改进措施" not in advice and "核实已采取措施的效果（已更正）" in measures_and_facts(figures)
    open_ = _late("名单有误")
    assert "改进措施" in told(open_, "下一步建议") and "已采取措施" not in measures_and_facts(open_)


@pytest.mark.parametrize(("spent", "says"), [(82, True), (119, False)])
def test_fast_is_called_normal_only_where_the_work_keeps_up(spent: int, says: bool) -> None:
    row = {"level1": "产出指标", "level2": "数量指标", "name": "检测批次", "annual": "≥60批次", "stage": "≥40批次",
           "actual": "41批次"}  # fmt: skip
    money = [{"source": "市级财政拨款", "initial": 120, "arrived": 120, "spent": spent}]
    text = told(_late("", compared=[row], funding=money), "预算执行率")
    assert ("执行进度正常" in text) is says, text


def test_the_year_is_over_and_nothing_is_urged() -> None:
    project = _project() | {"cutoff": "2025-12-31", "report_date": "2026-02-10"}
    row = {"level1": "产出指标", "level2": "数量指标", "name": "改造公厕数量", "annual": "≥60座", "stage": "≥60座",
           "actual": "41座", "reason": "选址纠纷"}  # fmt: skip
    money = [{"source": "市级财政拨款", "initial": 120, "arrived": 90, "spent": 80}]
    figures = _late("", compared=[row], funding=money, project=project)
    text = measures_of(figures) + measures_and_facts(figures) + told(figures, "资金到位率")
    assert not re.search(
        "拨付尚差|(?<!不)再拨付|后期补上|影响后续支付。|月度计划|用款计划|序时进度。", text
    ), text
    assert "比目标60座少19座" in text and "单列目标" in text


def test_what_is_under_way_has_begun() -> None:
    """进展里写着动了工的，数还是零也不说“尚未开始”。"""
    row = {
        "level1": "产出指标",
        "level2": "数量指标",
        "name": "加装电梯部数",
        "annual": "=38部",
        "stage": "=10部",
        "actual": "0部",
    }
    begun = [{"subject": "加装电梯", "text": "12部已开工，居民意见尚未统一。", "state": "进行中"}]
    idle = [{"subject": "加装电梯", "text": "图纸未审，尚未开工。", "state": "尚未完成"}]
    for progress, started in ((begun, True), (idle, False)):
        text = told(_late("", compared=[row], progress=progress), "加装电梯部数")
        assert ("已经启动" in text or "还没有完成" in text) is started, text
        assert ("尚未开始" in text or "没有启动" in text) is not started, text


def test_the_reason_of_the_first_line_is_its_own() -> None:
    figures = _late("没有到货；下一步11月底前到货")
    assert accounts(figures.monitoring)[0].cause == "没有到货"
