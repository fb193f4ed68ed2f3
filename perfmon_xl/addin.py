"""Excel's door: the ribbon's VBA runs `import perfmon_xl.addin as a; a.run('check.run')`, or asks `answer('check.run')`.

Nothing may leave either as an exception: through VBA it would be a traceback with its Chinese garbled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class _Tell(Protocol):
    def __call__(self, text: str, *, warning: bool = False) -> None: ...


def run(tag: str, warm_failed: bool = False) -> None:
    """按了一个按钮，Python 是为它启动的：说的话自己弹出来。warm_failed：留在后台的 Python 没有起来，这才走这一条路。"""
    text, warning, tell = _pressed(tag)
    if warm_failed:
        text = "\n\n".join(filter(None, (text, _without_warm())))
    if text:
        tell(text, warning=warning)


def answer(tag: str) -> str:
    """按了一个按钮，Python 一直在后台：要说的话交给 VBA，等这次调用完了再弹；要人留意的，头一个字是“!”。"""
    text, warning, _ = _pressed(tag)
    return "!" + text if text and warning else text


def _pressed(tag: str) -> tuple[str, bool, _Tell]:
    """做完了：要说的话、要不要人留意、怎么说。"""
    tell: Callable[..., None] | None = None
    try:
        from perfmon_xl.ribbon.excel import context_from_caller
        from perfmon_xl.workbook.live.native import explained

        with explained():
            desk = context_from_caller()
            tell = desk.dialogs.tell
            from perfmon_xl.ribbon.dispatch import pressed

            text, warning = pressed(desk, tag)
            return text, warning, tell
    except Exception as error:
        from perfmon_xl.ribbon.dialogs import last_resort

        return _told(error, tag), True, tell or last_resort


def _without_warm() -> str:
    """以后都不再等它；说一声，只说这一次。"""
    try:
        from perfmon_xl.app.installing import remember_cold

        remember_cold()
    except Exception:  # the setting stays as it was; the next press tries again
        return ""
    return "（后台的 Python 没有起来，以后每次点按钮现启动，慢一两秒。原因见“诊断”。）"


def _told(error: Exception, tag: str) -> str:
    from perfmon_xl.domain.errors import UserError
    from perfmon_xl.domain.message import Reader
    from perfmon_xl.system.faults import fault_message, log_fault

    if isinstance(error, UserError):
        return error.worded(Reader.EXCEL)
    return f"{tag}：{fault_message(log_fault(f'addin {tag}'))}"
