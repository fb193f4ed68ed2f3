"""Files at the edge: refuse what is not a workbook of ours to read, and write without ever losing the old one."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from perfmon_xl.domain.errors import UserError

MOST_ENTRIES = 4000
MOST_BYTES = 400 * 1024 * 1024
MOST_RATIO = 200
_RATIO_FROM = 10 * 1024 * 1024  # small parts compress enormously and harm nobody
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_PARTS = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml"}
_UNFINISHED = (".perfmon-", ".tmp")
_STRICT = b"purl.oclc.org/ooxml"


def read_package(path: Path, kind: str = ".xlsx") -> bytes:
    """读出一个 Office 文件的全部字节；不能用的，说明白为什么、怎么办。"""
    data = read_bytes(path)
    check_package(data, path, kind)
    return data


def read_bytes(path: Path) -> bytes:
    """读出一个文件的全部字节；读不出的，说明白为什么。"""
    if path.is_dir():
        raise UserError(f"{path} 是文件夹，不是文件。", "请写到文件名为止。")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"找不到文件 {path}。", "请核对文件名和所在文件夹。") from None
    except OSError as error:
        raise UserError(
            f"打不开文件 {path}：{error.strerror or error}。", "请确认文件没有被占用、有权限读取。"
        ) from None


def check_package(data: bytes, path: Path, kind: str = ".xlsx") -> None:
    """看字节是不是可以放心打开的 Office 文件。"""
    name = path.name
    if not data:
        raise UserError(f"{name} 是空文件。", "请换一份完整的文件。")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UserError(
                f"{name} 设了打开密码，程序读不了。", "请在 Excel 中取消密码（文件→信息→保护工作簿）后另存。"
            )
        raise UserError(f"{name} 是旧格式（.xls 或 .doc）。", f"请在 Office 或 WPS 中打开，另存为 {kind}。")
    if not data.startswith(b"PK"):
        raise UserError(f"{name} 不是 {kind} 文件。", f"请在 Office 或 WPS 中打开，另存为 {kind}。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_entries(package, name, kind)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, OSError):
        raise UserError(
            f"{name} 不完整或已损坏。", "请重新取得这个文件，或在 Excel 中打开修复后另存。"
        ) from None


def _check_entries(package: zipfile.ZipFile, name: str, kind: str) -> None:
    infos = package.infolist()
    names = [i.filename for i in infos]
    if len(infos) > MOST_ENTRIES or sum(i.file_size for i in infos) > MOST_BYTES:
        raise UserError(f"{name} 里的内容大得不正常，没有打开。", "请确认文件来源。")
    for info in infos:
        if info.flag_bits & 0x1:
            raise UserError(f"{name} 是加密的压缩包。", "请另存为不带密码的文件。")
        if info.file_size > _RATIO_FROM and info.file_size > MOST_RATIO * max(1, info.compress_size):
            raise UserError(f"{name} 里的内容大得不正常，没有打开。", "请确认文件来源。")
        if info.filename.startswith(("/", "\\")) or ".." in info.filename.replace("\\", "/").split("/"):
            raise UserError(f"{name} 里有不正常的路径 {info.filename}，没有打开。", "请确认文件来源。")
    if len(set(names)) != len(names):
        raise UserError(f"{name} 里有重复的部分，没有打开。", "请在 Excel 中打开后另存一份。")
    if "xl/workbook.bin" in names:
        raise UserError(f"{name} 是二进制工作簿（.xlsb）。", "请在 Excel 中另存为 .xlsx。")
    if _MAIN_PARTS[kind] not in names:
        other = next((k for k, part in _MAIN_PARTS.items() if part in names), "")
        raise UserError(
            f"{name} 不是 {kind} 文件" + (f"，里面是 {other}。" if other else "。"), f"请换成 {kind} 文件。"
        )
    if _STRICT in package.read(_MAIN_PARTS[kind])[:4000]:
        raise UserError(
            f"{name} 是“Strict Open XML”格式，程序读不了。",
            f"请在 Office 中另存为普通的 {kind}（不带 Strict 字样）。",
        )


def lock_of(path: Path) -> Path | None:
    """谁开着这个文件：Excel、Word 留 ~$名，WPS 也是；LibreOffice 留 .~lock.名#。"""
    beside = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return next((path.parent / name for name in beside if (path.parent / name).exists()), None)


def save_atomically(path: Path, data: bytes | Iterable[bytes]) -> None:
    """先写临时文件再改名：中途断电、磁盘满，原文件都还是原来的样子。长的可以一段一段地给。"""
    if path.is_dir():
        raise UserError(f"{path} 是文件夹，不能当文件写。", "请写到文件名为止。")
    if path.exists() and lock_of(path) is not None:
        raise UserError(
            f"{path.name} 正在别的程序里打开，没有写入。", "请先在 Excel、Word 或 WPS 里关掉它，再试一次。"
        )
    if path.exists() and not os.access(path, os.W_OK):
        raise UserError(f"{path.name} 是只读文件，没有写入。", "请去掉只读属性，或用 -o 写到另一个文件。")
    handle, temporary = -1, ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=_UNFINISHED[0], suffix=_UNFINISHED[1], dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            out.writelines((data,) if isinstance(data, bytes) else data)
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(OSError):
            # A new file gets what the user's umask gives, not mkstemp's owner-only mode.
            Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise UserError(
            f"写不了 {path}：{reason}。原来的文件没有动。", "请确认文件夹存在、有写入权限、磁盘有空间。"
        ) from None
    except BaseException:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise


def remove_unfinished(folder: Path) -> None:
    """写到一半被强行结束，临时文件会留下来：没有别的程序在往 folder 里写时，清掉。"""
    for path in folder.rglob(f"{_UNFINISHED[0]}*{_UNFINISHED[1]}"):
        with contextlib.suppress(OSError):
            path.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def free_name(path: Path) -> Path:
    """path 被人开着时，下一个可用的名字：报告（2）.docx。"""
    if lock_of(path) is None:
        return path
    for number in range(2, 1000):
        other = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        if lock_of(other) is None:
            return other
    raise UserError(f"{path.name} 和它的各个副本都被打开着。", "请先关掉几个。")
