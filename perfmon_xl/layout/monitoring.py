"""THE declaration: every sheet, form, table, column and named cell of the monitoring workbook.

Reading, filling, building, places in messages and 填报说明 all come from here. A new column is one
attribute in domain/model.py and one line here. Long on purpose: what one workbook looks like stands in one place,
and nothing here is logic.
"""

from __future__ import annotations

from perfmon_xl.domain.category import CATEGORIES, Level1
from perfmon_xl.layout import formulas as fx
from perfmon_xl.layout.board import BOARD, BOARD_CHARTS, BOARD_INDICATORS
from perfmon_xl.layout.parsing import understood
from perfmon_xl.layout.schema import Column, Form, NamedCell, Sheet, Table, Type

# 下拉列表：名称 → 选项。名称用在 Excel 里指向隐藏表上的区域。
LISTS: dict[str, tuple[str, ...]] = {
    "列表_一级指标": tuple(level.value for level in Level1),
    "列表_二级指标": tuple(c.name for c in CATEGORIES),
    "列表_是否": ("是", "否"),
    "列表_调整类型": ("原指标", "新增", "删除", "调整"),
    "列表_完成可能性": ("确定能", "有可能", "完全不可能"),
    "列表_偏差原因": ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他"),
    "列表_进展状态": ("已完成", "进行中", "尚未完成"),
    "列表_整改状态": ("待核实", "未整改", "整改中", "已整改"),
    "列表_问题类别": ("目标设置", "资金执行", "项目实施", "其他"),
}

PROJECT = Form(
    title="项目信息",
    record="project",
    cells=(
        NamedCell(
            field="name",
            name="项目名称",
            label="项目名称",
            type=Type.TEXT,
            example="2024年社区养老服务项目",
            note="全文只用这一个名称。",
        ),
        NamedCell(
            field="cover_name",
            name="封面项目名称",
            label="封面项目名称",
            type=Type.TEXT,
            note="封面要写全称时填，不填就用项目名称。",
        ),
        NamedCell(
            field="year", name="预算年度", label="预算年度", type=Type.TEXT, example="2024", note="四位年份。"
        ),
        NamedCell(field="department", name="主管部门", label="主管部门", type=Type.TEXT),
        NamedCell(field="unit", name="实施单位", label="实施单位", type=Type.TEXT),
        NamedCell(
            field="unit_short",
            name="实施单位简称",
            label="实施单位简称",
            type=Type.TEXT,
            note="正文里用的简称，不填就用全称。",
        ),
        NamedCell(
            field="client", name="委托单位", label="委托单位", type=Type.TEXT, note="委托开展监控的单位。"
        ),
        NamedCell(field="client_short", name="委托单位简称", label="委托单位简称", type=Type.TEXT),
        NamedCell(
            field="monitor",
            name="监控机构",
            label="监控机构",
            type=Type.TEXT,
            note="编写报告、在文末落款的单位。",
        ),
        NamedCell(field="monitor_short", name="监控机构简称", label="监控机构简称", type=Type.TEXT),
        NamedCell(
            field="start", name="项目开始日期", label="项目开始日期", type=Type.DATE, example="2024-01-01"
        ),
        NamedCell(
            field="end", name="项目结束日期", label="项目结束日期", type=Type.DATE, example="2024-12-31"
        ),
        NamedCell(
            field="cutoff",
            name="监控截止日期",
            label="监控截止日期",
            type=Type.DATE,
            example="2024-07-31",
            note="数据取到哪一天；序时进度由它算出。",
        ),
        NamedCell(
            field="report_date", name="报告日期", label="报告日期", type=Type.DATE, example="2024-08-20"
        ),
        NamedCell(
            field="rule_set",
            name="规则集",
            label="规则集",
            type=Type.CHOICE,
            choices="列表_规则集",
            note="预警标准和执行率口径按它算，报告里写明。",
        ),
        NamedCell(
            field="basis",
            name="政策依据",
            label="政策依据",
            type=Type.LONG_TEXT,
            note="一行一份文件，写全称和文号。",
        ),
        NamedCell(
            field="background",
            name="项目背景",
            label="项目背景",
            type=Type.LONG_TEXT,
            note="立项背景和依据；换行另起一段（Alt+Enter）。",
        ),
        NamedCell(
            field="scope",
            name="项目内容",
            label="项目主要内容、涉及范围",
            type=Type.LONG_TEXT,
            note="经费用在哪些方面；换行另起一段。",
        ),
    ),
)

