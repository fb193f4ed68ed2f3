"""The report as headings and the paragraphs under them, each with the place a person would name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfmon_xl.domain.origin import Heading, ParagraphPlace, ReportPlace
from perfmon_xl.domain.text_keys import indicator_key, title_text
from perfmon_xl.importing.document import Block, Para
from perfmon_xl.importing.topics import Part, is_aspect, is_whole_title, part_of_label, section_of

_MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"^([壹贰叁肆伍陆柒捌玖拾]{1,2})[、.．\s]\s*")),
    (1, re.compile(r"^(第[一二三四五六七八九十]+(?:部分|章)|[一二三四五六七八九十]+)[、.．\s]\s*")),
    (2, re.compile(r"^[（(]([一二三四五六七八九十]+)[）)]\s*[、.．]?\s*")),
    (3, re.compile(r"^([0-9０-９]{1,2})\s*[、.．]\s*(?![0-9０-９])")),
    (4, re.compile(r"^[（(]([0-9０-９]{1,2})[）)]\s*[、.．]?\s*")),
    (4, re.compile(r"^([0-9]{1,2})[）)]\s*")),
    (5, re.compile(r"^([①-⑳])\s*")),
)
# “4.1 运行监测站数”, and “4 指标分析” above it: a report numbered by decimals.
_DECIMAL = re.compile(r"^\d{1,2}((?:\.\d{1,2}){0,3})(?:\s+|(?<=\.\d)(?=[\u4e00-\u9fff]))(?=[\u4e00-\u9fff“])")
_FORMAL = re.compile(r"^[壹贰叁肆伍陆柒捌玖拾]{1,2}[、.．\s]")
_LONGEST_TITLE = 45
_NAMED = re.compile(r"^([^。：:；;，,—]{2,40})(?:[：:。]|[—－]{1,2})\s*(.+)$", re.S)


@dataclass(frozen=True, slots=True)
class Text:
    """一段正文：文字、在报告里的位置、上面各级标题、自己的编号（没有的空）、第几块。"""

    text: str
    place: ReportPlace
    headings: tuple[Heading, ...]
    part: Part
    mark: str
    index: int
    is_heading: bool = False

    @property
    def body(self) -> str:
        """去掉自己编号的文字。"""
        return self.text[len(self.mark) :].strip() if self.mark else self.text

    @property
    def heading(self) -> Heading | None:
        return self.headings[-1] if self.headings else None


_NO_FIGURE = re.compile(
    r"\d{4}年度?|(?:\d{1,2}月?[-—–－~～至])?\d{1,2}月份?|第?\d季度|^\d+[\d.]*|[图表]\s*\d+"
)


def has_figure(title: str) -> bool:
    """标题自己说了一个数；年度、月份、编号不算。

    >>> has_figure("已完成护栏更换12公里"), has_figure("2024年1-7月运行情况")
    (True, False)
    """
    return bool(re.search(r"\d", _NO_FIGURE.sub("", title)))


def texts_of(blocks: Sequence[Block], names: Sequence[str], skip: frozenset[int]) -> tuple[Text, ...]:
    """全部段落；names 是各表里的指标名称，标题与正文连成一段的靠它分开；skip 是表题。"""
    chain: list[Heading] = []
    count = 0
    texts: list[Text] = []
    keys = {indicator_key(n): n for n in names if n.strip()}
    deeper = any(isinstance(b, Para) and _FORMAL.match(b.text) for b in blocks)
    for index, block in enumerate(blocks):
        if not isinstance(block, Para) or block.contents or index in skip or not block.text:
            continue
        troubles = any(re.search(r"问题|措施|对策|建议", h.title) for h in chain)
        inside = section_of(h.title for h in chain) if troubles else None
        for piece, level, mark in _pieces(block, keys, inside):
            if level and deeper and not _FORMAL.match(piece):
                level += 1  # 壹、 above 一、
            if level:
                chain = [h for h in chain if h.level < level]
                chain.append(Heading(level, mark, piece[len(mark) :].strip().rstrip("：:")))
                count = 0
            else:
                count += 1
            headings = tuple(chain)
            texts.append(
                Text(
                    piece,
                    ParagraphPlace(headings=headings, number=count),
                    headings,
                    section_of(h.title for h in headings),
                    mark,
                    index,
                    bool(level),
                )
            )
    return tuple(texts)


_BULLET = re.compile(r"^[◆◇■●○▲△★☆※•·►▪➢➤❖]\s*")
_LABELLED = re.compile(r"^([^：:，,。；;]{2,10})[：:]\s*(.*)$", re.S)
_DEEP = 6  # below every number


def _pieces(block: Para, names: dict[str, str], inside: Part | None) -> Iterator[tuple[str, int, str]]:
    """一段拆成标题和正文：(文字, 级别, 编号)；正文级别 0。inside：在讲问题、措施的一章里的，是哪一节。"""
    level, mark = marked(block.text)
    bullet = None if level else _BULLET.match(block.text)
    bare = block.text[bullet.end() :] if bullet else block.text
    rest = block.text[len(mark) :]
    decimal = None if level else _DECIMAL.match(block.text)
    if decimal and _is_title(block.text[decimal.end() :]):
        yield block.text, block.outline or 1 + decimal[1].count("."), decimal[0]
        return
    if _is_title(rest) and (level or block.outline):
        yield block.text, level or block.outline, mark
        return
    if level:
        head, body = _split(rest, names)
        if head:
            yield mark + head, level, mark
            if body:
                yield body, 0, ""
            return
    elif _is_title(bare) and indicator_key(title_text(bare)) in names:
        yield bare, 5, ""
        return
    elif inside is not None and _is_label(bare, inside):
        yield bare.rstrip("：:"), _DEEP, ""
        return
    elif inside is not None and (label := _LABELLED.match(bare)) and _is_label(label[1], inside):
        yield label[1], _DEEP, ""
        if label[2]:
            yield label[2], 0, ""
        return
    elif not level and is_aspect(bare):
        yield bare, 5, ""
        return
    elif (named := _NAMED.match(bare)) and indicator_key(named[1]) in names:
        yield named[1], 5, ""
        yield named[2], 0, ""
        return
    yield block.text, 0, bullet[0] if bullet else mark


def _is_label(line: str, inside: Part) -> bool:
    """“问题一”“对策”：另起一个问题、一条措施；“建议：一是……”在建议一节里是正文。"""
    part = part_of_label(line)
    return part is not None and (
        part is not inside or bool(re.search(r"[一二三四五六七八九十\d]$", line.rstrip("：:")))
    )


def marked(text: str) -> tuple[int, str]:
    """开头的编号和它的级别；没有编号是 0。

    >>> marked("（二）资金"), marked("1.5万元"), marked("3、完成情况")
    ((2, '（二）'), (0, ''), (3, '3、'))
    """
    for level, pattern in _MARKS:
        match = pattern.match(text)
        if match:
            return level, match[0]
    return 0, ""


def _is_title(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_TITLE and not re.search(r"[。；;，,！？]$|。", text.rstrip("：:"))


def _split(text: str, names: dict[str, str]) -> tuple[str, str]:
    """“标题：正文”“标题正文”连成一段的：已知的标题或指标名称打头才拆。"""
    match = _NAMED.match(text)
    if match and (is_whole_title(match[1]) or indicator_key(match[1]) in names):
        return match[1], match[2]
    best = 0
    for end in range(2, min(len(text), 60) + 1):
        if indicator_key(text[:end]) in names and _balanced(text[:end]):
            best = end
    return (text[:best].strip(), text[best:].lstrip("：:。，, ")) if best else ("", "")


def _balanced(text: str) -> bool:
    return len(re.findall(r"[（(]", text)) == len(re.findall(r"[）)]", text))
