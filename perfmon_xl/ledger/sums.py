"""Lists of parts against their total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, first_of_them_add_up, in_unit_of, rounding

_TOTALS = re.compile(
    r"(?:合计|共计|总计|累计|总共|一共|(?<!公)共(?!同|享|建|和))"
    r"(?:完成|开展|支出|培训|检测|发放|建成|[\u4e00-\u9fff]{0,6})$"
)
_INCLUDES = re.compile(r"其中|包括|包含|分别(?:是|为)|分为|构成为|由")
_GAP = re.compile(r"[^，,、；;\ue000-\ue7ff]{0,24}[、，,和及]?[^\ue000-\ue7ff]{0,24}")


def listed_sums(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“甲210批次、乙360批次、丙335批次，合计915批次”和“915批次，包括甲…、乙…、丙…”：加起来应等于合计。"""
    yield from _before_total(sentence)
    yield from _after_whole(sentence)
    yield from _by_kinds(sentence)
    yield from _made_up_of(sentence)
    yield from _rest_in_steps(sentence)


def _before_total(sentence: Sentence) -> Iterator[Breach]:
    for n, whole in enumerate(sentence.quantities):
        before = sentence.before(n)
        match = _TOTALS.search(before)
        if (
            match is None
            or not whole.unit
            or whole.unit == "%"
            or whole.per
            or whole.about
            or sentence.roles[n] is not Role.ACTUAL
        ):
            continue
        if "占" in match[0]:
            continue  # “两期合计占总投资6,000万元的75%”
        if re.search("[和与及]", before[: match.start()]):
            continue  # “非常满意和满意合计251份”: of those two, whatever stands before
        parts: list[int] = []
        for m in range(n - 1, -1, -1):
            quantity = sentence.quantities[m]
            if quantity.unit != whole.unit and m == n - 1 and not re.search(r"\d", quantity.text):
                continue  # “两个标段共完成600米”: how many they are, in words
            if quantity.unit != whole.unit or sentence.roles[m] not in (Role.ACTUAL, Role.PART):
                break
            if quantity.per and "平均" in sentence.before(m)[-8:] and not parts:
                continue  # “依次为130、150、140万立方米，三次平均140万立方米，合计420万立方米”
            if quantity.per and not (parts and _beside(sentence, m, parts[0])):
                break
            parts.insert(0, m)
            if quantity.per:
                break  # “每盏灯具700元、安装240元、控制器200元”: each of all of them
        if len(parts) < 2 or not _is_list(sentence, parts) or "其中" in sentence.clause(n):
            continue
        if re.search("前[两二三四五]", before) or re.search(
            "各(?![月季年期批])|每(?!月)",
            sentence.before(parts[0])[-8:] + sentence.skeleton[sentence.at[parts[0]] : sentence.at[n]],
        ):
            continue
        spans = [_period(sentence, m) for m in parts]
        if (
            re.search("[两三四五六]个?月", sentence.clause_in_words(n))
            or _month_by_month(sentence, parts)
            or _one_by_one(sentence, parts[0])
            or _year_by_year(sentence, parts)
        ):
            spans = []
        if any(spans) and not _covers(spans):
            continue
        if (
            match[0].startswith("累计")
            and not all(spans)
            and not (
                _one_after_another(sentence, parts)
                or re.search("依次为?$", sentence.before(parts[0]))
                or _year_by_year(sentence, parts)
                or re.search("前[两三四五六]批[^，,]{0,4}分别", sentence.clause(parts[0]))
                or re.search("前[^，,]{0,2}批分别", sentence.clause_in_words(parts[0]))
            )
        ):
            continue
        rest = [
            sum((q.number for q in sentence.quantities[m:n] if q.unit == whole.unit), Decimal(0))
            for m in parts[1:-1]
        ]
        if any(whole.covers(number) for number in rest):
            continue  # “1200名学员首次通过930人，补考通过42人，共972人”: the first is what they are taken from
        yield from _sum_breach(sentence, whole, [sentence.quantities[m] for m in parts])


def _beside(sentence: Sentence, m: int, n: int) -> bool:
    return "、" in sentence.skeleton[sentence.at[m] + 1 : sentence.at[n]]


def _one_by_one(sentence: Sentence, n: int) -> bool:
    """“前三个季度分别支出216、258、336万元”：几个数依次是几段时间的，不必一段一段写。"""
    one_by_one = re.search(r"[\uf000-\uf7ff][^，,。；\ue000-\uf7ff]{0,6}(?:分别|依次)", sentence.clause(n))
    return one_by_one is not None or re.search("(?:分别|依次)为?$", sentence.before(n)) is not None


