"""The one walk through a Word document: what import, audit and page estimate see of it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import perfmon_xl
from perfmon_xl.ooxml import word
from perfmon_xl.ooxml.markup import tree

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def body(xml: str) -> etree._Element:
    return tree(f"<w:body {_NAMES}>{xml}</w:body>".encode())


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def texts(xml: str) -> list[tuple[str, str]]:
    """各段看得见的文字，和整段的修订。"""
    return [
        (word.visible_text(word.pieces(n.element, n.change)), n.change)
        for n in word.blocks(body(xml))
        if n.kind == "p"
    ]


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>{p('乙')}", [("甲", ""), ("乙", "")]),
        (f"<w:customXml>{p('甲')}</w:customXml>", [("甲", "")]),
        (f"<w:ins>{p('甲')}</w:ins><w:moveFrom>{p('乙')}</w:moveFrom>", [("甲", "ins"), ("", "del")]),
        (
            "<mc:AlternateContent><mc:Choice>" + p("新") + "</mc:Choice><mc:Fallback>" + p("旧") + "</mc:Fallback></mc:AlternateContent>",
            [("新", "")],
        ),
    ],
)  # fmt: skip
def test_whatever_stands_around_a_paragraph(xml: str, found: list[tuple[str, str]]) -> None:
    assert texts(xml) == found


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        (
            "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/></w:r>",
            "甲\t乙\n丙-",
        ),
        ("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:rPr/><w:t>甲</w:t></w:r>", "甲"),
        ("<w:ins><w:r><w:t>加</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "加"),
        ("<w:del><w:ins><w:r><w:t>先加后删</w:t></w:r></w:ins></w:del>", ""),
        ("<w:hyperlink><w:smartTag><w:r><w:t>甲</w:t></w:r></w:smartTag></w:hyperlink>", "甲"),
        ('<w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>', "3"),
        (f"<w:r><w:pict><w:txbxContent>{p('框')}</w:txbxContent></w:pict><w:t>旁</w:t></w:r>", "旁"),
    ],
)
def test_what_is_seen_of_a_paragraph(inside: str, seen: str) -> None:
    assert texts(f"<w:p>{inside}</w:p>") == [(seen, "")]


def test_pieces_keep_their_order_and_say_what_they_are() -> None:
    [node] = word.blocks(
        body(
            '<w:p><w:bookmarkStart w:id="1" w:name="a"/><w:r><w:t>甲</w:t></w:r><w:bookmarkEnd w:id="1"/>'
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/><w:t>乙</w:t><w:fldChar w:fldCharType="end"/></w:r>'
            f"<w:r><w:drawing><a:blip/></w:drawing><w:txbxContent>{p('框')}</w:txbxContent></w:r></w:p>"
        )
    )
    kinds = [(one.kind, one.text) for one in word.pieces(node.element)]
    assert kinds == [
        ("bookmarkStart", ""), ("text", "甲"), ("bookmarkEnd", ""), ("begin", ""), ("code", "REF x"),
        ("text", "乙"), ("end", ""), ("picture", ""), ("box", ""),
    ]  # fmt: skip


_SPANS = st.lists(st.integers(1, 4), min_size=1, max_size=5)


@given(st.integers(0, 3), _SPANS, st.booleans(), st.booleans())
def test_cells_stand_side_by_side_in_the_grid(
    before: int, spans: list[int], header: bool, deleted: bool
) -> None:
    marks = f'<w:gridBefore w:val="{before}"/>' + "<w:tblHeader/>" * header + "<w:del/>" * deleted
    cells = "".join(f'<w:tc><w:tcPr><w:gridSpan w:val="{n}"/></w:tcPr>{p("格")}</w:tc>' for n in spans)
    table = body(
        f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr></w:sdtContent></w:sdt></w:tbl>"
    )[0]
    [row] = word.rows(table)
    assert (row.before, row.header, row.deleted) == (before, header, deleted)
    found = list(word.cells(row))
    assert [cell.span for cell in found] == spans
    assert [cell.column for cell in found] == [before + sum(spans[:n]) for n in range(len(spans))]


@pytest.mark.parametrize(
    ("mark", "follows"), [("<w:vMerge/>", True), ('<w:vMerge w:val="restart"/>', False), ("", False)]
)
def test_a_cell_that_goes_on_the_one_above(mark: str, follows: bool) -> None:
    table = body(f"<w:tbl><w:tr><w:tc><w:tcPr>{mark}</w:tcPr>{p('格')}</w:tc></w:tr></w:tbl>")[0]
    assert [cell.follows for row in word.rows(table) for cell in word.cells(row)] == [follows]


def test_depth_has_an_end() -> None:
    deep = "<w:sdt>" * 240 + p("深") + "</w:sdt>" * 240
    assert texts(deep) == []


@pytest.mark.slow
def test_nobody_else_walks_or_parses() -> None:
    """一个走法、一个解析：别处没有自己的 XMLParser（缺前缀的单个格子除外），也没有自己数段落的走法。"""
    root = Path(perfmon_xl.__file__).parent
    parsers, walkers = set(), set()
    for path in root.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Attribute)
                and node.attr == "XMLParser"
                and isinstance(node.ctx, ast.Load)
            ):
                parsers.add(name)
            if isinstance(node, ast.Constant) and node.value in ("txbxContent", "moveFrom", "noBreakHyphen"):
                walkers.add(name)
    assert parsers == {"ooxml/markup.py", "workbook/file/nonstandard_rows.py"}
    assert walkers - {"importing/document.py"} == {"ooxml/word.py"}  # document.py counts tracked changes
