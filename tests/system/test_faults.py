"""What a fault leaves behind: a log that only its user reads, never through a link, and a handler that cannot fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from perfmon_xl.system import faults
from perfmon_xl.system.faults import LOG_NAME, fault_message, log_fault

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="no such modes on Windows")


def fault(what: str = "check 项目.xlsx") -> Path | None:
    try:
        raise ValueError("甲\udcff")
    except ValueError:
        return log_fault(what)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    where = tmp_path / "家" / "log"
    monkeypatch.setattr(faults, "log_folder", lambda: where)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return where


@POSIX
def test_the_log_is_its_users_own(home: Path) -> None:
    path = fault()
    assert path == home / LOG_NAME
    assert path.stat().st_mode & 0o777 == 0o600 and home.stat().st_mode & 0o077 == 0
    assert "ValueError" in path.read_text("utf-8", "surrogateescape")
    fault("again")
    assert path.read_bytes().count(b"Traceback") == 2


@POSIX
@pytest.mark.parametrize("kind", ["link", "dangling", "pipe", "folder"])
def test_nothing_but_a_file_of_our_own_is_written_to(kind: str, home: Path, tmp_path: Path) -> None:
    home.mkdir(parents=True)
    other = tmp_path / "别人的"
    if kind == "link":
        other.write_bytes(b"x")
    if kind in ("link", "dangling"):
        (home / LOG_NAME).symlink_to(other)
    elif kind == "pipe":
        os.mkfifo(home / LOG_NAME)
    else:
        (home / LOG_NAME).mkdir()
    path = fault()
    assert path is not None and path.parent == tmp_path and path.stat().st_mode & 0o777 == 0o600
    assert other.read_bytes() == b"x" if kind == "link" else not other.exists()


@pytest.mark.parametrize("text", ["a\udcffb", "甲\n乙", "x" * 100_000])
def test_whatever_was_being_done_can_be_written_down(text: str, home: Path) -> None:
    assert fault(text) == home / LOG_NAME


def test_where_nothing_can_be_written_it_is_said(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.parent.write_bytes(b"a file where the folder should be")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "没有"))
    assert fault() is None
    assert "没有地方能记" in fault_message(None)


def test_an_old_log_is_put_aside(home: Path) -> None:
    home.mkdir(parents=True)
    (home / LOG_NAME).write_bytes(b"x" * (faults._MOST + 1))
    path = fault()
    assert path is not None and path.stat().st_size < 10_000
    assert path.with_suffix(".old.log").stat().st_size > faults._MOST


@pytest.mark.slow
@pytest.mark.parametrize("home", ["/proc/1/nothing", "/dev/null/x"])
def test_a_fault_without_a_home_ends_in_words(home: str, tmp_path: Path) -> None:
    code = (
        "import sys; import perfmon_xl.commands.rules as one\n"
        "def run(arguments): raise ValueError('\\udcff')\n"
        "one.run = run; sys.argv = ['perfmon-xl', 'rules']\n"
        "from perfmon_xl.cli import main; sys.exit(main())"
    )
    environment = {**os.environ, "HOME": home, "TMPDIR": str(tmp_path / "没有")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, timeout=120)
    assert done.returncode == 3
    assert "程序出了错" in done.stderr.decode() and b"Traceback" not in done.stderr


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("word", [b"\xff\xfe.xlsx", b"\xbc\xd7.xlsx", b"--\xff"])
def test_bytes_that_are_no_text_are_told(word: bytes) -> None:
    code = "import sys; from perfmon_xl.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable.encode(), b"-c", code.encode(), b"check", word], capture_output=True, timeout=120
    )
    assert done.returncode == 2
    assert "编码不对" in done.stderr.decode() and b"Traceback" not in done.stderr
