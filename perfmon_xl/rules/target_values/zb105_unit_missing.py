"""ZB105: a number without a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.target import Kind
from perfmon_xl.domain.text_keys import bare_name, name_key
from perfmon_xl.domain.wording import CELL
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import each_target
from perfmon_xl.rules.shared.units import is_unit

_NO_UNIT = re.compile(r"(指数|系数|倍数|比|得分|评分|分值|排名|名次|等级|级别|pH值?|PH值?)$")
_LAST = re.compile(r"\(([^()]{1,6})\)$")


@rule("ZB105", title="目标值没有单位", severity=Severity.WARNING, basis="通行做法", covers=("D05",))
def unit_missing(facts: Facts) -> Iterator[Problem]:
    """定量的目标值要有单位；名称末尾括号里写了的、是零的、指数和得分这样没有单位的不查。

    为什么：5是5件、5万元还是5%，看的人要猜，程序也换算不了。

    不对：面积没有单位
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 造林面积 | ≥1200 |

    不对：比率没有百分号
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 苗木成活率 | ≥85 |

    不对：百分号写成字
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 苗木成活率 | ≥85百分比 |

    对：有单位；名称里有；零；指数
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 造林面积 | ≥1200亩 |
    | 产出指标 | 数量指标 | 栽植苗木数量（株） | ≥9000 |
    | 产出指标 | 质量指标 | 安全事故起数 | =0 |
    | 效益指标 | 生态效益指标 | 空气质量指数 | ≤80 |
    """
    for line, also in each_target(facts):
        target = line.annual_target
        if target.kind not in (Kind.NUMBER, Kind.RANGE) or not line.name.strip():
            continue
        if "百分比" in target.raw:
            yield Problem(
                line.target_field,
                f"{line.table}“{line.name}”的目标值“{target.raw}”，单位写成了“百分比”{also}。",
                f"写成“{target}”。",
                of=line,
                values={"目标值": target.raw},
            )
            continue
        name = bare_name(line.name)
        match = _LAST.search(name_key(line.name))
        if target.unit or target.number == 0 or _NO_UNIT.search(name) or (match and is_unit(match[1])):
            continue
        rate = name.endswith(("率", "度", "比例", "占比", "比重"))
        share = rate and target.number is not None and target.number <= 1
        hint: Wordable = "补上单位，如人、件、公里、万元。"
        if share:
            hint = "是比率的，写成百分数；如果" + CELL + "原来是百分比格式，看是不是粘贴时丢了。"
        elif rate:
            hint = f"是百分数的，写成“{target}%”。"
        yield Problem(
            line.target_field,
            f"{line.table}“{line.name}”的目标值“{target.raw}”没有单位{also}。",
            hint,
            of=line,
            values={"目标值": target.raw},
        )
