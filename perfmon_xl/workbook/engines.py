"""Which way a workbook file is opened: its own parts (nothing lost), or openpyxl as a second opinion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from perfmon_xl.domain.errors import UserError
from perfmon_xl.workbook.port import Workbook

PACKAGE, OPENPYXL = "package", "openpyxl"


class FileBook(Workbook, Protocol):
    """磁盘上的一个工作簿：同一个口子，再加上保存。"""

    def save(self, path: Path) -> tuple[str, ...]: ...


def _package(path: Path) -> FileBook:
    from perfmon_xl.workbook.file.book import PackageBook  # a new workbook is made without it

    return PackageBook.open(path)


def _openpyxl(path: Path) -> FileBook:
    from perfmon_xl.workbook.openpyxl.book import OpenpyxlBook  # half a second to import

    return OpenpyxlBook.open(path)


ENGINES: Mapping[str, Callable[[Path], FileBook]] = {PACKAGE: _package, OPENPYXL: _openpyxl}


def open_book(path: Path, engine: str = PACKAGE) -> FileBook:
    """打开一个工作簿文件；engine 是 package（照文件的各部分，什么也不丢）或 openpyxl。"""
    if engine not in ENGINES:
        raise UserError(f"没有叫“{engine}”的读写方式。", f"请写 {' 或 '.join(ENGINES)}。")
    return ENGINES[engine](path)


def lost_by(engine: str) -> tuple[str, ...]:
    """用这种方式写出的文件少了什么，要告诉用户的话；什么也不少的没有话说。"""
    return () if engine == PACKAGE else (WHAT_OPENPYXL_LOSES,)


WHAT_OPENPYXL_LOSES = (
    "用 openpyxl 写的文件里没有公式的结果，在 Excel 或 WPS 里打开、保存一次才有；"
    "迷你图、切片器、文本框、窗体控件、引用别的工作表的下拉列表也可能没有了。原来的文件没有动。"
)
