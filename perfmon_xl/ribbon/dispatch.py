"""One press of a button, from the tag to what the person is told. Nothing is raised from here."""

from __future__ import annotations

from perfmon_xl.domain.errors import ForeignBookError, UserError
from perfmon_xl.domain.message import Reader, worded
from perfmon_xl.ribbon.context import ButtonContext, Stopped
from perfmon_xl.ribbon.registry import ButtonResult, find
from perfmon_xl.ribbon.wording import fitted
from perfmon_xl.system import budget

NEW_BLANK = "new.blank"


def pressed(desk: ButtonContext, tag: str) -> tuple[str, bool]:
    """按一次按钮；返回要说的话（没有的是空的）和要不要人留意。用户的错误也是话；状态栏还给 Excel。"""
    left = ""
    desk.excel.forget_stop()
    try:
        done = _run(desk, tag)
        left = worded(done.text, Reader.EXCEL) if done is not None and done.quiet else ""
    finally:
        desk.excel.status(left)
    if done is None or done.quiet:
        return "", False
    return fitted(worded(done.text, Reader.EXCEL)), done.warning


def press(desk: ButtonContext, tag: str) -> None:
    """按一次按钮，要说的话说给人听。"""
    text, warning = pressed(desk, tag)
    if text:
        desk.dialogs.tell(text, warning=warning)


def _run(desk: ButtonContext, tag: str) -> ButtonResult | None:
    try:
        with budget.limited():
            return find(tag)(desk)
    except ForeignBookError:
        return _offer_new(desk)
    except Stopped:
        return ButtonResult(text="已停止。做完的留着，没有做的没有动。", warning=True)
    except UserError as error:
        return ButtonResult(text=error.as_message(), warning=True)


def _offer_new(desk: ButtonContext) -> ButtonResult | None:
    desk.excel.status("")
    question = f"“{desk.book.name}”不是绩效运行监控工作簿，没有动它。要新建一个监控工作簿吗？"
    return _run(desk, NEW_BLANK) if desk.dialogs.ask(question) else None
