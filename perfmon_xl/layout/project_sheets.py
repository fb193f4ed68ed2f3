"""Sheets 项目信息 and 项目进展."""

from __future__ import annotations

from perfmon_xl.layout import formulas as fx
from perfmon_xl.layout.own_columns import todo
from perfmon_xl.layout.remaining_formulas import PROGRESS_TODO
from perfmon_xl.layout.required import DATED, MONITORED
from perfmon_xl.layout.schema import ALWAYS, Column, Form, NamedCell, Table, Type

PROJECT = Form(
    title="项目信息",
    record="project",
    cells=(
        NamedCell(
            field="name",
            name="项目名称",
            label="项目名称",
            required=ALWAYS,
            type=Type.TEXT,
            example="2024年社区养老服务项目",
            note="全文只用这一个名称。",
        ),
        NamedCell(
            field="cover_name",
            name="封面项目名称",
            label="封面项目名称",
            type=Type.TEXT,
            note="封面要写全称时填，不填就用项目名称。",
        ),
        NamedCell(
            field="year",
            name="预算年度",
            label="预算年度",
            required=ALWAYS,
            type=Type.TEXT,
            example="2024",
            note="四位年份。",
        ),
        NamedCell(field="department", name="主管部门", label="主管部门", required=ALWAYS, type=Type.TEXT),
        NamedCell(field="unit", name="实施单位", label="实施单位", required=ALWAYS, type=Type.TEXT),
        NamedCell(
            field="unit_short",
            name="实施单位简称",
            label="实施单位简称",
            type=Type.TEXT,
            note="正文里用的简称，不填就用全称。",
        ),
        NamedCell(
            field="client", name="委托单位", label="委托单位", type=Type.TEXT, note="委托开展监控的单位。"
        ),
        NamedCell(field="client_short", name="委托单位简称", label="委托单位简称", type=Type.TEXT),
        NamedCell(
            field="monitor",
            name="监控机构",
            label="监控机构",
            required=MONITORED,
            type=Type.TEXT,
            note="编写报告、在文末落款的单位。",
        ),
        NamedCell(field="monitor_short", name="监控机构简称", label="监控机构简称", type=Type.TEXT),
        NamedCell(
            field="start",
            name="项目开始日期",
            label="项目开始日期",
            required=DATED,
            type=Type.DATE,
            example="2024-01-01",
        ),
        NamedCell(
            field="end",
            name="项目结束日期",
            label="项目结束日期",
            required=DATED,
            type=Type.DATE,
            example="2024-12-31",
        ),
        NamedCell(
            field="cutoff",
            name="监控截止日期",
            label="监控截止日期",
            required=MONITORED,
            type=Type.DATE,
            example="2024-07-31",
            note="数据取到哪一天；序时进度由它算出。",
        ),
        NamedCell(
            field="report_date",
            name="报告日期",
            label="报告日期",
            required=MONITORED,
            type=Type.DATE,
            example="2024-08-20",
        ),
        NamedCell(
            field="rule_set",
            name="规则集",
            label="规则集",
            type=Type.CHOICE,
            choices="列表_规则集",
            note="预警标准和执行率口径按它算，报告里写明。",
        ),
        NamedCell(
            field="kind",
            name="文件种类",
            label="文件种类",
            type=Type.CHOICE,
            choices="列表_文件种类",
            note="空着的是项目监控。自评不问截止日期、阶段目标和全年预计，目标申报不问实际完成。",
            later=True,
        ),
        NamedCell(
            field="basis",
            name="政策依据",
            label="政策依据",
            type=Type.LONG_TEXT,
            note="一行一份文件，写全称和文号。",
        ),
        NamedCell(
            field="background",
            name="项目背景",
            label="项目背景",
            type=Type.LONG_TEXT,
            note="立项背景和依据；换行另起一段（Alt+Enter）。",
        ),
        NamedCell(
            field="scope",
            name="项目内容",
            label="项目主要内容、涉及范围",
            type=Type.LONG_TEXT,
            note="经费用在哪些方面；换行另起一段。",
        ),
    ),
)


PERIOD = Form(
    title="由上面的日期算出",
    record="",
    cells=(
        NamedCell(
            field="month",
            name="监控月份",
            label="监控月份",
            type=Type.NUMBER,
            formula=fx.MONTH,
            note="监控截止日期所在的月份。",
        ),
        NamedCell(
            field="dates_year",
            name="日期年份",
            label="没有写年份的日期是哪一年",
            type=Type.NUMBER,
            formula=fx.YEAR,
            note="预算年度；没有写的看监控截止日期。",
        ),
        NamedCell(
            field="pace",
            name="序时进度",
            label="序时进度",
            type=Type.RATE,
            formula=fx.PACE,
            note="按月：月份÷12；按日：已过天数÷全年天数。用哪种由规则集定。",
        ),
    ),
)


PROGRESS = Table(
    name="进展表",
    title="项目进展",
    record="progress",
    columns=(
        Column(field="subject", header="事项", type=Type.TEXT, width=24, example="公共服务站点建设"),
        Column(
            field="text",
            header="进展情况",
            required=ALWAYS,
            type=Type.LONG_TEXT,
            width=78,
            example="已建成区级中心1个、街道站点6个。",
            note="写到监控截止日为止的事实和数字。",
        ),
        Column(
            field="state",
            header="状态",
            required=ALWAYS,
            type=Type.CHOICE,
            choices="列表_进展状态",
            width=12,
            note="尚未完成的，在“问题与措施”里要有交代。",
        ),
        todo(PROGRESS_TODO, 12),
    ),
)
