"""Places: a cell of a workbook, or a paragraph, a table's row, another part of a Word report.

A place is carried as a value and printed by whoever shows it; nothing reads it back from what was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

REPORT = "报告"  # what a place in a Word report says where a cell has its sheet
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")


NOT_FILLED = "没有填充"  # the kind of fault of a value that only the program reads, and has not yet


@dataclass(frozen=True, slots=True)
class CellPlace:
    """工作簿的一格：工作表、列（字母）、行（从 1 数）、栏目名。没有列的是整行，列和行都没有的只知道在哪张表。

    >>> str(CellPlace("表4 目标对比表", "F", 7, "实际完成的绩效目标值"))
    '表4 目标对比表!F7（实际完成的绩效目标值）'
    """

    sheet: str = ""
    column: str = ""
    row: int = 0
    label: str = ""

    @classmethod
    def at(cls, sheet: str, address: str, label: str = "") -> CellPlace:
        """存成文字的地址（“F7”，没有的是空的）读回来。

        >>> CellPlace.at("资金", "C4") == CellPlace("资金", "C", 4)
        True
        """
        match = _ADDRESS.fullmatch(address)
        return cls(sheet, match[1], int(match[2]), label) if match else cls(sheet, label=label)

    @property
    def is_cell(self) -> bool:
        """知道是哪一格，能点过去、做记号。"""
        return bool(self.column and self.row)

    @property
    def cell(self) -> str:
        """F7；没有列的是“第7行”。"""
        if self.column:
            return f"{self.column}{self.row}"
        return f"第{self.row}行" if self.row else ""

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}" + (f"（{self.label}）" if self.label else "")


@dataclass(frozen=True, slots=True)
class Heading:
    """报告的一个标题：级别、编号、去掉编号的文字。"""

    level: int
    mark: str
    title: str

    @property
    def short(self) -> str:
        """在位置里的简称：编号，没有编号的用题目的头几个字。

        >>> [Heading(1, "一、", "概况").short, Heading(2, "(二)", "资金").short, Heading(1, "", "结论").short]
        ['一', '（二）', '“结论”']
        """
        mark = re.sub(r"[、.．\s]+$", "", self.mark)
        if mark:
            return f"（{mark[1:-1]}）" if mark[0] in "（(" else mark
        return f"“{self.title[:12]}”"

    def __str__(self) -> str:
        return self.mark.strip() + self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPlace:
    """Word 报告里的一处：headings 是它上面的各级标题，label 是栏目名。下面几种，各有各的叫法。"""

    headings: tuple[Heading, ...] = ()
    label: str = ""

    @property
    def sheet(self) -> str:
        return REPORT

    @property
    def cell(self) -> str:
        """第几段、表里第几行，写给人看的。"""
        raise NotImplementedError

    def labelled(self, label: str) -> ReportPlace:
        """同一处，说的是这个栏目。"""
        return replace(self, label=label)

    def as_data(self) -> dict[str, object]:
        """JSON 里的 report：标题和第几段，或者表、行、栏。"""
        return {"heading": " / ".join(map(str, self.headings)), "paragraph": 0}

    def __str__(self) -> str:
        return f"{REPORT} {self.cell}" + (f"（{self.label}）" if self.label else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphPlace(ReportPlace):
    """标题下面的第几段（从 1 数）；0 是标题自己。

    >>> one = Heading(1, "一、", "概况"), Heading(2, "（二）", "资金")
    >>> str(ParagraphPlace(headings=one, number=3, label="支出数")), str(ParagraphPlace(headings=one))
    ('报告 一（二）第3段（支出数）', '报告 一（二）标题')
    """

    number: int = 0

    @property
    def cell(self) -> str:
        shorts = [heading.short for heading in self.headings]
        below = [n for n, s in enumerate(shorts[1:]) if s.startswith(f"{shorts[n]}.")]  # 4, 4.1
        section = "".join(s for n, s in enumerate(shorts) if n not in below) or "开头"
        return f"{section}第{self.number}段" if self.number else f"{section}标题"

    def as_data(self) -> dict[str, object]:
        return {"heading": " / ".join(map(str, self.headings)), "paragraph": self.number}


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlace(ReportPlace):
    """一张表的第几行（从 1 数，不算表头）；label 是栏。0 是整张表。

    >>> str(TablePlace(table="表4", row=2, label="实际完成的绩效目标值"))
    '报告 表4第2行（实际完成的绩效目标值）'
    """

    table: str
    row: int = 0

    @property
    def cell(self) -> str:
        return f"{self.table}第{self.row}行" if self.row else self.table

    def as_data(self) -> dict[str, object]:
        if not self.row:
            return ReportPlace.as_data(self)
        under = {"heading": " / ".join(map(str, self.headings))} if self.headings else {}
        return {**under, "table": self.table, "row": self.row, "column": self.label}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPlace(ReportPlace):
    """一张图，照它的图题叫。"""

    name: str

    @property
    def cell(self) -> str:
        return self.name

    def as_data(self) -> dict[str, object]:
        return {"heading": " / ".join(map(str, self.headings)), "chart": self.name}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPlace(ReportPlace):
    """别的一处：全文、目录的一行、表题。"""

    name: str

    @property
    def cell(self) -> str:
        return self.name


WHOLE = PartPlace(name="全文")

# Where a value stands.
Origin = CellPlace | ReportPlace


@dataclass(frozen=True, slots=True)
class Fault:
    """为什么一个单元格读不成它该有的值；原样文字留着，给提示用。

    kind 取值：“错误值”“公式未计算”“读不懂”。
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class StoredDifference:
    """工作簿里存着的一个计算结果，与程序算出的不一样；overwritten：公式被填的值盖掉了。"""

    origin: Origin
    stored: str
    expected: str
    overwritten: bool


class RowCells(Mapping[str, CellPlace]):
    """一行各栏目的位置，问到才写出来：每行几十栏，问到的只有几处。columns：字段 → (列的字母, 栏目名)。"""

    __slots__ = ("_columns", "_row", "_sheet")

    def __init__(self, sheet: str, row: int, columns: Mapping[str, tuple[str, str]]) -> None:
        self._sheet, self._row, self._columns = sheet, row, columns

    def __getitem__(self, name: str) -> CellPlace:
        letters, label = self._columns[name]
        return CellPlace(self._sheet, letters, self._row, label)

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


@dataclass(frozen=True, slots=True)
class RowPlace:
    """一条记录的位置：每个字段在工作簿的哪个单元格，或在报告的哪里。

    `cells` 的键是字段的英文名（model.py 里的属性名）；
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
        """字段所在的位置；数据不是从工作簿来的，只有栏目名。"""
        found = self.cells.get(name) or self.otherwise
        if found is not None:
            return found
        return PartPlace(name="", label=name) if self.in_report else CellPlace(self.sheet, "", self.row, name)


NOWHERE = RowPlace()
