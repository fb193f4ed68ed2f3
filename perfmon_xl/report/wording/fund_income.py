"""Two paragraphs on funds: what was budgeted and by whom, and what of it has arrived."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, percent
from perfmon_xl.domain.model import Funding
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.wording.execution_bands import funding
from perfmon_xl.report.wording.fund_needs import paid_out
from perfmon_xl.report.wording.fund_reasons import About, purpose, reasons, reasons_about, without_amount
from perfmon_xl.report.wording.fund_values import (
    MOST_SOURCES,
    beside_amount,
    budget_reference,
    forecast_gap,
    reasons_told,
    say,
    source_name,
    sources_of,
)
from perfmon_xl.report.wording.material import Material
from perfmon_xl.report.wording.numbers import Money


def investment(material: Material) -> str:
    """预算多少、谁出、调没调、有没有保障；到位、支出的数不在这里。"""
    funds = material.funds
    budget, initial = funds.adjusted, funds.initial
    if budget is None:
        return say(material, "投入.没有预算")
    if not budget.yuan:
        return say(material, "投入.预算为零")
    money = Money.of((budget, initial), material.mark)
    sources = sources_of(material)
    values = {
        "预算": money.say(budget, Ref("funds", field="adjusted")),
        "来源": source_name(material, sources[0][0]) if len(sources) == 1 else "",
        "构成": _made_of(material, sources, money) if len(sources) > 1 else "",
    }
    change = None if initial is None else budget.yuan - initial.yuan
    if change is None or change == 0:
        text = _unchanged(material, values, sources, money, known=change is not None)
    else:
        text = _changed(material, values, money, change)
    return text + _safeguard(material)


def _made_of(material: Material, sources: Sequence[tuple[int, Funding]], money: Money) -> str:
    """由哪几项构成，大的在前；多于四项的写三项。"""
    shown = sources if len(sources) <= MOST_SOURCES else sources[: MOST_SOURCES - 1]
    listed = "、".join(beside_amount(material, n, money, f.budget, budget_reference(n, f)) for n, f in shown)
    more = (
        material.mark(str(len(sources)), Ref("counts", field="sources")) if len(shown) < len(sources) else ""
    )
    return listed + (f"等{more}项" if more else "")


def _unchanged(
    material: Material,
    values: dict[str, str],
    sources: Sequence[tuple[int, Funding]],
    money: Money,
    *,
    known: bool,
) -> str:
    moved = [
        (n, f.adjusted.yuan - f.initial.yuan)
        for n, f in sources
        if f.adjusted is not None and f.initial is not None and f.adjusted != f.initial
    ]
    down, up = [m for m in moved if m[1] < 0], [m for m in moved if m[1] > 0]
    if known and down and up:
        cut = "、".join(
            f"{source_name(material, n)}调减{money.say(Amount(-size), Ref('funding', n, 'change'))}"
            for n, size in down
        )
        return say(
            material,
            "投入.来源间调剂",
            **values,
            调减=cut,
            补足="、".join(source_name(material, n) for n, _ in up),
        )
    return say(material, "投入.不调整", **values, 未调整="年度内未调整" if known else "")


def _both_ways(material: Material, values: dict[str, str], money: Money) -> str:
    """有的来源追加、有的核减：各说各的，原因一并照写。"""
    moved = [
        (n, f.adjusted.yuan - f.initial.yuan)
        for n, f in sources_of(material)
        if f.adjusted is not None and f.initial is not None and f.adjusted != f.initial
    ]
    if not (any(size > 0 for _, size in moved) and any(size < 0 for _, size in moved)):
        return ""
    told = "，".join(
        f"{source_name(material, n)}{'追加' if size > 0 else '核减'}"
        f"{money.say(Amount(abs(size)), Ref('funding', n, 'change'))}"
        for n, size in moved
    )
    found = reasons_about(reasons(material, slow=funding(material).slow), About.CHANGE)
    why = "，".join(
        material.mark(without_amount(reason.text), reason.ref.written(f"{reason.ref.form}，不带金额"))
        for reason in found
    )
    lacking = "" if found else say(material, "投入.缺原因", 调整="调整")
    initial = money.say(material.funds.initial, Ref("funds", field="initial"))
    return say(material, "投入.有增有减", **values, 年初=initial, 各来源=told, 原因=why, 缺=lacking)


def _changed(material: Material, values: dict[str, str], money: Money, change: Decimal) -> str:
    both = _both_ways(material, values, money)
    if both:
        return both
    raised = change > 0
    against = ("减少", "核减", "调减", "压减", "收回") if raised else ("追加", "调增", "增加", "新增")
    found = tuple(
        reason
        for reason in reasons_about(reasons(material, slow=funding(material).slow), About.CHANGE)
        if not any(
            word in reason.text for word in against
        )  # says the opposite of the figures: not quoted as the cause
    )
    told = [(reason, without_amount(reason.text)) for reason in found]
    use = purpose(found[0].text) if raised and len(found) == 1 else ""
    why = (
        "，".join(material.mark(text, one.ref.written(f"{one.ref.form}，不带金额")) for one, text in told)
        if not use
        else ""
    )
    lacking = "" if found else say(material, "投入.缺原因", 调整="追加" if raised else "核减")
    return say(
        material,
        "投入.调增" if raised else "投入.调减",
        **values,
        年初=money.say(material.funds.initial, Ref("funds", field="initial")),
        差=money.say(Amount(abs(change)), Ref("funds", field="change")),
        用途=material.mark(use, found[0].ref.written(f"{found[0].ref.form}，用途")) if use else "",
        原因=why,
        缺=lacking,
    )


def _safeguard(material: Material) -> str:
    arrived, budget, spent = material.funds.arrived, material.funds.adjusted, material.funds.spent
    if arrived is None or budget is None:
        return ""
    if arrived.yuan >= budget.yuan:
        forecast = forecast_gap(material)
        over = (spent is not None and spent.yuan > budget.yuan) or (forecast is not None and forecast > 0)
        return say(material, "投入.全部到位但超支" if over else "投入.全部到位")
    return say(material, "投入.部分到位" if arrived.yuan else "投入.没有到位")


def arrival(material: Material) -> str:
    """到位多少、差多少、谁没有到、影不影响支付。"""
    funds = material.funds
    arrived, budget, spent = funds.arrived, funds.adjusted, funds.spent
    day = material.cutoff_told
    if arrived is None:
        return say(material, "到位率.没有数", 监控日=day)
    money = Money.of((budget, arrived), material.mark)
    values = {"监控日": day, "到位": money.say(arrived, Ref("funds", field="arrived"))}
    if budget is None:
        return say(material, "到位率.没有预算", **values)
    if not budget.yuan or funds.arrival_rate is None:
        return say(material, "到位率.预算为零")
    values["率"] = material.mark(percent(funds.arrival_rate), Ref("funds", field="arrival_rate"))
    short = budget.yuan - arrived.yuan
    values["差"] = money.say(Amount(abs(short)), Ref("funds", field="arrival_gap"))
    if short < 0:
        text = say(material, "到位率.多到", **values)
    elif short == 0:
        text = say(material, "到位率.足额", **values)
    elif not arrived.yuan:
        text = say(
            material,
            "到位率.没有到位",
            **values,
            预算=money.say(budget, Ref("funds", field="adjusted")),
            来源="",
            因=reasons_told(material, About.ARRIVAL),
        )
    else:
        text = _lacking(material, values, money)
    return text + _payment(material, arrived, spent, money, short=short)


def _lacking(material: Material, values: dict[str, str], money: Money) -> str:
    """差的是谁的：一个来源的、几个来源的、说不清的。"""
    sources = sources_of(material)
    gaps = [
        (n, f, f.budget.yuan - f.arrived.yuan)
        for n, f in sources
        if f.budget is not None and f.arrived is not None
    ]
    behind = [(n, f, gap) for n, f, gap in gaps if gap > 0]
    clear = len(gaps) == len(sources) and all(gap >= 0 for _, _, gap in gaps)
    unknown = [n for n, f in sources if f.arrived is None]
    rest = (
        say(material, "到位率.部分来源没有数", 来源="、".join(source_name(material, n) for n in unknown))
        if unknown
        else ""
    )
    values["因"] = reasons_told(material, About.ARRIVAL)
    if len(behind) <= 1:
        whose = source_name(material, behind[0][0]) if behind and clear and len(sources) > 1 else ""
        return say(material, "到位率.一个来源没到齐", **values, 来源=whose) + rest
    listed = "，".join(
        f"{source_name(material, n)}尚未拨付"
        if f.arrived is not None and not f.arrived.yuan
        else f"{source_name(material, n)}还差{money.say(Amount(gap), Ref('funding', n, 'arrival_gap'))}"
        for n, f, gap in sorted(behind, key=lambda one: bool(one[1].arrived and one[1].arrived.yuan))
    )
    return say(material, "到位率.几个来源没到齐", **values, 各来源=listed) + rest


def _payment(
    material: Material, arrived: Amount, spent: Amount | None, money: Money, *, short: Decimal
) -> str:
    """支出有没有超过到位数；资金到齐了、也没有超的不说。"""
    if spent is None or not spent.yuan:
        return ""
    if spent.yuan > arrived.yuan:
        return say(
            material,
            "到位率.垫付",
            差=money.say(Amount(spent.yuan - arrived.yuan), Ref("funds", field="advanced")),
        )
    if short <= 0 or material.whole_year:
        return ""
    if spent.yuan == arrived.yuan:
        return say(material, "到位率.影响支付")
    return say(material, "到位率.快要影响" if paid_out(material) else "到位率.暂未影响")
