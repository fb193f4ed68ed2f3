"""One service a user, from its start to its end; what it leaves behind: nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.service import Service

from perfmon_xl.service.jobs import Jobs, JobState
from perfmon_xl.service.process import WorkerEnded


def environment(home: Path, browser: Path) -> dict[str, str]:
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{browser}.log"\n', encoding="utf-8")
    browser.chmod(0o755)
    return {**os.environ, "HOME": str(home), "USERPROFILE": str(home), "BROWSER": str(browser)}


def test_a_second_start_opens_the_first_and_ends(tmp_path: Path) -> None:
    one = Service(tmp_path)
    try:
        second = subprocess.run(
            [sys.executable, "-m", "perfmon_xl", "serve"],
            env=environment(tmp_path, tmp_path / "browser"), capture_output=True, encoding="utf-8", timeout=60, check=True,
        )  # fmt: skip
        assert "已经在运行" in second.stdout
        address = (tmp_path / "browser.log").read_text(encoding="utf-8").strip()
        assert address.startswith(f"http://127.0.0.1:{one.port}/#ticket=") and one.token not in address
    finally:
        one.end()


@pytest.mark.slow
def test_two_starts_at_once_are_one_service(tmp_path: Path) -> None:
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "perfmon_xl", "serve"],
            env=environment(tmp_path, tmp_path / "browser"), stdout=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]  # fmt: skip
    log = tmp_path / "browser.log"
    for _ in range(400):
        if log.exists() and len(log.read_text(encoding="utf-8").splitlines()) == 2:
            break
        time.sleep(0.05)
    ports = {line.split("/#")[0] for line in log.read_text(encoding="utf-8").splitlines()}
    assert len(ports) == 1
    for _ in range(400):  # the one that found the other ends by itself
        if any(one.poll() is not None for one in both):
            break
        time.sleep(0.05)
    [still] = [one for one in both if one.poll() is None]
    still.terminate()
    assert [one.wait(20) for one in both] == [0, 0]


@pytest.mark.slow
def test_nothing_is_left_when_it_ends(tmp_path: Path, book_bytes: bytes) -> None:
    one = Service(tmp_path)
    one.job("check", book=one.upload("a.xlsx", book_bytes))
    assert one.ask("POST", "/api/leave")[0] == 200
    assert one.process.wait(20) == 0
    assert not (one.folder / "service.json").exists() and not (one.folder / "work").exists()


@pytest.mark.slow
def test_what_a_killed_run_left_is_cleared_and_its_file_is_no_hindrance(tmp_path: Path) -> None:
    one = Service(tmp_path)
    one.upload("a.xlsx", b"x")
    one.process.kill()
    one.process.wait(20)
    old = json.loads((one.folder / "service.json").read_text(encoding="utf-8"))
    (one.folder / "service.json").unlink()
    (one.folder / "service.json").write_text(json.dumps(old), encoding="utf-8")
    done = subprocess.Popen(
        [sys.executable, "-m", "perfmon_xl", "serve"],
        env=environment(tmp_path, tmp_path / "browser"), stdout=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(400):
        if (tmp_path / "browser.log").exists():
            break
        time.sleep(0.05)
    assert json.loads((one.folder / "service.json").read_text(encoding="utf-8"))["token"] != old["token"]
    assert list((one.folder / "work").iterdir()) == []
    done.terminate()
    assert done.wait(20) == 0


def test_it_ends_when_nobody_has_needed_it(tmp_path: Path) -> None:
    code = "from perfmon_xl.service.serving import serve; serve(idle=0.5, browser=False)"
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path, tmp_path / "browser"), timeout=60, check=False
    )
    assert ended.returncode == 0 and not (tmp_path / ".perfmon_xl" / "service.json").exists()


class Worker:
    """做事的进程的替身：说好的答话，数一数起了几次、停了几次。"""

    def __init__(self, *answers: object) -> None:
        self.answers, self.ended, self.started = list(answers), 0, 0

    def start(self) -> None:
        self.started += 1

    def perform(self, asked, step):
        step("一步")
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def rest(self) -> None: ...

    def end(self) -> None:
        self.ended += 1


def run(worker: Worker, tmp_path: Path, rest: float = 60.0):
    from perfmon_xl.domain.message import Reader

    jobs = Jobs(worker, rest=rest)
    job = jobs.start("check", {}, {}, room=tmp_path, backups=tmp_path, copy=True, reader=Reader.PAGE)
    for _ in range(400):
        if job.over:
            break
        time.sleep(0.01)
    return jobs, job


def test_a_worker_that_dies_is_told_and_the_next_job_is_done(tmp_path: Path) -> None:
    worker = Worker(WorkerEnded(), {"done": {"verdict": "好", "files": []}})
    jobs, job = run(worker, tmp_path)
    assert job.state is JobState.FAILED and "意外退出" in job.as_data()["message"]
    from perfmon_xl.domain.message import Reader

    again = jobs.start("check", {}, {}, room=tmp_path, backups=tmp_path, copy=True, reader=Reader.PAGE)
    for _ in range(400):
        if again.over:
            break
        time.sleep(0.01)
    assert again.state is JobState.DONE and again.as_data()["verdict"] == "好"
    jobs.close()


def test_a_worker_that_has_nothing_to_do_is_ended(tmp_path: Path) -> None:
    worker = Worker({"done": {"files": []}})
    jobs, _ = run(worker, tmp_path, rest=0.05)
    for _ in range(200):
        if worker.ended:
            break
        time.sleep(0.01)
    assert worker.ended
    jobs.close()
