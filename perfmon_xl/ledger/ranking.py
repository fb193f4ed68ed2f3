"""The order of size that words tell: “54万元最多，96万元次之”, “2850、3150、3450吨，逐季减少”, “网络54万元、媒体96万元，网络最多”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import NOT_SIGN, Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_STEPWISE = re.compile(
    r"逐(?:季|年|月|次|期|批|周|日|个|项)(?:递)?(?:在)?(?P<word>减少|下降|降低|回落|减|降|增加|增长|上升|提高|攀升|增|升)|(?P<also>递增|递减)"
)
_DOWN = ("减少", "下降", "降低", "回落", "减", "降", "递减")
_FEWEST = 3
_MOST = "最多|最高|最大|居首|最长"
_LEAST = "最少|最低|最小|最短"
_FIRST = re.compile(rf"(?P<q>{Q}){NOT_SIGN}{{0,4}}?(?P<word>{_MOST}|{_LEAST})(?P<after>[，,；、])")
_ENDS = re.compile(r"[。；;]|比|较|上年|去年|同期|目标|计划|合计|共计|累计")


def trends(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """列着三个以上的数，说逐季、逐年怎样：从头到尾是反着来的，或者不是一直那样的。"""
    for match in _STEPWISE.finditer(sentence.skeleton):
        run = _listed_before(sentence, match.start())
        if len(run) < _FEWEST or any(q.about or q.comparator for q in run):
            continue
        word = match["word"] or match["also"]
        steps = [b.number - a.number for a, b in pairwise(run)]
        down = word in _DOWN
        if all(step < 0 if down else step > 0 for step in steps):
            continue
        turned = all(step > 0 if down else step < 0 for step in steps)
        shown = "、".join(q.text for q in run)
        yield Breach(
            relation=Relation.DIRECTION,
            quote=match[0],
            fact=f"{shown}{'一个比一个' + ('多' if down else '少') if turned else '不是一直' + ('减少' if down else '增加')}，不是“{match[0]}”",
            values={"各数": shown, "写的": match[0]},
        )


def _listed_before(sentence: Sentence, place: int) -> list[Quantity]:
    """place 前面连着列的、能比的数；不同时期的、目标的不算。"""
    run: list[Quantity] = []
    for n in range(len(sentence.quantities) - 1, -1, -1):
        if sentence.at[n] >= place:
            continue
        gap = sentence.skeleton[sentence.at[n] + 1 : sentence.at[n + 1] if run else place]
        quantity = sentence.quantities[n]
        if len(re.sub(r"[\uf000-\uf7ff]", "", gap)) > (10 if run else 12) or (
            run and quantity.kind != run[0].kind
        ):
            break
        if re.search("合计|共|累计|其中|目标|计划|平均", gap if run else "") or quantity.unit in (
            "",
            "个百分点",
        ):
            break
        run.insert(0, quantity)
    return run


def firsts(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“活动54万元最多，媒体96万元次之”：说最多的，同一串里后面不会有比它多的；次之的不会比它多。"""
    for match in _FIRST.finditer(sentence.skeleton):
        n = ord(match["q"]) - 0xE000
        first = sentence.quantities[n]
        most = re.fullmatch(_MOST, match["word"]) is not None
        if first.about or first.comparator or sentence.roles[n] not in (Role.ACTUAL, Role.PART):
            continue
        rest = re.split(_ENDS, sentence.skeleton[match.end("word") :])[0]
        others = [
            q
            for q in map(sentence.quantity, re.findall(Q, rest))
            if q.kind == first.kind and not q.about and not q.comparator
        ]
        beyond = [q for q in others if (q.low > first.high if most else q.high < first.low)]
        if not beyond:
            continue
        top = (max if most else min)(others, key=lambda q: q.number)
        yield Breach(
            relation=Relation.DIRECTION,
            quote=sentence.shown(sentence.at[n] - len(sentence.before(n)), match.end("word")),
            fact=f"{top.text} 比 {first.text} {'多' if most else '少'}，“{match['word']}”的不是 {first.text}",
            values={"写的": first.plainly, "应是": top.plainly},
        )


_MOST_OF_LIST = re.compile(
    r"(?P<name>[\u4e00-\u9fff“”]{2,14})(?P<word>最多|最大|最高|最少|最小|最低)|(?P<word2>最多|最大|最高|最少|最小|最低)的?(?:是|为)(?P<name2>[\u4e00-\u9fff“”]{2,14})"
)
_ITEM = re.compile(r"(?P<label>[\u4e00-\u9fff“”]{2,14})$")


