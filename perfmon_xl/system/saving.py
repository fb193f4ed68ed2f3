"""Writing without ever losing the old file: made beside it, then put in its place in one step.

Nothing of what is written can be read by more people than the file it replaces; owner, access lists and extended
attributes go along; a save by another program since we read is never overwritten.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.wording import OTHER_FILE
from perfmon_xl.system.locks import lock_of, lock_remedy

UNFINISHED = (".perfmon-", ".tmp")
_SETTLED = 60.0  # seconds: a younger file may be one that another program of ours is just about to lock
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0) | getattr(os, "O_CLOEXEC", 0)


class FileState(NamedTuple):
    """Which file it was and when it was last written: a save by another program changes at least one of them."""

    inode: int
    size: int
    changed: int

    @classmethod
    def of(cls, status: os.stat_result) -> FileState:
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


def save_atomically(
    path: Path, data: bytes | Iterable[bytes], *, expected: FileState | None = None
) -> tuple[str, ...]:
    """写好了再放到 path 上：中途断电、磁盘满，原文件都还是原来的样子。长的可以一段一段地给。

    path 是链接的，写到它指的文件，链接还在；那是另一种文件的，不写。expected 是读它的时候的样子：那以后别的程序又存过的，
    不写。
    返回要告诉用户的话（有别的名称指着同一个文件、保留不了所有者）。写不了的是 UserError。
    """
    if path.is_symlink() and path.resolve().suffix.lower() != path.suffix.lower():
        raise _link(path)
    _refuse(path)
    target = path.resolve() if path.is_symlink() else path
    replaced = None
    try:
        replaced = target.stat() if target.exists() else None
        _refuse_changed(path, replaced, expected)
        sweep(target.parent)
        return _write_beside(path, target, data, replaced, expected)
    except OSError as error:
        kept = "原来的文件没有动。" if replaced is not None else "没有写成。"
        raise UserError(
            f"写不了 {path}：{system_reason(error)}。{kept}",
            "请先关掉开着它的程序；没有开着的，请确认文件夹存在、有写入权限、磁盘有空间。",
        ) from None


def _refuse(path: Path) -> None:
    if path.is_dir():
        raise UserError(f"{path} 是文件夹，不能当文件写。", "请写到文件名为止。")
    if path.exists() and not path.is_file():
        raise UserError(f"{path} 不是普通的文件，没有写入。", "请换一个文件名。")
    if not path.is_symlink() and not path.parent.exists():
        raise UserError(
            f"没有文件夹 {path.parent}，{path.name} 没有写成。", "请先建好文件夹，或者换一个位置。"
        )
    lock = lock_of(path) if path.exists() else None
    if lock is not None:
        raise UserError(f"{path.name} 正在别的程序里打开，没有写入。", lock_remedy(lock))
    if path.exists() and not os.access(path, os.W_OK):
        raise UserError(f"{path.name} 是只读文件，没有写入。", "请去掉只读属性" + OTHER_FILE + "。")


def refuse_links(path: Path, within: Path) -> None:
    """within 是我们自己的文件夹：里面的路径绕过链接的，不写，免得写到别处（也许就是原件）。"""
    steps = [path, *(step for step in path.parents if step != within and step.is_relative_to(within))]
    if any(step.is_symlink() for step in steps) or not path.resolve().is_relative_to(within.resolve()):
        raise _link(path.relative_to(within))


def _link(path: Path) -> UserError:
    return UserError(f"{path} 是通向别处的链接，没有写，免得盖掉那里的文件。", "请删掉这个链接，再做一遍。")


def _refuse_changed(path: Path, now: os.stat_result | None, expected: FileState | None) -> None:
    if expected is not None and (now is None or FileState.of(now) != expected):
        raise UserError(
            f"{path.name} 在程序读过之后又被别的程序存过（或挪走了），没有写入，免得盖掉那一次的修改。",
            "请确认大家都存好、关好了，再做一次" + OTHER_FILE + "。",
        )


def _write_beside(
    path: Path,
    target: Path,
    data: bytes | Iterable[bytes],
    replaced: os.stat_result | None,
    expected: FileState | None,
) -> tuple[str, ...]:
    with _scratch(target.parent, private=replaced is not None) as scratch:
        notes = [] if replaced is None else _keep_attributes(scratch, target, replaced)
        with os.fdopen(os.dup(scratch.descriptor), "wb") as out:
            out.writelines((data,) if isinstance(data, bytes) else data)
            out.flush()
            os.fsync(out.fileno())
        if expected is not None:  # writing took a while: look once more, just before
            _refuse_changed(path, target.stat() if target.exists() else None, expected)
        scratch.put(target, replaced is not None)
    if replaced is not None and replaced.st_nlink > 1:
        notes.append(f"{path.name} 还有别的名称指着同一个文件（硬链接），那个名称下还是原来的内容。")
    return tuple(notes)


class _Scratch:
    """The new content before it has its name: without any name where the system can, else as a hidden file."""

    def __init__(self, folder: Path, descriptor: int, path: Path | None) -> None:
        self.folder, self.descriptor, self.path = folder, descriptor, path

    def put(self, target: Path, replacing: bool) -> None:
        """In the place of target, in one step."""
        if self.path is None:
            self._named(target, replacing)
            if self.path is None:
                return
        if sys.platform == "win32":
            os.close(self.descriptor)
            self.descriptor = -1
            if replacing and _replace_on_windows(target, self.path):
                self.path = None
                return
        self.path.replace(target)
        self.path = None

    def _named(self, target: Path, replacing: bool) -> None:
        """Gives the nameless file a name: its own where nothing stands there, else one for an instant."""
        own = f"/proc/self/fd/{self.descriptor}"
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            if not replacing:
                with contextlib.suppress(FileExistsError):
                    os.link(own, target, src_dir_fd=folder, follow_symlinks=True)
                    return
            temporary = _temporary_name(self.folder)
            os.link(own, temporary, src_dir_fd=folder, follow_symlinks=True)
            self.path = temporary
        finally:
            os.close(folder)


@contextlib.contextmanager
def _scratch(folder: Path, *, private: bool) -> Iterator[_Scratch]:
    """private：只有自己能读，等照原来的文件设好权限；新文件一开始就是该有的权限（umask）。"""
    mode = 0o600 if private else 0o666
    scratch = _nameless(folder, mode) or _hidden(folder, mode)
    try:
        yield scratch
    finally:
        if scratch.descriptor >= 0:
            os.close(scratch.descriptor)
        if scratch.path is not None:
            with contextlib.suppress(OSError):
                scratch.path.unlink(missing_ok=True)


def _nameless(folder: Path, mode: int) -> _Scratch | None:
    """A file that vanishes by itself when the program dies (Linux); None where there is no such thing."""
    if not hasattr(os, "O_TMPFILE") or not Path("/proc/self/fd").is_dir():
        return None
    try:
        return _Scratch(folder, os.open(folder, os.O_TMPFILE | os.O_RDWR | _BINARY, mode), None)
    except OSError:
        return None  # a file system without them; whatever else is wrong shows at the next step


def _hidden(folder: Path, mode: int) -> _Scratch:
    path = _temporary_name(folder)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    _hold(descriptor)
    return _Scratch(folder, descriptor, path)


def _temporary_name(folder: Path) -> Path:
    return folder / f"{UNFINISHED[0]}{secrets.token_hex(8)}{UNFINISHED[1]}"


def _keep_attributes(scratch: _Scratch, target: Path, old: os.stat_result) -> list[str]:
    """所有者、权限、访问控制、扩展属性照原来的；保留不了的说一声。Windows 由系统在替换时保留。"""
    if sys.platform == "win32":
        return []
    notes: list[str] = []
    mine = os.fstat(scratch.descriptor)
    if (mine.st_uid, mine.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.fchown(scratch.descriptor, old.st_uid, old.st_gid)
        except OSError:
            notes.append(f"{target.name} 的所有者（或组）改成了您：系统不让程序保留原来的。")
    os.fchmod(scratch.descriptor, stat.S_IMODE(old.st_mode) & 0o777)
    for name in _attributes_of(target):  # after the mode: an access list among them refines it
        with contextlib.suppress(OSError):
            os.setxattr(scratch.descriptor, name, os.getxattr(target, name))
    return notes


def _attributes_of(path: Path) -> list[str]:
    try:
        return os.listxattr(path) if hasattr(os, "listxattr") else []
    except OSError:
        return []


def _replace_on_windows(target: Path, new: Path) -> bool:
    """ReplaceFileW keeps the access list, the owner and the attributes of the file replaced."""
    if sys.platform != "win32":
        return False
    import ctypes

    ignore_merge_errors = 2
    done = ctypes.windll.kernel32.ReplaceFileW(str(target), str(new), None, ignore_merge_errors, None, None)
    return bool(done)


def sweep(folder: Path, *, settled: float = _SETTLED) -> None:
    """写到一半被强行结束的程序留下的半个文件：没有人在写的，拿走。"""
    try:
        with os.scandir(folder) as entries:
            names = [e.name for e in entries if e.name.startswith(UNFINISHED[0])]
    except OSError:
        return
    for name in names:
        path = folder / name
        if name.endswith(UNFINISHED[1]):
            with contextlib.suppress(OSError):
                if time.time() - path.lstat().st_mtime > settled and _nobody_writes(path):
                    path.unlink()


def remove_unfinished(folder: Path) -> None:
    """folder 和它下面的都看一遍：只有我们在往里写的时候用。"""
    for path in folder.rglob(f"{UNFINISHED[0]}*{UNFINISHED[1]}"):
        with contextlib.suppress(OSError):
            path.unlink()


def _hold(descriptor: int) -> None:
    """Locked as long as it is being written. On Windows an open file cannot be removed anyhow."""
    if sys.platform != "win32":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _nobody_writes(path: Path) -> bool:
    if sys.platform == "win32" or not stat.S_ISREG(path.lstat().st_mode):
        return True
    import fcntl

    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | _BINARY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return time.time() - path.lstat().st_mtime > 24 * 3600  # a share without locks: only by age
    finally:
        os.close(descriptor)
    return True
