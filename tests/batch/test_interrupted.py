"""Killed, interrupted, crashed, hanging: what is finished stays, the rest is done, one culprit is named."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import kill
import pytest
from support.many import Inline, projects

from perfmon_xl import batch
from perfmon_xl.batch.pools import CRASHED, run_processes, timeout_reason
from perfmon_xl.batch.project import Task
from perfmon_xl.batch.settings import Settings
from perfmon_xl.batch.walking import Item, walk

pytestmark = pytest.mark.slow  # processes, and waiting for them

posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@posix
@pytest.mark.long
def test_killed_three_times_the_output_is_that_of_an_undisturbed_run() -> None:
    assert kill.main(20, 3, seed=7)["kills"] == 3


def alive(group: int) -> list[str]:
    """一组里还活着的进程；已经结束、没有人收的不算。"""
    listed = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    return [row[-1] for row in rows if row[0] == str(group) and not row[1].startswith("Z")]


@posix
def test_ctrl_c_ends_cleanly(tmp_path: Path) -> None:
    projects(tmp_path / "in", 30, sizes=(20,))  # enough not to be done before a busy machine has sent it
    process = kill.start(tmp_path / "in", tmp_path / "out")
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("out/**/*.docx")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # the terminal sends it to the whole group
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "接着做" in said.decode() and "Traceback" not in said.decode()
    assert not list((tmp_path / "out").rglob("*.tmp"))
    while alive(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(process.pid)
    assert len(batch.run(tmp_path / "in", tmp_path / "out", executor=Inline()).outcomes) == 30


class Deadly(Item):
    """到了干活的进程里，进程就死。"""

    def __reduce__(self) -> tuple[Any, ...]:
        return (os._exit, (9,))


class Hanging(Item):
    """到了干活的进程里，就不动了，像网断了的共享盘。"""

    def __reduce__(self) -> tuple[Any, ...]:
        return (time.sleep, (3600,))


@pytest.mark.parametrize(("culprit", "why"), [(Deadly, CRASHED), (Hanging, timeout_reason(10))])
def test_one_that_kills_or_holds_its_process_is_named_and_the_rest_is_done(
    culprit: type[Item], why: str, tmp_path: Path
) -> None:
    projects(tmp_path / "in", 3, sizes=(5,))
    settings = Settings(folder=tmp_path / "in", out=tmp_path / "out")
    items = walk(settings.folder, settings.out)
    tasks = [Task(items[0]), Task(culprit("坏.xlsx", "坏.xlsx", {})), *map(Task, items[1:])]
    results = {r.path: r.outcome for r in run_processes(settings, tasks, jobs=2, limit=10)}
    assert results["坏.xlsx"].status is batch.Status.FAILED and results["坏.xlsx"].reason == why
    assert [results[item.path].status for item in items] == [batch.Status.DONE] * 3


class Breaking(Inline):
    """坏的执行器：带着某个文件的一份做不成；收过 rest 次（第一次是看版本）以后，连收都不收。"""

    def __init__(self, culprit: str, rest: int = sys.maxsize) -> None:
        self._culprit, self._rest = culprit, rest

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        self._rest -= 1
        if self._rest < 0:
            raise RuntimeError("cannot schedule new futures after shutdown")
        if self._culprit in str(arguments):
            failed: Future[Any] = Future()
            failed.set_exception(RuntimeError("worker died"))
            return failed
        return super().submit(function, *arguments, **named)


def test_a_foreign_executor_that_loses_a_chunk_costs_only_the_culprit(tmp_path: Path) -> None:
    projects(tmp_path / "in", 4, sizes=(5,))
    made = batch.run(tmp_path / "in", tmp_path / "out", executor=Breaking("项目 0003"), chunk=2)
    assert [Path(path).name for path in made.failed] == ["项目 0003.xlsx"]
    assert made.counts[batch.Status.DONE] == 3


def test_a_foreign_executor_that_stops_leaves_the_rest_for_the_next_run(tmp_path: Path) -> None:
    projects(tmp_path / "in", 4, sizes=(5,))
    made = batch.run(tmp_path / "in", tmp_path / "out", executor=Breaking("没有", rest=1 + 1), chunk=2)
    assert len(made.failed) == 2 and all("连接断了" in why for why in made.failed.values())
    again = batch.run(tmp_path / "in", tmp_path / "out", executor=Inline())
    assert again.unchanged == 2 and not again.failed
    assert len(list((tmp_path / "out").rglob("项目*"))) == 4 * 3
