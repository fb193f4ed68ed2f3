"""A chart of the report as SVG: the same points, the same colours, drawn with plain bars for a browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from xml.sax.saxutils import escape

from perfmon_xl.report.drawing.charts import Chart, ChartPoint, ChartSeries

_WIDTH, _LABELS, _VALUES, _BAR, _GAP, _TOP = 640, 190, 90, 16, 10, 26
_FONT = 'font-family="Microsoft YaHei,Noto Sans CJK SC,Source Han Sans SC,sans-serif" font-size="12"'
_INK, _LINE = "#1a1a1a", "#d9d9d9"
_MOST_LETTERS = 14


def svg(chart: Chart, colours: Mapping[str, str] | None = None) -> str:
    """一幅图；数写在条的右边，所以不看颜色也读得出。colours：报告的颜色 → 页面上的（RRGGBB）。"""
    named = colours or {}
    chart = replace(
        chart, series=tuple(replace(s, colour=named.get(s.colour, s.colour)) for s in chart.series)
    )
    by_row: list[list[tuple[ChartSeries, ChartPoint]]] = [[] for _ in chart.categories]
    for series in chart.series:
        for point in chart.points:
            if point.series == series.name:
                by_row[point.row].append((series, point))
    most = chart.highest or max((abs(p.value) for p in chart.points), default=Decimal(1)) or Decimal(1)
    y, body = _TOP, []
    for category, row in zip(chart.categories, by_row, strict=True):
        solid = [one for one in row if not one[0].hollow]
        height = _BAR * max(1, 1 if chart.overlaid else len(solid))
        short = category if len(category) <= _MOST_LETTERS else category[: _MOST_LETTERS - 1] + "…"
        body.append(_text(_LABELS - 8, y + height / 2 + 4, short, "end"))
        for number, (series, point) in enumerate(solid):
            top = y if chart.overlaid else y + number * _BAR
            body.append(_bar(point, series, top, most) + _text(_end(point, most) + 6, top + 12, point.text))
        body += [_bar(point, series, y, most) for series, point in row if series.hollow]
        y += height + _GAP
    axis = f'<line x1="{_LABELS}" y1="{_TOP - 6}" x2="{_LABELS}" y2="{y}" stroke="{_LINE}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{y + 4}" {_FONT}>'
        f"{_legend(chart)}{axis}{''.join(body)}</svg>"
    )


def _end(point: ChartPoint, most: Decimal) -> float:
    share = min(max(point.value / most, Decimal(0)), Decimal(1))
    return _LABELS + float(share) * (_WIDTH - _LABELS - _VALUES)


def _bar(point: ChartPoint, series: ChartSeries, y: float, most: Decimal) -> str:
    width = max(_end(point, most) - _LABELS, 1)
    look = (
        f'fill="none" stroke="#{series.colour}" stroke-width="1.5"'
        if series.hollow
        else f'fill="#{series.colour}"'
    )
    return f'<rect x="{_LABELS}" y="{y + 2:g}" width="{width:.1f}" height="{_BAR - 4}" {look}/>'


def _legend(chart: Chart) -> str:
    x, drawn = 4, []
    for series in chart.series:
        look = f'fill="none" stroke="#{series.colour}"' if series.hollow else f'fill="#{series.colour}"'
        drawn.append(f'<rect x="{x}" y="4" width="10" height="10" {look}/>{_text(x + 14, 13, series.name)}')
        x += 26 + 13 * len(series.name)
    return "".join(drawn)


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}">{escape(text)}</text>'
