"""The official 项目支出绩效目标执行监控表 as plain values: what stands in it, and what was left blank or unclear."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.category import Level1, category, level1
from perfmon_xl.domain.explaining import CAUSES, LIKELIHOODS, causes, demands, likelihood
from perfmon_xl.domain.figures import Figures, MoneyFigures, money_figures
from perfmon_xl.domain.model import Compared, Funding, months, plain_year
from perfmon_xl.domain.origin import CellPlace, Origin
from perfmon_xl.domain.target import Kind, TargetValue

TITLE = "项目支出绩效目标执行监控表"
TOTAL, APPROPRIATED, OTHER = "年度资金总额", "本年一般公共预算拨款", "其他资金"
NOTES = (
    "偏差原因分析：与预期目标有偏差的指标，从经费保障、制度保障、人员保障、硬件条件保障等方面分析，并说明原因。",
    "完成目标可能性：分确定能、有可能、完全不可能三级，综合判断。",
    "备注：预计到年底不能完成目标的，写明原因和准备采取的措施。",
)
# 官方表里印好的二级指标，先后照表；成本指标在表里列在产出指标下面，单列为一级的照单列。
SKELETON: tuple[tuple[str, tuple[str, ...]], ...] = (
    (Level1.OUTPUT.value, ("数量指标", "质量指标", "时效指标", "成本指标")),
    (Level1.BENEFIT.value, ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")),
    (Level1.SATISFACTION.value, ("服务对象满意度指标",)),
)
_COST = "成本指标"
# A treasury's money counts as general budget unless it is named as another budget, an earlier year's, or nobody's tax.
_NOT_GENERAL = re.compile(
    r"基金|公益金|国有资本|专户|社保|上年|以前年度|结转|结余|债|自筹|其他|社会|捐赠|赞助|贷款|经营|事业|单位|企业|非财政"
)
_GENERAL = re.compile(
    r"一般公共预算|财政|拨款|转移支付|(?:中央|省|市|区|县|旗|州|镇|乡|本|上|各)级?[^，]{0,12}(?:资金|补助|专项|配套|经费)|专项(?:资金|补助|经费)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundLine:
    """资金的一行；没有数的空着。"""

    label: str
    initial: Amount | None = None
    adjusted: Amount | None = None
    spent: Amount | None = None
    rate: Decimal | None = None
    forecast: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLine:
    """指标的一行；causes、likelihood 是要打√的栏目。"""

    level1: str
    level2: str
    name: str = ""
    annual: str = ""
    actual: str = ""
    forecast: str = ""
    causes: tuple[str, ...] = ()
    reason: str = ""
    likelihood: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialForm:
    """一张填好的监控表。"""

    year: str
    month: int
    name: str
    department: str
    unit: str
    goal: str
    funds: tuple[FundLine, ...]
    indicators: tuple[IndicatorLine, ...]

    @property
    def period(self) -> str:
        """表头写的期间，如“1-7月”。"""
        return months(self.month)


def compose(figures: Figures, month: int) -> OfficialForm:
    """监控表的内容；原样取自工作簿，只把一级、二级指标写成官方的名称，把原因和可能性换成√。"""
    monitoring = figures.monitoring
    project = monitoring.project
    return OfficialForm(
        year=plain_year(project.year) or (str(project.cutoff.year) if project.cutoff else ""),
        month=month,
        name=project.name or project.cover_name,
        department=project.department,
        unit=project.unit,
        goal=monitoring.current_goal,
        funds=_funds(figures),
        indicators=_ordered(monitoring.compared),
    )


# --- 资金 -------------------------------------------------------------------------------------------


def is_general_budget(source: str) -> bool:
    """一项资金来源算不算本年一般公共预算拨款：财政的钱，包括上级专项、转移支付；写明是别的预算的、以前年度的、自筹的不算。

    >>> [is_general_budget(s) for s in ("上级专项资金", "省级补助", "县级财政拨款", "政府性基金", "单位自筹", "上年结转财政资金")]
    [True, True, True, False, False, False]
    """
    return not _NOT_GENERAL.search(source) and bool(_GENERAL.search(source))


def _funds(figures: Figures) -> tuple[FundLine, ...]:
    funding, denominator = figures.monitoring.funding, figures.rules.funds.denominator
    general = [f for f in funding if is_general_budget(f.source)]
    other = [f for f in funding if not is_general_budget(f.source)]
    return (
        _fund_line(TOTAL, figures.funds),
        _fund_line(APPROPRIATED, money_figures(general, denominator)),
        _fund_line(OTHER, money_figures(other, denominator)),
    )


def _fund_line(label: str, money: MoneyFigures) -> FundLine:
    return FundLine(
        label=label,
        initial=money.initial,
        adjusted=money.adjusted,
        spent=money.spent,
        rate=money.execution_rate,
        forecast=money.forecast,
    )


# --- 指标 -------------------------------------------------------------------------------------------


def _ordered(records: Iterable[Compared]) -> tuple[IndicatorLine, ...]:
    """按官方表的先后排；表里印好而没有指标的二级留一空行，官方表没有的一级、二级排在后面。"""
    lines = [_line(r) for r in records if r.name.strip() or r.annual.kind is not Kind.BLANK]
    own_cost = any(line.level1 == _COST for line in lines)
    skeleton = [
        (first, tuple(s for s in seconds if not (own_cost and s == _COST))) for first, seconds in SKELETON
    ]
    if own_cost:
        skeleton.insert(0, (_COST, ()))
    known = {first for first, _ in skeleton}
    skeleton += [(first, ()) for first in dict.fromkeys(x.level1 for x in lines) if first not in known]
    indicator_lines: list[IndicatorLine] = []
    for first, seconds in skeleton:
        here = [line for line in lines if line.level1 == first]
        for second in dict.fromkeys([*seconds, *(line.level2 for line in here)]):
            indicator_lines += [line for line in here if line.level2 == second] or [
                IndicatorLine(level1=first, level2=second)
            ]
    return tuple(indicator_lines)


def _line(record: Compared) -> IndicatorLine:
    first, second = level1(record.level1), category(record.level2)
    name1 = first.value if first else record.level1.strip()
    name2 = second.name if second else record.level2.strip()
    if second is not None and second.level1 is Level1.COST and first is Level1.OUTPUT:
        name2 = _COST
    return IndicatorLine(
        level1=name1,
        level2=name2,
        name=record.name,
        annual=_as_typed(record.annual),
        actual=_as_typed(record.actual),
        forecast=_as_typed(record.forecast),
        causes=causes(record.cause)[0],
        reason=record.reason,
        likelihood=likelihood(record.likelihood),
        note=record.measure,
    )


def _as_typed(value: TargetValue) -> str:
    return "" if value.kind is Kind.BLANK else value.raw


# --- 要告诉用户的话 ---------------------------------------------------------------------------------


def remarks(figures: Figures) -> tuple[str, ...]:
    """该说明没说明的、没有填的、没有看懂的，各在哪一格；资金来源归到了哪一行。"""
    monitoring = figures.monitoring
    return (
        *(str(demand) for demand in demands(figures)),
        *_unclear(monitoring.compared),
        *_blanks(monitoring.compared),
        *_sources(monitoring.funding),
    )


def _unclear(records: Iterable[Compared]) -> Iterable[str]:
    for record in records:
        for word in causes(record.cause)[1]:
            yield (
                f"{record.place.at('cause')}：“{word}”不在五类偏差原因里，没有打√。"
                f"请改成{'、'.join(CAUSES)}，具体情况写进原因说明。"
            )
        if record.likelihood.strip() and not likelihood(record.likelihood):
            yield (
                f"{record.place.at('likelihood')}：“{record.likelihood}”不是{'、'.join(LIKELIHOODS)}之一，"
                "没有打√。请从列表里选。"
            )


def _blanks(records: Iterable[Compared]) -> Iterable[str]:
    rows = [r for r in records if r.name.strip()]
    for field, label in (
        ("actual", "执行情况"),
        ("forecast", "全年预计完成情况"),
        ("likelihood", "完成目标可能性"),
    ):
        empty = [r.place.at(field) for r in rows if _is_blank(getattr(r, field))]
        if empty:
            where = run_together(empty)
            yield f"{empty[0].sheet or '表4'}!{where}：空着，监控表的“{label}”有 {len(empty)} 行没有内容。"


def _is_blank(value: str | TargetValue) -> bool:
    return not value.strip() if isinstance(value, str) else value.kind is Kind.BLANK


def _sources(funding: Iterable[Funding]) -> Iterable[str]:
    for one in funding:
        if one.source.strip() and "一般公共预算" not in one.source and one.source.strip() != OTHER:
            line = APPROPRIATED if is_general_budget(one.source) else OTHER
            yield f"{one.place.at('source')}：“{one.source}”列入“{line}”一行。不对的，请把资金来源写明确。"


def run_together(places: Iterable[Origin]) -> str:
    """挨着的单元格连起来写：F4、F5、F6、F9 写成 F4:F6、F9；没有单元格的写栏目名。"""
    runs: list[list[Origin]] = []
    for place in places:
        if runs and _next_below(runs[-1][-1], place):
            runs[-1].append(place)
        else:
            runs.append([place])
    shown = [[one.cell or one.label for one in (run[0], run[-1])[: len(run)]] for run in runs]
    return "、".join(":".join(ends) for ends in shown)


def _next_below(above: Origin, place: Origin) -> bool:
    return (
        isinstance(above, CellPlace)
        and isinstance(place, CellPlace)
        and place.is_cell
        and (above.sheet, above.column, above.row + 1) == (place.sheet, place.column, place.row)
    )
