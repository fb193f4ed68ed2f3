"""A whole and its parts where the wording says that no part is left out: brackets, “即”, “其他”, names of one kind, “各”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, first_of_them_add_up, in_unit_of

_ASIDE = r"(?:[（(][^（()）]{0,24}[)）])?"
_LABEL = r"[^、，,；;。：:（()）\ue000-\uf7ff]"
_BESIDE = re.compile(rf"{_ASIDE}(?:[、和及与]|[，,](?:以及|和)?)(?P<label>{_LABEL}{{1,12}})")
_OPENED = re.compile(
    rf"{_LABEL}{{0,8}}(?P<mark>[（(]|[，,]?即|[，,])(?P<thereof>其中(?:有|：|:)?)?(?P<label>{_LABEL}{{1,12}})"
)
_THE_REST = re.compile(r"^(?:其他|其它|其余|余下|另外|剩余)")
_LOOSE = re.compile(
    r"女|党员|残疾|少数民族|脱贫|低保|退役|岁|以上|以下|兼|重复|交叉|同时|本科|高级|优秀|先进|率|比|较|占|达|超|增|减|上年|去年|同期|计划|目标|预计|平均|"
    r"每|累计|共|合计|当月|本月|至今|截|应|需|剩|未|没有|尚|待|不"
)
_ORDINAL = re.compile(r"第?[一二三四五六七八九十首\d]{1,2}[期批次轮标段片组类级档场季月站区]{1,2}")
_MOST = 12


def parts_of_whole(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """一个数后面一项一项列着的，措辞说明列全了：加起来就是它。"""
    taken = -1
    for n, whole in enumerate(sentence.quantities):
        if n <= taken or not _can_be_whole(sentence, n):
            continue
        parts, labels, mark, thereof = _parts(sentence, n)
        if len(parts) < 2 or not _all_told(labels, mark, thereof, sentence, parts[-1]):
            continue
        if _ORDINAL.search(sentence.before(n)[-6:]) and all(_ORDINAL.match(label) for label in labels):
            continue  # “一期48人，二期52人，三期45人”: the first is one of them
        taken = parts[-1]
        yield from _held(sentence, whole, [sentence.quantities[m] for m in parts], n, parts[-1])


def _can_be_whole(sentence: Sentence, n: int) -> bool:
    whole = sentence.quantities[n]
    if (
        whole.unit in ("", "%", "‰", "分", "个百分点", "百分点", "天", "倍")
        or whole.per
        or whole.about
        or whole.comparator
    ):
        return False
    if sentence.roles[n] not in (Role.ACTUAL, Role.PLAN, Role.PART) or "其中" in sentence.before(n):
        return False
    return re.search(r"平均|[人户亩日场]均|[、和及与][^，,]{0,10}$", sentence.before(n)) is None


def _parts(sentence: Sentence, n: int) -> tuple[list[int], list[str], str, bool]:
    whole = sentence.quantities[n]
    if n + 1 >= len(sentence.quantities):
        return [], [], "", False
    opened = _OPENED.fullmatch(sentence.skeleton[sentence.at[n] + 1 : sentence.at[n + 1]])
    if opened is None or _LOOSE.search(opened["label"]):
        return [], [], "", False
    parts, labels = list[int](), list[str]()
    label = opened["label"]
    for m in range(n + 1, min(len(sentence.quantities), n + 1 + _MOST)):
        quantity = sentence.quantities[m]
        if (
            quantity.unit != whole.unit
            or quantity.per
            or quantity.about
            or quantity.comparator
            or _LOOSE.search(label)
        ):
            break
        parts.append(m)
        labels.append(label)
        if m + 1 == len(sentence.quantities):
            break
        beside = _BESIDE.fullmatch(sentence.skeleton[sentence.at[m] + 1 : sentence.at[m + 1]])
        if beside is None:
            break
        label = beside["label"]
    return parts, labels, opened["mark"], opened["thereof"] is not None


def _all_told(labels: list[str], mark: str, thereof: bool, sentence: Sentence, last: int) -> bool:
    """措辞说明列全了没有。"""
    tail = sentence.skeleton[sentence.at[last] + 1 :][:6]
    if re.match(r"[^，,。；]{0,2}等|左右|以上", tail):
        return False
    if any(_THE_REST.match(label) for label in labels):
        return (
            _THE_REST.match(labels[-1]) is not None
            and re.match(r"[^，,。；]{0,4}(?:未|没有|尚|待)", tail) is None
        )
    if thereof:
        return False
    if mark in "（(":
        return tail[:1] in ("）", ")")
    if mark.endswith("即"):
        return True
    alike = len({label[0] for label in labels}) == 1 or len({label[-1] for label in labels}) == 1
    return len(labels) > 2 and alike and len({len(label) for label in labels}) <= 2


def _held(
    sentence: Sentence, whole: Quantity, parts: list[Quantity], first: int, last: int
) -> Iterator[Breach]:
    low, high = sum((p.low for p in parts), Decimal(0)), sum((p.high for p in parts), Decimal(0))
    if (low <= whole.high and whole.low <= high) or first_of_them_add_up(whole, parts):
        return
    exact = sum((p.number for p in parts), Decimal(0))
    if any(p.number > whole.number * 2 for p in parts):
        return  # of another kind
    yield Breach(
        relation=Relation.PARTS,
        quote=sentence.shown(sentence.at[first], sentence.at[last] + 1),
        fact=f"{'＋'.join(p.text for p in parts)} = {in_unit_of(exact, whole)}，合计写的是 {whole.text}",
        values={"合计": whole.plainly, "各项相加": in_unit_of(exact, whole)},
    )


_NO_AND = r"(?:(?![和及与])[\u4e00-\u9fff])"  # or a list could be cut up in ways without number
_EACH = re.compile(
    rf"(?P<names>{_NO_AND}{{1,8}}(?:[、和及与]{_NO_AND}{{1,8}}){{1,8}})(?:[两三四五六]\w)?各(?P<does>[\u4e00-\u9fff]{{0,4}})(?P<q>{Q})"
)


def as_many_each(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“400份，枯水期、丰水期各200份”：几样各是多少，加起来就是全部。"""
    for match in _EACH.finditer(sentence.skeleton):
        quantity = sentence.quantity(match["q"])
        n = ord(match["q"]) - 0xE000
        names = re.split("[、和及与]", match["names"])
        wholes = [
            m
            for m in range(len(sentence.quantities))
            if m != n
            and abs(m - n) == 1
            and sentence.quantities[m].kind == quantity.kind
            and not quantity.per
        ]
        if len(wholes) != 1 or quantity.about or quantity.unit in ("", "%") or "其中" in sentence.skeleton:
            continue
        whole = sentence.quantities[wholes[0]]
        right = quantity.number * len(names)
        if (
            whole.covers(right)
            or whole.about
            or not Decimal("0.5") <= right / whole.number <= 2
            or not whole.number
        ):
            continue
        yield Breach(
            relation=Relation.PARTS,
            quote=sentence.shown(
                min(sentence.at[wholes[0]], match.start()), max(sentence.at[wholes[0]] + 1, match.end())
            ),
            fact=f"{len(names)}×{quantity.text} = {in_unit_of(right, whole)}，写的是 {whole.text}",
            values={"合计": whole.plainly, "各项相加": in_unit_of(right, whole)},
        )


