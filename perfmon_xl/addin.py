"""Excel's door: the ribbon's VBA runs `import perfmon_xl.addin as a; a.run('check.run')`.

Nothing may leave `run` as an exception: through VBA it would be a traceback with its Chinese garbled.
"""

from __future__ import annotations


def run(tag: str) -> None:
    """按了一个按钮。"""
    tell = None
    try:
        from perfmon_xl.ribbon.excel import context_from_caller
        from perfmon_xl.workbook.live.native import explained

        with explained():
            desk = context_from_caller()
            tell = desk.dialogs.tell
            from perfmon_xl.ribbon.dispatch import press

            press(desk, tag)
    except Exception as error:
        from perfmon_xl.ribbon.dialogs import last_resort

        (tell or last_resort)(_told(error, tag), warning=True)


def _told(error: Exception, tag: str) -> str:
    from perfmon_xl.domain.errors import UserError
    from perfmon_xl.domain.message import Reader
    from perfmon_xl.system.faults import fault_message, log_fault

    if isinstance(error, UserError):
        return error.worded(Reader.EXCEL)
    return f"{tag}：{fault_message(log_fault(f'addin {tag}'))}"
