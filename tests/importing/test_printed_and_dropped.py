"""What a form prints and the workbook has no place for: read once, held against the rest, said where it does not fit."""

from __future__ import annotations

import io

import openpyxl
import pytest

from perfmon_xl.app.unstored import with_unstored_misfits
from perfmon_xl.importing.foreign import read_pages
from perfmon_xl.importing.mapping import ColumnMap
from perfmon_xl.importing.sheets import sheet_grids
from perfmon_xl.workbook.file.book import PackageBook


def _misfits(*rows: list[str], money: str = "万元") -> list[str]:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                page.cell(number, column, text).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    read = read_pages(sheet_grids(PackageBook.from_bytes(out.getvalue())), "表.xlsx", ColumnMap(), money)
    return [str(m) for m in with_unstored_misfits(read.imported[0]).misfits]


_TITLE = ["助餐服务项目支出绩效运行监控表（2025年1-9月）"]
_NAME = ["项目名称", "助餐服务", "主管部门", "镜湖区民政局"]
_HEAD = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"]
_POINTS = ["产出指标", "数量指标", "新建助餐点个数", "≥24个", "18个"]
_MEALS = ["产出指标", "数量指标", "助餐服务人次", "≥36万人次", "27.9万人次"]
_RATE = ["产出指标", "质量指标", "食品留样合格率", "=100%", "100%"]


def _with_note(label: str, text: str) -> list[str]:
    return _misfits(_TITLE, _NAME, _HEAD, _POINTS, _MEALS, _RATE, [label, text])


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("情况说明", "前三季度新建助餐点18个，已完成全年任务的80%。"),
        ("情况说明", "1至9月新建助餐点20个，运行平稳。"),
        ("其他需要说明的问题", "食品留样合格率95%，其余正常。"),
        ("完成情况", "建成助餐点12个，服务27.9万人次。"),
        ("情况说明", "年初有助餐点30个，本年新建18个，现有52个。"),
    ],
)
def test_a_sentence_without_a_place_that_does_not_fit(label: str, text: str) -> None:
    assert any("对不上" in m for m in _with_note(label, text)), text


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("情况说明", "前三季度新建助餐点18个，已完成全年任务的75%。"),
        ("情况说明", "食品留样合格率100%，其余正常。"),
        ("完成情况", "建成助餐点18个，服务27.9万人次。"),
        ("情况说明", "年初有助餐点30个，本年新建18个，现有48个。"),
        ("情况说明", "其中城区新建助餐点12个，9月餐费10月结算。"),
        ("情况说明", "2024年新建助餐点15个，项目推进顺利。"),
    ],
)
def test_a_sentence_without_a_place_that_fits(label: str, text: str) -> None:
    assert not _with_note(label, text), text


_QUARTERS = [*_HEAD[:4], "第一季度", "第二季度", "第三季度", "1-9月累计完成值", "第三季度较第二季度"]


def _quarters(*texts: str, target: str = "≥36万人次") -> list[str]:
    row = ["产出指标", "数量指标", "助餐服务人次", target, *texts]
    return _misfits(
        _TITLE, _NAME, _QUARTERS, row, ["产出指标", "质量指标", "留样合格率", "=100%", "", "", "", "100%", ""]
    )


@pytest.mark.parametrize(
    "texts",
    [
        ("8.2", "9.6", "10.1", "27.9万人次", "减少0.5万人次"),
        ("8.2", "9.6", "10.1", "27.9万人次", "持平"),
        ("8.2", "9.6", "10.1", "27.9万人次", "增加1.5"),
        ("8.2", "9.6", "10.1", "27.9万人次", "增长15.2%"),
        ("8.2", "9.6", "10.1", "28.9万人次", "增加0.5万人次"),
        ("8.2", "9.6", "9.0", "26.8万人次", "+0.6"),
    ],
)
def test_quarters_that_do_not_fit(texts: tuple[str, ...]) -> None:
    assert _quarters(*texts), texts


@pytest.mark.parametrize(
    "texts",
    [
        ("8.2", "9.6", "10.1", "27.9万人次", "增加0.5万人次"),
        ("8.2", "9.6", "9.6", "27.4万人次", "持平"),
        ("8.2", "9.6", "9.0", "26.8万人次", "-0.6"),
        ("8.2", "9.6", "10.1", "27.9万人次", "增长5.2%"),
        ("8.2", "17.8", "27.9", "27.9万人次", "增加10.1"),  # each is the sum until then
        ("/", "9.6", "10.1", "27.9万人次", "/"),
    ],
)
def test_quarters_that_fit(texts: tuple[str, ...]) -> None:
    assert not _quarters(*texts), texts


