"""The system's own dialog for a file or a folder: asked in a process apart, because a browser tells no paths.

On Linux zenity or kdialog, whichever the desk has; on Windows the .NET dialog through PowerShell, which every Windows has.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from perfmon_xl.service.api import SUFFIXES
from perfmon_xl.service.refusals import RequestError
from perfmon_xl.system.office_programs import on_path

_TITLES = {"book": "选监控工作簿", "report": "选要核对的报告", "folder": "选放工作簿的文件夹"}
_POWERSHELL = (
    "[Console]::OutputEncoding=[Text.Encoding]::UTF8;Add-Type -AssemblyName System.Windows.Forms;"
    "$top=New-Object System.Windows.Forms.Form -Property @{{TopMost=$true}};$d=New-Object System.Windows.Forms.{kind};"
    "{more};if($d.ShowDialog($top) -eq 'OK'){{$d.{answer}}}"
)


def has_dialogs() -> bool:
    """这台电脑上有没有办法弹出对话框。"""
    return _command("book") is not None


def choose(kind: str) -> Path | None:
    """请用户选；取消了的是 None，弹不出对话框的拒绝。"""
    command = _command(kind)
    if command is None:
        raise RequestError(409, "这台电脑上弹不出选文件的窗口。", "请把文件拖到页面上。")
    done = subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    answer = done.stdout.strip()
    return Path(answer) if answer else None


def _command(kind: str) -> list[str] | None:
    title = _TITLES[kind]
    patterns = [f"*{suffix}" for suffix in SUFFIXES.get(kind, ())]
    if sys.platform == "win32":
        home = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"))
        shell = home / "System32" / "WindowsPowerShell" / "v1.0" / "powershell.exe"
        more = f"$d.Title='{title}';$d.Filter='{' '.join(patterns)}|{';'.join(patterns)}'"
        script = (
            _POWERSHELL.format(
                kind="FolderBrowserDialog", more=f"$d.Description='{title}'", answer="SelectedPath"
            )
            if kind == "folder"
            else _POWERSHELL.format(kind="OpenFileDialog", more=more, answer="FileName")
        )
        return [str(shell), "-NoProfile", "-STA", "-Command", script] if shell.exists() else None
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    if zenity := on_path("zenity"):
        more_arguments = ["--directory"] if kind == "folder" else [f"--file-filter={' '.join(patterns)}"]
        return [zenity, "--file-selection", f"--title={title}", *more_arguments]
    if kdialog := on_path("kdialog"):
        what = "--getexistingdirectory" if kind == "folder" else "--getopenfilename"
        return [
            kdialog,
            "--title",
            title,
            what,
            str(Path.home()),
            *([] if kind == "folder" else [" ".join(patterns)]),
        ]
    return None
