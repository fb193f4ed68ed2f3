"""The five paragraphs on funds. Each fact stands in one of them: sources, arrival, spending, pace, compliance."""

from __future__ import annotations

from decimal import Decimal

from perfmon_xl.domain.amount import Amount, percent, plain
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.tracing.tracked import clean
from perfmon_xl.report.wording.analyses import gap_limit, work_against_money
from perfmon_xl.report.wording.execution_bands import Band, SpendingPace, denominator, funding
from perfmon_xl.report.wording.fund_income import arrival, investment
from perfmon_xl.report.wording.fund_needs import paid_out
from perfmon_xl.report.wording.fund_reasons import About
from perfmon_xl.report.wording.fund_values import (
    MOST_SOURCES,
    forecast_gap,
    reasons_told,
    say,
    slow_reasons,
    source_name,
    sources_of,
)
from perfmon_xl.report.wording.material import DraftIndicator, Material
from perfmon_xl.report.wording.naming import name_with_amount
from perfmon_xl.report.wording.numbers import Money

_WHOLE = {"调整后预算": "调整后预算数", "年初预算": "年初预算数", "到位数": "到位资金数"}
_FAR_AHEAD = Decimal(10)  # points before the pace of time
_FULL, _YEAR_END = Decimal(1), 12


def fund_drafts(material: Material) -> dict[str, str]:
    """资金说明表的五段：事项 → 一段话。"""
    drafts = {}
    for subject, write in _PARAGRAPHS.items():
        material.speaker.begin()
        drafts[subject] = write(material)
    return drafts


