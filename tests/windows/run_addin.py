"""The add-in on Windows: installed, diagnosed, taken away; the user's folders and the registry are then as before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from perfmon_xl import app
from perfmon_xl.system.windows import ThisMachine


def everything(*folders: Path) -> set[str]:
    return {str(p) for folder in folders if folder.exists() for p in folder.rglob("*")}


def addin(*words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "perfmon_xl", "addin", *words],
        capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def registry() -> str:
    return subprocess.run(
        ["reg", "query", r"HKCU\Software", "/s"], capture_output=True, check=False
    ).stdout.decode("mbcs")


def main() -> None:
    machine = ThisMachine()
    roaming, settings = Path(machine.environment("APPDATA")), machine.home() / ".perfmon_xl"
    before, keys = everything(roaming, settings), registry()
    code, said = addin("install")
    assert code == 0 and "绩效监控" in said, said
    at = app.installing.places(machine)
    assert at.addin.read_bytes()[:2] == b"PK" and at.config.exists()
    found = {one.subject: one for one in app.doctor()}
    wrong = [
        str(one.fact) for one in found.values() if one.state is app.CheckState.BAD and one.subject != "Excel"
    ]
    assert not wrong, wrong
    assert found["Excel"].state is app.CheckState.BAD  # there is none here
    code, said = addin("uninstall")
    assert code == 0, said
    left = everything(roaming, settings) - before
    assert not {p for p in left if not Path(p).is_dir()}, left
    assert registry() == keys
    print("add-in: installed, diagnosed, gone")


main()
