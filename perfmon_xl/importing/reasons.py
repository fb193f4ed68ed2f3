"""Causes and measures that a report gives in an indicator's paragraph, having no column for them."""

from __future__ import annotations

import re
from dataclasses import replace

from perfmon_xl.domain.model import Compared, Monitoring, Paragraph
from perfmon_xl.domain.text_keys import indicator_key

_REASON = re.compile(
    r"原因|尚未|尚无|不作(?:达成)?判断|不作评价|尚不能|暂无|[前后]统计|由于|因为|因[^此而]|受[^，。；]{1,20}影响|导致|主要是|目标(?:值)?(?:定|设)[^，。；]{0,4}低"
)
_MEASURE = re.compile(r"措施|下一步|下步|将(?!近)|加快|力争|确保|整改")


def with_told_reasons(monitoring: Monitoring) -> Monitoring:
    """表4没有原因、措施栏的，取自这个指标的段落；只用来检查，不写进工作簿。"""
    paragraphs = {indicator_key(p.subject): p for p in monitoring.analyses if p.text.strip()}
    return replace(
        monitoring,
        compared=tuple(
            _reason_text(c, paragraphs[key]) if (key := indicator_key(c.name)) in paragraphs else c
            for c in monitoring.compared
        ),
    )


def _reason_text(record: Compared, paragraph: Paragraph) -> Compared:
    sentences = re.findall(r"[^。；\n]+[。；]?", paragraph.text)
    found: dict[str, str] = {}
    for name, pattern in (("reason", _REASON), ("measure", _MEASURE)):
        if name not in record.place.cells and not getattr(record, name).strip():
            found[name] = "".join(s for s in sentences if pattern.search(s))
    places = {name: paragraph.place.at("text") for name, text in found.items() if text}
    if not places:
        return record
    place = replace(record.place, cells={**record.place.cells, **places})
    return replace(
        record,
        place=place,
        reason=found.get("reason") or record.reason,
        measure=found.get("measure") or record.measure,
    )
