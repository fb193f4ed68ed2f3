"""Days of a process: what must come before what, and how long it is said to have taken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.ledger.reading import Q, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject
from perfmon_xl.ledger.when import When

# One process a line, its steps in the order in which they happen.
_PROCESSES: tuple[tuple[str, ...], ...] = (
    (
        r"立项|可研批复|项目批复",
        r"发布(?:招标|采购)公告|挂网|招标公告",
        r"开标|评标",
        r"中标|成交|完成(?:公开)?(?:招标|采购|招投标)|(?:招标|采购|招投标)[^，,]{0,6}完成",
        r"签订(?:[\u4e00-\u9fff]{0,8})?合同|合同签订|签约",
        r"进场|开工|动工|开始施工",
        r"到货|供货|运抵|交货",
        r"安装(?!.{0,4}合同)|调试",
        r"验收(?!申请)|竣工|完工",
        r"投入使用|投用|启用|移交|交付使用|正式运行|上线运行",
        r"决算|结算|支付尾款",
    ),
    (r"发放(?:[\u4e00-\u9fff]{0,6})?问卷|发出问卷", r"(?:收回|回收)(?:[\u4e00-\u9fff]{0,6})?问卷|问卷(?:收回|回收)"),
    (r"报名", r"开班|开课|开学", r"结业|结课|培训结束", r"考核|考试|鉴定", r"取证|发证|颁发证书|发放证书"),
    (r"受理|收到申请|提交申请|申报", r"审核|评审|审查", r"公示", r"审批|批准|批复", r"发放|拨付|兑付"),
    (r"播种|栽植|移栽", r"测产|收获|收割"),
    (r"起草|征求意见", r"审议|审定", r"印发|发布|公布", r"施行|实施|生效"),
)  # fmt: skip
_STEPS = tuple(tuple(re.compile(step) for step in process) for process in _PROCESSES)
_OTHER_ONE = re.compile(
    r"二期|三期|第[二三四五]|另|其余|剩余|分批|分期|补充|追加|此前|之前|已于|前期|原|上年|续|余下|尾|首批|两批|又|再"
)
_LIMIT = re.compile(r"(?:之|以)?前|的(?:要求|期限|目标|规定|时限)")
_NO_EVENT = re.compile(
    r"早于|晚于|先于|迟于|要求|期限|计划|原定|比|较|截[至止]|拟|预计|将|应|(?:至|到|—|-|～)$"
)
_FAR = 16  # 字；事情与它的日期隔得再远，说不准是它的


def order_of_events(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“招标于4月18日完成，4月2日签订合同”“9月25日到货，9月12日安装调试完成”：后一步的日子不会在前一步之前。"""
    if len(sentence.whens) < 2 or _OTHER_ONE.search(sentence.skeleton):
        return
    told = [(when, clause) for when, clause, _ in _dated(sentence)]
    for n, (later, after) in enumerate(told):
        for earlier, before in told[:n]:
            first = _step(before)
            second = _step(after)
            if first is None or second is None or first[0] != second[0] or first[1] == second[1]:
                continue
            forward = first[1] < second[1]
            wrong = later.last < earlier.first if forward else earlier.last < later.first
            if wrong:
                a, b = (earlier, later) if forward else (later, earlier)
                yield Breach(
                    relation=Relation.DIRECTION,
                    quote=sentence.text.strip()[:60],
                    fact=f"{b.text} 的事在 {a.text} 的事以后才能做，日期却在前面",
                    values={"先": a.text, "后": b.text},
                )
                return


def _dated(sentence: Sentence) -> Iterator[tuple[When, str, int]]:
    """一句里的日子和写着它的事的那一段；要求的期限、起止不算。"""
    skeleton = sentence.skeleton
    for found in re.finditer(r"[\uf000-\uf7ff]", skeleton):
        when = sentence.when(found[0])
        before = re.split(r"[，,；;。]", skeleton[max(0, found.start() - 40) : found.start()])[-1]
        after = re.split(r"[，,；;。\uf000-\uf7ff]", skeleton[found.end() : found.end() + 40])[0]
        if (
            _LIMIT.match(after)
            or _NO_EVENT.search(before[-4:])
            or re.match(r"[至—\-～]|到(?![货位账岗场])", after)
        ):
            continue
        own = re.split(r"[\uf000-\uf7ff]", before)[-1]
        yield when, own[-_FAR:] + after[:_FAR], found.start()


def _step(words: str) -> tuple[int, int] | None:
    """一段话说的是哪个过程的第几步；说了几步的，是最后一步。"""
    best: tuple[int, int] | None = None
    for process, steps in enumerate(_STEPS):
        for step, pattern in enumerate(steps):
            if pattern.search(words):
                if best is not None and best[0] != process:
                    return None  # two processes in one breath
                best = process, step
    return best


_LASTED = re.compile(rf"(?:历时|用时|耗时|为期|工期|历经|共用|前后)(?:共|约|近|了|为|仅|只|实际)*(?P<d>{Q})")


def durations(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“3月12日开工，历时131天，6月21日完工”：两个日子之间有几天，是算得出来的。"""
    for found in _LASTED.finditer(sentence.skeleton):
        d = sentence.quantity(found["d"])
        days = [w for w, _, _ in _dated(sentence) if w.is_day]
        if d.about or d.unit not in ("天", "个月") or len(days) < 2:
            continue
        gaps = {abs((b.first - a.first).days) for i, a in enumerate(days) for b in days[:i]}
        gaps.discard(0)
        if not gaps:
            continue
        if d.unit == "个月":
            fits = any(abs(gap / 30.4 - float(d.number)) <= 1 for gap in gaps)
        else:
            fits = any(gap <= d.number <= gap + 1 for gap in gaps)
        if fits or len(days) > 3:
            continue
        a, b = sorted(days[:2], key=lambda w: w.first)
        gap = (b.first - a.first).days
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(found.start(), found.end()),
            fact=f"{a.text} 到 {b.text} 是 {gap} 天，不是 {d.text}",
            values={"写的": d.plainly, "算出": f"{gap}天"},
        )


__all__ = ["durations", "order_of_events"]
