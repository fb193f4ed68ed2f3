"""ZB221: 以上, 以下 where a sign would do."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import plain
from perfmon_xl.domain.target import normalise
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import each_target

_WORDS = ("以上", "以下")


@rule(
    "ZB221",
    title="目标值用“以上”“以下”代替比较符",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("D03",),
)
def words_for_a_sign(facts: Facts) -> Iterator[Problem]:
    """“91%以上”读作 ≥91%，判断不受影响；各表统一写成比较符更好比。

    为什么：预算系统把比较符、数值、单位分三栏存，“91%以上”导不进去，要改写一遍。

    不对：以上
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 自来水水质达标率 | 91%以上 |

    对：比较符
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 自来水水质达标率 | ≥91% |
    | 产出指标 | 时效指标 | 报修处理时间 | 5天以内 |
    """
    for line, also in each_target(facts):
        target = line.annual_target
        word = normalise(target.raw)[-2:]
        if not target.is_number or target.number is None or word not in _WORDS or target.approximation:
            continue
        exact = f"{target.comparator.value}{plain(target.number)}{target.unit}"
        yield Problem(
            line.target_field,
            f"{line.table}“{line.name}”的目标值“{target.raw}”里有“{word}”{also}。",
            f"写成“{exact}”。",
            of=line,
            values={"目标值": target.raw},
        )
