"""Rendering: the compiled template and the names become the .docx; the contents page gets its numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from types import MappingProxyType
from xml.parsers import expat

from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.names import HEAD
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.report.drawing.placing import place_charts, refuse_marks
from perfmon_xl.report.pages import office
from perfmon_xl.report.pages.contents import fill_contents
from perfmon_xl.report.pages.fit_levels import repeat_levels
from perfmon_xl.report.pages.fit_pages import fit_pages
from perfmon_xl.report.pages.fit_tables import fit_tables
from perfmon_xl.report.pages.paginate import estimated_pages, lines_of, text_sizes
from perfmon_xl.report.summary.context import 汇总报告
from perfmon_xl.report.template.compiled import (
    DOCUMENT,
    CompiledTemplate,
    render_part,
    top_names,
)
from perfmon_xl.report.tracing.annex import with_annex
from perfmon_xl.report.tracing.bookmarks import PrintedValue, bookmarked, split, without_marks
from perfmon_xl.report.tracing.numbers import NumberInText, fixed_numbers
from perfmon_xl.report.tracing.provenance import BuildInfo, Record, attached, record_in, record_of
from perfmon_xl.report.tracing.sources import SourceLookup, recorded_points
from perfmon_xl.report.tracing.tracked import clean
from perfmon_xl.report.wording.context import 报告
from perfmon_xl.system.office_programs import find_office

AskPages = Callable[[bytes, int], "list[int] | None"]
# Page numbers of the contents: “estimate”, “auto”, “none”, or the numbers themselves.
Pages = str | Sequence[int]


@dataclass(frozen=True, slots=True)
class Report:
    """一份报告：文件的字节，和里面各个值的来历。"""

    data: bytes
    record: Record


@dataclass(frozen=True, slots=True)
class ProvenanceOptions:
    """要记下的来历：由什么做成、各个值怎么查；annex：附数据来源表。"""

    made: BuildInfo
    sources: SourceLookup
    annex: bool = False


def render(
    template: CompiledTemplate, context: 报告 | 汇总报告, *, pages: str = "auto", ask: AskPages | None = None
) -> bytes:
    """套数据，放图，严格检查，补目录；不记来历。ask 数页码，默认用 LibreOffice。"""
    return render_with_provenance(template, context, None, pages=pages, ask=ask).data


def render_with_provenance(
    template: CompiledTemplate,
    context: 报告 | 汇总报告,
    keeping: ProvenanceOptions | None,
    *,
    pages: Pages = "auto",
    ask: AskPages | None = None,
) -> Report:
    """套数据，放图，严格检查，补目录；keeping 给出时，值上加书签，文件里记下来历。"""
    values = dict(top_names(context))
    parts = {part: render_part(template, part, values) for part in template.parts}
    for part, xml in parts.items():
        if part != DOCUMENT:
            refuse_marks(part, xml)
    styles = template.styles
    parts[DOCUMENT], added, placed = place_charts(
        parts[DOCUMENT],
        template.package,
        {field.name: getattr(context.图, field.name).charts for field in fields(context.图)},
        styles,
    )
    parts[DOCUMENT] = fitted_document(template, parts[DOCUMENT])
    if keeping is not None and keeping.annex:
        _, printed_values, _ = bookmarked(split(parts[DOCUMENT]))
        parts[DOCUMENT] = with_annex(parts[DOCUMENT], printed_values, keeping.sources, styles)
    pieces = {} if keeping is None else {part: split(xml) for part, xml in parts.items()}
    plain = {part: without_marks(pieces[part]) if pieces else clean(xml) for part, xml in parts.items()}
    numbers = page_numbers(template, plain, added, pages, ask)
    parts, written, fixed = (plain, [], []) if keeping is None else _with_bookmarks(pieces)
    parts[DOCUMENT], _ = fill_contents(parts[DOCUMENT], styles, numbers)
    record = Record(made=BuildInfo())
    if keeping is not None:
        points = [p for chart in placed for p in recorded_points(chart.chart, chart.part)]
        made = replace(keeping.made, document=text_fingerprint((HEAD + parts[DOCUMENT]).encode("utf-8")))
        record = record_of(made, written, keeping.sources, fixed, points)
        added = {**added, **attached(template.package, record, added)}
    return Report(packed(template, parts, added), record)


def fitted_document(template: CompiledTemplate, xml: str) -> str:
    """栏宽够最长的词，每一页不空着一大块。"""
    source = template.sources[DOCUMENT]
    fitted = fit_pages(template, fit_tables(xml, source, text_sizes(template), lines_of))
    return repeat_levels(template, fitted)


def page_numbers(
    template: CompiledTemplate,
    plain: Mapping[str, str],
    added: Mapping[str, bytes],
    pages: Pages,
    ask: AskPages | None,
) -> list[int] | None:
    """目录各行的页码：给出的照给的；问得到的问（auto），问不到的估算；none 是不要。"""
    if not isinstance(pages, str):
        return list(pages)
    if pages == "auto" and (ask is not None or find_office() is not None):
        body, count = fill_contents(plain[DOCUMENT], template.styles, None)
        if count:
            question = packed(template, {**plain, DOCUMENT: body}, added)
            numbers = (ask or office.heading_pages)(question, count)
            if numbers is not None:
                return numbers
    return None if pages == "none" else estimated_pages(template, plain[DOCUMENT])


def text_fingerprint(document: bytes) -> str:
    """正文部件的指纹：Word、WPS 存过一次盘就变。"""
    return sha256(document).hexdigest()[:16]


def is_untouched(data: bytes) -> bool:
    """是不是程序做出来的报告，做好以后没有人在 Word 里存过；看不出的，算有人改过。"""
    record = record_in(data)
    if record is None or not record.made.document:
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return text_fingerprint(package.read(DOCUMENT)) == record.made.document


def _with_bookmarks(
    pieces: Mapping[str, Sequence[str | None]],
) -> tuple[dict[str, str], list[PrintedValue], list[NumberInText]]:
    """各部分的记号换成书签：新的内容、写出的值、模板自己的数。"""
    out: dict[str, str] = {}
    written: list[PrintedValue] = []
    fixed: list[NumberInText] = []
    for part, split_at in pieces.items():
        out[part], printed_values, outside = bookmarked(split_at, len(written) + 1)
        written += printed_values
        fixed += fixed_numbers(outside)
    return out, written, fixed


def _check(data: bytes) -> None:
    """套上数据后必须是完好的 XML；docxtpl 自己会悄悄修补，修补就是丢字。"""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        raise UserError(
            f"模板套上数据后不是完好的 Word 内容（第 {error.lineno} 行）。",
            "请核对模板里的标签是否跨了段落或表格。",
        ) from None


def packed(
    template: CompiledTemplate, parts: Mapping[str, str], added: Mapping[str, bytes] = MappingProxyType({})
) -> bytes:
    """模板的文件换上这些部分；不是完好的 XML 就不出。"""
    changed = dict(added)
    for part, xml in parts.items():
        changed[part] = (HEAD + xml).encode("utf-8")
        _check(changed[part])
    return rewritten(template.package, changed)
