"""One quantity of a text: its number, its unit and what it is counted by, and the interval that its printing allows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from perfmon_xl.domain.prose import Mention, mentions
from perfmon_xl.domain.target import TargetValue, base_unit, scale
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.domain.units import SCALES, UNITS
from perfmon_xl.ledger.numerals import plain

_SAME_UNIT = {
    "名": "人", "位": "人", "生": "人", "千米": "公里", "km": "公里", "㎡": "平方米", "平米": "平方米", "场": "场次", "％": "%",
    "km2": "平方公里", "km²": "平方公里", "日": "天", "公斤": "千克", "个工作日": "工作日", "头份": "头", "百分比": "%", "户次": "户",
}  # fmt: skip
# What people count by and no table of units names: “抽检40段，1段不合格”, “1,940尾达标”.
_MEASURE_WORDS = frozenset(
    [
        "段",
        "尾",
        "部",
        "站次",
        "车次",
        "班次",
        "户次",
        "台次",
        "家次",
        "例次",
        "针次",
        "剂次",
        "针",
        "剂",
        "艘",
        "架",
        "匹",
        "枚",
        "盏",
        "粒",
        "卷",
        "笔",
        "盒",
        "箱",
        "袋",
        "瓶",
        "桶",
        "杆",
        "页",
        "字",
        "双",
        "副",
        "趟",
        "人日",
        "工日",
        "秒",
        "毫米",
        "厘米",
        "克",
        "毫克",
        "升",
        "毫升",
        "度",
        "分贝",
        "兆",
        "床",
        "种",
        "版",
        "款",
        "首",
        "点位",
        "方",
    ]
)
_ANOTHER_WORD = {
    "部": "门分位队署委级长件", "段": "落时", "种": "植子养苗粮", "方": "面案向式法便能可针圆位", "度": "假过量", "首": "次批期席", "点位": "长", "版": "权面", "款": "项",
    "字": "样幕", "架": "设构", "卷": "烟入", "针": "对灸", "升": "级学高至到", "秒": "杀", "针次": "", "笔": "记试", "床": "位垫", "克": "服扣",
}  # fmt: skip
_PERS = "|".join(
    sorted(
        {re.escape(u) for u in UNITS.split() if "/" not in u}
        | {"生", "车", "校", "村", "站", "只", "床"}
        | _MEASURE_WORDS,
        key=len,
        reverse=True,
    )
)
_TIMES = "月|周|年|天|日|次|学期|季度|季"
_PER_AFTER = re.compile(
    rf"\s*(?:/|每)\s*(?P<one>{_PERS})(?:\s*[·.•・/／*、]?\s*(?P<time>{_TIMES}))?(?![一-鿿]?率)"
)
_PER_TIME = re.compile(rf"\s*[·.•・/／*、]\s*(?P<time>{_TIMES})")
_PER_BEFORE = re.compile(
    rf"每(?P<many>[百千万亿])?(?P<one>{_PERS})(?P<noun>[^每，,。；、\d]{{0,8}}?)(?:每(?P<time>{_TIMES}))?(?P<verb>[^每，,。；、\d]{{0,6}})$"
)
_EACH_MONTH = re.compile(r"每(?P<time>月|周|年|季度|季|学期)(?P<verb>[^每，,。；、\d]{0,6})$")
_MEAN = re.compile(r"(?P<one>[人户生车件亩台单座所次场日月校村班站处个间期店家])均[^，,。；、\d]{0,10}$")
_SINGLE = re.compile(r"(?:平均|单价|均价|单位成本)[^，,。；、\d]{0,8}$")
_EACH_ONE = re.compile(rf"单(?P<one>{_PERS})[^每，,。；、\d]{{0,8}}$")
_LASTING = (
    "天",
    "工作日",
    "个工作日",
    "小时",
    "分钟",
    "个月",
    "月",
    "年",
    "分",
)  # an average of days is days
_WHOLES = {
    "人",
    "人次",
    "户",
    "件",
    "台",
    "套",
    "座",
    "所",
    "家",
    "个",
    "辆",
    "次",
    "场次",
    "起",
    "份",
    "册",
    "名",
    "处",
    "条",
    "项",
    "批次",
}
_BEYOND = re.compile(r"\s*(?:超过|突破|超)\s*")  # “没有超过90天”: the word belongs to the sentence
_DENIED = re.compile(r"(?:没有?|未能?|不曾?|并未|不得|不能)$")
UNKNOWN = "?"


def unit_key(unit: str) -> str:
    """写法不同的同一个单位：名、位就是人，千米就是公里。"""
    return _SAME_UNIT.get(unit, unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """文字或格子里的一个量。

    number 已乘过“万”“亿”；unit 是基本单位（元、人、%）；per 是按什么计：“3万元/公里”“每公里3万元”都是（公里，），
    “500元/人·月”是（人，月），“平均3.1万元”“单价330元”没有写按什么计，是（?，）。low、high 是照写出的位数能容的范围。
    """

    text: str
    number: Decimal
    unit: str
    per: tuple[str, ...] = ()
    low: Decimal
    high: Decimal
    about: bool = False
    comparator: str = ""
    start: int = 0
    end: int = 0

    @property
    def kind(self) -> tuple[str, tuple[str, ...]]:
        """能不能比：单位和按什么计都相同的才能比。"""
        return self.unit, self.per

    @property
    def narrow(self) -> tuple[Decimal, Decimal]:
        """用来相乘相除的范围：“3万元”没有小数，当作准数，只容千分之五；写了小数的照写出的位数。"""
        half = (self.high - self.low) / 2
        if "." not in self.text and not self.about:
            half = min(half, abs(self.number) / 200)
        return self.number - half, self.number + half

    @property
    def plainly(self) -> str:
        """照原来的单位写，去掉千分位和末尾的零：“368.00万元”是368万元。"""
        match = re.search(r"[\d,，.]+", self.text)
        if match is None:
            return self.text
        whole, dot, part = match[0].replace(",", "").replace("，", "").partition(".")
        number = f"{whole}.{part.rstrip('0')}" if dot and part.rstrip("0") else whole
        return self.text[: match.start()] + number + self.text[match.end() :]

    def agrees(self, other: Quantity) -> bool:
        return self.low <= other.high and other.low <= self.high

    def covers(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


def _interval(mention: Mention) -> tuple[Decimal, Decimal]:
    number = mention.number
    if mention.approximation == "余":
        rank = mention.step
        while number and number % (rank * 10) == 0:
            rank *= 10
        hair = mention.step / 1000  # 70余件多于70、不到80
        return number + hair, number + max(rank, Decimal(1)) - hair
    if mention.approximation == "近":
        return number * Decimal("0.9"), number
    half = Decimal(0) if mention.step == 1 and "." not in mention.text else mention.step / 2
    if mention.approximation == "约":
        half = max(half, abs(number) * Decimal("0.05"))
    return number - half, number + half


@lru_cache(maxsize=4096)
def quantities(text: str, units: frozenset[str] = frozenset()) -> tuple[Quantity, ...]:
    """一段文字里的量，先后照原文；日期、文号、序号不算。

    >>> [(f"{q.number:.0f}", q.unit, q.per) for q in quantities("平均每公里3万元，低于3.2万元/公里；80人，每人每月500元，户均0.3万元")]
    [('30000', '元', ('公里',)), ('32000', '元', ('公里',)), ('80', '人', ()), ('500', '元', ('人', '月')), ('3000', '元', ('户',))]
    """
    shown = plain(text)
    found: list[Quantity] = []
    for mention in mentions(shown.text, units | _MEASURE_WORDS):
        unit, per, end = unit_key(mention.unit), _within(mention.unit), mention.end
        if (
            unit in _ANOTHER_WORD
            and unit not in units
            and shown.text[end : end + 1] in [*_ANOTHER_WORD[unit]]
        ):
            unit, end = "", end - len(mention.unit)  # “3部门”, “2段落”
        if per:
            unit = unit.partition("/")[0]
            if time := _PER_TIME.match(shown.text, end):
                per, end = tuple(sorted({*per, unit_key(time["time"])})), time.end()
        elif unit:
            if after := _PER_AFTER.match(shown.text, end):
                per, end = _pers(after["one"], after["time"]), after.end()
            else:
                per = _before(mention.lead or mention.clause, unit)
        within = _BEYOND.match(shown.text, mention.start) is not None and _DENIED.search(mention.clause)
        low, high = (mention.number, mention.number) if within else _interval(mention)
        start = mention.start + (
            len(beyond[0]) if (beyond := _BEYOND.match(shown.text, mention.start)) else 0
        )
        found.append(
            Quantity(
                text=shown.cut(start, end).strip(),
                number=mention.number,
                unit=unit,
                per=per,
                low=low,
                high=high,
                about=bool(mention.approximation) and not within,
                comparator=mention.comparator,
                start=shown.at(start),
                end=shown.at(end),
            )
        )
    return tuple(_with_common_unit(text, [_each_of_many(q) for q in _per_one(text, found)]))


_MANY = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}


def _each_of_many(quantity: Quantity) -> Quantity:
    """“每万尾840元”就是每尾0.084元。"""
    many = next((_MANY[per[0]] for per in quantity.per if per[1:2] == "×"), 1)
    if many == 1:
        return quantity
    per = tuple(sorted(unit_key(p.rpartition("×")[2]) for p in quantity.per))
    return replace(
        quantity, per=per, number=quantity.number / many, low=quantity.low / many, high=quantity.high / many
    )


def _per_one(text: str, found: list[Quantity]) -> list[Quantity]:
    """“平均8.7万人一个”：后面的“一个”是按什么计。"""
    kept: list[Quantity] = []
    for quantity in found:
        last = kept[-1] if kept else None
        if (
            last is not None
            and quantity.number == 1
            and last.end == quantity.start
            and last.unit
            and quantity.unit
            and re.search(r"(?:平均|每)[^，,。；\d]{0,8}$", text[max(0, last.start - 12) : last.start])
        ):
            kept[-1] = replace(last, per=(quantity.unit,))
            continue
        kept.append(quantity)
    return kept


def _with_common_unit(text: str, found: list[Quantity]) -> list[Quantity]:
    """“12、18和25.5万元”：前面没有写单位的几个数，用最后一个的单位。"""
    for n in range(len(found) - 2, -1, -1):
        quantity, last = found[n], found[n + 1]
        if quantity.unit or not last.unit or not _CHAINED.fullmatch(text[quantity.end : last.start]):
            continue
        times = SCALES.get(last.text.lstrip("0123456789.,，约近")[:1], Decimal(1))
        if scaled := re.fullmatch(r"[\d.,，]+[万亿]", quantity.text):
            found[n] = replace(
                quantity,
                text=quantity.text + last.text.lstrip("0123456789.,，万亿"),
                unit=last.unit,
                per=last.per,
            )
            continue
        if scaled or not re.fullmatch(r"[\d.,，]+", quantity.text) or last.about:
            continue
        found[n] = replace(
            quantity,
            text=quantity.text + last.text.lstrip("0123456789.,，"),
            number=quantity.number * times,
            unit=last.unit,
            per=last.per,
            low=quantity.low * times,
            high=quantity.high * times,
        )
    return found


_CHAINED = re.compile(r"\s*[、和及与]\s*")


def _within(unit: str) -> tuple[str, ...]:
    """“元/亩”是一个单位，里面有按什么计。"""
    one, slash, per = unit.partition("/")
    return tuple(sorted(unit_key(p) for p in re.split(r"[·.•・/*]", per) if p)) if slash and one else ()


def _pers(one: str, time: str | None) -> tuple[str, ...]:
    return tuple(sorted({unit_key(one), *([unit_key(time)] if time else [])}))


def _before(lead: str, unit: str) -> tuple[str, ...]:
    lead = without_spaces(lead)
    if "每" in lead:
        if match := _PER_BEFORE.search(lead):
            many = f"{match['many']}×" if match["many"] and unit == "元" else ""
            return _pers(many + match["one"], match["time"])
        if match := _EACH_MONTH.search(lead):
            return (match["time"],)
    if "均" in lead and (match := _MEAN.search(lead)):
        return (
            _pers({"生": "人", "日": "天"}.get(match["one"], match["one"]), None)
            if match["one"] != "单"
            else (UNKNOWN,)
        )
    if "单" in lead and unit == "元" and (match := _EACH_ONE.search(lead)):
        return _pers(match["one"], None)
    if unit not in ("%", "", *_LASTING) and _SINGLE.search(lead):
        return (UNKNOWN,)
    return ()


_EACH = re.compile(r"均|每|单位|单价|单[件座台户人处所套站公亩平次]|标准$")


def of_value(value: TargetValue, name: str = "") -> Quantity | None:
    """一个格子里的数；区间、日期、文字的没有。name 是指标名称：“人均成本”是元的，也是按什么计的。"""
    base = value.base() if value.is_number else None
    if base is None:
        return None
    number, unit = base
    one, slash, per = unit.partition("/")
    pers = tuple(sorted(unit_key(p) for p in re.split(r"[·.•・/*]", per) if p)) if slash else ()
    if not pers and one == "元" and _EACH.search(name):
        pers = (UNKNOWN,)
    places = -int(value.number.as_tuple().exponent) if value.number is not None else 0
    step = Decimal(1).scaleb(-max(places, 0)) * scale(value.unit)
    half = Decimal(0) if places <= 0 or unit in _WHOLES else step / 2
    return Quantity(
        text=value.raw.strip(), number=number, unit=unit_key(one), per=pers, low=number - half, high=number + half,
        about=bool(value.approximation), comparator=value.comparator.value,
    )  # fmt: skip


__all__ = ["Quantity", "base_unit", "of_value", "quantities", "unit_key"]
