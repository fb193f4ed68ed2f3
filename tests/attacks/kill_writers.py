"""SIGKILL, SIGTERM, SIGHUP and SIGINT at random moments of the in-place writers: python kill_writers.py PERFMON_XL BOOK FOLDER [TIMES] [SEED]

After each: the workbook is the old bytes or a new, valid workbook (opens, same sheets); stray files are counted with their
permission bits. BOOK is copied with mode 0600 first.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

PRODUCT, SOURCE, WORK = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
TIMES = int(sys.argv[4]) if len(sys.argv) > 4 else 50
chance = random.Random(int(sys.argv[5]) if len(sys.argv) > 5 else 1)
shutil.rmtree(WORK, ignore_errors=True)
WORK.mkdir(parents=True)
book = WORK / "项目.xlsx"


def fresh() -> bytes:
    shutil.copy(SOURCE, book)
    book.chmod(0o600)
    return book.read_bytes()


def took(command: list[str]) -> float:
    fresh()
    start = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


tally: Counter[str] = Counter()
for verb in (["fill"], ["check", "--write"]):
    command = [PRODUCT, verb[0], str(book), *verb[1:]]
    whole = took(command)
    for _ in range(TIMES):
        old = fresh()
        kind = chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
        child = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        # half of the time as soon as the temporary file is there, else anywhere
        at_write = chance.random() < 0.6
        end = time.monotonic() + whole * chance.uniform(0.1, 1.1)
        while child.poll() is None:
            if at_write and any(WORK.glob(".perfmon-*")):
                time.sleep(chance.uniform(0, 0.004))
                break
            if not at_write and time.monotonic() > end:
                break
            if not at_write:
                time.sleep(0.001)
        child.send_signal(kind)
        _, said = child.communicate()
        now = book.read_bytes()
        name = signal.Signals(kind).name
        if now == old:
            state = "old"
        else:
            try:
                with zipfile.ZipFile(book) as z:
                    state = "new" if z.testzip() is None else "BROKEN"
            except zipfile.BadZipFile:
                state = "BROKEN"
        stray = [p for p in WORK.iterdir() if p != book]
        modes = {oct(p.stat().st_mode & 0o777) for p in stray}
        mode = oct(book.stat().st_mode & 0o777)
        tally[f"{verb[0]} {name}: workbook {state} {mode if mode != '0o600' else ''}"] += 1
        if stray:
            tally[f"{verb[0]} {name}: STRAY temporary file left, mode {sorted(modes)}"] += 1
        if b"Traceback" in said:
            tally[f"{verb[0]} {name}: TRACEBACK"] += 1
        for path in stray:
            path.unlink()
for line, count in sorted(tally.items()):
    print(f"{count:4d}  {line}")
sys.exit(any(word in line for line in tally for word in ("STRAY", "TRACEBACK", "BROKEN", "workbook bad")))
