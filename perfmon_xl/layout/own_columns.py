"""Columns that several tables have: what a row still lacks, and how a value was read, folded away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from perfmon_xl.layout.schema import Column, Type


def todo(formula: str, width: float) -> Column:
    """“本行还差”：这一行先要做的一件事；都有了是“✓”，没有用的行空着。"""
    return Column(
        field="todo",
        header="本行还差",
        type=Type.TEXT,
        width=width,
        formula=formula,
        printed=False,
        note="这一行先要补的一处；“✓”是都有了。",
    )


def folded(columns: Iterable[Column]) -> tuple[Column, ...]:
    """怎样读的各栏：给人看的在前、收成一组，点“+”展开；中间步骤在后，隐藏。"""
    listed = tuple(columns)
    shown = (replace(column, grouped=True) for column in listed if not column.hidden)
    return (*shown, *(column for column in listed if column.hidden))
