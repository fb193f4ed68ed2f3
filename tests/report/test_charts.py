"""Charts: the same figures in the drawing, in its workbook and in the report; whole in LibreOffice and the SDK."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support.office import convert, needs_office, needs_validator, validate
from support.projects import project

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.attainment import attained
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.measures import is_met
from perfmon_xl.domain.model import Compared, Monitoring
from perfmon_xl.domain.policy import Light, LightStyle
from perfmon_xl.domain.target import read_target
from perfmon_xl.policy import get
from perfmon_xl.report.drawing.chart_sheet import chart_workbook
from perfmon_xl.report.drawing.chart_xml import chart_part
from perfmon_xl.report.drawing.charts import FUNDS, INDICATORS, Chart, charts_of
from perfmon_xl.report.make_report import write_report
from perfmon_xl.report.render import render
from perfmon_xl.report.template.compiled import compile_template, load_template, w
from perfmon_xl.report.wording.compose import compose
from perfmon_xl.system.resources import folder

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
TEMPLATE = folder("report_templates") / "monitoring_report.docx"


def parts(report: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(report)) as package:
        return {name: package.read(name) for name in package.namelist()}


def cached(chart: bytes) -> dict[tuple[str, str], str]:
    """（系列，类别）→ 图里存着的数，照原样。"""
    found = {}
    for series in etree.fromstring(chart).iter(f"{C}ser"):
        name = series.findtext(f"{C}tx/{C}strRef/{C}strCache/{C}pt/{C}v")
        categories = [p.findtext(f"{C}v") for p in series.iterfind(f"{C}cat/{C}strRef/{C}strCache/{C}pt")]
        for point in series.iterfind(f"{C}val/{C}numRef/{C}numCache/{C}pt"):
            found[name, categories[int(point.get("idx"))]] = point.findtext(f"{C}v")
    return found


def embedded(book: bytes) -> dict[tuple[str, str], str]:
    """（系列，类别）→ 内嵌工作簿里的数。"""
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    heads = [cell.value for cell in sheet[1]]
    return {
        (heads[column], row[0].value): str(cell.value)
        for row in sheet.iter_rows(min_row=2)
        for column, cell in enumerate(row)
        if column and cell.value is not None
    }


def captions(report: bytes) -> list[str]:
    root = etree.fromstring(parts(report)["word/document.xml"])
    told = ("".join(t.text or "" for t in p.iter(w("t"))) for p in root.iter(w("p")))
    return [text for text in told if text.startswith("图")]


def with_tags(*paragraphs: str) -> bytes:
    """一份模板，正文只有这些段。"""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    out = io.BytesIO()
    with zipfile.ZipFile(TEMPLATE) as package, zipfile.ZipFile(out, "w") as made:
        for name in package.namelist():
            data = package.read(name)
            if name == "word/document.xml":
                head, _, rest = data.partition(b"<w:body>")
                data = head + b"<w:body>" + body.encode() + rest[rest.rindex(b"<w:sectPr") :]
            made.writestr(name, data)
    return out.getvalue()


def made(monitoring: Monitoring, *paragraphs: str) -> bytes:
    return render(
        compile_template("模板", with_tags(*paragraphs)), compose(figures_of(monitoring, get())), pages="none"
    )


def test_the_drawing_its_workbook_and_the_report_have_the_same_figures(example: Monitoring) -> None:
    found = parts(write_report(figures_of(example, get()), pages="none"))
    for number, key in ((1, FUNDS), (2, INDICATORS)):
        (chart,) = charts_of(figures_of(example, get()))[key]
        drawn = cached(found[f"word/charts/chart{number}.xml"])
        inside = embedded(found[f"word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx"])
        told = {(p.series, p.category): str(p.value.normalize() + 0) for p in chart.points}
        assert {k: Decimal(v) for k, v in drawn.items()} == {k: Decimal(v) for k, v in told.items()}
        assert {k: Decimal(v) for k, v in inside.items()} == {k: Decimal(v) for k, v in drawn.items()}
        assert f'charts/chart{number}.xml"'.encode() in found["word/_rels/document.xml.rels"]


@pytest.mark.slow
def test_the_points_are_the_figures_of_the_text_and_know_their_cells(demo_book: Path) -> None:
    from perfmon_xl.workbook.file.book import PackageBook
    from perfmon_xl.workbook.read import read

    monitoring = read(PackageBook.open(demo_book)).monitoring
    (funds,), (indicators,) = charts_of(figures_of(monitoring, get())).values()
    assert [(p.series, p.category, p.text) for p in funds.points] == [
        ("到位", "到位 50000元 100.00%", "100.00%"),
        ("支出绿", "支出 43816.1元 87.63% 绿灯", "87.63%"),
    ]
    assert funds.base == figures_of(monitoring, get()).funds.pace
    assert str(funds.points[1].origins[0]) == "资金!E18（支出数（万元））"
    rows = {record.title: record for record in monitoring.compared}
    for point in indicators.points:
        record = rows[point.subject]
        value = attained(record.actual, record.stage, record.annual)
        assert value is not None and point.text == percent(value)
        assert [o.label for o in point.origins] == ["实际完成的绩效目标值", "本阶段应完成的绩效目标值"]


def test_at_a_low_pace_the_pace_is_a_bar_and_no_line_is_drawn_twice(example: Monitoring) -> None:
    march = replace(example, project=replace(example.project, cutoff=date(2023, 3, 31)))
    (chart,) = charts_of(figures_of(march, get()))[FUNDS]
    assert chart.base is None and chart.categories[-1] == "序时进度 25.00%"
    assert 'majorUnit val="0.2' in chart_part(chart)


@given(
    sign=st.sampled_from(("≥", "≤", "", "=")),
    goal=st.integers(1, 400),
    done=st.integers(1, 800),
)
def test_a_hundred_percent_is_reached_and_less_is_not(sign: str, goal: int, done: int) -> None:
    stage, actual = read_target(f"{sign}{goal}件"), read_target(f"{done}件")
    value = attained(actual, stage, stage)
    assert value is not None
    assert (value >= 1) is is_met(actual, stage, stage, get().indicators)


def test_a_rule_set_names_the_lights_and_the_palette_colours_them() -> None:
    rules = replace(
        get(),
        lights=tuple(
            (light, LightStyle(name=f"{light.value}牌"))
            for light in (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE)
        ),
    )
    rows = tuple(
        Compared(
            level2="数量指标",
            name=f"指标{actual}",
            annual=read_target("≥100件"),
            actual=read_target(f"{actual}件"),
        )
        for actual in (10, 45, 400)
    )
    (chart,) = charts_of(figures_of(replace(project(0), compared=rows), rules))[INDICATORS]
    assert [(s.name, s.colour) for s in chart.series] == [
        ("达标程度红", "B3261E"),
        ("达标程度黄", "F2C200"),
        ("达标程度蓝", "17468F"),
    ]
    assert [c.rsplit(" ", 1)[1] for c in chart.categories] == ["红牌", "黄牌", "蓝牌"]


@pytest.mark.parametrize(("count", "drawings"), [(1, 1), (7, 1), (8, 2), (61, 9), (150, 8)])
def test_many_indicators_are_shared_out_over_several_charts(count: int, drawings: int) -> None:
    report = made(project(count), "{{ 图.指标 }}")
    shown = captions(report)
    assert len(shown) == drawings
    assert all(c.startswith("图1  ") for c in shown)
    root = etree.fromstring(parts(report)["word/document.xml"])
    heights = [int(e.get("cy")) / 36_000 for e in root.iter(f"{WP}extent")]
    assert all(30 <= h <= 201 for h in heights)
    points = [k for n in range(drawings) for k in cached(parts(report)[f"word/charts/chart{n + 1}.xml"])]
    assert len([k for k in points if k[0].startswith("达标程度")]) == count


def test_without_figures_the_chart_and_its_caption_and_number_vanish(example: Monitoring) -> None:
    nothing = replace(example, funding=(), spending=(), compared=())
    report = write_report(figures_of(nothing, get()), pages="none")
    assert captions(report) == []
    assert not any("chart" in name for name in parts(report))
    assert "图1" not in parts(report)["word/document.xml"].decode()
    only = made(replace(example, funding=()), "前{{ 图.资金 }}", "{{ 图.指标 }}", "见{{ 图.指标.编号 }}。")
    assert captions(only)[0].startswith("图1  各指标的达标程度")
    assert "见图1。" in "".join(etree.fromstring(parts(only)["word/document.xml"]).itertext())


def test_a_chart_may_stand_anywhere_in_the_body(example: Monitoring) -> None:
    report = made(example, "甲{{ 图.指标 }}乙{{ 图.资金 }}", "{{ 图.资金.编号 }}")
    root = etree.fromstring(parts(report)["word/document.xml"])
    told = ["".join(t.text or "" for t in p.iter(w("t"))) for p in root.iter(w("p"))]
    assert told[0] == "甲乙" and told[2].startswith("图1  各指标") and told[4].startswith("图2  资金")
    assert told[5] == "图2"
    assert [len(list(p.iter(f"{C}chart"))) for p in root.iter(w("p"))][:5] == [0, 1, 0, 1, 0]


def test_a_number_without_its_chart_is_refused(example: Monitoring) -> None:
    with pytest.raises(UserError, match=r"写了 图.资金.编号，却没有放 图.资金"):
        made(example, "见{{ 图.资金.编号 }}")


def test_the_alternative_text_tells_the_figures(example: Monitoring) -> None:
    root = etree.fromstring(parts(made(example, "{{ 图.资金 }}"))["word/document.xml"])
    shape, picture = root.iter(f"{WP}docPr")
    assert shape.get("descr") == picture.get("descr")
    assert "支出 43816.1元 87.63% 绿灯" in shape.get("descr")


def test_the_same_report_has_the_same_bytes(example: Monitoring) -> None:
    assert write_report(figures_of(example, get()), pages="none") == write_report(
        figures_of(example, get()), pages="none"
    )


@needs_validator
def test_the_charts_are_valid_and_so_are_their_workbooks(tmp_path: Path) -> None:
    path, book = tmp_path / "r.docx", tmp_path / "b.xlsx"
    path.write_bytes(write_report(figures_of(project(45, funds=7), get()), pages="estimate"))
    assert validate(path) == []
    for charts in charts_of(figures_of(project(3), get())).values():
        book.write_bytes(chart_workbook(charts[0]))
        assert validate(book) == []


def test_a_name_of_code_stays_a_name_in_the_embedded_workbook() -> None:
    name = "=1+1 _x0041_ <&> {{ 7*7 }}"
    row = Compared(name=name, annual=read_target("10件"), actual=read_target("5件"))
    (chart,) = charts_of(figures_of(Monitoring(compared=(row,)), get()))[INDICATORS]
    cell = openpyxl.load_workbook(io.BytesIO(chart_workbook(chart))).active["A2"]
    assert cell.data_type == "s"
    assert (
        cell.value == name.replace("_x0041_", "_x005F_x0041_") + " 50% 红灯"
    )  # openpyxl does not decode it, Excel does


def pixels(path: Path, colour: str) -> int:
    """PDF 各页上这种颜色的点有多少。"""
    import subprocess

    raw = subprocess.run(["pdftoppm", "-r", "40", str(path)], capture_output=True, check=True).stdout
    wanted, count, at = bytes.fromhex(colour), 0, 0
    while at < len(raw):
        fields = raw[at : at + 40].split(b"\n", 3)
        wide, high = map(int, fields[1].split())
        start = at + sum(len(f) + 1 for f in fields[:3])
        at = start + 3 * wide * high
        count += sum(raw[i : i + 3] == wanted for i in range(start, at, 3))
    return count


@needs_office
def test_libreoffice_draws_the_lights_in_their_colours(tmp_path: Path) -> None:
    rules = get()
    monitoring = project(12, seed=4)
    (chart, *_) = charts_of(figures_of(monitoring, rules))[INDICATORS]
    path = tmp_path / "图.docx"
    path.write_bytes(made(monitoring, "{{ 图.资金 }}", "{{ 图.指标 }}"))
    pdf = convert(path, "pdf", tmp_path)
    assert len(chart.series) >= 2
    for series in (*chart.series, *charts_of(figures_of(monitoring, rules))[FUNDS][0].series):
        assert pixels(pdf, series.colour) > 20, series


def test_the_estimated_page_numbers_know_the_height_of_a_chart(example: Monitoring) -> None:
    from perfmon_xl.report.pages.paginate import estimated_pages

    heading = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'

    def page_after(*paragraphs: str) -> int:
        template = load_template(TEMPLATE)
        report = parts(made(example, *paragraphs, "结论"))["word/document.xml"]
        report = report.replace(
            b"<w:p><w:r><w:t>" + "结论".encode(), f"<w:p>{heading}<w:r><w:t>结论".encode()
        )
        pages = estimated_pages(template, report.decode())
        assert pages is not None
        return pages[-1]

    assert page_after("{{ 图.资金 }}") == 1
    assert page_after(*["{{ 图.资金 }}"] * 6) == 2  # 32 mm and a caption each; a page has 225 mm
    assert isinstance(charts_of(figures_of(example, get()))[FUNDS][0], Chart)
