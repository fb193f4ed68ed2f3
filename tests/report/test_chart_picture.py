"""The picture beside a chart, for readers that know no charts: whole as a metafile, and the chart's own figures."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.office import convert, needs_office, needs_validator, validate
from support.projects import project

from perfmon_xl.domain.figures import figures_of
from perfmon_xl.policy import get
from perfmon_xl.report.drawing.chart_picture import chart_picture
from perfmon_xl.report.drawing.charts import Chart, ChartPoint, ChartSeries, charts_of
from perfmon_xl.report.make_report import write_report

RECTANGLE, TEXT = 43, 84


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """各条记录：种类、内容。"""
    at = 0
    while at < len(data):
        kind, size = struct.unpack_from("<II", data, at)
        assert size >= 8 and size % 4 == 0 and at + size <= len(data)
        yield kind, data[at + 8 : at + size]
        at += size


def texts(data: bytes) -> list[str]:
    found = []
    for kind, fields in records(data):
        if kind == TEXT:
            count, offset = struct.unpack_from("<II", fields, 36)
            found.append(fields[offset - 8 : offset - 8 + 2 * count].decode("utf-16-le"))
    return found


def bars(data: bytes) -> list[int]:
    """各条多长；第一个长方形是框。"""
    boxes = [struct.unpack_from("<4i", fields) for kind, fields in records(data) if kind == RECTANGLE]
    return [right - left for left, _, right, _ in boxes[1:]]


def chart(values: list[tuple[str, Decimal]], **more: object) -> Chart:
    points = [
        ChartPoint(series="甲", category=name, row=row, value=value, text=str(value))
        for row, (name, value) in enumerate(values)
    ]
    shape = {"highest": Decimal("1.5"), "base": Decimal(1), "overlaid": True, **more}
    return Chart(
        key="指标", title="图", categories=tuple(name for name, _ in values),
        series=(ChartSeries(name="甲", colour="00806E"),), points=tuple(points),
        number_format="0.00%", height=40, **shape,  # type: ignore[arg-type]
    )  # fmt: skip


_NAMES = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
_VALUES = st.decimals(-1, 20, places=4)


@given(st.lists(st.tuples(_NAMES, _VALUES), max_size=12), st.floats(30, 200), st.floats(30, 200))
def test_it_is_a_whole_metafile_whatever_is_drawn(
    values: list[tuple[str, Decimal]], width: float, height: float
) -> None:
    data = chart_picture(chart(values), width, height)
    found = list(records(data))
    kind, header = found[0]
    assert kind == 1 and header[32:36] == b" EMF"
    size, count = struct.unpack_from("<II", header, 40)
    assert (size, count) == (len(data), len(found)) and found[-1][0] == 14
    assert data == chart_picture(chart(values), width, height)
    assert len(bars(data)) == len(values)


def test_bars_are_as_long_as_their_figures_and_stop_at_the_edge() -> None:
    short, whole, beyond, none = bars(
        chart_picture(
            chart([("甲", Decimal("0.5")), ("乙", Decimal("1.5")), ("丙", Decimal(9)), ("丁", Decimal(0))]),
            156,
            60,
        )
    )
    assert abs(3 * short - whole) <= 3 and beyond == whole and none == 0


@pytest.mark.parametrize("name", ["办案数量 91% 绿灯", "名" * 90])
def test_names_are_written_and_what_is_too_long_is_cut(name: str) -> None:
    first, *rest = texts(chart_picture(chart([(name, Decimal(1))]), 156, 40))
    assert first == name or (first.endswith("…") and name.startswith(first[:-1]))
    assert rest == ["0%", "100%"]


def report() -> bytes:
    return write_report(figures_of(project(9, funds=2), get()), draft=True)


def test_every_chart_of_a_report_has_its_picture_behind_it() -> None:
    with zipfile.ZipFile(io.BytesIO(report())) as package:
        xml = package.read("word/document.xml").decode()
        rels = package.read("word/_rels/document.xml.rels").decode()
        choices = re.findall(r"<mc:AlternateContent.*?</mc:AlternateContent>", xml)
        shown = [
            one for charts in charts_of(figures_of(project(9, funds=2), get())).values() for one in charts
        ]
        assert len(choices) == len(shown) == len(re.findall("<c:chart ", xml))
        for choice, one in zip(choices, shown, strict=True):
            chosen, fallback = choice.split("<mc:Fallback>")
            assert "<c:chart " in chosen and "<c:chart " not in fallback
            heights = set(re.findall(r'<(?:wp:extent|a:ext)\b[^>]* cy="(\d+)"', choice))
            assert len(heights) == 1  # drawn lower, both are
            relation = re.search(r'r:embed="([^"]+)"', fallback)[1]  # type: ignore[index]
            target = re.search(rf'Id="{relation}"[^>]*Target="([^"]+)"', rels)[1]  # type: ignore[index]
            assert texts(package.read(f"word/{target}"))[: len(one.categories)] == list(one.categories)
        numbers = re.findall(r'<wp:docPr id="(\d+)"', xml)
        assert len(numbers) == len(set(numbers))


@needs_validator
def test_the_report_stays_valid(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(report())
    assert validate(path) == []


@needs_office
def test_a_reader_without_charts_shows_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "后备.docx"
    with zipfile.ZipFile(io.BytesIO(report())) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = re.sub(
                    rb"<mc:AlternateContent.*?<mc:Fallback>(.*?)</mc:Fallback></mc:AlternateContent>",
                    rb"\1",
                    content,
                )
            new.writestr(name, content)
    text = convert(path, "txt:Text", tmp_path)  # whole for LibreOffice
    assert text.exists()
