"""`do` fills, checks and reports; names are taken as people type them; a terminal sees what goes on, a pipe does not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from perfmon_xl import cli
from perfmon_xl.commands.files import book_path, new_path
from perfmon_xl.commands.progress import working
from perfmon_xl.domain.errors import UserError


@pytest.mark.slow
def test_do_makes_what_fill_check_and_report_make(
    demo_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["do", str(demo_book.with_suffix(""))]) == 1, "the example has errors: a draft"
    out, err = capsys.readouterr()
    assert err == "" and "（征求意见稿）" in out and "第 1 项  错误" in out and "下一步：" in out
    assert demo_book.with_name(f"{demo_book.stem}-绩效运行监控报告.docx").exists()


def test_a_slip_of_the_pen_is_met_with_the_nearest_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "河道整治项目.xlsx").write_bytes(b"")
    with pytest.raises(UserError) as refused:
        book_path(str(tmp_path / "河道整治项日.xlsx"))
    assert "是不是“河道整治项目.xlsx”" in str(refused.value)
    assert book_path(str(tmp_path / "河道整治项目")).name == "河道整治项目.xlsx"
    assert book_path(str(tmp_path / "完全不像")) == tmp_path / "完全不像"
    assert new_path("我的项目").name == "我的项目.xlsx" and new_path("我的.json").name == "我的.json"
    with pytest.raises(SystemExit):
        cli.main(["chekc"])
    assert "没有“chekc”这个命令，是不是 check" in capsys.readouterr().err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_and_a_pipe_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, said in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stderr", stream)
        with working("正在检查…"):
            assert ("正在检查…" in stream.getvalue()) is said


def test_an_option_mistyped_is_met_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    for words, said in (
        (["check", "一.xlsx", "--wirte"], "不认识的参数：--wirte，是不是 --write。"),
        (
            ["report", "一.xlsx", "--draf", "--pfd"],
            "不认识的参数：--pfd，是不是 --pdf。",
        ),  # --draf is short for --draft
        (["fill", "一.xlsx", "--zzz"], "不认识的参数：--zzz。"),
    ):
        with pytest.raises(SystemExit):
            cli.main(words)
        assert said in capsys.readouterr().err


@pytest.mark.slow
def test_an_ending_left_out_is_added(demo_book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = demo_book.parent
    for words, made in (
        (["fill", str(demo_book), "-o", str(folder / "另存")], "另存.xlsx"),
        (["check", str(demo_book), "--write", "-o", str(folder / "查过")], "查过.xlsx"),
        (["form", str(demo_book), "-o", str(folder / "监控表")], "监控表.xlsx"),
        (["report", str(demo_book), "--draft", "-o", str(folder / "报告2024.10")], "报告2024.10.docx"),
        (["export", str(demo_book), "-o", str(folder / "数据")], "数据.json"),
    ):
        assert cli.main(words) in (0, 1) and (folder / made).exists(), capsys.readouterr()
    assert new_path("2024.10月").name == "2024.10月.xlsx" and new_path("甲.XLSX").name == "甲.XLSX"


def test_a_report_mistyped_is_met_with_the_nearest(
    demo_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (demo_book.parent / "河道整治报告.docx").write_bytes(b"")
    assert cli.main(["audit", str(demo_book.parent / "河道整治报吿.docx")]) == 2
    assert "是不是“河道整治报告.docx”" in capsys.readouterr().err


def test_a_second_fill_says_that_there_is_nothing_to_change(
    demo_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["fill", str(demo_book)])
    capsys.readouterr()
    assert cli.main(["fill", str(demo_book)]) == 0
    assert "没有要改的" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["new", "form", "report", "do", "import"])
def test_what_was_made_is_opened_when_asked(
    command: str, demo_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "perfmon_xl.commands.files.open_in_system", lambda path: opened.append(path.name) or True
    )
    report = demo_book.with_name("报告.docx")
    words = {
        "new": ["new", str(demo_book.with_name("空白"))],
        "form": ["form", str(demo_book)],
        "report": ["report", str(demo_book), "--draft", "-o", str(report)],
        "do": ["do", str(demo_book)],
        "import": ["import", str(report), "-o", str(demo_book.with_name("读入.xlsx"))],
    }
    if command == "import":
        cli.main(words["report"])
    cli.main([*words[command], "--open"])
    assert len(opened) == 1 and opened[0].endswith((".xlsx", ".docx"))
