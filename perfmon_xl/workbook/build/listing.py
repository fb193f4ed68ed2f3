"""One titled, filtered, printable table on a sheet, from its columns; its total row follows the filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from perfmon_xl.layout import palette
from perfmon_xl.layout.letters import column_letters
from perfmon_xl.layout.schema import Type
from perfmon_xl.workbook.build.style import (
    FINDING_LOOKS,
    LIGHT_LOOKS,
    NUMBER_FORMATS,
    Formats,
    follow,
    web,
)
from perfmon_xl.workbook.wrapping import lines, points

T = TypeVar("T")
Cell = Decimal | int | str | None

_TITLE, _NOTE, TOTAL_ROW, _HEAD = range(4)
SUM = "SUBTOTAL(109,{own})"
MONEY_SUM = 'IF(SUBTOTAL(102,{own})=0,"",SUBTOTAL(109,{own}))'
MEAN = 'IFERROR(SUBTOTAL(101,{own}),"")'
_MOST_LINKS = 60_000  # Excel keeps 65,530 links a sheet, and drops the rest with a repair message
NOTHING = "（无）"
LEVEL = "level"  # the key of a column that names the severity of a finding


class ColumnKind(Enum):
    """一栏放什么。"""

    TEXT = "@"
    WAN = NUMBER_FORMATS[Type.YUAN]  # two places are enough in a summary
    RATE = NUMBER_FORMATS[Type.RATE]
    COUNT = "#,##0"
    POINTS = "+0.0;-0.0;0.0"  # percentage points, signed
    LIGHT = "General"
    LINK = "link"
    NUMBER = "0"  # 序号


@dataclass(frozen=True, slots=True)
class Link:
    """指向别的文件的链接；path 相对汇总表所在的文件夹，place 是“工作表!单元格”。"""

    path: str
    text: str = "打开"
    sheet: str = ""
    cell: str = ""

    @property
    def url(self) -> str:
        # XlsxWriter escapes what is not escaped yet; it takes the first # for the place inside the file.
        path = quote(self.path, safe="/():!~,'（）") if {"#", "%"} & set(self.path) else self.path
        place = f"#'{self.sheet}'!{self.cell}" if self.sheet else ""
        # “./” so that no folder or file name reads as a scheme; XlsxWriter takes one of two away.
        return f"external:././{path}{place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Col(Generic[T]):
    """一栏：表头、宽、放什么；value 取一条的值；formula 有的，value 是公式现在的结果。

    formula 和 total 里的 {栏目的 key} 换成本行的单元格（formula）或整栏的区域（total）；{row} 是行号。
    folded 的栏收成一组，点“+”展开，不打印；total 是合计行的公式，total_value 是它现在的结果。
    """

    key: str
    header: str
    width: float
    kind: ColumnKind
    value: Callable[[T], Cell | Link]
    formula: str = ""
    total: str = ""
    total_value: Cell = None
    left: bool = False
    folded: bool = False


def number() -> Col[Any]:
    """序号一栏。"""
    return Col(key="no", header="序号", width=5, kind=ColumnKind.NUMBER, value=lambda _: None)


def text(key: str, header: str, width: float, *, left: bool = True) -> Col[Any]:
    """文字一栏，内容是记录的同名属性。"""
    return Col(
        key=key,
        header=header,
        width=width,
        kind=ColumnKind.TEXT,
        value=lambda one: getattr(one, key),
        left=left,
    )


@dataclass(frozen=True, slots=True)
class Chip:
    """说明那一行的一格：现在的文字、公式、颜色。"""

    text: str
    formula: str
    look: palette.Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[T]):
    """一张工作表：标题、说明、合计行、表格。note_formula 有的，说明是活的一句话。

    chips：说明那一行从 chips_from 那一栏起，一栏一格；这样的，aside 是写在标题右边的小字。
    """

    sheet: str
    table: str
    title: str
    note: str
    columns: Sequence[Col[T]]
    rows: Sequence[T]
    note_formula: str = ""
    total_label: str = ""
    aside: str = ""
    chips: Sequence[Chip] = ()
    chips_from: str = ""
    paper: int = 9
    frozen: int = 1

    @property
    def first(self) -> int:
        """第一条记录在第几行，从 0 数。"""
        return _HEAD + 1

    @property
    def last(self) -> int:
        return self.first + max(1, len(self.rows)) - 1

    def column(self, key: str) -> int:
        """一栏在第几列，从 0 数。"""
        return next(at for at, col in enumerate(self.columns) if col.key == key)

    def ranges(self) -> dict[str, str]:
        """各栏的区域：$E$5:$E$34。"""
        ranges = {}
        for at, col in enumerate(self.columns, 1):
            letters = column_letters(at)
            ranges[col.key] = f"${letters}${self.first + 1}:${letters}${self.last + 1}"
        return ranges


def write_listing(workbook: Any, formats: Formats, listing: Listing[Any]) -> Any:
    """写一张工作表；返回它，供再加图。"""
    page = workbook.add_worksheet(listing.sheet)
    for at, col in enumerate(listing.columns):
        after = listing.columns[at + 1].folded if at + 1 < len(listing.columns) else False
        options = {"level": 1, "hidden": 1} if col.folded else {"collapsed": 1} if after else {}
        page.set_column(at, at, col.width, None, options)
    page.write_string(_TITLE, 0, listing.title, formats.title)
    page.set_row(_TITLE, 28)
    page.set_row(_NOTE, 18)
    if listing.note_formula:
        text = listing.note_formula.format_map(listing.ranges())
        page.write_formula(_NOTE, 0, "=" + text, formats.remark, listing.note)
    else:
        page.write_string(_NOTE, 0, listing.note, formats.remark)
    if listing.chips:
        _chips(page, formats, listing)
    if listing.total_label:
        _total_row(page, formats, listing)
    heads = [{"header": col.header, "header_format": formats.filtered_head} for col in listing.columns]
    page.add_table(
        _HEAD,
        0,
        listing.last,
        len(heads) - 1,
        {"name": listing.table, "columns": heads, "style": None, "autofilter": True},
    )
    head = max(lines(col.header, col.width) for col in listing.columns)
    page.set_row(_HEAD, head * 14 + 16)  # the last line is for the filter buttons
    links = sum(col.kind is ColumnKind.LINK for col in listing.columns) * len(listing.rows) <= _MOST_LINKS
    for index, record in enumerate(listing.rows):
        _record(page, formats, listing, record, listing.first + index, links=links)
    if not listing.rows:
        for at, col in enumerate(listing.columns):
            _write_cell(page, listing.first, at, NOTHING if at == 0 else None, _style(formats, col))
    for at, col in enumerate(listing.columns):
        if col.kind is ColumnKind.LIGHT:
            light_colours(workbook, page, listing.first, listing.last, at)
        elif col.key == LEVEL:
            follow(workbook, page, (listing.first, at, listing.last, at), FINDING_LOOKS)
    _page_setup(page, listing)
    return page


def _chips(page: Any, formats: Formats, listing: Listing[Any]) -> None:
    first, ranges = listing.column(listing.chips_from), listing.ranges()
    page.write_string(_TITLE, first, listing.aside, formats.remark)
    page.set_row(_NOTE, 22)
    for at, chip in enumerate(listing.chips, first):
        style = formats.filled(
            chip.look, bold=True, font_size=10, align="center", valign="vcenter", shrink=True
        )
        page.write_formula(_NOTE, at, "=" + chip.formula.format_map(ranges), style, chip.text)


def light_colours(workbook: Any, page: Any, first: int, last: int, column: int) -> None:
    """红、黄、绿、蓝的底色，跟着单元格的字走。"""
    follow(workbook, page, (first, column, last, column), LIGHT_LOOKS)


def _style(formats: Formats, col: Col[Any], *, total: bool = False) -> Any:
    number = col.kind in (ColumnKind.WAN, ColumnKind.RATE, ColumnKind.POINTS)
    more: dict[str, object] = {"bold": True} if total else {}
    if col.kind is ColumnKind.LINK and not total:
        more |= {"font_color": web(palette.LINK), "underline": 1}
    return formats.filled(
        palette.TOTAL if total else palette.PLAIN,
        text_wrap=True,
        font_size=10,
        align="right" if number else "left" if col.left else "center",
        num_format="General" if col.kind is ColumnKind.LINK else col.kind.value,
        **more,
    )


def _total_row(page: Any, formats: Formats, listing: Listing[Any]) -> None:
    ranges = listing.ranges()
    page.set_row(TOTAL_ROW, 22)
    for at, col in enumerate(listing.columns):
        style = _style(formats, col, total=True)
        if at == 0:
            page.write_string(TOTAL_ROW, 0, listing.total_label, style)
        elif col.total:
            formula = "=" + col.total.format_map(ranges | {"own": ranges[col.key]})
            page.write_formula(TOTAL_ROW, at, formula, style, _cached(col.total_value))
        else:
            page.write_blank(TOTAL_ROW, at, None, style)


def _record(
    page: Any, formats: Formats, listing: Listing[Any], record: Any, row: int, *, links: bool
) -> None:
    cells = {col.key: f"${column_letters(n)}{row + 1}" for n, col in enumerate(listing.columns, 1)}
    tall = 1
    for at, col in enumerate(listing.columns):
        style, value = _style(formats, col), col.value(record)
        if col.kind is ColumnKind.NUMBER:
            page.write_number(row, at, row - listing.first + 1, style)
        elif col.formula:
            assert not isinstance(value, Link)
            page.write_formula(row, at, "=" + col.formula.format_map(cells), style, _cached(value))
        elif isinstance(value, Link):
            if links:
                page.write_url(row, at, value.url, style, value.text)
            else:
                page.write_string(row, at, value.text, style)
        else:
            _write_cell(page, row, at, value, style)
            if isinstance(value, str):
                tall = max(tall, lines(value, col.width * 1.1))
    page.set_row(row, points(tall))


def _cached(value: Cell) -> float | str:
    return "" if value is None else value if isinstance(value, str) else float(value)


def _write_cell(page: Any, row: int, column: int, value: Cell, style: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, style)
    elif isinstance(value, str):
        page.write_string(row, column, value, style)
    else:
        page.write_number(row, column, float(value), style)


def _page_setup(page: Any, listing: Listing[Any]) -> None:
    page.hide_gridlines(2)
    page.set_paper(listing.paper)
    page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.center_horizontally()
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD)
    page.outline_settings(True, True, False, False)
    if any(col.folded for col in listing.columns):
        shown = next(at for at, col in enumerate(listing.columns) if col.folded)
        page.print_area(0, 0, listing.last, shown - 1)
    page.freeze_panes(listing.first, listing.frozen)
    page.set_footer(f"&L{listing.sheet}&C第 &P 页，共 &N 页")
