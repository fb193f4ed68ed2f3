"""Kinds of layouts, each with its smallest form: what is read, what is said, what is not accused."""

from __future__ import annotations

import pytest

from perfmon_xl.importing.foreign import read_pages
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.mapping import ColumnMap
from perfmon_xl.importing.money_reader import money_kind
from perfmon_xl.importing.vocabulary import is_total, money_field
from perfmon_xl.workbook.port import CellRef, RawCell

Rows = list[list[str]]
MERGED = ("<", "^")


def page(rows: Rows) -> Grid:
    """“<”与左边合并，“^”与上面合并。"""
    made: list[tuple[RawCell, ...]] = []
    width = max(map(len, rows))
    for r, row in enumerate(rows):
        line: list[RawCell] = []
        for c in range(width):
            text = row[c] if c < len(row) else ""
            if text == "<":
                line.append(line[-1])
            elif text == "^":
                line.append(made[-1][c])
            else:
                line.append(RawCell(CellRef("表", r + 1, c + 1), text or None))
        made.append(tuple(line))
    return Grid("表", tuple(made))


def one(*rows: list[str]) -> Imported:
    (found,) = read_pages((page(list(rows)),), "表.xlsx", ColumnMap(), "").imported
    return found


def funds(found: Imported) -> list[tuple[str, ...]]:
    names = ("initial", "adjusted", "arrived", "spent", "forecast")
    return [
        (f.source, *(f"{a.yuan / 10_000:g}" if (a := getattr(f, n)) is not None else "" for n in names))
        for f in found.monitoring.funding
    ]


def indicators(found: Imported) -> list[tuple[str, str, str]]:
    rows = found.monitoring.compared
    return [(r.name, r.annual.raw, r.actual.raw) for r in rows] or [
        (r.name, r.target.raw, "") for r in found.monitoring.declared
    ]


def left(found: Imported) -> str:
    return "\n".join(f"{one} {' '.join(one.cells)}" for one in found.leftovers)


NAME = ["项目名称", "甲"]
HEAD = ["一级指标", "二级指标", "三级指标", "年度指标值", "完成值"]
ROW = ["产出指标", "数量指标", "修路", "≥10公里", "8公里"]


@pytest.mark.parametrize(
    ("months", "cells"),
    [
        (["1-3月", "1-6月", "1-9月"], ["2公里", "5公里", "8公里"]),
        (["截至3月底", "截至6月底", "截至9月底"], ["2公里", "5公里", "8公里"]),
        (["一季度", "二季度", "累计"], ["5公里", "3公里", "8公里"]),
    ],
)
def test_what_was_done_by_months_under_one_header(months: list[str], cells: list[str]) -> None:
    found = one(
        NAME, ["一级指标", "二级指标", "三级指标", "年度目标", "各期完成情况", "<", "<"], ["^", "^", "^", "^", *months],
        ["产出指标", "数量指标", "修路", "≥10公里", *cells],
    )  # fmt: skip
    assert indicators(found) == [("修路", "≥10公里", "8公里")]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (["3", "5", "9公里"], "3+5=8公里，累计印的是 9公里"), (["3", "5", "8公里"], ""), (["3", "5", "5公里"], ""),
        (["/", "5", "9公里"], ""), (["30", "50", "90%"], ""),
    ],
)  # fmt: skip
def test_months_are_held_against_their_sum(cells: list[str], says: str) -> None:
    found = one(
        NAME, ["一级指标", "二级指标", "三级指标", "年度目标", "各月完成数", "<", "累计完成"], ["^", "^", "^", "^", "1月", "2月", "^"],
        ["产出指标", "数量指标", "修路", "≥10公里", *cells],
    )  # fmt: skip
    told = "".join(m.message for m in found.misfits)
    assert (says in told) if says else not told


@pytest.mark.parametrize("path", ["产出指标-数量指标", "产出/数量", "产出指标—数量指标", "产出＞数量"])
def test_levels_written_as_a_path(path: str) -> None:
    (row,) = one(
        NAME, ["指标类型", "指标名称", "目标值", "完成值"], [path, "修路", "10公里", "8公里"]
    ).monitoring.compared
    assert (row.level1.removesuffix("指标"), row.level2.removesuffix("指标")) == ("产出", "数量")


def test_a_class_of_another_level_ends_the_one_above() -> None:
    rows = one(
        NAME, ["指标类别", "指标名称", "目标值", "完成值"], ["数量", "修路", "10公里", "8公里"], ["", "架桥", "2座", "1座"],
        ["社会效益", "受益", "9人", "9人"], ["成本", "造价", "≤3万元", "3万元"],
    ).monitoring.compared  # fmt: skip
    assert [r.level1.removesuffix("指标") for r in rows] == ["产出", "产出", "效益", "成本"]


