"""Check, walk through what was found, take the marks away."""

from __future__ import annotations

from perfmon_xl.domain.message import Message, Wordable
from perfmon_xl.ribbon.context import ButtonContext
from perfmon_xl.ribbon.registry import ButtonResult, button


@button("check.run")
def run(context: ButtonContext) -> ButtonResult:
    """检查眼前的工作簿，写进“检查结果”表；错误列出来，其余在表里。"""
    from perfmon_xl import app

    with context.writing("检查") as cells:
        checked = app.check_book(cells)
    wrong = [m.as_message() for m in checked.matters if m.level == "错误"]
    lines: list[Wordable] = [checked.verdict, *wrong]
    if checked.findings:
        lines.append("全部写进了“检查结果”表，点“下一条问题”逐条看。")
    return ButtonResult(text=Message.join("\n", lines), warning=bool(checked.errors))


@button("check.next")
def go_on(context: ButtonContext) -> ButtonResult:
    """跳到下一处还没有处理的问题；到了最后从头再来。"""
    from perfmon_xl.workbook.open_findings import next_open, open_findings
    from perfmon_xl.workbook.read import read

    rows = open_findings(read(context.watched()))
    place = next_open(rows, context.book.selected())
    if place is None:
        return ButtonResult(
            text="没有要处理的问题。" if rows else "“检查结果”表是空的。先点“检查”。", warning=not rows
        )
    context.book.go_to(place.cell)
    return ButtonResult(text=str(place), quiet=True)


@button("check.clear")
def clear(context: ButtonContext) -> ButtonResult:
    """去掉检查做的颜色和批注。"""
    from perfmon_xl import app
    from perfmon_xl.workbook.read import read

    with context.writing("清除标记") as cells:
        read(cells)  # refuses a workbook that is not ours
        app.clear_marks(cells)
    return ButtonResult(text="检查做的颜色和批注已去掉，您自己的没有动。“检查结果”表还在。")
