"""The values of an indicator as its sentences use them, each marked with where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any

from perfmon_xl.domain.amount import half_up, percent
from perfmon_xl.domain.target import Kind, TargetValue, scale
from perfmon_xl.report.wording.chinese import arabic_date
from perfmon_xl.report.wording.grammar import words
from perfmon_xl.report.wording.indicator_states import (
    Shape,
)
from perfmon_xl.report.wording.indicator_words import (
    REACHES,
    event_of,
    is_counted,
    joining,
    verb,
    yes_no_parts,
)
from perfmon_xl.report.wording.material import DraftIndicator, Material, is_benefit
from perfmon_xl.report.wording.naming import quoted
from perfmon_xl.report.wording.numbers import difference, in_unit_of, is_rate, target_phrase


class IndicatorValues:
    """一个指标的各个值；first 是一类里的第一个，说一次截至哪天。"""

    def __init__(self, material: Material, indicator: DraftIndicator, first: bool) -> None:
        self.material, self.one, self.record = material, indicator, indicator.record
        self.figures = indicator.figures
        self.goal_field = "stage" if not indicator.record.stage.is_blank else "annual"
        self.goal: TargetValue = getattr(indicator.record, self.goal_field)
        self.lead = f"截至{material.cutoff_told}" if first and material.cutoff else ""

    def mark(self, text: str, field: str, how: str = "") -> str:
        return self.material.mark(text, self.one.ref.at(field, how)) if text else ""

    def typed(self, field: str) -> str:
        """填的数，不带比较符；同是金额而单位不同的，换成目标的单位。"""
        value: TargetValue = getattr(self.record, field)
        if value.is_blank:
            return ""
        return self.mark(in_unit_of(value, self.goal), field, "数")

    def told_of(self, field: str) -> str:
        return self.mark(target_phrase(getattr(self.record, field)), field, "说")

    def raw(self, field: str) -> str:
        return self.mark(getattr(self.record, field).raw.strip(), field, "原样")

    def gap(self, field: str) -> str:
        """实际与目标差多少，带单位，不带正负号；field 是与哪个目标比。"""
        size = self.size(field)
        goal: TargetValue = getattr(self.record, field)
        if size is None:
            return ""
        grouped = "," in goal.raw or "," in self.record.actual.raw
        return self.mark(difference(size, goal.unit, grouped=grouped), "gap", field)

    def size(self, field: str) -> Decimal | None:
        """实际减目标，目标的单位；区间的是到较近一端。"""
        actual, goal = self.record.actual, getattr(self.record, field)
        mine, other = actual.base(), goal.base()
        if mine is None or other is None or mine[1] != other[1]:
            return None
        value, bound = mine[0], other[0]
        if goal.kind is Kind.RANGE:
            high = goal.base_upper()
            bound = min(max(value, bound), high if high is not None else value)
        return half_up((value - bound) / scale(goal.unit), 4)

    @property
    def completed(self) -> str:
        done = self.figures.completion
        return "" if done is None else self.mark(percent(done), "completion")

    @property
    def share_of_cap(self) -> str:
        """用了上限的多少；正好用足的不说。"""
        return "" if self.figures.completion == 1 else self.completed

    def say(self, key: str, **more: str) -> str:
        values = self.values.with_(more) if more else self.values
        return self.material.speaker.say(key, values, self.one.record.name)

    @cached_property
    def values(self) -> _Values:
        return _Values(self)

    @property
    def unit(self) -> str:
        return self.record.actual.unit or self.goal.unit

    def finished(self) -> str:
        """“已全部改造”；人数一类说“已达”的，没有“已全部达”。"""
        act = verb(self.record.name, self.unit)
        return act if len(act) > 1 else ""

    def actual_verb(self) -> str:
        """“实际改造60间”；没有动词的说“实际为60台”。"""
        act = verb(self.record.name, self.unit)
        return "为" if act == REACHES else act

    def same_as_year(self) -> bool:
        return self.record.stage.is_blank or self.record.stage.base() == self.record.annual.base()

    def day(self, field: str) -> str:
        value: TargetValue = getattr(self.record, field)
        return self.mark(arabic_date(value.day), field, "日") if value.day else self.raw(field)

    def deadline(self, field: str) -> str:
        """时限，不带“前”“完成”。"""
        value: TargetValue = getattr(self.record, field)
        text = value.raw.strip()
        for ending in ("完成", "之前", "以前", "前"):
            text = text.removesuffix(ending)
        return self.mark(arabic_date(value.day) if value.day else text, field, "日" if value.day else "时限")

    def verdict(self) -> str:
        """名称和结果合成一句：老人基本生活得到有效保障、规范化水平有所提升。"""
        name, actual = self.one.name, self.record.actual.raw.strip()
        result = self.raw("actual")
        if self.is_graded():
            return f"{self.material.named(self.one)}的预期目标已经实现"
        subject = self.material.named(self.one)
        for ending in (word + tail for word in (actual, actual[-2:]) for tail in words()["程度的尾巴"]):
            if len(actual) >= 2 and name.endswith(ending) and name != ending:
                subject = self.mark(name.removesuffix(ending), "name", "主语")
                break
        return f"{subject}{joining(actual)}{result}"

    def is_graded(self) -> bool:
        """填的是规则集分档里的词（“达成预期指标”），本身就是判断。"""
        return bool(self.material.rules.indicators.grade(self.record.actual.raw.strip()))

    def subject_told(self) -> str:
        """名称去掉“情况”“结果”一类的尾巴：事实里有了它，就不用再说一遍。"""
        name = self.one.name
        for ending in words()["程度的尾巴"]:
            if ending and name.endswith(ending) and len(name) > len(ending) + 3:
                return name.removesuffix(ending)
        return name

    def gap_told(self) -> str:
        """问题里说差多少：日期是几天；成本超过全年控制数的，与全年比。"""
        if self.one.shape is Shape.DATE:
            return self.days_late()
        over_year = self.one.shape is Shape.COST and (self.size("annual") or 0) > 0
        return self.gap("annual" if over_year else self.goal_field)

    def ceiling_told(self) -> str:
        """超过的是哪个控制数：单价的、全年的、本阶段的。"""
        if self.same_as_year():
            return "控制数"
        return "全年控制数" if (self.size("annual") or 0) > 0 else "本阶段控制数"

    def days_late(self) -> str:
        """比时限晚几天；算不出的是空。"""
        if self.record.actual.day is None or self.goal.day is None:
            return ""
        days = (self.record.actual.day - self.goal.day).days
        return self.mark(f"{days}天", "gap", self.goal_field)


_BY_NAME: Mapping[str, Callable[[IndicatorValues], str]] = {
    "名": lambda its: its.material.named(its.one),
    "截至": lambda its: its.lead,
    "监控日": lambda its: its.material.cutoff_told,
    "动词": lambda its: verb(its.record.name, its.unit),
    "实际动词": lambda its: its.actual_verb(),
    "实为": lambda its: "为" if is_benefit(its.record) else "完成",
    "做完": lambda its: its.finished(),
    "实际": lambda its: its.typed("actual"),
    "阶段": lambda its: its.typed("stage"),
    "全年": lambda its: its.typed("annual"),
    "目标": lambda its: its.typed(its.goal_field),
    "差": lambda its: its.gap(its.goal_field),
    "率": lambda its: its.completed,
    "称": lambda its: "目标值" if its.same_as_year() else "本阶段目标值",
    "何时": lambda its: "本阶段" if its.goal_field == "stage" and not its.material.whole_year else "全年",
    "原样": lambda its: its.raw("actual"),
    "目标原样": lambda its: its.raw(its.goal_field),
    "目标说": lambda its: its.told_of(its.goal_field),
    "全年说": lambda its: its.told_of("annual"),
    "比率或数量": lambda its: "比率" if is_rate(its.goal) else "数量",
    "单位": lambda its: its.goal.unit,
}


class _Values(dict[str, str]):
    """一个指标的各个值，按名称；一句话只用到几个，用到才算，算一遍。"""

    def __init__(self, its: IndicatorValues, known: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(known)
        self._its = its

    def __missing__(self, name: str) -> str:
        whole = self._its.values
        text = self[name] = _BY_NAME[name](self._its) if whole is self else whole[name]
        return text

    def get(self, name: str, default: Any = "") -> Any:
        return self[name] if name in self or name in _BY_NAME else default

    def with_(self, more: Mapping[str, str]) -> _Values:
        """另外几个值也有的。"""
        return _Values(self._its, {**self, **more})

    def all(self) -> dict[str, str]:
        return {**{name: self[name] for name in _BY_NAME}, **self}


def problem_values(material: Material, indicator: DraftIndicator) -> dict[str, str]:
    """写问题要用的值：名称加引号，实际、应完成、差多少、上限、时限。"""
    told = IndicatorValues(material, indicator, first=False)
    values = told.values.all()
    event = event_of(indicator.name)
    matter, act = yes_no_parts(indicator.name)
    size = told.size(told.goal_field)
    return {
        **values,
        "名": quoted([material.named(indicator)]),
        "上限": values["目标"],
        "事": event if indicator.shape is Shape.ZERO else matter,
        "做": act or "做到",
        "时限": told.deadline(told.goal_field),
        "差": told.gap_told(),
        "控制数": told.ceiling_told(),
        "高低": "高于" if size is not None and size > 0 else "低于",
        "多少": _against(size, counted=is_counted(told.goal.unit)),
        "仍": "" if indicator.record.actual.day else "，仍未完成",
    }


def _against(size: Decimal | None, *, counted: bool) -> str:
    """实际比目标怎样：所、户、亩说多、少，别的说高、低。"""
    above = size is not None and size > 0
    return ("多" if above else "少") if counted else ("高" if above else "低")


def left_of_year(indicator: DraftIndicator) -> str:
    """离全年目标还差多少，带单位；不是数量的、已经达到的是空。"""
    actual, annual = indicator.record.actual.base(), indicator.record.annual.base()
    if (
        indicator.shape not in (Shape.COUNT, Shape.EQUAL)
        or actual is None
        or annual is None
        or actual[1] != annual[1]
    ):
        return ""
    left = (annual[0] - actual[0]) / scale(indicator.record.annual.unit)
    grouped = "," in indicator.record.annual.raw
    return difference(left, indicator.record.annual.unit, grouped=grouped) if left > 0 else ""