def named_firsts(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“网络投放54万元、媒体投放96万元，网络投放最多”：列出来的数里它不是最大的。“用于A的54万元最多，其次是B96万元”也是。"""
    items = _items(sentence)
    if len(items) < 2:
        return
    if len(items) > 2 and items[0][1].number == sum(q.number for _, q in items[1:]):
        items = items[1:]  # “在建50个，房建28个、市政14个、水利8个”: the first is all of them
    numbers = [q for _, q in items]
    yield from _named_then(sentence, items)
    for match in _MOST_OF_LIST.finditer(sentence.skeleton):
        word, name = match["word"] or match["word2"], match["name"] or match["name2"]
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
    items: list[tuple[str, Quantity]] = []
    for n, quantity in enumerate(sentence.quantities):
        label = _ITEM.search(sentence.before(n).lstrip("、和及；：:"))
        if label is None or quantity.about or quantity.per or quantity.comparator:
            continue
        if not items or quantity.kind == items[0][1].kind:
            items.append((re.sub("^(?:其中|用于|主要用于)", "", label["label"]), quantity))
    return items


_NEXT = re.compile(
    r"(?P<name>[\u4e00-\u9fff“”]{2,14}?)(?:次之|其次|居次|第二)|(?:次之|其次)(?:的)?(?:是|为)(?P<name2>[\u4e00-\u9fff“”]{2,14})"
)


def _named_then(sentence: Sentence, items: list[tuple[str, Quantity]]) -> Iterator[Breach]:
    """“水利其次”：从大到小它应当是第二。"""
    if len(items) < _FEWEST:
        return
    order = sorted((q for _, q in items), key=lambda q: q.number, reverse=True)
    for match in _NEXT.finditer(sentence.skeleton):
        name = match["name"] or match["name2"]
        own = [q for label, q in items if label.endswith(name) or name.endswith(label)]
        if len(own) == 1 and own[0].number not in (order[1].number, order[-2].number):
            yield _not_the_end(sentence, name, own[0], "其次", order[1])
            return


_EXTREME = re.compile(
    rf"(?<![分评绩合])(?P<word>{_MOST}|{_LEAST})(?:报价|价|得分|分|值)?(?:的|为|是)(?P<q>{Q})"
)


def extremes_of_a_list(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“报价82万元、79.6万元、85万元，最低的79.6万元中标”：说最低的，就是列着的最低的。"""
    for match in _EXTREME.finditer(sentence.skeleton):
        n, own = ord(match["q"]) - 0xE000, sentence.quantity(match["q"])
        run = [q for q in sentence.quantities[:n] if q.kind == own.kind and not q.about]
        if len(run) < _FEWEST or run.count(own) or not any(q.number == own.number for q in run):
            continue
        large = re.fullmatch(_MOST, match["word"]) is not None
        end = (max if large else min)(run, key=lambda q: q.number)
        if end.number != own.number:
            yield _not_the_end(sentence, "", own, match["word"], end)
            return


_SPREAD = re.compile(
    rf"最(?:高|大|多|长)(?:的)?[^，,。；\ue000-\uf7ff]{{0,6}}(?:比|与|和)最(?:低|小|少|短)(?:的)?[^，,。；\ue000-\uf7ff]{{0,6}}(?:高|多|大|长|相差|差)(?:出|了)?(?P<d>{Q})"
)


def spread_of_a_list(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“分别为92.4分、88.6分、90.2分，最高的比最低的高3.8分”。"""
    for match in _SPREAD.finditer(sentence.skeleton):
        n, told = ord(match["d"]) - 0xE000, sentence.quantity(match["d"])
        unit = "%" if "百分点" in told.unit else told.unit
        run = [q for q in sentence.quantities[:n] if q.unit == unit and not q.about]
        if len(run) < _FEWEST or told.about:
            continue
        right = max(q.number for q in run) - min(q.number for q in run)
        if abs(right - told.number) * 100 <= right:
            continue
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(match.start(), match.end()),
            fact=f"最大的与最小的相差 {in_unit_of(right, told)}，写的是 {told.text}",
            values={"写的": told.plainly, "算出": in_unit_of(right, told)},
        )


_FIRST_THEN = re.compile(
    r"(?P<word>最多|最大|最高|最少|最小|最低)[^。；\ue000-\uf7ff]{0,20}(?P<a>[\ue000-\ue7ff])[^。；\ue000-\uf7ff]{0,8}[，,、；](?:其次|次之)[^。；\ue000-\uf7ff]{0,20}(?P<b>[\ue000-\ue7ff])"
)


def _first_then(sentence: Sentence) -> Iterator[Breach]:
    for match in _FIRST_THEN.finditer(sentence.skeleton):
        quantity = sentence.quantity(match["a"])
        other = sentence.quantity(match["b"])
        word = match["word"]
        if quantity.kind != other.kind or quantity.about or other.about:
            continue
        large = word in ("最多", "最大", "最高", "居首")
        if (quantity.high < other.low) if large else (quantity.low > other.high):
            yield _not_the_end(sentence, "", quantity, word, other)
            return


def _not_the_end(sentence: Sentence, name: str, own: Quantity, word: str, end: Quantity) -> Breach:
    places = sorted(sentence.at[sentence.quantities.index(q)] for q in (own, end))
    return Breach(
        relation=Relation.DIRECTION,
        quote=sentence.shown(places[0], places[1] + 1),
        fact=f"{name}{own.text} 不是{word}的，{end.text} {'更大' if word in ('最多', '最大', '最高', '居首') else '更小'}",
        values={"写的": word, "这个": own.plainly, "那个": end.plainly},
    )
