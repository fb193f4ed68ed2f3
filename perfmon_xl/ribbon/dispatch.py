"""One press of a button, from the tag to what the person is told. Nothing is raised from here."""

from __future__ import annotations

from perfmon_xl.domain.errors import ForeignBookError, UserError
from perfmon_xl.domain.message import Reader, worded
from perfmon_xl.ribbon.context import ButtonContext, Stopped
from perfmon_xl.ribbon.jobs import LongWork, RunningJob
from perfmon_xl.ribbon.registry import ButtonResult, find
from perfmon_xl.ribbon.wording import text_that_fits
from perfmon_xl.system import budget

NEW_BLANK = "new.blank"


def press_button(context: ButtonContext, tag: str) -> tuple[str, bool] | RunningJob:
    """按一次按钮；返回要说的话（没有的是空的）和要不要人留意。用户的错误也是话；状态栏还给 Excel。

    做得久的只是开始了，返回正做着的那一件。
    """
    left = ""
    context.excel.forget_stop()
    try:
        done = _run(context, tag)
        if isinstance(done, LongWork):
            running = RunningJob.start(done)
            left = running.step
            return running
        left = worded(done.text, Reader.EXCEL) if done is not None and done.quiet else ""
    except UserError as error:
        return text_that_fits(error.worded(Reader.EXCEL)), True
    finally:
        context.excel.status(left)
    if done is None or done.quiet:
        return "", False
    return text_that_fits(worded(done.text, Reader.EXCEL)), done.warning


def poll_job(context: ButtonContext, running: RunningJob) -> tuple[str, bool] | None:
    """正做着的看一眼：还在做的，状态栏上说一声，按着 Esc 的请它停下，返回 None；做完的，打开做好的，返回要说的话。"""
    ended = running.poll()
    if ended is None:
        if context.excel.stop_asked():
            running.stop()
        context.excel.status(f"绩效监控：{running.step}（按住 Esc 停止）")
        return None
    running.ended = text_that_fits(ended.text), ended.warning  # whatever Excel says to what follows
    running.again = (ended.question, ended.again) if ended.again is not None else None
    context.excel.status("")
    for path in ended.show:
        context.dialogs.show(path)
    for path in ended.open:
        context.excel.open(path)
    return running.ended


def continue_job(context: ButtonContext, running: RunningJob) -> tuple[str, bool] | RunningJob:
    """做完了还要问一句的：答是的，接着做；不的，没有别的话。"""
    assert running.again is not None and running.ended is not None
    question, work = running.again
    if not context.dialogs.ask(f"{running.ended[0]}\n\n{question}"):
        return "", False
    try:
        return RunningJob.start(work)
    except UserError as error:
        return text_that_fits(error.worded(Reader.EXCEL)), True


def _run(context: ButtonContext, tag: str) -> ButtonResult | LongWork | None:
    try:
        with budget.limited():
            return find(tag)(context)
    except ForeignBookError:
        return _offer_new(context)
    except Stopped:
        return ButtonResult(text="已停止。做完的留着，没有做的没有动。", warning=True)
    except UserError as error:
        return ButtonResult(text=error.as_message(), warning=True)


def _offer_new(context: ButtonContext) -> ButtonResult | LongWork | None:
    context.excel.status("")
    question = f"“{context.book.name}”不是绩效运行监控工作簿，没有动它。要新建一个监控工作簿吗？"
    return _run(context, NEW_BLANK) if context.dialogs.ask(question) else None
