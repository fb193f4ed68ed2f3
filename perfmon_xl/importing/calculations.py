"""A table that reckons what the money is for (测算过程, 数量 × 单价): each line and the sum, held against what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import plain
from perfmon_xl.domain.misfit import Misfit
from perfmon_xl.domain.origin import ReportPlace
from perfmon_xl.domain.text_keys import label_text
from perfmon_xl.importing.vocabulary import is_total, unit_of

_AMOUNT = re.compile(
    r"^(?:测算|预算|申请|合计|小计|支出|总)*(?:金额|小计|合计|预算数|测算数|总价|资金)(?:[（(].*)?$"
)
_HOW = re.compile(
    r"(?:计算|测算|核算)(?:过程|依据|公式|办法|方法|标准|明细|说明)|数量[×x*]单价|单价[×x*]数量"
)
_QUANTITY = re.compile(r"^(?:数量|人数|次数|面积|工程量|期数|天数|月数)")
_PRICE = re.compile(r"^(?:单价|标准|单位成本|补助标准|支出标准|价格)")
_SCALES = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000)}


def calculation_misfits(rows: Sequence[tuple[Sequence[str], ReportPlace]], unit: str) -> Iterator[Misfit]:
    """rows 是认不出表头的几行，一行的各格和位置；unit 是金额的单位，没有写的是空。"""
    head: dict[str, int] = {}
    scales: tuple[Decimal, ...] = ()
    parts: list[Decimal] = []
    for cells, where in rows:
        found = _head(cells)
        if found:
            head, parts = found, []
            stated = unit_of(cells[head["amount"]]) or unit
            scales = (_SCALES[stated],) if stated in _SCALES else tuple(_SCALES.values())
            continue
        amount = _number(cells, head.get("amount", -1))
        if not head or amount is None:
            continue
        first = next((t for t in map(label_text, cells) if t), "")
        if any(is_total(t) for t in cells if t):
            if len(parts) > 1 and sum(parts, Decimal(0)) != amount:
                summed = plain(sum(parts, Decimal(0)))
                yield Misfit(
                    where, "合计", f"各行金额相加是 {summed}，合计印的是 {plain(amount)}，对不上。",
                    "核对各行金额和合计。", {"相加": summed, "印的": plain(amount)},
                )  # fmt: skip
            continue
        parts.append(amount)
        product = _product(cells, head)
        if product is None or any(abs(product[1] / s - amount) < Decimal("0.01") for s in scales):
            continue
        written, yuan = product
        right = plain((yuan / scales[0]).normalize()) if len(scales) == 1 else f"{plain(yuan)}元"
        yield Misfit(
            where, "金额", f"“{first}”写的是 {written}={right}{_name(scales)}，金额印的是 {plain(amount)}，对不上。",
            "核对单价、数量和金额。", {"算出": right, "印的": plain(amount)},
        )  # fmt: skip


def _name(scales: tuple[Decimal, ...]) -> str:
    return next((n for n, s in _SCALES.items() if scales == (s,)), "")


def _head(cells: Sequence[str]) -> dict[str, int]:
    """有金额、又有算法（或者数量和单价）两栏的，是表头。"""
    found: dict[str, int] = {}
    for column, text in enumerate(map(label_text, cells)):
        for name, pattern in (("amount", _AMOUNT), ("how", _HOW), ("quantity", _QUANTITY), ("price", _PRICE)):
            if pattern.match(text):
                found.setdefault(name, column)
    ready = "amount" in found and ("how" in found or {"quantity", "price"} <= found.keys())
    return found if ready else {}


def _number(cells: Sequence[str], column: int) -> Decimal | None:
    if not 0 <= column < len(cells):
        return None
    match = re.fullmatch(r"([\d,]+(?:\.\d+)?)(?:万?元)?", label_text(cells[column]))
    return Decimal(match[1].replace(",", "")) if match else None


def _product(cells: Sequence[str], head: dict[str, int]) -> tuple[str, Decimal] | None:
    """这一行写出来的乘式和它等于多少元；没有、有几个的返回 None。"""
    if "how" in head and head["how"] < len(cells):
        from perfmon_xl.ledger.products import formula  # the ledger, which no other table needs
        from perfmon_xl.ledger.reading import sentences

        told = [formula(s) for s in sentences(cells[head["how"]], 2000)]
        known = [one for one in told if one is not None]
        return known[0] if len(known) == len(told) == 1 else None
    quantity, price = (_number(cells, head.get(n, -1)) for n in ("quantity", "price"))
    if quantity is None or price is None:
        return None
    written = f"{cells[head['quantity']].strip()}×{cells[head['price']].strip()}"
    by = _SCALES.get(unit_of(cells[head["price"]]) or "元", Decimal(1))
    return written, quantity * price * by
