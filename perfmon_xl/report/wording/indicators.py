"""One paragraph an indicator: its kind and state choose the pattern, the record gives the values."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import ClassVar

from perfmon_xl.domain.amount import half_up, percent
from perfmon_xl.domain.target import Kind, TargetValue, scale
from perfmon_xl.report.wording.chinese import arabic_date
from perfmon_xl.report.wording.evidence import evidence, progress_told
from perfmon_xl.report.wording.grammar import words
from perfmon_xl.report.wording.material import Indicator, Material
from perfmon_xl.report.wording.numbers import difference, ends, in_unit_of, is_rate, told
from perfmon_xl.report.wording.states import (
    GOOD,
    MISSED,
    Shape,
    State,
    is_unit_price,
)
from perfmon_xl.report.wording.tails import outlook, since_last, tail

_ENDED = ("。", "】")


def indicator_drafts(material: Material) -> dict[str, str]:
    """各指标的分析，先后照报告：名称 → 一段话。"""
    found: dict[str, str] = {}
    group = ""
    causes: dict[str, str] = {}
    for one in material.indicators:
        material.speaker.begin()
        found[one.record.name] = paragraph(material, one, causes, first=one.group != group)
        group = one.group
    return found


def paragraph(material: Material, one: Indicator, causes: dict[str, str], *, first: bool = False) -> str:
    """一个指标的一段：目标、实际、差多少、判断，未达到的接着说原因和措施，填了展望的再说展望。

    causes 是前面的指标说过的原因，相同的不再抄一遍；first 是一类里的第一个，说一次截至哪天。
    """
    text = _Told(material, one, first).head()
    if one.state in MISSED or one.state is State.EXCEEDED or _above(one):
        text += tail(material, one, causes)
    elif not text.endswith("。"):
        text += "。"
    if one.state in (*GOOD, *MISSED):
        text += since_last(material, one) + outlook(material, one)
    return text


def _above(one: Indicator) -> bool:
    return one.shape is Shape.RANGE and one.state is State.MISSED


class _Told:
    """一个指标的各个值，和它们合成的一句话。"""

    def __init__(self, material: Material, one: Indicator, first: bool) -> None:
        self.material, self.one, self.record = material, one, one.record
        self.figures = one.figures
        self.goal_field = "stage" if not one.record.stage.is_blank else "annual"
        self.goal: TargetValue = getattr(one.record, self.goal_field)
        self.lead = f"截至{material.cutoff_told}" if first and material.cutoff else ""

    # --- 值 ---

    def _mark(self, text: str, field: str, how: str = "") -> str:
        return self.material.mark(text, self.one.ref.at(field, how)) if text else ""

    def _typed(self, field: str) -> str:
        """填的数，不带比较符；同是金额而单位不同的，换成目标的单位。"""
        value: TargetValue = getattr(self.record, field)
        if value.is_blank:
            return ""
        return self._mark(in_unit_of(value, self.goal), field, "数")

    def _told(self, field: str) -> str:
        return self._mark(told(getattr(self.record, field)), field, "说")

    def _raw(self, field: str) -> str:
        return self._mark(getattr(self.record, field).raw.strip(), field, "原样")

    def gap(self, field: str) -> str:
        """实际与目标差多少，带单位，不带正负号；field 是与哪个目标比。"""
        size = self._size(field)
        goal: TargetValue = getattr(self.record, field)
        return "" if size is None else self._mark(difference(size, goal.unit), "gap", field)

    def _size(self, field: str) -> Decimal | None:
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
    def _completed(self) -> str:
        done = self.figures.completion
        return "" if done is None else self._mark(percent(done), "completion")

    @property
    def _share_of_cap(self) -> str:
        """用了上限的多少；正好用足的不说。"""
        return "" if self.figures.completion == 1 else self._completed

    # --- 一句话 ---

    def say(self, key: str, **more: str) -> str:
        return self.material.speaker.say(key, {**self._values(), **more}, self.one.record.name)

    def _values(self) -> dict[str, str]:
        unit = self.record.actual.unit or self.goal.unit
        return {
            "名": self.material.named(self.one),
            "截至": self.lead,
            "监控日": self.material.cutoff_told,
            "动词": verb(self.record.name, unit),
            "实际": self._typed("actual"),
            "阶段": self._typed("stage"),
            "全年": self._typed("annual"),
            "目标": self._typed(self.goal_field),
            "差": self.gap(self.goal_field),
            "率": self._completed,
            "称": "目标值" if self._same_as_year() else "本阶段目标值",
            "何时": "本阶段" if self.goal_field == "stage" else "全年",
            "原样": self._raw("actual"),
            "目标原样": self._raw(self.goal_field),
            "目标说": self._told(self.goal_field),
            "全年说": self._told("annual"),
            "比率或数量": "比率" if is_rate(self.goal) else "数量",
            "单位": self.goal.unit,
        }

    def _same_as_year(self) -> bool:
        return self.record.stage.is_blank or self.record.stage.base() == self.record.annual.base()

    def head(self) -> str:
        state = self.one.state
        if state in GOOD or state in MISSED:
            return self._BY_SHAPE[self.one.shape](self)
        return self._unknown()

    def _count(self) -> str:
        state = self.one.state
        if state is State.EXCEEDED:
            return self.say("数量.大幅超过").removesuffix("。")
        if state is State.NOT_STARTED:
            return self.say("数量.没有开始")
        if self.record.stage.is_blank:
            if state is State.REACHED:
                return self.say("数量.达到全年")
            return self.say("数量.全年未达到", 差=self.gap("annual"))
        if state is not State.REACHED:
            return self.say(f"数量.{state.value}")
        size = self._size("stage")
        if (self.figures.completion or 0) >= 1:
            return self.say("数量.达到全年")
        if self.one.standing.ahead and size:
            return self.say("数量.快于计划", 程度=self._how_much_ahead())
        return self.say("数量.达到" if size else "数量.持平")

    def _how_much_ahead(self) -> str:
        """快得多的才说“明显”：实际到了应完成的一倍半。"""
        pair = self.record.actual.base(), self.record.stage.base()
        if pair[0] is None or pair[1] is None or pair[1][0] <= 0:
            return ""
        return "明显" if pair[0][0] >= pair[1][0] * Decimal("1.5") else ""

    def _equal(self) -> str:
        state, annual, actual = self.one.state, self.record.annual, self.record.actual
        if state is State.EXCEEDED:
            return self.say("等于.超出", 差=self.gap("annual"))
        if state is State.REACHED:
            if annual.base() == actual.base():
                return self.say("等于.达到全年", 量=measure_word(annual.unit))
            return self.say("等于.达到阶段")
        return self._count()

    def _rate(self) -> str:
        state = self.one.state
        if state is State.REACHED:
            if self.record.actual.number == 100 and self.record.actual.unit in ("%", "％"):
                return self.say("比率.满额")
            return self.say("比率.达到" if self._size(self.goal_field) else "比率.持平")
        return self.say(f"比率.{state.value}")

    def _cap(self) -> str:
        ceiling = self._typed(self.goal_field)
        return self.say("上限.达到" if self.one.state in GOOD else "上限.未达到", 上限=ceiling)

    def _cost(self) -> str:
        price = is_unit_price(self.record.annual) or "单" in self.record.name or "均" in self.record.name
        share = self._completed if self._same_as_year() or not price else ""
        if self.one.state in GOOD:
            if price or self._same_as_year():
                return self.say(
                    "成本.达到", 上限=self._typed(self.goal_field), 比=self._share_of_cap if price else ""
                )
            return self.say("成本.累计", 上限="", 比=share)
        if price:
            return self.say("成本.单价超过", 上限=self._typed(self.goal_field))
        over_year = self._size("annual")
        if over_year is not None and over_year > 0:
            return self.say("成本.超过全年", 上限=self._typed("annual"), 差=self.gap("annual"))
        if self.record.stage.is_blank or over_year is None:
            return self.say("上限.未达到", 上限=self._typed(self.goal_field))
        return self.say("成本.超过阶段")

    def _range(self) -> str:
        low, high = ends(self.goal)
        size = self._size(self.goal_field) or Decimal(0)
        stage = self.goal_field == "stage" and not self._same_as_year()
        counted = stage or verb_of(self.record.name) != ""
        values = {
            "主语": f"已{verb(self.record.name, self.goal.unit)}"
            if counted
            else self.material.named(self.one),
            "下限": self._mark(low, self.goal_field, "下限"),
            "下限单位": self._mark(low + self.goal.unit, self.goal_field, "下限单位"),
            "区间上限": self._mark(high, self.goal_field, "上限"),
            "少": "少" if counted else "低",
            "符合": "计划" if counted else "要求",
            "何时": "本阶段应完成" if stage else "",
            "何时目标": "本阶段目标" if self.goal_field == "stage" else "全年目标",
        }
        key = "达到" if self.one.state in GOOD else ("低于" if size < 0 else "高于")
        return self.say(f"区间.{key}", **values)

    def _date(self) -> str:
        actual, goal = self.record.actual, self.goal
        values = {"时限": self._deadline(self.goal_field), "实际": self._day("actual")}
        if actual.day is None or goal.day is None:
            return self.say("日期.达到" if self.one.state in GOOD else "日期.未达到", **values)
        if self.one.state in GOOD:
            return self.say("日期.当天" if actual.day == goal.day else "日期.提前", **values)
        return self.say("日期.晚", **values, 差=self.days_late())

    def _day(self, field: str) -> str:
        value: TargetValue = getattr(self.record, field)
        return self._mark(arabic_date(value.day), field, "日") if value.day else self._raw(field)

    def _deadline(self, field: str) -> str:
        """时限，不带“前”“完成”。"""
        value: TargetValue = getattr(self.record, field)
        text = value.raw.strip()
        for ending in ("完成", "之前", "以前", "前"):
            text = text.removesuffix(ending)
        return self._mark(arabic_date(value.day) if value.day else text, field, "日" if value.day else "时限")

    def _words(self) -> str:
        state = self.one.state
        if state is State.PARTLY:
            return self.say("定性.部分达成")
        if state is State.MISSED:
            return self.say("定性.未达到")
        verdict = self._verdict()
        fact = evidence(self.material, self.one)
        if fact is None:
            return self.say("定性.达到无事实", 结论=verdict)
        key = "定性.达到有事实" if fact.finished else "定性.尚未全部实现"
        return self.say(key, 事实=fact.text, 结论=verdict)

    def _verdict(self) -> str:
        """名称和结果合成一句：老人基本生活得到有效保障、规范化水平有所提升。"""
        name, actual = self.one.name, self.record.actual.raw.strip()
        result = self._raw("actual")
        if self.material.rules.indicators.grade(actual):
            return f"{self.material.named(self.one)}目标已实现"
        subject = self.material.named(self.one)
        for word in (actual, actual[-2:]):
            if len(word) >= 2 and name.endswith(word) and name != word:
                subject = self._mark(name.removesuffix(word), "name", "主语")
                break
        return f"{subject}{joining(actual)}{result}"

    def _yes_no(self) -> str:
        met = self.one.state in GOOD
        matter, act = yes_no_parts(self.one.name)
        thing = self._mark(matter, "name", "事")
        if act:
            return self.say("是否.是" if met else "是否.否", 事=thing, 做=act)
        return self.say("是否.有" if met else "是否.没有", 事=thing)

    def _zero(self) -> str:
        event = self._mark(event_of(self.one.name), "name", "事")
        return self.say("零事件.没有发生" if self.one.state in GOOD else "零事件.发生", 事=event)

    def _unclear(self) -> str:
        return self.say("各类.目标不明")

    _BY_SHAPE: ClassVar[dict[Shape, Callable[[_Told], str]]] = {
        Shape.COUNT: _count,
        Shape.EQUAL: _equal,
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

    # --- 短话 ---

    def brief(self) -> str:
        return (self._brief_good if self.one.state in GOOD else self._brief_missed)()

    def _short(self, key: str, **more: str) -> str:
        return self.say(f"短话.{key}", **more)

    def _brief_good(self) -> str:
        shape, record = self.one.shape, self.record
        if shape in (Shape.COUNT, Shape.EQUAL):
            if self.one.state is State.EXCEEDED:
                return self._short("超出")
            return self._short("数量", 名=self._counted_name())
        if shape is Shape.RATE:
            whole = record.actual.number == 100 and record.actual.unit == "%"
            return self._short("满额" if whole else "达到")
        if shape is Shape.WORDS:
            return self._short("定性", 结论=self._verdict())
        if shape is Shape.YES_NO:
            matter, act = yes_no_parts(self.one.name)
            return self._short("是否" if act else "有", 事=self._mark(matter, "name", "事"), 做=act)
        if shape is Shape.ZERO:
            return self._short("零事件", 事=self._mark(event_of(self.one.name), "name", "事"))
        return self._short({Shape.CAP: "控制", Shape.COST: "控制", Shape.DATE: "日期"}.get(shape, "达到"))

    def _counted_name(self) -> str:
        """名称后面直接写数：末尾就是单位的去掉单位，“服务读者人次”写“服务读者”。"""
        name, unit = self.one.name, self.record.actual.unit
        if unit and name.endswith(unit) and len(name) > len(unit) + 1:
            return self._mark(name.removesuffix(unit), "name", "不带单位")
        return self.material.named(self.one)

    def gap_told(self) -> str:
        """问题里说差多少：日期是几天；成本超过全年控制数的，与全年比。"""
        if self.one.shape is Shape.DATE:
            return self.days_late()
        over_year = self.one.shape is Shape.COST and (self._size("annual") or 0) > 0
        return self.gap("annual" if over_year else self.goal_field)

    def days_late(self) -> str:
        """比时限晚几天；算不出的是空。"""
        if self.record.actual.day is None or self.goal.day is None:
            return ""
        days = (self.record.actual.day - self.goal.day).days
        return self._mark(f"{days}天", "gap", self.goal_field)

    def _brief_missed(self) -> str:
        shape, state = self.one.shape, self.one.state
        if state is State.NOT_STARTED:
            return self._short("没有开始")
        if state is State.PARTLY:
            return self._short("部分实现")
        if shape is Shape.ZERO:
            return self._short("发生", 事=self._mark(event_of(self.one.name), "name", "事"))
        if shape is Shape.YES_NO:
            matter, act = yes_no_parts(self.one.name)
            return self._short("没有做", 事=self._mark(matter, "name", "事"), 做=act or "做到")
        size = self._size(self.goal_field)
        if shape is Shape.DATE and self.days_late():
            return self._short("晚", 差=self.days_late())
        if shape in (Shape.WORDS, Shape.YES_NO, Shape.DATE) or size is None:
            return self._short("没有实现")
        if shape is Shape.COST and (self._size("annual") or 0) > 0:
            return self._short("高", 差=self.gap("annual"))
        if shape in (Shape.CAP, Shape.COST) or size > 0:
            return self._short("高")
        return self._short("低" if shape is Shape.RATE else "少")

    def brief_unknown(self, names: str = "") -> str:
        state, more = self.one.state, {"名": names} if names else {}
        if state is State.NO_DATA:
            lacking = {"何物": "数据"} if names else missing_words("无数", self.record.name + self.one.group)
            return self._short("到期无数", **more, **lacking)
        known = {State.COPIED: "抄了要求", State.NO_GRADES: "没有分档"}
        return self._short(known.get(state, "不能比"), **more)

    def _unknown(self) -> str:
        state, shape = self.one.state, self.one.shape
        if shape is Shape.DATE and state is State.NOT_DUE:
            now = progress_told(self.material, self.one)
            return self.say("日期.未到期", 时限=self._deadline(self.goal_field), 进展=now)
        if shape is Shape.DATE and state is State.NO_DATA:
            return self.say("日期.过期无数", 时限=self._deadline(self.goal_field))
        if state is State.NOT_DUE:
            return self.say("各类.年底考核", 全年说=self._told("annual") or self._told("stage"))
        if state is State.NO_DATA and shape in (Shape.WORDS, Shape.YES_NO):
            return self.say("各类.定性到期无数")
        more = {}
        if state in (State.NO_DATA, State.COPIED):
            more = missing_words(
                "无数" if state is State.NO_DATA else "抄要求", self.record.name + self.one.group
            )
        return self.say(f"各类.{state.value}", **more)


def brief(material: Material, one: Indicator) -> str:
    """一个判断得了的指标的一句短话，不带句号。"""
    return _Told(material, one, first=False).brief()


def brief_unknown(material: Material, one: Indicator, names: str = "") -> str:
    """一个判断不了的指标为什么判断不了，一句短话；names 是同样情形的几个指标的名称。"""
    return _Told(material, one, first=False).brief_unknown(names)


def problem_values(material: Material, one: Indicator) -> dict[str, str]:
    """写问题要用的值：名称加引号，实际、应完成、差多少、上限、时限。"""
    told = _Told(material, one, first=False)
    values = told._values()
    event = event_of(one.name)
    matter, act = yes_no_parts(one.name)
    size = told._size(told.goal_field)
    return {
        **values,
        "名": f"“{material.named(one)}”",
        "上限": values["目标"],
        "事": event if one.shape is Shape.ZERO else matter,
        "做": act or "做到",
        "时限": told._deadline(told.goal_field),
        "差": told.gap_told(),
        "高低": "高于" if size is not None and size > 0 else "低于",
        "仍": "" if one.record.actual.day else "，仍未完成",
    }


def left_of_year(one: Indicator) -> str:
    """离全年目标还差多少，带单位；不是数量的、已经达到的是空。"""
    actual, annual = one.record.actual.base(), one.record.annual.base()
    if (
        one.shape not in (Shape.COUNT, Shape.EQUAL)
        or actual is None
        or annual is None
        or actual[1] != annual[1]
    ):
        return ""
    left = (annual[0] - actual[0]) / scale(one.record.annual.unit)
    return difference(left, one.record.annual.unit) if left > 0 else ""


def missing_words(kind: str, text: str) -> dict[str, str]:
    """缺什么、要补什么，按名称和类别里的词。"""
    for row in words()[kind]:
        if not row["词"] or any(word in text for word in row["词"]):
            return {name: str(value) for name, value in row.items() if name != "词"}
    return {}


def verb_of(name: str) -> str:
    """名称里的词对应的动词；没有的是空。"""
    for word, found in words()["动词"]:
        if word in name:
            return str(found)
    return ""


def verb(name: str, unit: str) -> str:
    """已｛动词｝｛数｝：按名称选；选不出的，人、户用“达”，其余用“完成”。

    >>> verb("改造教室数量（间）", "间"), verb("夜间办证人数", "人"), verb("护岸长度", "公里")
    ('改造', '达', '完成')
    """
    found = verb_of(name)
    if found:
        return found
    if unit in words()["场次的单位"]:
        return "举办"
    return "达" if unit.lstrip("万") in words()["人的单位"] else "完成"


def joining(result: str) -> str:
    """名称和结果之间的词：“提升”前面加“有所”，“有效保障”前面加“得到”，“Ⅲ类”前面加“为”，“有所改善”不加。

    >>> [joining(word) for word in ("提升", "有效保障", "Ⅲ类", "有所改善", "较好")]
    ['有所', '得到', '为', '', '']
    """
    if result.startswith(tuple(words()["程度的词"])) and not result.endswith(tuple(words()["受事的词"])):
        return ""
    if result.endswith(tuple(words()["受事的词"])):
        return "得到" if not result.startswith(("得到", "有所")) else ""
    if result in words()["变化的词"]:
        return "有所"
    return "" if result.endswith(tuple(words()["变化的词"])) else "为"


def measure_word(unit: str) -> str:
    """“与计划｛量｝一致”：场次、期数；没有的写“数量”。"""
    return next((str(said) for known, said in words()["量"] if known == unit), "数量")


def event_of(name: str) -> str:
    """零事件的名称去掉“起数”“发生率”一类的尾巴。

    >>> event_of("安全事故起数"), event_of("有责投诉件数")
    ('安全事故', '有责投诉')
    """
    for ending in words()["计数的尾巴"]:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


_ACTS = (
    "公示", "建立", "制定", "出台", "签订", "备案", "验收", "公开", "发布", "印发", "开展", "落实", "编制",
    "成立", "设立", "配备", "办理", "完成", "通过", "取得", "履行", "执行", "发放", "建成", "开通", "报送",
)  # fmt: skip


def yes_no_parts(name: str) -> tuple[str, str]:
    """“是否公示发放名单”拆成事和做法：（发放名单，公示）；拆不开的做法是空。

    >>> yes_no_parts("是否公示发放名单"), yes_no_parts("台账是否建立"), yes_no_parts("有无应急预案")
    (('发放名单', '公示'), ('台账', '建立'), ('应急预案', ''))
    """
    for mark in ("是否", "有无", "是不是", "能否"):
        before, found, after = name.partition(mark)
        if found:
            break
    else:
        before, after = "", name
    after = after.lstrip("已按时").strip() or after
    for act in _ACTS:
        if after.startswith(act):
            thing = after.removeprefix(act) or before
            return (thing, act) if thing else (name, "")
        if not before and after.endswith(act):
            return after.removesuffix(act), act
    return (before + after) or name, ""
