"""Whether a sheet is a list with a project a line, and where its header stands."""

from __future__ import annotations

from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.header import Header
from perfmon_xl.importing.heads import header_at
from perfmon_xl.importing.vocabulary import label_of
from perfmon_xl.layout import monitoring as layout

FUND = "fund:"
_HEADER_WITHIN = 40
LABELS = {
    **{c.field: c.label for c in layout.PROJECT.cells},
    **{f"{FUND}{c.field}": c.header for c in layout.FUNDING.columns},
    **{c.field: c.header for c in (*layout.ADJUSTED.columns, *layout.COMPARED.columns)},
    "target": layout.DECLARED.by_field["target"].header,
    "name": layout.DECLARED.by_field["name"].header,
    "goal": "年度绩效目标", "symbol": "比较符", "unit": "计量单位",
}  # fmt: skip


def list_header(grid: Grid) -> Header | None:
    """清单的表头：有“项目名称”一栏，和指标或者金额的栏目。"""
    for row in range(min(len(grid.rows), _HEADER_WITHIN)):
        header = header_at(grid, row)
        if header is not None and "name" in header.project:
            return header
        if header is None and _bare_list(grid, row):
            return Header("list", row, 1, {}, {}, project=_bare_list(grid, row))
    return None


def _bare_list(grid: Grid, row: int) -> dict[str, int]:
    """只有项目信息各栏的清单：每一格都是认得的标题，而且不止一行。"""
    own = [(c, t) for c, t in grid.own(row) if t]
    found: dict[str, int] = {}
    for column, text in own:
        name = label_of(text)
        if name in (*LABELS, "goal"):
            found.setdefault(name, column)
    return (
        found
        if "name" in found and len(found) >= 2 and len(found) * 10 >= len(own) * 7 and len(own) > 1
        else {}
    )
