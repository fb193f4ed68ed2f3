"""What an indicator's class, words and unit say about it: whether less is better, whether it adds up over the months.

The native formulas do the same over the same lists (layout/formulas.py).
"""

from __future__ import annotations

from functools import lru_cache

from perfmon_xl.domain.target import Comparator, Kind, TargetValue
from perfmon_xl.domain.text_keys import without_spaces

COST = "成本"
TIMELINESS = "时效"
QUANTITY = "数量"
BENEFIT = "效益"
OUTPUT = "产出"
LASTING = "影响"
NEVER_ADDED_UP = (COST, TIMELINESS, "质量", "满意")

# 名称里有这些、没有写比较符的，越少越好。
ADVERSE = (
    *(
        "事故",
        "投诉",
        "差错",
        "错误",
        "故障",
        "损耗",
        "失误",
        "超支",
        "逾期",
        "延误",
        "延期",
        "死亡",
        "伤亡",
        "险情",
        "返修",
    ),
    *(
        "返工",
        "退回",
        "违规",
        "违纪",
        "违法",
        "排放",
        "能耗",
        "流失",
        "空置",
        "失业",
        "发病",
        "感染",
        "误差",
        "偏差",
        "上访",
        "信访",
    ),
    *("纠纷", "隐患", "等待", "等候", "用时", "时限", "响应时间", "办理时间", "造价", "单价"),
)
# 但说的是怎么对待它们的，越多越好：投诉处理率、隐患整改率、事故下降率。
FAVOURABLE = (
    *(
        "处理",
        "处置",
        "整改",
        "解决",
        "化解",
        "办结",
        "排除",
        "排查",
        "下降",
        "降低",
        "减少",
        "响应率",
        "修复",
        "治理",
        "挽回",
        "救助",
    ),
    *(
        "合规",
        "达标",
        "合格",
        "节约",
        "控制率",
        "完成率",
        "及时率",
        "执行率",
        "到位率",
        "覆盖",
        "满意",
        "防治",
        "预防",
        "准确",
    ),
)
LENGTHS_OF_TIME = ("天", "日", "工作日", "小时", "分钟", "秒", "个月", "周")

RATIOS = ("%", "‰", "百分点", "倍", "分", "级", "年", "度")  # 比较用的单位（base_unit）
# 名称里有这些的不逐月累加：比率、平均、水平、时间、现有的规模。
NOT_ADDED_UP = (
    *(
        "率",
        "比例",
        "比重",
        "占比",
        "平均",
        "人均",
        "户均",
        "亩均",
        "单价",
        "标准",
        "水平",
        "程度",
        "满意",
        "浓度",
        "时间",
        "时限",
    ),
    *("年限", "寿命", "期限", "周期", "保障", "覆盖", "指数", "得分"),
)
# 效益里数人、数东西的单位；面积、长度、年数说的是规模，不累加。
COUNTED = (
    *(
        "人",
        "人次",
        "户",
        "户次",
        "家",
        "家次",
        "个",
        "件",
        "件次",
        "场",
        "场次",
        "次",
        "批次",
        "项",
        "起",
        "例",
        "名",
        "位",
        "台",
        "套",
    ),
    *("元", "吨", "辆", "座", "所", "篇", "份", "期", "册", "天", "班次", "车次", "课时", "学时"),
)


@lru_cache(maxsize=4096)
def less_is_better(level1: str, level2: str, name: str, unit: str) -> bool:
    """没有写比较符的，是不是上限：成本，越少越好的事，时效指标里的时间长短。unit 是比较用的单位。

    >>> less_is_better("成本指标", "经济成本指标", "项目总成本", "元"), less_is_better("产出指标", "质量指标", "投诉处理率", "%")
    (True, False)
    """
    name = without_spaces(name)
    if TIMELINESS in level2 and unit in LENGTHS_OF_TIME:
        return True
    if any(word in name for word in FAVOURABLE):
        return False
    if COST in level1 or COST in level2 or COST in name:
        return True
    return any(word in name for word in ADVERSE)


def implied_comparator(level1: str, level2: str, name: str, target: TargetValue) -> Comparator:
    """没有写比较符的目标按什么比；写了的、不是数的返回“未写”。零不是下限。"""
    base = target.base()
    if target.kind is not Kind.NUMBER or target.comparator or base is None:
        return Comparator.UNSTATED
    if base[0] == 0:
        return Comparator.EQUAL
    less = less_is_better(level1, level2, name, base[1])
    return Comparator.AT_MOST if less else Comparator.AT_LEAST


def accumulates(level1: str, level2: str, name: str, target: TargetValue) -> bool:
    """数值逐月累加的指标：可以按序时折算，灯看进度。

    产出数量，和效益里数人、数东西的；上限、比率、平均、时间、规模、零不是。认不出二级指标的看一级。

    >>> from perfmon_xl.domain.target import read_target
    >>> accumulates("产出指标", "数量指标", "培训人次", read_target("≥600人次"))
    True
    >>> accumulates("效益指标", "社会效益指标", "保障灌溉面积", read_target("≥2.6万亩"))
    False
    """
    base = target.base()
    if target.kind is not Kind.NUMBER or base is None or base[0] <= 0:
        return False
    if target.ruling in (Comparator.AT_MOST, Comparator.LESS) or base[1] in RATIOS or "/" in base[1]:
        return False
    return adds_up(level1, level2, name, base[1])


@lru_cache(maxsize=4096)
def adds_up(level1: str, level2: str, name: str, unit: str) -> bool:
    """类别、名称和单位说它逐月累加。"""
    name = without_spaces(name)
    if any(word in name for word in NOT_ADDED_UP):
        return False
    level2 = without_spaces(level2)
    if QUANTITY in level2:
        return True
    if any(word in level2 for word in NEVER_ADDED_UP):
        return False
    if BENEFIT in level2 or LASTING in level2 or (not level2 and BENEFIT in level1):
        return unit in COUNTED
    return OUTPUT in level1 and unit in COUNTED
