"""A chart of the report as SVG: the same words, bars, colours and base line, for a browser."""

from __future__ import annotations

from decimal import Decimal

from perfmon_xl.ooxml.escaping import escape
from perfmon_xl.report.drawing.charts import Chart

_WIDTH, _LABELS, _BAR, _ROW, _TOP = 640, 330, 12, 24, 6
_FONT = 'font-family="Microsoft YaHei,Noto Sans CJK SC,Source Han Sans SC,sans-serif" font-size="12"'
_INK, _LINE, _BASE = "#1a1a1a", "#d9d9d9", "#404040"
_MOST_LETTERS = 30


def svg(chart: Chart) -> str:
    """一幅图。数在类别的名称里，所以不看颜色也读得出。"""
    colours = {series.name: series.colour for series in chart.series}
    most = chart.highest or max((abs(p.value) for p in chart.points), default=Decimal(1)) or Decimal(1)
    bottom = _TOP + _ROW * len(chart.categories)
    body = [_line(Decimal(0), _LINE, bottom, most)]
    for row, category in enumerate(chart.categories):
        short = category if len(category) <= _MOST_LETTERS else category[: _MOST_LETTERS - 1] + "…"
        y = _TOP + _ROW * row
        body.append(
            f'<text x="{_LABELS - 8}" y="{y + 15}" text-anchor="end" fill="{_INK}">{escape(short)}</text>'
        )
        body += [
            f'<rect x="{_LABELS}" y="{y + 5}" width="{max(_x(p.value, most) - _LABELS, 1):.1f}" height="{_BAR}"'
            f' fill="#{colours[p.series]}"/>'
            for p in chart.points
            if p.row == row
        ]
    if chart.base is not None:
        body.append(_line(chart.base, _BASE, bottom, most))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{bottom + 4}" {_FONT}>'
        f"{''.join(body)}</svg>"
    )


def _x(value: Decimal, most: Decimal) -> float:
    share = min(max(value / most, Decimal(0)), Decimal(1))
    return _LABELS + float(share) * (_WIDTH - _LABELS - 10)


def _line(value: Decimal, colour: str, bottom: int, most: Decimal) -> str:
    x = _x(value, most)
    return f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom}" stroke="{colour}"/>'
