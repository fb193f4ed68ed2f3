"""A report's bytes in, records with report places out; what found no place is listed, never dropped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.model import Goal, Monitoring, Paragraph, ProblemEntry, Project
from perfmon_xl.domain.origin import WHOLE, ReportPlace
from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.domain.report_text import LineKind, ReportText
from perfmon_xl.domain.text_keys import indicator_key, title_text
from perfmon_xl.importing.document import PICTURE, Block, Para, blocks_of, remarks_of
from perfmon_xl.importing.form_lines import is_note, segments
from perfmon_xl.importing.found import Imported, Leftover, place_of
from perfmon_xl.importing.funds import funds_of, with_told_totals
from perfmon_xl.importing.goal_reader import INLINE_GOAL
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.kind import kind_in
from perfmon_xl.importing.narrative import (
    analyses_of,
    conclusions_of,
    overall_of,
    problems_of,
    scope_and_progress,
)
from perfmon_xl.importing.outline import Text, has_figure, texts_of
from perfmon_xl.importing.project import project_of
from perfmon_xl.importing.table_result import Tables
from perfmon_xl.importing.tables import tables_of
from perfmon_xl.importing.topics import RESULTS, Part, part_of
from perfmon_xl.importing.vocabulary import label_of
from perfmon_xl.importing.written import written_of
from perfmon_xl.policy import load_all

_ANNEX = re.compile(r"^附(?:件|录|表)?\s*[0-9０-９一二三四五]*\s*[：:]")
_TABLES = ("declared", "goal_changes", "adjusted", "compared")
_TOPICS = {Part.NAME: Topic.NAME, Part.BASIS: Topic.BASIS}


def import_report(data: bytes) -> Imported:
    """读一份已有的 Word 监控报告；一点内容也认不出的，拒绝。"""
    imported = with_remarks(read_blocks(blocks_of(data)), data)
    names = (*_TABLES, "funding", "analyses", "problems", "overall")
    if not any(getattr(imported.monitoring, n) for n in names):
        raise UserError(
            "这份文件不像绩效监控报告：没有认出指标表、资金情况，也没有问题和分析。",
            "请确认选对了文件；表格是图片的，要先录成文字。",
        )
    return imported


def with_remarks(imported: Imported, data: bytes) -> Imported:
    """加上正文以外没有读的：修订、批注、脚注。"""
    told = tuple(Leftover(WHOLE, text, why) for text, why in remarks_of(data))
    return replace(imported, leftovers=(*imported.leftovers, *told)) if told else imported


_CHAPTER = re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]\s*\S")


def is_form(blocks: Sequence[Block]) -> bool:
    """一张表，不是一份报告：有表格，表外没有一章一章的题目，也没有成段的话。"""
    return any(isinstance(b, Grid) for b in blocks) and not any(
        isinstance(b, Para) and not b.contents and (b.outline or _CHAPTER.match(b.text) or _is_prose(b.text))
        for b in blocks
    )


_LONGEST_LABEL = 8  # “自评说明：……” below a form is a line of it, however long


def _is_prose(text: str) -> bool:
    labelled = next(segments(text), None)
    return (
        len(text) > 40
        and text.endswith("。")
        and not is_note(text)
        and not (labelled is not None and 0 < len(labelled.label) <= _LONGEST_LABEL)
    )


def read_blocks(blocks: Sequence[Block], *, form: bool | None = None, unit: str = "") -> Imported:
    """一份报告、一张表读成记录；unit：没有写单位的金额按什么算，空的照常猜、并且说出来。"""
    form = is_form(blocks) if form is None else form
    tables = tables_of(blocks, form=form, unit=unit)
    indicators = _indicators(tables)
    names = [r.name for r in indicators.values()]
    everything = texts_of(blocks, names, frozenset(tables.captions | tables.lines))
    written = tuple(t for t in everything if t.text != PICTURE)
    texts = written[: _annex(written)]
    pictures = [t for t in everything if t.text == PICTURE]
    used: set[int] = set()
    project, facts_left = project_of(texts, tables.facts, used, frozenset(load_all()))
    scope, scope_at, progress = scope_and_progress(texts, used)
    project = _with_scope(project, scope, scope_at)
    if (kind := kind_in(blocks)) is not None:
        project = replace(project, kind=kind.value)
    analyses = analyses_of(texts, indicators, used)
    told = [Text(text, where, (), Part.FUND_USE, "", -1) for text, where in tables.money_texts]
    funds = funds_of((*texts, *told), used)
    monitoring = Monitoring(
        project=project,
        goal=tables.goal if tables.goal.text else _told_goal(texts, used),
        progress=tuple(progress),
        funding=with_told_totals(tables.records.get("funding", ()), funds) or tuple(funds.funding),
        spending=tuple(tables.records.get("spending") or funds.spending),
        fund_notes=tuple(funds.notes),
        analyses=tuple(analyses),
        overall=tuple(overall_of(texts, used)),
        problems=(*problems_of(texts, used), *_form_problems(tables)),
        conclusions=(*conclusions_of(texts, used), *_form_conclusions(tables)),
        declared=tuple(tables.records.get("declared", ())),
        goal_changes=tuple(tables.records.get("goal_changes", ())),
        adjusted=tuple(tables.records.get("adjusted", ())),
        compared=tuple(tables.records.get("compared", ())),
    )
    left = [*facts_left, *tables.leftovers, *funds.leftovers, *_unused(texts, used, blocks, indicators)]
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
    asides = (*_asides(tables), *tables.passages)
    return Imported(
        monitoring=monitoring,
        leftovers=tuple(left),
        passages=(*_passages(texts, used), *_captions(whole), *asides),
        asides=asides if form else (),
        text=whole,
        misfits=tuple(tables.misfits),
        notes=tuple(tables.notes),
        checked=tuple(tables.checked),
    )


_NEXT_LABEL = re.compile(r"(?<=。)[^。：:，]{2,12}[：:]")


def _told_goal(texts: Sequence[Text], used: set[int]) -> Goal:
    """“年度绩效目标：……”：表里没有总体目标的，文字里标明的一段；到下一个标明的为止。"""
    for number, text in enumerate(texts):
        label = None if text.is_heading or text.part in RESULTS else INLINE_GOAL.match(text.body)
        if label is None or label_of(label[1]) != "goal":
            continue
        told = text.body[label.end() :]
        other = _NEXT_LABEL.search(told)
        if other is None:
            used.add(number)
        return Goal(
            text=told[: other.start()] if other else told, place=place_of(text.place, {"text": label[1]})
        )
    return Goal()


def _form_conclusions(tables: Tables) -> Iterator[Paragraph]:
    """表下面写的评价结论。"""
    if "conclusion" in tables.texts:
        text, where = tables.texts["conclusion"]
        labels = {"level1": "", "subject": "", "text": ""}
        yield Paragraph(level1="结论", subject="总体结论", text=text, place=place_of(where, labels))


def _form_problems(tables: Tables) -> Iterator[ProblemEntry]:
    """表下面写的存在问题、改进措施，各是一段。"""
    problem, at = tables.texts.get("problems", ("", None))
    measure, below = tables.texts.get("measures", ("", None))
    where = at or below
    if where is None:
        return
    labels = {"title": "", "text": "", "measure_title": "", "measure": ""}
    cells = {n: (below or where) if n.startswith("measure") else where for n in labels}

    def short(text: str) -> str:
        return text.rstrip("。") if len(text) <= 40 and "\n" not in text else ""

    yield ProblemEntry(
        kind="其他" if problem else "",
        title=short(problem),
        text=problem,
        measure_title=short(measure),
        measure=measure,
        place=replace(place_of(where, labels), cells=cells),
    )


def _ends(texts: Sequence[Text], number: int) -> bool:
    """后面没有章节了：只剩附件的名单和落款。"""
    return not any(t.is_heading and t.headings[-1].level == 1 for t in texts[number:])


def _annex(texts: Sequence[Text]) -> int:
    """落款以后的附件从第几段开始；没有附件的是段数。"""
    for number, text in enumerate(texts):
        if _ANNEX.match(text.text) and number * 2 > len(texts) and (text.is_heading or _ends(texts, number)):
            return number
    return len(texts)


def _indicators(tables: Tables) -> dict[str, Any]:
    indicators: dict[str, Any] = {}
    for name in ("compared", "adjusted", "declared"):
        for record in tables.records.get(name, ()):
            if record.name:
                indicators.setdefault(indicator_key(record.name), record)
    return indicators


def _with_scope(project: Project, scope: str, where: ReportPlace | None) -> Project:
    if not scope or where is None:
        return project
    cells = {**project.place.cells, "scope": where}
    return replace(project, scope=scope, place=replace(project.place, cells=cells))


def _unused(
    texts: Sequence[Text], used: set[int], blocks: Sequence[Block], names: Collection[str]
) -> Iterator[Leftover]:
    """没有用上的段落；没有内容、又不是常见章节名的标题。"""
    for number, text in enumerate(texts):
        if number in used:
            continue
        if not text.is_heading:
            yield Leftover(text.place, text.text, "工作簿里没有对应的栏目")
        elif _is_empty(texts, number, blocks) and part_of(text.headings[-1].title) is None:
            yield Leftover(text.place, text.text, "标题下没有内容")
        elif has_figure(title := text.headings[-1].title) and indicator_key(title_text(title)) not in names:
            yield Leftover(text.place, text.text, "标题里的数，没有读入")


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


def _asides(tables: Tables) -> Iterator[Passage]:
    """表里“标题：内容”没有栏目放的。"""
    for text, place in tables.asides:
        yield Passage(origin=place, topic=Topic.OTHER, text=text)


# “调整后预算：702万元”: read as a fact or not, it is held against the other places that say it.
_SAYS_MONEY = re.compile(r"[^，。；：:]{2,12}[：:]\s*[\d.,，]+\s*[万亿]?元?$")


def _passages(texts: Sequence[Text], used: set[int]) -> Iterable[Passage]:
    """记录里没有的文字（开头的话、引出表格的话、封面和标题），检查报告自身时一起看。"""
    for number, text in enumerate(texts):
        if number in used and text.headings and not _SAYS_MONEY.match(text.text):
            continue
        topic = _TOPICS.get(text.part, Topic.OTHER)
        yield Passage(origin=text.place, topic=topic, text=text.text)


__all__ = ["Imported", "Leftover", "Para", "import_report"]
