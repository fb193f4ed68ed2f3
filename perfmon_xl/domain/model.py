"""The records of one monitoring: plain frozen values, each knowing the cells it came from.

A field that is blank is None (or "" for text). A field that cannot be read is None too, and
`place.faults` says why; so a rule never sees a wrong value and never takes a missing one for zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.direction import implied_comparator
from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.kinds import DocumentKind, kind_of
from perfmon_xl.domain.origin import NOWHERE, Origin, RowPlace
from perfmon_xl.domain.target import BLANK, Kind, TargetValue, with_unit_of

_set = object.__setattr__  # of a frozen record, while it is being made


def _directed(row: IndicatorRow, target: TargetValue, annual: TargetValue = BLANK) -> TargetValue:
    """没有写比较符的目标该怎么比：跟着全年目标，没有全年目标的看指标的类别和名称。"""
    if target.kind is not Kind.NUMBER or target.comparator:
        return target
    if annual.kind is Kind.NUMBER:
        implied = annual.ruling
    else:
        implied = implied_comparator(row.level1, row.level2, row.name, target)
    return replace(target, implied=implied)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """项目信息：名称、年度、日期、谁委托谁监控、依据、规则、背景、内容。"""

    name: str = ""
    cover_name: str = ""
    year: str = ""
    department: str = ""
    unit: str = ""
    unit_short: str = ""
    client: str = ""
    client_short: str = ""
    monitor: str = ""
    monitor_short: str = ""
    start: date | None = None
    end: date | None = None
    cutoff: date | None = None
    report_date: date | None = None
    rule_set: str = ""
    kind: str = ""
    basis: str = ""
    background: str = ""
    scope: str = ""
    place: RowPlace = NOWHERE

    @property
    def document_kind(self) -> DocumentKind:
        """文件种类；空着的是项目监控。"""
        return kind_of(self.kind)

    @property
    def budget_year(self) -> int | None:
        """预算年度是哪一年；没有写的看监控截止日期。日期没有写年份的，是这一年的。"""
        text = self.year.strip()[:4]
        if len(text) == 4 and text.isascii() and text.isdecimal() and 1900 <= int(text) <= 2100:
            return int(text)
        return self.cutoff.year if self.cutoff is not None else None

    @property
    def period(self) -> str:
        """监控期间，如“1-7月份”；没有截止日期的是空的。"""
        return f"{months(self.cutoff.month)}份" if self.cutoff else ""


def plain_year(text: str) -> str:
    """预算年度只写数字；写了别的照原样。

    >>> plain_year("2024年度"), plain_year(" 2024年"), plain_year("2024")
    ('2024', '2024', '2024')
    """
    return text.strip().removesuffix("度").removesuffix("年")


def months(last: int) -> str:
    """从 1 月到 last 月。

    >>> months(1), months(7)
    ('1月', '1-7月')
    """
    return "1月" if last == 1 else f"1-{last}月"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """项目进展：到监控日做了什么，还有什么没完成。"""

    subject: str = ""
    text: str = ""
    state: str = ""
    place: RowPlace = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """一项资金来源的预算、到位、支出和全年预计。"""

    source: str = ""
    initial: Amount | None = None
    adjusted: Amount | None = None
    arrived: Amount | None = None
    spent: Amount | None = None
    forecast: Amount | None = None
    reason: str = ""
    place: RowPlace = NOWHERE

    @property
    def budget(self) -> Amount | None:
        """调整后预算数；没有调整的，就是年初预算数。"""
        return self.adjusted if self.adjusted is not None else self.initial


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """一笔支出明细（元）。"""

    item: str = ""
    amount: Amount | None = None
    note: str = ""
    place: RowPlace = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """表1上方的年度绩效目标。"""

    text: str = ""
    place: RowPlace = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(IndicatorRow):
    """表1的一行：申报的指标和目标值；key 是隐藏的编号，表3 照它知道从哪一行来。"""

    table = "表1"
    target_field = "target"

    level1: str = ""
    level2: str = ""
    name: str = ""
    target: TargetValue = BLANK
    key: str = ""
    place: RowPlace = NOWHERE

    def __post_init__(self) -> None:
        _set(self, "target", _directed(self, self.target))


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalChange:
    """表2的一行：总目标原文、是否调整、调整后内容。"""

    subject: str = ""
    original: str = ""
    changed: str = ""
    revised: str = ""
    place: RowPlace = NOWHERE

    @property
    def is_revised(self) -> bool:
        """写明调整了，也写了调整后的内容。"""
        return self.changed.strip() == "是" and bool(self.revised.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted(IndicatorRow):
    """表3的一行：核对后的指标、调整类型、跟踪目标值。"""

    table = "表3"
    target_field = "target"

    level1: str = ""
    level2: str = ""
    name: str = ""
    target: TargetValue = BLANK
    change: str = ""
    explanation: str = ""
    tracked_target: TargetValue = BLANK
    tracked: str = ""
    carried_from: str = ""
    place: RowPlace = NOWHERE

    def __post_init__(self) -> None:
        _set(self, "target", _directed(self, self.target))
        tracked = with_unit_of(self.tracked_target, self.target)
        _set(self, "tracked_target", _directed(self, tracked, self.target))

    @property
    def is_deleted(self) -> bool:
        return self.change.strip() == "删除"

    @property
    def is_original(self) -> bool:
        """照申报的，没有改。"""
        return self.change.strip() == "原指标"

    @property
    def is_changed(self) -> bool:
        return self.change.strip() == "调整"

    @property
    def is_new(self) -> bool:
        return self.change.strip() == "新增"

    @property
    def is_tracked(self) -> bool:
        """选了跟踪，又没有删去：表4里应当有它。"""
        return self.tracked.strip() == "是" and not self.is_deleted


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared(IndicatorRow):
    """表4的一行：全年目标、本阶段目标、实际完成，偏差的说明，和上一期的实际完成。

    grades 是表3的指标解释里写的分档，从好到差；没有的是空的。
    """

    table = "表4"
    target_field = "annual"

    level1: str = ""
    level2: str = ""
    name: str = ""
    annual: TargetValue = BLANK
    stage: TargetValue = BLANK
    actual: TargetValue = BLANK
    forecast: TargetValue = BLANK
    likelihood: str = ""
    cause: str = ""
    reason: str = ""
    measure: str = ""
    approved: str = ""
    previous: TargetValue = BLANK
    grades: tuple[str, ...] = ()
    carried_from: str = ""
    place: RowPlace = NOWHERE

    def __post_init__(self) -> None:
        """没有写单位的数，取目标的单位：本阶段的取全年的，实际的取两个目标的。没有写比较符的目标，看指标的方向。"""
        _set(self, "annual", _directed(self, self.annual))
        _set(self, "stage", _directed(self, with_unit_of(self.stage, self.annual), self.annual))
        for name in ("actual", "forecast", "previous"):
            _set(self, name, with_unit_of(getattr(self, name), self.annual, self.stage))

    @property
    def is_empty(self) -> bool:
        """全年目标、本阶段目标、实际完成都空着，没有可判断的。"""
        return self.annual.is_blank and self.stage.is_blank and self.actual.is_blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """一段可以起草、可以改写的文字。

    draft 是程序上次起草的原文；text 与它相同就还是草稿，改过一个字就算人写的，不再覆盖。
    """

    level1: str = ""
    subject: str = ""
    text: str = ""
    note: str = ""
    draft: str = ""
    place: RowPlace = NOWHERE

    @property
    def is_draft(self) -> bool:
        return bool(self.text) and self.text == self.draft

    @property
    def may_be_drafted(self) -> bool:
        return not self.text.strip() or self.is_draft


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemEntry:
    """一个问题和对应的改进措施；从上期带来的还有整改状态和整改情况。

    draft 是程序起草的原文，四栏连起来；与它相同就还是草稿，改过一个字就算人写的，不再覆盖。
    """

    kind: str = ""
    title: str = ""
    text: str = ""
    measure_title: str = ""
    measure: str = ""
    state: str = ""
    rectification: str = ""
    draft: str = ""
    place: RowPlace = NOWHERE

    @property
    def wording(self) -> str:
        """四栏文字连起来，一栏一行。"""
        return "\n".join((self.title, self.text, self.measure_title, self.measure))

    @property
    def is_draft(self) -> bool:
        return bool(self.draft) and self.wording == self.draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """一个项目一次监控的全部内容。"""

    project: Project = field(default_factory=Project)
    goal: Goal = field(default_factory=Goal)
    progress: tuple[Progress, ...] = ()
    funding: tuple[Funding, ...] = ()
    spending: tuple[Spending, ...] = ()
    fund_notes: tuple[Paragraph, ...] = ()
    declared: tuple[Declared, ...] = ()
    goal_changes: tuple[GoalChange, ...] = ()
    adjusted: tuple[Adjusted, ...] = ()
    compared: tuple[Compared, ...] = ()
    analyses: tuple[Paragraph, ...] = ()
    overall: tuple[Paragraph, ...] = ()
    problems: tuple[ProblemEntry, ...] = ()
    conclusions: tuple[Paragraph, ...] = ()
    computed_at: Mapping[str, Origin] = field(default_factory=dict)

    @property
    def current_goal(self) -> str:
        """现在的年度目标：表2 里有调整的，各条照表2，调整了的用调整后的；一条也没有调整的，是申报的。"""
        revised = {n: g.revised.strip() for n, g in enumerate(self.goal_changes) if g.is_revised}
        if not revised:
            return self.goal.text
        texts = (revised.get(n, g.original.strip()) for n, g in enumerate(self.goal_changes))
        return "\n".join(text for text in texts if text)

    @property
    def kept(self) -> tuple[Adjusted, ...]:
        """表3里没有删去的行。"""
        return tuple(row for row in self.adjusted if not row.is_deleted)

    @property
    def current_rows(self) -> tuple[IndicatorRow, ...]:
        """核对以后的一套指标：表3没有删去的，没有表3的看表4，再没有的看表1；有写了名称的，才算有这张表。"""
        tables: tuple[tuple[IndicatorRow, ...], ...] = (self.kept, self.compared, self.declared)
        named = (rows for rows in tables if any(row.is_named for row in rows))
        return next(named, next(filter(None, tables), ()))

    def records(self) -> Iterator[Any]:
        """全部记录，先后照工作簿；每条都有 place。"""
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if isinstance(value, tuple):
                yield from value
            elif name != "computed_at":
                yield value
