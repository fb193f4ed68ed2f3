"""Native formulas of the computed cells, one text per figure; the Python twin is workbook/computed.py.

`{field}` is another column of the same row, every other word is a workbook name or a table column.
No threshold stands in a formula: they are names `参数_…` on sheet 规则参数 (layout/parameters.py).
Only functions that Excel 2010, WPS and LibreOffice 7.4 share, nothing volatile, no array entry.

Comparisons go through ROUND(…,参数_比较小数位): binary fractions such as 2/3÷(10/12) must meet the
threshold 0.8 just as the exact figures do.
"""

from __future__ import annotations

from itertools import starmap

from perfmon_xl.domain.since_last import PLACES, POINTS, UNCHANGED

NOT_A_RATE = "—"

# --- 项目信息：时间 ---------------------------------------------------------------------------------

MONTH = 'IF(ISNUMBER(监控截止日期),MONTH(监控截止日期),"")'

_WRITTEN_YEAR = "VALUE(LEFT(TRIM(预算年度),4))"
_CUTOFF_YEAR = 'IF(ISNUMBER(监控截止日期),YEAR(监控截止日期),"")'
YEAR = (
    f"IFERROR(IF((LEN(TRIM(预算年度))>=4)*({_WRITTEN_YEAR}>=1900)*({_WRITTEN_YEAR}<=2100)>0,{_WRITTEN_YEAR},"
    f"{_CUTOFF_YEAR}),{_CUTOFF_YEAR})"
)
PACE = (
    'IF(NOT(ISNUMBER(监控截止日期)),IF(TRIM(文件种类)="绩效自评",1,""),IF(参数_序时口径="按日",'
    "(监控截止日期-DATE(YEAR(监控截止日期),1,1)+1)"
    "/(DATE(YEAR(监控截止日期)+1,1,1)-DATE(YEAR(监控截止日期),1,1)),"
    "MONTH(监控截止日期)/参数_全年月数))"
)

# --- 资金 -------------------------------------------------------------------------------------------


def _column(header: str, table: str = "资金表") -> str:
    return f"{table}[{header}]"


_INITIAL = _column("年初预算数（万元）")
_ADJUSTED = _column("调整后预算数（万元）")
_DETAIL = _column("金额（元）", "支出明细表")


def _sum_or_blank(column: str) -> str:
    """一个数也没有填的，合计空着：空着不等于零。"""
    return f'IF(COUNT({column})=0,"",SUM({column}))'


FUND_INITIAL = _sum_or_blank(_INITIAL)
FUND_ADJUSTED = (
    f'IF(COUNT({_ADJUSTED})+COUNT({_INITIAL})=0,"",'
    f"SUM({_ADJUSTED})+SUMPRODUCT(1-ISNUMBER({_ADJUSTED}),{_INITIAL}))"
)
FUND_ARRIVED = _sum_or_blank(_column("到位数（万元）"))
FUND_SPENT = _sum_or_blank(_column("支出数（万元）"))
FUND_FORECAST = _sum_or_blank(_column("全年预计支出数（万元）"))


def _rate(part: str, whole: str) -> str:
    """比率；缺数空着，分母为零时没有比率。"""
    return f'IF(ISNUMBER({part})*ISNUMBER({whole})=0,"",IF({whole}=0,"{NOT_A_RATE}",{part}/{whole}))'


def _execution(spent: str, adjusted: str, initial: str, arrived: str) -> str:
    return (
        f'IF(参数_执行率分母="年初预算",{_rate(spent, initial)},'
        f'IF(参数_执行率分母="到位数",{_rate(spent, arrived)},{_rate(spent, adjusted)}))'
    )


ARRIVAL_RATE = _rate("到位合计", "调整后预算合计")
EXECUTION_RATE = _execution("支出合计", "调整后预算合计", "年初预算合计", "到位合计")
PACE_RATIO = _rate("预算执行率", "序时进度")

_ROW_BUDGET = "IF(ISNUMBER({adjusted}),{adjusted},{initial})"
ROW_ARRIVAL_RATE = _rate("{arrived}", _ROW_BUDGET)
ROW_EXECUTION_RATE = _execution("{spent}", _ROW_BUDGET, "{initial}", "{arrived}")

SPENDING_TOTAL = _sum_or_blank(_DETAIL)
SPENDING_GAP = (
    'IF(ISNUMBER(支出合计)*ISNUMBER(支出明细合计)=0,"",'
    "ROUND(支出合计*参数_元每万元-支出明细合计,参数_金额小数位))"
)


def rounded(number: str) -> str:
    return f"ROUND({number},参数_比较小数位)"


