"""Columns as wide as their words, pages without holes, a page across for what does not fit upright."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.office import needs_validator, validate
from support.projects import project

from perfmon_xl import app
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.target import read_target
from perfmon_xl.policy import get
from perfmon_xl.report.make_report import write_report
from perfmon_xl.report.pages.blocks import (
    HEIGHT,
    PageCell,
    PageParagraph,
    PageRow,
    PageTable,
    blocks,
    table_of,
)
from perfmon_xl.report.pages.fit_end import Ending, best_ending, harm, with_ending
from perfmon_xl.report.pages.fit_tables import LINES, balanced, needs_of, word
from perfmon_xl.report.pages.paginate import LineStyle, MeasuredBlock, blocks_and_measures, lines_of, placed
from perfmon_xl.report.template.compiled import DOCUMENT, CompiledTemplate, load_template
from perfmon_xl.system.resources import folder
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read


@pytest.fixture(scope="module")
def template() -> CompiledTemplate:
    return load_template(folder("report_templates") / "monitoring_report.docx")


def document_of(one: Monitoring, *, draft: bool = True) -> str:
    data = write_report(figures_of(one, get()), draft=draft)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(DOCUMENT).decode()


def tables(xml: str) -> list[PageTable]:
    return [table_of(text) for text in re.findall(r"<w:tbl>.*?</w:tbl>", xml, re.S)]


def explained(one: Monitoring, text: str) -> Monitoring:
    first, *rest = one.adjusted
    return replace(one, adjusted=(replace(first, explanation=text), *rest))


def valued(one: Monitoring, text: str) -> Monitoring:
    first, *rest = one.compared
    target = read_target(text)
    return replace(
        one,
        compared=(replace(first, annual=target, stage=target, actual=read_target(text.lstrip("≥"))), *rest),
    )


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("数量指标", 4),
        ("满意度指标", 5),  # five: not four and one alone
        ("经济成本指标", 3),  # six break into three and three
        ("≥120件", 3.75),  # a sign, three digits, a quarter, a unit
        ("1234567.89平方米", 8.25),
        ("累计举办培训班的场次和人次", 4),
        ("完成 2024年 任务", 4),
    ],
)
def test_what_must_not_break(text: str, wide: float) -> None:
    assert word(text) == wide


@pytest.mark.parametrize("text", ["≥43.81617万元", "≥1234567.89平方米", "100%"])
def test_values_stand_on_one_line_in_table_4(text: str, template: CompiledTemplate) -> None:
    found = tables(document_of(valued(project(6), text)))[3]
    size = 9 if found.padding and found.padding < 10 else 10.5
    assert sum(found.widths) <= 156.1 * 56.6929
    needs = needs_of(found, size)
    assert all(need <= width + 1 for need, width in zip(needs, found.widths, strict=True))


def test_widths_that_do_are_left_alone(template: CompiledTemplate) -> None:
    own = tables(template.sources[DOCUMENT])
    made = tables(document_of(project(3)))
    assert [t.widths for t in made[:2]] == [t.widths for t in own[:2]]


def test_a_column_that_nobody_filled_gives_its_room_away(template: CompiledTemplate) -> None:
    first, *rest = project(3).adjusted
    long = replace(first, name="重建和维修渠系建筑物数量（含涵洞、分水闸、跌水和生产桥）", explanation="")
    blank = replace(project(3), adjusted=(long, *(replace(one, explanation="") for one in rest)))
    name, explanation, tracked = (tables(document_of(blank))[2].widths[n] for n in (2, 5, 7))
    own = tables(template.sources[DOCUMENT])[2].widths
    assert name > own[2] and explanation < own[5] and tracked < 600  # 是否 over 跟踪: two and two


def test_a_table_over_two_pages_says_its_levels_again() -> None:
    xml = document_of(project(40))
    table = re.findall(r"<w:tbl>.*?</w:tbl>", xml, re.S)[-2]  # 表4; then the annex
    levels = [
        "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", cell))
        for cell in re.findall(r"<w:tr>.*?</w:tc>", table, re.S)
        if "<w:tblHeader/>" not in cell
    ]
    said = [one for one in levels if one]
    again = [one for one, before in zip(said[1:], said, strict=False) if one == before]
    assert again, "no level is said a second time"
    assert table.count("_pm_") and '<w:vMerge w:val="continue"/>' in table


@pytest.mark.slow
def test_the_annex_of_the_example_takes_two_pages(demo_folder: Path, template: CompiledTemplate) -> None:
    [report] = demo_folder.glob("*报告.docx")
    with zipfile.ZipFile(report) as package:
        xml = package.read(DOCUMENT).decode()
    measures = blocks_and_measures(template, xml)[1]
    places = list(placed(measures))
    [annex] = [n for n, one in enumerate(measures) if one.opens and n]
    assert places[-1].end - places[annex].page <= 1
    assert xml.count("改法同上。") >= 3


@pytest.mark.parametrize("size", [3, 12])
def test_a_table_on_one_page_says_each_level_once(size: int) -> None:
    xml = document_of(project(size), draft=False)
    for table in re.findall(r"<w:tbl>.*?</w:tbl>", xml, re.S)[:1]:
        said = [
            text
            for row in re.findall(r"<w:tr>.*?</w:tc>", table, re.S)
            if (text := "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", row)))
        ]
        assert len(said) == len(set(said))


def test_a_long_explanation_takes_room_from_the_others_before_it_takes_a_page(
    template: CompiledTemplate,
) -> None:
    text = "考察本年度项目实施范围内各乡镇完成的场次，按签到册、照片和验收单逐场核对，同一天的算一场。" * 2
    xml = document_of(explained(project(6), text))
    assert "landscape" not in xml
    third = tables(xml)[2]
    counts = [
        lines_of(t, third.widths[5] / 20 - (third.padding or 0), 9)
        for row in third.rows
        for t in row.cells[5].texts
    ]
    assert max(counts) <= LINES


def test_what_does_not_fit_upright_gets_a_page_across(template: CompiledTemplate) -> None:
    xml = document_of(explained(project(6), "按签到册、照片和验收单逐场核对。" * 16))
    sections = re.findall(r"<w:sectPr\b.*?</w:sectPr>", xml, re.S)
    assert [("landscape" in s, 'w:start="1"' in s) for s in sections] == [
        (False, False),  # cover and contents
        (False, True),  # the body begins to count
        (True, False),
        (False, False),
    ]
    assert xml.index("表3  ") > xml.index(sections[1]) and xml.index("<w:t>三、项目资金投入情况") > xml.index(
        sections[2]
    )
    body = blocks(xml, template.sources[DOCUMENT])
    assert [round(b.height / 2.8346) for b in body if hasattr(b, "height")] == [156, 225]
    assert xml.index("_Toc97999999") < xml.index("一、项目基本情况</w:t></w:r><w:bookmarkEnd")


@needs_validator
def test_a_page_across_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "宽.docx"
    path.write_bytes(write_report(figures_of(explained(project(6), "逐场核对。" * 60), get()), draft=True))
    assert validate(path) == []


def test_a_table_of_few_columns_never_asks_for_a_page() -> None:
    rows = [PageRow(False, [PageCell(1, [text]) for text in ("甲", "很长的说明。" * 60, "乙")])]
    table = PageTable([2000.0, 4000.0, 2800.0], rows, "", None)
    assert balanced(table, 8800, 10.5, lines_of) == table.widths


def test_a_line_that_a_person_broke_takes_no_room() -> None:
    """表头里自己换了行的，再宽也是两行：多出来的宽给别的栏，不给它。"""
    texts = (
        ("项目名称", "预算\n执行率", *["支出数"] * 5),
        ("2024年非物质文化遗产传承保护项目", "78.27%", *["203.50"] * 5),
    )
    head, body = (PageRow(n == 0, [PageCell(1, [t]) for t in row]) for n, row in enumerate(texts))
    table = PageTable([2721.0, 963.0, *[1134.0] * 5], [head, body], "", None)
    widths = balanced(table, 8843, 9, lines_of)
    assert widths is not None and widths[1] < 1.3 * widths[2]


def holes(template: CompiledTemplate, xml: str) -> Iterator[float]:
    """各页写到几成；封面、目录、末页、附件、表横放的前后不算。"""
    _, measures = blocks_and_measures(template, xml)
    places = list(placed(measures))
    body = next((n for n, m in enumerate(measures) if m.opens and n), len(measures))
    for before, after, measure in zip(places[: body - 1], places[1:body], measures[1:body], strict=True):
        if after.page > before.end and not measure.height:
            yield before.bottom / HEIGHT


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 8, 11, 16, 23, 31, 45, 60])
def test_no_page_is_more_than_a_third_empty(size: int, template: CompiledTemplate) -> None:
    for seed in (1, 2):
        xml = document_of(project(size, seed=seed, funds=size % 5 + 1))
        assert min(holes(template, xml), default=1.0) >= 2 / 3 - 0.001


def test_charts_keep_most_of_their_height() -> None:
    for size in (3, 8, 20):
        xml = document_of(project(size, funds=2))
        for text in re.findall(r'<wp:extent cx="\d+" cy="(\d+)"/>', xml):
            assert int(text) / 36_000 >= 32 * 0.7


def test_the_paragraph_after_the_last_table_is_too_thin_for_a_page_of_its_own() -> None:
    checked = app.check_reading(read(PackageBook.from_bytes(build(project(3)))))
    data = write_report(checked.figures, draft=True, matters=checked.unsolved)  # the annex is the last table
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read(DOCUMENT).decode()
    end = xml[xml.rfind("</w:tbl>") :]
    assert end.count("<w:p>") == 1 and 'w:line="20" w:lineRule="exact"' in end


def ends(
    lines: int, *, last: int = 4, chart: float = 40.0
) -> tuple[list[PageParagraph], list[MeasuredBlock]]:
    """一份只有正文的报告：一幅图，lines 行的几段，跟着落款走的末一段，空一行，单位和日期。"""
    plain = LineStyle(16, 28, 32, 0, 0, False, "正文段")
    kept = replace(plain, keep=True)
    blocks = [PageParagraph("", "", int(chart * 36_000)), PageParagraph("", "图1", 0)]
    measures = [MeasuredBlock(replace(plain, pitch=chart * 2.8346, keep=True), 1), MeasuredBlock(plain, 1)]
    for number in range(lines):
        blocks.append(PageParagraph("", f"第{number}段", 0))
        measures.append(MeasuredBlock(plain, 1))
    for text, count, style in (("建议", last, kept), ("", 1, kept), ("某单位", 1, kept), ("日期", 1, plain)):
        blocks.append(PageParagraph("", text, 0))
        measures.append(MeasuredBlock(style, count))
    return blocks, measures


def end_of(measures: list[MeasuredBlock], start: float = 0.0) -> tuple[float, float]:
    """末页写到几成，它前面一页写到几成（只有一页的算满）。"""
    places = list(placed(measures, start))
    last = places[-1]
    before = [p for p in places if p.end < last.end]
    return last.bottom / HEIGHT, before[-1].bottom / HEIGHT if before else 1.0


def test_an_end_that_holds_is_left_alone() -> None:
    blocks, measures = ends(60)
    assert min(end_of(measures)) > 0.3 and best_ending(blocks, measures) == Ending()


@pytest.mark.parametrize("lines", range(4, 40))
def test_the_end_found_is_never_worse_and_mends_what_can_be(lines: int) -> None:
    blocks, measures = ends(lines)
    ending = best_ending(blocks, measures)
    was, now = harm(measures), harm(with_ending(blocks, measures, ending))
    assert now <= was and (ending == Ending()) is (now == was)
    assert ending.blank in (-1, lines + 3) and ending.loose in (-1, lines + 2)


def test_a_line_more_or_less_does_not_leave_the_signature_alone() -> None:
    found = [ends(lines, last=2) for lines in range(4, 40)]
    bad = [(b, m) for b, m in found if any(end_of(m, k * 28.0)[0] < 0.25 for k in (-1, 0, 1))]
    assert bad, "a case is wanted"
    mended = [with_ending(b, m, best_ending(b, m)) for b, m in bad]

    def alone(found: list[list[MeasuredBlock]], shift: int) -> int:
        return sum(end_of(m, shift * 28.0)[0] < 0.25 for m in found)

    was, now = ([alone(found, k) for k in (-1, 0, 1)] for found in ([m for _, m in bad], mended))
    assert sum(now) < 0.7 * sum(was) and now[1] < was[1], (was, now)
