"""Excel's door: VBA talks to the warm Python, `answer('check.run')`, or starts one for each step, `cold('…', 'check.run')`.

Nothing may leave either as an exception: through VBA it would be a traceback with its Chinese garbled. Neither shows a
window of its own: Excel is waiting meanwhile.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_PAUSE = 0.2  # seconds between two looks at long work, where nobody else looks


def cold(letter: str, tag: str, replies: Sequence[str] = (), warm_failed: bool = False) -> None:
    """按了一个按钮，Python 是为这一步启动的：要说、要问的（同 answer）写进 %TEMP% 里名叫 letter 的文件，VBA 等它退出了再说、再问。

    replies 是前面各个问题的回答；warm_failed：留在后台的 Python 没有起来，这才走这一条路。做着久的，在这里等它做完。
    """
    from perfmon_xl.ribbon.talking import decode_from_vba, encode_for_vba

    _ASKING[:] = [tag, *map(decode_from_vba, replies)]
    _AGAIN.clear()
    said = _answered()
    while said == "~":
        time.sleep(_PAUSE)
        said = watch()
    if warm_failed and not said.startswith("?"):
        said = "\n\n".join(filter(None, (said, _without_warm())))
    path = Path(os.environ["TEMP"]) / f"perfmon-xl-{letter}.txt"
    path.write_text(encode_for_vba(said) + "\n", encoding="ascii")


def answer(tag: str) -> str:
    """按了一个按钮，Python 一直在后台。这次调用里不弹框、不做久的，要什么交给 VBA，等调用完了再说。

    头一个字是“?”的是一个问题（种类、文字、建议、文件种类，用 U+0001 隔开），答了叫 reply；“~”是做着久的，每秒叫一次 watch；
    “!”后面是要人留意的话；别的就是要说的话，空的没有话说。
    """
    _ASKING[:] = [tag]
    _AGAIN.clear()
    return _answered()


def reply(text: str) -> str:
    """问题的回答：“+”后面每个字四位十六进制，空的是取消了。"""
    from perfmon_xl.ribbon.talking import decode_from_vba

    _ASKING.append(decode_from_vba(text))
    return _answered()


def watch() -> str:
    """做着的那一件看一眼：还在做的是“~”；做完了还有一句要问的是“?”，同 answer。"""
    if not _RUNNING:
        return ""
    context, running = _RUNNING
    try:
        from perfmon_xl.ribbon.dispatch import poll_job

        told = poll_job(context, running)
    except Exception as error:
        if _is_about_excel(error) and not running.ended:  # busy, or the workbook is closed: the work goes on
            return "~"
        told = running.ended or (_error_text(error, running.job.name), True)
    if told is None:
        return "~"
    _RUNNING.clear()
    return _marked(*told) if running.again is None else _asked_at_the_end(context, running)


def _asked_at_the_end(context: Any, running: Any) -> str:
    """做完了还有一句要问的：前面已经答了的（每一步另起的 Python）照答的，没有答的问。"""
    from perfmon_xl.ribbon.dispatch import continue_job
    from perfmon_xl.ribbon.talking import Question

    try:
        done = continue_job(context, running)
    except Question as asked:
        _ASKING[:] = [running.job.kind]
        _AGAIN[:] = [running]
        return "?" + asked.question
    return _came_to(context, done)


# The button being asked about and the answers so far; the context and the work that goes on. One Excel, one person.
_ASKING: list[str | None] = []
_RUNNING: list[Any] = []
_AGAIN: list[Any] = []  # work that ended with a question
_DURING = ("help.about", "help.rules", "help.doctor")  # what may be pressed while long work goes on


def _answered() -> str:
    tag, *answers = _ASKING
    assert tag is not None
    if _RUNNING and tag not in _DURING:
        name = _RUNNING[1].job.name
        return _marked(f"“{name}”还没有做完，请等一等。\n怎么办：看状态栏；要停下，按住 Esc 两秒。", True)
    from perfmon_xl.ribbon.talking import Question

    try:
        from perfmon_xl.ribbon.excel import context_from_caller
        from perfmon_xl.workbook.live.native import com_errors_in_words

        with com_errors_in_words():
            context = context_from_caller(answers)
            from perfmon_xl.ribbon.dispatch import continue_job, press_button

            done = continue_job(context, _AGAIN[0]) if _AGAIN else press_button(context, tag)
    except Question as asked:
        return "?" + asked.question
    except Exception as error:
        return _marked(_error_text(error, tag), True)
    return _came_to(context, done)


def _came_to(context: Any, done: Any) -> str:
    if isinstance(done, tuple):
        return _marked(*done)
    _RUNNING[:] = [context, done]
    return "~"


def _marked(text: str, warning: bool) -> str:
    return "!" + text if text and warning else text


def _is_about_excel(error: Exception) -> bool:
    from perfmon_xl.workbook.live.native import is_busy

    return is_busy(error) or type(error).__name__ == "com_error"


def _without_warm() -> str:
    """以后都不再等它；说一声，只说这一次。"""
    try:
        from perfmon_xl.app.installing import remember_cold

        remember_cold()
    except Exception:  # the setting stays as it was; the next press tries again
        return ""
    return "（后台的 Python 没有起来，以后每次点按钮现启动，慢一两秒。原因见“诊断”。）"


def _error_text(error: Exception, tag: str) -> str:
    from perfmon_xl.domain.errors import UserError
    from perfmon_xl.domain.message import Reader
    from perfmon_xl.system.faults import fault_message, log_fault

    if isinstance(error, UserError):
        return error.worded(Reader.EXCEL)
    return f"{tag}：{fault_message(log_fault(f'addin {tag}'))}"
