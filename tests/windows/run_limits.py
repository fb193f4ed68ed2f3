"""What holds of the limits of time and memory on Windows (perfmon_xl/system/limits.py): run by Windows' Python.

Each in a process of its own. On Windows itself the job object refuses memory; Wine (8.0) takes the job and its limits
and holds nobody to them, so that one is told and not asked for there.
"""

from __future__ import annotations

import subprocess
import sys

TIME = """
import sys
from perfmon_xl.system import budget
budget.SECONDS = 1.0
try:
    with budget.limited():
        budget.start("胀大的.xlsx")
        while True: len("")
except Exception as error:
    print(type(error).__name__, error)
"""
MEMORY = """
from perfmon_xl.system import limits
limits.limit_memory(400 << 20)
print("job", bool(limits._job))
try:
    much = bytearray(700 << 20)
    print("given")
except MemoryError:
    print("refused")
limits.unlimit_memory()
print("afterwards", len(bytearray(700 << 20)) >> 20)
"""
CHILD = """
import subprocess, sys
from perfmon_xl.system import limits
limits.limit_memory(400 << 20)
done = subprocess.run([sys.executable, "-c", "print(len(bytearray(700 << 20)) >> 20)"], capture_output=True, encoding="ascii")
print("child", done.stdout.strip() or done.stderr[-200:])
"""


def said(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def under_wine() -> bool:
    import ctypes

    return hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


def main() -> None:
    told = said(TIME)
    assert told.startswith("UserError 胀大的.xlsx 里的内容多得不正常"), told
    memory = said(MEMORY).split()
    assert memory[:2] == ["job", "True"] and memory[3:] == ["afterwards", "700"], memory
    assert memory[2] == "refused" or under_wine(), memory
    assert said(CHILD).split() == ["child", "700"], said(CHILD)
    print(
        f"limits: time stops, a job object is made, too much memory is {memory[2]}, a child is outside of it"
    )


main()
