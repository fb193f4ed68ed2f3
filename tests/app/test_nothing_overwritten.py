"""What a person edited after the program made it is never written over; what nobody touched is made anew."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from support.district import outcomes

from perfmon_xl import app, cli
from perfmon_xl.domain.errors import UserError
from perfmon_xl.report.pages import converting
from perfmon_xl.workbook.file.book import PackageBook


def edited(report: Path, old: str = "法律援助", new: str = "法律服务") -> bytes:
    """在 Word 里把 old 改成了 new，存了盘。"""
    with zipfile.ZipFile(report) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode())
    with zipfile.ZipFile(report, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return report.read_bytes()


@pytest.mark.slow
def test_a_report_edited_in_word_is_kept_and_the_next_goes_beside_it(
    demo_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app.report(demo_book, draft=True, pages="none")
    report = app.report(demo_book, draft=True, pages="none").path  # untouched: made anew in its place
    assert [p.name for p in demo_book.parent.glob("*.docx")] == [report.name]
    before = edited(report)
    assert cli.main(["report", str(demo_book), "--draft"]) == 0
    assert report.read_bytes() == before
    said = capsys.readouterr().out
    assert (
        f"{report.name} 有人改过，没有覆盖，这次写到 {report.stem}（2）.docx。" in said and "下一步：" in said
    )
    assert report.with_name(f"{report.stem}（2）.docx").exists()


@pytest.mark.slow
def test_a_report_that_nobody_edited_is_replaced_and_said(demo_book: Path) -> None:
    first = app.report(demo_book, draft=True, pages="none")
    same = app.report(demo_book, draft=True, pages="none")
    book = PackageBook.open(demo_book)
    book.write({book.named()["项目名称"].ref: "另一个项目"})
    book.save(demo_book)
    other = app.report(demo_book, draft=True, pages="none")
    told = [[n for n in made.notes if "换成" in n] for made in (first, same, other)]
    assert told == [[], [], ["原来的征求意见稿没有人改过，换成了这次的。"]]
    assert other.path == first.path


@pytest.mark.slow
def test_a_summary_report_edited_in_word_is_kept(tmp_path: Path) -> None:
    found = outcomes(3)
    _, report = app.summarise(tmp_path, found, pages="none")
    before = edited(report.path, "全区", "本区")
    made = app.summarise(tmp_path, found, pages="none")
    assert [m.path.name for m in made] == ["汇总.xlsx", f"{report.path.stem}（2）.docx"]
    assert report.path.read_bytes() == before


def test_a_form_edited_in_excel_is_kept(demo_book: Path) -> None:
    app.form(demo_book)
    form = app.form(demo_book).path
    assert "（2）" not in form.name
    workbook = openpyxl.load_workbook(form)
    workbook.active["A1"] = "改过的题目"
    workbook.save(form)
    before = form.read_bytes()
    made = app.form(demo_book)
    assert made.path.name == f"{form.stem}（2）.xlsx" and "有人改过" in made.notes[0]
    assert form.read_bytes() == before


@pytest.mark.slow
def test_the_example_one_has_worked_on_survives_a_second_demo(tmp_path: Path) -> None:
    app.demo(tmp_path, say=lambda _: None)
    app.demo(tmp_path, say=lambda _: None)
    assert [p.name for p in tmp_path.glob("*.xlsx")] == ["示例项目.xlsx"]
    book = tmp_path / "示例项目.xlsx"
    workbook = openpyxl.load_workbook(book)
    workbook["项目信息"]["B4"] = "我的项目"
    workbook.save(book)
    before = book.read_bytes()
    said: list[str] = []
    app.demo(tmp_path, say=said.append)
    assert book.read_bytes() == before and (tmp_path / "示例项目（2）.xlsx").exists()
    assert "示例项目.xlsx 有人改过，没有覆盖，这次写到 示例项目（2）.xlsx。" in said


@pytest.mark.parametrize(
    ("out", "says"), [("项目.xlsx", "不是 .json 文件名"), ("有了.json", "已经存在，没有覆盖")]
)
def test_export_writes_over_nothing(
    demo_book: Path, out: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = demo_book.with_name(out)
    if not target.exists():
        target.write_text("{}", encoding="utf-8")
    before = target.read_bytes()
    assert cli.main(["export", str(demo_book), "-o", str(target)]) == 2
    assert says in capsys.readouterr().err and target.read_bytes() == before


def test_a_pdf_that_cannot_be_made_leaves_everything_as_it_was(
    demo_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = app.report(demo_book, draft=True, pages="none").path
    before = report.read_bytes()
    names = {path.name for path in demo_book.parent.iterdir()}
    book = PackageBook.open(demo_book)
    book.write({book.named()["项目名称"].ref: "改了名的项目"})
    book.save(demo_book)
    monkeypatch.setattr(converting, "find_office", lambda: None)
    with pytest.raises(UserError, match="没有找到 Word、WPS 或 LibreOffice"):
        app.report(demo_book, draft=True, pages="none", pdf=True, provenance_file=True)
    assert report.read_bytes() == before and {p.name for p in demo_book.parent.iterdir()} == names
