"""Sheet 资金: the totals, the sources, the single payments."""

from __future__ import annotations

from perfmon_xl.layout import formulas as fx
from perfmon_xl.layout.own_columns import todo
from perfmon_xl.layout.remaining_formulas import FUNDING_TODO
from perfmon_xl.layout.schema import ALWAYS, Column, Form, NamedCell, Table, Type

FUNDS = Form(
    title="资金合计（自动计算）",
    record="",
    cells=(
        NamedCell(
            field="initial",
            name="年初预算合计",
            label="年初预算合计（万元）",
            type=Type.WAN,
            formula=fx.FUND_INITIAL,
        ),
        NamedCell(
            field="adjusted",
            name="调整后预算合计",
            label="调整后预算合计（万元）",
            type=Type.WAN,
            formula=fx.FUND_ADJUSTED,
        ),
        NamedCell(
            field="arrived", name="到位合计", label="到位合计（万元）", type=Type.WAN, formula=fx.FUND_ARRIVED
        ),
        NamedCell(
            field="spent", name="支出合计", label="支出合计（万元）", type=Type.WAN, formula=fx.FUND_SPENT
        ),
        NamedCell(
            field="forecast",
            name="全年预计支出合计",
            label="全年预计支出合计（万元）",
            type=Type.WAN,
            formula=fx.FUND_FORECAST,
        ),
        NamedCell(
            field="arrival_rate",
            name="资金到位率",
            label="资金到位率",
            type=Type.RATE,
            formula=fx.ARRIVAL_RATE,
            note="到位合计÷调整后预算合计。",
        ),
        NamedCell(
            field="execution_rate",
            name="预算执行率",
            label="预算执行率",
            type=Type.RATE,
            formula=fx.EXECUTION_RATE,
            note="支出合计÷分母；分母按规则集取调整后预算、年初预算或到位数。",
        ),
        NamedCell(
            field="pace_ratio",
            name="执行进度比",
            label="执行进度比",
            type=Type.RATE,
            formula=fx.PACE_RATIO,
            note="预算执行率÷序时进度。",
        ),
        NamedCell(
            field="light",
            name="资金预警",
            label="资金预警",
            type=Type.TEXT,
            formula=fx.FUND_LIGHT,
            note="按规则集的标准亮灯。",
        ),
        NamedCell(
            field="spending_total",
            name="支出明细合计",
            label="支出明细合计（元）",
            type=Type.YUAN,
            formula=fx.SPENDING_TOTAL,
        ),
        NamedCell(
            field="spending_gap",
            name="支出明细差额",
            label="支出合计与明细之差（元）",
            type=Type.YUAN,
            formula=fx.SPENDING_GAP,
            note="应当是零，支出数四舍五入的零头不算；没有填明细的不比。",
        ),
    ),
)


FUNDING = Table(
    name="资金表",
    title="资金来源与执行",
    record="funding",
    spare=5,
    columns=(
        Column(
            field="source",
            header="资金来源",
            required=ALWAYS,
            type=Type.TEXT,
            width=26,
            example="一般公共预算拨款",
        ),
        Column(
            field="initial",
            header="年初预算数（万元）",
            required=ALWAYS,
            type=Type.WAN,
            also=("全年预算数", "预算数"),
            width=21,
            example="120",
        ),
        Column(
            field="adjusted",
            header="调整后预算数（万元）",
            type=Type.WAN,
            width=14,
            example="120",
            note="没有调整的空着，按年初预算算。",
        ),
        Column(
            field="arrived",
            header="到位数（万元）",
            type=Type.WAN,
            also=("实际到位数",),
            width=16,
            example="100",
        ),
        Column(
            field="spent",
            header="支出数（万元）",
            required=ALWAYS,
            type=Type.WAN,
            also=("执行数", "累计支出数"),
            width=18,
            example="86.5",
            note="截至监控日的累计支出。",
        ),
        Column(
            field="forecast",
            header="全年预计支出数（万元）",
            type=Type.WAN,
            also=("全年预计执行数",),
            width=14,
            example="120",
        ),
        Column(
            field="arrival_rate",
            header="资金到位率",
            type=Type.RATE,
            width=11,
            formula=fx.ROW_ARRIVAL_RATE,
            note="到位数÷预算数（有调整的按调整后）。",
        ),
        Column(
            field="execution_rate",
            header="预算执行率",
            type=Type.RATE,
            width=11,
            formula=fx.ROW_EXECUTION_RATE,
            note="分母按规则集。",
        ),
        Column(
            field="reason",
            header="调整或执行偏差的原因",
            type=Type.LONG_TEXT,
            width=30,
            note="预算调整了、执行慢了，写明原因。",
        ),
        todo(FUNDING_TODO, 12),
    ),
)


SPENDING = Table(
    name="支出明细表",
    title="支出明细",
    record="spending",
    spare=8,
    columns=(
        Column(field="item", header="支出内容", type=Type.TEXT, example="设备购置"),
        Column(field="amount", header="金额（元）", type=Type.YUAN, also=("支出金额",), example="365000"),
        Column(field="note", header="备注", type=Type.TEXT, note="占比最大的一笔，写明具体用途。"),
    ),
)
