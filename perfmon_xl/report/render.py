"""Rendering: the compiled template and the names become the .docx; the contents page gets its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from xml.parsers import expat

from lxml import etree

from perfmon_xl import __version__
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.finding import Finding
from perfmon_xl.domain.fingerprint import fingerprint
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.report import office
from perfmon_xl.report.bookmarks import Written, bookmarked
from perfmon_xl.report.compose import compose
from perfmon_xl.report.contents import fill_contents
from perfmon_xl.report.context import 报告
from perfmon_xl.report.numbers import Fixed, fixed_numbers
from perfmon_xl.report.paginate import estimated_pages
from perfmon_xl.report.provenance import Made, Record, attached, record_of
from perfmon_xl.report.sources import Sources
from perfmon_xl.report.templates import DOCUMENT, CompiledTemplate, load_template, top_names
from perfmon_xl.report.tracked import clean
from perfmon_xl.resources import folder
from perfmon_xl.zipping import rewritten

DEFAULT_TEMPLATE = "monitoring_report"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def write_report(
    monitoring: Monitoring,
    rules: RuleSet,
    *,
    template: str = DEFAULT_TEMPLATE,
    pages: str = "auto",
    draft: bool = False,
    findings: Sequence[Finding] = (),
) -> bytes:
    """一份 .docx 报告，带着各个值的来历。pages：auto 有 LibreOffice 就用它数页码，没有就估算；estimate 只估算；none 不填。"""
    return make_report(monitoring, rules, template=template, pages=pages, draft=draft, findings=findings).data


@dataclass(frozen=True, slots=True)
class Report:
    """一份报告：文件的字节，和里面各个值的来历。"""

    data: bytes
    record: Record


def make_report(
    monitoring: Monitoring,
    rules: RuleSet,
    *,
    template: str = DEFAULT_TEMPLATE,
    pages: str = "auto",
    draft: bool = False,
    findings: Sequence[Finding] = (),
    annex: bool = False,
) -> Report:
    """一份报告和它的来历；annex 附上数据来源表。"""
    compiled = load_template(find_template(template))
    context = compose(monitoring, rules, draft=draft, findings=findings)
    made = Made(
        program=__version__,
        rule_set=rules.name,
        template=template,
        entries=fingerprint(monitoring),
        draft=draft,
    )
    return _render(compiled, context, pages, _Keeping(made, Sources(monitoring), annex))


def find_template(name: str) -> Path:
    """报告模板的文件；没有的，说出现有的。"""
    path = folder("report_templates") / f"{name}.docx"
    if not path.exists():
        known = "、".join(p.stem for p in sorted(folder("report_templates").glob("*.docx")))
        raise UserError(f"没有叫“{name}”的报告模板。", f"现有：{known}。")
    return path


def render(template: CompiledTemplate, context: 报告, *, pages: str = "auto") -> bytes:
    """套数据，严格检查，补目录；不记来历。"""
    return _render(template, context, pages, None).data


@dataclass(frozen=True, slots=True)
class _Keeping:
    """要记下的来历：由什么做成、各个代号怎么查、要不要附数据来源表。"""

    made: Made
    sources: Sources
    annex: bool = False


def _render(template: CompiledTemplate, context: 报告, pages: str, keeping: _Keeping | None) -> Report:
    values = dict(top_names(context))
    parts = {part: compiled.render(values) for part, compiled in template.parts.items()}
    plain = {part: clean(xml) for part, xml in parts.items()}
    styles = template.styles
    numbers: list[int] | None = None
    if pages == "auto" and office.find_office() is not None:
        body, count = fill_contents(plain[DOCUMENT], styles, None)
        numbers = office.heading_pages(_packed(template, {**plain, DOCUMENT: body}), count) if count else None
    if numbers is None and pages != "none":
        numbers = estimated_pages(template.package, _tree(plain[DOCUMENT]))
    record = Record(made=Made())
    added: dict[str, bytes] = {}
    if keeping is not None:
        parts, written, fixed = _with_bookmarks(parts)
        record = record_of(keeping.made, written, keeping.sources, fixed)
        added = attached(template.package, record, added)
    else:
        parts = plain
    parts[DOCUMENT], _ = fill_contents(parts[DOCUMENT], styles, numbers)
    return Report(_packed(template, parts, added), record)


def _with_bookmarks(
    parts: Mapping[str, str],
) -> tuple[dict[str, str], list[Written], list[Fixed]]:
    """各部分的记号换成书签：新的内容、写出的值、模板自己的数。"""
    out: dict[str, str] = {}
    written: list[Written] = []
    fixed: list[Fixed] = []
    for part, xml in parts.items():
        out[part], found, outside = bookmarked(xml, len(written) + 1)
        written += found
        fixed += fixed_numbers(outside)
    return out, written, fixed


def _tree(xml: str) -> etree._Element:
    _check(xml.encode("utf-8"))
    return etree.fromstring(xml.encode("utf-8"), _PARSER)


def _check(data: bytes) -> None:
    """套上数据后必须是完好的 XML；docxtpl 自己会悄悄修补，修补就是丢字。"""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        raise UserError(
            f"模板套上数据后不是完好的 Word 内容（{error}）。", "请核对模板里的标签是否跨了段落或表格。"
        ) from None


def _packed(
    template: CompiledTemplate, parts: Mapping[str, str], added: Mapping[str, bytes] = MappingProxyType({})
) -> bytes:
    changed = dict(added)
    for part, xml in parts.items():
        changed[part] = _HEAD + xml.encode("utf-8")
        _check(changed[part])
    return rewritten(template.package, changed)
