"""Shortcuts of Windows: written by the Windows Script Host, asked over COM, or by PowerShell where there is no pywin32."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_BY_POWERSHELL = (
    "$s=(New-Object -ComObject WScript.Shell).CreateShortcut($env:PERFMON_LINK);"
    "$s.TargetPath=$env:PERFMON_PROGRAM;$s.Arguments=$env:PERFMON_ARGUMENTS;"
    "$s.Description=$env:PERFMON_COMMENT;$s.Save()"
)


def make_shortcut(path: Path, program: Path, arguments: str, comment: str = "") -> bool:
    """path（.lnk）指到 program，后面写着 arguments；做不成的（单位不许）是 False。"""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        import win32com.client
    except ImportError:
        return _by_powershell(path, program, arguments, comment)
    try:
        link = win32com.client.Dispatch("WScript.Shell").CreateShortcut(str(path))
        link.TargetPath, link.Arguments, link.Description = str(program), arguments, comment
        link.Save()
    except Exception:  # no Script Host here, or forbidden
        return False
    return path.exists()


def _by_powershell(path: Path, program: Path, arguments: str, comment: str) -> bool:
    """要说的从环境变量传过去，路径里有什么字都不要紧。"""
    shell = Path(
        os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "WindowsPowerShell", "v1.0", "powershell.exe"
    )
    given = {
        "PERFMON_LINK": str(path),
        "PERFMON_PROGRAM": str(program),
        "PERFMON_ARGUMENTS": arguments,
        "PERFMON_COMMENT": comment,
    }
    try:
        subprocess.run(
            [str(shell), "-NoProfile", "-Command", _BY_POWERSHELL],
            env={**os.environ, **given}, check=True, capture_output=True, timeout=60,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return False
    return path.exists()
