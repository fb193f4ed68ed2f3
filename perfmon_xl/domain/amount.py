"""Money: exact, in yuan inside, shown in 元 or 万元; half-up only when shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

YUAN_PER_WAN = Decimal(10_000)
_MOST = (
    Decimal(10) ** 15
)  # yuan, or anything that is counted: beyond it Excel itself no longer keeps every digit
_MOST_DIGITS = 40


def plausible(number: Decimal) -> bool:
    """是不是表里会有的数：有限的，绝对值不到一千万亿，位数不过四十。别的只会是错的或者有意捣乱的，一律当作读不懂。

    >>> plausible(Decimal("4.38161")), plausible(Decimal("1e25")), plausible(Decimal("1e-400")), plausible(Decimal("NaN"))
    (True, False, False, False)
    """
    if not number.is_finite() or number.adjusted() >= 15:
        return False
    _, digits, exponent = number.as_tuple()
    return len(digits) <= _MOST_DIGITS and isinstance(exponent, int) and exponent >= -_MOST_DIGITS


def plain(number: Decimal) -> str:
    """数字照原样写出：不用科学计数，不留多余的零。

    >>> plain(Decimal("4.38161000")), plain(Decimal("5E+1"))
    ('4.38161', '50')
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def half_up(number: Decimal, places: int) -> Decimal:
    """四舍五入到 places 位小数（不是银行家舍入）。

    >>> half_up(Decimal("0.125"), 2)
    Decimal('0.13')
    """
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def percent(rate: Decimal, places: int = 2) -> str:
    """比率写成百分数，四舍五入。

    >>> percent(Decimal("0.876322"))
    '87.63%'
    """
    return f"{half_up(rate * 100, places)}%"


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """金额，内部以元计，精确到输入的位数。

    >>> Amount.wan(Decimal("4.38161")).yuan
    Decimal('43816.10000')
    >>> str(Amount(Decimal("43816.1"))), Amount(Decimal(50000)).in_wan
    ('43816.1元', '5万元')
    """

    yuan: Decimal

    @classmethod
    def wan(cls, number: Decimal) -> Amount:
        return cls(number * YUAN_PER_WAN)

    @property
    def wan_number(self) -> Decimal:
        return self.yuan / YUAN_PER_WAN

    @property
    def in_yuan(self) -> str:
        return f"{plain(self.yuan)}元"

    @property
    def in_wan(self) -> str:
        return f"{plain(self.wan_number)}万元"

    def __str__(self) -> str:
        """不足一万元的写元，整数到万的写万元，其余照元写，免得四舍五入。"""
        return self.in_wan if self.yuan and self.yuan % YUAN_PER_WAN == 0 else self.in_yuan

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.yuan + other.yuan)

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.yuan - other.yuan)


def total(amounts: Iterable[Amount | None]) -> Amount | None:
    """一列金额的合计；一个也没有填时没有合计，返回 None（空着不等于零）。"""
    known = [a for a in amounts if a is not None]
    return Amount(sum((a.yuan for a in known), Decimal(0))) if known else None


def decimal_or_infinity(text: str) -> Decimal:
    """数据、规则集里写着的一个数；写得离谱的（几千位、指数几亿）也只是一个不能用的数，到它那一项再说。

    >>> decimal_or_infinity("0.50"), decimal_or_infinity("1e99999999999999999999")
    (Decimal('0.50'), Decimal('Infinity'))
    """
    try:
        return Decimal(text) if len(text) <= 400 else Decimal("Infinity")
    except ArithmeticError:  # an exponent of twenty digits
        return Decimal("Infinity")
