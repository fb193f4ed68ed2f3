"""Points on funds: slow, nothing spent, overspent, advanced, not arrived, adjusted without reason, money left."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, percent, plain
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.advice import shortfall
from perfmon_xl.report.wording.analyses import completion_of_work, gap_limit, work_against_money
from perfmon_xl.report.wording.execution_bands import Band, funding
from perfmon_xl.report.wording.fund_reasons import About, reasons, reasons_about
from perfmon_xl.report.wording.fund_values import forecast_gap, slow_reasons
from perfmon_xl.report.wording.indicator_states import MISSED, is_cost
from perfmon_xl.report.wording.material import Material
from perfmon_xl.report.wording.numbers import Money
from perfmon_xl.report.wording.points import Point, point

KIND = "资金执行"
_MUCH = Decimal("0.1")  # of the budget: less than that left over is no problem


def fund_points(material: Material) -> Iterator[Point]:
    """资金执行的问题点。"""
    funds, how = material.funds, funding(material)
    values = _values(material)
    if how.band is Band.OVERSPENT:
        yield _point(material, "超预算", values, 0)
    elif how.nothing_spent and how.slow:
        yield _point(material, "尚未支出", values, 0)
    elif how.slow:
        key = {Band.RED: "严重滞后", Band.BELOW_FLOOR: "低于底线", Band.NOT_AS_PLANNED: "未按计划"}
        yield _point(material, key.get(how.band, "滞后"), values, 1 if how.band is Band.YELLOW else 0)
    elif _out_of_step(material):
        yield _point(material, "不同步", values, 3)
    if (
        funds.spent
        and funds.arrived
        and funds.spent.yuan > funds.arrived.yuan
        and how.band is not Band.OVERSPENT
    ):
        yield _point(material, "垫付", values, 1)
    left = forecast_gap(material)
    short = shortfall(material)
    spare = left is not None and left < 0 and short is not None and -left <= short
    if _arrival_low(material):
        yield _point(material, "未到位而用不完" if spare else "未到位", values, 2)
    changed = funds.initial is not None and funds.adjusted is not None and funds.initial != funds.adjusted
    if changed and not reasons_about(reasons(material, slow=how.slow), About.CHANGE):
        yield _point(material, "调整无原因", values, 4)
    if left is not None and left < 0 and funds.adjusted and -left >= funds.adjusted.yuan * _MUCH:
        yield _point(material, "将结余而未拨" if spare else "将结余", values, 5)


def _point(material: Material, key: str, values: dict[str, str], weight: int) -> Point:
    return point(material, KIND, f"资金问题·{key}", values, weight=(weight, Decimal(0)))


def _values(material: Material) -> dict[str, str]:
    funds, how = material.funds, funding(material)
    money = Money.of((funds.adjusted, funds.spent, funds.arrived), material.mark)
    left = forecast_gap(material)
    work = completion_of_work(material)

    def over(one: Amount | None, other: Amount | None) -> str:
        gap = one.yuan - other.yuan if one is not None and other is not None else Decimal(0)
        return money.say(Amount(abs(gap)), Ref("funds", field="gap")) if gap else ""

    lacking = [
        f.source.strip()
        for f in material.monitoring.funding
        if f.budget is not None
        and f.arrived is not None
        and f.arrived.yuan < f.budget.yuan
        and f.source.strip()
    ]
    raised = bool(funds.initial and funds.adjusted and funds.adjusted.yuan > funds.initial.yuan)
    costs = [one for one in material.of(*MISSED) if is_cost(one.record)]
    return {
        "单位": parties.unit(material),
        "财政": parties.finance(material),
        "期限": parties.work_deadline(material) or parties.data_deadline(material),
        "报送期限": parties.data_deadline(material),
        "执行率": percent(funds.execution_rate) if funds.execution_rate is not None else "",
        "差": str(abs(how.gap)) if how.gap and how.gap < 0 else "",
        "底线": f"{plain(how.floor * 100)}%" if how.floor is not None else "",
        "月": f"{how.floor_month}月" if how.floor_month else "",
        "因": slow_reasons(material),
        "支出": money.say(funds.spent, Ref("funds", field="spent")),
        "到位": money.say(funds.arrived, Ref("funds", field="arrived"))
        if funds.arrived and funds.arrived.yuan
        else "",
        "到位率": percent(funds.arrival_rate) if funds.arrival_rate is not None else "",
        "超支": over(funds.spent, funds.adjusted),
        "垫付": over(funds.spent, funds.arrived),
        "未到位": over(funds.adjusted, funds.arrived),
        "来源": "、".join(lacking[:3]),
        "拨付方": "、".join(lacking[:3]) + "的出资方"
        if any(map(parties.pays_itself, lacking))
        else parties.finance(material),
        "调整": "追加" if raised else "核减",
        "调整数": over(funds.adjusted, funds.initial),
        "结余": money.say(Amount(-left), Ref("funds", field="left")) if left is not None and left < 0 else "",
        "全年超": money.say(Amount(left), Ref("funds", field="left"))
        if left is not None and left > 0
        else "",
        "成本": material.quoted(costs),
        "任务": percent(work) if work is not None else "",
    }


def _out_of_step(material: Material) -> bool:
    gap = work_against_money(material)
    return gap is not None and gap > gap_limit(material)


def _arrival_low(material: Material) -> bool:
    """到位慢于序时，或者支出已经用足到位数。"""
    funds = material.funds
    if funds.arrival_rate is None or funds.arrived is None or funds.arrival_rate >= 1:
        return False
    behind = funds.pace is not None and funds.arrival_rate < funds.pace
    return behind or (funds.spent is not None and funds.spent.yuan >= funds.arrived.yuan > 0)
