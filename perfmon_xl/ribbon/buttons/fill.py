"""Fill: Table 1 into 3 and 4, blank paragraphs drafted, formulas restored."""

from __future__ import annotations

from perfmon_xl.ribbon.context import ButtonContext
from perfmon_xl.ribbon.registry import ButtonResult, button


@button("fill.run")
def run(context: ButtonContext) -> ButtonResult:
    """填充眼前的工作簿；说做了什么。"""
    from perfmon_xl import app

    with context.writing("填充") as cells:
        notes = app.fill_book(cells)
    return ButtonResult(text="\n".join(["已填充。", *notes]) if notes else "都填好了，没有要填充的。")
