"""The command line as a user meets it: exit codes, Chinese messages, nothing lost."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.office import needs_office

from perfmon_xl import app, cli
from perfmon_xl.workbook.build.monitoring import blank


def run(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        code = cli.main([str(a) for a in arguments])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.slow
def test_new_fill_report_from_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "我的 项目😀.xlsx"
    assert run("new", book, capsys=capsys)[0] == 0
    code, out, _ = run("fill", book, capsys=capsys)
    assert code == 0 and "下一步：" in out and "填好表1" in out
    code, out, err = run("report", book, capsys=capsys)
    assert code == 2 and "项目名称空着" in err and "一个指标也没有" in err
    code, out, _ = run("report", book, "--draft", capsys=capsys)
    assert code == 0 and "绩效运行监控报告.docx（征求意见稿" in out
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "我的 项目😀-绩效运行监控报告.docx",
        "我的 项目😀-绩效运行监控报告.来源.json",
        "我的 项目😀.xlsx",
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("fill", "没有.xlsx"), "找不到文件"),
        (("report", "没有.xlsx"), "找不到文件"),
        (("new", "x.docx"), "不是 .xlsx 文件名"),
        (("new", "x.xlsx", "--from", "没有.json"), "找不到文件"),
        (("foo",), "没有“foo”这个命令"),
        (("check", "a.xlsx", "--format", "xml"), "可以写 text、json"),
        (("fill",), "缺少参数"),
        (("fill", "a.xlsx", "--bar"), "不认识的参数"),
    ],
)
def test_a_mistake_gets_two_and_a_remedy(
    arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    code, _, err = run(*arguments, capsys=capsys)
    assert code == 2 and says in err and "怎么办" in err and "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "typed",
    [
        "我的 项目",
        "“我的 项目.xlsx”",
        '"我的 项目.xlsx"',
        "'我的 项目.xlsx'",
        "我的 项目．ｘｌｓｘ",
        "我的 项目.xlsx　",
        " ./我的 项目.xlsx ",
        "file://{here}/我的%20项目.xlsx",
        "{here}/我的 项目.xlsx",
    ],
)
def test_a_path_as_people_paste_it_is_found(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "我的 项目.xlsx").write_bytes(blank())
    code, out, err = run("export", typed.replace("{here}", str(tmp_path)), capsys=capsys)
    assert code == 0 and out.startswith("{"), err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("fill", "我的项木"), "是不是“我的项目.xlsx”"),
        (("fill", "张", "三/我的项目.xlsx"), "整个用引号括起来"),
        (("我的项目.xlsx", "fill"), "先写做什么，再写文件"),
        (("填充", "我的项目.xlsx"), "是不是 fill"),
        (("Check", "我的项目"), "是不是 check"),
        (("ｆｉｌｌ", "我的项目"), "是不是 fill"),
        (("report", "我的项目", "-d"), "是不是 --draft"),
        (("report", "我的项目", "--PDF"), "是不是 --pdf"),
        (("check", "数据.json"), "从数据新建"),
        (("check", "项目夹"), "perfmon-xl batch"),
        (("new", "下期", "--from", "我的项木"), "是不是“我的项目.xlsx”"),
        (("export", "我的项目", "-o", "没有的夹/a.json"), "没有文件夹 没有的夹"),
    ],
    ids=lambda v: v if isinstance(v, str) else " ".join(v),
)
def test_a_slip_is_met_with_what_was_meant(
    arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "我的项目.xlsx").write_bytes(blank())
    (tmp_path / "数据.json").write_text('{"project":\n {"name": "甲", "year": "2024"}}', encoding="utf-8")
    (tmp_path / "项目夹").mkdir()
    there = sorted(p.name for p in tmp_path.iterdir())
    code, _, err = run(*arguments, capsys=capsys)
    assert code == 2 and says in err and "怎么办" in err
    assert sorted(p.name for p in tmp_path.iterdir()) == there


def test_a_new_file_is_named_as_it_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for typed in ("“甲”", "乙．ｘｌｓｘ", "丙 2024.10月", "“引号”项目"):
        assert run("new", typed, capsys=capsys)[0] == 0
    made = sorted(p.name for p in tmp_path.iterdir())
    assert made == sorted(["甲.xlsx", "乙.xlsx", "丙 2024.10月.xlsx", "“引号”项目.xlsx"])


def test_new_never_overwrites(demo_book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = demo_book.read_bytes()
    code, _, err = run("new", demo_book, capsys=capsys)
    assert code == 2 and "已经存在" in err and demo_book.read_bytes() == before


def test_an_unknown_template_or_rule_set_is_named(
    demo_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("report", demo_book, "--template", "没有", capsys=capsys)
    assert code == 2 and "monitoring_report" in err
    from perfmon_xl.workbook.file.book import PackageBook

    book = PackageBook.open(demo_book)
    book.write({book.named()["规则集"].ref: "火星"})
    book.save(demo_book)
    code, _, err = run("report", demo_book, capsys=capsys)
    assert code == 2 and "火星" in err and "项目信息!B" in err


def test_our_own_fault_gets_three_and_a_log(
    demo_book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(app, "fill", broken)
    code, _, err = run("fill", demo_book, capsys=capsys)
    assert code == 3 and "perfmon-xl-error.log" in err and "Traceback" not in err


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ((), ("demo",), ("new",), ("schema",), ("export",), ("fill",), ("report",)):
        code, out, _ = run(*command, "--help", capsys=capsys)
        assert code == 0 and "用法：" in out and "显示帮助" in out
        for english in ("usage:", "positional", "optional", "show this", "\0", "参数:", "选项:", "命令:"):
            assert english not in out


def test_help_lines_up_though_a_chinese_character_is_two_wide(capsys: pytest.CaptureFixture[str]) -> None:
    from unicodedata import east_asian_width

    _, out, _ = run("form", "--help", capsys=capsys)
    lines = [line for line in out.splitlines() if re.match(r"  \S.*\S {2,}\S", line)]
    starts = [re.match(r"  \S.*?\S {2,}", line)[0] for line in lines]  # type: ignore[index]
    assert len(lines) > 4 and len({sum(1 + (east_asian_width(c) in "WF") for c in s) for s in starts}) == 1


def test_fill_says_by_table_what_it_did_and_why_a_row_is_not_tracked(
    demo_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from perfmon_xl.layout import monitoring as layout
    from perfmon_xl.workbook.file.book import PackageBook
    from perfmon_xl.workbook.read import read

    book = PackageBook.open(demo_book)
    reading = read(book)
    adjusted = reading.found[layout.ADJUSTED.name]
    row = next(i for i, a in enumerate(reading.monitoring.adjusted) if a.name == "法律援助案件结案率")
    book.write({adjusted.ref(reading.rows[layout.ADJUSTED.name][row], "change"): "删除"})
    book.save(demo_book)
    code, out, _ = run("fill", demo_book, capsys=capsys)
    assert code == 0 and "“法律援助案件结案率”在表3里调整类型是“删除”，表4还留着" in out


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (["F4"], "F4"),
        (["F4", "F5", "F6", "F9"], "F4:F6、F9"),
        (["F4", "G5"], "F4、G5"),
        (["F9", "F11"], "F9、F11"),
    ],
)
def test_cells_side_by_side_are_said_together(cells: list[str], says: str) -> None:
    from perfmon_xl.domain.official_form import run_together
    from perfmon_xl.domain.origin import CellPlace

    assert run_together([CellPlace.at("表4", cell, "执行情况") for cell in cells]) == says
    assert run_together([CellPlace(label="执行情况")]) == "执行情况"


def test_the_command_imports_nothing_heavy() -> None:
    probe = "import sys, perfmon_xl.cli; print([m for m in ('pandas','numpy','xlwings','openpyxl','lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_headless_work_never_imports_pandas_or_xlwings(demo_book: Path) -> None:
    probe = (
        "import sys; from perfmon_xl.cli import main; main(['fill', sys.argv[1]]); main(['report', sys.argv[1]]);"
        "print([m for m in ('pandas','xlwings') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, str(demo_book)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().endswith("[]")


@needs_office
def test_the_report_as_pdf(demo_book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("report", demo_book, "--pdf", "--draft", capsys=capsys)
    assert code == 0 and "PDF：" in out
    assert demo_book.with_name("项目-绩效运行监控报告.pdf").read_bytes().startswith(b"%PDF")


def test_a_suffix_in_capitals_is_the_same_suffix_and_another_is_refused(tmp_path: Path) -> None:
    assert cli.main(["new", str(tmp_path / "甲.XLSX")]) == 0
    assert cli.main(["new", str(tmp_path / "甲.xls")]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["甲.XLSX"]
