"""计算栏应有的值：每个计算栏都有，空行、缺数、0/0 和草稿状态照公式显示。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from perfmon_xl import policy
from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Compared, Funding, Monitoring, Paragraph, Project, Spending
from perfmon_xl.domain.target import read_target
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.board import BOARD_TEXTS
from perfmon_xl.workbook.computed import Value, compute_book, draft_state
from perfmon_xl.workbook.fill_computed import same_value

PLATFORM = policy.get("平台通用")


def wan(number: str) -> Amount:
    return Amount.wan(Decimal(number))


def compared(annual: str, stage: str, actual: str) -> Compared:
    return Compared(
        level2="数量指标",
        name="指标",
        annual=read_target(annual),
        stage=read_target(stage),
        actual=read_target(actual),
    )


def shown(*rows: Compared) -> list[tuple[Value, ...]]:
    book = Monitoring(project=Project(cutoff=date(2023, 10, 31)), compared=rows)
    fields = ("completion", "deviation", "deviation_rate", "met", "light")
    return [
        tuple(row[field] for field in fields)
        for row in compute_book(figures_of(book, PLATFORM)).tables["目标对比表"]
    ]


def test_every_computed_cell_has_its_value() -> None:
    computed = compute_book(figures_of(Monitoring(), PLATFORM))
    names = {cell.name for _, form in layout.forms() for cell in form.cells if cell.computed}
    assert set(computed.cells) == names
    for _, table in layout.tables():
        fields = {column.field for column in table.columns if column.computed}
        assert set(computed.row(table.name, 0)) == fields, table.name


def test_an_empty_book_shows_nothing() -> None:
    computed = compute_book(figures_of(Monitoring(), PLATFORM))
    counts = {name for name in computed.cells if name.endswith("数") and name.startswith("看板")}
    texts = {cell.name for cell in BOARD_TEXTS.cells}
    steps = {
        c.name
        for w in layout.WORKS
        for c in (w.missing_cell, w.step_cell, w.told_cell, w.state_cell, w.link_cell)
    }
    steps |= {c.name for c in layout.CHECK_STATE.cells}
    told = texts | steps | {name for name in computed.cells if name.startswith("检查_")}
    assert {value for name, value in computed.cells.items() if name not in counts | told} == {""}
    assert computed.cells["还差_项目信息"] == 9 and computed.cells["还差_表1"] == 2
    assert computed.cells["下一步_项目信息"] == "还差 9 处，先填“项目名称”。"
    assert {computed.cells[name] for name in counts - texts} == {Decimal(0)}


def test_funds() -> None:
    book = Monitoring(
        project=Project(cutoff=date(2023, 10, 31)),
        funding=(Funding(initial=wan("5"), arrived=wan("5"), spent=wan("4.38161")),),
        spending=(Spending(amount=Amount(Decimal("29616.1"))), Spending(amount=Amount(Decimal(14200)))),
    )
    cells = compute_book(figures_of(book, PLATFORM)).cells
    assert cells["监控月份"] == 10
    assert (cells["年初预算合计"], cells["调整后预算合计"], cells["支出合计"]) == (5, 5, Decimal("4.38161"))
    assert (cells["资金到位率"], cells["预算执行率"]) == (1, Decimal("0.876322"))
    assert (cells["资金预警"], cells["看板_资金预警"]) == ("绿", "绿")
    assert (cells["支出明细合计"], cells["支出明细差额"]) == (Decimal("43816.1"), 0)
    assert cells["全年预计支出合计"] == ""


def test_nothing_over_nothing_is_a_dash_and_a_missing_number_is_blank() -> None:
    zero = Funding(initial=wan("0"), arrived=wan("0"), spent=wan("0"))
    missing = Funding(initial=wan("3"), spent=None)
    computed = compute_book(figures_of(Monitoring(funding=(zero, missing)), PLATFORM))
    assert computed.tables["资金表"] == (
        {"arrival_rate": "—", "execution_rate": "—", "todo": "写资金来源"},
        {"arrival_rate": "", "execution_rate": "", "todo": "写资金来源"},
    )


def test_compared() -> None:
    assert shown(
        compared("≥70件", "=158件", "=170件"),
        compared("≤5万元", "4万元", "4.3816万元"),
        compared("≥90%", "≥90%", "≥90%"),
        compared("提升", "提升", "提升"),
        compared("0件", "0件", "3件"),
        compared("≥70件", "", ""),
        compared("", "", ""),
    ) == [
        (Decimal(170) / 70, Decimal(12), Decimal(12) / 158, "达成", "蓝"),
        (Decimal("0.87632"), Decimal("0.3816"), Decimal("0.0954"), "未达成", "绿"),
        ("", "", "", "无法判断", ""),
        ("", "", "", "达成", "绿"),
        ("—", Decimal(3), "—", "未达成", "红"),
        ("", "", "", "无法判断", ""),
        ("", "", "", "", ""),
    ]


def test_the_board_counts_what_the_table_shows() -> None:
    rows = (
        compared("≥70件", "", "70件"),
        compared("≥70件", "", "69件"),
        compared("≥70件", "", ""),
        compared("≥70件", "", "71件"),
    )
    done = Project(cutoff=date(2023, 12, 31))
    cells = compute_book(figures_of(Monitoring(project=done, compared=rows), PLATFORM)).cells
    names = ("指标数", "达成数", "未达成数", "无法判断数")
    assert [cells[f"看板_{name}"] for name in names] == [4, 2, 1, 1]


@pytest.mark.parametrize(
    ("subject", "text", "draft", "state"),
    [
        ("到位率", "", "", "待填"),
        ("到位率", " \n", "旧草稿", "待填"),
        ("到位率", "草稿文字", "草稿文字", "草稿"),
        ("到位率", "改过的文字", "草稿文字", "已改写"),
        ("到位率", "Text", "text", "已改写"),
        ("", "自己写的", "", "已改写"),
        ("", "", "", ""),
    ],
)
def test_draft_state(subject: str, text: str, draft: str, state: str) -> None:
    assert draft_state(Paragraph(subject=subject, text=text, draft=draft)) == state


@pytest.mark.parametrize(
    ("stored", "right"),
    [
        (Decimal("0.876322"), True),
        (Decimal("0.876322000000001"), True),  # the rest of a binary fraction
        (Decimal("0.8763"), False),
        (Decimal("0.88"), False),
        ("0.876322", False),
        (None, False),
    ],
)
def test_a_stored_result_is_right_to_the_last_digit_a_float_keeps(stored: object, right: bool) -> None:
    assert same_value(stored, Decimal("0.876322")) is right