def test_indicators_in_columns() -> None:
    found = one(
        [*NAME, "<", "<"], ["年度目标", "修路架桥，方便出行，让群众满意。", "<", "<"], ["一级指标", "产出指标", "<", "效益指标"],
        ["二级指标", "数量指标", "<", "社会效益指标"], ["三级指标", "修路", "架桥", "受益"], ["目标值", "10公里", "2座", "9人"],
        ["1-8月完成值", "8公里", "1座", "9人"], ["是否达到", "是", "否", "是"], ["填表说明", "按月填。", "<", "<"],
    )  # fmt: skip
    assert indicators(found) == [("修路", "10公里", "8公里"), ("架桥", "2座", "1座"), ("受益", "9人", "9人")]
    assert found.monitoring.goal.text == "修路架桥，方便出行，让群众满意。"
    assert "是否达到" in left(found) and "按月填" in left(found)


@pytest.mark.parametrize("yearly_first", [True, False])
def test_several_years_beside_the_year(yearly_first: bool) -> None:
    pair = ["年度目标", "实施期目标"] if yearly_first else ["实施期目标", "年度目标"]
    year, long = ["数量指标", "修路", "≥10公里"], ["数量指标", "三年修路", "≥30公里"]
    heads = ["二级指标", "三级指标", "指标值"]
    texts = {"年度目标": "今年修路10公里，方便出行。", "实施期目标": "三年修路30公里，方便出行。"}
    found = one(
        ["项目名称", "甲", *["<"] * 5], ["总体目标", pair[0], "<", "<", pair[1], "<", "<"],
        ["^", texts[pair[0]], "<", "<", texts[pair[1]], "<", "<"], ["一级指标", *heads, *heads],
        ["产出指标", *(year if yearly_first else long), *(long if yearly_first else year)],
    )  # fmt: skip
    assert indicators(found) == [("修路", "≥10公里", "")]
    assert found.monitoring.goal.text == texts["年度目标"]
    assert "三年修路" in left(found) and "≥30公里" in left(found)


def test_amounts_for_several_years_are_not_those_of_the_year() -> None:
    found = one(
        ["项目名称", "甲", "单位", "万元", ""], ["资金", "实施期资金总额", "300", "2026年度资金", "100"],
        ["", "其中：财政拨款", "200", "财政拨款", "70"], ["", "自有资金", "100", "自有资金", "30"],
        ["绩效目标", "实施期目标：三年修路30公里。", "<", "年度目标：修路10公里。", "<"],
        ["一级指标", "二级指标", "三级指标", "实施期指标值", "2026年度指标值"], ["产出指标", "数量指标", "修路", "≥30公里", "≥10公里"],
    )  # fmt: skip
    assert funds(found) == [("财政拨款", "70", "", "", "", ""), ("自有资金", "30", "", "", "", "")]
    assert (found.monitoring.project.year, found.monitoring.goal.text) == ("2026", "修路10公里。")
    assert indicators(found) == [("修路", "≥10公里", "")] and not found.misfits


@pytest.mark.parametrize(
    "line",
    [
        ["资金（万元）", "年初预算", "60", "调整后预算", "50", "累计支出", "40"],
        ["资金（万元）", "年初预算：60", "调整后预算：50", "累计支出：40", "支出进度：80%"],
        ["项目资金", "年初预算60万元，执行中调整为50万元，截至8月底累计支出40万元。"],
    ],
)
def test_money_in_one_line(line: list[str]) -> None:
    found = one(NAME, line, HEAD, ROW)
    assert funds(found) == [("", "60", "50", "", "40", "")] and not found.misfits


def test_sources_told_in_a_cell() -> None:
    found = one(
        NAME,
        [
            "项目资金",
            "预算100万元，其中：中央补助60万元，县级财政40万元；累计支出50万元，其中中央补助30万元、县级财政20万元。",
        ],
        HEAD,
        ROW,
    )
    assert funds(found) == [("中央补助", "60", "", "", "30", ""), ("县级财政", "40", "", "", "20", "")]


MONEY = ["资金来源", "年初预算数（万元）", "支出数（万元）"]


