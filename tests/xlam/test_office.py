"""LibreOffice runs the add-in: every button down to the command line, and a hostile workbook that changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from support.addin_office import Ran, helping, in_office, python_line, real_sources, recording
from support.office import needs_office

from perfmon_xl import app
from perfmon_xl.ribbon.talking import decode_from_vba, encode_for_vba
from perfmon_xl.system.resources import folder
from perfmon_xl.system.warm_trial import warm_command
from perfmon_xl.xlam.package import CONFIG, FILE_NAME, read_sources
from perfmon_xl.xlam.wrappers import help_rows

TAGS = [button.get("tag") for button in etree.parse(folder("addin") / "customUI14.xml").iter("{*}button")]
SHELL = r"C:\Windows\system32\cmd.exe"
EVIL = r"C:\evil\evil.exe"
# A name that would be code, were it ever put anywhere but between quotes.
HOSTILE = "收到的 & '); import os #.xlsx"
CHOSEN = r"C:\绩效 监控\a=b & 100%'.xlsx"
SAID = "一共 1 个文件。𠮷野家\n怎么办：“检查”ÿ"
BAD_TAGS = ["x');import os#", "a b", "", "A.B", "x" * 40]


def book(path: Path, *sheets: str) -> Path:
    """一个工作簿：头一张表是空的，其余的表里都写着要换 Python。"""
    made = openpyxl.Workbook()
    for name in sheets:
        sheet = made.create_sheet(name)
        for row in (("INTERPRETER_WIN", EVIL), ("USE UDF SERVER", "true"), ("PYTHONPATH", r"C:\evil")):
            sheet.append(row)
    made.save(path)
    return path


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """每个按钮按一次，又试了几个不像样的标签；活动工作簿是别人给的，想换掉 Python。"""
    work = tmp_path_factory.mktemp("press")
    addin = work / FILE_NAME
    addin.write_bytes(recording(real_sources()))
    hostile = book(work / HOSTILE, "perfmon_xl.conf", "xlwings.conf", "x.py")
    for name in ("perfmon_xl.conf", "xlwings.conf"):
        (work / name).write_text(f'"INTERPRETER_WIN","{EVIL}"\n', encoding="ascii")
    (work / "json.py").write_text("raise SystemExit('json.py beside the workbook ran')\n", encoding="ascii")
    steps = [("Pressing.Active", []), *(("Pressing.Click", [tag]) for tag in [*TAGS, *BAD_TAGS])]
    asked = ["INTERPRETER_WIN", "USE UDF SERVER", "PYTHONPATH", "ADD_WORKBOOK_TO_PYTHONPATH"]
    steps += [("xlwings.GetConfig", [key, "nothing"]) for key in asked]
    steps += [("xlwings.XLPyCommand", [])]
    environment = {"USERPROFILE": str(installed(work)), "ComSpec": SHELL}
    return in_office(work, [addin, hostile], steps, read=len(TAGS) + 5, environment=environment)


def installed(work: Path) -> Path:
    """用户的文件夹，里面的设置写着一个真有的 Python。这个系统上，反斜杠是文件名的一部分。"""
    python = work.with_name(work.name + r"\python.exe")
    python.write_bytes(b"")
    (work / r"user\.perfmon_xl\perfmon_xl.conf").write_text(
        f'"INTERPRETER_WIN","{python}"\n', encoding="ascii"
    )
    return work / "user"


@needs_office
def test_libreoffice_lists_our_modules(pressed: Ran) -> None:
    assert {"PerfmonRibbon", "xlwings", "ThisWorkbook", "Sheet1"} <= set(pressed.modules["PerfmonXl"])
    assert pressed.sheets == ["perfmon_xl.conf"] and pressed.results[0] == HOSTILE


@needs_office
@pytest.mark.parametrize("number", range(len(TAGS)), ids=TAGS)
def test_a_button_reaches_python(pressed: Ran, number: int) -> None:
    line = pressed.cells[number]
    assert f'; {python_line(TAGS[number])}" ' in line
    assert (
        line.startswith(f'"{SHELL}" /C "')
        and '\\python.exe" -B -P -c "' in line
        and line.count(HOSTILE) == line.count(f'--wb="{HOSTILE}"') == 1
    )


@needs_office
def test_a_tag_that_is_none_runs_nothing(pressed: Ran) -> None:
    assert pressed.cells[len(TAGS) :] == [""] * 5


@needs_office
def test_a_hostile_workbook_chooses_nothing(pressed: Ran) -> None:
    *_, interpreter, warm, path, add, command = pressed.results
    assert str(interpreter).endswith(r"\python.exe")
    assert (warm, path, add) == ("nothing", "nothing", "false")
    assert all("evil" not in str(text) for text in (*pressed.cells, *pressed.results))
    # What the doctor tries is what Excel runs.
    assert command == warm_command(Path(str(interpreter)), SHELL)
    # The command of the warm process names no workbook: one process serves all.
    assert "收到的" not in command and "xlsx" not in command


@needs_office
@pytest.mark.parametrize(
    "name",
    [
        "perfmon_xl.py",
        *(
            pytest.param(name, marks=pytest.mark.long)
            for name in ("json.py", "xlwings.py", "perfmon_xl/__init__.py")
        ),
    ],
)
def test_python_reads_no_module_beside_the_workbook(pressed: Ran, tmp_path: Path, name: str) -> None:
    """常驻和不常驻两种命令里的 Python 语句，在放着同名模块的文件夹里真跑一遍。"""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("raise SystemExit('a module beside the workbook ran')\n", encoding="ascii")
    wanted = "import json, sys, perfmon_xl; print(json.dumps(['' in sys.path, perfmon_xl.__file__]))"
    for line in (pressed.cells[TAGS.index("help.about")], str(pressed.results[-1])):
        code = line.split('-c "', 1)[1].replace('\\"', "'").split('"')[0]
        code = code.split("import xlwings; xlwings.serve")[0]  # Windows only
        assert "prepare_sys_path" in code
        flags = line.split(" -c ")[0].split()[-2:]
        assert flags == ["-B", "-P"]
        code = f"{code.rstrip('; ')}; {wanted}"
        kept, naive = (python_beside(tmp_path, options, code) for options in (flags, ["-B"]))
        ours = str(Path(app.__file__).parents[1] / "__init__.py")
        assert (json.loads(kept.stdout), kept.returncode) == ([False, ours], 0), kept.stderr
        # Without -P it would have been read: the file is where Python looks.
        assert "a module beside the workbook ran" in naive.stderr


def python_beside(folder: Path, options: list[str], code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *options, "-c", code],
        cwd=folder, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(app.__file__).parents[2]), "TEMP": str(folder)},
    )  # fmt: skip


@needs_office
def test_the_users_file_is_read_and_the_addins_sheet_wins(tmp_path: Path) -> None:
    addin = tmp_path / FILE_NAME
    addin.write_bytes(recording(real_sources()))
    # On this system the backslashes of the Windows path are part of the file's name.
    (tmp_path / r"home\.perfmon_xl\perfmon_xl.conf").write_text(
        '"INTERPRETER_WIN","C:\\Program Files\\Python\\python.exe"\n"ADD_WORKBOOK_TO_PYTHONPATH","true"\n',
        encoding="ascii",
    )
    keys = ("INTERPRETER_WIN", "ADD_WORKBOOK_TO_PYTHONPATH", "NOT THERE")
    ran = in_office(
        tmp_path, [addin, book(tmp_path / "表.xlsx")], [("xlwings.GetConfig", [k, "default"]) for k in keys],
        environment={"USERPROFILE": str(tmp_path / "home")},
    )  # fmt: skip
    assert ran.results == [r"C:\Program Files\Python\python.exe", "false", "default"]


@needs_office
def test_without_a_workbook_the_button_says_so_and_runs_nothing(tmp_path: Path) -> None:
    addin = tmp_path / FILE_NAME
    addin.write_bytes(recording(real_sources(), without_workbook=True))
    ran = in_office(
        tmp_path, [addin, book(tmp_path / "表.xlsx")], [("Pressing.Click", ["check.run"])], read=2
    )
    assert ran.cells == ["SAID 48 " + CONFIG["TEXT NO WORKBOOK"], ""]


@needs_office
def test_without_an_installation_no_python_is_guessed(tmp_path: Path) -> None:
    addin = tmp_path / FILE_NAME
    addin.write_bytes(recording(real_sources()))
    ran = in_office(
        tmp_path, [addin, book(tmp_path / "表.xlsx")], [("Pressing.Click", ["check.run"])], read=2,
        environment={"USERPROFILE": str(tmp_path / "nobody")},
    )  # fmt: skip
    assert ran.cells == ["SAID 48 " + CONFIG["TEXT NO PYTHON"], ""]


@needs_office
def test_the_wrappers_compile_beside_the_rest(tmp_path: Path) -> None:
    """有一个模块编不过，LibreOffice 就什么都不跑：所以看别的模块还跑不跑。"""
    addin = tmp_path / FILE_NAME
    addin.write_bytes(app.addin_bytes())
    ran = in_office(
        tmp_path,
        [addin],
        [
            ("PerfmonRibbon.PythonFor", ["guid", "a.b", ""]),
            ("PerfmonFunctions.PM_PARSE", ["≥70件", "数值"]),
            ("PerfmonTalk.Coded", [CHOSEN]),
            ("PerfmonRibbon.Door", ["watch()"]),
            ("PerfmonTalk.Decoded", [encode_for_vba(SAID)]),
        ],
    )
    # What is chosen in a dialog reaches Python whole, and as no part of a line of it.
    assert decode_from_vba(str(ran.results[2])) == CHOSEN and str(ran.results[2])[1:].isalnum()
    assert ran.results[3] == "__import__('perfmon_xl.addin').addin.watch()"
    assert ran.results[4] == SAID
    assert "PerfmonFunctions" in ran.modules["PerfmonXl"] and ran.sheets == ["perfmon_xl.conf", "help"]
    assert ran.results[0] == python_line("a.b")
    # There is no Python server here: the function answers with the reason instead of stopping the calculation.
    assert ran.results[1] == CONFIG["TEXT NO FUNCTION"]


def conversation(work: Path, replies: list[str], tag: str = "new.data", *, warm: str = "false") -> list[str]:
    """按一个按钮，Python 依次这样回答；看到的：运行了什么、问了什么、说了什么。"""
    addin = work / FILE_NAME
    addin.write_bytes(recording(real_sources()))
    home = installed(work)
    with (work / r"user\.perfmon_xl\perfmon_xl.conf").open("a", encoding="ascii") as settings:
        settings.write(f'"USE UDF SERVER","{warm}"\n')
    environment = {"USERPROFILE": str(home), "ComSpec": SHELL, "REPLIES": " ".join(replies)}
    ran = in_office(
        work, [addin, book(work / "表.xlsx")], [("Pressing.Click", [tag])], read=9, environment=environment
    )
    return [line for line in ran.cells if line]


@needs_office
def test_the_cold_way_asks_and_says_after_python_has_gone(tmp_path: Path) -> None:
    replies = [
        encode_for_vba("?open\x01从哪里\x01\x01表 (*.csv),*.csv"),
        encode_for_vba("?yes\x01是吗"),
        encode_for_vba(SAID),
    ]
    first, asked, second, again, third, said = conversation(tmp_path, replies)
    assert asked == "ASKED open\x01从哪里\x01\x01表 (*.csv),*.csv" and again == "ASKED yes\x01是吗"
    answer = f"'{encode_for_vba('答')}',"
    for line, answers in ((first, ""), (second, answer), (third, answer * 2)):
        assert f'; {python_line("new.data", answers)}" ' in line
    assert said == f"SAID 64 {SAID}"
    assert not list(tmp_path.glob("*perfmon-xl-guid*"))  # what Python left is taken away


@needs_office
def test_a_warm_process_that_does_not_come_up_is_one_way_round_and_no_box(tmp_path: Path) -> None:
    """这里装不了 DLL，后台的 Python 起不来：同一次点按钮就换成现启动，并且告诉 Python，由它记住。"""
    line, said = conversation(tmp_path, [encode_for_vba(SAID)], "check.run", warm="true")
    assert f'; {python_line("check.run")[:-1]}, True)" ' in line
    assert said == f"SAID 64 {SAID}"


@needs_office
@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (encode_for_vba("!留意。\n怎么办：看。"), ["SAID 48 留意。\n怎么办：看。"]),
        (encode_for_vba(""), []),
        ("fails", ["SAID 48 " + CONFIG["TEXT PYTHON FAILED"]]),
        ("silent", ["SAID 48 " + CONFIG["TEXT PYTHON FAILED"]]),
    ],
    ids=["a warning", "nothing to say", "Python ends with an error", "Python leaves nothing"],
)
def test_each_end_of_the_cold_way_is_one_sentence_or_none(
    tmp_path: Path, reply: str, said: list[str]
) -> None:
    assert conversation(tmp_path, [reply], "check.run")[1:] == said


@needs_office
@pytest.mark.parametrize(
    ("hidden", "refused", "looks"),
    [(0, 0, 1), (13, 0, 14), (2, 4, 5)],
    ids=["at once", "start screen", "refused first"],
)
@pytest.mark.long
def test_function_help_is_told_whenever_excel_starts(
    tmp_path: Path, hidden: int, refused: int, looks: int
) -> None:
    """Excel 开着起始屏幕、只开着隐藏的工作簿、一时不收的，过一会儿再来，直到收下；收下以后不再来。"""
    sources = read_sources(folder("addin"), Path(app.__file__).parents[1] / "functions.py")
    addin = tmp_path / FILE_NAME
    addin.write_bytes(helping(sources))
    ran = in_office(
        tmp_path, [addin, book(tmp_path / "表.xlsx")], [("PerfmonFunctions.RegisterHelp", [])] * (looks + 2), read=40,
        environment={"HIDDEN": str(hidden), "REFUSED": str(refused)},
    )  # fmt: skip
    lines = [line for line in ran.cells if line]
    later = [f"LATER {5 if n < 11 else 60}" for n in range(looks - 1)]
    told = ["HELP " + "|".join(row) for row in help_rows(sources.functions)]
    assert lines == later + told and len(told) == 6
