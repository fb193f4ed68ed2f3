"""The annex 数据来源表: every figure of the report with its cell, for whoever checks the report on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfmon_xl.ooxml.escaping import escape
from perfmon_xl.report.tracing.bookmarks import PrintedValue
from perfmon_xl.report.tracing.sources import Source, SourceLookup
from perfmon_xl.report.tracing.tracked import marked_by_key

TITLE = "附：数据来源表"
_HEADS = ("报告里的数", "工作表", "单元格", "栏目", "怎么来的")
_WIDTHS = (1900, 1900, 900, 2245, 1900)
_LONGEST = 40
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def with_annex(
    body: str, written: Sequence[PrintedValue], sources: SourceLookup, styles: Mapping[str, str]
) -> str:
    """正文末尾加上数据来源表：有数字的值，一个值一行，同一格同样写法的只列一次。"""
    rows: dict[tuple[str, Source], str] = {}
    for printed_value in written:
        if len(printed_value.text) <= _LONGEST and any(c.isdigit() for c in printed_value.text):
            rows.setdefault((printed_value.text, sources.of(printed_value.key)), printed_value.key)
    if not rows:
        return body
    table = "".join(
        _row([marked_by_key(escape(text), key), *_source_text(source)], styles)
        for (text, source), key in rows.items()
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    annex = (
        f"<w:p>{_style(styles, 'heading 1')}{_run(TITLE)}</w:p>"
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{_row(_HEADS, styles, head=True)}{table}</w:tbl><w:p/>"
    )
    end = body.rfind("<w:sectPr", body.rfind("</w:p>"))
    at = end if end >= 0 else body.rfind("</w:body>")
    return body[:at] + annex + body[at:]


def _source_text(source: Source) -> tuple[str, ...]:
    origin = source.origin
    return tuple(
        escape(text) for text in (origin.sheet, origin.cell, origin.label, source.formula or "照填写")
    )


def _row(cells: Sequence[str], styles: Mapping[str, str], *, head: bool = False) -> str:
    properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
    style = _style(styles, "表头") if head else _style(styles, "表文左")
    return (
        "<w:tr>"
        + properties
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{style}{_run(text)}</w:p></w:tc>'
            for width, text in zip(_WIDTHS, cells, strict=True)
        )
        + "</w:tr>"
    )


def _style(styles: Mapping[str, str], name: str) -> str:
    return f'<w:pPr><w:pStyle w:val="{styles[name]}"/></w:pPr>' if name in styles else ""


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
