"""Page estimates: what is read of a document, in order, whatever stands between."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfmon_xl.report.pages.blocks import (
    Block,
    PageCell,
    PageParagraph,
    PageRow,
    PageTable,
    blocks,
    is_usual,
    tree_blocks,
)

_TEXTS = st.sampled_from(["", "170件", "A & B < C", "一\n二", "中文，1.5%"])
_STYLES = st.sampled_from(["", "a1"])


def run(text: str) -> str:
    """一串文字；换行写成 w:br。"""
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:r>{inside}</w:r><w:r><w:tab/></w:r>"


def paragraph(text: str, style: str = "") -> tuple[str, PageParagraph]:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/><w:keepNext/></w:pPr>' if style else ""
    return f'<w:p w:rsidR="00">{properties}{run(text)}</w:p>', PageParagraph(
        style, text, 0, True if style else None
    )


def cell(span: int, texts: list[str], merged: bool) -> tuple[str, PageCell]:
    properties = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + ("<w:vMerge/>" if merged else "")
    inside = "".join(paragraph(text)[0] for text in texts)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>", PageCell(
        span, [] if merged else texts, merged
    )


def row(header: bool, cells: list[tuple[str, PageCell]]) -> tuple[str, PageRow]:
    head = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{head}{''.join(x for x, _ in cells)}</w:tr>", PageRow(header, [c for _, c in cells])


def table(rows: list[tuple[str, PageRow]]) -> tuple[str, PageTable]:
    grid = '<w:tblGrid><w:gridCol w:w="1700"/><w:gridCol w:w="901"/></w:tblGrid>'
    return f"<w:tbl>{grid}{''.join(x for x, _ in rows)}</w:tbl>", PageTable(
        [1700.0, 901.0], [r for _, r in rows]
    )


DRAWN = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1" cy="254000"/></wp:inline></w:drawing></w:r></w:p>',
    PageParagraph("", "", 254000),
)
_CELLS = st.builds(cell, st.integers(1, 2), st.lists(_TEXTS, min_size=1, max_size=2), st.booleans())
_TABLES = st.lists(st.builds(row, st.booleans(), st.lists(_CELLS, max_size=3)), max_size=3).map(table)
_CONTENT = st.lists(st.builds(paragraph, _TEXTS, _STYLES) | _TABLES | st.just(DRAWN), max_size=6)


def document(*content: str) -> str:
    return (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>'
        + "".join(content)
        + "<w:sectPr/></w:body></w:document>"
    )


@given(_CONTENT, _CONTENT)
@pytest.mark.slow
def test_what_stands_after_the_last_section_is_read_in_order(
    before: list[tuple[str, Block]], after: list[tuple[str, Block]]
) -> None:
    section = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    for xml in (
        document(*(x for x, _ in before), section, *(x for x, _ in after)),
        document(*(x for x, _ in after)),
    ):
        assert is_usual(xml)  # read from the text, and the tree says the same
        assert blocks(xml, xml) == tree_blocks(xml) == [block for _, block in after]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('<w:p w:rsidR="00"/><w:p><w:r><w:t>一</w:t></w:r></w:p>', [("", "", 0), ("", "一", 0)]),
        ("<!-- <w:p> --><w:p><w:r><w:t>甲&#10;乙</w:t></w:r></w:p>", [("", "甲\n乙", 0)]),
        (
            '<w:p><w:pPr><w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="old"/></w:pPr></w:pPrChange></w:pPr></w:p>',
            [("", "", 0)],  # what the style was before is not what it is
        ),
        (
            "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
            [("", "", 0)],  # a box floats beside the text
        ),
        (
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            [("", "控件", 0)],
        ),
    ],
)
def test_unusual_paragraphs(content: str, found: list[tuple[str, str, int]]) -> None:
    xml = document(content)
    assert not is_usual(xml)
    assert blocks(xml, xml) == [PageParagraph(*one) for one in found]


def test_the_rows_of_a_table_in_a_table_are_its_own() -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>里</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{inner}<w:p><w:r><w:t>外</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    xml = document(outer)
    assert blocks(xml, xml) == tree_blocks(xml) == [PageTable([], [PageRow(False, [PageCell(1, ["外"])])])]


def test_a_broken_document_has_no_pages() -> None:
    assert blocks("<w:document>", "<!-- -->") == []