_FLOOR = "CHOOSE(监控月份," + ",".join(f"参数_执行率底线_{month}月" for month in range(1, 13)) + ")"
_BY_RATIO = (
    'IF(NOT(ISNUMBER(执行进度比)),"",'
    f'IF({rounded("执行进度比")}<参数_资金红灯低于,"红",IF({rounded("执行进度比")}<参数_资金黄灯低于,"黄","绿")))'
)
_BY_FLOOR = (
    'IF(NOT(ISNUMBER(监控月份)),"",'
    f'IF(NOT(ISNUMBER({_FLOOR})),"",IF({rounded("预算执行率")}<{_FLOOR},参数_低于底线亮灯,"绿")))'
)
_BY_PLAN = (
    'IF(NOT(ISNUMBER(序时进度)),"",'
    f'IF({rounded("预算执行率")}<{rounded("序时进度")},"红",'
    'IF(看板_未达成数>0,"黄",IF(看板_达成数*(看板_无法判断数=0)=0,"","绿"))))'
)
FUND_LIGHT = (
    'IF(NOT(ISNUMBER(预算执行率)),"",'
    f'IF(参数_资金预警方法="执行进度比",{_BY_RATIO},'
    f'IF(参数_资金预警方法="月度底线",{_BY_FLOOR},'
    f'IF(参数_资金预警方法="支出与目标",{_BY_PLAN},""))))'
)

# --- 有草稿的段落 -----------------------------------------------------------------------------------

DRAFT_STATE = (
    'IF(LEN(TRIM(CLEAN({text})))=0,IF(LEN(TRIM(CLEAN({subject})))=0,"","待填"),'
    'IF(EXACT({text},{draft}),"草稿","已改写"))'
)

# --- 表4：辅助栏 ------------------------------------------------------------------------------------

SPACES = (" ", "\u3000", "\u00a0")
CONTROLS = (9, 10, 13)


def squeezed(text: str) -> str:
    for space in SPACES:
        text = f'SUBSTITUTE({text},"{space}","")'
    for code in CONTROLS:
        text = f'SUBSTITUTE({text},CHAR({code}),"")'
    return text


def one_of(text: str, *words: str) -> str:
    return "OR(" + ",".join(f'{text}="{word}"' for word in words) + ")"


def is_listed(text: str, names: str) -> str:
    """text 是不是“甲、乙、丙”这样一串里的一个。"""
    return f'ISNUMBER(FIND("、"&{text}&"、","、"&{names}&"、"))*ISERROR(FIND("、",{text}))'


VALUE = (
    "IF(ISNUMBER({actual_base}),IF("
    + one_of("{actual_sign}", "=", "未写", "余", "约", "近")
    + ',{actual_base},""),"")'
)

ACTUAL_WORDS = f'IF({one_of("{actual_sign}", "定性", "日期", "未识别")},{{actual_plain}},"")'
_LEVEL2 = squeezed("{level2}")
PRORATION = (
    f'IF(参数_折算类别="全部","折算",IF({_LEVEL2}="","",IF({is_listed(_LEVEL2, "参数_折算类别")},"折算",'
    f'IF({is_listed(_LEVEL2, "参数_不折算类别")},"不折算",""))))'
)

_NUMERIC_ANNUAL = (
    'ISNUMBER({value})*ISNUMBER({annual_base})*({annual_rule}<>"区间")'
    "*EXACT({annual_base_unit},{actual_base_unit})"
)
PROGRESS_RATIO = (
    f'IF({_NUMERIC_ANNUAL}*ISNUMBER(序时进度)=0,"",IF({{annual_base}}<=0,"{NOT_A_RATE}",'
    "{value}/({annual_base}*序时进度)))"
)

# --- 表4：给人看的栏 --------------------------------------------------------------------------------

COMPLETION = f'IF({_NUMERIC_ANNUAL}=0,"",IF({{annual_base}}=0,"{NOT_A_RATE}",{{value}}/{{annual_base}}))'

# 一个单位等于多少基本单位：写出的数和基本数相除；写的是零或区间的，看单位的第一个字。
STAGE_SCALE = (
    'IF(NOT(ISNUMBER({stage_base})),"",IF(LEFT({stage_unit},1)="万",参数_元每万元,'
    'IF(LEFT({stage_unit},1)="亿",参数_元每万元*参数_元每万元,1)))'
)

_COMPARABLE_STAGE = "ISNUMBER({value})*ISNUMBER({stage_base})*EXACT({stage_base_unit},{actual_base_unit})"


