"""The years that a text names, without document numbers, titles, comparisons and spans."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.rules.facts import Facts

_SKIP = re.compile(
    r"《[^《》]{0,300}》|[〔\[［【(（]\s{0,4}(?:19|20)\d{2}\s{0,4}[〕\]］】)）]"
    r"|(?:19|20)\d{2}\s{0,4}年?(?:度)?\s{0,4}[-—–~～至到]\s{0,4}(?:19|20)\d{2}\s{0,4}年?(?:度)?|“[^”]{0,40}”"
)
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})\s*(学年|年度|年)")
_BESIDE = re.compile(r"[比较与同和跟及、由从自]\s*$")
_COMPARING = re.compile(
    r"相比|同期|曾|上年|上一年|去年|以来|以前|之前|发布|印发|出台|成立|建成|始建|启用|立项|批准|修订|施行|生效|结转|历年|往年|基期|基数|基准|第一批"
)
_IS_COMPARED = re.compile(
    r"\s*(?:全年|平均)?(?:为|是|仅|达)?\s?\d[^，。；\n]{0,12}[，,]?(?:同比|本年|今年|现)?[^，。；\n]{0,6}(?:提高|提升|增[长加]|上升|下降|降低|减少|缩短|压减|多|少)"
)  # “2024年为54小时，缩短了三分之一”
_PLANNING = re.compile(r"年初|计划|目标|截至|截止|预算|本年")


def stated_years(text: str) -> Iterator[tuple[int, str]]:
    """文字里当作“本年”写的年份和它所在的一小段；与别的年份比较的、文件印发年份、起止年份不算。"""
    bare = _SKIP.sub(lambda m: "\ufffc" * len(m[0]), text)
    for match in _YEAR.finditer(bare):
        before = re.split("[，。；;\n]", bare[max(0, match.start() - 200) : match.start()])[-1]
        after = re.split("[，。；;\n]", bare[match.end() : match.end() + 200], maxsplit=1)[0]
        if (
            _BESIDE.search(before[-6:])
            or _COMPARING.search(before[-6:])
            or _COMPARING.search(after)
            or re.match(r"\s*(?:起|底?前|以)", after)
            or _IS_COMPARED.match(bare, match.end())
        ):
            continue
        lead = before[-2:] if before[-2:] in ("截至", "截止") else ""
        yield int(match[1]), (lead + match[0] + after)[:24].replace("\ufffc", "…")


def earlier_years(facts: Facts, topics: Collection[Topic]) -> Iterator[tuple[Passage, int, str, bool, int]]:
    """早于项目本年的年份：在哪一段、哪一年、那一小段、说的是不是打算和进度、预算年度。跨年项目从开始那年算起。"""
    project = facts.monitoring.project
    year = budget_year(project.year)
    if year is None:
        return
    first = min(year, project.start.year) if project.start else year
    for passage in facts.passages:
        if passage.topic in topics:
            for stated, words in stated_years(passage.text):
                if stated < first:
                    yield passage, stated, words, bool(_PLANNING.search(words)), year


def budget_year(text: str) -> int | None:
    """预算年度是四位年份的，返回这个数。"""
    match = re.fullmatch(r"\s*((?:19|20)\d{2})\s*(?:年度|年)?\s*", text)
    return int(match[1]) if match else None
