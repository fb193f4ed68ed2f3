"""The charts of the report as plain values: which points, from which cells, in which colour.

Nothing here knows about XML. Whoever records where the figures came from reads `Chart.points`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, half_up, percent, total
from perfmon_xl.domain.attainment import attained
from perfmon_xl.domain.figures import Figures, IndicatorFigures
from perfmon_xl.domain.measures import is_reverse
from perfmon_xl.domain.model import Compared, Funding
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.policy import Denominator, RuleSet
from perfmon_xl.layout.palette import bar_colour

FUNDS, INDICATORS = "资金", "指标"
_WAN_FROM = Decimal(100_000)
ONE_LINE_FROM = Decimal("0.5")  # below it the line of the pace would be drawn again at its multiples
_HIGHEST = Decimal("1.5")  # a bar ten times the target would leave the others too short to read
_FEW_BARS, _MOST_BARS = 7, 20  # what leaves no page a third empty; what a page holds
_MANY = 140  # indicators from which a chart is as long as a page
_MOST_SOURCES = 5
_NO_LIGHT = "不亮灯"
_BOTH_BARS = 2  # sources up to which arrival and spending are drawn of each
_AXIS, _BAR, _LEAST_HEIGHT = 12, 7, 32  # millimetres


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPoint:
    """图上的一个数：哪个系列、哪一类（row 是第几类，从 0 数）、值、报告里怎么写、从哪些单元格来。

    measure 是怎么算的：“到位占预算”“支出占预算”“序时进度”“达标程度”；subject 是谁的数（资金来源、指标的名称）。
    """

    series: str
    category: str
    row: int
    value: Decimal
    text: str
    origins: tuple[Origin, ...] = ()
    measure: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSeries:
    """一个系列：名称、颜色。"""

    name: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """一幅条形图。height 是毫米；highest 是数轴画到多少，None 由 Word 定；overlaid：各系列叠在一条上；
    base 是基准线画在哪里，没有的不画。数写在类别的名称后面，图上不再写，也没有图例。
    """

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
    base: Decimal | None = None
    height: int

    def column(self, series: str) -> Iterator[tuple[int, Decimal]]:
        """一个系列的各个数：第几类、值；没有数的类不在里面。"""
        return ((p.row, p.value) for p in self.points if p.series == series)

    @property
    def description(self) -> str:
        """替代文字：图上的数用文字说一遍，读屏软件念它。"""
        told = [f"{category}" for row, category in enumerate(self.categories)]
        return f"{self.title}。" + "；".join(told) + "。"


def charts_of(figures: Figures) -> Mapping[str, tuple[Chart, ...]]:
    """资金、指标两种图；一种图太长时分成几幅，没有数的一幅也没有。"""
    return {FUNDS: _fund_charts(figures), INDICATORS: _indicator_charts(figures)}


# --- 资金 -------------------------------------------------------------------------------------------


def _fund_charts(figures: Figures) -> tuple[Chart, ...]:
    sources = [f for f in figures.monitoring.funding if f.budget or f.arrived or f.spent]
    if not sources:
        return ()
    rows: list[tuple[str, list[Funding]]] = [(f.source.strip() or "未注明来源", [f]) for f in sources]
    listed = rows if len(sources) <= _MOST_SOURCES else []
    if len(sources) > 1:
        listed = [*listed, ("合计", sources)]
    names: list[str] = []
    points: list[ChartPoint] = []
    for name, parts in listed:
        for series, amount, rate, origins, measure in _fund_points(parts, figures):
            if series == "到位" and len(sources) > _BOTH_BARS and len(parts) == 1:
                continue  # of many sources the spending; both of the whole
            light = figures.funds.light if series == "支出" and len(parts) == len(sources) else None
            lit = f" {figures.rules.styles[light].name}" if light is not None else ""
            before = "" if len(listed) == 1 else name
            names.append(f"{before}{series} {_money(amount)} {percent(rate)}{lit}")
            coloured = light.value if light is not None else ""
            points.append(_point(series + coloured, names, rate, origins, measure, name))
    if not points:
        return ()
    pace = figures.funds.pace
    if pace is not None and pace <= ONE_LINE_FROM:
        names.append(f"序时进度 {percent(pace)}")
        cutoff = figures.monitoring.project.place.at("cutoff")
        points.append(_point("序时进度", names, pace, (cutoff,), "序时进度", ""))
    lined = pace is not None and pace > ONE_LINE_FROM
    most = max(p.value for p in points)
    return (
        Chart(
            key=FUNDS,
            title="资金到位、支出占预算的比例",
            note=f"粗线是序时进度 {percent(pace)}" if pace is not None and lined else "",
            categories=tuple(names),
            series=_series_of(points),
            points=tuple(points),
            number_format="0.00%",
            highest=max(Decimal(1), half_up(most * 20 + Decimal("0.499"), 0) / 20),
            overlaid=True,
            base=pace if lined else None,
            height=max(_LEAST_HEIGHT, _AXIS + _BAR * len(names)),
        ),
    )


def _fund_points(
    parts: Sequence[Funding], figures: Figures
) -> Iterator[tuple[str, Amount, Decimal, tuple[Origin, ...], str]]:
    fields = [("adjusted" if f.adjusted is not None else "initial") for f in parts]
    budget_cells = tuple(f.place.at(name) for f, name in zip(parts, fields, strict=True))
    against = {
        Denominator.ADJUSTED: "budget",
        Denominator.INITIAL: "initial",
        Denominator.ARRIVED: "arrived",
    }[figures.rules.funds.denominator]
    for series, name, base in (("到位", "arrived", "budget"), ("支出", "spent", against)):
        amount, whole = total(getattr(f, name) for f in parts), total(getattr(f, base) for f in parts)
        if amount is None or whole is None or not whole.yuan:
            continue
        cells = tuple(f.place.at(name) for f in parts)
        base_cells = budget_cells if base == "budget" else tuple(f.place.at(base) for f in parts)
        yield series, amount, amount.yuan / whole.yuan, (*cells, *base_cells), f"{series}占预算"


def _money(amount: Amount) -> str:
    return amount.in_wan if abs(amount.yuan) >= _WAN_FROM else amount.in_yuan


# --- 指标 -------------------------------------------------------------------------------------------


def _indicator_charts(figures: Figures) -> tuple[Chart, ...]:
    rows = [(c, f, attained(c.actual, c.stage, c.annual)) for _, c, f in figures.named()]
    shown = [(c, f, value) for c, f, value in rows if value is not None]
    if not shown:
        return ()
    left_out = figures.outcome.count - len(shown)
    count = -(-len(shown) // (_FEW_BARS if len(shown) <= _MANY else _MOST_BARS))
    size = -(-len(shown) // count)
    notes = ["过粗线为达到本阶段目标"]
    notes += [f"另有{left_out}个指标没有可比的数"] if left_out else []
    if any(value > _HIGHEST for _, _, value in shown):
        notes.append(f"超过{percent(_HIGHEST, 0)}的画到边，数照实")
    return tuple(
        _indicator_chart(
            shown[start : start + size],
            figures.rules,
            title="各指标的达标程度" + ("（续）" if start else ""),
            note="；".join(notes) if start + size >= len(shown) else "",
        )
        for start in range(0, len(shown), size)
    )


def _indicator_chart(
    shown: Sequence[tuple[Compared, IndicatorFigures, Decimal]], rules: RuleSet, *, title: str, note: str
) -> Chart:
    names: list[str] = []
    points: list[ChartPoint] = []
    for record, indicator, value in shown:
        lit = _NO_LIGHT if indicator.light is None else rules.styles[indicator.light].name
        names.append(f"{_label(record)} {_whole_percent(value)} {lit}")
        target = "annual" if record.stage.is_blank else "stage"
        origins = (record.place.at("actual"), record.place.at(target))
        coloured = "" if indicator.light is None else indicator.light.value
        points.append(_point("达标程度" + coloured, names, value, origins, "达标程度", record.title))
    return Chart(
        key=INDICATORS,
        title=title,
        note=note,
        categories=tuple(names),
        series=_series_of(points),
        points=tuple(points),
        number_format="0.00%",
        highest=_HIGHEST,
        overlaid=True,
        base=Decimal(1),
        height=max(_LEAST_HEIGHT, _AXIS + _BAR * len(shown)),
    )


def _label(record: Compared) -> str:
    """越低越好的指标说明白，免得把短条看成没完成。"""
    return record.name.strip() + ("（越低越好）" if is_reverse(record.annual) else "")


def _whole_percent(value: Decimal) -> str:
    """百分数取整；差一点没有达到的不写成 100%。"""
    rounded = percent(value, 0)
    return percent(value) if value < 1 and rounded == percent(Decimal(1), 0) else rounded


def _series_of(points: Sequence[ChartPoint]) -> tuple[ChartSeries, ...]:
    """一种颜色一个系列，先后照第一次用到；名称末尾的一个字是灯。"""
    names = dict.fromkeys(p.series for p in points)
    return tuple(ChartSeries(name=name, colour=bar_colour(name[-1:])) for name in names)


def _point(
    series: str, names: Sequence[str], rate: Decimal, origins: tuple[Origin, ...], measure: str, subject: str
) -> ChartPoint:
    """最后一个类别的数。"""
    return ChartPoint(
        series=series,
        category=names[-1],
        row=len(names) - 1,
        value=half_up(rate, 4),
        text=percent(rate),
        origins=origins,
        measure=measure,
        subject=subject,
    )
