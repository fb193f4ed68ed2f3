"""JG110: a cost indicator that measures no cost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.category import Level1, category
from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.text_keys import bare_name, indicator_key
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import all_rows, once

_COST = re.compile(r"成本|控制|节约|节省|超支|超预算|单价|造价|价格|费用|费占比|费比例|费率|均价|定额")
_NO_COST = re.compile(
    r"(合规|规范|达标|合格|准确|及时|覆盖|完好|满意|验收|到位|优良|参与|知晓|普及|完成|通过|公开)(率|度|情况|性)$"
)
_COUNTED = re.compile(r"^万?(人|人次|户|件|个|次|场|亩|公里|平方米|㎡|台|套|座|所|辆|项|份|名|处)$")


@rule(
    "JG110",
    title="成本指标不是成本",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("C04",),
    criticism=("目标设置", "不反映成本的指标调到所属的类别，成本指标写成控制数或单位成本"),
)
def cost_is_no_cost(facts: Facts) -> Iterator[Problem]:
    """经济成本指标考核花多少钱：总成本、单位成本、成本控制率、节约率；不是合规率、达标率、数量。

    社会成本、生态环境成本考核负面影响，可以是比率，不查。

    为什么：成本一栏填了别的，成本就没有人管；合规率是质量，应当放到产出里。

    不对：合规率放在成本下面
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 成本指标 | 经济成本指标 | 助学金发放合规率 | =100% |

    不对：面积放在成本下面
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 成本指标 | 经济成本指标 | 改造病房面积 | ≥900平方米 |

    对：金额、单位成本、成本控制率
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 成本指标 | 经济成本指标 | 助学金标准 | =2000元/人·年 |
    | 成本指标 | 经济成本指标 | 改造成本控制率 | ≤100% |
    | 成本指标 | 生态环境成本指标 | 施工扬尘达标率 | =100% |
    """
    for row, also in once(all_rows(facts), lambda r: (indicator_key(r.name), r.top_level)):
        found = category(row.level2)
        if row.top_level is not Level1.COST or (found is not None and found.name != "经济成本指标"):
            continue
        name, unit = bare_name(row.name), row.annual_target.unit
        if not name or _COST.search(name) or "元" in unit:
            continue
        if _NO_COST.search(name) or _COUNTED.match(unit):
            elsewhere = _elsewhere(row, facts)
            yield Problem(
                "level2",
                f"{row.table}“{row.name}”放在成本指标下面，目标值是“{row.annual_target.raw}”，考核的不是花多少钱{also}。",
                elsewhere or "移到产出指标里合适的一类；成本另设总成本或单位成本，目标值写金额。",
                of=row,
                values={"二级指标": row.level2, "目标值": row.annual_target.raw},
            )
        elif unit == "%":
            yield unsure(
                "level2",
                f"{row.table}“{row.name}”放在成本指标下面，目标值是百分数，名称看不出是不是成本{also}。",
                "是成本的，名称里写明（如成本控制率）；不是的，移到别的类。",
                of=row,
            )


def _elsewhere(row: IndicatorRow, facts: Facts) -> str:
    """核对时已经移走的，说移到哪里了。"""
    key = indicator_key(row.name)
    for other in all_rows(facts):
        if indicator_key(other.name) == key and other.top_level not in (None, Level1.COST):
            return f"{other.table}已经放到“{other.level2}”；{row.table}是原申报，在问题里写明即可。"
    return ""
