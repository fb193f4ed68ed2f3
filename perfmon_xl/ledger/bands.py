"""Parts whose names have numbers of their own, and lists that only a colon or a comma joins to their whole.

“800人，其中2至3岁520人、1至2岁240人、1岁以下140人”: 2, 3, 1 are names of the parts. A list need not name
everything, so less than the whole is told only of bands that leave nothing out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import NOT_SIGN, Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, first_of_them_add_up, in_unit_of

_THEREOF = re.compile(
    r"(?<=[\ue000-\ue7ff])[，,](?!其中)|其中(?:[^，,：:\ue000-\uf7ff]{0,3}[：:])?|包括|包含|[：:]"
)
_OVERLAP = re.compile(
    "女|男|党员|残疾|少数民族|脱贫|低保|退役|兼|重复|交叉|同时|本科|硕士|高级|优秀|困难|独居|失能|贫困|平均|超过|比|较|目标|率|问题|缺|未|不"
)
_SEPARATED = re.compile(r"^(?:[（(][^（()）]{0,20}[)）])?[、，,；和及]")
_LABEL = 14  # 字
_LEAST = 2
_DONE = re.compile("已|均|都|现|目前|实际|累计|截|整改|办结")
_FIRST_OF = re.compile(
    r"前(?P<k>[二两三四五]|\d)(?:项|类|种|档|者|个|级)(?:合计|共|相加|之和|加起来)(?:为|是|有|达)?$"
)


def lists_over_their_whole(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """一项一项列着的，加起来比全部还多。"""
    for mark in _THEREOF.finditer(sentence.skeleton):
        whole = _whole(sentence, mark.start(), colon=mark[0] in ("：", ":"))
        if whole is None:
            continue
        parts = _parts(sentence, mark.end(), sentence.quantities[whole])
        if len(parts) < _LEAST:
            continue
        own, some = sentence.quantities[whole], [sentence.quantities[m] for m in parts]
        text = sentence.skeleton[mark.end() : sentence.at[parts[-1]]]
        if _OVERLAP.search(text) or _of_problems(sentence, whole, mark.start()):
            continue
        between = [sentence.skeleton[sentence.at[a] + 1 : sentence.at[b]] for a, b in pairwise(parts)]
        if mark[0] in ("，", ",") and (len(parts) <= _LEAST or any("、" not in gap for gap in between)):
            continue  # “发出210份，收回206份，有效200份” are steps, not parts
        beyond = sum((q.number for q in some), Decimal(0)) - own.number
        halves = sum(((q.narrow[1] - q.narrow[0]) / 2 for q in (own, *some)), Decimal(0))
        if (
            abs(beyond) <= halves
            or first_of_them_add_up(own, some)
            or (beyond < 0 and not _bands_of_all(text))
        ):
            continue
        yield _breach(sentence, own, some, sentence.shown(sentence.at[whole], sentence.at[parts[-1]] + 1))
        return


def _of_problems(sentence: Sentence, whole: int, place: int) -> bool:
    """“检查120家，存在三类问题：”：一家可以有几样；数的就是问题的（“问题25个，其中……”），不会。"""
    near = sentence.before(whole)[-4:] + sentence.after(whole)[:6]
    return "问题" in sentence.skeleton[:place] and "问题" not in near


_AMONG = re.compile(rf"(?P<w>{Q}){NOT_SIGN}{{0,8}}?(?:之?中|里)[，,]?(?:有|已有)?(?={Q})")
_DENIED = re.compile(r"(?:还|仍|尚|暂|均)?(?:未|没有|无法|不能|不)")


def states_over_their_whole(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“11项指标中，8项达到，2项未达到，2项尚未到期”：做到的、没有做到的各是各的，加起来不会比全部多。"""
    for match in _AMONG.finditer(sentence.skeleton):
        n = ord(match["w"]) - 0xE000
        whole = sentence.quantities[n]
        some: list[int] = []
        for m in range(n + 1, len(sentence.quantities)):
            quantity = sentence.quantities[m]
            gap = sentence.skeleton[sentence.at[m - 1] + 1 : sentence.at[m]] if some else ""
            alone = re.fullmatch(rf"{NOT_SIGN}{{2,16}}?[，,、；](?:另有|还有|有)?", gap) is not None
            if quantity.kind != whole.kind or quantity.about or (some and not alone):
                break
            some.append(m)
        states = [sentence.after(m) for m in some]
        denied = [_DENIED.match(state) is not None for state in states]
        exclusive = len(some) >= _LEAST and not denied[0] and all(denied[1:]) and all(states)
        parts = [sentence.quantities[m] for m in some]
        if not exclusive or whole.about or sum((q.low for q in parts), Decimal(0)) <= whole.high:
            continue
        yield _breach(sentence, whole, parts, sentence.shown(match.start(), sentence.at[some[-1]] + 1))


_STAGE = re.compile(
    r"(?P<done>已[\u4e00-\u9fff]{2}|完成|完工|竣工|办结|验收)|(?P<now>在建|在办|正在[\u4e00-\u9fff]{2}|施工中|整改中)|(?P<not>未[\u4e00-\u9fff]{2}|尚未[\u4e00-\u9fff]{2}|待[\u4e00-\u9fff]{1,2}|停工)"
)


