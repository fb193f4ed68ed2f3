"""JG203: the name says one class, the level-2 column another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.category import Level1, category
from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.rows import first_with

_TIMELY = re.compile(
    r"(及时|按时|按期|准时)(完成|率|性|拨付|发放|到位|办结)|(完成|完工|竣工|开工|发放|拨付)(时间|时限|及时率)$"
)
_QUALITY = re.compile(r"(合格|达标|准确|优良|完好|合规)率$")


@rule(
    "JG203",
    title="指标名称和二级指标对不上",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("C05",),
)
def name_belongs_elsewhere(indicator: Indicator) -> Iterator[Problem]:
    """及时率、完成时间是时效指标，合格率、达标率是质量指标，满意度不是产出。

    只查放在产出里的；效益里的达标率（如水质达标率）不查。

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
    return "质量指标" if kind.name == "时效指标" and _QUALITY.search(name) else ""
