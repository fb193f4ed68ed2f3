"""The header of a table, recognised: which table it is, and which field stands in which column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from perfmon_xl.domain.text_keys import label_key, without_spaces
from perfmon_xl.importing.grid import Grid

INDICATORS = ("declared", "adjusted", "compared")
MONEY = ("initial", "adjusted", "arrived", "spent", "forecast")
CHECKED = ("weight", "score", "rate")  # printed figures: held against the others, never stored
PROJECT = ("name", "department", "unit", "client", "monitor", "year", "start", "end", "cutoff", "scope")


@dataclass(frozen=True, slots=True)
class Head:
    """一栏的表头：上面盖着它的，和最下面的一行；都是原样的字。"""

    text: str
    above: str = ""

    @property
    def key(self) -> str:
        return label_key(self.text) if self.text else ""

    @property
    def over(self) -> str:
        return label_key(self.above) if self.above else ""

    @property
    def shown(self) -> str:
        text, above = without_spaces(self.text), without_spaces(self.above)
        return text if not above or above == text else f"{above}·{text}"


@dataclass(frozen=True, slots=True)
class Header:
    """认出的表头：是哪张表，字段在第几列（从 0 数），打√的各列，核对而不存的各列，没有对应栏目的各列。"""

    record: str
    row: int
    height: int
    columns: Mapping[str, int]
    shown: Mapping[str, str]
    ticks: Mapping[int, str] = field(default_factory=dict)
    checked: Mapping[str, int] = field(default_factory=dict)
    rest: Mapping[int, str] = field(default_factory=dict)
    project: Mapping[str, int] = field(default_factory=dict)
    sides: frozenset[int] = frozenset()
    title: str = ""
    twice: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    serial: int = -1
    months: tuple[int, ...] = ()  # what was done month by month, beside the sum of it

    @property
    def like(self) -> tuple[object, ...]:
        """两个表头是不是一样的：下一页重复的表头。"""
        return (self.record, tuple(sorted(self.columns.items())), tuple(sorted(self.shown.items())))


def continued(grid: Grid, row: int, height: int, column: int) -> bool:
    """与左边一列是同一格（横着合并的）。"""
    return column > 0 and all(
        grid.rows[at][column].ref == grid.rows[at][column - 1].ref for at in range(row, row + height)
    )
