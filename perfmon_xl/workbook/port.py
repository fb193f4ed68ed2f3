"""The one door to a workbook: a file on disk, an open Excel, or memory; used the same way.

Whole blocks only: in live mode every call crosses a process border, cell by cell would be unusable.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.origin import CellPlace
from perfmon_xl.layout.letters import column_letters, column_number

# Whose notes and marks are the program's; and in the formulas of looks that give way to a mark: still blank, still its own.
AUTHOR = "perfmon-xl"
SOFT = f'"{AUTHOR}"<>""'
Scalar = str | bool | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Formula:
    """要写进单元格的公式（不带等号）和它现在应有的值；text 为空：公式照旧，只换存着的值。"""

    text: str
    value: Scalar


Content = Scalar | Formula


class CellRef(NamedTuple):
    """单元格的位置；行列从 1 数起。"""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    @classmethod
    def of(cls, place: CellPlace) -> CellRef:
        return cls(place.sheet, place.row, column_number(place.column))

    def place(self, label: str = "") -> CellPlace:
        """消息里指的就是这一格；label 是栏目名。"""
        return CellPlace(self.sheet, column_letters(self.column), self.row, label)

    def __str__(self) -> str:
        return f"{self.sheet}!{self.a1}"


class RawCell(NamedTuple):
    """读到的一个单元格。

    value：输入的值，或公式存着的结果；没有就是 None。
    formula：公式文字（不带等号），没有公式是 None。
    error：错误值，如“#DIV/0!”；没有是 None。
    percent：数字格式是百分比，数字 0.95 显示为 95%。
    since_1904：工作簿的日子从 1904 年数起，没有日期格式的数当日期读时用。
    空白、未计算的公式、错误值是三回事。
    """

    ref: CellRef
    value: Scalar = None
    formula: str | None = None
    error: str | None = None
    percent: bool = False
    since_1904: bool = False

    @property
    def uncalculated(self) -> bool:
        return self.formula is not None and self.value is None and self.error is None

    @property
    def blank(self) -> bool:
        return self.value in (None, "") and self.error is None and self.formula is None


class StoredRow(Sequence[RawCell]):
    """一行单元格，问到哪一格才读哪一格；不读也知道各个公式存着的是不是应有的结果。"""

    __slots__ = ()

    @abstractmethod
    def mismatches(self, expected: Iterable[tuple[int, Decimal | str]]) -> list[tuple[int, Decimal | str]]:
        """expected（第几格、应有的结果）里不是公式的、存着的不是它的；说不准的也在内，要读了再看。"""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True)
class RawTable:
    """一个 Excel 表格：表头和各行单元格，不含汇总行。"""

    name: str
    sheet: str
    header: tuple[str, ...]
    first: CellRef
    rows: tuple[Sequence[RawCell], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """检查在一个单元格上做的记号：级别（错误、警告、提示、无法判断）定颜色，note 是批注的文字。"""

    level: str
    note: str


def no_room(table: str, blocked: CellRef, count: int) -> UserError:
    """表格下面有内容，加不了行。"""
    return UserError(
        f"{blocked} 有内容，表格“{table}”没有地方加行。",
        f"请在 Excel 里给这个表格插入 {count} 个空行，再运行一次。",
    )


class Workbook(Protocol):
    """已打开的 Excel、磁盘上的文件或内存里的表，用起来一样。"""

    def sheet_names(self) -> tuple[str, ...]: ...

    def tables(self) -> Mapping[str, RawTable]:
        """全部 Excel 表格，按名称。"""
        ...

    def named(self) -> Mapping[str, RawCell]:
        """全部指向单个单元格的名称。"""
        ...

    def cells(self, refs: Collection[CellRef]) -> Mapping[CellRef, RawCell]:
        """任意一批单元格现在的样子，公式写全。"""
        ...

    def write(self, cells: Mapping[CellRef, Content]) -> None:
        """写一批单元格；None 清空内容。以“=”开头的文字仍是文字。"""
        ...

    def append_rows(self, table: str, rows: Sequence[Sequence[Content]]) -> None:
        """在表格末尾加行，表格范围随之变大；表格下面还有内容的，拒绝。"""
        ...

    def remove_rows(self, table: str, count: int) -> None:
        """去掉表格末尾的几行，表格范围随之变小：append_rows 反过来。"""
        ...

    def fold(self, table: str, folded: Sequence[bool]) -> None:
        """表格各行收起来（True）还是露着，从第一行数起；没有说到的不动。收起来的点“+”展开。"""
        ...

    def marks(self) -> Mapping[CellRef, Mark]:
        """现在的记号，只有我们做的；上了颜色、批注是别人的，note 是空的。"""
        ...

    def mark(self, marks: Mapping[CellRef, Mark]) -> None:
        """去掉上次做的全部记号，做上这次的；别人的底色和批注不动，已有别人批注的单元格只上颜色。"""
        ...
