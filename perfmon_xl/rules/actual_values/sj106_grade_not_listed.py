"""SJ106: a qualitative result that is none of the grades."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Kind, TargetValue, normalise
from perfmon_xl.domain.wording import ANALYSES
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display


@rule("SJ106", title="定性指标的结果不在分档里", severity=Severity.WARNING, basis="规则集", covers=("E05",))
def grade_not_listed(
    record: Compared, facts: Facts, *, annual: TargetValue, actual: TargetValue
) -> Iterator[Problem]:
    """定性指标的实际完成值，要用规则集的分档：达成、部分达成、未达成。

    为什么：目标写“提升”，实际也写“提升”，等于没有答；不在分档里的说法，评不出档次。

    不对：把目标又写了一遍
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 河道水环境 | 改善 | 改善 |

    不对：解释里分了档，用的是别的说法
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 长效管护机制 | 健全 | 原指标 | 分健全、基本健全、不健全三档，按制度清单评定。 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 长效管护机制 | 健全 | 达标 |

    对：用了分档
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 河道水环境 | 改善 | 部分达成 |

    对：做没做，没有中间的档
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 是否公示补贴名单 | 是 | 是 |
    """
    rules = facts.rules.indicators
    if normalise(annual.raw) in _YES and normalise(actual.raw) in (*_YES, *_NO):
        return  # done or not done: there is nothing between
    if annual.kind is not Kind.WORDS or actual.kind is not Kind.WORDS or not rules.reached:
        return
    if _explained(facts, record):
        return
    own, said = record.grades, normalise(actual.raw)
    common = [group[0] for group in (rules.reached, rules.partly, rules.missed) if group]
    if own and said not in [normalise(g) for g in (*own, *common)] and rules.grade(actual.raw):
        yield Problem(
            "actual",
            f"“{record.name}”的实际完成值“{display(actual)}”不在指标解释写的分档（{'、'.join(own)}）里。",
            f"从“{'、'.join(own)}”里选一档，依据写到原因说明或" + ANALYSES + "里。",
            values={"分档": "、".join(own), "实际完成值": display(actual)},
        )
        return
    if rules.grade(actual.raw):
        return
    words = "、".join(group[0] for group in (rules.reached, rules.partly, rules.missed) if group)
    same = normalise(actual.raw) == normalise(annual.raw)
    yield Problem(
        "actual",
        f"“{record.name}”的实际完成值“{display(actual)}”"
        + ("只是把目标又写了一遍，" if same else "")
        + f"不在“{facts.rules.name}”的分档里。",
        f"从“{words}”里选一档，依据写到原因说明或" + ANALYSES + "里。",
        values={"全年目标": display(annual), "实际完成值": display(actual)},
    )


_YES, _NO = ("是", "有"), ("否", "无", "未", "没有")
_SCALE = re.compile(r"档|等级|分级|分为|分[“”\u4e00-\u9fff]{1,6}、")


def _explained(facts: Facts, record: Compared) -> bool:
    """指标解释里自己分了档，实际值和目标都是其中的一档。"""
    for indicator in facts.indicators:
        if indicator.compared is record and indicator.adjusted is not None:
            text = indicator.adjusted.explanation
            return (
                bool(_SCALE.search(text))
                and record.actual.raw.strip() in text
                and record.annual.raw.strip() in text
            )
    return False
