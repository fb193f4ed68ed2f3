"""Filled forms read back: our own, the self-evaluation form with its scores, in Excel and in Word alike."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.projects import project
from support.word import cell, docx, p, table

from perfmon_xl import app, cli, data, policy
from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Compared, Funding, Monitoring, Project
from perfmon_xl.domain.official_form import IndicatorLine, compose
from perfmon_xl.domain.target import read_target
from perfmon_xl.importing.foreign import read_pages
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.mapping import ColumnMap
from perfmon_xl.importing.reading import import_report
from perfmon_xl.importing.sheets import sheet_grids
from perfmon_xl.workbook.build.official_form import write_form
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read

Row = list[str]


def sheet(*rows: Row, merged: tuple[str, ...] = (), name: str = "自评表") -> PackageBook:
    """一张工作表；merged 是合并的区域。"""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = name
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                one = page.cell(number, column, text)
                one.data_type = "s"
    for area in merged:
        page.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return PackageBook.from_bytes(out.getvalue())


def import_form(book: PackageBook) -> Imported:
    return read_pages(sheet_grids(book), "表.xlsx", ColumnMap(), "").imported[0]


def form_of(monitoring: Monitoring, month: int, *, local: bool = False) -> Imported:
    data_ = write_form(compose(figures_of(monitoring, policy.get()), month), local=local)
    return import_form(PackageBook.from_bytes(data_))


def lines(monitoring: Monitoring, month: int) -> list[IndicatorLine]:
    return [x for x in compose(figures_of(monitoring, policy.get()), month).indicators if x.name or x.annual]


@pytest.mark.parametrize("local", [False, True])
@pytest.mark.parametrize("which", ["example", "made", "clean"])
def test_our_own_form_comes_back_with_the_same_values(which: str, local: bool, example: Monitoring) -> None:
    clean = Path(__file__).parents[1] / "data" / "clean.json"
    old = {"example": example, "made": project(17, funds=2), "clean": app.load_data(clean)}[which]
    found = form_of(old, 10, local=local)
    new = found.monitoring
    assert lines(new, 10) == lines(old, 10)
    before, after = compose(figures_of(old, policy.get()), 10), compose(figures_of(new, policy.get()), 10)
    assert (after.year, after.name, after.department, after.unit, after.goal) == (
        before.year, before.name, before.department, before.unit, before.goal,
    )  # fmt: skip
    assert [(x.label, x.initial, x.spent, x.forecast) for x in after.funds] == [
        (x.label, x.initial, x.spent, x.forecast) for x in before.funds
    ]
    if local:
        assert [x.adjusted for x in after.funds] == [x.adjusted for x in before.funds]
    assert new.project.cutoff == date(int(before.year), 10, 31)
    assert [str(x) for x in found.leftovers] == []


_WORDS = st.text(st.sampled_from("渠道维修培训人次完成（）%≥1234567890.件公里"), min_size=1, max_size=12)
_VALUES = st.sampled_from(["≥12公里", ">=70 件", "90%", "提升", "≤5万元", "1200", "2024年6月底前", "约40%"])


@pytest.mark.slow
@settings(max_examples=40)
@given(
    st.lists(
        st.builds(
            lambda name, annual, actual, cause, likely: Compared(
                level1="产出指标",
                level2="数量指标",
                name=name,
                annual=read_target(annual),
                actual=read_target(actual),
                cause=cause,
                reason="到位晚" if cause else "",
                likelihood=likely,
                measure="催拨" if likely == "有可能" else "",
            ),
            _WORDS, _VALUES, _VALUES,
            st.sampled_from(["", "经费保障", "制度保障、其他", "硬件条件保障"]),
            st.sampled_from(["", "确定能", "有可能", "完全不可能"]),
        ),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_any_rows_come_back_with_their_ticks(rows: list[Compared]) -> None:
    old = Monitoring(project=Project(name="渠道维修项目", year="2024"), compared=tuple(rows))
    assert lines(form_of(old, 7).monitoring, 7) == lines(old, 7)


SELF_EVALUATION: tuple[Row, ...] = (
    ["项目支出绩效自评表", *[""] * 8],
    ["（2023年度）", *[""] * 8],
    ["项目名称", "农村公路养护项目", *[""] * 7],
    ["主管部门", "县交通运输局", "", "", "", "实施单位", "县公路中心", "", ""],
    ["项目资金（万元）", "", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "", "得分"],
    ["", "年度资金总额", "120", "110", "99", "10", "90%", "", "9"],
    ["", "其中：当年财政拨款", "100", "90", "79.5", "-", "", "", "-"],
    ["", "其他资金", "20", "20", "19.5", "-", "", "", "-"],
    ["年度总体目标", "预期目标", "", "", "", "实际完成情况", "", "", ""],
    ["", "保持县乡公路畅通。", "", "", "", "公路畅通，优良路率提高。", "", "", ""],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
     "偏差原因分析及改进措施"],
    ["", "产出指标", "数量指标", "养护里程", "≥85公里", "80公里", "20", "18.8", "汛期停工，已列入下年计划"],
    ["", "", "质量指标", "优良路率", "≥80%", "82%", "20", "20", ""],
    ["", "满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "93%", "10", "10", ""],
    ["总分", "", "", "", "", "", "100", "97.8", ""],
)  # fmt: skip
_MERGED = (
    *("A1:I1", "A2:I2", "B3:I3", "B4:E4", "G4:I4", "A5:A8", "A9:A10", "B9:E9", "F9:I9", "B10:E10"),
    *("F10:I10", "A11:A14", "B12:B13", "A15:F15"),
)


def _in_word() -> Imported:
    """同一张表在 Word 里：左边竖着合并，横着合并的占几列。"""
    down = {5: "restart", 6: "continue", 7: "continue", 8: "continue", 9: "restart", 10: "continue",
            11: "restart", 12: "continue", 13: "continue", 14: "continue"}  # fmt: skip
    spans = {3: [1, 8], 4: [1, 4, 1, 3], 9: [1, 4, 4], 10: [1, 4, 4], 15: [6, 1, 1, 1]}
    rows = []
    for number, texts in enumerate(SELF_EVALUATION[2:], 3):
        at, cells = 0, []
        for width in spans.get(number, [1] * 9):
            merge = down.get(number, "") if at == 0 else ""
            cells.append(cell(texts[at], span=width, merge=merge))
            at += width
        rows.append(cells)
    return import_report(docx(p("项目支出绩效自评表"), p("（2023年度）"), table(*rows)))


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_self_evaluation_form_with_scores(kind: str) -> None:
    found = import_form(sheet(*SELF_EVALUATION, merged=_MERGED)) if kind == "xlsx" else _in_word()
    new = found.monitoring
    assert (new.project.name, new.project.department, new.project.unit, new.project.year) == (
        "农村公路养护项目", "县交通运输局", "县公路中心", "2023",
    )  # fmt: skip
    assert new.goal.text == "保持县乡公路畅通。"
    wan = lambda n: Amount.wan(Decimal(n))  # noqa: E731
    assert [(f.source, f.initial, f.adjusted, f.spent) for f in new.funding] == [
        ("当年财政拨款", wan("100"), wan("90"), wan("79.5")),
        ("其他资金", wan("20"), wan("20"), wan("19.5")),
    ]
    assert [(c.level1, c.level2, c.name, c.annual.raw, c.actual.raw, c.reason) for c in new.compared] == [
        ("产出指标", "数量指标", "养护里程", "≥85公里", "80公里", "汛期停工，已列入下年计划"),
        ("产出指标", "质量指标", "优良路率", "≥80%", "82%", ""),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "93%", ""),
    ]
    told = " ".join(map(str, found.leftovers))
    for words in ("分值", "得分", "公路畅通，优良路率提高。", "97.8"):
        assert words in told, words


def test_places_are_the_rows_of_the_sheet() -> None:
    found = import_form(sheet(*SELF_EVALUATION, merged=_MERGED))
    assert str(found.monitoring.compared[0].place.at("actual")) == "报告 自评表第12行（实际完成值）"
    assert any(x.place.cell == "自评表第15行" and "97.8" in x.text for x in found.leftovers)


def test_sign_value_and_unit_in_columns_of_their_own() -> None:
    found = import_form(
        sheet(
            ["绩效运行监控表（2024年度）", "", "", "", "", ""],
            ["二级指标", "指标名称", "指标性质", "年度指标值", "度量单位", "1-6月完成情况"],
            ["数量指标", "培训人次", "≥", "200", "人次", "150"],
            ["质量指标", "合格率", "≥", "95", "%", "97"],
            ["社会效益指标", "服务水平", "定性", "提升", "", "有所提升"],
        )
    )
    assert [(c.annual.raw, c.actual.raw) for c in found.monitoring.compared] == [
        ("≥200人次", "150人次"),
        ("≥95%", "97%"),
        ("提升", "有所提升"),
    ]
    assert found.monitoring.project.cutoff == date(2024, 6, 30)


def test_the_command_makes_a_workbook_of_a_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = replace(
        project(6),
        funding=(Funding(source="一般公共预算拨款", initial=Amount.wan(Decimal(60)), spent=Amount.wan(Decimal(30))),),
    )  # fmt: skip
    form, book = tmp_path / "监控表.xlsx", tmp_path / "项目.xlsx"
    form.write_bytes(write_form(compose(figures_of(old, policy.get()), 7)))
    assert cli.main(["import", str(form), "-o", str(book)]) == 0
    assert "表4 目标对比表" in capsys.readouterr().out
    back = read(PackageBook.open(book)).monitoring
    assert [c["name"] for c in data.to_data(back)["compared"]] == [x.name for x in lines(old, 7)]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["今天", "天气"], ["很", "好"]], "不像监控表或自评表"),
        ([[""]], "文件里没有内容"),
    ],
)
def test_what_is_no_form_is_refused(
    rows: list[Row], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form, book = tmp_path / "表.xlsx", tmp_path / "项目.xlsx"
    sheet(*rows).save(form)
    assert cli.main(["import", str(form), "-o", str(book)]) == 2
    assert says in capsys.readouterr().err
    assert not book.exists()


def test_our_own_workbook_is_not_imported(demo_book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", str(demo_book), "-o", str(demo_book.with_name("新.xlsx"))]) == 2
    assert "已经是监控工作簿" in capsys.readouterr().err
