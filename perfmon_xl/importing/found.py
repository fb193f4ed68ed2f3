"""What an import yields: the records, the text that found no place in them, and where everything stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from perfmon_xl.domain.misfit import Misfit
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.origin import REPORT, Fault, Origin, ReportPlace, RowPlace
from perfmon_xl.domain.passage import Passage
from perfmon_xl.domain.report_text import ReportText


@dataclass(frozen=True, slots=True)
class Leftover:
    """报告里没有读进工作簿的一处：在哪里、原文、为什么。"""

    place: ReportPlace
    text: str
    why: str
    cells: tuple[str, ...] = ()  # of a whole column that is named once

    def __str__(self) -> str:
        short = self.text if len(self.text) <= 40 else self.text[:39] + "…"
        return f"{self.place.cell}“{short}”：{self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """一份报告读成的记录；没有地方放的逐条列出；passages 是记录以外的文字，text 是报告从头到尾各行，都连同位置。

    misfits 是印着的合计、比率、分值、得分里对不上的；notes 是怎么读的（单位、年度从哪里来）。
    checked 是核对过就放下的原文：正好的合计、比率、分值、得分，表名、期间一类的题目。
    """

    monitoring: Monitoring
    leftovers: tuple[Leftover, ...]
    passages: tuple[Passage, ...]
    text: ReportText
    misfits: tuple[Misfit, ...] = ()
    notes: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    asides: tuple[
        Passage, ...
    ] = ()  # of a form: what stands in passages because the workbook has no column for it


class _Labelled(Mapping[str, Origin]):
    """各字段都在同一处，栏目名不同；问到才写出来。"""

    __slots__ = ("_labels", "_where")

    def __init__(self, where: ReportPlace, labels: Mapping[str, str]) -> None:
        self._where, self._labels = where, labels

    def __getitem__(self, name: str) -> ReportPlace:
        return self._where.labelled(self._labels[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)


def place_of(
    where: ReportPlace,
    labels: Mapping[str, str],
    *,
    table: str = "",
    row: int = 0,
    faults: Mapping[str, Fault] | None = None,
    raw: Mapping[str, str] | None = None,
) -> RowPlace:
    """一条记录在报告里的位置：各字段都在 where，labels 是字段 → 栏目名。"""
    return RowPlace(REPORT, table, row, _Labelled(where, dict(labels)), faults or {}, raw or {}, where)
