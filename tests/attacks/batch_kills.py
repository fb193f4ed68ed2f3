"""Batches interrupted and doubled: `python tests/attacks/batch_kills.py PYTHON PERFMON_XL BOOK FOLDER [PART]`.

parts: race (a second batch while the first writes its manifest anew), pdf (SIGKILL while LibreOffice runs: what is left running),
term (SIGTERM, SIGHUP), moved (inputs changed, removed, output removed midway), dask (scheduler killed, worker killed, nobody there), jobs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from harness import run, show

PYTHON, PRODUCT, BOOK, WORK = sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
PARTS = sys.argv[5:] or ["race", "pdf", "term", "moved", "jobs", "dask"]
WORK.mkdir(parents=True, exist_ok=True)


def inputs(name: str, count: int) -> tuple[Path, Path]:
    base = WORK / name
    shutil.rmtree(base, ignore_errors=True)
    folder = base / "in"
    folder.mkdir(parents=True)
    for number in range(count):
        shutil.copy(BOOK, folder / f"{number:03d}.xlsx")
    return folder, base / "out"


def tree(out: Path) -> dict[str, str]:
    return {
        p.relative_to(out).as_posix(): hashlib.md5(p.read_bytes()).hexdigest()
        for p in sorted(out.rglob("*"))
        if p.is_file()
    }


def differ(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(k for k in {*one, *other} if one.get(k) != other.get(k))


def command(folder: Path, out: Path, *more: str) -> list[str]:
    return [PRODUCT, "batch", str(folder), "-o", str(out), *more]


def mine(word: str) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if word in path.read_bytes().decode("utf-8", "replace").replace("\0", " "):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


if "race" in PARTS:
    folder, out = inputs("race", 6)
    slow = f"""
import time, sys
from perfmon_xl.batch import manifest
real = manifest.save_atomically
def slow(path, data):
    data = list(data) if not isinstance(data, bytes) else data
    print('WRITING', flush=True); time.sleep(12)
    return real(path, data)
manifest.save_atomically = slow
from perfmon_xl.cli import main
if __name__ == '__main__':
    raise SystemExit(main(['batch', {str(folder)!r}, '-o', {str(out)!r}, '--jobs', '1']))
