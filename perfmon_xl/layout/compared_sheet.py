"""Sheet 表4: the targets held against what was done."""

from __future__ import annotations

from perfmon_xl.layout import formulas as fx
from perfmon_xl.layout import judging_formulas as jx
from perfmon_xl.layout import remaining_formulas as rx
from perfmon_xl.layout.carried import key_column
from perfmon_xl.layout.own_columns import folded, todo
from perfmon_xl.layout.parsing import reading_columns
from perfmon_xl.layout.required import PERFORMED, STAGED
from perfmon_xl.layout.schema import ALWAYS, Column, Table, Type
from perfmon_xl.layout.target_sheets import TARGET_NOTE


def _judging() -> tuple[Column, ...]:
    """表4 的辅助栏：判断一步一栏，公式才短。"""
    steps = (
        (
            "value",
            "实际可比数",
            Type.NUMBER,
            fx.VALUE,
            "实际值换算成基本单位的数；带 ≥ ≤ > < 的没有数可比，空着。",
        ),
        (
            "direction",
            "方向",
            Type.TEXT,
            jx.DIRECTION,
            "没写比较符的目标怎么比：成本、事故、用时是 ≤，其余是 ≥。",
        ),
        ("actual_words", "实际文字", Type.TEXT, fx.ACTUAL_WORDS, "实际值是文字的，去掉空白。"),
        ("annual_rule", "全年比较符", Type.TEXT, jx.ANNUAL_RULE, "全年目标怎么比；没写比较符的看方向。"),
        ("stage_rule", "阶段比较符", Type.TEXT, jx.STAGE_RULE, "本阶段目标怎么比；没写的用全年目标的。"),
        (
            "stage_scale",
            "阶段单位换算",
            Type.NUMBER,
            fx.STAGE_SCALE,
            "本阶段目标的一个单位等于多少基本单位，如万元是 10000。",
        ),
        ("explanation_now", "现在的指标解释", Type.TEXT, jx.EXPLANATION, "表3里这个指标的解释。"),
        (
            "grade",
            "定性档次",
            Type.TEXT,
            jx.GRADE,
            "实际文字在哪一档：先看指标解释里的分档，再看规则集的词表。",
        ),
        ("annual_ymd", "全年日期", Type.TEXT, jx.ymd("annual"), "全年目标是日期的，写成年月日。"),
        ("annual_until", "全年到哪天", Type.TEXT, jx.dated("annual", last=True), "补上年份。"),
        ("annual_due", "全年期限", Type.NUMBER, jx.day("{annual_until}", last=True), "全年目标最晚哪一天。"),
        ("stage_ymd", "阶段日期", Type.TEXT, jx.ymd("stage"), "本阶段目标是日期的，写成年月日。"),
        ("stage_until", "阶段到哪天", Type.TEXT, jx.dated("stage", last=True), "补上年份。"),
        ("stage_due", "阶段期限", Type.NUMBER, jx.day("{stage_until}", last=True), "本阶段目标最晚哪一天。"),
        ("actual_ymd", "实际日期", Type.TEXT, jx.ymd("actual"), "实际值是日期的，写成年月日。"),
        ("actual_from", "实际从哪天", Type.TEXT, jx.dated("actual", last=False), "补上年份。"),
        ("actual_until", "实际到哪天", Type.TEXT, jx.dated("actual", last=True), "补上年份。"),
        ("done_first", "最早完成", Type.NUMBER, jx.DONE_FIRST, "实际最早哪一天；写“前”的不知道。"),
        ("done_last", "最晚完成", Type.NUMBER, jx.day("{actual_until}", last=True), "实际最晚哪一天。"),
        ("annual_met", "全年达到", Type.TEXT, jx.state("annual"), "实际值达到全年目标没有；判断不了的空着。"),
        ("stage_met", "阶段达到", Type.TEXT, jx.state("stage"), "实际值达到本阶段目标没有；判断不了的空着。"),
        ("proration", "折算方式", Type.TEXT, fx.PRORATION, "规则集里这类指标按不按序时折算。"),
        ("attained", "达标程度", Type.RATE, fx.ATTAINED, "实际÷本阶段应完成，越低越好的倒过来；看板画它。"),
        (
            "explain",
            "要说明",
            Type.TEXT,
            rx.EXPLAIN,
            "规则集要求说明偏差的写“是”：亮了要说明的灯，或者超过全年目标太多。",
        ),
        ("progress_ratio", "指标进度比", Type.RATE, fx.PROGRESS_RATIO, "实际完成÷（全年目标×序时进度）。"),
        ("adds_up", "逐月累加", Type.TEXT, jx.ADDS_UP, "是不是逐月累加的数量；是的看序时进度。"),
        ("pace_light", "序时的灯", Type.TEXT, jx.PACE_LIGHT, "只看指标进度比的灯。"),
        ("goal_base", "比的目标", Type.NUMBER, jx.GOAL_BASE, "本阶段目标；没有填的是全年目标。"),
        ("goal_upper", "比的上限", Type.NUMBER, jx.GOAL_UPPER, "比的目标是区间的，它的上限。"),
        ("goal_rule", "比的比较符", Type.TEXT, jx.GOAL_RULE, "比的目标怎么比。"),
    )
    stored = (
        ("grades", "本指标档次", "指标解释里写的分档，从好到差；由程序写。"),
        ("previous_value", "上期可比数", "上期实际的数和基本单位，公式照它比；由程序写。"),
        ("previous_seen", "上期原文", "可比数是从上期实际的哪几个字读的；改了就不算，再填充一次。"),
        ("grades_seen", "档次原文", "分档是从哪一段解释里读的；解释改了就不算，再填充一次。"),
    )
    return tuple(
        Column(
            field=field,
            header=header,
            type=Type.LONG_TEXT,
            note=note,
            stored=True,
            later=True,
            hidden=True,
            printed=False,
        )
        for field, header, note in stored
    ) + tuple(
        Column(field=field, header=header, type=kind, formula=formula, note=note, hidden=True, printed=False)
        for field, header, kind, formula, note in steps
    )


