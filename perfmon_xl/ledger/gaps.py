"""What lies between two numbers of a sentence: what is left, missing, saved, cut: “计划60台，到货45台，还差15台”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of

_PAIR = 2
_FAR_MORE = Decimal("1.5")  # a gap much larger than either number belongs to others
_LITTLE = r"(?:了|出|约|近|达|为|是|共|办|收|做|完成|支付|支出|安装|建成|新建|培训|采购|发放|拨付)*$"
_NAMED = r"[^，,。；、\ue000-\uf7ff]{0,6}$"
_ONE_SIGN = re.compile(rf"(?<![至减不差最])(?:差|少|多|缺|剩|余|超|低|高|快|慢){_LITTLE}")
_WORD = re.compile(
    r"(?P<word>超额|相差|还差|尚差|差额|差距|悬殊|还缺|尚缺|短缺|空缺|缺额|缺编|缺口|缺席|缺勤|缺考|漏检|漏报|漏统|剩余|剩下|余下|尚余|还剩|结余|节余|余额|结存|节约|节省|"
    r"净增|净减|核减|核增|审减|压减|超支|超出|超编|落后|领先|富余|"
    r"(?:尚|还|仍)未(?![达超突满见发])[\u4e00-\u9fff]{2}|未(?:完成|办结|支出|支付|收回|到位|验收|实施|开工|安装|拨付|发放|整改)|待[\u4e00-\u9fff]{2})"
    rf"{_NAMED}"
)
_FROM_THE_OTHER = re.compile(
    rf"(?:低于|高于|高出|低出|少于|多于|多出|超过|超出|落后于?|领先于?|快于|慢于|早于|晚于){Q}[^，,。；、\ue000-\uf7ff]{{0,10}}$"
)
_STILL = re.compile(r"(?:还|尚|仍)有[^，,。；\ue000-\uf7ff]{0,4}$")
_AMONG = re.compile(
    rf"{Q}[^，,。；\ue000-\uf7ff]{{0,8}}?中[，,]?(?:已)?(?:办结|完成|完工|建成|验收|在线|达标|合格|成活|交付|投用|开工|通过|签订|整改|到位)?{Q}[^。；\ue000-\uf7ff]{{0,14}}[，,、][^，,。；\ue000-\uf7ff]{{0,3}}$"
)
_REST_STATE = re.compile(r"(?:正?在(?!线|岗)|待|需|未|没有?|尚|因|故障|损坏|离线|不)")
_UNDER_WAY = re.compile(r"(?:在办|在建|在途|待办|待建|待验|未办|未建|返修|停用)(?:的)?$")
_STILL_AT_IT = re.compile(r"[^，,。；、\ue000-\uf7ff]{0,8}?(?:未|没|待|不|正|在|需|要|计划|因)")
_NOT_DONE = re.compile(
    r"[^，,。；、\ue000-\uf7ff]{0,12}?(?:未|没有?|待|不)(?:能|有|予|被)?(?P<verb>[\u4e00-\u9fff]{1,2})"
)
_ABSENT = re.compile(r"(?:被)?(?P<verb>缺席|缺勤|缺考|缺岗|请假|退回|驳回|落选|淘汰)")
_PRESENT = {
    "缺席": "参加|出席|到会|实到|参会",
    "缺勤": "出勤|到岗",
    "缺考": "参考|参加",
    "缺岗": "在岗|到岗",
    "请假": "实到|到岗|出席|参加",
    "退回": "通过",
    "驳回": "通过|批准",
    "落选": "入选|当选",
    "淘汰": "入围|晋级|通过",
}
_ELSEWHERE = re.compile(r"比|较|同比|环比|上年|去年|同期|上月|目标|计划|任务|序时|每|平均|其中|另|当月|当日")
_A_STATE = re.compile(r"(?:在建|在办|正在[\u4e00-\u9fff]{2}|已[\u4e00-\u9fff]{2}|完工|竣工|办结|建成)$")
_TAKEN = (Role.DIFFERENCE, Role.REMAINDER, Role.PART, Role.SHARE)
_POINTS = ("个百分点", "百分点")


def gaps(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """恰好两个能比的数，中间差多少也写了，相减要对；有第三个数的，说不清是哪两个，不说。"""
    for n, gap in enumerate(sentence.quantities):
        if sentence.roles[n] in (Role.TARGET, Role.STAGE, Role.THRESHOLD):
            continue
        if gap.about or gap.per or gap.comparator or gap.unit in ("%", "‰", ""):
            continue
        if not _tells_a_gap(sentence, n):
            continue
        pair = _pair(sentence, n, gap)
        if pair is None:
            continue
        quantity, other = (sentence.quantities[m] for m in pair)
        between = abs(quantity.number - other.number)
        width = (quantity.high - quantity.low + other.high - other.low) / 2
        if gap.unit in _POINTS or width * 50 > between:
            width = Decimal(0)
        known = [
            g
            for g in (subject.annual, subject.stage, subject.actual)
            if g is not None and comparable(g, quantity)
        ]
        rights = [between, *(abs(g.number - q.number) for g in known for q in (quantity, other, *known))]
        if any(gap.low - width <= right <= gap.high + width for right in rights):
            continue
        if gap.number > _FAR_MORE * max(quantity.number, other.number):
            continue
        first, last = min(*pair, n), max(*pair, n)
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(sentence.at[first], sentence.at[last] + 1),
            fact=f"{quantity.text} 与 {other.text} 相差 {in_unit_of(between, gap)}，不是 {gap.text}",
            values={"写的": gap.plainly, "算出": in_unit_of(between, gap)},
        )


def _tells_a_gap(sentence: Sentence, n: int) -> bool:
    before, after = sentence.before(n), sentence.after(n)
    if _ONE_SIGN.search(before) or _WORD.search(before):
        return True
    if _FROM_THE_OTHER.search(sentence.clause(n)):
        return True
    if _UNDER_WAY.search(before) and re.search(
        rf"{Q}[^，,。；\ue000-\uf7ff]{{0,8}}?中", sentence.skeleton[: sentence.at[n]]
    ):
        return True
    if _STILL.search(before) and _STILL_AT_IT.match(after):
        return True
    if _AMONG.search(sentence.skeleton[: sentence.at[n]]) and _REST_STATE.match(after):
        return True
    if denied := _NOT_DONE.match(after):
        earlier = sentence.skeleton[: sentence.at[n]]
        return (
            re.search(rf"(?<![未没不待])(?<!没有){denied['verb']}", earlier) is not None
            and len(denied["verb"]) > 1
        )
    absent = _ABSENT.match(after)
    return absent is not None and re.search(_PRESENT[absent["verb"]], sentence.skeleton) is not None


def _pair(sentence: Sentence, n: int, gap: Quantity) -> tuple[int, int] | None:
    """差的是哪两个数：前面恰好两个；一前一后（“距60台还差15台，现有45台”）；都在冒号后面。"""

    def fits(m: int) -> bool:
        quantity = sentence.quantities[m]
        return quantity.unit == ("%" if gap.unit in _POINTS else gap.unit) and not quantity.comparator

    places = [m for m in range(len(sentence.quantities)) if m != n and fits(m)]
    before, after = [m for m in places if m < n], [m for m in places if m > n]
    if any(re.search("共|合计|总", sentence.before(m)) for m in after):
        return None  # “建成12个，在建3个，未开工1个，共16个”
    if len(before) == _PAIR and not (after and _NOT_DONE.match(sentence.after(n))):
        pair = before[0], before[1]
    elif len(before) == 1 and len(after) == 1 and re.search(r"[距离]", sentence.clause(n)):
        pair = before[0], after[0]
    elif (
        not before
        and len(after) == _PAIR
        and re.match(r"[^，,]{0,6}[：:]", sentence.skeleton[sentence.at[n] + 1 :])
    ):
        pair = after[0], after[1]
    else:
        return None
    if not comparable(*(sentence.quantities[m] for m in pair)):
        return None
    if any(re.match("之间|至|到|[-—~～]", sentence.after(m)) for m in pair):
        return None  # “应安装150-200套之间”: from the one end or from the other
    if any(sentence.roles[m] in _TAKEN or sentence.quantities[m].about for m in pair):
        return None
    if "”" in sentence.before(pair[1]):
        return None  # another indicator by its name: another matter begins
    if all(_A_STATE.search(sentence.before(m)) for m in pair):
        return None  # “在建2座、已建成7座、未开工1座”: three states, no whole
    clause = sentence.clause(n)
    own = re.split(r"[\ue000-\ue7ff]", clause)[-1]
    if _ELSEWHERE.search(own) and not re.search(r"[\ue000-\ue7ff]", clause):
        return None  # “较上年少3起”: the other number is not told here
    led = sentence.clause(min(pair))  # “10月当月完工2个，累计完工10个，剩余2个”: of a whole told elsewhere
    between = sentence.skeleton[sentence.at[min(pair)] : sentence.at[max(*pair, n)]]
    apart = re.search(r"其中|当月|当日|[；;]", between) or re.search("当月|当日|本月|本季|[各每]", led)
    return None if apart else pair


_ADDED = re.compile(
    rf"(?P<a>{Q})[^，,。；\ue000-\ue7ff]{{0,10}}[，,](?:加上|加之|连同|再加)[^，,。；\ue000-\ue7ff]{{0,14}}(?P<b>{Q})[^，,。；\ue000-\ue7ff]{{0,6}}[，,]?[^，,。；\ue000-\ue7ff]{{0,6}}?(?:累计|共|合计|总数|总共|达到?)[^，,。；\ue000-\ue7ff]{{0,6}}(?P<c>{Q})"
)


def added(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“188个，加上今年新建的42个，累计230个”。"""
    for match in _ADDED.finditer(sentence.skeleton):
        a, b, c = (sentence.quantity(match[k]) for k in "abc")
        width = sum(((q.high - q.low) / 2 for q in (a, b, c)), Decimal(0))
        right = a.number + b.number
        if not a.kind == b.kind == c.kind or a.unit in ("", "%") or any(q.about for q in (a, b, c)):
            continue
        if abs(right - c.number) <= width:
            continue
        yield Breach(
            relation=Relation.PARTS,
            quote=sentence.shown(match.start(), match.end()),
            fact=f"{a.text}＋{b.text} = {in_unit_of(right, c)}，写的是 {c.text}",
            values={"写的": c.plainly, "算出": in_unit_of(right, c)},
        )