def _per_bound(below: str, above: str, point: str) -> str:
    """阶段目标是区间的：里面是零，外面取较近的一端；是一个数的：就和它比。"""
    return (
        f'IF({_COMPARABLE_STAGE}=0,"",IF({{stage_rule}}="区间",'
        f"IF({{value}}<{{stage_base}},{below},IF({{value}}>{{stage_base_upper}},{above},0)),{point}))"
    )


def _relative(bound: str) -> str:
    return f'IF({bound}=0,"{NOT_A_RATE}",({{value}}-{bound})/ABS({bound}))'


DEVIATION = _per_bound(
    "({value}-{stage_base})/{stage_scale}",
    "({value}-{stage_base_upper})/{stage_scale}",
    "({value}-{stage_base})/{stage_scale}",
)
DEVIATION_RATE = _per_bound(
    _relative("{stage_base}"), _relative("{stage_base_upper}"), _relative("{stage_base}")
)

# 比上期：上期实际由程序读成“12E-0|件”（上期可比数）；上期实际改过的，读法不算。
_BEFORE = 'VALUE(LEFT({previous_value},FIND("|",{previous_value})-1))'
_CHANGE = (
    f'ROUND(ABS({{value}}-{_BEFORE})/IF(LEFT({{actual_unit}},1)="万",参数_元每万元,'
    f'IF(LEFT({{actual_unit}},1)="亿",参数_元每万元*参数_元每万元,1)),{PLACES})'
)
SINCE_LAST = (
    'IF(LEN({previous_value})=0,"",IF(EXACT({previous_seen},{previous}&"")*ISNUMBER({value})'
    '*EXACT(MID({previous_value},IFERROR(FIND("|",{previous_value}),0)+1,99),{actual_base_unit})=0,"",'
    f'IFERROR(IF({_CHANGE}=0,"{UNCHANGED}",IF({{value}}>{_BEFORE},"+","-")'
    f'&TEXT({_CHANGE},IF({_CHANGE}=INT({_CHANGE}),"0","0.{"#" * PLACES}"))'
    f'&IF({{actual_unit}}="%","{POINTS}",{{actual_unit}})),"")))'
)

# --- 看板 -------------------------------------------------------------------------------------------


def _count(word: str, column: str = "目标对比表[是否达成]") -> str:
    return f'SUMPRODUCT(--({column}="{word}"))'


BOARD_ARRIVAL = "资金到位率"
BOARD_EXECUTION = "预算执行率"
BOARD_PACE = "序时进度"
BOARD_LIGHT = "资金预警"
BOARD_COUNT = "SUMPRODUCT(--(LEN(TRIM(目标对比表[三级目标]))>0))"
BOARD_MET = _count("达成")
BOARD_UNMET = _count("未达成")
BOARD_UNKNOWN = _count("无法判断")
BOARD_NOT_DUE = _count("未到期")


def board_lights(light: str) -> str:
    """亮着这种灯的指标有几个。"""
    return _count(light, "目标对比表[预警]")


def board_level(level: str) -> str:
    """检查结果里这一级别的有几条。"""
    return _count(level, "检查结果表[级别]")


_NAMES = "目标对比表[三级目标]"
_NTH = "ROW()-ROW(看板指标表[[#Headers],[指标]])"
# 第几个有名称的指标在表4的第几行：空行排到最后去，表4中间空着一行也不会漏。
_POSITION = (
    f"SUMPRODUCT(SMALL(ROW({_NAMES})-MIN(ROW({_NAMES}))+1+(LEN(TRIM({_NAMES}))=0)*ROWS({_NAMES}),{_NTH}))"
)


def board_indicator(header: str) -> str:
    """看板上第几行就是表4里第几个指标的这一栏；没有那么多指标的空着。"""
    return f'IF({_NTH}>看板_指标数,"",INDEX(目标对比表[{header}],{_POSITION}))'


LOWER_IS_BETTER = "（越低越好）"
_REVERSE = f'ISNUMBER(FIND(INDEX(目标对比表[全年比较符],{_POSITION})&"|","≤|<|"))'
LONGEST_NAME = 28  # of a board: with “越低越好” two lines of its column
_NAMED = f"TRIM(INDEX({_NAMES},{_POSITION}))"
BOARD_NAME = (
    f'IF({_NTH}>看板_指标数,"",'
    f'IF(LEN({_NAMED})>{LONGEST_NAME},LEFT({_NAMED},{LONGEST_NAME - 1})&"…",{_NAMED})'
    f'&IF({_REVERSE},"{LOWER_IS_BETTER}",""))'
)