PERIOD = Form(
    title="由上面的日期算出",
    record="",
    cells=(
        NamedCell(
            field="month",
            name="监控月份",
            label="监控月份",
            type=Type.NUMBER,
            formula=fx.MONTH,
            note="监控截止日期所在的月份。",
        ),
        NamedCell(
            field="pace",
            name="序时进度",
            label="序时进度",
            type=Type.RATE,
            formula=fx.PACE,
            note="按月：月份÷12；按日：已过天数÷全年天数。用哪种由规则集定。",
        ),
    ),
)

PROGRESS = Table(
    name="进展表",
    title="项目进展",
    record="progress",
    columns=(
        Column(field="subject", header="事项", type=Type.TEXT, width=24, example="公共服务站点建设"),
        Column(
            field="text",
            header="进展情况",
            type=Type.LONG_TEXT,
            width=78,
            example="已建成区级中心1个、街道站点6个。",
            note="写到监控截止日为止的事实和数字。",
        ),
        Column(
            field="state",
            header="状态",
            type=Type.CHOICE,
            choices="列表_进展状态",
            width=12,
            note="尚未完成的，在“问题与措施”里要有交代。",
        ),
    ),
)

FUNDS = Form(
    title="资金合计（自动计算）",
    record="",
    cells=(
        NamedCell(
            field="initial",
            name="年初预算合计",
            label="年初预算合计（万元）",
            type=Type.WAN,
            formula=fx.FUND_INITIAL,
        ),
        NamedCell(
            field="adjusted",
            name="调整后预算合计",
            label="调整后预算合计（万元）",
            type=Type.WAN,
            formula=fx.FUND_ADJUSTED,
        ),
        NamedCell(
            field="arrived", name="到位合计", label="到位合计（万元）", type=Type.WAN, formula=fx.FUND_ARRIVED
        ),
        NamedCell(
            field="spent", name="支出合计", label="支出合计（万元）", type=Type.WAN, formula=fx.FUND_SPENT
        ),
        NamedCell(
            field="forecast",
            name="全年预计支出合计",
            label="全年预计支出合计（万元）",
            type=Type.WAN,
            formula=fx.FUND_FORECAST,
        ),
        NamedCell(
            field="arrival_rate",
            name="资金到位率",
            label="资金到位率",
            type=Type.RATE,
            formula=fx.ARRIVAL_RATE,
            note="到位合计÷调整后预算合计。",
        ),
        NamedCell(
            field="execution_rate",
            name="预算执行率",
            label="预算执行率",
            type=Type.RATE,
            formula=fx.EXECUTION_RATE,
            note="支出合计÷分母；分母按规则集取调整后预算、年初预算或到位数。",
        ),
        NamedCell(
            field="pace_ratio",
            name="执行进度比",
            label="执行进度比",
            type=Type.RATE,
            formula=fx.PACE_RATIO,
            note="预算执行率÷序时进度。",
        ),
        NamedCell(
            field="light",
            name="资金预警",
            label="资金预警",
            type=Type.TEXT,
            formula=fx.FUND_LIGHT,
            note="按规则集的标准亮灯。",
        ),
        NamedCell(
            field="spending_total",
            name="支出明细合计",
            label="支出明细合计（元）",
            type=Type.YUAN,
            formula=fx.SPENDING_TOTAL,
        ),
        NamedCell(
            field="spending_gap",
            name="支出明细差额",
            label="支出合计与明细之差（元）",
            type=Type.YUAN,
            formula=fx.SPENDING_GAP,
            note="应当是零，支出数四舍五入的零头不算；没有填明细的不比。",
        ),
    ),
)

