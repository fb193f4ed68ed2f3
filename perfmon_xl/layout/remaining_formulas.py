"""What is still missing, as native formulas: 本行还差 of a row, and when a column must be filled in.

The Python twin is workbook/remaining.py; the first thing that applies is named, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfmon_xl.domain.proposals import PROPOSED
from perfmon_xl.layout.required import MONITORED, PERFORMED, STAGED

DONE = "✓"
QUALITATIVE = "定性"


def filled(field: str) -> str:
    """一栏写了东西没有；只有空格的不算。"""
    return f"LEN(TRIM({{{field}}}))>0"


def blank(field: str) -> str:
    return f"LEN(TRIM({{{field}}}))=0"


def _first(steps: Sequence[tuple[str, str]], used: str) -> str:
    """第一条成立的是还差的那一件；都不成立的打勾；没有用的行空着。"""
    formula = f'"{DONE}"'
    for condition, words in reversed(steps):
        formula = f'IF({condition},"{words}",{formula})'
    return f'IF({used},{formula},"")'


def _any(*fields: str) -> str:
    return "LEN(TRIM(" + "&".join(f"{{{field}}}" for field in fields) + "))>0"


def _is(field: str, *words: str) -> str:
    return "OR(" + ",".join(f'TRIM({{{field}}})="{word}"' for word in words) + ")"


DECLARED_TODO = _first(
    (
        (blank("name"), "填三级指标"),
        (blank("level1"), "选一级指标"),
        (blank("level2"), "选二级指标"),
        ('{target_sign}=""', "填目标值"),
        ('{target_sign}="未识别"', "目标看不懂"),
    ),
    _any("level1", "level2", "name", "target"),
)

PROGRESS_TODO = _first(
    ((blank("text"), "写进展情况"), (blank("state"), "选状态")), _any("subject", "text", "state")
)

_NO_BUDGET = f"AND({blank('initial')},{blank('adjusted')})"
FUNDING_TODO = _first(
    (
        (blank("source"), "写资金来源"),
        (_NO_BUDGET, "填预算数"),
        (f"AND({PERFORMED},{blank('spent')})", "填支出数"),
    ),
    _any("source", "initial", "adjusted", "arrived", "spent", "forecast"),
)

REVISED = 'TRIM({changed})="是"'
GOAL_TODO = _first(
    (
        (blank("original"), "抄原内容"),
        (blank("changed"), "选是否调整"),
        (f"AND({REVISED},{blank('revised')})", "写调整后"),
    ),
    _any("subject", "original", "changed", "revised"),
)

NOT_REMOVED = 'TRIM({change})<>"删除"'
TRACKED = f'AND({NOT_REMOVED},TRIM({{tracked}})="是")'
CHANGE_EXPLAINED = _is("change", "删除", "调整")
ADJUSTED_TODO = _first(
    (
        (blank("name"), "填三级指标"),
        (blank("level1"), "选一级指标"),
        (blank("level2"), "选二级指标"),
        (f'AND({NOT_REMOVED},{{target_sign}}="")', "填目标值"),
        ('{target_sign}="未识别"', "目标看不懂"),
        (blank("change"), "选调整类型"),
        (f"AND({CHANGE_EXPLAINED},{blank('explanation')})", "写明理由"),
        (f"AND({NOT_REMOVED},{blank('tracked')})", "选是否跟踪"),
        (f'AND({TRACKED},{{tracked_target_sign}}="")', "填跟踪目标"),
        (f'AND({TRACKED},{{tracked_target_sign}}="未识别")', "跟踪看不懂"),
    ),
    _any("level1", "level2", "name", "target", "change", "explanation", "tracked_target", "tracked"),
)

# --- 表4 --------------------------------------------------------------------------------------------

_ROUNDED = "ROUND({},参数_比较小数位)"
_RATIO = _ROUNDED.format("{value}/{annual_base}")
# 超过全年目标太多，照 domain/explaining.py：目标为零的、写“=”的、按倍数的、按偏差的。
_OVER = (
    'IF(ISNUMBER({value})*ISNUMBER({annual_base})*({annual_rule}<>"区间")*EXACT({annual_base_unit},{actual_base_unit})=0,'
    "FALSE,IF({annual_base}=0,IF(ISNUMBER(参数_说明目标为零),"
    + _ROUNDED.format("{value}")
    + ">=参数_说明目标为零,FALSE),"
    'IF(({annual_rule}="=")*(参数_说明超过等号="是")*('
    + _ROUNDED.format("{value}")
    + ">"
    + _ROUNDED.format("{annual_base}")
    + "),TRUE,IF({annual_base}<0,FALSE,OR("
    f"IF(ISNUMBER(参数_说明倍数),{_RATIO}>=参数_说明倍数,FALSE),"
    'IF(ISNUMBER(参数_说明偏差)*(({annual_rule}="≥")+({annual_rule}=">")),'
    f"{_ROUNDED.format(_RATIO + '-1')}>参数_说明偏差,FALSE)"
    "))))) "
).strip()
EXPLAIN = (
    'IF(AND({light}<>"",ISNUMBER(FIND("、"&{light}&"、","、"&参数_说明亮灯&"、"))),"是",IF('
    + _OVER
    + ',"是",""))'
)
NOT_DUE = '{met}="未到期"'
_COPIED = 'OR({actual_sign}="≥",{actual_sign}="≤",{actual_sign}=">",{actual_sign}="<")'
_WORD = 'SUBSTITUTE(SUBSTITUTE(TRIM({likelihood})," ",""),"\u3000","")'
_LIKELY = f'OR({_WORD}="有可能",{_WORD}="完全不可能",{_WORD}="不可能")'
# 规则集点名的可能性，要写全年预计和原因。
_LIKELY_NAMED = f'AND({_WORD}<>"",ISNUMBER(FIND("、"&IF({_WORD}="不可能","完全不可能",{_WORD})&"、","、"&参数_说明可能性&"、")))'
_DEVIATES = f'OR({{met}}="未达成",{{explain}}="是",{_LIKELY},{_LIKELY_NAMED})'
FORECAST_WANTED = _LIKELY_NAMED
LIKELIHOOD_WANTED = f'AND({MONITORED},OR({{met}}="达成",{{met}}="未达成"))'
CAUSE_WANTED = _DEVIATES
REASON_WANTED = f"OR({_DEVIATES},{filled('cause')})"
MEASURE_WANTED = f'OR({{met}}="未达成",{_LIKELY})'
COMPARED_TODO = _first(
    (
        (blank("name"), "填三级目标"),
        (blank("level1"), "选一级目标"),
        (blank("level2"), "选二级目标"),
        ('{annual_sign}=""', "填目标值"),
        ('{annual_sign}="未识别"', "目标看不懂"),
        ('{stage_sign}="未识别"', "阶段看不懂"),
        (f"NOT({PERFORMED})", DONE),
        (NOT_DUE, DONE),
        ('{actual_sign}=""', "填实际值"),
        (f'OR({_COPIED},{{actual_sign}}="=")', "去掉比较符"),
        (f'AND({{actual_sign}}="未识别",{{annual_sign}}<>"{QUALITATIVE}")', "实际看不懂"),
        (f'AND({{annual_sign}}="{QUALITATIVE}",{{met}}="无法判断")', "选档次"),
        (f'AND({STAGED},LEFT(TRIM({{stage}}),{len(PROPOSED)})="{PROPOSED}")', "核定阶段值"),
        (f'AND({STAGED},{{stage_sign}}="")', "填阶段值"),
        (f"AND({LIKELIHOOD_WANTED},{blank('likelihood')})", "选可能性"),
        (f"AND({FORECAST_WANTED},{blank('forecast')})", "写全年预计"),
        (f"AND({CAUSE_WANTED},{blank('cause')})", "选偏差原因"),
        (f"AND({REASON_WANTED},{blank('reason')})", "写原因说明"),
        (f"AND({MEASURE_WANTED},{blank('measure')})", "写改进措施"),
    ),
    _any("level1", "level2", "name", "annual", "stage", "actual"),
)
# 定性的实际值选一档；不是定性的，列表里只有已经填的那一个，不拦着人写。
ACTUAL_GRADES = f'IF({{annual_sign}}="{QUALITATIVE}",列表_定性档次,{{actual}})'
