"""与上期相比：同一个指标，本期实际完成比上期实际多了多少。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, plain
from perfmon_xl.domain.measures import measured
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import scale

UNCHANGED = "没有变化"
POINTS = "个百分点"
PLACES = 4


def since_last(record: Compared) -> Decimal | None:
    """本期实际减上期实际，单位同本期实际；有一个没有数、单位不同的是 None。

    >>> from perfmon_xl.domain.target import read_target
    >>> since_last(Compared(actual=read_target("1.5万人"), previous=read_target("9000人")))
    Decimal('0.6')
    """
    now, before = measured(record.actual), measured(record.previous)
    if now is None or before is None or now[1] != before[1]:
        return None
    return half_up((now[0] - before[0]) / scale(record.actual.unit), PLACES).normalize()


def change_text(record: Compared) -> str:
    """比上期多少，写成字；没有可比的数的是空的。

    >>> from perfmon_xl.domain.target import read_target
    >>> [change_text(Compared(actual=read_target(a), previous=read_target("92%"))) for a in ("90%", "92%", "优")]
    ['-2个百分点', '没有变化', '']
    """
    size = since_last(record)
    if size is None:
        return ""
    if not size:
        return UNCHANGED
    unit = POINTS if record.actual.unit == "%" else record.actual.unit
    return f"{'+' if size > 0 else '-'}{plain(abs(size))}{unit}"


def comparable_text(record: Compared) -> str:
    """上期实际可比的数和基本单位，写成公式读得了的样子，如“12E0|件”；没有可比的数的是空的。"""
    before = measured(record.previous)
    if before is None:
        return ""
    digits = plain(abs(before[0]))
    whole, _, fraction = digits.partition(".")
    sign = "-" if before[0] < 0 else ""
    return f"{sign}{(whole + fraction).lstrip('0') or '0'}E-{len(fraction)}|{before[1]}"


@dataclass(frozen=True, slots=True)
class Trend:
    """同上期可比的指标里，多了的、少了的、没有变的各几个。"""

    more: int = 0
    less: int = 0
    same: int = 0

    @property
    def known(self) -> int:
        return self.more + self.less + self.same


def trend(records: Iterable[Compared]) -> Trend:
    """这些指标与上期相比。"""
    sizes = [size for record in records if (size := since_last(record)) is not None]
    more, less = (sum(map(test, sizes)) for test in (lambda x: x > 0, lambda x: x < 0))
    return Trend(more, less, len(sizes) - more - less)
