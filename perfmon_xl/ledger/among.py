"""Parts said to lie within a whole: “24个站中国控站5个、省控站8个”, “其中三条共720公顷，其余三条共640公顷”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of

_AMONG = re.compile(
    rf"(?P<whole>{Q})(?P<noun>[\u4e00-\u9fff]{{0,6}}?)(?:之?中|里)(?P<label>[，,：:]?[\u4e00-\u9fff]{{1,10}}?)(?P<first>{Q})"
)
_THEREOF = re.compile(
    rf"其中(?P<label>[^。；\ue000-\ue7ff]{{1,30}}?)(?P<first>{Q})[^。；\ue000-\ue7ff]{{0,16}}?[，,、]"
    rf"(?:其余|其他|余下|剩余|剩下)(?P<rest>[^。；，,\ue000-\ue7ff]{{0,16}}?)(?P<last>{Q})"
)
_NEXT = re.compile(
    r"(?:[（(][^（()）]{0,20}[)）])?(?:[、和及]|[，,](?=[^，,]{2,14}(?:合计|共)[\ue000-\ue7ff]?|[\u4e00-\u9fff]{1,7}的$))[\u4e00-\u9fff]{1,14}"
)
_OVERLAP = re.compile("女|男|党员|残疾|少数民族|脱贫|低保|退役|岁|兼|重复|交叉|同时|本科|高级|优秀|率")
_UNMET = re.compile(r"未|没有|尚|待|计划|安排|预计|将|拟|年底|下半年|下一步|[\uf000-\uf7ff]|正在")


def among(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """一个数里面一项一项列着的，加起来不会比它多；“其余”也说了的，加起来就是它。"""
    for match in _AMONG.finditer(sentence.skeleton):
        whole, n = sentence.quantity(match["whole"]), ord(match["first"]) - 0xE000
        parts = _listed(sentence, n)
        if len(parts) < 2 or not _alike(whole, parts) or _OVERLAP.search(match["label"]):
            continue
        if sum((p.low for p in parts), Decimal(0)) > whole.high:
            yield _breach(sentence, match, whole, parts)
    for match in _THEREOF.finditer(sentence.skeleton):
        parts = [sentence.quantity(match["first"]), sentence.quantity(match["last"])]
        m = ord(match["first"]) - 0xE000
        if ord(match["last"]) - 0xE000 != m + 1 or _UNMET.search(match["rest"] + sentence.after(m + 1)[:12]):
            continue
        wholes = [
            sentence.quantities[k]
            for k in range(m)
            if sentence.roles[k] in (Role.ACTUAL, Role.PLAN) and comparable(sentence.quantities[k], parts[0])
        ]
        if not wholes or not _alike(wholes[-1], parts):
            continue
        low, high = sum((p.low for p in parts), Decimal(0)), sum((p.high for p in parts), Decimal(0))
        if not any(low <= whole.high and whole.low <= high for whole in wholes):
            yield _breach(sentence, match, wholes[-1], parts)


def _listed(sentence: Sentence, n: int) -> list[Quantity]:
    """从第 n 个量起，用顿号一项一项列着的；前面都有名称。"""
    parts = [sentence.quantities[n]]
    for m in range(n + 1, len(sentence.quantities)):
        gap = sentence.skeleton[sentence.at[m - 1] + 1 : sentence.at[m]]
        if not _NEXT.fullmatch(gap) or _OVERLAP.search(gap):
            break
        parts.append(sentence.quantities[m])
    return parts


def _alike(whole: Quantity, parts: list[Quantity]) -> bool:
    return (
        whole.unit not in ("", "%")
        and not whole.about
        and all(comparable(p, whole) and not p.about and not p.per for p in parts)
    )


def _breach(sentence: Sentence, match: re.Match[str], whole: Quantity, parts: list[Quantity]) -> Breach:
    exact = sum((p.number for p in parts), Decimal(0))
    return Breach(
        relation=Relation.PARTS,
        quote=sentence.shown(match.start(), match.end()),
        fact=f"{'＋'.join(p.text for p in parts)} = {in_unit_of(exact, whole)}，全部写的是 {whole.text}",
        values={"合计": whole.text, "各项相加": in_unit_of(exact, whole)},
    )
