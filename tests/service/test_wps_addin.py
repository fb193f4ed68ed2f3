"""The add-in of WPS: walked in a browser against a stand-in for WPS (wps.mjs); its calls; what it asks of the service."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from support.made_up_windows import MadeUp
from support.service import MODULES, needs_browser, walk

from perfmon_xl import app
from perfmon_xl.service import api
from perfmon_xl.system.resources import folder
from perfmon_xl.system.windows import ThisMachine

MAIN = (folder("addin") / "wps" / "main.js").read_text(encoding="utf-8")
OURS = (folder("addin").parent / "addin" / "wps" / "wps.d.ts").read_text(encoding="utf-8")

# Where the package says otherwise than hosts do, and who saw it.
DEVIATIONS = {
    "EtApplication.ribbonUI": "set by the add-in itself: the templates of wpsjs 2.2.3 do the same",
    "EtApplication.FileSystem": "in the package a namespace of `wps`; hosts have it on Application, too (templates of wpsjs)",
    "EtApplication.Env": "likewise",
    "EtApplication.OAAssist": "likewise",
    "EtWorkbook.FullName": "the package says number; a text in the field (pi-for-excel)",
    "EtWorkbooks.Open": "the package says void; a workbook in the field; main.js takes ActiveWorkbook otherwise",
    "EtWorkbooks.Add": "likewise",
    "EtRange.Address": "the package says void; a text in the field",
}


@needs_browser
@pytest.mark.long
def test_the_addin_is_walked_from_button_to_button(demo_folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    at = app.install_wps(tmp_path / "jsaddons", machine=ThisMachine())
    foreign = tmp_path / "别的.xlsx"
    from openpyxl import Workbook

    Workbook().save(foreign)
    walk(
        Path(__file__).with_name("wps.mjs"),
        home,
        ADDIN=at.addin,
        BOOK=demo_folder / "示例项目.xlsx",
        FOREIGN=foreign,
    )


def members(text: str) -> dict[str, dict[str, str | None]]:
    """接口 → 成员 → 参数（不是函数的是 None）。"""
    found: dict[str, dict[str, str | None]] = {}
    for name, body in re.findall(r"(?:interface|namespace) (\w+) \{(.*?)\n(?:    )?\}", text, re.DOTALL):
        for member, given in re.findall(
            r"^\s*(?:readonly |export function )?(\w+)(\([^)]*\))?\s*:", body, re.MULTILINE
        ):
            found.setdefault(name, {}).setdefault(member, given or None)
    return found


def test_the_calls_are_those_of_our_own_description() -> None:
    """main.js 叫的每一个大写开头的成员，都在 wps.d.ts 里；写在那里的，也都用着。"""
    described = {member for listed in members(OURS).values() for member in listed}
    code = re.sub(r"/\*.*?\*/|\"[^\"]*\"|/\^.*?/i?\.", "", MAIN, flags=re.DOTALL)
    used = set(re.findall(r"(?<!window)\.([A-Z]\w+)", code)) - {"Id", "EtApplication"}
    helpers = set(re.findall(r'perfmonHelper\("(\w+)"\)', MAIN))
    assert used | helpers | {"ribbonUI"} == described
    assert 20 <= len(described) <= 30


@needs_browser
def test_names_and_arguments_are_those_of_the_package() -> None:
    src = MODULES / "wps-jsapi" / "src"
    theirs = members((src / "lib.et.d.ts").read_text(encoding="utf-8"))
    theirs |= {
        n: m for n, m in members((src / "index.d.ts").read_text(encoding="utf-8")).items() if n not in theirs
    }
    wrong = []
    for name, listed in members(OURS).items():
        for member, given in listed.items():
            there = theirs.get(name, {})
            if member not in there:
                wrong += [] if f"{name}.{member}" in DEVIATIONS else [f"{name}.{member} is not there"]
                continue
            mine = re.findall(r"(\w+)\??:", given or "")
            if mine != re.findall(r"(\w+)\??:", there[member] or "")[: len(mine)]:
                wrong.append(f"{name}.{member}{given}: {there[member]}")
    assert wrong == []
    assert {name for name in DEVIATIONS if name.split(".")[1] not in OURS} == set()


def test_it_asks_for_what_the_description_knows() -> None:
    asked = re.findall(r'action: "(\w+)"(?:, options: \{ (\w+):)?', MAIN)
    assert len(asked) > 8
    for action, option in asked:
        assert not option or api.ACTIONS[action].options[option] is bool
    written = set(re.findall(r'action: "(\w+)", writes: true', MAIN))
    assert written == {name for name, one in api.ACTIONS.items() if one.writes}
    paths = {re.sub(r'" \+ [^"]+ \+ "', "{x}", p) for p in re.findall(r'"(/api/[^,)]*?)"?[,)]', MAIN)}
    known = {re.sub(r"\{\w+\}", "{x}", path) for _, path in api.ROUTES}
    assert {p.rstrip('"').replace('" + job.id', "{x}") for p in paths} <= known


def test_both_ribbons_are_one_declaration(tmp_path: Path) -> None:
    excel = etree.parse(folder("addin") / "customUI14.xml").getroot()
    at = app.install_wps(tmp_path, machine=ThisMachine())
    data = (at.addin / "ribbon.xml").read_bytes()
    wps = etree.fromstring(data)

    def told(root: etree._Element) -> list[tuple[str | None, ...]]:
        named = [
            e for e in root.iter(etree.Element) if etree.QName(e).localname in ("tab", "group", "button")
        ]
        return [
            (etree.QName(e).localname, *map(e.get, ("id", "label", "size", "screentip", "supertip")))
            for e in named
        ]

    assert told(wps) == told(excel)
    assert data.startswith(b"<customUI") and etree.QName(wps).namespace.endswith("2006/01/customui")
    assert all(
        f"function {name}(" in MAIN
        for b in wps.iter("{*}button")
        for name in (b.get("onAction"), b.get("getEnabled"))
    )


OTHERS = b"""\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>
<!-- somebody's -->
<jsplugins>
    <jspluginonline name="other" type="wps" url="http://127.0.0.1:3889/" debug="" enable="enable_dev"/>
    <!-- kept -->
    <jsplugin name="third" type="et" url="third_1" version="1"/>
