"""Rendering: the compiled template and the names become the .docx; the contents page gets its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.finding import Finding
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.summary import Summary
from perfmon_xl.report import office
from perfmon_xl.report.compose import compose
from perfmon_xl.report.contents import fill_contents
from perfmon_xl.report.context import 报告
from perfmon_xl.report.paginate import estimated_pages
from perfmon_xl.report.summary_compose import compose_summary
from perfmon_xl.report.summary_context import 汇总报告
from perfmon_xl.report.templates import DOCUMENT, CompiledTemplate, load_template, top_names
from perfmon_xl.resources import folder
from perfmon_xl.zipping import rewritten

DEFAULT_TEMPLATE, SUMMARY_TEMPLATE = "monitoring_report", "summary_report"
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
    """一份 .docx 报告。pages：auto 有 LibreOffice 就用它数页码，没有就估算；estimate 只估算；none 不填。"""
    return render(
        load_template(find_template(template)),
        compose(monitoring, rules, draft=draft, findings=findings),
        pages=pages,
    )


def write_summary_report(
    summary: Summary, *, name: str, template: str = SUMMARY_TEMPLATE, pages: str = "auto"
) -> bytes:
    """一批项目的汇总报告；name 是范围，如“全区”。"""
    compiled = load_template(find_template(template), 汇总报告)
    return finished(compiled, filled(compiled, compose_summary(summary, name=name)), pages=pages)


def find_template(name: str) -> Path:
    """报告模板的文件；没有的，说出现有的。"""
    path = folder("report_templates") / f"{name}.docx"
    if not path.exists():
        known = "、".join(p.stem for p in sorted(folder("report_templates").glob("*.docx")))
        raise UserError(f"没有叫“{name}”的报告模板。", f"现有：{known}。")
    return path


def render(template: CompiledTemplate, context: 报告, *, pages: str = "auto") -> bytes:
    """套数据，严格检查，补目录。"""
    return finished(template, filled(template, context), pages=pages)


def filled(template: CompiledTemplate, context: object) -> dict[str, str]:
    """各部分套上数据。"""
    values = dict(top_names(context))
    return {part: compiled.render(values) for part, compiled in template.parts.items()}


def finished(template: CompiledTemplate, parts: dict[str, str], *, pages: str = "auto") -> bytes:
    """套好数据的各部分补上目录，打成文件。"""
    body, styles = parts[DOCUMENT], template.styles
    numbers: list[int] | None = None
    if pages == "auto" and office.find_office() is not None:
        parts[DOCUMENT], count = fill_contents(body, styles, None)
        numbers = office.heading_pages(_packed(template, parts), count) if count else None
    if numbers is None and pages != "none":
        numbers = estimated_pages(template.package, _tree(body))
    parts[DOCUMENT], _ = fill_contents(body, styles, numbers)
    return _packed(template, parts)


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


def _packed(template: CompiledTemplate, parts: dict[str, str]) -> bytes:
    changed = {}
    for part, xml in parts.items():
        changed[part] = _HEAD + xml.encode("utf-8")
        _check(changed[part])
    return rewritten(template.package, changed)
