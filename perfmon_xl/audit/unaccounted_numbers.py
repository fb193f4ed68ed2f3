"""Numbers that stand in the report and nobody accounts for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from perfmon_xl.audit.difference import Difference, DifferenceKind
from perfmon_xl.audit.page import ReportParagraph
from perfmon_xl.audit.report_values import free_text
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.text_keys import text_key
from perfmon_xl.report.tracing.numbers import NumberInText, number_in_text, numbers_in
from perfmon_xl.report.tracing.provenance import Record

_DIGIT = re.compile(r"\d")


def unaccounted(
    record: Record,
    paragraphs: Sequence[ReportParagraph],
    taken: Mapping[int, Sequence[tuple[int, int]]],
    rewritten: Collection[int],
) -> Iterator[Difference]:
    """不在书签里、也不是模板自己写的数；行首的编号不算，目录不算。"""
    known: dict[str, list[NumberInText]] = defaultdict(list)
    for one in record.fixed:
        known[one.number].append(one)

    @cache
    def origins() -> Mapping[str, Origin]:
        return {text_key(v.text): v.source.origin for v in reversed(record.values)}

    for paragraph in paragraphs:
        if paragraph.contents or paragraph.index in rewritten:
            continue
        text = free_text(paragraph)
        if _DIGIT.search(text) is None:
            continue
        at = 0
        for line in text.split("\n"):
            for start, end, number in numbers_in(line):
                here = number_in_text(line, start, end, number)
                if any(begin <= at + start < finish for begin, finish in taken.get(paragraph.index, ())):
                    continue
                if _is_explained(here, known[number]):
                    continue
                unit = line[end : end + 3].split("□")[0]
                origin = origins().get(text_key(number)) or origins().get(text_key(number + unit[:1]))
                guess = f"与 {origin} 的值相同，但不是从那里来的" if origin else "工作簿里没有它的来历"
                yield Difference(
                    kind=DifferenceKind.UNTRACKED,
                    message=f"“…{line[max(0, start - 10) : start]}【{number}】{line[end : end + 10]}…”里的数，{guess}。",
                    hint="核实这个数；该有的写进工作簿再出报告。",
                    place=paragraph.place,
                    values={"报告": number},
                    paragraph=paragraph.index,
                )
            at += len(line) + 1


def _is_explained(here: NumberInText, known: list[NumberInText]) -> bool:
    """模板里同样的数、前面或后面的字也一样；用过一次的不再用。"""
    for one in known:
        if here.before[-2:] == one.before[-2:] or here.after[:2] == one.after[:2]:
            known.remove(one)
            return True
    return False