def _year_by_year(sentence: Sentence, parts: list[int]) -> bool:
    """“2022年、2023年、2024年分别培训300人、360人、400人”：几年就有几个数。"""
    lead = sentence.skeleton[max(0, sentence.at[parts[0]] - 40) : sentence.at[parts[0]]]
    return "分别" in lead and len(re.findall(r"(?<!\d)20\d\d(?!\d)", lead)) == len(parts)


def _one_after_another(sentence: Sentence, parts: list[int]) -> bool:
    """第一批、第二批、第三批；几项之间只有这个不同。"""
    kinds = [_ORDINAL.search(_label(sentence, m)) for m in parts]
    numbers = [k[0].removeprefix("第")[:-1] if k else "" for k in kinds]
    in_words = ["首" if numbers[:1] == ["首"] else "一", *"二三四五六七八九"][: len(parts)]
    named = all(k and k[0].startswith("第") for k in kinds) and len(set(numbers)) == len(parts)
    return named or numbers == in_words or numbers == [str(n + 1) for n in range(len(parts))]


def _month_by_month(sentence: Sentence, parts: list[int]) -> bool:
    """“1月至6月各月支出12、18、22、25、27、30万元”：几个月就有几个数。"""
    before = sentence.clause(parts[0])
    signs = re.findall(r"[\uf000-\uf7ff]", before)
    if len(signs) != 1 or not re.search(r"各月|每月|逐月|按月|分别|依次", before):
        return False
    when = sentence.when(signs[0])
    return when.last.month - when.first.month + 1 == len(parts) and when.first.day == 1


def _is_list(sentence: Sentence, parts: list[int]) -> bool:
    """一项一项列着的：各项之间只有顿号、逗号和名称。"""
    return all(
        len(re.sub(r"[、，,和及]", "", sentence.skeleton[sentence.at[a] + 1 : sentence.at[b]])) <= 16
        for a, b in pairwise(parts)
    )


def _period(sentence: Sentence, n: int) -> tuple[int, int] | None:
    """这个量前面写的是几月到几月。"""
    clause = sentence.clause(n)
    signs = re.findall(r"[\uf000-\uf7ff]", re.split(r"[、\ue000-\ue7ff]", clause)[-1])
    if not signs:
        return None
    when = sentence.when(signs[-1])
    return (when.first.month, when.last.month) if when.first.day == 1 and not when.is_day else None


def _covers(spans: list[tuple[int, int] | None]) -> bool:
    """几段时间首尾相接，从一月开始。"""
    known = sorted(s for s in spans if s is not None)
    return len(known) == len(spans) and known[0][0] == 1 and all(b[0] == a[1] + 1 for a, b in pairwise(known))


_NEAR = 18  # characters; the list begins right behind its mark


def _after_whole(sentence: Sentence) -> Iterator[Breach]:
    for match in re.finditer(r"(?P<mark>包括|包含|分别(?:是|为)|分为|[：:])", sentence.skeleton):
        rest = sentence.skeleton[match.end() : match.end() + _NEAR]
        first = re.search(Q, rest)
        if first is None or first.start() > 16 or re.search(r"[，,]", rest[: first.start()]):
            continue
        n = ord(first[0]) - 0xE000
        unit = sentence.quantities[n].unit
        parts = [n]
        aside = _in_brackets(sentence, match.end())
        for m in range(n + 1, len(sentence.quantities)):
            if m in aside:
                continue
            gap = re.sub(
                r"[（(][^（()）]*[)）]", "", sentence.skeleton[sentence.at[parts[-1]] + 1 : sentence.at[m]]
            )
            if (
                sentence.quantities[m].unit != unit
                or not re.match(r"(?:[（(][^）)]*[）)])?[、和及]|[，,][^，,]{0,12}$", gap)
                or re.search("等|其余|其他", gap)
            ):
                break
            parts.append(m)
        tail = re.sub(r"^[（(][^（()）]*[)）]", "", sentence.skeleton[sentence.at[parts[-1]] + 1 :])
        if (
            len(parts) < 2
            or not unit
            or unit == "%"
            or re.match(r"等|左右|[、和及]", tail)
            or any(sentence.quantities[m].per for m in parts)
        ):
            continue
        wholes = [
            m
            for m in range(n)
            if sentence.at[m] < match.start()
            and sentence.quantities[m].unit == unit
            and not sentence.quantities[m].per
            and sentence.roles[m] is Role.ACTUAL
        ]
        if match["mark"] in "：:" and not (wholes and sentence.at[wholes[-1]] >= match.start() - 6):
            continue
        if not wholes or sentence.quantities[wholes[-1]].about:
            continue
        if "其中" in sentence.skeleton[sentence.at[wholes[-1]] : match.end()]:
            continue  # “其中” is read by domain/prose.breakdowns
        yield from _sum_breach(
            sentence, sentence.quantities[wholes[-1]], [sentence.quantities[m] for m in parts]
        )


