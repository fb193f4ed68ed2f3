"""The add-in on Windows: installed, diagnosed, taken away; the user's folders and the registry are then as before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from perfmon_xl import app
from perfmon_xl.app import installing
from perfmon_xl.ribbon.talking import decode_from_vba
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


def pressed_without_warm(machine: ThisMachine, config: Path) -> str:
    """不常驻的一次点按钮：ExecuteWindows 拼的那一行，经过 cmd；这里没有 Excel，留下的信里说没有工作簿。"""
    python = installing.settings_of(config, machine.ansi())["INTERPRETER_WIN"]
    temp = Path(machine.environment("TEMP"))
    code = 'import xlwings.utils;xlwings.utils.prepare_sys_path(\\"false;;;;;\\"); '
    code += "import perfmon_xl.addin as a; a.cold('0F-1', 'new.data', ['+7532',])"
    line = f'"{machine.environment("COMSPEC")}" /C {python[:2]} & cd "{Path(python).parent}" & "{python}" -B -P -c "{code}" '
    line += f'--wb="项目 & 100%.xlsx" --from_xl=1 --app="C:\\Office\\Microsoft Excel" --hwnd="7" 2> "{temp}\\xlwings-0F-1.log" '
    done = subprocess.run(line, check=False, timeout=300, stdin=subprocess.DEVNULL)
    log = temp / "xlwings-0F-1.log"
    assert done.returncode == 0, log.read_text(encoding="mbcs", errors="replace")
    log.unlink()
    letter = temp / "perfmon-xl-0F-1.txt"
    told = decode_from_vba(letter.read_text(encoding="ascii").strip())
    letter.unlink()
    return told or ""


def main() -> None:
    machine = ThisMachine()
    roaming, settings = Path(machine.environment("APPDATA")), machine.home() / ".perfmon_xl"
    before, keys = everything(roaming, settings), registry()
    code, said = addin("install")
    assert code == 0 and "绩效监控" in said, said
    at = installing.places(machine)
    assert at.addin.read_bytes()[:2] == b"PK" and at.config.exists()
    said = pressed_without_warm(machine, at.config)
    assert "没有打开的工作簿" in said and "怎么办" in said, said
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
