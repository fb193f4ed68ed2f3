"""Sheets 问题按规则, 需要说明 and 未处理."""

from __future__ import annotations

from perfmon_xl.domain.outcome import Outcome
from perfmon_xl.domain.summary import RuleLine, Summary, Unexplained
from perfmon_xl.workbook.build.listing import SUM, Col, ColumnKind, Link, Listing, text
from perfmon_xl.workbook.build.summary.groups import names_in_short
from perfmon_xl.workbook.build.summary.projects import A3

_MOST_NAMES = 5


def rules(summary: Summary) -> Listing[RuleLine]:
    """“问题按规则”表。"""
    return Listing(
        sheet="问题按规则",
        table="规则一览",
        title="检查发现的问题，按规则",
        note="一条规则一行，先错误后提示，同级的多的在前；一条规则的说明，照编号看规则目录。合计随筛选变化。",
        total_label="合计",
        paper=A3,
        frozen=2,
        rows=summary.rules,
        columns=(
            text("code", "编号", 8, left=False),
            text("level", "级别", 8, left=False),
            text("family", "类别", 12, left=False),
            text("title", "问题", 26),
            Col(
                key="count",
                header="处数",
                width=7,
                kind=ColumnKind.COUNT,
                value=lambda line: line.count,
                total=SUM,
                total_value=sum(line.count for line in summary.rules),
            ),
            Col(
                key="projects",
                header="项目数",
                width=7,
                kind=ColumnKind.COUNT,
                value=lambda line: len(line.projects),
            ),
            Col(
                key="names",
                header="涉及项目",
                width=44,
                kind=ColumnKind.TEXT,
                value=lambda line: names_in_short(line.projects, _MOST_NAMES),
                left=True,
            ),
            text("example", "举例", 44),
            text("place", "例子的位置", 24),
            text("hint", "怎么改", 34),
        ),
    )


def unexplained(summary: Summary) -> Listing[Unexplained]:
    """“需要说明”表。"""

    def place(one: Unexplained) -> Link | str:
        shown = f"{one.sheet}!{one.cell}"
        return Link(one.book, shown, one.sheet, one.cell) if one.book and one.cell else shown

    return Listing(
        sheet="需要说明",
        table="说明一览",
        title="需要补写说明的指标",
        note="按规则集和监控表附注要写而没有写的；点“位置”打开工作簿，到那一格补写。",
        rows=summary.unexplained,
        columns=(
            text("project", "项目名称", 34),
            text("department", "主管部门", 20),
            text("indicator", "指标", 34),
            text("missing", "没有写的栏目", 14, left=False),
            text("why", "为什么要写", 30),
            Col(key="place", header="位置", width=24, kind=ColumnKind.LINK, value=place),
        ),
    )


def unprocessed(summary: Summary) -> Listing[Outcome]:
    """“未处理”表。"""
    return Listing(
        sheet="未处理",
        table="未处理一览",
        title="没有处理的文件",
        note="原来的文件没有动；照“怎么办”改好后，再做一次批量处理。“完成”的是同一个项目的另一份，做好了，没有加进汇总。",
        rows=(*summary.unprocessed, *summary.doubled),
        columns=(
            text("path", "文件", 44),
            Col(
                key="status", header="情况", width=16, kind=ColumnKind.TEXT, value=lambda o: o.status.chinese
            ),
            text("reason", "原因", 56),
            text("hint", "怎么办", 50),
        ),
    )