_STOP = re.compile(
    r"超过|超出|多出|少|多|低于|高于|少于|多于|比|较|达到|目标|占|合计|共计|总计|等|另|其余|其他|剩余|率|上年|去年|同期|计划|预计|增|减|含"
)
_ORDINAL = re.compile(
    r"(?:首|第?[一二三四五六七八九十]{1,2}|第?\d{1,2}|[A-DＡ-Ｄ甲乙丙丁])(类|级|批|期|标段|标|阶段|片|组|次|档|等|号|区|包|轮)"
)
_HALVES = (
    ("男", "女"), ("线上", "线下"), ("上半年", "下半年"), ("公办", "民办"), ("左岸", "右岸"), ("室内", "室外"), ("国产", "进口"),
)  # fmt: skip
# no two of a group overlap, but one may be missing
_GROUPS = (
    ("东", "西", "南", "北", "中"), ("城", "乡", "镇", "农村"), ("初级", "中级", "高级", "技师"), ("小学", "初中", "高中"),
    ("重度", "中度", "轻度"), ("非常满意", "基本满意", "比较满意", "不满意", "一般", "满意"), ("优秀", "良好", "合格", "不合格"), ("新建", "改建", "扩建", "改造", "续建"), ("在职", "退休", "离休"),
)  # fmt: skip


def _by_kinds(sentence: Sentence) -> Iterator[Breach]:
    """“18座，其中一类桥5座、二类桥9座、三类桥3座”“24个系统中，三级7个、二级18个”：一类不漏地列着的，加起来就是全部。"""
    taken = -1
    for n, whole in enumerate(sentence.quantities):
        if n <= taken or not whole.unit or whole.unit == "%" or whole.per or whole.about:
            continue
        if sentence.roles[n] not in (Role.ACTUAL, Role.PLAN, Role.PART) and not _among(sentence, n):
            continue
        parts = _parts_after(sentence, n)
        if len(parts) < 2:
            continue
        total = sum((sentence.quantities[m].low for m in parts), Decimal(0))
        if "其中" in sentence.before(n) or _of_one_group(
            [_label(sentence, m) for m in (n, *parts)], (*_GROUPS, *_HALVES)
        ):
            continue  # itself one of the list
        if (own := _ORDINAL.search(_label(sentence, n))) and all(
            (k := _ORDINAL.search(_label(sentence, m))) and k[1] == own[1] for m in parts
        ):
            continue
        complete = _without_a_gap(sentence, n, parts)
        if not complete and not _of_one_group([_label(sentence, m) for m in parts], _GROUPS):
            continue
        taken = parts[-1]
        if not complete and total <= whole.high:
            continue  # one of the group may be missing
        yield from _sum_breach(sentence, whole, [sentence.quantities[m] for m in parts])


def _among(sentence: Sentence, n: int) -> bool:
    return re.match(r"[^，,\ue000-\uf7ff]{0,10}中[，,]", sentence.skeleton[sentence.at[n] + 1 :]) is not None


def _parts_after(sentence: Sentence, n: int) -> list[int]:
    """第 n 个量后面一项一项列着的、同单位的量。"""
    whole, parts = sentence.quantities[n], list[int]()
    for m in range(n + 1, len(sentence.quantities)):
        quantity = sentence.quantities[m]
        gap = sentence.skeleton[sentence.at[m - 1] + 1 : sentence.at[m]]
        first = not parts
        bare = re.sub(
            r"[（(][^）)]{0,20}[）)]|其中|包括|分别(?:是|为)?|依次(?:是|为)?|[\uf000-\uf7ff、，,：:；和及与]|中[，,]",
            "",
            gap,
        )
        if (
            quantity.unit != whole.unit
            or quantity.per
            or quantity.about
            or len(bare) > (24 if first else 14)
            or _STOP.search(gap)
        ):
            break
        if not first and not re.match(r"(?:[（(][^）)]*[）)])?[、，,；和及与]", gap):
            break
        if parts and gap[:1] in "，," and len(parts) > 1 and _beside(sentence, parts[-2], parts[-1]):
            break  # “其中新建3座、改造5座，正常运行23座”
        parts.append(m)
    return parts


