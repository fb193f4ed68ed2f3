"""Workbooks as pandas DataFrames, one function a table: it needs pandas.

What a frame holds is said by the layout, so its columns are those of the workbook, entries and results
alike. Figures are computed here, never taken from what a workbook happens to have stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfmon_xl import app
from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.layout import board
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.schema import Column, Table, Type
from perfmon_xl.workbook.computed import Computed, compute_book
from perfmon_xl.workbook.engines import PACKAGE, open_book
from perfmon_xl.workbook.read import Reading, read

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = [
    "Book",
    "Books",
    "adjusted",
    "compared",
    "declared",
    "findings",
    "funding",
    "goal_changes",
    "load",
    "projects",
    "spending",
]

Books = str | Path | Iterable["str | Path | Book"]

_UNITS = {Type.WAN: "万元", Type.YUAN: "元", Type.RATE: "比率，1 是 100%"}
_NUMBERS = (Type.WAN, Type.YUAN, Type.RATE, Type.NUMBER)


@dataclass(frozen=True, slots=True)
class _FrameField:
    """数据框的一列：英文名、中文名、类型。"""

    name: str
    header: str
    type: Type = Type.TEXT


_WHICH = (
    _FrameField("file", "文件"),
    _FrameField("project", "项目名称"),
    _FrameField("department", "主管部门"),
)
_ROW = _FrameField("row", "工作表行号")
_FINDING = (
    _FrameField("level", "级别"),
    _FrameField("code", "编号"),
    _FrameField("family", "规则类别"),
    _FrameField("title", "规则"),
    _FrameField("sheet", "工作表"),
    _FrameField("cell", "单元格"),
    _FrameField("column", "栏目"),
    _FrameField("message", "问题"),
    _FrameField("hint", "怎么改"),
    _FrameField("basis", "依据"),
    _FrameField("answered", "已说明"),
    _FrameField("matter", "第几个事项"),
    _FrameField("matter_name", "事项"),
)


class Book:
    """一个读好的工作簿；几张表都要的，先 load 一次，不必各读一遍。"""

    def __init__(self, path: Path, engine: str = PACKAGE) -> None:
        self.path = path
        self.reading: Reading = read(open_book(path, engine))
        self._checked: app.CheckedBook | None = None

    @property
    def checked(self) -> app.CheckedBook:
        """检查的结果；第一次用到时才检查。"""
        if self._checked is None:
            self._checked = app.check_reading(self.reading)
        return self._checked

    @property
    def computed(self) -> Computed:
        monitoring = self.reading.monitoring
        return compute_book(figures_of(monitoring, app.rules_of(monitoring)))

    @property
    def which(self) -> tuple[Any, ...]:
        project = self.reading.monitoring.project
        return self.path.name, project.name, project.department


def load(books: Books, *, engine: str = PACKAGE) -> tuple[Book, ...]:
    """读一个或几个工作簿；给的是文件夹的，读里面的各个 .xlsx。读不了的，说出是哪个文件、为什么。

    engine：package 照文件的各部分读；openpyxl 由 openpyxl 读，慢，读出的一样。
    """
    given: Iterable[str | Path | Book] = [books] if isinstance(books, str | Path) else books
    return tuple(_opened(given, engine))


def _opened(given: Iterable[str | Path | Book], engine: str) -> Iterator[Book]:
    for book in given:
        if isinstance(book, Book):
            yield book
        elif (path := Path(book)).is_dir():
            inside = sorted(p for p in path.glob("*.xlsx") if not p.name.startswith(("~$", ".")))
            yield from (Book(p, engine) for p in inside)
        else:
            yield Book(path, engine)


def declared(books: Books, *, english: bool = False, exact: bool = False) -> DataFrame:
    """表1：申报的指标和目标值；目标值右边是读成的符号、数值、单位。"""
    return _table(books, layout.DECLARED, english=english, exact=exact)


def goal_changes(books: Books, *, english: bool = False, exact: bool = False) -> DataFrame:
    """表2：总目标原文、是否调整、调整后内容。"""
    return _table(books, layout.GOAL_CHANGES, english=english, exact=exact)


def adjusted(books: Books, *, english: bool = False, exact: bool = False) -> DataFrame:
    """表3：核对后的指标、调整类型、跟踪目标值。"""
    return _table(books, layout.ADJUSTED, english=english, exact=exact)


def compared(books: Books, *, english: bool = False, exact: bool = False) -> DataFrame:
    """表4：全年目标、本阶段目标、实际完成；完成率、偏差、偏差率、是否达成、预警由程序算出。"""
    return _table(books, layout.COMPARED, english=english, exact=exact)


def funding(books: Books, *, english: bool = False, exact: bool = False) -> DataFrame:
    """资金来源：预算、到位、支出、全年预计（万元），到位率、执行率（比率）。"""
    return _table(books, layout.FUNDING, english=english, exact=exact)


def spending(books: Books, *, english: bool = False, exact: bool = False) -> DataFrame:
    """支出明细（元）。"""
    return _table(books, layout.SPENDING, english=english, exact=exact)


def findings(books: Books, *, english: bool = False) -> DataFrame:
    """检查发现的问题，一条一行；已说明：处理意见里写了理由的。归在同一个事项里的，事项相同。"""
    from perfmon_xl.rules.registry import catalogue

    rules, rows = catalogue(), []
    for book in load(books):
        matters = {id(one): matter for matter in book.checked.matters for one in matter.findings}
        for finding in book.checked.findings:
            place, rule, matter = finding.origin, rules[finding.code], matters[id(finding)]
            where = (place.sheet, place.cell, place.label) if place else ("", "", "")
            rows.append(
                (
                    *book.which,
                    finding.level,
                    finding.code,
                    rule.family,
                    rule.title,
                    *where,
                    finding.message,
                    finding.hint,
                    finding.basis,
                    finding.key in book.checked.acknowledged,
                    matter.number,
                    matter.name,
                )
            )
    return _frame((*_WHICH, *_FINDING), rows, english=english, exact=False)


def projects(books: Books, *, english: bool = False, exact: bool = False) -> DataFrame:
    """一个工作簿一行：项目信息、资金合计和比率、各灯和各级问题的个数、检查结论。"""
    period, funds, lights = (form.cells for form in (layout.PERIOD, layout.FUNDS, board.BOARD))
    known = {cell.label for cell in (*period, *funds)}
    results = [*period, *funds, *(cell for cell in lights if cell.label not in known)]
    entries = [cell for cell in layout.PROJECT.cells if cell.field not in ("name", "department")]
    fields = (
        *_WHICH,
        *(_FrameField(c.field, c.label, c.type) for c in entries),
        _FrameField("goal", "年度绩效目标"),
        *(_FrameField(c.field, c.label, c.type) for c in results),
        _FrameField("verdict", "检查结论"),
    )
    rows = []
    for book in load(books):
        monitoring, checked = book.reading.monitoring, book.checked
        levels = Counter(finding.level for finding in checked.findings)
        cells = compute_book(checked.figures, levels).cells
        rows.append(
            (
                *book.which,
                *(getattr(monitoring.project, cell.field) for cell in entries),
                monitoring.goal.text,
                *(cells[cell.name] for cell in results),
                checked.verdict,
            )
        )
    return _frame(fields, rows, english=english, exact=exact)


def _table(books: Books, table: Table, *, english: bool, exact: bool) -> DataFrame:
    columns = [column for column in table.columns if not column.hidden]
    fields = (*_WHICH, _ROW, *(_FrameField(c.field, c.header, c.type) for c in columns))
    rows = [row for book in load(books) for row in _records(book, table, columns)]
    return _frame(fields, rows, english=english, exact=exact)


def _records(book: Book, table: Table, columns: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
    computed = book.computed
    for index, record in enumerate(getattr(book.reading.monitoring, table.record)):
        results = computed.row(table.name, index)
        values = (
            _display(results[c.field] if c.computed else getattr(record, c.field), c.type) for c in columns
        )
        yield (*book.which, record.place.row, *values)


def _display(value: object, kind: Type) -> object:
    if isinstance(value, Amount):
        return value.wan_number if kind is Type.WAN else value.yuan
    return value.raw if isinstance(value, TargetValue) else value


def _frame(
    fields: Sequence[_FrameField], rows: Sequence[tuple[Any, ...]], *, english: bool, exact: bool
) -> DataFrame:
    try:
        import pandas as pd
    except ImportError:
        raise UserError("没有装 pandas，出不了数据框。", "python -m pip install pandas") from None
    names = [field.name if english else field.header for field in fields]
    made = {}
    for number, (name, field) in enumerate(zip(names, fields, strict=True)):
        values = [row[number] for row in rows]
        data, kind = _series(values, field.type, exact=exact)
        made[name] = pd.Series(data, dtype=kind)
    frame = pd.DataFrame(made, columns=names)
    frame.attrs["units"] = {
        name: _UNITS[field.type] for name, field in zip(names, fields, strict=True) if field.type in _UNITS
    }
    return frame


def _series(values: list[Any], kind: Type, *, exact: bool) -> tuple[list[Any], Any]:
    """一列的值和 dtype。没有数的（没填、不是比率的“—”）是 NaN 或 None，不当作零。"""
    if kind in _NUMBERS:
        numbers: list[Decimal | None] = [v if isinstance(v, Decimal) else None for v in values]
        if exact:
            return numbers, "object"
        return [float("nan") if n is None else float(n) for n in numbers], "float64"
    if kind is Type.DATE:
        return [v if isinstance(v, date) else None for v in values], "datetime64[s]"
    # row numbers and yes or no are always there
    return values, {int: "int64", bool: "bool"}.get(type(values[0]), "object") if values else "object"
