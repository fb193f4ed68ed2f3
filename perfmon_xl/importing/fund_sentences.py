"""Amounts in sentences about funds: what each figure is, and the lists that follow it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.amount import total as total_of
from perfmon_xl.domain.model import Funding, Paragraph, Spending
from perfmon_xl.importing.amounts import PrintedAmount, moneys
from perfmon_xl.importing.found import Leftover, place_of
from perfmon_xl.importing.outline import Text

# The last of these words before a figure, within its clause, says what the figure is.
_KINDS: tuple[tuple[str, str], ...] = (
    ("forecast", r"预计(?:全年)?(?:支出|执行)|全年预计"),
    ("adjusted", r"调整后|调整为|调整至|调增至|调减至"),
    ("arrived", r"到位|财政(?:部门|局)?(?:已|累计|实际)*拨付"),
    ("spent", r"支出|(?<!转移)支付|使用|执行|已拨付|花费"),
    ("initial", r"预算|安排|下达|批复|总投资|投入"),
)
_AFTER: tuple[tuple[str, str], ...] = (
    ("arrived", r"^(?:资金)?(?:均|已|全部|实际)*到位"),
    ("spent", r"^(?:资金)?(?:均|已|全部|实际)*(?:支出|支付|使用完毕|执行完毕)"),
)
_DETAILS = re.compile(
    r"[，；]由(?!年初|其他)|其中|主要用于|分别用于|具体用于|用于|主要包括|包括|分别为|分别是|具体为|主要是|主要为|具体是|支出(?:明细|构成|内容|项目|情况)(?:为|如下|是|包括)?|资金来源(?:为|是)|构成为"
)
SPENT_ON = re.compile(r"用于|支出(?:明细|构成|内容|项目|情况)|开支|花费")
_NO_ITEM = re.compile(
    r"^截至|^项目(?!支出$|[\u4e00-\u9fff]{0,12}(?:费|费用|工程|采购|建设|补助|补贴|款)$)|累计|^(?:年初|全年|年度|执行中|实际|预计|其余|合计|共计|调整后?|预算|资金|安排|到位|为)+$"
)
_USED_AFTER = re.compile(r"^(?:主要|分别|具体)?用于([^，,。；;、（(]{2,24})")
_SHARE = re.compile(r"占|比例|比重|%|％|左右|完成|执行率")
_NOT_YET = re.compile(
    r"(?:未|尚未|没有|尚有|还有|还差|尚差|剩余|结余|差额|不足|缺口)[^，,。；;]{0,6}$|(?:超支|超预算|超出预算|超出|数多)$"
)
BY_SOURCE = re.compile(r"分来源看，([^。]*)。?")
_SPENT_BY = re.compile(r"([^，、]{1,80}?)(?:累计|已|实际)?支出(?=\d)")
_SPENT_NOTHING = re.compile(r"(?:^|[，、])([^，、]{1,80}?)(?:尚未|没有|未)支出(?=[，、]|$)")
_ONE_LINE = re.compile(r"全部用于([^，,。；（(]{2,30})")
_PER_ONE = re.compile(r"(?:每[\u4e00-\u9fff/／]{0,8}|单价|均价|人均|户均)(?:标准|补助|补贴)?(?:为|是|约)?$")
_RATE_AFTER = re.compile(r"[/／每]")
_REMARK = re.compile(r"[（(]占[\d.]{1,9}[%％](?:[^（()）]|[（(][^（()）]*[)）])*[)）]")
_IN_BRACKETS = re.compile(r"^[（(](?!其中)(?:[^（()）]|[（(][^（()）]*[)）])*[)）]")
_CHANGE = re.compile(r"(?:追加|调增|调减|核减|收回|压减|新增|增加|减少)[^，,。；;]{0,6}$")
_CHANGED_BY = re.compile(r"(?:追加|调增|调减|核减|压减)(?:了|资金|预算)*$")
_HEAD_NOISE = re.compile(
    r"^[，,、；;：:。\s①-⑳]*(?:[（(]?\d{1,2}[）)、.．])?(?:以及|和|及|与|还有|主要是|用于)?"
)
_TAIL_NOISE = re.compile(r"(?:共计|合计|支出|安排|金额|预算)?(?:为|是|约|共)?[:：]?$")


@dataclass(frozen=True, slots=True)
class Figure:
    money: PrintedAmount
    text: Text


@dataclass(slots=True)
class Funds:
    """从文字读出的资金：来源各行、支出明细、各段说明、对不上的地方。"""

    funding: list[Funding] = field(default_factory=list)
    spending: list[Spending] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    totals: dict[str, Figure] = field(default_factory=dict)


def single_line(plain: str, text: Text, funds: Funds) -> None:
    """“累计支出3万元，全部用于津贴发放”：支出明细只有一笔。"""
    used = _ONE_LINE.search(plain)
    money = next((m for m in moneys(plain) if _kind(plain, m) == "spent"), None)
    if used is not None and money is not None and money.end < used.start():
        funds.spending.append(spending_line(used[1], money, text))


def spent_by_source(plain: str, text: Text, sources: dict[str, dict[str, Figure]]) -> None:
    """“分来源看，甲支出3万元，乙支出2万元”：各来源的支出。"""
    for told in BY_SOURCE.finditer(plain):
        for money in moneys(told[1]):
            name = _SPENT_BY.search(told[1][: money.start].rpartition("，")[2] + "0")
            if name is not None:
                sources.setdefault(name[1], {})["spent"] = Figure(money, text)
        for nothing in _SPENT_NOTHING.finditer(told[1]):
            zero = PrintedAmount(Amount(Decimal(0)), Decimal(1), False, nothing.start(), nothing.end())
            sources.setdefault(nothing[1], {})["spent"] = Figure(zero, text)


@dataclass(slots=True)
class ItemList:
    """一句话里列出的各项：“其中：甲 60万元、乙 40万元”。kind 是说的哪一种钱，spending 是写明花在哪里的。"""

    kind: str
    head: Figure | None
    text: Text
    spending: bool
    items: list[tuple[str, PrintedAmount, str]] = field(default_factory=list)

    @property
    def total(self) -> Amount | None:
        return total_of([m.amount for _, m, _ in self.items])


def read_paragraph(plain: str, text: Text, figures: dict[str, list[Figure]], funds: Funds) -> list[ItemList]:
    """一段里的各个金额：总数记进 figures，列出的各项返回。"""
    lists: list[ItemList] = []
    open_: ItemList | None = None
    head: Figure | None = None
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
        details = (
            _DETAILS.search(sentence) if end or SPENT_ON.search(sentence) or "资金来源" in sentence else None
        )
        told = own and between[:1] in ("（", "(") and not bracket  # （年初预算……，执行中调整为……）
        if open_ is not None and (told or ("。" in between and not details and not after)):
            open_ = None
        if kind != "spent" and _CHANGED_BY.search(plain[max(0, money.start - 8) : money.start]):
            open_, end = (
                None,
                money.end,
            )  # “其中甲追加55万元，乙核减49万元”: what changed, not what a source has
            continue
        if details or bracket or colon:
            spent_on = bool(SPENT_ON.search(sentence)) or (colon and kind == "spent")
            start = "spent" if spent_on and kind in ("", "forecast", "spent") else kind
            if not start and "资金来源" in sentence:
                start = "initial"
            open_ = ItemList(start, head, text, spent_on)
            if start or spent_on:
                lists.append(open_)
        elif open_ is None and after and not own and kind in ("spent", "") and len(_item(sentence)) < 2:
            open_ = ItemList("spent", head, text, True)  # 30万元用于修路，20万元用于装灯
            lists.append(open_)
        if open_ is not None and (open_.kind or open_.spending):
            item = after[1] if after and len(_item(sentence)) < 2 else _item(sentence)
            clauses = [c for c in re.split(r"[，,。；;]", between) if c and not _SHARE.search(c)]
            own = "" if bracket else own
            apart = len(clauses) > 1 or bool(re.search(r"[；。]", between))
            restart = own not in ("", open_.kind) and apart and not details
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
            head = Figure(money, text)
            figures.setdefault(own, []).append(head)
        else:
            funds.leftovers.append(
                Leftover(text.place, plain[max(0, money.start - 15) : money.end], "看不出是哪一项资金")
            )
    return [list_ for list_ in lists if list_.items]


def _is_price(plain: str, money: PrintedAmount) -> bool:
    """“每剂次20元”“20元/人”是单价，不是一笔钱。"""
    return bool(
        _PER_ONE.search(plain[max(0, money.start - 14) : money.start])
        or _RATE_AFTER.match(plain[money.end : money.end + 1])
    )


def _kind(sentence: str, money: PrintedAmount | None) -> str:
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


def kind_before(clause: str) -> str:
    """一小句话说的是哪一种钱；没有说的是空。"""
    return _kind(clause, None)


def _item(between: str) -> str:
    tail = _DETAILS.split(between)[-1]
    clauses = re.split(r"[，,；;]", tail)
    while len(clauses) > 1 and (not clauses[0].strip() or _SHARE.search(clauses[0])):
        clauses = clauses[1:]
    name = _TAIL_NOISE.sub("", _HEAD_NOISE.sub("", "，".join(clauses))).strip("：:，,、；;（(）)。")
    return name if len(name) <= 30 else ""


def spending_line(item: str, money: PrintedAmount, text: Text) -> Spending:
    labels = {"item": "支出内容", "amount": "金额（元）"}
    raw = {"item": item, "amount": str(money.amount)}
    return Spending(item=item, amount=money.amount, place=place_of(text.place, labels, raw=raw))
