"""总体结论 and 下一步建议: a verdict that the figures carry, and who does what until the year ends."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, percent
from perfmon_xl.domain.explaining import LIKELIHOODS, likelihood
from perfmon_xl.domain.since_last import trend
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.wording.account import with_marks
from perfmon_xl.report.wording.advice import advice
from perfmon_xl.report.wording.execution_bands import Band, SpendingPace, funding
from perfmon_xl.report.wording.fund_values import forecast_gap, slow_reasons
from perfmon_xl.report.wording.grammar import Values
from perfmon_xl.report.wording.indicator_endings import expected_to_miss, never, perhaps
from perfmon_xl.report.wording.indicator_states import GOOD, LACKING, MISSED, NOT_YET, UNCLEAR, is_cost
from perfmon_xl.report.wording.material import DraftIndicator, Material, is_benefit
from perfmon_xl.report.wording.numbers import Money

_MOST_NAMED = 3
_FEWEST_COMPARED = 2


def conclusion_drafts(material: Material) -> dict[str, str]:
    """结论表的两段：事项 → 一段话。"""
    drafts = {}
    for subject, write in (("总体结论", verdict), ("下一步建议", advice)):
        material.speaker.begin()
        drafts[subject] = write(material)
    return drafts


class _Verdict:
    """总体结论要看的：各状态的指标、资金的档次。"""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.how: SpendingPace = funding(material)
        self.good, self.missed = material.of(*GOOD), material.of(*MISSED)
        self.lacking = material.of(*LACKING, *UNCLEAR)
        self.waiting = material.of(*NOT_YET)
        self.judged = len(self.good) + len(self.missed)
        self.to_miss = expected_to_miss(material)

    def values(self) -> dict[str, str]:
        mark, funds = self.material.mark, self.material.funds
        rate = funds.execution_rate
        over = None
        if self.how.band is Band.OVERSPENT and funds.spent and funds.adjusted:
            over = Amount(funds.spent.yuan - funds.adjusted.yuan)
        money = Money.of((funds.spent, funds.adjusted), mark)
        return {
            "何时": "全年" if self.material.whole_year else "本阶段",
            "个数": self._count(len(self.material.indicators), Ref("counts", field="count")),
            "可判断": self._count(self.judged, Ref("counts", field="judged")),
            "可判断的": self._judged(),
            "达到": self._count(len(self.good), Ref("counts", field="met")),
            "未达到的": self._missed_of_judged(),
            "偏离的": self.material.quoted(self.missed),
            "集中": self._where(),
            "资金": self._funds_told(),
            "执行率": mark(percent(rate), Ref("funds", field="execution_rate")) if rate is not None else "",
            "已执行": ""
            if rate is None
            or self.how.nothing_spent
            or (self.material.whole_year and self.how.band is Band.SLIGHTLY_BEHIND)  # told with the funds
            else mark(percent(rate), Ref("funds", field="execution_rate")),
            "因": self._why(),
            "资金因": slow_reasons(self.material) if self.how.slow else "",
            "超支": money.say(over, Ref("funds", field="overspent")),
            "成本偏离": self._cost_missed(),
            "尚无数": self.material.quoted(self.lacking),
            "推进": "完成" if self.material.whole_year else "推进",
            "预计达不到": self.material.quoted(self.to_miss),
        }

    def _count(self, number: int, value: Ref) -> str:
        return self.material.mark(str(number), value)

    def _judged(self) -> str:
        """几个指标可以判断；全都可以的说“均”。"""
        whole = len(self.material.indicators)
        return self.material.speaker.say(
            "结论.都判断了" if self.judged == whole else "结论.判断了几个",
            {
                "个数": self._count(whole, Ref("counts", field="count")),
                "可判断": self._count(self.judged, Ref("counts", field="judged")),
            },
        )

    def _missed_of_judged(self) -> str:
        """其中几个未达到；一个也没有达到的说“均”。"""
        whole = len(self.missed) == self.judged
        told = {"未达到": self._count(len(self.missed), Ref("counts", field="unmet"))}
        return self.material.speaker.say("结论.均未达到" if whole else "结论.其中未达到", told)

    def _funds_told(self) -> str:
        """资金一句：尚未支出的先说，其余照档次。"""
        how, mark = self.how, self.material.mark
        if how.band in (Band.FACTS, Band.NO_SPENDING_FIGURE, Band.NO_BASE, Band.ZERO_BASE):
            return ""
        values = {
            "月": mark(f"{how.floor_month}月", Ref("rules", field="floor_month")) if how.floor_month else "",
            "底线": mark(f"{how.floor * 100:f}".rstrip("0").rstrip(".") + "%", Ref("rules", field="floor"))
            if how.floor
            else "",
        }
        key = "尚未支出" if how.nothing_spent and how.band is not Band.OVERSPENT else how.band.value
        if key == Band.SLIGHTLY_BEHIND.value:
            rate = self.material.funds.execution_rate
            values["率"] = (
                mark(percent(rate), Ref("funds", field="execution_rate")) if rate is not None else ""
            )
            key = "年底" if self.material.whole_year else key if how.slight else "慢"
        return self.material.speaker.say(f"资金一句.{key}", values)

    def _where(self) -> str:
        """未达到的集中在哪里：三个以内的说名称，多的说类别。"""
        if len(self.missed) <= _MOST_NAMED:
            return f"集中在{self.material.quoted(self.missed)}"
        groups = Counter(indicator.group for indicator in self.missed)
        most = [name for name, n in groups.most_common(2) if n > 1]
        if sum(groups[name] for name in most) * 2 > len(self.missed):
            return f"集中在{'、'.join(most)}"
        return f"涉及{'、'.join(dict.fromkeys(self._level(one) for one in self.missed))}"

    def _level(self, indicator: DraftIndicator) -> str:
        top = indicator.record.top_level
        return top.value.removesuffix("指标") if top else indicator.group

    def _why(self) -> str:
        """只有一个未达到的，说原因。"""
        if len(self.missed) != 1:
            return ""
        indicator = self.missed[0]
        return with_marks(indicator.account.causes, self.material.marking(indicator))

    def _cost_missed(self) -> str:
        return self.material.quoted([indicator for indicator in self.missed if _is_cost(indicator)])


def _is_cost(indicator: DraftIndicator) -> bool:
    return is_cost(indicator.record)


def verdict(material: Material) -> str:
    """一句判断和它的两个根据（资金、目标），填了可能性的再说展望。"""
    seen = _Verdict(material)
    if not material.indicators or all(indicator.record.actual.is_blank for indicator in material.indicators):
        return material.speaker.say("结论.没有数据", {})
    values = seen.values()
    text = material.speaker.say(f"结论.{_conclusion_key(seen)}", values)
    return text + _since_last(material) + _outlook(seen)


def _since_last(material: Material) -> str:
    """上期实际带来了的：多了的、没有变的、少了的各几个。可比的只有一个的，它自己那一段里说过了。"""
    found = trend(indicator.record for indicator in material.indicators)
    if found.known < _FEWEST_COMPARED:
        return ""
    parts = {"增加": (found.more, "more"), "不变": (found.same, "same"), "减少": (found.less, "less")}
    told = {
        name: material.mark(str(number), Ref("counts", field=f"since_last_{field}")) if number else ""
        for name, (number, field) in parts.items()
    }
    return material.speaker.say("结论.与上期相比", told)


def _conclusion_key(seen: _Verdict) -> str:
    how, missed = seen.how, seen.missed
    if how.band is Band.OVERSPENT:
        work = [indicator for indicator in missed if not _is_cost(indicator)]
        return "超支而任务落后" if work else "超支"
    if not seen.judged:
        return "都不能判断"
    if not missed:
        if how.slow:
            return "只有资金滞后" if how.severe else "只有资金慢"
        if seen.lacking:
            return "尚无数据"
        if seen.to_miss:
            return "预计达不到"
        return "已到期的都好" if seen.waiting else "都好"
    share = Decimal(len(missed)) / seen.judged
    bands = seen.material.rules.verdict
    if share > bands.mostly_above or (share > bands.partly_above and how.severe):
        return "总体偏离"
    if share > bands.partly_above:
        return "部分偏离"
    return "个别偏离而资金慢" if how.slow else "个别偏离"


def _outlook(seen: _Verdict) -> str:
    """单位自己的预计和填的可能性：完成不了的、达不到的、有可能的一个不漏，都能的说一句；没有填的不说。"""
    material = seen.material
    if material.whole_year:
        return ""
    lost = [indicator for indicator in seen.to_miss if never(indicator)]
    short = [indicator for indicator in seen.to_miss if indicator not in lost]
    hoped = [indicator for indicator in seen.missed if perhaps(indicator) and indicator not in seen.to_miss]
    texts = []

    def say(key: str, names: list[DraftIndicator]) -> None:
        texts.append(material.speaker.say(f"结论展望.{key}", {"名": material.quoted(names)}))

    if lost:
        say("不可能" if any(not is_benefit(one.record) for one in lost) else "效果不可能", lost)
    if short and _conclusion_key(seen) != "预计达不到":
        say("达不到", short)
    if hoped:
        say("有可能" if all(one.plan for one in hoped) else "有可能无措施", hoped)
    over = forecast_gap(material)
    if over is not None and over > 0 and seen.how.band is not Band.OVERSPENT:
        texts.append(material.speaker.say("结论展望.将超预算", {}))
    told = {indicator.at: likelihood(indicator.record.likelihood) for indicator in material.indicators}
    filled: Values = {str(at): word for at, word in told.items() if word}
    if not texts and filled and len(filled) == len(told) and set(filled.values()) == {LIKELIHOODS[0]}:
        calm = not seen.missed and not seen.lacking and not seen.how.slow
        return material.speaker.say("结论展望.确定能" if calm else "结论展望.单位说确定能", {})
    return "".join(texts)
