"""One row of an indicator table as a record: levels filled down, sign, value and unit joined, ticks read."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field

from perfmon_xl.domain.category import Level1, category, level1
from perfmon_xl.domain.explaining import CAUSES, causes, likelihood
from perfmon_xl.domain.target import SIGNS, Kind, normalise, read_target
from perfmon_xl.domain.text_keys import compact, label_key, label_text, without_spaces
from perfmon_xl.importing.header import Header
from perfmon_xl.importing.vocabulary import is_total

TICKS = frozenset("√✓✔☑☒■●◉是1VvＶｖYy√")
_NOT_TICKS = frozenset(("", "□", "☐", "○", "否", "0", "×", "N", "n", "-", "—", "/", "无", "不适用"))
_MARKED = r"[☑☒■√✓✔●◉▣]|\([√✓✔VvXx]\)"
_EMPTY = r"[□☐○◯▢]|\(\)"
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")
_FILLER = re.compile(r"^[.…·。、\-—/]*$")
_POINTS = re.compile(r"[（(]\s*(\d+(?:\.\d+)?)\s*分\s*[)）]")
_NO_SIGN = ("定性", "定量", "文字描述", "其他", "无", "/", "-", "—", "文字型")
_WORD_UNITS = re.compile(r"是/否|有/无|/$|^[-—/]$|^无$|^定性|文字")
VALUES = ("target", "stage", "actual", "forecast", "tracked_target", "previous")
_WITH_SIGN = ("target", "tracked_target")


@dataclass(slots=True)
class RowTexts:
    """一行读出来的文字，和要说的话（为什么、哪几个字）。"""

    texts: dict[str, str] = field(default_factory=dict)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    points: dict[str, str] = field(default_factory=dict)  # level name → points printed in it


def row_texts(
    header: Header,
    cells: Sequence[str],
    above: MutableMapping[str, str],
    symbols: Mapping[str, str] | None = None,
) -> RowTexts:
    """cells 是一行各列的文字；above 记着上面的一级、二级，往下填。"""
    found = RowTexts()
    texts = {
        name: cells[at] if at < len(cells) else ""
        for name, at in header.columns.items()
        if not name.startswith("fund:")
    }
    for name in ("level1", "level2"):
        if name in texts:
            texts[name] = _level(texts[name], found)
    _split_path(header, texts)
    fill_down(header, above, texts)
    sign, unit = texts.pop("symbol", ""), texts.pop("unit", "")
    join_value(texts, sign, unit, found, symbols or {})
    _choices(texts, found)
    _ticks(header, cells, texts, found)
    _own_words(texts)
    found.texts = texts
    return found


def is_filler(texts: Sequence[str]) -> bool:
    """“……”一行：印着占位的，不是指标。"""
    return all(_FILLER.match(t) for t in texts if t)


def is_total_row(texts: Sequence[str]) -> bool:
    """合计、总分一行：第一格有字的是合计。"""
    first = next((t for t in texts if t), "")
    return is_total(first)


_SERIAL = re.compile(
    r"^(?:\d+(?:[.\-]\d+)*|[一二三四五六七八九十]+|[A-Za-zIVX]{1,4}|任务[一二三四五六七八九十]+)[、.．)）]?$"
)


def is_serial(text: str) -> bool:
    """序号一栏里的序号：1、1.2、（一）。

    >>> is_serial("（三）"), is_serial("12"), is_serial("见附件")
    (True, True, False)
    """
    return bool(_SERIAL.match(label_text(text).strip("()")))


_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|[A-Z\d]+[.、．])"
)


def level_name(text: str) -> str:
    """“一、产出指标（50分）”“（一）数量指标”是哪一级的名称；不是级别的是空。

    >>> level_name("（一） 数量指标"), level_name("一、修路里程")
    ('数量指标', '')
    """
    flat = without_spaces(_POINTS.sub("", text))
    for name in (flat, _NUMBERED.sub("", flat)):
        if level1(name) is not None or category(name) is not None:
            return name
    return ""


def _level(text: str, found: RowTexts) -> str:
    """“一、产出指标（50分）”：编号、分值不是名称的一部分。"""
    points = _POINTS.search(text)
    flat = level_name(text)
    if not flat:
        return re.sub(r"\s*\n\s*", "", text)
    if points:
        found.points[flat] = points[1]
    return flat


_PATH = re.compile(r"^([^-—－–/／>→\\:：、]{2,12})[-—－–/／>→\\:：]+([^-—－–/／>→\\]{2,16})$")


def _split_path(header: Header, texts: dict[str, str]) -> None:
    """“产出指标-数量指标”“产出／数量”写在一格的，分成一级、二级。"""
    for name in ("level1", "level2"):
        match = _PATH.match(label_text(texts.get(name, "")))
        if match and level1(match[1]) is not None and category(match[2]) is not None:
            other = "level2" if name == "level1" else "level1"
            if other in header.columns and texts.get(other):
                continue
            texts["level1"], texts["level2"] = match[1], match[2]


def fill_down(header: Header, above: MutableMapping[str, str], texts: dict[str, str]) -> None:
    """一级、二级空着的照上一行；二级指标写进一级那一栏的，挪到二级。"""
    if "level1" not in header.columns and "level2" not in header.columns:
        return
    upper, lower = texts.get("level1", ""), texts.get("level2", "")
    if upper == lower and level1(upper) is not None and category(upper) is None:
        lower = ""  # one cell over both columns
    if upper and not lower and level1(upper) is None and category(upper) is not None:
        upper, lower = "", upper
    if not upper and not of_another(lower, above.get("level1", "")):
        upper = above.get("level1", "")
        lower = lower or above.get("level2", "")
    elif not lower and upper == above.get("level1"):
        lower = above.get("level2", "")
    if not upper and lower and (own := category(lower)) is not None:
        upper = own.level1.value if "level1" in header.columns else ""
    texts["level1"], texts["level2"] = upper, lower
    above.update(level1=upper, level2=lower)


def of_another(lower: str, upper: str) -> bool:
    """二级“社会效益”不会在“产出指标”下面：一级没有写，换了一级。成本指标放在产出指标下面的也有。"""
    own, over = category(lower) if lower else None, level1(upper) if upper else None
    return (
        own is not None
        and over is not None
        and own.level1 is not over
        and not ("成本" in lower and over is Level1.OUTPUT)
    )


def join_value(
    texts: dict[str, str], sign: str, unit: str, found: RowTexts, symbols: Mapping[str, str]
) -> None:
    """比较符、数、单位各占一栏的，合成一个值；单位栏是“是/否”的，不接在文字后面。"""
    sign = symbols.get(sign.strip(), sign.strip())
    plain_sign = normalise(sign)
    if sign and plain_sign not in tuple(SIGNS) and label_key(sign) not in _NO_SIGN:
        found.remarks.append((sign, "不是认得的比较符"))
        plain_sign = ""
    if plain_sign not in tuple(SIGNS):
        plain_sign = ""
    unit = "" if _WORD_UNITS.search(unit) else unit.strip()
    for name in VALUES:
        text = texts.get(name, "").strip()
        if not text:
            continue
        target = read_target(re.sub(r"\s*\n\s*", "", text))
        number = target.kind in (Kind.NUMBER, Kind.RANGE)
        if (
            number
            and unit
            and not target.unit
            and re.fullmatch(r"[^\u4e00-\u9fff%‰A-Za-z]*\d[\d.,，\-~～—]*", compact(text))
        ):
            text += unit
        if name in _WITH_SIGN and plain_sign and number:
            if not target.comparator.value and not target.approximation and target.kind is Kind.NUMBER:
                text = plain_sign + text
            elif target.comparator.value and target.comparator.value != plain_sign:
                found.remarks.append(
                    (f"{sign} | {text}", f"符号栏是“{sign}”，目标值里写的却是“{text}”，两处不一致")
                )
        texts[name] = text


def ticked(text: str) -> tuple[str, ...] | None:
    """一格里印着几个选项、勾了哪几个；不是这样的格返回 None。

    >>> ticked("□确定能 ☑有可能 □完全不可能"), ticked("确定能（ ）有可能（√）"), ticked("有可能")
    (('有可能',), ('有可能',), None)
    """
    flat = label_text(text).translate(_BRACKETS)
    if not re.search(_EMPTY, flat) and len(re.findall(_MARKED, flat)) != 1:
        return None
    if not re.search(rf"{_MARKED}|{_EMPTY}", flat) or not re.search(r"[\u4e00-\u9fff]", flat):
        return None
    before = bool(re.match(rf"(?:{_MARKED}|{_EMPTY})", flat))
    words = r"[\u4e00-\u9fff]{1,8}"
    if before:
        return tuple(m[1] for m in re.finditer(rf"(?:{_MARKED})({words})", flat))
    return tuple(m[1] for m in re.finditer(rf"({words})(?:{_MARKED})", flat))


def _choices(texts: dict[str, str], found: RowTexts) -> None:
    for name in ("likelihood", "cause", "changed", "tracked", "change"):
        text = texts.get(name, "")
        chosen = ticked(text) if text else None
        if chosen is None:
            continue
        if len(chosen) > 1 and name != "cause":
            found.remarks.append((text, f"同时勾了{'、'.join(chosen)}，不一致，没有读入"))
            texts[name] = ""
        else:
            texts[name] = "、".join(chosen)
            if not chosen and name == "likelihood":
                found.remarks.append((text, "一个也没有勾"))


def _ticks(header: Header, cells: Sequence[str], texts: dict[str, str], found: RowTexts) -> None:
    marked: dict[str, list[str]] = {}
    for column, what in header.ticks.items():
        text = label_text(cells[column]) if column < len(cells) else ""
        kind, _, word = what.partition(":")
        if text in TICKS or (text and set(text) <= TICKS):
            marked.setdefault(kind, []).append(word)
        elif text not in _NOT_TICKS:
            if kind == "cause":
                marked.setdefault(kind, []).append(word)
                texts["reason"] = "；".join(t for t in (texts.get("reason", ""), cells[column].strip()) if t)
            else:
                found.remarks.append((cells[column], f"“{word}”一栏不知道选了没有"))
    if len(marked.get("likelihood", ())) > 1:
        words = "、".join(marked["likelihood"])
        found.remarks.append((words, f"完成目标可能性同时打了两个√：{words}，不一致，没有读入"))
        texts["likelihood"] = ""
    elif marked.get("likelihood"):
        texts["likelihood"] = marked["likelihood"][0]
    if marked.get("cause"):
        texts["cause"] = "、".join(dict.fromkeys([*filter(None, [texts.get("cause", "")]), *marked["cause"]]))


def _own_words(texts: dict[str, str]) -> None:
    """“偏差原因”一栏写的是一句话的，是原因说明；五类原因之一的才是偏差原因。"""
    word = texts.get("likelihood", "").strip()
    if word and likelihood(word):
        texts["likelihood"] = likelihood(word)
    cause = texts.get("cause", "").strip()
    if not cause or _FILLER.match(cause):
        if cause:
            texts["cause"] = ""
        return
    known, unknown = causes(cause)
    if (
        unknown
        and not known
        and not texts.get("reason", "").strip()
        and len(cause) > 3
        and not re.search("(?:保障|因素|灾害|变化)$", cause)
    ):
        texts["reason"] = cause
        texts["cause"] = ""


__all__ = ["CAUSES", "RowTexts", "is_filler", "is_total_row", "row_texts", "ticked"]
