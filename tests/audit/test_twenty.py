"""The success measure of the audit: a report edited in twenty ways, each caught, in the right place, with both values."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.office import convert, needs_office
from support.word_edits import Edit, Edited, run, w

from perfmon_xl import app
from perfmon_xl.app.auditing import AuditResult
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.origin import ChartPlace, TablePlace
from perfmon_xl.report.make_report import make_report
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read

CASES = "全年法律援助办案数量（件）"
RATE_NOTE = "fund_notes[预算执行率]"
USE_NOTE = "fund_notes[资金使用情况]"


@dataclass(frozen=True)
class Report:
    """出好的报告和它的工作簿。"""

    data: bytes
    record: object
    book: Path


@pytest.fixture(scope="module")
def made(demo_folder: Path) -> Report:
    book = demo_folder / "示例项目.xlsx"
    monitoring = read(PackageBook.open(book)).monitoring
    report = make_report(figures_of(monitoring, app.rules_of(monitoring)), pages="estimate")
    return Report(report.data, report.record, book)


def edited(made: Report, folder: Path, *edits: Edit) -> Path:
    one = Edited(made.data, made.record)
    for edit in edits:
        edit(one)
    return one.saved(folder / "报告.docx")


def told(audited: AuditResult) -> str:
    return "\n".join(d.as_text() for d in audited.differences)


def retyped(one: Edited) -> None:
    value = one.value(RATE_NOTE)
    one.retype(one.paragraph(value), value.text.replace("87.63%", "83.33%", 1))


def moved_and_edited(one: Edited) -> None:
    one.type_inside(one.value("funds.pace", inside=RATE_NOTE), "88.33%")
    one.move(one.paragraph(one.value(RATE_NOTE)), one.paragraph(one.value("fund_notes[资金到位率]")))


def rows_swapped(one: Edited) -> None:
    first = one.row(one.value("compared[法律援助案件结案率].actual"))
    one.move(first, one.row(one.value("compared[服务群众满意度].actual")))


TABLE4 = "“表4  项目产出目标、效果目标对比表”"

# number, what is done, code, place, cell, both values
EDITS: list[tuple[int, str, Edit, str, str, str, tuple[str, ...]]] = [
    (1, "起草的句子里的数", lambda e: e.type_inside(e.value("funds.pace", inside=RATE_NOTE), "88.33%"),
     "HD101", "“2. 预算执行率”第1段", "序时进度", ("88.33%", "83.33%")),
    (2, "表格里的数", lambda e: e.type_inside(e.value(f"compared[{CASES}].actual"), "=158 件"),
     "HD101", f"{TABLE4}第3行“实际完成的绩效目标值”栏", "表4 目标对比表!F5", ("=158 件", "=170 件")),
    (3, "日期", lambda e: e.type_inside(e.value("project.end"), "2023年11月30日"),
     "HD101", "“（二）项目起止日期”第1段", "项目信息!", ("2023年11月30日", "2023年12月31日")),
    (4, "名称", lambda e: e.type_inside(e.value("project.name", nth=2), "2023年司法局法律服务经费项目"),
     "HD101", "“（一）项目名称”第1段", "项目信息!B4", ("2023年司法局法律服务经费项目", "2023年司法局法律援助经费项目")),
    (5, "删掉一段", lambda e: (p := e.paragraph(e.value(RATE_NOTE))).getparent().remove(p),
     "HD102", "“1. 资金到位率”", "指标分析!", ("87.63%", "报告里没有了")),
    (6, "挪走一段又改了数", moved_and_edited,
     "HD101", "“1. 资金到位率”第2段", "序时进度", ("88.33%", "83.33%")),
    (7, "修订模式加了数", lambda e: e.insert_tracked(e.end(e.value(USE_NOTE)), "另支出300元。"),
     "HD104", "“2. 资金使用情况”第1段", "", ("300",)),
    (8, "修订模式删了数", lambda e: e.delete_tracked(e.value(f"compared[{CASES}].actual")),
     "HD102", f"{TABLE4}第3行", "表4 目标对比表!F5", ("=170 件", "修订")),
    (9, "整句重打，改了数", retyped,
     "HD101", "“2. 预算执行率”第1段", "预算执行率", ("83.33%", "87.63%")),
    (10, "表格的行换了先后", rows_swapped,
     "HD107", f"{TABLE4}第11行", "表4 目标对比表!", ("法律援助案件结案率",)),
    (14, "加了没有来历的数", lambda e: e.paragraph_with("详见表1").append(run("共申报指标19个。")),
     "HD104", "“（一）项目绩效目标设定情况”第1段", "", ("19",)),
    (15, "单位改了", lambda e: e.type_inside(e.value(f"compared[{CASES}].stage"), "=158 人"),
     "HD101", f"{TABLE4}第3行“本阶段应完成的绩效目标值”栏", "表4 目标对比表!E5", ("=158 人", "=158 件")),
    (16, "百分数改了", lambda e: e.type_inside(e.value("funds.execution_rate", inside=RATE_NOTE), "87.36%"),
     "HD101", "“2. 预算执行率”第1段", "预算执行率", ("87.36%", "87.63%")),
    (17, "表格里的值删空了", lambda e: e.empty(e.value(f"compared[{CASES}].annual")),
     "HD102", f"{TABLE4}第3行", "表4 目标对比表!D5", ("≥70 件",)),
    (18, "选中整格重打，书签没有了", lambda e: e.type_over(e.value(f"compared[{CASES}].actual"), "160件"),
     "HD101", f"{TABLE4}第3行", "表4 目标对比表!F5", ("160件", "=170 件")),
    (19, "人写的段落里的数", lambda e: e.replace_text("办理158件", "办理185件",
     within=e.paragraph(e.value(f"analyses[{CASES}]~段1"))),
     "HD101", f"“（1）{CASES}”第1段", "指标分析!", ("185", "158")),
    (20, "数没有动，话反过来了", lambda e: e.replace_text("超过本阶段", "低于本阶段",
     within=e.paragraph(e.value("compared[成本控制数].gap~stage"))),
     "HD106", "“（1）成本控制数”第1段", "指标分析!", ("超过",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "code", "place", "cell", "values"),
    [pytest.param(*rest, id=f"{number} {what}") for number, what, *rest in EDITS],
)
def test_an_edit_is_caught_where_it_was_made(
    made: Report, tmp_path: Path, edit: Edit, code: str, place: str, cell: str, values: tuple[str, ...]
) -> None:
    audited = app.audit(edited(made, tmp_path, edit), made.book)
    assert len(audited.differences) == 1, told(audited)
    (found,) = audited.differences
    assert found.kind.code.startswith(code), found.as_text()
    assert place in found.where, found.as_text()
    assert cell in str(found.origin or ""), found.as_text()
    for value in values:
        assert value in found.as_text()


def change_book(made: Report, folder: Path, change: Callable[[PackageBook], None]) -> Path:
    path = folder / "工作簿.xlsx"
    book = PackageBook.open(made.book)
    change(book)
    book.save(path)
    return path


def test_11_a_cell_of_the_workbook_changed_since(made: Report, tmp_path: Path) -> None:
    def change(book: PackageBook) -> None:
        book.write({read(book).found["目标对比表"].ref(1, "actual"): "=175 件"})

    audited = app.audit(edited(made, tmp_path), change_book(made, tmp_path, change))
    found = [d for d in audited.differences if d.origin is not None and d.origin.cell == "F5"]
    drawn = [d for d in found if isinstance(d.place, ChartPlace)]
    found = [d for d in found if isinstance(d.place, TablePlace)]
    assert [d.kind.code for d in found] == ["HD103"] and len(drawn) == 1, told(audited)
    assert f"{TABLE4}第3行" in found[0].where
    assert found[0].values == {"报告": "=170 件", "出报告时": "=170 件", "工作簿": "=175 件"}
    assert audited.book_changed
    assert {d.kind.code for d in audited.differences} == {"HD103"}, told(audited)


def test_12_a_row_added_to_the_workbook(made: Report, tmp_path: Path) -> None:
    def change(book: PackageBook) -> None:
        header = read(book).found["目标对比表"].raw.header
        row = ["产出", "产出数量", "新建工作站（个）", "≥3个", "≥2个", "2个"]
        book.append_rows("目标对比表", [[*row, *[None] * (len(header) - len(row))]])

    audited = app.audit(edited(made, tmp_path), change_book(made, tmp_path, change))
    rows = [d for d in audited.differences if d.kind.code == "HD105"]
    assert len(rows) == 1 and "新建工作站（个）" in rows[0].message, told(audited)
    assert "表4 目标对比表!C" in str(rows[0].origin) and "表4" in rows[0].where


@needs_office
def test_13_edited_after_libreoffice_saved_it(made: Report, tmp_path: Path) -> None:
    (tmp_path / "lo").mkdir()
    path = convert(edited(made, tmp_path), "docx", tmp_path / "lo")
    assert app.audit(path, made.book).differences == ()
    again = Edited(path.read_bytes(), made.record)
    again.type_inside(again.value(f"compared[{CASES}].actual"), "=158 件")
    audited = app.audit(again.saved(path), made.book)
    assert [d.kind.code for d in audited.differences] == ["HD101"], told(audited)
    assert "表4 目标对比表!F5" in str(audited.differences[0].origin)
    assert "第3行" in audited.differences[0].where


CHART = "word/charts/chart1.xml"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("<c:v>0.8763</c:v>", "<c:v>0.8367</c:v>", ("0.8367", "0.8763", "编辑数据")),
        ("<c:v>1</c:v>", "<c:v>0.9</c:v>", ("0.9",)),
    ],
)
def test_21_the_cache_of_a_chart_changed(
    made: Report, tmp_path: Path, old: str, new: str, says: tuple[str, ...]
) -> None:
    def change(one: Edited) -> None:
        assert old.encode() in one.parts[CHART]
        one.parts[CHART] = one.parts[CHART].replace(old.encode(), new.encode(), 1)

    audited = app.audit(edited(made, tmp_path, change), made.book)
    assert {d.kind.code for d in audited.differences} == {"HD108"}, told(audited)
    for text in (*says, "图1", "资金!"):
        assert text in told(audited)


def test_22_the_data_behind_a_chart_changed(made: Report, tmp_path: Path) -> None:
    def change(one: Edited) -> None:
        name = next(n for n in one.parts if n.startswith("word/embeddings/"))
        with zipfile.ZipFile(io.BytesIO(one.parts[name])) as book:
            parts = {n: book.read(n) for n in book.namelist()}
        sheet = "xl/worksheets/sheet1.xml"
        assert b">0.8763<" in parts[sheet]
        parts[sheet] = parts[sheet].replace(b">0.8763<", b">0.8367<")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as book:
            for n, data in parts.items():
                book.writestr(n, data)
        one.parts[name] = out.getvalue()

    audited = app.audit(edited(made, tmp_path, change), made.book)
    assert [d.kind.code for d in audited.differences] == ["HD108"], told(audited)
    assert "编辑数据" in told(audited) and "0.8367" in told(audited)


def test_23_a_chart_taken_out(made: Report, tmp_path: Path) -> None:
    def change(one: Edited) -> None:
        drawing = next(one.root.iter(w("drawing")))
        drawing.getparent().remove(drawing)

    audited = app.audit(edited(made, tmp_path, change), made.book)
    assert [d.kind.code for d in audited.differences] == ["HD102"], told(audited)
    assert "图没有了" in told(audited)


def test_an_untouched_report_agrees_with_its_workbook(made: Report, tmp_path: Path) -> None:
    audited = app.audit(edited(made, tmp_path), made.book)
    assert audited.differences == (), told(audited)
    assert audited.looked > 200 and not audited.book_changed


def test_what_editing_in_word_may_do_without_being_called_a_change(made: Report, tmp_path: Path) -> None:
    def tidy(one: Edited) -> None:
        one.type_over(one.value("project.end"), "2023年12月31日")  # typed again, the same
        one.type_inside(one.value(f"compared[{CASES}].actual"), "＝170件")  # full width, no blank
        value = one.value(USE_NOTE)
        one.retype(one.paragraph(value), value.text)
        one.move(one.paragraph(one.value(RATE_NOTE)), one.paragraph(one.value("fund_notes[资金到位率]")))
        for mark in list(one.root.iter(w("proofErr"))):
            mark.getparent().remove(mark)

    audited = app.audit(edited(made, tmp_path, tidy), made.book)
    assert audited.differences == (), told(audited)


@pytest.mark.slow
def test_a_row_renamed_in_the_workbook_is_a_new_name_and_not_another_row(
    made: Report, tmp_path: Path
) -> None:
    def change(book: PackageBook) -> None:
        book.write({read(book).found["目标对比表"].ref(1, "name"): "办案数量（件）"})

    audited = app.audit(edited(made, tmp_path), change_book(made, tmp_path, change))
    assert {d.kind.code for d in audited.differences} == {"HD103"}, told(audited)
    assert any(d.values["工作簿"] == "办案数量（件）" for d in audited.differences)


def test_a_row_taken_out_of_the_workbook_is_told_once(made: Report, tmp_path: Path) -> None:
    def change(book: PackageBook) -> None:
        found = read(book).found["目标申报表"]
        book.write({found.ref(1, c.field): None for c in found.table.columns if not c.computed})

    audited = app.audit(edited(made, tmp_path), change_book(made, tmp_path, change))
    rows = [d for d in audited.differences if d.kind.code == "HD105"]
    assert len(rows) == 1 and "已经没有了" in rows[0].message and "表1" in rows[0].where, told(audited)
    assert len(audited.differences) == 1, told(audited)
