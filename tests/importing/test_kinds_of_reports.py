"""Kinds of wordings in reports, each in its smallest paragraph: facts, narratives, tables on their side."""

from __future__ import annotations

import pytest

from perfmon_xl.domain.origin import Heading, ParagraphPlace
from perfmon_xl.importing.document import Block, Para
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.grid import Grid, grid_of_texts
from perfmon_xl.importing.labelled import labelled_parts
from perfmon_xl.importing.outline import texts_of
from perfmon_xl.importing.reading import is_form, read_blocks

TABLE = [["一级指标", "二级指标", "三级指标", "年度目标值", "实际完成值"], ["产出指标", "数量指标", "修路里程", "≥10公里", "8公里"], ["产出指标", "质量指标", "验收合格率", "100%", "100%"]]  # fmt: skip


def table(rows: list[list[str]]) -> Grid:
    return Grid("", grid_of_texts("", rows).rows, sheet=False)


def report(*lines: str | list[list[str]]) -> Imported:
    blocks: list[Block] = [Para(line) if isinstance(line, str) else table(line) for line in lines]
    return read_blocks(blocks, form=False)


@pytest.mark.parametrize(
    "text",
    [
        "项目名称：修路。主管部门：甲局。实施单位：甲所。起止日期：2024年1月1日至2024年12月31日。",
        "修路由甲所实施，主管部门为甲局，实施期为2024年1月1日至2024年12月31日。项目名称为修路。",
        "主管部门：甲局；实施单位：甲所；项目期：2024年1月1日—2024年12月31日；项目名称：修路。",
    ],
)
def test_facts_in_one_paragraph(text: str) -> None:
    project = report(
        "一、项目基本情况",
        text.replace("甲局", "青禾县甲局").replace("甲所", "青禾县甲所"),
        "表4 对比表",
        TABLE,
    ).monitoring.project
    assert (project.name, project.department, project.unit, str(project.start), str(project.end)) == (
        "修路", "青禾县甲局", "青禾县甲所", "2024-01-01", "2024-12-31",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "background", "scope"),
    [
        ("项目背景：全县有12公里土路。主要内容：修路、装灯。", "全县有12公里土路", "修路、装灯"),
        ("三、背景：全县有12公里土路。", "全县有12公里土路", ""),
        ("全县有12公里土路。项目内容为修路、装灯和绿化。", "全县有12公里土路。项目内容为修路、装灯和绿化。", "修路、装灯和绿化"),
    ],
)  # fmt: skip
def test_background_and_scope(text: str, background: str, scope: str) -> None:
    project = report("一、基本情况", text, "表4 对比表", TABLE).monitoring.project
    assert (project.background, project.scope) == (background, scope)


def test_progress_with_a_label() -> None:
    found = report("一、基本情况", "项目进展：修路8公里；装灯20盏。", "表4 对比表", TABLE).monitoring
    assert [p.text for p in found.progress] == ["修路8公里", "装灯20盏"]


@pytest.mark.parametrize(
    "lines",
    [
        ["修路里程。修了8公里，都在东乡。", "验收合格率。都合格，没有返工。"],
        ["① 修路里程——修了8公里，都在东乡。", "② 验收合格率——都合格，没有返工。"],
        ["4.1 修路里程", "修了8公里，都在东乡。", "4.2 验收合格率", "都合格，没有返工。"],
        ["1）修路里程：修了8公里，都在东乡。", "2）验收合格率：都合格，没有返工。"],
    ],
)
def test_narratives_by_the_name_of_the_indicator(lines: list[str]) -> None:
    found = report("4 绩效分析", "表4 对比表", TABLE, *lines).monitoring
    assert [(p.subject, p.text) for p in found.analyses] == [
        ("修路里程", "修了8公里，都在东乡。"),
        ("验收合格率", "都合格，没有返工。"),
    ]


def test_formal_numerals_stand_above_the_usual_ones() -> None:
    texts = texts_of(
        [
            Para("伍、问题与措施"),
            Para("一、主要问题"),
            Para("修得慢。"),
            Para("陆、结论"),
            Para("基本达到。"),
        ],
        [],
        frozenset(),
    )
    assert [tuple(map(str, t.headings)) for t in texts if not t.is_heading] == [
        ("伍、问题与措施", "一、主要问题"),
        ("陆、结论",),
    ]


def test_a_decimal_number_says_its_place_once() -> None:
    at = ParagraphPlace(headings=(Heading(1, "4 ", "分析"), Heading(2, "4.1 ", "修路")), number=2)
    assert at.cell == "4.1第2段"
    assert (
        ParagraphPlace(headings=(Heading(1, "四、", "分析"), Heading(3, "1.", "修路")), number=2).cell
        == "四1第2段"
    )


@pytest.mark.parametrize(
    ("text", "client", "monitor"),
    [
        ("青禾县财政局委托乙评估咨询有限公司监控“修路”。", "青禾县财政局", "乙评估咨询有限公司"),
        ("2024年8月，青禾县财政局委托丙江大学开展监控。", "青禾县财政局", "丙江大学"),
        ("青禾县交通局委托修路的施工队已进场。", "", ""),
    ],
)
def test_who_asked_whom(text: str, client: str, monitor: str) -> None:
    project = report("一、概述", text, "表4 对比表", TABLE).monitoring.project
    assert (project.client, project.monitor) == (client, monitor)


