"""What xlwings has no word for, said to Excel itself: every `.api` call of the add-in stands in this module.

Another engine (the tests run LibreOffice under xlwings) brings its own answer and registers it in NATIVES.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from perfmon_xl.domain.errors import UserError
from perfmon_xl.workbook.blocks import Box
from perfmon_xl.workbook.cells import range_a1

# RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, VBA_E_IGNORE: a cell is being edited, or a dialog is open.
BUSY = frozenset({-2147418111, -2147417846, -2146777998})
_RAISED = -2147352567  # DISP_E_EXCEPTION: Excel says why in words


class Native:
    """一个打开的工作簿里，xlwings 说不出来的那些事；这里写的是不用问程序就知道的答法。"""

    def __init__(self, book: Any) -> None:
        self.book = book

    def date1904(self) -> bool:
        return False

    def numbers(self, area: Any) -> Any:
        """一块单元格的值，货币格式的也不舍入。"""
        return area.raw_value

    def as_given(self) -> AbstractContextManager[object]:
        """写进去什么就是什么：不替人把公式填满一栏，不自己扩大表格；过后恢复原样。"""
        return nullcontext()

    def extend(self, sheet: Any, table: Box, bottom: int) -> None:
        """表格要加长到 bottom 行：新行照抄末行的格式、下拉列表和条件格式，打印区域跟着变长。"""
        _, left, last, right = table
        sheet.range(range_a1(last, left, last, right)).copy(
            sheet.range(range_a1(last + 1, left, bottom, right))
        )
        setup = sheet.page_setup
        area = setup.print_area or ""
        longer = re.sub(rf"\$({last})$", f"${bottom}", area)
        if longer != area:
            setup.print_area = longer


class Excel(Native):
    """Windows 上的 Excel，经过 COM。"""

    def date1904(self) -> bool:
        return bool(self.book.api.Date1904)

    def numbers(self, area: Any) -> Any:
        return area.api.Value2

    @contextmanager
    def as_given(self) -> Iterator[None]:
        correct = self.book.app.api.AutoCorrect
        fills, expands = correct.AutoFillFormulasInLists, correct.AutoExpandListRange
        correct.AutoFillFormulasInLists = correct.AutoExpandListRange = False
        try:
            yield
        finally:
            correct.AutoFillFormulasInLists, correct.AutoExpandListRange = fills, expands


NATIVES: dict[str, Callable[[Any], Native]] = {"excel": Excel}


def native_of(book: Any) -> Native:
    """这个工作簿是哪个程序开着的，就用哪一个。"""
    return NATIVES[book.app.engine.name](book)


@contextmanager
def explained() -> Iterator[None]:
    """Excel 拒绝的，说成人话；别的错误照原样。"""
    try:
        yield
    except Exception as error:
        if is_busy(error):
            raise _busy() from error
        if type(error).__name__ != "com_error":
            raise
        code, details = getattr(error, "hresult", 0), _details(error)
        said = str(details[2] or "").strip() if len(details) > 2 else ""
        if code == _RAISED:
            raise UserError(
                f"Excel 没有照办：{said or '没有说原因'}",
                "工作表受保护的，请先在“审阅”里撤销保护；正在编辑的单元格请先按回车。",
            ) from error
        raise


def is_busy(error: BaseException) -> bool:
    """Excel 正忙，过一会儿再问也许就行。"""
    if type(error).__name__ == "ExcelBusyError":
        return True
    details = _details(error)
    return getattr(error, "hresult", 0) in BUSY or (len(details) > 5 and details[5] in BUSY)


def _details(error: BaseException) -> tuple[Any, ...]:
    """Excel 附的说明：第三项是它的话，第六项是错误号。"""
    return getattr(error, "excepinfo", None) or ()


def _busy() -> UserError:
    return UserError("Excel 正忙，现在不能读写。", "请先按 Enter 结束编辑，关掉打开的对话框，再点一次。")