@pytest.mark.parametrize(
    ("rows", "kept", "says"),
    [
        ([["财政拨款", "100", "50"], ["其中：中央", "60", "30"], ["县级", "40", "20"], ["合计", "100", "50"]], ["中央", "县级"], ""),
        ([["财政拨款", "100", "50"], ["其中：中央", "60", "30"], ["其中：县级", "40", "25"]], ["中央", "县级"], "30+25=55"),
        ([["财政拨款", "100", "50"], ["其中：中央", "60", "30"], ["自筹", "10", "5"]], ["财政拨款", "自筹"], ""),
        ([["财政拨款", "100", "50"], ["中央", "60", "30"], ["县级", "40", "20"], ["自筹", "10", "5"], ["合计", "110", "55"]], ["中央", "县级", "自筹"], ""),
        ([["小计", "100", "50"], ["中央", "60", "30"], ["县级", "40", "20"], ["自筹", "10", "5"], ["合计", "110", "55"]], ["中央", "县级", "自筹"], ""),
        ([["中央", "60", "30"], ["县级", "40", "20"], ["合计", "110", "50"]], ["中央", "县级"], "60+40=100"),
    ],
)  # fmt: skip
def test_groups_and_parts_are_counted_once(rows: Rows, kept: list[str], says: str) -> None:
    found = one([*NAME, "<"], MONEY, *rows)
    told = "".join(m.message for m in found.misfits)
    assert [f.source for f in found.monitoring.funding] == kept
    assert (says in told) if says else not told


def test_quarters_and_their_sum() -> None:
    found = one(
        [*NAME, *["<"] * 5],
        [
            "资金来源",
            "年初预算（元）",
            "一季度支出（元）",
            "二季度支出（元）",
            "累计支出（元）",
            "余额（元）",
        ],
        ["县级财政", "600000", "100000", "200000", "300000", "300000"],
    )
    assert funds(found) == [("县级财政", "60", "", "", "30", "")]


def test_a_total_and_its_sources_are_one_sum() -> None:
    found = one([*NAME, "预算总额", "100万元"], MONEY, ["中央", "60", "30"], ["县级", "40", "20"])
    assert [f[0] for f in funds(found)] == ["中央", "县级"]
    other = one([*NAME, "预算总额", "110万元"], MONEY, ["中央", "60", "30"], ["县级", "40", "20"])
    assert [f[0] for f in funds(other)] == ["中央", "县级"] and "加起来是100万元" in left(other)


def test_spending_with_price_quantity_and_dates() -> None:
    found = one(
        [*NAME, *["<"] * 4],
        ["支出内容", "单价（元）", "数量", "金额（元）", "支付时间", "凭证号"],
        ["展柜", "5000", "3", "15000", "2024-05-11", "记-31"],
        ["灯具", "", "", "8000", "2024-06-02", "记-12"],
    )
    assert [(s.item, s.amount and s.amount.yuan) for s in found.monitoring.spending] == [
        ("展柜", 15000),
        ("灯具", 8000),
    ]
    assert "2024-05-11" in left(found) and "5000" in left(found) and "记-12" in left(found)


def test_tasks_of_a_department_are_no_sources() -> None:
    found = one(
        ["部门名称", "甲局", *["<"] * 3], ["主要任务", "任务名称", "预算金额（万元）", "实际支出（万元）", "完成情况"], ["一", "修路", "60", "50", "完成"],
        ["二", "架桥", "40", "40", "完成"], ["金额合计", "", "100", "90", ""], ["部门预算", "基本支出", "300", "280", ""],
        ["", "项目支出", "100", "90", ""], ["", "部门整体支出合计", "400", "370", ""],
    )  # fmt: skip
    assert [f[:2] for f in funds(found)] == [("基本支出", "300"), ("项目支出", "100")]
    assert "修路" in left(found) and not found.misfits


def test_a_sentence_below_the_rows_is_no_indicator() -> None:
    found = one(NAME, HEAD, ROW, ["工作总结", "全年任务基本完成，只有2公里没有修完。", "<", "<", "<"])
    assert len(found.monitoring.compared) == 1
    assert [c.text for c in found.monitoring.conclusions] == ["全年任务基本完成，只有2公里没有修完。"]


@pytest.mark.parametrize(
    "line", ["监控截止：2024年8月31日", "截止日期：2024-08-31", "数据截至：2024年8月31日"]
)
def test_a_cutoff_in_a_line(line: str) -> None:
    assert str(one([line, "<"], NAME, HEAD, ROW).monitoring.project.cutoff) == "2024-08-31"


def test_a_choice_in_square_brackets() -> None:
    (row,) = one(NAME, [*HEAD, "完成可能性"], [*ROW, "确定能[ ] 有可能[√] 完全不可能[ ]"]).monitoring.compared
    assert row.likelihood == "有可能"


