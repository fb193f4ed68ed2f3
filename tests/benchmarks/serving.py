"""The service measured: start to page, idle memory, a check by the page against the second check by the command line.

python tests/benchmarks/serving.py
"""

from __future__ import annotations

import contextlib
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from support.service import Service

from perfmon_xl import app

ROUNDS = 5


def memory(pid: int) -> float:
    """占着的内存，MiB。"""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1024


def started(folder: Path) -> tuple[float, Service]:
    begin = time.monotonic()
    service = Service(folder)
    while True:
        with contextlib.suppress(OSError):
            if service.ask("GET", "/")[0] == 200:
                return time.monotonic() - begin, service


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with contextlib.redirect_stdout(io.StringIO()):
            app.demo(folder / "demo", say=lambda _: None)
        book = folder / "demo" / "示例项目.xlsx"
        starts = []
        for n in range(ROUNDS):
            seconds, service = started(folder / f"home{n}")
            starts.append(seconds)
            if n < ROUNDS - 1:
                service.end()
        print(
            f"start to page: {statistics.median(starts):.2f} s (median of {ROUNDS}, worst {max(starts):.2f})"
        )
        print(f"idle memory: {memory(service.process.pid):.0f} MiB")
        cold = timed(lambda: service.job("check", book={"path": str(book)}))
        warm = [timed(lambda: service.job("check", book={"path": str(book)})) for _ in range(ROUNDS)]
        dropped = [
            timed(lambda: service.job("check", book=service.upload("a.xlsx", book.read_bytes())))
            for _ in range(ROUNDS)
        ]
        command = [sys.executable, "-m", "perfmon_xl", "check", str(book), "--format", "json"]
        quiet = {"stdout": subprocess.DEVNULL, "check": False, "env": dict(os.environ)}
        subprocess.run(command, **quiet)
        shell = statistics.median(timed(lambda: subprocess.run(command, **quiet)) for _ in range(ROUNDS))
        print(f"check by the command line, second and later: {shell:.2f} s")
        for words, seconds in (
            ("first job, its process started for it", cold),
            ("further ones", statistics.median(warm)),
            ("dropped: sent and checked", statistics.median(dropped)),
        ):
            print(f"check by the page, {words}: {seconds:.2f} s, {seconds / shell:.2f} of it")
        print(f"memory of the service after that: {memory(service.process.pid):.0f} MiB")
        service.end()


def timed(run) -> float:
    begin = time.monotonic()
    run()
    return time.monotonic() - begin


if __name__ == "__main__":
    main()