def _attained(target: str) -> str:
    """达标程度，照 domain/attainment.py；target 是 annual 或 stage。"""
    rule, base, upper, unit = (f"{{{target}_{part}}}" for part in ("rule", "base", "base_upper", "base_unit"))
    return (
        f'IF(ISNUMBER({{value}})*ISNUMBER({base})*EXACT({unit},{{actual_base_unit}})=0,"",'
        f'IF(({{value}}<=0)+({base}<=0)>0,"",'
        f'IF({rule}="区间",IF({{value}}<{base},{{value}}/{base},IF({{value}}>{upper},{upper}/{{value}},1)),'
        f'IF((({rule}=">")+({rule}="<"))*({{value}}={base})>0,"",'
        f'IF(({rule}="≤")+({rule}="<")>0,{base}/{{value}},{{value}}/{base})))))'
    )


ATTAINED = f'IF({{stage_sign}}="",{_attained("annual")},{_attained("stage")})'

_BAR = "ROW()-ROW(看板画图表[[#Headers],[画图用]])"


def _of(header: str) -> str:
    return f"INDEX(看板指标表[{header}],{_BAR})"


BAR_NAME = (
    f'IF({_of("指标")}="","",{_of("指标")}&"  "&IF(ISNUMBER({_of("达标程度")}),TEXT(ROUND({_of("达标程度")},2),"0%"),'
    f'IF({_of("是否达成")}="无法判断","没有数",IF({_of("是否达成")}="未到期","没到期","没有可比的数"))))'
)
HIGHEST_BAR = "1.5"


def bar(light: str) -> str:
    """这一条亮这种灯的，画多长；不是这种灯的空着。"""
    return (
        f'IF(ISNUMBER({_of("达标程度")})*({_of("预警")}="{light}"),MIN({_of("达标程度")},{HIGHEST_BAR}),"")'
    )


def _part(name: str, words: str) -> str:
    return f'IF({name}>0,"，"&{name}&" 个{words}","")'


_CHANGES = "目标对比表[比上期]"
TREND = {
    f'SUMPRODUCT(--(LEFT({_CHANGES},1)="+"))': "增加",
    f'SUMPRODUCT(--(LEFT({_CHANGES},1)="-"))': "减少",
    f'SUMPRODUCT(--({_CHANGES}="{UNCHANGED}"))': UNCHANGED,
}
_TREND = f'&IF({"+".join(TREND)}=0,"","；与上期相比，"&MID({"&".join(starmap(_part, TREND.items()))},2,99))'
BOARD_MESSAGE = (
    'IF(看板_指标数=0,"还没有指标",看板_指标数&" 个指标："&MID('
    + "&".join(
        _part(f"看板_{name}", words)
        for name, words in (
            ("达成数", "达成"),
            ("未达成数", "未达成"),
            ("无法判断数", "看不出来"),
            ("未到期数", "没到期"),
        )
    )
    + f",2,99)){_TREND}"
)
BOARD_PERIOD = (
    'IF(ISNUMBER(监控截止日期),"截至 "&YEAR(监控截止日期)&"年"&MONTH(监控截止日期)&"月"&DAY(监控截止日期)&"日　序时进度 "'
    '&TEXT(序时进度,"0.00%")&"　规则："&参数_规则集名称,"还没有填监控截止日期")'
)
_POINTS = "ROUND(预算执行率,4)-ROUND(序时进度,4)"
BOARD_FUNDS = (
    'IF(ISNUMBER(预算执行率),"执行率 "&TEXT(预算执行率,"0.00%")&IF(ISNUMBER(序时进度),"，比序时"&IF('
    f'{_POINTS}>=0,"快 ","慢 ")&TEXT(ABS({_POINTS})*100,"0.00")&" 个百分点",""),"还没有算出执行率")'
    '&IF(ISNUMBER(资金到位率),"；到位率 "&TEXT(资金到位率,"0.00%"),"")'
)
BOARD_LIGHTS = (
    '"▼红 "&看板_红灯数&"　◆黄 "&看板_黄灯数&"　●绿 "&看板_绿灯数&"　▲蓝 "&看板_蓝灯数&"　○不亮 "'
    "&(看板_指标数-看板_红灯数-看板_黄灯数-看板_绿灯数-看板_蓝灯数)"
)
BOARD_CHECK = (
    'IF(LEN(检查结论)=0,"还没有检查","必须改 "&SUMPRODUCT(ISNUMBER(检查结果表[序])*(检查结果表[级别]="错误"))'
    '&" 个事项，要改或说明 "&SUMPRODUCT(ISNUMBER(检查结果表[序])*(检查结果表[级别]="警告"))&" 个")'
)
