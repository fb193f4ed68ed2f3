"""WB104: the paragraph restates the target, and not as the table has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Paragraph
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.ledger.quantity import Quantity, of_value
from perfmon_xl.ledger.reading import Role
from perfmon_xl.ledger.relations import comparable
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Said, said_in
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.mentions import spellings


@rule(
    "WB104",
    title="文字里复述的目标与表里的目标值不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("D13",),
)
def target_restated_differently(
    indicator: Indicator, facts: Facts, *, written: Paragraph
) -> Iterator[Problem]:
    """指标分析里写“计划……”的数，应当是各表里这个指标的一个目标值；表里是“≥70件”，文字不写“70余件”。

    为什么：目标值一字之差，完成与否就不同；“≥70件”是至少70件，“70余件”是多于70件。

    不对：表里80座，文字里计划60座
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 改造泵站数量 | ≥80座 | ≥40座 | 45座 |
    指标分析表
    | 事项 | 内容 |
    | 改造泵站数量 | 年初计划改造泵站60座，截至2024年6月30日已改造45座。 |

    不对：表里≥70件，文字里70余件
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 抽检食品批次 | ≥70批次 | 45批次 |
    指标分析表
    | 事项 | 内容 |
    | 抽检食品批次 | 年初计划抽检70余批次，已抽检45批次。 |

    对：文字里是全年目标和本阶段目标
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 改造泵站数量 | ≥80座 | ≥40座 | 45座 |
    指标分析表
    | 事项 | 内容 |
    | 改造泵站数量 | 全年计划改造泵站80座，本阶段应完成40座，实际完成45座。预计四季度还需改造35座。 |
    """
    targets = [v for t in _targets(indicator) if (v := of_value(t, indicator.name)) is not None]
    first = next((t for t in targets if t.unit), None)
    if first is None:
        return
    bases = {t.number for t in targets if comparable(t, first)}
    shown = spellings(_targets(indicator))
    for one, n in _restated(facts, written, first):
        mention = one.sentence.quantities[n]
        done = of_value(indicator.compared.actual, indicator.name) if indicator.compared is not None else None
        if done is not None and mention.number == done.number and indicator.name.strip().endswith("标准"):
            continue  # “补助标准180元/人”: the name ends as a target would
        if done is not None and any(mention.covers(abs(done.number - b)) for b in bases):
            continue  # “超出目标500亩”: what lies between the two
        if (
            done is not None
            and _MORE_THAN.search(one.sentence.before(n))
            and mention.number * 2 <= min(bases)
        ):
            continue  # “超过阶段目标300册”: by how much, of which WB515 speaks
        same = mention.number in bases
        if same and mention.about and _LOOSE.search(mention.text):
            message = f"文字写的目标是“{mention.text}”，表里是“{shown}”：“{mention.text.strip('0123456789.,，')[:1]}”改了目标的意思。"
        elif not same and not any(mention.covers(b) for b in bases):
            message = f"文字写的目标是“{mention.text}”，表里的目标值是“{shown}”。"
        else:
            continue
        yield Problem(
            "text",
            message,
            "照表里的写法复述目标；目标调整过的，写明原来是多少、为什么调整。",
            of=written,
            values={"文字": mention.text, "表": shown},
        )
        return


def _restated(facts: Facts, written: Paragraph, like: Quantity) -> Iterator[tuple[Said, int]]:
    """段里写成目标、计划的数；预计以后做到多少的不算。"""
    for one in said_in(facts, written):
        for n, quantity in enumerate(one.sentence.quantities):
            if not comparable(quantity, like) or _IDEA.search(one.sentence.text):
                continue
            role, clause = one.sentence.roles[n], one.sentence.clause(n)
            planned = role is Role.PLAN and _PLANNED.search(clause) and not _LATER.search(clause)
            if role in (Role.TARGET, Role.STAGE) or planned:
                yield one, n


_IDEA = re.compile(r"设想|未列入|没有列入|不作为|不列入|未纳入|没有纳入|原拟|曾拟")
_MORE_THAN = re.compile(r"(?:超过|超出|超|高出|高于|多于|少于|低于)[^，,]{0,12}$")
_LOOSE = re.compile("余|约|近|左右|多")  # “超过900元/场的上限” says no more than the word
_PLANNED = re.compile(r"年初|年内|全年|年度|本年|本阶段|目标|(?<!下一步)计划|应")
_LATER = re.compile(r"合同|协议|预计|剩余|其余|再|补|继续|力争|下一步|届时|\uf000")


def _targets(indicator: Indicator) -> tuple[TargetValue, ...]:
    """这个指标在各表里的全部目标值。"""
    found: list[TargetValue] = []
    if indicator.compared is not None:
        found += [indicator.compared.annual, indicator.compared.stage]
    if indicator.adjusted is not None:
        found += [indicator.adjusted.target, indicator.adjusted.tracked_target]
    if indicator.declared is not None:
        found.append(indicator.declared.target)
    return tuple(t for t in found if not t.is_blank)
