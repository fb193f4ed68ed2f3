"""Undo takes back exactly what the last action wrote, leaves what a person changed since, and says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.made_up_windows import MadeUp
from support.memory_book import MemoryBook
from support.small_book import OTHER, SHEET

from perfmon_xl import app
from perfmon_xl.app import undoing
from perfmon_xl.domain.errors import UserError
from perfmon_xl.workbook import journal_file
from perfmon_xl.workbook.journal import AddedRows, CellChange, Journal, Layout, RecordingBook, undo
from perfmon_xl.workbook.port import CellRef, Content, Formula, Mark, Scalar, Workbook

D = Decimal
NAME, FORMULA, TEXT = CellRef(SHEET, 2, 1), CellRef(SHEET, 2, 4), CellRef(SHEET, 3, 5)
MARKS = {NAME: Mark("警告", "名称太短")}
ROW: list[Content] = ["丙", D(4), date(2024, 8, 1), Formula("清单[[#This Row],[数量]]*2", D(8)), None]


def state(book: Workbook) -> object:
    """看得见的一切：各格的值和有没有公式、名称、记号。"""
    rows = [[(c.value, c.formula is not None) for c in row] for row in book.tables()["清单"].rows]
    return rows, book.named()["委托方"].value, dict(book.marks())


def acted(book: Workbook) -> Journal:
    """盖掉一个名称、一个公式，写一格空的，加一行，做记号。"""
    recording = RecordingBook(book, "填充")
    recording.write({NAME: "=甲", FORMULA: D(7)})
    recording.write({NAME: "再改一次", TEXT: "新写的", recording.named()["委托方"].ref: None})
    recording.append_rows("清单", [ROW, ROW])
    recording.mark(MARKS)
    return recording.journal()


def test_everything_is_taken_back(book: Workbook) -> None:
    book.mark({TEXT: Mark("错误", "上次的")})
    before = state(book)
    journal = acted(book)
    assert state(book) != before
    undone = undo(book, journal)
    assert state(book) == before
    assert (undone.cells, undone.rows, undone.kept) == (4, 2, ())
    assert undone.notes == ("撤销了“填充”：还原 4 个单元格，去掉 2 行。",)


def test_what_was_changed_since_stays_and_is_named(book: Workbook) -> None:
    journal = acted(book)
    book.write({NAME: "人改的"})
    undone = undo(book, journal)
    cells = book.cells([NAME, TEXT])
    assert (cells[NAME].value, cells[TEXT].value) == ("人改的", None)
    assert undone.kept == (f"{SHEET}!A2：后来改成了“人改的”，没有撤回。",)


def test_an_added_row_that_was_filled_in_stays(book: Workbook) -> None:
    journal = acted(book)
    book.write({CellRef(SHEET, 4, 5): "人补的"})
    undone = undo(book, journal)
    assert len(book.tables()["清单"].rows) == 4 and undone.rows == 0
    assert undone.kept == ("表格“清单”新加的 2 行后来改过（E4），没有去掉。",)


def test_after_rows_were_inserted_addresses_are_not_trusted(book: Workbook) -> None:
    journal = acted(book)
    book.append_rows("清单", [ROW])
    undone = undo(book, journal)
    assert undone.kept == (f"{SHEET}：后来插入或删除过行，这张表上的没有撤回。",)
    assert book.cells([NAME])[NAME].value == "再改一次"
    assert book.named()["委托方"].value == "区财政局", "another sheet is taken back all the same"


def test_undoing_what_was_never_saved_says_nothing(book: Workbook) -> None:
    """做完没有存盘就关掉，再打开时本来就是原样。"""
    journal = acted(book)
    undo(book, journal)
    book.append_rows("清单", [ROW, ROW])
    assert undo(book, journal).kept == ()


def test_a_formula_whose_result_moved_on_is_still_ours(book: Workbook) -> None:
    recording = RecordingBook(book, "填充")
    recording.write({TEXT: Formula("B2*2", D(3))})
    journal = recording.journal()
    book.write({CellRef(SHEET, 2, 2): D(9)})
    assert undo(book, journal).kept == () and book.cells([TEXT])[TEXT].blank


def drawn() -> MemoryBook:
    return MemoryBook({"清单": (SHEET, ("名称",), [["甲"], [None]])}, {"委托方": (OTHER, 3, 2, "区财政局")})


def test_a_program_started_anew_undoes_from_disk_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine, key, book = MadeUp(root=tmp_path), str(tmp_path / "项目.xlsx"), drawn()
    with app.recorded(book, key, "填充", machine=machine) as recording:
        recording.write({NAME: "乙"})
    monkeypatch.setattr(undoing, "_kept", {})
    assert app.undo_last(book, key, machine=machine) == ("撤销了“填充”：还原 1 个单元格。",)
    assert book.cells([NAME])[NAME].value == "甲"
    with pytest.raises(UserError, match="没有可以撤销的动作"):
        app.undo_last(book, key, machine=machine)
    assert not list((tmp_path / ".perfmon_xl" / "undo").iterdir())


def test_an_action_that_failed_half_way_is_undone_and_an_empty_one_keeps_the_last(tmp_path: Path) -> None:
    machine, key, book = MadeUp(root=tmp_path), str(tmp_path / "另一个.xlsx"), drawn()
    with pytest.raises(ZeroDivisionError), app.recorded(book, key, "检查", machine=machine) as recording:
        recording.write({NAME: "乙"})
        raise ZeroDivisionError
    with app.recorded(book, key, "什么也没做", machine=machine):
        pass
    assert app.undo_last(book, key, machine=machine)[0].startswith("撤销了“检查”")
    assert book.cells([NAME])[NAME].value == "甲"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 99}', '{"version": 1}'])
def test_a_damaged_or_foreign_journal_is_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    assert journal_file.load(path) is None


refs = st.builds(CellRef, st.sampled_from([SHEET, OTHER]), st.integers(1, 9999), st.integers(1, 16_384))
scalars: st.SearchStrategy[Scalar] = st.one_of(
    st.none(),
    st.text(max_size=9),
    st.booleans(),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False),
)
contents: st.SearchStrategy[Content] = st.one_of(scalars, st.builds(Formula, st.text(max_size=9), scalars))
all_marks = st.dictionaries(refs, st.builds(Mark, st.sampled_from(["错误", "提示"]), st.text(max_size=9)))
journals = st.builds(
    Journal,
    st.text(max_size=5),
    st.lists(st.builds(CellChange, refs, contents, contents), max_size=4).map(tuple),
    st.lists(
        st.builds(
            AddedRows,
            st.text(),
            st.integers(1, 9),
            st.lists(st.tuples(refs, contents), max_size=3).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    st.dictionaries(st.text(max_size=3), st.builds(Layout, refs, st.integers(0, 99)), max_size=2),
    st.none() | st.tuples(all_marks, all_marks),
)


@given(journals)
@pytest.mark.slow
def test_a_journal_on_disk_is_the_same_journal(journal: Journal) -> None:
    assert journal_file.from_data(journal_file.to_data(journal)) == journal
