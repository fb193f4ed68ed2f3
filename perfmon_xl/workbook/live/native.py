"""What xlwings has no word for, said to Excel itself: every `.api` call of the add-in stands in this module.

Another engine (the tests run LibreOffice under xlwings) brings its own answer and registers it in NATIVES.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any

from perfmon_xl.domain.errors import UserError
from perfmon_xl.layout.palette import FINDINGS, PLAIN
from perfmon_xl.system.com import not_given
from perfmon_xl.workbook.addresses import range_a1, split_a1, split_range
from perfmon_xl.workbook.file.marks import LEVELS, formula_of, is_ours, level_in
from perfmon_xl.workbook.file.notes import NOTE_WIDTH, note_height
from perfmon_xl.workbook.live.blocks import Box, runs
from perfmon_xl.workbook.port import AUTHOR

LONGEST_ADDRESS = 255  # of what Worksheet.Range takes
_MOST_IN_UNION = 30
ADD_NOTES = "perfmon_xl.xlam!PerfmonRibbon.AddNotes"
_EXPRESSION = 2  # xlExpression
_COMMENT = 4  # msoComment
_FEWEST_TOGETHER = 4  # fewer notes cost less one by one
_MOST_HEIGHTS = 3  # of notes dressed together: each costs two calls more
# RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, VBA_E_IGNORE: a cell is being edited, or a dialog is open.
BUSY = frozenset({-2147418111, -2147417846, -2146777998})
_RAISED = -2147352567  # DISP_E_EXCEPTION: Excel says why in words


@dataclass(frozen=True, slots=True)
class Highlight:
    """我们在一片单元格上做的记号；area 是程序自己的区域对象。"""

    area: Any
    level: str
    boxes: Callable[[], list[Box]]
    delete: Callable[[], object]


@dataclass(frozen=True, slots=True)
class LiveNote:
    """一张表上的一条批注：在哪里、写着什么、是不是我们写的、怎么拿掉。"""

    row: int
    column: int
    text: str
    ours: bool
    delete: Callable[[], object]


class ExcelBackend:
    """一个打开的工作簿里，xlwings 说不出来的那些事；这里写的是不用问程序就知道的答法。"""

    def __init__(self, book: Any) -> None:
        self.book = book

    def date1904(self) -> bool:
        return False

    def numbers(self, area: Any) -> Any:
        """一块单元格的值，货币格式的也不舍入。"""
        return area.raw_value

    def autocorrect_off(self) -> AbstractContextManager[object]:
        """写进去什么就是什么：不替人把公式填满一栏，不自己扩大表格；过后恢复原样。"""
        return nullcontext()

    def extend(self, sheet: Any, table: Box, bottom: int) -> None:
        """表格要加长到 bottom 行：新行照抄末行的格式、下拉列表和条件格式，打印区域跟着变长；我们的记号不抄。"""
        _, left, last, right = table
        ours = self.take_tints(sheet)
        new = sheet.range(range_a1(last + 1, left, bottom, right))
        sheet.range(range_a1(last, left, last, right)).copy(new)
        self.clear_notes(new)
        for our in ours:
            self.tint(our.area, our.level)
        setup = sheet.page_setup
        area = setup.print_area or ""
        longer = re.sub(rf"\$({last})$", f"${bottom}", area)
        if longer != area:
            setup.print_area = longer

    def fold(self, sheet: Any, first: int, folded: Sequence[bool]) -> None:
        """从 first 行起，哪些行收起来；做不到的程序里，各行都露着。"""

    # --- marks: a conditional format recognised by its formula, a note recognised by its author -------

    def tints(self, sheet: Any) -> list[Highlight]:
        """我们的条件格式。"""
        raise NotImplementedError

    def take_tints(self, sheet: Any) -> list[Highlight]:
        """去掉我们的条件格式，返回去掉的。"""
        ours = self.tints(sheet)
        for our in ours:
            our.delete()
        return ours

    def erase(self, sheet: Any, box: Box) -> None:
        """内容、格式、下拉列表、条件格式都不留。"""
        sheet.range(range_a1(*box)).clear()

    def area(self, sheet: Any, boxes: Sequence[Box]) -> Any:
        raise NotImplementedError

    def tint(self, area: Any, level: str) -> None:
        """加一条这个级别的记号（条件格式）。"""
        raise NotImplementedError

    def notes(self, sheet: Any) -> list[LiveNote]:
        """全部批注，连会话式的。"""
        raise NotImplementedError

    def clear_notes(self, area: Any) -> None:
        raise NotImplementedError

    def add_note(self, sheet: Any, row: int, column: int, text: str) -> None:
        raise NotImplementedError

    def add_notes(self, sheet: Any, notes: Mapping[tuple[int, int], str]) -> None:
        """一张表上加上这些批注（行、列 → 文字）；那里原来没有批注。"""
        for (row, column), text in sorted(notes.items()):
            self.add_note(sheet, row, column, text)


class Excel(ExcelBackend):
    """Windows 上的 Excel，经过 COM。"""

    _macro_refused = False

    def date1904(self) -> bool:
        return bool(self.book.api.Date1904)

    def numbers(self, area: Any) -> Any:
        return area.api.Value2

    @contextmanager
    def autocorrect_off(self) -> Iterator[None]:
        correct = self.book.app.api.AutoCorrect
        fills, expands = correct.AutoFillFormulasInLists, correct.AutoExpandListRange
        correct.AutoFillFormulasInLists = correct.AutoExpandListRange = False
        try:
            yield
        finally:
            correct.AutoFillFormulasInLists, correct.AutoExpandListRange = fills, expands

    def fold(self, sheet: Any, first: int, folded: Sequence[bool]) -> None:
        for hide in (False, True):
            lines = runs(first + at for at, one in enumerate(folded) if one is hide)
            for address in _joined(f"{start}:{stop}" for start, stop in lines):
                rows = sheet.api.Range(address)
                rows.OutlineLevel = 2 if hide else 1
                rows.Hidden = hide

    def tints(self, sheet: Any) -> list[Highlight]:
        rules = sheet.api.Cells.FormatConditions
        highlights = []
        for number in range(rules.Count, 0, -1):
            rule = rules.Item(number)
            if rule.Type == _EXPRESSION and is_ours(rule.Formula1):
                highlights.append(_excel_tint(rule))
        return highlights  # the last first: deleting one does not renumber those still to be deleted

    def area(self, sheet: Any, boxes: Sequence[Box]) -> Any:
        parts = [sheet.api.Range(address) for address in addresses(boxes)]
        return parts[0] if len(parts) == 1 else self._union(parts)

    def _union(self, parts: list[Any]) -> Any:
        whole = parts[0]
        for start in range(1, len(parts), _MOST_IN_UNION - 1):
            whole = self.book.app.api.Union(whole, *parts[start : start + _MOST_IN_UNION - 1])
        return whole

    def tint(self, area: Any, level: str) -> None:
        rule, look = (
            area.FormatConditions.Add(_EXPRESSION, not_given(), "=" + formula_of(level)),
            FINDINGS[level],
        )
        if look.fill != PLAIN.fill:
            rule.Interior.Color = _bgr(look.fill)
        font = rule.Font
        font.Color, font.Bold = _bgr(look.ink), level == LEVELS[0]
        rule.Borders.Color = _bgr(look.ink)
        rule.StopIfTrue = False

    def notes(self, sheet: Any) -> list[LiveNote]:
        live_notes = []
        for comment in sheet.api.Comments:
            ours = comment.Author == AUTHOR or comment.Shape.AlternativeText == AUTHOR
            live_notes.append(_excel_note(comment, comment.Text() if ours else "", ours))
        # Excel before 2019 knows no threaded comments, and no property of that name.
        with suppress(AttributeError, *_com_errors()):
            live_notes += [_excel_note(comment, "", False) for comment in sheet.api.CommentsThreaded]
        return live_notes

    def clear_notes(self, area: Any) -> None:
        area.api.ClearComments()

    def add_note(self, sheet: Any, row: int, column: int, text: str) -> None:
        _dress(sheet.api.Range(range_a1(row, column, row, column)).AddComment(text).Shape, note_height(text))

    def add_notes(self, sheet: Any, notes: Mapping[tuple[int, int], str]) -> None:
        """由插件的 VBA 在 Excel 里面一次加完，一张表只过来一次；插件没有开着、没有加全的，我们自己加。"""
        if not notes:
            return
        ordered = sorted(notes.items())
        places = [range_a1(*at, *at) for at, _ in ordered]
        texts = [text for _, text in ordered]
        heights = [float(note_height(text)) for text in texts]
        failures: tuple[type[Exception], ...] = (AttributeError, *_com_errors())
        left = dict(ordered)
        try:
            if self._macro_refused:
                raise AttributeError(ADD_NOTES)
            added = self.book.app.api.Run(
                ADD_NOTES, sheet.api, places, texts, heights, float(NOTE_WIDTH), AUTHOR
            )
        except failures:
            self._macro_refused = True  # it was not run, nor will it be for the next sheet
        else:
            if added == len(notes):
                return
            there = {(note.row, note.column) for note in self.notes(sheet)}
            left = {at: text for at, text in ordered if at not in there}
        if len(left) < _FEWEST_TOGETHER:
            super().add_notes(sheet, left)
            return
        try:
            self._add_together(sheet, left)
        except failures:  # not to be had together: each by itself, none is left out
            for (row, column), text in left.items():
                cell = sheet.api.Range(range_a1(row, column, row, column))
                _dress((cell.Comment or cell.AddComment(text)).Shape, note_height(text))

    def _add_together(self, sheet: Any, notes: Mapping[tuple[int, int], str]) -> None:
        """加上批注，再一起做样子：新的图形排在最后。一条两次，一共不超过四次（一条一条地加是六次）。"""
        shapes = sheet.api.Shapes
        first = shapes.Count + 1
        for row, column in notes:
            sheet.api.Range(range_a1(row, column, row, column)).AddComment(notes[row, column])
        numbers = range(first, first + len(notes))
        together = shapes.Range(list(numbers))
        if together.Type != _COMMENT:
            raise AttributeError("Excel put the new notes elsewhere among the shapes")
        together.AlternativeText, together.Width = AUTHOR, NOTE_WIDTH
        by_height = _few_heights(
            map(note_height, notes.values()), min(len(notes) - _FEWEST_TOGETHER + 1, _MOST_HEIGHTS)
        )
        wanted = [by_height[note_height(text)] for text in notes.values()]
        for height in sorted(set(wanted)):
            ours = [number for number, one in zip(numbers, wanted, strict=True) if one == height]
            (together if len(ours) == len(notes) else shapes.Range(ours)).Height = height


def _dress(shape: Any, height: float) -> None:
    # The author of a comment is whoever is signed in; this is how ours is known again, also in the file.
    shape.AlternativeText = AUTHOR
    shape.Width, shape.Height = NOTE_WIDTH, height


def _few_heights(heights: Iterable[float], most: int) -> dict[float, float]:
    """每个高度换成至多 most 种里不比它矮的一种。"""
    different = sorted(set(heights))
    size = -(-len(different) // max(1, most))
    return {h: different[min(n - n % size + size, len(different)) - 1] for n, h in enumerate(different)}


def _bgr(colour: str) -> int:
    red, green, blue = bytes.fromhex(colour)
    return red + (green << 8) + (blue << 16)


def _excel_tint(rule: Any) -> Highlight:
    area = rule.AppliesTo
    # Address of a long union is cut off, each of its areas is not.
    return Highlight(
        area, level_in(rule.Formula1), lambda: [split_range(area.Address) for area in area.Areas], rule.Delete
    )


def _excel_note(comment: Any, text: str, ours: bool) -> LiveNote:
    row, column = split_a1(comment.Parent.Address)
    return LiveNote(row, column, text, ours, comment.Delete)


def addresses(boxes: Sequence[Box]) -> list[str]:
    """写成几个不超过 255 字的地址：Range 只收这么长。"""
    return _joined(range_a1(*box) for box in boxes)


def _joined(parts: Iterable[str]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if found and len(found[-1]) + 1 + len(part) <= LONGEST_ADDRESS:
            found[-1] += "," + part
        else:
            found.append(part)
    return found


def _com_errors() -> tuple[type[Exception], ...]:
    """pywin32 的错误类，有 pywin32 的时候。"""
    types = sys.modules.get("pywintypes")
    return () if types is None else (types.com_error,)


NATIVES: dict[str, Callable[[Any], ExcelBackend]] = {"excel": Excel}


def native_of(book: Any) -> ExcelBackend:
    """这个工作簿是哪个程序开着的，就用哪一个。"""
    return NATIVES[book.app.engine.name](book)


@contextmanager
def com_errors_in_words() -> Iterator[None]:
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
