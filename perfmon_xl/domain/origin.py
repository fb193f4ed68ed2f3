"""Where a value stands: the cell a message, a finding or a number of the report points at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

REPORT = "报告"  # the sheet of a place in a Word report


@dataclass(frozen=True, slots=True)
class Origin:
    """一个值所在的位置：工作表、单元格、栏目名；在 Word 报告里的，是“报告”和段落，或表、行。

    >>> str(Origin("表4 目标对比表", "F7", "实际完成的绩效目标值"))
    '表4 目标对比表!F7（实际完成的绩效目标值）'
    >>> str(Origin(REPORT, "表4第2行", "实际完成的绩效目标值"))
    '报告 表4第2行（实际完成的绩效目标值）'
    """

    sheet: str
    cell: str
    label: str = ""

    def __str__(self) -> str:
        between = " " if self.sheet == REPORT else "!"
        return f"{self.sheet}{between}{self.cell}" + (f"（{self.label}）" if self.label else "")


@dataclass(frozen=True, slots=True)
class Fault:
    """为什么一个单元格读不成它该有的值；原样文字留着，给提示用。

    kind 取值：“错误值”“公式未计算”“读不懂”。
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """工作簿里存着的一个计算结果，与程序算出的不一样；overwritten：公式被填的值盖掉了。"""

    origin: Origin
    stored: str
    expected: str
    overwritten: bool


class RowCells(Mapping[str, Origin]):
    """一行各栏目的位置，问到才写出来：每行几十栏，问到的只有几处。columns：字段 → (列的字母, 栏目名)。"""

    __slots__ = ("_columns", "_row", "_sheet")

    def __init__(self, sheet: str, row: int, columns: Mapping[str, tuple[str, str]]) -> None:
        self._sheet, self._row, self._columns = sheet, row, columns

    def __getitem__(self, name: str) -> Origin:
        letters, label = self._columns[name]
        return Origin(self._sheet, f"{letters}{self._row}", label)

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


@dataclass(frozen=True, slots=True)
class RowPlace:
    """一条记录在工作簿里的位置：每个字段在哪个单元格。

    `cells` 的键是字段的英文名（model.py 里的属性名），值是 Origin；
    `faults` 记下读不成的字段；`raw` 是原样显示的文字；`otherwise` 是没有这一栏的字段算在哪里。
    """

    sheet: str = ""
    table: str = ""
    row: int = 0
    cells: Mapping[str, Origin] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)
    otherwise: Origin | None = None

    @property
    def in_report(self) -> bool:
        """是 Word 报告里的，不是工作簿里的。"""
        return self.sheet == REPORT

    def at(self, name: str) -> Origin:
        """字段所在的单元格；数据不是从工作簿来的，只有栏目名。"""
        found = self.cells.get(name) or self.otherwise
        return found if found is not None else Origin(self.sheet, f"第{self.row}行" if self.row else "", name)


NOWHERE = RowPlace()
