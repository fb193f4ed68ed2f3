"""A passage as sentences, each with its quantities and dates as single signs in a skeleton that patterns can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache

from perfmon_xl.ledger.quantity import Quantity, quantities
from perfmon_xl.ledger.when import When, whens

# A quantity is one sign of the first private area, a date or period one of the second.
_FIRST_QUANTITY, _FIRST_WHEN = 0xE000, 0xF000
_MOST = 64  # 一句话里更多的数是抄进来的表，读到这里为止
_FAR = 300  # 字；一个数前后更远的话，说不着它
Q = "[\ue000-\ue7ff]"
W = "[\uf000-\uf7ff]"
NOT_SIGN = "[^\ue000-\uf7ff]"
SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?]*")
TARGET_WORDS = (
    r"(?:绩效|预期|预定|既定|计划|考核|控制|规定|序时|成本|费用|投资|单价|造价){0,4}(?:目标|任务|计划|指标值|要求|标准|上限|下限|控制数|控制线|限额|定额|规定|期限|时限|底线)"
    r"(?:任务|要求|值|数|量|额)?"
)
SCOPES = r"(?:本?阶段性?|本期|同期|序时|全年|年度|年初|年内|年底|项目|上半年|前三季度|应完成的?|下达的?|省定|国家|规定的?)"
_AFTER_TARGET = re.compile(
    rf"(?:元)?(?:以内|以上|以下)?(?:的|这一|这个)?{SCOPES}{{0,4}}的?{TARGET_WORDS}(?![完达])"
)
_BEFORE_TARGET = re.compile(
    rf"{TARGET_WORDS}(?:为|是|定为|设定为|达到|达|应|约|的|在|：|:|\s|不低于|不少于|不超过|不高于|不得低于|不得超过|≥|≤|“|（|\(){{0,8}}$"
)
_DIFFERENCE = re.compile(
    r"(?:[多少高低快慢短差]|增加|增长|减少|提高|提升|下降|降低|上升|缩短|提前|延后|推迟|节约|节省|相差|超出|超收|压减|核减|调减|调增|追加|新增加)"
    r"(?:了|出|约|近|达|幅|县级|资金|财政)*$"
)
_JUST_MORE = re.compile(r"(?:超出|相差|多|少|高|低|快|慢|差)(?:了|出|约|近)*")
_COMPARED = re.compile(r"比|较|同比|环比|相比|由|从|相差|提前|相较|超出|距")
_REMAINDER = re.compile(
    r"(?:剩余|剩下|余下|其余|尚余|还剩|还差|尚差|尚缺|还缺|缺口|结余|节余|余额|补齐|补足|差距|还需|尚需|仍需|还要|还须|尚待|未完成|未到位|没有到位|未支出|尚有|还有|仍有|另有)"
    r"(?:的|任务|部分|资金|为|是|约|共|再|新建|建设|完成|购置|采购|改造|培训|安装|实施|开展|组织|举办|建成|修建|铺设|发放|支付|拨付|县级|省级|市级|市|区|中央|财政)*$"
)
_THE_REST = re.compile(r"(?:剩余|剩下|余下|其余)(?:的)?$")
_AFTER_REMAINDER = re.compile(
    r"(?:[^，,。；、]{0,6}?)(?:尚未|仍未|还未|未|没有|尚待|正在|待)(?!超|发|出|见)(?:能|有)?(?:到位|完成|支出|拨付|交付|验收|开工|下达|使用|实施|安装|办理)"
)
_PREVIOUS = re.compile(
    r"上年|去年|往年|同期(?!目标|应|序时|时间|计划|进度)|上期|上月|历年|前两年|原有|原来|此前|过去|“?十[三四]五”?"
)
_AHEAD = re.compile(
    r"计划|(?<![模虚])拟|将(?!军)|(?<![急必所刚供])需(?!求)|预计|力争|确保|争取|准备(?!金)|尚需|安排在|下一步|届时|可望|有望|(?<![响相对供反效适])应(?!急|用|收尽收)|预期|再(?!次|生|就业|造|教育)"
)
_THRESHOLD = re.compile(
    r"(?:低于|高于|优于|好于|少于|多于|大于|小于|超过|超出|未超过|没有超过|不及|不足|未达到?|没有达到|未完成|早于|晚于|控制在|限制在|比|较)"
    rf"(?:了|{SCOPES}|上年|去年|同期|的|每{NOT_SIGN}{{1,4}}){{0,5}}$"
)
_SHARE = re.compile(r"(?:的|占[^，,]{0,14}|(?:比例|比重)(?:为|是|达到?|约)?)$")
_WILL = re.compile(r"(?:预计|可能|力争|确保|将|有望|争取|预期)[^，,]{0,8}完成[^，,]{0,6}$")
_PLAN_DONE = re.compile(r"(?:已|实际|(?<!应)(?<!计划)(?<!拟)完成|累计)[^，,]{0,8}$")


_ROLE_WORDS = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:计划|任务|目标|规划|时限|期限|限额|定额)")
_VERBS = ("完成", "达到", "实现", "全年", "年度", "工作", "阶段", "绩效", "总体")


_CLAUSE = re.compile(r"[，,]")
_SIGN = re.compile("[\ue000-\ue7ff]")
_STOP = re.compile("[，,\ue000-\ue7ff]")


class Role(StrEnum):
    """一个量在话里是什么身份。"""

    ACTUAL = "实际"
    TARGET = "目标"
    STAGE = "阶段目标"
    PLAN = "计划"
    THRESHOLD = "比较的数"
    DIFFERENCE = "差数"
    REMAINDER = "剩余"
    PREVIOUS = "以前的数"
    PART = "部分"
    SHARE = "占比"


@dataclass(frozen=True, eq=False)
class Sentence:
    """一句话：原文、在整段里的起点、量和日期换成一个符号的骨架。

    名称里的“计划”“任务”（“营养改善计划”）不说一个量的身份，在 skeleton 里换成别的字；drawn 是照原文的骨架。
    earlier 是同一段里前一句的量。
    """

    text: str
    start: int
    skeleton: str
    quantities: tuple[Quantity, ...]
    whens: tuple[When, ...]
    drawn: str
    earlier: tuple[Quantity, ...] = ()

    def quantity(self, sign: str) -> Quantity:
        return self.quantities[ord(sign) - _FIRST_QUANTITY]

    def when(self, sign: str) -> When:
        return self.whens[ord(sign) - _FIRST_WHEN]

    @cached_property
    def at(self) -> dict[int, int]:
        """骨架里各个量的位置：第几个量 → 骨架里的下标。"""
        return {ord(c) - _FIRST_QUANTITY: i for i, c in enumerate(self.skeleton) if "\ue000" <= c <= "\ue7ff"}

    def before(self, n: int) -> str:
        """第 n 个量前面、同一分句里、上一个量之后的字（括号不断开）。"""
        return self._befores[n]

    def clause(self, n: int) -> str:
        """第 n 个量所在的分句，到这个量为止；里面别的量还是符号。"""
        return self._clauses[n]

    @cached_property
    def _clauses(self) -> tuple[str, ...]:
        skeleton, at = self.skeleton, self.at
        return tuple(
            _CLAUSE.split(skeleton[max(0, at[n] - _FAR) : at[n]])[-1] for n in range(len(self.quantities))
        )

    @cached_property
    def _befores(self) -> tuple[str, ...]:
        return tuple(_SIGN.split(clause)[-1] for clause in self._clauses)

    @cached_property
    def _afters(self) -> tuple[str, ...]:
        skeleton, at = self.skeleton, self.at
        return tuple(
            _STOP.split(skeleton[at[n] + 1 : at[n] + _FAR], 1)[0] for n in range(len(self.quantities))
        )

    def clause_in_words(self, n: int) -> str:
        """第 n 个量所在的分句，到这个量为止，别的量照原文：“最多的一个月”。"""
        clause = self.clause(n)
        end = self.at[n]
        return self.shown(end - len(clause), end)

    def after(self, n: int) -> str:
        """第 n 个量后面、同一分句里、下一个量之前的字。"""
        return self._afters[n]

    @cached_property
    def with_numbers(self) -> str:
        """骨架里的日期照旧是一个符号，量照原文写。"""
        return "".join(self.quantity(c).text if "\ue000" <= c <= "\ue7ff" else c for c in self.drawn)

    def shown(self, start: int, end: int) -> str:
        """骨架里的一段，写回原文。"""
        out = []
        for c in self.drawn[start:end]:
            out.append(
                self.quantity(c).text
                if "\ue000" <= c <= "\ue7ff"
                else self.when(c).text
                if "\uf000" <= c <= "\uf7ff"
                else c
            )
        return "".join(out).strip()

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        return tuple(_role(self, n) for n in range(len(self.quantities)))


def _role(sentence: Sentence, n: int) -> Role:
    quantity, before, after = sentence.quantities[n], sentence.before(n), sentence.after(n)
    clause = sentence.clause(n)
    if quantity.unit in ("个百分点", "百分点"):
        return Role.DIFFERENCE
    if quantity.unit == "%" and _SHARE.search(before):
        return Role.SHARE
    if _THE_REST.search(before):
        return Role.REMAINDER  # “其余40套计划9月到货”
    scoped = before[-16:] + after[:10]
    if _BEFORE_TARGET.search(before) or _AFTER_TARGET.match(after):
        return Role.STAGE if re.search("阶段|本期|序时|半年|季度", scoped) else Role.TARGET
    if quantity.comparator:
        return Role.TARGET
    if _REMAINDER.search(before) or _AFTER_REMAINDER.match(after):
        return Role.REMAINDER
    if _DIFFERENCE.search(before) and (
        _COMPARED.search(clause)
        or _COMPARED.search(sentence.skeleton[max(0, sentence.at[n] - 40) : sentence.at[n]])
    ):
        return Role.DIFFERENCE
    if _JUST_MORE.fullmatch(before) and any(
        q.unit == quantity.unit and q.per == quantity.per for q in sentence.quantities[:n]
    ):
        return Role.DIFFERENCE  # “应完成61个，实际79个，多18个”
    if _PREVIOUS.search(clause):
        return Role.PREVIOUS
    if _THRESHOLD.search(before) and not (quantity.about and _alone(sentence, n)):
        return Role.THRESHOLD
    if _AHEAD.search(clause) and (not _PLAN_DONE.search(before) or _WILL.search(before)):
        return Role.PLAN
    if "其中" in clause:
        return Role.PART
    return Role.ACTUAL


def _alone(sentence: Sentence, n: int) -> bool:
    """“新增人口超过1.2万人”前面没有能与它比的数：它就是实际数，说得粗。"""
    own = sentence.quantities[n]
    return not any(
        q.unit == own.unit and q.per == own.per for q in sentence.quantities[:n]
    ) and not re.search("未|没有|没|不", sentence.before(n)[-8:])


def joined(sentence: Sentence, other: Sentence) -> Sentence:
    """前后两句当作一句读：“共8台。其中……”。前一句末尾的句号换成逗号。"""
    many, dated = len(sentence.quantities), len(sentence.whens)

    def moved(skeleton: str) -> str:
        return "".join(
            chr(ord(c) + many)
            if "\ue000" <= c <= "\ue7ff"
            else chr(ord(c) + dated)
            if "\uf000" <= c <= "\uf7ff"
            else c
            for c in skeleton
        )

    own, place = sentence.text.rstrip("。；;！!？? "), len(sentence.text.rstrip("。；;！!？? ")) + 1
    return Sentence(
        text=f"{own}，{other.text.lstrip()}",
        start=sentence.start,
        skeleton=f"{sentence.skeleton.rstrip('。；;！!？?')}，{moved(other.skeleton)}",
        quantities=(
            *sentence.quantities,
            *(replace(q, start=q.start + place, end=q.end + place) for q in other.quantities),
        ),
        whens=(*sentence.whens, *(replace(w, start=w.start + place, end=w.end + place) for w in other.whens)),
        drawn=f"{sentence.drawn.rstrip('。；;！!？?')}，{moved(other.drawn)}",
        earlier=sentence.earlier,
    )


def without(sentence: Sentence, spans: Sequence[tuple[int, int]]) -> Sentence:
    """骨架里去掉几段以后的那句话；去掉的段里的量也没有了，原文不动。"""

    def cut(skeleton: str) -> tuple[str, list[int]]:
        kept = "".join(c for i, c in enumerate(skeleton) if not any(a <= i < b for a, b in spans))
        return kept, [ord(c) - _FIRST_QUANTITY for c in kept if "\ue000" <= c <= "\ue7ff"]

    skeleton, left = cut(sentence.skeleton)
    into = {chr(_FIRST_QUANTITY + old): chr(_FIRST_QUANTITY + new) for new, old in enumerate(left)}
    again = str.maketrans(into)
    return replace(
        sentence,
        skeleton=skeleton.translate(again),
        drawn=cut(sentence.drawn)[0].translate(again),
        quantities=tuple(sentence.quantities[n] for n in left),
    )


@lru_cache(maxsize=2048)
def sentences(
    text: str, year: int, units: frozenset[str] = frozenset(), nouns: frozenset[str] = frozenset()
) -> tuple[Sentence, ...]:
    """一段文字的各句；year 是没有写年份的日期所在的年，units 是另外认的单位，nouns 见 nouns_in。"""
    return tuple(_sentences(text, year, units, nouns))


def nouns_in(names: Iterable[str]) -> frozenset[str]:
    """名称里像是说身份的词，连前面两个字：“享受营养改善计划学生人数”里的“改善计划”是名称，不是打算。

    >>> nouns_in(["享受营养改善计划学生人数（人）", "全年计划数", "计划生育"])
    frozenset({'改善计划'})
    """
    found = (name[m.start() - 2 : m.end()] for name in names for m in _ROLE_WORDS.finditer(name))
    return frozenset(one for one in found if not one.startswith(_VERBS))


def _sentences(text: str, year: int, units: frozenset[str], nouns: frozenset[str]) -> Iterator[Sentence]:
    earlier: tuple[Quantity, ...] = ()
    for match in SENTENCE.finditer(text):
        own = match[0]
        if not own.strip():
            continue
        dates = whens(own, year)[:_MOST]
        taken = [(w.start, w.end) for w in dates]
        counted = tuple(
            q for q in quantities(own, units) if not any(a < q.end and q.start < b for a, b in taken)
        )[:_MOST]
        signs = [(q.start, q.end, chr(_FIRST_QUANTITY + n)) for n, q in enumerate(counted)]
        signs += [(w.start, w.end, chr(_FIRST_WHEN + n)) for n, w in enumerate(dates)]
        skeleton, last = [], 0
        for start, end, sign in sorted(signs):
            skeleton += [own[last:start], sign]
            last = end
        skeleton.append(own[last:])
        drawn = re.sub(r"[ \t\u3000\u00a0]", "", "".join(skeleton))
        masked = drawn
        for noun in nouns:
            masked = masked.replace(noun, noun[:2] + "某" * (len(noun) - 2))
        yield Sentence(own, match.start(), masked, counted, dates, drawn, earlier)
        earlier = counted