def _three(
    field: str,
    header: str,
    also: tuple[str, ...],
    note: str,
    required: str = ALWAYS,
    offers: str = "",
    excused: str = "",
) -> Column:
    return Column(
        field=field,
        header=header,
        type=Type.TARGET,
        also=also,
        width=16,
        note=note,
        required=required,
        excused=excused,
        offers=offers,
    )


# The official six columns, what follows from them (printed with them), what has still to be said; then, folded away,
# how it was read.
_OFFICIAL = (
    Column(
        field="level1",
        header="一级目标",
        type=Type.CHOICE,
        also=("一级指标",),
        choices="列表_一级指标",
        width=11,
        required=ALWAYS,
    ),
    Column(
        field="level2",
        header="二级目标",
        type=Type.CHOICE,
        also=("二级指标",),
        choices="列表_二级指标",
        width=13,
        required=ALWAYS,
    ),
    Column(
        field="name",
        header="三级目标",
        type=Type.TEXT,
        also=("三级指标", "指标名称"),
        width=25,
        required=ALWAYS,
    ),
    _three("annual", "项目完成时绩效目标值", ("年度指标值",), "全年目标。" + TARGET_NOTE),
    _three(
        "stage",
        "本阶段应完成的绩效目标值",
        ("阶段目标值",),
        "到监控截止日应当完成多少；偏差按它算。写着“建议：”的＝全年目标×序时进度，只供参考，打字盖掉，或在“核定”选“是”。",
        STAGED,
        excused=rx.NOT_DUE,
    ),
    _three(
        "actual",
        "实际完成的绩效目标值",
        ("实际完成值", "当前完成值"),
        "到监控截止日实际完成多少，写数和单位，不带比较符；定性的选一档。",
        PERFORMED,
        rx.ACTUAL_GRADES,
        excused=rx.NOT_DUE,
    ),
)
_SHOWN = (
    Column(
        field="completion",
        header="完成率",
        type=Type.RATE,
        width=9,
        formula=fx.COMPLETION,
        note="实际完成÷全年目标。",
    ),
    Column(
        field="met",
        header="是否达成",
        type=Type.TEXT,
        width=13,
        formula=jx.MET,
        note="本阶段应完成的是否完成；资料不够的写无法判断。",
    ),
    Column(
        field="light",
        header="预警",
        type=Type.TEXT,
        width=7,
        formula=jx.LIGHT,
        note="按规则集亮灯。",
    ),
    todo(rx.COMPARED_TODO, 15),
    Column(
        field="forecast",
        header="全年预计",
        type=Type.TARGET,
        also=("全年预计完成情况",),
        width=16,
        printed=False,
        note="预计全年完成多少。写着“建议：”的：够了全年目标的照实际，没够的数量＝实际÷序时进度。",
        required=rx.FORECAST_WANTED,
    ),
    Column(
        field="likelihood",
        header="完成可能性",
        type=Type.CHOICE,
        also=("完成目标可能性",),
        choices="列表_完成可能性",
        width=11,
        printed=False,
        note="有可能、完全不可能的，要写偏差原因和改进措施。",
        required=rx.LIKELIHOOD_WANTED,
    ),
    Column(
        field="cause",
        header="偏差原因",
        type=Type.CHOICE,
        choices="列表_偏差原因",
        width=13,
        printed=False,
        note="可以写几项，用顿号隔开。",
        required=rx.CAUSE_WANTED,
    ),
    Column(
        field="reason",
        header="原因说明",
        type=Type.LONG_TEXT,
        width=30,
        printed=False,
        required=rx.REASON_WANTED,
    ),
    Column(
        field="measure",
        header="改进措施",
        type=Type.LONG_TEXT,
        width=30,
        printed=False,
        required=rx.MEASURE_WANTED,
    ),
    Column(
        field="approved",
        header="核定",
        type=Type.CHOICE,
        choices="列表_是否",
        width=6,
        printed=False,
        later=True,
        note="本阶段应完成值、全年预计写着“建议：”的，是程序按序时进度算的，不算数；认可的选“是”，或者直接打上自己的数。",
    ),
    Column(
        field="deviation",
        header="偏差",
        type=Type.NUMBER,
        width=9,
        printed=False,
        formula=fx.DEVIATION,
        note="实际完成－本阶段应完成，单位同本阶段应完成值；区间指标是到较近一端的距离。",
    ),
    Column(
        field="deviation_rate",
        header="偏差率",
        type=Type.RATE,
        width=9,
        printed=False,
        formula=fx.DEVIATION_RATE,
        note="偏差÷本阶段应完成。≤类指标为正是不利。",
    ),
    Column(
        field="light_note",
        header="预警说明",
        type=Type.TEXT,
        width=30,
        printed=False,
        formula=jx.LIGHT_NOTE,
        note="灯与是否达成说的不一样的，为什么：规则集公布的公式看全年和序时。",
    ),
    Column(
        field="previous",
        header="上期实际",
        type=Type.TARGET,
        width=12,
        printed=False,
        note="上一期监控的实际完成值，接着上一期新建时带来，供对照。",
    ),
    Column(
        field="since_last",
        header="比上期",
        type=Type.TEXT,
        width=13,
        printed=False,
        later=True,
        formula=fx.SINCE_LAST,
        note="本期实际－上期实际；比率的差是百分点。有一期没有数、单位不同的空着。",
    ),
)

COMPARED = Table(
    name="目标对比表",
    title="表4 项目产出目标、效果目标对比表",
    record="compared",
    spare=15,
    keys=("name",),
    columns=(
        *_OFFICIAL,
        *_SHOWN,
        *folded(
            (
                *reading_columns("annual", "目标"),
                *reading_columns("stage", "阶段", ("annual",), proposed=True),
                *reading_columns("actual", "实际", ("annual", "stage")),
            )
        ),
        *_judging(),
        key_column("carried_from", "来源", "从表3哪一行带来。"),
    ),
)
