"""The ledger of one project: every sentence with the indicator it speaks of, and the relations that do not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.domain.target import Comparator
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.ledger.every_relation import breaches_across, breaches_of
from perfmon_xl.ledger.reading import Role, Sentence, nouns_in, sentences
from perfmon_xl.ledger.relations import NO_SUBJECT, Breach, Relation, Subject
from perfmon_xl.ledger.subjects import IndicatorQuantities, IndicatorsByName, measured
from perfmon_xl.rules.facts import Facts, once_per_project
from perfmon_xl.rules.registry import Problem, unsure

_TELLING = 20  # a smaller number is shared by too many things
_NOT_CLAIMS = (Topic.NAME, Topic.BASIS)
_ABOUT_AN_INDICATOR = (Topic.INDICATOR, Topic.EXPLANATION, Topic.REASON)


@dataclass(frozen=True, eq=False)
class Statement:
    """一句话：在哪一段，讲的是哪个指标（不知道的没有），own 是这一段本来就讲这个指标。"""

    passage: Passage
    sentence: Sentence
    indicator: IndicatorQuantities | None
    own: bool

    @property
    def subject(self) -> Subject:
        return self.indicator.subject if self.indicator is not None else NO_SUBJECT


def year_of(facts: Facts) -> int:
    """没有写年份的日期是哪一年的。"""
    project = facts.monitoring.project
    if project.cutoff is not None:
        return project.cutoff.year
    digits = "".join(c for c in project.year if c.isdigit())[:4]
    return int(digits) if len(digits) == 4 and 1900 < int(digits) < 2200 else 2000


@once_per_project
def indicators(facts: Facts) -> tuple[IndicatorQuantities, ...]:
    """表4的各个指标。"""
    return tuple(measured(c) for c in facts.monitoring.compared if c.name.strip())


@once_per_project
def indicator_by_name(facts: Facts) -> IndicatorsByName:
    """按名称找指标。"""
    return IndicatorsByName(indicators(facts))


@once_per_project
def exact(facts: Facts) -> IndicatorsByName:
    """实际值是一个准数的指标，按名称找。"""
    return IndicatorsByName(
        [
            i
            for i in indicators(facts)
            if i.record.actual.comparator in (Comparator.UNSTATED, Comparator.EQUAL)
        ]
    )


@once_per_project
def units_of(facts: Facts) -> frozenset[str]:
    """指标自己的单位，文字里也认。"""
    found = {v.unit for c in facts.monitoring.compared for v in (c.annual, c.stage, c.actual)}
    bare = {u.removeprefix("万").removeprefix("亿") for u in found}
    return frozenset(u for u in bare if u and "元" not in u and "/" not in u)


@once_per_project
def sentences_of_people(facts: Facts) -> tuple[Statement, ...]:
    """人写的各段文字，一句一句。"""
    return tuple(_said(facts))


def _said(facts: Facts) -> Iterator[Statement]:
    own = {indicator_key(indicator.name): indicator for indicator in indicators(facts)}
    by_paragraph = {
        id(joined.paragraph): own.get(indicator_key(joined.compared.name))
        for joined in facts.indicators
        if joined.paragraph is not None and joined.compared is not None
    }
    year, units, nouns = year_of(facts), units_of(facts), _nouns(facts)
    for passage in facts.passages:
        if passage.topic in _NOT_CLAIMS or getattr(passage.record, "is_draft", False):
            continue
        about = None
        if passage.topic in _ABOUT_AN_INDICATOR or (
            passage.topic is Topic.MEASURE and hasattr(passage.record, "actual")
        ):
            about = by_paragraph.get(id(passage.record)) or own.get(indicator_key(passage.subject))
        for sentence in sentences(passage.text, year, units, nouns):
            one = about or _spoken_of(facts, passage, sentence)
            yield Statement(passage, sentence, one, about is not None)


def _nouns(facts: Facts) -> frozenset[str]:
    """指标、项目、支出的名称里像是说身份的词。"""
    monitoring = facts.monitoring
    rows = (*monitoring.declared, *monitoring.adjusted, *monitoring.compared)
    return nouns_in(
        (*(row.name for row in rows), monitoring.project.name, *(line.item for line in monitoring.spending))
    )


def _spoken_of(facts: Facts, passage: Passage, sentence: Sentence) -> IndicatorQuantities | None:
    """一句话讲的指标：名称的字大半在话里；不够的，看话里的量，以那个单位计的指标只有一个讲得上。"""
    words = f"{passage.subject if passage.topic in (Topic.PROBLEM, Topic.MEASURE) else ''}{sentence.text}"
    found = indicator_by_name(facts).spoken_of(words)
    if found is not None or not sentence.quantities:
        return found
    kinds = {q.kind for q in sentence.quantities if q.unit not in ("", "%", "元")}

    def fits(other: IndicatorQuantities) -> bool:
        return other.subject.actual is not None and other.subject.actual.kind in kinds

    by_unit = indicator_by_name(facts).only_one_in(words, fits) if len(kinds) == 1 else None
    return by_unit or _of_that_number(facts, sentence)


def _of_that_number(facts: Facts, sentence: Sentence) -> IndicatorQuantities | None:
    """名称没有写的，实际数认得出：“累计完成136户，低于阶段目标”，只有一个指标的实际值是136户。"""
    told = {
        (q.number, q.kind)
        for q, role in zip(sentence.quantities, sentence.roles, strict=True)
        if role is Role.ACTUAL and q.unit not in ("", "元") and q.number >= _TELLING and not q.about
    }
    measureds = [
        i
        for i in indicators(facts)
        if i.subject.actual is not None and (i.subject.actual.number, i.subject.actual.kind) in told
    ]
    if len(measureds) != 1 or not any(role in (Role.TARGET, Role.STAGE) for role in sentence.roles):
        return None
    return measureds[0]


@once_per_project
def _by_record(facts: Facts) -> dict[int, list[Statement]]:
    found: dict[int, list[Statement]] = {}
    for statement in sentences_of_people(facts):
        found.setdefault(id(statement.passage.record), []).append(statement)
    return found


def said_in(facts: Facts, record: object) -> tuple[Statement, ...]:
    """一条记录里写的各句。"""
    return tuple(_by_record(facts).get(id(record), ()))


def of_another_time(facts: Facts, statement: Statement, n: int) -> bool:
    """第 n 个量说的是一段时间或另一个时点的数（“9月”“截至8月底”），不是到监控截止日的累计数。"""
    clause = statement.sentence.clause(n)
    signs = [c for c in clause if "\uf000" <= c <= "\uf7ff"]
    if not signs:
        earlier = statement.sentence.skeleton[: statement.sentence.at[n]]
        signs = (
            [c for c in earlier if "\uf000" <= c <= "\uf7ff"][-1:]
            if not any("\ue000" <= c <= "\ue7ff" for c in earlier)
            else []
        )
    cutoff = facts.monitoring.project.cutoff
    if not signs:
        return False
    when = statement.sentence.when(signs[-1])
    if cutoff is None:
        return not (when.is_day or when.first.month == 1)
    through = when.last == cutoff or (
        when.is_day and when.last.month == cutoff.month and when.last.year == cutoff.year
    )
    since_new_year = when.is_day or (when.first.month == 1 and when.first.day == 1)
    return not (through and since_new_year)


@once_per_project
def breaches(facts: Facts) -> tuple[tuple[Statement, Breach], ...]:
    """全部不成立的关系。"""
    within = (
        (statement, breach)
        for statement in sentences_of_people(facts)
        if statement.sentence.quantities or statement.sentence.whens
        for breach in breaches_of(
            statement.sentence, statement.subject, explains=statement.passage.topic is Topic.EXPLANATION
        )
        # The numbers of a goal are targets of their own: “培训1,800人，鉴定1,500人，就业率60%” divides nothing.
        if not (statement.passage.topic is Topic.GOAL and breach.relation is Relation.SHARE)
    )
    return (*within, *_across(facts))


def _across(facts: Facts) -> Iterator[tuple[Statement, Breach]]:
    """一段里前后两句之间的。"""
    for _, told in groupby(sentences_of_people(facts), key=lambda statement: id(statement.passage)):
        said = list(told)
        if len(said) > 1 and said[0].passage.topic is not Topic.EXPLANATION:
            own = {id(statement.sentence): statement for statement in said}
            for sentence, breach in breaches_across([statement.sentence for statement in said]):
                yield own[id(sentence)], breach


def problems(facts: Facts, *relations: Relation, hint: str) -> Iterator[Problem]:
    """一条规则替几种关系说话：每处一条，同一处同样的话只说一次。"""
    seen: set[tuple[object, tuple[str, ...]]] = set()
    for statement, breach in breaches(facts):
        key = (statement.passage.origin, tuple(breach.values.values()) or (breach.fact,))
        if breach.relation not in relations or key in seen:
            continue
        seen.add(key)
        say = Problem if breach.sure else unsure
        yield say(
            statement.passage.field,
            f"写的是“{breach.quote}”：{breach.fact}。",
            hint,
            at=statement.passage.origin,
            values=breach.values,
        )


__all__ = [
    "Statement",
    "breaches",
    "indicators",
    "of_another_time",
    "problems",
    "said_in",
    "sentences_of_people",
    "units_of",
    "year_of",
]
