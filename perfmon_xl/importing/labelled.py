"""Facts that a paragraph gives as “标题：内容”, several in one paragraph or one beside other sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfmon_xl.importing.outline import Text, marked
from perfmon_xl.importing.topics import RESULTS, Part
from perfmon_xl.importing.vocabulary import label_of

_NAMED = re.compile(r"^\s*([^:：，,；;。]{2,12})[:：]\s*(\S.*)$", re.S)
_NEXT = re.compile(
    r"[；;](?=[^:：；;，,。]{2,12}[:：])|(?<!\u3000)\u3000+(?=[^:：；;，,。\u3000]{2,12}[:：])"
)
_PROGRESS = re.compile(r"^(?:项目|实施|工作|工程)*(?:进展|进度)(?:情况)?$")
_SCOPE = re.compile(r"^(?:项目|主要|实施|建设|服务|工作)*内容(?:及范围)?$")
KEPT = (
    "name",
    "department",
    "unit",
    "client",
    "monitor",
    "period",
    "scope",
    "background",
    "basis",
    "cutoff",
    "monitored",
)
_ELSEWHERE = RESULTS | {Part.PROBLEMS, Part.MEASURES, Part.CONCLUSION, Part.OVERALL}


@dataclass(frozen=True, slots=True)
class LabelledPart:
    """一处“标题：内容”：是什么（字段，或 progress），内容，第几段；whole：这一段里全是这样的。"""

    name: str
    value: str
    number: int
    text: Text
    whole: bool


def labelled_parts(texts: Sequence[Text]) -> Iterator[LabelledPart]:
    """各段里的“标题：内容”；指标、问题、结论各节里的不算。"""
    for number, text in enumerate(texts):
        if text.is_heading or text.part in _ELSEWHERE:
            continue
        found = _of_paragraph(text.text)
        for name, value in found:
            if name:
                yield LabelledPart(name, value, number, text, all(n for n, _ in found))


def _of_paragraph(text: str) -> list[tuple[str, str]]:
    pieces = [p for s in re.split(r"[。\n]", text) for p in _NEXT.split(s) if p.strip()]
    found = []
    for piece in pieces:
        match = _NAMED.match(piece[len(marked(piece)[1]) :])
        found.append((_name_of(match[1]), match[2].strip("；; ")) if match else ("", piece))
    return found


def _name_of(label: str) -> str:
    if _PROGRESS.match(label):
        return "progress"
    if _SCOPE.match(label):
        return "scope"
    name = label_of(label)
    return name if name in KEPT else ""
