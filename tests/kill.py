"""Kills a batch at random moments and goes on: `python tests/kill.py [PROJECTS] [KILLS] [SEED]`.

After each kill every file that is there must be one of an undisturbed run, byte for byte, and nothing may be in the
manifest twice; at the end the whole output must be the same.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from support.many import projects, snapshot

MANIFEST, LISTING, LOCK = "批量清单.jsonl", "批量结果.csv", ".perfmon-batch.lock"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}


def start(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "perfmon_xl", "batch", str(folder), "-o", str(out), "--jobs", "2"]
    return subprocess.Popen(
        command,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=_hears_ctrl_c if os.name == "posix" else None,
    )


def _hears_ctrl_c() -> None:
    """放在后台跑的测试（命令 &），外壳让它不理 Ctrl-C，起的进程也跟着不理。"""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def completed(folder: Path, out: Path) -> float:
    """不打断地做完；返回用了几秒。"""
    began = time.monotonic()
    process = start(folder, out)
    _, said = process.communicate()
    assert process.returncode in (0, 1), said.decode()
    return time.monotonic() - began


def half_files(out: Path, whole: dict[str, str]) -> list[str]:
    """不该有的、和不打断时不一样的。"""
    passing = (MANIFEST, LISTING, LOCK)  # the lock is empty, and the system has let go of it
    return [
        name
        for name, content in snapshot(out).items()
        if name not in passing and not name.endswith(".tmp") and whole.get(name) != content
    ]


def remembered(out: Path) -> list[str]:
    """清单里记着的，一行一个；最后半行不算。"""
    if not (out / MANIFEST).exists():
        return []
    lines = (out / MANIFEST).read_bytes().split(b"\n")[1:-1]
    return [json.loads(line)["path"] for line in lines]


def killed(folder: Path, out: Path, chance: random.Random, seconds: float) -> bool:
    """开始，过一会儿强行结束：一半的时候只结束主进程，一半的时候连干活的进程一起。返回是不是打断了。"""
    process = start(folder, out)
    time.sleep(seconds)
    alone = chance.random() < 0.5
    (os.kill if alone else os.killpg)(process.pid, signal.SIGKILL)
    process.communicate()  # until the last worker has closed the pipe: nobody is left writing
    return process.returncode == -signal.SIGKILL


def main(count: int, kills: int, seed: int) -> dict[str, object]:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder, out, again = (Path(temporary) / name for name in ("输入", "结果", "又一次"))
        projects(folder, count, sizes=(5, 8, 12), seed=seed)
        duration = completed(folder, out)
        whole = snapshot(out)
        start_up = completed(folder, out)  # nothing has changed: what a run costs before it works
        assert snapshot(out) == whole
        landed, partly, seen = 0, 0, []
        while landed < kills:
            share = duration / (kills + 1)
            if not killed(folder, again, chance, chance.uniform(0.2 * start_up, start_up + 2 * share)):
                shutil.rmtree(again)  # it was done already: once more from the start
                continue
            landed += 1
            assert not (wrong := half_files(again, whole)), f"after kill {landed}: {wrong}"
            done = remembered(again)
            assert len(set(done)) == len(done), f"after kill {landed}: something was done twice"
            partly += 0 < len(done) < count
            seen.append(len(done))
        completed(folder, again)
        left = snapshot(again)
        assert left == whole, sorted(set(left.items()) ^ set(whole.items()))
        assert not list(again.rglob("*.tmp"))
    return {"projects": count, "kills": landed, "in the midst": partly, "done at each kill": seen}


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    print(main(*(numbers + [200, 20, 1][len(numbers) :])))
