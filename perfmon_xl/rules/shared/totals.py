"""Totals typed over their formulas."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from perfmon_xl.domain.origin import StoredDifference


def typed_totals(differences: tuple[StoredDifference, ...]) -> Iterator[StoredDifference]:
    """盖掉了公式、数又不同的合计。"""
    for one in differences:
        if one.overwritten and "合计" in one.origin.label and not _same(one.stored, one.expected):
            yield one


def _same(stored: str, expected: str) -> bool:
    try:
        return Decimal(stored.replace(",", "")) == Decimal(expected.replace(",", ""))
    except InvalidOperation:
        return False
