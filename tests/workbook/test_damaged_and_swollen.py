"""Workbooks that lost a part, swell, or hold more than their tables: read, or refused with file and part; never written around."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from perfmon_xl import app
from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.safety import MOST_EMBEDDED, check_package
from perfmon_xl.ooxml.zipping import EMPTY, rewritten
from perfmon_xl.system.files import read_package
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.file.cells import PICTURE
from perfmon_xl.workbook.port import CellRef
from perfmon_xl.workbook.read import read

SHEETS = ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet5.xml", "xl/worksheets/sheet8.xml")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def put(path: Path, changed: dict[str, bytes], removed: frozenset[str] = frozenset()) -> Path:
    path.write_bytes(rewritten(path.read_bytes(), changed, removed))
    return path


@pytest.mark.parametrize("part", [*SHEETS, "xl/styles.xml", "docProps/app.xml"])
def test_a_part_that_is_no_xml_is_not_written_around(part: str, demo_book: Path) -> None:
    """部分截短了，压缩包本身完好。"""
    before = put(demo_book, {part: parts(demo_book)[part][:-20]}).read_bytes()
    with pytest.raises(UserError) as caught:
        app.fill(demo_book)
    assert part in caught.value.message and demo_book.name in caught.value.message
    assert demo_book.read_bytes() == before


@pytest.mark.parametrize("part", SHEETS)
def test_a_part_whose_bytes_are_damaged_is_named(part: str, demo_book: Path) -> None:
    with zipfile.ZipFile(demo_book) as package:
        info = package.getinfo(part)
    data = bytearray(demo_book.read_bytes())
    middle = info.header_offset + 30 + len(part) + info.compress_size // 2
    data[middle] ^= 0xFF
    demo_book.write_bytes(data)
    with pytest.raises(UserError) as caught:
        read_package(demo_book)
    assert part in caught.value.message and demo_book.name in caught.value.message


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/worksheets/sheet5.xml", "xl/tables/table1.xml"])
def test_a_part_that_is_missing_is_named(part: str, demo_book: Path) -> None:
    put(demo_book, {}, frozenset({part}))
    with pytest.raises(UserError) as caught:
        app.check(demo_book)
    assert part in caught.value.message


CELL = re.compile(r'<c r="C4"( s="[0-9]+")?[^>]*?(?:/>|>.*?</c>)', re.S)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ('<c r="C4" t="s"><v>-1</v></c>', "找不到原文"),
        ('<c r="C4" t="s"><v>1_0</v></c>', "找不到原文"),
        ('<c r="C4" t="s"><v>٣</v></c>', "找不到原文"),
        ('<c r="C4" t="s"><v>99999999</v></c>', "找不到原文"),
        ('<c r="C4"><v>1</v></c><c r="C4"><v>2</v></c>', "第 4 行里有写重了或写错了位置"),
        ('<c r="C4"><v>1</v></c><c r="c4"><v>2</v></c>', "第 4 行里有写重了或写错了位置"),
        ('<c r="C5"><v>1</v></c>', "第 4 行里有写重了或写错了位置"),
        ('<c r="C40"><v>1</v></c>', "第 4 行里有写重了或写错了位置"),
    ],
)
def test_a_cell_of_two_answers_is_damage_and_no_value(cell: str, says: str, demo_book: Path) -> None:
    sheet = parts(demo_book)[SHEETS[2]].decode()
    put(demo_book, {SHEETS[2]: CELL.sub(cell, sheet, count=1).encode()})
    with pytest.raises(UserError, match=says) as caught:
        app.check(demo_book)
    assert "工作表“表4 目标对比表”" in caught.value.message and caught.value.hint


@pytest.mark.parametrize("style", ["-1", "99999999"])
def test_a_style_that_is_not_there_is_none(style: str, demo_book: Path) -> None:
    sheet = parts(demo_book)[SHEETS[2]].decode()
    put(demo_book, {SHEETS[2]: CELL.sub(f'<c r="C4" s="{style}"><v>45352</v></c>', sheet, count=1).encode()})
    ref = CellRef("表4 目标对比表", 4, 3)
    assert PackageBook.open(demo_book).cells([ref])[ref].value == 45352


def test_a_small_letter_in_the_place_of_a_cell_is_the_same_place(demo_book: Path) -> None:
    sheet = parts(demo_book)[SHEETS[2]].decode()
    put(demo_book, {SHEETS[2]: CELL.sub('<c r="c4"><v>7</v></c>', sheet, count=1).encode()})
    ref = CellRef("表4 目标对比表", 4, 3)
    assert PackageBook.open(demo_book).cells([ref])[ref].value == 7


@pytest.mark.parametrize(
    ("part", "old", "new", "says"),
    [
        ("xl/workbook.xml", r'(<sheet [^>]*name=")([^"]*)("[^>]*/>)(<sheet [^>]*name=")[^"]*"', r'\1\2\3\4\2"', "两张工作表都叫"),
        ("xl/workbook.xml", r'r:id="rId2"', 'r:id="rId1"', "同一份内容"),
        ("xl/styles.xml", r'numFmtId="\d', 'numFmtId="x', "styles.xml 已损坏"),
        ("xl/tables/table1.xml", r' ref="([A-Z]+\d+):([A-Z]+\d+)"', r' ref="\2:\1"', "范围写坏了"),
        ("xl/tables/table1.xml", r' ref="[^"]*"', ' ref="A1"', "范围写坏了"),
        ("xl/tables/table2.xml", r' (displayName|name)="[^"]*"', r' \1="目标对比表"', "两张表格都叫"),
    ],
)  # fmt: skip
def test_a_structure_of_two_answers_is_damage_and_named(
    part: str, old: str, new: str, says: str, demo_book: Path
) -> None:
    text = parts(demo_book)[part].decode()
    changed = re.sub(old, new, text, count=2 if "displayName" in old else 1)
    assert changed != text
    put(demo_book, {part: changed.encode()})
    with pytest.raises(UserError, match=says) as caught:
        app.check(demo_book)
    assert demo_book.name in caught.value.message and caught.value.hint


@pytest.mark.parametrize("case", [str.upper, str.title, str.lower])
def test_part_names_in_another_case_are_the_same_parts(case: Callable[[str], str], demo_book: Path) -> None:
    """别的程序写的部件名大小写不一样：工作表、它的关系、表格都照样找得到，写回去不多出一份。"""
    expected, found = read(PackageBook.open(demo_book)).monitoring.compared, parts(demo_book)
    moved = {n: case(n) for n in found if n.startswith(("xl/worksheets/sheet", "xl/styles"))}
    put(demo_book, {new: found[old] for old, new in moved.items() if new != old}, frozenset(o for o, n in moved.items() if o != n))  # fmt: skip
    assert read(PackageBook.open(demo_book)).monitoring.compared == expected
    app.fill(demo_book)
    names = list(parts(demo_book))
    assert len({n.lower() for n in names}) == len(names)
    assert read(PackageBook.open(demo_book)).monitoring.compared == expected


@pytest.mark.parametrize(
    ("written", "shown"),
    [("甲_xD800_乙", "甲�乙"), ("_xDC00__xD800_", "��"), ("_xD83D__xDE00_", "😀"), ("甲_x0041_", "甲A")],
)
def test_half_a_character_is_no_fault(written: str, shown: str, demo_book: Path) -> None:
    sheet = parts(demo_book)[SHEETS[2]].decode()
    cell = f'<c r="C4" t="inlineStr"><is><t>{written}</t></is></c>'
    put(demo_book, {SHEETS[2]: CELL.sub(cell, sheet, count=1).encode()})
    ref = CellRef("表4 目标对比表", 4, 3)
    assert PackageBook.open(demo_book).cells([ref])[ref].value == shown
    str(app.check(demo_book).as_data("甲")).encode()


def _table_down_to_the_end(found: dict[str, bytes]) -> dict[str, bytes]:
    return {
        name: re.sub(rb'ref="([A-Z]+\d+:[A-Z]+)\d+"', rb'ref="\g<1>1048576"', data)
        for name, data in found.items()
        if name.startswith("xl/tables/") and b'headerRowCount="0"' not in data
    }


@pytest.mark.slow
def test_a_table_drawn_down_to_the_last_row_costs_nothing(demo_book: Path) -> None:
    before = read(PackageBook.open(demo_book)).monitoring
    book = PackageBook.open(put(demo_book, _table_down_to_the_end(parts(demo_book))))
    assert max(len(table.rows) for table in book.tables().values()) < 3_000
    assert read(book).monitoring.compared == before.compared
    with pytest.raises(UserError, match="加不了行"):
        book.append_rows("目标对比表", [["甲"] * len(book.tables()["目标对比表"].header)])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A3" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>', PICTURE),
        ('<c r="A3" t="str"><f>DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>', PICTURE),
        ('<c r="A3" t="e" vm="1"><v>#VALUE!</v></c>', PICTURE),
        ('<c r="A3" t="e"><v>#VALUE!</v></c>', None),
        ('<c r="A3" t="str"><v>用DISPIMG(放图</v></c>', "用DISPIMG(放图"),
    ],
)
def test_a_picture_in_a_cell_is_neither_an_error_nor_a_formula_as_text(
    cell: str, value: object, demo_book: Path
) -> None:
    sheet = parts(demo_book)[SHEETS[0]].decode()
    changed = re.sub(r'<c r="A3"[^>]*?(?:/>|>.*?</c>)', cell, sheet, count=1, flags=re.S)
    assert changed != sheet
    book = PackageBook.open(put(demo_book, {SHEETS[0]: changed.encode()}))
    ref = CellRef(book.sheet_names()[0], 3, 1)
    assert book.cells([ref])[ref].value == value


@pytest.mark.parametrize(("system", "day"), [("0", date(2024, 3, 1)), ("1", date(2028, 3, 2))])
def test_a_bare_serial_counts_from_the_workbooks_own_epoch(system: str, day: date, demo_book: Path) -> None:
    """日期格式丢了，只剩下数：1904 年数起的工作簿，同一个数晚四年多一天。"""
    found = parts(demo_book)
    workbook = found["xl/workbook.xml"].decode()
    workbook = re.sub(r"<workbookPr", f'<workbookPr date1904="{system}"', workbook, count=1)
    book = PackageBook.open(put(demo_book, {"xl/workbook.xml": workbook.encode()}))
    place = read(book).monitoring.project.place.at("cutoff")
    name, row = place.sheet, place.row
    part = book.package.sheets[name]
    sheet = found[part].decode()
    cell = f'<c r="{place.column}{row}"><v>45352</v></c>'
    changed = re.sub(rf'<c r="{place.column}{row}"[^>]*?(?:/>|>.*?</c>)', cell, sheet, flags=re.S)
    again = PackageBook.open(put(demo_book, {part: changed.encode()}))
    assert read(again).monitoring.project.cutoff == day


# --- swelling ----------------------------------------------------------------------------------------


def _embedded(size: int) -> bytes:
    return rewritten(
        EMPTY,
        {
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.xml": b"<workbook/>",
            "xl/worksheets/sheet1.xml": b"<a>" + b" " * size + b"</a>",
        },
    )


def test_the_workbook_behind_a_chart_goes_through_the_door() -> None:
    check_package(_embedded(1000), "图表的数据", most=MOST_EMBEDDED)
    for bad in (_embedded(MOST_EMBEDDED + 1), b"PK\3\4", b"MZ"):
        with pytest.raises(UserError):
            check_package(bad, "图表的数据", most=MOST_EMBEDDED)


PROGRAM = """
import sys
from perfmon_xl import cli
from perfmon_xl.system import budget
budget.SECONDS, budget.MEMORY = {seconds}, {memory}
import perfmon_xl.commands.check as check
def swell(arguments):
    budget.start("胀大的.xlsx")
    {work}
    return 0
check.run = swell
sys.argv = ["perfmon-xl", "check", "x.xlsx"]
sys.exit(cli.main())
"""


@pytest.mark.parametrize(
    "work", ["while True: pass", "x = bytearray(1 << 32)", "import re; re.match('(a+)+$', 'a'*40+'b')"]
)
@pytest.mark.slow
def test_time_and_memory_end_in_words(work: str) -> None:
    script = PROGRAM.format(seconds=0.5, memory=1 << 29, work=work)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2, done.stderr
    assert "胀大的.xlsx 里的内容多得不正常" in done.stderr and "Traceback" not in done.stderr


def test_without_the_command_line_nothing_is_limited(demo_book: Path) -> None:
    import signal

    read_package(demo_book)
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
