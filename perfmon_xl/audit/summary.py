"""What the summary workbook says now, for the values that a summary report recorded."""

from __future__ import annotations

from collections.abc import Mapping

from perfmon_xl.audit.workbook_values import CurrentValue
from perfmon_xl.report.summary.sources import cell_of, value_text
from perfmon_xl.report.tracing.provenance import Record
from perfmon_xl.report.tracing.sources import Source
from perfmon_xl.workbook.build.summary.places import SummaryBook


def is_summary(record: Record) -> bool:
    """是不是汇总报告的来历。"""
    return any(cell_of(value.source) is not None for value in record.values)


def summary_values(record: Record, book: SummaryBook) -> Mapping[str, CurrentValue]:
    """身份 → 汇总工作簿现在的值。没有自己单元格的（数一数的个数），照出报告时的算。"""
    values: dict[str, CurrentValue] = {}
    for value in record.values:
        source, cell = value.source, cell_of(value.source)
        if cell is None or not source.origin.sheet:
            values[source.identity] = CurrentValue(value.text, source)
            continue
        raw = book.cell(cell)
        if raw is not None:
            here = Source(
                identity=source.identity,
                origin=raw.ref.place(cell.header),
                measure=source.measure,
                form=source.form,
            )
            values[source.identity] = CurrentValue(raw.error or value_text(raw.value, source.form), here)
    return values
