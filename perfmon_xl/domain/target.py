"""Values as people type them: “≥95%”, “>=70 件”, “不低于90%”, “70-80件”, “约40%”, “提升”.

One grammar, read twice: here in Python, and by native formulas in the workbook (layout/parsing.py).
Both walk the same steps over the same tables (NORMALISATIONS, DATE_SHAPES, …), so a user sees in the
cells exactly how the program understood an entry. What does not fit the grammar is 未识别, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache

from perfmon_xl.domain.amount import plain as plain_number


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


SIGNS = "≥≤><="
ABOUT = "约近"  # before the number
SURPLUS = "余多"  # after the number: 70余件、200多万元
SUFFIXES = {"以上": "≥", "以下": "≤", "以内": "≤", "左右": "约"}
BLANKS = ("", "-", "--", "---", "----", "/", "//", "无", "*", "**")
BARE_SIGNS = ("≥", "≤", ">", "<", "=", "%", "≥%", "≤%", "=%")
NOT_IN_UNIT = "。；;！!？?：:、()[]【】《》“”\"'|\\+_^#@&≥≤><=$"
DIGITS = "0123456789"
LONGEST = 60  # a longer text with digits is a sentence, not a value
LONGEST_UNIT = 12
MOST_DIGITS = 15  # what a spreadsheet keeps exactly

# 依次替换；工作簿里的公式用同一张表，顺序不能换。
NORMALISATIONS: tuple[tuple[str, str], ...] = (
    (" ", ""),
    ("\u3000", ""),
    ("\u00a0", ""),
    ("\t", ""),
    ("\n", ""),
    *((chr(0xFF10 + d), str(d)) for d in range(10)),
    ("．", "."),
    ("％", "%"),
    ("，", ","),
    ("（", "("),
    ("）", ")"),
    ("／", "/"),
    ("～", "-"),
    ("〜", "-"),
    ("~", "-"),
    ("—", "-"),
    ("–", "-"),
    ("－", "-"),
    ("＞", ">"),
    ("＜", "<"),
    ("＝", "="),
    ("═", "="),
    ("≧", "≥"),
    ("≦", "≤"),
    ("⩾", "≥"),
    ("⩽", "≤"),
    ("$", ""),
    ("\\%", "%"),
    ("\\geqslant", "≥"),
    ("\\geq", "≥"),
    ("\\ge", "≥"),
    ("\\leqslant", "≤"),
    ("\\leq", "≤"),
    ("\\le", "≤"),
    (">=", "≥"),
    ("=>", "≥"),
    ("<=", "≤"),
    ("=<", "≤"),
    ("大于或等于", "≥"),
    ("大于等于", "≥"),
    ("小于或等于", "≤"),
    ("小于等于", "≤"),
    ("不低于", "≥"),
    ("不少于", "≥"),
    ("不小于", "≥"),
    ("至少", "≥"),
    ("最少", "≥"),
    ("不超过", "≤"),
    ("不高于", "≤"),
    ("不大于", "≤"),
    ("不多于", "≤"),
    ("至多", "≤"),
    ("最多", "≤"),
    ("大于", ">"),
    ("高于", ">"),
    ("超过", ">"),
    ("多于", ">"),
    ("小于", "<"),
    ("低于", "<"),
    ("少于", "<"),
    ("等于", "="),
    ("百分比", "%"),
    ("大约", "约"),
    ("将近", "近"),
    ("接近", "近"),
    ("及以", "以"),
    ("至", "-"),
)

DATE_WORDS = ("完成", "之前", "以前", "前")  # taken off before the shape is compared
DATE_SHAPES = (
    "年月日",
    "年月底",
    "年月末",
    "年月",
    "年底",
    "年末",
    "年内",
    "月日",
    "月底",
    "月末",
    "--",
    "//",
)


@dataclass(frozen=True)
class TargetValue:
    """一个按原样填写的值，以及读出来的比较符、数值、单位。

    number 是写出来的数（“95%”为95，单位“%”；“4.3816万元”为4.3816，单位“万元”）；
    upper 只在区间里有；approximation 是“余”“约”“近”或空；day 只在写全年月日时有；raw 是原样文字。

    >>> read_target(">=70 件")
    TargetValue(raw='>=70 件', kind=<Kind.NUMBER: '定量'>, comparator=<Comparator.AT_LEAST: '≥'>, \
number=Decimal('70'), upper=None, unit='件', approximation='', day=None)
    """

    raw: str = ""
    kind: Kind = Kind.BLANK
    comparator: Comparator = Comparator.UNSTATED
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    approximation: str = ""
    day: date | None = None

    @property
    def is_blank(self) -> bool:
        return self.kind is Kind.BLANK

    @property
    def is_number(self) -> bool:
        return self.kind is Kind.NUMBER

    def base(self) -> tuple[Decimal, str] | None:
        """换成基本单位的数：4.3816万元 → (43816, 元)；没有数的返回 None。"""
        return self._base

    @cached_property
    def _base(self) -> tuple[Decimal, str] | None:
        return None if self.number is None else (self.number * scale(self.unit), base_unit(self.unit))

    def base_upper(self) -> Decimal | None:
        """区间上限，基本单位。"""
        return None if self.upper is None else self.upper * scale(self.unit)

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
SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


def scale(unit: str) -> Decimal:
    """单位的倍数：万元、万人次是一万，亿元是一亿，其余是一。"""
    return SCALES.get(unit[:1], Decimal(1))


def base_unit(unit: str) -> str:
    """去掉“万”“亿”的单位。"""
    return unit[1:] if unit[:1] in SCALES else unit


# Most values have none of the first characters and need none of the hundred replacements.
_SPELT_OTHERWISE = re.compile(f"[{re.escape(''.join(dict.fromkeys(old[0] for old, _ in NORMALISATIONS)))}]")


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """统一全角半角、比较符的各种写法、连接号。

    >>> normalise("＞＝ ７０ 件"), normalise("70％～80％")
    ('≥70件', '70%-80%')
    """
    if not _SPELT_OTHERWISE.search(text):
        return text
    for old, new in NORMALISATIONS:
        text = text.replace(old, new)
    return text


@dataclass(frozen=True, slots=True)
class Steps:
    """读一个值的中间步骤；与工作簿里的辅助栏一一对应。

    plain 统一写法；lead 前面的符号占几个字；tail 后面的“以上”等占几个字；body 去掉两者；
    low、high 是区间两端（不是区间的 high 为空）；low_unit、high_unit 是去掉数字后剩下的字。
    """

    plain: str
    lead: int
    tail: int
    body: str
    low: str
    high: str
    low_unit: str
    high_unit: str


@lru_cache(maxsize=4096)
def steps(text: str) -> Steps:
    """把一个值拆开；不判断对不对。"""
    plain = normalise(text)
    has_sign = plain[:1] != "" and plain[:1] in SIGNS
    after = plain[1:2] if has_sign else plain[:1]
    lead = int(has_sign) + int(after != "" and after in ABOUT)
    tail = 2 if plain[-2:] in SUFFIXES else 0
    body = plain[lead : max(lead, len(plain) - tail)]
    cut = body.find("-", 1)
    low, high = (body, "") if cut < 0 else (body[:cut], body[cut + 1 :])
    return Steps(plain, lead, tail, body, low, high, _letters(low), _letters(high))


_NOT_LETTERS = str.maketrans("", "", DIGITS + ".,")


def _letters(text: str) -> str:
    return text.translate(_NOT_LETTERS)


def number_of(text: str, unit: str) -> Decimal | None:
    """text 去掉末尾的 unit 应当恰好是一个数：千分位要三位一组，小数点至多一个，最多十五位。"""
    negative = text[:1] == "-"
    text, unit = (text[1:], unit[1:]) if negative else (text, unit)
    digits = text[: len(text) - len(unit)]
    if digits + unit != text:
        return None
    whole, dot, fraction = digits.partition(".")
    bare = whole.replace(",", "")
    if not bare or (dot and not fraction) or len(bare) + len(fraction) > MOST_DIGITS:
        return None
    if not (bare.isdecimal() and (fraction == "" or fraction.isdecimal())):
        return None
    if "," in whole and not re.fullmatch(r"\d{1,3}(,\d{3})+", whole):
        return None
    number = Decimal(f"{bare}.{fraction}" if fraction else bare)
    return -number if negative else number


def unit_of(letters: str) -> tuple[str, str]:
    """剩下的字分成“余”和单位。"""
    unit = letters
    for character in SURPLUS:
        unit = unit.replace(character, "")
    return ("余" if unit != letters else ""), unit


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
        if not number.is_finite():
            return str(number)
        if abs(number.adjusted()) > 40:
            return str(number)
        return plain_number(number * 100) + "%" if percent else plain_number(number)
    return value


@lru_cache(maxsize=4096)
def _read(raw: str) -> TargetValue:
    parts = steps(raw)
    if parts.plain in BLANKS:
        return TargetValue(raw=raw)
    if not any(c in DIGITS for c in parts.plain):
        return TargetValue(raw=raw, kind=Kind.UNREAD if parts.plain in BARE_SIGNS else Kind.WORDS)
    unread = TargetValue(raw=raw, kind=Kind.UNREAD)
    if len(parts.plain) > LONGEST:
        return unread
    shape = _letters(parts.body)
    for word in DATE_WORDS:
        shape = shape.replace(word, "")
    if shape in DATE_SHAPES and parts.body[:1] in DIGITS:
        comparator = _comparator(parts, raw)
        return TargetValue(
            raw=raw, kind=Kind.DATE, comparator=comparator or Comparator.UNSTATED, day=_day(parts.body)
        )
    number = number_of(parts.low, parts.low_unit)
    if number is None or any(c in NOT_IN_UNIT for c in parts.body):
        return unread
    low = unit_of(parts.low_unit.removeprefix("-") if parts.low[:1] == "-" else parts.low_unit)
    comparator = _comparator(parts, raw)
    if comparator is None or len(low[1]) > LONGEST_UNIT:
        return unread
    about = parts.plain[parts.lead - 1] if parts.lead and parts.plain[parts.lead - 1] in ABOUT else ""
    if parts.tail and SUFFIXES[parts.plain[-2:]] == "约":
        about = about or "约"
    if "-" not in parts.body[1:]:
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
        return unread
    # “70-80件”单位只写一次，“70件-80件”写两次，都可以；写得不一样就不猜。
    if low[1] not in ("", high[1]) or upper < number or len(high[1]) > LONGEST_UNIT:
        return unread
    return TargetValue(raw=raw, kind=Kind.RANGE, number=number, upper=upper, unit=high[1])


def _comparator(parts: Steps, raw: str) -> Comparator | None:
    """前面的比较符，或后面的“以上”“以内”；两头都写的返回 None。"""
    first = parts.plain[:1] if parts.plain[:1] in SIGNS else ""
    last = SUFFIXES.get(parts.plain[-2:], "") if parts.tail else ""
    if parts.lead and last:
        return None
    return Comparator(first or (last if last in SIGNS else ""))


def _day(body: str) -> date | None:
    found = re.match(r"(\d{4})(?:年|-|/)(\d{1,2})(?:月|-|/)(\d{1,2})(?:日|前|$)", body)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
