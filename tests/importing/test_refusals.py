"""Files that are no report, or hostile: refused in Chinese, nothing written, no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.word import docx, p, table

from perfmon_xl import app, cli
from perfmon_xl.domain.errors import UserError
from perfmon_xl.importing.reading import import_report

_DTD = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "b">]><w:document xmlns:w="x"/>'


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("报告.pdf", b"%PDF-1.7", "PDF 转 Word"),
        ("报告.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为 .docx"),
        ("改了名的.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "另存为 .docx"),
        ("报告.docx", docx(p("一、项目"))[:-40], "不完整或已损坏"),
        ("报告.docx", docx(document=_DTD), "外部定义"),
        ("报告.docx", docx(document=b"<w:document"), "已损坏"),
        ("报告.docx", docx(p("今天天气很好。")), "不像绩效监控报告"),
        ("报告.docx", b"", "空文件"),
    ],
)
def test_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, said: str
) -> None:
    report, book = tmp_path / name, tmp_path / "项目.xlsx"
    report.write_bytes(content)
    assert cli.main(["import", str(report), "-o", str(book)]) == 2
    assert said in capsys.readouterr().err
    assert not book.exists()


def test_never_over_another_file(tmp_path: Path) -> None:
    book = tmp_path / "项目.xlsx"
    book.write_bytes(b"mine")
    with pytest.raises(UserError, match="已经存在"):
        app.import_to_book(tmp_path / "报告.docx", book)
    assert book.read_bytes() == b"mine"


_WORDS = st.text(
    st.sampled_from("一二三（）()123.、。：；《》〈〉年月日万元预算支出其中到位%≥ \t问题措施结论表"),
    max_size=60,
)
_ROWS = st.lists(
    st.lists(_WORDS | st.sampled_from(["三级指标", "实际完成值", "指标目标值", "一级指标"]), max_size=5),
    max_size=5,
)


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(_WORDS.map(p) | _ROWS.map(lambda rows: table(*rows)), max_size=12))
def test_whatever_stands_in_a_report_is_read_or_refused(blocks: list[str]) -> None:
    try:
        found = import_report(docx(*blocks))
    except UserError:
        return
    assert all(x.place and x.why for x in found.leftovers)
