"""A stock at the beginning, what came in, what went out, and the stock at the end: “年初22辆，新购6辆、报废4辆，在用24辆”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role, Sentence, W
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_OPENING = "上年结余|年初结余|期初结余|上期结余|连同|此前|年初|期初|月初|季初|上年末|上年底|去年末|去年底|上年结转|上期末|原有|原来有|原登记|原在册|接上期|建档时"
_IN = (
    "新装|新聘|新设|新添|新种|新修|新签|新培育|新配|新增|新购|新建|新收|新招|新接收|新入|新开|新登记|新认定|净增|增加|增补|接收|转入|迁入|流入|调入|补充|招录|录用|"
    "招聘|引进|聘用|补录|增配|增配|收治|捐赠|拨入|下达|本年收入|筹集|纳入|购入|采购入|入库|入学|入院|入矫|入职|入住|入栏|出生|恢复"
)
_OUT = (
    "报废|减少|净减|解除|解矫|退出|注销|撤并|撤销|撤除|取消|停运|拆除|流出|转出|迁出|调出|离职|离岗|退休|死亡|病故|核销|"
    "淘汰|出库|出院|出矫|出栏|关停|关闭|期满|辞职|清退|毕业|销号|办结|化解|出售|捐出|领走|支出|发放|领用|拨付|消耗|报损|丢失|减员|流失|停用|归还|销毁|消除|退保|停保|辞退|脱困|烧掉|用掉|用去|用了|耗用"
)
_CLOSING = (
    "期末|年末|月末|季末|月底|年底|现有|现存|结存|库存|尚存|在用|在册|在矫|在岗|在校|在院|在园|在库|存栏|在运|目前|至今|余|剩|"
    "现在|[现一总县市区乡镇省村校]共|共有|合计|实有|总数|(?<!下)达到?|增至|增加到|减至|减少到|降至"
)
_NEAR = rf"(?:了|约|共|有|为|是|的|各类|{W})*[一-鿿]{{0,6}}?$"
_WORDS = {
    name: re.compile(rf"(?:{words}){_NEAR}")
    for name, words in (("closing", _CLOSING), ("opening", _OPENING), ("in", _IN), ("out", _OUT))
}
_END_OF = re.compile(r"[末底]$")
_NOT_A_STOCK = re.compile("约|计划|目标|任务|预计|拟|比例|平均|其中")


class _Flow(Enum):
    OPENING = "年初"
    IN = "增加"
    OUT = "减少"
    CLOSING = "年末"


def stocks(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """期初加增加的、减减少的，应是期末；一句里期初、期末各有一个、中间有增减的才算。"""
    for kind in dict.fromkeys(q.kind for q in sentence.quantities):
        told = [
            (n, _part(sentence, n, q))
            for n, q in enumerate(sentence.quantities)
            if _counts(sentence, n, kind)
        ]
        closings = [n for n, part in told if part is _Flow.CLOSING]
        if len(closings) == 2 and told[0][0] == closings[0] and not any(p is _Flow.OPENING for _, p in told):
            told[0] = closings[0], _Flow.OPENING  # “库存5000只，新购3000只，现存1800只”
        parts = [(sentence.quantities[n], part) for n, part in told]
        opening = [q for q, part in parts if part is _Flow.OPENING]
        closing = [q for q, part in parts if part is _Flow.CLOSING]
        flows = [(q, part) for q, part in parts if part in (_Flow.IN, _Flow.OUT)]
        if len(opening) != 1 or len(closing) != 1 or not flows or any(part is None for _, part in parts):
            continue
        signed = [(q, 1 if part is _Flow.IN else -1) for q, part in flows]
        right = opening[0].number + sum((q.number * sign for q, sign in signed), Decimal(0))
        if abs(right - closing[0].number) <= sum((_half(q) for q, _ in parts), Decimal(0)):
            continue
        sum_ = opening[0].text + "".join(("＋" if sign > 0 else "－") + q.text for q, sign in signed)
        first, last = told[0][0], told[-1][0]
        yield Breach(
            relation=Relation.PARTS,
            quote=sentence.shown(sentence.at[first] - len(sentence.before(first)), sentence.at[last] + 1),
            fact=f"{sum_} = {in_unit_of(right, closing[0])}，写的是 {closing[0].text}",
            values={"写的": closing[0].plainly, "算出": in_unit_of(right, closing[0])},
        )


def _counts(sentence: Sentence, n: int, kind: tuple[str, tuple[str, ...]]) -> bool:
    quantity = sentence.quantities[n]
    return (
        quantity.kind == kind
        and quantity.unit not in ("", "%", "个百分点", "百分点", "天")
        and not quantity.per
    )


def _part(sentence: Sentence, n: int, quantity: Quantity) -> _Flow | None:
    """这个数是期初、增加、减少还是期末；看不出来、约数、打算做的返回空。"""
    if quantity.about or quantity.comparator or sentence.roles[n] in (Role.TARGET, Role.STAGE, Role.PLAN):
        return None
    before = re.split(rf"[、，,和及]|{Q}", sentence.skeleton[max(0, sentence.at[n] - 24) : sentence.at[n]])[
        -1
    ]
    if _NOT_A_STOCK.search(before):
        return None
    found = {
        name: match.start() for name, words in _WORDS.items() if (match := words.search(before)) is not None
    }
    if not found:
        when = re.search(rf"({W})[一-鿿]{{0,8}}$", before)
        if when is None or not _END_OF.search(sentence.when(when[1]).text):
            return None
        return _Flow.OPENING if n == 0 else _Flow.CLOSING
    if "opening" in found:
        return _Flow.OPENING  # “年初库存”, “年初在册”
    if {"in", "out"} & set(found):
        found.pop("closing", None)  # “6月底前新购”, “目前已报废”: what moved, whenever it did
    return _Flow[max(found, key=lambda name: found[name]).upper()]


def _half(quantity: Quantity) -> Decimal:
    """写出的位数能容的一半。"""
    return (quantity.high - quantity.low) / 2
