"""Figures of money and dates as reports write them: full width, 万元 and 元, Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.dates import month_end
from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.domain.origin import Fault
from perfmon_xl.domain.text_keys import compact

_SCALES = {
    "元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000), "亿元": Decimal(100_000_000), "万": Decimal(10_000), "亿": Decimal(100_000_000),
}  # fmt: skip
MONEY = re.compile(r"(约|近|超过|超)?(\d[\d,]{0,20}(?:\.\d{1,8})?)(余|多)?(元|千元|万元|亿元)(余|多)?")
_ZEROS = str.maketrans(dict.fromkeys("○ＯO0", "〇"))
_NUMERAL = "〇○零一二三四五六七八九十OＯ"
_DATE = re.compile(r"(?<!\d)(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})(?:日|号|(?![\d月]))")
_CHINESE_DATE = re.compile(rf"([{_NUMERAL}]{{4}})年([{_NUMERAL}]{{1,3}})月([{_NUMERAL}]{{1,3}})日")


@dataclass(frozen=True, slots=True)
class PrintedAmount:
    """文中的一个金额：多少元，写到几元为止（分辨率），是不是约数，在文中的起止。"""

    amount: Amount
    step: Decimal
    about: bool
    start: int
    end: int

    def agrees(self, other: PrintedAmount) -> bool:
        """两处写的是不是同一个数：差在较粗一个的舍入之内。"""
        return abs(self.amount.yuan - other.amount.yuan) <= max(self.step, other.step) / 2


def moneys(text: str) -> Iterator[PrintedAmount]:
    """squeezed 过的文字里的各个金额。

    >>> [str(m.amount) for m in moneys("支出43816.1元，占预算5万元的87.63%")]
    ['43816.1元', '5万元']
    """
    if "元" not in text:
        return
    for match in MONEY.finditer(text):
        number = Decimal(match[2].replace(",", ""))
        scale = _SCALES[match[4]]
        places = len(match[2].partition(".")[2])
        yield PrintedAmount(
            Amount(number * scale),
            scale.scaleb(-places),
            bool(match[1] or match[3] or match[5]),
            match.start(),
            match.end(),
        )


def cell_amount(text: str, unit: str) -> tuple[Amount | None, Fault | None]:
    """表格里的一个金额；没写单位的按表头的单位。"""
    plain = compact(text).replace("，", ",").replace("人民币", "")
    if plain in ("", "-", "--", "---", "—", "——", "/", "无"):
        return None, None
    match = re.fullmatch(
        r"[¥￥]?(-?\d[\d,]{0,20}(?:\.\d{1,12})?)(百万元|千万元|千元|万元|亿元|元|万|亿)?整?", plain
    )
    if match is None:
        return None, Fault("读不懂", text)
    return Amount(Decimal(match[1].replace(",", "")) * _SCALES[match[2] or unit]), None


def _written_out(numeral: str) -> int:
    """二〇二三、十二、三十一；不成数的返回 0。"""
    return int(chinese_number(numeral.translate(_ZEROS)) or 0)


def period_days(text: str) -> tuple[date | None, date | None]:
    """起止日期：写全了年月日的，或者只写到月的（到月末）；没有写的是 None。只有一天的，起止都是它。

    >>> [str(d) for d in period_days("2025年1月—2025年12月")]
    ['2025-01-01', '2025-12-31']
    >>> [str(d) for d in period_days("2024年3-11月")], period_days("12个月")
    (['2024-03-01', '2024-11-30'], (None, None))
    """
    days = dates(text)
    if days:
        return days[0], days[-1]
    plain = re.sub(r"[—–－~～至到]+", "-", compact(text))
    match = re.search(r"(\d{4})[年./](\d{1,2})月?-(?:(\d{4})[年./])?(\d{1,2})月?(?!\d|日)", plain)
    if match is None:
        one = re.fullmatch(r"(\d{4})[年./](\d{1,2})月?(?:底|末|份)?", plain)
        pairs = [(int(one[1]), int(one[2]))] * 2 if one else []
    else:
        pairs = [(int(match[1]), int(match[2])), (int(match[3] or match[1]), int(match[4]))]
    if not pairs or any(not (1 <= m <= 12 and 1900 <= y <= 2199) for y, m in pairs):
        return None, None
    (first, month), (last, end) = pairs
    return date(first, month, 1), month_end(last, end)


def dates(text: str) -> list[date]:
    """文中写全了年月日的日期，阿拉伯数字和中文数字都认，先后照文字。

    >>> dates("自２０２３年１月１日至2023-12-31"), dates("二〇二三年十二月十日")
    ([datetime.date(2023, 1, 1), datetime.date(2023, 12, 31)], [datetime.date(2023, 12, 10)])
    """
    plain = compact(re.sub(r"[T\s]+0?0:00(?::00(?:\.0+)?)?", "", text))
    found: list[tuple[int, date]] = []
    for pattern, number in ((_DATE, int), (_CHINESE_DATE, _written_out)):
        for match in pattern.finditer(plain):
            try:
                found.append((match.start(), date(number(match[1]), number(match[2]), number(match[3]))))
            except ValueError:
                continue
    return [day for _, day in sorted(found)]
