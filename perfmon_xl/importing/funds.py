"""Funds out of running text: budget, arrived, spent, by source and line by line, each with its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.amount import total as total_of
from perfmon_xl.domain.model import Funding, Paragraph, Spending
from perfmon_xl.domain.origin import REPORT, Origin, ReportPlace, RowPlace
from perfmon_xl.importing.amounts import Money, moneys, squeezed
from perfmon_xl.importing.found import Leftover, place_of
from perfmon_xl.importing.outline import Text
from perfmon_xl.importing.topics import FUNDS, RESULTS, Part
from perfmon_xl.importing.vocabulary import is_source
from perfmon_xl.layout import monitoring as layout

# The last of these words before a figure, within its clause, says what the figure is.
_KINDS: tuple[tuple[str, str], ...] = (
    ("forecast", r"预计(?:全年)?(?:支出|执行)|全年预计"),
    ("adjusted", r"调整后|调整为|调整至|调增至|调减至"),
    ("arrived", r"到位"),
    ("spent", r"支出|(?<!转移)支付|使用|执行|已拨付|花费"),
    ("initial", r"预算|安排|下达|批复|总投资|投入"),
)
_AFTER: tuple[tuple[str, str], ...] = (
    ("arrived", r"^(?:资金)?(?:均|已|全部|实际)*到位"),
    ("spent", r"^(?:资金)?(?:均|已|全部|实际)*(?:支出|支付|使用完毕|执行完毕)"),
)
_DETAILS = re.compile(
    r"[，；]由(?!年初|其他)|其中|主要用于|分别用于|具体用于|用于|主要包括|包括|分别为|分别是|具体为|支出(?:明细|构成|内容|项目|情况)(?:为|如下|是|包括)?|资金来源(?:为|是)|构成为"
)
_SPENT_ON = re.compile(r"用于|支出(?:明细|构成|内容|项目|情况)|开支|花费")
_NO_ITEM = re.compile(
    r"^截至|^项目(?!支出$|[\u4e00-\u9fff]{0,12}(?:费|费用|工程|采购|建设|补助|补贴|款)$)|累计|^(?:年初|全年|年度|执行中|实际|预计|其余|合计|共计|调整后?|预算|资金|安排|到位|为)+$"
)
_USED_AFTER = re.compile(r"^(?:主要|分别|具体)?用于([^，,。；;、（(]{2,24})")
_SHARE = re.compile(r"占|比例|比重|%|％|左右|完成|执行率")
_NOT_YET = re.compile(
    r"(?:未|尚未|没有|尚有|还有|还差|尚差|剩余|结余|差额|不足|缺口)[^，,。；;]{0,6}$|(?:超支|超预算|超出预算|超出|数多)$"
)
_FIGURE_SENTENCE = re.compile(r"[^。；\n]{0,400}见图\d{1,3}。")
_BY_SOURCE = re.compile(r"分来源看，([^。]*)。?")
_SPENT_BY = re.compile(r"([^，、]{1,80}?)(?:累计|已|实际)?支出(?=\d)")
_SPENT_NOTHING = re.compile(r"(?:^|[，、])([^，、]{1,80}?)(?:尚未|没有|未)支出(?=[，、]|$)")
_ONE_LINE = re.compile(r"全部用于([^，,。；（(]{2,30})")
_AND_OTHERS = re.compile(r"等\d+项构成")
_PER_ONE = re.compile(r"(?:每[\u4e00-\u9fff/／]{0,8}|单价|均价|人均|户均)(?:标准|补助|补贴)?(?:为|是|约)?$")
_RATE_AFTER = re.compile(r"[/／每]")
_REMARK = re.compile(r"[（(]占[\d.]{1,9}[%％](?:[^（()）]|[（(][^（()）]*[)）])*[)）]")
_IN_BRACKETS = re.compile(r"^[（(](?!其中)(?:[^（()）]|[（(][^（()）]*[)）])*[)）]")
_GRANT = re.compile(r"补助|补贴")
_LEVEL_GRANT = re.compile(r"^[省市州区县旗乡镇]补")
_LACKING = re.compile(
    r"尚有[^，,。；;]{1,20}未到位(?:，均为(?P<one>[^，,。；;]{2,30})|[:：](?P<several>[^。；;]{2,300}))"
)
_BEHIND = re.compile(r"^(?P<name>[^，,]{2,30}?)(?:还差|尚差|尚未(?:拨付|到位))")
_CHANGE = re.compile(r"(?:追加|调增|调减|核减|收回|压减|新增|增加|减少)[^，,。；;]{0,6}$")
_ONLY_SOURCE = re.compile(r"(?:均|全部|全|资金来源|来源)(?:为|系|来自|来源于|是)([^，,。；;、（(元]{2,20})")
_ALL_ARRIVED = re.compile(r"(?:均已|已|已经)?(?:全部|全额|足额)到位")
_HEAD_NOISE = re.compile(
    r"^[，,、；;：:。\s①-⑳]*(?:[（(]?\d{1,2}[）)、.．])?(?:以及|和|及|与|还有|主要是|用于)?"
)
_TAIL_NOISE = re.compile(r"(?:共计|合计|支出|安排|金额|预算)?(?:为|是|约|共)?[:：]?$")


_NOT_FUNDS = RESULTS | {Part.PROBLEMS, Part.MEASURES, Part.CONCLUSION}


@dataclass(frozen=True, slots=True)
class _Figure:
    money: Money
    text: Text


@dataclass(slots=True)
class Funds:
    """从文字读出的资金：来源各行、支出明细、各段说明、对不上的地方。"""

    funding: list[Funding] = field(default_factory=list)
    spending: list[Spending] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    totals: dict[str, _Figure] = field(default_factory=dict)


def with_told_totals(rows: Sequence[Funding], found: Funds) -> tuple[Funding, ...]:
    """资金表里没有的栏，文字里写了总数的：只有一项来源的归它，有几项的另成一行。"""
    names = ("initial", "adjusted", "arrived", "spent", "forecast")
    missing = {
        n: found.totals[n]
        for n in names
        if n in found.totals and all(getattr(row, n) is None for row in rows)
    }
    if any(row.budget is not None for row in rows):
        missing = {n: f for n, f in missing.items() if n not in ("initial", "adjusted")}
    if not missing or not rows:
        return tuple(rows)
    told = _funding("各来源合计（报告未分来源）", None, missing)
    if len(rows) > 1:
        return (*rows, told)
    amounts: dict[str, Any] = {n: f.money.amount for n, f in missing.items()}
    place = replace(
        rows[0].place,
        cells={**told.place.cells, **rows[0].place.cells},
        raw={**told.place.raw, **rows[0].place.raw},
    )
    return (replace(rows[0], place=place, **amounts),)


def funds_of(texts: Sequence[Text], used: set[int]) -> Funds:
    """资金各节的文字；读过的段记进 used（Text 的序号）。"""
    found = Funds()
    figures: dict[str, list[_Figure]] = {}
    sources: dict[str, dict[str, _Figure]] = {}
    about = [(n, t) for n, t in enumerate(texts) if t.part in FUNDS and not t.is_heading]
    if not about:
        about = [(n, t) for n, t in enumerate(texts) if t.part in (Part.BACKGROUND, Part.SCOPE, Part.OTHER)]
    else:
        used.update(n for n, _ in about)
        found.notes = list(_notes([t for _, t in about]))
    lists: list[_List] = []
    for _, text in about:
        plain = squeezed(text.text)
        _by_source(plain, text, sources)
        _one_line(plain, text, found)
        lists += _paragraph(_BY_SOURCE.sub("", plain), text, figures, found)
    _only_first_budget(figures)
    _settle(lists, figures, sources, found)
    for _, text in about:
        _arrived_by_source(squeezed(text.text), text, figures, sources)
    if not found.spending:
        _elsewhere([t for n, t in enumerate(texts) if (n, t) not in about], figures, found)
    _totals(found, figures, sources, [t for _, t in about])
    return found


def _only_first_budget(figures: dict[str, list[_Figure]]) -> None:
    """“预算安排……（年初预算……，执行中调整为……）”：与调整后一样多的那个，不是年初预算。"""
    initial, adjusted = figures.get("initial", []), figures.get("adjusted", [])
    first = [f for f in initial if not any(f.money.amount == a.money.amount for a in adjusted)]
    if adjusted and first and len(first) < len(initial):
        figures["initial"] = first


def _elsewhere(texts: Sequence[Text], figures: Mapping[str, Sequence[_Figure]], found: Funds) -> None:
    """资金各节以外写着的支出清单：至少两项，加起来与支出数差不多。"""
    spent = figures.get("spent", ())
    for text in texts:
        plain = squeezed(text.text)
        if text.is_heading or len(plain) < 12 or not _SPENT_ON.search(plain) or text.part in _NOT_FUNDS:
            continue
        aside = Funds()
        for one in _paragraph(plain, text, {}, aside):
            whole = one.total
            near = whole is not None and any(
                abs(f.money.amount.yuan - whole.yuan) * 20 <= f.money.amount.yuan for f in spent
            )
            if one.spending and len(one.items) > 1 and near:
                _spent_on(one, found)
        if found.spending:
            return


def _notes(texts: Sequence[Text]) -> Iterator[Paragraph]:
    grouped: dict[Part, list[Text]] = {}
    for text in texts:
        grouped.setdefault(text.part, []).append(text)
    for part, members in grouped.items():
        labels = {"level1": "", "subject": "", "text": ""}
        yield Paragraph(
            level1="资金",
            subject=part.value,
            text="\n".join(filter(None, (_FIGURE_SENTENCE.sub("", t.text).strip() for t in members))),
            place=place_of(members[0].place, labels),
        )


def _one_line(plain: str, text: Text, found: Funds) -> None:
    """“累计支出3万元，全部用于津贴发放”：支出明细只有一笔。"""
    used = _ONE_LINE.search(plain)
    money = next((m for m in moneys(plain) if _kind(plain, m) == "spent"), None)
    if used is not None and money is not None and money.end < used.start():
        found.spending.append(_line(used[1], money, text))


def _by_source(plain: str, text: Text, sources: dict[str, dict[str, _Figure]]) -> None:
    """“分来源看，甲支出3万元，乙支出2万元”：各来源的支出。"""
    for told in _BY_SOURCE.finditer(plain):
        for money in moneys(told[1]):
            name = _SPENT_BY.search(told[1][: money.start].rpartition("，")[2] + "0")
            if name is not None:
                sources.setdefault(name[1], {})["spent"] = _Figure(money, text)
        for nothing in _SPENT_NOTHING.finditer(told[1]):
            zero = Money(Amount(Decimal(0)), Decimal(1), False, nothing.start(), nothing.end())
            sources.setdefault(nothing[1], {})["spent"] = _Figure(zero, text)


@dataclass(slots=True)
class _List:
    """一句话里列出的各项：“其中：甲 60万元、乙 40万元”。kind 是说的哪一种钱，spending 是写明花在哪里的。"""

    kind: str
    head: _Figure | None
    text: Text
    spending: bool
    items: list[tuple[str, Money, str]] = field(default_factory=list)

    @property
    def total(self) -> Amount | None:
        return total_of([m.amount for _, m, _ in self.items])


def _paragraph(plain: str, text: Text, figures: dict[str, list[_Figure]], found: Funds) -> list[_List]:
    """一段里的各个金额：总数记进 figures，列出的各项返回。"""
    lists: list[_List] = []
    open_: _List | None = None
    head: _Figure | None = None
    kind, end = "", 0
    remarks = [m.span() for m in _REMARK.finditer(plain)]
    for money in moneys(plain):
        if _is_price(plain, money) or any(a < money.start < b for a, b in remarks):
            continue  # “（占60%，20人，每人300元）” tells more about the amount before it
        between = plain[end : money.start]
        if end:  # “甲 3万元（占60%，20人）、乙 2万元”: what stands in brackets belongs to the one before
            between = _IN_BRACKETS.sub("", between)
        sentence = between.rsplit("。", 1)[-1]
        own, after = _kind(plain, money), _USED_AFTER.match(plain[money.end :])
        bracket = end > 0 and between[:1] in ("（", "(") and not _kind(between, None)
        colon = end > 0 and between[:1] in ("：", ":") and kind in ("spent", "initial", "adjusted", "arrived")
        details = _DETAILS.search(sentence) if end or _SPENT_ON.search(sentence) else None
        told = own and between[:1] in ("（", "(") and not bracket  # （年初预算……，执行中调整为……）
        if open_ is not None and (told or ("。" in between and not details and not after)):
            open_ = None
        if details or bracket or colon:
            spent_on = bool(_SPENT_ON.search(sentence)) or (colon and kind == "spent")
            start = "spent" if spent_on and kind in ("", "forecast", "spent") else kind
            open_ = _List(start, head, text, spent_on)
            if start or spent_on:
                lists.append(open_)
        if open_ is not None and (open_.kind or open_.spending):
            item = after[1] if after and len(_item(sentence)) < 2 else _item(sentence)
            clauses = [c for c in re.split(r"[，,。；;]", between) if c and not _SHARE.search(c)]
            own = "" if bracket else own
            restart = own not in ("", open_.kind) and len(clauses) > 1 and not details
            if item and not restart and not _NO_ITEM.match(item):
                open_.items.append((item, money, own))
                open_.spending |= bool(after)
                end = money.end + (after.end() if after else 0)
                continue
            open_ = None
        before = plain[max(0, money.start - 12) : money.start]
        end = money.end
        if _NOT_YET.search(before) or _CHANGE.search(before):
            continue
        kind = own or kind
        if own:
            head = _Figure(money, text)
            figures.setdefault(own, []).append(head)
        else:
            found.leftovers.append(
                Leftover(text.place, plain[max(0, money.start - 15) : money.end], "看不出是哪一项资金")
            )
    return [one for one in lists if one.items]


def _is_price(plain: str, money: Money) -> bool:
    """“每剂次20元”“20元/人”是单价，不是一笔钱。"""
    return bool(
        _PER_ONE.search(plain[max(0, money.start - 14) : money.start])
        or _RATE_AFTER.match(plain[money.end : money.end + 1])
    )


def _settle(
    lists: Sequence[_List],
    figures: Mapping[str, Sequence[_Figure]],
    sources: dict[str, dict[str, _Figure]],
    found: Funds,
) -> None:
    """列出的各项是资金来源，还是支出明细；看不出的列出。"""
    for one in lists:
        kind = _kind_of_list(one, figures)
        spent = one.spending or kind == "spent"
        looks = _pays if spent else is_source
        by_source = sum(looks(name) for name, _, _ in one.items) * 2 >= len(one.items)
        if spent and _BY_SOURCE.search(squeezed(one.text.text)):
            by_source = False  # the sources have a sentence of their own, so these are the lines
        known = all(_same_source(name, sources) for name, _, _ in one.items)
        if spent and not (by_source or known):
            _spent_on(one, found)
        elif kind in ("spent", "arrived", "forecast") and not (by_source or known):
            continue  # a part of what was said; its paragraph is kept
        elif by_source or known or (len(one.items) > 1 and _fits(one, figures.get(kind, ()))):
            for name, money, own in one.items:
                called = _same_source(name, sources) or name
                sources.setdefault(called, {}).setdefault(own or kind, _Figure(money, one.text))
        else:
            told = "、".join(f"{name}{money.amount}" for name, money, _ in one.items)
            found.leftovers.append(Leftover(one.text.place, told, "看不出是资金来源还是支出，没有读入"))


def _pays(name: str) -> bool:
    """支出里列的一项是不是资金来源：“中央补助”是，“接种补助”“农机购置补贴”是发给人的钱。

    >>> [_pays(name) for name in ("中央补助", "省补资金", "接种补助", "农机购置补贴")]
    [True, True, False, False]
    """
    return is_source(_GRANT.sub("", name) or name) or bool(_LEVEL_GRANT.match(name))


def _arrived_by_source(
    plain: str, text: Text, figures: Mapping[str, Sequence[_Figure]], sources: dict[str, dict[str, _Figure]]
) -> None:
    """“尚有25万元未到位，均为市级财政拨款”：说了差的是谁的，各来源的到位数就知道了；加起来对得上才取。"""
    found, arrived = _LACKING.search(plain), figures.get("arrived", ())
    budgets = {n: own.get("adjusted") or own.get("initial") for n, own in sources.items()}
    if found is None or not arrived or len(sources) < 2 or any("arrived" in own for own in sources.values()):
        return
    gaps: dict[str, Amount] = {}
    if found["one"]:
        gaps[_same_source(found["one"], sources)] = next(moneys(found[0]), arrived[0].money).amount
    for clause in re.findall(r"[^，,]+", found["several"] or ""):
        behind = _BEHIND.match(clause)
        name = _same_source(behind["name"], sources) if behind else ""
        whole, gap = budgets.get(name), next(moneys(clause), None)
        if whole is None:
            return
        gaps[name] = gap.amount if gap else whole.money.amount
    told = {n: f for n, f in budgets.items() if f is not None}
    here = {n: f.money.amount - gaps.get(n, Amount(Decimal(0))) for n, f in told.items()}
    whole_arrived = total_of(list(here.values()))
    if len(told) < len(sources) or not set(gaps) <= set(told) or whole_arrived is None:
        return
    if abs(whole_arrived.yuan - arrived[0].money.amount.yuan) > arrived[0].money.step:
        return
    for name, amount in here.items():
        sources[name]["arrived"] = _Figure(replace(told[name].money, amount=amount), text)


def _kind_of_list(one: _List, figures: Mapping[str, Sequence[_Figure]]) -> str:
    """没有调整过的说法、各项加起来却是调整后的预算的，是调整后的。"""
    if (one.kind == "initial" and not _fits(one, figures.get("initial", ()))) or (
        one.kind == "initial" and _fits(one, figures.get("adjusted", ()))
    ):
        return "adjusted" if _fits(one, figures.get("adjusted", ())) else one.kind
    return one.kind


def _fits(one: _List, totals: Sequence[_Figure]) -> bool:
    whole = one.total
    return whole is not None and any(abs(f.money.amount.yuan - whole.yuan) <= f.money.step for f in totals)


def _same_source(name: str, sources: Mapping[str, Mapping[str, _Figure]]) -> str:
    """“市级”就是前面说过的“市级补助”。"""
    if name in sources:
        return name
    like = [s for s in sources if s.startswith(name) or name.startswith(s)]
    return like[0] if len(like) == 1 and len(name) >= 2 else ""


def _spent_on(one: _List, found: Funds) -> None:
    if len(one.items) == 1 and (one.head is None or one.head.money.amount != one.items[0][1].amount):
        return  # one of the things it was spent on, not the list of them
    for name, money, _ in one.items:
        item = re.sub(r"(?<=.{2})支出$", "", name) if not name.endswith(("基本支出", "项目支出")) else name
        same = [s for s in found.spending if s.item == item]
        if not same:
            found.spending.append(_line(item, money, one.text))
        elif same[0].amount != money.amount:
            found.leftovers.append(
                Leftover(
                    one.text.place, f"{item}{money.amount}", f"与前面的{same[0].amount}不一样，取了前面的"
                )
            )


def _kind(sentence: str, money: Money | None) -> str:
    before = re.split(r"[，,。；;：:]", sentence[: money.start] if money else sentence)[-1]
    best, at = "", -1
    for kind, pattern in _KINDS:
        for match in re.finditer(pattern, before):
            if match.end() > at:
                best, at = kind, match.end()
    if "调整后" in before and best == "initial":
        return "adjusted"
    if re.search(r"预计", before) and best == "spent":
        return "forecast"
    if best:
        return best
    after = sentence[money.end :] if money else ""
    return next((kind for kind, pattern in _AFTER if re.match(pattern, after)), "")


def _item(between: str) -> str:
    tail = _DETAILS.split(between)[-1]
    clauses = re.split(r"[，,；;]", tail)
    while len(clauses) > 1 and (not clauses[0].strip() or _SHARE.search(clauses[0])):
        clauses = clauses[1:]
    name = _TAIL_NOISE.sub("", _HEAD_NOISE.sub("", "，".join(clauses))).strip("：:，,、；;（(）)。")
    return name if len(name) <= 30 else ""


def _line(item: str, money: Money, text: Text) -> Spending:
    labels = {"item": "支出内容", "amount": "金额（元）"}
    raw = {"item": item, "amount": str(money.amount)}
    return Spending(item=item, amount=money.amount, place=place_of(text.place, labels, raw=raw))


def _chosen(kind: str, figures: Sequence[_Figure], found: Funds) -> _Figure | None:
    """同一项写了几处：对得上的取最精确的一处；对不上的取第一处，其余列出。"""
    if not figures:
        return None
    label = layout.FUNDING.column(kind).header
    best = figures[0]
    for one in figures[1:]:
        if not one.money.agrees(best.money):
            found.leftovers.append(
                Leftover(
                    one.text.place,
                    str(one.money.amount),
                    f"与{best.text.place.cell}的{best.money.amount}不一样，{label}取了前面的",
                )
            )
        elif (one.money.about, one.money.step) < (best.money.about, best.money.step):
            best = one
    if best.money.about:
        found.leftovers.append(Leftover(best.text.place, str(best.money.amount), f"是约数，{label}请核对"))
    return best


def _totals(
    found: Funds,
    figures: Mapping[str, Sequence[_Figure]],
    sources: Mapping[str, Mapping[str, _Figure]],
    texts: Sequence[Text],
) -> None:
    chosen = {
        k: f
        for k in ("initial", "adjusted", "arrived", "spent", "forecast")
        if (f := _chosen(k, figures.get(k, ()), found))
    }
    name = ""
    named_at: ReportPlace | None = None
    for text in texts:
        for match in _ONLY_SOURCE.finditer(squeezed(text.text)):
            if not name or (name in match[1] and name != match[1]):
                name, named_at = re.sub(r"(安排|解决|保障)$", "", match[1]), text.place
    found.totals = dict(chosen)
    budget = chosen.get("adjusted") or chosen.get("initial")
    if "arrived" not in chosen and budget is not None:
        full = next((t for t in texts if _ALL_ARRIVED.search(squeezed(t.text))), None)
        if full is not None:
            chosen["arrived"] = _Figure(budget.money, full)
    if len(sources) > 1 or (sources and not name):
        left = dict(chosen)
        if any("adjusted" in own for own in sources.values()) and "initial" in left:
            # Beside budgets by source that are adjusted ones, a sum of the earlier ones would count twice.
            total = left.pop("initial")
            if not any("initial" in own for own in sources.values()):
                found.leftovers.append(
                    Leftover(total.text.place, str(total.money.amount), "年初预算没有分来源，没有读入")
                )
            else:
                left["initial"] = total
        for source, own in sources.items():
            found.funding.append(_funding(source, None, own))
        for kind in {k for own in sources.values() for k in own}:
            whole = left.pop(kind, None)
            parts = total_of([own[kind].money.amount for own in sources.values() if kind in own])
            if whole is not None and parts is not None and _others_follow(whole, parts, texts):
                rest = Money(whole.money.amount - parts, whole.money.step, False, 0, 0)
                found.funding.append(_funding("其余来源", None, {kind: _Figure(rest, whole.text)}))
            elif whole is not None and whole.money.amount != parts:
                found.leftovers.append(
                    Leftover(
                        whole.text.place,
                        str(whole.money.amount),
                        f"各来源加起来是{parts}，与合计不一样，照各来源读入",
                    )
                )
        if left:
            found.funding.append(_funding("各来源合计（报告未分来源）", None, left))
    elif chosen:
        found.funding.append(_funding(name, named_at, chosen))


def _others_follow(whole: _Figure, parts: Amount, texts: Sequence[Text]) -> bool:
    """来源多的只列了几项（“等5项构成”），其余的也有一个数。"""
    listed = any(_AND_OTHERS.search(squeezed(t.text)) for t in texts)
    return listed and whole.money.amount.yuan > parts.yuan


def _funding(source: str, source_at: ReportPlace | None, figures: Mapping[str, _Figure]) -> Funding:
    first = next(iter(figures.values()))
    cells: dict[str, Origin] = {
        k: f.text.place.labelled(layout.FUNDING.column(k).header) for k, f in figures.items()
    }
    cells["source"] = (source_at or first.text.place).labelled("资金来源")
    raw = {k: str(f.money.amount) for k, f in figures.items()} | {"source": source}
    amounts = {k: f.money.amount for k, f in figures.items()}
    return Funding(
        source=source,
        initial=amounts.get("initial"),
        adjusted=amounts.get("adjusted"),
        arrived=amounts.get("arrived"),
        spent=amounts.get("spent"),
        forecast=amounts.get("forecast"),
        place=RowPlace(REPORT, "", 0, cells, {}, raw, first.text.place),
    )