def use(material: Material) -> str:
    """支出多少、用在哪里、谁的钱、年底剩多少；快慢不在这里。"""
    funds = material.funds
    spent, day = funds.spent, material.cutoff_told
    if spent is None:
        return say(material, "使用.没有数", 监控日=day)
    money = Money.of((spent, funds.forecast, funds.adjusted if not spent.yuan else None), material.mark)
    if not spent.yuan:
        kept = funds.arrived if funds.arrived is not None and funds.arrived.yuan else None
        text = say(material, "使用.没有支出", 监控日=day, 到位=money.say(kept, Ref("funds", field="arrived")))
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
        return say(material, "使用.无明细", **values)
    first, item, amount = lines[0]
    note = (
        mark(item.note.strip().rstrip("。"), Ref("spending", first, "note")) if len(item.note) <= 30 else ""
    )
    if len(lines) == 1 and amount == spent:
        used = mark(item.item.strip(), Ref("spending", first, "item"))
        return say(material, "使用.一笔", **values, 用途=used, 备注=note)
    told = [
        name_with_amount(
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
    return say(material, "使用.有明细", **values, 明细="、".join(told))


def _by_source(material: Material, money: Money) -> str:
    known = [(n, f) for n, f in sources_of(material) if f.spent is not None]
    if len(known) < 2 or len(known) > MOST_SOURCES:
        return ""
    listed = "，".join(
        f"{source_name(material, n)}支出{money.say(f.spent, Ref('funding', n, 'spent'))}"
        if f.spent is not None and f.spent.yuan
        else f"{source_name(material, n)}尚未支出"
        for n, f in known
    )
    return say(material, "使用.分来源", 各来源=listed)


def _forecast(material: Material, money: Money) -> str:
    """单位预计的全年支出与预算差多少；有来源没有填的不说。"""
    forecast, budget = material.funds.forecast, material.funds.adjusted
    gap = forecast_gap(material)
    if gap is None or not gap or forecast is None or budget is None:
        return ""
    return say(
        material,
        "使用.年末结余" if gap < 0 and material.whole_year else "使用.将超预算" if gap > 0 else "使用.将结余",
        预计=money.say(forecast, Ref("funds", field="forecast")),
        差=money.say(Amount(abs(gap)), Ref("funds", field="forecast_gap")),
    )


def execution(material: Material) -> str:
    """执行率、与序时差多少、在规则集的哪一档、为什么慢。"""
    funds, rules, mark = material.funds, material.rules, material.mark
    how, day = funding(material), material.cutoff_told
    whole = _WHOLE[rules.funds.denominator.value]
    if how.band is Band.NO_SPENDING_FIGURE:
        return say(material, "执行率.没有支出数", 监控日=day)
    if funds.execution_rate is None:
        name = "本年度预算数" if "预算" in whole else whole
        return say(material, f"执行率.{how.band.value}", 分母=name)
    head = say(
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
        return _with_cause(material, say(material, f"执行率.{key}", **values), "尚未支出", ask=how.slow)
    if how.band is Band.OVERSPENT and funds.spent and funds.adjusted:
        over = Amount(funds.spent.yuan - funds.adjusted.yuan)
        money = Money.of((funds.spent, funds.adjusted), mark)
        return say(
            material, "执行率.超预算", **{**values, "差": money.say(over, Ref("funds", field="overspent"))}
        )
    if funds.execution_rate == _FULL and denominator(material) == (
        funds.adjusted.yuan if funds.adjusted else None
    ):
        if material.cutoff is None or material.cutoff.month == _YEAR_END:
            return say(material, "执行率.年底支完", **values)
        if any(_unfinished(indicator) for indicator in material.indicators):
            return say(material, "执行率.支完", **values)
    advanced = funds.spent is not None and funds.arrived is not None and funds.spent.yuan > funds.arrived.yuan
    key = _pace_key(material, how, advanced=advanced)
    text = say(material, f"执行率.{key}", **values)
    return _with_cause(material, text, "支出滞后", ask=True) if how.slow else text


def _pace_key(material: Material, how: SpendingPace, *, advanced: bool) -> str:
    """同一档里再分：垫付的不叫正常，差得不少的不叫“略”，一年过完了的不比快慢。"""
    if how.band is Band.AHEAD and advanced:
        return "快而垫付"
    if how.band is Band.AHEAD and not _in_step(material):
        return "快而不同步"
    if how.band is not Band.SLIGHTLY_BEHIND:
        return how.band.value
    return "年底略慢" if material.whole_year else "略慢" if how.slight else "慢"


def _in_step(material: Material) -> bool:
    """花得比做得快得多、全年还要超预算的，不叫“正常”。"""
    ahead, over = work_against_money(material), forecast_gap(material)
    gap = funding(material).gap or Decimal(0)
    far = gap > _FAR_AHEAD and ahead is not None and ahead < -gap_limit(material)
    return not far and (over is None or over <= 0)


def _limit(material: Material, limit: Decimal | None, name: str) -> str:
    return material.mark(f"{plain(limit * 100)}%", Ref("rules", field=name)) if limit is not None else ""


def _unfinished(indicator: DraftIndicator) -> bool:
    done = indicator.figures.completion
    return indicator.record.accumulates and done is not None and done < 1


def _with_cause(material: Material, text: str, what: str, *, ask: bool) -> str:
    why = slow_reasons(material)
    done, next_ = reasons_told(material, About.DONE), reasons_told(material, About.PLAN)
    acted = {
        "已做": done if not done or clean(done).startswith("目前") else f"目前{done}",
        "措施": next_
        if not next_ or clean(next_).startswith(("已", "目前", "下一步", "将", "预计"))
        else f"下一步，{next_}",
    }
    if why:
        return text + say(material, "执行率.原因", 原因=why, **acted)
    if paid_out(material):
        return text + say(material, "执行率.受到位制约")
    return text + (say(material, "执行率.缺原因", 什么=what) if ask else "。")


def compliance(material: Material) -> str:
    """数据里看不出合不合规：留给核查的人写；超预算、超到位数的照数说。"""
    funds, text = material.funds, say(material, "合规性.待查", 监控日=material.cutoff_told)
    if funds.spent is None:
        return text
    money = Money.of((funds.spent, funds.adjusted), material.mark)
    for key, limit, value in (
        ("超预算", funds.adjusted, Ref("funds", field="overspent")),
        ("超到位", funds.arrived, Ref("funds", field="advanced")),
    ):
        if limit is not None and funds.spent.yuan > limit.yuan:
            over = money.say(Amount(funds.spent.yuan - limit.yuan), value)
            return text + say(material, f"合规性.{key}", 差=over)
    return text


_PARAGRAPHS = {
    "资金投入情况": investment,
    "资金使用情况": use,
    "资金到位率": arrival,
    "预算执行率": execution,
    "资金使用合规性": compliance,
}
