"""Files at the edge: any file from outside is read here, and refused in words where it cannot be used."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple

from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.ooxml.canonical import canonical
from perfmon_xl.ooxml.safety import MOST_FILE_BYTES, check_package
from perfmon_xl.system import budget
from perfmon_xl.system.file_kinds import refuse_other_kind
from perfmon_xl.system.locks import lock_of, lock_remedy
from perfmon_xl.system.names import file_name_that_fits
from perfmon_xl.system.resources import is_own
from perfmon_xl.system.saving import FileState, refuse_links, remove_unfinished, save_atomically

__all__ = [
    "FileContents",
    "FileState",
    "free_name",
    "lock_of",
    "lock_remedy",
    "open_package",
    "read_bytes",
    "read_package",
    "read_text",
    "read_toml",
    "read_with_state",
    "refuse_links",
    "remove_unfinished",
    "save_atomically",
]  # fmt: skip

# Without waiting for whoever is at the other end of a pipe.
_READING = getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


class FileContents(NamedTuple):
    """一个读好了的文件：全部字节，和读它的时候的样子（存回去的时候看有没有被别人存过）。"""

    data: bytes
    state: FileState


def read_package(path: Path, kind: str = ".xlsx") -> bytes:
    """读出一个 Office 文件的全部字节；不能用的，说明白为什么、怎么办。"""
    return open_package(path, kind).data


def open_package(path: Path, kind: str = ".xlsx") -> FileContents:
    """同 read_package，连同文件读的时候的样子。"""
    opened = read_with_state(path)
    refuse_other_kind(opened.data, path.name, kind)
    data = canonical(opened.data, kind) if len(opened.data) < MOST_FILE_BYTES else opened.data
    check_package(data, path.name, kind)
    return FileContents(data, opened.state)


def read_bytes(path: Path) -> bytes:
    """读出一个文件的全部字节；读不出的，说明白为什么。从外面来的文件都从这里读。"""
    return read_with_state(path).data


def read_text(path: Path) -> str:
    """一个文本文件的内容：UTF-8，有没有 BOM 都行（记事本会写上）；别的编码说明白。"""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(
            f"{path.name} 不是 UTF-8 编码的文本。", "请用记事本打开，另存为 UTF-8 编码。"
        ) from None


def read_toml(path: Path, *, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """一份 TOML 文件的内容；写法不对的，说在第几行。"""
    text = read_text(path)
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        where = f"第 {place[1]} 行第 {place[2]} 列" if place else "结尾"
        raise UserError(f"{path.name} {where}不合 TOML 的写法。", "请核对引号、方括号和等号。") from None
    except (ValueError, RecursionError):  # an integer of thousands of digits; brackets without end
        raise UserError(
            f"{path.name} 里有程序不能读的内容（太长的数，或套得太深）。", "请核对这个文件。"
        ) from None


def read_with_state(path: Path) -> FileContents:
    """全部字节，和读的时候的样子。只读普通的文件：管道会一直等，设备读不完；读的时候也数着，说多大就最多读多大。"""
    if path.is_dir():
        raise UserError(f"{path} 是文件夹，不是文件。", "请写到文件名为止。")
    try:
        descriptor = os.open(path, os.O_RDONLY | _READING)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(file.fileno())
            if not S_ISREG(status.st_mode):
                raise UserError(f"{path} 不是普通的文件。", "请换一个文件。")
            if status.st_size > MOST_FILE_BYTES:
                raise _too_big(path, status.st_size)
            data = file.read(MOST_FILE_BYTES + 1)
            if len(data) > MOST_FILE_BYTES:
                raise _too_big(path, len(data))
            if not is_own(path):  # what came with the program is not what takes so long
                budget.start(path.name)
            return FileContents(data, FileState.of(status))
    except FileNotFoundError:
        raise UserError(f"找不到文件 {path}。", "请核对文件名和所在文件夹。") from None
    except (OSError, ValueError) as error:  # ValueError: a zero in the name
        reason = system_reason(error) if isinstance(error, OSError) else "文件名里有不能用的字符"
        raise UserError(f"打不开文件 {path}：{reason}。", "请确认文件没有被占用、有权限读取。") from None


def _too_big(path: Path, size: int) -> UserError:
    return UserError(f"{path.name} 有 {size >> 20} MB，大得不正常，没有打开。", "请确认文件来源。")


def free_name(path: Path, *, keep: Callable[[Path], bool] | None = None) -> Path:
    """path 被人开着，或者要留着（keep）时，下一个可用的名字：报告（2）.docx。"""

    def free(name: Path) -> bool:
        return lock_of(name) is None and not (keep is not None and name.exists() and keep(name))

    if free(path):
        return path
    for number in range(2, 1000):
        other = path.with_name(file_name_that_fits(f"{path.stem}（{number}）", path.suffix))
        if free(other):
            return other
    raise UserError(f"{path.name} 和它的各个副本都被打开着。", "请先关掉几个。")
