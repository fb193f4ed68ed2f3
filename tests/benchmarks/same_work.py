"""The renderer held to what docxtpl does: it neither fits columns nor pages, so that is measured apart."""

from __future__ import annotations

from unittest import mock

from perfmon_xl.report import render as renderer
from perfmon_xl.report.template.compiled import CompiledTemplate
from perfmon_xl.report.wording.context import 报告


def unfitted(compiled: CompiledTemplate, context: 报告) -> bytes:
    """套数据，不排栏宽和页，不数页码。"""
    with mock.patch.object(renderer, "fitted_document", lambda template, xml: xml):
        return renderer.render(compiled, context, pages="none")
