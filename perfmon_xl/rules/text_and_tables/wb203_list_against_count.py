"""WB203: four towns, and five names."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.ledger.relations import Relation
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import problems
from perfmon_xl.rules.facts import Facts


@rule(
    "WB203",
    title="列出来的名称与写的个数不一样",
    severity=Severity.ERROR,
    basis="文内勾稽",
    covers=("B16",),
)
def list_against_count(facts: Facts) -> Iterator[Problem]:
    """“白沙、黄坪、龙口3个乡镇”：列出几个名称，个数就写几个；没有列全的写“等”。

    为什么：多一个少一个，覆盖的范围、分到的钱都不同。

    不对：五个名称，写了4个
    进展表
    | 事项 | 进展情况 |
    | 供水 | 涉及白沙、黄坪、龙口、石桥、云峰4个乡镇。 |

    对：一样多；没有列全的写“等”
    进展表
    | 事项 | 进展情况 |
    | 供水 | 涉及白沙、黄坪、龙口3个乡镇；惠及石桥、云峰等6个村。 |
    """
    yield from problems(facts, Relation.LIST, hint="数一数，改个数或者补上名称；没有列全的，名称后面加“等”。")
