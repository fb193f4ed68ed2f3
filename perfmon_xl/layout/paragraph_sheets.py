"""Sheets 指标分析 and 问题与措施: what is drafted, and rewritten by a person."""

from __future__ import annotations

from perfmon_xl.layout import formulas as fx
from perfmon_xl.layout.schema import Column, Table, Type


def _paragraphs(name: str, title: str, record: str, *, spare: int, note: str) -> Table:
    """可以起草、可以改写的各段文字；各张这样的表栏目相同，上下叠放时对得齐。"""
    return Table(
        name=name,
        title=title,
        record=record,
        spare=spare,
        note=note,
        columns=(
            Column(field="level1", header="类别", type=Type.TEXT, also=("一级指标",), width=14),
            Column(field="subject", header="事项", type=Type.TEXT, also=("三级指标",), width=30),
            Column(
                field="text",
                header="内容",
                type=Type.LONG_TEXT,
                width=76,
                note="空着的由“填充”起草；改过的不再覆盖。",
            ),
            Column(
                field="state",
                header="状态",
                type=Type.TEXT,
                width=10,
                formula=fx.DRAFT_STATE,
                note="草稿：程序起草、还没人改；已改写：以后不再覆盖。",
            ),
            Column(field="note", header="备注", type=Type.TEXT, width=24, printed=False),
            Column(
                field="draft",
                header="草稿原文",
                type=Type.LONG_TEXT,
                hidden=True,
                printed=False,
                note="程序上次起草的原文，用来认出有没有人改过。",
            ),
        ),
        keys=("subject",),
    )


FUND_NOTES = _paragraphs(
    "资金说明表", "资金情况说明", "fund_notes", spare=6, note="报告一（四）和三（一）各段的文字。"
)


FUND_NOTE_SUBJECTS = ("资金投入情况", "资金使用情况", "资金到位率", "预算执行率", "资金使用合规性")


ANALYSES = _paragraphs("指标分析表", "各指标完成情况", "analyses", spare=12, note="跟踪的指标每个一段。")


OVERALL = _paragraphs("综合分析表", "效率性、效益性、公平性", "overall", spare=3, note="报告四（四）的三段。")


OVERALL_SUBJECTS = ("效率性分析", "效益性分析", "公平性分析")


CONCLUSIONS = _paragraphs("结论表", "监控结论", "conclusions", spare=2, note="报告五（三）的文字。")


CONCLUSION_SUBJECTS = ("总体结论", "下一步建议")


PROBLEMS = Table(
    name="问题措施表",
    title="主要问题和改进措施",
    record="problems",
    spare=8,
    columns=(
        Column(field="kind", header="类别", type=Type.CHOICE, choices="列表_问题类别", width=10),
        Column(field="title", header="问题", type=Type.TEXT, width=22, example="部分指标设置不规范"),
        Column(field="text", header="问题说明", type=Type.LONG_TEXT, width=46),
        Column(field="measure_title", header="措施", type=Type.TEXT, width=22, example="规范指标设置"),
        Column(
            field="measure", header="措施说明", type=Type.LONG_TEXT, width=42, note="每个问题都要有措施。"
        ),
        Column(  # in the same column of the sheet as the hidden one of the conclusions
            field="draft",
            header="草稿原文",
            type=Type.LONG_TEXT,
            hidden=True,
            printed=False,
            later=True,
            note="程序上次起草的四栏原文，用来认出有没有人改过。",
        ),
        Column(
            field="state",
            header="整改状态",
            type=Type.CHOICE,
            choices="列表_整改状态",
            width=10,
            note="从上期带来的问题填；本期新提的空着。",
        ),
        Column(
            field="rectification",
            header="整改情况",
            type=Type.LONG_TEXT,
            width=22,
            note="上期的问题到本期改了没有、怎么改的。",
        ),
    ),
)
