"""The unpacked package: copied to the person's own folder, version beside version, and taken away without a trace."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from support.made_up_windows import MadeUp

from perfmon_xl.app.bundle_setup import own_home, put_in_place, take_away, versions
from perfmon_xl.app.wps_addin import has_wps
from perfmon_xl.domain.errors import UserError


def unpacked(folder: Path, version: str, content: str = "print(1)") -> Path:
    """一个解压了的安装包。"""
    files = {"python/python.exe": b"MZ", "python/Lib/a.py": content.encode(), "卸载.cmd": b"@"}
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    listed = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    (folder / "版本.json").write_text(json.dumps({"version": version, "files": listed}), encoding="utf-8")
    return folder


def a_link(path: Path, program: Path, arguments: str, comment: str) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{program} {arguments}", encoding="utf-8")
    return True


@pytest.fixture
def machine(tmp_path: Path) -> MadeUp:
    root = tmp_path / "张 三"
    (root / "Desktop").mkdir(parents=True)
    return MadeUp(root=root, variables={"LOCALAPPDATA": str(root / "Local")})


def everything(root: Path) -> set[str]:
    return {
        p.relative_to(root).as_posix() for p in root.rglob("*") if "Start Menu" not in str(p) or p.is_file()
    }


def test_it_is_copied_with_its_shortcuts_and_goes_without_a_trace(machine: MadeUp, tmp_path: Path) -> None:
    here = unpacked(tmp_path / "U盘" / "绩效监控", "0.2.0")
    before = everything(machine.root)
    put = put_in_place(here, machine=machine, shortcut=a_link)
    assert put.folder.parent == machine.root / "Local" / "perfmon-xl" and put.folder.name.startswith("0.2.0-")
    assert put.interpreter.read_bytes() == b"MZ" and (put.folder / "版本.json").exists()
    assert {p.stem for p in put.shortcuts} == {
        "绩效监控（把工作簿拖到这里）",
        "绩效监控（网页）",
        "卸载绩效监控",
    }
    drop = machine.root / "Desktop" / "绩效监控（把工作簿拖到这里）.lnk"
    assert drop.read_text(encoding="utf-8") == f"{put.interpreter} -m perfmon_xl.dropped --wait"
    gone, left = take_away(here, machine=machine)
    assert put.folder in gone and left == [here]
    assert everything(machine.root) - before <= {
        "Local",
        "AppData",
        "AppData/Microsoft",
        "AppData/Microsoft/Windows",
    }


def test_versions_stand_side_by_side_and_the_two_newest_stay(machine: MadeUp, tmp_path: Path) -> None:
    for number, version in enumerate(("0.1.0", "0.2.0", "0.3.0")):
        put = put_in_place(unpacked(tmp_path / version, version), machine=machine, shortcut=a_link)
        os.utime(put.folder, (number, number))
        assert put.folder.name.startswith(version)
    assert [name.partition("-")[0] for name in versions(machine)] == ["0.2.0", "0.3.0"]
    # back: the older one's own 安装.cmd, from where it was put
    older = own_home(machine) / versions(machine)[0]
    assert put_in_place(older, machine=machine, shortcut=a_link).folder == older
    link = machine.root / "Desktop" / "绩效监控（把工作簿拖到这里）.lnk"
    assert str(older) in link.read_text(encoding="utf-8") and len(versions(machine)) == 2


def test_the_same_version_built_anew_is_another_and_the_same_is_not_copied_twice(
    machine: MadeUp, tmp_path: Path
) -> None:
    first = put_in_place(unpacked(tmp_path / "甲", "0.2.0"), machine=machine, shortcut=a_link)
    (first.folder / "python" / "mine.txt").write_text("x", encoding="utf-8")
    again = put_in_place(tmp_path / "甲", machine=machine, shortcut=a_link)
    assert again.folder == first.folder and (first.folder / "python" / "mine.txt").exists()
    other = put_in_place(unpacked(tmp_path / "乙", "0.2.0", "print(2)"), machine=machine, shortcut=a_link)
    assert other.folder != first.folder and first.folder.exists()


@pytest.mark.parametrize("fault", ["changed", "missing", "no list", "a list of other folders"])
def test_a_package_that_is_not_whole_is_refused_and_the_older_one_stays(
    machine: MadeUp, tmp_path: Path, fault: str
) -> None:
    old = put_in_place(unpacked(tmp_path / "旧", "0.1.0"), machine=machine, shortcut=a_link).folder
    new = unpacked(tmp_path / "新", "0.2.0")
    if fault == "changed":
        (new / "python" / "python.exe").write_bytes(b"MZ virus")
    elif fault == "missing":
        (new / "python" / "Lib" / "a.py").unlink()
    elif fault == "no list":
        (new / "版本.json").unlink()
    else:
        (new / "版本.json").write_text('{"version": "1", "files": {"../../a": "0"}}', encoding="utf-8")
    with pytest.raises(UserError, match="没有安装"):
        put_in_place(new, machine=machine, shortcut=a_link)
    assert [p.name for p in own_home(machine).iterdir()] == [old.name]


def test_half_an_installation_is_none(machine: MadeUp, tmp_path: Path) -> None:
    here = unpacked(tmp_path / "新", "0.2.0")
    put = put_in_place(here, machine=machine, shortcut=a_link)
    (put.folder / "版本.json").unlink()  # the list is written last
    (put.folder / "python" / "python.exe").unlink()
    assert put_in_place(here, machine=machine, shortcut=a_link).interpreter.exists()


def test_shortcuts_that_are_forbidden_are_told_and_no_obstacle(machine: MadeUp, tmp_path: Path) -> None:
    put = put_in_place(unpacked(tmp_path / "新", "0.2.0"), machine=machine, shortcut=lambda *_: False)
    assert put.interpreter.exists() and put.shortcuts == () and "快捷方式没有放成" in put.notes[0]


def test_a_folder_that_the_addin_cannot_read_is_not_used(tmp_path: Path) -> None:
    variables = {"LOCALAPPDATA": "C:/Users/张三/AppData/Local", "PUBLIC": "C:/Users/Public"}
    chinese, english = (
        MadeUp(root=tmp_path, codec=codec, variables=variables) for codec in ("cp936", "cp1252")
    )
    assert own_home(chinese) == Path("C:/Users/张三/AppData/Local/perfmon-xl")
    assert own_home(english) == Path("C:/Users/Public/perfmon-xl")


def test_wps_is_seen_by_its_own_folder(machine: MadeUp) -> None:
    assert not has_wps(machine)
    (Path(machine.environment("APPDATA")) / "kingsoft" / "wps").mkdir(parents=True)
    assert has_wps(machine)
