"""An indicator in a few words, for lists of what is good and what is not."""

from __future__ import annotations

from perfmon_xl.report.wording.evidence import is_underway
from perfmon_xl.report.wording.indicator_states import (
    GOOD,
    DraftState,
    Shape,
)
from perfmon_xl.report.wording.indicator_values import IndicatorValues
from perfmon_xl.report.wording.indicator_words import (
    counts_events,
    event_of,
    is_counted,
    missing_words,
    yes_no_parts,
)
from perfmon_xl.report.wording.material import DraftIndicator, Material, is_benefit
from perfmon_xl.report.wording.numbers import is_rate


class _Brief(IndicatorValues):
    """一个指标的短话。"""

    def brief(self) -> str:
        return (self._brief_good if self.one.state in GOOD else self._brief_missed)()

    def _short(self, key: str, **more: str) -> str:
        return self.say(f"短话.{key}", **more)

    def _brief_good(self) -> str:
        shape, record = self.one.shape, self.record
        if shape in (Shape.COUNT, Shape.EQUAL):
            if self.one.state is DraftState.EXCEEDED:
                return self._short("超出")
            return self._short("数量", 名=self._counted_name())
        if shape is Shape.LEVEL:
            return self._short("达到")
        if shape is Shape.RATE:
            whole = record.actual.number == 100 and record.actual.unit == "%"
            return self._short("满额" if whole else "达到")
        if shape is Shape.WORDS:
            return self._short("定性", 结论=self.verdict())
        if shape is Shape.YES_NO:
            matter, act = yes_no_parts(self.one.name)
            return self._short("是否" if act else "有", 事=self.mark(matter, "name", "事"), 做=act)
        if shape is Shape.ZERO:
            if not counts_events(self.one.name, self.goal.unit):
                return self._short("为零")
            return self._short("零事件", 事=self.mark(event_of(self.one.name), "name", "事"))
        return self._short({Shape.CAP: "控制", Shape.COST: "控制", Shape.DATE: "日期"}.get(shape, "达到"))

    def _counted_name(self) -> str:
        """名称后面直接写数：末尾就是单位的去掉单位，“服务读者人次”写“服务读者”。"""
        name, unit = self.one.name, self.record.actual.unit
        bare = unit.lstrip("百千万亿")
        if bare and name.endswith(bare) and len(name) > len(bare) + 1:
            return self.mark(name.removesuffix(bare), "name", "不带单位")
        return self.material.named(self.one)

    def _brief_missed(self) -> str:
        shape, state = self.one.shape, self.one.state
        if state is DraftState.NOT_STARTED:
            begun = is_underway(self.material, self.one)
            return self._short("为零" if is_benefit(self.record) else "没有完成数" if begun else "没有开始")
        if state is DraftState.PARTLY:
            return self._short("部分实现")
        if shape is Shape.ZERO:
            if not counts_events(self.one.name, self.goal.unit) or is_rate(self.goal):
                return self._short("不为零")
            return self._short("发生", 事=self.mark(event_of(self.one.name), "name", "事"))
        if shape is Shape.YES_NO:
            matter, act = yes_no_parts(self.one.name)
            return self._short("没有做", 事=self.mark(matter, "name", "事"), 做=act or "做到")
        size = self.size(self.goal_field)
        if shape is Shape.DATE and self.days_late():
            return self._short("晚", 差=self.days_late())
        if shape in (Shape.WORDS, Shape.YES_NO, Shape.DATE) or size is None:
            return self._short("没有实现")
        if shape is Shape.COST and (self.size("annual") or 0) > 0:
            return self._short("高", 差=self.gap("annual"))
        counted = shape is Shape.LEVEL and is_counted(self.goal.unit)
        if shape is Shape.LEVEL and size > 0:
            return self._short("数多" if counted else "高于目标")
        if shape in (Shape.CAP, Shape.COST) or size > 0:
            return self._short("高")
        return self._short("低" if shape in (Shape.RATE, Shape.LEVEL) and not counted else "少")

    def brief_unknown(self, names: str = "") -> str:
        state, more = self.one.state, {"名": names} if names else {}
        if state is DraftState.NO_DATA:
            about = self.record.name + self.one.group
            in_words = self.one.shape in (Shape.WORDS, Shape.YES_NO)
            lacking = {"何物": "数据"} if names else missing_words("无数", about)
            lacking |= {"何物": "评定结果"} if in_words and not names else {}
            return self._short("到期无数", **more, **lacking)
        known = {
            DraftState.COPIED: "抄了要求",
            DraftState.NO_GRADES: "没有分档",
            DraftState.INCOMPARABLE: "写法不能比",
        }
        return self._short(known.get(state, "不能比"), **more)


def brief(material: Material, indicator: DraftIndicator) -> str:
    """一个判断得了的指标的一句短话，不带句号。"""
    return _Brief(material, indicator, first=False).brief()


def brief_unknown(material: Material, indicator: DraftIndicator, names: str = "") -> str:
    """一个判断不了的指标为什么判断不了，一句短话；names 是同样情形的几个指标的名称。"""
    return _Brief(material, indicator, first=False).brief_unknown(names)
