"""The offline package: what is in it, the same bytes twice, .cmd files that cmd.exe can read, lines as Explorer writes them."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from perfmon_xl.app.bundling import _NEEDED, build_bundle
from perfmon_xl.domain.errors import UserError
from perfmon_xl.dropped import dropped_paths

TAG = "cp311-cp311-win_amd64"


def wheel(folder: Path, name: str, files: dict[str, bytes], tag: str = "py3-none-any") -> Path:
    path = folder / f"{name}-1.0-{tag}.whl"
    with zipfile.ZipFile(path, "w") as package:
        for inside, data in {f"{name}-1.0.dist-info/LICENSE": b"MIT", **files}.items():
            package.writestr(inside, data)
    return path


@pytest.fixture
def given(tmp_path: Path) -> tuple[Path, Path]:
    """一个小小的 Python 和全套小小的 wheel。"""
    python, wheels = tmp_path / "python", tmp_path / "wheels"
    python.mkdir()
    wheels.mkdir()
    for name in ("python.exe", "python311.dll", "python311.zip", "python311._pth"):
        (python / name).write_bytes(name.encode())
    for name in _NEEDED:
        wheel(wheels, name, {f"{name}/__init__.py": b""})
    wheel(wheels, "xlwings", {
        "xlwings/__init__.py": b"", "xlwings/pro/__init__.py": b"", "xlwings/quickstart.xlsm": b"",
        "xlwings-1.0.data/data/xlwings64-0.37.8.dll": b"MZ",
    }, TAG)  # fmt: skip
    (wheels / "xlwings-1.0-py3-none-any.whl").unlink()
    wheel(wheels, "pywin32", {
        "pywin32.pth": b"win32", "win32/win32api.pyd": b"MZ", "pywin32_system32/pythoncom311.dll": b"MZ",
        "pythonwin/x.py": b"", "PyWin32.chm": b"",
    }, TAG)  # fmt: skip
    (wheels / "pywin32-1.0-py3-none-any.whl").unlink()
    return python, wheels


def content(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name.removeprefix("绩效监控/"): package.read(name) for name in package.namelist()}


def test_what_a_person_sees_and_what_lies_below(given: tuple[Path, Path], tmp_path: Path) -> None:
    made = build_bundle(tmp_path / "包.zip", *given)
    found = content(made.path)
    assert {name for name in found if "/" not in name} == {
        "安装.cmd", "卸载.cmd", "把工作簿拖到这里.cmd", "使用说明.txt", "许可.txt", "版本.json",
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
    assert found["许可.txt"].decode("utf-8-sig").count("====") == 2 * len(_NEEDED)


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
    for name in ("安装.cmd", "卸载.cmd", "把工作簿拖到这里.cmd"):
        text = found[name].decode("gbk")
        assert text.startswith("@chcp 936 >nul & @echo off\r\n") and "\n" not in text.replace("\r\n", "")
        assert f"再双击解压出来的“{name}”" in text and text.count("%~dp0") == text.count(
            '"%~dp0'
        ) + text.count("：%~dp0")
    assert found["把工作簿拖到这里.cmd"].endswith(b"\r\nexit\r\n")


def test_without_the_dlls_it_says_so(given: tuple[Path, Path], tmp_path: Path) -> None:
    python, wheels = given
    (wheels / f"xlwings-1.0-{TAG}.whl").unlink()
    wheel(wheels, "xlwings", {"xlwings/__init__.py": b""})
    made = build_bundle(tmp_path / "包.zip", python, wheels)
    assert not made.warm and "现启动" in content(made.path)["使用说明.txt"].decode("gbk")


@pytest.mark.parametrize("missing", ["perfmon_xl", "lxml"])
def test_a_wheel_that_is_missing_is_named(given: tuple[Path, Path], tmp_path: Path, missing: str) -> None:
    python, wheels = given
    next(wheels.glob(f"{missing}-*")).unlink()
    with pytest.raises(UserError, match=missing):
        build_bundle(tmp_path / "包.zip", python, wheels)
    assert not (tmp_path / "包.zip").exists()


def test_wheels_of_another_processor_and_no_python_are_refused(
    given: tuple[Path, Path], tmp_path: Path
) -> None:
    python, wheels = given
    with pytest.raises(UserError, match="不是给 arm64 的"):
        build_bundle(tmp_path / "包.zip", python, wheels, "arm64")
    (python / "python.exe").unlink()
    with pytest.raises(UserError, match=r"没有 python\.exe"):
        build_bundle(tmp_path / "包.zip", python, wheels)


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
