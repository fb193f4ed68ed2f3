"""Sheet 规则参数: every threshold that a formula uses, one row each, one column per rule set.

A row is: name (参数_…), the value of the chosen rule set by INDEX/MATCH, a note, and the value under
every known rule set. The defined name points at the second cell, so formulas use names only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from perfmon_xl.domain.amount import YUAN_PER_WAN
from perfmon_xl.domain.category import CATEGORIES
from perfmon_xl.domain.measures import (
    MONEY_PLACES,
    MONTHS_PER_YEAR,
    PLACES,
)
from perfmon_xl.domain.policy import ALL_CATEGORIES, RuleSet
from perfmon_xl.layout.letters import column_letters

SHEET = "规则参数"
HEADERS = ("参数", "本规则", "说明")
CURRENT_COLUMN = 2
FIRST_RULE_SET_COLUMN = 4

ParameterValue = Decimal | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """一个参数：Excel 里的名称、标题、在一套规则里的取值、说明。percent 的显示成百分数。"""

    name: str
    title: str
    value: Callable[[RuleSet], ParameterValue]
    note: str = ""
    percent: bool = False


def _or_blank(number: Decimal | None) -> ParameterValue:
    return "" if number is None else number


def _floor(month: int) -> Parameter:
    return Parameter(
        name=f"参数_执行率底线_{month}月",
        title=f"{month}月执行率底线",
        value=lambda rules: _or_blank(rules.funds.floor(month)),
        note="没有单独规定的月份沿用最近一个规定月份；空着的不预警。",
        percent=True,
    )


def _names(rules: RuleSet, *, prorated: bool) -> str:
    """折算或不折算的二级指标，连同别名，用顿号连成一串，给公式查找。"""
    chosen = rules.indicators.prorated
    if chosen is None:
        return ALL_CATEGORIES if prorated else ""
    return "、".join(
        name for c in CATEGORIES if (c.name in chosen) is prorated for name in (c.name, *c.aliases)
    )


def _words(kind: str) -> Callable[[RuleSet], ParameterValue]:
    def value(rules: RuleSet) -> ParameterValue:
        words: tuple[str, ...] = getattr(rules.indicators, kind)
        return "、".join(words)

    return value


PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="参数_规则集名称",
        title="规则集名称",
        value=lambda rules: rules.name,
        note="本次监控用的规则集。",
    ),
    Parameter(
        name="参数_规则集日期", title="日期", value=lambda rules: rules.date, note="来源没有写的是“未注明”。"
    ),
    Parameter(name="参数_规则集来源", title="来源", value=lambda rules: rules.source),
    Parameter(name="参数_规则集说明", title="说明", value=lambda rules: rules.note),
    Parameter(
        name="参数_执行率分母",
        title="执行率分母",
        value=lambda rules: rules.funds.denominator.value,
        note="调整后预算、年初预算或到位数。",
    ),
    Parameter(
        name="参数_序时口径",
        title="序时口径",
        value=lambda rules: rules.funds.pace.value,
        note="按月：月份÷12；按日：已过天数÷全年天数。",
    ),
    Parameter(
        name="参数_资金预警方法",
        title="资金预警方法",
        value=lambda rules: rules.funds.method.value,
        note="执行进度比、月度底线、支出与目标或不预警。",
    ),
    Parameter(
        name="参数_资金红灯低于",
        title="资金红灯：执行进度比低于",
        value=lambda rules: _or_blank(rules.funds.red_below),
        percent=True,
    ),
    Parameter(
        name="参数_资金黄灯低于",
        title="资金黄灯：执行进度比低于",
        value=lambda rules: _or_blank(rules.funds.yellow_below),
        percent=True,
    ),
    *(_floor(month) for month in range(1, 13)),
    Parameter(
        name="参数_低于底线亮灯",
        title="执行率低于底线时亮的灯",
        value=lambda rules: rules.funds.floor_light.value,
    ),
    Parameter(
        name="参数_指标预警方法",
        title="指标预警方法",
        value=lambda rules: rules.indicators.method.value,
        note="序时：实际÷（全年目标×序时进度）；或不预警。",
    ),
    Parameter(
        name="参数_折算类别",
        title="按序时折算的二级指标",
        value=lambda rules: _names(rules, prorated=True),
        note="“全部”或一串名称，含别名。",
    ),
    Parameter(
        name="参数_不折算类别",
        title="不折算的二级指标",
        value=lambda rules: _names(rules, prorated=False),
        note="达到全年目标的绿灯，没有达到的红灯。",
    ),
    Parameter(
        name="参数_指标红灯低于",
        title="指标红灯：低于",
        value=lambda rules: _or_blank(rules.indicators.red_below),
        percent=True,
    ),
    Parameter(
        name="参数_指标黄灯低于",
        title="指标黄灯：低于",
        value=lambda rules: _or_blank(rules.indicators.yellow_below),
        percent=True,
    ),
    Parameter(
        name="参数_指标蓝灯达到",
        title="指标蓝灯：达到",
        value=lambda rules: _or_blank(rules.indicators.blue_from),
        note="远超目标，多半是目标定低了。",
        percent=True,
    ),
    Parameter(name="参数_定性达成", title="定性结果：达成", value=_words("reached"), note="亮绿灯。"),
    Parameter(name="参数_定性部分达成", title="定性结果：部分达成", value=_words("partly"), note="亮黄灯。"),
    Parameter(name="参数_定性未达成", title="定性结果：未达成", value=_words("missed"), note="亮红灯。"),
    Parameter(
        name="参数_说明亮灯",
        title="亮这些灯要说明原因",
        value=lambda rules: "、".join(light.value for light in rules.explain.lights),
    ),
    Parameter(
        name="参数_说明可能性",
        title="选这些可能性要说明原因",
        value=lambda rules: "、".join(rules.explain.likelihood),
    ),
    Parameter(
        name="参数_说明偏差",
        title="超过全年目标多少要说明",
        value=lambda rules: _or_blank(rules.explain.over_target_deviation),
        percent=True,
    ),
    Parameter(
        name="参数_说明倍数",
        title="达到全年目标多少要说明",
        value=lambda rules: _or_blank(rules.explain.over_ratio),
        percent=True,
    ),
    Parameter(
        name="参数_说明目标为零",
        title="目标为零的，实际达到多少要说明",
        value=lambda rules: _or_blank(rules.explain.over_zero_target),
    ),
    Parameter(
        name="参数_说明超过等号",
        title="超过“=”的目标要不要说明",
        value=lambda rules: "是" if rules.explain.over_equal else "否",
    ),
    Parameter(name="参数_元每万元", title="一万元是多少元", value=lambda _: YUAN_PER_WAN),
    Parameter(name="参数_全年月数", title="全年月数", value=lambda _: Decimal(MONTHS_PER_YEAR)),
    Parameter(
        name="参数_比较小数位",
        title="比较大小时保留的小数位",
        value=lambda _: Decimal(PLACES),
        note="去掉二进制小数的尾差，不影响显示。",
    ),
    Parameter(
        name="参数_金额小数位",
        title="金额相减时保留的小数位（元）",
        value=lambda _: Decimal(MONEY_PLACES),
        note="同上。",
    ),
)


def current(rule_sets: int, row: int, header_row: int = 1) -> str:
    """“本规则”一栏的公式（不带等号）：按项目信息的规则集取值；没有选的取第一套，参数空着的还是空着。

    row 是参数所在的行；header_row 是表头行，写着各规则集的名称。选了表里没有的规则集，结果是 #N/A，
    不悄悄换成别的。
    """
    first, last = column_letters(FIRST_RULE_SET_COLUMN), column_letters(FIRST_RULE_SET_COLUMN + rule_sets - 1)
    names = f"${first}${header_row}:${last}${header_row}"
    where = f'IF(TRIM(规则集)="",1,MATCH(TRIM(规则集),{names},0))'
    value = f"INDEX(${first}{row}:${last}{row},1,{where})"
    return f'IF({value}="","",{value})'
