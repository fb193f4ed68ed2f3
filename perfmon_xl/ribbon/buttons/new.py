"""New workbooks: blank, from data, the next period's."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from perfmon_xl.domain.dates import month_end
from perfmon_xl.domain.message import Message, Reader
from perfmon_xl.domain.rollover import Period
from perfmon_xl.ribbon.context import WORKBOOKS, ButtonContext
from perfmon_xl.ribbon.jobs import LongWork
from perfmon_xl.ribbon.registry import ButtonResult, button

_DATA = (("项目数据、报告和表", "*.json;*.csv;*.xlsx;*.docx"),)


@button("new.blank")
def blank(context: ButtonContext) -> ButtonResult | None:
    """空白的工作簿，存到选的位置并打开。"""
    out = context.dialogs.save_file("新建监控工作簿，存到哪里", "绩效运行监控.xlsx", WORKBOOKS)
    return _made(context, out, None) if out else None


@button("new.data")
def from_data(context: ButtonContext) -> ButtonResult | LongWork | None:
    """从 .json 数据，或别处来的 .csv、.xlsx、.docx；别处来的先说怎么读的，同意了再做。"""
    from perfmon_xl import app

    source = context.dialogs.open_file("从哪个数据文件新建", _DATA)
    if source is None:
        return None
    many = False
    if app.is_export(source):
        context.step("正在看这份表怎么读…")
        understood = app.understand(source)
        many = len(understood.projects) > 1
        if not context.dialogs.ask(
            Message.join("\n", [*understood.preview, "", "照这样新建吗？"]).worded(Reader.EXCEL)
        ):
            return None
    if many:
        folder = context.dialogs.folder("一个项目一个工作簿，放到哪个文件夹")
        if folder is None:
            return None
        return LongWork(
            kind="new_many",
            given={"source": str(source), "out": str(folder / source.stem)},
            name="从数据新建",
        )
    out = context.dialogs.save_file("新建的工作簿存到哪里", f"{source.stem}.xlsx", WORKBOOKS)
    return _made(context, out, source) if out else None


def _made(context: ButtonContext, out: Path, source: Path | None) -> ButtonResult:
    from perfmon_xl import app

    context.step("正在新建工作簿…")
    made = app.new(out, source, progress=context.counted)
    if made.path.is_file():
        context.excel.open(made.path)
    return ButtonResult(
        text=Message.join("\n", [f"已新建 {made.path}。", *made.notes, "请照“填报说明”填写。"])
    )


@button("new.rollover")
def rollover(context: ButtonContext) -> ButtonResult | None:
    """接着眼前的工作簿做下一期的；问监控到哪年哪月。"""
    from perfmon_xl import app
    from perfmon_xl.app.common import refuse_gone
    from perfmon_xl.workbook.read import read

    reading = read(context.watched())
    refuse_gone(reading, "没有做下一期的")
    asked = context.dialogs.ask_text(
        "下一期监控到哪年哪月？写成年-月，如 2024-10。", _next(reading.monitoring.project.cutoff)
    )
    if not asked:
        return None
    period = Period.parse(asked)
    stem = Path(context.book.name).stem
    out = context.dialogs.save_file("下一期的工作簿存到哪里", f"{stem}-{period}.xlsx", WORKBOOKS)
    if out is None:
        return None
    context.step("正在做下一期的工作簿…")
    made = app.next_period(reading, out, asked)
    context.excel.open(made.path)
    return ButtonResult(text=Message.join("\n", [f"已新建 {made.path}，原来的工作簿没有动。", *made.notes]))


def _next(cutoff: date | None) -> str:
    """猜下一期：截止日期之后的那个季度末。"""
    if cutoff is None:
        return ""
    day = month_end(cutoff.year, cutoff.month) + timedelta(days=1)
    month = (day.month + 2) // 3 * 3
    return f"{day.year}-{month:02d}"