</jsplugins>
"""


def test_others_in_the_list_stay_and_taking_it_out_is_as_before(tmp_path: Path) -> None:
    (tmp_path / "publish.xml").write_bytes(OTHERS)
    (tmp_path / "authaddin.json").write_text("{}", encoding="utf-8")
    for _ in range(2):
        app.install_wps(tmp_path, machine=ThisMachine())
    root = etree.fromstring((tmp_path / "publish.xml").read_bytes())
    assert [one.get("name") for one in root if isinstance(one.tag, str)] == ["other", "third", "perfmon-xl"]
    assert b"<!-- kept -->" in etree.tostring(root)
    app.uninstall_wps(tmp_path, machine=ThisMachine())
    assert (tmp_path / "publish.xml").read_bytes() == OTHERS
    assert {path.name for path in tmp_path.iterdir()} == {"publish.xml", "authaddin.json"}
    assert (tmp_path / "authaddin.json").read_text(encoding="utf-8") == "{}"


def test_what_came_later_stays_when_it_is_taken_out(tmp_path: Path) -> None:
    (tmp_path / "publish.xml").write_bytes(OTHERS)
    app.install_wps(tmp_path, machine=ThisMachine())
    later = (
        (tmp_path / "publish.xml")
        .read_text(encoding="utf-8")
        .replace("</jsplugins>", '<jsplugin name="later"/></jsplugins>')
    )
    (tmp_path / "publish.xml").write_text(later, encoding="utf-8")
    app.uninstall_wps(tmp_path, machine=ThisMachine())
    root = etree.fromstring((tmp_path / "publish.xml").read_bytes())
    assert [one.get("name") for one in root if isinstance(one.tag, str)] == ["other", "third", "later"]


def test_nothing_is_left_where_nothing_was(tmp_path: Path) -> None:
    app.install_wps(tmp_path, machine=ThisMachine())
    assert app.uninstall_wps(tmp_path, machine=ThisMachine())
    assert list(tmp_path.iterdir()) == []
    assert app.uninstall_wps(tmp_path, machine=ThisMachine()) == []


def test_a_list_that_cannot_be_read_is_not_touched(tmp_path: Path) -> None:
    import pytest

    from perfmon_xl.domain.errors import UserError

    for broken in (b"<jsplugins>", b"<other/>", b"x", OTHERS[:-9]):
        (tmp_path / "publish.xml").write_bytes(broken)
        with pytest.raises(UserError, match="读不懂"):
            app.install_wps(tmp_path, machine=ThisMachine())
        assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"publish.xml": broken}


def test_the_folder_on_windows_and_the_python_without_a_window(tmp_path: Path) -> None:
    machine = MadeUp(root=tmp_path / "用户")
    at = app.install_wps(machine=machine)
    assert at.jsaddons.parts[-4:] == ("AppData", "kingsoft", "wps", "jsaddons")
    assert "python.exe" in (at.addin / "config.js").read_bytes().decode("ascii")
    machine.interpreter().with_name("pythonw.exe").write_bytes(b"")
    app.install_wps(machine=machine)
    assert "pythonw.exe" in (at.addin / "config.js").read_bytes().decode("ascii")


def states(at: Path, subject: str) -> list[str]:
    return [one.state.name for one in app.doctor_wps(at, machine=ThisMachine()) if one.subject == subject]


def test_the_doctor_says_what_is_missing(tmp_path: Path) -> None:
    assert states(tmp_path, "加载项") == states(tmp_path, "登记") == ["BAD"]
    at = app.install_wps(tmp_path, machine=ThisMachine())
    assert states(tmp_path, "加载项") == states(tmp_path, "登记") == ["GOOD"]
    (at.addin / "main.js").write_text("old", encoding="utf-8")
    assert states(tmp_path, "加载项") == ["BAD"]
    for told, state in (
        ('{"et":[{"name":"perfmon-xl","enable":false,"isload":false}]}', "BAD"),
        ('{"et":{"perfmon-xl":{"enable":true,"isload":false}}}', "CARE"),
        ('\ufeff{"et":[{"name":"perfmon-xl","enable":true,"isload":true}]}', "GOOD"),
        ('{"et":[{"name":"other","enable":true,"isload":true}]}', "UNKNOWN"),
        ("x", "UNKNOWN"),
    ):
        (tmp_path / "authaddin.json").write_text(told, encoding="utf-8")
        assert states(tmp_path, "WPS 的允许") == [state], told
    (tmp_path / "jsaddinblockhost.ini").write_text("", encoding="utf-8")
    assert states(tmp_path, "WPS 的拦截") == ["CARE"]
