"""The Excel add-in: built from its sources, put where Excel loads it, and taken away again without a trace.

Everything that was put somewhere stands in a record in the user's own folder: what it was, and what it replaced.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.wording import NOT_WINDOWS, OR_ADDIN_FOLDER
from perfmon_xl.system.files import lock_of, save_atomically
from perfmon_xl.system.resources import folder
from perfmon_xl.system.windows import Machine, ThisMachine
from perfmon_xl.xlam.package import FILE_NAME, read_sources, xlam

CONFIG_NAME = "perfmon_xl.conf"
_RECORD = "installed.json"
UNDO = "undo"  # what the last actions wrote, so that they can be taken back
_WARM, _WARM_FAILED = "USE UDF SERVER", "WARM FAILED"
STORE = "WindowsApps"  # the folder of everything from the Microsoft Store
# The version of xlwings whose VBA is inside the add-in; its DLL has the version in its name.
XLWINGS = "0.37.8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """插件放在哪、用户设置放在哪。"""

    addin: Path
    settings: Path

    @property
    def config(self) -> Path:
        return self.settings / CONFIG_NAME

    @property
    def record(self) -> Path:
        return self.settings / _RECORD


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """装好了什么：位置、Python、是否常驻、替换下来的旧文件。"""

    places: Places
    interpreter: Path
    warm: bool
    backups: tuple[Path, ...]


def addin_bytes() -> bytes:
    """照源文件做出插件。"""
    return xlam(read_sources(folder("addin"), Path(__file__).parents[1] / "functions.py"))


def build_addin(out: Path | None = None) -> Path:
    """做出插件文件；不说写到哪的，放在源文件旁边。"""
    path = out or folder("addin") / FILE_NAME
    save_atomically(path, addin_bytes())
    return path


def places(machine: Machine, into: Path | None = None) -> Places:
    """into 为空时是 Excel 启动时自动加载的文件夹。"""
    settings = machine.home() / ".perfmon_xl"
    into = into.absolute() if into is not None else None
    if into is not None:
        return Places(
            addin=into / FILE_NAME, settings=settings if machine.is_windows() else into / ".perfmon_xl"
        )
    if not machine.is_windows():
        raise UserError(
            "这台电脑不是 Windows，Excel 插件装不上。",
            NOT_WINDOWS,
        )
    roaming = machine.environment("APPDATA")
    start = Path(roaming) if roaming else machine.home() / "AppData" / "Roaming"
    return Places(addin=start / "Microsoft" / "Excel" / "XLSTART" / FILE_NAME, settings=settings)


def install_addin(into: Path | None = None, *, machine: Machine | None = None) -> Installed:
    """装插件：在本机现做（所以没有“来自网络”的标记），写好 Python 的位置，换下来的都留底。"""
    machine = machine or ThisMachine()
    at = places(machine, into)
    if at.addin.exists() and lock_of(at.addin) is not None:
        raise UserError("Excel 正开着插件，换不了。", "请先关掉所有 Excel 窗口，再运行一次。")
    refuse_store(machine)
    interpreter = readable_interpreter(machine)
    warm = warm_library(machine) is not None
    kept = settings_of(at.config, machine.ansi())
    settings = {**kept, "INTERPRETER_WIN": str(interpreter)}
    if settings.pop(_WARM_FAILED, ""):
        settings.pop(_WARM, None)  # tried anew: whatever was in the way may be gone
    settings[_WARM] = settings.get(_WARM, "true") if warm else "false"
    data = settings_text(settings).encode(machine.ansi())
    record = _read_record(at)
    for parent in (at.settings, at.addin.parent):
        _make(parent)
    backups = []
    for path, content in ((at.addin, addin_bytes()), (at.config, data)):
        backups += _write_recorded(path, content, record, at.settings / "backup")
        save_atomically(at.record, json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8"))
    return Installed(places=at, interpreter=interpreter, warm=warm, backups=tuple(backups))


def uninstall_addin(into: Path | None = None, *, machine: Machine | None = None) -> list[Path]:
    """卸插件：装进去的都拿走，原来就有的放回去。返回动过的文件。"""
    at = places(machine or ThisMachine(), into)
    record = _read_record(at)
    done: list[Path] = []
    for path in (at.addin, at.config):  # the record only says what stood there before, not what to remove
        original = _kept(record.get(str(path)), at.settings / "backup")
        try:
            if original is not None:
                save_atomically(path, original.read_bytes())
            elif path.exists():
                path.unlink()
            else:
                continue
        except OSError as error:
            raise UserError(
                f"删不掉 {path}：{system_reason(error)}。", "请先关掉所有 Excel 窗口，再运行一次。"
            ) from None
        done.append(path)
    leftovers = [*(at.settings / "backup").glob("*"), *(at.settings / UNDO).glob("*.json")]
    for path in (*sorted(leftovers), at.record):
        path.unlink(missing_ok=True)
    for empty in (at.settings / "backup", at.settings / UNDO, at.settings):
        if empty.is_dir() and not any(empty.iterdir()):
            empty.rmdir()
    return done


def remember_cold(machine: Machine | None = None) -> None:
    """留在后台的 Python 没有起来：记下来，以后不再等它；再装一次插件就再试。"""
    machine = machine or ThisMachine()
    path = places(machine).config
    settings = settings_of(path, machine.ansi())
    if settings:
        settings |= {_WARM: "false", _WARM_FAILED: "true"}
        save_atomically(path, settings_text(settings).encode(machine.ansi()))


def warm_failed(settings: Mapping[str, str]) -> bool:
    """留在后台的 Python 上次没有起来。"""
    return settings.get(_WARM_FAILED, "").lower() == "true"


def from_store(machine: Machine) -> bool:
    """Python 是从 Microsoft Store 装的，或者虚拟环境是照那样的 Python 建的。"""
    path = machine.interpreter()
    made_from = ""
    for home in (path.parent, path.parent.parent):
        try:
            made_from += (home / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
    return STORE in str(path) or any(
        line.partition("=")[0].strip() in ("home", "executable") and STORE in line
        for line in made_from.splitlines()
    )


def refuse_store(machine: Machine) -> None:
    """从 Microsoft Store 装的 Python 用不了：它写进用户文件夹的，别的程序看不见。"""
    if from_store(machine):
        raise UserError(
            "这个 Python 是从 Microsoft Store 装的，Excel 启动不了它，它写的设置 Excel 也看不见，没有安装。",
            "请用安装包，或者从 python.org 装的 Python，再装一次插件。",
        )


def readable_interpreter(machine: Machine) -> Path:
    """VBA 读得出的 Python 位置：本机编码写不下的，换成短路径。"""
    path = machine.interpreter()
    for candidate in (path, machine.short_path(path)):
        if encodable(str(candidate), machine.ansi()):
            return candidate
    raise UserError(
        f"Python 装在 {path}，路径里有这台 Windows 的编码（{machine.ansi()}）写不下的字。",
        r"请把 Python 装到只有英文字母的文件夹（如 C:\Python），再装一次插件。",
    )


def encodable(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def warm_library(machine: Machine, bits: int | None = None) -> Path | None:
    """常驻 Python 要用的 DLL：在 python.exe 旁边，或虚拟环境的上一层；bits 是 Office 的位数。"""
    home = machine.interpreter().parent
    names = [f"xlwings{b}-{XLWINGS}.dll" for b in ((bits,) if bits else (64, 32))]
    return next((f / n for n in names for f in (home, home.parent) if machine.exists(f / n)), None)


def settings_text(settings: Mapping[str, str]) -> str:
    """xlwings 的设置文件：一行一项，都加引号。"""
    for value in settings.values():
        if '"' in value or "\n" in value:
            raise UserError(f"设置里有引号或换行：{value}", "请把 Python 装到路径里没有引号的文件夹。")
    return "".join(f'"{name}","{value}"\r\n' for name, value in settings.items())


def settings_of(path: Path, codec: str) -> dict[str, str]:
    """读设置文件；没有的是空的，不像样的行不要。"""
    if not path.is_file():
        return {}
    lines = path.read_bytes().decode(codec, "replace").splitlines()
    pairs = (line.strip().strip('"').split('","', 1) for line in lines)
    return {pair[0].upper(): pair[1] for pair in pairs if len(pair) == 2}


def _make(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"建不了文件夹 {path}：{system_reason(error)}。",
            "请确认有写入权限" + OR_ADDIN_FOLDER + "。",
        ) from None


def _write_recorded(
    path: Path, content: bytes, record: dict[str, dict[str, str]], backup: Path
) -> list[Path]:
    """写一个文件并记下来。换下的是别人的，留作 original，卸载时放回；是我们上一次的，留作 previous。"""
    known = record.get(str(path), {})
    kept: list[Path] = []
    if path.exists() and (old := path.read_bytes()) != content:
        # Not in Excel's own folder: it opens whatever lies there.
        _make(backup)
        place = backup / f"{path.name}.{'previous' if known else 'original'}"
        save_atomically(place, old)
        kept.append(place)
        if not known:
            known = {"original": str(place)}
    save_atomically(path, content)
    record[str(path)] = {"original": "", **known}
    return kept


def _kept(entry: object, folder: Path) -> Path | None:
    """换下来的原件：只认留底文件夹里的普通文件，记录也许被人改过。"""
    original = entry.get("original") if isinstance(entry, dict) else None
    if not original or not isinstance(original, str) or "\0" in original:
        return None
    path = Path(original)
    sound = path.is_file() and not path.is_symlink() and path.parent.resolve() == folder.resolve()
    return path if sound else None


def _read_record(at: Places) -> dict[str, dict[str, str]]:
    try:
        data = json.loads(at.record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
