"""Relations between a sentence and the next, which goes on without naming its matter again: “共36场。其中城区20场”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfmon_xl.ledger import (
    among,
    bands,
    changes,
    fractions,
    gaps,
    listed_shares,
    met_and_missed,
    multiples,
    parts,
    percent_amounts,
    periods,
    products,
    shares,
    stock,
    sums,
    the_rest,
)
from perfmon_xl.ledger.reading import Sentence, joined
from perfmon_xl.ledger.relations import NO_SUBJECT, Breach

_GOES_ON = re.compile(
    r"^\s*(?:其中|合计|共(?!同)|总计|总共|累计|[两三四五六](?:类|项|个|者|次|批|级|期|部分)|占|平均|[人户亩日月场次件台]均|剩余|余下|其余|尚|还|仍|"
    r"即|上年|去年|同比|年末|期末|目前|完成率|折合|相当于|已|实际|收回|办结|合格|达标|较计划|分别|前[两三四]|以上|上述|全部)"
)
_OF_ROWS = (listed_shares.listed_shares, sums.listed_sums)
_MANY = 12
# 预算的率说的是资金表；年末的结存由三句话一起算
_OF_ANOTHER = re.compile("执行|支付|支出率|到位|预算|结存|结余|余额|年末|期末")
_OF_ITS_OWN = re.compile("占其(?:到位|预算|计划|下达|支出)")
_RELATIONS = (
    products.products,
    shares.shares,
    listed_shares.listed_shares,
    changes.changes,
    the_rest.the_rest,
    met_and_missed.met_and_missed,
    fractions.fractions,
    multiples.multiples_of_named,
    percent_amounts.percent_amounts,
    percent_amounts.shares_of_what_arrived,
    sums.listed_sums,
    among.among,
    parts.parts_of_whole,
    parts.and_the_others,
    gaps.gaps,
    bands.lists_over_their_whole,
    bands.stages_of_a_whole,
    bands.first_of_a_list,
    periods.periods_and_their_whole,
)


def breaches_across(told: Sequence[Sentence]) -> Iterator[tuple[Sentence, Breach]]:
    """同一段里前后两句之间不成立的关系，和后一句；一句里已经说过的不再说。"""
    for n in range(1, len(told)):
        sentence, other = told[n - 1], told[n]
        if (
            not sentence.quantities
            or not other.quantities
            or len(sentence.quantities) + len(other.quantities) > _MANY
        ):
            continue
        if not _GOES_ON.match(other.text) and not _OF_ITS_OWN.search(other.text):
            continue
        both = joined(sentence, other)
        for relation in _RELATIONS:
            if relation is the_rest.the_rest and n > 1 and told[n - 1].earlier:
                continue  # of a row that began before
            alone = {b.fact for s in (sentence, other) for b in relation(s, NO_SUBJECT)}
            breaches = [
                b
                for b in relation(both, NO_SUBJECT)
                if b.fact not in alone
                and (relation is percent_amounts.shares_of_what_arrived or not _OF_ANOTHER.search(b.quote))
            ]
            if breaches and not alone:
                yield other, breaches[0]
                break
    yield from _rows(told)
    for n in range(2, len(told)):
        three = told[n - 2 : n + 1]
        if all(s.quantities for s in three) and sum(len(s.quantities) for s in three) <= _MANY:
            whole = joined(joined(three[0], three[1]), three[2])
            yield from ((three[2], b) for b in stock.stocks(whole, NO_SUBJECT))


def _rows(told: Sequence[Sentence]) -> Iterator[tuple[Sentence, Breach]]:
    """“840万元，其中茶叶378万元，占45%；脐橙294万元，占35%”：分号隔开的是一串。"""
    n = 0
    while n < len(told) - 1:
        row, last = told[n], n
        if row.quantities and re.search("其中|包括|分别|：", row.skeleton):
            while last + 1 < len(told) and told[last].text.rstrip().endswith(("；", ";")):
                last += 1
                row = joined(row, told[last])
        if last > n and len(row.quantities) <= 2 * _MANY:
            alone = {b.fact for s in told[n : last + 1] for r in _OF_ROWS for b in r(s, NO_SUBJECT)}
            breaches = [b for r in _OF_ROWS for b in r(row, NO_SUBJECT) if b.fact not in alone]
            if breaches and not alone:
                yield told[last], breaches[0]
        n = last + 1


__all__ = ["breaches_across"]
