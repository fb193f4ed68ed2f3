"""JG111: a rate or a specification filed as a quantity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.text_keys import bare_name, indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import all_rows, once

_SPECIFICATION = re.compile(r"(宽度|厚度|高度|深度|直径|强度|规格|浓度|压实度|精度|等级)$")


@rule("JG111", title="比率或规格当成了数量", severity=Severity.WARNING, basis="通行做法", covers=("C05",))
def rate_as_quantity(facts: Facts) -> Iterator[Problem]:
    """数量指标写做多少：人数、面积、长度、台数；比率、宽度、厚度这样的不是数量。

    为什么：比率不随时间累加，按序时折算会折错；宽度、厚度是质量要求。

    不对：覆盖率放在数量下面
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 疫苗接种覆盖率 | ≥95% |

    不对：路面宽度放在数量下面
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 路面宽度 | ≥4.5米 |

    对：数量
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 疫苗接种人数 | ≥2万人 |
    | 产出指标 | 数量指标 | 硬化路面长度 | ≥12公里 |
    """
    for row, also in once(all_rows(facts), lambda r: (indicator_key(r.name), r.category)):
        if row.category is None or row.category.name != "数量指标":
            continue
        name = bare_name(row.name)
        if row.annual_target.unit == "%" or (name.endswith(("率", "比例")) and not row.annual_target.unit):
            what, hint = "比率", "改成数量（多少人、多少处）；要考核比率的，移到质量指标或效益指标。"
        elif _SPECIFICATION.search(name):
            what, hint = "规格", "规格是质量要求，移到质量指标；数量另写长度、面积或处数。"
        else:
            continue
        yield Problem(
            "level2",
            f"{row.table}数量指标“{row.name}”的目标值是“{row.annual_target.raw}”，是{what}，不是数量{also}。",
            hint,
            of=row,
            values={"二级指标": row.level2, "目标值": row.annual_target.raw},
        )
