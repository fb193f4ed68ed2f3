"""Which declared tables, columns and named cells a workbook does not have: told, and whether entries went with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.carried import KEY, SOURCE
from perfmon_xl.workbook.table_binding import TableBinding


def missing_parts(
    found: Mapping[str, TableBinding], named: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """缺的各处，先后照工作簿：记着填报内容的；只放检查结果、看板的。found 是找到的表格，named 是有的名称。"""
    entries: list[str] = []
    others: list[str] = []
    # A workbook of before lacks what came later; one that has the hidden keys, which nobody deletes, has lost the rest.
    recent = any({KEY, SOURCE} & set(binding.columns) for binding in found.values() if binding.table.record)
    for sheet, table in layout.tables():
        kept = entries if table.record else others
        binding = found.get(table.name)
        if binding is None:
            kept += [] if table.later else [f"“{sheet.name}”里的表格“{table.title}”"]
            continue
        for c in table.columns:
            if c.field not in binding.columns and not c.computed and (recent or not c.later):
                (others if c.later else kept).append(f"“{binding.raw.sheet}”里的栏目“{c.header}”")
    for form_sheet, form in layout.forms():
        filled = [c for c in form.cells if not c.computed]
        gone = [c for c in filled if c.name not in named]
        if len(gone) == len(filled) > 1:
            entries.append(f"“{form_sheet.name}”里“{form.title}”的各格")
            continue
        for cell in gone:
            if recent or not cell.later:
                kept = entries if form.record and not cell.later else others
                kept.append(f"“{form_sheet.name}”里“{cell.label}”一格（单元格的名称“{cell.name}”）")
    return tuple(entries), tuple(others)
