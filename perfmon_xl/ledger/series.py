"""Numbers in a row and the word for their course or their order: “逐季减少”, “逐年上升”, “最多的是……，其次……”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from perfmon_xl.ledger.changes import DOWN, UP
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject

_COURSE = re.compile(
    rf"(?:逐(?:月|季|年|批|期|次|周|日|步|级)|连续|持续|依次|一直)(?:在|呈|有所)*(?P<word>{UP}|{DOWN}|走高|走低|递增|递减)"
)
_UP, _DOWN = {*UP.split("|"), "走高", "递增"}, {*DOWN.split("|"), "走低", "递减"}
_BESIDE = re.compile(
    r"[、，,和及至](?:第?[一二三四\d\uf000-\uf7ff][^、，,。；\ue000-\ue7ff]{0,10}|[^、，,。；\ue000-\ue7ff]{0,6})"
)
_LARGEST = re.compile(
    r"(?:最多|最大|最高|居首|第一|占比最大|占比最高)(?:的)?(?:是|为|：|:)?(?P<name>[^，,。；、\ue000-\uf7ff]{1,14})$"
)
_LEAST_OF_A_ROW = 3


def courses(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“三个季度2850吨、3150吨、3450吨，逐季减少”：照数是一个比一个多。"""
    for found in _COURSE.finditer(sentence.skeleton):
        row = _row(sentence, found.start())
        if len(row) < _LEAST_OF_A_ROW:
            continue
        down = found["word"] in _DOWN
        rises = all(b.number > a.number for a, b in pairwise(row))
        falls = all(b.number < a.number for a, b in pairwise(row))
        right = falls if down else rises
        if right or (any(a.number == b.number for a, b in pairwise(row)) and not (rises or falls)):
            continue
        if not (rises or falls) and not any(
            (b.low > a.high) if down else (b.high < a.low) for a, b in pairwise(row)
        ):
            continue
        yield Breach(
            relation=Relation.DIRECTION,
            quote=sentence.shown(sentence.at[sentence.quantities.index(row[0])], found.end()),
            fact=f"{'、'.join(q.text for q in row)} 不是{found[0]}",
            values={"写的": found[0], "各数": "、".join(q.plainly for q in row)},
        )


def _row(sentence: Sentence, place: int) -> list[Quantity]:
    """place 前面最后列着的、单位相同的几个数。"""
    before = [n for n in range(len(sentence.quantities)) if sentence.at[n] < place]
    if not before or len(sentence.skeleton[sentence.at[before[-1]] + 1 : place]) > 10:
        return []
    row = [before[-1]]
    for n in reversed(before[:-1]):
        gap = sentence.skeleton[sentence.at[n] + 1 : sentence.at[row[0]]]
        one, last = sentence.quantities[n], sentence.quantities[row[0]]
        if one.kind != last.kind or one.about or last.about or not _BESIDE.fullmatch(gap):
            break
        row.insert(0, n)
    return [sentence.quantities[n] for n in row]


_MOST_OF_LIST = re.compile(
    r"(?P<name>[\u4e00-\u9fff“”]{2,14})(?P<word>最多|最大|最高|最少|最小|最低)|(?P<word2>最多|最大|最高|最少|最小|最低)的?(?:是|为)(?P<name2>[\u4e00-\u9fff“”]{2,14})"
)
_ITEM = re.compile(r"(?P<label>[\u4e00-\u9fff“”]{2,14})$")


def orders_of_size(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“网络投放54万元、媒体投放96万元，网络投放最多”：列出来的数里它不是最大的。“用于A的54万元最多，其次是B96万元”也是。"""
    items = _items(sentence)
    if len(items) < 2:
        return
    numbers = [q for _, q in items]
    for found in _MOST_OF_LIST.finditer(sentence.skeleton):
        word, name = found["word"] or found["word2"], found["name"] or found["name2"]
        own = [(label, q) for label, q in items if label.endswith(name) or name.endswith(label)]
        if len(own) != 1:
            continue
        large = word in ("最多", "最大", "最高")
        end = max(numbers, key=lambda q: q.number) if large else min(numbers, key=lambda q: q.number)
        if (own[0][1].high < end.low) if large else (own[0][1].low > end.high):
            yield _not_the_end(sentence, own[0][0], own[0][1], word, end)
            return
    yield from _first_then(sentence)


def _items(sentence: Sentence) -> list[tuple[str, Quantity]]:
    found: list[tuple[str, Quantity]] = []
    for n, one in enumerate(sentence.quantities):
        label = _ITEM.search(sentence.before(n).lstrip("、和及；：:"))
        if label is None or one.about or one.per or one.comparator:
            continue
        if not found or one.kind == found[0][1].kind:
            found.append((re.sub("^(?:其中|用于|主要用于)", "", label["label"]), one))
    return found


_FIRST = re.compile(
    r"(?P<word>最多|最大|最高|最少|最小|最低)[^。；\ue000-\uf7ff]{0,20}(?P<a>[\ue000-\ue7ff])[^。；\ue000-\uf7ff]{0,8}[，,、；](?:其次|次之)[^。；\ue000-\uf7ff]{0,20}(?P<b>[\ue000-\ue7ff])"
    r"|(?P<c>[\ue000-\ue7ff])[^。；，,\ue000-\uf7ff]{0,6}[，,]?[^。；，,\ue000-\uf7ff]{0,4}(?P<word2>最多|最大|最高|居首)[，,、；](?:其次[^。；\ue000-\uf7ff]{0,20}(?P<d>[\ue000-\ue7ff])|[^。；\ue000-\uf7ff]{0,20}(?P<e>[\ue000-\ue7ff])[^。；，,\ue000-\uf7ff]{0,6}次之)"
)


def _first_then(sentence: Sentence) -> Iterator[Breach]:
    for found in _FIRST.finditer(sentence.skeleton):
        one = sentence.quantity(found["a"] or found["c"])
        other = sentence.quantity(found["b"] or found["d"] or found["e"])
        word = found["word"] or found["word2"]
        if one.kind != other.kind or one.about or other.about:
            continue
        large = word in ("最多", "最大", "最高", "居首")
        if (one.high < other.low) if large else (one.low > other.high):
            yield _not_the_end(sentence, "", one, word, other)
            return


def _not_the_end(sentence: Sentence, name: str, own: Quantity, word: str, end: Quantity) -> Breach:
    places = sorted(sentence.at[sentence.quantities.index(q)] for q in (own, end))
    return Breach(
        relation=Relation.DIRECTION,
        quote=sentence.shown(places[0], places[1] + 1),
        fact=f"{name}{own.text} 不是{word}的，{end.text} {'更大' if word in ('最多', '最大', '最高', '居首') else '更小'}",
        values={"写的": word, "这个": own.plainly, "那个": end.plainly},
    )


__all__ = ["courses", "orders_of_size"]
