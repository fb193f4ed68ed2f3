"""THE declaration: every sheet of the monitoring workbook, in order.

Reading, filling, building, places in messages and 填报说明 all come from here. A new column is one attribute in
domain/model.py and one line in the file of its sheet. Nothing in the declaration is logic.
"""

from __future__ import annotations

from typing import Any

from perfmon_xl.layout.board import BOARD, BOARD_BARS, BOARD_INDICATORS, BOARD_TEXTS
from perfmon_xl.layout.compared_sheet import COMPARED
from perfmon_xl.layout.finding_sheet import BANNERS, CHECK_STATE, FINDINGS, VERDICT, VERDICT_NAME
from perfmon_xl.layout.fund_sheet import FUNDING, FUNDS, SPENDING
from perfmon_xl.layout.lists import LISTS
from perfmon_xl.layout.next_steps import GUIDE, OpenRows, Work, state_of
from perfmon_xl.layout.paragraph_sheets import (
    ANALYSES,
    CONCLUSION_SUBJECTS,
    CONCLUSIONS,
    FUND_NOTE_SUBJECTS,
    FUND_NOTES,
    OVERALL,
    OVERALL_SUBJECTS,
    PROBLEMS,
)
from perfmon_xl.layout.project_sheets import PERIOD, PROGRESS, PROJECT
from perfmon_xl.layout.schema import Form, Sheet, Table
from perfmon_xl.layout.target_sheets import ADJUSTED, DECLARED, GOAL, GOAL_CHANGES

__all__ = [
    "ADJUSTED",
    "ANALYSES",
    "BOARD",
    "BOARD_INDICATORS",
    "CHECK_STATE",
    "COMPARED",
    "CONCLUSIONS",
    "CONCLUSION_SUBJECTS",
    "DECLARED",
    "FINDINGS",
    "FUNDING",
    "FUNDS",
    "FUND_NOTES",
    "FUND_NOTE_SUBJECTS",
    "GOAL",
    "GOAL_CHANGES",
    "GUIDE_SHEET",
    "LISTS",
    "OVERALL",
    "OVERALL_SUBJECTS",
    "PERIOD",
    "PROBLEMS",
    "PROGRESS",
    "PROJECT",
    "SHEETS",
    "SPENDING",
    "STATE",
    "VERDICT",
    "VERDICT_NAME",
    "WORKS",
    "forms",
    "tables",
]  # fmt: skip

_REMAINING_PARAGRAPHS = ("待填",)


def _paragraphs(table: Table) -> OpenRows:
    return OpenRows(table=table.name, name="事项", state="状态", open=_REMAINING_PARAGRAPHS)


# What is to be filled in, sheet by sheet, in the order of work.
WORKS: tuple[Work, ...] = (
    Work(key="项目信息", sheet="项目信息", cells=PROJECT.cells, following="项目进展"),
    Work(
        key="项目进展",
        sheet="项目进展",
        lists=(OpenRows(table=PROGRESS.name, name="事项", none="一件一行，写到监控截止日做了什么。"),),
        following="资金",
    ),
    Work(
        key="资金",
        sheet="资金",
        lists=(OpenRows(table=FUNDING.name, name="资金来源", none="一个资金来源一行，写预算、到位、支出。"),),
        following="表1",
    ),
    Work(
        key="表1",
        sheet="表1 绩效目标申报表",
        cells=GOAL.cells,
        lists=(OpenRows(table=DECLARED.name, name="三级指标", none="照申报表，一个指标一行。"),),
        following="表2（先运行“填充”）",
    ),
    Work(
        key="表2",
        sheet="表2 总目标调整表",
        lists=(OpenRows(table=GOAL_CHANGES.name, name="目标"),),
        following="表3",
    ),
    Work(
        key="表3",
        sheet="表3 分解目标调整表",
        lists=(OpenRows(table=ADJUSTED.name, name="三级指标", none="运行“填充”，表1的指标会带到这里。"),),
        following="表4",
    ),
    Work(
        key="表4",
        sheet="表4 目标对比表",
        lists=(
            OpenRows(table=COMPARED.name, name="三级目标", none="运行“填充”，表3里跟踪的指标会带到这里。"),
        ),
        following="指标分析",
    ),
    Work(
        key="指标分析",
        sheet="指标分析",
        lists=(_paragraphs(FUND_NOTES), _paragraphs(OVERALL), _paragraphs(ANALYSES)),
        following="问题与措施",
    ),
    Work(
        key="问题与措施",
        sheet="问题与措施",
        lists=(_paragraphs(CONCLUSIONS),),
        following="检查结果（先运行“检查”）",
    ),
)
STATE = state_of(WORKS)
GUIDE_SHEET = Sheet(name=GUIDE, title="绩效运行监控工作簿 填报说明", blocks=(STATE, CHECK_STATE))
_STEPS = {work.sheet: (work.step_cell, work.link_cell) for work in WORKS}


def _sheet(name: str, title: str, blocks: tuple[Form | Table, ...], **more: Any) -> Sheet:
    step, link = _STEPS.get(name, (None, None))
    return Sheet(name=name, title=title, blocks=blocks, step=step, link=link, **more)


SHEETS: tuple[Sheet, ...] = (
    _sheet("项目信息", "项目信息", (PROJECT, PERIOD)),
    _sheet("项目进展", "项目进展（截至监控截止日）", (PROGRESS,), landscape=True),
    _sheet("资金", "项目资金", (FUNDS, FUNDING, SPENDING), landscape=True),
    _sheet("表1 绩效目标申报表", "表1 项目绩效目标申报表", (GOAL, DECLARED), headed=False, frozen=3),
    _sheet("表2 总目标调整表", "表2 项目总目标调整表", (GOAL_CHANGES,), landscape=True),
    _sheet("表3 分解目标调整表", "表3 年度绩效分解目标调整表", (ADJUSTED,), landscape=True, frozen=3),
    _sheet("表4 目标对比表", "表4 项目产出目标、效果目标对比表", (COMPARED,), landscape=True, frozen=3),
    _sheet("指标分析", "指标分析", (FUND_NOTES, OVERALL, ANALYSES), landscape=True),
    _sheet("问题与措施", "问题与措施", (CONCLUSIONS, PROBLEMS), landscape=True, last_widths=True),
    _sheet("看板", "看板", (BOARD, BOARD_TEXTS, BOARD_INDICATORS, BOARD_BARS), landscape=True, one_page=True),
    _sheet("检查结果", "检查结果", (FINDINGS,), landscape=True, frozen=3, banners=BANNERS),
)


def forms() -> tuple[tuple[Sheet, Form], ...]:
    """全部表单和所在的工作表，连每张表第二行的“下一步”。"""
    return _FORMS


def tables() -> tuple[tuple[Sheet, Table], ...]:
    """全部表格和所在的工作表。"""
    return _TABLES


_FORMS = (
    (GUIDE_SHEET, STATE),
    *(
        (s, Form(title="下一步", record="", cells=(s.step, s.link)))
        for s in SHEETS
        if s.step is not None and s.link is not None
    ),
    *((s, b) for s in SHEETS for b in s.blocks if isinstance(b, Form)),
    (SHEETS[-1], VERDICT),
    (GUIDE_SHEET, CHECK_STATE),
)
_TABLES = tuple((s, b) for s in SHEETS for b in s.blocks if isinstance(b, Table))
