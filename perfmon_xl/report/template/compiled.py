"""A Word template compiled once: docxtpl's tags, a sandbox, every name checked before anything is rendered."""

from __future__ import annotations

import io
import re
import traceback
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.names import WORD
from perfmon_xl.report.summary import context as summary_context
from perfmon_xl.report.template.lint import problems_of, refuse_problems, unpaired_of, where
from perfmon_xl.report.tracing.tracked import Tracked
from perfmon_xl.report.wording import context

DOCUMENT = "word/document.xml"
_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml$")
_TAGS = re.compile(r"\{[{%#]")
_CELL = re.compile(r"<w:tc>(?:(?!</w:tc>).)*</w:tc>", re.S)
_MERGED = re.compile(r"合并\(\s*([^,()]+?)\s*,\s*([^()]+?)\s*\)")
_CELL_HEAD = re.compile(r"(<w:tcPr>(?:<w:cnfStyle[^>]*/>)?(?:<w:tcW[^>]*/>)?(?:<w:gridSpan[^>]*/>)?)")
_PLAIN = re.compile(r"[&<>\r\n\t]")
_FIELDS = {
    kind: frozenset(f.name for f in fields(kind) if "说明" in f.metadata)
    for kind in (*vars(context).values(), *vars(summary_context).values())
    if isinstance(kind, type) and is_dataclass(kind)
}
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """编好的模板：parts 是要套数据的部分，package 是整个文件的字节，styles 是样式名到编号。"""

    name: str
    package: bytes
    parts: Mapping[str, Template]
    sources: Mapping[str, str]
    styles: Mapping[str, str]


def w(name: str) -> str:
    return f"{{{WORD}}}{name}"


def shown_text(value: object) -> str:
    """放进 Word 的文字：特殊符号转义，换行成为换行符。模板输出的每一处都经过这里；知道来历的值带着记号出去。"""
    text = value.marked if type(value) is Tracked else value if isinstance(value, str) else str(value)
    if _PLAIN.search(text) is None:
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n", _BREAK).replace("\t", _TAB)


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
        autoescape=by_docxtpl, undefined=StrictUndefined, finalize=None if by_docxtpl else shown_text
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
    sandbox, sources, parts = environment(), {}, {}
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
                continue
            written = etree.tostring(_parsed(archive, part, name), encoding="unicode")
            source = _by_paragraph(written)
            refuse_problems(name, source, list(unpaired_of(source)), headings)
            xml = patcher.patch_xml(written)
            source = _by_paragraph(xml)
            refuse_problems(name, source, list(problems_of(source, sandbox, root)), headings)
            if not _TAGS.search(xml):
                continue
            sources[part] = _by_paragraph(with_merges(xml))
            # the line breaks only tell where an error stands
            parts[part] = sandbox.from_string(sources[part].replace("\n<w:p", "<w:p"))
    if DOCUMENT not in parts:
        raise UserError(
            f"模板 {name} 里没有一个标签，出不了报告。", "请对照 report_templates/README.md 加上名称。"
        )
    return CompiledTemplate(name, package, parts, sources, styles)


def _parsed(archive: zipfile.ZipFile, part: str, name: str) -> etree._Element:
    try:
        return etree.fromstring(archive.read(part), _PARSER)
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
                f"模板 {template.name} 的{place}套不上数据（{again}）。",
                "请核对这一处的名称和写法；对照 report_templates/README.md。",
            ) from None
        raise


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
