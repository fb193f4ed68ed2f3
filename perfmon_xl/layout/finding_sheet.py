"""Sheet 检查结果: the verdict, how far one is, and the findings, a matter after the other."""

from __future__ import annotations

from perfmon_xl.layout.schema import Banner, Column, Form, NamedCell, Table, Type

GONE = "已改"  # in column 级别: a matter that the last check no longer found
SAME_HINT = "同上"
JOINED = "\n\n"  # between the keys that one answer is for
UNCHANGED, CHANGED, ANSWERED, DONE = "未改", "改过", "已说明", "已改"
FINDINGS = Table(
    name="检查结果表",
    title="检查结果",
    record="",
    spare=3,
    filtered=True,
    columns=(
        Column(field="number", header="序", type=Type.NUMBER, width=5, later=True, written=True),
        Column(field="severity", header="级别", type=Type.TEXT, width=10, written=True),
        Column(field="matter", header="事项", type=Type.LONG_TEXT, width=25, later=True, written=True),
        Column(field="where", header="位置", type=Type.TEXT, width=13, written=True),
        Column(field="message", header="问题", type=Type.LONG_TEXT, width=46, written=True),
        Column(field="hint", header="怎么改", type=Type.LONG_TEXT, width=32, written=True),
        Column(
            field="answer",
            header="处理意见",
            type=Type.LONG_TEXT,
            width=20,
            note="由人填写，再检查时保留；写明理由的警告算已经说明。写在事项的第一行，各处都算。",
        ),
        Column(
            field="state",
            header="状态",
            type=Type.TEXT,
            width=8,
            later=True,
            written=True,
            note="未改；改过：检查以后那一格动过；已说明：写了处理意见；已改：再检查已经没有了。",
        ),
        Column(field="code", header="编号", type=Type.TEXT, width=8, written=True),
        Column(
            field="key",
            header="记号",
            type=Type.TEXT,
            hidden=True,
            printed=False,
            written=True,
            note="程序用来认出是不是同一条问题；一个事项第一行的处理意见管哪几条。",
        ),
        Column(
            field="seen",
            header="查时值",
            type=Type.TEXT,
            hidden=True,
            printed=False,
            later=True,
            written=True,
            note="检查时那一格里的值。",
        ),
        Column(
            field="reference",
            header="引用",
            type=Type.TEXT,
            hidden=True,
            printed=False,
            later=True,
            written=True,
            note="位置的全称。",
        ),
    ),
)

_NUMBER, _LEVEL, _STATE = (f"检查结果表[{header}]" for header in ("序", "级别", "状态"))


def _leads(level: str) -> str:
    return f'SUMPRODUCT(ISNUMBER({_NUMBER})*({_LEVEL}="{level}"))'


_TOTAL = f"SUMPRODUCT(--ISNUMBER({_NUMBER}))"
_PLACES = f'SUMPRODUCT((LEN(检查结果表[编号])>0)*({_LEVEL}<>"{GONE}"))'
_GONE = f'SUMPRODUCT(--({_LEVEL}="{GONE}"))'
_SAID = f'SUMPRODUCT(ISNUMBER({_NUMBER})*({_STATE}="{ANSWERED}"))'
VERDICT_NAME, COUNTED_NAME, PROGRESS_NAME, WALK_NAME = "检查结论", "检查_事项", "检查_进度", "检查_下一步"
COUNTED = (
    f'IF({_TOTAL}=0,"",{_TOTAL}&" 个事项（"&{_PLACES}&" 处）：✖ 必须改 "&{_leads("错误")}&"　！改或说明 "'
    f'&{_leads("警告")}&"　？请核对 "&{_leads("无法判断")}&"　· 供参考 "&{_leads("提示")})'
)
PROGRESS = f'IF({_TOTAL}+{_GONE}=0,"","进度：已改 "&{_GONE}&" · 已说明 "&{_SAID}&" · 共 "&({_TOTAL}+{_GONE}))'
WALK_UNCHECKED = "下一步：填好以后检查一遍。"
WALK_ERRORS = (
    "下一步：从第 1 项改起。点“位置”到那一格；左边的 + 展开同一事项的各处；只看必须改的，用“级别”上的筛选。"
    "不改的警告，在“处理意见”写明理由（写在事项的第一行，各处都算）。改完再检查一次。"
)
WALK_REST = "下一步：警告改掉，或在“处理意见”写明理由（写在事项的第一行，各处都算）；然后出报告。"
WALK_CLEAN = "下一步：没有要改的，可以出报告了。"
WALK = (
    f'IF({_TOTAL}+{_GONE}=0,IF(LEN({VERDICT_NAME})=0,"{WALK_UNCHECKED}","{WALK_CLEAN}"),'
    f'IF({_leads("错误")}>0,"{WALK_ERRORS}",IF({_TOTAL}>0,"{WALK_REST}","{WALK_CLEAN}")))'
)
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
        NamedCell(field="counted", name=COUNTED_NAME, label="事项", type=Type.LONG_TEXT, formula=COUNTED),
        NamedCell(field="progress", name=PROGRESS_NAME, label="进度", type=Type.LONG_TEXT, formula=PROGRESS),
        NamedCell(field="walk", name=WALK_NAME, label="下一步", type=Type.LONG_TEXT, formula=WALK),
    ),
)
_PLACED = {VERDICT_NAME: "D1", COUNTED_NAME: "A2", PROGRESS_NAME: "F2", WALK_NAME: "A3"}
_UNCHECKED = f"LEN({VERDICT_NAME})=0"
GUIDE_MISSING, GUIDE_TOLD, GUIDE_STATE = "还差_检查结果", "提示_检查结果", "状态_检查结果"
TOLD_UNCHECKED = "填好以后，运行“检查”。"
TOLD_REST = "没有必须改的；警告改掉或写明处理意见，然后出报告。"
TOLD_CLEAN = "没有要改的，可以出报告了。"
STATE_UNCHECKED, STATE_OPEN, STATE_DONE = "还没有检查", "还要改", "✓ 可以出报告"
# The last row of “做到哪一步” on 填报说明: how many matters must be changed before there can be a report.
CHECK_STATE = Form(
    title="检查的进度",
    record="",
    cells=(
        NamedCell(
            field="missing_check",
            name=GUIDE_MISSING,
            label="检查结果",
            type=Type.NUMBER,
            formula=_leads("错误"),
        ),
        NamedCell(
            field="told_check",
            name=GUIDE_TOLD,
            label="下一步",
            type=Type.LONG_TEXT,
            formula=f'IF({_UNCHECKED},"{TOLD_UNCHECKED}",IF({GUIDE_MISSING}>0,"必须改 "&{GUIDE_MISSING}'
            f'&" 个事项，从第 1 项改起。",IF({_TOTAL}>0,"{TOLD_REST}","{TOLD_CLEAN}")))',
        ),
        NamedCell(
            field="state_check",
            name=GUIDE_STATE,
            label="怎样了",
            type=Type.TEXT,
            formula=f'IF({_UNCHECKED},"{STATE_UNCHECKED}",IF({GUIDE_MISSING}>0,"{STATE_OPEN}","{STATE_DONE}"))',
        ),
    ),
)
BANNERS = tuple(Banner(cell, _PLACED[cell.name], strong=cell.name != WALK_NAME) for cell in VERDICT.cells)
