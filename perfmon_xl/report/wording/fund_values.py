"""What the paragraphs on funds share: the sources, the largest first, their names and amounts with marks."""

from __future__ import annotations

from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Funding
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.wording.fund_reasons import About, reasons
from perfmon_xl.report.wording.material import Material
from perfmon_xl.report.wording.naming import name_with_amount
from perfmon_xl.report.wording.numbers import Money

MOST_SOURCES = 4


def say(material: Material, key: str, **values: str) -> str:
    return material.speaker.say(key, values)


def sources_of(material: Material) -> list[tuple[int, Funding]]:
    """有名称、有预算的资金来源，大的在前。"""
    sources = [
        (n, f)
        for n, f in enumerate(material.monitoring.funding)
        if f.source.strip() and f.budget is not None and f.budget.yuan
    ]
    return sorted(sources, key=lambda pair: -(pair[1].budget.yuan if pair[1].budget else 0))


def source_name(material: Material, n: int) -> str:
    return material.mark(material.monitoring.funding[n].source.strip(), Ref("funding", n, "source"))


def budget_reference(n: int, record: Funding) -> Ref:
    """这一项的预算取自哪一栏。"""
    return Ref("funding", n, "adjusted" if record.adjusted is not None else "initial")


def beside_amount(material: Material, n: int, money: Money, amount: Amount | None, value: Ref) -> str:
    source = material.monitoring.funding[n].source.strip()
    return name_with_amount(source_name(material, n), money.say(amount, value), plain=source)


def forecast_gap(material: Material) -> Decimal | None:
    """全年预计支出减预算，元；有一个来源没有填的、比已支出还少的没有。"""
    funds = material.funds
    if funds.forecast is None or funds.adjusted is None:
        return None
    if any(f.forecast is None for _, f in sources_of(material)):
        return None
    if funds.spent is not None and funds.forecast.yuan < funds.spent.yuan:
        return None  # less than what is spent already: a mistake that the check tells, nothing to go by
    return funds.forecast.yuan - funds.adjusted.yuan


def slow_reasons(material: Material) -> str:
    """支出慢的原因，照填写的，带记号；没有写的是空。"""
    return reasons_told(material, About.SLOW)


def reasons_told(material: Material, *about: About) -> str:
    """某一类原因，照填写的，带记号；没有写的是空。"""
    found = [reason for reason in reasons(material, slow=True) if reason.about in about]
    return "，".join(material.mark(one.text, one.ref) for one in found)
