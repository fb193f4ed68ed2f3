"""Lists of amounts in a report: sources of funds, or lines of spending?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.amount import total as total_of
from perfmon_xl.domain.text_keys import compact
from perfmon_xl.importing.amounts import moneys
from perfmon_xl.importing.found import Leftover
from perfmon_xl.importing.fund_sentences import (
    BY_SOURCE,
    Figure,
    Funds,
    ItemList,
    spending_line,
)
from perfmon_xl.importing.outline import Text
from perfmon_xl.importing.vocabulary import is_source

_GRANT = re.compile(r"补助|补贴")
_LEVEL_GRANT = re.compile(r"^[省市州区县旗乡镇]补")
_LACKING = re.compile(
    r"尚有[^，,。；;]{1,20}未到位(?:，均为(?P<one>[^，,。；;]{2,30})|[:：](?P<several>[^。；;]{2,300}))"
)
_BEHIND = re.compile(r"^(?P<name>[^，,]{2,30}?)(?:还差|尚差|尚未(?:拨付|到位))")


def settle_lists(
    lists: Sequence[ItemList],
    figures: Mapping[str, Sequence[Figure]],
    sources: dict[str, dict[str, Figure]],
    funds: Funds,
) -> None:
    """列出的各项是资金来源，还是支出明细；看不出的列出。"""
    for list_ in lists:
        kind = _kind_of_list(list_, figures)
        spent = list_.spending or kind == "spent"
        looks = _pays if spent else is_source
        by_source = sum(looks(name) for name, _, _ in list_.items) * 2 >= len(list_.items)
        if spent and BY_SOURCE.search(compact(list_.text.text)):
            by_source = False  # the sources have a sentence of their own, so these are the lines
        known = all(_same_source(name, sources) for name, _, _ in list_.items)
        if spent and not (by_source or known):
            add_spending(list_, funds)
        elif kind in ("spent", "arrived", "forecast") and not (by_source or known):
            continue  # a part of what was said; its paragraph is kept
        elif by_source or known or (len(list_.items) > 1 and _adds_up(list_, figures.get(kind, ()))):
            for name, money, own in list_.items:
                called = _same_source(name, sources) or name
                sources.setdefault(called, {}).setdefault(own or kind, Figure(money, list_.text))
        else:
            told = "、".join(f"{name}{money.amount}" for name, money, _ in list_.items)
            funds.leftovers.append(Leftover(list_.text.place, told, "看不出是资金来源还是支出，没有读入"))


def _pays(name: str) -> bool:
    """支出里列的一项是不是资金来源：“中央补助”是，“接种补助”“农机购置补贴”是发给人的钱。

    >>> [_pays(name) for name in ("中央补助", "省补资金", "接种补助", "农机购置补贴")]
    [True, True, False, False]
    """
    return is_source(_GRANT.sub("", name) or name) or bool(_LEVEL_GRANT.match(name))


def arrived_by_source(
    plain: str, text: Text, figures: Mapping[str, Sequence[Figure]], sources: dict[str, dict[str, Figure]]
) -> None:
    """“尚有25万元未到位，均为市级财政拨款”：说了差的是谁的，各来源的到位数就知道了；加起来对得上才取。"""
    match, arrived = _LACKING.search(plain), figures.get("arrived", ())
    budgets = {n: own.get("adjusted") or own.get("initial") for n, own in sources.items()}
    if match is None or not arrived or len(sources) < 2 or any("arrived" in own for own in sources.values()):
        return
    gaps: dict[str, Amount] = {}
    if match["one"]:
        gaps[_same_source(match["one"], sources)] = next(moneys(match[0]), arrived[0].money).amount
    for clause in re.findall(r"[^，,]+", match["several"] or ""):
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
        sources[name]["arrived"] = Figure(replace(told[name].money, amount=amount), text)


def _kind_of_list(item_list: ItemList, figures: Mapping[str, Sequence[Figure]]) -> str:
    """没有调整过的说法、各项加起来却是调整后的预算的，是调整后的。"""
    if (item_list.kind == "initial" and not _adds_up(item_list, figures.get("initial", ()))) or (
        item_list.kind == "initial" and _adds_up(item_list, figures.get("adjusted", ()))
    ):
        return "adjusted" if _adds_up(item_list, figures.get("adjusted", ())) else item_list.kind
    return item_list.kind


def _adds_up(item_list: ItemList, totals: Sequence[Figure]) -> bool:
    whole = item_list.total
    return whole is not None and any(abs(f.money.amount.yuan - whole.yuan) <= f.money.step for f in totals)


def _same_source(name: str, sources: Mapping[str, Mapping[str, Figure]]) -> str:
    """“市级”就是前面说过的“市级补助”。"""
    if name in sources:
        return name
    like = [s for s in sources if s.startswith(name) or name.startswith(s)]
    return like[0] if len(like) == 1 and len(name) >= 2 else ""


def add_spending(item_list: ItemList, funds: Funds) -> None:
    if len(item_list.items) == 1 and (
        item_list.head is None or item_list.head.money.amount != item_list.items[0][1].amount
    ):
        return  # one of the things it was spent on, not the list of them
    for name, money, _ in item_list.items:
        item = re.sub(r"(?<=.{2})支出$", "", name) if not name.endswith(("基本支出", "项目支出")) else name
        same = [s for s in funds.spending if s.item == item]
        if not same:
            funds.spending.append(spending_line(item, money, item_list.text))
        elif same[0].amount != money.amount:
            funds.leftovers.append(
                Leftover(
                    item_list.text.place,
                    f"{item}{money.amount}",
                    f"与前面的{same[0].amount}不一样，取了前面的",
                )
            )
