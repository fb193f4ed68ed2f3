"""JG203: the name says one class, the level-2 column another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.category import Level1, category
from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.target import Comparator
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.rows import first_with

_TIMELY = re.compile(
    r"(及时|按时|按期|准时)(完成|率|性|拨付|发放|到位|办结)|(完成|完工|竣工|开工|发放|拨付)(时间|时限|及时率)$"
)
_LIMIT = re.compile(r"(?:时限|时间|用时|时长|周期|期限|耗时|时效)$")
_HOW_LONG = ("天", "日", "小时", "分钟", "工作日", "个工作日", "月", "个月", "秒", "周")
_QUALITY = re.compile(r"(合格|达标|准确|优良|完好|合规)率$")
_COUNT = re.compile(
    r"(?:人?次|人|户|家|件|份|个|台|套|片|处|所|座|项|名|条|场|辆|盏|部|点|块|栋|间|册|卷|页|篇|株|头|只|批次|班|期|组)数(?:量)?$"
    r"|数量$|总数$|(?:面积|里程|长度|场次|批次|人次|公里|规模)$"
)
# what is counted is itself a matter of quality, or something that ought not to be
_OF_QUALITY = re.compile(
    r"合格|达标|优良|优质|优秀|完好|通过|验收|准确|差错|错误|返工|返修|故障|投诉|事故|违规|问题|缺陷|超标|不良|退货|整改|逾期|延误|平均|人均|单位|每|等级|精度|偏差|浓度|厚度|宽度|深度|间距"
)
_NO_COUNT = re.compile(r"%|％|‰|天|日|月|年|小时|分钟|秒|工作日|元|分$")


@rule(
    "JG203",
    title="指标名称和二级指标对不上",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("C05",),
)
def name_belongs_elsewhere(indicator: Indicator) -> Iterator[Problem]:
    """及时率、完成时间是时效指标，合格率、达标率是质量指标，满意度不是产出。

    只查放在产出里的；效益里的达标率（如水质达标率）不查。人数、台数、面积这样数出来的多少是数量指标；数的本来是好坏的
    （合格数、差错数、投诉起数）可以是质量指标。

    为什么：放错了类，折算阶段目标、亮预警灯都按错的类算；要的那一类看上去反而缺了。

    不对：及时率放在质量里
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 产出指标 | 质量指标 | 助学金发放及时率 | 100% | 原指标 |

    不对：合格率放在时效里
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 产出指标 | 时效指标 | 种子抽检合格率 | ≥98% | 原指标 |

    不对：满意度放在质量里
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 产出指标 | 质量指标 | 参训教师满意度 | ≥90% | 原指标 |

    不对：时限放在数量里
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 险情上报时限 | ≤2小时 |

    不对：片数放在质量里
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 足球场改造片数 | ≥5片 |

    对：数的是好坏
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 设备故障次数 | ≤3次 |
    | 产出指标 | 质量指标 | 验收合格工程数量 | ≥12个 |
    | 产出指标 | 数量指标 | 人均培训时长 | ≥40小时 |

    对：各归各类
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 产出指标 | 质量指标 | 种子抽检合格率 | ≥98% | 原指标 |
    | 产出指标 | 时效指标 | 助学金发放及时率 | 100% | 原指标 |
    | 效益指标 | 生态效益指标 | 水质达标率 | ≥90% | 原指标 |
    """
    found = first_with(indicator.current_rows, lambda t: bool(_elsewhere(t)))
    if found is None:
        return
    target, tables = found
    right = _elsewhere(target)
    yield Problem(
        "level2",
        f"{tables}“{target.title}”从名称看是{right}，二级指标填的是“{target.level2}”。",
        f"改归“{right}”；确实是另一个意思的，把名称改清楚。",
        of=target,
        values={"二级指标": target.level2, "名称看": right},
    )


def _elsewhere(target: IndicatorRow) -> str:
    """从名称看应当是哪一类；对得上、看不出的是空。"""
    name, kind = indicator_key(target.title), category(target.level2)
    if kind is None:
        return ""
    if kind.level1 is not Level1.OUTPUT:
        return ""
    if name.endswith("满意度"):
        return "服务对象满意度指标"
    if _TIMELY.search(name):
        return "" if kind.name == "时效指标" else "时效指标"
    if kind.name == "时效指标" and _QUALITY.search(name):
        return "质量指标"
    value = target.annual_target
    capped = value.comparator in (Comparator.AT_MOST, Comparator.LESS)
    if kind.name in ("数量指标", "质量指标") and capped and value.unit in _HOW_LONG and _LIMIT.search(name):
        return "时效指标"
    counted = (
        kind.name in ("质量指标", "时效指标")
        and value.is_number
        and bool(value.unit)
        and value.comparator not in (Comparator.AT_MOST, Comparator.LESS)
        and not _NO_COUNT.search(value.unit)
    )
    return "数量指标" if counted and _COUNT.search(name) and not _OF_QUALITY.search(name) else ""
