"""A Word template compiled once: docxtpl's tags, a sandbox, every name checked before anything is rendered."""

from __future__ import annotations

import io
import re
import traceback
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, Undefined, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.markup import tree, w
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.report.summary import context as summary_context
from perfmon_xl.report.template.lint import (
    printed_literally,
    problems_of,
    refuse_problems,
    unpaired_of,
    where,
)
from perfmon_xl.report.tracing.tracked import Tracked
from perfmon_xl.report.wording import context

DOCUMENT = "word/document.xml"
_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml$")
_TAGS = re.compile(r"\{[{%#]")
_CELL = re.compile(r"<w:tc>(?:(?!</w:tc>).)*</w:tc>", re.S)
_MERGED = re.compile(r"合并\(\s{0,9}([^,()]{1,300}?)\s{0,9},\s{0,9}([^()]{1,300}?)\s{0,9}\)")
_CELL_HEAD = re.compile(r"(<w:tcPr>(?:<w:cnfStyle[^>]*/>)?(?:<w:tcW[^>]*/>)?(?:<w:gridSpan[^>]*/>)?)")
_PLAIN = re.compile(r"[&<>\r\n\t]")
_FIELDS = {
    kind: frozenset(f.name for f in fields(kind) if "说明" in f.metadata)
    for kind in (*vars(context).values(), *vars(summary_context).values())
    if isinstance(kind, type) and is_dataclass(kind)
}
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_PRINTED = (int, float, Decimal, Undefined, context.图项)
_OTHER_PARTS = re.compile(
    r"word/(?!_rels|comments|settings|styles|fontTable|webSettings|theme/)[^\0]*\.xml$", re.I
)
_CALLED = {
    "footnotes": "脚注",
    "endnotes": "尾注",
    "chart": "图表",
    "diagram": "SmartArt 图形",
    "data": "SmartArt 图形",
}
_TOO_MUCH = (TemplateError, ValueError, ArithmeticError, SyntaxError, RecursionError)


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """编好的模板：parts 是要套数据的部分，package 是整个文件的字节，styles 是样式名到编号。"""

    name: str
    package: bytes
    parts: Mapping[str, Template]
    sources: Mapping[str, str]
    styles: Mapping[str, str]


def shown_text(value: object) -> str:
    """放进 Word 的文字：特殊符号转义，换行成为换行符。模板输出的每一处都经过这里；知道来历的值带着记号出去。"""
    if type(value) is Tracked:
        text = value.marked
    elif isinstance(value, str):
        text = value
    elif isinstance(value, bool) or not isinstance(value, _PRINTED) or _endless(value):
        raise TypeError("neither a text nor a number")  # Python's own writing is nothing for a report
    else:
        text = str(value)
    if _PLAIN.search(text) is None:
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n", _BREAK).replace("\t", _TAB)


def _endless(value: object) -> bool:
    return isinstance(value, float) and not isfinite(value)


def merged(text: str, how: str) -> str:
    """模板里的 合并(文字, 合并)：接着上一格的不再写字。"""
    return "" if how == "continue" else text


