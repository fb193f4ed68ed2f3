"""Causes and measures that a report gives in an indicator's paragraph, having no column for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from perfmon_xl.domain.model import Compared, Funding, Monitoring, Paragraph
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.text_keys import indicator_key

_REASON = re.compile(
    r"原因|单位的?(?:说明|解释|答复)(?:是|为)|尚未|尚无|不作(?:达成)?判断|不作评价|尚不能|暂无|没有(?:实际数|数据|统计|结果)|[前后]统计|由于|因为|因[^此而]|受[^，。；]{1,20}影响|导致|主要是|目标(?:值)?(?:定|设)[^，。；]{0,4}低"
)
_MEASURE = re.compile(r"措施|下一步|下步|将(?!近)|加快|力争|确保|整改")


_FOR_MONEY = re.compile(
    r"(?:追加|调增|调减|核减)[^。；]{0,24}(?:用于|减少|增加)|原因|由于|因为|导致|(?<![一-龥])因|主要是"
)


def with_told_reasons(monitoring: Monitoring) -> Monitoring:
    """没有原因、措施栏的，取自文字：表4的取自这个指标的段落和点了它名的话，资金的取自资金各段；只用来检查，不写进工作簿。"""
    paragraphs = {indicator_key(p.subject): p for p in monitoring.analyses if p.text.strip()}
    elsewhere = tuple(_naming(monitoring))
    return replace(
        monitoring,
        compared=tuple(
            _explained(c, paragraphs.get(indicator_key(c.name)), elsewhere) for c in monitoring.compared
        ),
        funding=_explained_funding(monitoring),
    )


def _naming(monitoring: Monitoring) -> Iterator[tuple[str, Origin | None]]:
    """问题、结论各段的文字和位置。"""
    for problem in monitoring.problems:
        yield problem.title + "。" + problem.text, problem.place.at("text")
    for paragraph in monitoring.conclusions:
        yield paragraph.text, paragraph.place.at("text")


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^。；\n]+[。；]?", text)


def _explained(
    record: Compared, paragraph: Paragraph | None, elsewhere: Sequence[tuple[str, Origin | None]]
) -> Compared:
    where_own: Origin | None = paragraph.place.at("text") if paragraph else None
    own = [(s, where_own) for s in _sentences(paragraph.text)] if paragraph else []
    told = [(s, where) for text, where in elsewhere for s in _sentences(text) if f"“{record.name}”" in s]
    found: dict[str, str] = {}
    cells: dict[str, Origin] = {}
    for name, pattern in (("reason", _REASON), ("measure", _MEASURE)):
        if name in record.place.cells or getattr(record, name).strip():
            continue
        fits = [(s, where) for s, where in own if pattern.search(s)] or [
            (s, where) for s, where in told if pattern.search(s)
        ]
        found[name] = "".join(s for s, _ in fits)
        if fits and fits[0][1] is not None:
            cells[name] = fits[0][1]
    if not any(found.values()):
        return record
    return replace(
        record,
        place=replace(record.place, cells={**record.place.cells, **cells}),
        reason=found.get("reason") or record.reason,
        measure=found.get("measure") or record.measure,
    )


def _explained_funding(monitoring: Monitoring) -> tuple[Funding, ...]:
    """资金各段里写的原因：点了哪一项来源的名的是它的，没有点名的是各项的。"""
    told = [s for note in monitoring.fund_notes for s in _sentences(note.text) if _FOR_MONEY.search(s)]
    names = [f.source for f in monitoring.funding if f.source]

    def reason(row: Funding) -> str:
        own = [s for s in told if row.source and row.source in s]
        return "".join(own or [s for s in told if not any(n in s for n in names)])

    return tuple(
        f if "reason" in f.place.cells or f.reason.strip() else replace(f, reason=reason(f))
        for f in monitoring.funding
    )
