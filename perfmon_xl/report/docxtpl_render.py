"""The report rendered by docxtpl itself: the second route, whose text must equal that of our compiled template.

Our own checks of the template stand before it, the same sandbox and the same names inside it. What only render.py
adds is left out: the record of where values come from, and the charts.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.wording import OWN_ENGINE
from perfmon_xl.report.drawing.placing import place_charts, refuse_marks
from perfmon_xl.report.pages.contents import fill_contents
from perfmon_xl.report.render import AskPages, Pages, fitted_document, packed, page_numbers
from perfmon_xl.report.summary.context import 汇总图组, 汇总报告
from perfmon_xl.report.template.compiled import (
    DOCUMENT,
    CompiledTemplate,
    environment,
    top_names,
    with_merges,
)
from perfmon_xl.report.wording.context import 图组, 图项, 报告

_FAILURES = (
    TemplateError, OpcError, etree.LxmlError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError,
)  # fmt: skip


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl 的模板，多认一样：写着 合并(…) 的格子。"""

    def patch_xml(self, src_xml: str) -> str:
        return with_merges(super().patch_xml(src_xml))


def without_charts(context: 报告 | 汇总报告) -> 报告 | 汇总报告:
    """同样的名称，一幅图也没有：模板里 {% if 图.资金 %} 是“假”。"""
    none = 图项.of("", ())
    if not isinstance(context, 报告):
        return replace(context, 图=汇总图组(none, none))
    return replace(context, 图=图组(none, none))


def render_by_docxtpl(
    template: CompiledTemplate,
    context: 报告 | 汇总报告,
    *,
    pages: Pages = "auto",
    ask: AskPages | None = None,
) -> bytes:
    """由 docxtpl 自己的 render 套数据（转义打开），补目录。template 已经编过：写错的标签早就说了。"""
    values = dict(top_names(without_charts(context)))
    data = _rendered(template, values)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            if part.startswith(("word/header", "word/footer")):
                refuse_marks(part, package.read(part).decode("utf-8"))
        xml = _without_declaration(package.read(DOCUMENT).decode("utf-8"))
    made = replace(template, package=data)
    xml, _, _ = place_charts(xml, data, {}, template.styles)  # takes the tags' empty paragraphs away
    xml = fitted_document(made, xml)
    numbers = page_numbers(made, {DOCUMENT: xml}, {}, pages, ask)
    xml, _ = fill_contents(xml, template.styles, numbers)
    return packed(made, {DOCUMENT: xml})


def _rendered(template: CompiledTemplate, values: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    try:
        document = _Template(io.BytesIO(template.package))
        document.render(values, jinja_env=environment(by_docxtpl=True), autoescape=True)
        document.save(out)
    except _FAILURES:
        raise UserError(
            f"docxtpl 套不上模板 {template.name}。",
            "请" + OWN_ENGINE + "再出一次：那样会说出错在模板的哪一段。",
        ) from None
    return out.getvalue()


def _without_declaration(xml: str) -> str:
    return xml[xml.index("?>") + 2 :].lstrip() if xml.startswith("<?xml") else xml