_DECLARED = ["一级指标", "二级指标", "三级指标", "计量单位", "2025年实际完成", "2026年目标值", "指标值说明"]


def _declared(before: str, target: str, note: str, unit: str = "株") -> list[str]:
    return _misfits(
        ["部门项目绩效目标申报表"],
        ["项目名称", "绿地管护", "主管部门", "玉泉市园林绿化局"],
        _DECLARED,
        ["产出指标", "数量指标", "补植苗木数量", unit, before, target, note],
        ["产出指标", "质量指标", "苗木成活率", "%", "94", "≥95", "比2025年提高1个百分点"],
    )


@pytest.mark.parametrize(
    ("before", "target", "note"),
    [
        ("10500", "≥12000", "比2025年增加2,500株"),
        ("10500", "≥12000", "较2025年减少1500株"),
        ("10500", "≥12000", "与2025年持平，比2025年持平"),
        ("10500", "≥12000", "比2025年实际增长20%"),
    ],
)
def test_a_note_on_last_year_that_does_not_fit(before: str, target: str, note: str) -> None:
    assert _declared(before, target, note), note


@pytest.mark.parametrize(
    ("before", "target", "note"),
    [
        ("10500", "≥12000", "比2025年增加1,500株"),
        ("10500", "≥10000", "较2025年减少500株"),
        ("10000", "≥12000", "比2025年实际增长20%"),
        ("10500", "≥12000", "2025年为抽样数，目标按规划确定"),
        ("", "≥12000", "比2025年增加2,500株"),
    ],
)
def test_a_note_on_last_year_that_fits(before: str, target: str, note: str) -> None:
    assert not _declared(before, target, note), note


def _reckoned(head: list[str], *lines: list[str]) -> list[str]:
    return _misfits(
        ["绿地管护支出测算"], ["项目名称", "绿地管护"], head, *lines, _HEAD[:4], _POINTS[:4], _RATE[:4]
    )


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        (["内容", "计算过程", "金额"], [["病虫害防治", "1,600亩×300元/亩", "64.00"]]),
        (["内容", "测算依据", "金额（元）"], [["宣传", "20场×5000元/场", "10000"]]),
        (["内容", "数量", "单价（元）", "金额（元）"], [["苗木", "1200", "80", "69000"]]),
        (
            ["内容", "计算过程", "金额"],
            [
                ["防治", "1,600亩×300元/亩", "48.00"],
                ["补植", "12000株×80元/株", "96.00"],
                ["合计", "", "154.00"],
            ],
        ),
    ],
)
def test_a_calculation_that_does_not_come_out(head: list[str], lines: list[list[str]]) -> None:
    assert any("对不上" in m for m in _reckoned(head, *lines)), lines


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        (["内容", "计算过程", "金额"], [["病虫害防治", "1,600亩×300元/亩", "48.00"]]),
        (["内容", "测算依据", "金额（元）"], [["宣传", "20场×5000元/场", "100000"]]),
        (["内容", "数量", "单价（元）", "金额（元）"], [["苗木", "1200", "80", "96000"]]),
        (["内容", "计算过程", "金额"], [["其他", "按上年决算", "12.00"]]),
        (
            ["内容", "计算过程", "金额"],
            [
                ["防治", "1,600亩×300元/亩", "48.00"],
                ["补植", "12000株×80元/株", "96.00"],
                ["合计", "", "144.00"],
            ],
        ),
    ],
)
def test_a_calculation_that_comes_out(head: list[str], lines: list[list[str]]) -> None:
    assert not _reckoned(head, *lines), lines


def test_the_completion_and_the_remark_of_an_export() -> None:
    head = [
        "序号",
        "项目名称",
        "指标类别",
        "指标名称",
        "指标符号",
        "指标值",
        "计量单位",
        "截至10月完成值",
        "完成率",
        "说明",
    ]
    rate = ["1", "客运补贴", "产出指标/数量指标", "客运班次", "≥", "60000", "班次", "51000", "58.00%", ""]
    told = [
        "2",
        "客运补贴",
        "产出指标/数量指标",
        "运营线路",
        "≥",
        "84",
        "条",
        "86",
        "102.38%",
        "现有86条，为全年目标的120%。",
    ]
    good = [
        "3",
        "客运补贴",
        "满意度指标/服务对象满意度指标",
        "乘客满意度",
        "≥",
        "88",
        "%",
        "90",
        "",
        "450份满意，有效问卷500份",
    ]
    found = _misfits(["绩效监控数据导出"], head, rate, told, good)
    assert len(found) == 2 and "85%" in found[0] and "120%" in found[1], found
