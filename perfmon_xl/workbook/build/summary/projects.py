"""Sheet 汇总: a project a row, with its main figures, lights and links; the other sheets add it up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from perfmon_xl.domain.policy import WORST_FIRST, Light
from perfmon_xl.domain.summary import (
    UNLIT,
    ProjectLine,
    Summary,
    Totals,
    light_word,
    points_ahead,
    worst_first,
)
from perfmon_xl.domain.summary_cells import SINCE_LAST
from perfmon_xl.layout.palette import LIGHTS
from perfmon_xl.workbook.build.listing import (
    MONEY_SUM,
    SUM,
    Chip,
    Col,
    ColumnKind,
    Link,
    Listing,
    number,
    text,
)

TABLE = "项目一览"
MONEY = (("budget", "预算数（万元）"), ("arrived", "到位数（万元）"), ("spent", "支出数（万元）"))
COUNTS = (
    ("indicators", "指标数"),
    ("met", "已达成"),
    ("unmet", "未达成"),
    ("unknown", "无法判断"),
    ("not_due", "未到期"),
)
PROBLEMS = (("errors", "错误"), ("warnings", "警告"), ("unexplained", "偏差待说明"))
BUDGET, SPENT = MONEY[0][1], MONEY[2][1]
_LINKS = {"book": "工作簿", "report": "报告", "pdf": "PDF", "form": "监控表"}
_ALWAYS = ("book", "report")
_FIRST = ("budget", "spent")  # amounts that stand on the first screen
_CHANGES = tuple(zip(("more", "same", "less"), SINCE_LAST.values(), strict=True))
_LATER = ("warnings",)
A3 = 8


def visible_subtotal(what: str, function: int = 103) -> str:
    """一栏逐行的 SUBTOTAL：筛掉的行是零。103 数有没有内容，109 取数。"""
    return f"SUBTOTAL({function},OFFSET(INDEX({what},1),ROW({what})-ROW(INDEX({what},1)),0))"


def _seen_lights(word: str) -> str:
    """筛选后还看得见的、亮这种灯的项目有几个。"""
    return f'SUMPRODUCT({visible_subtotal("{light}")}*({{light}}="{word}"))'


def _seen_sum(what: str, other: str) -> str:
    """筛选后还看得见的 what 的合计，只算 other 也有数的。"""
    return f'SUMPRODUCT({visible_subtotal(what, 109)}*({other}<>""))'


def common_pace(known: str, pace: str) -> str:
    """known 不是零的各行共同的序时进度；不一样的不作平均，空着。"""
    mean = f"SUMPRODUCT({known},{pace})/SUMPRODUCT({known})"
    return f'IFERROR(IF(SUMPRODUCT({known}*(ABS({pace}-{mean})>0.000001))=0,{mean},""),"")'


def _seen_pace() -> str:
    """筛选后还看得见的项目共同的序时进度。"""
    return common_pace(f"{visible_subtotal('{name}')}*ISNUMBER({{pace}})", "{pace}")


def projects(summary: Summary, title: str) -> Listing[ProjectLine]:
    """“汇总”表。"""
    whole = summary.totals
    made = {key for line in summary.lines for key in line.outputs}
    return Listing(
        sheet="汇总",
        table=TABLE,
        title=title,
        note=f"共 {whole.projects} 个项目",
        note_formula='"共 "&SUBTOTAL(103,{name})&" 个项目"',
        aside=_TAIL,
        chips=tuple(_chip(light, whole) for light in (*WORST_FIRST, None)),
        chips_from="department",
        total_label="合计",
        frozen=3,
        rows=sorted(summary.lines, key=worst_first),
        columns=(
            number(),
            Col(
                key="light",
                header="项目预警",
                width=9,
                kind=ColumnKind.LIGHT,
                value=lambda line: light_word(line.light),
                formula=_worst(),
            ),
            text("name", "项目名称", 28),
            text("department", "主管部门", 16),
            *(
                _figure(key, header, ColumnKind.WAN, 11, MONEY_SUM, whole)
                for key, header in MONEY
                if key in _FIRST
            ),
            Col(
                key="execution",
                header="预算执行率",
                width=9,
                kind=ColumnKind.RATE,
                value=lambda line: line.execution,
                total=f'IFERROR({_seen_sum("{spent}", "{budget}")}/{_seen_sum("{budget}", "{spent}")},"")',
                total_value=whole.execution,
            ),
            Col(
                key="gap",
                header="比序时（百分点）",
                width=9,
                kind=ColumnKind.POINTS,
                value=_gap,
                formula='IF(OR({execution}="",{pace}=""),"",(ROUND({execution},4)-ROUND({pace},4))*100)',
            ),
            Col(
                key="fund_light",
                header="资金预警",
                width=7,
                kind=ColumnKind.LIGHT,
                value=lambda line: light_word(line.fund_light),
            ),
            *(
                _figure(key, header, ColumnKind.COUNT, 6, SUM, whole)
                for key, header in COUNTS
                if key not in _LATER
            ),
            _lit_indicators(WORST_FIRST[0], summary),
            *(
                _figure(key, header, ColumnKind.COUNT, 6, SUM, whole)
                for key, header in PROBLEMS
                if key not in _LATER
            ),
            *(_link(key) for key in _ALWAYS),
            *(replace(col, folded=True) for col in _details(summary, whole, made)),
        ),
    )


def _details(summary: Summary, whole: Totals, made: set[str]) -> tuple[Col[ProjectLine], ...]:
    """收起来的各栏，要看的点“+”展开。"""
    return (
        text("unit", "实施单位", 20),
        text("period", "监控期间", 9, left=False),
        *(
            _figure(key, header, ColumnKind.WAN, 11, MONEY_SUM, whole)
            for key, header in MONEY
            if key not in _FIRST
        ),
        _figure("pace", "序时进度", ColumnKind.RATE, 9, _seen_pace(), whole),
        *(_figure(key, header, ColumnKind.COUNT, 6, SUM, whole) for key, header in COUNTS if key in _LATER),
        *(
            _figure(key, header, ColumnKind.COUNT, 6, SUM, whole)
            for key, header in _CHANGES
            if _has_changes(whole)
        ),
        *(_lit_indicators(light, summary) for light in WORST_FIRST[1:]),
        *(_figure(key, header, ColumnKind.COUNT, 6, SUM, whole) for key, header in PROBLEMS if key in _LATER),
        *(_link(key) for key in _LINKS if key not in _ALWAYS and key in made),
    )


def _has_changes(whole: Totals) -> bool:
    """有没有一个项目带着上期实际：都没有的，不列这几栏。"""
    return bool(whole.more + whole.same + whole.less)


def _gap(line: ProjectLine) -> Decimal | None:
    """执行率比序时进度快几个百分点，慢的是负数。"""
    return points_ahead(line.execution, line.pace)


def _figure(
    key: str, header: str, kind: ColumnKind, width: float, total: str, whole: object
) -> Col[ProjectLine]:
    return Col(
        key=key,
        header=header,
        width=width,
        kind=kind,
        value=lambda line: getattr(line, key),
        total=total,
        total_value=getattr(whole, key),
    )


def _lit_indicators(light: Light, summary: Summary) -> Col[ProjectLine]:
    return Col(
        key=light.name,
        header=f"{light.value}灯指标",
        width=6,
        kind=ColumnKind.COUNT,
        value=lambda line: line.lights[light],
        total=SUM,
        total_value=summary.totals.indicator_lights[light],
    )


def _link(key: str) -> Col[ProjectLine]:
    return Col(
        key=key,
        header=_LINKS[key],
        width=7,
        kind=ColumnKind.LINK,
        value=lambda line: Link(line.outputs[key]) if line.outputs.get(key) else None,
    )


def _worst() -> str:
    """项目的灯：资金和各指标的灯里最差的一盏。"""
    formula = f'"{UNLIT}"'
    for light in reversed(WORST_FIRST):
        word = light.value
        formula = f'IF(OR({{fund_light}}="{word}",{{{light.name}}}>0),"{word}",{formula})'
    return formula


_TAIL = "合计随筛选变化；金额单位：万元；执行率合计＝支出合计÷预算合计，只算两个数都有的项目。"


def _chip(light: Light | None, whole: Totals) -> Chip:
    """一种灯有几个项目，随筛选变；颜色就是灯的颜色。"""
    word = light_word(light)
    look = LIGHTS[word]
    shown = f"{look.symbol} {word}" + ("" if light is None else "灯")
    return Chip(f"{shown} {whole.lights[light]}", f'"{shown} "&{_seen_lights(word)}', look)
