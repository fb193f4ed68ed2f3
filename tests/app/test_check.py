"""Check as a user meets it: findings with place, fact and remedy; in the workbook; and what stops a report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.office import needs_validator, validate
from support.projects import project

from perfmon_xl import app, cli
from perfmon_xl.data import from_data
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.convert import display_text
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.file.marks import is_ours
from perfmon_xl.workbook.port import Formula
from perfmon_xl.workbook.read import read


@pytest.fixture
def overspent(tmp_path: Path) -> Path:
    """预算 120 万元，支出 130 万元。"""
    data = {"funding": [{"source": "财政拨款", "initial": 120, "arrived": 120, "spent": 130}]}
    path = tmp_path / "超支.xlsx"
    path.write_bytes(build(from_data(data)))
    return path


def findings_in(path: Path) -> list[dict[str, str]]:
    table = read(PackageBook.open(path)).found[layout.FINDINGS.name]
    rows = [{f: display_text(row[i]) for f, i in table.columns.items()} for row in table.raw.rows]
    return [row for row in rows if row["code"]]


def test_an_error_gives_one_and_names_cell_fact_and_remedy(
    overspent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = overspent.read_bytes()
    assert cli.main(["check", str(overspent)]) == 1
    out = capsys.readouterr().out
    assert (
        "第 2 项  错误  全书：资金的数对不上" in out
        and "（ZJ101）" in out
        and "支出数 130万元 比预算数 120万元 多 10万元" in out
    )
    assert "怎么改：" in out and "还不能出正式报告" in out
    assert overspent.read_bytes() == before
    assert cli.main(["check", str(overspent), "--all"]) == 1
    assert "错误 ZJ101  资金!" in capsys.readouterr().out


def test_json_has_the_shape_of_the_contract(overspent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(overspent), "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert set(data) == {"book", "rule_set", "summary", "findings", "matters"}
    assert [m["number"] for m in data["matters"]] == list(range(1, len(data["matters"]) + 1))
    assert sum(m["count"] for m in data["matters"]) == len(data["findings"])
    one = next(f for f in data["findings"] if f["code"] == "ZJ101")
    assert set(one) == {
        "code", "severity", "result", "sheet", "cell", "field", "message", "hint", "basis", "values", "matter",
    }  # fmt: skip
    own = data["matters"][one["matter"] - 1]
    assert (own["level"], own["subject"], own["cause"]) == ("错误", "全书", "资金的数对不上")
    assert (one["severity"], one["result"], one["sheet"]) == ("error", "fail", "资金")
    assert one["values"] == {"支出数": "130万元", "预算数": "120万元"}


def test_written_findings_link_to_the_cell_and_twice_is_once(overspent: Path) -> None:
    checked, _ = app.check_and_write(overspent)
    first = overspent.read_bytes()
    rows = findings_in(overspent)
    assert [r["code"] for r in rows] == [f.code for m in checked.matters for f in m.findings]
    assert [r["matter"] for r in rows if r["number"]] == [m.title for m in checked.matters]
    book = PackageBook.open(overspent)
    table = read(book).found[layout.FINDINGS.name]
    link = table.raw.rows[0][table.columns["where"]]
    assert link.formula is not None and link.formula.startswith("HYPERLINK(\"#'")
    assert display_text(book.named()[layout.VERDICT_NAME]) == checked.verdict
    app.check_and_write(overspent)
    assert findings_in(overspent) == rows
    assert len(overspent.read_bytes()) == pytest.approx(len(first), rel=0.01)


@pytest.mark.slow
def test_an_answer_follows_its_finding_and_a_mended_one_goes(overspent: Path) -> None:
    app.check_and_write(overspent)
    book = PackageBook.open(overspent)
    reading = read(book)
    table = reading.found[layout.FINDINGS.name]
    at = next(i for i, r in enumerate(findings_in(overspent)) if r["code"] == "ZJ101")
    funding = reading.found[layout.FUNDING.name]
    book.write({table.ref(at, "answer"): "已报追加"})
    # the record moves down two rows
    cells = {f: funding.raw.rows[0][i].value for f, i in funding.columns.items()}
    for field in ("source", "initial", "arrived", "spent"):
        book.write({funding.ref(0, field): None, funding.ref(2, field): cells[field]})
    book.save(overspent)
    app.check_and_write(overspent)
    one = next(r for r in findings_in(overspent) if r["code"] == "ZJ101")
    assert one["answer"] == "已报追加" and one["where"].startswith(f"资金!{funding.ref(2, 'spent').a1}")
    assert app.check(overspent).errors, "a reason never acknowledges an error"
    book = PackageBook.open(overspent)
    book.write({funding.ref(2, "spent"): cells["initial"]})
    book.save(overspent)
    app.check_and_write(overspent)
    (gone,) = (r for r in findings_in(overspent) if r["code"] == "ZJ101")
    assert (gone["severity"], gone["state"], gone["number"]) == ("已改", "已改", "")
    assert "已改 1 ·" in display_text(PackageBook.open(overspent).named()["检查_进度"])


@pytest.mark.slow
def test_a_final_report_is_refused_and_the_draft_lists_what_is_open(
    overspent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = overspent.parent
    assert cli.main(["report", str(overspent)]) == 2
    err = capsys.readouterr().err
    assert "不能出正式报告" in err and "（ZJ101）" in err and "--draft" in err
    assert [p.name for p in folder.iterdir()] == [overspent.name]
    assert cli.main(["report", str(overspent), "--draft"]) == 0
    import docx

    made = docx.Document(str(next(folder.glob("*.docx"))))
    texts = "\n".join(p.text for p in made.paragraphs)
    assert "（征求意见稿）" in texts
    assert "附：检查发现" in texts
    rows = [[cell.text for cell in row.cells] for row in made.tables[-1].rows]
    assert any(row[0] == "错误" and "资金!" in row[1] and "预算数" in row[2] for row in rows), rows


def test_an_overwritten_or_stale_result_is_seen(overspent: Path) -> None:
    from perfmon_xl.workbook.computed import compute_book
    from perfmon_xl.workbook.verify import differing

    book = PackageBook.open(overspent)
    named = book.named()
    book.write({named["资金到位率"].ref: "九成", named["支出合计"].ref: Formula("", "7")})
    reading = read(book)
    computed = compute_book(figures_of(reading.monitoring, app.rules_of(reading.monitoring)))
    seen = {d.origin.label: (d.stored, d.expected, d.overwritten) for d in differing(reading, computed)}
    assert seen == {"资金到位率": ("九成", "1", True), "支出合计（万元）": ("7", "130", False)}


def test_rules_are_listed_and_each_has_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules"]) == 0
    assert "ZJ101" in capsys.readouterr().out
    assert cli.main(["rules", "zj101"]) == 0
    assert "为什么：" in capsys.readouterr().out
    assert cli.main(["rules", "ZJ999"]) == 2
    assert "怎么办" in capsys.readouterr().err
    assert cli.main(["rules", "zj"]) == 0
    assert "ZJ101" in (family := capsys.readouterr().out) and "JD101" not in family


@needs_validator
def test_a_checked_workbook_is_valid(overspent: Path) -> None:
    app.check_and_write(overspent)
    assert validate(overspent) == []


def marked(path: Path) -> dict[str, tuple[str, str]]:
    """openpyxl 看到的我们的批注和颜色：单元格 → (作者, 批注)。"""
    import openpyxl

    sheet = openpyxl.load_workbook(path)["资金"]
    return {
        c.coordinate: (c.comment.author, c.comment.text)
        for row in sheet.iter_rows()
        for c in row
        if c.comment
    }


def coloured(path: Path) -> list[str]:
    import openpyxl

    sheet = openpyxl.load_workbook(path)["资金"]
    return [
        str(one.sqref)
        for one in sheet.conditional_formatting
        for rule in one.rules
        if rule.formula and is_ours(rule.formula[0])
    ]


@pytest.mark.slow
def test_the_cell_is_marked_and_the_next_check_takes_exactly_that_away(overspent: Path) -> None:
    untouched = marked(overspent), coloured(overspent)
    app.check_and_write(overspent)
    place = next(r for r in findings_in(overspent) if r["code"] == "ZJ101")["where"]
    cell = place.split("!")[1].split("（")[0]
    assert "错误 ZJ101" in marked(overspent)[cell][1] and any(cell in c.split() for c in coloured(overspent))
    book = PackageBook.open(overspent)
    funding = read(book).found[layout.FUNDING.name]
    book.write({funding.ref(0, "spent"): funding.raw.rows[0][funding.columns["initial"]].value})
    book.save(overspent)
    app.check_and_write(overspent)
    assert "ZJ101" not in str(marked(overspent))
    colours = sum(cell in c.split() for c in coloured(overspent))
    assert colours == (cell in marked(overspent)), (
        "one colour where something is still to say, none elsewhere"
    )
    book = PackageBook.open(overspent)
    book.mark({})
    book.save(overspent)
    assert (marked(overspent), coloured(overspent)) == untouched


@pytest.mark.slow
def test_a_note_of_the_users_own_is_left_alone(overspent: Path, tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.comments import Comment

    cell = next(f.origin.cell for f in app.check(overspent).errors if f.code == "ZJ101")
    workbook = openpyxl.load_workbook(overspent)
    workbook["资金"][cell].comment = Comment("问过业务科", "王会计")
    noted = tmp_path / "有批注.xlsx"
    workbook.save(noted)
    for _ in range(2):
        app.check_and_write(noted)
        assert marked(noted)[cell] == ("王会计", "问过业务科")
        assert any(cell in c.split() for c in coloured(noted))


def test_a_formula_that_was_never_calculated_stops_the_report_with_its_cell(overspent: Path) -> None:
    book = PackageBook.open(overspent)
    cutoff = book.named()["监控截止日期"].ref
    book.write({cutoff: Formula("DATE(2024,7,31)", None)})
    book.save(overspent)
    for make in (app.report, app.form):
        with pytest.raises(UserError, match=rf"{cutoff.a1}.*公式未计算 =DATE\(2024,7,31\)"):
            make(overspent, overspent.with_name("不出"))
    assert [path.name for path in overspent.parent.iterdir()] == [overspent.name]


def test_an_answer_to_one_of_two_findings_that_read_the_same_is_not_lost(tmp_path: Path) -> None:
    lines = [{"item": "印刷费", "amount": -5}, {"item": "印刷费", "amount": -5}]
    path = tmp_path / "退款.xlsx"
    path.write_bytes(build(from_data({"spending": lines})))
    app.check_and_write(path)
    book = PackageBook.open(path)
    table = read(book).found[layout.FINDINGS.name]
    codes = [display_text(row[table.columns["code"]]) for row in table.raw.rows]
    assert codes.count("ZJ115") == 2
    book.write({table.ref(codes.index("ZJ115"), "answer"): "退回的预付款，已核实。"})
    book.save(path)
    app.check_and_write(path)
    answers = [row["answer"] for row in findings_in(path) if row["code"] == "ZJ115"]
    assert answers[0] == "退回的预付款，已核实。"


@pytest.mark.parametrize("seed", range(3))
def test_what_was_just_filled_needs_no_second_look(seed: int) -> None:
    """填充过的工作簿，不比计算栏和草稿，查出来的与从头读、从头比的一样。"""
    book = PackageBook.from_bytes(build(project(6, seed=seed)))
    app.fill_book(book)
    table = read(book).found["目标对比表"]
    # a formula overwritten, and a draft that now says another number
    book.write({table.ref(0, "completion"): "九成", table.ref(1, "actual"): "1场"})
    assert {f.code for f in app.check_reading(read(book)).findings} >= {"GS104", "GS107"}
    filled = app.fill_and_read(book)
    again = app.check_reading(read(book))
    assert app.check_reading(filled.reading, filled.figures).findings == again.findings
    assert not {f.code for f in again.findings} & {"GS104", "GS107"}
