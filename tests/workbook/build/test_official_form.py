"""The official form: its cells, its ticks, its month, what is demanded, and how LibreOffice prints it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.office import convert, needs_office, needs_validator, validate
from support.projects import project

from perfmon_xl import app, cli, policy
from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.explaining import demands
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Compared, Funding, Goal, GoalChange, Monitoring, Project
from perfmon_xl.domain.official_form import compose, is_general_budget, remarks
from perfmon_xl.domain.target import read_target
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.build.official_form import write_form

PLATFORM = policy.get("平台通用")


def row(annual: str, actual: str, **more: object) -> Compared:
    first = {"level1": "产出指标", "level2": "数量指标", "name": "培训人次"}
    return Compared(**(first | more), annual=read_target(annual), actual=read_target(actual))


def book(*rows: Compared, month: int = 7) -> Monitoring:
    return Monitoring(
        project=Project(name="道路养护", year="2024", cutoff=date(2024, month, 28)), compared=rows
    )


def page(monitoring: Monitoring, *, local: bool = False, month: int = 7) -> object:
    data = write_form(compose(figures_of(monitoring, PLATFORM), month), local=local)
    return openpyxl.load_workbook(io.BytesIO(data)).active


def cells(sheet: object) -> dict[str, object]:
    return {c.coordinate: c.value for line in sheet.iter_rows() for c in line if c.value is not None}


def test_ticks_stand_under_the_cause_and_the_likelihood() -> None:
    sheet = page(
        book(
            row(
                "≥70件",
                "30件",
                cause="经费保障、硬件保障",
                reason="到位晚",
                likelihood="有可能",
                measure="催拨",
            )
        )
    )
    found = cells(sheet)
    head = {value: key for key, value in found.items() if str(value) in (
        "经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "确定能", "有可能", "完全不可能")}  # fmt: skip
    line = next(c.row for c in sheet["D"] if c.value == "培训人次")
    ticked = {word for word, at in head.items() if sheet[f"{at.rstrip('0123456789')}{line}"].value == "√"}
    assert ticked == {"经费保障", "硬件条件保障", "有可能"}
    assert {"到位晚", "催拨", "≥70件", "30件"} <= {c.value for c in sheet[line]}


@pytest.mark.parametrize(("month", "label"), [(1, "1月"), (7, "1-7月"), (12, "1-12月")])
def test_the_month_is_in_the_headers(month: int, label: str) -> None:
    found = set(cells(page(book(), month=month)).values())
    assert {f"{label}执行数", f"{label}执行情况"} <= found
    assert f"{label}执行率（%）" in set(cells(page(book(), month=month, local=True)).values())


def test_a_goal_that_was_not_adjusted_stays_beside_one_that_was() -> None:
    changes = (
        GoalChange(subject="目标1", original="建站10个。", changed="否"),
        GoalChange(subject="目标2", original="培训。", changed="是 ", revised="培训200人。"),
    )
    declared = replace(book(), goal=Goal(text="建站10个，培训。"))
    assert (
        compose(figures_of(replace(declared, goal_changes=changes), PLATFORM), 7).goal
        == "建站10个。\n培训200人。"
    )
    assert (
        compose(figures_of(replace(declared, goal_changes=changes[:1]), PLATFORM), 7).goal
        == "建站10个，培训。"
    )


@pytest.mark.parametrize("typed", ["2024", " 2024年", "2024年度"])
def test_the_year_is_a_number_however_it_was_typed(typed: str) -> None:
    monitoring = replace(book(), project=replace(book().project, year=typed))
    assert "（2024年度）" in cells(page(monitoring)).values()


def test_money_is_split_and_a_missing_number_stays_blank() -> None:
    wan = lambda n: Amount.wan(Decimal(n))  # noqa: E731
    monitoring = replace(
        book(),
        funding=(
            Funding(source="一般公共预算拨款", initial=wan("100"), adjusted=wan("90"), spent=wan("45.5")),
            Funding(source="政府性基金财政拨款", initial=wan("20"), spent=wan("0")),
        ),
    )
    lines = compose(figures_of(monitoring, PLATFORM), 7).funds
    assert [(x.label, x.initial, x.adjusted, x.spent, x.forecast) for x in lines] == [
        ("年度资金总额", wan("120"), wan("110"), wan("45.5"), None),
        ("本年一般公共预算拨款", wan("100"), wan("90"), wan("45.5"), None),
        ("其他资金", wan("20"), wan("20"), wan("0"), None),
    ]
    assert lines[0].rate == Decimal("45.5") / 110
    told = remarks(figures_of(monitoring, PLATFORM))
    assert any("政府性基金财政拨款" in one and "其他资金" in one for one in told)
    assert not any("“一般公共预算拨款”" in one for one in told)


def test_printed_classes_without_an_indicator_stay_and_foreign_ones_follow() -> None:
    lines = compose(
        figures_of(
            book(
                row("≥1项", "1项", level1="自定指标", level2="特色指标", name="特色"),
                row("≥2项", "2项", level1="产出", level2="产出数量", name="数量一"),
                row("≤3万元", "3万元", level1="产出指标", level2="经济成本", name="成本一"),
            ),
            PLATFORM,
        ),
        7,
    ).indicators
    assert [(x.level1, x.level2, x.name) for x in lines] == [
        ("产出指标", "数量指标", "数量一"),
        ("产出指标", "质量指标", ""),
        ("产出指标", "时效指标", ""),
        ("产出指标", "成本指标", "成本一"),
        ("效益指标", "经济效益指标", ""),
        ("效益指标", "社会效益指标", ""),
        ("效益指标", "生态效益指标", ""),
        ("效益指标", "可持续影响指标", ""),
        ("满意度指标", "服务对象满意度指标", ""),
        ("自定指标", "特色指标", "特色"),
    ]


@pytest.mark.parametrize(
    ("rules", "record", "asked"),
    [
        ("平台通用", row("≥120件", "30件"), {"cause", "reason"}),  # red: 30 of 70
        ("平台通用", row("≥120件", "60件"), set()),  # green: 60 of 70
        ("平台通用", row("≥120件", "30件", cause="其他", reason="雨季停工"), set()),
        ("平台通用", row("≥120件", "70件", cause="其他"), {"reason"}),
        ("平台通用", row("≥120件", "70件", likelihood="有可能"), {"cause", "measure"}),
        ("平台通用", row("≥120件", "70件", likelihood="确定能"), set()),
        ("天津", row("≥120件", "70件", likelihood="不可能"), {"forecast", "cause", "reason", "measure"}),
        ("河北", row("≥100件", "115件"), set()),  # exactly 15% over
        ("河北", row("≥100件", "116件"), {"cause", "reason"}),
        ("河北", row("=100件", "101件"), {"cause", "reason"}),
        ("河北", row("=100件", "100件"), set()),
        ("广西", row("≥100件", "129件"), set()),
        ("广西", row("≥100件", "130件"), {"cause", "reason"}),
        ("广西", row("=0件", "30件", cause="其他", reason="新增"), set()),
        ("广西", row("≤0件", "30件"), {"cause", "reason"}),
        ("宁夏", row("≥120件", "50件"), set()),  # yellow is not asked there
        ("广西", row("≥100人", "130人次"), set()),  # another unit: nothing to compare
    ],
)
def test_what_the_rule_set_wants_explained(rules: str, record: Compared, asked: set[str]) -> None:
    found = demands(figures_of(book(record), policy.get(rules)))
    assert {one.field for one in found} == asked


def test_a_word_that_is_no_cause_is_named_and_not_ticked() -> None:
    monitoring = book(row("≥1件", "1件", cause="天气", reason="连雨", likelihood="差不多"))
    line = compose(figures_of(monitoring, PLATFORM), 7).indicators[0]
    assert (line.causes, line.likelihood) == ((), "")
    told = "\n".join(remarks(figures_of(monitoring, PLATFORM)))
    assert "“天气”不在五类" in told and "“差不多”不是确定能" in told


def test_the_command_says_where(demo_book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = demo_book.read_bytes()
    assert cli.main(["form", str(demo_book)]) == 0
    out = capsys.readouterr().out
    assert "绩效目标执行监控表.xlsx" in out and "表4 目标对比表!" in out
    assert demo_book.read_bytes() == before
    sheet = openpyxl.load_workbook(demo_book.with_name("项目-绩效目标执行监控表.xlsx")).active
    assert "=158 件" not in cells(sheet).values() and "=170 件" in cells(sheet).values()
    assert all(c.data_type != "f" for line in sheet.iter_rows() for c in line)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--month", "13"), "没有 13 月"), (("-o", "x.docx"), "不是 .xlsx 文件名")],
)
def test_a_wrong_wish_is_refused(
    arguments: tuple[str, ...], says: str, demo_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["form", str(demo_book), *arguments]) == 2
    assert says in capsys.readouterr().err


def test_the_form_never_replaces_the_workbook(demo_book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = demo_book.read_bytes()
    assert cli.main(["form", str(demo_book), "-o", str(demo_book)]) == 2
    assert "没有覆盖" in capsys.readouterr().err and demo_book.read_bytes() == before


def test_another_month_than_the_data_is_said(demo_book: Path) -> None:
    made = app.form(demo_book, month=9)
    assert "1-9 月" in made.notes[0] and "10月31日" in made.notes[0]


def test_the_same_input_gives_the_same_bytes() -> None:
    form = compose(figures_of(project(8), PLATFORM), 7)
    assert write_form(form) == write_form(form)


@needs_validator
@pytest.mark.parametrize("local", [False, True])
def test_the_sdk_finds_no_error(local: bool, tmp_path: Path) -> None:
    for number, monitoring in enumerate((project(30), Monitoring())):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(write_form(compose(figures_of(monitoring, PLATFORM), 7), local=local))
        assert validate(path) == []


@needs_office
def test_libreoffice_prints_it_on_one_landscape_page(tmp_path: Path) -> None:
    from pypdf import PdfReader

    path = tmp_path / "book.xlsx"
    path.write_bytes(build(project(12)))
    made = app.form(path, local=True)
    pages = PdfReader(convert(made.path, "pdf", tmp_path)).pages
    assert len(pages) == 1
    assert (round(float(pages[0].mediabox.width)), round(float(pages[0].mediabox.height))) == (842, 595)
    text = pages[0].extract_text()
    for wanted in ("项目支出绩效目标执行监控表", "1-7月执行情况", "调整后预算数", "√", "备注"):
        assert wanted in text, wanted


def test_the_form_carries_the_name_of_the_project_not_of_the_cover() -> None:
    monitoring = Monitoring(project=Project(name="道路养护", cover_name="某区2024年道路养护项目"))
    assert compose(figures_of(monitoring, PLATFORM), 7).name == "道路养护"


@pytest.mark.parametrize("command", ["form", "new"])
def test_help_is_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([command, "--help"])
    out = capsys.readouterr().out
    assert stopped.value.code == 0 and "用法：" in out and "usage" not in out


@pytest.mark.parametrize(
    "source",
    ["上级专项资金", "中央财政补助资金", "省级专项", "市级配套资金", "县级财政拨款", "一般公共预算", "转移支付资金", "专项资金"],
)  # fmt: skip
def test_money_of_a_treasury_is_general_budget(source: str) -> None:
    assert is_general_budget(source)


@pytest.mark.parametrize(
    "source",
    ["单位自筹", "其他资金", "政府性基金预算拨款", "福利彩票公益金", "上年结转资金", "专项债券资金", "社会捐赠资金",
     "财政专户管理资金", "国有资本经营预算", "银行贷款", "事业收入", ""],
)  # fmt: skip
def test_money_of_another_kind_is_not(source: str) -> None:
    assert not is_general_budget(source)
