"""The last action on an open workbook taken back: kept in this process, and on disk for a process started anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from perfmon_xl.app.installing import UNDO
from perfmon_xl.domain.errors import UserError
from perfmon_xl.system.windows import Machine, ThisMachine
from perfmon_xl.workbook import journal_file
from perfmon_xl.workbook.journal import Journal, RecordingBook
from perfmon_xl.workbook.journal import undo as take_back
from perfmon_xl.workbook.port import Workbook

_kept: dict[str, Journal] = {}


def undo_folder(machine: Machine | None = None) -> Path:
    """账放在用户自己的文件夹里，和插件的设置在一起。"""
    return (machine or ThisMachine()).home() / ".perfmon_xl" / UNDO


@contextmanager
def recorded(
    book: Workbook, key: str, action: str, *, machine: Machine | None = None
) -> Iterator[RecordingBook]:
    """做一次可以撤销的动作。key 是工作簿的完整路径；action 是按钮上的名字。

    半路出错的，写进去的部分也记着，可以撤销。什么也没有写的，上一次的账还在。
    """
    recording = RecordingBook(book, action)
    try:
        yield recording
    except BaseException:
        with suppress(Exception):  # what went wrong first is what the person must hear
            _keep(recording.journal(), key, machine)
        raise
    _keep(recording.journal(), key, machine)


def _keep(journal: Journal, key: str, machine: Machine | None) -> None:
    if journal.empty:
        return
    _kept[key] = journal
    if Path(key).is_absolute():  # a workbook never saved has a name only, and may share it
        # Without the copy on disk undo still works as long as this process lives.
        with suppress(OSError, UserError):
            journal_file.save(journal_file.place(undo_folder(machine), key), journal)


def undo_last(book: Workbook, key: str, *, machine: Machine | None = None) -> tuple[str, ...]:
    """撤销这个工作簿上最后一次动作；返回做了什么、什么没有撤回。只能撤一次。"""
    path = journal_file.place(undo_folder(machine), key)
    journal = _kept.get(key) or journal_file.load(path)
    if journal is None:
        raise UserError("没有可以撤销的动作。", "填充、检查之后才能撤销，而且只能撤销最后一次。")
    undone = take_back(book, journal)
    _kept.pop(key, None)
    with suppress(OSError):
        path.unlink(missing_ok=True)
    return undone.notes
