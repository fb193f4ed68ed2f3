"""The overall goal and what came of it: two columns of one form, or a labelled line."""

from __future__ import annotations

import re

from perfmon_xl.domain import model
from perfmon_xl.domain.misfit import Misfit
from perfmon_xl.domain.origin import WHOLE, ReportPlace
from perfmon_xl.domain.text_keys import label_key, label_text
from perfmon_xl.importing.found import Leftover, place_of
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.heads import header_at
from perfmon_xl.importing.table_result import NO_PLACE, Tables, row_place, spans_rows
from perfmon_xl.importing.vocabulary import is_goal_aim, label_of

SILENT = re.compile(
    r"^(年度绩效目标分解|绩效指标.*|绩效目标|项目资金|年度总体目标|附件\d*|附表.*|续表.*|[（(]?无[）)]?)?$"
)
NOTHING = re.compile(r"^(?:无|暂无|没有|/|—+|-+)[。.]?$")


INLINE_GOAL = re.compile(r"^\s*([^：:，。\n]{0,10}目标(?:[（(][^（）()]{2,20}[）)])?)[：:]\s*")
_LONGER = re.compile(r"中期|实施期|长期|远期|[三五]年|总体规划")


def place_at(goal: model.Goal) -> ReportPlace:
    where = goal.place.otherwise
    return where if isinstance(where, ReportPlace) else WHOLE


class GoalReader:
    """总体目标的各处，记进 found。"""

    def __init__(self, tables: Tables) -> None:
        self.found = tables
        self.longer = ""  # the label of the goal that was read, when it is one for several years

    def heads(self, grid: Grid, row: int, title: str) -> int:
        """“预期目标 | 实际完成情况”“实施期目标 | 年度目标”，内容在下一行。返回用掉几行。"""
        own = [(c, t) for c, t in grid.own(row) if t]
        heads = [(c, t) for c, t in own if label_of(t) in ("goal", "goal_result")]
        if len(heads) < 2 or row + 1 >= len(grid.rows) or header_at(grid, row + 1) is not None:
            return 0
        below = grid.texts[row + 1]
        while len(heads) > 1 and (spans_rows(grid, row, heads[0][0]) or not below[heads[0][0]]):
            heads = heads[1:]  # the title that runs down the side
        goals = [(c, t) for c, t in heads if label_of(t) == "goal"]
        if not goals or len(heads) < 2 or any(c not in dict(heads) and c > heads[0][0] for c, _ in own):
            return 0
        if any(below[c] == t or len(label_key(below[c])) < 4 for c, t in goals) or any(
            not grid.is_own(row + 1, c) for c, _ in heads
        ):
            return 0
        where = row_place(grid, row + 1, title)
        main = next(
            (g for g in goals if is_goal_aim(g[1]) or re.search(r"年度|当年|本年|全年", g[1])), goals[0]
        )
        self.goal(below[main[0]], where, main[1])
        for column, text in heads:
            if label_of(text) == "goal_result":
                self.result(below[column], where, text)
            elif (column, text) != main:
                self.goal(below[column], where, text)
        for column, text in grid.own(row + 1):
            if (
                text
                and column not in dict(heads)
                and not label_of(text)
                and not SILENT.match(label_text(text))
            ):
                self.found.leftovers.append(Leftover(where, text, NO_PLACE))
        return 2

    def goal(self, text: str, where: ReportPlace, label: str) -> None:
        inline = INLINE_GOAL.match(text)
        if inline:
            label, text = inline[1], text[inline.end() :].strip()
        if not text:
            return
        longer = bool(_LONGER.search(label)) and not re.search(r"年度|当年|本年", label)
        old = self.found.goal
        if old.text and self.longer and not longer:
            self.found.leftovers.append(
                Leftover(place_at(old), f"{self.longer}：{old.text}", "是几年的目标，没有读入")
            )
            self.found.goal = model.Goal()
        if not self.found.goal.text:
            self.longer = label if longer else ""
            self.found.goal = model.Goal(
                text=text, place=place_of(where, {"text": label}, table="", raw={"text": text})
            )
        elif label_text(self.found.goal.text) != label_text(text):
            self.found.leftovers.append(
                Leftover(where, f"{label}：{text}", "总体目标已经读到一处，这一处没有读入")
            )

    def result(self, text: str, where: ReportPlace, label: str) -> None:
        if not text or NOTHING.match(label_text(text)):
            return
        self.found.leftovers.append(
            Leftover(where, f"总体目标完成情况：{text}", f"“{re.sub(chr(10), '', label)}”{NO_PLACE}")
        )
        self.found.asides.append((text, where.labelled(label)))
        goal = self.found.goal.text
        if goal and label_text(goal) == label_text(text):
            self.found.misfits.append(
                Misfit(
                    where,
                    label,
                    "总体目标的实际完成情况与预期目标一字不差，照抄了绩效目标，与“写实际完成了什么”的要求不符。",
                    "写到监控日或年底实际完成了什么、完成多少。",
                    {},
                )
            )
