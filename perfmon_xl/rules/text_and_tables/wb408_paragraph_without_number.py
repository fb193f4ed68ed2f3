"""WB408: a numeric indicator whose paragraph gives no number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Compared, Paragraph
from perfmon_xl.domain.target import TargetValue, base_unit
from perfmon_xl.ledger.quantity import of_value
from perfmon_xl.ledger.reading import Role
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import said_in
from perfmon_xl.rules.facts import Facts


@rule(
    "WB408",
    title="定量指标的分析里没有实际数",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("E08", "E07"),
)
def paragraph_without_number(
    indicator: Indicator, facts: Facts, *, compared: Compared, written: Paragraph
) -> Iterator[Problem]:
    """目标值是数的指标，分析段里要写出同单位的实际数；率最好写出分子、分母。

    为什么：“完成率良好”“达到预期标准”没有数，达没达到90%无从核对；表里的数也没有来处。

    不对：只说良好
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 病害处治及时率 | ≥90% | 92% |
    指标分析表
    | 事项 | 内容 |
    | 病害处治及时率 | 共处治路面病害126处，及时率良好，达到预期标准。 |

    对：写了数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 病害处治及时率 | ≥90% | 92% |
    指标分析表
    | 事项 | 内容 |
    | 病害处治及时率 | 共处治路面病害126处，其中116处在48小时内处治，及时率92%。 |

    对：写了分子、分母
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 用户满意度 | ≥90% | 95% |
    指标分析表
    | 事项 | 内容 |
    | 用户满意度 | 200名用户中190名满意。 |

    对：一起也没有
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 施工安全事故 | 0起 | 0起 |
    指标分析表
    | 事项 | 内容 |
    | 施工安全事故 | 施工期间没有发生安全事故。 |

    对：说明了还没有数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 亩均增产 | ≥50公斤 | |
    指标分析表
    | 事项 | 内容 |
    | 亩均增产 | 尚未测产，11月测产后补充。 |
    """
    record = compared
    target = record.annual if record.annual.is_number else record.stage
    if not target.is_number or not target.unit or not record.actual.is_number:
        return
    if base_unit(record.actual.unit) != base_unit(target.unit):
        return
    if any(w in written.text for w in ("尚未", "尚无", "暂无", "未到")):
        return
    if _written(facts, written, target, indicator.name) or _is_the_actual(facts, written, indicator):
        return
    if record.actual.number == 0 and re.search(
        r"没有|未发生|未出现|无[^，。]{0,8}(?:发生|死亡|事故)|零", written.text
    ):
        return  # none is a number too
    if _in_another_unit(written.text, target.unit) or _as_fraction(facts, written, record.actual):
        return
    yield Problem(
        "text",
        f"目标值是 {target.raw.strip()}，“{indicator.name}”的分析里没有一个以“{target.unit}”计的实际数"
        f"（表4填的是 {record.actual.raw.strip()}）。",
        "写出实际数和它的来处；率写出分子、分母，例如“126处中116处及时”。",
        of=written,
        values={"目标": target.raw.strip(), "表4": record.actual.raw.strip()},
    )


def _written(facts: Facts, written: Paragraph, target: TargetValue, name: str) -> bool:
    """段里有一个同单位的数，不是复述的目标。"""
    like = of_value(target, name)
    return like is not None and any(
        quantity.unit == like.unit
        and statement.sentence.roles[n] not in (Role.TARGET, Role.STAGE, Role.THRESHOLD)
        for statement in said_in(facts, written)
        for n, quantity in enumerate(statement.sentence.quantities)
    )


def _is_the_actual(facts: Facts, written: Paragraph, indicator: Indicator) -> bool:
    """段里有实际数，写成什么身份都算：“全年目标的1182间已经全部完成”。"""
    compared = indicator.compared
    actual = of_value(compared.actual, indicator.name) if compared is not None else None
    return actual is not None and any(
        quantity.unit == actual.unit and quantity.agrees(actual)
        for statement in said_in(facts, written)
        for quantity in statement.sentence.quantities
    )


def _as_fraction(facts: Facts, written: Paragraph, actual: TargetValue) -> bool:
    """“200份问卷中190份满意”就是95%：写了分子、分母，除出来是实际数。"""
    rate = of_value(actual)
    if rate is None or rate.unit != "%":
        return False
    for statement in said_in(facts, written):
        counted = [
            q for q in statement.sentence.quantities if q.unit not in ("%", "") and not q.per and q.number > 0
        ]
        for part in counted:
            for whole in counted:
                same = part is not whole and part.unit == whole.unit and part.number <= whole.number
                if same and abs(part.number / whole.number * 100 - rate.number) <= _ROUNDED:
                    return True
    return False


_ROUNDED = Decimal("0.5")


def _in_another_unit(text: str, unit: str) -> bool:
    """“100%”写成“全部”“均”“实现全覆盖”的，也算写了；人写成人次的由 WB105 查。"""
    if unit == "%":
        return any(w in text for w in ("全部", "全覆盖", "百分之", "均", "无一"))
    return unit in ("人", "人次") and "人" in text and any(c.isdigit() for c in text)