class _Sandbox(ImmutableSandboxedEnvironment):
    """沙箱里取报告自己的名称走近路：它们都是只读的文字，不必逐次查验。"""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if attribute in _FIELDS.get(type(obj), ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


def environment(*, by_docxtpl: bool = False) -> ImmutableSandboxedEnvironment:
    """模板只能用给它的名称：没有全局函数，没有文件，没有网络，用错名称就报。

    转义由 finalize 做（每处输出都过），不用 autoescape：那样每处要多转一次对象。由 docxtpl 套的（by_docxtpl），
    转义和换行是它自己的。
    """
    made = _Sandbox(
        autoescape=by_docxtpl,
        optimized=False,
        undefined=StrictUndefined,
        finalize=None if by_docxtpl else shown_text,
    )
    made.globals.clear()
    made.globals["合并"] = merged
    return made


@lru_cache(maxsize=16)
def _compiled(path: Path, stamp: tuple[int, int], root: type[object]) -> CompiledTemplate:
    from perfmon_xl.report.template.package import checked_package

    return compile_template(path.stem, checked_package(path), root)


def load_template(path: Path, root: type[object] = context.报告) -> CompiledTemplate:
    """读一份模板；文件没有变就用编好的。root 是它能用的名称：报告，或汇总报告。"""
    try:
        state = path.stat()
    except OSError:
        raise UserError(
            f"找不到报告模板 {path}。", "请核对模板的名称，或用程序自带的 monitoring_report。"
        ) from None
    return _compiled(path, (state.st_mtime_ns, state.st_size), root)  # type: ignore[arg-type]  # a class is hashable


def compile_template(name: str, package: bytes, root: type[object] = context.报告) -> CompiledTemplate:
    """编一份模板；写错的标签和名称，一次说全，各在哪一段、哪一格。"""
    sandbox, sources, parts, changed = environment(), {}, {}, {}
    patcher = DocxTemplate.__new__(DocxTemplate)  # only its tag syntax (patch_xml) is used
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        styles = {
            (title.get(w("val")) or "").lower(): element.get(w("styleId")) or ""
            for element in _parsed(archive, "word/styles.xml", name).iter(w("style"))
            if (title := element.find(w("name"))) is not None
        }
        headings = {styles[f"heading {level}"] for level in (1, 2) if f"heading {level}" in styles}
        for part in archive.namelist():
            if not _PARTS.match(part):
                _refuse_literal(archive, part, name)
                continue
            root_element = _parsed(archive, part, name)
            unbound = _unbound(root_element)
            written = etree.tostring(root_element, encoding="unicode")
            if unbound:
                changed[part] = written.encode("utf-8")
            source = _by_paragraph(written)
            refuse_problems(name, source, list(unpaired_of(source)), headings)
            xml = patcher.patch_xml(written)
            source = _by_paragraph(xml)
            refuse_problems(name, source, list(problems_of(source, sandbox, root)), headings)
            if not _TAGS.search(xml):
                continue
            sources[part] = _by_paragraph(with_merges(xml))
            # the line breaks only tell where an error stands
            try:
                parts[part] = sandbox.from_string(sources[part].replace("\n<w:p", "<w:p"))
            except _TOO_MUCH:
                raise UserError(
                    f"模板 {name} 的 {{% for %}}、{{% if %}} 套得太深，或者标签里有程序不能读的字符。",
                    "请少套几层；先用自带的模板出报告。",
                ) from None
    if DOCUMENT not in parts:
        raise UserError(
            f"模板 {name} 里没有一个标签，出不了报告。", "请对照 report_templates/README.md 加上名称。"
        )
    return CompiledTemplate(name, rewritten(package, changed) if changed else package, parts, sources, styles)


def _refuse_literal(archive: zipfile.ZipFile, part: str, name: str) -> None:
    """不套数据的部分（脚注、尾注、图表……）里有标签：会照原样印在报告里，不如说出来。"""
    if _OTHER_PARTS.match(part) is None:
        return
    tag = printed_literally(archive.read(part).decode("utf-8", "replace"))
    if tag:
        stem = part.rpartition("/")[2]
        called = next((word for key, word in _CALLED.items() if stem.lower().startswith(key)), part)
        raise UserError(
            f"模板 {name} 的{called}里有标签 {tag[:60]}，那里不套数据。",
            "请把标签移到正文或页眉页脚的文字里。",
        )


def _unbound(root: etree._Element) -> bool:
    """写着标签的内容控件不再连着文件属性：连着的，Word 打开时会拿属性的旧值换掉写好的字。返回有没有动。"""
    found = False
    for control in root.iter(w("sdt")):
        properties, content = control.find(w("sdtPr")), control.find(w("sdtContent"))
        if (
            properties is None
            or content is None
            or not _TAGS.search("".join(map(str, content.itertext(w("t")))))
        ):
            continue
        for property_ in list(properties):
            if isinstance(property_.tag, str) and etree.QName(property_).localname in (
                "dataBinding",
                "showingPlcHdr",
            ):
                properties.remove(property_)
                found = True
    return found


def _parsed(archive: zipfile.ZipFile, part: str, name: str) -> etree._Element:
    try:
        return tree(archive.read(part), huge=True)
    except (KeyError, zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError):
        raise UserError(
            f"模板 {name} 里的 {part} 缺少或已损坏。", "请在 Word 中打开修复，另存为 .docx 再用。"
        ) from None


def _by_paragraph(xml: str) -> str:
    """一段一行，好说出错在哪一段。"""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


def render_part(template: CompiledTemplate, part: str, values: Mapping[str, Any]) -> str:
    """一个部分套上数据；套到一半出的错，说出在哪一段。"""
    try:
        return template.parts[part].render(values)
    except (SecurityError, UndefinedError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        source = template.sources[part]
        try:
            environment().from_string(source).render(values)
        except type(error) as again:
            lines = [
                f.lineno for f in traceback.extract_tb(again.__traceback__) if f.filename == "<template>"
            ]
            place = f"{where(source, lines[-1])}：" if lines and lines[-1] else ""
            raise UserError(
                f"模板 {template.name} 的{place}套不上数据（{_reason(again)}）。",
                "请核对这一处的名称和写法；对照 report_templates/README.md。",
            ) from None
        raise


def _reason(error: Exception) -> str:
    """套不上的原因，用中文说。"""
    if isinstance(error, UndefinedError):
        return "这里的名称没有值"
    if isinstance(error, SecurityError):
        return "这里的写法不许用"
    if isinstance(error, ArithmeticError):
        return "数太大或者算不出来"
    if isinstance(error, LookupError):
        return "没有这一项"
    return "这里的值不能这样用，或者不是一段文字"


def with_merges(xml: str) -> str:
    """写着 合并(…) 的各格都加上 w:vMerge。"""
    return _CELL.sub(_with_merge, xml)


def _with_merge(match: re.Match[str]) -> str:
    """写着 合并(…) 的格子加上 w:vMerge，位置照规范的次序；函数换成条件，沙箱里调用一次函数要查验一遍。"""
    found = _MERGED.search(match[0])
    if not found:
        return match[0]
    cell = match[0].replace(found[0], f"({found[1]} if {found[2]} != 'continue' else '')")
    return _CELL_HEAD.sub(lambda m: f'{m[1]}<w:vMerge w:val="{{{{ {found[2]} }}}}"/>', cell, count=1)


def top_names(report: object) -> Iterator[tuple[str, Any]]:
    """报告最外层的各个名称和值。"""
    for name in report.__dataclass_fields__:  # type: ignore[attr-defined]
        yield name, getattr(report, name)