FUNDING = Table(
    name="资金表",
    title="资金来源与执行",
    record="funding",
    spare=5,
    columns=(
        Column(field="source", header="资金来源", type=Type.TEXT, width=28, example="一般公共预算拨款"),
        Column(
            field="initial",
            header="年初预算数（万元）",
            type=Type.WAN,
            also=("全年预算数", "预算数"),
            width=16,
            example="120",
        ),
        Column(
            field="adjusted",
            header="调整后预算数（万元）",
            type=Type.WAN,
            width=16,
            example="120",
            note="没有调整的空着，按年初预算算。",
        ),
        Column(
            field="arrived",
            header="到位数（万元）",
            type=Type.WAN,
            also=("实际到位数",),
            width=14,
            example="100",
        ),
        Column(
            field="spent",
            header="支出数（万元）",
            type=Type.WAN,
            also=("执行数", "累计支出数"),
            width=14,
            example="86.5",
            note="截至监控日的累计支出。",
        ),
        Column(
            field="forecast",
            header="全年预计支出数（万元）",
            type=Type.WAN,
            also=("全年预计执行数",),
            width=20,
            example="120",
        ),
        Column(
            field="arrival_rate",
            header="资金到位率",
            type=Type.RATE,
            width=12,
            formula=fx.ROW_ARRIVAL_RATE,
            note="到位数÷预算数（有调整的按调整后）。",
        ),
        Column(
            field="execution_rate",
            header="预算执行率",
            type=Type.RATE,
            width=12,
            formula=fx.ROW_EXECUTION_RATE,
            note="分母按规则集。",
        ),
        Column(
            field="reason",
            header="调整或执行偏差的原因",
            type=Type.LONG_TEXT,
            width=30,
            note="预算调整了、执行慢了，写明原因。",
        ),
    ),
)

SPENDING = Table(
    name="支出明细表",
    title="支出明细",
    record="spending",
    spare=8,
    columns=(
        Column(field="item", header="支出内容", type=Type.TEXT, example="设备购置"),
        Column(field="amount", header="金额（元）", type=Type.YUAN, also=("支出金额",), example="365000"),
        Column(field="note", header="备注", type=Type.TEXT, note="占比最大的一笔，写明具体用途。"),
    ),
)


def _paragraphs(name: str, title: str, record: str, *, spare: int, note: str) -> Table:
    """可以起草、可以改写的各段文字；各张这样的表栏目相同，上下叠放时对得齐。"""
    return Table(
        name=name,
        title=title,
        record=record,
        spare=spare,
        note=note,
        columns=(
            Column(field="level1", header="类别", type=Type.TEXT, also=("一级指标",), width=14),
            Column(field="subject", header="事项", type=Type.TEXT, also=("三级指标",), width=30),
            Column(
                field="text",
                header="内容",
                type=Type.LONG_TEXT,
                width=76,
                note="空着的由“填充”起草；改过的不再覆盖。",
            ),
            Column(
                field="state",
                header="状态",
                type=Type.TEXT,
                width=10,
                formula=fx.DRAFT_STATE,
                note="草稿：程序起草、还没人改；已改写：以后不再覆盖。",
            ),
            Column(field="note", header="备注", type=Type.TEXT, width=24, printed=False),
            Column(
                field="draft",
                header="草稿原文",
                type=Type.LONG_TEXT,
                hidden=True,
                printed=False,
                note="程序上次起草的原文，用来认出有没有人改过。",
            ),
        ),
        keys=("subject",),
    )


FUND_NOTES = _paragraphs(
    "资金说明表", "资金情况说明", "fund_notes", spare=6, note="报告一（四）和三（一）各段的文字。"
)
FUND_NOTE_SUBJECTS = ("资金投入情况", "资金使用情况", "资金到位率", "预算执行率", "资金使用合规性")

GOAL = Form(
    title="年度绩效目标",
    record="goal",
    cells=(
        NamedCell(
            field="text",
            name="年度绩效目标",
            label="年度绩效目标",
            type=Type.LONG_TEXT,
            note="照申报表原文填写。",
        ),
    ),
)

_TARGET_NOTE = "比较符+数值+单位，如 ≥95%、≤5万元；定性的写提升、完成等。"

