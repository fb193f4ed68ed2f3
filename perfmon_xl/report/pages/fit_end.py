"""How a report ends: its last pages hold even where Word or LibreOffice breaks a line that the estimate does not.

LibreOffice and Word differ from the estimate by a line here and there; at the end of a report one line decides whether
a paragraph that stays with the signature leaves a hole behind it, or the signature stands alone. So every way to end is
tried with the last pages begun a line or two higher or lower, and the one is taken that suffers least.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from perfmon_xl.report.pages.blocks import HEIGHT, Block, PageParagraph
from perfmon_xl.report.pages.paginate import MeasuredBlock, Placement, placed

FULL, LAST = 2 / 3, 1 / 4  # of a page: below it, it is empty; the last page
_SCALES = (1.0, 0.95, 1.05, 0.9, 1.1, 0.85, 1.15)  # of all charts
# Lines that the last pages begin lower than estimated, and how likely: quotation marks are narrower in LibreOffice.
_SHIFTS = {0: 1.0, -1: 0.8, -2: 0.5, 1: 0.5}
_PAGES = 3  # that are looked at so
_SAFE = 0.01  # of a page: what is nearer to the limit counts as beyond it


class Ending(NamedTuple):
    """怎样收尾：图高多少倍，去掉哪一个空行（没有的是 -1），哪一段不跟着落款（没有的是 -1）。"""

    scale: float = 1.0
    blank: int = -1
    loose: int = -1


def best_ending(blocks: Sequence[Block], measures: Sequence[MeasuredBlock]) -> Ending:
    """正文（附件以前）怎样收尾最稳；照旧就好的照旧。"""
    best, least = Ending(), harm(measures)
    if least <= 0:
        return best
    for ending in _endings(blocks, measures):
        found = harm(with_ending(blocks, measures, ending))
        if found < least - 1e-6:
            best, least = ending, found
        if least <= 0:
            break
    return best


def _endings(blocks: Sequence[Block], measures: Sequence[MeasuredBlock]) -> Iterator[Ending]:
    kept = []
    at = len(measures) - 2  # the last line of the signature keeps nothing
    while at >= 0 and measures[at].style.keep and not measures[at].rows and not _is_drawn(blocks[at]):
        kept.append(at)
        at -= 1
    blanks = [-1, *(n for n in kept if not _has_words(blocks[n]))][:2]
    loose = [-1, *(n for n in reversed(kept) if measures[n].lines > 1 and _has_words(blocks[n]))]
    drawn = any(map(_is_drawn, blocks))
    for blank in blanks:
        for one in loose:
            for scale in _SCALES if drawn else (1.0,):
                yield Ending(scale, blank, one)


def with_ending(
    blocks: Sequence[Block], measures: Sequence[MeasuredBlock], ending: Ending
) -> list[MeasuredBlock]:
    """这样收尾以后的各段各表。"""
    made = []
    for at, (block, one) in enumerate(zip(blocks, measures, strict=True)):
        if at == ending.blank:
            continue
        if ending.scale != 1.0 and _is_drawn(block):
            one = replace(one, style=replace(one.style, pitch=min(one.style.pitch * ending.scale, HEIGHT)))
        elif at == ending.loose:
            one = replace(one, style=replace(one.style, keep=False))
        made.append(one)
    return made


def harm(measures: Sequence[MeasuredBlock]) -> float:
    """空了多少：整份照估算的样子，末几页再照高低一两行的样子。"""
    places = list(placed(measures))
    if not places:
        return 0.0
    found = _SHIFTS[0] * _holes(measures, places)
    first = next(n for n, place in enumerate(places) if place.page > places[-1].end - _PAGES)
    tail, top = measures[first:], places[first].top
    upright = (
        next((measure.height for measure in reversed(measures[:first]) if measure.height), HEIGHT) == HEIGHT
    )
    if upright and not any(block.height for block in tail):
        for lines, weight in _SHIFTS.items():
            if lines:
                start = top + lines * tail[-1].style.pitch
                found += weight * _holes(tail, list(placed(tail, start)))
    return found


def _holes(measures: Sequence[MeasuredBlock], places: Sequence[Placement]) -> float:
    holes = 0.0
    for before, after, measure in zip(places, places[1:], measures[1:], strict=False):
        if after.page > before.end and not measure.height:
            holes += max(0.0, FULL + _SAFE - before.bottom / HEIGHT)
    if places[-1].end > places[0].page:
        holes += max(0.0, LAST + _SAFE - places[-1].bottom / HEIGHT)
    return holes


def _is_drawn(block: Block) -> bool:
    return isinstance(block, PageParagraph) and bool(block.drawn)


def _has_words(block: Block) -> bool:
    return isinstance(block, PageParagraph) and bool(block.text.strip())
