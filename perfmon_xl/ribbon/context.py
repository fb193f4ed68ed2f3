"""What a button works with: the workbook in front, ExcelApp around it, and the person before it, as small ports.

For Excel they are made in ribbon/excel.py and ribbon/talking.py; tests bring their own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from perfmon_xl.domain.errors import UserError
from perfmon_xl.workbook.port import CellRef, Content, Mark, RawCell, RawTable, Workbook

# What a file picker offers: (“Excel 工作簿”, “*.xlsx”).
FileKinds = Sequence[tuple[str, str]]
WORKBOOKS: FileKinds = (("Excel 工作簿", "*.xlsx"),)


class OpenBook(Protocol):
    """Excel 里打开着的一个工作簿。"""

    @property
    def name(self) -> str: ...

    @property
    def path(self) -> Path | None:
        """在本机的位置；没有存过的、只在网上的是 None。"""
        ...

    @property
    def read_only(self) -> bool: ...

    @property
    def saved(self) -> bool:
        """没有还没存盘的改动。"""
        ...

    def save(self) -> None: ...

    def copy(self, path: Path) -> None:
        """照现在的样子（没有存盘的改动也在内）另存一份，自己还是自己。"""
        ...

    def cells(self) -> Workbook:
        """读写它的端口；每次都从头读。"""
        ...

    def selected(self) -> CellRef | None:
        """选中的单元格；选中的不是单元格的是 None。"""
        ...

    def go_to(self, place: CellRef) -> None:
        """跳到一个单元格。"""
        ...


class ExcelApp(Protocol):
    """打开着工作簿的那个程序。"""

    def book(self) -> OpenBook:
        """用户眼前的工作簿；没有的、在受保护的视图里的，拒绝。"""
        ...

    def open(self, path: Path) -> None: ...

    def status(self, text: str) -> None:
        """状态栏上的一句话；空的把状态栏还给 ExcelApp。"""
        ...

    def stop_asked(self) -> bool:
        """用户按着 Esc。"""
        ...

    def forget_stop(self) -> None:
        """现在还按着的 Esc 是别的意思（取消了对话框、结束了录入），放开以前不算。"""
        ...


class Dialogs(Protocol):
    """问人的全部方式；取消了的是 None。要说的话是按钮的结果，由按它的说。"""

    def ask(self, question: str) -> bool: ...

    def ask_text(self, question: str, suggested: str = "") -> str | None: ...

    def open_file(self, title: str, kinds: FileKinds) -> Path | None: ...

    def save_file(self, title: str, suggested: str, kinds: FileKinds) -> Path | None: ...

    def folder(self, title: str) -> Path | None: ...

    def show(self, path: Path) -> None:
        """用系统里管这种文件的程序打开：.docx 是 Word，.html 是浏览器。"""
        ...


class Stopped(Exception):  # noqa: N818 - not an error: somebody asked for it
    """用户按 Esc 停下的。"""


@dataclass(frozen=True, slots=True)
class ButtonContext:
    """一次点按钮用的全部东西。"""

    excel: ExcelApp
    dialogs: Dialogs
    _front: list[OpenBook] = field(default_factory=list)

    @property
    def book(self) -> OpenBook:
        """用户眼前的工作簿，一次动作里是同一个。"""
        if not self._front:
            self._front.append(self.excel.book())
        return self._front[0]

    def step(self, text: str) -> None:
        """一步开始：状态栏上说一声；按着 Esc 的，在这里停下。"""
        if self.excel.stop_asked():
            raise Stopped
        self.excel.status(f"绩效监控：{text}（按住 Esc 停止）")

    def counted(self, done: int, whole: int) -> None:
        """许多个里做完了 done 个。"""
        self.step(f"已做完 {done}/{whole}…")

    def watched(self) -> Workbook:
        """眼前工作簿的单元格；每读写一块之前是一步。"""
        return _SteppedBook(self.book.cells(), self.step)

    @contextmanager
    def writing(self, action: str) -> Iterator[Workbook]:
        """往眼前的工作簿里写，写了什么都记着，可以撤销；action 是按钮上的名字。只读的拒绝。"""
        from perfmon_xl import app

        self.refuse_read_only()
        cells = self.book.cells()
        # One session for the whole action: each costs an open workbook some twenty calls.
        quiet: Callable[[], AbstractContextManager[object]] = getattr(cells, "quiet", nullcontext)
        with quiet(), app.recorded(cells, self.key, action) as recorded:
            yield _SteppedBook(recorded, self.step)

    def refuse_read_only(self) -> None:
        """只读的工作簿不写。"""
        if self.book.read_only:
            raise UserError(
                f"“{self.book.name}”是以只读方式打开的，没有写入。",
                "请关掉别处打开的同一个文件再重新打开，或“另存为”一份，在新的一份里做。",
            )

    @property
    def key(self) -> str:
        """撤销的账按它记：工作簿的完整路径，没有的用名称。"""
        return str(self.book.path or self.book.name)


class _SteppedBook:
    def __init__(self, book: Workbook, step: Callable[[str], None]) -> None:
        self._book, self._step = book, step

    def sheet_names(self) -> tuple[str, ...]:
        return self._book.sheet_names()

    def tables(self) -> Mapping[str, RawTable]:
        self._step("正在读工作簿…")
        return self._book.tables()

    def named(self) -> Mapping[str, RawCell]:
        return self._book.named()

    def cells(self, refs: Collection[CellRef]) -> Mapping[CellRef, RawCell]:
        return self._book.cells(refs)

    def write(self, cells: Mapping[CellRef, Content]) -> None:
        if cells:
            self._step(f"正在写 {len(cells)} 个单元格…")
        self._book.write(cells)

    def append_rows(self, table: str, rows: Sequence[Sequence[Content]]) -> None:
        self._step(f"正在往“{table}”加 {len(rows)} 行…")
        self._book.append_rows(table, rows)

    def remove_rows(self, table: str, count: int) -> None:
        self._step(f"正在去掉“{table}”末尾的 {count} 行…")
        self._book.remove_rows(table, count)

    def fold(self, table: str, folded: Sequence[bool]) -> None:
        self._book.fold(table, folded)

    def marks(self) -> Mapping[CellRef, Mark]:
        return self._book.marks()

    def mark(self, marks: Mapping[CellRef, Mark]) -> None:
        self._step(f"正在做 {len(marks)} 处记号…" if marks else "正在去掉记号…")
        self._book.mark(marks)
