"""The doctor on made-up machines: a healthy one is told so, each fault is named with what to do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from support.made_up_windows import EXCEL, OFFICE, POLICY, SECURITY, MadeUp

from perfmon_xl import app
from perfmon_xl.app import CheckState, Diagnosis
from perfmon_xl.app.installing import remember_cold
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.message import Reader, worded

ASR = r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
DISABLED = r"Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"
XLSX = r"Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsx\UserChoice"


def diagnosed(machine: MadeUp, *, install: bool = True) -> dict[str, Diagnosis]:
    if install:
        app.install_addin(machine=machine)
    return {one.subject: one for one in app.doctor(machine=machine)}


def test_a_healthy_machine(tmp_path: Path) -> None:
    found = diagnosed(MadeUp(root=tmp_path))
    assert {s: d.fact for s, d in found.items() if d.state is not CheckState.GOOD} == {}
    assert {
        "Python",
        "xlwings",
        "插件",
        "设置文件",
        "常驻 Python",
        "Excel",
        "Excel 的位数",
        "宏的信任",
        "OneDrive",
    } <= set(found)


def machine_with(
    root: Path, registry: dict[tuple[str, str], dict[str, str | int | bytes]], **more: Any
) -> MadeUp:
    made = MadeUp(root=root, **more)
    made.registry |= registry
    return made


@pytest.mark.parametrize(
    ("registry", "more", "subject", "state", "says"),
    [
        ({}, {"packages": {"perfmon-xl": "0.1.0", "pywin32": "306"}}, "xlwings", CheckState.BAD, "pip install"),
        ({}, {"packages": {"xlwings": "0.37.9", "pywin32": "306"}}, "xlwings", CheckState.BAD, "0.37.9"),
        ({}, {"packages": {"xlwings": "0.37.8"}}, "pywin32", CheckState.BAD, "pip install pywin32"),
        ({}, {"warm": "Could not create Python process."}, "常驻 Python", CheckState.BAD, "没有起来：Could not create Python process"),
        ({}, {}, "常驻 Python", CheckState.GOOD, "试过了"),
        ({}, {"dll": False}, "常驻 Python", CheckState.CARE, "没有开"),
        ({("HKLM", EXCEL): {}}, {}, "Excel", CheckState.BAD, "没有找到 Excel"),
        ({("HKLM", EXCEL): {"": r"C:\Program Files\WindowsApps\EXCEL.EXE"}}, {}, "Excel", CheckState.BAD, "Microsoft Store"),
        ({("HKLM", OFFICE): {"Platform": "x86"}}, {}, "Excel 的位数", CheckState.CARE, "32 位"),
        ({("HKLM", OFFICE): {}}, {}, "Excel 的位数", CheckState.UNKNOWN, "查不到"),
        ({("HKCU", SECURITY): {"VBAWarnings": 4}}, {}, "宏的信任", CheckState.CARE, "README"),
        ({("HKCU", POLICY): {"RequireAddinSig": 1}}, {}, "宏的信任", CheckState.BAD, "管理员"),
        ({("HKCU", SECURITY + r"\Trusted Locations"): {"AllLocationsDisabled": 1}}, {}, "宏的信任", CheckState.BAD, "受信任位置"),
        ({("HKCU", r"Software\Policies\Microsoft\Office\16.0\Common"): {"VBAOff": 1}}, {}, "宏", CheckState.BAD, "管理员"),
        ({("HKLM", POLICY): {"DisableAllAddins": 1}}, {}, "加载项", CheckState.BAD, "管理员"),
        ({("HKCU", SECURITY): {"DisableAllAddins": 1}}, {}, "加载项", CheckState.BAD, "停用了全部加载项"),
        ({("HKLM", ASR): {"D4F940AB-401B-4EFC-AADC-AD5F3C50688A": "1"}}, {}, "Defender", CheckState.BAD, "启动不了 Python"),
        ({("HKLM", ASR): {"92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b": 6}}, {}, "Defender", CheckState.CARE, "不许宏"),
        ({("HKLM", ASR): {"d4f940ab-401b-4efc-aadc-ad5f3c50688a": "2"}}, {}, "拦截", CheckState.GOOD, "没有看到"),
        ({("HKCU", DISABLED): {"1": "x\\XLSTART\\perfmon_xl.xlam".encode("utf-16-le")}}, {}, "禁用项目", CheckState.BAD, "启用"),
        ({("HKCU", DISABLED): {"1": "x\\other.xlam".encode("utf-16-le")}}, {}, "拦截", CheckState.GOOD, "没有看到"),
        ({("HKCU", XLSX): {"ProgId": "ET.Xlsx.6"}}, {}, ".xlsx 的打开方式", CheckState.CARE, "WPS"),
        ({}, {"python_at": "WindowsApps/python.exe"}, "Python", CheckState.BAD, "Microsoft Store"),
        ({}, {"variables": {"OneDrive": "ROOT"}}, "OneDrive", CheckState.BAD, "本机文件夹"),
        ({}, {"variables": {"OneDrive": r"D:\OneDrive"}}, "OneDrive", CheckState.CARE, "网址"),
        ({}, {"soffice": None}, "PDF", CheckState.CARE, "转不了 PDF"),
        ({}, {"font_names": frozenset({"SimHei (TrueType)"})}, "字体", CheckState.CARE, "仿宋_GB2312、楷体_GB2312、方正小标宋简体"),
        ({}, {"font_names": None}, "字体", CheckState.UNKNOWN, "查不了"),
        ({}, {"python_at": "程序/Scripts/python.exe"}, "Python 的路径", CheckState.CARE, "中文"),
        ({}, {"python_at": "a b/Scripts/python.exe"}, "Python 的路径", CheckState.GOOD, "空格"),
        ({}, {"python_at": "50%/Scripts/python.exe"}, "Python 的路径", CheckState.BAD, "%"),
        ({}, {"python_at": "Ж한/python.exe", "short": "X~1/python.exe"}, "Python 的路径", CheckState.CARE, "短路径"),
        ({}, {"python_at": "/".join(["d" * 200] * 9) + "/python.exe"}, "Python 的路径", CheckState.BAD, "太长"),
    ],
)  # fmt: skip
def test_a_fault_is_named(
    registry: dict[tuple[str, str], dict[str, str | int | bytes]], more: dict[str, Any], subject: str, state: CheckState, says: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    if more.get("variables", {}).get("OneDrive") == "ROOT":
        more = {"variables": {"OneDrive": str(tmp_path).replace("/", "\\")}}
    one = diagnosed(machine_with(tmp_path, registry, **more), install=subject != "Python")[subject]
    assert one.state is state and says in one.as_text(Reader.COMMAND_LINE), one.as_text(Reader.COMMAND_LINE)
    assert one.remedy or state in (CheckState.GOOD, CheckState.CARE)


def test_the_versions_of_the_package_are_named_and_how_to_go_back(tmp_path: Path) -> None:
    home = tmp_path / "perfmon-xl"
    machine = MadeUp(
        root=tmp_path, variables={"LOCALAPPDATA": str(tmp_path)},
        python_at="perfmon-xl/0.2.0-12345678/python/python.exe",
    )  # fmt: skip
    (home / "0.1.0-abcdef01").mkdir()
    (home / "别的").mkdir()
    said = diagnosed(machine)["安装包的版本"].fact
    assert said.startswith("用的是 0.2.0-12345678；还留着 0.1.0-abcdef01，") and "别的" not in said
    assert "安装包的版本" not in diagnosed(MadeUp(root=tmp_path / "另一台"))


def test_before_installing_and_after_python_moved(tmp_path: Path) -> None:
    machine = MadeUp(root=tmp_path)
    found = diagnosed(machine, install=False)
    assert found["插件"].state is CheckState.BAD and "addin install" in worded(
        found["插件"].remedy, Reader.COMMAND_LINE
    )
    app.install_addin(machine=machine)
    other = MadeUp(root=tmp_path, python_at="other/Scripts/python.exe")
    assert "另一个 Python" in diagnosed(other, install=False)["设置文件"].fact
    machine.interpreter().unlink()
    assert "不在了" in diagnosed(machine, install=False)["设置文件"].fact


def test_an_addin_of_another_version_is_named(tmp_path: Path) -> None:
    machine = MadeUp(root=tmp_path)
    assert diagnosed(machine)["插件"].state is CheckState.GOOD
    next(tmp_path.rglob("perfmon_xl.xlam")).write_bytes(b"an older one")
    one = diagnosed(machine, install=False)["插件"]
    assert one.state is CheckState.CARE and "不是同一版" in one.fact and one.remedy


def test_who_has_wps_alone_is_not_told_to_install_excel(tmp_path: Path) -> None:
    nothing: dict[tuple[str, str], dict[str, str | int | bytes]] = {("HKLM", EXCEL): {}}
    assert diagnosed(machine_with(tmp_path, nothing))["Excel"].state is CheckState.BAD
    (tmp_path / "AppData" / "kingsoft" / "wps").mkdir(parents=True)
    one = diagnosed(machine_with(tmp_path, nothing))["Excel"]
    assert one.state is CheckState.CARE and "用 WPS 的不用管" in one.as_text()


def test_who_double_clicked_the_package_is_told_nothing_to_type(tmp_path: Path) -> None:
    """每一行的“怎么办”，双击“安装.cmd”的人都做得到。"""
    bare = MadeUp(root=tmp_path, packages={}, registry={}, dll=False, soffice=None, font_names=frozenset())
    told = [one.as_text(Reader.DESK) for one in app.doctor(machine=bare)]
    assert any("安装.cmd" in line for line in told)
    assert not [line for line in told if re.search("perfmon-xl |pip |python -m|命令行", line)]


def test_every_fault_has_a_remedy(tmp_path: Path) -> None:
    bare = MadeUp(root=tmp_path, packages={}, registry={}, dll=False, soffice=None, font_names=frozenset())
    found = app.doctor(machine=bare)
    assert [one.subject for one in found if one.state is CheckState.BAD and not one.remedy] == []
    assert all("怎么办" in one.as_text(Reader.COMMAND_LINE) for one in found if one.state is CheckState.BAD)


def test_a_mark_of_the_web_and_a_share_are_named(tmp_path: Path) -> None:
    machine = MadeUp(root=tmp_path)
    app.install_addin(machine=machine)
    mark = next(tmp_path.rglob("perfmon_xl.xlam"))
    mark.with_name(mark.name + ":Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n", encoding="ascii")
    assert diagnosed(machine, install=False)["插件的来源"].state is CheckState.BAD
    share = MadeUp(root=tmp_path, variables={"APPDATA": r"\\server\home\AppData"})
    assert diagnosed(share, install=False)["启动文件夹"].state is CheckState.CARE


def test_python_of_the_store_is_refused_and_so_is_an_environment_made_from_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Microsoft Store"):
        app.install_addin(machine=MadeUp(root=tmp_path, python_at="WindowsApps/python.exe"))
    machine = MadeUp(root=tmp_path)
    config = machine.interpreter().parent.parent / "pyvenv.cfg"
    config.write_text(
        r"home = C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12" + "\n", encoding="utf-8"
    )
    with pytest.raises(UserError, match="Microsoft Store"):
        app.install_addin(machine=machine)
    assert not list(tmp_path.rglob("perfmon_xl.*"))
    config.write_text("home = C:\\Python312\nprompt = WindowsApps\n", encoding="utf-8")
    app.install_addin(machine=machine)


def test_a_warm_process_that_did_not_start_is_remembered_until_the_next_install(tmp_path: Path) -> None:
    machine = MadeUp(root=tmp_path)
    app.install_addin(machine=machine)
    assert diagnosed(machine, install=False)["常驻 Python"].state is CheckState.GOOD
    remember_cold(machine)
    assert "上次没有起来" in diagnosed(machine, install=False)["常驻 Python"].fact
    assert diagnosed(machine)["常驻 Python"].state is CheckState.GOOD
