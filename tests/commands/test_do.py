"""`do` fills, checks and reports; names are taken as people type them; a terminal sees what goes on, a pipe does not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from perfmon_xl import cli
from perfmon_xl.commands.files import book_path, new_path
from perfmon_xl.commands.progress import working
from perfmon_xl.domain.errors import UserError


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
