"""openpyxl as a second opinion: the same findings, the same drafts and the same report text from the same file.

`KNOWN` says where the two differ, and why; nothing else may.
"""

from __future__ import annotations

import inspect
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from support.as_file import as_file
from support.district import monitoring as of_district
from support.drawn import book as drawn
from support.drawn import cases_in
from support.projects import project
from support.rich import rich_workbook
from support.small_book import file_bytes

from perfmon_xl import app, cli
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.report.docxtpl_render import without_charts
from perfmon_xl.report.make_report import DEFAULT_TEMPLATE, find_template, make_report
from perfmon_xl.report.render import render
from perfmon_xl.report.template.compiled import load_template
from perfmon_xl.report.wording.compose import compose
from perfmon_xl.rules.registry import catalogue
from perfmon_xl.system.resources import example_data, folder
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.openpyxl.book import OpenpyxlBook
from perfmon_xl.workbook.port import CellRef, Mark, RawCell, Workbook
from perfmon_xl.workbook.read import read

DATA = Path(__file__).parents[1] / "data"
KNOWN = (
    "The cells below the first of a shared formula: the package leaves their formula blank until asked in full, "
    "openpyxl writes it out. Both know that there is one.",
    "A text in which somebody typed _x000D_ and the like: openpyxl undoes Excel's escaping before it can be seen.",
    "What stands under a merged range: openpyxl clears it; Excel shows none of it.",
    "Notes put there in a running Excel: known as ours by their box, which openpyxl does not read.",
    "A number of more than 16 digits: openpyxl writes 16 of them.",
)


def opened(data: bytes) -> tuple[Workbook, Workbook]:
    return PackageBook.from_bytes(data), OpenpyxlBook(data)


# --- the workbooks ----------------------------------------------------------------------------------


