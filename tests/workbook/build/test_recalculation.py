"""Every computed cell of a workbook: LibreOffice's result, Gnumeric's, Python's, and the stored one are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import cycle
from pathlib import Path

import openpyxl
import pytest
from support.gnumeric import needs_gnumeric, recalculated_by_gnumeric
from support.office import office_marks, recalculated
from support.projects import project
from support.spellings import READ_BY_PROGRAM, SPELLINGS

from perfmon_xl.cli import main
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.grades import with_grades
from perfmon_xl.domain.model import Adjusted, Compared, Monitoring, Project
from perfmon_xl.domain.target import read_target
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.policy import get, load_all
from perfmon_xl.workbook.build.defaults import with_defaults
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.computed import compute_book
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.findings import levels
from perfmon_xl.workbook.read import read

Recalculate = Callable[[Path], dict[str, list[list[float | str]]]]
engines = pytest.mark.parametrize(
    "recalculate",
    [
        pytest.param(recalculated, id="LibreOffice", marks=office_marks()),
        pytest.param(recalculated_by_gnumeric, id="Gnumeric", marks=[needs_gnumeric, pytest.mark.slow]),
    ],
)


def last(*names: str) -> list[object]:
    """最后那百分之几：同一条路，换一套规则。"""
    return [pytest.param(name, marks=pytest.mark.long) for name in sorted(names)]


def _same(got: object, want: Decimal | str) -> bool:
    if isinstance(want, Decimal):
        return isinstance(got, int | float | Decimal) and abs(float(got) - float(want)) <= 1e-9 * max(
            1, abs(float(want))
        )
    return got == want


def _differences(path: Path, monitoring: Monitoring, recalculate: Recalculate) -> tuple[int, list[object]]:
    monitoring = with_defaults(monitoring)
    book, sheets = PackageBook.open(path), recalculate(path)
    computed = compute_book(figures_of(monitoring, get(monitoring.project.rule_set)), levels(read(book)))
    pairs = [(book.named()[name], want) for name, want in computed.cells.items()]
    for _, table in layout.tables():
        for index, row in enumerate(book.tables()[table.name].rows):
            values = computed.row(table.name, index)
            pairs += [
                (cell, values[c.field]) for c, cell in zip(table.columns, row, strict=True) if c.computed
            ]
    wrong: list[object] = []
    for cell, want in pairs:
        shown = sheets[cell.ref.sheet][cell.ref.row - 1][cell.ref.column - 1]
        if not _same(shown, want):
            wrong.append(("calculated", str(cell.ref), shown, want))
        if not _same("" if cell.value is None and cell.formula is None else cell.value, want):
            wrong.append(("stored", str(cell.ref), cell.value, want))
    return len(pairs), wrong


def _spelled(rule_set: str) -> Monitoring:
    """表4 里把各种写法当目标、阶段、实际，错开搭配。"""
    kinds = cycle(
        ("数量指标", "质量指标", "时效指标", "经济成本", "社会效益", "满意度", "别的", "", "可持续影响指标")
    )
    levels = cycle(("产出指标", "成本指标", "效益指标", "产出指标", ""))
    names = cycle(("指标", "事故起数", "投诉处理率", "办理时间", "服务人次", "保障 面积", "平均成本"))
    spellings = (*SPELLINGS, *READ_BY_PROGRAM)
    count = len(spellings)
    rows = tuple(
        Compared(
            level1=next(levels),
            level2=next(kinds),
            name=f"{next(names)}{index}",
            annual=read_target(text),
            stage=read_target(spellings[(index * 7 + 3) % count] if index % 3 else text),
            actual=read_target(spellings[(index * 11 + 5) % count] if index % 2 else text.lstrip("≥≤>=<")),
            previous=read_target(spellings[(index * 5 + 1) % count] if index % 4 else text.lstrip("≥≤>=<")),
        )
        for index, text in enumerate(spellings)
    )
    one = project(3)
    return replace(one, compared=rows, project=replace(one.project, rule_set=rule_set))


@engines
@pytest.mark.parametrize("rule_set", ["通用", *last("平台通用", "山西")])
def test_every_computed_cell_agrees_over_all_spellings(
    rule_set: str, recalculate: Recalculate, tmp_path: Path
) -> None:
    path = tmp_path / "spelled.xlsx"
    path.write_bytes(build(_spelled(rule_set)))
    count, wrong = _differences(path, _spelled(rule_set), recalculate)
    assert count > 10_000
    assert wrong == []


_JUDGED = (
    # level1, level2, name, explanation, annual, stage, actual
    ("成本指标", "经济成本指标", "项目总成本", "", "20万元", "20万元", "26万元"),
    ("产出指标", "成本指标", "单价", "", "3万元/个", "3万元/个", "3.4万元/个"),
    ("成本指标", "经济成本指标", "合规率", "", "100%", "100%", "97%"),
    ("成本指标", "经济成本指标", "项目总成本", "", "≤20万元", "≤25万元", "22万元"),
    ("效益指标", "社会效益指标", "安全事故起数", "", "0起", "0起", "1起"),
    ("效益指标", "社会效益指标", "安全事故起数", "", "0起", "0起", "未发生"),
    ("满意度指标", "满意度", "满意度", "", "≥90%", "≥90%", "60%"),
    ("产出指标", "质量指标", "合格率", "", "=100%", "=100%", "70%"),
    ("产出指标", "质量指标", "合格率", "", "=100%", "=100%", "50%"),
    ("产出指标", "质量指标", "合格率", "", "≥95%", "", "96.3%"),
    ("产出指标", "数量指标", "面积", "", "800-1000平方米", "400-600平方米", "520平方米"),
    ("产出指标", "数量指标", "面积", "", "800-1000平方米", "400-600平方米", "350平方米"),
    ("产出指标", "数量指标", "面积", "", "800-1000平方米", "400-600平方米", "1200㎡"),
    ("产出指标", "数量指标", "建设数", "", "≥20个", "≥10个", "9个"),
    ("产出指标", "数量指标", "建设数", "", "≥20个", "≥10个", "6"),
    ("产出指标", "数量指标", "建设数", "", "≥20个", "≥4个", "5个"),
    ("产出指标", "数量指标", "建设数", "", "≥20个", "", "12个"),
    ("产出指标", "数量指标", "建设数", "", "≥20个", "", "9.5个"),
    ("产出指标", "数量指标", "建设数", "", "≥20个", "", "9个"),
    ("产出指标", "数量指标", "建设数", "", "≥20个", "", "16个"),
    ("产出指标", "时效指标", "办结时间", "", "5天", "", "6天"),
    ("产出指标", "时效指标", "完工", "", "4月底前", "4月底前", "2024年5月10日"),
    ("产出指标", "时效指标", "完工", "", "4月底前", "4月底前", "4月22日"),
    ("产出指标", "时效指标", "完工", "", "4月底前", "", "4月下旬"),
    ("产出指标", "时效指标", "完工", "", "4月25日前", "", "4月下旬"),
    ("产出指标", "时效指标", "完工", "", "11月底前", "", "未完成"),
    ("产出指标", "时效指标", "完工", "", "11月底前", "", ""),
    ("产出指标", "时效指标", "完工", "", "11月底前", "", "10月1日"),
    ("产出指标", "时效指标", "完工", "", "4月底前", "", "未完成"),
    ("产出指标", "时效指标", "完工", "", "4月底前", "", "已完成"),
    ("产出指标", "时效指标", "完工", "", "4月底前", "", "9月1日"),
    ("产出指标", "时效指标", "完工", "", "第二季度末", "年底前", "2024.5"),
    ("产出指标", "时效指标", "完工", "", "13月", "2月30日", "2月1日"),
    ("效益指标", "社会效益指标", "服务能力", "按好、一般、差三档评定", "好", "好", "好"),
    ("效益指标", "社会效益指标", "服务能力", "按好、一般、差三档评定", "好", "好", "一般"),
    ("效益指标", "社会效益指标", "服务能力", "按好、一般、差三档评定", "一般", "", "一般"),
    ("效益指标", "社会效益指标", "服务能力", "按好、一般、差三档评定", "好", "", "差"),
    ("效益指标", "社会效益指标", "服务能力", "按好、一般、差三档评定", "好", "", "达成"),
    ("产出指标", "质量指标", "测评结果", "分通过、不通过两档", "通过", "通过", "不通过"),
    ("效益指标", "社会效益指标", "服务能力", "", "提升", "提升", "部分达成"),
    ("效益指标", "社会效益指标", "建立制度", "", "是", "是", "否"),
    ("效益指标", "社会效益指标", "建立制度", "", "否", "", "是"),
    ("产出指标", "质量指标", "测评结果", "", "通过", "", "未通过"),
)


def _judged(rule_set: str, year: str) -> Monitoring:
    adjusted = tuple(
        Adjusted(level1=one, level2=two, name=f"{name}{n}", target=read_target(annual), explanation=told)
        for n, (one, two, name, told, annual, _, _) in enumerate(_JUDGED)
    )
    compared = tuple(
        Compared(
            level1=one,
            level2=two,
            name=f"{name}{n}",
            annual=read_target(annual),
            stage=read_target(stage),
            actual=read_target(actual),
        )
        for n, (one, two, name, _, annual, stage, actual) in enumerate(_JUDGED)
    )
    about = Project(name="甲", year=year, cutoff=date(2024, 6, 30), rule_set=rule_set)
    return Monitoring(project=about, adjusted=adjusted, compared=compared)


@engines
@pytest.mark.parametrize(("rule_set", "year"), [("通用", "2024年"), ("平台通用", ""), ("通用", "2023")])
def test_every_judgement_agrees(rule_set: str, year: str, recalculate: Recalculate, tmp_path: Path) -> None:
    path = tmp_path / "judged.xlsx"
    path.write_bytes(build(_judged(rule_set, year)))
    _, wrong = _differences(path, with_grades(_judged(rule_set, year)), recalculate)
    assert wrong == []


@engines
def test_every_computed_cell_of_the_example_agrees(demo_book: Path, recalculate: Recalculate) -> None:
    monitoring = read(PackageBook.open(demo_book)).monitoring
    count, wrong = _differences(demo_book, monitoring, recalculate)
    assert count > 1000
    assert wrong == []


def _stale(path: Path, recalculate: Recalculate) -> list[tuple[str, str, object, object]]:
    """存着的结果同重算的不一样的公式，不管归不归我们算：表、格、存着的、重算的。"""
    sheets = recalculate(path)
    formulas, stored = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    wrong = []
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                kept = stored[sheet.title][cell.coordinate].value
                kept = "" if kept is None else kept
                shown = sheets[sheet.title][cell.row - 1][cell.column - 1]
                if not _same(shown, Decimal(str(kept)) if isinstance(kept, int | float) else kept):
                    wrong.append((sheet.title, cell.coordinate, kept, shown))
    return wrong


@engines
@pytest.mark.parametrize("template", ["monitoring.xlsx", "example.xlsx"])
def test_nothing_stored_in_a_template_is_stale(template: str, recalculate: Recalculate) -> None:
    assert _stale(Path(__file__).parents[3] / "xlsx_templates" / template, recalculate) == []


@engines
def test_nothing_stored_is_stale_after_filling_and_checking(tmp_path: Path, recalculate: Recalculate) -> None:
    """表1 填了几行、别的空着；填充、检查写进去以后，提示、状态、链接也都跟着走了。"""
    declared = project(3)
    path = tmp_path / "项目.xlsx"
    path.write_bytes(
        build(replace(declared, compared=(), adjusted=(), overall=(), analyses=(), fund_notes=()))
    )
    assert main(["fill", str(path)]) == 0
    main(["check", str(path), "--write"])
    assert _stale(path, recalculate) == []


@engines
@pytest.mark.parametrize("name", ["通用", "平台通用", *last(*(set(load_all()) - {"通用", "平台通用"}))])
def test_every_rule_set_lights_alike(name: str, recalculate: Recalculate, tmp_path: Path) -> None:
    monitoring = project(12, seed=len(name))
    monitoring = replace(monitoring, project=replace(monitoring.project, rule_set=name))
    path = tmp_path / "rules.xlsx"
    path.write_bytes(build(monitoring))
    assert _differences(path, monitoring, recalculate)[1] == []


@engines
@pytest.mark.parametrize("kind", ["绩效自评", "绩效目标申报", *last("预算系统导出", "部门整体监控")])
def test_what_is_missing_depends_on_the_kind_of_document(
    kind: str, recalculate: Recalculate, tmp_path: Path
) -> None:
    one = project(4)
    first, *rest = one.compared
    bare = replace(first, stage=read_target(""), likelihood="", actual=read_target(""))
    funding = (replace(one.funding[0], spent=None), *one.funding[1:])
    asked = replace(
        one,
        project=replace(one.project, kind=kind, cutoff=None, monitor="", start=None, report_date=None),
        compared=(bare, replace(rest[0], stage=read_target(""), likelihood=""), *rest[1:]),
        funding=funding,
    )
    path = tmp_path / "种类.xlsx"
    path.write_bytes(build(asked))
    _, wrong = _differences(path, asked, recalculate)
    assert wrong == []
    computed = compute_book(figures_of(with_defaults(asked), get("")))
    todo = [computed.row("目标对比表", n)["todo"] for n in range(2)]
    assert (
        todo
        == {
            "绩效自评": ["填实际值", "✓"],
            "绩效目标申报": ["✓", "✓"],
            "预算系统导出": ["填实际值", "选可能性"],
            "部门整体监控": ["填实际值", "填阶段值"],
        }[kind]
    ), "what the paper has no place for is not asked"
    assert (computed.row("资金表", 0)["todo"] == "✓") is (kind == "绩效目标申报")
    missing = computed.cells["还差_项目信息"]
    assert missing == {"绩效自评": 0, "绩效目标申报": 0, "预算系统导出": 4, "部门整体监控": 3}[kind]
