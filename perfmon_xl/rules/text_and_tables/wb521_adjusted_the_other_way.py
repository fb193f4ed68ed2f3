"""WB521: the text adds to a budget that the table cuts, cuts one that it raises, or sees no change where there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Funding
from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, sentences_of_people, year_of
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.sources import NamedSource, named_sources

_WHERE = (
    Topic.FUND_NOTE,
    Topic.FUND_SOURCE,
    Topic.OVERALL,
    Topic.CONCLUSION,
    Topic.PROBLEM,
    Topic.BACKGROUND,
    Topic.OTHER,
)
_UP = re.compile(
    r"追加|调增|增拨|增列|上调|增加(?:了)?(?=[^，,。；]{0,8}(?:预算|资金|经费|拨款|补助|[\ue000-\ue7ff]))"
)
_DOWN = re.compile(
    r"调减|核减|压减|削减|下调|收回|收减|减拨|扣减|减少(?:了)?(?=[^，,。；]{0,8}(?:预算|资金|经费|拨款|补助|[\ue000-\ue7ff]))"
)
_NONE = re.compile(
    r"(?:没有|未|无|未曾|未作|未做|未进行|没有作|不作|不做)(?:任何|过)?(?:调整|变动|增减|追加|变化)(?!的)"
    r"|(?:与|同)年初(?:预算)?(?:安排|批复)?(?:数)?(?:一致|相同|相等)|调整前后(?:一致|相同)"
)
_MONEY = re.compile(r"资金|经费|预算|拨款|补助|款|财政|财力|配套|自筹|债")
_NOT_MONEY = re.compile(r"指标|目标|任务|内容|人员|标准|范围|计划数|方案")
_ELSE = re.compile(
    r"建议|拟|计划|申请|争取|如|若|应当?|可以|预计|将|上年|去年|往年|以前年度|结转|结余|质保|不得|未|没有|不再|无需|是否|下一?步"
)


@rule(
    "WB521",
    title="文字说的预算调整与资金表的方向相反",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("B08", "E07"),
)
def adjusted_the_other_way(facts: Facts) -> Iterator[Problem]:
    """说“追加”的，资金表里调整后应当比年初多；说“核减”“收回”的应当少；说“没有调整”的应当一样。

    为什么：方向反了，差数再对也没有用，批复也查不到。说的是往年、打算、另一项来源的不查。

    不对：少了30万元，说追加；变了，说没有调整
    资金表
    | 资金来源 | 年初预算数（万元） | 调整后预算数（万元） | 调整或执行偏差的原因 |
    | 省级补助 | 320 | 320 | |
    | 区级资金 | 180 | 150 | 区级财力紧张，追加区级资金30万元（海财〔2024〕19号）。 |
    资金说明表
    | 事项 | 内容 |
    | 资金投入情况 | 年初预算500万元，没有调整。 |
    共报 2 处

    对：方向一样；说的是任务、往年
    资金表
    | 资金来源 | 年初预算数（万元） | 调整后预算数（万元） | 调整或执行偏差的原因 |
    | 省级补助 | 320 | 350 | 灾后重建任务增加，7月追加30万元。 |
    | 区级资金 | 180 | 150 | 招标节约，区财政收回30万元，建设任务没有调整。 |
    """
    sources = named_sources(facts)
    if not sources:
        return
    for statement in sentences_of_people(facts):
        if statement.passage.topic in _WHERE:
            yield from _wrong(facts, statement, sources)


def _wrong(facts: Facts, statement: Statement, sources: tuple[NamedSource, ...]) -> Iterator[Problem]:
    skeleton = statement.sentence.skeleton
    own = next((s for s in sources if s.record is statement.passage.record), None)
    both = bool(_UP.search(skeleton)) and bool(_DOWN.search(skeleton))
    if both and own is not None:
        return  # cut in May, added to in August: the cell itself gives both
    last: NamedSource | None = None
    start = 0
    for clause in re.split(r"(?<=[，,；;。：:])", skeleton):
        at, start = start, start + len(clause)
        named = [s for s in sources if s.is_in(clause)]
        last = named[0] if len(named) == 1 else None if named else last
        for pattern, told in ((_UP, "增加"), (_DOWN, "减少"), (_NONE, "没有变")):
            match = pattern.search(clause)
            if match is None or (told == "没有变" and _NOT_MONEY.search(clause)):
                continue
            before = clause[: match.start()]
            if told != "没有变" and (
                _ELSE.search(before[-10:]) or _of_another_year(facts, statement, clause)
            ):
                continue
            if told == "没有变" and (
                re.search(r"[\uf000-\uf7ff]|上半年|季度|之前|以前|期间", before)
                or not _MONEY.search(skeleton)
            ):
                continue
            if told != "没有变" and not (
                _MONEY.search(clause) or named or own or _amount_in(statement, clause)
            ):
                continue
            source = (
                named[0]
                if len(named) == 1
                else None
                if named
                else (own or (last if both or told != "没有变" else None))
            )
            if both and source is None:
                continue
            rows = [source.record] if source is not None else [s.record for s in sources]
            if told == "没有变" and source is None:
                changed = [r for r in rows if _change(r)]
                if not changed:
                    continue
                rows = changed[:1]
            gap = sum((_change(r) for r in rows), Decimal(0))
            unchanged = (
                told != "没有变"
                and not gap
                and source is not None
                and None
                not in (source.record.initial, source.record.adjusted)  # one blank: nothing to compare
                and _says_an_amount(statement, clause)
            )
            if _agrees(told, gap, rows, certain=source is not None or len(rows) == 1) and not unchanged:
                continue
            yield _problem(statement, at, clause, source, rows, gap)
            break


def _agrees(told: str, gap: Decimal, rows: list[Funding], *, certain: bool) -> bool:
    """方向合得上；没有说是哪一项的，有一项这样就算。"""
    if told == "没有变":
        return gap == 0
    if any(r.initial is None or r.adjusted is None for r in rows):
        return True
    right = [(_change(r) > 0) if told == "增加" else (_change(r) < 0) for r in rows]
    return any(right) if not certain else right[0] or gap == 0


def _change(row: Funding) -> Decimal:
    return (
        row.adjusted.yuan - row.initial.yuan
        if row.adjusted is not None and row.initial is not None
        else Decimal(0)
    )


def _says_an_amount(statement: Statement, clause: str) -> bool:
    """资金说明里写着追加、核减多少元，而这项来源两个预算数一样。"""
    return statement.passage.topic is Topic.FUND_NOTE and _amount_in(statement, clause)


def _amount_in(statement: Statement, clause: str) -> bool:
    return any(statement.sentence.quantity(c).unit == "元" for c in re.findall("[\ue000-\ue7ff]", clause))


def _of_another_year(facts: Facts, statement: Statement, clause: str) -> bool:
    years = {int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d{2})\s*年", clause)}
    years |= {statement.sentence.when(c).first.year for c in re.findall("[\uf000-\uf7ff]", clause)}
    return bool(years - {year_of(facts)})


def _problem(
    statement: Statement, at: int, clause: str, source: NamedSource | None, rows: list[Funding], gap: Decimal
) -> Problem:
    name = (source.record if source is not None else rows[0]).source.strip() if len(rows) == 1 else ""
    initial = Amount(sum((r.initial.yuan for r in rows if r.initial is not None), Decimal(0)))
    adjusted = Amount(sum((r.adjusted.yuan for r in rows if r.adjusted is not None), Decimal(0)))
    way = "没有变" if not gap else f"{'增加' if gap > 0 else '减少'}了 {Amount(abs(gap))}"
    quote = statement.sentence.shown(at, at + len(clause)).strip("，,；;。：: ")
    return Problem(
        statement.passage.field,
        f"文字写“{quote}”，资金表{f'“{name}”' if name else '合计'}从 {initial} 调到 {adjusted}，{way}。",
        "查调整的文件，文字和资金表改成一致；说的是另一项来源、另一年的，写明。",
        at=statement.passage.origin,
        values={"文字": quote, "年初预算数": str(initial), "调整后预算数": str(adjusted)},
    )
