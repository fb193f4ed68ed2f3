"""Files on Windows: run by Windows' Python in the folder given. Replaced in one step with what belonged to the old file,
refused while another process holds them, and said so; locks of Office seen; faults logged in LOCALAPPDATA.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from perfmon_xl.domain.errors import UserError
from perfmon_xl.system.faults import LOG_NAME, log_fault
from perfmon_xl.system.files import lock_of
from perfmon_xl.system.saving import UNFINISHED, save_atomically

HOLD = """
import sys, win32file
handle = win32file.CreateFile(sys.argv[1], 0x80000000, 1, None, 3, 0, None)  # read, others may read only: as Excel does
print("held", flush=True); sys.stdin.read()
"""


def refused(path: Path) -> str:
    try:
        save_atomically(path, b"new")
    except UserError as error:
        return str(error)
    return ""


def main(folder: Path) -> None:
    path = folder / "占用 的.xlsx"
    path.write_bytes(b"old")
    save_atomically(path, b"newer")
    assert path.read_bytes() == b"newer"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout.readline().strip() == b"held"
    said = refused(path)
    assert "开着它" in said and "原来的文件没有动" in said, said
    assert path.read_bytes() == b"newer"
    holder.communicate(b"")
    assert refused(path) == "" and path.read_bytes() == b"new"
    lock = path.with_name("~$" + path.name)
    lock.write_bytes(b"")
    assert lock_of(path) == lock and "正在别的程序里打开" in refused(path)
    lock.unlink()
    assert not [p for p in folder.iterdir() if p.name.startswith(UNFINISHED[0])], (
        "something half-written stays"
    )
    log_path = Path(os.environ["LOCALAPPDATA"]) / "perfmon-xl" / LOG_NAME
    try:
        raise ZeroDivisionError("试")
    except ZeroDivisionError:
        assert log_fault("test") == log_path
    assert "ZeroDivisionError" in log_path.read_text(encoding="utf-8")
    log_path.unlink()
    print("files: replaced, held, locked, logged")


main(Path(sys.argv[1]))
