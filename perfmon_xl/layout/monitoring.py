"""THE declaration: every sheet of the monitoring workbook, in order.

Reading, filling, building, places in messages and 填报说明 all come from here. A new column is one attribute in
domain/model.py and one line in the file of its sheet. Nothing in the declaration is logic.
"""

from __future__ import annotations

from perfmon_xl.layout.board import BOARD, BOARD_CHARTS, BOARD_INDICATORS
from perfmon_xl.layout.compared_sheet import COMPARED
from perfmon_xl.layout.finding_sheet import FINDINGS, VERDICT, VERDICT_NAME
from perfmon_xl.layout.fund_sheet import FUNDING, FUNDS, SPENDING
from perfmon_xl.layout.lists import LISTS
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
    "ADJUSTED", "ANALYSES", "BOARD", "BOARD_INDICATORS", "COMPARED", "CONCLUSIONS", "CONCLUSION_SUBJECTS", "DECLARED",
    "FINDINGS", "FUNDING", "FUNDS", "FUND_NOTES", "FUND_NOTE_SUBJECTS", "GOAL", "GOAL_CHANGES", "LISTS", "OVERALL",
    "OVERALL_SUBJECTS", "PERIOD", "PROBLEMS", "PROGRESS", "PROJECT", "SHEETS", "SPENDING", "VERDICT", "VERDICT_NAME",
    "forms", "tables",
]  # fmt: skip

SHEETS: tuple[Sheet, ...] = (
    Sheet(name="项目信息", title="项目信息", blocks=(PROJECT, PERIOD)),
    Sheet(name="项目进展", title="项目进展（截至监控截止日）", blocks=(PROGRESS,), landscape=True),
    Sheet(name="资金", title="项目资金", blocks=(FUNDS, FUNDING, SPENDING), landscape=True),
    Sheet(name="表1 绩效目标申报表", title="表1 项目绩效目标申报表", blocks=(GOAL, DECLARED)),
    Sheet(name="表2 总目标调整表", title="表2 项目总目标调整表", blocks=(GOAL_CHANGES,), landscape=True),
    Sheet(name="表3 分解目标调整表", title="表3 年度绩效分解目标调整表", blocks=(ADJUSTED,), landscape=True),
    Sheet(
        name="表4 目标对比表", title="表4 项目产出目标、效果目标对比表", blocks=(COMPARED,), landscape=True
    ),
    Sheet(name="指标分析", title="指标分析", blocks=(FUND_NOTES, OVERALL, ANALYSES), landscape=True),
    Sheet(name="问题与措施", title="问题与措施", blocks=(CONCLUSIONS, PROBLEMS), landscape=True),
    Sheet(
        name="看板",
        title="看板",
        blocks=(BOARD, BOARD_INDICATORS),
        landscape=True,
        charts=BOARD_CHARTS,
        one_page=True,
    ),
    Sheet(name="检查结果", title="检查结果", blocks=(VERDICT, FINDINGS), landscape=True),
)


def forms() -> tuple[tuple[Sheet, Form], ...]:
    """全部表单和所在的工作表。"""
    return tuple((s, b) for s in SHEETS for b in s.blocks if isinstance(b, Form))


def tables() -> tuple[tuple[Sheet, Table], ...]:
    """全部表格和所在的工作表。"""
    return tuple((s, b) for s in SHEETS for b in s.blocks if isinstance(b, Table))
