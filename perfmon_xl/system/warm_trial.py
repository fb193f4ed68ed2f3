"""Does the warm Python come up? Started as Excel starts it: by xlwings' DLL, with the command of the add-in's VBA.

Run as a program of its own (python -m perfmon_xl.system.warm_trial DLL): the DLL may wait for long, and what it starts goes
when its process goes. Prints “ok VERSION”, or why not.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_VT_DISPATCH, _VT_BSTR = 9, 8
_START = 1  # the DLL's mode: start it if it does not run
LIMIT = 60.0


def warm_command(interpreter: Path, shell: str, *, folders: str = "false;;;;;") -> str:
    """xlwings.bas 的 XLPyCommand：不留窗口地启动一个常驻的 Python。folders 是 OneDrive 的文件夹，没有写的都空着。"""
    code = (
        'import sys, os;import xlwings.utils;xlwings.utils.prepare_sys_path(\\"'
        + folders
        + "\\\");import xlwings; xlwings.serve('$(CLSID)')"
    )
    return f'"{shell}"  /K ""{interpreter}" -B -P -c "{code}""'


def try_warm(interpreter: Path, library: Path) -> str:
    """试一次；起来了的是空的，没有起来的说为什么。"""
    command = [str(interpreter), "-P", "-m", "perfmon_xl.system.warm_trial", str(library)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace",
            check=False, timeout=LIMIT, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"等了 {LIMIT:g} 秒没有应答"
    except OSError as error:
        return str(error)
    said = done.stdout.strip()
    if said.startswith("ok "):
        return ""
    lines = (said or done.stderr.strip() or f"退出码 {done.returncode}").splitlines()
    return lines[-1][:200]


def main(library: str) -> int:
    if sys.platform != "win32":
        print("not Windows")
        return 1
    import ctypes

    import pythoncom
    import win32com.client

    pythoncom.CoInitialize()
    dll = ctypes.WinDLL(library)
    result = (ctypes.c_ubyte * 24)()  # a VARIANT
    command = warm_command(Path(sys.executable), os.environ.get("COMSPEC", "cmd.exe"))
    failed = dll.XLPyDLLActivateAuto(ctypes.byref(result), ctypes.c_char_p(command.encode("mbcs")), _START)
    kind = int.from_bytes(bytes(result[:2]), "little")
    pointer = int.from_bytes(bytes(result[8 : 8 + ctypes.sizeof(ctypes.c_void_p)]), "little")
    if failed or kind != _VT_DISPATCH:
        print(ctypes.wstring_at(pointer) if kind == _VT_BSTR and pointer else f"DLL: {failed}, {kind}")
        return 1
    python = win32com.client.Dispatch(pythoncom.ObjectFromAddress(pointer, pythoncom.IID_IDispatch))
    print("ok", python.Var(python.Eval("__import__('perfmon_xl').__version__")))
    sys.stdout.flush()
    os._exit(0)  # the object is the DLL's: nothing is released twice


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
