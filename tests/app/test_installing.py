"""Installing on a made-up Windows, with real folders: nothing lost, nothing left."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest
from support.made_up_windows import MadeUp

from perfmon_xl import app, cli
from perfmon_xl.app.installing import places, settings_of, settings_text
from perfmon_xl.domain.errors import UserError


def files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.fixture
def machine(tmp_path: Path) -> MadeUp:
    return MadeUp(root=tmp_path / "用户 张三")


def test_install_and_uninstall_leave_nothing(machine: MadeUp) -> None:
    before = files(machine.root)
    done = app.install_addin(machine=machine)
    start = machine.root / "AppData" / "Microsoft" / "Excel" / "XLSTART"
    assert (
        done.places.addin == start / "perfmon_xl.xlam" and done.places.addin.read_bytes() == app.addin_bytes()
    )
    # What VBA reads: the code page of this Windows, quoted, an absolute path with blanks and Chinese.
    text = (machine.root / ".perfmon_xl" / "perfmon_xl.conf").read_bytes().decode("cp936")
    assert text == f'"INTERPRETER_WIN","{machine.interpreter()}"\r\n"USE UDF SERVER","true"\r\n'
    assert [p.name for p in start.iterdir()] == ["perfmon_xl.xlam"], "Excel opens whatever lies in XLSTART"
    app.uninstall_addin(machine=machine)
    assert files(machine.root) == before and not (machine.root / ".perfmon_xl").exists()
    assert app.uninstall_addin(machine=machine) == []


def test_what_was_there_before_comes_back(machine: MadeUp) -> None:
    at = places(machine)
    for path, content in ((at.addin, b"someone else's"), (at.config, b'"SHOW CONSOLE","true"\r\n')):
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    before = files(machine.root)
    done = app.install_addin(machine=machine)
    assert sorted(p.read_bytes() for p in done.backups) == sorted(
        before[str(p.relative_to(machine.root))] for p in (at.addin, at.config)
    )
    assert settings_of(at.config, "cp936")["SHOW CONSOLE"] == "true"
    app.install_addin(machine=machine)
    app.uninstall_addin(machine=machine)
    assert files(machine.root) == before


def test_updating_keeps_the_persons_settings_and_the_older_addin(machine: MadeUp) -> None:
    at = app.install_addin(machine=machine).places
    at.config.write_bytes(
        settings_text({"INTERPRETER_WIN": "old", "USE UDF SERVER": "false", "TEMP DIR": "D:\\t"}).encode()
    )
    at.addin.write_bytes(b"an older version")
    again = app.install_addin(machine=machine)
    assert settings_of(at.config, "cp936") == {
        "INTERPRETER_WIN": str(machine.interpreter()),
        "USE UDF SERVER": "false",
        "TEMP DIR": "D:\\t",
    }
    assert [p.name for p in again.backups] == ["perfmon_xl.xlam.previous", "perfmon_xl.conf.previous"]
    assert again.backups[0].read_bytes() == b"an older version"
    app.uninstall_addin(machine=machine)
    assert not at.settings.exists() and not at.addin.exists()


def test_without_the_dll_the_buttons_work_cold(tmp_path: Path) -> None:
    machine = MadeUp(root=tmp_path, dll=False)
    done = app.install_addin(machine=machine)
    assert not done.warm and settings_of(done.places.config, "cp936")["USE UDF SERVER"] == "false"


def test_a_path_outside_the_code_page_becomes_short_or_is_refused(tmp_path: Path) -> None:
    name = "Ж-한글/Scripts/python.exe"
    done = app.install_addin(machine=MadeUp(root=tmp_path, python_at=name, short="7C4E~1/python.exe"))
    assert done.interpreter == tmp_path / "7C4E~1/python.exe"
    app.uninstall_addin(machine=MadeUp(root=tmp_path, python_at=name))
    before = files(tmp_path)
    with pytest.raises(UserError, match="cp936"):
        app.install_addin(machine=MadeUp(root=tmp_path, python_at=name))
    assert files(tmp_path) == before


def test_an_addin_that_excel_has_open_is_not_touched(machine: MadeUp) -> None:
    at = app.install_addin(machine=machine).places
    at.addin.write_bytes(b"older")
    at.addin.with_name("~$perfmon_xl.xlam").write_bytes(b"")
    before = files(machine.root)
    with pytest.raises(UserError, match="Excel 正开着"):
        app.install_addin(machine=machine)
    assert files(machine.root) == before


def test_elsewhere_than_windows_it_is_said_politely(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    if sys.platform == "win32":
        pytest.skip("只在别的系统上")
    for action in ("install", "uninstall", "doctor"):
        assert cli.main(["addin", action]) == 2
        assert "不是 Windows" in capsys.readouterr().err
    assert cli.main(["addin", "install", "--folder", str(tmp_path)]) == 0
    assert sorted(files(tmp_path)) == [
        ".perfmon_xl/installed.json",
        ".perfmon_xl/perfmon_xl.conf",
        "perfmon_xl.xlam",
    ]
    assert cli.main(["addin", "uninstall", "--folder", str(tmp_path)]) == 0
    assert list(tmp_path.iterdir()) == []


def test_the_wheel_carries_what_the_program_reads_and_no_scripts() -> None:
    """轮子里有插件的源文件、模板，放在程序找它们的地方；开发用的脚本、图片、别的说明不在里面。"""
    root = Path(__file__).resolve().parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    read = [
        path
        for folder in ("addin", "report_templates", "xlsx_templates")
        for path in (*(root / folder).iterdir(), *(root / folder / "wps").glob("*"))
        if path.is_file() and path.suffix not in (".py", ".md", ".ts")
    ]
    guides = {"addin/README.md", "addin/wps/README.md"}  # they go into the package for an office
    names = {path.relative_to(root).as_posix() for path in read} | guides
    assert len(names) > 8
    assert included == {name: f"perfmon_xl/_data/{name}" for name in names}


@pytest.mark.parametrize("original", ["", "报告.docx"])
def test_the_record_says_neither_what_to_remove_nor_what_to_put_back(machine: MadeUp, original: str) -> None:
    """installed.json 在用户的文件夹里，谁都能改：列上别的文件，也不删、不拿来换。"""
    at = app.install_addin(machine=machine).places
    victim = machine.root / "报告.docx"
    victim.write_bytes(b"mine")
    record = {str(victim): {"original": ""}, str(at.addin): {"original": str(victim) if original else ""}}
    at.record.write_text(json.dumps(record), encoding="utf-8")
    assert victim not in app.uninstall_addin(machine=machine)
    assert victim.read_bytes() == b"mine" and not at.addin.exists()
