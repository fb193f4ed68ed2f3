"""The packed add-in: exactly our sources, the same bytes each time, and fresh."""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from pathlib import Path

import pytest
from support.addin_office import real_sources
from support.compound_reader import streams
from support.office import needs_validator, validate
from support.olevba import VBA_Parser

from perfmon_xl import app
from perfmon_xl.system.resources import folder
from perfmon_xl.xlam.package import CONFIG, FILE_NAME, VbaSources, modules_of, xlam
from perfmon_xl.xlam.project import Module, ModuleKind, vba_project
from perfmon_xl.xlam.wrappers import ON_OPEN, declared, vba

ADDIN = folder("addin")
FUNCTIONS = 'import xlwings as xw\n\n@xw.func\n@xw.arg("text", doc="指标值")\ndef PM_X(text, part=None):\n    """说明。"""\n'


def project_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return streams(package.read("xl/vbaProject.bin"))


@pytest.fixture(params=["", FUNCTIONS], ids=["buttons", "buttons and functions"])
def sources(request: pytest.FixtureRequest) -> VbaSources:
    real = real_sources()
    return VbaSources(modules=real.modules, ribbon=real.ribbon, functions=declared(request.param))


def test_olevba_reads_exactly_our_sources(sources: VbaSources) -> None:
    parser = VBA_Parser(FILE_NAME, data=xlam(sources))
    read = {place.split("/")[-1]: code for _, place, _, code in parser.extract_all_macros()}
    assert {name: code.replace("\r\n", "\n") for name, code in read.items()} == {
        m.name: m.source().replace("\r\n", "\n") for m in modules_of(sources)
    }
    for path in ADDIN.glob("*.bas"):
        assert read[path.stem].replace("\r\n", "\n") == path.read_text(encoding="ascii")


def test_the_streams_are_those_that_excel_expects(sources: VbaSources) -> None:
    found = project_of(xlam(sources))
    names = [m.name for m in modules_of(sources)]
    assert sorted(found) == sorted(
        ["PROJECT", "PROJECTwm", "VBA/_VBA_PROJECT", "VBA/dir", *(f"VBA/{n}" for n in names)]
    )
    assert found["VBA/_VBA_PROJECT"] == bytes.fromhex("CC61FFFF000100")
    # Uncompressed: name in ASCII, name in UTF-16, for every module, then two zero bytes.
    wanted = b"".join(n.encode() + b"\0" + n.encode("utf-16-le") + b"\0\0" for n in names) + b"\0\0"
    assert found["PROJECTwm"] == wanted
    assert all(
        line in found["PROJECT"].decode().split("\r\n") for line in ("Module=PerfmonRibbon", "Module=xlwings")
    )


def test_building_twice_gives_the_same_bytes(sources: VbaSources) -> None:
    assert xlam(sources) == xlam(sources)


def test_the_committed_addin_is_fresh() -> None:
    """不新鲜的：运行 perfmon-xl addin build。"""
    assert (ADDIN / FILE_NAME).read_bytes() == app.addin_bytes()


def test_build_writes_the_same_file_elsewhere(tmp_path: Path) -> None:
    made = app.build_addin(tmp_path / "插件.xlam")
    assert made.read_bytes() == (ADDIN / FILE_NAME).read_bytes()


def test_the_vendored_module_is_what_the_vendoring_makes() -> None:
    spec = importlib.util.spec_from_file_location("vendor_xlwings", ADDIN / "vendor_xlwings.py")
    assert spec is not None and spec.loader is not None
    vendor = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(vendor)
    original = vendor.installed().read_text(encoding="ascii")
    if "'Version: 0.37.8\n" not in original:
        pytest.fail("xlwings 换了版本：运行 python addin/vendor_xlwings.py，再看一遍它改了什么")
    code = (ADDIN / "xlwings.bas").read_text(encoding="ascii")
    assert code == vendor.vendored(original)
    assert "Redistribution and use in source and binary forms" in code
    assert re.search(r'XLWINGS_VERSION As String = "(.+)"', code)[1] == app.installing.XLWINGS


