"""JG107: outputs without a single quantity."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import Level1
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts


@rule("JG107", title="产出里没有数量指标", severity=Severity.WARNING, basis="通行做法", covers=("C02",))
def no_quantity(facts: Facts) -> Iterator[Problem]:
    """有产出指标的，至少有一个数量指标。

    为什么：没有数量，做了多少、还差多少都说不出，序时进度也没有可比的。

    不对：产出只有质量和时效
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 河道整治验收合格率 | =100% |
    | 产出指标 | 时效指标 | 整治完成及时率 | ≥95% |

    对：有数量
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 整治河道长度 | ≥6公里 |
    | 产出指标 | 质量指标 | 河道整治验收合格率 | =100% |
    """
    outputs = [row for row in facts.monitoring.current_rows if row.top_level is Level1.OUTPUT]
    if not outputs or any(r.category is not None and r.category.name == "数量指标" for r in outputs):
        return
    unknown = next((r for r in outputs if r.category is None), None)
    if unknown is not None:
        yield unsure(
            "level2",
            f"{unknown.table}产出里没有认出数量指标，“{unknown.name}”等行的二级指标认不出。",
            "先把二级指标写成规范名称。",
            of=unknown,
        )
        return
    names = "、".join(dict.fromkeys(r.level2 for r in outputs))
    yield Problem(
        "level2",
        f"{outputs[0].table}的产出有 {len(outputs)} 个指标，只有{names}，没有数量指标。",
        "补上做多少的指标，如人数、面积、长度、台（套）数。",
        of=outputs[0],
        values={"产出指标数": str(len(outputs)), "数量指标数": "0"},
    )
