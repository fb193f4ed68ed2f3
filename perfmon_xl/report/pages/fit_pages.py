"""Pages without holes: a chart that nearly fits is drawn lower, text goes in front of one that does not.

What is where is asked of the page estimate; each change is tried, and kept where the estimate says that it helps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.report.pages.blocks import HEIGHT, PageParagraph, is_usual
from perfmon_xl.report.pages.fit_end import FULL, LAST, Ending, best_ending
from perfmon_xl.report.pages.paginate import MeasuredBlock, Placement, blocks_and_measures, placed
from perfmon_xl.report.template.compiled import DOCUMENT, CompiledTemplate
from perfmon_xl.report.tracing.tracked import clean

_LEAST = 0.7  # a chart is drawn no lower than this share of its height
_BEFORE = 6.0  # points above a chart
_EMU_PER_POINT = 12_700
_STAYING = 3  # lines of the last paragraph that stay with the signature
_MOST_CHANGES = 40
_NUMBERED = re.compile(r"[图表]\d")
_EXTENT = re.compile(r'(<(?:wp:extent|a:ext)\b[^>]*? cy=")(\d+)(")')
# Word wants a paragraph after a table at the end; as high as a line it can fill a page of its own, with nothing on it.
_LAST_BLANK = re.compile(
    r'<w:p><w:pPr><w:pStyle w:val="[^"]*"/></w:pPr></w:p>(?=<w:sectPr\b[^\0]{0,2000}</w:body>)'
)
_THIN = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
_STYLE_MARK = re.compile(r'(<w:pPr>(?:<w:pStyle w:val="[^"]*"/>)?)')
_START = re.compile(r"<w:(?:tbl>|p[> ])")


class _Pages:
    """一份正文和它排出来的样子。"""

    def __init__(self, template: CompiledTemplate, xml: str) -> None:
        self.template, self.xml = template, xml
        self.blocks, self.measures = blocks_and_measures(template, clean(xml))
        self.places = list(placed(self.measures))
        self.spans = list(_spans(xml))[-len(self.blocks) :] if self.blocks else []

    @property
    def body(self) -> int:
        """正文有几段几表：附件（另起一页的）以前。"""
        return next((n for n, measure in enumerate(self.measures) if measure.opens and n), len(self.measures))

    @property
    def last_page(self) -> int:
        return self.places[self.body - 1].end if self.body else 0

    def text(self, index: int) -> str:
        start, end = self.spans[index]
        return self.xml[start:end]

    def replaced(self, index: int, text: str) -> str:
        start, end = self.spans[index]
        return self.xml[:start] + text + self.xml[end:]


def fit_pages(template: CompiledTemplate, xml: str) -> str:
    """正文排得满一些；估算不了的（模板里有特别之处的）照旧。"""
    if not is_usual(template.sources[DOCUMENT]):
        return xml
    pages = _Pages(template, xml)
    done: set[int] = set()
    for _ in range(_MOST_CHANGES):
        if len(pages.spans) != len(pages.blocks):
            return xml  # something stands between that is neither
        changed = next(_changes(pages, done), None)
        if changed is None:
            break
        pages = _Pages(template, changed)
    return _with_thin_end(_ended(pages))


def _with_thin_end(xml: str) -> str:
    """末尾的表后面那个空段不占一行。"""
    end = xml.rfind("</w:tbl>") + len("</w:tbl>")
    blank = _LAST_BLANK.match(xml, end) if end >= len("</w:tbl>") else None
    return xml if blank is None else xml[:end] + _THIN + xml[blank.end() :]


def _changes(pages: _Pages, done: set[int]) -> Iterator[str]:
    """先后照正文，一处空着的，怎么改；done 是看过的图。"""
    for index, block in enumerate(pages.blocks[: pages.body]):
        before = pages.places[index - 1] if index else None
        if before is None or pages.places[index].page <= before.end:
            continue
        if isinstance(block, PageParagraph) and block.drawn and index not in done:
            done.add(index)
            yield from _lower(pages, index, before)
            yield from _filled(pages, index, before)
        elif before.bottom < FULL * HEIGHT and index - 1 not in done:
            done.add(index - 1)
            yield from _let_go(pages, index)


def _lower(pages: _Pages, index: int, before: Placement) -> Iterator[str]:
    """差一点放得下的图画矮一些。"""
    block, caption = pages.blocks[index], pages.measures[index + 1] if index + 1 < len(pages.blocks) else None
    assert isinstance(block, PageParagraph)
    below = 0.0 if caption is None else _tall(caption)
    room = HEIGHT - before.bottom - _BEFORE - below - 1
    if room >= _LEAST * block.drawn / _EMU_PER_POINT:
        yield pages.replaced(index, _drawn(pages.text(index), int(room * _EMU_PER_POINT)))


def _filled(pages: _Pages, index: int, before: Placement) -> Iterator[str]:
    """放不下的图，同一章里后面的几段移到前面来，直到这一页满了三分之二。"""
    after = index + 2
    room = HEIGHT - before.bottom
    moved: list[int] = []
    for at in range(after, pages.body):
        block, measure = pages.blocks[at], pages.measures[at]
        if (
            not isinstance(block, PageParagraph)
            or block.drawn
            or measure.style.keep
            or measure.style.name.startswith("heading")
            or _NUMBERED.search(block.text)
            or _tall(measure) > room
        ):
            break
        if HEIGHT - room >= FULL * HEIGHT:
            break
        room -= _tall(measure)
        moved.append(at)
    if moved:
        start, end = pages.spans[index][0], pages.spans[moved[0]][0]
        last = pages.spans[moved[-1]][1]
        xml = pages.xml
        yield xml[:start] + xml[end:last] + xml[start:end] + xml[last:]


def _let_go(pages: _Pages, index: int) -> Iterator[str]:
    """跟着落款走的几段太长，前一页空了一大块：放前面的断开；末一段很长的，留几行给落款那一页；还不行，落款上面不空行。"""
    kept, at = [], index
    while at < pages.body and pages.measures[at].style.keep:
        one, block = pages.measures[at], pages.blocks[at]
        if isinstance(block, PageParagraph) and block.text and not one.style.name.startswith("heading"):
            kept.append(at)
        at += 1
    text = [n for n in kept if pages.measures[n].lines > 1 or n == kept[0]]
    for at in text:
        rest = sum(map(_tall, pages.measures[at + 1 : pages.body]))
        free = HEIGHT - pages.places[index - 1].bottom - sum(map(_tall, pages.measures[index:at]))
        one = pages.measures[at]
        over = one.lines - int(free // one.style.pitch)
        if (at != text[-1] and rest >= LAST * HEIGHT) or over >= _STAYING:
            loose = _STYLE_MARK.sub(r'\1<w:keepNext w:val="0"/>', pages.text(at), count=1)
            yield pages.replaced(at, loose)
            return
    blank = next(
        (
            n
            for n in range(index, pages.body)
            if pages.measures[n].style.keep and not _has_content(pages.blocks[n])
        ),
        None,
    )
    if blank is not None:
        tighter = pages.replaced(blank, "")
        if _Pages(pages.template, tighter).last_page < pages.last_page:
            yield tighter


def _has_content(block: object) -> bool:
    """有没有字；表格、图也算有。"""
    return not isinstance(block, PageParagraph) or bool(block.text.strip() or block.drawn)


def _ended(pages: _Pages) -> str:
    """末几页收得稳一些：图都画高、画矮一点，落款上面不空行，或者一段不跟着落款走。"""
    body = pages.body
    ending = best_ending(pages.blocks[:body], pages.measures[:body])
    if ending == Ending():
        return pages.xml
    xml = pages.xml
    for index in reversed(range(body)):
        start, end = pages.spans[index]
        block, text = pages.blocks[index], xml[start:end]
        if index == ending.blank:
            text = ""
        elif index == ending.loose:
            text = _STYLE_MARK.sub(r'\1<w:keepNext w:val="0"/>', text, count=1)
        elif ending.scale != 1.0 and isinstance(block, PageParagraph) and block.drawn:
            text = _drawn(text, int(block.drawn * ending.scale))
        xml = xml[:start] + text + xml[end:]
    return xml


def _tall(block: MeasuredBlock) -> float:
    return block.style.before + block.lines * block.style.pitch + block.style.after


def _drawn(text: str, height: int) -> str:
    return _EXTENT.sub(rf"\g<1>{height}\g<3>", text)


def _spans(xml: str) -> Iterator[tuple[int, int]]:
    """正文里各段各表从哪个字到哪个字；一节的末一段（只写着纸张）也算一段，由新的一节代替。"""
    at = xml.find("<w:body>") + len("<w:body>")
    while (match := _START.search(xml, at)) is not None:
        start = match.start()
        closing = "</w:tbl>" if xml.startswith("<w:tbl>", start) else "</w:p>"
        end = xml.find(closing, start)
        if end < 0:
            return
        at = end + len(closing)
        yield start, at