def test_our_own_vba_is_short_and_ascii() -> None:
    code = (ADDIN / "PerfmonRibbon.bas").read_bytes()
    assert code.isascii() and len(code.splitlines()) < 200
    with pytest.raises(ValueError, match="ASCII"):
        vba_project("X", [Module(name="A", kind=ModuleKind.STANDARD, code="' 中文\n")])


def test_no_workbook_can_choose_anything() -> None:
    """读设置、拼命令的代码里，活动工作簿只剩一个名字。"""
    code = (ADDIN / "xlwings.bas").read_text(encoding="ascii")
    body = code[code.index("Function ExecuteWindows") : code.index("Sub ShowError")]
    uses = [
        line.strip()
        for line in body.splitlines()
        if "ActiveWorkbook" in line and not line.strip().startswith("'")
    ]
    assert len(uses) == 1 and "ActiveWorkbook.Name" in uses[0]
    assert "xlwings.pro" not in code and '".py"' not in code


def test_the_package_is_an_addin_with_a_ribbon_and_settings() -> None:
    with zipfile.ZipFile(ADDIN / FILE_NAME) as package:
        assert b"ms-excel.addin.macroEnabled.main+xml" in package.read("[Content_Types].xml")
        assert b'Target="customUI/customUI14.xml"' in package.read("_rels/.rels")
        assert package.read("customUI/customUI14.xml") == (ADDIN / "customUI14.xml").read_bytes()
        strings = package.read("xl/sharedStrings.xml").decode("utf-8")
        assert all(text in strings for pair in CONFIG.items() for text in pair)


@needs_validator
def test_the_sdk_finds_no_error(sources: VbaSources, tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(xlam(sources))
    assert validate(path) == []
    # It does look inside an .xlam: a broken sheet is told.
    broken = tmp_path / "broken.xlam"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<sheetData>", b"<nonsense/><sheetData>"))
    assert validate(broken) != []


def test_vba_guesses_no_python_and_shows_no_box_of_its_own() -> None:
    code = (ADDIN / "xlwings.bas").read_text(encoding="ascii")
    lines = [line for line in code.splitlines() if not line.lstrip().startswith("'")]
    assert not [line for line in lines if '"INTERPRETER"' in line or ".Popup" in line]
    assert [line for line in lines if '"cmd.exe' in line] == [
        '    CommandShell = IIf(CommandShell = "", "cmd.exe", Chr(34) & CommandShell & Chr(34))'
    ]
    assert not [line for line in lines if "MsgBox" in line]
    ribbon, talk = (
        (ADDIN / f"{name}.bas").read_text(encoding="ascii") for name in ("PerfmonRibbon", "PerfmonTalk")
    )
    for text in re.findall(r'GetConfig\("(TEXT [A-Z ]+)"\)', ribbon + talk + code + vba(declared(FUNCTIONS))):
        assert CONFIG[text], text
    assert not [name for name in ("MsgBox", ".Popup") if f"    {name}" in ribbon + talk]


def test_each_way_in_catches_its_errors() -> None:
    """Excel 叫的每一个过程自己接住错误；不接住的只调用接住了的。接住以后再出错，也不出 VBA 的框。"""
    ribbon, talk = (
        (ADDIN / f"{name}.bas").read_text(encoding="ascii") for name in ("PerfmonRibbon", "PerfmonTalk")
    )
    for start, code in (("Sub Press", ribbon), ("Sub Watch", ribbon), ("Function AddNotes", ribbon), ("Sub SayFailed", talk),
                        ("Sub RegisterHelp", vba(())), ("Sub Workbook_Open", ON_OPEN), ("Function PM_X", vba(declared(FUNCTIONS)))):  # fmt: skip
        body = code[code.index(start) :].split("\nEnd ")[0].splitlines()[1:]
        body = [line.strip() for line in body if not line.strip().startswith(("'", "Dim", "Static"))]
        assert body[0].startswith("On Error"), start
        if "failed:" in body:
            assert len(body[body.index("failed:") :]) == 2, start
    assert "    Press control.Tag\n" in ribbon
