"""The contents page: a real TOC field whose entries are already filled in, so that Word asks nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from perfmon_xl.report.templates import w

LEVELS = (1, 2)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
BODY_START = "_Toc97999999"


def headings(root: etree._Element, styles: Mapping[str, str]) -> list[tuple[etree._Element, int, str]]:
    """进目录的标题：(段落, 级别, 文字)。"""
    levels = {styles.get(f"heading {level}", ""): level for level in LEVELS}
    found = []
    for paragraph in root.iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        level = levels.get(style.get(w("val")) or "") if style is not None else None
        if level:
            found.append((paragraph, level, "".join(t.text or "" for t in paragraph.iter(w("t")))))
    return found


def bookmark_name(index: int) -> str:
    return f"_Toc97{index:06d}"


def fill_contents(root: etree._Element, styles: Mapping[str, str], pages: Sequence[int] | None) -> int:
    """给标题加书签，把目录域的结果写成各标题和页码；返回标题数。没有目录域的模板不动。"""
    code = next((i for i in root.iter(w("instrText")) if (i.text or "").strip().startswith("TOC")), None)
    found = headings(root, styles)
    if code is None or not found:
        return 0
    number = 1 + max((int(b.get(w("id")) or 0) for b in root.iter(w("bookmarkStart"))), default=0)
    for index, (paragraph, _, _) in enumerate(found):
        _bookmark(paragraph, bookmark_name(index), number + index)
    _mark_body_start(root, number + len(found))
    first = next(code.iterancestors(w("p")))
    parent = first.getparent()
    assert parent is not None
    at = parent.index(first)
    for paragraph in _field_paragraphs(first):
        parent.remove(paragraph)
    instruction = code.text or ""
    entries = [
        _entry(index, level, text, styles, None if pages is None else pages[index])
        for index, (_, level, text) in enumerate(found)
    ]
    for run in reversed([_field("begin"), _instruction(instruction), _field("separate")]):
        entries[0].insert(1, run)
    entries[-1].append(_field("end"))
    for offset, entry in enumerate(entries):
        parent.insert(at + offset, entry)
    return len(found)


def _bookmark(paragraph: etree._Element, name: str, number: int) -> None:
    start = etree.Element(w("bookmarkStart"), {w("id"): str(number), w("name"): name})
    end = etree.Element(w("bookmarkEnd"), {w("id"): str(number)})
    properties = paragraph.find(w("pPr"))
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    paragraph.append(end)


def _mark_body_start(root: etree._Element, number: int) -> None:
    """正文第一段：页码从它起数 1。"""
    breaks = [p for p in root.iter(w("p")) if p.find(f"{w('pPr')}/{w('sectPr')}") is not None]
    after = breaks[-1].getnext() if breaks else None
    while after is not None and after.tag != w("p"):
        after = after.getnext()
    if after is not None:
        _bookmark(after, BODY_START, number)


def _field_paragraphs(first: etree._Element) -> list[etree._Element]:
    """目录域从哪段到哪段。"""
    depth, found = 0, list[etree._Element]()
    paragraph: etree._Element | None = first
    while paragraph is not None:
        found.append(paragraph)
        for mark in paragraph.iter(w("fldChar")):
            depth += {"begin": 1, "end": -1}.get(mark.get(w("fldCharType")) or "", 0)
        if depth <= 0:
            break
        paragraph = paragraph.getnext()
    return found


def _run(*children: etree._Element) -> etree._Element:
    run = etree.Element(w("r"))
    run.extend(children)
    return run


def _field(kind: str) -> etree._Element:
    return _run(etree.Element(w("fldChar"), {w("fldCharType"): kind}))


def _instruction(text: str) -> etree._Element:
    code = etree.Element(w("instrText"), {_SPACE: "preserve"})
    code.text = text
    return _run(code)


def _text(text: str) -> etree._Element:
    element = etree.Element(w("t"), {_SPACE: "preserve"})
    element.text = text
    return _run(element)


def _entry(index: int, level: int, text: str, styles: Mapping[str, str], page: int | None) -> etree._Element:
    paragraph = etree.Element(w("p"))
    properties = etree.SubElement(paragraph, w("pPr"))
    etree.SubElement(properties, w("pStyle"), {w("val"): styles.get(f"toc {level}", f"TOC{level}")})
    link = etree.SubElement(paragraph, w("hyperlink"), {w("anchor"): bookmark_name(index), w("history"): "1"})
    link.extend(
        [
            _text(text),
            _run(etree.Element(w("tab"))),
            _field("begin"),
            _instruction(f" PAGEREF {bookmark_name(index)} \\h "),
            _field("separate"),
            _text("" if page is None else str(page)),
            _field("end"),
        ]
    )
    return paragraph
