"""What a row of a form says of its own columns: so much more than last year, than the quarter before, the quarters summed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, plain
from perfmon_xl.domain.misfit import Misfit
from perfmon_xl.domain.origin import ReportPlace
from perfmon_xl.domain.target import read_target
from perfmon_xl.domain.text_keys import label_text

_COMPARED_HEAD = re.compile(
    r"^(?P<a>.{2,20}?)(?:较|比|与)(?P<b>.{2,20}?)(?:相比)?(?:增减|变化|变动|增长|差异|增加|减少)?(?:情况|数|量|额|值)?$"
)
_SAME_TIME = re.compile(r"^(?:与?上年)?同比(?:变化|变动|增减|增长|增幅|升降)?(?:情况|幅度|率|值|数|量|额)?$")
_EARLIER = r"上年度?|去年|上一?年度?|(?:19|20)\d{2}年"
_NOTE = re.compile(
    rf"[比较](?P<when>{_EARLIER})(?:实际|预计|同期|末|底|完成)*(?:数|值|水平)?[^，,。；;\d]{{0,6}}?"
    r"(?P<way>增加|减少|提高|下降|降低|增长|上升|多|少|缩短|延长|持平|一致)(?:了|约)?(?P<number>\d[\d,]*(?:\.\d+)?)?\s*(?P<unit>个?百分点|%|‰|万|亿)?"
)
_CHANGE = re.compile(
    r"^(?P<way>增加|减少|提高|下降|降低|增长|上升|多|少|\+|＋|-|－|—)?(?:了)?(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d]*)$"
)
_DOWN = ("减少", "下降", "降低", "少", "缩短", "-", "－", "—")
_LEVEL = ("持平", "一致")
_QUARTER = re.compile(
    r"^(?:第?[一二三四1-4]季度|[上下]半年|第?[一二三四1-4]季)(?:完成|实际)?(?:数|值|情况)?$"
)


def row_changes(
    heads: Mapping[int, str], cells: Sequence[str], own: Mapping[str, int], name: str, where: ReportPlace
) -> Iterator[Misfit]:
    """heads 是各列的表头，own 是 target、actual 在第几列。一行里说增加、减少、持平的，与它自己的两栏对。"""
    keys = {c: label_text(t) for c, t in heads.items()}
    numbers = {c: n for c in keys if c < len(cells) and (n := _number(cells[c])) is not None}
    for column, head in keys.items():
        text = label_text(cells[column]) if column < len(cells) else ""
        if not text or text in ("/", "-", "—"):
            continue
        compared = _COMPARED_HEAD.match(head)
        if compared is not None:
            now, then = (_column(compared[g], keys, column) for g in ("a", "b"))
            if now in numbers and then in numbers:
                yield from _change(heads[column], text, numbers[now], numbers[then], name, where)
            continue
        if _SAME_TIME.match(head):  # the column before it is the same months of last year
            now, then = own.get("actual", -1), _earlier("上年", keys)
            if now in numbers and then in numbers and now != then:
                yield from _change(heads[column], text, numbers[now], numbers[then], name, where)
            continue
        for match in _NOTE.finditer(text):
            then = _earlier(match["when"], keys)
            now = own.get("actual", -1)
            now = own.get("target", -1) if now in (-1, then) else now
            if then in numbers and now in numbers and then != now:
                yield from _told(heads[column], match, numbers[now], numbers[then], name, where)
    yield from _quarters(keys, cells, own, name, where)


def _number(text: str) -> Decimal | None:
    value = read_target(label_text(text))
    return value.number if value.is_number else None


def _column(said: str, keys: Mapping[int, str], but: int) -> int:
    """表头说的那一栏；说不准的是 -1。"""
    said = label_text(said)
    found = [c for c, key in keys.items() if c != but and (key == said or key.startswith(said))]
    return found[0] if len(found) == 1 else -1


def _earlier(when: str, keys: Mapping[int, str]) -> int:
    year = re.match(r"\d{4}年", when)
    pattern = year[0] if year else r"上年|去年|上一年"
    found = [c for c, key in keys.items() if re.search(pattern, key) and not _COMPARED_HEAD.match(key)]
    return found[0] if len(found) == 1 else -1


def _change(
    head: str, text: str, now: Decimal, then: Decimal, name: str, where: ReportPlace
) -> Iterator[Misfit]:
    gap = now - then
    if text in _LEVEL:
        right = gap == 0
    else:
        match = _CHANGE.match(text)
        if match is None:
            return
        said = Decimal(match["number"].replace(",", ""))
        signed = -said if (match["way"] or "") in _DOWN else said
        if match["unit"].startswith(("%", "％")) and then:
            rate = gap / then * 100
            places = -int(said.as_tuple().exponent)
            right = half_up(rate, places) == signed or signed == gap
        else:
            right = signed == gap
    if not right:
        yield _misfit(where, head, f"“{name}”的“{head}”印的是“{text}”", now, then, gap, text)


def _told(
    head: str, match: re.Match[str], now: Decimal, then: Decimal, name: str, where: ReportPlace
) -> Iterator[Misfit]:
    gap = now - then
    if match["way"] in _LEVEL or match["number"] is None:
        down = match["way"] in _DOWN
        right = gap == 0 if match["way"] in _LEVEL else (gap < 0 if down else gap > 0)
    else:
        said = Decimal(match["number"].replace(",", ""))
        scale = {"万": 10_000, "亿": 100_000_000}.get(match["unit"] or "", 1)
        signed = (-said if match["way"] in _DOWN else said) * scale
        if match["unit"] in ("%", "‰") and then:
            times = 100 if match["unit"] == "%" else 1000
            right = half_up(gap / then * times, -int(said.as_tuple().exponent)) == signed or signed == gap
        else:
            right = signed in (gap, gap * scale)
    if not right:
        yield _misfit(where, head, f"“{name}”的{head}写“{match[0]}”", now, then, gap, match[0])


def _misfit(
    where: ReportPlace, head: str, said: str, now: Decimal, then: Decimal, gap: Decimal, text: str
) -> Misfit:
    way = "持平" if not gap else f"{'增加' if gap > 0 else '减少'} {plain(abs(gap))}"
    if gap and then and re.search("[%％](?!点)", text):
        way += f"（{plain(half_up(abs(gap) / then * 100, 2))}%）"
    return Misfit(
        where, head, f"{said}，照同一行的两栏 {plain(now)} 与 {plain(then)} 是{way}，对不上。",
        "核对两栏的数和这一栏的话，改对错的一处。", {"写的": text, "算出": way},
    )  # fmt: skip


def _quarters(
    keys: Mapping[int, str], cells: Sequence[str], own: Mapping[str, int], name: str, where: ReportPlace
) -> Iterator[Misfit]:
    """几个季度各是多少，累计应是它们的和；是比率的、本来就是累计数的不比。"""
    columns = [c for c, key in sorted(keys.items()) if _QUARTER.match(key) and c < len(cells)]
    at = own.get("actual", -1)
    if len(columns) < 2 or not 0 <= at < len(cells):
        return
    whole = read_target(label_text(cells[at]))
    parts = [read_target(label_text(cells[c])) for c in columns]
    if not whole.is_number or whole.unit in ("%", "‰") or any(not p.is_number for p in parts):
        return
    if any(p.unit not in ("", whole.unit) for p in parts) or whole.number is None:
        return
    numbers = [p.number for p in parts if p.number is not None]
    summed = sum(numbers, Decimal(0))
    if whole.number in (summed, numbers[-1], max(numbers)) or "/" in whole.unit:
        return
    terms = "+".join(plain(n) for n in numbers)
    yield Misfit(
        where, "累计完成值",
        f"“{name}”各季度 {terms}={plain(summed)}{whole.unit}，累计印的是 {plain(whole.number)}{whole.unit}，对不上。",
        "核对各季度的数和累计数，改对错的一处。", {"各季度之和": plain(summed), "累计": plain(whole.number)},
    )  # fmt: skip
