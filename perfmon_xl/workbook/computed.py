"""The Python twin of every formula in the workbook: what each computed cell should show, figured in Decimal.

A value is a Decimal, a text, or "" exactly as the formula shows it: "" where an entry is missing, “—” where
a rate does not exist. These are the cached values we store, and what a recalculation is held against.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import Amount, half_up, total
from perfmon_xl.domain.model import (
    Adjusted,
    Compared,
    Declared,
    Funding,
    GoalChange,
    Monitoring,
    Paragraph,
    Progress,
)
from perfmon_xl.domain.policy import Light, RuleSet
from perfmon_xl.domain.target import Comparator, Kind, TargetValue, scale
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.board import BOARD_INDICATORS, LEVEL_COUNTS
from perfmon_xl.layout.formulas import NOT_A_RATE
from perfmon_xl.layout.parsing import understood_values
from perfmon_xl.workbook.check_state import check_cells
from perfmon_xl.workbook.progress import progress_cells
from perfmon_xl.workbook.remaining import (
    adjusted_remaining,
    compared_remaining,
    declared_remaining,
    explained,
    funding_remaining,
    goal_remaining,
    progress_remaining,
)

Value = Decimal | str
Row = Mapping[str, Value]

MET, UNMET, UNKNOWN = "达成", "未达成", "无法判断"


@dataclass(frozen=True, slots=True)
class Computed:
    """全部计算栏应有的值：cells 按名称；tables 按表名，一行一份，键是栏目的 field。"""

    cells: Row
    tables: Mapping[str, tuple[Row, ...]]
    blanks: Mapping[str, Row]

    def row(self, table: str, index: int) -> Row:
        """第 index 行（从 0 数）各计算栏的值；超出记录的是空行的值。"""
        rows = self.tables.get(table, ())
        return rows[index] if index < len(rows) else self.blanks.get(table, MappingProxyType({}))


def compute_book(
    monitoring: Monitoring, rules: RuleSet, levels: Mapping[str, int] = MappingProxyType({})
) -> Computed:
    """一个项目的全部计算栏；levels 是检查结果表里各级别有几条。"""
    elapsed = measures.pace(monitoring.project.cutoff, rules.funds.pace)

    def compared_row(record: Compared) -> Row:
        return _compared(record, rules, elapsed)

    tables: dict[str, tuple[Row, ...]] = {}
    blanks: dict[str, Row] = {}

    def put(name: str, records: Sequence[object], row: Callable[..., Row], blank: object) -> None:
        tables[name] = tuple(row(record) for record in records)
        blanks[name] = row(blank)

    put(layout.PROGRESS.name, monitoring.progress, lambda r: {"todo": progress_remaining(r)}, Progress())
    put(
        layout.GOAL_CHANGES.name, monitoring.goal_changes, lambda r: {"todo": goal_remaining(r)}, GoalChange()
    )
    put(layout.FUNDING.name, monitoring.funding, lambda record: _funding(record, rules), Funding())
    put(layout.DECLARED.name, monitoring.declared, _declared, Declared())
    put(layout.ADJUSTED.name, monitoring.adjusted, _adjusted, Adjusted())
    put(layout.COMPARED.name, monitoring.compared, compared_row, Compared())
    for table in (layout.FUND_NOTES, layout.ANALYSES, layout.OVERALL, layout.CONCLUSIONS):
        put(table.name, getattr(monitoring, table.record), _paragraph, Paragraph())
    named = [
        (record.name, row)
        for record, row in zip(monitoring.compared, tables[layout.COMPARED.name], strict=True)
        if is_named(record.name)
    ]
    tables[BOARD_INDICATORS.name] = tuple(
        {"name": name, **{field: row[field] for field in ("completion", "met", "light")}}
        for name, row in named
    )
    blanks[BOARD_INDICATORS.name] = {c.field: "" for c in BOARD_INDICATORS.columns}
    cells = _cells(monitoring, rules, elapsed, tables[layout.COMPARED.name])
    cells |= {name: Decimal(levels.get(level, 0)) for name, level in LEVEL_COUNTS.items()}
    cells |= progress_cells(monitoring, tables)
    cells |= check_cells(levels)
    return Computed(MappingProxyType(cells), MappingProxyType(tables), MappingProxyType(blanks))


# --- 命名单元格 -------------------------------------------------------------------------------------


def _cells(
    monitoring: Monitoring, rules: RuleSet, elapsed: Decimal | None, compared: tuple[Row, ...]
) -> dict[str, Value]:
    funding = monitoring.funding
    initial = total(f.initial for f in funding)
    adjusted = total(f.budget for f in funding)
    arrived = total(f.arrived for f in funding)
    spent = total(f.spent for f in funding)
    detail = total(s.amount for s in monitoring.spending)
    rate = measures.execution_rate(
        spent, adjusted=adjusted, initial=initial, arrived=arrived, denominator=rules.funds.denominator
    )
    whole = {"调整后预算": adjusted, "年初预算": initial, "到位数": arrived}[rules.funds.denominator.value]
    cutoff = monitoring.project.cutoff
    ratio = measures.pace_ratio(rate, elapsed)
    words = [row["met"] for row in compared]
    light = measures.fund_light(
        rules.funds,
        rate=rate,
        elapsed=elapsed,
        month=cutoff.month if cutoff else None,
        goals=[{MET: True, UNMET: False}.get(str(word)) for word in words if word],
    )
    execution = _rate(rate, spent, whole)
    cells: dict[str, Value] = {
        "监控月份": Decimal(cutoff.month) if cutoff else "",
        "序时进度": "" if elapsed is None else elapsed,
        "年初预算合计": _wan(initial),
        "调整后预算合计": _wan(adjusted),
        "到位合计": _wan(arrived),
        "支出合计": _wan(spent),
        "全年预计支出合计": _wan(total(f.forecast for f in funding)),
        "资金到位率": _rate(measures.arrival_rate(arrived, adjusted), arrived, adjusted),
        "预算执行率": execution,
        "执行进度比": "" if ratio is None else ratio,
        "资金预警": _light(light),
        "支出明细合计": "" if detail is None else detail.yuan,
        "支出明细差额": _gap(spent, detail),
    }
    return cells | {
        "看板_资金到位率": cells["资金到位率"],
        "看板_预算执行率": execution,
        "看板_序时进度": cells["序时进度"],
        "看板_资金预警": cells["资金预警"],
        "看板_指标数": Decimal(sum(is_named(c.name) for c in monitoring.compared)),
        "看板_达成数": Decimal(words.count(MET)),
        "看板_未达成数": Decimal(words.count(UNMET)),
        "看板_无法判断数": Decimal(words.count(UNKNOWN)),
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


def _light(light: Light | None) -> str:
    return "" if light is None else light.value


# --- 各表的一行 -------------------------------------------------------------------------------------


def _funding(record: Funding, rules: RuleSet) -> Row:
    whole = {"调整后预算": record.budget, "年初预算": record.initial, "到位数": record.arrived}
    rate = measures.execution_rate(
        record.spent,
        adjusted=record.budget,
        initial=record.initial,
        arrived=record.arrived,
        denominator=rules.funds.denominator,
    )
    arrival = measures.arrival_rate(record.arrived, record.budget)
    return {
        "arrival_rate": _rate(arrival, record.arrived, record.budget),
        "execution_rate": _rate(rate, record.spent, whole[rules.funds.denominator.value]),
        "todo": funding_remaining(record),
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


def _compared(record: Compared, rules: RuleSet, elapsed: Decimal | None) -> Row:
    actual, annual, stage = record.actual, record.annual, record.stage
    light = measures.indicator_light(
        actual, annual, level2=record.level2, elapsed=elapsed, rules=rules.indicators
    )
    row = {
        **understood_values("annual", annual),
        **understood_values("stage", stage),
        **understood_values("actual", actual),
        **_judging(record, rules, elapsed),
        "completion": _figure(
            measures.completion_rate(actual, annual), actual, annual if annual.kind is Kind.NUMBER else None
        ),
        "deviation": _figure(measures.deviation(actual, stage), actual, stage),
        "deviation_rate": _figure(measures.deviation_rate(actual, stage), actual, stage),
        "met": _met(record, rules),
        "light": _light(light),
    }
    row["explain"] = explained(record, row, rules)
    row["todo"] = compared_remaining(record, row, rules)
    return row


def _judging(record: Compared, rules: RuleSet, elapsed: Decimal | None) -> Row:
    actual, annual, stage = record.actual, record.annual, record.stage
    value = measures.measured(actual)
    words = measures.wording(actual)
    ratio = measures.progress_ratio(actual, annual, elapsed)
    counted = annual if annual.kind is Kind.NUMBER and elapsed else None
    prorated = measures.is_prorated(record.level2, rules.indicators)
    return {
        "value": "" if value is None else value[0],
        "actual_words": words,
        "annual_rule": _rule(annual, Comparator.AT_LEAST),
        "stage_rule": _rule(stage, measures.ruling_comparator(stage, annual)),
        "stage_scale": "" if stage.base() is None else scale(stage.unit),
        "grade": rules.indicators.grade(words),
        "annual_met": _reached(measures.reached(actual, annual, rules.indicators)),
        "stage_met": _reached(measures.reached(actual, stage, rules.indicators, annual=annual)),
        "proration": {True: "折算", False: "不折算", None: ""}[prorated],
        "progress_ratio": _figure(ratio, actual, counted),
    }


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


def _reached(reached: bool | None) -> str:
    return {True: MET, False: UNMET, None: ""}[reached]


def _met(record: Compared, rules: RuleSet) -> str:
    if all(value.kind is Kind.BLANK for value in (record.annual, record.stage, record.actual)):
        return ""
    return _reached(measures.is_met(record.actual, record.stage, record.annual, rules.indicators)) or UNKNOWN
