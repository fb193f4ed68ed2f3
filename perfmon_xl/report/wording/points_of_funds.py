"""Points on funds: slow, nothing spent, overspent, advanced, not arrived, adjusted without reason, money left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, percent, plain
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.account import as_task
from perfmon_xl.report.wording.analyses import completion_of_work, gap_limit, work_against_money
from perfmon_xl.report.wording.execution_bands import Band, funding
from perfmon_xl.report.wording.fund_needs import appropriation, fund_needs, leftover, nothing_to_pay, paid_out
from perfmon_xl.report.wording.fund_reasons import About, reasons, reasons_about
from perfmon_xl.report.wording.fund_values import forecast_gap, slow_reasons
from perfmon_xl.report.wording.grammar import words
from perfmon_xl.report.wording.indicator_states import MISSED, DraftState, Shape, is_cost
from perfmon_xl.report.wording.material import Material, is_benefit
from perfmon_xl.report.wording.numbers import Money
from perfmon_xl.report.wording.points import GIVEN, Point, point

KIND = "资金执行"
_LATE_MONTH, _LATE_DAYS = 11, 60
_MUCH = Decimal("0.1")  # of the budget: less than that left over is no problem


def fund_points(material: Material) -> Iterator[Point]:
    """资金执行的问题点：钱没有到的要钱，到了的要付，用不完的收回。"""
    funds, how = material.funds, funding(material)
    values = _values(material)
    left = forecast_gap(material)
    no_money = nothing_to_pay(material)
    owed = bool(values["落实到位"])
    whole = funds.adjusted.yuan if funds.adjusted else Decimal(0)
    much = left is not None and left < 0 and -left >= whole * _MUCH
    if much:  # told as a point of its own
        values |= {"结转": "不加快，年底结余还会扩大", "将结余": ""}
    if how.band is Band.OVERSPENT:
        yield _point(material, "超预算", values, 0)
    elif how.slow and no_money and owed:
        yield _point(material, "受到位制约" if not how.nothing_spent else "没有钱可付", values, 0)
    elif how.slow and material.whole_year:
        yield _point(material, "年底未支完", values, 1)
    elif how.nothing_spent and how.slow:
        yield _slow(material, "尚未支出" if _work_begun(material) else "尚未启动", values, 0)
    elif how.slow:
        key = {Band.RED: "严重滞后", Band.BELOW_FLOOR: "低于底线", Band.NOT_AS_PLANNED: "未按计划"}
        yield _slow(material, key.get(how.band, "滞后"), values, 1 if how.band is Band.YELLOW else 0)
    elif _out_of_step(material) and not no_money:
        yield _point(material, "不同步", values, 3)
    over = how.band is Band.OVERSPENT
    if funds.spent and funds.arrived and funds.spent.yuan > funds.arrived.yuan and not over:
        yield _point(material, "垫付" if owed else "垫付而不再拨", values, 1)
    if left is not None and left > 0 and not over and not material.whole_year:
        yield _point(material, "将超预算", values, 2)
    if owed and _arrival_low(material) and not (how.slow and no_money):
        yield _point(material, "未到位", values, 2)
    if funds.arrived and funds.adjusted and funds.arrived.yuan > funds.adjusted.yuan:
        yield _point(material, "多到", values, 3)
    changed = funds.initial is not None and funds.adjusted is not None and funds.initial != funds.adjusted
    if changed and not reasons_about(reasons(material, slow=how.slow), About.CHANGE):
        yield _point(material, "调整无原因", values, 4)
    if much and not over:
        yield _point(material, "将结余" if values["结余办法"] else "自筹将结余", values, 5)


def _slow(material: Material, key: str, values: dict[str, str], weight: int) -> Point:
    """支付慢的：人写了要做什么的，用写的。"""
    planned = list(reasons_about(reasons(material, slow=True), About.PLAN))
    measure = ""
    if planned:
        measure = f"{values['单位']}{GIVEN}{'，'.join(as_task(r.text) for r in planned)}"
    return point(
        material,
        KIND,
        f"资金问题·{key}",
        values,
        weight=(weight, Decimal(0)),
        measure=measure,
        given=bool(planned),
    )


def _work_begun(material: Material) -> bool:
    """产出有数、没有一个还没开始的，才有“已完成的工作量”可以核定。"""
    outputs = [indicator for indicator in material.indicators if not is_benefit(indicator.record)]
    counted = [output for output in outputs if output.shape in (Shape.COUNT, Shape.EQUAL)]
    return any((indicator.record.actual.number or 0) > 0 for indicator in counted) and not any(
        output.state is DraftState.NOT_STARTED for output in outputs
    )


def _point(material: Material, key: str, values: dict[str, str], weight: int) -> Point:
    return point(material, KIND, f"资金问题·{key}", values, weight=(weight, Decimal(0)))


def _values(material: Material) -> dict[str, str]:
    funds, how = material.funds, funding(material)
    money = Money.of((funds.adjusted, funds.spent, funds.arrived), material.mark)
    left = forecast_gap(material)
    work = completion_of_work(material)

    def over(amount: Amount | None, other: Amount | None) -> str:
        gap = amount.yuan - other.yuan if amount is not None and other is not None else Decimal(0)
        return money.say(Amount(abs(gap)), Ref("funds", field="gap")) if gap else ""

    lacking = [
        f.source.strip()
        for f in material.monitoring.funding
        if f.budget is not None
        and f.arrived is not None
        and f.arrived.yuan < f.budget.yuan
        and f.source.strip()
    ]
    day = parties.work_deadline(material) or parties.data_deadline(material)
    raised = bool(funds.initial and funds.adjusted and funds.adjusted.yuan > funds.initial.yuan)
    costs = [indicator for indicator in material.of(*MISSED) if is_cost(indicator.record)]
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
        "落实到位": _bring_in(material, money, day, lacking),
        "支付": _when_payable(material, day),
        "事情": "完成补助对象的审核，及时发放补助资金" if _is_grant(material) else "完成当前节点的验收和结算",
        "预算": money.say(funds.adjusted, Ref("funds", field="adjusted")),
        "预计": "" if material.whole_year else "单位预计",
        "多到": over(funds.arrived, funds.adjusted),
        "将结余": money.say(Amount(-left), Ref("funds", field="left"))
        if left is not None and left < 0
        else "",
        "结转": "" if left is not None and left < 0 else "不加快，年底可能形成较大结转",
        "结余办法": leftover(material, money),
        "调整": "追加" if raised else "核减",
        "调整数": over(funds.adjusted, funds.initial),
        "结余": money.say(Amount(-left), Ref("funds", field="left")) if left is not None and left < 0 else "",
        "全年超": money.say(Amount(left), Ref("funds", field="left"))
        if left is not None and left > 0
        else "",
        "成本": material.quoted(costs),
        "任务": percent(work) if work is not None else "",
    }


def _bring_in(material: Material, money: Money, day: str, lacking: Sequence[str]) -> str:
    """没有到位而要用的钱，谁去落实；没有的是空。"""
    needs, acts = fund_needs(material), []
    found = appropriation(material, money, when=day)
    if found:
        acts.append(f"{parties.finance(material)}{found}")
    if needs.own_owed > 0:
        own = "、".join(name for name in lacking if parties.pays_itself(name))
        told = money.say(Amount(needs.own_owed), Ref("funds", field="own_owed"))
        acts.append(f"{parties.unit(material)}{'' if found else day}落实{own}尚差的{told}")
    return "，".join(acts)


def _when_payable(material: Material, day: str) -> str:
    """离年底近的，到年底前付清；还早的，到了节点就申请。"""
    now, end = parties.today(material), material.monitoring.project.end
    late = now is not None and (
        now.month >= _LATE_MONTH or (end is not None and (end - now).days < _LATE_DAYS)
    )
    return "年底前办完支付" if late and "12月" in day else "达到支付节点后15个工作日内申请付款"


def _is_grant(material: Material) -> bool:
    """支出最大的一笔是补助、补贴、奖补：钱是发放的，不是按工程节点付的。"""
    lines = [s for s in material.monitoring.spending if s.amount is not None and s.item.strip()]
    if not lines:
        return False
    largest = max(lines, key=lambda s: s.amount.yuan if s.amount else Decimal(0))
    return any(word in largest.item for word in words()["发放的支出"])


def _out_of_step(material: Material) -> bool:
    gap = work_against_money(material)
    return gap is not None and gap > gap_limit(material)


def _arrival_low(material: Material) -> bool:
    """到位慢于序时，或者支出已经用足到位数。"""
    funds = material.funds
    if funds.arrival_rate is None or funds.arrived is None or funds.arrival_rate >= 1:
        return False
    behind = funds.pace is not None and funds.arrival_rate < funds.pace
    return (
        behind
        or paid_out(material)
        or (funds.spent is not None and funds.spent.yuan >= funds.arrived.yuan > 0)
    )
