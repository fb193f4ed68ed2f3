"""SJ109: in most rows the three values are one."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import equal


@rule("SJ109", title="多数指标三个值一样", severity=Severity.WARNING, basis="表内勾稽", covers=("E06",))
def all_the_same(facts: Facts) -> Iterator[Problem]:
    """全年目标、本阶段应完成、实际完成三栏一样的指标，不应占到一半以上。

    为什么：三栏一样就没有偏差，监控等于没有做；多半是一栏照一栏抄下来的。

    不对：四个里三个一样
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 渠道衬砌长度 | ≥12公里 | 8公里 | 9公里 |
    | 工程合格率 | ≥95% | ≥95% | 95% |
    | 完工及时率 | 100% | 100% | 100% |
    | 受益群众满意度 | ≥90% | ≥90% | ≥90% |

    对：实际完成是统计出来的数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 渠道衬砌长度 | ≥12公里 | 8公里 | 9公里 |
    | 工程合格率 | ≥95% | ≥95% | 97.2% |
    | 完工及时率 | 100% | 100% | 100% |
    | 受益群众满意度 | ≥90% | ≥90% | 93.5% |
    """
    rows = [
        c
        for c in facts.monitoring.compared
        if not (c.annual.is_blank or c.stage.is_blank or c.actual.is_blank)
    ]
    same = [c for c in rows if equal(c.annual, c.stage) and equal(c.annual, c.actual)]
    if len(rows) >= 4 and len(same) * 2 > len(rows):
        names = "、".join(f"“{c.name}”" for c in same[:3])
        yield Problem(
            "actual",
            f"{len(rows)} 个指标里有 {len(same)} 个，全年目标、本阶段应完成和实际完成是同一个值（{names}"
            f"{'等' if len(same) > 3 else ''}）。",
            "逐个核对实际完成值有没有台账、统计表；没有统计的不要照抄目标。",
            of=same[0],
            values={"指标数": str(len(rows)), "三个值一样的": str(len(same))},
        )
