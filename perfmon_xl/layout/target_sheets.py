"""Sheets 表1, 表2 and 表3: what was declared, and what became of it."""

from __future__ import annotations

from perfmon_xl.layout import remaining_formulas as fx
from perfmon_xl.layout.carried import key_column
from perfmon_xl.layout.own_columns import folded, todo
from perfmon_xl.layout.parsing import reading_columns
from perfmon_xl.layout.schema import ALWAYS, Column, Form, NamedCell, Table, Type

GOAL = Form(
    title="年度绩效目标",
    record="goal",
    cells=(
        NamedCell(
            field="text",
            name="年度绩效目标",
            label="年度绩效目标",
            required=ALWAYS,
            type=Type.LONG_TEXT,
            note="照申报表原文填写。",
        ),
    ),
)


TARGET_NOTE = "比较符+数值+单位，如 ≥95%、≤5万元；定性的写提升、完成等。"


DECLARED = Table(
    name="目标申报表",
    title="表1 项目绩效目标申报表",
    record="declared",
    spare=15,
    keys=("name",),
    columns=(
        Column(
            field="level1",
            header="一级指标",
            required=ALWAYS,
            type=Type.CHOICE,
            choices="列表_一级指标",
            width=14,
        ),
        Column(
            field="level2",
            header="二级指标",
            required=ALWAYS,
            type=Type.CHOICE,
            choices="列表_二级指标",
            width=18,
        ),
        Column(
            field="name",
            header="三级指标",
            required=ALWAYS,
            type=Type.TEXT,
            also=("指标名称",),
            width=38,
            example="培训人次（人次）",
        ),
        Column(
            field="target",
            header="指标目标值",
            required=ALWAYS,
            type=Type.TARGET,
            also=("年度指标值", "指标值", "目标值"),
            width=18,
            example="≥95%",
            note=TARGET_NOTE,
        ),
        todo(fx.DECLARED_TODO, 14),
        *folded(reading_columns("target", "目标")),
        key_column("key", "编号", "程序写的编号，表3 照它知道从哪一行来；排序、插行都跟着走。"),
    ),
)


GOAL_CHANGES = Table(
    name="总目标调整表",
    title="表2 项目总目标调整表",
    record="goal_changes",
    spare=1,
    columns=(
        Column(field="subject", header="目标", type=Type.TEXT, width=16, example="年度绩效目标"),
        Column(field="original", header="原申报表内容", required=ALWAYS, type=Type.LONG_TEXT, width=48),
        Column(
            field="changed",
            header="是否调整",
            required=ALWAYS,
            type=Type.CHOICE,
            choices="列表_是否",
            width=11,
        ),
        Column(
            field="revised",
            header="调整后内容",
            type=Type.LONG_TEXT,
            width=48,
            note="不调整的空着。",
            required=fx.REVISED,
        ),
        todo(fx.GOAL_TODO, 12),
    ),
)


ADJUSTED = Table(
    name="分解目标调整表",
    title="表3 年度绩效分解目标调整表",
    record="adjusted",
    spare=15,
    keys=("name", "change"),
    columns=(
        Column(
            field="level1",
            header="一级指标",
            required=ALWAYS,
            type=Type.CHOICE,
            choices="列表_一级指标",
            width=11,
        ),
        Column(
            field="level2",
            header="二级指标",
            required=ALWAYS,
            type=Type.CHOICE,
            choices="列表_二级指标",
            width=14,
        ),
        Column(
            field="name", header="三级指标", required=ALWAYS, type=Type.TEXT, also=("指标名称",), width=26
        ),
        Column(
            field="target",
            header="指标目标值",
            required=ALWAYS,
            type=Type.TARGET,
            also=("年度指标值", "指标值", "目标值"),
            width=13,
            note=TARGET_NOTE,
        ),
        Column(
            field="change",
            header="调整类型",
            required=ALWAYS,
            type=Type.CHOICE,
            choices="列表_调整类型",
            width=11,
        ),
        Column(
            field="explanation",
            header="指标解释",
            required=fx.CHANGE_EXPLAINED,
            type=Type.LONG_TEXT,
            width=34,
        ),
        Column(field="tracked_target", header="跟踪目标值", required=fx.TRACKED, type=Type.TARGET, width=13),
        Column(
            field="tracked",
            header="是否跟踪",
            required=fx.NOT_REMOVED,
            type=Type.CHOICE,
            choices="列表_是否",
            width=11,
        ),
        todo(fx.ADJUSTED_TODO, 12),
        *folded(
            (*reading_columns("target", "目标"), *reading_columns("tracked_target", "跟踪", ("target",)))
        ),
        key_column("carried_from", "来源", "从表1哪一行带来，表4 也照它找。"),
    ),
)
