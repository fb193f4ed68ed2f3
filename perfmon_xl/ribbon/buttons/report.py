"""The Word report, its PDF, the official form, and a report held against the workbook."""

from __future__ import annotations

import tempfile
from pathlib import Path

from perfmon_xl.domain.message import Message, Wordable
from perfmon_xl.ribbon.context import WORKBOOKS, ButtonContext, FileKinds
from perfmon_xl.ribbon.jobs import LongWork
from perfmon_xl.ribbon.registry import ButtonResult, button

_REPORTS: FileKinds = (("Word 文档", "*.docx"),)


@button("report.draft")
def draft(context: ButtonContext) -> ButtonResult | None:
    """有没有问题都出一份草稿，用 Word 打开。"""
    return _report(context, draft=True)


@button("report.final")
def final(context: ButtonContext) -> ButtonResult | None:
    """正式报告；还有错误的不出。"""
    return _report(context)


@button("report.pdf")
def pdf(context: ButtonContext) -> LongWork | None:
    """正式报告，再转成 PDF：转要几秒到几十秒，由另一个进程照工作簿现在的样子做。"""
    from perfmon_xl import app
    from perfmon_xl.workbook.read import read

    app.refuse_open_errors(read(context.watched()))
    wanted = _file_beside(context, "-绩效运行监控报告.docx", _REPORTS)
    if wanted is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="perfmon-"))
    copy = folder / Path(context.book.name).with_suffix(".xlsx").name
    context.book.copy(copy)
    return LongWork(kind="pdf", given={"book": str(copy), "wanted": str(wanted)}, name="出 PDF")


def _report(context: ButtonContext, *, draft: bool = False) -> ButtonResult | None:
    from perfmon_xl import app
    from perfmon_xl.workbook.read import read

    reading = read(context.watched())
    wanted = _file_beside(context, "-绩效运行监控报告.docx", _REPORTS)
    if wanted is None:
        return None
    context.step("正在出报告…")
    made = app.report_of(reading, wanted, draft=draft)
    context.dialogs.show(made.path)
    kind = "草稿（征求意见稿）" if draft else "正式报告"
    return ButtonResult(text=Message.join("\n", [f"{kind}：{made.path}", *made.notes]))


@button("report.form")
def form(context: ButtonContext) -> ButtonResult | None:
    """《项目支出绩效目标执行监控表》，在 Excel 里打开。"""
    from perfmon_xl import app
    from perfmon_xl.workbook.read import read

    reading = read(context.watched())
    wanted = _file_beside(context, "-绩效目标执行监控表.xlsx", WORKBOOKS)
    if wanted is None:
        return None
    context.step("正在出监控表…")
    made = app.form_of(reading, wanted)
    context.excel.open(made.path)
    return ButtonResult(text=Message.join("\n", [f"监控表：{made.path}", *made.notes]))


@button("report.audit")
def audit(context: ButtonContext) -> ButtonResult | None:
    """选一份 Word 报告，和眼前的工作簿核对。"""
    from perfmon_xl import app

    report = context.dialogs.open_file("核对哪一份报告", _REPORTS)
    if report is None:
        return None
    path = _on_disk(context)
    if path is None:
        return None
    context.step("正在核对…")
    audited = app.audit(report, path)
    lines: list[Wordable] = [audited.verdict]
    if audited.differences:
        made = app.write_comments(report, audited)
        context.dialogs.show(made.path)
        lines += [f"每处不同加了一条批注：{made.path}", *made.notes]
    lines += [d.as_text() for d in audited.differences]
    return ButtonResult(text=Message.join("\n", lines), warning=bool(audited.differences))


def _file_beside(context: ButtonContext, ending: str, kinds: FileKinds) -> Path | None:
    """工作簿旁边的文件；工作簿不在本机文件夹里的，问存到哪。"""
    path = context.book.path
    if path is not None:
        return path.with_name(f"{path.stem}{ending}")
    return context.dialogs.save_file("存到哪里", f"{Path(context.book.name).stem}{ending}", kinds)


def _on_disk(context: ButtonContext) -> Path | None:
    """核对读的是存盘的文件：没有存的先问；不存就不做。"""
    from perfmon_xl.domain.errors import UserError

    path = context.book.path
    if path is None:
        raise UserError(
            f"“{context.book.name}”不在本机的文件夹里，核对不了。", "请另存到本机文件夹，再点一次。"
        )
    if not context.book.saved:
        if not context.dialogs.ask("工作簿有还没存盘的改动，核对的是存盘的内容。现在存盘吗？"):
            return None
        context.book.save()
    return path
