"""Lines of a form: a title with its content beside it, and lines of text across the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfmon_xl.domain.category import category, level1
from perfmon_xl.domain.origin import ReportPlace
from perfmon_xl.domain.text_keys import compact, label_text
from perfmon_xl.importing.amounts import moneys
from perfmon_xl.importing.form_lines import (
    Pair,
    all_labelled,
    is_note,
    is_signature,
    is_title,
    pairs,
    period_in,
    segments,
)
from perfmon_xl.importing.found import Leftover
from perfmon_xl.importing.goal_reader import INLINE_GOAL, NOTHING, SILENT, GoalReader
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.indicator_reader import IndicatorReader
from perfmon_xl.importing.money_reader import NUMERIC, MoneyReader, money_kind
from perfmon_xl.importing.printed import graded_sentence
from perfmon_xl.importing.table_result import NO_PLACE, Tables, row_place, spans_rows
from perfmon_xl.importing.vocabulary import label_of, unit_of

_KEPT = ("name", "department", "unit", "client", "monitor", "year", "period", "start", "end", "cutoff", "report_date",
         "scope", "background", "basis", "whole_department")  # fmt: skip
_BELOW = ("conclusion", "problems", "measures", "person", "grade", "other", "goal_result")
_COLON = re.compile("[:：]")
_ABOUT_MONEY = re.compile(r"资金|预算|经费|支出|执行|金额")
_TEXTS = ("conclusion", "problems", "measures")


class FormReader:
    """一行一行读进 found；表里的行归 indicators 和 money。"""

    def __init__(self, tables: Tables, indicators: IndicatorReader, money: MoneyReader) -> None:
        self.found, self.indicators, self.money = tables, indicators, money
        self.goals = GoalReader(tables)

    def labels(self, grid: Grid, row: int, title: str) -> bool:
        own = grid.own(row)
        filled = [(c, t) for c, t in own if t]
        if not filled or len(filled) > 14:
            return False
        first = filled[0][1]
        if level1(first) is not None or category(first) is not None:
            return False
        found = self._goals_inline(filled) or (pairs(own) if not self._side_titled(grid, row, own) else None)
        rest = own
        while found is None and rest:
            # a title that runs down the left side, its lines beside it
            column, text = rest[0]
            if text and not (label_of(text) or spans_rows(grid, row, column)):
                return False
            rest = rest[1:]
            if rest and any(t for _, t in rest):
                found = pairs(rest)
                if found is not None and text and not spans_rows(grid, row, column):
                    found = None
                    break
        if found is None:
            return False
        below = found[0].name in _BELOW and (len(filled) <= 2 or all(p.name in _BELOW for p in found))
        if (
            self.indicators.open is not None
            and self.money.table is None
            and not below
            and self.indicators.is_data(grid, row)
        ):
            return False
        if (
            self.money.table is not None
            and found
            and NUMERIC.match(label_text(found[0].text))
            and found[0].name not in ("year", "report_date")
        ):
            return False
        where = row_place(grid, row, title)
        self.money.close()
        for pair in found:
            self._place(pair, where)
        return True

    def _goals_inline(self, filled: Sequence[tuple[int, str]]) -> list[Pair] | None:
        """“绩效目标 | 实施期目标：…… | 年度目标：……”：几个目标各写着名称。"""
        label, *rest = filled
        if label_of(label[1]) != "goal" or len(rest) < 2:
            return None
        named = [(c, t, INLINE_GOAL.match(t)) for c, t in rest]
        if not all(m for _, _, m in named):
            return None
        return [Pair("goal", m[1], t[m.end() :].strip(), c) for c, t, m in named if m]

    def _side_titled(self, grid: Grid, row: int, own: Sequence[tuple[int, str]]) -> bool:
        """头一格竖着占几行、旁边一行一个标题：是侧面的标题，不是这一行的标签。"""
        filled = [(c, t) for c, t in own if t]
        column, text = filled[0]
        if not spans_rows(grid, row, column) or len(filled) < 3:
            return False
        return bool(label_of(filled[1][1])) and label_of(text) in ("", "goal", "scope", "other")

    def _place(self, pair: Pair, where: ReportPlace) -> None:
        name, text = pair.name, pair.text
        if name == "goal":
            self.goals.goal(text, where, pair.label)
        elif name == "goal_result":
            self.goals.result(text, where, pair.label)
        elif not text:
            return
        elif name in _TEXTS:
            self._text(name, text, where, pair.label)
        elif name == "monitored":
            self.period(text, where)
            self.found.facts.setdefault("monitored", (text, where, pair.label))
        elif name == "money_unit":
            self.found.checked.append(f"{pair.label}：{text}")
            self.money.state(unit_of(f"单位：{text}"))
        elif name in _KEPT:
            if name == "name" and self.found.facts.get("name", (text,))[0] != text:
                self.found.leftovers.append(
                    Leftover(where, f"{pair.label}：{text}", "项目名称已经读到一个，这一个没有读入")
                )
            if (
                name in self.found.facts
                and label_text(self.found.facts[name][0]) != label_text(text)
                and name != "name"
            ):
                self.found.leftovers.append(
                    Leftover(where, f"{pair.label}：{text}", "与前面读到的不一样，没有读入")
                )
            self.found.facts.setdefault(name, (text, where, pair.label))
            if name == "name":
                self.found.names.append(text)
        elif NUMERIC.match(label_text(text)) and money_kind(pair.label):
            self.money.said(pair.label, text, where)
        else:
            self.money.state(unit_of(pair.label or text))  # 资金总额（万元）
            label = f"{pair.label}：" if pair.label else ""
            self.found.asides.append((text, where.labelled(pair.label)))
            self.found.leftovers.append(Leftover(where, f"{label}{text}", NO_PLACE))

    def _text(self, name: str, text: str, where: ReportPlace, label: str) -> None:
        self.found.misfits.extend(graded_sentence(where, text))
        if NOTHING.match(label_text(text)):
            self.found.leftovers.append(Leftover(where, f"{label}：{text}", "写的是没有，没有读入"))
            return
        old = self.found.texts.get(name)
        self.found.texts[name] = (f"{old[0]}\n{text}", old[1]) if old else (text, where)

    def wide(self, grid: Grid, row: int, title: str) -> bool:
        """横贯整行的一段文字：表名、年度、单位、注、填表人。"""
        own = [(c, t) for c, t in grid.own(row) if t]
        if len(own) != 1:
            if not all(_COLON.search(t) for _, t in own):
                return False
            labelled = [s for _, t in own for s in all_labelled(t)]
            if own and labelled and all(all_labelled(t) for _, t in own):
                where = row_place(grid, row, title)
                for segment in labelled:
                    self._place(Pair(segment.name, segment.label, segment.text, 0), where)
                return True
            return False
        column, text = own[0]
        if self.indicators.open is not None and self.indicators.has_cell(grid, row, column):
            return False
        if (
            self.money.table is not None
            and self.money.table.header.height
            and column >= self.money.table.header.columns["label"]
        ):
            return False
        self.line(text, row_place(grid, row, title))
        return True

    def money_told(self, grid: Grid, row: int, title: str) -> bool:
        """“项目资金 | 年初预算150万元，其中……；实际支出……”：资金写成一段话的一格。"""
        own = [t for _, t in grid.own(row) if t]
        if len(own) != 2 or not _ABOUT_MONEY.search(own[0]) or not next(moneys(compact(own[1])), None):
            return False
        self.found.money_texts.append((f"{own[0]}：{own[1]}", row_place(grid, row, title)))
        return True

    def line(self, text: str, where: ReportPlace) -> None:
        """一行文字：认得的各段收下，别的列出。"""
        self.found.checked.append(text)
        if SILENT.match(label_text(text)):
            return
        if is_note(text):
            if not _printed(text):
                self.found.leftovers.append(Leftover(where, text, "表下的注，没有读入"))
            return
        unit = unit_of(text)
        self.money.state(unit)
        known = list(segments(text))
        left: list[str] = []
        for segment in known:
            if segment.name in ("person", "other", "") or not segment.label:
                self.period(segment.text if not segment.label else "", where)
                if segment.label or not is_title(segment.text):
                    left.append(f"{segment.label}：{segment.text}" if segment.label else segment.text)
            else:
                self._place(Pair(segment.name, segment.label, segment.text, 0), where)
        if left and not (len(left) == 1 and unit_of(left[0]) and len(label_text(left[0])) < 12):
            why = "填表人、电话这类，没有对应的栏目" if is_signature(text) else "这一行不是指标，没有读入"
            self.found.leftovers.append(Leftover(where, "　".join(left), why))

    def period(self, text: str, where: ReportPlace, *, header: bool = False) -> None:
        """“1-7月执行情况”“（2024年度1-8月）”说的是截至哪个月。"""
        if header and (year := re.match(r"(20\d{2})年度", compact(text))):
            self.found.facts.setdefault("title_year", (year[1], where, text))
        if header and not re.search(r"执行|完成|实际|支出|到位", text):
            return
        if (
            header
            and re.search(r"预计|目标|应完成|计划", text)
            and not re.search(r"完成(?:值|情况)|执行", text)
        ):
            return
        period = period_in(text)
        known = self.found.facts.get("month")
        later = known is not None and header and known[1] == where and period.month > int(known[0])
        if period.month and not re.search(r"上年|去年", text) and (known is None or later):
            self.found.facts["month"] = (str(period.month), where, text)
        if period.year and not header:
            self.found.facts.setdefault("title_year", (str(period.year), where, text))


def _printed(text: str) -> bool:
    """官方表上印好的填表说明。"""
    from perfmon_xl.domain.official_form import NOTES

    return any(label_text(note) in label_text(text) for note in NOTES)
