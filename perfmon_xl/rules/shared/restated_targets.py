"""Targets that the text states, held against those of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.ledger.quantity import Quantity, of_value
from perfmon_xl.ledger.reading import Role
from perfmon_xl.ledger.relations import comparable
from perfmon_xl.rules.claims import Statement
from perfmon_xl.rules.shared.mentions import spellings

_IDEA = re.compile(r"设想|未列入|没有列入|不作为|不列入|未纳入|没有纳入|原拟|曾拟")
_MORE_THAN = re.compile(r"(?:超过|超出|超|高出|高于|多于|少于|低于)[^，,]{0,12}$")
_LOOSE = re.compile("余|约|近|左右|多")  # “超过900元/场的上限” says no more than the word
_PLANNED = re.compile(r"年初|年内|全年|年度|本年|本阶段|目标|(?<!下一步)计划|应")
_LATER = re.compile(r"合同|协议|预计|剩余|其余|再|补|继续|力争|下一步|届时|\uf000")


@dataclass(frozen=True, slots=True)
class WrongTarget:
    """一处复述错了的目标：在哪句话，怎么说，文字里的数，表里的目标值。"""

    said: Statement
    message: str
    text: str
    shown: str


def wrong_targets(indicator: Indicator, said: Iterable[Statement], *, planned: bool) -> Iterator[WrongTarget]:
    """话里写成目标的数，不是各表里这个指标的一个目标值；planned：写“计划”的也算。"""
    targets = [v for t in targets_of(indicator) if (v := of_value(t, indicator.name)) is not None]
    first = next((t for t in targets if t.unit), None)
    if first is None:
        return
    bases = {t.number for t in targets if comparable(t, first)}
    shown = spellings(targets_of(indicator))
    done = of_value(indicator.compared.actual, indicator.name) if indicator.compared is not None else None
    for statement, n in _restated(said, first, planned=planned):
        mention = statement.sentence.quantities[n]
        if done is not None and mention.number == done.number and indicator.name.strip().endswith("标准"):
            continue  # “补助标准180元/人”: the name ends as a target would
        if done is not None and any(mention.covers(abs(done.number - b)) for b in bases):
            continue  # “超出目标500亩”: what lies between the two
        if (
            done is not None
            and _MORE_THAN.search(statement.sentence.before(n))
            and mention.number * 2 <= min(bases)
        ):
            continue  # “超过阶段目标300册”: by how much, of which WB515 speaks
        of_stage = _stage_alone(indicator, statement, n)
        if of_stage is not None and mention.number in bases and not mention.covers(of_stage.number):
            message = f"文字写的阶段目标是“{mention.text}”，表4的本阶段应完成值是“{of_stage.text}”。"
            yield WrongTarget(statement, message, mention.text, of_stage.text)
            continue
        same = mention.number in bases
        if same and mention.about and _LOOSE.search(mention.text):
            message = (
                f"文字写的目标是“{mention.text}”，表里是“{shown}”："
                f"“{mention.text.strip('0123456789.,，')[:1]}”改了目标的意思。"
            )
        elif not same and not any(mention.covers(b) for b in bases):
            message = f"文字写的目标是“{mention.text}”，表里的目标值是“{shown}”。"
        else:
            continue
        yield WrongTarget(statement, message, mention.text, shown)


_OF_THE_STAGE = re.compile(r"本?阶段性?(?:应完成的?)?(?:绩效)?(?:目标|任务)(?:值|数)?(?:的|为|是)?$")


def _stage_alone(indicator: Indicator, statement: Statement, n: int) -> Quantity | None:
    """写明是阶段目标的，只与本阶段应完成值比；阶段没有另外定的没有。"""
    if indicator.compared is None or not _OF_THE_STAGE.search(statement.sentence.before(n)):
        return None
    stage = of_value(indicator.compared.stage, indicator.name)
    annual = of_value(indicator.compared.annual, indicator.name)
    apart = stage is not None and annual is not None and comparable(stage, annual)
    return (
        stage
        if apart and stage is not None and annual is not None and stage.number != annual.number
        else None
    )


def targets_of(indicator: Indicator) -> tuple[TargetValue, ...]:
    """这个指标在各表里的全部目标值。"""
    targets: list[TargetValue] = []
    if indicator.compared is not None:
        targets += [indicator.compared.annual, indicator.compared.stage]
    if indicator.adjusted is not None:
        targets += [indicator.adjusted.target, indicator.adjusted.tracked_target]
    if indicator.declared is not None:
        targets.append(indicator.declared.target)
    return tuple(t for t in targets if not t.is_blank)


def _restated(said: Iterable[Statement], like: Quantity, *, planned: bool) -> Iterator[tuple[Statement, int]]:
    """写成目标、计划的数；预计以后做到多少的不算。"""
    for statement in said:
        for n, quantity in enumerate(statement.sentence.quantities):
            if not comparable(quantity, like) or _IDEA.search(statement.sentence.text):
                continue
            role, clause = statement.sentence.roles[n], statement.sentence.clause(n)
            meant = planned and role is Role.PLAN and _PLANNED.search(clause) and not _LATER.search(clause)
            if role in (Role.TARGET, Role.STAGE) or meant:
                yield statement, n
