"""DB109: declared, and gone without a word."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Declared
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("DB109", title="申报的指标在表3里没有了", severity=Severity.ERROR, basis="表间勾稽", covers=("D13",))
def declared_dropped(indicator: Indicator, facts: Facts, *, declared: Declared) -> Iterator[Problem]:
    """表1申报的每个指标，表3都要有：保留的、调整的，或者标明删除的。

    为什么：批复过的指标不能悄悄少掉，删除也要留一行。

    不对：少了一个
    目标申报表
    | 三级指标 | 指标目标值 |
    | 补贴发放人数 | ≥800人 |
    | 补贴发放及时率 | 100% |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 补贴发放人数 | ≥800人 | 原指标 |

    对：标了删除
    目标申报表
    | 三级指标 | 指标目标值 |
    | 补贴发放人数 | ≥800人 |
    | 补贴发放及时率 | 100% |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 补贴发放人数 | ≥800人 | 原指标 |
    | 补贴发放及时率 | 100% | 删除 |
    """
    if facts.monitoring.adjusted and indicator.adjusted is None and indicator.removed is None:
        yield Problem(
            "name",
            f"表1申报的“{declared.name.strip()}”，表3里没有。",
            "保留的在表3补一行“原指标”；改了名的写“调整”并在解释里说明；不要的标“删除”。",
            of=declared,
        )
