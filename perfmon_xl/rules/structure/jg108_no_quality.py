"""JG108: quantities, and no quality indicator at all."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import Level1
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule(
    "JG108",
    title="只有数量没有质量指标",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("C02", "C03"),
    criticism=("目标设置", "产出既要有数量也要有质量指标，补齐质量指标"),
)
def no_quality(facts: Facts) -> Iterator[Problem]:
    """有数量指标的，产出里也要有质量指标。

    为什么：只考核做了多少，不考核做得好不好，数量容易凑。

    不对：没有质量
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 培训农技人员人数 | ≥400人 |
    | 产出指标 | 时效指标 | 培训按期完成率 | ≥95% |

    对：数量、质量都有
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 培训农技人员人数 | ≥400人 |
    | 产出指标 | 质量指标 | 培训考核合格率 | ≥90% |
    """
    rows = facts.monitoring.current_rows
    names = [r.category.name for r in rows if r.category is not None]
    unclear = any(r.category is None and r.top_level in (None, Level1.OUTPUT) for r in rows)
    if "数量指标" not in names or "质量指标" in names or unclear:
        return
    quantities = [r for r in rows if r.category is not None and r.category.name == "数量指标"]
    yield Problem(
        "level2",
        f"{rows[0].table}有 {len(quantities)} 个数量指标（{'、'.join(r.name for r in quantities[:3])}"
        f"{'等' if len(quantities) > 3 else ''}），没有质量指标。",
        "按数量指标各补一个质量指标，如验收合格率、考核通过率、办结率。",
        of=quantities[0],
        values={"数量指标数": str(len(quantities)), "质量指标数": "0"},
    )
