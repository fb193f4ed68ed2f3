"""The report's text now: inside each value's bookmark, and outside all bookmarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from perfmon_xl.audit.page import ReportParagraph
from perfmon_xl.report.tracing.provenance import RecordedValue


@dataclass(slots=True)
class Seen:
    """一个值的书签里现在的文字：看得见的、修订删去的、在哪几段。"""

    text: str = ""
    deleted: str = ""
    changed: bool = False
    paragraphs: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReportValue:
    """一个值现在在报告里写成什么（None：没有了），在第几段，是不是修订。"""

    text: str | None
    paragraph: int
    revised: str = ""


def seen_in(paragraphs: Sequence[ReportParagraph]) -> dict[int, Seen]:
    """各个值的书签里现在的文字，按编号。"""
    found: dict[int, Seen] = defaultdict(Seen)
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            for number in piece.ids:
                seen = found[number]
                if piece.change == "del":
                    seen.deleted += piece.text
                else:
                    seen.text += piece.text
                seen.changed = seen.changed or bool(piece.change)
                if not seen.paragraphs or seen.paragraphs[-1] != paragraph.index:
                    seen.paragraphs.append(paragraph.index)
    return dict(found)


def free_text(paragraph: ReportParagraph) -> str:
    """一段里不在任何值里的文字；值写成 □。"""
    out: list[str] = []
    for piece in paragraph.pieces:
        if piece.change == "del":
            continue
        if piece.ids:
            if not out or out[-1] != "□":
                out.append("□")
        else:
            out.append(piece.text)
    return "".join(out)


def spans_inside(value: RecordedValue, children: Sequence[RecordedValue]) -> list[tuple[int, int]]:
    """里面各个值在这段原文里的位置，先后照写的次序。"""
    found, at = [], 0
    for child in children:
        start = value.text.find(child.text, at)
        if start < 0:
            found.append((0, 0))
            continue
        at = start + len(child.text)
        found.append((start, at))
    return found


def revision(paragraph: ReportParagraph) -> str:
    """这一段有没有修订，一句话；没有的是空的。"""
    return "修订，尚未接受" if any(p.change for p in paragraph.pieces) else ""
