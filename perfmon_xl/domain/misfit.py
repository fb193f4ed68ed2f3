"""A figure that is printed in a table and not stored, and does not fit the others: a sum, a rate, points, a grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from perfmon_xl.domain.origin import ReportPlace


@dataclass(frozen=True, slots=True)
class Misfit:
    """印着的数（合计、比率、分值、得分）与别处对不上的一处：在哪里、哪一栏、事实、怎么改、两个值。

    印着的数不存进工作簿，核对过就放下。
    """

    place: ReportPlace
    label: str
    message: str
    hint: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.place.cell}：{self.message}"
