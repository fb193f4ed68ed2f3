"""The line of Python that a ribbon button runs, carried out on a workbook open in a real spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from support.desk import Person, pressed_cold
from support.live import LiveOffice
from support.uno_office import UNO_MARKS

from perfmon_xl import app
from perfmon_xl.system.resources import example_data
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.live.book import XlwingsBook
from perfmon_xl.workbook.open_findings import open_findings
from perfmon_xl.workbook.read import read

pytestmark = [*UNO_MARKS, pytest.mark.usefixtures("own_home")]


class Front:
    """眼前的工作簿和人。"""

    def __init__(self, book: Any, person: Person) -> None:
        self.book, self.person = book, person

    def click(self, tag: str) -> None:
        """按一个按钮：VBA 叫 Python 做的，tests/xlam/test_office.py 从按钮一直走到它。"""
        pressed_cold(tag, self.person)

    @property
    def path(self) -> Path:
        return Path(self.book.fullname)

    @property
    def opened(self) -> list[str]:
        """除它之外还打开着的。"""
        return [b.name for b in self.book.app.books if b.name != self.book.name]

    def reading(self) -> Any:
        return read(XlwingsBook(self.book))

    def selected(self) -> tuple[str, str]:
        area = self.book.selection
        return area.sheet.name, area.address.replace("$", "")


@pytest.fixture
def front(live_office: LiveOffice, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """open(字节) 打开一个工作簿，放在眼前。"""
    person = Person()

    def opened(data: bytes) -> Front:
        book = live_office.open(data, "项目")
        book.set_mock_caller()
        return Front(book, person)

    yield opened
    del xw.Book._mock_caller
    for book in list(live_office.app.books):
        book.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """示例数据做的工作簿，没有填充过。"""
    return app.new(tmp_path_factory.mktemp("made") / "项目.xlsx", example_data()).path.read_bytes()


@pytest.fixture(scope="module")
def checked(demo_folder: Path) -> bytes:
    """填好、检查过的示例。"""
    return (demo_folder / "示例项目.xlsx").read_bytes()


@pytest.mark.long
def test_new_blank_is_made_and_opened(front: Any, made: bytes, tmp_path: Path) -> None:
    at = front(made)
    at.person.saves = tmp_path / "新的.xlsx"
    at.click("new.blank")
    assert at.opened == ["新的.xlsx"] and at.person.warned == []


def test_new_from_data_is_made_and_opened(front: Any, made: bytes, tmp_path: Path) -> None:
    at = front(made)
    at.person.opens, at.person.saves = example_data(), tmp_path / "数据.xlsx"
    at.click("new.data")
    assert at.opened == ["数据.xlsx"]


@pytest.mark.long
def test_rollover_reads_the_open_workbook(front: Any, made: bytes, tmp_path: Path) -> None:
    """没有存盘的改动也带过去：读的是打开着的，不是文件。"""
    at = front(made)
    at.book.names["项目名称"].refers_to_range.value = "改了没有存的名称"
    at.person.text, at.person.saves = "2025-03", tmp_path / "下期.xlsx"
    at.click("new.rollover")
    assert at.opened == ["下期.xlsx"]
    assert read(PackageBook.open(tmp_path / "下期.xlsx")).monitoring.project.name == "改了没有存的名称"


def test_fill_writes_into_the_open_workbook(front: Any, made: bytes) -> None:
    at = front(made)
    before = at.path.read_bytes()
    at.click("fill.run")
    assert at.person.warned == [] and at.person.last.startswith("已填充。")
    analyses = at.reading().monitoring.analyses
    assert analyses and all(a.text for a in analyses)
    assert at.path.read_bytes() == before and at.book.app.status_bar is False


def test_check_writes_findings_and_marks_and_undo_takes_them_back(front: Any, made: bytes) -> None:
    at = front(made)
    cells = XlwingsBook(at.book)
    at.click("check.run")
    findings = open_findings(at.reading())
    checked = app.check_reading(at.reading())
    assert at.person.last.splitlines()[0] == checked.verdict and len(findings) == len(checked.findings) > 10
    marked = {f.cell for f in findings if f.cell}
    assert set(cells.marks()) == marked
    at.click("undo.last")
    assert at.person.last.startswith("撤销了“检查”：")
    assert open_findings(at.reading()) == () and cells.marks() == {}


@pytest.mark.long
def test_clear_takes_the_marks_of_a_checked_workbook_away(front: Any, checked: bytes) -> None:
    at = front(checked)
    cells = XlwingsBook(at.book)
    assert len(cells.marks()) > 10
    at.click("check.clear")
    assert cells.marks() == {} and open_findings(at.reading()) != ()


@pytest.mark.long
def test_undo_takes_back_what_fill_wrote(front: Any, made: bytes) -> None:
    at = front(made)
    before = at.reading().monitoring
    at.click("fill.run")
    assert at.reading().monitoring.analyses != before.analyses
    at.click("undo.last")
    after = at.reading().monitoring
    assert [a.text for a in after.analyses] == [a.text for a in before.analyses]
    assert [(c.name, c.target.raw) for c in after.declared] == [
        (c.name, c.target.raw) for c in before.declared
    ]
    at.click("undo.last")
    assert at.person.last.startswith("没有可以撤销的动作。")


@pytest.mark.long
def test_next_selects_the_cells_one_after_the_other(front: Any, checked: bytes) -> None:
    at = front(checked)
    rows = open_findings(at.reading())
    places = list(dict.fromkeys(r.cell for r in rows if r.open and r.cell))
    for place in places[:4]:
        at.click("check.next")
        assert at.selected() == (place.sheet, place.a1)
    assert at.book.app.status_bar.startswith(f"第 4/{len(places)} 处")


@pytest.mark.parametrize("tag", ["report.draft", pytest.param("report.form", marks=pytest.mark.long)])
def test_a_report_of_the_open_workbook(front: Any, checked: bytes, tag: str) -> None:
    at = front(checked)
    at.click(tag)
    assert at.person.warned == []
    if tag == "report.draft":
        assert at.person.shown == [at.path.with_name(f"{at.path.stem}-绩效运行监控报告.docx")]
        assert at.person.shown[0].stat().st_size > 10_000
    else:
        assert at.opened == [f"{at.path.stem}-绩效目标执行监控表.xlsx"]


@pytest.mark.long
@pytest.mark.parametrize("tag", ["report.final", "report.pdf"])
def test_a_final_report_is_refused_with_the_same_findings(front: Any, checked: bytes, tag: str) -> None:
    at = front(checked)
    at.click(tag)
    errors = app.check_reading(at.reading()).errors
    assert at.person.warned[0].startswith(f"还有 {len(errors)} 处错误没有改，不能出正式报告：")
    assert str(errors[0].origin) in at.person.last and at.person.shown == []


def test_the_report_is_held_against_the_workbook(front: Any, checked: bytes) -> None:
    at = front(checked)
    at.click("report.draft")
    at.person.opens = at.person.shown[0]
    at.click("report.audit")
    assert at.person.warned == [] and at.person.last.startswith("报告与工作簿一致：核对了 ")


@pytest.mark.long
def test_batch_does_the_folder(front: Any, checked: bytes, tmp_path: Path) -> None:
    at = front(checked)
    folders = [tmp_path / "各单位", tmp_path / "结果"]
    folders[0].mkdir()
    (folders[0] / "甲.xlsx").write_bytes(checked)
    at.person.folder = lambda title: folders.pop(0)
    at.click("batch.run")
    assert at.person.last.startswith("一共 1 个文件。做成 1 个") and at.person.shown == [tmp_path / "结果"]


@pytest.mark.long
def test_the_rule_of_the_selected_row(front: Any, checked: bytes) -> None:
    at = front(checked)
    row = open_findings(at.reading())[
        0
    ]  # the others of a matter are folded away; LibreOffice selects no hidden cell
    sheet = at.book.sheets[row.row.sheet]
    sheet.activate()
    sheet.range(f"D{row.row.row}").select()
    at.click("help.rule")
    text = at.person.shown[0].read_text(encoding="utf-8")
    assert app.rule_page(row.code).splitlines()[0] in text and text.count("<h2>") == 1


@pytest.mark.long
@pytest.mark.parametrize("tag", ["help.rules", "help.doctor", "help.restart", "help.about"])
def test_help_needs_no_workbook_of_ours(front: Any, foreign: bytes, tag: str) -> None:
    at = front(foreign)
    at.click(tag)
    assert at.person.asked == [] and (at.person.told or at.person.shown)


@pytest.fixture
def foreign(tmp_path: Path) -> bytes:
    """别人的工作簿：有一张叫 x.py 的表，一张想换 Python 的表，和当作代码写的文字。"""
    book = openpyxl.Workbook()
    book.active["A1"] = "__import__('os').system('touch /tmp/pwned')"
    book.create_sheet("x.py")["A1"] = "raise SystemExit('x.py ran')"
    book.create_sheet("perfmon_xl.conf").append(["INTERPRETER_WIN", r"C:\evil\evil.exe"])
    book.save(tmp_path / "别人的.xlsx")
    return (tmp_path / "别人的.xlsx").read_bytes()


@pytest.mark.parametrize(
    "tag",
    [
        "check.run",
        *(
            pytest.param(tag, marks=pytest.mark.long)
            for tag in ("fill.run", "check.next", "check.clear", "report.draft")
        ),
    ],
)
def test_a_foreign_workbook_is_left_as_it_is(front: Any, foreign: bytes, tag: str) -> None:
    at = front(foreign)
    at.person.yes = False
    cells = {s.name: s.used_range.formula for s in at.book.sheets}
    at.click(tag)
    assert at.person.asked == [f"“{at.book.name}”不是绩效运行监控工作簿，没有动它。要新建一个监控工作簿吗？"]
    assert {s.name: s.used_range.formula for s in at.book.sheets} == cells and at.person.told == []
