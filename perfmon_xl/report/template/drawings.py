"""A picture that is XML (SVG): an allow-list of shapes, for programs differ in what else they carry out."""

from __future__ import annotations

import re

from lxml import etree

from perfmon_xl.ooxml.markup import attributes
from perfmon_xl.report.template.content import FETCHES, MACRO, LiveContentError, fetches, local_name

_SVG_SPACE = "http://www.w3.org/2000/svg"
_SHAPES = re.compile(
    "svg|g|defs|symbol|use|switch|title|desc|metadata|style|path|rect|circle|ellipse|line|polyline|polygon|text|tspan"
    "|textpath|image|clippath|mask|pattern|marker|lineargradient|radialgradient|stop|filter|view|a"
    "|fe(?:blend|colormatrix|componenttransfer|composite|convolvematrix|diffuselighting|displacementmap|distantlight"
    "|dropshadow|flood|func[abgr]|gaussianblur|merge|mergenode|morphology|offset|pointlight|specularlighting|spotlight"
    "|tile|turbulence)"
)
_OF_EDITORS = (
    "inkscape.org",
    "sodipodi",
    "w3.org/1999/02/22-rdf",
    "creativecommons.org",
    "purl.org/dc",
    "adobe.com",
)
_DRAWN = re.compile(r"#|data:image/(?:png|jpe?g|gif|bmp|webp)[;,]", re.I)


def check_drawing(root: etree._Element) -> None:
    """一张 SVG 图只画图形：没有脚本、动画、网页，不取别处的内容；样式里不许用反斜杠（能把字拆开写）。"""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for key, value in attributes(element):
            local = local_name(key)
            if local.startswith("on"):
                raise LiveContentError(*MACRO)
            address = local in ("href", "src") and not _DRAWN.match(value)
            if address or local == "base" or FETCHES.search(value) or ("\\" in value and key == local):
                raise fetches(value)
        space, name = element.tag.rpartition("}")[0][1:], local_name(element.tag)
        drawn = space in ("", _SVG_SPACE) and _SHAPES.fullmatch(name)
        if not drawn and not any(editor in space for editor in _OF_EDITORS):
            raise LiveContentError(
                "的图片里带有脚本、动画或网页", "请在 Word 里删掉这张图片，换成 .png，再插入。"
            )
        texts = [t for e in element.iter() for t in (e.text, e.tail) if t] if name == "style" else []
        if any("\\" in text or FETCHES.search(text) for text in texts):
            raise fetches("".join(texts))
