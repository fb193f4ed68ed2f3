"""是否达成 and 预警: direction from class and words, dates, grades, stage and pace; a case on both sides of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfmon_xl import policy
from perfmon_xl.domain.direction import less_is_better
from perfmon_xl.domain.figures import IndicatorFigures, figures_of
from perfmon_xl.domain.grades import Grades, grades_in, with_grades
from perfmon_xl.domain.measures import State, grade_of, stage_light
from perfmon_xl.domain.model import Adjusted, Compared, Monitoring, Project
from perfmon_xl.domain.policy import IndicatorRules, Light, RuleSet
from perfmon_xl.domain.target import read_target

GENERAL, PLATFORM = policy.get("通用"), policy.get("平台通用")
JUNE = date(2024, 6, 30)


def judged(
    values: str,
    level2: str = "数量指标",
    name: str = "指标",
    *,
    level1: str = "产出指标",
    told: str = "",
    cutoff: date | None = JUNE,
    rules: RuleSet = GENERAL,
) -> IndicatorFigures:
    """values：全年 → 本阶段 → 实际。"""
    annual, stage, actual = (read_target(text.strip()) for text in values.split("→"))
    row = Compared(level1=level1, level2=level2, name=name, annual=annual, stage=stage, actual=actual)
    adjusted = Adjusted(level1=level1, level2=level2, name=name, target=annual, explanation=told)
    book = Monitoring(project=Project(year="2024", cutoff=cutoff), adjusted=(adjusted,), compared=(row,))
    return figures_of(with_grades(book), rules).indicators[0]


def shown(found: IndicatorFigures) -> str:
    return found.state.value + (f" {found.light.value}" if found.light else "")


@pytest.mark.parametrize(
    ("level1", "level2", "name", "values", "wanted"),
    [
        # a cost without a sign is a cap, wherever it stands
        ("成本指标", "经济成本指标", "项目总成本", "20万元→20万元→26万元", "未达成 红"),
        ("成本指标", "经济成本指标", "项目总成本", "20万元→20万元→20万元", "达成 绿"),
        ("产出指标", "成本指标", "设备", "3万元/个→3万元/个→3.4万元/个", "未达成 红"),
        ("成本指标", "社会成本指标", "碳", "50吨→→60吨", "未达成 红"),
        ("产出指标", "质量指标", "平均单价", "600元→→590元", "达成 绿"),
        ("成本指标", "经济成本指标", "资金使用合规率", "100%→→97%", "未达成 黄"),
        ("成本指标", "经济成本指标", "成本节约率", "5%→→6%", "达成 绿"),
        # a cap of the year holds, too
        ("成本指标", "经济成本指标", "项目总成本", "≤20万元→≤25万元→22万元", "未达成 红"),
        ("成本指标", "经济成本指标", "项目总成本", "≤20万元→≤25万元→20万元", "达成 绿"),
        ("成本指标", "经济成本指标", "项目总成本", "<20万元→<25万元→20万元", "未达成 红"),
        # nothing is no lower bound
        ("效益指标", "社会效益指标", "安全事故起数", "0起→0起→1起", "未达成 红"),
        ("效益指标", "社会效益指标", "安全事故起数", "0起→0起→未发生", "达成 绿"),
        ("效益指标", "社会效益指标", "别的", "0起→→0起", "达成 绿"),
        ("效益指标", "社会效益指标", "别的", "≥0起→→1起", "达成 绿"),
        # the fewer the better by the words, unless they speak of how it is dealt with
        ("效益指标", "社会效益指标", "群众投诉件数", "5件→→6件", "未达成 红"),
        ("效益指标", "社会效益指标", "投诉处理率", "95%→→96%", "达成 绿"),
        ("产出指标", "质量指标", "故障率", "3%→→2%", "达成 绿"),
        ("产出指标", "时效指标", "业务办理", "5个工作日→→6个工作日", "未达成 红"),
        ("产出指标", "时效指标", "业务办理", "5个工作日→→5个工作日", "达成 绿"),
        ("产出指标", "质量指标", "使用年限", "10年→→12年", "达成 绿"),
        # not spread over the months
        ("满意度指标", "服务对象满意度指标", "满意度", "≥90%→≥90%→60%", "未达成 黄"),
        ("满意度指标", "服务对象满意度指标", "满意度", "≥90%→≥90%→53%", "未达成 红"),
        ("满意度指标", "服务对象满意度指标", "满意度", "≥90%→≥90%→54%", "未达成 黄"),
        ("产出指标", "质量指标", "合格率", "=100%→=100%→70%", "未达成 黄"),
        ("产出指标", "质量指标", "合格率", "≥95%→≥95%→96.3%", "达成 绿"),
        ("产出指标", "质量指标", "合格率", ">95%→>95%→95%", "未达成 黄"),
        # a range of the stage
        ("产出指标", "数量指标", "面积", "800-1000平方米→400-600平方米→520平方米", "达成 绿"),
        ("产出指标", "数量指标", "面积", "800-1000平方米→400-600平方米→400㎡", "达成 绿"),
        ("产出指标", "数量指标", "面积", "800-1000平方米→400-600平方米→240平方米", "未达成 黄"),
        ("产出指标", "数量指标", "面积", "800-1000平方米→400-600平方米→239平方米", "未达成 红"),
        ("产出指标", "数量指标", "面积", "800-1000平方米→400-600平方米→1000平方米", "未达成 黄"),
        ("产出指标", "数量指标", "面积", "800-1000平方米→400-600平方米→1001平方米", "未达成 红"),
        # adding up: by pace, and where the stage says otherwise by the stage
        ("产出指标", "数量指标", "建设数", "≥20个→≥10个→12个", "达成 蓝"),
        ("产出指标", "数量指标", "建设数", "≥20个→≥10个→11.9个", "达成 绿"),
        ("产出指标", "数量指标", "建设数", "≥20个→≥10个→9个", "未达成 黄"),
        ("产出指标", "数量指标", "建设数", "≥20个→≥10个→5.9个", "未达成 红"),
        ("产出指标", "数量指标", "建设数", "≥20个→≥10个→6个", "未达成 黄"),
        ("产出指标", "数量指标", "建设数", "≥20个→≥4个→5个", "达成 绿"),
        ("产出指标", "数量指标", "建设数", "≥20个→≥16个→12个", "未达成 黄"),
        ("产出指标", "数量指标", "建设数", "≥20个→≥10个→10", "达成 绿"),
        # without a stage target
        ("产出指标", "数量指标", "建设数", "≥20个→→10个", "达成 绿"),
        ("产出指标", "数量指标", "建设数", "≥20个→→9.9个", "无法判断 绿"),
        ("产出指标", "数量指标", "建设数", "≥20个→→8个", "无法判断 绿"),
        ("产出指标", "数量指标", "建设数", "≥20个→→7.9个", "未达成 黄"),
        ("产出指标", "数量指标", "建设数", "≥20个→→20个", "达成 蓝"),
        ("产出指标", "数量指标", "覆盖率", "≥80%→→79%", "未达成 黄"),
        ("产出指标", "数量指标", "建设数", "≥20个→→", "无法判断"),
        ("产出指标", "数量指标", "建设数", "≥20个→→12人", "无法判断"),
    ],
)
def test_numbers(level1: str, level2: str, name: str, values: str, wanted: str) -> None:
    assert shown(judged(values, level2, name, level1=level1)) == wanted


def test_at_the_end_of_the_year_the_year_decides() -> None:
    december = date(2024, 12, 31)
    assert shown(judged("≥20个→→19个", cutoff=december)) == "未达成 黄"
    assert shown(judged("≥20个→→20个", cutoff=december)) == "达成 绿"
    assert judged("≥20个→→19个", cutoff=None).state is State.UNKNOWN


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ("2024年4月底前→2024年4月底前→2024年5月10日", "未达成 红"),
        ("2024年4月底前→2024年4月底前→2024年4月22日", "达成 绿"),
        ("4月30日前→→4月30日", "达成 绿"),
        ("4月30日前→→5月1日", "未达成 红"),
        ("4月底前→→4月下旬", "达成 绿"),
        ("4月25日前→→4月下旬", "无法判断"),
        ("4月25日前→→5月", "未达成 红"),
        ("4月25日前→→4月25日前", "达成 绿"),
        ("4月25日前→→5月10日前", "无法判断"),
        ("2024年11月底前→→未完成", "未到期"),
        ("2024年11月底前→→部分完成", "未到期"),
        ("2024年11月底前→→", "未到期"),
        ("7月1日前→→", "未到期"),
        ("6月30日前→→", "无法判断"),
        ("6月30日前→→未完成", "未达成 红"),
        ("7月1日前→→未完成", "未到期"),
        ("4月底前→→部分完成", "未达成 黄"),
        ("4月底前→→已完成", "达成 绿"),
        ("4月底前→→正在招标", "无法判断"),
        ("11月底前→→已完成", "达成 绿"),
        ("11月底前→→5月6日", "达成 绿"),
        # a day after the cutoff is a plan, not a fact
        ("11月底前→→10月8日", "未到期"),
        ("11月底前→→7月1日", "未到期"),
        ("11月底前→→6月30日", "达成 绿"),
        ("11月底前→→11月底前", "未到期"),
        ("4月底前→→9月1日", "未达成 红"),
        ("第二季度末→→2024年6月", "达成 绿"),
        ("年底前→2月30日→5月6日", "无法判断"),
        ("4月底前→→6.30", "无法判断"),
        ("4月底前→→30", "无法判断"),
    ],
)
def test_dates(values: str, wanted: str) -> None:
    assert shown(judged(values, "时效指标", "完工时间")) == wanted
    if "→→" in values:
        assert shown(judged(values, "时效指标", "完工时间", rules=PLATFORM)) == wanted


def test_without_a_cutoff_nothing_is_not_due() -> None:
    assert shown(judged("11月底前→→", "时效指标", cutoff=None)) == "无法判断"
    assert shown(judged("2024年11月底前→→未完成", "时效指标", cutoff=None)) == "未达成 红"
    assert shown(judged("2024年4月底前→→2024年5月1日", "时效指标", cutoff=None)) == "未达成 红"


@pytest.mark.parametrize(
    ("told", "values", "wanted"),
    [
        ("按好、一般、差三档评定：制度健全的为好", "好→好→好", "达成 绿"),
        ("按好、一般、差三档评定：制度健全的为好", "好→好→一般", "未达成 黄"),
        ("按好、一般、差三档评定：制度健全的为好", "好→→差", "未达成 红"),
        ("分好、一般、差三档", "一般→→好", "达成 绿"),
        ("分好、一般、差三档", "一般→→一般", "达成 绿"),
        ("分好、一般、差三档", "好→→达成", "无法判断"),
        ("分通过、不通过两档", "通过→通过→不通过", "未达成 红"),
        ("", "提升→→部分达成", "未达成 黄"),
        ("", "提升→→提升", "达成 绿"),
        ("", "提升→→好", "无法判断"),
        ("", "是→→否", "未达成 红"),
        ("", "否→→是", "无法判断"),
        ("", "通过→→未通过", "未达成 红"),
        ("", "达标→→不达标", "未达成 红"),
        ("包括图书、期刊两类", "提升→→未达成", "未达成 红"),
    ],
)
def test_words(told: str, values: str, wanted: str) -> None:
    assert shown(judged(values, "社会效益指标", "服务能力", told=told)) == wanted
    assert shown(judged(values, "社会效益指标", "服务能力", told=told, rules=PLATFORM)) == wanted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("分优、良、中、差四个等级", ("优", "良", "中", "差")),
        ("评定等级：优秀、良好、合格、不合格", ("优秀", "良好", "合格", "不合格")),
        ("好/一般/差", ("好", "一般", "差")),
        ("健全、不健全", ("健全", "不健全")),
        ("设备完好、运行一般", ()),
        ("包括场馆、设备、人员三类", ()),
        ("不好、一般、差", ()),
        ("", ()),
    ],
)
def test_grades_are_read_from_the_explanation(text: str, words: tuple[str, ...]) -> None:
    assert grades_in(text) == words


@pytest.mark.parametrize(
    ("target", "grades"),
    [
        ("好", "达成 部分达成 未达成"),
        ("一般", "达成 达成 未达成"),
        ("差", "达成 达成 达成"),
        ("提升", "达成 部分达成 未达成"),
    ],
)
def test_the_grade_that_the_target_names_is_enough(target: str, grades: str) -> None:
    own = Grades(("好", "一般", "差"), target)
    assert [own.grade(word) for word in own.words] == grades.split()


def test_a_grade_is_among_its_own_words_first() -> None:
    own = Grades(("好", "一般", "差"), "好")
    assert (
        grade_of("达成", GENERAL.indicators, own) == ""
        and grade_of("达成", GENERAL.indicators, None) == "达成"
    )
    assert grade_of("", GENERAL.indicators, own) == ""


@pytest.mark.parametrize(
    ("level1", "level2", "name", "target", "adds_up"),
    [
        ("产出指标", "数量指标", "培训人次", "≥600人次", True),
        ("产出指标", "产出数量", "新建站点", "24个", True),
        ("产出指标", "数量指标", "整治面积", "≥36000平方米", True),
        ("产出指标", "数量指标", "助餐服务覆盖率", "≥80%", False),
        ("产出指标", "数量指标", "补助标准", "≥600元", False),
        ("产出指标", "数量指标", "巡查频次", "≥2次/月", False),
        ("产出指标", "数量指标", "停水", "≤2次", False),
        ("产出指标", "数量指标", "事故起数", "3起", False),
        ("产出指标", "数量指标", "场次", "0场", False),
        ("产出指标", "数量指标", "场次", "3-5场", False),
        ("产出指标", "数量指标", "场次", "提升", False),
        ("产出指标", "质量指标", "成活株数", "≥100株", False),
        ("产出指标", "时效指标", "办件", "≥100件", False),
        ("成本指标", "经济成本指标", "节约", "≥5万元", False),
        ("效益指标", "社会效益指标", "服务群众人次", "≥3,000人次", True),
        ("效益指标", "经济效益指标", "带动增收", "≥200万元", True),
        ("效益指标", "经济效益指标", "户均增收", "≥2000元", False),
        ("效益指标", "社会效益指标", "保障灌溉面积", "≥2.6万亩", False),
        ("效益指标", "社会效益指标", "受益面积", "≥2.6万亩", False),
        ("效益指标", "可持续影响指标", "使用年限", "≥10年", False),
        ("满意度指标", "服务对象满意度指标", "投诉", "≥5件", False),
        ("产出指标", "", "发放册数", "≥500册", True),
        ("", "", "发放册数", "≥500册", False),
        ("效益指标", "", "培训人次", "≥500人次", True),
    ],
)
def test_what_adds_up_month_by_month(level1: str, level2: str, name: str, target: str, adds_up: bool) -> None:
    row = Compared(level1=level1, level2=level2, name=name, annual=read_target(target))
    assert row.accumulates is adds_up


def test_less_is_better_by_class_words_and_unit() -> None:
    assert less_is_better("", "", "安全 事故", "起") and not less_is_better("", "", "事故下降率", "%")
    assert less_is_better("产出指标", "时效指标", "办结", "天") and not less_is_better(
        "产出指标", "数量指标", "运行", "天"
    )


_VALUES = st.sampled_from(
    ("0个", "5个", "8个", "9.9个", "10个", "12个", "20个", "21个", "50%", "95%", "提升", "", "12人")
)
_SIGNED = st.tuples(st.sampled_from(("≥", "≤", ">", "<", "=", "")), _VALUES).map("".join)


@given(_SIGNED, _SIGNED, _VALUES, st.sampled_from(("数量指标", "质量指标", "成本指标", "社会效益指标", "")))
def test_under_the_general_rules_a_light_agrees_with_the_state(
    annual: str, stage: str, actual: str, level2: str
) -> None:
    found = judged(f"{annual}→{stage}→{actual}", level2)
    assert not found.light_disagrees
    if found.state is State.NOT_DUE:
        assert found.light is None


def test_a_published_rule_set_keeps_its_light_and_says_that_it_disagrees() -> None:
    found = judged("≥20个→≥10个→9个", rules=PLATFORM)
    assert (shown(found), found.light_disagrees) == ("未达成 绿", True)
    assert not judged("≥20个→≥10个→10个", rules=PLATFORM).light_disagrees
    assert judged("≥95%→≥95%→60%", "质量指标", rules=PLATFORM).light_disagrees
    assert not judged("≥95%→≥95%→30%", "质量指标", rules=PLATFORM).light_disagrees


def test_a_rule_set_without_thresholds_says_red_for_what_is_missed() -> None:
    rules = IndicatorRules()
    values = [read_target(text) for text in ("9个", "≥10个", "≥20个")]
    light = stage_light(*values, state=State.UNMET, adds_up=False, elapsed=Decimal("0.5"), rules=rules)
    assert light is Light.RED
