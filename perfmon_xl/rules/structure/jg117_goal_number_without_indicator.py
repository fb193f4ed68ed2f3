"""JG117: a number promised in the goal that no indicator carries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.target import Kind, read_target
from perfmon_xl.ledger.quantity import unit_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_PROMISE = re.compile(
    r"(?<![\d.,，第])(\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(万?(?:人次|平方米|公里|千米|人|户|件|亩|座|台|套|所|场|辆|吨|㎡|元)|亿元|%|％)"
)

_COMMON = 2  # 相邻两个字相同的，至少几处


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
        for found in _PROMISE.finditer(text):
            pair = read_target(found[1].replace("，", ",") + found[2]).base()
            if pair is None or found[0] in seen or pair[0] in carried:
                continue
            if pair[1] == "元" and pair[0] in money:
                continue
            seen.add(found[0])
            clause = re.split(r"[，,。；;、\n]", text[: found.end()])[-1].strip()
            after = re.split(r"[，,。；;、\n]", text[found.end() :])[0]
            like = _like(lines, clause + after, pair[1])
            yield Problem(
                "text",
                f"年度绩效目标里“{clause}”的 {found[0]}，{lines[0].table}的 {len(lines)} 个指标里没有一个是这个数"
                + (f"，“{like.title}”是“{like.annual_target.raw.strip()}”。" if like is not None else "。"),
                "把两边改成一样；讲的不是一件事的，补一个指标考核它。"
                if like is not None
                else "补一个指标考核它；指标里写的是别的数的，把两边改成一样。",
                at=place,
                values={
                    "目标里的数": found[0],
                    **({"指标": like.annual_target.raw.strip()} if like is not None else {}),
                },
            )


def _like(lines: Sequence[IndicatorRow], clause: str, unit: str) -> IndicatorRow | None:
    """名称与这句话讲的是同一件事、单位也相同的指标；几个都像的，说不准。"""
    words = pieces(clause)
    found = [
        (len(words & pieces(line.name)), line)
        for line in lines
        if (base := line.annual_target.base()) is not None and unit_key(base[1]) == unit_key(unit)
    ]
    best = sorted((one for one in found if one[0] >= _COMMON), key=lambda one: -one[0])
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    return best[0][1]


def _goals(facts: Facts) -> Iterator[tuple[str, Origin]]:
    revised = [c for c in facts.monitoring.goal_changes if c.revised.strip()]
    if revised:
        for change in revised:
            yield change.revised, change.place.at("revised")
    elif facts.monitoring.goal.text.strip():
        yield facts.monitoring.goal.text, facts.monitoring.goal.place.at("text")