def stages_of_a_whole(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“项目18个，已完工12个，在建4个，未开工2个”：做完的、在做的、没有做的，就是全部。"""
    for n, whole in enumerate(sentence.quantities):
        if whole.unit in ("", "%", "元") or whole.about or _stage(sentence, n):
            continue
        parts: list[int] = []
        for m in range(n + 1, len(sentence.quantities)):
            if sentence.quantities[m].kind != whole.kind or not _stage(sentence, m):
                break
            parts.append(m)
        stages = [_stage(sentence, m) for m in parts]
        if len(parts) != len(set(stages)) or set(stages) != {"done", "now", "not"}:
            continue
        some = [sentence.quantities[m] for m in parts]
        beyond = sum((q.number for q in some), Decimal(0)) - whole.number
        if beyond and not any(q.about for q in some):
            yield _breach(sentence, whole, some, sentence.shown(sentence.at[n], sentence.at[parts[-1]] + 1))
        return


def _stage(sentence: Sentence, n: int) -> str:
    """紧挨着的字说这个数到了哪一步；没有说的是空。"""
    match = _STAGE.search(sentence.before(n)[-5:]) or _STAGE.match(sentence.after(n))
    return (match.lastgroup or "") if match else ""


def first_of_a_list(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“很满意250份，满意132份，一般18份，前两项合计382份”。"""
    for n, total in enumerate(sentence.quantities):
        match = _FIRST_OF.search(sentence.before(n))
        if match is None:
            continue
        k = chinese_number(match["k"].replace("两", "二"))
        if k is None or total.about or not total.unit:
            continue
        run = [q for q in sentence.quantities[:n] if q.kind == total.kind and not q.about]
        count = int(k)
        starts = [some for at in (0, 1) if len(some := run[at : at + count]) == count]
        if len(run) <= count or any(
            total.covers(sum((q.number for q in some), Decimal(0))) for some in starts
        ):
            continue
        led = len(starts) > 1 and run[0].number >= sum((q.number for q in starts[1]), Decimal(0))
        yield _breach(
            sentence,
            total,
            starts[1 if led else 0],
            sentence.shown(sentence.at[n] - len(match[0]), sentence.at[n] + 1),
        )


def _whole(sentence: Sentence, place: int, *, colon: bool) -> int | None:
    """place 前面说的全部：“其中”紧跟着的；冒号前面可以隔一个分句，但要写明是全部。"""
    for n in range(len(sentence.quantities) - 1, -1, -1):
        if sentence.at[n] >= place:
            continue
        quantity = sentence.quantities[n]
        gap = sentence.skeleton[sentence.at[n] + 1 : place]
        near = re.fullmatch(r"[^，,\ue000-\ue7ff]{0,12}[，,]?", gap) is not None
        said = (
            len(gap) <= 2 * _LABEL
            and re.search(r"共|总|全[部县市区乡镇省村校]|合计", sentence.before(n)) is not None
        )
        counted = (
            quantity.unit not in ("", "%", "个百分点", "百分点", "天", "岁", "分")
            and not quantity.per
            and not quantity.about
        )
        if counted and sentence.roles[n] in (Role.ACTUAL, Role.PLAN) and (said or (near and not colon)):
            return n
        if not near:
            return None
    return None


def _parts(sentence: Sentence, start: int, whole: Quantity) -> list[int]:
    """start 以后一项一项列着的、与全部同单位的量；名称里的数不算，隔得远的、断开的到此为止。"""
    parts: list[int] = []
    last = start
    for m, quantity in enumerate(sentence.quantities):
        if sentence.at[m] < start or quantity.unit == "" or quantity.kind != whole.kind:
            continue
        gap = sentence.skeleton[last : sentence.at[m]]
        if parts and not _SEPARATED.match(gap):
            break
        label = re.sub(r"^(?:[（(][^（()）]{0,20}[)）])?[、，,；和及]", "", gap)
        if parts and _DONE.match(label):
            break  # “其中A类23个，已整改40个”
        if (
            not label
            or len(label) > _LABEL
            or re.search(r"[，,；]", label)
            or quantity.about
            or quantity.comparator
        ):
            break
        if (
            len(parts) > 1
            and gap[:1] in "，,"
            and "、" in sentence.skeleton[sentence.at[parts[-2]] : sentence.at[parts[-1]]]
        ):
            break  # “其中新建3座、改造5座，正常运行23座”
        parts.append(m)
        last = sentence.at[m] + 1
    return parts


def _bands_of_all(labels: str) -> bool:
    """30公里以上、10至30公里、10公里以下：从头到尾都分到了。"""
    return "以上" in labels and re.search("以下|以内|不到|不满", labels) is not None


def _breach(sentence: Sentence, whole: Quantity, parts: list[Quantity], quote: str) -> Breach:
    exact = sum((p.number for p in parts), Decimal(0))
    return Breach(
        relation=Relation.PARTS,
        quote=quote,
        fact=f"{'＋'.join(p.text for p in parts)} = {in_unit_of(exact, whole)}，合计写的是 {whole.text}",
        values={"合计": whole.plainly, "各项相加": in_unit_of(exact, whole)},
    )
