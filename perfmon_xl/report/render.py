"""Rendering: the compiled template and the names become the .docx; the contents page gets its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.finding import Finding
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.report import office
from perfmon_xl.report.charts import FUNDS, INDICATORS
from perfmon_xl.report.compose import compose
from perfmon_xl.report.contents import fill_contents
from perfmon_xl.report.context import 报告
from perfmon_xl.report.package import checked_package
from perfmon_xl.report.paginate import estimated_pages
from perfmon_xl.report.placing import place_charts, refuse_marks
from perfmon_xl.report.templates import DOCUMENT, CompiledTemplate, load_template, render_part, top_names
from perfmon_xl.resources import folder
from perfmon_xl.zipping import rewritten

DEFAULT_TEMPLATE = "monitoring_report"
AskPages = Callable[[bytes, int], "list[int] | None"]
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
    """一份 .docx 报告。template 是模板的名称，或者自己的 .docx 文件。

    pages：auto 有 LibreOffice 就用它数页码，没有就估算；estimate 只估算；none 不填。
    """
    path = find_template(template)
    context = compose(monitoring, rules, draft=draft, findings=findings)
    if template == DEFAULT_TEMPLATE:
        return render(load_template(path), context, pages=pages)
    from perfmon_xl.report.confined import render_confined

    return render_confined(path.name, checked_package(path), context, pages=pages)


def prepare_template(template: str) -> None:
    """出报告之前先把模板看一遍：找不到的、不能用的、写错的，现在就说。"""
    path = find_template(template)
    if template == DEFAULT_TEMPLATE:
        load_template(path)
        return
    from perfmon_xl.report.confined import check_confined

    check_confined(path.name, checked_package(path))


def find_template(name: str) -> Path:
    """报告模板的文件：自带的写名称，自己的写 .docx 文件；没有的，说出现有的。"""
    if name.lower().endswith((".docx", ".docm", ".dotx", ".dotm", ".doc", ".wps")):
        path = Path(name)
        if path.suffix.lower() != ".docx":
            raise UserError(
                f"模板 {path.name} 不是 .docx 文件。", "请在 Word 或 WPS 里另存为 .docx（不带宏）。"
            )
        if not path.exists():
            raise UserError(f"找不到模板 {path}。", "请核对文件名和所在文件夹。")
        return path
    path = folder("report_templates") / f"{name}.docx"
    if Path(name).name != name or not path.exists():
        known = "、".join(p.stem for p in sorted(folder("report_templates").glob("*.docx")))
        raise UserError(
            f"没有叫“{name}”的报告模板。",
            f"自带的有：{known}；用自己的模板，写出文件名，如 --template 我的模板.docx。",
        )
    return path


def render(
    template: CompiledTemplate, context: 报告, *, pages: str = "auto", ask: AskPages | None = None
) -> bytes:
    """套数据，放图，严格检查，补目录。ask 数页码，默认用 LibreOffice。"""
    values = dict(top_names(context))
    parts = {part: render_part(template, part, values) for part in template.parts}
    for part, xml in parts.items():
        if part != DOCUMENT:
            refuse_marks(part, xml)
    styles = template.styles
    body, added, _ = place_charts(
        parts[DOCUMENT],
        template.package,
        {FUNDS: context.图.资金.charts, INDICATORS: context.图.指标.charts},
        styles,
    )
    numbers: list[int] | None = None
    if pages == "auto" and (ask is not None or office.find_office() is not None):
        parts[DOCUMENT], count = fill_contents(body, styles, None)
        question = _packed(template, parts, added) if count else b""
        numbers = (ask or office.heading_pages)(question, count) if count else None
    if numbers is None and pages != "none":
        numbers = estimated_pages(template.package, _tree(body))
    parts[DOCUMENT], _ = fill_contents(body, styles, numbers)
    return _packed(template, parts, added)


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


def _packed(template: CompiledTemplate, parts: dict[str, str], added: Mapping[str, bytes]) -> bytes:
    changed = dict(added)
    for part, xml in parts.items():
        changed[part] = _HEAD + xml.encode("utf-8")
        _check(changed[part])
    return rewritten(template.package, changed)
