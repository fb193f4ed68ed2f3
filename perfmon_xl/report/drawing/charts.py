"""The charts of the report as plain values: which points, from which cells, in which colour.

Nothing here knows about XML. Whoever records where the figures came from reads `Chart.points`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, half_up, percent, total
from perfmon_xl.domain.figures import Figures, IndicatorFigures
from perfmon_xl.domain.measures import completion_rate, is_reverse
from perfmon_xl.domain.model import Compared, Funding
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.policy import WORST_FIRST, Denominator, Light, RuleSet
from perfmon_xl.domain.target import Comparator, Kind, TargetValue

FUNDS, INDICATORS = "资金", "指标"
_WAN_FROM = Decimal(100_000)
_HIGHEST = Decimal(2)  # a bar ten times the target would leave the others too short to read
_MOST_BARS = 20  # what a page holds
_MOST_SOURCES = 5
_FUND_COLOURS = {"预算": "1F4E79", "到位": "5B9BD5", "支出": "ED7D31", "序时应支出": "A5A5A5"}
_STAGE, _STAGE_COLOUR = "本阶段应完成（框）", "404040"
_NO_LIGHT, _NO_LIGHT_COLOUR = "实际完成（不亮灯）", "8C9BB0"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPoint:
    """图上的一个数：哪个系列、哪一类（row 是第几类，从 0 数）、值、报告里怎么写、从哪些单元格来。

    measure 是怎么算的：直接取自一格的为空，其余是“合计”“序时应支出”“完成率”“阶段完成率”。
    """

    series: str
    category: str
    row: int
    value: Decimal
    text: str
    origins: tuple[Origin, ...] = ()
    measure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSeries:
    """一个系列：名称、颜色；hollow 的只画框，叠在别的系列上面。"""

    name: str
    colour: str
    hollow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """一幅条形图。height 是毫米；highest 是数轴画到多少，None 由 Word 定；overlaid：各系列叠在一条上。"""

    key: str
    title: str
    note: str = ""
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    points: tuple[ChartPoint, ...]
    number_format: str
    unit: str = ""
    highest: Decimal | None = None
    overlaid: bool = False
    height: int

    def column(self, series: str) -> Iterator[tuple[int, Decimal]]:
        """一个系列的各个数：第几类、值；没有数的类不在里面。"""
        return ((p.row, p.value) for p in self.points if p.series == series)

    @property
    def description(self) -> str:
        """替代文字：图上的数用文字说一遍，读屏软件念它。"""
        told = [
            f"{category}：" + "，".join(f"{p.series}{p.text}" for p in self.points if p.row == row)
            for row, category in enumerate(self.categories)
        ]
        return f"{self.title}。" + "；".join(told) + "。"


def charts_of(figures: Figures) -> Mapping[str, tuple[Chart, ...]]:
    """资金、指标两种图；一种图太长时分成几幅，没有数的一幅也没有。"""
    return {FUNDS: _fund_charts(figures), INDICATORS: _indicator_charts(figures)}


# --- 资金 -------------------------------------------------------------------------------------------


def _fund_charts(figures: Figures) -> tuple[Chart, ...]:
    sources = [f for f in figures.monitoring.funding if f.budget or f.arrived or f.spent]
    if not sources:
        return ()
    rows: list[tuple[str, list[Funding]]] = [(f.source.strip() or "（未写来源）", [f]) for f in sources]
    listed = rows if len(sources) <= _MOST_SOURCES else []
    if len(sources) > 1:
        listed = [*listed, ("合计", sources)]
    found = [
        (row, series, amount, origins, measure)
        for row, (_, parts) in enumerate(listed)
        for series, amount, origins, measure in _fund_points(parts, figures)
        if amount is not None
    ]
    in_wan = max((abs(a.yuan) for _, _, a, _, _ in found), default=Decimal(0)) >= _WAN_FROM
    values = [a.wan_number if in_wan else a.yuan for _, _, a, _, _ in found]
    points = tuple(
        ChartPoint(
            series=series,
            category=listed[row][0],
            row=row,
            value=value,
            text=amount.in_wan if in_wan else amount.in_yuan,
            origins=origins,
            measure=measure,
        )
        for (row, series, amount, origins, measure), value in zip(found, values, strict=True)
    )
    used = {p.series for p in points}
    series = tuple(ChartSeries(name=n, colour=c) for n, c in _FUND_COLOURS.items() if n in used)
    return (
        Chart(
            key=FUNDS,
            title="资金到位和支出情况" if "序时应支出" not in used else "资金到位、支出与序时进度",
            categories=tuple(name for name, _ in listed),
            series=series,
            points=points,
            number_format="#,##0" if all(v == v.to_integral_value() for v in values) else "#,##0.00",
            unit="万元" if in_wan else "元",
            height=max(58, 26 + len(listed) * (5 * len(series) + 5)),
        ),
    )


def _fund_points(
    parts: Sequence[Funding], figures: Figures
) -> Iterator[tuple[str, Amount | None, tuple[Origin, ...], str]]:
    summed = "合计" if len(parts) > 1 else ""
    fields = [("adjusted" if f.adjusted is not None else "initial") for f in parts]
    budget_cells = tuple(f.place.at(name) for f, name in zip(parts, fields, strict=True))
    yield "预算", total(f.budget for f in parts), budget_cells, summed
    for series, name in (("到位", "arrived"), ("支出", "spent")):
        cells = tuple(f.place.at(name) for f in parts)
        yield series, total(getattr(f, name) for f in parts), cells, summed
    # The pace is held against what the rule set divides the spending by.
    against = {
        Denominator.ADJUSTED: "budget",
        Denominator.INITIAL: "initial",
        Denominator.ARRIVED: "arrived",
    }[figures.rules.funds.denominator]
    base, pace = total(getattr(f, against) for f in parts), figures.funds.pace
    if base is not None and pace is not None:
        cells = budget_cells if against == "budget" else tuple(f.place.at(against) for f in parts)
        due = Amount(half_up(base.yuan * pace, 2))
        yield "序时应支出", due, (*cells, figures.monitoring.project.place.at("cutoff")), "序时应支出"


# --- 指标 -------------------------------------------------------------------------------------------


def _indicator_charts(figures: Figures) -> tuple[Chart, ...]:
    shown = [(c, f) for _, c, f in figures.named() if f.completion is not None]
    if not shown:
        return ()
    left_out = figures.outcome.count - len(shown)
    count = -(-len(shown) // _MOST_BARS)
    size = -(-len(shown) // count)
    highest = _axis_end(shown)
    notes = [f"另有{left_out}个指标没有可比的数，图上没有"] if left_out else []
    if any((f.completion or 0) > highest for _, f in shown):
        notes.append(f"超过{percent(highest, 0)}的只画到{percent(highest, 0)}，数字照实")
    return tuple(
        _indicator_chart(
            shown[start : start + size],
            figures.rules,
            title="各指标完成率" + ("（续）" if start else ""),
            note="；".join(notes) if start + size >= len(shown) else "",
            highest=highest,
        )
        for start in range(0, len(shown), size)
    )


def _axis_end(shown: Iterable[tuple[Compared, IndicatorFigures]]) -> Decimal:
    """数轴画到多少：最大的数往上取到两成的倍数，至少 120%，至多 200%。"""
    most = max(f.completion or Decimal(0) for _, f in shown)
    steps = int(most / Decimal("0.2")) + 1
    return min(max(Decimal("1.2"), steps * Decimal("0.2")), _HIGHEST)


def _indicator_chart(
    shown: Sequence[tuple[Compared, IndicatorFigures]],
    rules: RuleSet,
    *,
    title: str,
    note: str,
    highest: Decimal,
) -> Chart:
    names = tuple(_label(c) for c, _ in shown)
    points: list[ChartPoint] = []
    for row, (record, figures) in enumerate(shown):
        stage = completion_rate(_as_measured(record.stage), record.annual)
        cells = record.place
        if stage is not None:
            origins = (cells.at("stage"), cells.at("annual"))
            points.append(_rate_point(_STAGE, names[row], row, stage, origins, "阶段完成率"))
        if figures.completion is not None:
            series = _light_name(figures.light, rules)
            origins = (cells.at("actual"), cells.at("annual"))
            points.append(_rate_point(series, names[row], row, figures.completion, origins, "完成率"))
    used = {p.series for p in points}
    listed = [ChartSeries(name=_light_name(x, rules), colour=rules.styles[x].colour) for x in WORST_FIRST]
    listed.append(ChartSeries(name=_NO_LIGHT, colour=_NO_LIGHT_COLOUR))
    listed.append(ChartSeries(name=_STAGE, colour=_STAGE_COLOUR, hollow=True))
    return Chart(
        key=INDICATORS,
        title=title,
        note=note,
        categories=names,
        # two lights of one name would be one series drawn twice
        series=tuple({s.name: s for s in listed if s.name in used}.values()),
        points=tuple(points),
        number_format="0.00%",
        highest=highest,
        overlaid=True,
        height=28 + 8 * len(shown),
    )


def _label(record: Compared) -> str:
    """越低越好的指标说明白，免得把短条看成没完成。"""
    return record.name.strip() + ("（越低越好）" if is_reverse(record.annual) else "")


def _light_name(light: Light | None, rules: RuleSet) -> str:
    return _NO_LIGHT if light is None else f"实际完成（{rules.styles[light].name}）"


def _as_measured(stage: TargetValue) -> TargetValue:
    """阶段目标写着 ≥ 也是一个数；换算成没有比较符的，好与全年目标相除。"""
    return replace(stage, comparator=Comparator.UNSTATED) if stage.kind is Kind.NUMBER else stage


def _rate_point(
    series: str, category: str, row: int, rate: Decimal, origins: tuple[Origin, ...], measure: str
) -> ChartPoint:
    return ChartPoint(
        series=series,
        category=category,
        row=row,
        value=half_up(rate, 4),
        text=percent(rate),
        origins=origins,
        measure=measure,
    )
