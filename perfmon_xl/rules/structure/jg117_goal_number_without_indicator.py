"""JG117: a number promised in the goal that no indicator carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.target import Kind
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.promises import promises

# These are always counted by an indicator; of other units only where one counts the same thing.
_COUNTED = frozenset(
    [
        "人次",
        "平方米",
        "公里",
        "人",
        "户",
        "件",
        "亩",
        "座",
        "台",
        "套",
        "所",
        "场",
        "场次",
        "辆",
        "吨",
        "元",
        "%",
    ]
)


@rule("JG117", title="目标里的数没有指标对应", severity=Severity.WARNING, basis="文表勾稽", covers=("C10",))
def goal_number_without_indicator(facts: Facts) -> Iterator[Problem]:
    """年度绩效目标里写了多少人、多少户、百分之几的，指标里应当有同样的数。

    总目标改过的，只看调整后的；数相同、单位相近的就算有。金额和预算数相同的不算。

    为什么：目标许下了，没有指标考核，到年底没有人问做到没有。

    不对：39户没有指标
    年度绩效目标：改造危房39户，培训建筑工匠60人。
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 培训建筑工匠人数 | ≥60人 |

    不对：指标是另一个数
    年度绩效目标：改造路灯5400盏，更换控制箱80个。
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 改造路灯盏数 | ≥5400盏 |
    | 产出指标 | 数量指标 | 更换控制箱个数 | ≥60个 |

    对：都有；日期、预算不算
    年度绩效目标：2024年12月底前改造危房39户，投入财政资金120万元。
    资金表
    | 资金来源 | 年初预算数（万元） |
    | 财政拨款 | 120 |
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 改造危房户数 | ≥39户 |
    """
    lines = facts.monitoring.current_rows
    targets = [line.annual_target for line in lines]
    carried = {pair[0] for t in targets if (pair := t.base()) is not None}
    carried |= {upper for t in targets if (upper := t.base_upper()) is not None}
    carried |= {Decimal(n) for line in lines for n in re.findall(r"\d+(?:\.\d+)?", line.name)}
    money = {a.yuan for f in facts.monitoring.funding for a in (f.initial, f.adjusted) if a is not None}
    money |= {a.yuan for a in (facts.figures.funds.initial, facts.figures.funds.adjusted) if a is not None}
    if not lines or any(t.kind is Kind.UNREAD for t in targets):
        return
    for text, place in _goals(facts):
        seen: set[str] = set()
        for promise in promises(facts, text, lines):
            said = promise.quantity
            if said.text in seen or said.number in carried or (said.unit == "元" and said.number in money):
                continue
            if promise.like is None and (said.unit not in _COUNTED or said.about or said.comparator):
                continue
            if promise.like is not None and said.about and said.covers(_target(promise.like)):
                continue
            seen.add(said.text)
            yield Problem(
                "text",
                f"年度绩效目标里“{promise.clause}”的 {said.text}，{lines[0].table}的 {len(lines)} 个指标里没有一个是这个数"
                + (
                    f"，“{promise.like.title}”是“{promise.like.annual_target.raw.strip()}”。"
                    if promise.like is not None
                    else "。"
                ),
                "把两边改成一样；讲的不是一件事的，补一个指标考核它。"
                if promise.like is not None
                else "补一个指标考核它；指标里写的是别的数的，把两边改成一样。",
                at=place,
                values={
                    "目标里的数": said.text,
                    **({"指标": promise.like.annual_target.raw.strip()} if promise.like is not None else {}),
                },
            )


def _target(row: IndicatorRow) -> Decimal:
    base = row.annual_target.base()
    return base[0] if base is not None else Decimal(0)


def _goals(facts: Facts) -> Iterator[tuple[str, Origin]]:
    revised = [c for c in facts.monitoring.goal_changes if c.revised.strip()]
    if revised:
        for change in revised:
            yield change.revised, change.place.at("revised")
    elif facts.monitoring.goal.text.strip():
        yield facts.monitoring.goal.text, facts.monitoring.goal.place.at("text")
