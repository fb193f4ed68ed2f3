"""The cluster as the README starts it: scheduler and workers on this machine, real processes."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.many import Inline, projects, snapshot

from perfmon_xl import batch, cli

pytestmark = pytest.mark.slow  # processes, and waiting for them

README = Path(batch.__file__).with_name("README.md")
ROOT = README.parents[2]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """照说明里的两行起调度器和干活的进程；只换端口。"""
    lines = re.findall(r"^dask (?:scheduler|worker) .*$", README.read_text(encoding="utf-8"), re.M)[:2]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    log = (tmp_path_factory.mktemp("dask") / "log").open("w+b")
    started = [
        subprocess.Popen(
            [sys.executable, "-m", *shlex.split(line.replace("8786", port))],
            env=environment, stdout=log, stderr=log, cwd=tmp_path_factory.mktemp("dask"),
            start_new_session=os.name == "posix",
        )
        for line in lines
    ]  # fmt: skip
    try:
        yield _ready(f"tcp://127.0.0.1:{port}", Path(log.name))
    finally:
        for process in started:
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
        log.close()


def _ready(address: str, log: Path) -> str:
    from distributed import Client

    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with Client(address, timeout=5, set_as_default=False) as client:
                client.wait_for_workers(1, timeout=60)
                return address
        except OSError:
            time.sleep(0.5)
    raise AssertionError(log.read_text())


def test_a_cluster_makes_the_same_files(
    scheduler: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    projects(folder, 6, sizes=(5,))
    (folder / "坏.xlsx").write_bytes(b"PK\3\4")
    code = cli.main(["batch", str(folder), "-o", str(tmp_path / "集群"), "--scheduler", scheduler])
    assert code == 1 and "做成 6 个" in capsys.readouterr().out
    batch.run(folder, tmp_path / "本机", executor=Inline())
    assert snapshot(tmp_path / "集群") == snapshot(tmp_path / "本机")


def test_the_same_work_is_done_again_when_it_is_asked_again(scheduler: str, tmp_path: Path) -> None:
    """Dask 认得出一样的调用，默认不做第二遍；文件就没有了。"""
    projects(tmp_path / "in", 1, sizes=(5,))
    for _ in range(2):
        with batch.dask_executor(scheduler) as executor:
            batch.run(tmp_path / "in", tmp_path / "out", executor=executor)
        (report,) = (tmp_path / "out").rglob("项目*.docx")
        report.unlink()


def test_no_scheduler_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    projects(tmp_path / "in", 1, sizes=(5,))
    code = cli.main(
        ["batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9"]
    )
    said = capsys.readouterr().err
    assert code == 2 and "连不上调度器 tcp://127.0.0.1:9" in said and "怎么办" in said
    assert not (tmp_path / "out").exists()
