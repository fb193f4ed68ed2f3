"""The unpacked offline package put into the user's own folder, a version beside the other, and taken away again.

%LOCALAPPDATA%\\perfmon-xl\\0.2.0-1a2b3c4d\\ is a version: its number, and what its list of files hashes to. Copied beside as
….part, each file held against the list, then renamed: half an installation is none. The add-in's settings are the only
pointer to a version; an older one is returned to by its own 安装.cmd.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from perfmon_xl.app.installing import encodable
from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.system.faults import LOG_NAME
from perfmon_xl.system.shortcuts import make_shortcut
from perfmon_xl.system.unpacked import LISTING, PackageListing, listing_of, whole_files
from perfmon_xl.system.windows import Machine, ThisMachine

_HOME = "perfmon-xl"
_PART = ".part"
_KEPT = 2  # versions: this one and the one to go back to
_VERSION_FOLDER = re.compile(r"\d{1,9}(\.\d{1,9})+[\w.]{0,60}-[0-9a-f]{8}")
_DROP, _PAGE, _REMOVE = "绩效监控（把工作簿拖到这里）", "绩效监控（网页）", "卸载绩效监控"

MakeShortcut = Callable[[Path, Path, str, str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """放好了：程序在哪、里面的 Python、快捷方式、拿掉的旧版；notes 是没有做成而不要紧的。"""

    folder: Path
    interpreter: Path
    shortcuts: tuple[Path, ...]
    removed: tuple[Path, ...]
    notes: tuple[str, ...]


def own_home(machine: Machine) -> Path:
    """各版程序放在哪：用户自己的 LOCALAPPDATA；插件读不出那个路径的（用户名是中文、Windows 是英文），放在公用的文件夹。"""
    local = machine.environment("LOCALAPPDATA")
    home = (Path(local) if local else machine.home() / "AppData" / "Local") / _HOME
    public = machine.environment("PUBLIC")
    if public and not encodable(str(home), machine.ansi()) and encodable(public, machine.ansi()):
        return Path(public) / _HOME
    return home


def put_in_place(
    unpacked: Path, *, machine: Machine | None = None, shortcut: MakeShortcut = make_shortcut
) -> Put:
    """解压出来的 unpacked 拷到用户自己的文件夹，放好快捷方式。插件还没有装：由拷好的那个 Python 装。"""
    machine = machine or ThisMachine()
    listing = listing_of(unpacked)
    home = own_home(machine)
    target = home / f"{listing.version}-{listing.mark}"
    if unpacked.resolve() != target.resolve() and not _is_whole(target, listing):
        _copy(unpacked, target, listing)
    interpreter = target / "python" / "python.exe"
    links, notes = _links(machine, target, shortcut)
    return Put(
        folder=target, interpreter=interpreter, shortcuts=tuple(links), removed=tuple(_prune(home, target)),
        notes=tuple(notes),
    )  # fmt: skip


def take_away(running: Path, *, machine: Machine | None = None) -> tuple[list[Path], list[Path]]:
    """各版程序和快捷方式都拿走；正在运行的那一版拿不走。返回拿走的、要人自己删的。"""
    machine = machine or ThisMachine()
    home = own_home(machine)
    gone: list[Path] = []
    for path in _link_places(machine):
        if path.exists():
            path.unlink()
            gone.append(path)
    menu = _menu(machine)
    if menu.is_dir() and not any(menu.iterdir()):
        menu.rmdir()
    left = [running]
    for folder in _versions(home):
        if folder.resolve() == running.resolve():
            continue
        shutil.rmtree(folder, ignore_errors=True)
        (left if folder.exists() else gone).append(folder)
    (home / LOG_NAME).unlink(missing_ok=True)
    if home.is_dir() and not any(home.iterdir()):
        home.rmdir()
    return gone, left


def versions(machine: Machine) -> list[str]:
    """装着的各版，新的在后。"""
    return [folder.name for folder in _versions(own_home(machine))]


# --- the folder -------------------------------------------------------------------------------------------------


def _is_whole(target: Path, listing: PackageListing) -> bool:
    """已经放好了的：清单是最后写的，文件一个不少。"""
    return (target / LISTING).is_file() and all((target / name).is_file() for name in listing.files)


def _copy(unpacked: Path, target: Path, listing: PackageListing) -> None:
    part = target.with_name(target.name + _PART)
    try:
        for folder in (part, target):
            if folder.exists():
                shutil.rmtree(folder)
        for name, data in whole_files(unpacked, listing):
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)  # written anew: no mark of the web
        (part / LISTING).write_bytes((unpacked / LISTING).read_bytes())
        part.rename(target)
    except UserError:
        shutil.rmtree(part, ignore_errors=True)
        raise
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise UserError(
            f"程序放不到 {target}：{system_reason(error)}，没有安装。",
            "请关掉 Excel 和开着的绩效监控窗口，确认磁盘有 100 MB 的空，再双击一次“安装.cmd”。",
        ) from None


def _versions(home: Path) -> list[Path]:
    if not home.is_dir():
        return []
    paths = [
        p for p in home.iterdir() if p.is_dir() and _VERSION_FOLDER.fullmatch(p.name.removesuffix(_PART))
    ]
    return sorted(paths, key=lambda p: p.stat().st_mtime)


def _prune(home: Path, target: Path) -> Iterator[Path]:
    """这一版和另一版新的留着，其余拿掉；正用着的拿不掉，下次再说。"""
    others = [p for p in _versions(home) if p != target]
    for folder in others[: max(0, len(others) - _KEPT + 1)]:
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            yield folder


# --- shortcuts --------------------------------------------------------------------------------------------------


def _menu(machine: Machine) -> Path:
    return (
        Path(machine.environment("APPDATA"))
        / "Microsoft"
        / "Windows"
        / "Start Menu"
        / "Programs"
        / "绩效监控"
    )


def _link_places(machine: Machine) -> Iterator[Path]:
    desk = machine.home() / "Desktop"
    for name in (_DROP, _PAGE):
        yield desk / f"{name}.lnk"
        yield _menu(machine) / f"{name}.lnk"
    yield _menu(machine) / f"{_REMOVE}.lnk"


def _links(machine: Machine, target: Path, shortcut: MakeShortcut) -> tuple[list[Path], list[str]]:
    python, quiet = (target / "python" / name for name in ("python.exe", "pythonw.exe"))
    what = {
        _DROP: (python, "-m perfmon_xl.dropped --wait", "把填好的工作簿拖到这个图标上，填充、检查、出报告"),
        _PAGE: (quiet, "-m perfmon_xl serve", "在浏览器里填充、检查、出报告，只在这台电脑上"),
        _REMOVE: (target / "卸载.cmd", "", "把绩效监控从这台电脑上拿走"),
    }
    made, failed = [], False
    for path in _link_places(machine):
        if path.parent.name == "Desktop" and not path.parent.is_dir():
            continue
        program, arguments, comment = what[path.stem]
        if shortcut(path, program, arguments, comment):
            made.append(path)
        else:
            failed = True
    note = f"快捷方式没有放成（单位可能不许）；要用的时候，到 {target} 里双击。"
    return made, [note] if failed else []
