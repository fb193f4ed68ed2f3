"""WB520: money said to be all here, half here, not here, all spent or untouched, and the funds table has otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, percent
from perfmon_xl.domain.model import Funding
from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, sentences_of_people
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.sources import NamedSource, named_sources

_WHERE = (
    Topic.FUND_NOTE, Topic.FUND_SOURCE, Topic.OVERALL, Topic.CONCLUSION, Topic.PROBLEM, Topic.PROGRESS, Topic.BACKGROUND, Topic.OTHER,
    Topic.REASON, Topic.INDICATOR,
)  # fmt: skip
_HERE = r"(?:落实)?(?:到位|到账|拨付到位|拨付(?!率|进度)|下达)"
_SPENT = r"(?:支出|支付|使用|执行|用|花)(?!率|进度|情况|范围|管理|用途|合规)"
_PART_WORD = (
    r"(?P<more>过|超过|已过|不足|不到|近|将近|约|仅|只有?)?"
    r"(?P<of>一半|半数|半(?![年月个])|大半|大部分|(?P<down>[二三四五六七八九十])分之(?P<up>[一二三四五六七八九])|(?P<tenth>[一二三四五六七八九])成)(?P<over>以上|多|左右)?"
)
_ALL = r"(?:全部|全额|足额|悉数|一次性全部|百分之百)"
_NOT = r"(?:尚|还|仍|均|都|至今|目前|一直){0,4}(?:未|没有|没)(?:有|能|曾)?"
# (pattern, what is said, which figures it speaks of, how the rate must be)
_SLACK = Decimal("0.06")
_BOUND = {"过": 1, "超过": 1, "已过": 1, "不足": -1, "不到": -1}
_ABSENT = re.compile(
    rf"{_NOT}(?:{_HERE})(?![\ue000-\ue7ff]|的[^，。]{{0,4}}[\ue000-\ue7ff]|数|率|金额|部分|前)|分文未[到拨]|{_NOT}收到(?:拨款|资金)"
)
_NOT_ALL = re.compile(rf"{_NOT}(?:{_ALL}|完全)(?:{_HERE})|(?:只|仅)?部分{_HERE}|{_HERE}(?:了)?一?部分")
_FULL = re.compile(
    rf"(?:已|均|都|也|现|业已|经){{0,4}}{_ALL}(?:已|均|都){{0,3}}{_HERE}|{_HERE}(?:了)?(?:完毕|齐全)"
)
_SOME = re.compile(rf"{_HERE}(?:了|不|约|近|仅|只)*{_PART_WORD}")
_SOME_OF_IT = re.compile(rf"{_PART_WORD}(?:的)?(?:资金|经费|预算)?(?:已|未|没有|尚未)?{_HERE}")
_UNSPENT = re.compile(
    rf"{_NOT}(?:开始|形成|发生|实际)?{_SPENT}(?![\ue000-\ue7ff]|的|完|数|率|金额|部分|前|于|在|其他|到)|分文未[动用支花]|一分未[动用花]"
)
_ALL_SPENT = re.compile(
    rf"(?<![未没有])(?:已|均|都){{0,3}}(?<![未没有])(?<!没有){_ALL}(?:已|均|都){{0,3}}{_SPENT}(?:完毕|完成|完)?(?![于在到])|(?:已|均|都){{1,3}}{_SPENT}(?:完毕|完了|一空)"
)
_HERE_PERCENT = re.compile(
    rf"{_HERE}(?:了|已|约|近|仅|只)*(?P<more>不足|不到|过|超过)?(?P<q>[\ue000-\ue7ff])"
)
_SOME_SPENT = re.compile(rf"{_SPENT}(?:了)?{_PART_WORD}(?!的)")
_MONEY = re.compile(r"资金|经费|预算|拨款|补助|款项|专款|财政|债|配套|自筹")
_ELSE = re.compile(
    r"预计|计划|拟|争取|力争|确保|建议|督促|应|需|要求|将|后|若|如|待|防止|避免|能否|是否|保证|上年|去年|往年|上期|结转|质保|尾款|工资|贷款|合同|工程款|货款|设备|人员|物资|到货|器材"
)
_PARTLY = re.compile("部分|其中|其余|各|每|剩余")
_AFTER = re.compile(r"后|前|以后|之前|的(?:项目|原因|情况|资金|部分|单位|问题)|，?(?:将|计划|预计)?(?:再|方)")


@dataclass(frozen=True, slots=True)
class _MoneyState:
    """话里说的一种状态：说法、讲的是到位还是支出、比率应当怎样、应当是什么话。"""

    quote: str
    kind: str
    holds: Callable[[Decimal], bool]


@rule(
    "WB520",
    title="文字说的到位、支出的样子与资金表相反",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("E07", "B05"),
)
def money_state_told_wrong(facts: Facts) -> Iterator[Problem]:
    """“全部到位”“到位一半”“尚未到位”“尚未支出”“已全部支付”是对资金表说的，要与那项来源（或合计）的数合得上。

    为什么：没有写数，读的人照字面信；表里已经到齐，文字还说只到了一半，催拨款就催错了人。说的是计划、以后、另一笔的不查。

    不对：已经到齐，说只到位一半；没有到齐，说足额
    资金表
    | 资金来源 | 调整后预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 市级财政资金 | 520 | 520 | 300 |
    | 上级奖补资金 | 150 | 120 | 90 |
    综合分析表
    | 事项 | 内容 |
    | 效率性分析 | 采集进度略慢，市级资金只到位一半；上级奖补已足额到位。 |
    共报 2 处

    对：说的与表里一样；说的是以后
    资金表
    | 资金来源 | 调整后预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 市级财政资金 | 520 | 520 | 0 |
    | 上级奖补资金 | 150 | 80 | 60 |
    综合分析表
    | 事项 | 内容 |
    | 效率性分析 | 市级资金已全部到位，尚未支出；上级奖补到位一半左右，没有全部到位，预计11月足额到位。 |
    """
    sources = named_sources(facts)
    if not sources:
        return
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _WHERE:
            continue
        yield from _wrong(facts, statement, sources)


def _wrong(facts: Facts, statement: Statement, sources: tuple[NamedSource, ...]) -> Iterator[Problem]:
    last = _row_of(statement, sources)
    start = 0
    for clause in re.split(r"(?<=[，,；;。：:])", statement.sentence.skeleton):
        at, start = start, start + len(clause)
        named = [s for s in sources if s.is_in(clause)]
        for claim in _claims(statement, clause):
            before = clause[: clause.find(claim.quote)]
            here = [s for s in sources if s.is_in(before)] or [s for s in sources if s.is_in(clause)]
            if _ELSE.search(before) or re.search(r"[\uf000-\uf7ff]", before):
                continue  # of another time, of a plan
            if re.search(r"[\ue000-\ue7ff]|部分|其余|剩余|余下|缺口", before[-10:]):
                continue  # “还有100万元没有到位”: WB307's
            money = bool(_MONEY.search(before))
            source = here[0] if len(here) == 1 else last if not here and not money else None
            if source is None and len(sources) > 1 and (here or not money or _PARTLY.search(before)):
                continue
            if source is None and not _MONEY.search(before + statement.passage.subject):
                continue
            rows = [source.record] if source is not None else [s.record for s in sources]
            rate = _rate(claim.kind, [(r.budget, r.arrived, r.spent) for r in rows])
            if rate is None or any(claim.holds(r) for r in rate):
                continue
            if source is None and claim.kind == "到位" and _FULL.search(claim.quote):
                continue  # WB301 says it of the whole
            yield _problem(statement, at, clause, claim, source, rows, rate[0])
        if len(named) == 1:
            last = named[0]
        elif named:
            last = None


def _row_of(statement: Statement, sources: tuple[NamedSource, ...]) -> NamedSource | None:
    """写在一项来源那一行里的话，没有主语的讲的就是它。"""
    return next((s for s in sources if s.record is statement.passage.record), None)


def _claims(statement: Statement, clause: str) -> Iterator[_MoneyState]:
    percent_here = _HERE_PERCENT.search(clause)
    if percent_here is not None:
        said = statement.sentence.quantity(percent_here["q"])
        if said.unit == "%":
            slack = _SLACK if said.text.endswith("成") else Decimal("0.005")
            sign = _BOUND.get(percent_here["more"] or "", 0)
            share = said.number / 100
            yield _MoneyState(
                percent_here[0],
                "到位",
                lambda r: (r > share if sign > 0 else r < share) if sign else abs(r - share) <= slack,
            )
        return
    for pattern, kind, holds in _KINDS:
        match = pattern.search(clause)
        if match is None or _AFTER.match(clause[match.end() :]):
            continue
        yield _MoneyState(match[0], kind, holds(match))
        return


def _part(match: re.Match[str]) -> Callable[[Decimal], bool]:
    groups = match.groupdict()
    if groups["of"] in ("大半", "大部分"):
        return lambda r: r > Decimal("0.5")
    share = Decimal("0.5")
    if groups["down"]:
        share = Decimal(str(chinese_number(groups["up"]) or 0)) / Decimal(
            str(chinese_number(groups["down"]) or 1)
        )
    elif groups["tenth"]:
        share = Decimal(str(chinese_number(groups["tenth"]) or 0)) / 10
    rest = re.search(r"(?:未|没有)" + _HERE, match[0]) is not None
    told = _BOUND.get(groups["more"] or "", 0)
    told = told or (1 if groups["over"] in ("以上", "多") else 0)

    def holds(rate: Decimal) -> bool:
        rate = 1 - rate if rest else rate
        if told:
            return rate > share if told > 0 else rate < share
        return abs(rate - share) <= _SLACK

    return holds


_KINDS: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], Callable[[Decimal], bool]]], ...] = (
    (_NOT_ALL, "到位", lambda m: lambda r: r < 1),
    (_SOME, "到位", _part),
    (_SOME_OF_IT, "到位", _part),
    (_ABSENT, "到位", lambda m: lambda r: r == 0),
    (_FULL, "到位", lambda m: lambda r: r >= 1),
    (_SOME_SPENT, "支出", _part),
    (_UNSPENT, "支出", lambda m: lambda r: r == 0),
    (_ALL_SPENT, "支出", lambda m: lambda r: r >= 1),
)


def _rate(kind: str, rows: list[tuple[Amount | None, ...]]) -> list[Decimal] | None:
    """到位率，或者支出占预算、占到位的比率；有没有填的，不算。"""
    totals = []
    for column in zip(*rows, strict=True):
        known = [a.yuan for a in column if a is not None]
        totals.append(sum(known, Decimal(0)) if len(known) == len(rows) else None)
    budget, arrived, spent = totals
    if kind == "到位":
        return [arrived / budget] if budget and arrived is not None else None
    wholes = [w for w in (budget, arrived) if w]
    return [spent / w for w in wholes] if spent is not None and wholes else None


def _problem(
    statement: Statement,
    at: int,
    clause: str,
    claim: _MoneyState,
    source: NamedSource | None,
    rows: list[Funding],
    rate: Decimal,
) -> Problem:
    who = f"“{source.record.source.strip()}”" if source is not None else "合计"
    budget = _sum(r.budget for r in rows)
    number = _sum(r.arrived if claim.kind == "到位" else r.spent for r in rows)
    quote = statement.sentence.shown(at, at + len(clause)).strip("，,；;。：: ")
    return Problem(
        statement.passage.field,
        f"文字写“{quote}”，资金表{who}预算 {budget}，{claim.kind} {number}（{percent(rate)}）。",
        "照资金表改；说的是其中一笔、另一个时间的，写明。",
        at=statement.passage.origin,
        values={
            "文字": statement.sentence.shown(at, at + len(clause)).strip("，,；;。：: "),
            "资金表": f"{claim.kind} {number}",
        },
    )


def _sum(amounts: Iterable[Amount | None]) -> Amount:
    return Amount(sum((a.yuan for a in amounts if a is not None), Decimal(0)))
