"""The charts of a report: what is drawn, what lies in the workbook behind it, what the record says.

Word draws the cache of a chart, not its embedded workbook; either can be changed without the other.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lxml import etree

from perfmon_xl.audit.difference import Difference, DifferenceKind
from perfmon_xl.audit.page import Page, ReportParagraph
from perfmon_xl.domain.origin import ChartPlace, ParagraphPlace, ReportPlace
from perfmon_xl.layout.letters import column_number
from perfmon_xl.ooxml.markup import number, part, w
from perfmon_xl.ooxml.names import CHART, OFFICE_RELS
from perfmon_xl.ooxml.safety import check_embedded
from perfmon_xl.report.tracing.sources import RecordedPoint
from perfmon_xl.workbook.file.cells import SheetPart
from perfmon_xl.workbook.file.package import Package

_C = f"{{{CHART}}}"
_R = f"{{{OFFICE_RELS}}}"
_RANGE = re.compile(
    r"^'?((?:[^'!]|'')+)'?!\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?$"
)
_CLOSE = Decimal("0.000000001")
_AGAIN = "重新出报告，或在图上右键“编辑数据”改成工作簿现在的值。"
_RESTORE = "核实图上的数是谁、为什么改的；该改的改工作簿再出报告。"


@dataclass(frozen=True, slots=True)
class DrawnPoint:
    """图上画的一个数：系列、第几类、类的名称、画的数、内嵌工作簿里的数（没有内嵌的是 None）。"""

    series: str
    row: int
    category: str
    value: str
    behind: str | None = None


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """报告里的一幅图：部件名、在第几段、各个数。"""

    part: str
    paragraph: int
    points: tuple[DrawnPoint, ...]


def charts_in(package: zipfile.ZipFile, page: Page) -> tuple[DrawnChart, ...]:
    """正文里的图，先后照正文。"""
    if page.document is None:
        return ()
    relations = _relations(package, "word/document.xml")
    paragraphs = {p.element: p.index for p in page.paragraphs}
    drawn_charts = []
    for chart in page.document.iter(f"{_C}chart"):
        inside = next((paragraphs[e] for e in chart.iterancestors(w("p")) if e in paragraphs), None)
        name = relations.get(chart.get(f"{_R}id") or "", "")
        root = part(package, name) if name and inside is not None else None
        if root is not None and inside is not None:
            points = tuple(_points(root, _behind(package, name, root)))
            drawn_charts.append(DrawnChart(name, inside, points))
    return tuple(drawn_charts)


def _relations(package: zipfile.ZipFile, name: str) -> dict[str, str]:
    folder, _, file = name.rpartition("/")
    root = part(package, f"{folder}/_rels/{file}.rels")
    return {
        element.get("Id") or "": posixpath.normpath(posixpath.join(folder, element.get("Target") or ""))
        for element in (root if root is not None else ())
        if element.get("TargetMode") != "External"
    }


def _behind(package: zipfile.ZipFile, name: str, root: etree._Element) -> Package | None:
    """图的内嵌工作簿；没有、打不开的是 None。"""
    link = root.find(f"{_C}externalData")
    target = _relations(package, name).get((link.get(f"{_R}id") if link is not None else "") or "", "")
    if not target.lower().endswith(".xlsx") or target not in package.namelist():
        return None
    check_embedded(package, target)
    return Package(package.read(target), Path(f"图表的数据 {posixpath.basename(target)}"))


def _points(root: etree._Element, behind: Package | None) -> Iterator[DrawnPoint]:
    for series in root.iter(f"{_C}ser"):
        name = "".join(v.text or "" for v in series.iterfind(f"{_C}tx//{_C}v"))
        names = _cache(series.find(f"{_C}cat"))
        values = series.find(f"{_C}val")
        cells = _cells(behind, series.findtext(f"{_C}val//{_C}f") or "")
        for row, value in _cache(values).items():
            yield DrawnPoint(
                name, row, names.get(row, ""), value, cells.get(row) if cells is not None else None
            )


def _cache(parent: etree._Element | None) -> dict[int, str]:
    if parent is None:
        return {}
    return {number(point.get("idx"), 0): point.findtext(f"{_C}v") or "" for point in parent.iter(f"{_C}pt")}


def _cells(behind: Package | None, formula: str) -> dict[int, str] | None:
    """内嵌工作簿里一列的数；读不了的是 None。"""
    match = _RANGE.match(formula)
    if behind is None or match is None:
        return None
    sheet = match[1].replace("''", "'")
    if sheet not in behind.sheets:
        return None
    cells = SheetPart.of(behind, sheet, behind.sheets[sheet])
    first, last, column = int(match[3]), int(match[5] or match[3]), column_number(match[2])
    return {
        row - first: "" if (value := cells.read(row, column).value) is None else str(value)
        for row in range(first, min(last, first + 2000) + 1)
    }


def same_number(one: str, other: str) -> bool:
    """两个数一样：0.8763 和 0.87630000000000008 也算。"""
    try:
        left, right = Decimal(one), Decimal(other)
        if not (left.is_finite() and right.is_finite()):
            return one == other
        return abs(left - right) <= _CLOSE * max(Decimal(1), abs(left))
    except ArithmeticError:  # no number, none that compares, or one beyond all bounds
        return one == other


def chart_differences(
    recorded: Sequence[RecordedPoint],
    drawn: Sequence[DrawnChart],
    now: Mapping[str, RecordedPoint],
    paragraphs: Sequence[ReportParagraph],
) -> Iterator[Difference]:
    """图上的数，同出报告时、同工作簿现在的，逐个比；画的和“编辑数据”里的也比。"""
    groups: dict[str, list[RecordedPoint]] = defaultdict(list)
    for point in recorded:
        groups[point.part].append(point)
    free = list(drawn)
    for points in groups.values():
        chart = _matching(points, free)
        if chart is None:
            yield _chart_difference(
                DifferenceKind.MISSING, points[0], "图", -1, paragraphs, f"报告里的图没有了（{points[0].category}等 {len(points)} 个数）。",
                _RESTORE, {"出报告时": "、".join(p.value for p in points)},
            )  # fmt: skip
            continue
        free.remove(chart)
        yield from _of_chart(points, chart, now, paragraphs)


def _matching(points: Sequence[RecordedPoint], charts: Sequence[DrawnChart]) -> DrawnChart | None:
    """记录里的一幅图现在是哪一幅：类和系列最像的。"""
    wanted = {(p.series, p.category) for p in points}

    def likeness(chart: DrawnChart) -> int:
        return len(wanted & {(d.series, d.category) for d in chart.points})

    best = max(charts, key=likeness, default=None)
    return best if best is not None and likeness(best) else None


def _of_chart(
    points: Sequence[RecordedPoint],
    chart: DrawnChart,
    now: Mapping[str, RecordedPoint],
    paragraphs: Sequence[ReportParagraph],
) -> Iterator[Difference]:
    left = list(chart.points)
    for point in points:
        what = f"图上“{point.category}”的“{point.series}”"
        shown = next((d for d in left if (d.series, d.category) == (point.series, point.category)), None)
        current = now.get(point.source.identity)
        newest = current.value if current is not None else None
        values = {"报告": shown.value if shown else "", "出报告时": point.value}
        if newest is not None:
            values["工作簿"] = newest
        if shown is None:
            yield _chart_difference(
                DifferenceKind.MISSING, point, what, chart.paragraph, paragraphs,
                f"{what}没有了，出报告时是 {point.value}。", _RESTORE, values,
            )  # fmt: skip
            continue
        left.remove(shown)
        if shown.behind is not None and not same_number(shown.behind, shown.value):
            yield _chart_difference(
                DifferenceKind.CHART, point, what, chart.paragraph, paragraphs,
                f"{what}画的是 {shown.value}，“编辑数据”里是 {shown.behind or '空的'}。",
                "在图上右键“编辑数据”，核实后改成一样。", {**values, "编辑数据": shown.behind},
            )  # fmt: skip
        if newest is not None and same_number(shown.value, newest):
            continue
        if not same_number(shown.value, point.value):
            yield _chart_difference(
                DifferenceKind.CHART, point, what, chart.paragraph, paragraphs,
                f"{what}画的是 {shown.value}，出报告时是 {point.value}。", _RESTORE, values,
            )  # fmt: skip
        elif newest is None and now:
            yield _chart_difference(
                DifferenceKind.STALE, point, what, chart.paragraph, paragraphs,
                f"{what}画的是 {shown.value}，工作簿现在已经没有这个数。", _AGAIN, values,
            )  # fmt: skip
        elif newest is not None:
            yield _chart_difference(
                DifferenceKind.STALE, point, what, chart.paragraph, paragraphs,
                f"{what}画的是 {shown.value}，工作簿现在是 {newest}。", _AGAIN, values,
            )  # fmt: skip
    for drawn_point in left:
        yield Difference(
            kind=DifferenceKind.UNTRACKED,
            message=f"图上“{drawn_point.category}”的“{drawn_point.series}”{drawn_point.value}是后来加的，没有来历。",
            hint="核实这个数；该有的写进工作簿再出报告。",
            place=_place(chart.paragraph, paragraphs, ""),
            values={"报告": drawn_point.value},
            paragraph=chart.paragraph,
        )


def _chart_difference(
    kind: DifferenceKind,
    point: RecordedPoint,
    what: str,
    paragraph: int,
    paragraphs: Sequence[ReportParagraph],
    message: str,
    hint: str,
    values: Mapping[str, str],
) -> Difference:
    return Difference(
        kind=kind,
        message=message,
        hint=hint,
        place=_place(paragraph, paragraphs, what),
        origin=point.source.origin,
        values=values,
        paragraph=paragraph,
    )


def _place(paragraph: int, paragraphs: Sequence[ReportParagraph], what: str) -> ReportPlace:
    if not 0 <= paragraph < len(paragraphs):
        return ParagraphPlace()
    # The caption follows the drawing, and names it.
    caption = paragraphs[paragraph + 1].text.strip() if paragraph + 1 < len(paragraphs) else ""
    headings = paragraphs[paragraph].place.headings
    return ChartPlace(headings=headings, name=caption if re.match(r"图\s*\d", caption) else what)
