"""What a section of a report is about, from its title: the words that titles of such reports share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from perfmon_xl.domain.text_keys import title_text


class Part(StrEnum):
    """报告的一节讲什么。"""

    NAME = "项目名称"
    PERIOD = "起止日期"
    UNIT = "实施单位"
    BASIS = "依据"
    BACKGROUND = "项目背景"
    SCOPE = "项目内容"
    PROGRESS = "项目进展"
    FUND_IN = "资金投入情况"
    FUND_USE = "资金使用情况"
    ARRIVAL = "资金到位率"
    EXECUTION = "预算执行率"
    COMPLIANCE = "资金使用合规性"
    GOALS = "绩效目标"
    COST = "成本"
    OUTPUT = "产出"
    BENEFIT = "效益"
    SATISFACTION = "满意度"
    OVERALL = "综合分析"
    PROBLEMS = "问题"
    MEASURES = "措施"
    CONCLUSION = "结论"
    OTHER = "其他"


FUNDS = frozenset({Part.FUND_IN, Part.FUND_USE, Part.ARRIVAL, Part.EXECUTION, Part.COMPLIANCE})
RESULTS = frozenset({Part.COST, Part.OUTPUT, Part.BENEFIT, Part.SATISFACTION})
_STICKY = frozenset({Part.PROBLEMS, Part.MEASURES, Part.CONCLUSION})

# In this order: the first that fits names the section.
_TITLES: tuple[tuple[Part | None, str], ...] = (
    (None, r"问题.*(措施|建议|对策)"),  # a chapter of several sections
    (Part.OVERALL, r"(效率性|效益性|公平性|经济性|及时性|有效性)(分析|情况)?$|^(综合|总体)分析$"),
    (Part.CONCLUSION, r"结论|总体评价|综合评价"),
    (Part.PROBLEMS, r"问题|不足之处"),
    (Part.MEASURES, r"措施|建议|对策|整改"),
    (Part.NAME, r"^项目名称$"),
    (Part.PERIOD, r"起止|实施期限|实施周期|实施时间|项目期限|执行期"),
    (Part.UNIT, r"^(项目)?(实施|主管|负责)(单位|部门)"),
    (Part.BASIS, r"^(政策|立项|监控|工作|编制)*依据"),
    (Part.ARRIVAL, r"到位率|资金到位"),
    (Part.EXECUTION, r"执行率|预算执行|资金执行|支出进度|执行进度"),
    (Part.COMPLIANCE, r"合规|资金管理"),
    (Part.FUND_USE, r"资金.*(使用|支出)|支出情况"),
    (Part.FUND_IN, r"资金.*(投入|安排|来源|下达)|资金(总体)?情况|预算安排|项目预算"),
    (Part.GOALS, r"目标.*(设定|核对|确定|对比|差异|调整|申报)|分解目标|总体目标"),
    (Part.COST, r"成本"),
    (Part.SATISFACTION, r"满意度"),
    (Part.OUTPUT, r"产出|^(项目)?(数量|质量|时效)(指标|目标|情况|完成)*"),
    (Part.BENEFIT, r"效益|效果|可持续影响"),
    (Part.BACKGROUND, r"背景|^(项目)?立项|概况|概述|基本情况|基本信息|^项目情况$"),
    (Part.PROGRESS, r"进展|(?:实施|工程|工作|项目)进度|实施情况|开展情况|推进情况"),
    (Part.SCOPE, r"项目(主要|实施)?内容|主要内容|涉及范围|实施内容|建设内容|主要任务|实施范围|^内容$"),
)
_WHOLE = re.compile(
    r"^(项目名称|项目概况|基本情况|项目基本情况|(?:项目|实施|工程|工作)(?:进展|进度)(?:情况)?|资金安排|资金情况|资金来源|项目(实施)?(起止)?(日期|时间|期限)|项目(主要)?内容|项目背景|立项背景|实施单位|项目实施单位"
    r"|资金(投入|使用|到位|安排)情况|资金到位率|预算执行率|资金使用合规性|(效率性|效益性|公平性|经济性|及时性|有效性)(分析|情况)?)$"
)


_LABEL = re.compile(
    r"^(?:(?:存在|主要|具体)?(?:的)?(问题)|(?:下一步|改进|整改|解决|纠偏|应对)?(?:的)?(?:措施|对策|办法|建议))(?:之)?[一二三四五六七八九十\d]{0,2}$"
)


@lru_cache(maxsize=4096)
def part_of_label(title: str) -> Part | None:
    """“问题一”“对策”“整改措施二”：一行只写着是问题还是措施的。

    >>> part_of_label("问题一"), part_of_label("整改措施："), part_of_label("问题较多")
    (<Part.PROBLEMS: '问题'>, <Part.MEASURES: '措施'>, None)
    """
    match = _LABEL.match(title.strip().rstrip("：:"))
    return None if match is None else Part.PROBLEMS if match[1] else Part.MEASURES


@lru_cache(maxsize=4096)
def part_of(title: str) -> Part | None:
    """一个标题是哪一节的；看不出来的是 None。

    >>> part_of("2. 预算执行率"), part_of("主要问题")
    (<Part.EXECUTION: '预算执行率'>, <Part.PROBLEMS: '问题'>)
    """
    text = title_text(title)
    return next((part for part, pattern in _TITLES if re.search(pattern, text)), None)


def is_whole_title(title: str) -> bool:
    """后面紧跟正文时也认得出的标题，如“项目名称：……”。"""
    return bool(_WHOLE.match(title_text(title)))


_ASPECT = re.compile(r"^(?:效率性|效益性|公平性|经济性|及时性|有效性)(?:分析|情况)?[：:]?$")


def is_aspect(line: str) -> bool:
    """“效益性分析”“效率性：”：没有编号、单独一行的小标题。"""
    return bool(_ASPECT.match(line.strip()))


def section_of(titles: Iterable[str]) -> Part:
    """一层层标题下的文字讲什么：最里层说得清的标题定；问题、措施、结论里的小标题不改变它。"""
    part = Part.OTHER
    for title in titles:
        if part in _STICKY:
            if part is Part.PROBLEMS and part_of_label(title) is Part.MEASURES:
                part = Part.MEASURES  # “对策：” below the problem it answers
            break
        one = part_of(title)
        if one is None or (part in RESULTS and one not in RESULTS):
            continue
        part = one
    return part
