"""The worksheet functions PM_…, for cells outside the tables: the measures of the domain, nothing computed here.

Excel calls them through xlwings (Windows, warm Python); anywhere else they are plain functions. What is missing
shows as an empty cell and what does not exist as “—”, as in the workbook's own columns; what cannot be compared,
or was written wrongly, is said in the cell.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from perfmon_xl.domain import measures
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import indicator_figures
from perfmon_xl.domain.measures import Moment
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.policy import IndicatorMethod, RuleSet
from perfmon_xl.domain.target import Kind, TargetValue, read_target
from perfmon_xl.layout.formulas import NOT_A_RATE
from perfmon_xl.layout.parsing import understood_values
from perfmon_xl.layout.schema import Type
from perfmon_xl.system.faults import fault_message, log_fault
from perfmon_xl.workbook.convert import convert
from perfmon_xl.workbook.port import CellRef, RawCell, Scalar

try:
    from xlwings import arg, func
except ImportError:  # the command line needs no xlwings, and this module is read there too

    def func(function: Any) -> Any:  # type: ignore[no-redef]
        return function

    def arg(*_: object, **__: object) -> Any:  # type: ignore[no-redef,misc]
        return func


_PARTS = {"符号": "sign", "数值": "number", "单位": "unit"}
_MOST_AS_RATIO = 2  # 200 %; what is more was typed as 95, without its sign
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


def in_the_cell(function: Callable[..., Any]) -> Callable[..., Any]:
    """出了错也给单元格一句话；数用 Excel 的数。"""

    @functools.wraps(function)
    def answered(*values: Any) -> Any:
        try:
            return _display(function(*values))
        except UserError as error:
            return error.message
        except Exception:
            return fault_message(log_fault(function.__name__))

    return answered


@func
@arg("target", doc="指标值，如 ≥70件、不低于90%、70-80件，或它所在的单元格", err_to_str=True)
@arg("part", doc="要哪一样：符号、数值、单位。不写：三样依次放在右边三个单元格里")
@in_the_cell
def PM_PARSE(target: Any, part: Any = None) -> Any:
    """把指标值读成符号、数值、单位，与各表右边的三栏相同。读不懂的符号是“未识别”。"""
    values = understood_values("v", _target(target))
    wanted = str(part).strip() if part is not None else ""
    if wanted and wanted not in _PARTS:
        raise UserError(f"没有“{wanted}”这一样，请写 {'、'.join(_PARTS)}。")
    return values[f"v_{_PARTS[wanted]}"] if wanted else [values[f"v_{p}"] for p in _PARTS.values()]


@func
@arg("actual", doc="实际完成值，如 82件；算执行率、到位率时写支出数、到位数", err_to_str=True)
@arg("annual", doc="全年目标值，如 ≥70件；算执行率、到位率时写预算数", err_to_str=True)
@in_the_cell
def PM_RATE(actual: Any, annual: Any) -> Any:
    """完成率 = 实际完成 ÷ 全年目标，不封顶。目标为零的显示“—”，没有填的空着。"""
    done, goal = _target(actual), _target(annual)
    return _figure(measures.completion_rate(done, goal), done, goal, ranges=False)


@func
@arg("actual", doc="实际完成值，如 82件", err_to_str=True)
@arg("stage", doc="本阶段应完成值，如 ≥50件、70-80件", err_to_str=True)
@arg("kind", doc="偏差 或 偏差率；不写是偏差")
@in_the_cell
def PM_DEVIATION(actual: Any, stage: Any, kind: Any = None) -> Any:
    """偏差 = 实际完成 − 本阶段应完成，单位随应完成值；偏差率 = 偏差 ÷ 本阶段应完成。区间里面的为 0。"""
    done, goal = _target(actual), _target(stage)
    ways = {"": measures.deviation, "偏差": measures.deviation, "偏差率": measures.deviation_rate}
    wanted = str(kind).strip() if kind is not None else ""
    if wanted not in ways:
        raise UserError(f"没有“{wanted}”，请写 偏差 或 偏差率。")
    return _figure(ways[wanted](done, goal), done, goal)


@func
@arg("cutoff", doc="监控截止日期", err_to_str=True)
@arg("actual", doc="实际完成值；和全年目标都写了，算指标进度比", err_to_str=True)
@arg("annual", doc="全年目标值", err_to_str=True)
@arg("rule_set", doc="规则集的名称，定按月还是按日；不写是通用")
@in_the_cell
def PM_PROGRESS(cutoff: Any, actual: Any = None, annual: Any = None, rule_set: Any = None) -> Any:
    """序时进度：截止日期在全年里过去了多少。写了实际和目标的，是指标进度比 = 实际完成 ÷（全年目标 × 序时进度）。"""
    elapsed = _pace(cutoff, _rules(rule_set))
    if actual is None and annual is None:
        return "" if elapsed is None else elapsed
    done, goal = _target(actual), _target(annual)
    figure = measures.progress_ratio(done, goal, elapsed)
    return "" if elapsed is None else _figure(figure, done, goal, ranges=False)


@func
@arg("actual", doc="实际完成值，如 82件", err_to_str=True)
@arg("annual", doc="全年目标值，如 ≥70件", err_to_str=True)
@arg("cutoff", doc="监控截止日期", err_to_str=True)
@arg("level2", doc="二级指标，如 数量指标；规则集按它定折算不折算", err_to_str=True)
@arg("rule_set", doc="规则集的名称；不写是通用")
@in_the_cell
def PM_LIGHT(actual: Any, annual: Any, cutoff: Any, level2: Any = None, rule_set: Any = None) -> Any:
    """指标的预警灯：红、黄、绿、蓝，与表4 的“预警”相同。没有填全的空着，判断不了的说为什么。"""
    rules = _rules(rule_set)
    goal, elapsed = _target(annual), _pace(cutoff, rules)
    row = Compared(level2="" if level2 is None else str(level2), annual=goal, actual=_target(actual))
    done, day = row.actual, _day(cutoff)
    moment = Moment(cutoff=day, year=day.year if day else None, elapsed=elapsed)
    indicator = indicator_figures(row, rules.indicators, moment)
    light = indicator.light
    if light is not None:
        return light.value
    if rules.indicators.method is IndicatorMethod.NONE:
        raise UserError(f"规则集“{rules.name}”对指标不预警。")
    if done.is_blank or goal.is_blank or elapsed is None:
        return ""
    if indicator.is_not_due:
        raise UserError("还没有到期。")
    if goal.kind in (Kind.WORDS, Kind.DATE):
        raise UserError(f"“{done.raw}”不在规则集的词表里，判断不了。")
    _comparable(done, goal)
    raise UserError("二级指标没有写或不认识，不知道折算不折算。")


@func
@arg("target", doc="全年目标值，如 ≥70件", err_to_str=True)
@arg("stage", doc="本阶段应完成值，如 ≥50件", err_to_str=True)
@arg("actual", doc="实际完成值，如 82件", err_to_str=True)
@arg("level2", doc="二级指标，如 数量指标；有的规则要看", err_to_str=True)
@arg("cutoff", doc="监控截止日期；不写的，要看日期的规则不查", err_to_str=True)
@arg("rule_set", doc="规则集的名称；不写是通用")
@in_the_cell
def PM_CHECK(
    target: Any, stage: Any, actual: Any, level2: Any = None, cutoff: Any = None, rule_set: Any = None
) -> Any:
    """照检查规则看一个指标的几个值，给出第一个问题：级别、编号、事实。没有问题、还没有填的空着。"""
    from perfmon_xl.rules.single import first_finding

    annual = _target(target)
    finding = first_finding(
        annual=annual,
        stage=_measured_like(stage, annual),
        actual=_measured_like(actual, annual),
        level2="" if level2 is None else str(level2),
        cutoff=_day(cutoff),
        rules=_rules(rule_set),
    )
    return "" if finding is None else f"{finding.level} {finding.code}：{finding.message}"


# --- 单元格的值 -------------------------------------------------------------------------------------


def _scalar(value: Any) -> Scalar:
    """Excel 给的一个值；一片单元格、错误值不要。"""
    if isinstance(value, (list, tuple)):
        raise UserError("请只选一个单元格。")
    if isinstance(value, str) and value in _ERRORS:
        raise UserError(f"引用的单元格是 {value}。")
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, (str, bool, Decimal, date)):
        return value
    return Decimal(value) if isinstance(value, int) else str(value)


def _target(value: Any) -> TargetValue:
    return read_target(_scalar(value))


def _measured_like(value: Any, goal: TargetValue) -> TargetValue:
    """目标是百分率的，0.95 这样的数是百分比格式的 95%：单元格的格式 Excel 不交过来，不当作没有写单位。"""
    scalar = _scalar(value)
    percent = goal.unit == "%" and isinstance(scalar, Decimal) and 0 <= scalar <= _MOST_AS_RATIO
    return read_target(scalar, percent=percent)


def _day(value: Any) -> date | None:
    day, fault = convert(RawCell(CellRef("", 1, 1), _scalar(value)), Type.DATE)
    if fault is not None:
        raise UserError(f"“{fault.text}”不是日期。")
    return day if isinstance(day, date) else None


def _pace(cutoff: Any, rules: RuleSet) -> Decimal | None:
    return measures.pace(_day(cutoff), rules.funds.pace)


def _rules(name: Any) -> RuleSet:
    from perfmon_xl.policy import get

    return get("" if name is None else str(name))


def _figure(
    figure: Decimal | None, actual: TargetValue, goal: TargetValue, *, ranges: bool = True
) -> Decimal | str:
    """算不出来的：没有填的空着，不能比的说为什么，能比而没有的是除数为零。"""
    if figure is not None:
        return figure
    if actual.is_blank or goal.is_blank:
        return ""
    _comparable(actual, goal)
    if goal.kind is Kind.RANGE and not ranges:
        raise UserError(f"“{goal.raw}”是区间，没有这个比率。")
    return NOT_A_RATE


def _comparable(actual: TargetValue, goal: TargetValue) -> None:
    """实际值和目标是不是同一种单位的数；不是的说出是哪一个、怎么了。"""
    value = measures.measured(actual)
    if value is None:
        copied = actual.kind is Kind.NUMBER
        raise UserError(f"实际值“{actual.raw}”" + ("带着比较符，不是数。" if copied else "不是一个数。"))
    base = goal.base() if goal.kind in (Kind.NUMBER, Kind.RANGE) else None
    if base is None:
        raise UserError(f"目标“{goal.raw}”不是一个数。")
    if value[1] != base[1]:
        raise UserError(f"单位不同：实际值是“{value[1]}”，目标是“{base[1]}”，不能比。")


def _display(value: Any) -> Any:
    if isinstance(value, list):
        return [_display(one) for one in value]
    return float(value) if isinstance(value, Decimal) else value
