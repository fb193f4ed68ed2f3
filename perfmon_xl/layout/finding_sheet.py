"""Sheet 检查结果: the verdict and the findings."""

from __future__ import annotations

from perfmon_xl.layout.schema import Column, Form, NamedCell, Table, Type

VERDICT_NAME = "检查结论"


VERDICT = Form(
    title="检查结论",
    record="",
    cells=(
        NamedCell(
            field="verdict",
            name=VERDICT_NAME,
            label="能不能出正式报告",
            type=Type.LONG_TEXT,
            note="由“检查”写入；改了内容要再检查一次。",
        ),
    ),
)


FINDINGS = Table(
    name="检查结果表",
    title="检查结果",
    record="",
    spare=3,
    columns=(
        Column(field="severity", header="级别", type=Type.TEXT, width=8),
        Column(field="code", header="编号", type=Type.TEXT, width=10),
        Column(field="where", header="位置", type=Type.TEXT, width=34),
        Column(field="message", header="问题", type=Type.LONG_TEXT, width=60),
        Column(field="hint", header="怎么改", type=Type.LONG_TEXT, width=44),
        Column(
            field="answer",
            header="处理意见",
            type=Type.LONG_TEXT,
            width=30,
            note="由人填写，再检查时保留；写明理由的警告算已经说明。",
        ),
        Column(
            field="key",
            header="记号",
            type=Type.TEXT,
            hidden=True,
            printed=False,
            note="程序用来认出是不是同一条问题。",
        ),
    ),
)
