"""The report's prose as records: progress, indicator paragraphs, analysis, problems with measures, conclusion."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from perfmon_xl.domain.model import Paragraph, ProblemEntry, Progress
from perfmon_xl.domain.origin import REPORT, Origin, ReportPlace, RowPlace
from perfmon_xl.domain.text_keys import compact, indicator_key, title_text
from perfmon_xl.importing.found import place_of
from perfmon_xl.importing.labelled import labelled_parts
from perfmon_xl.importing.outline import Text
from perfmon_xl.importing.topics import RESULTS, Part

_PARAGRAPH = {"level1": "", "subject": "", "text": ""}
_LEAD_IN = re.compile(
    r"^截[至止][^，,。；]{3,24}[:：]$|(完成|进展|开展|实施|推进|工作).{0,20}[:：]$|如下[:：。]?$"
)
_NOTHING = re.compile(
    r"^(?:本次)?(?:绩效)?(?:监控)?(?:中|期间)?(?:没有|未|暂无|无)[^，。]{0,12}(?:问题|措施)。?$"
)
_ORDINAL = re.compile(r"^[一二三四五六七八九十]是")
_KINDS = (
    ("目标设置", r"目标|指标"),
    ("资金执行", r"资金|预算|支出|经费"),
    ("项目实施", r"实施|进度|管理|推进|工作"),
)


@dataclass(slots=True)
class _NumberedItem:
    """一个问题或一条措施：标题、说明、各在哪里。"""

    title: str
    place: ReportPlace
    lines: list[str] = field(default_factory=list)
    text_place: ReportPlace | None = None


def scope_and_progress(
    texts: Sequence[Text], used: set[int]
) -> tuple[str, ReportPlace | None, list[Progress]]:
    """项目内容的文字、它在哪里、各项进展。"""
    scope: list[str] = []
    where: ReportPlace | None = None
    led, states_done = False, False
    progresses: list[Progress] = []
    for part in labelled_parts(texts):
        if part.name == "progress":
            for piece in re.split(r"[；;]", part.value):
                labels = {"subject": "", "text": "", "state": ""}
                place = place_of(part.text.place, labels)
                progresses.append(Progress(subject="", text=piece, state=_state(piece, False), place=place))
    for number, text in enumerate(texts):
        if number in used:
            continue
        if text.part not in (Part.SCOPE, Part.PROGRESS):
            led = False
            continue
        bare_heading = text.is_heading and not _has_body(texts, number)
        if text.is_heading and not (bare_heading and (led or text.part is Part.PROGRESS) and text.mark):
            continue
        follows = number + 1 < len(texts) and bool(texts[number + 1].mark)
        if follows and _LEAD_IN.search(text.text) and not text.mark:
            led, states_done = True, "完成" in text.text
            continue
        if text.part is Part.PROGRESS or (led and (text.mark or _under_item(text))):
            if bare_heading and len(text.headings) < 2:
                continue
            progresses.append(_progress(text, states_done))
        else:
            scope.append(text.text)
            where = where or text.place
        used.add(number)
    return "\n".join(scope), where, progresses


def _has_body(texts: Sequence[Text], number: int) -> bool:
    level = texts[number].headings[-1].level
    if number + 1 >= len(texts):
        return False
    after = texts[number + 1]
    return not after.is_heading or after.headings[-1].level > level


def _under_item(text: Text) -> bool:
    return text.heading is not None and text.heading.level >= 4


def _progress(text: Text, states_done: bool) -> Progress:
    body = text.body
    match = re.match(r"^([^：:，,。；;]{2,25})[：:]\s*(.+)$", body, re.S)
    subject, content = (match[1], match[2]) if match else ("", body)
    if not subject and not text.is_heading and text.heading is not None and text.heading.level >= 4:
        subject = text.heading.title
    labels = {"subject": "", "text": "", "state": ""}
    return Progress(
        subject=subject, text=content, state=_state(content, states_done), place=place_of(text.place, labels)
    )


def _state(text: str, states_done: bool) -> str:
    """文字里说得清的才填。"""
    if re.search(r"尚未|未完成|未开工|未启动|还没有|暂未", text):
        return "尚未完成"
    if re.search(r"正在|进行中|有序推进|持续推进|在建", text):
        return "进行中"
    if states_done or re.search(r"已(?:全部|全面|基本)?(?:完成|建成|完工|竣工|实现)|全部完成", text):
        return "已完成"
    return ""


_OF_A_CLASS = re.compile(r"[^，。；\d]{2,14}指标共\d+个，")


def analyses_of(texts: Sequence[Text], indicators: Mapping[str, Any], used: set[int]) -> list[Paragraph]:
    """各指标的段落：标题是指标名称的；没有标题、文中只提到一个指标的，归那个指标。"""
    grouped: dict[str, list[Text]] = {}
    subjects: dict[str, tuple[str, str]] = {}
    for number, text in enumerate(texts):
        if text.is_heading or text.part in (Part.PROBLEMS, Part.MEASURES, Part.CONCLUSION, Part.OVERALL):
            continue
        key = next(
            (k for h in reversed(text.headings) if (k := indicator_key(title_text(h.title))) in indicators),
            "",
        )
        if not key and _OF_A_CLASS.match(text.text.strip()):
            continue  # how many of a class are reached: of no single indicator, though one may be named
        if not key and text.part in RESULTS:
            plain = indicator_key(text.text)
            named = [k for k in indicators if k in plain]
            longest = [k for k in named if not any(k != o and k in o for o in named)]
            if len(longest) == 1:
                key = longest[0]
            elif text.heading is not None and text.heading.level >= 4:
                key = f"标题 {text.heading.title}"
                subjects[key] = (text.part.value, text.heading.title)
        if not key:
            continue
        if key in indicators:
            subjects[key] = (indicators[key].level1, indicators[key].name)
        grouped.setdefault(key, []).append(text)
        used.add(number)
    return [_paragraph(*subjects[key], members) for key, members in grouped.items()]


def _paragraph(level1: str, subject: str, members: Sequence[Text]) -> Paragraph:
    """几段文字合成一段；位置是头一段的。"""
    return Paragraph(
        level1=level1,
        subject=subject,
        text="\n".join(t.text for t in members),
        place=place_of(members[0].place, _PARAGRAPH),
    )


_ASPECT = re.compile("(效率性|效益性|公平性|经济性|及时性|有效性)")


def overall_of(texts: Sequence[Text], used: set[int]) -> list[Paragraph]:
    """效率性、效益性、公平性各段。"""
    grouped: dict[str, list[Text]] = {}
    for number, text in enumerate(texts):
        if text.part is Part.OVERALL and not text.is_heading and text.headings:
            told = re.match(rf"{_ASPECT.pattern}(?:分析|情况)?[：:]\s*(?=\S)", text.body)
            if match := told or _ASPECT.search(" ".join(h.title for h in text.headings[::-1])):
                own = replace(text, text=text.body[told.end() :], mark="") if told else text
                grouped.setdefault(f"{match[1]}分析", []).append(own)
                used.add(number)
    return [_paragraph("综合分析", subject, members) for subject, members in grouped.items()]


def conclusions_of(texts: Sequence[Text], used: set[int]) -> list[Paragraph]:
    """结论：“建议”“下一步”起头的是下一步建议，其余是总体结论。"""
    grouped: dict[str, list[Text]] = {}
    for number, text in enumerate(texts):
        if text.part is Part.CONCLUSION and not text.is_heading and number not in used:
            ahead = re.match(r"^(建议|下一步|下步)", text.body)
            grouped.setdefault("下一步建议" if ahead else "总体结论", []).append(text)
            used.add(number)
    return [_paragraph("结论", subject, members) for subject, members in grouped.items()]


def problems_of(texts: Sequence[Text], used: set[int]) -> list[ProblemEntry]:
    """问题和措施按先后配对；多出来的各自成行。"""
    problems = _items(texts, Part.PROBLEMS, used)
    measures = _items(texts, Part.MEASURES, used)
    return [_problem(p, m) for p, m in zip_longest(problems, measures)]


def _items(texts: Sequence[Text], part: Part, used: set[int]) -> list[_NumberedItem]:
    numbered_items: list[_NumberedItem] = []
    headed = False
    for number, text in enumerate(texts):
        if text.part is not part or number in used:
            continue
        depth = next(
            (i for i, h in enumerate(text.headings) if _is_section(h.title, part)), len(text.headings) - 1
        )
        below = text.headings[depth + 1 :]
        if text.is_heading:
            if len(below) == 1:
                numbered_items.append(_NumberedItem(below[0].title, text.place))
                headed = True
                used.add(number)
            elif below:
                numbered_items[-1].lines.append(text.text)
                used.add(number)
            continue
        if below and numbered_items and headed:
            numbered_items[-1].lines.append(text.text)
            numbered_items[-1].text_place = numbered_items[-1].text_place or text.place
        elif text.text.endswith(("：", ":")) and not text.mark:
            continue
        elif (
            numbered_items
            and not headed
            and not text.mark
            and not _ORDINAL.match(text.text)
            and numbered_items[-1].lines
        ):
            numbered_items[-1].lines.append(text.text)
        elif _NOTHING.match(text.body):
            pass  # "no problems found" is no problem
        else:
            headed = False
            title, rest = _sentence_title(text.body)
            numbered_items.append(_NumberedItem(title, text.place, [rest] if rest else [], text.place))
        used.add(number)
    return numbered_items


def _is_section(title: str, part: Part) -> bool:
    from perfmon_xl.importing.topics import part_of

    return part_of(title) is part


def _sentence_title(text: str) -> tuple[str, str]:
    """“一是预算执行偏慢。截至……”：第一句短的作标题。"""
    body = _ORDINAL.sub("", text)
    match = re.match(r"^([^。：:；;]{2,40})[。：:；;]\s*(.*)$", body, re.S)
    if match:
        return match[1], match[2]
    return ("", body) if len(body) > 40 else (body, "")


def _problem(problem: _NumberedItem | None, measure: _NumberedItem | None) -> ProblemEntry:
    cells: dict[str, Origin] = {}
    for item, title, text in ((problem, "title", "text"), (measure, "measure_title", "measure")):
        if item is not None:
            cells[title] = item.place
            cells[text] = item.text_place or item.place
    words = compact(problem.title + "".join(problem.lines)) if problem else ""
    title_words = compact(problem.title) if problem else ""
    kind = (
        next((k for w in (title_words, words) for k, p in _KINDS if w and re.search(p, w)), "其他")
        if problem
        else ""
    )
    return ProblemEntry(
        kind=kind,
        title=problem.title if problem else "",
        text="\n".join(problem.lines) if problem else "",
        measure_title=measure.title if measure else "",
        measure="\n".join(measure.lines) if measure else "",
        place=RowPlace(REPORT, "", 0, cells, {}, {}, next(iter(cells.values()), None)),
    )
