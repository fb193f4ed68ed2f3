"""A report of another trade and another hand: outline b, automatic numbers, messy tables, tracked changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from support.word import cell, deleted, docx, inserted, levels, p, r, table

from perfmon_xl.domain.amount import Amount
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.reading import import_report

_NUMBERS = levels(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))

REPORT = docx(
    p("２０２４年清河县小型水库维修养护项目"),
    p("1-7月绩效运行监控报告"),
    p("2024年8月15日"),
    p("受清河县财政局委托，衡信会计师事务所根据《清河县预算绩效管理办法》（清政办〔2021〕7号）等文件，"
      "对2024年清河县小型水库维修养护项目进行绩效运行监控，监控时间节点为2024年7月31日。"),
    p("项目支出基本情况", number="1.0"),
    p("项目背景", number="1.1"),
    p("全县有小型水库36座，多数建于上世纪六七十年代。县水利局负责实施本项目。"),
    p("实施期限", number="1.1"),
    p("2024年3月1日至2024年11月30日。"),
    p("项目进展情况", number="1.1"),
    p("（1）大坝除险：已完成12座水库的坝体加固。"),
    p("（2）监测设施：雨量站安装尚未开工。"),
    p("资金安排和到位情况", number="1.1"),
    "<w:p>"
    + r("项目年初预算共计")
    + deleted("150万元")
    + inserted("３６０万元")
    + r("，其中：省级水利发展资金300万元、县级配套资金60万元。截至7月底到位资金240万元。")
    + "</w:p>",
    p("资金使用情况", number="1.1"),
    p("实际支出1,985,600.50元，主要用于：①坝体加固1500000元；②监测设备采购485600.50元。"),
    p("绩效运行监控情况", number="1.0"),
    p("表1 绩效目标申报表"),
    table(
        [cell("年度总体目标"), cell("消除病险，保障下游安全。", span=3)],
        ["指标名称", "年度指标值", "二级指标", "一级指标"],
        ["维修养护水库数量", "≥36座", "数量指标", "产出指标"],
        ["验收合格率", "100%", "质量指标", ""],
        ["下游群众满意度", "≥90%", "服务对象满意度指标", "满意度指标"],
    ),
    p("表2 目标完成对比表（截至2024年7月）"),
    table(
        ["一级指标", "二级指标", "三级指标", "实际完成情况", "全年目标值", "阶段目标值", "责任股室"],
        [cell("产出指标", merge="restart"), "数量指标", "维修养护水库数量", "１２座", "≥36座", "18座", "工管股"],
    ),
    table([cell("", merge="continue"), "质量指标", "验收合格率", "100%", "100%", "100%", ""]),
    p("续表2"),
    table(
        ["一级指标", "二级指标", "三级指标", "实际完成情况", "全年目标值", "阶段目标值", "责任股室"],
        ["满意度指标", "服务对象满意度指标", "下游群众满意度", "约93%", "≥90%", "≥90%", ""],
    ),
    p("（一）产出指标完成情况"),
    p("1.维修养护水库数量：截至7月底完成12座，低于序时进度。"),
    p("存在问题及原因", number="1.0"),
    p("1、工程进度滞后。汛期不能施工，完成数低于阶段目标。"),
    p("2、预算执行率偏低。支出198.56万元，低于序时进度。"),
    p("有关建议及工作措施", number="1.0"),
    p("1、倒排工期。九月底前完成主体工程。"),
    p("2、加快结算支付。按月结算。"),
    p("衡信会计师事务所"),
    p("二〇二四年八月十五日"),
    numbering=_NUMBERS,
)  # fmt: skip


@pytest.fixture(scope="module")
def imported() -> Imported:
    return import_report(REPORT)


def test_project_facts(imported: Imported) -> None:
    project = imported.monitoring.project
    assert project.cover_name == ""  # the cover says no more than the name
    assert (project.name, project.year) == ("2024年清河县小型水库维修养护项目", "2024")
    assert (project.client, project.monitor, project.unit) == ("清河县财政局", "衡信会计师事务所", "县水利局")
    assert (project.start, project.end) == (date(2024, 3, 1), date(2024, 11, 30))
    assert (project.cutoff, project.report_date) == (date(2024, 7, 31), date(2024, 8, 15))
    assert project.basis == "《清河县预算绩效管理办法》（清政办〔2021〕7号）"


def test_tables_with_columns_in_another_order_and_blank_first_cells(imported: Imported) -> None:
    assert imported.monitoring.goal.text == "消除病险，保障下游安全。"
    assert [(d.level1, d.level2, d.name, d.target.raw) for d in imported.monitoring.declared] == [
        ("产出指标", "数量指标", "维修养护水库数量", "≥36座"),
        ("产出指标", "质量指标", "验收合格率", "100%"),
        ("满意度指标", "服务对象满意度指标", "下游群众满意度", "≥90%"),
    ]


def test_a_table_in_three_pieces_with_and_without_its_header(imported: Imported) -> None:
    rows = imported.monitoring.compared
    assert [(c.level1, c.name, c.annual.raw, c.stage.raw, c.actual.raw) for c in rows] == [
        ("产出指标", "维修养护水库数量", "≥36座", "18座", "１２座"),
        ("产出指标", "验收合格率", "100%", "100%", "100%"),
        ("满意度指标", "下游群众满意度", "≥90%", "≥90%", "约93%"),
    ]
    assert rows[0].actual.number == Decimal(12)
    assert [str(c.place.at("actual")) for c in rows] == [
        f"报告 表2第{n}行（实际完成情况）" for n in (1, 2, 3)
    ]


def test_funds_by_source_with_a_tracked_change_taken(imported: Imported) -> None:
    funding = imported.monitoring.funding
    assert [(f.source, f.initial) for f in funding if f.initial] == [
        ("省级水利发展资金", Amount.wan(Decimal(300))),
        ("县级配套资金", Amount.wan(Decimal(60))),
    ]
    assert [(f.arrived, f.spent) for f in funding if f.spent] == [
        (Amount.wan(Decimal(240)), Amount(Decimal("1985600.50")))
    ]
    assert [(s.item, s.amount) for s in imported.monitoring.spending] == [
        ("坝体加固", Amount(Decimal(1500000))),
        ("监测设备采购", Amount(Decimal("485600.50"))),
    ]
    assert not any("150万元" in x.text for x in imported.leftovers)


def test_progress_indicator_paragraph_problems_and_measures(imported: Imported) -> None:
    monitoring = imported.monitoring
    assert [(x.subject, x.state) for x in monitoring.progress] == [
        ("大坝除险", "已完成"),
        ("监测设施", "尚未完成"),
    ]
    assert [(a.subject, a.text) for a in monitoring.analyses] == [
        ("维修养护水库数量", "截至7月底完成12座，低于序时进度。")
    ]
    assert [(x.title, x.measure_title, x.kind) for x in monitoring.problems] == [
        ("工程进度滞后", "倒排工期", "项目实施"),
        ("预算执行率偏低", "加快结算支付", "资金执行"),
    ]
    assert monitoring.problems[1].place.at("title").cell == "三第2段"


def test_a_column_without_a_home_is_listed(imported: Imported) -> None:
    assert any(x.place.cell == "表2" and x.text == "责任股室" for x in imported.leftovers)


def test_automatic_numbers_are_in_the_places(imported: Imported) -> None:
    assert imported.monitoring.progress[0].place.at("text").cell == "一（三）第1段"


def test_a_picture_is_listed_and_stays_out_of_the_text() -> None:
    picture = (
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
        "</w:drawing></w:r></w:p>"
    )
    found = import_report(
        docx(
            p("一、存在问题"),
            p("（一）支出偏慢"),
            p("截至7月底支出不到三成。"),
            picture,
            p("原因是招标较晚。"),
        )
    )
    assert found.monitoring.problems[0].text == "截至7月底支出不到三成。\n原因是招标较晚。"
    assert [(x.place.cell, x.text) for x in found.leftovers] == [("一（一）第2段", "（图片）")]


def test_a_short_report_with_one_title_and_half_dates() -> None:
    found = import_report(
        docx(
            p("关于2022年校园足球项目绩效运行监控的报告"),
            p("一、项目概况"),
            p("项目由市教育局实施。"),
            p("二、资金情况"),
            p("全年预算50万元，截至6月底，到位30万元，支出20.5万元，执行率41%。"),
            p("三、完成情况"),
            table(["序号", "指标名称", "年度目标值", "完成值"], ["1", "培训教练员（人）", "≥20人", "12人"]),
        )
    )
    project, (funding,) = found.monitoring.project, found.monitoring.funding
    assert (project.name, project.unit, project.cutoff) == (
        "2022年校园足球项目",
        "市教育局",
        date(2022, 6, 30),
    )
    assert [a and a.in_wan for a in (funding.initial, funding.arrived, funding.spent)] == [
        "50万元",
        "30万元",
        "20.5万元",
    ]
    assert [(c.name, c.annual.raw, c.actual.raw) for c in found.monitoring.compared] == [
        ("培训教练员（人）", "≥20人", "12人")
    ]
    assert found.leftovers == ()


def test_a_stated_cutoff_goes_before_days_that_are_mentioned_more_often() -> None:
    def cutoff(*sentences: str) -> date | None:
        return import_report(docx(*map(p, sentences))).monitoring.project.cutoff

    mentioned = (
        "截至2024年6月30日，已完成6座。",
        "截至2024年7月31日，支出20万元。",
        "截至2024年6月30日，已到位。",
    )
    assert cutoff(*mentioned, "监控时间节点为2024年7月31日。") == date(2024, 7, 31)
    assert cutoff(*mentioned) == date(2024, 6, 30)
