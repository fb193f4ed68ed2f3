"""A chart as DrawingML: the chart part, and the drawing that shows it in a paragraph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfmon_xl.layout.palette import FRAME as _FRAME
from perfmon_xl.layout.palette import GRID as _GRID
from perfmon_xl.layout.palette import INK as _INK
from perfmon_xl.ooxml.escaping import escape, quoted
from perfmon_xl.ooxml.names import (
    CHART,
    COMPATIBILITY,
    DRAWING,
    OFFICE_RELS,
    PICTURE,
    WORD_DRAWING,
    WORD_SHAPES,
)
from perfmon_xl.report.drawing.chart_sheet import SHEET, column_name, values_of
from perfmon_xl.report.drawing.charts import Chart, ChartSeries

_EMU_PER_MM = 36_000
_WORDS_AXIS, _NUMBERS_AXIS = 111_111_101, 111_111_102
_LONGEST_DESCRIPTION = 4000


def chart_part(chart: Chart) -> str:
    """word/charts 里的一个部分；数据在它的内嵌工作簿里，rId1。

    指标的图，各系列叠在同一条上，阶段目标是最上面的框：实心没到框边的是没有完成。Word 和 LibreOffice 画得一样。
    """
    numbers = values_of(chart)
    series = "".join(
        _series(chart, index, chart_series, numbers) for index, chart_series in enumerate(chart.series)
    )
    gap, overlap = (45, 100) if chart.overlaid else (60, 0)
    bars = (
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/>'
        f'<c:axId val="{_WORDS_AXIS}"/><c:axId val="{_NUMBERS_AXIS}"/></c:barChart>'
    )
    return (
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}" xmlns:r="{OFFICE_RELS}">'
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea><c:layout/>{bars}{_axes(chart)}</c:plotArea>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>{_line(_GRID)}</c:spPr>'
        f'{_text_style(900)}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


@dataclass(frozen=True, slots=True)
class DrawingIds:
    """一幅图用到的关系和编号：图、同样的图片各一个。"""

    chart: str
    picture: str
    number: int
    picture_number: int


def drawing(chart: Chart, ids: DrawingIds, name: str, *, width: float, height: float) -> str:
    """段落里的一个 w:r：图占 width×height 毫米，替代文字在 descr。

    不认得图表的程序显示同样的一张图片：懂得 Word 2010 的形状的（Word、WPS、LibreOffice）取图表，别的取后备的图片。
    """
    across, down = int(width * _EMU_PER_MM), int(height * _EMU_PER_MM)
    told = quoted(chart.description[:_LONGEST_DESCRIPTION])

    def inline(number: int, kind: str, content: str) -> str:
        return (
            f'<w:drawing><wp:inline xmlns:wp="{WORD_DRAWING}" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{across}" cy="{down}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f'<wp:docPr id="{number}" name={quoted(name)} descr={told}/><wp:cNvGraphicFramePr/>'
            f'<a:graphic xmlns:a="{DRAWING}"><a:graphicData uri="{kind}">{content}'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )

    drawn = f'<c:chart xmlns:c="{CHART}" xmlns:r="{OFFICE_RELS}" r:id="{ids.chart}"/>'
    picture = (
        f'<pic:pic xmlns:pic="{PICTURE}"><pic:nvPicPr><pic:cNvPr id="{ids.picture_number}" name={quoted(name)}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{OFFICE_RELS}" r:embed="{ids.picture}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return (
        f'<w:r><mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice xmlns:wps="{WORD_SHAPES}" Requires="wps">'
        f"{inline(ids.number, CHART, drawn)}</mc:Choice><mc:Fallback>"
        f"{inline(ids.picture_number, PICTURE, picture)}"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def _series(chart: Chart, index: int, series: ChartSeries, numbers: Mapping[tuple[int, int], str]) -> str:
    rows, column = len(chart.categories), column_name(index + 1)
    names = "".join(
        f'<c:pt idx="{row}"><c:v>{escape(name)}</c:v></c:pt>' for row, name in enumerate(chart.categories)
    )
    values = "".join(
        f'<c:pt idx="{row}"><c:v>{numbers[row, index]}</c:v></c:pt>'
        for row in range(rows)
        if (row, index) in numbers
    )
    shape = f'<a:solidFill><a:srgbClr val="{series.colour}"/></a:solidFill>'
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>'
        f"<c:tx><c:strRef><c:f>{SHEET}!${column}$1</c:f><c:strCache>"
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt>'
        "</c:strCache></c:strRef></c:tx>"
        f"<c:spPr>{shape}</c:spPr>"
        f'<c:invertIfNegative val="0"/>'
        f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${rows + 1}</c:f><c:strCache>"
        f'<c:ptCount val="{rows}"/>{names}</c:strCache></c:strRef></c:cat>'
        f"<c:val><c:numRef><c:f>{SHEET}!${column}$2:${column}${rows + 1}</c:f><c:numCache>"
        f"<c:formatCode>{escape(chart.number_format)}</c:formatCode>"
        f'<c:ptCount val="{rows}"/>{values}</c:numCache></c:numRef></c:val></c:ser>'
    )


def _axes(chart: Chart) -> str:
    """类别从上往下排，所以数轴要落在“最大”的一端，才在图的下边。"""
    short = "0.##%" if chart.number_format.endswith("%") else "#,##0"
    most = "" if chart.highest is None else f'<c:max val="{chart.highest}"/>'
    # The only major grid line is the base line: it follows no data and needs no second kind of chart.
    line = _line(_GRID) if chart.base is None else _line(_FRAME, 22_225)
    grid = f"<c:majorGridlines><c:spPr>{line}</c:spPr></c:majorGridlines>"
    title = _axis_title(f"单位：{chart.unit}") if chart.unit else ""
    unit = _step(chart.highest) if chart.base is None and chart.highest is not None else chart.base
    step = "" if unit is None else f'<c:majorUnit val="{1 if unit == 1 else format(unit, ".6f")}"/>'
    return (
        f'<c:catAx><c:axId val="{_WORDS_AXIS}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{_line(_FRAME, 19_050)}</c:spPr>{_text_style(900)}"
        f'<c:crossAx val="{_NUMBERS_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{_NUMBERS_AXIS}"/><c:scaling><c:orientation val="minMax"/>{most}<c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/>{grid}{title}'
        f'<c:numFmt formatCode="{short}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_text_style(900)}"
        f'<c:crossAx val="{_WORDS_AXIS}"/><c:crosses val="max"/><c:crossBetween val="between"/>{step}</c:valAx>'
    )


def _step(highest: Decimal) -> Decimal:
    return Decimal("0.5") if highest > Decimal("1.6") else Decimal("0.2")


def _axis_title(text: str) -> str:
    return (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f"{_run_style('defRPr', 900)}</a:pPr><a:r>{_run_style('rPr', 900)}"
        f'<a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    )


def _line(colour: str, width: int = 6350) -> str:
    return f'<a:ln w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'


def _run_style(tag: str, size: int) -> str:
    return (
        f'<a:{tag} lang="zh-CN" sz="{size}" b="0"><a:solidFill><a:srgbClr val="{_INK}"/></a:solidFill>'
        '<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/><a:cs typeface="Times New Roman"/>'
        f"</a:{tag}>"
    )


def _text_style(size: int) -> str:
    """中文用宋体，西文用 Times New Roman：程序自带的默认字体没有汉字。"""
    return (
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{_run_style('defRPr', size)}</a:pPr>"
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