def changed(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    """示例工作簿，在 openpyxl 里改过：公式都没有结果。"""
    book = openpyxl.load_workbook(folder("xlsx_templates") / "example.xlsx")
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def typed_otherwise(book: openpyxl.Workbook) -> None:
    """指标值填成数和百分比，日期填成中文格式的数和文字，金额填成文字，公式盖掉，错误值。"""
    page = book["表4 目标对比表"]
    table = page.tables["目标对比表"]
    top, left = (int(re.sub(r"\D", "", table.ref.split(":")[0])), 1)
    header = {str(cell.value): cell.column for cell in page[top]}
    first = page.cell(top + 1, header["实际完成的绩效目标值"])
    first.value, first.number_format = 0.95, "0.00%"
    page.cell(top + 2, header["实际完成的绩效目标值"]).value = 158
    page.cell(top + 3, header["完成率"]).value = 0.5
    page.cell(top + 4, header["原因说明"]).value = "#REF!"
    assert left == 1


def fields(name: str) -> bytes:
    return build(app.load_data(DATA / "fields" / f"{name}.json"))


BOOKS: dict[str, Callable[[], bytes]] = {
    "模板": lambda: (folder("xlsx_templates") / "monitoring.xlsx").read_bytes(),
    "示例": lambda: (folder("xlsx_templates") / "example.xlsx").read_bytes(),
    "没有算过的": lambda: changed(lambda book: None),
    "填法不同的": lambda: changed(typed_otherwise),
    "改好的": lambda: build(app.load_data(DATA / "clean.json")),
    "没有填充的示例": lambda: build(app.load_data(example_data())),
    **{path.stem: (lambda n=path.stem: fields(n)) for path in sorted((DATA / "fields").glob("*.json"))},
    **{f"虚构{n}": (lambda n=n: build(project(n, seed=n))) for n in (1, 5, 12)},
    **{f"区里{n}": (lambda n=n: build(of_district(n))) for n in (0, 3)},
}
OTHERS: dict[str, Callable[[], bytes]] = {"小": file_bytes, "什么都有": rich_workbook}


def listed(book: Workbook) -> dict[str, Any]:
    """口子里看到的全部；公式只看有没有（KNOWN 的第一种）。"""

    def seen(cell: RawCell) -> RawCell:
        return cell._replace(formula=None if cell.formula is None else "")

    return {
        "sheets": book.sheet_names(),
        "tables": {
            name: (t.sheet, t.header, t.first, [[seen(cell) for cell in row] for row in t.rows])
            for name, t in book.tables().items()
        },
        "named": {name: seen(cell) for name, cell in book.named().items()},
        "marks": dict(book.marks()),
    }


def checked(book: Workbook) -> list[dict[str, object]]:
    return [f.as_data() for f in app.check_reading(read(book)).findings]


def words(docx: bytes) -> list[bytes]:
    """正文、页眉、页脚，写法的差别去掉。"""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = sorted(
            n for n in package.namelist() if re.match(r"word/(document|header\d*|footer\d*)\.xml", n)
        )
        return [etree.tostring(etree.fromstring(package.read(n)), method="c14n") for n in parts]


# --- what they say ----------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [*BOOKS.values(), *OTHERS.values()], ids=[*BOOKS, *OTHERS])
def test_the_same_cells(data: Callable[[], bytes]) -> None:
    package, second = opened(data())
    assert listed(second) == listed(package)


@pytest.mark.parametrize("data", BOOKS.values(), ids=BOOKS)
def test_the_same_findings_drafts_and_report(data: Callable[[], bytes]) -> None:
    package, second = opened(data())
    assert checked(second) == checked(package)
    assert app.fill_book(second) == app.fill_book(package)
    assert listed(second) == listed(package)
    assert checked(second) == checked(package)
    monitoring = read(package).monitoring
    rules = app.rules_of(monitoring)
    names = without_charts(compose(figures_of(monitoring, rules), draft=True))
    ours = render(load_template(find_template(DEFAULT_TEMPLATE)), names, pages="estimate")
    figures = figures_of(read(second).monitoring, rules)
    theirs = make_report(figures, draft=True, pages="estimate", by_docxtpl=True).data
    assert words(theirs) == words(ours)


@pytest.mark.slow
@pytest.mark.parametrize("rule", catalogue().values(), ids=catalogue())
def test_the_same_findings_in_every_example_of_a_rule(rule: Any) -> None:
    cases = DATA.parent / "rules" / "cases" / f"{rule.code}.md"
    pages = [rule.page, *([cases.read_text(encoding="utf-8")] if cases.exists() else [])]
    for case in (case for page in pages for case in cases_in(page) if "报告正文" not in case.text):
        package, second = opened(as_file(drawn(inspect.cleandoc(case.text))))
        assert listed(second) == listed(package), case.title
        assert checked(second) == checked(package), case.title


def test_what_one_writes_the_other_reads(demo_book: Path) -> None:
    package, second = opened(demo_book.read_bytes())
    for book in (package, second):
        app.fill_book(book)
        app.check_book(book)
    assert isinstance(second, OpenpyxlBook)
    again = PackageBook.from_bytes(second.to_bytes())
    before, after = listed(package), listed(again)
    assert after["marks"] == before["marks"]
    for name, (sheet, header, first, rows) in before["tables"].items():
        assert after["tables"][name][:3] == (sheet, header, first)
        entries = [[c.value for c in row if c.formula is None] for row in rows]
        assert [[c.value for c in row if c.formula is None] for row in after["tables"][name][3]] == entries


# --- where they differ, and what is refused ---------------------------------------------------------


def test_there_are_at_most_five_kinds_of_differences() -> None:
    assert len(KNOWN) <= 5


def test_a_shared_formula_is_written_out() -> None:
    demo = (folder("xlsx_templates") / "example.xlsx").read_bytes()
    package, second = opened(demo)
    for raw in package.tables().values():
        refs = [cell.ref for row in raw.rows for cell in row if cell.formula is not None]
        assert {r: c.formula for r, c in second.cells(refs).items()} == {
            r: c.formula for r, c in package.cells(refs).items()
        }


@pytest.mark.parametrize("command", [["fill"], ["check", "--write"]])
def test_nothing_is_written_back_to_the_same_file(
    command: list[str], demo_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = demo_book.read_bytes()
    for out in ([], ["-o", str(demo_book)]):
        assert cli.main([*command, str(demo_book), "--engine", "openpyxl", *out]) == 2
        assert "不写回" in capsys.readouterr().err
    assert demo_book.read_bytes() == before
    other = demo_book.with_name("另存.xlsx")
    assert cli.main([*command, str(demo_book), "--engine", "openpyxl", "-o", str(other)]) in (0, 1)
    assert "没有公式的结果" in capsys.readouterr().out
    assert demo_book.read_bytes() == before and openpyxl.load_workbook(other).sheetnames


def test_the_form_and_the_report_say_what_they_leave_out(
    demo_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = str(demo_book)
    assert cli.main(["form", book, "--engine", "openpyxl"]) == 0
    assert cli.main(["report", book, "--draft", "--engine", "openpyxl"]) == 0
    assert "没有图" in capsys.readouterr().out
    assert not list(demo_book.parent.glob("*.来源.json"))
    assert cli.main(["report", book, "--draft", "--engine", "openpyxl", "--sources"]) == 2
    assert "附不了数据来源表" in capsys.readouterr().err


def test_a_bomb_does_not_reach_openpyxl(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "大.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", b" " * 60_000_000)
    assert cli.main(["check", str(path), "--engine", "openpyxl"]) == 2
    assert "大得不正常" in capsys.readouterr().err


def test_a_file_openpyxl_cannot_read_is_told_in_words() -> None:
    data = io.BytesIO(file_bytes())
    with zipfile.ZipFile(data, "a") as package, pytest.warns(UserWarning):
        package.writestr("xl/styles.xml", "<styleSheet/>")
    with pytest.raises(UserError, match="openpyxl 处理不了"):
        OpenpyxlBook(data.getvalue())


def test_a_text_longer_than_a_cell_holds_is_refused_not_cut() -> None:
    book = OpenpyxlBook(file_bytes())
    with pytest.raises(UserError, match="上限"):
        book.write({CellRef("封面", 1, 1): "长" * 32_768})


def test_a_persons_note_and_colour_stay() -> None:
    book = OpenpyxlBook(rich_workbook())
    book.mark({CellRef("数据", 2, 1): Mark("错误", "我们的"), CellRef("数据", 2, 2): Mark("错误", "我们的")})
    book.mark({})
    page = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["数据"]
    assert page["A2"].comment.text == "批注内容" and page["B2"].comment is None
    assert [str(one.sqref) for one in page.conditional_formatting] == ["C2:C6"]


def test_a_date_in_a_format_of_chinese_excel_is_a_date() -> None:
    book = openpyxl.load_workbook(io.BytesIO(file_bytes()))
    book["封面"]["B3"] = 45_504
    out = io.BytesIO()
    book.save(out)
    data = out.getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        styles = package.read("xl/styles.xml").decode()
    assert "cellXfs" in styles
    plain = OpenpyxlBook(data).named()["委托方"]
    assert plain.value == 45_504
    sheet = openpyxl.load_workbook(io.BytesIO(data))
    sheet["封面"]["B3"].number_format = "yyyy年m月d日"
    out = io.BytesIO()
    sheet.save(out)
    assert OpenpyxlBook(out.getvalue()).named()["委托方"].value == date(2024, 7, 31)
