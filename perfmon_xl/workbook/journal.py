"""What one action wrote, so that exactly that can be taken back: a recording wrapper over any workbook.

Excel's own undo list is emptied by what a program writes; this stands in for it. Only what is still as the action
left it is taken back; what a person has changed since is left and named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from perfmon_xl.workbook.port import CellRef, Content, Formula, Mark, RawCell, RawTable, Workbook

Marks = Mapping[CellRef, Mark]


@dataclass(frozen=True, slots=True)
class CellChange:
    """一个单元格：动作之前和之后的内容。"""

    ref: CellRef
    before: Content
    after: Content


@dataclass(frozen=True, slots=True)
class AddedRows:
    """一个表格末尾加了几行；cells 是加完以后这几行的内容。"""

    table: str
    count: int
    cells: tuple[tuple[CellRef, Content], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """动作之后一个表格在哪里、多长：插入或删除过行的，记下的地址就不作数了。"""

    first: CellRef
    rows: int


@dataclass(frozen=True, slots=True)
class Journal:
    """一次动作写了什么。"""

    action: str
    changes: tuple[CellChange, ...] = ()
    added: tuple[AddedRows, ...] = ()
    layout: Mapping[str, Layout] = field(default_factory=dict)
    marks: tuple[Marks, Marks] | None = None  # before and after; None: the action touched no marks

    @property
    def empty(self) -> bool:
        return not self.changes and not self.added and (self.marks is None or self.marks[0] == self.marks[1])


@dataclass(frozen=True, slots=True)
class Undone:
    """撤销的结果：动作叫什么、撤回了几格、几行，哪些没有撤回、为什么。"""

    action: str
    cells: int
    rows: int
    kept: tuple[str, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """说给用户听。"""
        said = f"撤销了“{self.action}”：还原 {self.cells} 个单元格" + (
            f"，去掉 {self.rows} 行。" if self.rows else "。"
        )
        return (said, *self.kept)


class RecordingBook:
    """记着账的工作簿：用起来和别的一样，每一笔写入之前先记下原来的样子。"""

    def __init__(self, book: Workbook, action: str) -> None:
        self._book, self._action = book, action
        self._before: dict[CellRef, Content] = {}
        self._added: dict[str, int] = {}
        self._marks: Marks | None = None

    def sheet_names(self) -> tuple[str, ...]:
        return self._book.sheet_names()

    def tables(self) -> Mapping[str, RawTable]:
        return self._book.tables()

    def named(self) -> Mapping[str, RawCell]:
        return self._book.named()

    def cells(self, refs: Collection[CellRef]) -> Mapping[CellRef, RawCell]:
        return self._book.cells(refs)

    def marks(self) -> Marks:
        return self._book.marks()

    def write(self, cells: Mapping[CellRef, Content]) -> None:
        # A result alone is no change: the formula gives it anyway.
        fresh = [
            ref
            for ref, content in cells.items()
            if ref not in self._before and not (isinstance(content, Formula) and not content.text)
        ]
        if fresh:
            self._before |= {ref: content_of(cell) for ref, cell in self._book.cells(fresh).items()}
        self._book.write(cells)

    def append_rows(self, table: str, rows: Sequence[Sequence[Content]]) -> None:
        self._book.append_rows(table, rows)
        self._added[table] = self._added.get(table, 0) + len(rows)

    def remove_rows(self, table: str, count: int) -> None:
        raise NotImplementedError  # only undoing takes rows away

    def fold(self, table: str, folded: Sequence[bool]) -> None:
        self._book.fold(table, folded)  # how rows are shown, not what they say: nothing to take back

    def mark(self, marks: Marks) -> None:
        if self._marks is None:
            self._marks = dict(self._book.marks())
        self._book.mark(marks)

    def journal(self) -> Journal:
        """到此为止写了什么；写坏了一半的也算。"""
        tables = self._book.tables() if self._before or self._added else {}
        new = {name: _last_rows(tables[name], count) for name, count in self._added.items()}
        in_new = {ref for cells in new.values() for ref, _ in cells}
        wrote = [ref for ref in self._before if ref not in in_new]
        after = self._book.cells(wrote)
        changes = (CellChange(ref, self._before[ref], content_of(after[ref])) for ref in wrote)
        touched = {ref.sheet for ref in wrote} | {ref.sheet for ref in in_new}
        return Journal(
            self._action,
            tuple(change for change in changes if not same_content(change.before, change.after)),
            tuple(AddedRows(name, self._added[name], cells) for name, cells in new.items()),
            {name: Layout(t.first, len(t.rows)) for name, t in tables.items() if t.sheet in touched},
            None if self._marks is None else (self._marks, dict(self._book.marks())),
        )


def undo(book: Workbook, journal: Journal) -> Undone:
    """撤回一次动作；后来人又改过的不动，逐条说明。"""
    tables = book.tables()
    moved = {
        known.first.sheet
        for name, known in journal.layout.items()
        if name not in tables or Layout(tables[name].first, len(tables[name].rows)) != known
    }
    kept = [f"{sheet}：后来插入或删除过行，这张表上的没有撤回。" for sheet in sorted(moved)]
    changes = [change for change in journal.changes if change.ref.sheet not in moved]
    known_sheets = set(book.sheet_names())
    now = book.cells([change.ref for change in changes if change.ref.sheet in known_sheets])
    restored: dict[CellRef, Content] = {}
    for change in changes:
        current = content_of(now[change.ref]) if change.ref in now else None
        if same_content(current, change.after):
            restored[change.ref] = change.before
        elif not same_content(current, change.before):
            kept.append(f"{change.ref}：后来改成了“{_display(current)}”，没有撤回。")
    rows = 0
    for added in journal.added:
        if added.cells and added.cells[0][0].sheet in moved:
            continue
        there = book.cells([ref for ref, _ in added.cells])
        changed = [ref for ref, content in added.cells if not same_content(content_of(there[ref]), content)]
        if changed:
            kept.append(
                f"表格“{added.table}”新加的 {added.count} 行后来改过（{_listed(changed)}），没有去掉。"
            )
        else:
            book.remove_rows(added.table, added.count)
            rows += added.count
    if restored:
        book.write(restored)
    if journal.marks is not None:
        book.mark(journal.marks[0])
    return Undone(journal.action, len(restored), rows, tuple(kept))


def content_of(cell: RawCell) -> Content:
    """读到的一格，写回去的样子；填的是错误值的，写回同样的错误值。"""
    if cell.formula is not None:
        return Formula(cell.formula, cell.value)
    if cell.error is not None:
        return Formula(cell.error, None)
    return None if cell.value == "" else cell.value


def same_content(one: Content, other: Content) -> bool:
    """内容一样；公式只比公式，结果会跟着别处变。"""
    if isinstance(one, Formula) and isinstance(other, Formula):
        return one.text == other.text
    return type(one) is type(other) and one == other


def _last_rows(table: RawTable, count: int) -> tuple[tuple[CellRef, Content], ...]:
    rows = table.rows[len(table.rows) - count :]
    return tuple((cell.ref, content_of(cell)) for row in rows for cell in row)


def _display(content: Content) -> str:
    if isinstance(content, Formula):
        return f"={content.text}"[:60]
    return "空白" if content is None else str(content)[:60]


def _listed(refs: Iterable[CellRef]) -> str:
    names = [ref.a1 for ref in refs]
    return "、".join(names[:5]) + ("等" if len(names) > 5 else "")
