"""The add-in of WPS: its files made for this machine, and its line in the list of add-ins that WPS keeps for this user.

The list (`publish.xml`) belongs to every add-in: others' lines stay, what cannot be read is not touched. The file in which
WPS keeps what the person allowed (`authaddin.json`) is read, never written.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from perfmon_xl import __version__
from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.wording import WPS_FOLDER
from perfmon_xl.ooxml.markup import tree
from perfmon_xl.system.files import save_atomically
from perfmon_xl.system.resources import folder
from perfmon_xl.system.windows import Machine, ThisMachine

NAME = "perfmon-xl"
LIST, ALLOWED, BLOCKED = "publish.xml", "authaddin.json", "jsaddinblockhost.ini"
_BACKUP = "publish.xml.perfmon-backup"
_FILES = ("index.html", "main.js")
_RIBBON_2009 = "{http://schemas.microsoft.com/office/2009/07/customui}"
_RIBBON_2006 = "http://schemas.microsoft.com/office/2006/01/customui"
_KEPT = ("id", "label", "size", "imageMso", "screentip", "supertip")
_ENTRY = {"enable": "enable_dev", "install": "null", "customDomain": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class WpsPlaces:
    """WPS 的加载项文件夹，和我们在里面的一个。"""

    jsaddons: Path

    @property
    def addin(self) -> Path:
        return self.jsaddons / f"{NAME}_{__version__}"

    @property
    def listed(self) -> Path:
        return self.jsaddons / LIST

    @property
    def backup(self) -> Path:
        return self.jsaddons / _BACKUP

    @property
    def ours(self) -> list[Path]:
        """我们的各个版本。"""
        found = self.jsaddons.glob(f"{NAME}_*") if self.jsaddons.is_dir() else ()
        return sorted(path for path in found if (path / "main.js").is_file())


def has_wps(machine: Machine | None = None) -> bool:
    """这个用户用过 WPS：它在 %APPDATA% 里有自己的文件夹。"""
    roaming = (machine or ThisMachine()).environment("APPDATA")
    return bool(roaming) and (Path(roaming) / "kingsoft" / "wps").is_dir()


def wps_places(machine: Machine, into: Path | None = None) -> WpsPlaces:
    """into 为空时是这个用户的 WPS 用的文件夹。"""
    if into is not None:
        return WpsPlaces(jsaddons=into.absolute())
    if machine.is_windows():
        roaming = machine.environment("APPDATA")
        start = Path(roaming) if roaming else machine.home() / "AppData" / "Roaming"
        return WpsPlaces(jsaddons=start / "kingsoft" / "wps" / "jsaddons")
    return WpsPlaces(jsaddons=machine.home() / ".local" / "share" / "Kingsoft" / "wps" / "jsaddons")


def install_wps(into: Path | None = None, *, machine: Machine | None = None) -> WpsPlaces:
    """放好文件，登记。先看登记得了不，登记不了的什么也不放。"""
    machine = machine or ThisMachine()
    at = wps_places(machine, into)
    before = _read(at.listed)
    after = registered(before, listed=True)
    try:
        at.addin.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"建不了文件夹 {at.addin}：{system_reason(error)}。", "请确认有写入权限" + WPS_FOLDER + "。"
        ) from None
    for name, content in addin_files(machine).items():
        save_atomically(at.addin / name, content)
    if before is not None and NAME.encode() not in before:
        save_atomically(at.backup, before)
    if before is None or before != after:
        save_atomically(at.listed, after)
    for old in at.ours:
        if old != at.addin:
            shutil.rmtree(old, ignore_errors=True)
    return at


def uninstall_wps(into: Path | None = None, *, machine: Machine | None = None) -> list[Path]:
    """拿走文件和登记；没有别人登记过的，列表也拿走，别人的留着。返回动过的。"""
    at = wps_places(machine or ThisMachine(), into)
    done = []
    before = _read(at.listed)
    if before is not None and NAME.encode() in before:
        after = registered(before, listed=False)
        original = _read(at.backup)
        if original is not None and _same_addin(original, after):
            save_atomically(at.listed, original)
        elif original is None and not len(_parsed(after)):
            at.listed.unlink()
        else:
            save_atomically(at.listed, after)
        done.append(at.listed)
    at.backup.unlink(missing_ok=True)
    for path in at.ours:
        try:
            shutil.rmtree(path)
        except OSError as error:
            raise UserError(
                f"删不掉 {path}：{system_reason(error)}。", "请先关掉所有 WPS 窗口，再运行一次。"
            ) from None
        done.append(path)
    return done


def addin_files(machine: Machine) -> dict[str, bytes]:
    """加载项文件夹里的全部文件。"""
    source = folder("addin")
    files = {name: (source / "wps" / name).read_bytes() for name in _FILES}
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<JsPlugin>\n  <ApiVersion>1.0.0</ApiVersion>\n'
        f"  <Name>{NAME}</Name>\n  <Description>绩效监控</Description>\n</JsPlugin>\n"
    )
    launch = {
        "program": str(_windowless(machine)),
        "arguments": ["-P", "-m", "perfmon_xl", "serve", "--no-browser"],
    }
    return {
        **files,
        "ribbon.xml": ribbon((source / "customUI14.xml").read_bytes()),
        "manifest.xml": manifest.encode(),
        # ASCII only: old hosts read a script in the system's own encoding
        "config.js": f"var PERFMON_LAUNCH = {json.dumps(launch, ensure_ascii=True)};\n".encode("ascii"),
    }


def _windowless(machine: Machine) -> Path:
    """不弹黑窗口的 Python。"""
    path = machine.interpreter()
    quiet = path.with_name("pythonw.exe")
    return quiet if path.name.lower() == "python.exe" and machine.exists(quiet) else path


def ribbon(declaration: bytes) -> bytes:
    """照 Excel 的功能区做 WPS 的：同样的组、按钮、次序和文字。WPS 要文件的头几个字就是 <customUI。"""
    [declared] = tree(declaration).iter(f"{_RIBBON_2009}tab")
    root = etree.Element("customUI", xmlns=_RIBBON_2006, onLoad="OnAddinLoad")
    tabs = etree.SubElement(etree.SubElement(root, "ribbon", startFromScratch="false"), "tabs")
    tab = etree.SubElement(tabs, "tab", id=declared.get("id", ""), label=declared.get("label", ""))
    for group in declared.iter(f"{_RIBBON_2009}group"):
        made = etree.SubElement(tab, "group", id=group.get("id", ""), label=group.get("label", ""))
        for button in group.iter(f"{_RIBBON_2009}button"):
            kept = {name: value for name in _KEPT if (value := button.get(name)) is not None}
            etree.SubElement(made, "button", {**kept, "onAction": "OnAction", "getEnabled": "OnGetEnabled"})
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=False) + b"\n"


def registered(before: bytes | None, *, listed: bool) -> bytes:
    """列表的新内容：我们的旧登记换掉（listed），或拿走；别人的、说明文字照旧。读不懂的不改。"""
    root = _parsed(before) if before and before.strip() else etree.Element("jsplugins")
    for old in [element for element in root if isinstance(element.tag, str) and element.get("name") == NAME]:
        root.remove(old)
    if listed:
        address = f"{NAME}_{__version__}"
        entry = {"name": NAME, "type": "et", "url": address, "version": __version__, **_ENTRY}
        etree.SubElement(root, "jsplugin", entry)
    etree.indent(root)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True) + b"\n"


def address_in(listed: bytes | None) -> str | None:
    """列表里我们那一条的地址；没有的是 None，列表读不懂的是 UserError。"""
    root = _parsed(listed) if listed and listed.strip() else ()
    ours = [element for element in root if isinstance(element.tag, str) and element.get("name") == NAME]
    return str(ours[0].get("url")) if ours else None


def _parsed(data: bytes) -> etree._Element:
    try:
        root = tree(data, blanks=False)
    except etree.XMLSyntaxError:
        root = None
    if root is None or root.tag != "jsplugins":
        raise UserError(
            f"WPS 的加载项列表 {LIST} 读不懂，没有改动。",
            "请关掉 WPS，把它改个名字留着，打开 WPS 再关掉，然后重新装一次。",
        )
    return root


def _same_addin(one: bytes, other: bytes) -> bool:
    try:
        return etree.tostring(_parsed(one), method="c14n") == etree.tostring(_parsed(other), method="c14n")
    except UserError:
        return False


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(
            f"打不开 {path}：{system_reason(error)}。", "请先关掉所有 WPS 窗口，再运行一次。"
        ) from None
