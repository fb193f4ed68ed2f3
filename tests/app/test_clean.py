"""The corrected edition of the example: nothing to find, a final report, and it comes back from the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfmon_xl import app, cli

CLEAN = Path(__file__).parents[1] / "data" / "clean.json"


@pytest.fixture
def clean_book(tmp_path: Path) -> Path:
    path = tmp_path / "改好的示例.xlsx"
    app.new(path, CLEAN)
    app.fill(path)
    return path


def test_nothing_is_found(clean_book: Path) -> None:
    checked = app.check(clean_book)
    assert [f.as_text() for f in checked.findings] == []
    assert checked.verdict == "可以出正式报告。"


@pytest.mark.slow
def test_the_final_report_comes_without_a_draft_mark(
    clean_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import docx

    assert cli.main(["report", str(clean_book)]) == 0
    made = docx.Document(str(next(clean_book.parent.glob("*.docx"))))
    text = "\n".join(p.text for p in made.paragraphs)
    assert "征求意见稿" not in text and "检查发现" not in text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("field", "old", "new", "code"),
    [
        ("actual", '"158件"', '"185件"', "WB101"),
        ("actual", '"93.33%"', '"≥90%"', "SJ101"),
        ("stage", '"≥5000人次"', '"≥7000人次"', "JD101"),
        ("spent", "4.38161", "43.8161", "ZJ101"),
        ("text", "截至2023年10月31日，抽查", "截至2022年10月31日，抽查", "XM101"),
        ("text", "快4.30个百分点", "快14.30个百分点", "WB305"),
        ("amount", "19616.1", "29616.1", "ZJ107"),
        ("level2", '"时效指标"', '"社会效益指标"', "JG101"),
        ("text", "民事46件", "民事64件", "WB201"),
    ],
)
def test_one_slip_is_found(field: str, old: str, new: str, code: str, tmp_path: Path) -> None:
    """改错一处（改动的文字在参数里），就有那条规则报出来。"""
    text = CLEAN.read_text(encoding="utf-8")
    assert old in text
    data, book = tmp_path / "错.json", tmp_path / "错.xlsx"
    data.write_text(text.replace(old, new), encoding="utf-8")
    app.new(book, data)
    assert code in {f.code for f in app.check(book).findings}, field
