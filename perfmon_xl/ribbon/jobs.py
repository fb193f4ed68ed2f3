"""Long work of a button as a process of its own: Excel does not wait in a call, and stays usable where it can.

The process is job_process.py; it writes a line of JSON a step and one at the end. Closing its input asks it to stop.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from perfmon_xl.domain.errors import UserError
from perfmon_xl.system.lines import read_lines

_GRACE = 15.0  # seconds from being asked to stop until it is stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class LongWork:
    """要做的：job_process 里的哪一件、给它的、说给人听的名字。"""

    kind: str
    given: Mapping[str, str]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkEnded:
    """做完了：要说的话、要不要人留意、做好了要打开的（在 Excel 里打开的另列）。

    question：还要问人的一句；答是的，再做 again。
    """

    text: str
    warning: bool = False
    show: tuple[Path, ...] = ()
    open: tuple[Path, ...] = ()
    question: str = ""
    again: LongWork | None = None


@dataclass
class RunningJob:
    """正做着的一件。step 是最近说的一步；ended 是做完了、还没有说给人听的话和要不要人留意；again 是做完了要问的和再做的。"""

    job: LongWork
    step: str = ""
    ended: tuple[str, bool] | None = None
    again: tuple[str, LongWork] | None = None
    _process: Any = None
    _lines: queue.Queue[str] = field(default_factory=queue.Queue)
    _told: dict[str, Any] = field(default_factory=dict)
    _stopping: float = 0.0

    @classmethod
    def start(cls, job: LongWork) -> RunningJob:
        """启动；立刻返回。"""
        made = cls(job, step=f"{job.name}：正在开始…")
        try:
            made._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "perfmon_xl.ribbon.job_process", job.kind],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        except OSError as error:
            raise UserError(
                f"{job.name}没有启动起来：{error.strerror or error}。", "请再点一次；还不行，请看“诊断”。"
            ) from None
        made._process.stdin.write(json.dumps(dict(job.given), ensure_ascii=True) + "\n")
        made._process.stdin.flush()
        threading.Thread(target=read_lines, args=(made._process.stdout, made._lines), daemon=True).start()
        return made

    def poll(self, clock: Callable[[], float] = time.monotonic) -> WorkEnded | None:
        """看一眼，不等：还在做的是 None。"""
        while True:
            try:
                line = self._lines.get_nowait()
            except queue.Empty:
                if self._stopping and clock() - self._stopping > _GRACE:
                    self._process.kill()
                return None
            if not line:
                break
            with contextlib.suppress(ValueError):
                told = json.loads(line)
                self.step = told.get("step", self.step)
                self._told |= told
        self._process.wait()
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        if self._stopping and "text" not in self._told:
            return WorkEnded(text="已停止。做完的留着，没有做的没有动。", warning=True)
        if "text" not in self._told:
            return WorkEnded(
                text=f"{self.job.name}没有做完就退出了。\n怎么办：请再点一次；还不行，请看“诊断”。",
                warning=True,
            )
        paths = {name: tuple(Path(one) for one in self._told.get(name, ())) for name in ("show", "open")}
        question = str(self._told.get("question", ""))
        again = replace(self.job, given=self._told["again"]) if question else None
        return WorkEnded(
            text=self._told["text"],
            warning=bool(self._told.get("warning")),
            question=question,
            again=again,
            **paths,
        )

    def stop(self, clock: Callable[[], float] = time.monotonic) -> None:
        """请它停下；不听的，过一会儿由 poll 停掉。"""
        if not self._stopping:
            self._stopping = clock()
            self.step = f"{self.job.name}：正在停下…"
            with contextlib.suppress(OSError):
                self._process.stdin.close()
