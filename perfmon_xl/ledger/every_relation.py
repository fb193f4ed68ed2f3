"""All relations that the ledger holds over one sentence; where two speak of the same number, the first one is heard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from perfmon_xl.ledger import (
    among,
    approximations,
    bands,
    before_and_after,
    chained_products,
    changes,
    counts,
    days,
    differences,
    directions,
    equal_shares,
    formulas,
    fractions,
    frequencies,
    gaps,
    grades,
    in_a_row,
    limits,
    listed_shares,
    means,
    met_and_missed,
    multiples,
    named_differences,
    one_for_every,
    parts,
    percent_amounts,
    periods,
    products,
    ranking,
    ratios,
    remaining,
    restated,
    share_lists,
    shares,
    shares_of_target,
    spans,
    stock,
    sums,
    the_rest,
)
from perfmon_xl.ledger.across import breaches_across
from perfmon_xl.ledger.reading import Sentence
from perfmon_xl.ledger.relations import Breach, Subject

RELATIONS = (
    directions.directions,
    days.dates,
    differences.somewhat,
    differences.differences,
    named_differences.between_named,
    named_differences.one_sided,
    named_differences.former_and_latter,
    named_differences.base_told_later,
    named_differences.then_both,
    named_differences.both_told_later,
    named_differences.then_the_other,
    differences.over_target,
    differences.growth_rates,
    days.ahead_of_due,
    remaining.remainders,
    products.products,
    formulas.formulas,
    chained_products.each_has,
    chained_products.saved_in_all,
    chained_products.chained,
    equal_shares.shared_out_alike,
    equal_shares.per_so_many,
    one_for_every.one_for_every,
    frequencies.every_few_minutes,
    frequencies.converted,
    frequencies.done_in_time,
    frequencies.per_day_of_named_months,
    shares.shares,
    shares_of_target.shares_of_target,
    shares_of_target.shares_of_two_kinds,
    shares_of_target.rounded_over,
    shares.shares_of_the_sentence_before,
    met_and_missed.met_and_missed,
    before_and_after.since_then,
    days.planned_and_done,
    means.listed,
    means.between_the_ends,
    fractions.fractions,
    fractions.fractions_of_target,
    multiples.multiples,
    multiples.multiples_of_named,
    multiples.times_and_the_product,
    ratios.ratios,
    percent_amounts.percent_amounts,
    percent_amounts.parts_told_later,
    percent_amounts.shares_of_what_arrived,
    approximations.approximations,
    counts.orders,
    counts.out_of,
    counts.left_after_taking_out,
    sums.listed_sums,
    among.among,
    parts.parts_of_whole,
    parts.as_many_each,
    parts.and_the_others,
    changes.changes,
    gaps.gaps,
    gaps.added,
    gaps.saving_rates,
    gaps.short_of_the_goal,
    share_lists.share_lists,
    listed_shares.listed_shares,
    the_rest.the_rest,
    the_rest.and_another,
    in_a_row.in_a_row,
    stock.stocks,
    bands.lists_over_their_whole,
    bands.states_over_their_whole,
    bands.stages_of_a_whole,
    bands.first_of_a_list,
    periods.periods_and_their_whole,
    periods.periods_over_their_whole,
    periods.lots_and_their_whole,
    ranking.trends,
    ranking.firsts,
    ranking.named_firsts,
    ranking.extremes_of_a_list,
    ranking.spread_of_a_list,
    counts.lists,
    counts.kinds,
    restated.restated,
    spans.durations,
    spans.before_and_after_a_day,
    spans.begun_and_ended,
    days.on_time,
    limits.named_limits,
    grades.scores,
)

# These may speak where a sentence has one quantity or none, of the indicator or of days; the others hold two together.
_OF_ONE = (
    directions.directions,
    days.dates,
    differences.over_target,
    days.ahead_of_due,
    remaining.remainders,
    shares_of_target.shares_of_target,
    shares.shares_of_the_sentence_before,
    before_and_after.since_then,
    days.planned_and_done,
    fractions.fractions_of_target,
    multiples.multiples,
    gaps.short_of_the_goal,
    counts.lists,
    counts.kinds,
    spans.durations,
    spans.before_and_after_a_day,
    spans.begun_and_ended,
    days.on_time,
    limits.named_limits,
    grades.scores,
)
_OF_LISTS = (
    sums.listed_sums,
    among.among,
    parts.parts_of_whole,
    parts.and_the_others,
    the_rest.the_rest,
    bands.lists_over_their_whole,
)
_IN_EXPLANATIONS = (formulas.formulas, restated.restated, fractions.fractions, chained_products.chained)


# One of these characters must be there for a relation to have anything to say; most sentences are passed by at once.
_ONLY_WITH = {
    differences.somewhat: "比较与",
    differences.differences: "比较与同序时",
    named_differences.between_named: "比",
    named_differences.one_sided: "贵便多少高低快慢长短增减差提上下超缩",
    named_differences.former_and_latter: "者",
    named_differences.base_told_later: "比较",
    named_differences.then_both: "原计合定预",
    named_differences.both_told_later: "比",
    named_differences.then_the_other: "比",
    equal_shares.per_so_many: "每",
    one_for_every.one_for_every: "每",
    chained_products.each_has: "各",
    chained_products.saved_in_all: "合共总累",
    multiples.multiples_of_named: "为是当达等比",
    percent_amounts.parts_told_later: "的",
    percent_amounts.shares_of_what_arrived: "占",
    approximations.approximations: "超突近接逾将余多具实准精确",
    fractions.fractions: "分半",
    fractions.fractions_of_target: "分半",
    counts.left_after_taking_out: "除回汰扣驳否撤废退",
    among.among: "中里",
    parts.as_many_each: "各",
    parts.and_the_others: "另余他下",
    the_rest.the_rest: "余他它剩另",
    the_rest.and_another: "中",
    in_a_row.in_a_row: "环",
    listed_shares.listed_shares: "占",
    gaps.added: "加连",
    bands.states_over_their_whole: "中里",
    bands.first_of_a_list: "前",
    ranking.trends: "逐递",
    ranking.firsts: "最居",
    ranking.named_firsts: "最次第",
    ranking.extremes_of_a_list: "最居",
    ranking.spread_of_a_list: "最",
    means.listed: "均",
    means.between_the_ends: "均",
    grades.scores: "优良中差",
}
_ONLY_WITH_DAYS = (
    days.dates,
    days.planned_and_done,
    days.on_time,
    periods.periods_and_their_whole,
    periods.periods_over_their_whole,
)
_ONLY_WITH_SHARES = (
    shares.shares,
    shares.shares_of_the_sentence_before,
    shares_of_target.shares_of_target,
    shares_of_target.shares_of_two_kinds,
    shares_of_target.rounded_over,
    share_lists.share_lists,
    listed_shares.listed_shares,
    percent_amounts.percent_amounts,
    percent_amounts.parts_told_later,
    percent_amounts.shares_of_what_arrived,
    differences.growth_rates,
)


_Heard = Callable[[Sentence, Subject], Iterator[Breach]]
_Asked = tuple[_Heard, frozenset[str] | None, bool, bool]


def _asked(relations: Sequence[_Heard]) -> tuple[_Asked, ...]:
    """每种关系，和它要有的字、要不要有日期、要不要有百分数。"""
    needed: dict[object, frozenset[str]] = {r: frozenset(some) for r, some in _ONLY_WITH.items()}
    return tuple((r, needed.get(r), r in _ONLY_WITH_DAYS, r in _ONLY_WITH_SHARES) for r in relations)


_OF_MANY_NUMBERS, _OF_ONE_NUMBER, _OF_EXPLANATIONS, _OF_SHORT_LISTS = (
    _asked(some) for some in (RELATIONS, _OF_ONE, _IN_EXPLANATIONS, _OF_LISTS)
)


def _that_may_speak(sentence: Sentence, asked: Sequence[_Asked]) -> Iterator[_Heard]:
    """这句话里有它要的字、日期、百分数的关系。"""
    letters, no_days = set(sentence.skeleton), not sentence.whens
    no_shares = not any(q.unit in ("%", "‰") for q in sentence.quantities)
    for relation, needed, of_days, of_shares in asked:
        if (of_days and no_days) or (of_shares and no_shares):
            continue
        if needed is None or not letters.isdisjoint(needed):
            yield relation


def breaches_of(sentence: Sentence, subject: Subject, *, explains: bool = False) -> Iterator[Breach]:
    """一句话里不成立的关系；同一个数，几种关系都说它不对的，说一次。explains：指标解释，只看算式和换算。"""
    asked = (
        _OF_EXPLANATIONS if explains else _OF_MANY_NUMBERS if len(sentence.quantities) > 1 else _OF_ONE_NUMBER
    )
    seen: set[str] = set()
    slim = None if explains else listed_shares.without_shares(sentence)
    both = [(relation, sentence) for relation in _that_may_speak(sentence, asked)]
    if slim is not None:
        both += [(relation, slim) for relation in _that_may_speak(slim, _OF_SHORT_LISTS)]
    for relation, one in both:
        for breach in relation(one, subject):
            told = re.sub(r"[^\d.]", "", breach.values.get("写的") or breach.values.get("合计", ""))
            if not told or told not in seen:
                yield breach
            seen.add(told)


__all__ = ["RELATIONS", "breaches_across", "breaches_of"]
