"""What headers and labels of other people's tables mean: the one list of words, read by what they are made of.

A header is a time (全年, 1-7月, 截至8月底, 上半年), a manner (实际, 预计, 调整后) and a thing (目标值, 完成情况,
执行数), in any order; so “截至7月底完成值”, “累计完成情况” and “1-7月执行情况” are one column without being listed.
Words that are not made this way (一级指标, 资金来源, 项目名称) are listed once, below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from perfmon_xl.domain.explaining import CAUSES, LIKELIHOODS
from perfmon_xl.domain.text_keys import label_key, label_text

_DASHES = str.maketrans(dict.fromkeys("—–－~～〜至", "-"))

# How far into the year: a part of it, or all of it.
_MONTHS = r"(?:\d{1,2}月?-)?\d{1,2}月份?(?:\d{1,2}日)?[底末]?"
_QUARTERS = r"(?:第?[一二三四1-4]-?[一二三四1-4]?|前[一二三四两1-4]个?)季度末?"
_PART = re.compile(
    rf"截[至止]到?(?:(?:\d{{4}}年)?(?:{_MONTHS}|{_QUARTERS})|目前|监控\w?\w?|期末|本期末?|上?半年)?|{_QUARTERS}|{_MONTHS}|上半年|半年度?"
    r"|前\d{1,2}个?月|(?:本|当|现)阶段性?|阶段性?|(?:本|当|报告)期末?|监控(?:期间|期|时点|节点|日)[内末止]?"
    r"|序时|时间进度|进度(?=目标)|应完成|目前|当前|累计|月末"
)
_WHOLE = re.compile(r"全年度?|年度|年初|当年|整年|本年度?|项目完成时|年末|年底|年终|最终|\d{4}年度?")
_FUTURE = re.compile(r"预计|预测|预估|预期(?=完成|实现|执行|支出)")
_OTHER_YEAR = re.compile(r"上年|往年|去年|历史|前年|上一?期|上次|近三年")


@dataclass(frozen=True, slots=True)
class Words:
    """一个表头里的时间、方式：一年里的一段、全年、还没到的；剩下的字说的是什么东西。"""

    thing: str
    part: bool
    whole: bool
    future: bool
    other_year: bool


@lru_cache(maxsize=4096)
def words_of(key: str) -> Words:
    other = bool(_OTHER_YEAR.search(key))
    future = bool(_FUTURE.search(key))
    rest, parts = _PART.subn("", key)
    rest, wholes = _WHOLE.subn("", rest)
    return Words(rest, parts > 0, wholes > 0, future, other)


# --- indicators ---------------------------------------------------------------------------------------

_INDICATOR: tuple[tuple[str, str], ...] = (
    ("serial", r"^(?:序号|编号|行次|次序|No\.?)$"),
    ("symbol", r"(?:计算|运算|比较)符号?$|(?:指标|目标)(?:性质|方向|符号)$|^符号$|^比较符$|^运算关系$"),
    ("unit", r"(?:计量|度量|指标值?|数值)单位$|^单位$"),
    ("evidence", r"数据来源|资料来源|佐证|证明材料|附件|取值来源|评分(?:标准|规则|办法)|评价标准|扣分"),
    ("level1", r"一级(?:绩效)?(?:指标|目标|分类)?(?:名称)?$|^指标(?:类别|大类)$|^一级$"),
    ("level2", r"二级(?:绩效)?(?:指标|目标|分类)?(?:名称)?$|^指标(?:类型|分类)$|^二级$"),
    ("name3", r"三级(?:绩效)?(?:指标|目标)?(?:名称|内容)?$|^末级指标|^三级$"),
    ("tracked", r"是否(?:纳入)?(?:跟踪|监控)|^(?:跟踪|监控)与否$"),
    ("change", r"^(?:指标|目标)?(?:调整|变动|变更)(?:类型|类别|情况|方式|性质)?$"),
    ("explanation", r"指标(?:解释|说明|释义|内涵|定义)|^解释$|^计算(?:方法|公式)|^考核内容"),
    ("light", r"^是否(?:已|按期|如期|按时|全部|达到)*(?:完成|达标|达成|实现|偏离|达到)(?:年度|预期|阶段)*(?:目标|指标)?$|^(?:完成|达标)与否$"),
    ("likelihood", r"可能性|^(?:能否|可否|是否能?)(?:如期|按期|全部)?(?:完成|实现)"),
    ("measure", r"^(?!.*原因).*(?:措施|下一步(?:工作|打算|安排|计划)|整改(?:情况|意见))"),
    ("reason", r"原因.*(?:说明|措施|分析)|说明.*原因|(?:未完成|未达标?|未实现|偏离|差异).*原因|(?:偏差|差异|偏离|未完成|未达标?|未实现|滞后)(?:的|情况)*(?:说明|解释|分析)|^其他原因"),
    ("cause", r"偏差|原因"),
    ("light", r"预警|亮灯|红绿灯"),
    ("weight", r"^(?:指标)?(?:分值|权重|标准分|满分|分数|标准分值|权重分值?)(?:分值)?$"),
    ("score", r"得分|自评分|评分$|实得"),
    ("rate", r"(?:完成|执行|达成|实现|偏差|偏离)(?:率|度|比例?|比率|程度|百分比)|^(?:完成|实施)进度$|偏离度"),
    ("remark", r"^备注|^其他(?:需要)?说明|^说明$"),
)  # fmt: skip
_DONE = re.compile(r"完成|执行(?:情况|值|数|结果)|实现|达成|达到|实际|实绩|^成果$|(?<=预计)(?:值|数|情况)")
_AIM = re.compile(r"目标|指标值|计划|应(?:完成|达到)|任务|申报值|设定值|批复值|标准值|绩效值|核定值|考核值")
_TAIL = re.compile(
    r"(?:值|情况|状况|数|量|额|目标|指标|完成|实际|预计|计划|任务|标准|结果|成果|进展|实绩|达成|实现|年度?|全年|阶段|本期|累计|[月底末期]|季度|半年|应完成|数值)$"
)
_NAME = re.compile(r"^(?:绩效|评价|考核|具体)?指标(?:名称|内容)?$|^指标项$|^考核(?:点|指标)$")
_TRACKED_AIM = re.compile(
    r"跟踪(?:目标|指标)?值?|监控(?:目标|指标)值|(?:调整|变更|修订|核定|确定)后|确定(?:目标|指标)值"
)
_MUST = re.compile(r"应完成|应达到|应实现|计划完成")


@lru_cache(maxsize=4096)
def indicator_field(key: str, above: str = "") -> str:
    """指标表的一个表头是哪一栏；above 是它上面一行盖着它的表头。不认识的是空。

    >>> [indicator_field(k) for k in ("截至8月底完成值", "年初目标值", "时间进度目标", "全年预计完成情况")]
    ['actual', 'target', 'stage', 'forecast']
    >>> indicator_field("年度", "绩效目标值"), indicator_field("目标值", "1-7月")
    ('target', 'stage')
    """
    if not key:
        return ""
    own = _first_match(key, _INDICATOR)
    if own:
        return own
    if _NAME.search(key):
        return "name"
    if not _TAIL.search(key):
        return ""  # a sentence of its own: “完成一期建设”
    about = words_of(above + key if above else key)
    mine = words_of(key)
    thing = (
        mine.thing
        if _DONE.search(mine.thing) or _AIM.search(mine.thing) or _MUST.search(key)
        else about.thing
    )
    if about.other_year:
        return "earlier"
    if "跟踪值" in key or ("跟踪" in key and _AIM.search(key)):
        return "tracked_target"
    if _MUST.search(key) and not mine.future:
        return "stage" if about.part or "应" in key else "target"
    if _DONE.search(thing) and "项目完成时" not in key:
        return "forecast" if about.future else "actual"
    if about.future and about.thing in ("", "预计", "预计值", "预计数", "预计情况"):
        return "forecast"
    if _AIM.search(thing) or (thing in ("值", "数", "") and above and _AIM.search(above)):
        if _TRACKED_AIM.search(key):
            return "tracked_target"
        return "stage" if about.part else "target"
    return ""


def _first_match(key: str, table: tuple[tuple[str, str], ...]) -> str:
    return next((name for name, pattern in _compiled(table) if pattern.search(key)), "")


@lru_cache(maxsize=8)
def _compiled(table: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in table)


def whole_year_only(key: str) -> bool:
    """“全年执行情况”：只说全年、没有说到哪个月，也没有写“实际”。"""
    words = words_of(key)
    return words.whole and not words.part and not words.future and "实际" not in key


_TICKED = {word: f"cause:{word}" for word in CAUSES} | {word: f"likelihood:{word}" for word in LIKELIHOODS}
_TICKED |= {"硬件保障": f"cause:{CAUSES[3]}", "其他保障": f"cause:{CAUSES[4]}", "其它": f"cause:{CAUSES[4]}"}
_TICKED |= {"不可能": f"likelihood:{LIKELIHOODS[2]}", "能": f"likelihood:{LIKELIHOODS[0]}"}
_MORE_CAUSES = re.compile(r"^(?:规划和?目标设计|投入保障|项目管理|自然灾害|政策变化|\w{2,6}保障)$")


def tick_of(key: str) -> str:
    """打√的一栏：“cause:经费保障”“likelihood:确定能”；别的是空。"""
    return _TICKED.get(key) or (f"cause:{key}" if _MORE_CAUSES.match(key) else "")


# --- money --------------------------------------------------------------------------------------------

_MONEY: tuple[tuple[str, str], ...] = (
    ("rate", r"率|占比|比例|比重|百分比|进度$|偏离度"),
    ("weight", r"^(?:分值|权重|标准分|满分)"),
    ("score", r"得分|评分"),
    ("reason", r"原因|偏差说明"),
    ("balance", r"结余|剩余|未(?:支出|使用|执行|拨付|到位)|^差额|结转(?:数|金额)$|(?:预算)?调整(?:数|额|金额)$(?<!后调整数)|^(?:年度)?预算调整$|追加|调剂"),
)  # fmt: skip
_NO_MONEY = re.compile(r"时间|日期|凭证|文号|方式$|对象$|依据|次数|笔数|单位$|部门$|责任人|经办")
_SPENT = re.compile(r"支出|执行|使用|支付|花费|用款|列支|决算")
_ARRIVED = re.compile(r"到位|已?拨付(?!率)|已?下达(?!预算)|拨入|收到")
_BUDGET = re.compile(r"预算|批复|安排|计划|投入|投资|申请|概算|核定|下达")


@lru_cache(maxsize=4096)
def money_field(key: str, above: str = "") -> str:
    """资金表的一个表头：initial、adjusted、arrived、spent、forecast、whole（全年预算数）、amount，
    或 rate、weight、score、reason、balance（不是金额栏，也不读）；不是的是空。

    >>> [money_field(k) for k in ("年初批复数", "调整预算数", "1-7月执行数", "预计全年支出", "全年预算数")]
    ['initial', 'adjusted', 'spent', 'forecast', 'whole']
    """
    if not key:
        return ""
    key = re.sub(r"^(?:项目|预算)?资金[-_/](?=.)", "", key)  # 资金(千元)-调整预算
    if _NO_MONEY.search(key):
        return ""
    if re.fullmatch(
        r"(?:(?:调整|追加|变更|调剂|修订)后的?预算|调整预算|预算(?:调整|追加|变更)后)(?:数|金额|资金|总额)?",
        key,
    ):
        return "adjusted"
    own = _first_match(key, _MONEY)
    if own:
        return own
    words = words_of(above + key if above else key)
    if words.other_year:
        return "balance"
    if re.search(r"(?:调整|变更|调剂|追加|修订)后", key) and not _SPENT.search(
        words.thing.replace("预算", "")
    ):
        return "adjusted"
    money = words.thing.replace("预算执行", "执行").replace("预算支出", "支出")
    if words.future:
        return (
            "forecast"
            if _SPENT.search(money) or re.fullmatch(r"预计(?:完成)?(?:数|值|金额|情况)?", money)
            else ""
        )
    if _SPENT.search(money) and not re.search(r"支出预算|支出安排|可执行|可支出", money):
        return "spent"
    if _ARRIVED.search(money):
        return "arrived"
    if _BUDGET.search(money):
        return (
            "whole"
            if re.fullmatch(r"预算(?:数|金额|资金|安排|安排数)?", money) and "全年" in key
            else "initial"
        )
    if re.search(r"金额|数额|款额|^经费$|资金数", money):
        return "amount"
    return ""


_SOURCE_HEAD = re.compile(
    r"资金(?:来源|性质|类别|类型|渠道|名称)|^来源$|^(?:项目)?资金$|经费来源|^资金项目$|^年度预算数$|预算来源"
)
_ITEM_HEAD = re.compile(
    r"(?:支出|开支|使用|费用)(?:内容|项目|用途|事项|明细|科目|构成|类别|方向|类型|名称)$|^用途$|^费用$"
    r"|^(?:子|分|明细)项目?$|^建设内容$|^工程(?:名称|内容)$"
)
_EITHER_HEAD = re.compile(r"^(?:项目|内容|名称|事项|科目|类别|明细|项目内容|序号)?$")


_TASK_HEAD = re.compile(r"^(?:年度|部门)?(?:主要|重点)?(?:工作)?任务(?:名称|内容)?$")


def label_head(key: str) -> str:
    """金额左边那一栏的表头：source 资金来源、item 支出内容、task 部门的任务、either 看各行写的是什么。"""
    if _TASK_HEAD.search(key):
        return "task"
    if _SOURCE_HEAD.search(key):
        return "source"
    if _ITEM_HEAD.search(key):
        return "item"
    return "either" if _EITHER_HEAD.match(key) else ""


_SOURCE = re.compile(
    r"财政|拨款|配套|补助|自筹|专户|结转|结余|债券?|基金|保障金|国有资本|一般公共预算|上级|中央|省级|市级|区级|县级|乡级|镇级|本级"
    r"|单位资金|其他资金|社会(?:资金|资本)|捐赠|贷款|非税|(?:事业|经营|上级|其他|附属单位|财政专户)收入|基本支出|项目支出|转移支付|资金$"
)
_TOTAL = re.compile(
    r"^(?:其中|金额|项目|年度|本年|当年|全年|部门|单位|整体|财政|预算|资金|经费|支出|投资|收入|各项|实施期|中期|[三五]年|\d{4}年度?)*(?:总额|合计|总计|小计|共计|总数|总和|总投资)(?:数|金额)?$"
    r"|^(?:合|总|小)计$|^(?:\d{4}年度?|年度|当年|本年度?|实施期|中期)(?:项目)?(?:预算)?资金$|^总分$|^总得分$|^合计得分$"
)
_OTHER_MONEY = re.compile(
    r"三公|公务(?:接待|用车)|因公出国|公用经费|政府采购|资产|人员经费|会议费|培训费$|绩效工资"
)


def is_source(label: str) -> bool:
    """像不像资金来源的名称。"""
    return bool(_SOURCE.search(label_key(label)))


def is_total(label: str) -> bool:
    """合计、总额一类。

    >>> is_total("年度资金总额："), is_total("年度财政资金总额"), is_total("合计工作人数")
    (True, True, False)
    """
    return bool(_TOTAL.match(label_key(label)))


def is_other_money(title: str) -> bool:
    """“三公经费（万元）”：单位自己的钱，不是项目资金。"""
    return bool(_OTHER_MONEY.search(label_key(title)))


# --- goals --------------------------------------------------------------------------------------------

_GOAL_CHANGE: tuple[tuple[str, str], ...] = (
    ("changed", r"是否(?:有|需要?|进行)?(?:调整|变更)"),
    ("revised", r"(?:调整|变更|修订|确定)后|调整(?:为|内容)$"),
    ("original", r"^原|调整前|变更前|申报(?:表)?(?:内容|目标)|设定(?:内容|目标)"),
    ("subject", r"^(?:目标(?:名称)?|项目|类别|名称|内容|序号)$"),
)


def goal_change_field(key: str) -> str:
    """总目标调整表的一个表头。"""
    return _first_match(key, _GOAL_CHANGE)


# --- labels -------------------------------------------------------------------------------------------

_LABELS: tuple[tuple[str, str], ...] = (
    ("name", r"^项目(?:全称|名称)(?:及编码|及代码|和代码)?$|^(?:专项|政策|资金)名称$|^项目\(?政策\)?名称$|^(?:部门|单位)?整体支出名称$"),
    ("whole_department", r"^部门名称$|^预算部门名称$|^部门单位名称$"),
    ("department", r"^(?:项目|预算|业务|归口|行业|行政)*主管(?:部门|单位|机关|局)(?:名称)?(?:及代码|和代码|及编码|\(?代码\)?)?$|^一级预算(?:单位|部门)$|^(?:预算|归口|牵头)部门$|^部门名称及代码$"),
    ("unit", r"^(?:项目)?(?:具体|主要)?(?:实施|承担|执行|建设|申报|申请|使用|用款|责任|负责)(?:单位|部门|主体)(?:名称)?(?:及代码)?$|^(?:项目|预算|二级预算|基层预算|资金使用|所属)单位(?:名称)?$|^单位名称$|^项目法人$"),
    ("client", r"^委托(?:单位|方|部门|人|机关)(?:名称)?$"),
    ("monitor", r"^(?:绩效)?(?:监控|评价|受托|跟踪)(?:机构|单位|方|实施机构)(?:名称)?$|^第三方机构(?:名称)?$|^受委托(?:机构|单位)$"),
    ("year", r"^(?:预算|项目|监控|自评|申报|评价|填报)?(?:所属)?年[度份]$|^预算年度$"),
    ("start", r"^(?:项目)?(?:开始|起始|启动|开工)(?:日期|时间|年月)$"),
    ("end", r"^(?:项目)?(?:结束|终止|完成|完工)(?:日期|时间|年月)$|^项目截止(?:日期|时间)$"),
    ("period", r"^(?:项目|实施|执行|起止|建设|实施起止)*(?:起止)(?:日期|时间|年月|年限|期限)?$|^项目(?:期|期限|周期|实施期|年限)$|^(?:项目)?(?:实施|执行|建设)(?:期限?|周期|时间|年限)$"),
    ("cutoff", r"^(?:绩效)?(?:监控|数据|统计|填报|跟踪|评价|信息)?(?:截[至止-]?|截止到?)(?:日期?|时点|时间)?$|^(?:绩效)?监控(?:截止)?(?:日期?|时点|节点|时间|基准日)$|^数据时点$"),
    ("monitored", r"^(?:绩效)?(?:监控|报告|统计|填报|数据)(?:期间?|时段|区间|周期|范围)$|^所属期间?$"),
    ("report_date", r"^(?:填报|填表|报告|编制|制表|上报|报送|填制|提交)(?:日期|时间)$"),
    ("money_unit", r"^(?:金额|货币|计价|资金)?单位$|^计量单位$"),
    ("scope", r"^项目(?:主要)?(?:内容|概况|简介)(?:.*概述)?$|^(?:主要|实施|建设|工作)内容$|^项目实施内容|^项目(?:基本)?概况$|^项目内容(?:及范围)?$"),
    ("background", r"^(?:项目|立项)?背景$|^立项(?:背景|缘由)$"),
    ("basis", r"^(?:立项|政策|项目|设立)依据$"),
    ("goal_result", r"(?:目标|任务)(?:实际)?(?:完成|实现|达成)情况|^(?:实际|全年|年度|年末)?完成情况$|^(?:上半年|.*月|年度|全年)(?:实际)?完成情况$|^实际(?:实现|完成)(?:目标|情况|程度)$"),
    ("goal", r"^(?:项目)?(?:年度|总体|当年|本年|全年|绩效|项目|中期|年初|设定|申报|预期|期望|实施期|长期|远期|三年|阶段)*(?:设定|总)?(?:总)?目标(?:内容|描述|1)?$"),
    ("conclusion", r"^(?:自评|评价|监控|总体|综合|绩效|跟踪|自我|工作)*(?:结论|总结|评价意见|总体评价)$"),
    ("problems", r"^(?:主要|存在的?|发现的?|项目|实施中)*(?:主要)?问题(?:及原因|和原因|及原因分析)?$|^存在(?:的)?(?:不足|困难)"),
    ("measures", r"^(?:下一步|改进|整改|纠偏|拟采取的?|有关|相关|完善|解决)*(?:建议)?(?:及|和)?(?:工作)?(?:措施|建议|打算)(?:和建议|及建议|或建议)?$|^整改措施及建议$"),
    ("grade", r"^(?:自评|评价|绩效)?(?:等级|等次)$"),
    ("person", r"^(?:填报|填表|制表|编制|审核|复核|经办|联系)人(?:员)?(?:签字|签名|及电话|及联系电话)?$|(?:负责|责任)人(?:签字|签章)?$|^(?:联系|办公)?(?:电话|手机|方式)$|^联系人及(?:联系)?电话$|^(?:填报|编制|填表|制表|报送|填制|公章)(?:单位|部门)$|^(?:单位)?公章$|签[字章]$|盖章$|^传真$|^邮箱$"),
    ("other", r"^填[表报](?:说明|须知|要求)$|^项目(?:属性|类[别型]|编[码号]|代码|性质|级次|分类|状态|等级)$|^预算(?:科目|编码|级次)|^功能科目|^区划|^导出(?:时间|日期|人)$|^打印(?:时间|日期)$|^(?:编制|实有|在职)人数|人员控制率$|^其他(?:需要)?说明的?(?:事项|问题|情况)?$|^(?:资金|项目)管理(?:办法|制度)"),
)  # fmt: skip
_GOAL_AIM = re.compile(
    r"^(?:年度|年初|项目)?(?:预期|设定|申报|期望|年初设定)(?:的)?(?:绩效|总体|年度)*目标$|^项目年度目标$|^年初(?:设定)?目标$"
)


@lru_cache(maxsize=4096)
def label_of(text: str) -> str:
    """一个标签说的是什么；不认识的是空。

    >>> [label_of(t) for t in ("主管单位", "项目年度目标", "监控时点：", "存在的主要问题", "填报人")]
    ['department', 'goal', 'cutoff', 'problems', 'person']
    """
    key = label_key(text)
    return _first_match(key, _LABELS) if len(key) <= 24 else ""


def is_goal_aim(text: str) -> bool:
    """“预期目标”：与“实际完成情况”并排的那一半。"""
    return bool(_GOAL_AIM.match(label_key(text)))


_UNIT = re.compile(
    r"[(\[]\s*(?:金额)?(?:单位[:：])?\s*(?:人民币)?(亿元|千万元|百万元|万元|千元|元|万|亿)\s*[)\]]|(?:单位|金额以|计价)[:：]?\s*(?:人民币)?(亿元|千万元|百万元|万元|千元|元|万)(?:计|为单位)?"
    r"|[_\-/,](亿元|万元|千元|元)$"
)


def unit_of(text: str) -> str:
    """文字里写的金额单位；没有写的是空。

    >>> unit_of("支出明细如下（单位：万元）。"), unit_of("金额以万元计"), unit_of("执行数_元"), unit_of("执行数")
    ('万元', '万元', '元', '')
    """
    match = _UNIT.search(label_text(text))
    if match is None:
        return ""
    found = match[1] or match[2] or match[3]
    return {"万": "万元", "亿": "亿元"}.get(found, found)
