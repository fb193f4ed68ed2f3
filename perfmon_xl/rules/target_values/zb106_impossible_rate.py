"""ZB106: a share of more than 100%, or less than nothing."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.target import Comparator
from perfmon_xl.domain.text_keys import bare_name
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.bounded import cannot_exceed
from perfmon_xl.rules.shared.rows import each_target


@rule("ZB106", title="目标值不可能达到", severity=Severity.ERROR, basis="表内勾稽", covers=("D06",))
def impossible_rate(facts: Facts) -> Iterator[Problem]:
    """合格率、覆盖率、满意度这样的占比，目标值不会超过 100%，也不会大于（>）100%，不会是负的。

    增长率、完成率、利用率可以超过 100%，不查；“≥100%”由 ZB107 提示。

    为什么：达不到的目标没有意义，多半是多打了一个零，或把两个单位填混了。

    不对：合格率超过百分之百
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 疫苗接种合格率 | ≥980% |

    对：百分之百；增长率可以超过
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 疫苗接种合格率 | =100% |
    | 效益指标 | 经济效益指标 | 农产品网销增长率 | ≥150% |
    """
    for line, also in each_target(facts):
        target = line.annual_target
        if target.number is None or target.unit != "%" or not cannot_exceed(bare_name(line.name)):
            continue
        most = target.upper if target.upper is not None else target.number
        if target.number < 0:
            why = "是负的"
        elif target.comparator in (Comparator.AT_LEAST, Comparator.EQUAL, Comparator.UNSTATED) and most > 100:
            why = "超过了 100%"
        elif target.comparator is Comparator.MORE and target.number >= 100:
            why = "要求大于 100%"
        else:
            continue
        yield Problem(
            line.target_field,
            f"{line.table}“{line.name}”的目标值“{target.raw}”{why}{also}，这样的占比最多是 100%。",
            "看是不是多打了数字；全部都要做到的，写“=100%”。",
            of=line,
            values={"目标值": target.raw, "上限": "100%"},
        )
