"""Values as people type them: “≥95%”, “>=70 件”, “不低于百分之九十”, “70-80件”, “约40%”, “年底前”, “提升”.

Two layers. The plain grammar (spelling.py) is read twice: here, and by native formulas in the workbook
(layout/parsing.py). Every other spelling is first put into a plain one (respelling.py); beside such a cell the
workbook keeps the plain spelling, with the text it was read from. What fits neither is 未识别, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache

from perfmon_xl.domain import dates
from perfmon_xl.domain.amount import plain as plain_number
from perfmon_xl.domain.respelling import respellings
from perfmon_xl.domain.spelling import (
    ABOUT,
    BARE_SIGNS,
    BLANKS,
    DATE_SHAPES,
    DIGITS,
    LONGEST,
    MOST_DIGITS,
    NOT_IN_UNIT,
    SIGNS,
    SUFFIXES,
    YEAR_FIRST,
    YEARS,
    Steps,
    has_digit,
    is_unit,
    letters,
    looks_like_date,
    normalise,
    number_of,
    steps,
    unit_of,
)
from perfmon_xl.domain.units import SCALES, base_unit, scale

__all__ = [
    "BLANK",
    "SCALES",
    "SIGNS",
    "Comparator",
    "Kind",
    "TargetValue",
    "base_unit",
    "normalise",
    "read_target",
    "scale",
    "unread",
    "with_unit_of",
]


class Kind(StrEnum):
    """一个值是什么：数、区间、日期、定性、空、读不懂。"""

    NUMBER = "定量"
    RANGE = "区间"
    DATE = "日期"
    WORDS = "定性"
    BLANK = "空"
    UNREAD = "未识别"


class Comparator(StrEnum):
    """比较符；未写的就是未写，不替人补。"""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    MORE = ">"
    LESS = "<"
    EQUAL = "="
    UNSTATED = ""


@dataclass(frozen=True)
class TargetValue:
    """一个按原样填写的值，以及读出来的比较符、数值、单位。

    number 是写出来的数（“95%”为95，单位“%”；“4.3816万元”为4.3816，单位“万元”）；
    upper 只在区间里有；approximation 是“余”“约”“近”或空；day 只在写全年月日时有；raw 是原样文字。
    reading：公式读不了、由程序读的，写成公式读得了的样子（“定性”“空”是读成文字、读成空）；公式自己读得了的是空的。
    taken：单位没有写，取的是旁边目标的（见 beside）。
    implied：没有写比较符的目标，按指标的类别和名称该怎么比（见 domain/direction.py）；单独读一个值时没有。

    >>> read_target(">=70 件")
    TargetValue(raw='>=70 件', kind=<Kind.NUMBER: '定量'>, comparator=<Comparator.AT_LEAST: '≥'>, \
number=Decimal('70'), upper=None, unit='件', approximation='', day=None, reading='', taken=False, implied=<Comparator.UNSTATED: ''>)
    """

    raw: str = ""
    kind: Kind = Kind.BLANK
    comparator: Comparator = Comparator.UNSTATED
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    approximation: str = ""
    day: date | None = None
    reading: str = ""
    taken: bool = False
    implied: Comparator = field(default=Comparator.UNSTATED, compare=False)

    @property
    def ruling(self) -> Comparator:
        """比的时候用的比较符：写了的照写的，没有写的照指标的方向；零不是下限，其余当作 ≥。"""
        return (
            self.comparator or self.implied or (Comparator.EQUAL if self.number == 0 else Comparator.AT_LEAST)
        )

    @property
    def is_blank(self) -> bool:
        return self.kind is Kind.BLANK

    @property
    def is_number(self) -> bool:
        return self.kind is Kind.NUMBER

    @property
    def spelling(self) -> str:
        """照它读的文字：公式读不了的，是换过的写法。"""
        return self.reading if self.reading not in ("", Kind.WORDS, Kind.BLANK) else self.raw

    def base(self) -> tuple[Decimal, str] | None:
        """换成基本单位的数：4.3816万元 → (43816, 元)；没有数的返回 None。"""
        return self._base

    @cached_property
    def _base(self) -> tuple[Decimal, str] | None:
        return None if self.number is None else (self.number * scale(self.unit), base_unit(self.unit))

    def base_upper(self) -> Decimal | None:
        """区间上限，基本单位。"""
        return None if self.upper is None else self.upper * scale(self.unit)

    def days(self, year: int | None) -> dates.Span | None:
        """日期是哪一天到哪一天；没有写年份的按 year；不是日期的、没有这一天的返回 None。"""
        if self.kind is not Kind.DATE:
            return None
        return dates.span(steps(self.spelling).body, year)

    @property
    def sign(self) -> str:
        """“符号”栏显示什么：比较符、区间、余、约、近、日期、定性、未写、未识别。"""
        if self.kind is Kind.NUMBER:
            return self.comparator.value or self.approximation or "未写"
        return "" if self.kind is Kind.BLANK else self.kind.value

    def __str__(self) -> str:
        """规范写法；再读一遍，除 raw 外与自己相同。"""
        if self.kind in (Kind.NUMBER, Kind.RANGE) and self.number is not None:
            about = self.approximation if self.approximation in ABOUT else ""
            surplus = "余" if self.approximation == "余" else ""
            high = f"-{plain_number(self.upper)}" if self.upper is not None else ""
            unit = self.unit
            if surplus and unit[:1] in SCALES:
                unit, surplus = unit[0] + surplus + unit[1:], ""
            return f"{self.comparator}{about}{plain_number(self.number)}{high}{surplus}{unit}"
        return self.raw


BLANK = TargetValue()
_SURE = (Kind.NUMBER, Kind.RANGE, Kind.DATE, Kind.BLANK)


def read_target(value: str | Decimal | int | bool | date | None, *, percent: bool = False) -> TargetValue:
    """把单元格里的值读成 TargetValue；什么输入都不报错，读不懂的 kind 是“未识别”。

    percent：单元格是百分比格式的数字，0.95 就是 95%。
    """
    return _read(_as_text(value, percent=percent))


def _as_text(value: str | Decimal | int | bool | date | None, *, percent: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, int | Decimal):
        number = Decimal(value)
        if not number.is_finite() or abs(number.adjusted()) > 40:
            return str(number)
        if isinstance(value, Decimal) and len(number.as_tuple().digits) > MOST_DIGITS:
            number = Decimal(f"{number:.{MOST_DIGITS}g}")  # a spreadsheet keeps no more: 0.95000000000000007
        return plain_number(number * 100) + "%" if percent else plain_number(number)
    return value


@lru_cache(maxsize=4096)
def _read(raw: str) -> TargetValue:
    plain = read_plain(raw)
    if plain.kind is not Kind.UNREAD:
        return plain
    for spelling in respellings(raw):
        target = read_plain(spelling)
        if target.kind in _SURE:
            return replace(
                target, raw=raw, reading=spelling if target.kind is not Kind.BLANK else Kind.BLANK.value
            )
    if not has_digit(normalise(raw)) and steps(raw).plain not in BARE_SIGNS:
        return TargetValue(raw=raw, kind=Kind.WORDS, reading=Kind.WORDS.value)
    return plain


def unread(raw: str) -> TargetValue:
    """没有读的：公式读不了，工作簿里又没有存着程序的读法。"""
    return TargetValue(raw=raw, kind=Kind.UNREAD)


def read_plain(raw: str) -> TargetValue:
    """只用公式也读得了的写法来读。"""
    parts = steps(raw)
    if parts.opaque:
        return unread(raw)
    if parts.plain in BLANKS:
        return TargetValue(raw=raw)
    if not has_digit(parts.plain):
        return unread(raw) if parts.plain in BARE_SIGNS else TargetValue(raw=raw, kind=Kind.WORDS)
    if len(parts.plain) > LONGEST:
        return unread(raw)
    comparator = _comparator(parts)
    if _is_date(parts):
        return TargetValue(
            raw=raw, kind=Kind.DATE, comparator=comparator or Comparator.UNSTATED, day=_day(parts.body)
        )
    number = number_of(parts.low, parts.low_unit)
    if number is None or any(c in NOT_IN_UNIT for c in parts.body):
        return unread(raw)
    low = unit_of(parts.low_unit.removeprefix("-") if parts.low[:1] == "-" else parts.low_unit)
    if comparator is None or not is_unit(low[1], number):
        return unread(raw)
    about = parts.plain[parts.lead - 1] if parts.lead and parts.plain[parts.lead - 1] in ABOUT else ""
    if parts.tail and SUFFIXES[parts.plain[-2:]] == "约":
        about = about or "约"
    if "-" not in parts.body[1:]:
        if not (parts.lead or parts.tail) and looks_like_date(parts.body) == 2:
            return unread(raw)
        return TargetValue(
            raw=raw,
            kind=Kind.NUMBER,
            comparator=comparator,
            number=number,
            unit=low[1],
            approximation=about or low[0],
        )
    upper = number_of(parts.high, parts.high_unit) if parts.high[:1] != "-" else None
    high = unit_of(parts.high_unit)
    if upper is None or parts.lead or parts.tail or low[0] or high[0]:
        return unread(raw)
    # “70-80件”单位只写一次，“70件-80件”写两次，都可以；写得不一样就不猜。
    if low[1] not in ("", high[1]) or upper < number or not is_unit(high[1], upper):
        return unread(raw)
    return TargetValue(raw=raw, kind=Kind.RANGE, number=number, upper=upper, unit=high[1])


def _comparator(parts: Steps) -> Comparator | None:
    """前面的比较符，或后面的“以上”“以内”；两头都写的返回 None。"""
    first = parts.plain[:1] if parts.plain[:1] in SIGNS else ""
    last = SUFFIXES.get(parts.plain[-2:], "") if parts.tail else ""
    if parts.lead and last:
        return None
    return Comparator(first or (last if last in SIGNS else ""))


def _is_date(parts: Steps) -> bool:
    shape = date_shape(parts)
    if shape not in DATE_SHAPES or parts.body[:1] not in DIGITS:
        return False
    if shape not in YEAR_FIRST:
        return True
    year = number_of(parts.low, parts.low_unit)  # 2024年是日期，10年是时间长短
    return year is not None and YEARS[0] <= year <= YEARS[1] and parts.plain[:1] not in SIGNS


def date_shape(parts: Steps) -> str:
    """去掉数字和“前”“完成”以后剩下的字，认日期用。"""
    shape = letters(parts.body)
    for word in dates.DATE_WORDS:
        shape = shape.replace(word, "")
    return shape


def _day(body: str) -> date | None:
    match = re.match(r"(\d{4})(?:年|-|/)(\d{1,2})(?:月|-|/)(\d{1,2})(?:日|前|$)", body)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def with_unit_of(value: TargetValue, *targets: TargetValue) -> TargetValue:
    """没有写单位的数，取旁边目标的单位：目标“≥50件”旁边的“50”是 50 件。

    targets 里几个数的单位要一样，不一样的不取；目标是百分数的，大于 1 的数才取（0.95 是不是 95%，不猜）。
    6.30 这样像日期的，旁边有数的才读成数。写了单位的、不是数的照旧。

    >>> str(with_unit_of(read_target("50"), read_target("≥50件"))), str(with_unit_of(read_target("0.95"), read_target("≥95%")))
    ('50件', '0.95')
    """
    if value.taken:
        value = replace(value, unit="", taken=False)
    near = [t for t in targets if t.kind in (Kind.NUMBER, Kind.RANGE)]
    if not near:
        if not _dated(value):
            return value
        return unread(value.raw) if any(t.kind is Kind.DATE for t in targets) else _read(value.raw)
    if value.kind is Kind.UNREAD and looks_like_date(steps(value.raw).body):
        value = TargetValue(raw=value.raw, kind=Kind.NUMBER, number=Decimal(steps(value.raw).body))
    if value.kind not in (Kind.NUMBER, Kind.RANGE) or value.unit or value.number is None:
        return value
    units = {t.unit for t in near if t.unit}
    if len(units) != 1:
        return value
    (unit,) = units
    if unit in ("%", "‰") and value.number and abs(value.number) <= 1:
        return value
    return replace(value, unit=unit, taken=True)


def _dated(value: TargetValue) -> bool:
    """像日期的 6.30、4.22。"""
    bare = value.kind is Kind.UNREAD or (value.kind is Kind.NUMBER and not value.comparator)
    return bare and looks_like_date(steps(value.raw).body) > 0
