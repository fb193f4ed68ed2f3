"""Files at the edge: refuse what is not a workbook of ours to read, and write without ever losing the old one."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from stat import S_ISREG

from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.wording import OTHER_FILE
from perfmon_xl.ooxml.safety import MOST_FILE_BYTES, check_package
from perfmon_xl.system.file_kinds import refuse_other_kind

_UNFINISHED = (".perfmon-", ".tmp")


def read_package(path: Path, kind: str = ".xlsx") -> bytes:
    """读出一个 Office 文件的全部字节；不能用的，说明白为什么、怎么办。"""
    data = read_bytes(path)
    refuse_other_kind(data, path.name, kind)
    check_package(data, path.name, kind)
    return data


def read_bytes(path: Path) -> bytes:
    """读出一个文件的全部字节；读不出的，说明白为什么。"""
    if path.is_dir():
        raise UserError(f"{path} 是文件夹，不是文件。", "请写到文件名为止。")
    try:
        state = path.stat()
        if not S_ISREG(state.st_mode):
            raise UserError(f"{path} 不是普通的文件。", "请换一个文件。")
        if state.st_size > MOST_FILE_BYTES:
            raise UserError(
                f"{path.name} 有 {state.st_size >> 20} MB，大得不正常，没有打开。", "请确认文件来源。"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"找不到文件 {path}。", "请核对文件名和所在文件夹。") from None
    except OSError as error:
        raise UserError(
            f"打不开文件 {path}：{system_reason(error)}。", "请确认文件没有被占用、有权限读取。"
        ) from None


def lock_of(path: Path) -> Path | None:
    """谁开着这个文件：Excel、Word 留 ~$名，WPS 也是；LibreOffice 留 .~lock.名#。没有人开着的是 None。"""
    beside = [f"~${path.name}", f".~lock.{path.name}#"]
    if path.suffix.lower() == ".docx":
        # Word writes ~$ over the first two characters of a longer name. Excel never does: there it would be
        # the lock of another workbook, whose name is two characters shorter.
        beside.append(f"~${path.name[2:]}")
    return next((path.parent / name for name in beside if (path.parent / name).exists()), None)


def save_atomically(path: Path, data: bytes | Iterable[bytes]) -> None:
    """先写临时文件再改名：中途断电、磁盘满，原文件都还是原来的样子。长的可以一段一段地给。

    path 是链接的，写到它指的文件，链接还在。写不了的是 UserError。
    """
    if path.is_dir():
        raise UserError(f"{path} 是文件夹，不能当文件写。", "请写到文件名为止。")
    if path.exists() and lock_of(path) is not None:
        raise UserError(
            f"{path.name} 正在别的程序里打开，没有写入。", "请先在 Excel、Word 或 WPS 里关掉它，再试一次。"
        )
    if path.exists() and not os.access(path, os.W_OK):
        raise UserError(f"{path.name} 是只读文件，没有写入。", "请去掉只读属性" + OTHER_FILE + "。")
    target = path.resolve() if path.is_symlink() else path
    temporary = target.with_name(f"{_UNFINISHED[0]}{secrets.token_hex(8)}{_UNFINISHED[1]}")
    try:
        # Created like any file of the user's (umask included), not for the owner alone as tempfile would.
        with temporary.open("xb") as out:
            out.writelines((data,) if isinstance(data, bytes) else data)
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            with contextlib.suppress(OSError):
                temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        reason = system_reason(error)
        raise UserError(
            f"写不了 {path}：{reason}。原来的文件没有动。", "请确认文件夹存在、有写入权限、磁盘有空间。"
        ) from None


def remove_unfinished(folder: Path) -> None:
    """写到一半被强行结束，临时文件会留下来：没有别的程序在往 folder 里写时，清掉。"""
    for path in folder.rglob(f"{_UNFINISHED[0]}*{_UNFINISHED[1]}"):
        with contextlib.suppress(OSError):
            path.unlink()


def free_name(path: Path, *, keep: Callable[[Path], bool] | None = None) -> Path:
    """path 被人开着，或者要留着（keep）时，下一个可用的名字：报告（2）.docx。"""

    def free(name: Path) -> bool:
        return lock_of(name) is None and not (keep is not None and name.exists() and keep(name))

    if free(path):
        return path
    for number in range(2, 1000):
        other = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        if free(other):
            return other
    raise UserError(f"{path.name} 和它的各个副本都被打开着。", "请先关掉几个。")
