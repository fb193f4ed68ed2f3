"""The report's lines as its reader sees them, for the rules on the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfmon_xl.domain.origin import REPORT, WHOLE, Heading, PartPlace, RowPlace, TablePlace
from perfmon_xl.domain.report_text import Line, LineKind, ReportText
from perfmon_xl.importing.document import PICTURE, Block
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.outline import Text, marked

_PAGE = re.compile(r"[\s.…·]{0,300}(\d{1,9})\s{0,9}$")


def written_of(blocks: Sequence[Block], texts: Sequence[Text], captions: frozenset[int]) -> ReportText:
    """全部各行，先后照报告；captions 是表题、单位在第几块。"""
    return ReportText(
        lines=tuple(_lines(blocks, texts, captions)),
        place=RowPlace(REPORT, otherwise=WHOLE),
    )


def _lines(blocks: Sequence[Block], texts: Sequence[Text], captions: frozenset[int]) -> Iterator[Line]:
    of_block: dict[int, list[Text]] = {}
    for text in texts:
        of_block.setdefault(text.index, []).append(text)
    headings: tuple[Heading, ...] = ()
    tables = contents = 0
    for index, block in enumerate(blocks):
        if isinstance(block, Grid):
            tables += 1
            yield Line(
                kind=LineKind.TABLE,
                text="\n".join(" | ".join(row) for row in block.texts),
                origin=TablePlace(headings=headings, table=f"第{tables}张表"),
                path=tuple(map(str, headings)),
            )
        elif block.contents:
            contents += 1
            yield _contents_line(block.text, contents)
        elif index in captions:
            origin = PartPlace(headings=headings, name=f"表题“{block.text[:14]}”")
            yield Line(kind=LineKind.CAPTION, text=block.text, origin=origin, path=tuple(map(str, headings)))
        for text in of_block.get(index, ()):
            headings = text.headings
            yield _line(text)


def _contents_line(written: str, number: int) -> Line:
    page = _PAGE.search(written)
    text = written[: page.start()].strip() if page else written
    level, mark = marked(text)
    return Line(
        kind=LineKind.CONTENTS,
        text=text,
        origin=PartPlace(name=f"目录第{number}行"),
        level=level,
        mark=mark.strip(),
        title=text[len(mark) :].strip(),
        page=page[1] if page else "",
    )


def _line(text: Text) -> Line:
    kind = (
        LineKind.PICTURE if text.text == PICTURE else LineKind.HEADING if text.is_heading else LineKind.BODY
    )
    heading = text.headings[-1] if text.is_heading else None
    return Line(
        kind=kind,
        text=text.text,
        origin=text.place,
        level=heading.level if heading else 0,
        mark=text.mark.strip(),
        title=heading.title if heading else "",
        path=tuple(map(str, text.headings)),
    )
