"""Sheet 看板: the figures at a glance, the indicators one a row, and the charts they feed."""

from __future__ import annotations

from perfmon_xl.layout import formulas as fx
from perfmon_xl.layout.schema import Column, Form, NamedCell, Table, Type


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

# 一张屏幕上的几句话。
BOARD_TEXTS = Form(
    title="一句话",
    record="",
    cells=(
        _cell("period", "期间", fx.BOARD_PERIOD, Type.LONG_TEXT),
        _cell("message", "一句话", fx.BOARD_MESSAGE, Type.LONG_TEXT),
        _cell("funds", "资金", fx.BOARD_FUNDS, Type.LONG_TEXT, name="资金情况"),
        _cell("lights", "指标的灯", fx.BOARD_LIGHTS, Type.LONG_TEXT, name="灯的个数"),
        _cell("check", "检查", fx.BOARD_CHECK, Type.LONG_TEXT, name="检查情况"),
    ),
)
MOST_ROWS, LEAST_ROWS = 30, 3

BOARD_INDICATORS = Table(
    name="看板指标表",
    title="各指标完成情况（表4 的前 30 个）",
    record="",
    spare=MOST_ROWS,
    columns=(
        Column(field="name", header="指标", type=Type.TEXT, width=34, formula=fx.BOARD_NAME),
        Column(
            field="attained",
            header="达标程度",
            type=Type.RATE,
            width=11,
            later=True,
            formula=fx.board_indicator("达标程度"),
            note="实际÷本阶段应完成；越低越好的倒过来；100% 就是达到了。没有数可比的空着。",
        ),
        Column(
            field="met", header="是否达成", type=Type.TEXT, width=11, formula=fx.board_indicator("是否达成")
        ),
        Column(field="light", header="预警", type=Type.TEXT, width=9, formula=fx.board_indicator("预警")),
        Column(
            field="since_last",
            header="比上期",
            type=Type.TEXT,
            width=12,
            later=True,
            formula=fx.board_indicator("比上期"),
            note="本期实际－上期实际；接着上一期新建的才有。",
        ),
        Column(
            field="completion",
            header="完成率",
            type=Type.RATE,
            width=2,
            hidden=True,
            formula=fx.board_indicator("完成率"),
            note="实际完成÷全年目标。",
        ),
    ),
)
NO_LIGHT = "不亮"
BAR_LIGHTS = {"red": "红", "yellow": "黄", "green": "绿", "blue": "蓝", "none": ""}
BOARD_BARS = Table(
    name="看板画图表",
    title="画图用",
    record="",
    spare=MOST_ROWS,
    later=True,
    columns=(
        Column(field="bar", header="画图用", type=Type.TEXT, width=30, formula=fx.BAR_NAME, printed=False),
        *(
            Column(
                field=field,
                header=light or NO_LIGHT,
                type=Type.RATE,
                width=7,
                formula=fx.bar(light),
                printed=False,
            )
            for field, light in BAR_LIGHTS.items()
        ),
    ),
)
