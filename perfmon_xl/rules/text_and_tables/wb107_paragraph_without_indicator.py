"""WB107: a paragraph on an indicator that no table has."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.model import Paragraph
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.domain.wording import ANALYSES
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts, once_per_project


@rule(
    "WB107",
    title="分析的指标各表里都没有",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H02",),
)
def paragraph_without_indicator(
    paragraph: Paragraph, facts: Facts, *, subject: str, text: str
) -> Iterator[Problem]:
    """指标分析里的每一段，讲的应当是表4里的指标；资金说明里写“该指标”的，也要真有这个指标。

    为什么：表里没有的指标没有目标值，“无偏差”无从说起；多半是照搬了别的报告，或者指标改了名。

    不对：指标分析里的名称表4里没有
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 疏浚河道长度 | ≥12公里 | 9公里 |
    指标分析表
    | 事项 | 内容 |
    | 疏浚河道长度 | 已疏浚9公里。 |
    | 河道保洁覆盖率 | 保洁覆盖率达到100%。 |

    不对：资金说明里说“该指标无偏差”，没有这个指标
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 疏浚河道长度 | ≥12公里 | 9公里 |
    资金说明表
    | 事项 | 内容 |
    | 资金使用合规性 | 资金使用合规，该指标无偏差。 |

    对：名称一致；资金说明不说指标
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 疏浚河道长度（公里） | ≥12公里 | 9公里 |
    指标分析表
    | 事项 | 内容 |
    | 疏浚河道长度 | 已疏浚9公里。 |
    资金说明表
    | 事项 | 内容 |
    | 资金使用合规性 | 未发现截留、挪用。 |
    """
    monitoring = facts.monitoring
    if not monitoring.compared:
        return
    if indicator_key(subject) in _known(facts):
        return
    if any(p is paragraph for p in monitoring.analyses):
        where: Wordable = ANALYSES
    elif any(p is paragraph for p in monitoring.fund_notes) and "该指标" in text:
        where = "资金说明"
    else:
        return
    yield Problem(
        "subject",
        where + f"写的“{subject.strip()}”，各张表里没有这个指标（表4有 {len(monitoring.compared)} 个指标）。",
        "指标改过名的，用表4里的名称；确实不是指标的，不要说“该指标”“无偏差”。",
        values={"事项": subject.strip()},
    )


@once_per_project
def _known(facts: Facts) -> frozenset[str]:
    """各张表里的指标；表3里删除的不算。"""
    joined = [i.name for i in facts.indicators if i.compared or i.adjusted or i.declared]
    return frozenset(map(indicator_key, [*joined, *(c.name for c in facts.monitoring.compared)]))