def _without_a_gap(sentence: Sentence, n: int, parts: list[int]) -> bool:
    """各项的名称说明一类也没有漏：一类、二类、三类，男、女，1月到8月。"""
    after = sentence.skeleton[sentence.at[parts[-1]] + 1 :][:4]
    if re.match(r"等|左右|[，,、；](?:其余|其他|另|余下|剩)", after):
        return False
    labels = [_label(sentence, m) for m in parts]
    kinds = [_ORDINAL.search(label) for label in labels]
    if all(kinds):
        names = [k[0] for k in kinds if k]
        return len({k[1] for k in kinds if k}) == 1 and len(set(names)) == len(names)
    if _of_one_group(labels, _HALVES):
        return True
    segment = sentence.skeleton[sentence.at[n] + 1 : sentence.at[parts[-1]]]
    whens = [sentence.when(c) for c in re.findall(r"[\uf000-\uf7ff]", segment)]
    if "其中" not in segment or len(whens) != len(parts) or any(w.is_day or w.first.day != 1 for w in whens):
        return False
    return _covers([(w.first.month, w.last.month) for w in whens])


def _of_one_group(labels: list[str], groups: tuple[tuple[str, ...], ...]) -> bool:
    """各项的名称是一组里不同的几个：男、女，小学、初中。"""
    for group in groups:
        found = [max((w for w in group if w in label), key=len, default="") for label in labels]
        if all(found) and len(set(found)) == len(found):
            return True
    return False


def _label(sentence: Sentence, m: int) -> str:
    return re.split(r"[、，,：:；\ue000-\uf7ff]", sentence.skeleton[: sentence.at[m]])[-1][-14:]


_THE_REST = re.compile(
    r"(?:补齐|补足|完成|做完|消化|用完|支付|拨付)[^，,\ue000-\ue7ff]{0,8}(?:剩余|余下|其余|剩下)[^，,\ue000-\ue7ff]{0,6}$|(?:补齐|补足)[^，,\ue000-\ue7ff]{0,4}$"
)


def _rest_in_steps(sentence: Sentence) -> Iterator[Breach]:
    """“10月2公里、11月2公里、12月1公里，补齐剩余的6公里”：一步一步的加起来应是剩余。"""
    for n, whole in enumerate(sentence.quantities):
        if not _THE_REST.search(sentence.before(n)) or not whole.unit or whole.per or whole.about:
            continue
        parts: list[int] = []
        for m in range(n - 1, -1, -1):
            if sentence.quantities[m].kind != whole.kind or sentence.roles[m] not in (Role.PLAN, Role.ACTUAL):
                break
            parts.insert(0, m)
        steps = sentence.skeleton[max(0, sentence.at[parts[0]] - 8) : sentence.at[n]] if parts else ""
        if re.search("各|每|共|合计", steps):
            continue  # “前三季度各拨付120万元，共360万元，四季度拨付剩余的120万元”
        if len(parts) >= 2 and _is_list(sentence, parts) and len(sentence.whens) >= len(parts):
            yield from _sum_breach(sentence, whole, [sentence.quantities[m] for m in parts])


def _made_up_of(sentence: Sentence) -> Iterator[Breach]:
    """“总预算600万元，由中央360万元和市级240万元构成”。"""
    for match in re.finditer(
        r"由(?P<parts>[^。；]{4,160}?)(?:两项|三项|两部分|三部分|几部分|等)?(?:构成|组成)", sentence.skeleton
    ):
        if match[0].endswith(("等构成", "等组成")):
            continue
        parts = [sentence.quantity(c) for c in re.findall(Q, match["parts"])]
        wholes = [m for m in range(len(sentence.quantities)) if sentence.at[m] < match.start()]
        if len(parts) < 2 or not wholes:
            continue
        whole = sentence.quantities[wholes[-1]]
        if any(p.kind != whole.kind for p in parts) or whole.unit in ("", "%") or whole.about:
            continue
        yield from _sum_breach(sentence, whole, parts)


def _in_brackets(sentence: Sentence, start: int) -> set[int]:
    """start 以后、写在括号里的量：“课时费18.4万元（理论320课时、实操600课时）”里的课时不是分项。"""
    spans = [
        (m.start() + start, m.end() + start)
        for m in re.finditer(r"[（(][^（()）]*[)）]", sentence.skeleton[start:])
    ]
    return {n for n, place in sentence.at.items() if any(a < place < b for a, b in spans)}


def _sum_breach(sentence: Sentence, whole: Quantity, parts: list[Quantity]) -> Iterator[Breach]:
    if any(p.about for p in parts) or whole.unit == "分":
        return
    if re.search(r"平均|[人户亩]均", sentence.before(sentence.quantities.index(whole))):
        return  # 平均数不是各部分的合计
    exact = sum((p.number for p in parts), Decimal(0))
    if abs(exact - whole.number) <= rounding((whole, *parts)) or first_of_them_add_up(whole, parts):
        return
    yield Breach(
        relation=Relation.PARTS,
        quote=sentence.text.strip()[:60],
        fact=f"{'＋'.join(p.text for p in parts)} = {in_unit_of(exact, whole)}，合计写的是 {whole.text}",
        values={"合计": whole.plainly, "各项相加": in_unit_of(exact, whole)},
    )
