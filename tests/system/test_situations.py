"""What happens to programs on real disks: two at once, no room, no such folder, odd names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from perfmon_xl import app, cli
from perfmon_xl.app import reporting
from perfmon_xl.domain.errors import UserError
from perfmon_xl.report.pages import converting
from perfmon_xl.system import saving

pytestmark = pytest.mark.slow  # each starts programs

ODD_NAMES = [
    "2024年 社区养老（二期）.xlsx",
    "名 称 带 空 格.xlsx",
    "养老😀服务.xlsx",
    "𠮷野家.xlsx",
    "a" * 200 + ".xlsx",
    "-o.xlsx",
    "%TEMP%&$(id).xlsx",
]


def run(*arguments: object, before: str = "") -> subprocess.CompletedProcess[str]:
    """另起一个进程跑一个命令；before 是跑之前先做的事。"""
    code = f"{before}\nfrom perfmon_xl.cli import main\nraise SystemExit(main())"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1]), "PYTHONUTF8": "1"},
    )


@pytest.mark.parametrize("name", ODD_NAMES, ids=lambda n: n[:12])
def test_a_file_may_be_called_anything(name: str, demo_book: Path, tmp_path: Path) -> None:
    book = tmp_path / name
    demo_book.rename(book)
    for command in (["fill", book], ["check", book, "--write"], ["report", book, "--draft"]):
        done = run(*command)
        assert done.returncode in (0, 1), done.stderr
    assert (tmp_path / f"{book.stem}-绩效运行监控报告.docx").exists() or len(name) > 150


@pytest.mark.parametrize("depth", [20, 60])
def test_a_very_long_path(depth: int, demo_book: Path, tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["绩效监控资料"] * depth)
    try:
        folder.mkdir(parents=True)
    except OSError:
        pytest.skip("this file system has no such long paths")
    book = folder / "项目.xlsx"
    book.write_bytes(demo_book.read_bytes())
    assert run("check", book, "--write").returncode == 1


def test_no_room_on_the_disk(demo_book: Path) -> None:
    before = demo_book.read_bytes()
    # A limit on the size of files is what a full disk looks like to one process.
    full = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); " + (
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))"
    )
    for command, kept in (
        (["fill", demo_book], "原来的文件没有动"),
        (["check", demo_book, "--write"], "原来的文件没有动"),
        (["report", demo_book, "--draft"], "没有写成"),  # there was no file to keep
    ):
        done = run(*command, before=full)
        assert done.returncode == 2, done.stderr
        assert kept in done.stderr, (command, done.stderr)
    assert demo_book.read_bytes() == before
    assert [p.name for p in demo_book.parent.iterdir()] == [demo_book.name]


@pytest.mark.parametrize("beside", ["来源.json", "pdf"])
def test_a_file_beside_the_report_that_cannot_be_written(
    beside: str, demo_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """报告写好了，旁边的那一个没有写成：说清楚，不说“没有动”。"""
    real = saving.save_atomically

    def full(path: Path, data: bytes) -> tuple[str, ...]:
        if path.name.endswith(beside):
            raise UserError(f"写不了 {path}：磁盘满了。没有写成。", "请腾出空间。")
        return real(path, data)

    monkeypatch.setattr(reporting, "save_atomically", full)
    monkeypatch.setattr(converting, "with_pdf", lambda make, _: (make("none"), SimpleNamespace(pdf=b"%PDF")))
    with pytest.raises(UserError, match=r"报告 .*\.docx 写好了。写不了") as caught:
        app.report(demo_book, draft=True, pages="none", provenance_file=beside != "pdf", pdf=beside == "pdf")
    assert caught.value.hint
    assert [p.suffix for p in demo_book.parent.glob("*报告*")] == [".docx"]


@pytest.mark.parametrize("out", ["/proc/项目.docx", "没有这个文件夹/报告.docx"])
def test_a_folder_that_takes_no_files(out: str, demo_book: Path) -> None:
    done = run("report", demo_book, "--draft", "-o", demo_book.parent / out)
    assert done.returncode == 2 and "没有写成" in done.stderr, done.stderr


def test_the_file_vanishes_while_it_is_worked_on(
    demo_book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from perfmon_xl.workbook.file.book import PackageBook

    opened = PackageBook.open

    def then_gone(path: Path) -> PackageBook:
        book = opened(path)
        path.unlink()
        return book

    monkeypatch.setattr(PackageBook, "open", then_gone)
    assert cli.main(["check", str(demo_book)]) == 1
    assert "还不能出正式报告" in capsys.readouterr().out


def test_two_programs_on_one_workbook(demo_book: Path) -> None:
    code = "from perfmon_xl.cli import main; import sys; raise SystemExit(main())"
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, *command, str(demo_book), *rest],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
        )
        for command, rest in [
            (["fill"], []),
            (["check"], ["--write"]),
            (["fill"], []),
            (["check"], ["--write"]),
        ]
    ]
    ends = [(p.communicate()[1], p.returncode) for p in running]
    # whoever would write over a save that it has not seen is refused; what is there is whole: never a mixture
    refused = [said.decode() for said, code in ends if code == 2]
    assert all(code in (0, 1, 2) for _, code in ends) and len(refused) < len(ends), ends
    assert all("又被别的程序存过" in said for said in refused), refused
    assert openpyxl.load_workbook(demo_book)["检查结果"]
    assert app.check(demo_book).findings
    assert [p.name for p in demo_book.parent.iterdir()] == [demo_book.name]


@pytest.mark.parametrize("command", [["fill"], ["check", "--write"]])
def test_a_workbook_is_not_written_under_the_name_of_a_document(
    command: list[str], demo_book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "结果.docx"
    assert cli.main([*command, str(demo_book), "-o", str(out)]) == 2
    assert "不是 .xlsx 文件名" in capsys.readouterr().err and not out.exists()
