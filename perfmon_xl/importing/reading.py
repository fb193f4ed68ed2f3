"""A report's bytes in, records with report places out; what found no place is listed, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.model import Monitoring, Project
from perfmon_xl.domain.origin import ReportPlace
from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.domain.report_text import LineKind, ReportText
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.domain.wording import EXPORTED_LIST
from perfmon_xl.importing.document import PICTURE, Block, Grid, Para, blocks_of
from perfmon_xl.importing.found import Imported, Leftover
from perfmon_xl.importing.funds import funds_of
from perfmon_xl.importing.narrative import (
    analyses_of,
    conclusions_of,
    overall_of,
    problems_of,
    scope_and_progress,
)
from perfmon_xl.importing.outline import Text, texts_of
from perfmon_xl.importing.project import project_of
from perfmon_xl.importing.sheets import blocks_of_book
from perfmon_xl.importing.tables import Tables, tables_of, with_totals
from perfmon_xl.importing.topics import Part, part_of
from perfmon_xl.importing.written import written_of
from perfmon_xl.policy import load_all
from perfmon_xl.workbook.file.book import PackageBook

_ANNEX = re.compile(r"附(?:件|录)?\s*[0-9０-９一二三四五]*\s*[：:]")
_TABLES = ("declared", "goal_changes", "adjusted", "compared")
_TOPICS = {Part.NAME: Topic.NAME, Part.BASIS: Topic.BASIS}


def import_report(data: bytes) -> Imported:
    """读一份已有的 Word 监控报告；一点内容也认不出的，拒绝。"""
    found = read_blocks(blocks_of(data))
    names = (*_TABLES, "funding", "analyses", "problems", "overall")
    if not any(getattr(found.monitoring, n) for n in names):
        raise UserError(
            "这份文件不像绩效监控报告：没有认出指标表、资金情况，也没有问题和分析。",
            "请确认选对了文件；表格是图片的，要先录成文字。",
        )
    return found


def import_form(book: PackageBook) -> Imported:
    """读一张填成 Excel 的监控表或自评表；认不出指标也认不出资金的，拒绝。"""
    found = read_blocks(blocks_of_book(book))
    if not any(getattr(found.monitoring, n) for n in (*_TABLES, "funding")):
        raise UserError(
            "这份文件不像监控表或自评表：没有认出指标，也没有认出资金。",
            "请确认选对了文件；" + EXPORTED_LIST,
        )
    return found


def read_blocks(blocks: Sequence[Block]) -> Imported:
    """一份报告的正文读成记录。"""
    tables = tables_of(blocks)
    with_totals(tables)
    indicators = _indicators(tables)
    names = [r.name for r in indicators.values()]
    everything = texts_of(blocks, names, frozenset(tables.captions))
    written = tuple(t for t in everything if t.text != PICTURE)
    texts = written[: _annex(written)]
    pictures = [t for t in everything if t.text == PICTURE]
    used: set[int] = set()
    project, facts_left = project_of(texts, tables.facts, used, frozenset(load_all()))
    scope, scope_at, progress = scope_and_progress(texts, used)
    project = _with_scope(project, scope, scope_at)
    analyses = analyses_of(texts, indicators, used)
    funds = funds_of(texts, used)
    monitoring = Monitoring(
        project=project,
        goal=tables.goal,
        progress=tuple(progress),
        funding=tuple(tables.records.get("funding") or funds.funding),
        spending=tuple(tables.records.get("spending") or funds.spending),
        fund_notes=tuple(funds.notes),
        analyses=tuple(analyses),
        overall=tuple(overall_of(texts, used)),
        problems=tuple(problems_of(texts, used)),
        conclusions=tuple(conclusions_of(texts, used)),
        declared=tuple(tables.records.get("declared", ())),
        goal_changes=tuple(tables.records.get("goal_changes", ())),
        adjusted=tuple(tables.records.get("adjusted", ())),
        compared=tuple(tables.records.get("compared", ())),
    )
    left = [*facts_left, *tables.leftovers, *funds.leftovers, *_unused(texts, used, blocks)]
    if len(texts) < len(written):
        annex = written[len(texts)]
        left.append(Leftover(annex.place, annex.text, f"附件（{len(written) - len(texts)} 段）不导入"))
    left += [Leftover(t.place, t.text, "图片里的文字和表格读不了，请对照录入") for t in pictures]
    left += [
        Leftover(place, fault.text, "不是能读懂的数")
        for record in monitoring.records()
        for name, fault in record.place.faults.items()
        if isinstance(place := record.place.at(name), ReportPlace)
    ]
    captions = frozenset(tables.captions)
    whole = written_of(blocks, everything, captions)
    return Imported(
        monitoring=monitoring,
        leftovers=tuple(left),
        passages=(*_passages(texts, used), *_captions(whole)),
        text=whole,
    )


def _annex(texts: Sequence[Text]) -> int:
    """落款以后的附件从第几段开始；没有附件的是段数。"""
    for number, text in enumerate(texts):
        if text.is_heading and _ANNEX.match(text.text) and number * 2 > len(texts):
            return number
    return len(texts)


def _indicators(tables: Tables) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("compared", "adjusted", "declared"):
        for record in tables.records.get(name, ()):
            if record.name:
                found.setdefault(indicator_key(record.name), record)
    return found


def _with_scope(project: Project, scope: str, where: ReportPlace | None) -> Project:
    if not scope or where is None:
        return project
    cells = {**project.place.cells, "scope": where}
    return replace(project, scope=scope, place=replace(project.place, cells=cells))


def _unused(texts: Sequence[Text], used: set[int], blocks: Sequence[Block]) -> Iterator[Leftover]:
    """没有用上的段落；没有内容、又不是常见章节名的标题。"""
    for number, text in enumerate(texts):
        if number in used:
            continue
        if not text.is_heading:
            yield Leftover(text.place, text.text, "工作簿里没有对应的栏目")
        elif _is_empty(texts, number, blocks) and part_of(text.headings[-1].title) is None:
            yield Leftover(text.place, text.text, "标题下没有内容")


def _is_empty(texts: Sequence[Text], number: int, blocks: Sequence[Block]) -> bool:
    after = texts[number + 1] if number + 1 < len(texts) else None
    end = after.index if after is not None else len(blocks)
    if any(isinstance(b, Grid) for b in blocks[texts[number].index : end]):
        return False
    return after is None or (
        after.is_heading and after.headings[-1].level <= texts[number].headings[-1].level
    )


def _captions(whole: ReportText) -> Iterator[Passage]:
    for line in whole.of(LineKind.CAPTION):
        yield Passage(origin=line.origin, topic=Topic.OTHER, text=line.text)


def _passages(texts: Sequence[Text], used: set[int]) -> Iterable[Passage]:
    """记录里没有的文字（开头的话、引出表格的话、封面和标题），检查报告自身时一起看。"""
    for number, text in enumerate(texts):
        if number in used and text.headings:
            continue
        topic = _TOPICS.get(text.part, Topic.OTHER)
        yield Passage(origin=text.place, topic=topic, text=text.text)


__all__ = ["Imported", "Leftover", "Para", "import_report"]