_SHORT = re.compile(r"(?<![至减不差最多])(?P<word>少|差|缺|多|超|低|高)(?:了|出)?$")
_OF_ITS_GOAL = re.compile("目标|阶段|计划|任务|进度|达到")


def short_of_the_goal(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“11个达到阶段目标，加装电梯少5部”：没有写两个数的，是这个指标的实际与目标相差多少。"""
    actual = subject.actual
    goals = [g for g in (subject.stage, subject.annual) if g is not None]
    if actual is None or actual.about or not goals or not _OF_ITS_GOAL.search(sentence.skeleton):
        return
    for n, gap in enumerate(sentence.quantities):
        word = _SHORT.search(sentence.before(n))
        if word is None or gap.about or gap.unit in ("", "%", "‰"):
            continue
        if sentence.roles[n] in (Role.TARGET, Role.STAGE, Role.THRESHOLD):
            continue
        points = gap.unit in _POINTS
        if (actual.unit != "%" if points else not comparable(gap, actual)) or _ELSEWHERE.search(
            re.sub("目标|计划|任务|序时", "", sentence.clause(n))
        ):
            continue
        others = [q for m, q in enumerate(sentence.quantities) if m != n and q.unit == actual.unit and m < n]
        known = [g for g in goals if comparable(g, actual)]
        rights = {abs(g.number - actual.number) for g in known} | {
            abs(a.number - b.number) for a in others for b in [*others, *known, actual]
        }
        if not known or any(gap.covers(right) for right in rights):
            continue
        right = in_unit_of(abs(known[0].number - actual.number), gap)
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.before(n)[-14:] + gap.text,
            fact=f"实际 {actual.text}，目标 {known[0].text}，相差 {right}，不是 {gap.text}",
            values={"写的": word["word"] + gap.plainly, "算出": right},
        )


_SAVED = re.compile(r"(?:(?:节约|节支|节资|下浮|核减|审减|压减)率|下浮|让利)(?:了|为|是|达到?|约|：|:)*$")


def saving_rates(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“预算288万元，中标270万元，节约率6.25%”：少的除以原来的。"""
    for n, rate in enumerate(sentence.quantities):
        if rate.unit not in ("%", "‰") or rate.about or not _SAVED.search(sentence.before(n)):
            continue
        money = [q for q in sentence.quantities[:n] if q.unit == "元" and not q.per]
        if len(money) != _PAIR or any(q.about or not q.number for q in money):
            continue
        whole, left = sorted(money, key=lambda q: q.number, reverse=True)
        times = 100 if rate.unit == "%" else 1000
        right = (whole.number - left.number) / whole.number * times
        half = max((rate.high - rate.low) / 2, Decimal("0.01"))
        of_the_cut = left.number / whole.number * times  # “预算288万元，节约18万元，节约率6.25%”
        of_both = left.number / (whole.number + left.number) * times  # “合同总额72万元，节约8万元”
        cut = re.search("节约|结余|节省|核减|审减", sentence.before(sentence.quantities.index(left)))
        rights = (of_the_cut, of_both) if cut else (right, of_the_cut)
        if any(abs(right - rate.number) <= half for right in rights):
            continue
        right = rights[0] if cut else right
        yield Breach(
            relation=Relation.SHARE,
            quote=sentence.before(n) + rate.text,
            fact=f"{left.text if cut else f'（{whole.text}－{left.text}）'}÷{whole.text} = {in_unit_of(right, rate)}，写的是 {rate.text}",
            values={"写的": rate.plainly, "算出": in_unit_of(right, rate)},
        )


__all__ = ["gaps", "saving_rates", "short_of_the_goal"]