DECLARED = Table(
    name="目标申报表",
    title="表1 项目绩效目标申报表",
    record="declared",
    spare=15,
    keys=("name",),
    columns=(
        Column(field="level1", header="一级指标", type=Type.CHOICE, choices="列表_一级指标", width=14),
        Column(field="level2", header="二级指标", type=Type.CHOICE, choices="列表_二级指标", width=18),
        Column(
            field="name",
            header="三级指标",
            type=Type.TEXT,
            also=("指标名称",),
            width=38,
            example="培训人次（人次）",
        ),
        Column(
            field="target",
            header="指标目标值",
            type=Type.TARGET,
            also=("年度指标值", "指标值", "目标值"),
            width=18,
            example="≥95%",
            note=_TARGET_NOTE,
        ),
        *understood("target", "目标"),
    ),
)

GOAL_CHANGES = Table(
    name="总目标调整表",
    title="表2 项目总目标调整表",
    record="goal_changes",
    spare=1,
    columns=(
        Column(field="subject", header="目标", type=Type.TEXT, width=16, example="年度绩效目标"),
        Column(field="original", header="原申报表内容", type=Type.LONG_TEXT, width=48),
        Column(field="changed", header="是否调整", type=Type.CHOICE, choices="列表_是否", width=10),
        Column(field="revised", header="调整后内容", type=Type.LONG_TEXT, width=48, note="不调整的空着。"),
    ),
)

ADJUSTED = Table(
    name="分解目标调整表",
    title="表3 年度绩效分解目标调整表",
    record="adjusted",
    spare=15,
    keys=("name", "change"),
    columns=(
        Column(field="level1", header="一级指标", type=Type.CHOICE, choices="列表_一级指标", width=12),
        Column(field="level2", header="二级指标", type=Type.CHOICE, choices="列表_二级指标", width=16),
        Column(field="name", header="三级指标", type=Type.TEXT, also=("指标名称",), width=30),
        Column(
            field="target",
            header="指标目标值",
            type=Type.TARGET,
            also=("年度指标值", "指标值", "目标值"),
            width=14,
            note=_TARGET_NOTE,
        ),
        Column(field="change", header="调整类型", type=Type.CHOICE, choices="列表_调整类型", width=10),
        Column(field="explanation", header="指标解释", type=Type.LONG_TEXT, width=36),
        Column(field="tracked_target", header="跟踪目标值", type=Type.TARGET, width=14),
        Column(field="tracked", header="是否跟踪", type=Type.CHOICE, choices="列表_是否", width=10),
        *understood("target", "目标"),
        *understood("tracked_target", "跟踪", ("target",)),
    ),
)


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
        ("actual_words", "实际文字", Type.TEXT, fx.ACTUAL_WORDS, "实际值是文字的，去掉空白。"),
        ("annual_rule", "全年比较符", Type.TEXT, fx.ANNUAL_RULE, "全年目标怎么比；没写比较符的当作 ≥。"),
        ("stage_rule", "阶段比较符", Type.TEXT, fx.STAGE_RULE, "本阶段目标怎么比；没写的用全年目标的。"),
        (
            "stage_scale",
            "阶段单位换算",
            Type.NUMBER,
            fx.STAGE_SCALE,
            "本阶段目标的一个单位等于多少基本单位，如万元是 10000。",
        ),
        ("grade", "定性档次", Type.TEXT, fx.GRADE, "实际文字在规则集词表里的哪一档。"),
        ("annual_met", "全年达到", Type.TEXT, fx.ANNUAL_MET, "实际值达到全年目标没有；判断不了的空着。"),
        ("stage_met", "阶段达到", Type.TEXT, fx.STAGE_MET, "实际值达到本阶段目标没有；判断不了的空着。"),
        ("proration", "折算方式", Type.TEXT, fx.PRORATION, "规则集里这类指标按不按序时折算。"),
        ("progress_ratio", "指标进度比", Type.RATE, fx.PROGRESS_RATIO, "实际完成÷（全年目标×序时进度）。"),
    )
    return tuple(
        Column(field=field, header=header, type=kind, formula=formula, note=note, hidden=True, printed=False)
        for field, header, kind, formula, note in steps
    )


