"""Jobs: one after another, in the worker's process; each can be asked how far it is, and cancelled."""

from __future__ import annotations

import queue
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from perfmon_xl.domain.message import Reader
from perfmon_xl.service.api import ACTIONS, BOOK
from perfmon_xl.service.process import WorkerEnded
from perfmon_xl.system.opening import open_in_system

_MOST_KEPT = 100
_LIMITS = {"batch": 6 * 3600.0}  # seconds
_LIMIT = 600.0


class Worker(Protocol):
    """做事的进程；测试有替身。"""

    def start(self) -> None: ...
    def perform(self, asked: Mapping[str, Any], step: Callable[[str], None]) -> dict[str, Any]: ...
    def rest(self) -> None: ...
    def end(self) -> None: ...


class JobState(StrEnum):
    """排队、在做、做完、做不成（用户能改）、出了错（我们的）、取消了。"""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass
class Job:
    """一件事和做到哪了。files：文件的代号 → 在哪里。"""

    id: str
    action: str
    request: Mapping[str, Any]
    clock: Callable[[], float]
    state: JobState = JobState.WAITING
    step: str = "正在排队"
    started: float = 0.0
    ended: float | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    reopened: bool = False

    @property
    def closed_for_it(self) -> Path | None:
        """WPS 为了让我们写而关掉的工作簿。"""
        writes = ACTIONS[self.action].writes and self.request["reader"] == Reader.WPS
        return Path(self.request["files"][BOOK]) if writes and not self.copy else None

    @property
    def copy(self) -> bool:
        return bool(self.request["copy"])

    @property
    def over(self) -> bool:
        return self.ended is not None

    def as_data(self) -> dict[str, Any]:
        until = self.clock() if self.ended is None else self.ended
        data = {
            "id": self.id,
            "action": self.action,
            "state": self.state.value,
            "step": self.step,
            "seconds": round(until - self.started, 1),
            "copy": self.copy,
            "message": "",
            "hint": "",
        }
        return data | {
            **self.told,
            "files": [{"id": key, "name": path.name} for key, path in self.files.items()],
        }


class Jobs:
    """排着队的和做过的。worker 一直空着 rest 秒的，结束它，内存还给系统。

    WPS 为一件事关掉了工作簿、过了 patience 秒还没有说重新打开的（连它一起关了），由 show 打开。
    """

    def __init__(
        self,
        worker: Worker,
        *,
        clock: Callable[[], float] = time.monotonic,
        rest: float = 60.0,
        show: Callable[[Path], object] = open_in_system,
        patience: float = 10.0,
    ) -> None:
        self._show, self._patience = show, patience
        self._worker, self._clock, self._rest = worker, clock, rest
        self._jobs: dict[str, Job] = {}
        self._waiting: queue.Queue[Job | None] = queue.Queue()
        self._changing = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        return any(not job.over for job in list(self._jobs.values()))

    def find(self, key: str) -> Job | None:
        return self._jobs.get(key)

    def warm(self) -> None:
        """快要有事做了。"""
        threading.Thread(target=self._worker.start, daemon=True).start()

    def start(
        self,
        action: str,
        files: Mapping[str, Any],
        options: Mapping[str, Any],
        *,
        room: Path,
        backups: Path,
        copy: bool,
        reader: Reader,
    ) -> Job:
        """排上一件。"""
        request = {
            "action": action, "files": files, "options": options, "room": str(room), "backups": str(backups),
            "copy": copy, "reader": reader.value,
        }  # fmt: skip
        job = Job(secrets.token_urlsafe(12), action, request, self._clock, started=self._clock())
        with self._changing:
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-_MOST_KEPT]:
                if self._jobs[old].over:
                    del self._jobs[old]
        self._waiting.put(job)
        return job

    def cancel(self, job: Job) -> None:
        """排着队的不做了，在做的停下；做完了的不动。"""
        with self._changing:
            if job.over:
                return
            running = job.state is JobState.RUNNING
            self._finish(
                job, JobState.CANCELLED, {"message": "已取消。", "hint": "做完的留着，没有做完的没有写。"}
            )
        if running:
            self._worker.end()

    def close(self) -> None:
        """全部停下。"""
        self._waiting.put(None)
        for job in list(self._jobs.values()):
            self.cancel(job)
        self._worker.end()
        self._thread.join(5)

    def _finish(self, job: Job, state: JobState, told: Mapping[str, Any]) -> None:
        job.told, job.ended, job.state = told, self._clock(), state
        book = job.closed_for_it
        if book is not None:
            alarm = threading.Timer(self._patience, lambda: job.reopened or self._show(book))
            alarm.daemon = True
            alarm.start()

    def _work(self) -> None:
        while True:
            try:
                job = self._waiting.get(timeout=self._rest)
            except queue.Empty:
                self._worker.end()
                continue
            if job is None:
                return
            with self._changing:
                if job.over:
                    continue
                job.state, job.step = JobState.RUNNING, "正在开始"
            self._do(job)
            self._worker.rest()

    def _do(self, job: Job) -> None:
        limit = _LIMITS.get(job.action, _LIMIT)
        alarm = threading.Timer(limit, self._worker.end)
        alarm.daemon = True
        alarm.start()
        try:
            told = self._worker.perform(job.request, lambda step: setattr(job, "step", step))
        except WorkerEnded:
            why = (
                f"{limit:g} 秒还没有做完，已停下。"
                if not alarm.is_alive()
                else "做这件事的进程意外退出了（多半是内存不够）。"
            )
            told = {"failed": {"message": why, "hint": "文件没有写到一半的；请关掉别的程序，再试一次。"}}
        finally:
            alarm.cancel()
        with self._changing:
            if job.over:  # cancelled while it ran
                return
            state, data = next(iter(told.items()))
            if state == "done":
                job.files = {secrets.token_urlsafe(12): Path(path) for path in data["files"]}
            self._finish(job, JobState(state), data)
