"""The official 项目支出绩效目标执行监控表 pasted into a document: one grid, funds and indicators, a header in two rows."""

from __future__ import annotations

from decimal import Decimal

from support.word import cell, docx, p, table

from perfmon_xl.domain.amount import Amount
from perfmon_xl.importing.reading import import_report

_CAUSES = ["经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明"]
_HEAD = ["一级指标", "二级指标", "三级指标", "年度指标值", "1-7月执行情况", "全年预计完成情况"]


def _down(texts: list[str], merge: str) -> list[str]:
    return [cell(t if merge == "restart" else "", merge=merge) for t in texts]


FORM = docx(
    p("项目支出绩效目标执行监控表（2024年度）"),
    table(
        ["项目名称", cell("农村公路养护项目", span=12)],
        ["主管部门及代码", cell("县交通运输局", span=6), "实施单位", cell("县公路中心", span=5)],
        [
            cell("项目资金（万元）", merge="restart"), cell("", span=3), cell("年初预算数", span=3),
            cell("1-7月执行数", span=3), cell("全年预计执行数", span=3),
        ],
        [
            cell("", merge="continue"), cell("年度资金总额：", span=3), cell("120", span=3),
            cell("60.5", span=3), cell("118", span=3),
        ],
        [
            cell("", merge="continue"), cell("其中：本年一般公共预算拨款", span=3), cell("100", span=3),
            cell("50.5", span=3), cell("98", span=3),
        ],
        [
            cell("", merge="continue"), cell("其他资金", span=3), cell("20", span=3),
            cell("10", span=3), cell("20", span=3),
        ],
        ["年度总体目标", cell("保持县乡公路畅通。", span=12)],
        [*_down(_HEAD, "restart"), cell("偏差原因分析", span=6), *_down(["完成目标可能性"], "restart")],
        _down(_HEAD, "continue") + _CAUSES + _down([""], "continue"),
        ["产出指标", "数量指标", "养护里程（公里）", "≥85公里", "30公里", "85公里",
         "", "", "√", "", "", "养护工人不足", "有可能"],
        ["", "质量指标", "优良路率", "≥80%", "82%", "82%", "", "", "", "", "", "", "确定能"],
    ),
)  # fmt: skip


def test_the_form_is_read() -> None:
    found = import_report(FORM).monitoring
    assert (found.project.name, found.project.department, found.project.unit) == (
        "农村公路养护项目",
        "县交通运输局",
        "县公路中心",
    )
    assert found.goal.text == "保持县乡公路畅通。"
    assert [(f.source, f.initial, f.spent, f.forecast) for f in found.funding] == [
        ("本年一般公共预算拨款", *(Amount.wan(Decimal(n)) for n in ("100", "50.5", "98"))),
        ("其他资金", *(Amount.wan(Decimal(n)) for n in ("20", "10", "20"))),
    ]
    assert [
        (
            c.level1,
            c.level2,
            c.name,
            c.annual.raw,
            c.actual.raw,
            c.forecast.raw,
            c.likelihood,
            c.cause,
            c.reason,
        )
        for c in found.compared
    ] == [
        (
            "产出指标",
            "数量指标",
            "养护里程（公里）",
            "≥85公里",
            "30公里",
            "85公里",
            "有可能",
            "人员保障",
            "养护工人不足",
        ),
        ("产出指标", "质量指标", "优良路率", "≥80%", "82%", "82%", "确定能", "", ""),
    ]
