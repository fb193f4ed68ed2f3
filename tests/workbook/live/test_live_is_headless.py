"""The example in an open workbook, cell for cell what the same actions make of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from support.live import LiveOffice
from support.uno_office import UNO_MARKS

from perfmon_xl import app
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.journal import RecordingBook, undo
from perfmon_xl.workbook.live.book import XlwingsBook
from perfmon_xl.workbook.port import CellRef, Formula, Mark, RawCell, Workbook
from perfmon_xl.workbook.read import read

pytestmark = list(UNO_MARKS)


@pytest.fixture(scope="module")
def data(example: Monitoring) -> bytes:
    return build(example, app.rules_of(example))


@pytest.fixture
def live(live_office: LiveOffice, data: bytes) -> Iterator[XlwingsBook]:
    with live_office.opened(data) as book:
        yield book


def cells(book: Workbook) -> dict[CellRef, RawCell]:
    found = {cell.ref: cell for table in book.tables().values() for row in table.rows for cell in row}
    return found | {cell.ref: cell for cell in book.named().values()}


def seen(cell: RawCell) -> tuple[object, ...]:
    """一格看得见的：值（空和空文字一样；数到双精度为止）、有没有公式、错误、是不是百分数。"""
    value = float(cell.value) if hasattr(cell.value, "as_tuple") else cell.value or None
    number = pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
    return number, cell.formula is not None, cell.error, cell.percent


def differing(live: Workbook, headless: Workbook) -> list[str]:
    ours, theirs = cells(live), cells(headless)
    assert ours.keys() == theirs.keys()
    return [
        f"{ref}: {ours[ref]} / {theirs[ref]}" for ref in sorted(ours) if seen(ours[ref]) != seen(theirs[ref])
    ]


def words(path: Path) -> list[str]:
    """报告里的全部文字：段落，然后表格。"""
    document = docx.Document(str(path))
    tables = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return [p.text for p in document.paragraphs] + tables


@dataclass
class Both:
    """同样的动作做在打开的工作簿上和文件上。"""

    live: XlwingsBook
    headless: PackageBook

    def do(self, action: Callable[[Workbook], object]) -> object:
        said = action(self.live)
        assert said == action(self.headless)
        assert differing(self.live, self.headless) == []
        return said


def test_fill_check_marks_and_report_are_the_same(live: XlwingsBook, data: bytes, tmp_path: Path) -> None:
    both = Both(live, PackageBook.from_bytes(data))
    assert differing(live, both.headless) == []
    both.do(app.fill_book)
    checked = both.do(app.check_book)
    assert isinstance(checked, app.CheckedBook) and checked.errors
    assert live.marks() == both.headless.marks() and len(live.marks()) > 10
    reports = []
    for name, book in (("打开的", live), ("文件", both.headless)):
        app.report_of(read(book), tmp_path / f"{name}.docx", draft=True)
        reports.append(words(tmp_path / f"{name}.docx"))
    assert reports[0] == reports[1] and len(reports[0]) > 100
    both.do(app.check_book)
    app.clear_marks(live)
    assert live.marks() == {}


@pytest.mark.long
def test_links_and_answers_are_what_a_file_gets(live: XlwingsBook, data: bytes) -> None:
    both = Both(live, PackageBook.from_bytes(data))
    both.do(app.check_book)
    found = read(live).found[layout.FINDINGS.name]
    answer = found.ref(1, "answer")
    for book in (live, both.headless):
        book.write({answer: "=已与业务科核实，见 7-31 会议纪要"})
    both.do(app.check_book)
    where = [found.ref(i, "where") for i in range(len(found.raw.rows))]
    links = [{r: c.formula for r, c in book.cells(where).items()} for book in (live, both.headless)]
    assert links[0] == links[1]
    assert any((formula or "").startswith("HYPERLINK(\"#'") for formula in links[0].values())
    assert live.cells([answer])[answer].value == "=已与业务科核实，见 7-31 会议纪要"


@pytest.mark.long
def test_undo_takes_back_a_fill_and_a_check(live: XlwingsBook) -> None:
    before = {ref: seen(cell) for ref, cell in cells(live).items()}
    journals = []
    for name, action in (("填充", app.fill_book), ("检查", app.check_book)):
        recording = RecordingBook(live, name)
        action(recording)
        journals.append(recording.journal())
    assert {ref: seen(cell) for ref, cell in cells(live).items()} != before
    for journal in reversed(journals):
        assert undo(live, journal).kept == ()
    assert {ref: seen(cell) for ref, cell in cells(live).items()} == before
    assert live.marks() == {}


def test_what_was_not_saved_is_in_the_report(live_office: LiveOffice, data: bytes, tmp_path: Path) -> None:
    book = live_office.open(data)
    live = XlwingsBook(book)
    name = live.named()["项目名称"]
    book.sheets[name.ref.sheet].range(name.ref.a1).value = "没有存盘的项目名称"
    app.report_of(read(XlwingsBook(book)), tmp_path / "报告.docx", draft=True)
    book.close()
    assert any("没有存盘的项目名称" in text for text in words(tmp_path / "报告.docx"))


@pytest.mark.long
def test_where_the_person_was_and_how_excel_was_set_stay(live_office: LiveOffice, data: bytes) -> None:
    book = live_office.open(data)
    app_, sheet = book.app, book.sheets["资金"]
    sheet.activate()
    sheet.range("C5").select()
    app_.calculation, app_.enable_events = "manual", False
    live = XlwingsBook(book)
    app.check_book(live)
    with pytest.raises(UserError):
        live.write({CellRef("没有这张表", 1, 1): "x"})
    settings = app_.screen_updating, app_.enable_events, app_.display_alerts, app_.calculation
    here = book.sheets.active.name, app_.selection.address
    app_.calculation, app_.enable_events = "automatic", True
    book.close()
    assert settings == (True, False, True, "manual")
    assert here == ("资金", "$C$5")


def test_a_persons_own_fill_and_note_are_left_alone(live_office: LiveOffice, data: bytes) -> None:
    book = live_office.open(data)
    sheet = book.sheets["资金"]
    live = XlwingsBook(book)
    sheet.range("B18").color = (1, 2, 3)
    sheet.range("B18").add_note("问过业务科")
    for marks in ({CellRef("资金", 18, 2): Mark("错误", "多了")}, {}):
        live.mark(marks)
        assert live.marks().keys() == marks.keys()
        assert sheet.range("B18").color == (1, 2, 3) and sheet.range("B18").note.text == "问过业务科"
    book.close()


@pytest.mark.parametrize(
    "formats",
    [
        ["@", "@"],
        pytest.param(["@", "0.00"], marks=pytest.mark.long),
        pytest.param(["General", "@"], marks=pytest.mark.long),
    ],
)
def test_a_formula_goes_into_a_text_cell_as_a_formula(
    live_office: LiveOffice, data: bytes, formats: list[str]
) -> None:
    """文本格式的格子收下的公式只是文字：旧工作簿的“位置”栏就是这样，点了哪里也不去。"""
    book = live_office.open(data)
    sheet = book.sheets["资金"]
    places = [CellRef("资金", row, 30) for row in (3, 4)]
    for place, code in zip(places, formats, strict=True):
        sheet.range(place.a1).number_format = code
    sheet.range("AD9").number_format = "@"
    live = XlwingsBook(book)
    live.write(
        {**{place: Formula("1+1", Decimal(2)) for place in places}, CellRef("资金", 9, 30): "=不是公式"}
    )
    found = live.cells([*places, CellRef("资金", 9, 30)])
    assert [found[place].formula for place in places] == ["1+1", "1+1"]
    assert [found[place].value for place in places] == [Decimal(2), Decimal(2)]
    assert found[CellRef("资金", 9, 30)].value == "=不是公式"
    assert [sheet.range(p.a1).number_format for p in places] == [
        "General" if c == "@" else c for c in formats
    ]
    assert sheet.range("AD9").number_format == "@"
    book.close()
