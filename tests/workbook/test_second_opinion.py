"""openpyxl as a second opinion: the same findings, the same drafts and the same report text from the same file.

Where the two differ, and why, is said by `DIFFERENCES`: five kinds, each shown; nothing else may.
"""

from __future__ import annotations

import inspect
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from support.as_file import as_file
from support.district import monitoring as of_district
from support.drawn import book as drawn
from support.drawn import cases_in
from support.projects import project
from support.rich import rich_workbook, saved_by_excel
from support.small_book import file_bytes

from perfmon_xl import app, cli
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.ooxml.zipping import rewritten
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
OTHERS: dict[str, Callable[[], bytes]] = {
    "小": file_bytes,
    "什么都有": rich_workbook,
    "打印区域是一格": lambda: _written(lambda book, page: page.print_area("B2")),
}


def listed(book: Workbook) -> dict[str, Any]:
    """口子里看到的全部；公式只看有没有（shared_formulas）。"""

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


def with_footnotes(docx: bytes, footnotes: bytes) -> bytes:
    """加一个脚注部分，连同关系和内容类型。"""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        types, rels = package.read("[Content_Types].xml"), package.read("word/_rels/document.xml.rels")
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    link = f'<Relationship Id="rIdF" Type="{relation}" Target="footnotes.xml"/></Relationships>'
    return rewritten(
        docx,
        {
            "[Content_Types].xml": types.replace(b"</Types>", override.encode()),
            "word/_rels/document.xml.rels": rels.replace(b"</Relationships>", link.encode()),
            "word/footnotes.xml": footnotes,
        },
    )


# --- what they say ----------------------------------------------------------------------------------


# openpyxl takes half a second to load one twice: a single one in the quick lane
PARAMETERS = [
    pytest.param(data, id=name, marks=() if name in ("示例", *OTHERS) else pytest.mark.slow)
    for name, data in {**BOOKS, **OTHERS}.items()
]


@pytest.mark.parametrize("data", PARAMETERS)
def test_the_same_cells(data: Callable[[], bytes]) -> None:
    package, second = opened(data())
    assert listed(second) == listed(package)


@pytest.mark.slow
@pytest.mark.parametrize("data", PARAMETERS[: len(BOOKS)])
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


# Every fourth rule in the suite that everybody runs, so that each family is there; all of them where time is no matter.
_EVERY_RULE = [
    pytest.param(rule, id=code, marks=[] if number % 4 == 0 else [pytest.mark.long])
    for number, (code, rule) in enumerate(catalogue().items())
]


@pytest.mark.slow
@pytest.mark.parametrize("rule", _EVERY_RULE)
def test_the_same_findings_in_every_example_of_a_rule(rule: Any) -> None:
    cases = DATA.parent / "rules" / "cases" / f"{rule.code}.md"
    pages = [rule.page, *([cases.read_text(encoding="utf-8")] if cases.exists() else [])]
    for case in (case for page in pages for case in cases_in(page) if "报告正文" not in case.text):
        package, second = opened(as_file(drawn(inspect.cleandoc(case.text))))
        assert listed(second) == listed(package), case.title
        assert checked(second) == checked(package), case.title


@pytest.mark.slow
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


def _written(put: Callable[[xlsxwriter.Workbook, Any], object]) -> bytes:
    """一张工作表“页”，put 写的。"""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    put(book, book.add_worksheet("页"))
    book.close()
    return out.getvalue()


def _value(book: Workbook, a1: str = "B2") -> object:
    ref = CellRef("页", int(a1[1:]), ord(a1[0]) - ord("A") + 1)
    return book.cells([ref])[ref].value


def shared_formulas() -> tuple[object, object]:
    """The cells below the first of a shared formula: the package leaves their formula blank until it is asked for in
    full; openpyxl always writes it out. Both know that there is one."""
    package, second = opened((folder("xlsx_templates") / "example.xlsx").read_bytes())
    at = package.tables()["目标对比表"].header.index("完成率")
    one, other = (book.tables()["目标对比表"].rows[1][at] for book in (package, second))
    assert package.cells([one.ref])[one.ref].formula == other.formula
    return one.formula, other.formula


