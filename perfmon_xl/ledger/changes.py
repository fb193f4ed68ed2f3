"""Earlier, change, now: whichever two are told, the third follows; and the word must go the way the numbers go.

“由24000册增至26400册，增长10%”“年初预算150万元，调增6万元，调整后156万元”“上年720件，今年930件，上升29.17%”
“年初在矫240人，新接收85人，解除77人，期末248人”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of, rough

UP = "扩容|扩建|增产|增收|上升|提高|提升|增长|增加|扩大|上涨|上调|回升|攀升|追加|调增|核增|增|升|涨|延长|超支|涨价"
DOWN = "减产|减排|下降|降低|减少|缩短|压减|压缩|下滑|下跌|下调|回落|滑落|核减|调减|削减|减|降|跌|节约|节省|节水|节电|降价|压降|缩减"
_UP, _DOWN = set(UP.split("|")), set(DOWN.split("|"))
_TO = rf"(?P<word>{UP}|{DOWN}|提|调整|变更|变|改|发展|达)(?:了)?(?:到|至|为|成)"
_FROM_TO = re.compile(
    rf"(?:由|从)(?P<of>[^，,。\ue000-\ue7ff]{{0,14}})(?P<a>{Q})[^\ue000-\ue7ff。，,]{{0,8}}?{_TO}(?:了|约|本年|今年|(?:19|20)\d\d年|的|现在)*[^\ue000-\ue7ff，,。]{{0,4}}?(?P<b>{Q})"
)
_BEFORE = re.compile(
    r"(?:上年|去年|年初|期初|原(?!则|因|料)|原有|原来|原价|此前|以前|上期|同期|(?:改造|建设|治理|实施|调整|活动|整改|投用)前|(?:19|20)?\d{2}年)[^，,。；]{0,12}$"
)
_AFTER = re.compile(
    r"(?:调整后|变更后|(?:改造|建设|治理|实施|整改|活动|投用)后|现(?!场|金|行)|目前|期末|年末|今年|本年|本期|本季|增至|减至|降至|升至|增加到|减少到|达到|余额)[^，,。；]{0,10}$"
)
_CHANGE = re.compile(
    rf"(?P<word>{UP}|{DOWN}|(?:增|升|涨)幅|(?:减|降|跌)幅|新增|净增|净减|(?:节水|节约|节能|节电|节支|增长|下降|降低)率)(?:了|的|率|幅度?|幅|资金|预算|县级|市级|省级|中央|财政)*(?:为|是|达到?|约|近|共|：|:)*$"
)
_OTHER_BASE = re.compile("目标|任务|计划|环比|年均|累计|其中|比|较")
_OWN_BASE = re.compile(
    r"同比|(?:比|较)(?:年初|期初|上年|去年|原来|原先|调整前|改造前|此前|变更前)(?:同期)?(?:的)?"
)
_EACH_YEAR = re.compile("^(?:上年|去年|今年|本年|同期|上期|本期)")
_SHARES = {"%": 100, "‰": 1000}
_POINTS = ("个百分点", "百分点")


@dataclass(frozen=True, slots=True)
class _FromTo:
    """一个以前的数、一个现在的数，在第几个；last 以后的才是它们的增减。"""

    earlier: int
    now: int

    @property
    def last(self) -> int:
        return max(self.earlier, self.now)


def changes(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """一个以前的数、一个现在的数；增减的词要与两个数同向，增减的数、百分数要算得出。"""
    wrong = next(_wrong_ways(sentence), None)
    if wrong is not None:
        yield wrong
        return
    pair = _from_to(sentence)
    pair = pair or _told_apart(sentence)
    if pair is None:
        return
    earlier, now = _alike(sentence.quantities[pair.earlier], sentence.quantities[pair.now])
    if earlier is None or not earlier.number:
        return
    if _step_by_step(sentence, pair, earlier, now):
        return
    for n, change in enumerate(sentence.quantities):
        word = _CHANGE.search(sentence.before(n))
        change = rough(change, sentence.after(n))
        if n in (pair.earlier, pair.now) or word is None or change.about or not _belongs(sentence, pair, n):
            continue
        yield from _held(sentence, pair, n, word["word"], earlier, now, change)
    yield from _just_the_way(sentence, pair, earlier, now)


def _step_by_step(sentence: Sentence, pair: _FromTo, earlier: Quantity, now: Quantity) -> bool:
    """“年初800万元，追加120万元，调减60万元，调整后860万元，净增60万元”：几次增减合起来对得上，一次一次的不比。"""
    steps = [
        q.number if word["word"] in _UP else -q.number
        for n, q in enumerate(sentence.quantities)
        if n not in (pair.earlier, pair.now)
        and q.unit == earlier.unit
        and (word := _CHANGE.search(sentence.before(n))) is not None
        and not word["word"].startswith("净")
    ]
    return len(steps) > 1 and earlier.number + sum(steps, Decimal(0)) == now.number


def _from_to(sentence: Sentence) -> _FromTo | None:
    """“由A增至B”：一句里只有一处。"""
    matches = list(_FROM_TO.finditer(sentence.skeleton))
    if len(matches) != 1:
        return None
    return _FromTo(ord(matches[0]["a"]) - 0xE000, ord(matches[0]["b"]) - 0xE000)


def from_to(sentence: Sentence) -> tuple[int, int] | None:
    """“由A增至B”里的两个数是第几个；没有、有几处的返回空。"""
    pair = _from_to(sentence)
    return None if pair is None else (pair.earlier, pair.now)


def _told_apart(sentence: Sentence) -> _FromTo | None:
    """“上年……，今年……”“年初……，调整后……”：各只有一个，而且能比。"""
    places = range(len(sentence.quantities))
    plain = [n for n in places if not _is_change(sentence, n)]
    earlier = [n for n in plain if sentence.roles[n] is Role.PREVIOUS or _BEFORE.search(_lead(sentence, n))]
    if not earlier:
        return _one_after_the_other(sentence, plain)
    if len(earlier) != 1 or sentence.quantities[earlier[0]].unit in _POINTS:
        return None
    if re.search(r"(?:比|较|与|同(?!期))[^，,]*$", sentence.clause(earlier[0])):
        return None  # “比上年的880人增加120人”: `comparing.differences` reads that
    own = sentence.quantities[earlier[0]]
    rest = [
        n
        for n in plain
        if n != earlier[0]
        and sentence.quantities[n].unit == own.unit
        and sentence.quantities[n].per == own.per
    ]
    now = [n for n in rest if _AFTER.search(_lead(sentence, n))]
    if not now and len(rest) == 1:
        now = [n for n in rest if sentence.roles[n] is Role.ACTUAL]
    if len(now) != 1:
        return None
    if any(r in (Role.PART, Role.SHARE) for r in sentence.roles[: earlier[0]]):
        return None
    number, other = sentence.quantities[now[0]].number, own.number
    return _FromTo(earlier[0], now[0]) if other and 1 <= 10 * number / other <= 100 else None


def _one_after_the_other(sentence: Sentence, plain: list[int]) -> _FromTo | None:
    """“第一季度720人次，第二季度930人次”：前后两段时间的，各写了是哪一段。"""
    same = [n for n in plain if sentence.quantities[n].kind == sentence.quantities[plain[0]].kind]
    if len(same) < 2 or any(same[0] < n < same[1] for n in plain if n not in same):
        return None
    spans = []
    for n in same[:2]:
        signs = re.findall(r"[\uf000-\uf7ff]", _lead(sentence, n))
        if len(signs) != 1 or sentence.roles[n] is not Role.ACTUAL:
            return None
        spans.append(sentence.when(signs[0]))
    if spans[0].last >= spans[1].first or spans[1].is_day:
        return None
    return _FromTo(same[0], same[1])


def _is_change(sentence: Sentence, n: int) -> bool:
    word = _CHANGE.search(sentence.before(n))
    if word is not None and word["word"] == "新增" and _EACH_YEAR.search(_lead(sentence, n)):
        return False  # “去年新增1.2万人，今年新增1.5万人”: what each year brought
    return word is not None or sentence.quantities[n].unit in (*_POINTS, "倍")


def _lead(sentence: Sentence, n: int) -> str:
    return re.split(r"[\ue000-\ue7ff、]", sentence.clause(n))[-1]


def _alike(earlier: Quantity, now: Quantity) -> tuple[Quantity | None, Quantity]:
    """“每公顷由25千克升到27.5千克”“由52升到60个”：后一个的单位、按什么计，前一个也是。"""
    if not earlier.unit and now.unit:
        earlier = replace(earlier, unit=now.unit)
    if earlier.per != now.per and not (earlier.per and now.per):
        earlier, now = replace(earlier, per=()), replace(now, per=())
    if earlier.kind != now.kind or earlier.about or now.about:
        return None, now
    return earlier, now


def _wrong_ways(sentence: Sentence) -> Iterator[Breach]:
    """“由A降到B”，B却比A大：一句里几处都看。"""
    for match in _FROM_TO.finditer(sentence.skeleton):
        earlier, now = _alike(sentence.quantity(match["a"]), sentence.quantity(match["b"]))
        down, up = match["word"] in _DOWN, match["word"] in _UP
        if earlier is None or not ((down and now.low > earlier.high) or (up and now.high < earlier.low)):
            continue
        yield Breach(
            relation=Relation.DIRECTION,
            quote=sentence.shown(match.start(), match.end("b")),
            fact=f"{now.text} 比 {earlier.text} {'大' if down else '小'}，不是“{match['word']}”",
            values={"前": earlier.plainly, "后": now.plainly},
        )


def _belongs(sentence: Sentence, pair: _FromTo, n: int) -> bool:
    """增减说的是这两个数：在它们中间、或者紧跟在后面，不另说与什么比。"""
    if _OTHER_BASE.search(_OWN_BASE.sub("", _lead(sentence, n))):
        return False
    first = min(pair.earlier, pair.now)
    if n < first:  # “较上年下降6个百分点，由82%降至76%”
        gap = sentence.skeleton[sentence.at[n] + 1 : sentence.at[first]]
        return n == first - 1 and re.fullmatch(r"[，,](?:即)?(?:由|从)[^，,]{0,10}", gap) is not None
    between = sentence.skeleton[sentence.at[first] : sentence.at[n]]
    return re.search(r"其中|[；;]", between) is None and n - pair.last <= 2


def _held(
    sentence: Sentence, pair: _FromTo, n: int, word: str, earlier: Quantity, now: Quantity, change: Quantity
) -> Iterator[Breach]:
    down = word in _DOWN or word[:1] in "减降跌节" or word == "净减"
    low, high, exact = _between(earlier, now, change)
    if exact is None:
        return
    told_low, told_high = (-change.high, -change.low) if down else (change.low, change.high)
    slack = Decimal("0.01") if change.unit in _SHARES else Decimal(0)
    if told_low - slack <= high and low <= told_high + slack:
        return
    up_word, down_word = ("高", "低") if change.unit in _POINTS else ("增加", "减少")
    if change.unit in _SHARES:
        up_word, down_word = "增长", "下降"
    says = f"{up_word if exact >= 0 else down_word} {in_unit_of(abs(exact), change)}"
    yield Breach(
        relation=Relation.DIFFERENCE,
        quote=sentence.shown(
            sentence.at[min(pair.earlier, pair.now)], max(sentence.at[n], sentence.at[pair.last]) + 1
        ),
        fact=f"{now.text} 与 {earlier.text} 比，应当是{says}",
        values={"写的": word + change.plainly, "算出": says},
    )


def _between(earlier: Quantity, now: Quantity, change: Quantity) -> tuple[Decimal, Decimal, Decimal | None]:
    """从以前到现在增减多少，照写出的位数能容的范围和准数；change 是百分数的算成百分数；比不了的准数是 None。"""
    if change.unit in _SHARES:
        if earlier.unit in _SHARES:
            points = now.number - earlier.number  # “由92%升至96%，上升4%” means points, as often as not
            if change.covers(abs(points)):
                return points, points, points
        least = earlier.low if earlier.low > 0 else earlier.number
        times = _SHARES[change.unit]
        return (
            (now.low / earlier.high - 1) * times,
            (now.high / least - 1) * times,
            (now.number / earlier.number - 1) * times,
        )
    if change.unit == "倍":
        return Decimal(0), Decimal(0), None
    if change.unit != earlier.unit and not (change.unit in _POINTS and earlier.unit == "%"):
        return Decimal(0), Decimal(0), None
    exact = now.number - earlier.number
    low, high = now.low - earlier.high, now.high - earlier.low
    if (high - low) * 25 > abs(exact):
        low = high = exact  # coarse figures are figures all the same
    return low, high, exact


_WAY = re.compile(
    rf"(?:有所|略有|稍有|大幅|明显|小幅|进一步|显著|持续|同比|均){{1,4}}(?P<word>{UP}|{DOWN})(?![^，,。；]{{0,4}}{Q})"
)


def _just_the_way(sentence: Sentence, pair: _FromTo, earlier: Quantity, now: Quantity) -> Iterator[Breach]:
    for match in _WAY.finditer(sentence.skeleton):
        if match.start() < sentence.at[pair.last] or re.search(
            "比|较|其中", sentence.skeleton[sentence.at[pair.last] : match.start()]
        ):
            continue
        down = match["word"] in _DOWN
        if (now.low > earlier.high) if down else (now.high < earlier.low):
            yield Breach(
                relation=Relation.DIRECTION,
                quote=sentence.shown(sentence.at[min(pair.earlier, pair.now)], match.end()),
                fact=f"{now.text} 比 {earlier.text} {'大' if down else '小'}，不是“{match['word']}”",
                values={"前": earlier.plainly, "后": now.plainly},
            )
            return


__all__ = ["DOWN", "UP", "changes", "from_to"]
