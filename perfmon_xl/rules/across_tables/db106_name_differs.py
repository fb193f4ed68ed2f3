"""DB106: one indicator, two names."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Adjusted, Compared
from perfmon_xl.domain.text_keys import numbers_in
from perfmon_xl.rules import Problem, Severity, rule


@rule("DB106", title="指标名称前后不一样", severity=Severity.WARNING, basis="表间勾稽", covers=("A04",))
def name_differs(indicator: Indicator, *, adjusted: Adjusted, compared: Compared) -> Iterator[Problem]:
    """同一个指标，表3和表4的名称要一字不差。

    为什么：名称不同就会当成两个指标，一个没有结果，一个没有来历。

    不对：多了两个字
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 是否跟踪 |
    | 项目建设总成本 | ≤80万元 | 原指标 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 建设总成本 | ≤80万元 |

    不对：名称里的数不同
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 是否跟踪 |
    | 病害处置及时率（24小时内） | ≥95% | 原指标 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 病害处置及时率（27小时内） | ≥95% |

    对：括号里的单位不算；一处省了括号
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 是否跟踪 |
    | 病害处置及时率（24小时内） | ≥95% | 原指标 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 病害处置及时率 | ≥95% |

    对：括号里的单位不算
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 是否跟踪 |
    | 建设总成本（万元） | ≤80万元 | 原指标 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 建设总成本 | ≤80万元 |
    """
    if indicator.renamed:
        yield Problem(
            "name",
            f"表4的“{compared.name.strip()}”在表3叫“{adjusted.name.strip()}”，看来是同一个指标。",
            "改成同一个名称；确实是两个指标的，各补上另一张表里缺的一行。",
            of=compared,
            values={"表3名称": adjusted.name.strip(), "表4名称": compared.name.strip()},
        )
        return
    others = [("表3", adjusted.name), ("表1", indicator.declared.name if indicator.declared else "")]
    for table, name in others:
        here, there = numbers_in(compared.name), numbers_in(name)
        if here and there and here != there:
            yield Problem(
                "name",
                f"表4的“{compared.name.strip()}”在{table}是“{name.strip()}”，名称里的数不一样。",
                "核对是哪一个数，各表改成同一个名称。",
                of=compared,
                values={f"{table}名称": name.strip(), "表4名称": compared.name.strip()},
            )
            return
