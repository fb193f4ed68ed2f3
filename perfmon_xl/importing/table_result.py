"""What the tables of others yield, and how their rows are named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from perfmon_xl.domain import model
from perfmon_xl.domain.misfit import Misfit
from perfmon_xl.domain.origin import ReportPlace, TablePlace
from perfmon_xl.domain.passage import Passage
from perfmon_xl.importing.found import Leftover
from perfmon_xl.importing.grid import Grid

UNREAD = "认不出这张表的表头"
NO_PLACE = "工作簿里没有对应的栏目"


@dataclass(slots=True)
class Tables:
    """各张表的记录；报头里的项目信息；没有读入的行和栏目；对不上的印着的数；用掉的段（表题）。"""

    records: dict[str, list[Any]] = field(default_factory=dict)
    goal: model.Goal = field(default_factory=model.Goal)
    facts: dict[str, tuple[str, ReportPlace, str]] = field(default_factory=dict)
    texts: dict[str, tuple[str, ReportPlace]] = field(default_factory=dict)
    leftovers: list[Leftover] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    captions: set[int] = field(default_factory=set)
    lines: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    asides: list[tuple[str, ReportPlace]] = field(default_factory=list)
    money_texts: list[tuple[str, ReportPlace]] = field(default_factory=list)  # sentences about money in cells
    checked: list[str] = field(default_factory=list)
    passages: list[Passage] = field(
        default_factory=list
    )  # sentences of columns that have no place, by indicator


def row_place(grid: Grid, row: int, title: str) -> TablePlace:
    """第几行：工作表照工作表数，Word 的表从表的头一行数。"""
    return grid.place(row) if grid.sheet else TablePlace(table=title, row=row + 1)


def spans_rows(grid: Grid, row: int, column: int) -> bool:
    """竖着占几行的一格。"""
    return row + 1 < len(grid.rows) and grid.rows[row + 1][column].ref == grid.rows[row][column].ref


def joined(cells: Sequence[str]) -> str:
    return " | ".join(dict.fromkeys(c for c in cells if c))


_PROSE = re.compile("[，。；]")
_LONG = 12  # 字


def sentences_in(cells: Sequence[str], where: ReportPlace) -> list[tuple[str, ReportPlace]]:
    """几格里成句的话：没有栏目放，也要核对。"""
    told = dict.fromkeys(t.strip() for t in cells)
    return [(t, where) for t in told if len(t) > _LONG and _PROSE.search(t)]
