"""What Word puts round the words: layout tables, broken sentences, changes, annexes; and the wordings of facts and money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from support.word import deleted, docx, inserted, p, r, table

from perfmon_xl.domain.amount import Amount
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.reading import import_report

_INDICATORS = table(
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"],
    ["产出指标", "数量指标", "养护里程", "≥85公里", "80公里"],
)
_OPENING = "受柳湾区财政局委托，明度会计师事务所（普通合伙）依据《办法》（柳财〔2024〕3号），对2024年公路养护项目开展绩效运行监控，监控时点为2024年7月31日。"


def report(*blocks: str) -> Imported:
    return import_report(
        docx(p("2024年公路养护项目绩效运行监控报告"), p(_OPENING), p("一、项目基本情况"), *blocks)
    )


def test_a_table_inside_a_layout_table_is_read() -> None:
    layout = f"<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr/>{p('二、目标完成情况')}{_INDICATORS}{p('')}</w:tc></w:tr></w:tbl>"
    assert [c.name for c in report(layout).monitoring.compared] == ["养护里程"]


def test_a_sentence_that_a_section_break_cuts_in_two_is_one() -> None:
    broken = f"<w:p><w:pPr><w:sectPr/></w:pPr>{r('项目主要内容是县道大修和日常养护，范围为全县')}</w:p>"
    found = report(p("（一）项目内容"), broken, p("十二条县道。"), _INDICATORS)
    assert found.monitoring.project.scope == "项目主要内容是县道大修和日常养护，范围为全县十二条县道。"


def test_tracked_changes_are_taken_and_said() -> None:
    changed = f"<w:p>{r('（一）资金情况')}</w:p><w:p>{r('项目预算')}{deleted('90万元')}{inserted('100万元')}{r('。')}</w:p>"
    found = report(changed, _INDICATORS)
    assert found.monitoring.funding[0].initial == Amount.wan(Decimal(100))
    assert any("修订" in x.why and "插入 1 处、删除 1 处" in x.text for x in found.leftovers)


def test_annexes_after_the_conclusion_are_no_part_of_it() -> None:
    found = report(
        _INDICATORS,
        p("二、监控结论"),
        p("项目总体进展正常。"),
        p("附件：1.问卷汇总"),
        p("2.照片"),
        p("明度会计师事务所（普通合伙）"),
        p("2024年8月20日"),
    )
    assert [c.text for c in found.monitoring.conclusions] == ["项目总体进展正常。"]
    assert any("附件" in str(x) for x in found.leftovers)
    assert found.monitoring.project.monitor == "明度会计师事务所（普通合伙）"


@pytest.mark.parametrize(
    ("sentence", "field", "value"),
    [
        ("项目由柳湾区公路服务中心（以下简称“公路中心”）具体实施。", "unit", "柳湾区公路服务中心"),
        ("监控组对柳湾区交通运输局实施的公路养护项目进行了现场检查。", "unit", "柳湾区交通运输局"),
        ("实施单位：柳湾区公路服务中心。主管部门：柳湾区交通运输局。", "department", "柳湾区交通运输局"),
        ("项目实施单位为柳湾区公路服务中心（以下简称“公路中心”），期限一年。", "unit", "柳湾区公路服务中心"),
        ("本项目主管部门是柳湾区交通运输局，资金由区财政安排。", "department", "柳湾区交通运输局"),
    ],
)
def test_bodies_in_their_wordings(sentence: str, field: str, value: str) -> None:
    project = report(p(sentence), _INDICATORS).monitoring.project
    assert getattr(project, field) == value
    assert (project.client, project.monitor, project.cutoff) == (
        "柳湾区财政局",
        "明度会计师事务所（普通合伙）",
        date(2024, 7, 31),
    )


def test_the_client_that_is_addressed_and_nothing_invented() -> None:
    found = import_report(
        docx(
            p("公路养护项目绩效运行监控报告"), p("柳湾区财政局："), p("我们接受贵局委托，于2024年8月对公路养护项目开展了绩效运行监控，现将情况报告如下。"),
            p("一、项目概况"), _INDICATORS,
        )
    ).monitoring.project  # fmt: skip
    assert (found.client, found.monitor, found.unit) == ("柳湾区财政局", "", "")


@pytest.mark.parametrize(
    "sentence",
    [
        "截至2024年7月31日累计支出50万元，预计全年支出100万元。支出主要用于：图书采购30万元，场地运营20万元。",
        "累计支出50万元：图书采购30万元、场地运营20万元。", "项目支出50万元，其中图书采购30万元，占60%；场地运营20万元，占40%。",
        "已支出500000元，其中30万元用于图书采购，20万元用于场地运营。", "实际支出50万元，支出构成为：①图书采购300000元；②场地运营200000元。",
    ],
)  # fmt: skip
def test_lists_of_spending_in_sentences(sentence: str) -> None:
    found = report(p("（一）资金使用情况"), p(sentence), _INDICATORS).monitoring
    assert [(s.item, s.amount) for s in found.spending] == [
        ("图书采购", Amount.wan(Decimal(30))), ("场地运营", Amount.wan(Decimal(20))),
    ]  # fmt: skip
    assert [f.spent for f in found.funding if f.spent] == [Amount.wan(Decimal(50))]


def test_funds_by_source_arrived_by_source_and_an_adjusted_budget_once() -> None:
    found = report(
        p("（一）资金投入情况"),
        p(
            "项目预算安排120万元，其中：市级补助80万元、区级财政资金40万元（年初预算100万元，执行中调整为120万元）。到位90万元（市级60万元、区级30万元）。"
        ),
        _INDICATORS,
    ).monitoring.funding
    wan = lambda n: Amount.wan(Decimal(n))  # noqa: E731
    assert [(f.source, f.adjusted, f.arrived) for f in found] == [
        ("市级补助", wan(80), wan(60)), ("区级财政资金", wan(40), wan(30)),
    ]  # fmt: skip


def test_money_by_a_unit_in_a_sentence_or_a_line_before_the_table_and_in_the_cell() -> None:
    rows = [["支出内容", "金额"], ["图书采购", "30"], ["场地运营", "20万"], ["合计", "50"]]
    for line in ("支出明细如下（单位：万元）：", "金额以万元计", "单位：万元"):
        found = report(p("（一）资金使用情况"), p("支出50万元。"), p(line), table(*rows), _INDICATORS)
        assert [s.amount for s in found.monitoring.spending] == [
            Amount.wan(Decimal(30)),
            Amount.wan(Decimal(20)),
        ]
        assert found.misfits == ()