COMPARED = Table(
    name="目标对比表",
    title="表4 项目产出目标、效果目标对比表",
    record="compared",
    spare=15,
    keys=("name",),
    columns=(
        Column(
            field="level1",
            header="一级目标",
            type=Type.CHOICE,
            also=("一级指标",),
            choices="列表_一级指标",
            width=12,
        ),
        Column(
            field="level2",
            header="二级目标",
            type=Type.CHOICE,
            also=("二级指标",),
            choices="列表_二级指标",
            width=16,
        ),
        Column(field="name", header="三级目标", type=Type.TEXT, also=("三级指标", "指标名称"), width=32),
        Column(
            field="annual",
            header="项目完成时绩效目标值",
            type=Type.TARGET,
            also=("年度指标值",),
            width=16,
            note="全年目标。" + _TARGET_NOTE,
        ),
        Column(
            field="stage",
            header="本阶段应完成的绩效目标值",
            type=Type.TARGET,
            also=("阶段目标值",),
            width=16,
            note="到监控截止日应当完成多少；偏差按它算。",
        ),
        Column(
            field="actual",
            header="实际完成的绩效目标值",
            type=Type.TARGET,
            also=("实际完成值", "当前完成值"),
            width=16,
            note="到监控截止日实际完成多少，写数和单位，不带比较符。",
        ),
        *understood("annual", "目标"),
        *understood("stage", "阶段", ("annual",)),
        *understood("actual", "实际", ("annual", "stage")),
        *_judging(),
        Column(
            field="completion",
            header="完成率",
            type=Type.RATE,
            width=10,
            printed=False,
            formula=fx.COMPLETION,
            note="实际完成÷全年目标。",
        ),
        Column(
            field="deviation",
            header="偏差",
            type=Type.NUMBER,
            width=10,
            printed=False,
            formula=fx.DEVIATION,
            note="实际完成－本阶段应完成，单位同本阶段应完成值；区间指标是到较近一端的距离。",
        ),
        Column(
            field="deviation_rate",
            header="偏差率",
            type=Type.RATE,
            width=10,
            printed=False,
            formula=fx.DEVIATION_RATE,
            note="偏差÷本阶段应完成。≤类指标为正是不利。",
        ),
        Column(
            field="met",
            header="是否达成",
            type=Type.TEXT,
            width=10,
            printed=False,
            formula=fx.MET,
            note="本阶段应完成的是否完成；资料不够的写无法判断。",
        ),
        Column(
            field="light",
            header="预警",
            type=Type.TEXT,
            width=8,
            printed=False,
            formula=fx.LIGHT,
            note="按规则集亮灯。",
        ),
        Column(
            field="forecast",
            header="全年预计",
            type=Type.TARGET,
            also=("全年预计完成情况",),
            width=14,
            printed=False,
            note="预计全年完成多少。",
        ),
        Column(
            field="likelihood",
            header="完成可能性",
            type=Type.CHOICE,
            also=("完成目标可能性",),
            choices="列表_完成可能性",
            width=12,
            printed=False,
            note="有可能、完全不可能的，要写偏差原因和改进措施。",
        ),
        Column(
            field="cause",
            header="偏差原因",
            type=Type.CHOICE,
            choices="列表_偏差原因",
            width=14,
            printed=False,
            note="可以写几项，用顿号隔开。",
        ),
        Column(field="reason", header="原因说明", type=Type.LONG_TEXT, width=30, printed=False),
        Column(field="measure", header="改进措施", type=Type.LONG_TEXT, width=30, printed=False),
        Column(
            field="previous",
            header="上期实际",
            type=Type.TARGET,
            width=14,
            printed=False,
            note="上一期监控的实际完成值，接着上一期新建时带来，供对照。",
        ),
    ),
)

ANALYSES = _paragraphs("指标分析表", "各指标完成情况", "analyses", spare=12, note="跟踪的指标每个一段。")
OVERALL = _paragraphs("综合分析表", "效率性、效益性、公平性", "overall", spare=3, note="报告四（四）的三段。")
OVERALL_SUBJECTS = ("效率性分析", "效益性分析", "公平性分析")

CONCLUSIONS = _paragraphs("结论表", "监控结论", "conclusions", spare=2, note="报告五（三）的文字。")
CONCLUSION_SUBJECTS = ("总体结论", "下一步建议")

