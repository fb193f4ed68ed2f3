"""Forms of many layouts and wordings, invented: words × structure, each read to the same values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.placed import unplaced

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.text_keys import label_key
from perfmon_xl.importing.foreign import Foreign, read_pages
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.grid import Grid, grid_of_texts
from perfmon_xl.importing.mapping import ColumnMap
from perfmon_xl.importing.vocabulary import indicator_field, label_of, money_field

Rows = list[list[str]]


def read(*pages: Rows) -> Foreign:
    grids = tuple(grid_of_texts(f"表{n}", rows) for n, rows in enumerate(pages, 1))
    return read_pages(grids, "表.xlsx", ColumnMap(), "")


def one(rows: Rows) -> Imported:
    (found,) = read(rows).imported
    return found


@pytest.mark.parametrize(
    ("field", "headers"),
    [
        ("actual", "截至9月末完成值 前三季度完成情况 上半年实际完成值 累计完成数 监控时点完成情况 1—10月实际 年度完成值 截至目前实现值 全年实际完成值 当期完成情况"),
        ("stage", "截至9月末目标值 前三季度目标 上半年计划值 监控期应完成值 进度目标值 序时计划 1—10月应完成 本期目标 半年目标值"),
        ("target", "全年目标值 年度计划值 年初设定目标值 绩效目标值 批复目标值 本年度指标值 年度任务数 项目完成时目标值"),
        ("forecast", "预计年底完成值 全年预计实现值 年末预计完成情况 预计全年完成数 全年预计"),
        ("symbol", "计算符号 指标方向 比较符号"), ("unit", "计量单位 度量单位 指标值单位"),
        ("likelihood", "完成可能性 目标完成可能性分析 能否完成"), ("evidence", "数据来源 佐证资料 评分标准"),
        ("reason", "未完成原因说明 偏差原因分析及改进措施 未达标原因"), ("measure", "整改措施 下一步工作打算"),
        ("earlier", "上年完成值 去年实际 历史值"),
    ],
)  # fmt: skip
def test_headers_of_indicators(field: str, headers: str) -> None:
    assert {h: indicator_field(label_key(h)) for h in headers.split()} == dict.fromkeys(
        headers.split(), field
    )


@pytest.mark.parametrize(
    ("field", "headers"),
    [
        ("initial", "年初批复预算 预算批复数 年度预算安排 计划投资 项目概算 年初下达预算"),
        ("adjusted", "调整后预算 调整预算数 调整后全年预算数 追加后预算"),
        ("arrived", "截至9月底到位数 累计到位资金 已拨付资金 实际到位"),
        ("spent", "截至9月底支付数 累计支出 1-9月执行数 上半年支出金额 全年执行数 已使用资金"),
        ("forecast", "全年预计支出 预计年底执行数 预计全年支付"),
        ("rate", "预算执行率 支付进度 资金到位率 占比"),
        ("balance", "上年结余 未支出金额 预算调整数 结转数"),
    ],
)
def test_headers_of_money(field: str, headers: str) -> None:
    assert {h: money_field(label_key(h)) for h in headers.split()} == dict.fromkeys(headers.split(), field)


@pytest.mark.parametrize(
    ("field", "labels"),
    [
        ("department", "主管单位 项目主管部门 预算主管部门及代码 归口部门"),
        ("unit", "项目承担单位 用款单位 实施主体 资金使用单位 项目责任单位"),
        ("cutoff", "监控时点 数据截止日期 监控截止日 统计截至时间"),
        ("period", "项目起止年限 实施期限 项目周期 起止时间"),
        ("goal", "年度总体目标 项目年度绩效目标 长期目标 年初设定目标"),
        ("goal_result", "年度目标完成情况 总体目标实现情况 1-9月完成情况"),
        ("conclusion", "自评结论 总体评价 监控结论"), ("problems", "存在的主要问题 存在问题及原因"),
        ("measures", "下一步改进措施 整改措施 有关建议"), ("person", "填表人 单位负责人（签字） 联系电话 填报单位（公章）"),
    ],
)  # fmt: skip
def test_labels(field: str, labels: str) -> None:
    assert {t: label_of(t) for t in labels.split()} == dict.fromkeys(labels.split(), field)


def test_a_quarterly_form_with_words_for_everything() -> None:
    found = one([
        ["城市照明运维项目绩效监控表（2025年第三季度）"], ["填报单位：江桥市城管局", "", "", "", "", "单位：元"],
        ["项目全称", "城市照明运维", "", "预算主管部门", "江桥市城管局", "", "用款单位", "江桥市路灯管理所"],
        ["资金构成", "批复预算", "预算调整后", "截至9月底已拨付", "截至9月底已支付", "预计年底支付", "支付进度"],
        ["本级财政", "1,200,000", "1,260,000", "900,000", "880,000", "1,260,000", "69.84%"],
        ["上级转移支付", "300,000", "300,000", "300,000", "210,000", "300,000", "70%"],
        ["总计", "1,500,000", "1,560,000", "1,200,000", "1,090,000", "1,560,000", "69.87%"],
        ["总体绩效目标", "保障全市路灯完好。"],
        ["指标类别", "指标类型", "指标名称", "全年计划", "前三季度应完成", "前三季度实际", "年底预计", "未达进度原因", "纠偏措施"],
        ["产出", "数量", "巡检次数", "不少于240次", "180次", "176次", "240次", "", ""],
        ["效益", "社会效益", "投诉下降率", "≥10%", "≥8%", "6%", "9%", "夏季雷击多", "加密巡查"],
    ])  # fmt: skip
    project, rows = found.monitoring.project, found.monitoring.compared
    assert (project.name, project.year, project.department, project.unit, project.cutoff) == (
        "城市照明运维", "2025", "江桥市城管局", "江桥市路灯管理所", date(2025, 9, 30),
    )  # fmt: skip
    assert [
        (f.source, *(a and a.in_wan for a in (f.initial, f.adjusted, f.arrived, f.spent, f.forecast)))
        for f in found.monitoring.funding
    ] == [
        ("本级财政", "120万元", "126万元", "90万元", "88万元", "126万元"),
        ("上级转移支付", "30万元", "30万元", "30万元", "21万元", "30万元"),
    ]
    assert [(r.name, r.annual.raw, r.stage.raw, r.actual.raw, r.forecast.raw, r.reason, r.measure) for r in rows] == [
        ("巡检次数", "不少于240次", "180次", "176次", "240次", "", ""),
        ("投诉下降率", "≥10%", "≥8%", "6%", "9%", "夏季雷击多", "加密巡查"),
    ]  # fmt: skip
    assert found.misfits == ()


def test_money_turned_on_its_side_and_a_total_that_fits() -> None:
    found = one([
        ["项目支出绩效自评表"], ["2024年度"], ["项目名称", "农村公厕管护"], ["年初预算数（万元）", "80"],
        ["全年预算数（万元）", "75"], ["全年执行数（万元）", "74.2"], ["执行率", "98.93%"],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "偏差原因及改进措施"],
        ["产出指标", "数量指标", "管护公厕数", "=120座", "120座", "60", "60", ""],
        ["", "质量指标", "卫生达标率", "≥95%", "94%", "30", "29.68", "个别公厕偏远，已增加保洁员"],
        ["", "", "合计", "", "", "90", "89.68", ""],
    ])  # fmt: skip
    (fund,) = found.monitoring.funding
    assert [a and a.in_wan for a in (fund.initial, fund.adjusted, fund.spent)] == [
        "80万元",
        "75万元",
        "74.2万元",
    ]
    assert found.misfits == () and len(found.monitoring.compared) == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("98.93%", "88.93%"), "执行率"), (("89.68", "99.68"), "合计 99.68"), (("90", "100"), "与印的合计 100 不符"),
        (("29.68", "30"), "94÷95×30"), (("29.68", "31"), "超过了分值"),
    ],
)  # fmt: skip
def test_printed_figures_that_do_not_fit_are_said(change: tuple[str, str], says: str) -> None:
    rows: Rows = [
        ["项目支出绩效自评表（2024年度）"], ["项目名称", "农村公厕管护"], ["预算数（万元）", "75"],
        ["执行数（万元）", "74.2"], ["执行率", "98.93%"],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
        ["产出指标", "数量指标", "管护公厕数", "=120座", "120座", "60", "60"],
        ["", "质量指标", "卫生达标率", "≥95%", "94%", "30", "29.68"], ["", "", "合计", "", "", "90", "89.68"],
    ]  # fmt: skip
    changed = [[change[1] if t == change[0] else t for t in row] for row in rows]
    assert any(says in m.message for m in one(changed).misfits), [m.message for m in one(changed).misfits]


def test_a_header_of_two_rows_left_blank_instead_of_merged() -> None:
    found = one([
        ["绩效运行监控表"], ["（2024年1—6月）"], ["项目名称", "校园安保"],
        ["一级指标", "二级指标", "三级指标", "绩效目标", "", "", "完成情况", "", "偏差", ""],
        ["", "", "", "符号", "数值", "单位", "1-6月", "全年预计", "原因", "措施"],
        ["产出指标", "数量指标", "配备保安人数", "≥", "320", "人", "318", "320", "招聘延期", "7月补招"],
        ["满意度指标", "服务对象满意度指标", "师生满意度", "≥", "90", "%", "92.5", "92", "", ""],
    ])  # fmt: skip
    assert [(r.annual.raw, r.actual.raw, r.forecast.raw) for r in found.monitoring.compared] == [
        ("≥320人", "318人", "320人"), ("≥90%", "92.5%", "92%"),
    ]  # fmt: skip
    assert found.monitoring.project.cutoff == date(2024, 6, 30)


def test_a_column_a_quarter_the_latest_counts_and_the_others_are_said() -> None:
    found = one([
        ["执行监控表", "2024年度"], ["项目名称", "乡村图书室"],
        ["三级指标", "年度目标值", "1-3月目标值", "1-3月完成值", "1-6月目标值", "1-6月完成值"],
        ["新增图书", "≥5000册", "1000册", "1200册", "2500册", "2600册"],
    ])  # fmt: skip
    (row,) = found.monitoring.compared
    assert (row.stage.raw, row.actual.raw) == ("2500册", "2600册")
    assert any("1-3月完成值" in x.text for x in found.leftovers)


def test_a_declaration_with_two_goals_and_a_project_period_in_months() -> None:
    found = one([
        ["项目支出绩效目标申报表"], ["(2025年度)"], ["项目名称", "智慧停车", "项目类别", "新增"],
        ["项目实施期", "2025年3月至2025年11月"],
        ["项目资金（万元）", "资金总额", "320"], ["", "其中：财政拨款", "200"], ["", "单位自有资金", "100"],
        ["实施期目标", "年度目标"], ["建成智慧停车系统", "完成一期建设"],
        ["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "改造泊位", "≥1200个"],
    ])  # fmt: skip
    project = found.monitoring.project
    assert (project.start, project.end) == (date(2025, 3, 1), date(2025, 11, 30))
    assert found.monitoring.goal.text == "完成一期建设" and found.monitoring.compared == ()
    assert any("建成智慧停车系统" in x.text for x in found.leftovers)
    assert any("320" in m.message and "300" in m.message for m in found.misfits)


@pytest.mark.parametrize(
    ("cell", "read_as"),
    [
        ("□确定能 ☑有可能 □完全不可能", "有可能"), ("确定能（√）有可能（ ）完全不可能（ ）", "确定能"),
        ("确定能□ 有可能■ 完全不可能□", "有可能"), ("不可能", "完全不可能"), ("☑确定能 ☑有可能 □完全不可能", ""),
    ],
)  # fmt: skip
def test_a_choice_in_one_cell(cell: str, read_as: str) -> None:
    found = one([["项目名称", "甲"], ["三级指标", "年度指标值", "1-9月完成值", "完成目标可能性"], ["里程", "≥5公里", "3公里", cell]])  # fmt: skip
    assert found.monitoring.compared[0].likelihood == read_as
    assert (read_as == "") == any("勾了" in str(x) for x in found.leftovers)


def test_ticks_in_columns_without_the_causes_beside_them_and_two_in_one_row() -> None:
    found = one([
        ["项目名称", "甲", "", "", "", ""],
        ["三级指标", "年度指标值", "1-9月完成值", "确定能", "有可能", "完全不可能"],
        ["里程", "≥5公里", "3公里", "", "V", ""], ["座数", "≥5座", "3座", "√", "√", ""],
    ])  # fmt: skip
    assert [r.likelihood for r in found.monitoring.compared] == ["有可能", ""]
    assert any("同时打了两个√" in str(x) for x in found.leftovers)


def test_two_projects_on_two_sheets_are_never_mixed() -> None:
    def page(name: str, indicator: str) -> Rows:
        return [["项目名称", name], ["三级指标", "年度指标值", "1-8月完成值"], [indicator, "≥5个", "3个"]]

    first, second = read(page("甲", "井"), page("乙", "桥")).projects
    assert [c.name for c in first.compared] == ["井"] and [c.name for c in second.compared] == ["桥"]
    stacked = read([*page("甲", "井"), ["绩效监控表", ""], *page("乙", "桥")]).projects
    assert [p.project.name for p in stacked] == ["甲", "乙"]
    (whole,) = read([["项目名称", "甲"]], page("甲", "井")).projects
    assert (whole.project.name, len(whole.compared)) == ("甲", 1)


def test_lines_below_the_table_go_where_they_belong() -> None:
    found = one([
        ["项目名称", "甲", "", ""], ["三级指标", "年度指标值", "实际完成值", "得分"], ["井", "≥5个", "5个", "90"],
        ["……", "……", "", ""], ["总分", "", "", "99"], ["评价结论", "全部完成。自评得分99分，等级为良。", "", ""],
        ["存在问题", "选址慢。", "", ""], ["改进措施", "提前选址。", "", ""], ["其他需要说明的事项", "无", "", ""],
        ["填表人：某甲　　联系电话：0000-1", "", "", ""],
    ])  # fmt: skip
    monitoring = found.monitoring
    assert [c.name for c in monitoring.compared] == ["井"]
    assert monitoring.conclusions[0].text.startswith("全部完成")
    assert [(p.text, p.measure) for p in monitoring.problems] == [("选址慢。", "提前选址。")]
    assert any("应为“优”" in m.message for m in found.misfits)
    assert any("某甲" in x.text for x in found.leftovers)


# --- nothing lost, however the form is made or broken ---------------------------------------------------

_ACTUAL = st.sampled_from(["1-7月执行情况", "截至7月底完成值", "累计完成值", "实际完成值"])
_AIM = st.sampled_from(["年度指标值", "全年目标值", "年初目标值(A)"])
_MORE = st.lists(
    st.sampled_from(["备注", "数据来源", "权重", "责任股室", "完成率", "上年完成值"]), max_size=3, unique=True
)
_WORDS = st.text("渠道井桥路校园人次户公里甲乙丙丁", min_size=1, max_size=6)
_VALUE = st.sampled_from(["≥5公里", "90%", "提升", "12", "2024年6月底前", "/", "", "约40%", "好", "3.5万元"])
_BELOW = st.lists(
    st.sampled_from([
        ["填表人：某乙", ""], ["其他需要说明的事项", "经费有缺口"], ["合计", "100"], ["注：单位不一", ""], ["没有见过的标签", "没有见过的内容"],
    ]),
    max_size=3,
)  # fmt: skip


@st.composite
def _forms(draw: st.DrawFn) -> Rows:
    head = ["一级指标", "二级指标", "三级指标", draw(_AIM), draw(_ACTUAL), *draw(_MORE)]
    width = len(head)
    rows = [["执行监控表（2024年度）"], ["项目名称", "甲项目"], ["主管部门", "某局", "实施单位", "某所"]]
    if draw(st.booleans()):
        rows += [
            ["资金来源", "年初预算数（万元）", "1-7月执行数（万元）", "执行率"],
            ["财政拨款", "10", "5", "50%"],
            ["合计", "10", "5", "50%"],
        ]
    rows.append(head)
    for _ in range(draw(st.integers(1, 5))):
        level = draw(st.sampled_from(["产出指标", "效益指标", ""]))
        second = draw(st.sampled_from(["数量指标", "质量指标", ""]))
        rows.append([level, second, draw(_WORDS), *(draw(_VALUE) for _ in range(width - 3))])
    return [row + [""] * (width - len(row)) for row in rows + draw(_BELOW)]


def _lost(rows: Rows) -> list[str]:
    grid: Grid = grid_of_texts("表1", rows)
    return list(unplaced([grid], read(rows).imported))


@settings(max_examples=60)
@given(_forms())
@pytest.mark.slow
def test_no_cell_is_lost(rows: Rows) -> None:
    assert _lost(rows) == []


@pytest.mark.slow
@settings(max_examples=60)
@given(_forms(), st.data())
def test_no_cell_is_lost_of_a_broken_form(rows: Rows, data: st.DataObject) -> None:
    """几格换成了别的字、空了、挪了：读得出的在记录里，读不出的在清单里；一个指标也没剩下的，整个不读。"""
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.integers(4, len(rows) - 1))
        column = data.draw(st.integers(0, len(rows[row]) - 1))
        rows[row][column] = data.draw(st.sampled_from(["", "乱写的字", "7788", "错位 的内容", "九九"]))
    try:
        lost = _lost(rows)
    except UserError as refused:
        assert "没有认出指标" in str(refused)
        named = [row for row in rows[4:] if row[0] == "产出指标" and row[2] and row[3]]
        assert not (named and rows[3][0] == "一级指标"), "an indicator is left to be read"
        return
    assert lost == []
