"""Nothing is lost by writing: saves of others, locks of every program, modes, attributes, strays."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from perfmon_xl import app
from perfmon_xl.domain.errors import UserError
from perfmon_xl.system.files import lock_of, open_package, read_bytes, save_atomically
from perfmon_xl.system.saving import FileState, sweep
from perfmon_xl.workbook.file.book import PackageBook

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="no such modes on Windows")


def state(path: Path) -> FileState:
    return FileState.of(path.stat())


def _replaced(path: Path) -> None:
    other = path.with_name("别人存的")
    other.write_bytes(b"theirs")
    other.replace(path)


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"theirs")


def _same_size(path: Path) -> None:
    path.write_bytes(b"new"[: path.stat().st_size])
    os.utime(path, ns=(1, 1))


def _gone(path: Path) -> None:
    path.unlink()


def _old_time(path: Path) -> None:
    """Copied over it with its own old time, as a sync program does."""
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - 10**9))


@pytest.mark.parametrize("change", [_replaced, _longer, _same_size, _gone, _old_time])
def test_a_save_that_was_not_seen_is_not_overwritten(change: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "项目.xlsx"
    path.write_bytes(b"old")
    seen = state(path)
    change(path)
    theirs = path.read_bytes() if path.exists() else None
    with pytest.raises(UserError, match="又被别的程序存过") as caught:
        save_atomically(path, b"ours", expected=seen)
    assert caught.value.hint
    assert (path.read_bytes() if path.exists() else None) == theirs
    assert [p.name for p in tmp_path.iterdir()] in ([path.name], [])


@pytest.mark.parametrize("change", [_replaced, _longer])
def test_a_save_while_we_write_is_not_overwritten(change: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "项目.xlsx"
    path.write_bytes(b"old")

    def pieces() -> object:
        yield b"ours"
        change(path)

    with pytest.raises(UserError, match="又被别的程序存过"):
        save_atomically(path, pieces(), expected=state(path))  # type: ignore[arg-type]
    assert b"theirs" in path.read_bytes()


@pytest.mark.parametrize("command", ["fill", "check"])
def test_a_workbook_saved_by_another_in_the_midst_is_kept(
    command: str, demo_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = PackageBook.to_bytes

    def slow(book: PackageBook) -> bytes:
        _replaced(demo_book)
        return real(book)

    monkeypatch.setattr(PackageBook, "to_bytes", slow)
    with pytest.raises(UserError, match="又被别的程序存过"):
        app.fill(demo_book) if command == "fill" else app.check_and_write(demo_book)
    assert demo_book.read_bytes() == b"theirs"


def test_two_saves_of_our_own_are_no_surprise(demo_book: Path) -> None:
    app.fill(demo_book)
    app.fill(demo_book)
    opened = open_package(demo_book)
    save_atomically(demo_book, opened.data, expected=opened.state)
    assert read_bytes(demo_book) == opened.data


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("项目.xlsx", "~$项目.xlsx"),
        ("项目.xlsx", ".~项目.xlsx"),
        ("项目.xlsx", ".~lock.项目.xlsx#"),
        ("监控工作簿.xlsx", ".~控工作簿.xlsx"),
        ("监控工作簿.xlsx", ".~工作簿.xlsx"),
        ("监控报告正文.docx", "~$报告正文.docx"),
        ("监控报告正文.docx", ".~报告正文.docx"),
    ],
)
def test_a_file_that_any_program_holds_is_not_written(name: str, lock: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"old")
    (tmp_path / lock).write_bytes(b"")
    with pytest.raises(UserError, match="正在别的程序里打开") as caught:
        save_atomically(path, b"new")
    assert lock in caught.value.hint and path.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "lock", "other"),
    [
        ("监控工作簿.xlsx", ".~工作簿.xlsx", "工作簿.xlsx"),  # the lock of that one
        ("监控工作簿.xlsx", "~$工作簿.xlsx", ""),  # Excel never shortens
        ("监控工作簿.xlsx", ".~监控工作簿.docx", ""),
        ("监控工作簿.xlsx", ".~lock.工作簿.xlsx#", ""),
    ],
)
def test_the_lock_of_another_file_is_not_ours(name: str, lock: str, other: str, tmp_path: Path) -> None:
    for one in filter(None, (name, lock, other)):
        (tmp_path / one).write_bytes(b"old")
    assert lock_of(tmp_path / name) is None
    save_atomically(tmp_path / name, b"new")


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o400 | 0o200])
def test_the_mode_stays_and_is_never_wider(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "项目.xlsx"
    path.write_bytes(b"old")
    path.chmod(mode)
    wider = []

    def pieces() -> object:
        for fd in Path("/proc/self/fd").iterdir():
            if str(fd.resolve()).startswith(str(tmp_path)) and fd.stat().st_mode & 0o077 & ~mode:
                wider.append(fd)
        yield b"new"

    save_atomically(path, pieces())  # type: ignore[arg-type]
    assert path.stat().st_mode & 0o777 == mode and not wider


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes here")
@pytest.mark.parametrize("name", ["user.source", "user.意见"])
def test_extended_attributes_stay(name: str, tmp_path: Path) -> None:
    path = tmp_path / "项目.xlsx"
    path.write_bytes(b"old")
    try:
        os.setxattr(path, name.encode(), b"x")
    except OSError:
        return  # a file system without them has nothing to lose
    save_atomically(path, b"new")
    assert os.getxattr(path, name.encode()) == b"x"


@POSIX
def test_another_name_of_the_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "项目.xlsx"
    path.write_bytes(b"old")
    (tmp_path / "另名.xlsx").hardlink_to(path)
    assert "硬链接" in " ".join(save_atomically(path, b"new"))


def stray(folder: Path, name: str, age: float) -> Path:
    path = folder / name
    path.write_bytes(b"half")
    os.utime(path, (time.time() - age,) * 2)
    return path


@pytest.mark.parametrize(
    ("name", "age", "stays"),
    [
        (".perfmon-0123456789abcdef.tmp", 3600, False),
        (".perfmon-x.tmp", 120, False),
        (".perfmon-x.tmp", 5, True),  # somebody may be at it
        (".perfmon-batch.lock", 3600, True),
        ("perfmon-x.tmp", 3600, True),
        (".perfmon-x.xlsx", 3600, True),
    ],
)
def test_only_old_strays_of_ours_are_swept(name: str, age: float, stays: bool, tmp_path: Path) -> None:
    path = stray(tmp_path, name, age)
    save_atomically(tmp_path / "项目.xlsx", b"new")
    assert path.exists() is stays


@POSIX
def test_a_stray_that_is_a_link_or_a_pipe_is_no_way_out(tmp_path: Path) -> None:
    keep = tmp_path / "别人的"
    keep.write_bytes(b"x")
    (tmp_path / "f").mkdir()
    link, pipe = tmp_path / "f/.perfmon-a.tmp", tmp_path / "f/.perfmon-b.tmp"
    link.symlink_to(keep)
    os.mkfifo(pipe)
    sweep(tmp_path / "f", settled=-1)
    assert keep.read_bytes() == b"x"
