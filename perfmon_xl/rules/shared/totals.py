"""Totals: those typed over their formulas, and those typed as one more line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from perfmon_xl.domain.origin import StoredDifference


def typed_totals(differences: tuple[StoredDifference, ...]) -> Iterator[StoredDifference]:
    """盖掉了公式、数又不同的合计。"""
    for difference in differences:
        if (
            difference.overwritten
            and "合计" in difference.origin.label
            and not _same(difference.stored, difference.expected)
        ):
            yield difference


def _same(stored: str, expected: str) -> bool:
    try:
        return Decimal(stored.replace(",", "")) == Decimal(expected.replace(",", ""))
    except InvalidOperation:
        return False


def is_total(name: str) -> bool:
    """是不是“合计”“年度资金总额”这样的一行的名称。"""
    bare = re.sub(r"[\s:：]", "", name)
    return bare in (
        "合计",
        "总计",
        "小计",
        "共计",
        "总额",
        "资金总额",
        "年度资金总额",
        "支出合计",
        "资金合计",
    )
