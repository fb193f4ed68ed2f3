"""The five paragraphs on funds. Each fact stands in one of them: sources, arrival, spending, pace, compliance."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, percent, plain
from perfmon_xl.domain.model import Funding
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.wording.bands import Band, denominator, funding
from perfmon_xl.report.wording.fund_reasons import About, of, purpose, reasons, without_amount
from perfmon_xl.report.wording.material import Indicator, Material
from perfmon_xl.report.wording.naming import beside
from perfmon_xl.report.wording.numbers import Money

_WHOLE = {"调整后预算": "调整后预算数", "年初预算": "年初预算数", "到位数": "到位资金数"}
_MOST_SOURCES = 4
_FULL, _YEAR_END = Decimal(1), 12


def fund_drafts(material: Material) -> dict[str, str]:
    """资金说明表的五段：事项 → 一段话。"""
    found = {}
    for subject, write in _PARAGRAPHS.items():
        material.speaker.begin()
        found[subject] = write(material)
    return found


def _say(material: Material, key: str, **values: str) -> str:
    return material.speaker.say(key, values)


def _sources(material: Material) -> list[tuple[int, Funding]]:
    """有名称、有预算的资金来源，大的在前。"""
    found = [
        (n, f)
        for n, f in enumerate(material.monitoring.funding)
        if f.source.strip() and f.budget is not None and f.budget.yuan
    ]
    return sorted(found, key=lambda pair: -(pair[1].budget.yuan if pair[1].budget else 0))


def _source(material: Material, n: int) -> str:
    return material.mark(material.monitoring.funding[n].source.strip(), Ref("funding", n, "source"))


def _budget(n: int, record: Funding) -> Ref:
    """这一项的预算取自哪一栏。"""
    return Ref("funding", n, "adjusted" if record.adjusted is not None else "initial")


def _beside(material: Material, n: int, money: Money, amount: Amount | None, value: Ref) -> str:
    source = material.monitoring.funding[n].source.strip()
    return beside(_source(material, n), money.say(amount, value), plain=source)


# --- 投入 -------------------------------------------------------------------------------------------


def investment(material: Material) -> str:
    """预算多少、谁出、调没调、有没有保障；到位、支出的数不在这里。"""
    funds = material.funds
    budget, initial = funds.adjusted, funds.initial
    if budget is None:
        return _say(material, "投入.没有预算")
    if not budget.yuan:
        return _say(material, "投入.预算为零")
    money = Money.of((budget, initial), material.mark)
    sources = _sources(material)
    values = {
        "预算": money.say(budget, Ref("funds", field="adjusted")),
        "来源": _source(material, sources[0][0]) if len(sources) == 1 else "",
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
    shown = sources if len(sources) <= _MOST_SOURCES else sources[: _MOST_SOURCES - 1]
    listed = "、".join(_beside(material, n, money, f.budget, _budget(n, f)) for n, f in shown)
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
            f"{_source(material, n)}调减{money.say(Amount(-size), Ref('funding', n, 'change'))}"
            for n, size in down
        )
        return _say(
            material,
            "投入.来源间调剂",
            **values,
            调减=cut,
            补足="、".join(_source(material, n) for n, _ in up),
        )
    return _say(material, "投入.不调整", **values, 未调整="年度内未调整" if known else "")


def _changed(material: Material, values: dict[str, str], money: Money, change: Decimal) -> str:
    raised = change > 0
    against = ("减少", "核减", "调减", "压减", "收回") if raised else ("追加", "调增", "增加", "新增")
    found = tuple(
        one
        for one in of(reasons(material, slow=funding(material).slow), About.CHANGE)
        if not any(
            word in one.text for word in against
        )  # says the opposite of the figures: not quoted as the cause
    )
    told = [(one, without_amount(one.text)) for one in found]
    use = purpose(found[0].text) if raised and len(found) == 1 else ""
    why = (
        "，".join(material.mark(text, one.ref.written(f"{one.ref.form}，不带金额")) for one, text in told)
        if not use
        else ""
    )
    lacking = "" if found else _say(material, "投入.缺原因", 调整="追加" if raised else "核减")
    return _say(
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
        over = spent is not None and spent.yuan > budget.yuan
        return _say(material, "投入.全部到位但超支" if over else "投入.全部到位")
    return _say(material, "投入.部分到位" if arrived.yuan else "投入.没有到位")


# --- 到位率 -----------------------------------------------------------------------------------------


def arrival(material: Material) -> str:
    """到位多少、差多少、谁没有到、影不影响支付。"""
    funds = material.funds
    arrived, budget, spent = funds.arrived, funds.adjusted, funds.spent
    day = material.cutoff_told
    if arrived is None:
        return _say(material, "到位率.没有数", 监控日=day)
    money = Money.of((budget, arrived), material.mark)
    values = {"监控日": day, "到位": money.say(arrived, Ref("funds", field="arrived"))}
    if budget is None:
        return _say(material, "到位率.没有预算", **values)
    if not budget.yuan or funds.arrival_rate is None:
        return _say(material, "到位率.预算为零")
    values["率"] = material.mark(percent(funds.arrival_rate), Ref("funds", field="arrival_rate"))
    short = budget.yuan - arrived.yuan
    values["差"] = money.say(Amount(abs(short)), Ref("funds", field="arrival_gap"))
    if short < 0:
        text = _say(material, "到位率.多到", **values)
    elif short == 0:
        text = _say(material, "到位率.足额", **values)
    elif not arrived.yuan:
        text = _say(
            material,
            "到位率.没有到位",
            **values,
            预算=money.say(budget, Ref("funds", field="adjusted")),
            来源="",
        )
    else:
        text = _lacking(material, values, money)
    return text + _payment(material, arrived, spent, money, short=short)


def _lacking(material: Material, values: dict[str, str], money: Money) -> str:
    """差的是谁的：一个来源的、几个来源的、说不清的。"""
    sources = _sources(material)
    gaps = [
        (n, f, f.budget.yuan - f.arrived.yuan)
        for n, f in sources
        if f.budget is not None and f.arrived is not None
    ]
    behind = [(n, f, gap) for n, f, gap in gaps if gap > 0]
    clear = len(gaps) == len(sources) and all(gap >= 0 for _, _, gap in gaps)
    unknown = [n for n, f in sources if f.arrived is None]
    rest = (
        _say(material, "到位率.部分来源没有数", 来源="、".join(_source(material, n) for n in unknown))
        if unknown
        else ""
    )
    if len(behind) <= 1:
        whose = _source(material, behind[0][0]) if behind and clear and len(sources) > 1 else ""
        return _say(material, "到位率.一个来源没到齐", **values, 来源=whose) + rest
    listed = "，".join(
        f"{_source(material, n)}尚未拨付"
        if f.arrived is not None and not f.arrived.yuan
        else f"{_source(material, n)}还差{money.say(Amount(gap), Ref('funding', n, 'arrival_gap'))}"
        for n, f, gap in sorted(behind, key=lambda one: bool(one[1].arrived and one[1].arrived.yuan))
    )
    return _say(material, "到位率.几个来源没到齐", **values, 各来源=listed) + rest


def _payment(
    material: Material, arrived: Amount, spent: Amount | None, money: Money, *, short: Decimal
) -> str:
    """支出有没有超过到位数；资金到齐了、也没有超的不说。"""
    if spent is None or not spent.yuan:
        return ""
    if spent.yuan > arrived.yuan:
        return _say(
            material,
            "到位率.垫付",
            差=money.say(Amount(spent.yuan - arrived.yuan), Ref("funds", field="advanced")),
        )
    if short <= 0:
        return ""
    return _say(material, "到位率.影响支付" if spent.yuan == arrived.yuan else "到位率.暂未影响")


# --- 使用 -------------------------------------------------------------------------------------------


def use(material: Material) -> str:
    """支出多少、用在哪里、谁的钱、年底剩多少；快慢不在这里。"""
    funds = material.funds
    spent, day = funds.spent, material.cutoff_told
    if spent is None:
        return _say(material, "使用.没有数", 监控日=day)
    money = Money.of((spent, funds.forecast, funds.adjusted if not spent.yuan else None), material.mark)
    if not spent.yuan:
        kept = funds.arrived if funds.arrived is not None and funds.arrived.yuan else None
        text = _say(
            material, "使用.没有支出", 监控日=day, 到位=money.say(kept, Ref("funds", field="arrived"))
        )
        return text + _forecast(material, money)
    values = {"监控日": day, "支出": money.say(spent, Ref("funds", field="spent"))}
    return _spent(material, values, money, spent) + _by_source(material, money) + _forecast(material, money)


def _spent(material: Material, values: dict[str, str], money: Money, spent: Amount) -> str:
    lines = sorted(
        (
            (n, s, s.amount)
            for n, s in enumerate(material.monitoring.spending)
            if s.item.strip() and s.amount is not None and s.amount.yuan
        ),
        key=lambda line: -line[2].yuan,
    )
    mark = material.mark
    if not lines:
        return _say(material, "使用.无明细", **values)
    first, item, amount = lines[0]
    note = (
        mark(item.note.strip().rstrip("。"), Ref("spending", first, "note")) if len(item.note) <= 30 else ""
    )
    if len(lines) == 1 and amount == spent:
        used = mark(item.item.strip(), Ref("spending", first, "item"))
        return _say(material, "使用.一笔", **values, 用途=used, 备注=note)
    told = [
        beside(
            mark(s.item.strip(), Ref("spending", n, "item")),
            money.say(a, Ref("spending", n, "amount")),
            plain=s.item.strip(),
        )
        for n, s, a in lines
    ]
    share = (
        mark(percent(amount.yuan / spent.yuan), Ref("spending", first, "share"))
        if amount.yuan < spent.yuan
        else ""
    )
    inside = "，".join(part for part in (f"占{share}" if share else "", note) if part)
    told[0] += f"（{inside}）" if inside else ""
    return _say(material, "使用.有明细", **values, 明细="、".join(told))


def _by_source(material: Material, money: Money) -> str:
    known = [(n, f) for n, f in _sources(material) if f.spent is not None]
    if len(known) < 2 or len(known) > _MOST_SOURCES:
        return ""
    listed = "，".join(
        f"{_source(material, n)}支出{money.say(f.spent, Ref('funding', n, 'spent'))}"
        if f.spent is not None and f.spent.yuan
        else f"{_source(material, n)}尚未支出"
        for n, f in known
    )
    return _say(material, "使用.分来源", 各来源=listed)


def _forecast(material: Material, money: Money) -> str:
    """单位预计的全年支出与预算差多少；有来源没有填的不说。"""
    forecast, budget = material.funds.forecast, material.funds.adjusted
    gap = forecast_gap(material)
    if gap is None or not gap or forecast is None or budget is None:
        return ""
    return _say(
        material,
        "使用.将超预算" if gap > 0 else "使用.将结余",
        预计=money.say(forecast, Ref("funds", field="forecast")),
        差=money.say(Amount(abs(gap)), Ref("funds", field="forecast_gap")),
    )


def forecast_gap(material: Material) -> Decimal | None:
    """全年预计支出减预算，元；有一个来源没有填的没有。"""
    funds = material.funds
    if funds.forecast is None or funds.adjusted is None:
        return None
    if any(f.forecast is None for _, f in _sources(material)):
        return None
    return funds.forecast.yuan - funds.adjusted.yuan


# --- 执行率 -----------------------------------------------------------------------------------------


def execution(material: Material) -> str:
    """执行率、与序时差多少、在规则集的哪一档、为什么慢。"""
    funds, rules, mark = material.funds, material.rules, material.mark
    how, day = funding(material), material.cutoff_told
    whole = _WHOLE[rules.funds.denominator.value]
    if how.band is Band.NO_SPENDING_FIGURE:
        return _say(material, "执行率.没有支出数", 监控日=day)
    if funds.execution_rate is None:
        name = "本年度预算数" if "预算" in whole else whole
        return _say(material, f"执行率.{how.band.value}", 分母=name)
    head = _say(
        material,
        "执行率.头",
        监控日=day,
        率=mark(percent(funds.execution_rate), Ref("funds", field="execution_rate")),
        分母=whole,
    )
    floor = how.floor
    behind = how.gap is not None and how.gap < 0
    values = {
        "头": head,
        "序时": mark(percent(funds.pace), Ref("funds", field="pace")) if funds.pace is not None else "",
        "差": mark(str(abs(how.gap)), Ref("funds", field="pace_gap"))
        if how.gap and (behind or floor is None)
        else "",
        "比": mark(percent(funds.pace_ratio), Ref("funds", field="pace_ratio"))
        if funds.pace_ratio is not None
        else "",
        "规则集": mark(rules.name, Ref("rules", field="name")),
        "红线": _limit(material, rules.funds.red_below, "red_below"),
        "月": mark(f"{how.floor_month}月", Ref("rules", field="floor_month")) if how.floor_month else "",
        "底线": _limit(material, floor, "floor"),
    }
    if how.nothing_spent and how.band is not Band.OVERSPENT:
        key = {Band.RED: "零红", Band.BELOW_FLOOR: "零底线"}.get(how.band, "零")
        if not behind:
            values["序时"] = ""
        return _with_cause(material, _say(material, f"执行率.{key}", **values), "尚未支出", ask=how.slow)
    if how.band is Band.OVERSPENT and funds.spent and funds.adjusted:
        over = Amount(funds.spent.yuan - funds.adjusted.yuan)
        money = Money.of((funds.spent, funds.adjusted), mark)
        return _say(
            material, "执行率.超预算", **{**values, "差": money.say(over, Ref("funds", field="overspent"))}
        )
    if funds.execution_rate == _FULL and denominator(material) == (
        funds.adjusted.yuan if funds.adjusted else None
    ):
        if material.cutoff is None or material.cutoff.month == _YEAR_END:
            return _say(material, "执行率.年底支完", **values)
        if any(_unfinished(one) for one in material.indicators):
            return _say(material, "执行率.支完", **values)
    text = _say(material, f"执行率.{how.band.value}", **values)
    return _with_cause(material, text, "支出滞后", ask=True) if how.slow else text


def _limit(material: Material, limit: Decimal | None, name: str) -> str:
    return material.mark(f"{plain(limit * 100)}%", Ref("rules", field=name)) if limit is not None else ""


def _unfinished(one: Indicator) -> bool:
    done = one.figures.completion
    return one.record.accumulates and done is not None and done < 1


def slow_reasons(material: Material) -> str:
    """支出慢的原因，照填写的，带记号；没有写的是空。"""
    found = of(reasons(material, slow=True), About.SLOW)
    return "，".join(material.mark(one.text, one.ref) for one in found)


def _with_cause(material: Material, text: str, what: str, *, ask: bool) -> str:
    why = slow_reasons(material)
    if why:
        return text + _say(material, "执行率.原因", 原因=why)
    return text + (_say(material, "执行率.缺原因", 什么=what) if ask else "。")


# --- 合规性 -----------------------------------------------------------------------------------------


def compliance(material: Material) -> str:
    """数据里看不出合不合规：留给核查的人写；超预算、超到位数的照数说。"""
    funds, text = material.funds, _say(material, "合规性.待查", 监控日=material.cutoff_told)
    if funds.spent is None:
        return text
    money = Money.of((funds.spent, funds.adjusted), material.mark)
    for key, limit, value in (
        ("超预算", funds.adjusted, Ref("funds", field="overspent")),
        ("超到位", funds.arrived, Ref("funds", field="advanced")),
    ):
        if limit is not None and funds.spent.yuan > limit.yuan:
            over = money.say(Amount(funds.spent.yuan - limit.yuan), value)
            return text + _say(material, f"合规性.{key}", 差=over)
    return text


_PARAGRAPHS = {
    "资金投入情况": investment,
    "资金使用情况": use,
    "资金到位率": arrival,
    "预算执行率": execution,
    "资金使用合规性": compliance,
}