def test_a_remark_beside_a_source_is_its_reason() -> None:
    (fund,) = one(
        [*NAME, *["<"] * 3],
        ["资金来源", "年初预算（万元）", "调整后预算（万元）", "支出（万元）", "备注"],
        ["县级", "60", "50", "40", "招标结余收回"],
    ).monitoring.funding
    assert fund.reason == "招标结余收回"


def test_words_of_money() -> None:
    assert [money_field(t) for t in ("资金-调整预算", "支付时间", "支付金额", "凭证号")] == [
        "adjusted",
        "",
        "spent",
        "",
    ]
    assert [is_total(t) for t in ("金额合计", "2026年度资金", "实施期资金总额", "其他资金")] == [
        True,
        True,
        True,
        False,
    ]
    assert [money_kind(t) for t in ("事业收入", "已支出金额", "培训人数")] == ["source", "spent", ""]


def test_a_rate_of_payment_is_no_share_of_the_whole() -> None:
    found = one(
        [*NAME, *["<"] * 2],
        ["资金来源", "预算（万元）", "支付（万元）", "支付比例"],
        ["中央", "60", "30", "50%"],
        ["县级", "40", "10", "25%"],
    )
    assert not found.misfits
    wrong = one(
        [*NAME, *["<"] * 2],
        ["资金来源", "预算（万元）", "支付（万元）", "支付比例"],
        ["中央", "60", "30", "60%"],
        ["县级", "40", "10", "25%"],
    )
    assert "60%" in wrong.misfits[0].message


@pytest.mark.parametrize(("score", "says"), [("99.5", ""), ("99.9", "99.9")])
def test_points_of_execution_written_in_the_side_title(score: str, says: str) -> None:
    found = one(
        ["自评表（2024年度）", *["<"] * 6], ["项目名称", "甲", *["<"] * 5],
        ["预算执行情况（10分）", "资金", "年初预算数（万元）", "全年预算数（万元）", "全年执行数（万元）", "执行率", "得分"], ["^", "财政拨款", "50", "50", "49", "98%", "9.8"],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"], ["产出指标", "数量指标", "修路", "≥10公里", "10公里", "60", "60"],
        ["效益指标", "社会效益指标", "受益", "≥9人", "9人", "30", "29.7"], ["总分", "", "", "", "", "100", score],
    )  # fmt: skip
    told = "".join(m.message for m in found.misfits)
    assert (says in told) if says else not told


def test_people_below_an_open_table() -> None:
    found = one(NAME, HEAD, ROW, ["填表人", "甲某", "联系电话", "0000-8888", ""])
    assert len(found.monitoring.compared) == 1 and "0000-8888" in left(found)


def test_a_line_for_each_source_with_what_was_spent() -> None:
    found = one(
        [*NAME, "资金总额（万元）", "150", "已执行", "81"], ["其中", "一般公共预算", "<", "120", "已执行", "66"], ["", "其他资金", "<", "30", "已执行", "15"],
        HEAD, ROW,
    )  # fmt: skip
    assert funds(found) == [("一般公共预算", "120", "", "", "66", ""), ("其他资金", "30", "", "", "15", "")]
    assert not found.misfits


def test_levels_as_rows_of_their_own() -> None:
    found = one(
        [*NAME, "<"],
        ["绩效指标", "年度目标", "1-9月完成"],
        ["产出指标", "<", "<"],
        ["修路", "10公里", "8公里"],
        ["效益指标", "<", "<"],
        ["受益", "9人", "9人"],
    )
    assert [(r.level1, r.name) for r in found.monitoring.compared] == [
        ("产出指标", "修路"),
        ("效益指标", "受益"),
    ]


def test_one_header_over_both_levels() -> None:
    found = one(
        [*NAME, "<", "<", "<"],
        ["指标分类", "<", "指标内容", "指标值", "完成值"],
        ["产出", "数量", "修路", "10公里", "8公里"],
        ["效益指标", "<", "满意", "≥90%", "92%"],
    )
    assert [(r.level1, r.level2) for r in found.monitoring.compared] == [("产出", "数量"), ("效益指标", "")]


def test_spending_told_in_a_cell_of_a_form() -> None:
    found = one(
        NAME,
        ["资金情况", "年初预算90万元，上半年支出36万元。"],
        ["支出明细", "培训18万元、补贴12万元、评估6万元。"],
        HEAD,
        ROW,
    )
    assert [(s.item, s.amount and s.amount.yuan) for s in found.monitoring.spending] == [
        ("培训", 180000),
        ("补贴", 120000),
        ("评估", 60000),
    ]
    assert [(f[1], f[4]) for f in funds(found)] == [("90", "36")]
