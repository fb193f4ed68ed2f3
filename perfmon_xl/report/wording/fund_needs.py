"""What the money still needs: what is owed and wanted, what is owed and not wanted, what has come and is not wanted.

A measure answers the state of the money: what has not arrived is appropriated or not, what has arrived is taken back or
used elsewhere, and nobody is told to pay faster out of an empty account.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.places import common_place, is_upper
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.fund_values import forecast_gap
from perfmon_xl.report.wording.material import Material
from perfmon_xl.report.wording.numbers import Money

_NOTHING = Decimal(0)
_USED_UP = Decimal("0.95")  # of what has arrived: hardly anything is left to pay with


@dataclass(frozen=True, slots=True, kw_only=True)
class FundNeeds:
    """元。owed、own_owed：没有到位而要用的，财政的、自筹的；upper：其中要向上级争取的；不用拨的、可以收回的只说财政的。"""

    owed: Decimal = _NOTHING
    upper: Decimal = _NOTHING
    own_owed: Decimal = _NOTHING
    not_wanted: Decimal = _NOTHING
    idle: Decimal = _NOTHING

    @property
    def left(self) -> Decimal:
        """财政的钱里用不完的，到位没到位都算。"""
        return self.not_wanted + self.idle


def fund_needs(material: Material) -> FundNeeds:
    """按来源一项一项算；有来源没有填到位数的，算不出，都是零。"""
    gap = forecast_gap(material)
    rows = [f for f in material.monitoring.funding if f.budget is not None]
    if not rows or any(f.arrived is None for f in rows):
        return FundNeeds()
    owed = upper = own_owed = not_wanted = idle = _NOTHING
    project = material.monitoring.project
    place = common_place(filter(None, (project.department, project.unit, project.client)))
    for f in rows:
        budget = f.budget.yuan if f.budget else _NOTHING
        arrived = f.arrived.yuan if f.arrived else _NOTHING
        spent = f.spent.yuan if f.spent is not None else _NOTHING
        use = spent if material.whole_year else budget  # the year is over: what is spent is what was needed
        use = f.forecast.yuan if gap is not None and f.forecast is not None else use
        short, spare = max(budget - arrived, _NOTHING), max(budget - max(use, spent), _NOTHING)
        unwanted = min(spare, short)
        if parties.pays_itself(f.source):
            own_owed += short - unwanted
            continue
        owed += short - unwanted
        upper += short - unwanted if is_upper(f.source, place) else _NOTHING
        not_wanted += unwanted
        idle += spare - unwanted
    if gap is not None and gap > 0:  # over the budget as a whole: nothing is left over
        return FundNeeds(owed=owed + not_wanted, upper=upper, own_owed=own_owed)
    return FundNeeds(owed=owed, upper=upper, own_owed=own_owed, not_wanted=not_wanted, idle=idle)


def paid_out(material: Material) -> bool:
    """到位的钱基本支完了，还有没到位的：支付快不起来，要的是钱。"""
    funds = material.funds
    if funds.spent is None or funds.arrived is None or funds.adjusted is None or not funds.arrived.yuan:
        return False
    short = funds.arrived.yuan < funds.adjusted.yuan
    return short and funds.spent.yuan >= funds.arrived.yuan * _USED_UP


def nothing_to_pay(material: Material) -> bool:
    """没有钱可付：一分没有到位，或者到位的基本付完了。"""
    arrived, budget = material.funds.arrived, material.funds.adjusted
    none = arrived is not None and not arrived.yuan and budget is not None and budget.yuan > 0
    return none or paid_out(material)


def appropriation(material: Material, money: Money, *, when: str = "") -> str:
    """财政部门该做的：拨付要用的，上级的去争取；没有的是空。when 是期限，带“前”。"""
    needs = fund_needs(material)
    own = needs.owed - needs.upper
    acts = []
    spare = "按实际需要再拨付" if needs.not_wanted else "拨付尚差的"

    def say(amount: Decimal, field: str) -> str:
        return money.say(Amount(amount), Ref("funds", field=field))

    if own > 0:
        acts.append(f"{when}{spare}{say(own, 'owed')}")
    if needs.upper > 0:
        acts.append(f"{'' if acts else when}争取上级下达尚差的{say(needs.upper, 'owed_above')}")
    return "，".join(acts)


def leftover(material: Material, money: Money, *, told: str = "") -> str:
    """用不完的怎么办：没有到位的不再拨付，到位的按规定收回或统筹使用；没有用不完的是空。

    told 是怎么称呼这笔钱（“预计结余的”）；没有的，前面已经说了结余，这里说到位没有到位。
    """
    needs = fund_needs(material)

    def say(amount: Decimal, field: str) -> str:
        return money.say(Amount(amount), Ref("funds", field=field))

    unpaid, paid = say(needs.not_wanted, "not_wanted"), say(needs.idle, "idle")
    # part of what has not arrived is still wanted: this is the rest of it
    owed = "其余没有到位的" if needs.owed > needs.upper else "没有到位的"
    if needs.not_wanted and needs.idle:
        head = f"对{told}资金，" if told else "对"
        return f"{head}{owed}{unpaid}不再拨付，已到位的{paid}按规定收回或统筹使用"
    if needs.not_wanted:
        return f"对{told}{unpaid}不再拨付" if told else f"对{owed}{unpaid}不再拨付"
    if needs.idle:
        return f"按规定收回或统筹使用{told}{paid}" if told else f"对已到位的{paid}按规定收回或统筹使用"
    return ""
