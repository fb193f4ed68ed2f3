"""Native formulas that judge a row of 表4: direction, dates, 是否达成, 预警. The Python twin is domain/measures_indicator.py.

`{field}` is another column of the same row. The words that a name is looked through for are those of domain/direction.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from perfmon_xl.domain import dates, direction
from perfmon_xl.layout.formulas import NOT_A_RATE, is_listed, one_of, rounded, squeezed

_STATED = ("≥", "≤", ">", "<", "=", "区间")
_PLAIN = ("未写", "余", "约", "近")
_NUMERIC = tuple(sign for sign in (*_STATED, *_PLAIN) if sign != "区间")
_WORDS = ("定性", "日期")


def _holds(text: str, words: Iterable[str]) -> str:
    """text 里有没有其中一个词。"""
    return "SUMPRODUCT(ISNUMBER(FIND({" + ",".join(f'"{w}"' for w in words) + f"}},{text}))*1)>0"


# --- 方向，是不是逐月累加 -----------------------------------------------------------------------------

_NAME = squeezed("{name}")
_LEVEL2 = squeezed("{level2}")
_COST = f'SUMPRODUCT(ISNUMBER(FIND("{direction.COST}",{{level1}}&"|"&{{level2}}&"|"&{_NAME}))*1)>0'
_UNIT = f"IF({one_of('{annual_sign}', *_NUMERIC)},{{annual_base_unit}},{{stage_base_unit}})"  # of what is without a sign
DIRECTION = (
    f'IF(ISNUMBER(FIND("{direction.TIMELINESS}",{{level2}}))*({one_of(_UNIT, *direction.LENGTHS_OF_TIME)})>0,"≤",'
    f'IF({_holds(_NAME, direction.FAVOURABLE)},"≥",IF({_COST},"≤",'
    f'IF({_holds(_NAME, direction.ADVERSE)},"≤","≥"))))'
)
ANNUAL_RULE = (
    f"IF({one_of('{annual_sign}', *_STATED, *_WORDS)},{{annual_sign}},"
    f"IF({one_of('{annual_sign}', *_PLAIN)},"
    'IF({annual_base}=0,"=",{direction}),""))'
)
STAGE_RULE = (
    f"IF({one_of('{stage_sign}', *_STATED, *_WORDS)},{{stage_sign}},"
    f"IF({one_of('{stage_sign}', *_PLAIN)},"
    f"IF({one_of('{annual_sign}', *_NUMERIC)},{{annual_rule}},"
    'IF({stage_base}=0,"=",{direction})),""))'
)
_COUNTED = one_of("{annual_base_unit}", *direction.COUNTED)
ADDS_UP = (
    f"IF({one_of('{annual_sign}', *_NUMERIC)},"
    f"IF(({{annual_base}}<=0)+({one_of('{annual_rule}', '≤', '<')})+({one_of('{annual_base_unit}', *direction.RATIOS)})"
    f'+ISNUMBER(FIND("/",{{annual_base_unit}}))+({_holds(_NAME, direction.NOT_ADDED_UP)})>0,"否",'
    f'IF(ISNUMBER(FIND("{direction.QUANTITY}",{_LEVEL2})),"是",'
    f'IF({_holds(_LEVEL2, direction.NEVER_ADDED_UP)},"否",'
    f'IF(ISNUMBER(FIND("{direction.BENEFIT}",{_LEVEL2}))+ISNUMBER(FIND("{direction.LASTING}",{_LEVEL2}))'
    f'+(LEN({_LEVEL2})=0)*ISNUMBER(FIND("{direction.BENEFIT}",{{level1}}))'
    f'+ISNUMBER(FIND("{direction.OUTPUT}",{{level1}}))>0,IF({_COUNTED},"是","否"),"否")))),"否")'
)

# --- 定性的分档 -------------------------------------------------------------------------------------

EXPLANATION = 'IFERROR(INDEX(分解目标调整表[指标解释],MATCH({name},分解目标调整表[三级指标],0))&"","")'
_TEXT = "{actual_words}"
_OWN = '"、"&{grades}&"、"'
_PLACE = f'FIND("、"&{_TEXT}&"、",{_OWN})'
_OWN_GRADE = (
    f'IF(ISNUMBER({_PLACE})*ISERROR(FIND("、",{_TEXT}))=0,"",'
    f'IF({_PLACE}<=IFERROR(FIND("、"&{{annual_plain}}&"、",{_OWN}),1),"达成",'
    f'IF(EXACT(RIGHT("、"&{{grades}},LEN({_TEXT})+1),"、"&{_TEXT}),"未达成","部分达成")))'
)
GRADE = (
    f'IF({_TEXT}="","",IF(LEN({{grades}})>0,IF(EXACT({{grades_seen}},{{explanation_now}}),{_OWN_GRADE},""),'
    f'IF({is_listed(_TEXT, "参数_定性达成")},"达成",'
    f'IF({is_listed(_TEXT, "参数_定性部分达成")},"部分达成",'
    f'IF({is_listed(_TEXT, "参数_定性未达成")},"未达成","")))))'
)

# --- 日期 -------------------------------------------------------------------------------------------


def ymd(value: str) -> str:
    """日期写成 年-月-日；不是日期的空着。"""
    text = f"{{{value}_body}}"
    for old, new in (*((word, "") for word in dates.DATE_WORDS), *dates.PLAIN_MARKS):
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    return f'IF({{{value}_sign}}="日期",{text},"")'


def dated(value: str, *, last: bool) -> str:
    """一头的日子，补上年份。"""
    whole = f"{{{value}_ymd}}"
    part = f'LEFT({whole},FIND("起",{whole}&"起")-1)'
    if last:
        after = f'MID({whole},FIND("起",{whole})+1,99)'
        part = f'IF(ISNUMBER(FIND("起",{whole})),IF({after}="",{part},{after}),{whole})'
    dashes = f'(LEN({part})-LEN(SUBSTITUTE({part},"-","")))'
    rest = f"MID({part},6,99)"
    ends = one_of(rest, *dates.ENDS)
    of_year = f'LEFT({part},4)&"-12-底"' if last else f'LEFT({part},4)&IF({ends},"-12-","-1-")'
    return (
        f'IF({dashes}=2,{part},IF({dashes}<>1,"",IF(FIND("-",{part})<>5,'
        f'IF(ISNUMBER(日期年份),日期年份&"-"&{part},""),IF({one_of(rest, "", "内", *dates.ENDS)},{of_year},""))))'
    )


def day(text: str, *, last: bool) -> str:
    """年-月-日 是哪一天；没有这一天的空着。"""
    second = f'FIND("-",{text},6)'
    year, month, rest = (
        f"VALUE(LEFT({text},4))",
        f"VALUE(MID({text},6,{second}-6))",
        f"MID({text},{second}+1,9)",
    )
    final = f"DATE({year},{month}+1,0)"
    whole = final if last else f'DATE({year},{month},IF({rest}="",1,{dates.LATE}))'
    return (
        f'IFERROR(IF(AND(FIND("-",{text})=5,{second}<=8,{month}>=1,{month}<=12,{year}>={dates.FIRST_YEAR},{year}<={dates.LAST_YEAR}),'
        f"IF({one_of(rest, '', *dates.ENDS)},{whole},"
        f'IF(AND(LEN({rest})<=2,VALUE({rest})>=1,VALUE({rest})<=DAY({final})),DATE({year},{month},VALUE({rest})),"")),""),"")'
    )


DONE_FIRST = f'IF(ISNUMBER(FIND("前",{{actual_body}})),"",{day("{actual_from}", last=False)})'


def _date_state(due: str) -> str:
    waiting = f'IF(NOT(ISNUMBER(监控截止日期)),"无法判断",IF(监控截止日期<{due},"未到期","未达成"))'
    started = "IF(ISNUMBER({done_first}),{done_first},{done_last})"
    told = (
        'IF(NOT(ISNUMBER({done_last})),"",'
        f"IF(IF(ISNUMBER(监控截止日期),{started}>监控截止日期,FALSE),"
        f'IF({waiting}="无法判断","",{waiting}),'
        f'IF({{done_last}}<={due},"达成",IF(IF(ISNUMBER({{done_first}}),{{done_first}}>{due},FALSE),"未达成",""))))'
    )
    words = f'IF({{grade}}="达成","达成",IF({{grade}}="","",IF({waiting}="无法判断","未达成",{waiting})))'
    return (
        f'IF(NOT(ISNUMBER({due})),"",IF({{actual_sign}}="日期",{told},'
        f'IF({{actual_sign}}="",IF({waiting}="未到期","未到期",""),{words})))'
    )


# --- 是否达成 ---------------------------------------------------------------------------------------


def state(target: str) -> str:
    """实际值与一个目标比：达成、未达成、未到期，判断不了的空着。target 是 annual 或 stage。"""
    rule, base, upper, unit = (f"{{{target}_{part}}}" for part in ("rule", "base", "base_upper", "base_unit"))
    value, low, high = rounded("{value}"), rounded(base), rounded(upper)
    inside = (
        f'IF({rule}="区间",({value}>={low})*({value}<={high}),'
        f'IF({rule}="≤",--({value}<={low}),IF({rule}="<",--({value}<{low}),IF({rule}=">",--({value}>{low}),'
        f'IF(({rule}="=")*({low}=0),--({value}<=0),--({value}>={low}))))))'
    )
    words = (
        f'IF({_TEXT}="","",IF(EXACT({_TEXT},{{{target}_plain}}),"达成",'
        f'IF(EXACT({_TEXT},"不"&{{{target}_plain}})+EXACT({_TEXT},"未"&{{{target}_plain}})'
        f'+EXACT({_TEXT},"否")*EXACT({{{target}_plain}},"是")>0,"未达成",'
        'IF({grade}="达成","达成",IF({grade}="","","未达成")))))'
    )
    return (
        f'IF({rule}="","",IF({rule}="日期",{_date_state(f"{{{target}_due}}")},IF({rule}="定性",{words},'
        f'IF(ISNUMBER({{value}})*ISNUMBER({base})*EXACT({unit},{{actual_base_unit}})=0,"",'
        f'IF({inside}=1,"达成","未达成")))))'
    )


_RATIO = rounded("{progress_ratio}")
MET = (
    'IF(LEN({annual_sign}&{stage_sign}&{actual_sign})=0,"",IF({stage_sign}<>"",'
    'IF({stage_met}="","无法判断",'
    f'IF(({{stage_met}}="达成")*({{annual_met}}="未达成")*({one_of("{annual_rule}", "≤", "<")})>0,"未达成",{{stage_met}})),'
    'IF(({annual_met}<>"未达成")+({adds_up}<>"是")>0,IF({annual_met}="","无法判断",{annual_met}),'
    f'IF(NOT(ISNUMBER({{progress_ratio}})),"无法判断",IF({_RATIO}>=1,"达成",'
    f'IF(IF(ISNUMBER(参数_指标黄灯低于),{_RATIO}<参数_指标黄灯低于,FALSE)+(序时进度=1)>0,"未达成","无法判断"))))))'
)

# --- 预警 -------------------------------------------------------------------------------------------

PACE_LIGHT = (
    'IF(ISNUMBER({progress_ratio})*ISNUMBER(参数_指标红灯低于)=0,"",'
    f'IF({_RATIO}<参数_指标红灯低于,"红",IF({_RATIO}<参数_指标黄灯低于,"黄",IF({_RATIO}>=参数_指标蓝灯达到,"蓝","绿"))))'
)


def _goal(part: str) -> str:
    return f'IF({{stage_sign}}="",{{annual_{part}}},{{stage_{part}}})'


GOAL_BASE, GOAL_UPPER, GOAL_RULE = _goal("base"), _goal("base_upper"), _goal("rule")


def _words_light(met: str) -> str:
    return f'IF({met}="达成","绿",IF({met}="未达成",IF({{grade}}="部分达成","黄","红"),""))'


_BY_PLATFORM = (
    f"IF({one_of('{annual_rule}', *_WORDS)},{_words_light('{annual_met}')},"
    'IF({annual_met}="","",'
    'IF(({annual_rule}="≤")+({annual_rule}="<")+({annual_rule}="区间")+({proration}="不折算")'
    f'+({{progress_ratio}}="{NOT_A_RATE}")>0,IF({{annual_met}}="达成","绿","红"),'
    'IF({proration}="","",{pace_light}))))'
)
_SHARE = 'IF({goal_rule}="区间",IF({value}<{goal_base},{value}/{goal_base},{goal_upper}/{value}),{value}/{goal_base})'
_MISSED = (
    'IF(NOT(ISNUMBER({goal_base})*ISNUMBER({value})*ISNUMBER(参数_指标红灯低于)),"红",'
    f'IF(({{goal_base}}<=0)+({one_of("{goal_rule}", "≤", "<")})>0,"红",IF({rounded(_SHARE)}<参数_指标红灯低于,"红","黄")))'
)
_GOOD = f'({{adds_up}}="是")*({one_of("{pace_light}", "绿", "蓝")})>0'
_BAD = f'({{adds_up}}="是")*({one_of("{pace_light}", "红", "黄")})>0'
_BY_STAGE = (
    f"IF({one_of(_goal('sign'), *_WORDS)},{_words_light('{met}')},"
    f'IF({{met}}="达成",IF({_GOOD},{{pace_light}},"绿"),'
    f'IF({{met}}="未达成",IF({_BAD},{{pace_light}},{_MISSED}),'
    f'IF(({{met}}="无法判断")*({{stage_sign}}="")*({_GOOD})>0,"绿",""))))'
)
LIGHT = f'IF(参数_指标预警方法="阶段和序时",{_BY_STAGE},IF(参数_指标预警方法="序时",{_BY_PLATFORM},""))'

DISAGREES = "灯按全年目标和序时算，是否达成按本阶段算"
LIGHT_NOTE = (
    f'IF(({one_of("{light}", "绿", "蓝")})*({{met}}="未达成")+({one_of("{light}", "红", "黄")})*({{met}}="达成")>0,'
    f'"{DISAGREES}","")'
)
