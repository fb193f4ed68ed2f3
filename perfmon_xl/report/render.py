"""Rendering: the compiled template and the names become the .docx; the contents page gets its numbers."""

from __future__ import annotations

from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.report import office
from perfmon_xl.report.compose import compose
from perfmon_xl.report.contents import fill_contents
from perfmon_xl.report.context import 报告
from perfmon_xl.report.paginate import estimated_pages
from perfmon_xl.report.templates import DOCUMENT, CompiledTemplate, load_template, top_names
from perfmon_xl.resources import folder
from perfmon_xl.zipping import rewritten

DEFAULT_TEMPLATE = "monitoring_report"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def write_report(
    monitoring: Monitoring,
    rules: RuleSet,
    *,
    template: str = DEFAULT_TEMPLATE,
    pages: str = "auto",
    draft: bool = False,
) -> bytes:
    """一份 .docx 报告。pages：auto 有 LibreOffice 就用它数页码，没有就估算；estimate 只估算；none 不填。"""
    path = folder("report_templates") / f"{template}.docx"
    if not path.exists():
        known = "、".join(p.stem for p in sorted(folder("report_templates").glob("*.docx")))
        raise UserError(f"没有叫“{template}”的报告模板。", f"现有：{known}。")
    return render(load_template(path), compose(monitoring, rules, draft=draft), pages=pages)


def render(template: CompiledTemplate, context: 报告, *, pages: str = "auto") -> bytes:
    """套数据，严格检查，补目录。"""
    values = dict(top_names(context))
    changed = {part: _parsed(compiled.render(values)) for part, compiled in template.parts.items()}
    body = changed[DOCUMENT]
    for table in list(body.iter(f"{{{body.nsmap['w']}}}tbl")):
        _keep_a_row(table)
    if pages == "auto" and office.find_office() is not None:
        count = fill_contents(body, template.styles, None)
        numbers = office.heading_pages(_packed(template, changed), count) if count else None
        changed[DOCUMENT] = body = _parsed(template.parts[DOCUMENT].render(values))
        for table in list(body.iter(f"{{{body.nsmap['w']}}}tbl")):
            _keep_a_row(table)
        fill_contents(body, template.styles, numbers or estimated_pages(template.package, body))
    elif pages != "none":
        fill_contents(body, template.styles, estimated_pages(template.package, body))
    else:
        fill_contents(body, template.styles, None)
    return _packed(template, changed)


def _keep_a_row(table: etree._Element) -> None:
    """没有内容的表格只剩表头；加一行“（无）”，免得让人以为漏了。"""
    main = table.nsmap["w"]
    rows = table.findall(f"{{{main}}}tr")
    header = [r for r in rows if r.find(f"{{{main}}}trPr/{{{main}}}tblHeader") is not None]
    if rows and header and len(rows) == len(header):
        texts = [*rows[-1].iter(f"{{{main}}}t")]
        if texts:
            from copy import deepcopy

            row = deepcopy(rows[-1])
            mark = row.find(f"{{{main}}}trPr/{{{main}}}tblHeader")
            if mark is not None and (parent := mark.getparent()) is not None:
                parent.remove(mark)
            for index, text in enumerate(row.iter(f"{{{main}}}t")):
                text.text = "（无）" if index == 0 else ""
            rows[-1].addnext(row)


def _parsed(xml: str) -> etree._Element:
    try:
        return etree.fromstring(xml.replace("\n<w:p", "<w:p").encode("utf-8"), _PARSER)
    except etree.XMLSyntaxError as error:
        raise UserError(
            f"模板套上数据后不是完好的 Word 内容（{error.msg}）。", "请核对模板里的标签是否跨了段落或表格。"
        ) from None


def _packed(template: CompiledTemplate, changed: dict[str, etree._Element]) -> bytes:
    parts = {
        part: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for part, root in changed.items()
    }
    return rewritten(template.package, parts)
