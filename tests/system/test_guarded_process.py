"""What a program of ours starts ends with it, even when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perfmon_xl.system.guarded_process import guarded, let_go
from perfmon_xl.system.office_programs import on_path

STARTER = """
import sys, time
from perfmon_xl.system.guarded_process import guarded
kept = guarded([sys.executable, "-c", {program!r}], {folder!r})
print("started", flush=True)
time.sleep(60)
"""


def program(folder: Path) -> str:
    """写下自己的编号，然后一直不结束。"""
    return f"import os, time; open({str(folder / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(60)"


def wait_for(what: object, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def pid_in(folder: Path) -> int:
    wait_for(lambda: (folder / "pid").exists() and (folder / "pid").read_text())
    return int((folder / "pid").read_text())


@pytest.mark.skipif(sys.platform == "win32", reason="reads /proc")
def test_a_starter_that_is_killed_takes_its_program_along(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    code = STARTER.format(program=program(folder), folder=str(folder))
    starter = subprocess.Popen([sys.executable, "-c", code])
    pid = pid_in(folder)
    assert alive(pid)
    os.kill(starter.pid, signal.SIGKILL)
    starter.wait()
    wait_for(lambda: not alive(pid) and not folder.exists())


@pytest.mark.skipif(sys.platform == "win32", reason="reads /proc")
def test_letting_go_ends_the_program(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    guard = guarded([sys.executable, "-c", program(folder)], str(folder))
    pid = pid_in(folder)
    let_go(guard)
    wait_for(lambda: not alive(pid))
    assert guard.poll() is not None


def test_a_program_that_ends_by_itself_leaves_the_folder(tmp_path: Path) -> None:
    guard = guarded([sys.executable, "-c", "raise SystemExit(3)"], str(tmp_path))
    assert guard.wait(30) == 3 and tmp_path.is_dir()
    let_go(guard)


@pytest.mark.skipif(sys.platform == "win32", reason="other suffixes on Windows")
def test_programs_are_looked_for_in_absolute_folders_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = tmp_path / "soffice"
    planted.write_text("#!/bin/sh\n")
    planted.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "bin"]))
    assert on_path("soffice") is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert on_path("soffice") == str(planted)
