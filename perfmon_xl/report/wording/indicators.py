"""One paragraph an indicator: its kind and state choose the pattern, the record gives the values."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import ClassVar

from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.target import Comparator
from perfmon_xl.report.tracing.tracked import clean
from perfmon_xl.report.wording.account import with_marks
from perfmon_xl.report.wording.evidence import evidence, is_underway, progress_told
from perfmon_xl.report.wording.grammar import Speaker
from perfmon_xl.report.wording.indicator_endings import (
    outlook,
    remember_cause,
    since_last,
    tail,
)
from perfmon_xl.report.wording.indicator_states import (
    GOOD,
    MISSED,
    DraftState,
    Shape,
    is_unit_price,
    told_later,
)
from perfmon_xl.report.wording.indicator_values import IndicatorValues
from perfmon_xl.report.wording.indicator_words import (
    act_of_date,
    counts_events,
    event_of,
    is_counted,
    measure_word,
    missing_words,
    verb,
    verb_of,
    yes_no_parts,
)
from perfmon_xl.report.wording.material import DraftIndicator, Material, is_benefit, same_name
from perfmon_xl.report.wording.numbers import ends, is_rate


def indicator_drafts(material: Material) -> dict[str, str]:
    """各指标的分析，先后照报告：名称 → 一段话。"""
    drafts: dict[str, str] = {}
    group = ""
    causes: dict[str, str] = {}
    for indicator in material.indicators:
        material.speaker.begin()
        drafts[indicator.record.name] = paragraph(material, indicator, causes, first=indicator.group != group)
        group = indicator.group
    return drafts


def retold(figures: Figures, name: str, turn: int) -> list[str]:
    """叫这个名称的指标的一段（几个写法不一样的，各一段），各句都用第几种说法。"""
    material = Material(figures=figures, speaker=Speaker(turn))
    group = ""
    causes: dict[str, str] = {}
    found: dict[str, str] = {}
    for indicator in material.indicators:
        if same_name(indicator.record.name, name):
            found[indicator.record.name] = paragraph(
                material, indicator, dict(causes), first=indicator.group != group
            )
        group = indicator.group
        if _has_tail(indicator):
            remember_cause(indicator, causes)
    return list(found.values())


def paragraph(
    material: Material, indicator: DraftIndicator, causes: dict[str, str], *, first: bool = False
) -> str:
    """一个指标的一段：目标、实际、差多少、判断，未达到的接着说原因和措施，填了展望的再说展望。

    causes 是前面的指标说过的原因，相同的不再抄一遍；first 是一类里的第一个，说一次截至哪天。
    """
    text = _Sentences(material, indicator, first).head()
    if _has_tail(indicator):
        text += tail(material, indicator, causes)
    elif not text.endswith("。"):
        text += "。"
    if indicator.state is DraftState.NO_DATA and indicator.cause:
        text += material.speaker.say(
            "尾.单位的说明", {"原因": with_marks(indicator.account.causes, material.marking(indicator))}
        )
    if indicator.state in (*GOOD, *MISSED):
        text += since_last(material, indicator) + outlook(material, indicator)
    return text


def _has_tail(indicator: DraftIndicator) -> bool:
    """后面要说原因和措施的。"""
    return indicator.state in MISSED or indicator.state is DraftState.EXCEEDED or _above(indicator)


def _above(indicator: DraftIndicator) -> bool:
    return indicator.shape is Shape.RANGE and indicator.state is DraftState.MISSED


class _Sentences(IndicatorValues):
    """一个指标的一句话，一种目标一个写法。"""

    def head(self) -> str:
        state = self.one.state
        if state in GOOD or state in MISSED:
            return self._BY_SHAPE[self.one.shape](self)
        return self._unknown()

    def _count(self) -> str:
        state = self.one.state
        if self.material.whole_year:
            return self._count_of_the_year()
        if state is DraftState.EXCEEDED:
            return self.say("数量.大幅超过").removesuffix("。")
        if state is DraftState.NOT_STARTED:
            if is_benefit(self.record):
                return self.say("数量.为零")
            begun = is_underway(self.material, self.one)
            return self.say("数量.没有完成数" if begun else "数量.没有开始")
        if self.record.stage.is_blank:
            if state is DraftState.REACHED:
                return self.say("数量.达到全年")
            return self.say("数量.全年未达到", 差=self.gap("annual"))
        if state is not DraftState.REACHED:
            return self.say(f"数量.{state.value}")
        size = self.size("stage")
        if self.same_as_year():  # the same all year round: kept, not finished early
            return self.say("数量.全年如一" if size else "数量.全年一致", 差=self.gap("annual"))
        if (self.figures.completion or 0) >= 1:
            return self.say("数量.达到全年")
        if self.one.status.ahead and size:
            return self.say("数量.快于计划", 程度=self._how_much_ahead())
        return self.say("数量.达到" if size else "数量.持平")

    def _count_of_the_year(self) -> str:
        """一年过完了，只与全年目标比，没有“提前”。"""
        state, size = self.one.state, self.size("annual")
        if state is DraftState.EXCEEDED:
            return self.say("年终数量.大幅超过").removesuffix("。")
        if state is DraftState.NOT_STARTED:
            return self.say("数量.全年为零" if is_benefit(self.record) else "年终数量.没有开始")
        if state is DraftState.REACHED:
            return self.say("年终数量.达到" if size else "年终数量.持平", 差=self.gap("annual"))
        return self.say("年终数量.未达到", 差=self.gap("annual"))

    def _how_much_ahead(self) -> str:
        """快得多的才说“明显”：实际到了应完成的一倍半。"""
        pair = self.record.actual.base(), self.record.stage.base()
        if pair[0] is None or pair[1] is None or pair[1][0] <= 0:
            return ""
        return "明显" if pair[0][0] >= pair[1][0] * Decimal("1.5") else ""

    def _equal(self) -> str:
        state, annual, actual = self.one.state, self.record.annual, self.record.actual
        if state is DraftState.EXCEEDED:
            return self.say("等于.超出", 差=self.gap("annual"))
        if state is DraftState.REACHED:
            if annual.base() == actual.base():
                whole = not self.same_as_year() or self.record.stage.is_blank or self.material.whole_year
                key = "达到全年" if whole else "保持"
                return self.say(f"等于.{key}", 量=measure_word(annual.unit))
            return self.say("等于.达到阶段" if self.size("stage") else "等于.正好")
        return self._count()

    def _level(self) -> str:
        """不累加的数：单价、系数、平均数、面积，与目标值比高低，没有完成率。"""
        size = self.size(self.goal_field)
        if self.one.state in GOOD:
            if self.goal.comparator is Comparator.EQUAL:
                return self.say("水平.一致")
            return self._level_said("达到" if size else "持平")
        return self._level_said("高于" if size is not None and size > 0 else "未达到")

    def _level_said(self, how: str) -> str:
        """所、户、亩比多少，有动词的说做了多少；单价、系数比高低。"""
        if how == "持平" or not is_counted(self.goal.unit):
            return self.say("水平.高于" if how == "高于" else f"比率.{how}")
        act = "" if is_benefit(self.record) else verb_of(self.record.name, self.goal.unit)
        subject = f"已{act}" if act else f"{self.material.named(self.one)}为"
        return self.say(f"水平.数{'多于' if how == '高于' else how}", 主语=subject)

    def _rate(self) -> str:
        state = self.one.state
        if state is DraftState.REACHED:
            if self.record.actual.number == 100 and self.record.actual.unit in ("%", "％"):
                return self.say("比率.满额")
            return self.say("比率.达到" if self.size(self.goal_field) else "比率.持平")
        return self.say(f"比率.{state.value}")

    def _cap(self) -> str:
        ceiling = self.typed(self.goal_field)
        if self.one.state in GOOD:
            return self.say("上限.达到" if self.size(self.goal_field) else "上限.持平", 上限=ceiling)
        return self.say("上限.未达到", 上限=ceiling)

    def _cost(self) -> str:
        price = is_unit_price(self.record.annual) or "单" in self.record.name or "均" in self.record.name
        share = self.completed if self.same_as_year() or not price else ""
        if self.one.state in GOOD:
            if self.size(self.goal_field) == 0:
                return self.say("成本.持平", 上限=self.typed(self.goal_field))
            if price or self.same_as_year():
                return self.say(
                    "成本.达到", 上限=self.typed(self.goal_field), 比=self.share_of_cap if price else ""
                )
            return self.say("成本.累计", 上限="", 比=share)
        if price:
            return self.say("成本.单价超过", 上限=self.typed(self.goal_field))
        over_year = self.size("annual")
        if over_year is not None and over_year > 0:
            return self.say("成本.超过全年", 上限=self.typed("annual"), 差=self.gap("annual"))
        if self.record.stage.is_blank or over_year is None:
            return self.say("上限.未达到", 上限=self.typed(self.goal_field))
        return self.say("成本.超过阶段")

    def _range(self) -> str:
        low, high = ends(self.goal)
        size = self.size(self.goal_field) or Decimal(0)
        stage = self.goal_field == "stage" and not self.same_as_year()
        counted = stage or verb_of(self.record.name, self.goal.unit) != ""
        values = {
            "主语": f"已{verb(self.record.name, self.goal.unit)}"
            if counted
            else self.material.named(self.one),
            "下限": self.mark(low, self.goal_field, "下限"),
            "下限单位": self.mark(low + self.goal.unit, self.goal_field, "下限单位"),
            "区间上限": self.mark(high, self.goal_field, "上限"),
            "少": "少" if counted else "低",
            "符合": "计划" if counted else "要求",
            "何时": "本阶段应完成" if stage else "",
            "何时目标": "本阶段目标" if self.goal_field == "stage" else "全年目标",
        }
        key = "达到" if self.one.state in GOOD else ("低于" if size < 0 else "高于")
        return self.say(f"区间.{key}", **values)

    def _date(self) -> str:
        actual, goal = self.record.actual, self.goal
        values = {
            "时限": self.deadline(self.goal_field),
            "实际": self.day("actual"),
            "做法": act_of_date(self.record.name),
        }
        if actual.day is None or goal.day is None:
            return self.say("日期.达到" if self.one.state in GOOD else "日期.未达到", **values)
        if self.one.state in GOOD:
            return self.say("日期.当天" if actual.day == goal.day else "日期.提前", **values)
        return self.say("日期.晚", **values, 差=self.days_late())

    def _words(self) -> str:
        state = self.one.state
        if state is DraftState.PARTLY:
            return self.say("定性.部分达成")
        if state is DraftState.MISSED:
            return self.say("定性.未达到")
        verdict, graded = self.verdict(), self.is_graded()
        fact = evidence(self.material, self.one)
        if fact is None:
            return self.say("定性.已实现无事实" if graded else "定性.达到无事实", 结论=verdict)
        if not fact.finished:
            return self.say("定性.尚未全部实现", 事实=fact.text, 结论=verdict)
        if graded:
            return self.say("定性.目标已实现", 事实=fact.text)
        told = self.subject_told() in clean(fact.text)
        return self.say("定性.事实已说明" if told else "定性.达到有事实", 事实=fact.text, 结论=verdict)

    def _yes_no(self) -> str:
        met = self.one.state in GOOD
        matter, act = yes_no_parts(self.one.name)
        thing = self.mark(matter, "name", "事")
        if act:
            return self.say("是否.是" if met else "是否.否", 事=thing, 做=act)
        return self.say("是否.有" if met else "是否.没有", 事=thing)

    def _zero(self) -> str:
        good = self.one.state in GOOD
        if not counts_events(self.one.name, self.goal.unit) or (is_rate(self.goal) and not good):
            return self.say("零事件.为零" if good else "零事件.不为零")
        event = self.mark(event_of(self.one.name), "name", "事")
        return self.say("零事件.没有发生" if good else "零事件.发生", 事=event)

    def _unclear(self) -> str:
        return self.say("各类.目标不明")

    _BY_SHAPE: ClassVar[dict[Shape, Callable[[_Sentences], str]]] = {
        Shape.COUNT: _count,
        Shape.EQUAL: _equal,
        Shape.LEVEL: _level,
        Shape.RATE: _rate,
        Shape.CAP: _cap,
        Shape.COST: _cost,
        Shape.RANGE: _range,
        Shape.DATE: _date,
        Shape.WORDS: _words,
        Shape.YES_NO: _yes_no,
        Shape.ZERO: _zero,
        Shape.UNCLEAR: _unclear,
    }

    def _unknown(self) -> str:
        state, shape = self.one.state, self.one.shape
        if shape is Shape.DATE and state is DraftState.NOT_DUE:
            now = progress_told(self.material, self.one)
            act = act_of_date(self.record.name)
            return self.say("日期.未到期", 时限=self.deadline(self.goal_field), 进展=now, 做法=act)
        if shape is Shape.DATE and state is DraftState.NO_DATA:
            act = act_of_date(self.record.name)
            key = "日期.过期有说明" if self.one.cause else "日期.过期无数"
            return self.say(key, 时限=self.deadline(self.goal_field), 做法=act)
        if state is DraftState.NOT_DUE and told_later(self.record.reason, self.material.cutoff):
            when = self.record.reason.strip().rstrip("。；;，, ")
            return self.say("各类.以后统计", 何时统计=self.mark(when, "reason", "原因"))
        if state is DraftState.NOT_DUE:
            return self.say("各类.年底考核", 全年说=self.told_of("annual") or self.told_of("stage"))
        if state is DraftState.NO_DATA and shape in (Shape.WORDS, Shape.YES_NO):
            return self.say("各类.定性到期无数")
        more = {}
        if state in (DraftState.NO_DATA, DraftState.COPIED):
            more = missing_words(
                "无数" if state is DraftState.NO_DATA else "抄要求", self.record.name + self.one.group
            )
        return self.say(f"各类.{state.value}", **more)