_AND_ANOTHER = re.compile(
    rf"(?P<whole>{Q})[^\ue000-\uf7ff。；]{{0,12}}[，,、][^\ue000-\uf7ff。；，,]{{1,10}}(?P<one>{Q})[^\ue000-\uf7ff。；]{{0,10}}[，,、](?:另外?|其余|其他|余下|剩下)(?:的)?[^\ue000-\uf7ff。；，,]{{0,6}}(?P<rest>{Q})(?P<tail>[^\ue000-\uf7ff。；，,]{{0,8}})"
)


def and_the_others(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“接到3起，核实1起，另外2起不属实”：一部分和另外的，加起来是全部。"""
    for match in _AND_ANOTHER.finditer(sentence.skeleton):
        whole, quantity, rest = (sentence.quantity(match[k]) for k in ("whole", "one", "rest"))
        n = ord(match["whole"]) - 0xE000
        if (
            not (whole.kind == quantity.kind == rest.kind)
            or whole.per
            or whole.unit in ("", "%")
            or whole.about
        ):
            continue
        if quantity.about or rest.about or sentence.roles[n] not in (Role.ACTUAL, Role.PLAN):
            continue
        plainly_another = (
            match[0][match[0].rindex(match["rest"]) - 3 :].startswith("另") or "另有" in match[0]
        )
        between = match[0][1 : match[0].index(match["one"])]
        if (
            "其中" in between
            or re.search("比|较|超|目标|上年|去年", between)
            or (plainly_another and "另有" in match[0])
        ):
            continue
        if re.match(r"[^，,]{0,4}(?:正在|计划|拟|将)", match["tail"]) and "另" in match[0]:
            continue
        if max(quantity.number, rest.number) > whole.number or whole.covers(quantity.number + rest.number):
            continue
        yield from _held(sentence, whole, [quantity, rest], n, ord(match["rest"]) - 0xE000)


__all__ = ["and_the_others", "as_many_each", "parts_of_whole"]
