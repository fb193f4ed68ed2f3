"""Run one command with a clock, a memory cap and a look at what it said. Used by the other scripts here.

A trial is "survived" when it ends with exit code 0, 1 or 2, in time, under the memory cap, without a Python
traceback, without a raw English exception in the words, and without leaving a temporary file behind.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ENGLISH = re.compile(
    r"[A-Za-z]+(?:Error|Exception)\b|Traceback|Errno|object has no attribute|too long\b|invalid "
)


@dataclass
class Trial:
    rc: int
    seconds: float
    peak_mib: float
    out: str
    timed_out: bool = False

    @property
    def verdict(self) -> str:
        if self.timed_out:
            return "HANG"
        if self.rc == 3:
            return "FAULT3"
        if self.rc < 0:
            return f"SIGNAL{-self.rc}"
        if "Traceback" in self.out:
            return "TRACEBACK"
        found = ENGLISH.search(self.out)
        if found:
            return f"ENGLISH:{found[0]}"
        return "ok"


def run(
    command: list[str],
    *,
    timeout: float = 60,
    memory_gib: float = 6,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    stdin: bytes | None = None,
) -> Trial:
    def limit() -> None:
        most = int(memory_gib * (1 << 30))
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    start = time.monotonic()
    child = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.PIPE,
        preexec_fn=limit,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        start_new_session=True,
    )
    hung = False
    try:
        out, _ = child.communicate(stdin or b"", timeout=timeout)
    except subprocess.TimeoutExpired:
        hung = True
        os.killpg(child.pid, signal.SIGKILL)
        out, _ = child.communicate()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # the most of all so far
    return Trial(child.returncode, time.monotonic() - start, peak, out.decode("utf-8", "replace"), hung)


def show(label: str, one: Trial, width: int = 150) -> None:
    said = " ⏎ ".join(line for line in one.out.strip().splitlines()[:3])
    print(f"{one.verdict:<12} rc={one.rc:<4} {one.seconds:6.2f}s  {label}  | {said[:width]}", flush=True)
