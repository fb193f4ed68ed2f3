"""Reports made to trip the auditor: numbers of charts beyond all bounds, ranges without end, bookmarks by the thousand."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from perfmon_xl import app
from perfmon_xl.audit.charts import same_number
from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.system import budget

CHART, DOCUMENT = "word/charts/chart1.xml", "word/document.xml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """示例项目的工作簿，和它的报告。"""
    where = tmp_path_factory.mktemp("核对")
    app.demo(where, say=lambda _: None)
    return where / "示例项目.xlsx", next(where.glob("*.docx")).read_bytes()


def part(name: str, data: bytes, at: Path) -> str:
    at.write_bytes(data)
    with zipfile.ZipFile(at) as package:
        return package.read(name).decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'<c:pt idx="0"', '<c:pt idx="x"'),
        (r'<c:pt idx="0"', f'<c:pt idx="{"9" * 5000}"'),
        (r'<c:pt idx="0"', '<c:pt idx="999999999999"'),
        (r'ptCount val="\d+"', 'ptCount val="999999999999"'),
        (r"<c:v>[\d.]+</c:v>", "<c:v>1e999999999</c:v>"),
        (r"<c:v>[\d.]+</c:v>", "<c:v>NaN</c:v>"),
        (r"<c:v>[\d.]+</c:v>", "<c:v>sNaN</c:v>"),
        (r"<c:v>[\d.]+</c:v>", f"<c:v>{'9' * 6000}</c:v>"),
        (r"<c:f>([^<]*)\$\d+</c:f>", r"<c:f>\g<1>$99999999999</c:f>"),
        (r"<c:f>([^<]*)\$\d+</c:f>", rf"<c:f>\g<1>${'9' * 5000}</c:f>"),
        (r"<c:f>[^<]*</c:f>", f"<c:f>'{chr(39) * 9000}</c:f>"),
    ],
)
def test_a_chart_of_any_numbers_is_audited(
    old: str, new: str, made: tuple[Path, bytes], tmp_path: Path
) -> None:
    book, report = made
    path = tmp_path / "报告.docx"
    text = part(CHART, report, path)
    changed = re.sub(old, new, text)
    assert changed != text
    path.write_bytes(rewritten(report, {CHART: changed.encode()}))
    with budget.limited():
        app.audit(path, book)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("0.8763", "0.87630000000000008", True),
        ("1e999999999", "1e999999999", True),
        ("1e999999999", "1", False),
        ("NaN", "NaN", True),
        ("NaN", "1", False),
        ("sNaN", "1", False),
        ("Infinity", "1", False),
        ("", "", True),
    ],
)
def test_two_numbers_of_any_kind_are_compared(one: str, other: str, same: bool) -> None:
    assert same_number(one, other) is same


@pytest.mark.parametrize(
    "body",
    [
        "".join(f'<w:bookmarkStart w:id="{n}" w:name="_pm_{n}"/>' for n in range(30_000)),
        "<w:p>"
        + "".join(f'<w:bookmarkStart w:id="{n}" w:name="_pm_{n}"/>' for n in range(30_000))
        + "</w:p>",
        f'<w:p><w:bookmarkStart w:id="7" w:name="_pm_{"9" * 5000}"/><w:r><w:t>1</w:t></w:r></w:p>',
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>",
    ],
)
def test_bookmarks_and_spans_without_end_cost_little(
    body: str, made: tuple[Path, bytes], tmp_path: Path
) -> None:
    book, report = made
    path = tmp_path / "报告.docx"
    text = part(DOCUMENT, report, path)
    path.write_bytes(rewritten(report, {DOCUMENT: text.replace("<w:body>", "<w:body>" + body, 1).encode()}))
    with budget.limited():
        app.audit(path, book)


def test_a_chart_whose_book_lost_its_sheet_is_named(made: tuple[Path, bytes], tmp_path: Path) -> None:
    book, report = made
    path, inside = tmp_path / "报告.docx", "word/embeddings/Microsoft_Excel_Worksheet1.xlsx"
    path.write_bytes(report)
    with zipfile.ZipFile(path) as package:
        data = package.read(inside)
    path.write_bytes(
        rewritten(report, {inside: rewritten(data, {}, frozenset({"xl/worksheets/sheet1.xml"}))})
    )
    with pytest.raises(UserError, match=r"图表的数据 Microsoft_Excel_Worksheet1\.xlsx 里没有工作表"):
        app.audit(path, book)
