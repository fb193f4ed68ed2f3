"""Sheets 按主管部门 and 按预警灯: the sheet 汇总 added up by formulas."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from perfmon_xl.domain.policy import WORST_FIRST, Light
from perfmon_xl.domain.summary import UNLIT, Group, Summary, Totals, light_word, points_ahead
from perfmon_xl.workbook.build.listing import MONEY_SUM, SUM, Col, ColumnKind, Listing
from perfmon_xl.workbook.build.summary.projects import (
    BUDGET,
    COUNTS,
    MONEY,
    PROBLEMS,
    SPENT,
    TABLE,
    common_pace,
    visible_subtotal,
)

_MOST_NAMES = 20


def _column(header: str) -> str:
    return f"{TABLE}[{header}]"


def departments(summary: Summary) -> Listing[Group]:
    """“按主管部门”表。"""
    by, whole = _column("主管部门"), summary.totals
    return Listing(
        sheet="按主管部门",
        table="部门一览",
        title="按主管部门汇总",
        note="由“汇总”表算出。预算执行率＝支出合计÷预算合计，只算两个数都有的项目；各项目监控日不同的不算序时进度；合计随筛选变化。",
        total_label="合计",
        rows=summary.departments,
        columns=(
            Col(
                key="name",
                header="主管部门",
                width=24,
                kind=ColumnKind.TEXT,
                value=lambda g: g.name,
                left=True,
            ),
            *_money(by, whole),
            Col(
                key="pace",
                header="序时进度",
                width=9,
                kind=ColumnKind.RATE,
                value=lambda g: g.totals.pace,
                formula=_common_pace(by),
            ),
            Col(
                key="gap",
                header="执行率与序时进度之差",
                width=10,
                kind=ColumnKind.POINTS,
                value=_gap,
                formula='IF(OR({execution}="",{pace}=""),"",(ROUND({execution},4)-ROUND({pace},4))*100)',
            ),
            *(_count(key, header, by, whole) for key, header in COUNTS),
            *(_lit_projects(light, by, whole) for light in (*WORST_FIRST, None)),
            *(_count(key, header, by, whole) for key, header in PROBLEMS),
        ),
    )


def _common_pace(by: str) -> str:
    """一组项目共同的序时进度。"""
    pace = _column("序时进度")
    return common_pace(f"({by}={{name}})*ISNUMBER({pace})", pace)


def _gap(group: Group) -> Decimal | None:
    return points_ahead(group.totals.execution, group.totals.pace)


def _money(by: str, whole: Totals) -> tuple[Col[Group], ...]:
    """一组项目的个数、金额、执行率；by 是按“汇总”的哪一栏分组。"""
    return (
        Col(
            key="projects",
            header="项目数",
            width=7,
            kind=ColumnKind.COUNT,
            value=lambda g: g.totals.projects,
            formula=f"COUNTIFS({by},{{name}})",
            total=SUM,
            total_value=whole.projects,
        ),
        *(_amount(key, header, by, whole) for key, header in MONEY),
        Col(
            key="execution",
            header="预算执行率",
            width=9,
            kind=ColumnKind.RATE,
            value=lambda g: g.totals.execution,
            formula=f'IFERROR({_paired(SPENT, BUDGET, by)}/{_paired(BUDGET, SPENT, by)},"")',
            total=f'IFERROR({_seen_paired(SPENT, BUDGET, by)}/{_seen_paired(BUDGET, SPENT, by)},"")',
            total_value=whole.execution,
        ),
    )


def _paired(what: str, other: str, by: str) -> str:
    """一组项目 what 的合计，只算 other 也有数的：缺支出的不当作没花钱。"""
    return f'SUMIFS({_column(what)},{by},{{name}},{_column(other)},"<>")'


def _seen_paired(what: str, other: str, by: str) -> str:
    return f"SUMPRODUCT({visible_subtotal('{name}')}*{_paired(what, other, by)})"


def _amount(key: str, header: str, by: str, whole: Totals) -> Col[Group]:
    """金额合计；一个也没有填的空着，不是零。"""
    column = _column(header)
    return Col(
        key=key,
        header=header,
        width=12,
        kind=ColumnKind.WAN,
        value=lambda g: getattr(g.totals, key),
        formula=f'IF(COUNTIFS({by},{{name}},{column},"<>")=0,"",SUMIFS({column},{by},{{name}}))',
        total=MONEY_SUM,
        total_value=getattr(whole, key),
    )


def _count(key: str, header: str, by: str, whole: Totals) -> Col[Group]:
    return Col(
        key=key,
        header=header,
        width=7,
        kind=ColumnKind.COUNT,
        value=lambda g: getattr(g.totals, key),
        formula=f"SUMIFS({_column(header)},{by},{{name}})",
        total=SUM,
        total_value=getattr(whole, key),
    )


def _lit_projects(light: Light | None, by: str, whole: Totals) -> Col[Group]:
    word = light_word(light)
    return Col(
        key=word,
        header=word if light is None else f"{word}灯项目",
        width=7,
        kind=ColumnKind.COUNT,
        value=lambda g: g.totals.lights[light],
        formula=f'COUNTIFS({by},{{name}},{_column("项目预警")},"{word}")',
        total=SUM,
        total_value=whole.lights[light],
    )


def lights(summary: Summary) -> Listing[Group]:
    """“按预警灯”表。"""
    by, whole = _column("项目预警"), summary.totals
    lit = whole.indicator_lights

    def indicators(group: Group) -> int:
        light = _light(group)
        return whole.indicators - sum(lit.values()) if light is None else lit[light]

    def share(group: Group) -> Decimal | None:
        return Decimal(group.totals.projects) / whole.projects if whole.projects else None

    return Listing(
        sheet="按预警灯",
        table="预警一览",
        title="按预警灯汇总",
        note=f"由“汇总”表算出。项目的灯是资金和各指标的灯里最差的一盏；{UNLIT}：缺数，或规则集不预警。",
        total_label="合计",
        rows=summary.lights,
        columns=(
            Col(
                key="name",
                header="项目预警",
                width=9,
                kind=ColumnKind.LIGHT,
                value=lambda g: light_word(_light(g)),
            ),
            *_money(by, whole),
            Col(
                key="share",
                header="占项目数",
                width=9,
                kind=ColumnKind.RATE,
                value=share,
                formula=f'IFERROR({{projects}}/COUNTA({_column("项目名称")}),"")',
            ),
            Col(
                key="funds",
                header="资金亮此灯的项目",
                width=10,
                kind=ColumnKind.COUNT,
                value=lambda g: whole.fund_lights[_light(g)],
                formula=f"COUNTIFS({_column('资金预警')},{{name}})",
                total=SUM,
                total_value=whole.projects,
            ),
            Col(
                key="indicators",
                header="亮此灯的指标",
                width=10,
                kind=ColumnKind.COUNT,
                value=indicators,
                formula=_lit_indicators(),
                total=SUM,
                total_value=whole.indicators,
            ),
            Col(
                key="names",
                header="项目",
                width=60,
                kind=ColumnKind.TEXT,
                value=lambda g: names_in_short((line.name for line in g.lines), _MOST_NAMES),
                left=True,
            ),
        ),
    )


def _light(group: Group) -> Light | None:
    return Light(group.name) if group.name else None


def _lit_indicators() -> str:
    each = {light.value: f"SUM({_column(f'{light.value}灯指标')})" for light in WORST_FIRST}
    formula = f"SUM({_column('指标数')})-" + "-".join(each.values())
    for word, counted in reversed(each.items()):
        formula = f'IF({{name}}="{word}",{counted},{formula})'
    return formula


def names_in_short(names: Iterable[str], most: int) -> str:
    """名称连起来；太多的写前几个和总数。"""
    every = list(names)
    shown = "、".join(every[:most])
    return shown if len(every) <= most else f"{shown}等 {len(every)} 个"
