"""The offline package: what is in it, the same bytes twice, .cmd files that cmd.exe can read, lines as Explorer writes them."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from perfmon_xl import __version__, cli, dropped
from perfmon_xl.app.bundle_parts import KNOWN_PYTHONS, PINNED, KnownPython
from perfmon_xl.app.bundling import build_bundle, read_python
from perfmon_xl.app.own_package import own_package
from perfmon_xl.commands.saying import DESK
from perfmon_xl.domain.errors import UserError
from perfmon_xl.dropped import command_for, dropped_paths
from perfmon_xl.system.resources import folder as resources

TAG = "cp311-cp311-win_amd64"
VERSION = "ProductVersion".encode("utf-16-le") + b"\0\0" + "3.11.9".encode("utf-16-le") + b"\0\0"


def wheel(folder: Path, name: str, files: dict[str, bytes], tag: str = "py3-none-any") -> Path:
    own = name.replace("-", "_")
    path = folder / f"{own}-{PINNED.get(name, '1.0')}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as package:
        for inside, data in {f"{own}-1.0.dist-info/LICENSE": b"MIT", **files}.items():
            package.writestr(inside, data)
    return path


def program(machine: int = 0x8664) -> bytes:
    """Windows 程序的头：别的什么也没有。"""
    return b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<H", machine)


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """小小的 Python 不在登记里。"""
    monkeypatch.delitem(KNOWN_PYTHONS, ("3.11.9", "amd64"))


@pytest.fixture
def given(tmp_path: Path) -> tuple[Path, Path]:
    """一个小小的 Python 和全套小小的 wheel。"""
    python, wheels = tmp_path / "python", tmp_path / "wheels"
    python.mkdir()
    wheels.mkdir()
    content = {
        "python.exe": program(),
        "python311.dll": VERSION,
        "python311.zip": b"zip",
        "python311._pth": b".",
    }
    for name, data in content.items():
        (python / name).write_bytes(data)
    for name in PINNED:
        if name not in ("xlwings", "pywin32"):
            wheel(wheels, name, {f"{name}/__init__.py": b""})
    wheel(wheels, "xlwings", {
        "xlwings/__init__.py": b"", "xlwings/pro/__init__.py": b"", "xlwings/quickstart.xlsm": b"",
        "xlwings-1.0.data/data/xlwings64-0.37.8.dll": b"MZ",
    }, TAG)  # fmt: skip
    wheel(wheels, "pywin32", {
        "pywin32.pth": b"win32", "win32/win32api.pyd": b"MZ", "pywin32_system32/pythoncom311.dll": b"MZ",
        "pythonwin/x.py": b"", "PyWin32.chm": b"",
    }, TAG)  # fmt: skip
    return python, wheels


def content(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name.removeprefix("绩效监控/"): package.read(name) for name in package.namelist()}


def test_what_a_person_sees_and_what_lies_below(given: tuple[Path, Path], tmp_path: Path) -> None:
    made = build_bundle(tmp_path / "包.zip", *given)
    found = content(made.path)
    assert {name for name in found if "/" not in name} == {
        "安装.cmd", "卸载.cmd", "把工作簿拖到这里.cmd", "打开页面.cmd", "使用说明.txt", "插件使用说明.txt", "WPS使用说明.txt", "安装图解.svg", "许可.txt", "版本.json",
    }  # fmt: skip
    assert made.warm and "python/xlwings64-0.37.8.dll" in found and "python/pythoncom311.dll" in found
    assert found["python/python311._pth"].splitlines()[:3] == [b"python311.zip", b".", rb"Lib\site-packages"]
    assert not [
        n
        for n in found
        if n.endswith((".pth", ".chm", ".pyc")) or "/pro/" in n or "pythonwin" in n or "quickstart" in n
    ]
    listed = json.loads(found["版本.json"])["files"]
    assert listed == {n: hashlib.sha256(d).hexdigest() for n, d in found.items() if n != "版本.json"}
    assert found["许可.txt"].decode("utf-8-sig").count("====") == 2 * (
        len(PINNED) + 2
    )  # ours, and that of xlwings in the add-in


def test_the_same_inputs_give_the_same_bytes(given: tuple[Path, Path], tmp_path: Path) -> None:
    python, wheels = given
    packed = tmp_path / "python-3.11.9-embed-amd64.zip"
    with zipfile.ZipFile(packed, "w") as package:
        for path in python.iterdir():
            package.write(path, path.name)
    first, second = (build_bundle(tmp_path / f"{n}.zip", p, wheels) for n, p in ((1, python), (2, packed)))
    assert first.path.read_bytes() == second.path.read_bytes()


def test_cmd_files_are_gbk_with_both_line_ends_and_say_to_unpack_first(
    given: tuple[Path, Path], tmp_path: Path
) -> None:
    found = content(build_bundle(tmp_path / "包.zip", *given).path)
    for name in ("安装.cmd", "卸载.cmd", "把工作簿拖到这里.cmd", "打开页面.cmd"):
        text = found[name].decode("gbk")
        assert text.startswith("@chcp 936 >nul & @echo off\r\n") and "\n" not in text.replace("\r\n", "")
        assert f"再双击解压出来的“{name}”" in text and text.count("%~dp0") == text.count('"%~dp0')
    assert found["把工作簿拖到这里.cmd"].endswith(b"\r\nexit !code!\r\n")
    for name in ("安装.cmd", "卸载.cmd"):  # `pause` would change it
        lines = found[name].decode("gbk").splitlines()
        assert lines[-4] == "set code=%errorlevel%" and lines[-1] == "exit /b %code%"


def test_the_drawing_shows_what_is_there(given: tuple[Path, Path], tmp_path: Path) -> None:
    """图里的文件名、按钮，同安装包和选项卡的一样。"""
    found = content(build_bundle(tmp_path / "包.zip", *given).path)
    drawn = etree.fromstring(found["安装图解.svg"])
    texts = {element.text for element in drawn.iter("{*}text")}
    files = {text for text in texts if text.endswith((".cmd", ".txt"))}
    assert files == {name for name in found if name.endswith(".cmd")} | {"使用说明.txt"}
    ribbon = etree.parse(resources("addin") / "customUI14.xml")
    assert {element.get("label") for element in ribbon.iter("{*}button", "{*}group", "{*}tab")} <= texts


def test_without_the_dlls_it_says_so(given: tuple[Path, Path], tmp_path: Path) -> None:
    python, wheels = given
    next(wheels.glob("xlwings-*")).unlink()
    wheel(wheels, "xlwings", {"xlwings/__init__.py": b""})
    made = build_bundle(tmp_path / "包.zip", python, wheels)
    assert not made.warm and "现启动" in content(made.path)["使用说明.txt"].decode("gbk")
    assert "没有在这样的电脑上试过" not in content(made.path)["使用说明.txt"].decode("gbk")
    assert json.loads(content(made.path)["版本.json"])["tried"] is True


@pytest.mark.parametrize("missing", ["starlette", "lxml"])
def test_a_wheel_that_is_missing_is_named(given: tuple[Path, Path], tmp_path: Path, missing: str) -> None:
    python, wheels = given
    next(wheels.glob(f"{missing}-*")).unlink()
    with pytest.raises(UserError, match=missing):
        build_bundle(tmp_path / "包.zip", python, wheels)
    assert not (tmp_path / "包.zip").exists()


def test_a_wheel_of_another_version_or_another_python_is_refused(
    given: tuple[Path, Path], tmp_path: Path
) -> None:
    python, wheels = given
    lxml = next(wheels.glob("lxml-*"))
    other = lxml.rename(wheels / "lxml-6.0-py3-none-any.whl")
    with pytest.raises(UserError, match=r"lxml 6\.0（要 6"):
        build_bundle(tmp_path / "包.zip", python, wheels)
    other.rename(wheels / f"lxml-{PINNED['lxml']}-cp312-cp312-win_amd64.whl")
    with pytest.raises(UserError, match=r"不是给 Python 3\.11\.9 的"):
        build_bundle(tmp_path / "包.zip", python, wheels)


def test_the_program_is_the_one_that_runs(given: tuple[Path, Path], tmp_path: Path) -> None:
    found = content(build_bundle(tmp_path / "包.zip", *given).path)
    site = "python/Lib/site-packages/"
    for name in (
        "perfmon_xl/dropped.py",
        "perfmon_xl/service/page/page.js",
        "perfmon_xl/_data/addin/perfmon_xl.xlam",
        "perfmon_xl/_data/addin/README.md",  # a package can be made with what a package installed
        "perfmon_xl/_data/addin/wps/README.md",
        "perfmon_xl/_data/addin/install.svg",
    ):
        assert found[site + name] == (own_package()[name])
    guide = (resources("addin") / "README.md").read_text(encoding="utf-8")
    assert found["插件使用说明.txt"].decode("utf-8-sig") == guide.replace("\n", "\r\n")
    wps = found["WPS使用说明.txt"].decode("utf-8-sig")
    assert wps.startswith("# WPS 加载项") and "开发者" not in wps
    assert f"{site}perfmon_xl-{__version__}.dist-info/METADATA" in found
    assert not [
        n
        for n in found
        if "/perfmon_xl/" in n
        and ((n.endswith(".md") and "_data" in n and "_data/addin/" not in n) or "__pycache__" in n)
    ]


def test_without_wheels_the_pinned_ones_are_fetched(given: tuple[Path, Path], tmp_path: Path) -> None:
    python, wheels = given
    asked: list[tuple[str, str]] = []

    def fetch(version: str, arch: str, into: Path) -> None:
        asked.append((version, arch))
        for path in wheels.iterdir():
            shutil.copy(path, into)

    first = build_bundle(tmp_path / "一.zip", python, fetch=fetch)
    second = build_bundle(tmp_path / "二.zip", python, wheels)
    assert asked == [("3.11", "amd64")] and first.path.read_bytes() == second.path.read_bytes()


@pytest.mark.parametrize(("arch", "machine"), [("win32", 0x014C), ("arm64", 0xAA64)])
def test_the_other_processors_are_built_from_their_own_python_and_wheels(
    given: tuple[Path, Path], tmp_path: Path, arch: str, machine: int
) -> None:
    python, wheels = given
    with pytest.raises(UserError, match=f"是给 amd64 的，不是 {arch}"):
        build_bundle(tmp_path / "包.zip", python, wheels, arch)
    (python / "python.exe").write_bytes(program(machine))
    with pytest.raises(UserError, match=f"不是给 {arch} 的"):
        build_bundle(tmp_path / "包.zip", python, wheels, arch)
    tag = {"win32": "win32", "arm64": "win_arm64"}[arch]
    for path in list(wheels.glob("*-win_amd64.whl")):
        path.rename(wheels / path.name.replace("win_amd64", tag))
    made = build_bundle(tmp_path / "包.zip", python, wheels, arch)
    listing = json.loads(content(made.path)["版本.json"])
    assert (listing["arch"], listing["tried"]) == (arch, False)
    assert f"这一份（{arch}）没有在这样的电脑上试过" in content(made.path)["使用说明.txt"].decode("gbk")


def test_a_python_that_is_known_is_held_against_what_is_known(
    given: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python, wheels = given
    files = read_python(python)
    programs = digest_of({n: d for n, d in files.items() if n.endswith((".exe", ".dll"))})
    whole = digest_of({n: d for n, d in files.items() if not n.endswith("._pth")})
    monkeypatch.setitem(KNOWN_PYTHONS, ("3.11.9", "amd64"), KnownPython(programs, whole))
    assert build_bundle(tmp_path / "一.zip", python, wheels).checked
    (python / "python311.zip").write_bytes(b"another library")
    made = build_bundle(tmp_path / "二.zip", python, wheels)
    assert not made.checked and made.python_hash != whole
    (python / "python311.dll").write_bytes(VERSION + b"changed")
    with pytest.raises(UserError, match=r"同 python\.org 的不一样"):
        build_bundle(tmp_path / "三.zip", python, wheels)


def digest_of(files: dict[str, bytes]) -> str:
    lines = "".join(f"{name} {hashlib.sha256(data).hexdigest()}\n" for name, data in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def test_what_is_no_python_of_windows_is_refused(given: tuple[Path, Path], tmp_path: Path) -> None:
    python, wheels = given
    (python / "python.exe").write_bytes(b"#!/bin/sh")
    with pytest.raises(UserError, match="别的处理器"):
        build_bundle(tmp_path / "包.zip", python, wheels)
    (python / "python.exe").unlink()
    with pytest.raises(UserError, match=r"没有 python\.exe"):
        build_bundle(tmp_path / "包.zip", python, wheels)


def test_the_versions_are_those_the_tests_run_with() -> None:
    lines = (Path(__file__).parents[2] / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    tested = {n.lower().replace("_", "-"): v for n, _, v in (line.partition("==") for line in lines) if v}
    assert {n: v for n, v in PINNED.items() if tested.get(n, v) != v} == {}
    assert set(PINNED) - set(tested) == {"colorama", "pywin32"}  # only Windows needs them


HERE = r"C:\绩效 监控\把工作簿拖到这里.cmd"


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        (rf'cmd /c ""{HERE}" C:\甲.xlsx"', [r"C:\甲.xlsx"]),
        (rf'C:\Windows\system32\cmd.exe /c ""{HERE}" "C:\甲 乙.xlsx""', [r"C:\甲 乙.xlsx"]),
        (rf'cmd /c ""{HERE}" C:\丁&戊.xlsx"', [r"C:\丁&戊.xlsx"]),
        (rf'cmd /c ""{HERE}" "C:\甲 乙&丙.xlsx" D:\丁&戊.xlsx \\服务器\共享\己.xlsx"', [r"C:\甲 乙&丙.xlsx", r"D:\丁&戊.xlsx", r"\\服务器\共享\己.xlsx"]),
        (rf'cmd /c ""{HERE}" C:\100%^(1)!.xlsx"', [r"C:\100%^(1)!.xlsx"]),
        (rf'cmd /c ""{HERE}" C:\没有引号 的.xlsx"', [r"C:\没有引号 的.xlsx"]),
        (rf'cmd /c ""{HERE}" "', []),
        ("", []),
    ],
)  # fmt: skip
def test_lines_as_explorer_writes_them(line: str, paths: list[str]) -> None:
    assert dropped_paths(line, lambda path: path in paths) == paths


def test_a_folder_that_is_dropped_is_done_as_a_whole(tmp_path: Path) -> None:
    assert command_for(tmp_path / "甲.xlsx") == ["do", str(tmp_path / "甲.xlsx"), "--open"]
    assert command_for(tmp_path) == ["batch", str(tmp_path), "-o", f"{tmp_path}-监控结果"]


def test_what_the_icons_say_names_no_command(
    demo_book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """同样的三个文件：在命令行里说命令，在图标前不说。"""
    monkeypatch.setenv(DESK, "")
    monkeypatch.setattr("perfmon_xl.commands.do.open_made", lambda path: None)
    foreign = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(foreign)
    typed = re.compile("perfmon-xl [a-z]|--[a-z]{2,}|(?<![\\w-])-o\\b")
    said = []
    for run in (lambda path: cli.main(["do", path]), lambda path: dropped.main([path])):
        for path in (demo_book, foreign, tmp_path / "没有的.xlsx"):
            run(str(path))
        heard = capsys.readouterr()
        said.append(heard.out + heard.err)
        monkeypatch.setenv(DESK, "1")
    assert typed.search(said[0]) and "拖到图标上一次" in said[1]
    assert not typed.findall(said[1])
