"""All relations that the ledger holds over one sentence; where two speak of the same number, the first one is heard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.ledger import (
    among,
    approximations,
    bands,
    before_and_after,
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
    differences.over_target,
    differences.growth_rates,
    days.ahead_of_due,
    remaining.remainders,
    products.products,
    formulas.formulas,
    products.each_has,
    products.chained,
    equal_shares.shared_out_alike,
    equal_shares.per_so_many,
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
    ratios.ratios,
    percent_amounts.percent_amounts,
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
_IN_EXPLANATIONS = (formulas.formulas, restated.restated, fractions.fractions, products.chained)


def breaches_of(sentence: Sentence, subject: Subject, *, explains: bool = False) -> Iterator[Breach]:
    """一句话里不成立的关系；同一个数，几种关系都说它不对的，说一次。explains：指标解释，只看算式和换算。"""
    relations = _IN_EXPLANATIONS if explains else RELATIONS if len(sentence.quantities) > 1 else _OF_ONE
    seen: set[str] = set()
    slim = None if explains else listed_shares.without_shares(sentence)
    both = [
        *((r, sentence) for r in relations),
        *((r, slim) for r in (_OF_LISTS if slim is not None else ())),
    ]
    for relation, one in both:
        for breach in relation(one, subject) if one is not None else ():
            told = re.sub(r"[^\d.]", "", breach.values.get("写的") or breach.values.get("合计", ""))
            if not told or told not in seen:
                yield breach
            seen.add(told)


__all__ = ["RELATIONS", "breaches_across", "breaches_of"]