PROBLEMS = Table(
    name="问题措施表",
    title="主要问题和改进措施",
    record="problems",
    spare=8,
    columns=(
        Column(field="kind", header="类别", type=Type.CHOICE, choices="列表_问题类别", width=12),
        Column(field="title", header="问题", type=Type.TEXT, width=26, example="部分指标设置不规范"),
        Column(field="text", header="问题说明", type=Type.LONG_TEXT, width=48),
        Column(field="measure_title", header="措施", type=Type.TEXT, width=26, example="规范指标设置"),
        Column(
            field="measure", header="措施说明", type=Type.LONG_TEXT, width=48, note="每个问题都要有措施。"
        ),
        Column(  # in the same column of the sheet as the hidden one of the conclusions
            field="draft",
            header="草稿原文",
            type=Type.LONG_TEXT,
            hidden=True,
            printed=False,
            later=True,
            note="程序上次起草的四栏原文，用来认出有没有人改过。",
        ),
        Column(
            field="state",
            header="整改状态",
            type=Type.CHOICE,
            choices="列表_整改状态",
            width=12,
            note="从上期带来的问题填；本期新提的空着。",
        ),
        Column(
            field="rectification",
            header="整改情况",
            type=Type.LONG_TEXT,
            width=36,
            note="上期的问题到本期改了没有、怎么改的。",
        ),
    ),
)

VERDICT_NAME = "检查结论"
VERDICT = Form(
    title="检查结论",
    record="",
    cells=(
        NamedCell(
            field="verdict",
            name=VERDICT_NAME,
            label="能不能出正式报告",
            type=Type.LONG_TEXT,
            note="由“检查”写入；改了内容要再检查一次。",
        ),
    ),
)

FINDINGS = Table(
    name="检查结果表",
    title="检查结果",
    record="",
    spare=3,
    columns=(
        Column(field="severity", header="级别", type=Type.TEXT, width=8),
        Column(field="code", header="编号", type=Type.TEXT, width=10),
        Column(field="where", header="位置", type=Type.TEXT, width=34),
        Column(field="message", header="问题", type=Type.LONG_TEXT, width=60),
        Column(field="hint", header="怎么改", type=Type.LONG_TEXT, width=44),
        Column(
            field="answer",
            header="处理意见",
            type=Type.LONG_TEXT,
            width=30,
            note="由人填写，再检查时保留；写明理由的警告算已经说明。",
        ),
        Column(
            field="key",
            header="记号",
            type=Type.TEXT,
            hidden=True,
            printed=False,
            note="程序用来认出是不是同一条问题。",
        ),
    ),
)

SHEETS: tuple[Sheet, ...] = (
    Sheet(name="项目信息", title="项目信息", blocks=(PROJECT, PERIOD)),
    Sheet(name="项目进展", title="项目进展（截至监控截止日）", blocks=(PROGRESS,), landscape=True),
    Sheet(name="资金", title="项目资金", blocks=(FUNDS, FUNDING, SPENDING), landscape=True),
    Sheet(name="表1 绩效目标申报表", title="表1 项目绩效目标申报表", blocks=(GOAL, DECLARED)),
    Sheet(name="表2 总目标调整表", title="表2 项目总目标调整表", blocks=(GOAL_CHANGES,), landscape=True),
    Sheet(name="表3 分解目标调整表", title="表3 年度绩效分解目标调整表", blocks=(ADJUSTED,), landscape=True),
    Sheet(
        name="表4 目标对比表", title="表4 项目产出目标、效果目标对比表", blocks=(COMPARED,), landscape=True
    ),
    Sheet(name="指标分析", title="指标分析", blocks=(FUND_NOTES, OVERALL, ANALYSES), landscape=True),
    Sheet(name="问题与措施", title="问题与措施", blocks=(CONCLUSIONS, PROBLEMS), landscape=True),
    Sheet(
        name="看板",
        title="看板",
        blocks=(BOARD, BOARD_INDICATORS),
        landscape=True,
        charts=BOARD_CHARTS,
        one_page=True,
    ),
    Sheet(name="检查结果", title="检查结果", blocks=(VERDICT, FINDINGS), landscape=True),
)


def forms() -> tuple[tuple[Sheet, Form], ...]:
    """全部表单和所在的工作表。"""
    return tuple((s, b) for s in SHEETS for b in s.blocks if isinstance(b, Form))


def tables() -> tuple[tuple[Sheet, Table], ...]:
    """全部表格和所在的工作表。"""
    return tuple((s, b) for s in SHEETS for b in s.blocks if isinstance(b, Table))
