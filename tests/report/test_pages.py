"""Page estimates: the text of a document says the same as its tree, usual or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfmon_xl.report.pages.blocks import _in_tree, _is_usual, blocks

_CELL = "<w:tc><w:tcPr><w:tcW/>{}</w:tcPr>{}</w:tc>"
_texts = st.sampled_from(
    ["", "170件", "A &amp; B &lt; C", '</w:t><w:br/><w:t xml:space="preserve">二', "中文，1.5%"]
)
_paragraphs = st.builds(
    lambda style, text, more: (
        f'<w:p{more}>{style}<w:r><w:t xml:space="preserve">{text}</w:t></w:r><w:r><w:tab/></w:r></w:p>'
    ),
    st.sampled_from(["", '<w:pPr><w:pStyle w:val="a1"/><w:keepNext/></w:pPr>', "<w:pPr><w:sectPr/></w:pPr>"]),
    _texts,
    st.sampled_from(["", ' w:rsidR="00"']),
)
_cells = st.builds(
    _CELL.format,
    st.sampled_from(["", '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"]),
    st.lists(_paragraphs.filter(lambda p: "sectPr" not in p), min_size=1, max_size=2).map("".join),
)
_rows = st.builds(
    lambda more, head, cells: f"<w:tr{more}>{head}{''.join(cells)}</w:tr>",
    st.sampled_from(["", ' w:rsidR="00"']),
    st.sampled_from(["", "<w:trPr><w:tblHeader/></w:trPr>"]),
    st.lists(_cells, max_size=3),
)
_tables = st.lists(_rows, max_size=3).map(
    lambda rows: (
        '<w:tbl><w:tblGrid><w:gridCol w:w="1700"/><w:gridCol w:w="901"/></w:tblGrid>'
        + "".join(rows)
        + "</w:tbl>"
    )
)
_DRAWN = '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1" cy="254000"/></wp:inline></w:drawing></w:r></w:p>'


def document(*content: str) -> str:
    return (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>'
        + "".join(content)
        + "<w:sectPr/></w:body></w:document>"
    )


@given(st.lists(_paragraphs | _tables | st.just(_DRAWN), max_size=6))
def test_the_text_says_what_the_tree_says(content: list[str]) -> None:
    xml = document(*content)
    assert _is_usual(xml)
    assert blocks(xml, xml) == _in_tree(xml)


@pytest.mark.parametrize(
    "content",
    [
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt><w:p/>",
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
        '<w:p w:rsidR="00"/><w:p><w:r><w:t>一</w:t></w:r></w:p>',
        "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>",
        "<!-- <w:p> --><w:p><w:r><w:t>甲&#10;乙</w:t></w:r></w:p>",
        '<w:p><w:pPr><w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="old"/></w:pPr></w:pPrChange></w:pPr></w:p>',
    ],
)
def test_what_is_unusual_is_read_from_the_tree(content: str) -> None:
    xml = document(content)
    assert blocks(xml, xml) == _in_tree(xml)
