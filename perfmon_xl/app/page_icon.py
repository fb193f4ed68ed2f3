"""The icon that starts the page by a double-click: in the menu and on the desktop of this user."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.system.files import save_atomically
from perfmon_xl.system.shortcuts import make_shortcut
from perfmon_xl.system.windows import Machine, ThisMachine

_NAME, _COMMENT = "绩效监控", "填充、检查、出报告，在浏览器里用，只在这台电脑上"
_MODULE = "-P -m perfmon_xl serve"


def make_icons(machine: Machine | None = None) -> list[Path]:
    """放好图标，返回放在哪里。已经有的换成这一次的。"""
    machine = machine or ThisMachine()
    if machine.is_windows():
        return [_shortcut(machine, path) for path in _windows_places(machine)]
    data = desktop_entry(machine.interpreter()).encode("utf-8")
    made = []
    for folder in _linux_places(machine):
        path = folder / "perfmon-xl.desktop"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            save_atomically(path, data)
            path.chmod(0o755)  # a desk starts only what may be run
        except OSError as error:
            raise UserError(f"放不了图标 {path}：{system_reason(error)}。", "请确认有写入权限。") from None
        made.append(path)
    return made


def desktop_entry(interpreter: Path) -> str:
    """.desktop 文件的内容。

    >>> print(desktop_entry(Path('/opt/甲 "乙"/python3')).splitlines()[4])
    Exec="/opt/甲 \\\\"乙\\\\"/python3" -P -m perfmon_xl serve
    """
    quoted = str(interpreter)
    for sign in (
        "\\",
        '"',
        "`",
        "$",
    ):  # the order of the desktop entry specification: first the escape itself
        quoted = quoted.replace(sign, "\\\\" + sign)
    quoted = quoted.replace("%", "%%")
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        f"Name={_NAME}",
        f"Comment={_COMMENT}",
        f'Exec="{quoted}" {_MODULE}',
        "Terminal=false",
        "Categories=Office;",
    ]
    return "\n".join(lines) + "\n"


def _linux_places(machine: Machine) -> Iterator[Path]:
    yield machine.home() / ".local" / "share" / "applications"
    for name in ("桌面", "Desktop"):
        if (machine.home() / name).is_dir():
            yield machine.home() / name
            return


def _windows_places(machine: Machine) -> Iterator[Path]:
    menu = Path(machine.environment("APPDATA")) / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    for folder in (menu, machine.home() / "Desktop"):
        if folder.is_dir():
            yield folder / f"{_NAME}.lnk"


def _shortcut(machine: Machine, path: Path) -> Path:
    """没有窗口的 Python；出了错，服务自己记着。"""
    quiet = machine.interpreter().with_name("pythonw.exe")
    program = quiet if machine.exists(quiet) else machine.interpreter()
    if not make_shortcut(path, program, _MODULE, _COMMENT):
        raise UserError(
            f"放不了图标 {path}。", "请自己建一个快捷方式，指到这个 Python，后面写 " + _MODULE + "。"
        )
    return path
