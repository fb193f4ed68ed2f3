"""Automatic numbering and outline levels: Word keeps both outside the text, a reader sees them in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from perfmon_xl.ooxml.markup import child, number, value, w
from perfmon_xl.report.wording.chinese import ordinal

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _chinese(count: int) -> str:
    return ordinal(count) if 0 < count < 1000 else str(count)


def _roman(count: int) -> str:
    found = ""
    for size, letters in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while count >= size and len(found) < 40:
            found, count = found + letters, count - size
    return found


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": _chinese,
    "decimalEnclosedCircle": lambda n: _CIRCLED[n - 1] if 0 < n <= len(_CIRCLED) else str(n),
    "decimalEnclosedCircleChinese": lambda n: _CIRCLED[n - 1] if 0 < n <= len(_CIRCLED) else str(n),
    "decimalFullWidth": lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "decimalZero": lambda n: f"{n:02d}",
    "lowerLetter": lambda n: chr(96 + n) if 0 < n < 27 else str(n),
    "upperLetter": lambda n: chr(64 + n) if 0 < n < 27 else str(n),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


@dataclass(frozen=True, slots=True)
class _NumberedStyle:
    """一种段落样式：自己的编号和级别、大纲级别（正文 0）、名称。"""

    list: str
    level: str | None
    outline: int
    name: str


_NUM_PR = w("numPr")


@dataclass(slots=True)
class Numbering:
    """各编号走到第几；label 按文中先后调用。"""

    lists: Mapping[str, Mapping[int, _Level]]
    styles: Mapping[str, etree._Element]
    shared: Mapping[str, str]
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _known: dict[str, _NumberedStyle] = field(default_factory=dict)

    @classmethod
    def of(cls, numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
        known = {
            s.get(w("styleId")) or "": s for s in (styles.iterfind(w("style")) if styles is not None else ())
        }
        lists: dict[str, Mapping[int, _Level]] = {}
        shared: dict[str, str] = {}
        if numbering is not None:
            abstract = {a.get(w("abstractNumId")) or "": a for a in numbering.iterfind(w("abstractNum"))}
            for num in numbering.iterfind(w("num")):
                name, base = num.get(w("numId")) or "", value(num, "abstractNumId") or ""
                if base in abstract:
                    overrides = (o.find(w("lvl")) for o in num.iterfind(w("lvlOverride")))
                    overridden = [level for level in overrides if level is not None]
                    lists[name] = _levels([*abstract[base].iterfind(w("lvl")), *overridden])
                    # Numbers of one abstract list go on counting unless one starts anew.
                    shared[name] = name if num.find(w("lvlOverride")) is not None else f"abstract {base}"
        return cls(lists, known, shared)

    def label(self, properties: etree._Element | None) -> str:
        """这一段前面自动编的号；没有的是空。"""
        name, level = self._which(properties)
        levels = self.lists.get(name)
        if levels is None or level not in levels:
            return ""
        counts = self.counters.setdefault(self.shared[name], {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        if levels[level].form in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            level = levels.get(at)
            if level is None:
                return ""
            return _FORMATS.get(level.form, str)(counts.get(at, level.start))

        return re.sub(r"%([1-9])", shown, levels[level].text)

    def outline(self, properties: etree._Element | None) -> int:
        """样式给的大纲级别，1 起；正文是 0。"""
        own = value(properties, "outlineLvl")
        if own is not None:
            return number(own, 9) + 1 if number(own, 9) < 9 else 0
        return self._styled(properties).outline

    def style_name(self, properties: etree._Element | None) -> str:
        return self._styled(properties).name

    def _which(self, properties: etree._Element | None) -> tuple[str, int]:
        own = child(properties, _NUM_PR)
        style = self._styled(properties)
        if own is None:
            return style.list, number(style.level, 0)
        name, level = value(own, "numId"), value(own, "ilvl")
        return (style.list if name is None else name) or "", number(
            style.level if level is None else level, 0
        )

    def _styled(self, properties: etree._Element | None) -> _NumberedStyle:
        """一种样式的编号、大纲级别、名称；一份报告用几种样式，一种只看一遍。"""
        name = value(properties, "pStyle") or ""
        if name not in self._known:
            self._known[name] = self._style(properties)
        return self._known[name]

    def _style(self, properties: etree._Element | None) -> _NumberedStyle:
        chain = self._chain(properties)
        listed, level = None, None
        for style in chain:
            own = child(style.find(w("pPr")), _NUM_PR)
            if own is not None and listed is None:
                listed = value(own, "numId")
                level = value(own, "ilvl") if level is None else level
        name = (value(chain[0], "name") or "").lower() if chain else ""
        return _NumberedStyle(listed or "", level, self._outline_of(chain), name)

    def _outline_of(self, chain: list[etree._Element]) -> int:
        for style in chain:
            found = value(style.find(w("pPr")), "outlineLvl")
            if found is not None:
                return number(found, 9) + 1 if number(found, 9) < 9 else 0
            title = re.fullmatch(r"(?:heading|标题)\s*(\d)", (value(style, "name") or "").lower())
            if title:
                return int(title[1])
        return 0

    def _chain(self, properties: etree._Element | None) -> list[etree._Element]:
        elements: list[etree._Element] = []
        name = value(properties, "pStyle") or ""
        while name in self.styles and self.styles[name] not in elements and len(elements) < 20:
            elements.append(self.styles[name])
            name = value(self.styles[name], "basedOn") or ""
        return elements


def _levels(elements: list[etree._Element]) -> dict[int, _Level]:
    return {
        number(e.get(w("ilvl")), 0): _Level(
            number(value(e, "start"), 1), value(e, "numFmt") or "decimal", value(e, "lvlText") or ""
        )
        for e in elements
    }
