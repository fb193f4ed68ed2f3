"""Sheet 看板: the figures at a glance, the indicators one a row, and the charts they feed."""

from __future__ import annotations

from perfmon_xl.layout import formulas as fx
from perfmon_xl.layout.schema import Chart, ChartKind, Column, Form, NamedCell, Table, Type

_RED, _YELLOW, _GREEN, _BLUE, _GREY = "#E06C5C", "#E8B93E", "#6FAE55", "#5B8DC8", "#9A9A9A"


def _cell(field: str, label: str, formula: str, kind: Type = Type.NUMBER, name: str = "") -> NamedCell:
    return NamedCell(
        field=f"board_{field}", name=f"看板_{name or label}", label=label, type=kind, formula=formula
    )


# 名称 → 检查结果表的级别。
LEVEL_COUNTS = {
    "看板_错误数": "错误",
    "看板_警告数": "警告",
    "看板_提示数": "提示",
    "看板_待判断数": "无法判断",
}
_FUNDS = (
    _cell("arrival", "资金到位率", fx.BOARD_ARRIVAL, Type.RATE),
    _cell("execution", "预算执行率", fx.BOARD_EXECUTION, Type.RATE),
    _cell("pace", "序时进度", fx.BOARD_PACE, Type.RATE),
)
_GOALS = (
    _cell("met", "本阶段已达成", fx.BOARD_MET, name="达成数"),
    _cell("unmet", "本阶段未达成", fx.BOARD_UNMET, name="未达成数"),
    _cell("unknown", "无法判断", fx.BOARD_UNKNOWN, name="无法判断数"),
    _cell("not_due", "还没有到期", fx.BOARD_NOT_DUE, name="未到期数"),
)
_LIGHTS = tuple(
    _cell(f"light_{field}", f"亮{word}灯的指标", fx.board_lights(word), name=f"{word}灯数")
    for field, word in (("red", "红"), ("yellow", "黄"), ("green", "绿"), ("blue", "蓝"))
)
_LEVELS = tuple(
    _cell(
        f"level_{number}",
        "待判断" if level == "无法判断" else f"查出{level}",
        fx.board_level(level),
        name=name.removeprefix("看板_"),
    )
    for number, (name, level) in enumerate(LEVEL_COUNTS.items(), 1)
)

BOARD = Form(
    title="汇总",
    record="",
    cells=(
        *_FUNDS,
        _cell("light", "资金预警", fx.BOARD_LIGHT, Type.TEXT),
        _cell("count", "跟踪指标数", fx.BOARD_COUNT, name="指标数"),
        *_GOALS,
        *_LIGHTS,
        *_LEVELS,
    ),
)

BOARD_INDICATORS = Table(
    name="看板指标表",
    title="各指标完成情况（表4 的前 15 个）",
    record="",
    spare=15,
    columns=(
        Column(field="name", header="指标", type=Type.TEXT, width=34, formula=fx.board_indicator("三级目标")),
        Column(
            field="completion",
            header="完成率",
            type=Type.RATE,
            width=12,
            formula=fx.board_indicator("完成率"),
            note="实际完成÷全年目标；没有数可比的空着，图上不画。",
        ),
        Column(
            field="met", header="是否达成", type=Type.TEXT, width=11, formula=fx.board_indicator("是否达成")
        ),
        Column(field="light", header="预警", type=Type.TEXT, width=8, formula=fx.board_indicator("预警")),
    ),
)

BOARD_CHARTS = (
    Chart(
        title="资金与序时进度",
        kind=ChartKind.BAR,
        cells=tuple(cell.name for cell in _FUNDS),
        colours=(_BLUE, _BLUE, _GREY),
        percent=True,
        left=0,
        top=0,
        width=440,
        height=330,
    ),
    Chart(
        title="本阶段目标完成情况（个）",
        kind=ChartKind.DOUGHNUT,
        cells=tuple(cell.name for cell in _GOALS),
        colours=(_GREEN, _RED, _YELLOW),
        left=450,
        top=0,
        width=380,
        height=330,
    ),
    Chart(
        title="各指标完成率（超过 200% 的画到 200%）",
        kind=ChartKind.BAR,
        table=BOARD_INDICATORS.name,
        category="name",
        value="completion",
        colours=(_BLUE,),
        highest=2,
        percent=True,
        left=0,
        top=340,
        width=510,
        height=585,
    ),
    Chart(
        title="检查结果（条）",
        kind=ChartKind.COLUMN,
        cells=tuple(cell.name for cell in _LEVELS),
        colours=(_RED, _YELLOW, _BLUE, _GREY),
        left=520,
        top=340,
        width=310,
        height=585,
    ),
)