"""
    script = WORK / "slow.py"
    script.write_text(slow)
    first = subprocess.Popen(
        [PYTHON, str(script)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    for line in first.stdout:
        if "WRITING" in line:
            break
    second = run(command(folder, out, "--jobs", "1", "--draft", "--forms"), timeout=200)
    show("a second batch while the first rewrites the manifest", second)
    print("    first:", first.communicate()[0][-200:].replace("\n", " "), first.returncode)
    third = run(command(folder, out, "--jobs", "1"), timeout=200)
    show("    the same command again", third)
    plain = WORK / "race" / "plain"
    run(command(folder, plain, "--jobs", "1"), timeout=200)
    print("    differs from an undisturbed run:", differ(tree(plain), tree(out)))

if "term" in PARTS:
    for kind in (signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
        folder, out = inputs(f"term{kind}", 8)
        child = subprocess.Popen(
            command(folder, out, "--jobs", "2"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        while len(list(out.glob("*.docx"))) < 2 and child.poll() is None:
            time.sleep(0.02)
        child.send_signal(kind)
        child.wait()
        time.sleep(2)
        stray = [p.name for p in out.rglob(".perfmon-*")]
        alive = (
            [
                p
                for p in Path("/proc").glob("[0-9]*")
                if (p / "stat").exists() and os.getpgid(int(p.name)) == child.pid
            ]
            if True
            else []
        )
        print(
            kind.name,
            "rc",
            child.returncode,
            "stray",
            len(stray),
            "still alive",
            len(alive),
            child.stderr.read()[-150:],
        )
        again = run(command(folder, out, "--jobs", "2"), timeout=200)
        show("    again", again)
        plain = WORK / f"term{kind}" / "plain"
        run(command(folder, plain, "--jobs", "2"), timeout=200)
        print("    differs:", differ(tree(plain), tree(out)))

if "moved" in PARTS:
    folder, out = inputs("moved", 8)
    child = subprocess.Popen(
        command(folder, out, "--jobs", "1"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    while not list(out.glob("*.docx")):
        time.sleep(0.02)
    (folder / "006.xlsx").unlink()
    (folder / "007.xlsx").write_bytes(b"PK broken")
    said, _ = child.communicate()
    print("input removed and broken midway: rc", child.returncode, said[-300:].replace("\n", " ⏎ "))
    folder, out = inputs("gone", 8)
    child = subprocess.Popen(
        command(folder, out, "--jobs", "1"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    while not list(out.glob("*.docx")):
        time.sleep(0.02)
    shutil.rmtree(out)
    said, _ = child.communicate()
    print(
        "output removed midway: rc", child.returncode, "Traceback" in said, said[-300:].replace("\n", " ⏎ ")
    )
    again = run(command(folder, out, "--jobs", "1"), timeout=200)
    show("    again", again)
    folder, out = inputs("ro", 2)
    run(command(folder, out, "--jobs", "1"), timeout=200)
    if subprocess.run(["mount", "--bind", str(out), str(out)], capture_output=True).returncode == 0:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(out)])
        shutil.copy(BOOK, folder / "new.xlsx")
        show("output on a read-only file system", run(command(folder, out, "--jobs", "1"), timeout=100))
        subprocess.run(["umount", str(out)])
    folder, out = inputs("unreadable", 2)
    (folder / "x").mkdir()

if "jobs" in PARTS:
    folder, out = inputs("jobs", 3)
    for jobs in ("64", "²", "１", "0", "-1", "99999999999999999999", "1e3"):
        show(f"--jobs {jobs}", run(command(folder, out, "--jobs", jobs), timeout=120))
    windows = f"import concurrent.futures.process as p, types; p.sys = types.SimpleNamespace(platform='win32')\nfrom perfmon_xl.cli import main\nif __name__ == '__main__':\n    raise SystemExit(main(['batch', {str(folder)!r}, '-o', {str(out)!r}, '--jobs', '64']))\n"
    (WORK / "w.py").write_text(windows)
    show("--jobs 64 where Windows allows 61 processes", run([PYTHON, str(WORK / "w.py")], timeout=120))

if "pdf" in PARTS:
    folder, out = inputs("pdf", 6)
    child = subprocess.Popen(
        command(folder, out, "--jobs", "1", "--pdf"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not list(out.glob("*.pdf")) and child.poll() is None:
        time.sleep(0.05)
    before = set(mine("soffice.bin"))
    child.kill()
    child.wait()
    time.sleep(6)
    left = [
        pid
        for pid in mine("soffice.bin")
        if pid in before and "perfmon-" in Path(f"/proc/{pid}/cmdline").read_text()
    ]
    print("SIGKILL of a batch with --pdf: LibreOffice still running after 6 s:", left)
    folder_of = [Path(f"/proc/{pid}/cmdline").read_text() for pid in left]
    for pid in left:
        os.kill(pid, signal.SIGKILL)

if "dask" in PARTS:

    def port() -> int:
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            return s.getsockname()[1]

    at = port()
    env = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s"}
    folder, out = inputs("dask", 40)
    show("nobody listens", run(command(folder, out, "--scheduler", f"tcp://127.0.0.1:{at}"), timeout=120))
    show("an address that is none", run(command(folder, out, "--scheduler", "=cmd"), timeout=120))
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        show(
            "somebody listens who is no scheduler",
            run(command(folder, out, "--scheduler", f"tcp://127.0.0.1:{deaf.getsockname()[1]}"), timeout=120),
        )

    def start(*words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [PYTHON, "-m", "dask", *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=env,
            start_new_session=True,
        )

    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", str(at), "--no-dashboard")
    time.sleep(6)
    show(
        "a scheduler without workers",
        run(command(folder, out, "--scheduler", f"tcp://127.0.0.1:{at}"), timeout=120),
    )
    worker = start(
        "worker",
        f"tcp://127.0.0.1:{at}",
        "--host",
        "127.0.0.1",
        "--nworkers",
        "1",
        "--nthreads",
        "1",
        "--no-dashboard",
    )
    time.sleep(10)
    child = subprocess.Popen(
        command(folder, out, "--scheduler", f"tcp://127.0.0.1:{at}"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    end = time.monotonic() + 90
    while not list(out.glob("*.docx")) and child.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    began = time.monotonic()
    os.killpg(scheduler.pid, signal.SIGKILL)
    try:
        said, _ = child.communicate(timeout=240)
    except subprocess.TimeoutExpired:
        child.kill()
        said, _ = child.communicate()
        said = "HANG " + said
    print(
        f"scheduler killed midway: rc {child.returncode} after {time.monotonic() - began:.0f}s traceback {'Traceback' in said}",
        said[:200].replace("\n", " ⏎ "),
        "…",
        said[-300:].replace("\n", " ⏎ "),
    )
    os.killpg(worker.pid, signal.SIGKILL)
    again = run(command(folder, out, "--jobs", "2"), timeout=300)
    show("    the rest without a cluster", again)
    plain = WORK / "dask" / "plain"
    run(command(folder, plain, "--jobs", "2"), timeout=300)
    print("    differs:", differ(tree(plain), tree(out)))
