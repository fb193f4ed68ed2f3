"""A program that ends when whoever started it ends, however that happens; its working folder goes with it.

Run as a script it is the guard: it starts the program, and kills it when its own standard input closes, which the
system does when the starter dies. Imported, `guarded` starts such a guard. Standard library only: it runs with -I.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path


def guarded(command: list[str], folder: str) -> "subprocess.Popen[bytes]":
    """command 由看守者启动；这个程序没了（正常结束、出错、被强行结束），它和 folder 也就没了。"""
    return subprocess.Popen(
        [sys.executable, "-I", str(Path(__file__).resolve()), folder, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def let_go(guard: "subprocess.Popen[bytes]") -> None:
    """停下：看守者杀掉它看着的程序，收拾文件夹，自己也结束。"""
    if guard.stdin is not None:
        with contextlib.suppress(OSError):
            guard.stdin.close()
    try:
        guard.wait(20)
    except subprocess.TimeoutExpired:
        guard.kill()
        guard.wait()


def main(folder: str, command: list[str]) -> int:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Ctrl-C is for the starter; its end is the sign for us
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(
            resource.RLIMIT_AS, (hard, hard)
        )  # ours is for files from outside, not for programs
    nowhere = subprocess.DEVNULL
    program = subprocess.Popen(
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=os.name != "nt"
    )
    ending = threading.Event()
    watch = threading.Thread(target=_watch, args=(program, folder, ending), daemon=True)
    watch.start()
    code = program.wait()
    if ending.is_set():
        watch.join()  # it is clearing up
    return code


def _watch(program: "subprocess.Popen[bytes]", folder: str, ending: threading.Event) -> None:
    with contextlib.suppress(OSError, ValueError):
        while os.read(0, 4096):  # not sys.stdin: its lock would be held when this program ends
            pass
    ending.set()
    # The shell around LibreOffice is not what works: its whole group goes.
    if os.name == "nt":
        subprocess.run(
            [str(Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")),
             "/F", "/T", "/PID", str(program.pid)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    else:
        with contextlib.suppress(OSError):
            os.killpg(program.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        program.wait(10)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
