"""`perfmon-xl audit REPORT BOOK`: exit codes, text, JSON, and the copy with Word comments."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from support.office import needs_validator, validate
from support.word import docx, p
from support.word_edits import Edited, w

from perfmon_xl import app, cli
from perfmon_xl.report.tracing.provenance import record_in


@pytest.fixture
def report(demo_book: Path, tmp_path: Path) -> Path:
    """工作簿 demo_book 的报告。"""
    return app.report(demo_book, tmp_path / "报告.docx", draft=True, pages="estimate").path


def edited(report: Path, text: str) -> Path:
    data = report.read_bytes()
    record = record_in(data)
    assert record is not None
    one = Edited(data, record)
    one.type_inside(one.value("compared[成本控制数].actual"), text)
    return one.saved(report)


def test_a_report_that_agrees_gets_zero(
    report: Path, demo_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["audit", str(report), str(demo_book)]) == 0
    assert "一致" in capsys.readouterr().out


def test_a_difference_gets_one_with_the_place_and_the_cell(
    report: Path, demo_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["audit", str(edited(report, "4.2 万元")), str(demo_book), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    (finding,) = told["findings"]
    assert finding["code"] == "HD101" and finding["severity"] == "error" and finding["result"] == "fail"
    assert (finding["sheet"], finding["cell"]) == ("表4 目标对比表", "F4")
    assert finding["values"] == {"报告": "4.2 万元", "出报告时": "4.3816 万元", "工作簿": "4.3816 万元"}
    assert finding["report"]["row"] == 2 and finding["report"]["column"] == "实际完成的绩效目标值"
    assert "表4" in finding["report"]["table"]
    assert told["summary"]["differences"] == 1 and told["rule_set"]


@needs_validator
def test_the_copy_has_a_comment_at_each_place_and_the_report_stays_as_it_was(
    report: Path, demo_book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = edited(report, "4.2 万元")
    before = path.read_bytes()
    assert cli.main(["audit", str(path), str(demo_book), "--write"]) == 1
    assert path.read_bytes() == before and "报告-核对.docx" in capsys.readouterr().out
    made = tmp_path / "报告-核对.docx"
    assert validate(made) == []
    one = Edited(made.read_bytes(), record_in(before))
    (start,) = one.root.iter(w("commentRangeStart"))
    assert "4.2 万元" in "".join(t.text or "" for t in start.getparent().iter(w("t")))
    assert "4.3816 万元" in one.parts["word/comments.xml"].decode()
    # a second round finds the comments of the first and adds to them
    assert cli.main(["audit", str(made), str(demo_book), "--write", "-o", str(tmp_path / "再核.docx")]) == 1
    assert validate(tmp_path / "再核.docx") == []
    with zipfile.ZipFile(tmp_path / "再核.docx") as package:
        assert package.read("word/comments.xml").count(b"<w:comment ") == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("没有.docx", "没有.xlsx"), "找不到文件"),
        (("别处.docx", "项目.xlsx"), "不像绩效监控报告"),
        (("报告.docx", "报告.docx"), "不是 .xlsx 文件"),
        (("报告.docx", "项目.xlsx", "-o", "x.docx"), "--write"),
        (("报告.docx", "项目.xlsx", "--write", "-o", "报告.docx"), "不能盖掉"),
    ],
)
def test_what_cannot_be_audited_gets_two(
    arguments: tuple[str, ...], says: str, report: Path, demo_book: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "别处.docx").write_bytes(docx(p("某项目绩效运行监控报告"), p("共完成158件。")))
    assert cli.main(["audit", *arguments]) == 2
    err = capsys.readouterr().err
    assert says in err and "怎么办" in err


def test_a_broken_record_is_no_record(
    report: Path, demo_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(report) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data[:-40] if b"urn:perfmon-xl:provenance" in data else data)
    report.write_bytes(out.getvalue())
    assert cli.main(["audit", str(report), str(demo_book)]) == 0
    assert "没有来历记录，按读出来的内容比" in capsys.readouterr().out
