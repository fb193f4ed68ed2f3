"""ZB209: a percentage on something nobody can count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.finding import Severity
from perfmon_xl.rules.facts import Indicator, indicator_key
from perfmon_xl.rules.registry import Problem, rule
from perfmon_xl.rules.zb.targets import Target, first_with, standing

# 名称里有这些的，说得出分子分母或者量得出来。
_COUNTABLE = re.compile(
    r"[率比占幅数额值]|产量|总量|用量|流量|容量|储量|程度|度$|覆盖|增长|增加|增收|减少|下降|降低|收入|达标|合格|完成|全部|"
    r"到位|面积|人次|人口|户数|成本|费|指标|进度|时限|及时|按时|按期"
)
_VAGUE = re.compile(
    r"^(有效|切实|进一步|不断|持续)?(维护|保障|促进|提升|提高|改善|推动|推进|增强|加强|完善|优化|规范|带动|确保|保护|巩固|营造)"
    r"|(提升|提高|改善|增强|加强|完善|优化|稳定|和谐|发展|健全|影响|作用|效果|效益|能力|意识|环境|秩序|权益|形象)$"
)


@rule("ZB209", title="定性指标的目标写成百分数", severity=Severity.WARNING, basis="通行做法", covers=("D07",))
def percent_on_quality(indicator: Indicator) -> Iterator[Problem]:
    """“改善环境”“维护权益”这样的定性指标，不能写 ≥90%：说不出分子、分母是什么。

    名称或指标解释里有率、比例、占比、增长等量得出来的，不查。

    为什么：没有分子分母的百分数没有办法核实，最后只能照抄目标值当作完成值。

    不对：改善环境 90%
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 社会效益指标 | 改善就医环境 | ≥90% | 原指标 |

    不对：名称里有“人”“条件”，也说不出分母
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 社会效益指标 | 保护未成年人合法权益 | ≥90% | 原指标 |

    不对：解释里也没有算法
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 社会效益指标 | 促进教育公平 | ≥95% | 原指标 | 反映项目实施对教育公平的促进情况 |

    对：量得出来的，或者解释里写了怎么算
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 经济效益指标 | 带动农民增收 | ≥5% | 原指标 | |
    | 生态效益指标 | 改善水质达标比例 | ≥90% | 原指标 | |
    | 社会效益指标 | 提高灌溉保证率 | ≥85% | 原指标 | |
    | 社会效益指标 | 促进教育公平 | ≥95% | 原指标 | 随迁子女入学人数÷申请人数×100% |
    | 社会效益指标 | 改善就医环境 | 明显改善 | 原指标 | |
    """
    explanation = indicator.adjusted.explanation if indicator.adjusted else ""
    if re.search(r"[÷/／×]|比例|占|百分比|分子|分母|除以", explanation):
        return
    found = first_with(standing(indicator), _uncountable)
    if found is None:
        return
    target, tables = found
    yield Problem(
        target.field,
        f"{tables}“{target.name}”是定性的说法，目标值却是 {target.raw}，看不出分子、分母是什么。",
        "能算的，名称改成“…率”并在指标解释里写明怎么算；算不出来的，改成分档的定性目标（如 好、一般、差）。",
        of=target.record,
        values={"指标": target.name, "目标值": target.raw},
    )


def _uncountable(target: Target) -> bool:
    name = indicator_key(target.name)
    return target.value.unit == "%" and bool(_VAGUE.search(name)) and not _COUNTABLE.search(name)
