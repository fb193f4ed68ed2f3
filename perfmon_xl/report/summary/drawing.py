"""The charts of the summary report: how many projects under each light; the departments' rates against the pace."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, percent
from perfmon_xl.domain.origin import CellPlace
from perfmon_xl.domain.policy import WORST_FIRST
from perfmon_xl.domain.summary import Summary, light_word
from perfmon_xl.layout.palette import LIGHTS, bar_colour
from perfmon_xl.report.drawing.charts import ONE_LINE_FROM, Chart, ChartPoint, ChartSeries
from perfmon_xl.report.summary.funds import by_department
from perfmon_xl.report.summary.project_words import one_pace, short

LIGHT_CHART, DEPARTMENT_CHART = "灯", "部门"
_FEWEST, _MOST_BARS = 2, 20
_PACE = "序时进度"
_AXIS, _BAR, _LEAST_HEIGHT = 12, 7, 32  # millimetres, as the charts of a project's report


def light_chart(summary: Summary) -> tuple[Chart, ...]:
    """各色灯的项目数，重的在上；只有一个项目的不画。"""
    if len(summary.lines) < _FEWEST:
        return ()
    points, names = [], []
    for light in (*WORST_FIRST, None):
        word, count = light_word(light), summary.totals.lights[light]
        if not count:
            continue
        names.append(f"{LIGHTS[word].symbol} {word}{'' if light is None else '灯'} {count}个")
        points.append(
            _point(f"项目数{word[:1] if light else ''}", names, Decimal(count), str(count), word, "项目数")
        )
    return (_chart(LIGHT_CHART, "各色灯的项目数", names, points, number_format="0"),)


def department_chart(summary: Summary) -> tuple[Chart, ...]:
    """各主管部门（不按部门比的，各项目）的预算执行率，慢的在上，粗线是序时进度（监控日不同的没有）；不到两个的不画。"""
    departments = by_department(summary)
    whose = "主管部门" if departments else "项目"
    compared = [
        (group.name, group.totals.execution) for group in summary.known_departments
    ] if departments else [(short(line.name, summary.place), line.execution) for line in summary.lines]  # fmt: skip
    known = [(name, rate) for name, rate in compared if rate is not None]
    if len(known) < _FEWEST:
        return ()
    known.sort(key=lambda pair: pair[1])
    left_out, known = len(known) > _MOST_BARS, known[:_MOST_BARS]
    pace = one_pace(summary.lines)
    lined = pace is not None and pace > ONE_LINE_FROM  # below it the line would come again at twice the pace
    if pace is not None and not lined:
        known.append((_PACE, pace))
    points, names = [], []
    sheet = "按主管部门" if departments else "汇总"
    for name, rate in known:
        names.append(f"{name} {percent(rate)}")
        what = _PACE if name == _PACE else "预算执行率"
        points.append(_point(what, names, half_up(rate, 4), percent(rate), name, what, sheet))
    notes = [f"粗线是序时进度 {percent(pace)}"] if lined and pace is not None else []
    notes += [f"只画最慢的{_MOST_BARS}个"] if left_out else []
    return (
        _chart(
            DEPARTMENT_CHART,
            f"各{whose}的预算执行率",
            names,
            points,
            number_format="0.00%",
            note="；".join(notes),
            base=pace if lined else None,
            highest=max(Decimal(1), half_up(max(p.value for p in points) * 20 + Decimal("0.499"), 0) / 20),
        ),
    )


def _chart(
    key: str,
    title: str,
    names: Sequence[str],
    points: Sequence[ChartPoint],
    *,
    number_format: str,
    note: str = "",
    base: Decimal | None = None,
    highest: Decimal | None = None,
) -> Chart:
    series = dict.fromkeys(point.series for point in points)
    return Chart(
        key=key,
        title=title,
        note=note,
        categories=tuple(names),
        series=tuple(ChartSeries(name=name, colour=bar_colour(name[-1:])) for name in series),
        points=tuple(points),
        number_format=number_format,
        highest=highest,
        overlaid=True,
        base=base,
        height=max(_LEAST_HEIGHT, _AXIS + _BAR * len(names)),
    )


def _point(
    series: str,
    names: Sequence[str],
    value: Decimal,
    text: str,
    subject: str,
    measure: str,
    sheet: str = "汇总",
) -> ChartPoint:
    return ChartPoint(
        series=series,
        category=names[-1],
        row=len(names) - 1,
        value=value,
        text=text,
        origins=(CellPlace(sheet, label=f"{subject}的{measure}"),),
        measure=measure,
        subject=subject,
    )