@pytest.mark.parametrize(
    ("title", "name", "cutoff"),
    [
        ("修路项目2025年上半年绩效运行监控报告", "修路项目", "2025-06-30"),
        ("修路项目2025年绩效运行监控报告", "修路项目", "None"),
        ("修路项目2025年1—9月绩效运行监控报告", "修路项目", "2025-09-30"),
    ],
)
def test_the_title_names_project_and_period(title: str, name: str, cutoff: str) -> None:
    project = report(title, "一、概述", "修路进展顺利。", "表4 对比表", TABLE).monitoring.project
    assert (project.name, str(project.cutoff)) == (name, cutoff)


def test_tables_on_their_side() -> None:
    found = report(
        "一、目标", "表2 总目标调整表", [["原申报内容", "修路10公里。"], ["是否调整", "否"], ["调整后内容", "修路10公里。"]],
        "二、资金", "单位：万元", [["项目", "财政拨款"], ["年初预算数", "60.00"], ["到位数", "50.00"], ["支出数", "40.00"]], "表4 对比表", TABLE,
    ).monitoring  # fmt: skip
    (change,), (fund,) = found.goal_changes, found.funding
    assert (change.original, change.changed, change.revised) == ("修路10公里。", "否", "修路10公里。")
    assert (fund.source, str(fund.initial), str(fund.arrived), str(fund.spent)) == (
        "财政拨款",
        "60万元",
        "50万元",
        "40万元",
    )


def test_a_source_named_before_its_amount() -> None:
    (fund,) = report(
        "一、资金情况", "2024年安排就业保障金60.00万元，累计支出40.00万元。", "表4 对比表", TABLE
    ).monitoring.funding
    assert (fund.source, str(fund.initial), str(fund.spent)) == ("就业保障金", "60万元", "40万元")
    (fund,) = report(
        "一、资金情况", "2024年安排项目资金60.00万元，累计支出40.00万元。", "表4 对比表", TABLE
    ).monitoring.funding
    assert fund.source == ""


def test_a_labelled_sentence_below_a_form_makes_it_no_report() -> None:
    below = Para(
        "监控结论：" + "十个乡镇中八个已经完成入库，其余两个的仓库还在维修，预计八月底以前完成并全部入库。"
    )
    assert is_form([table(TABLE), below])
    assert not is_form([table(TABLE), Para(below.text.partition("：")[2])])


def test_labels_of_an_indicator_section_are_none_of_the_project() -> None:
    texts = texts_of([Para("一、产出情况"), Para("实施单位：甲所。")], [], frozenset())
    assert not list(labelled_parts(texts))


def money_of(text: str) -> tuple[dict[str, dict[str, str]], list[tuple[str, str]]]:
    found = report("一、资金情况", text, "二、绩效情况", "表4 对比表", TABLE).monitoring
    names = ("initial", "adjusted", "arrived", "spent", "forecast")
    funds = {f.source: {n: str(a) for n in names if (a := getattr(f, n)) is not None} for f in found.funding}
    return funds, [(s.item, str(s.amount)) for s in found.spending]


LINES = [("修路", "30万元"), ("装灯", "20万元")]


@pytest.mark.parametrize(
    "told",
    [
        "主要是修路30万元、装灯20万元。", "30万元用于修路，20万元用于装灯。", "修路支出30万元，占60%；装灯支出20万元，占40%。",
        "分别用于修路（30万元）、装灯（20万元）。", "其中：修路三十万元，装灯二十万元。", "包括修路300,000元和装灯200,000元。",
    ],
)  # fmt: skip
def test_lines_of_spending_in_every_order(told: str) -> None:
    funds, lines = money_of(f"预算100万元，到位80万元，支出50万元，{told}")
    assert list(funds.values()) == [{"initial": "100万元", "arrived": "80万元", "spent": "50万元"}]
    assert lines == LINES


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("中央资金预算60万元，到位60万元，支出30万元；县级资金预算40万元，到位20万元，支出20万元。",
         {"中央资金": ("60万元", "60万元", "30万元"), "县级资金": ("40万元", "20万元", "20万元")}),
        ("资金来源为中央资金60万元、县级资金40万元。中央资金到位60万元，县级资金到位20万元；中央资金支出30万元，县级资金支出20万元。",
         {"中央资金": ("60万元", "60万元", "30万元"), "县级资金": ("40万元", "20万元", "20万元")}),
        ("中央财政安排60万元、县财政安排40万元，已全部到位。", {"中央财政": ("60万元", "60万元", None), "县财政": ("40万元", "40万元", None)}),
    ],
)  # fmt: skip
def test_sources_as_subjects(text: str, wanted: dict[str, tuple[str | None, ...]]) -> None:
    funds, lines = money_of(text)
    assert {s: (f.get("initial"), f.get("arrived"), f.get("spent")) for s, f in funds.items()} == wanted
    assert lines == []


def test_lines_that_do_not_add_up_are_no_list() -> None:
    funds, lines = money_of("项目预算100万元，到位80万元，支出50万元。修路支出30万元，装灯支出10万元。")
    assert list(funds.values()) == [{"initial": "100万元", "arrived": "80万元", "spent": "50万元"}]
    assert lines == []