def escapes() -> tuple[object, object]:
    """A text in which somebody typed _x000D_ and the like: openpyxl drops Excel's escaping before one can see it."""
    data = _written(lambda book, page: page.write_string("B2", "_x000D_"))
    return tuple(_value(book) for book in opened(data))  # type: ignore[return-value]


def under_a_merged_range() -> tuple[object, object]:
    """What stands under a merged range: openpyxl clears it, Excel shows none of it."""

    def put(book: xlsxwriter.Workbook, page: Any) -> None:
        page.merge_range("A2:B2", "合并")
        page.write_string("B2", "盖住的")

    return tuple(_value(book) for book in opened(_written(put)))  # type: ignore[return-value]


def notes_of_a_running_excel() -> tuple[object, object]:
    """Notes put there in a running Excel: known as ours by the text of their box, which openpyxl does not read. They
    stay there as somebody's."""
    mark = {CellRef("第二页", 2, 2): Mark("错误", "再查")}
    left = []
    for book in opened(saved_by_excel(rich_workbook())):
        book.mark(mark)
        left.append(book.marks())
    return left[0], left[1]


def long_numbers() -> tuple[object, object]:
    """A number of more than 16 digits: openpyxl writes 16 of them."""
    again = []
    for book in opened(_written(lambda book, page: page.write_blank("B2", None))):
        assert isinstance(book, (PackageBook, OpenpyxlBook))
        book.write({CellRef("页", 2, 2): Decimal("0.12345678901234567")})
        again.append(_value(PackageBook.from_bytes(book.to_bytes())))
    return again[0], again[1]


DIFFERENCES = (shared_formulas, escapes, under_a_merged_range, notes_of_a_running_excel, long_numbers)


@pytest.mark.parametrize("kind", DIFFERENCES)
def test_a_known_difference_is_one(kind: Callable[[], tuple[object, object]]) -> None:
    """一种不再有了的，从这里去掉；五种以内。"""
    package, second = kind()
    assert package != second
    assert len(DIFFERENCES) <= 5


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.parametrize(
    ("form", "shown"), [(31, date(2024, 7, 31)), (57, date(2024, 7, 31)), (2, Decimal(45_504))]
)
def test_a_date_in_a_format_of_chinese_excel_is_a_date(form: int, shown: object) -> None:
    """格式 27 至 58 只有中文 Excel 才有，openpyxl 不认识：由我们看。"""
    data = _written(lambda book, page: page.write_number("B2", 45_504, book.add_format({"num_format": form})))
    assert [_value(book) for book in opened(data)] == [shown, shown]


@pytest.mark.slow
def test_a_users_own_template_is_rendered_by_docxtpl_in_the_process_with_limits(demo_book: Path) -> None:
    mine = demo_book.with_name("我的.docx")
    mine.write_bytes(find_template(DEFAULT_TEMPLATE).read_bytes())
    own = app.report(demo_book, draft=True, template=str(mine), engine="openpyxl", pages="estimate")
    theirs = words(own.path.read_bytes())
    ready = app.report(
        demo_book, mine.with_name("自带.docx"), draft=True, engine="openpyxl", pages="estimate"
    )
    assert theirs == words(ready.path.read_bytes())


@pytest.mark.slow
def test_what_stands_in_a_footnote_has_no_way_out(demo_book: Path) -> None:
    """docxtpl 也套脚注，我们不看脚注里的标签：同一个沙箱里套，不许的照样不许。"""
    mine = demo_book.with_name("我的.docx")
    template = find_template(DEFAULT_TEMPLATE).read_bytes()
    footnote = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1">'
        "<w:p><w:r><w:t>{{ 项目.__class__.__mro__ }}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    mine.write_bytes(with_footnotes(template, footnote.encode()))
    with pytest.raises(UserError, match=r"docxtpl 套不上模板|脚注里有标签"):
        app.report(demo_book, draft=True, template=str(mine), engine="openpyxl", pages="estimate")
