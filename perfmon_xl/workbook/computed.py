"""The Python twin of every formula in the workbook: what each computed cell should show, figured in Decimal.

A value is a Decimal, a text, or "" exactly as the formula shows it: "" where an entry is missing, “—” where
a rate does not exist. These are the cached values we store, and what a recalculation is held against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from perfmon_xl.domain import dates, measures
from perfmon_xl.domain.amount import Amount, half_up
from perfmon_xl.domain.attainment import attained
from perfmon_xl.domain.direction import less_is_better
from perfmon_xl.domain.figures import (
    Figures,
    IndicatorFigures,
    MoneyFigures,
    indicator_figures,
    moment_of,
    money_figures,
)
from perfmon_xl.domain.grades import grades_of
from perfmon_xl.domain.kinds import DocumentKind
from perfmon_xl.domain.measures import State
from perfmon_xl.domain.model import Adjusted, Compared, Declared, Funding, GoalChange, Paragraph, Progress
from perfmon_xl.domain.policy import Light
from perfmon_xl.domain.since_last import change_text, comparable_text, trend
from perfmon_xl.domain.spelling import steps
from perfmon_xl.domain.target import Comparator, Kind, TargetValue, scale
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.board import BOARD_BARS, BOARD_INDICATORS, LEVEL_COUNTS
from perfmon_xl.layout.formulas import NOT_A_RATE
from perfmon_xl.layout.judging_formulas import DISAGREES
from perfmon_xl.layout.parsing import understood_values
from perfmon_xl.workbook.board_values import board_rows, board_texts
from perfmon_xl.workbook.check_state import check_cells
from perfmon_xl.workbook.file.cell_values import EPOCH
from perfmon_xl.workbook.progress import progress_cells
from perfmon_xl.workbook.remaining import (
    adjusted_remaining,
    compared_remaining,
    declared_remaining,
    funding_remaining,
    goal_remaining,
    needs_explanation,
    progress_remaining,
)

Value = Decimal | str
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Computed:
    """全部计算栏应有的值，由 figures 来：cells 按名称；tables 按表名，一行一份，键是栏目的 field。"""

    figures: Figures
    cells: Row
    tables: Mapping[str, tuple[Row, ...]]
    blanks: Mapping[str, Row]

    def row(self, table: str, index: int) -> Row:
        """第 index 行（从 0 数）各计算栏的值；超出记录的是空行的值。"""
        rows = self.tables.get(table, ())
        return rows[index] if index < len(rows) else self.blanks.get(table, MappingProxyType({}))


def compute_book(figures: Figures, levels: Mapping[str, int] = MappingProxyType({})) -> Computed:
    """一个项目的全部计算栏；levels 是检查结果表里各级别有几条。"""
    monitoring, rules = figures.monitoring, figures.rules.indicators
    moment = moment_of(monitoring, figures.rules)
    compared = [
        _compared(record, indicator, figures)
        for record, indicator in zip(monitoring.compared, figures.indicators, strict=True)
    ]
    empty = Compared()
    nothing = money_figures([Funding()], figures.rules.funds.denominator)
    tables: dict[str, tuple[Row, ...]] = {
        layout.PROGRESS.name: tuple({"todo": progress_remaining(r)} for r in monitoring.progress),
        layout.GOAL_CHANGES.name: tuple({"todo": goal_remaining(r)} for r in monitoring.goal_changes),
        layout.FUNDING.name: tuple(
            _funding(record, money, monitoring.project.document_kind)
            for record, money in zip(monitoring.funding, figures.sources, strict=True)
        ),
        layout.DECLARED.name: tuple(map(_declared, monitoring.declared)),
        layout.ADJUSTED.name: tuple(map(_adjusted, monitoring.adjusted)),
        layout.COMPARED.name: tuple(compared),
        **board_rows(monitoring.compared, compared),
    }
    blanks: dict[str, Row] = {
        layout.PROGRESS.name: {"todo": progress_remaining(Progress())},
        layout.GOAL_CHANGES.name: {"todo": goal_remaining(GoalChange())},
        layout.FUNDING.name: _funding(Funding(), nothing),
        layout.DECLARED.name: _declared(Declared()),
        layout.ADJUSTED.name: _adjusted(Adjusted()),
        layout.COMPARED.name: _compared(empty, indicator_figures(empty, rules, moment), figures),
        **{table.name: {c.field: "" for c in table.columns} for table in (BOARD_INDICATORS, BOARD_BARS)},
    }
    for table in (layout.FUND_NOTES, layout.ANALYSES, layout.OVERALL, layout.CONCLUSIONS):
        tables[table.name] = tuple(map(_paragraph, getattr(monitoring, table.record)))
        blanks[table.name] = _paragraph(Paragraph())
    cells = _cells(figures, compared)
    cells |= {name: Decimal(levels.get(level, 0)) for name, level in LEVEL_COUNTS.items()}
    cutoff = monitoring.project.cutoff
    cells |= board_texts(
        cells, cutoff=cutoff, rule_set=figures.rules.name, levels=levels, since=trend(monitoring.compared)
    )
    cells |= progress_cells(monitoring, tables)
    cells |= check_cells(levels)
    return Computed(figures, MappingProxyType(cells), MappingProxyType(tables), MappingProxyType(blanks))


# --- 命名单元格 -------------------------------------------------------------------------------------


def _cells(figures: Figures, compared: Sequence[Row]) -> dict[str, Value]:
    funds, cutoff = figures.funds, figures.monitoring.project.cutoff
    words = [row["met"] for row in compared]
    execution = _rate(funds.execution_rate, funds.spent, funds.denominator)
    cells: dict[str, Value] = {
        "监控月份": Decimal(cutoff.month) if cutoff else "",
        "日期年份": "" if (year := figures.monitoring.project.budget_year) is None else Decimal(year),
        "序时进度": "" if funds.pace is None else funds.pace,
        "年初预算合计": _wan(funds.initial),
        "调整后预算合计": _wan(funds.adjusted),
        "到位合计": _wan(funds.arrived),
        "支出合计": _wan(funds.spent),
        "全年预计支出合计": _wan(funds.forecast),
        "资金到位率": _rate(funds.arrival_rate, funds.arrived, funds.adjusted),
        "预算执行率": execution,
        "执行进度比": "" if funds.pace_ratio is None else funds.pace_ratio,
        "资金预警": _light(funds.light),
        "支出明细合计": "" if funds.detail is None else funds.detail.yuan,
        "支出明细差额": _gap(funds.spent, funds.detail),
    }
    return cells | {
        "看板_资金到位率": cells["资金到位率"],
        "看板_预算执行率": execution,
        "看板_序时进度": cells["序时进度"],
        "看板_资金预警": cells["资金预警"],
        "看板_指标数": Decimal(sum(is_named(c.name) for c in figures.monitoring.compared)),
        "看板_达成数": Decimal(words.count(State.MET.value)),
        "看板_未达成数": Decimal(words.count(State.UNMET.value)),
        "看板_无法判断数": Decimal(words.count(State.UNKNOWN.value)),
        "看板_未到期数": Decimal(words.count(State.NOT_DUE.value)),
        **{
            f"看板_{light.value}灯数": Decimal(sum(row["light"] == light.value for row in compared))
            for light in Light
        },
    }


def is_named(name: str) -> bool:
    """有没有写名称，与 LEN(TRIM(…))>0 相同：只有空格的不算。"""
    return bool(name.strip(" "))


def _wan(amount: Amount | None) -> Value:
    return "" if amount is None else amount.wan_number


def _gap(spent: Amount | None, detail: Amount | None) -> Value:
    if spent is None or detail is None:
        return ""
    return half_up(spent.yuan - detail.yuan, measures.MONEY_PLACES)


def _rate(rate: Decimal | None, part: object | None, whole: object | None) -> Value:
    """没有比率的：数都在，是分母为零，写“—”；缺数，空着。"""
    if rate is not None:
        return rate
    return "" if part is None or whole is None else NOT_A_RATE


def _ratio(value: Decimal | None) -> Value:
    return "" if value is None else value


def _light(light: Light | None) -> str:
    return "" if light is None else light.value


# --- 各表的一行 -------------------------------------------------------------------------------------


def _funding(record: Funding, money: MoneyFigures, kind: DocumentKind = DocumentKind.MONITORING) -> Row:
    return {
        "arrival_rate": _rate(money.arrival_rate, money.arrived, money.adjusted),
        "execution_rate": _rate(money.execution_rate, money.spent, money.denominator),
        "todo": funding_remaining(record, kind),
    }


def _declared(record: Declared) -> Row:
    row = understood_values("target", record.target)
    return {**row, "todo": declared_remaining(record, row)}


def _adjusted(record: Adjusted) -> Row:
    target = understood_values("target", record.target)
    row = {**target, **understood_values("tracked_target", record.tracked_target)}
    return {**row, "todo": adjusted_remaining(record, row)}


def draft_state(record: Paragraph) -> str:
    """待填、草稿、已改写；没有事项也没有内容的空着。"""
    if _empty(record.text):
        return "" if _empty(record.subject) else "待填"
    return "草稿" if record.text == record.draft else "已改写"


def _empty(text: str) -> bool:
    """只有空格和控制符（换行、制表）的也算没有填，与 TRIM(CLEAN(…)) 相同。"""
    return all(ord(character) <= 32 for character in text)


def _paragraph(record: Paragraph) -> Row:
    return {"state": draft_state(record)}


def _compared(record: Compared, indicator: IndicatorFigures, figures: Figures) -> Row:
    actual, annual, stage = record.actual, record.annual, record.stage
    number = annual if annual.kind is Kind.NUMBER else None
    row: dict[str, Value] = {
        **understood_values("annual", annual),
        **understood_values("stage", stage),
        **understood_values("actual", actual),
        **_judging(record, indicator, figures),
        "completion": _figure(indicator.completion, actual, number),
        "deviation": _figure(indicator.deviation, actual, stage),
        "deviation_rate": _figure(indicator.deviation_rate, actual, stage),
        "met": "" if record.is_empty else indicator.state.value,
        "light": _light(indicator.light),
        "since_last": change_text(record),
        "light_note": DISAGREES if indicator.light_disagrees else "",
    }
    row["attained"] = _ratio(attained(record.actual, record.stage, record.annual))
    row["explain"] = needs_explanation(record, row, figures.rules)
    kind = figures.monitoring.project.document_kind
    row["todo"] = compared_remaining(record, row, figures.rules, kind)
    return row


def _judging(record: Compared, indicator: IndicatorFigures, figures: Figures) -> Row:
    actual, annual, stage = record.actual, record.annual, record.stage
    rules, goal = figures.rules.indicators, annual if stage.is_blank else stage
    value, words, upper = measures.measured(actual), measures.wording(actual), goal.base_upper()
    base = (annual if annual.kind is Kind.NUMBER else stage).base()
    counted = annual if annual.kind is Kind.NUMBER and figures.funds.pace else None
    told = figures.explanations.get(record.name.casefold(), "")
    less = less_is_better(record.level1, record.level2, record.name, base[1] if base else "")
    row: dict[str, Value] = {
        "grades": "、".join(record.grades),
        "grades_seen": told if any(record.grades) else "",
        "previous_value": (before := comparable_text(record)),
        "previous_seen": record.previous.raw if before else "",
        "explanation_now": told,
        "value": "" if value is None else value[0],
        "direction": "≤" if less else "≥",
        "actual_words": words,
        "annual_rule": _rule(annual, annual.ruling),
        "stage_rule": _rule(stage, measures.ruling_comparator(stage, annual)),
        "stage_scale": "" if stage.base() is None else scale(stage.unit),
        "grade": measures.grade_of(words, rules, grades_of(record)),
        "annual_met": _state(indicator.annual_state),
        "stage_met": _state(indicator.stage_state),
        "proration": {True: "折算", False: "不折算", None: ""}[indicator.prorated],
        "progress_ratio": _figure(indicator.progress_ratio, actual, counted),
        "adds_up": "是" if indicator.adds_up else "否",
        "pace_light": _light(measures.pace_light(indicator.progress_ratio, rules)),
        "goal_base": "" if (low := goal.base()) is None else low[0],
        "goal_upper": "" if upper is None else upper,
        "goal_rule": _rule(goal, measures.ruling_comparator(goal, annual)),
    }
    return {**row, **_days(record, figures.monitoring.project.budget_year)}


def _days(record: Compared, year: int | None) -> Row:
    """三个值里的日期，一步一栏。"""
    row: dict[str, Value] = {}
    for name in ("annual", "stage", "actual"):
        value: TargetValue = getattr(record, name)
        body = steps(value.spelling).body if value.kind is Kind.DATE else ""
        row[f"{name}_ymd"] = dates.bare_date(body)
        first, last = (
            dates.dated(part, year, last=n == 1) for n, part in enumerate(dates.parts(dates.bare_date(body)))
        )
        row[f"{name}_until"] = last
        if name == "actual":
            row["actual_from"] = first
            row["done_first"] = "" if "前" in body else _serial(dates.day_of(first, last=False))
            row["done_last"] = _serial(dates.day_of(last, last=True))
        else:
            row[f"{name}_due"] = _serial(dates.day_of(last, last=True))
    return row


def _rule(target: TargetValue, unstated: Comparator) -> str:
    """怎么比：比较符、区间、定性、日期；空的和读不懂的空着。"""
    if target.kind is Kind.NUMBER:
        return target.comparator.value or unstated.value
    return target.kind.value if target.kind in (Kind.RANGE, Kind.WORDS, Kind.DATE) else ""


def _figure(figure: Decimal | None, actual: TargetValue, target: TargetValue | None) -> Value:
    """没有这个数的：实际值和目标可以比，就是除数为零，写“—”；不能比，空着。"""
    if figure is not None:
        return figure
    value = measures.measured(actual)
    goal = target.base() if target is not None and target.kind in (Kind.NUMBER, Kind.RANGE) else None
    return NOT_A_RATE if value is not None and goal is not None and value[1] == goal[1] else ""


def _state(state: State) -> str:
    return "" if state is State.UNKNOWN else state.value


def _serial(day: date | None) -> Value:
    """单元格里日期的数。"""
    return "" if day is None else Decimal((day - EPOCH).days)
