"""WB307: money still to come, left over, added or cut, told otherwise than the funds table gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Funding
from perfmon_xl.domain.passage import Topic
from perfmon_xl.ledger.reading import Role
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, sentences_of_people
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.money import quantity_rounds_to

_WHERE = (Topic.FUND_NOTE, Topic.OVERALL, Topic.CONCLUSION, Topic.PROBLEM, Topic.MEASURE)
_TO_COME = re.compile(
    r"(?:尚|还|仍)?(?:未|没有|未能)(?:全部)?(?:到位|拨付)|待到位|待拨|待下达|未下达|(?:年|月|季度|阶段|时)(?:底|末)?前?(?:再|将|陆续)*(?:拨付|下达|到位)|(?:落实|争取|补足|催拨)(?:剩余|其余|尚缺)|到位缺口"
)
_SHORT_OF = re.compile("缺口|[尚还][缺差]")
_ALL_AFTER = re.compile(r"(?:追加|调增|调减|核减|压减|调整)后")  # “县级追加后为450万元”: all of it
_LEFT = re.compile(r"(?:结余|节余|余额|剩余资金|尚未支出|未支出|未使用|没有支出)")
_CHANGED = re.compile(r"追加|调增|调减|核减|收回|压减")
_SIGNS = re.compile("[\ue000-\uf7ff]")
_FUNDS_NAME = re.compile(r"(?:专项|补助|财政|配套)?(?:资金|经费)$")
_BODY = re.compile("[省市县区镇][\u4e00-\u9fff]{0,4}(?:局|厅|委|办|政府)")  # who pays, no source
_SHORTEST = 3  # 字
_NAMES = {"中央": "中央", "省": "省", "市": "市", "县": "县", "区": "区", "镇": "镇", "自筹": "自筹"}


@rule(
    "WB307",
    title="未到位、结余、追加的数与资金表不一样",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("B01", "E07"),
)
def change_or_rest_of_funds(facts: Facts) -> Iterator[Problem]:
    """“尚有几万元未到位”“结余几万元”“追加几万元”，要等于资金表里预算、到位、支出相减的数。

    为什么：这几个数是算出来的，表更新了最容易忘改。合计、单个来源的差数都算；一个也不等才报。

    不对：200减170是30
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 县级资金 | 200 | 170 | 141 |
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 资金没有到位 | 县级资金尚有40万元没有到位。 | 落实资金 | 对接财政局。 |

    不对：缺口是预算减到位
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） |
    | 中央补助 | 320 | 320 |
    | 县级配套 | 80 | 48 |
    资金说明表
    | 事项 | 内容 |
    | 资金到位率 | 中央资金足额到位，县级配套到位48万元，缺口42万元。 |

    对：30万元；结余是预算减支出；追加是两个预算数之差
    资金表
    | 资金来源 | 年初预算数（万元） | 调整后预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 县级资金 | 180 | 200 | 170 | 141 |
    资金说明表
    | 事项 | 内容 |
    | 资金投入情况 | 7月追加20万元，尚有30万元未到位，预算余额59万元。 |
    """
    sources = facts.monitoring.funding
    if not sources:
        return
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _WHERE:
            continue
        for n, quantity in enumerate(statement.sentence.quantities):
            found = _kind(statement, n)
            if found is None or quantity.unit != "元" or quantity.per or not quantity.number:
                continue
            what, words = found
            named = [s for s in sources if _named(s, words)] or [
                s for s in sources if _told_by_name(s, statement.sentence.after(n))
            ]
            rows = named or list(sources)
            year_end = what == "结余" and re.search("预计|全年|年底|年末", words) is not None
            if what == "结余" and "到位" in words and any(s.arrived is None or s.spent is None for s in rows):
                continue
            if year_end and any(s.forecast is None for s in rows):
                continue  # what is left at the end of the year hangs on a forecast that nobody wrote down
            if what == "未到位" and len(named) == 1 and len(sources) > 1 and _all_here(named[0]):
                yield Problem(
                    statement.passage.field,
                    f"文字写“{words[-18:]}{quantity.text}”（{what}），资金表“{named[0].source.strip()}”预算 {named[0].budget}，已经全部到位。",
                    "照资金表改；讲的是另一项来源、另一个时间的，写明。",
                    at=statement.passage.origin,
                    values={"文字": quantity.plainly, "到位": str(named[0].arrived)},
                )
                continue
            possible = [amount for rows_ in (rows, *([s] for s in sources)) for amount in _gaps(what, rows_)]
            if (
                not any(_gaps(what, rows))
                or not possible
                or any(quantity_rounds_to(quantity, a) for a in possible)
            ):
                continue
            shown = "或".join(dict.fromkeys(str(a) for a in list(_gaps(what, rows))))
            yield Problem(
                statement.passage.field,
                f"文字写“{words[-18:]}{quantity.text}”（{what}），照资金表算是 {shown}。",
                "照资金表改；讲的是另一笔、另一个时间的，写明。",
                at=statement.passage.origin,
                values={"文字": quantity.plainly, "算出": shown},
            )


_DIVIDED = re.compile("(?:万?元)?(?:不再|按规定|按实际|收回|统筹|结转)")


def _kind(statement: Statement, n: int) -> tuple[str, str] | None:
    """这个数说的是未到位、结余，还是追加、调减；和它前面的话。"""
    words = _SIGNS.sub("", statement.sentence.clause(n))
    around = words + statement.sentence.after(n)
    role = statement.sentence.roles[n]
    if _DIVIDED.match(statement.sentence.after(n)):
        return None  # what is done with a part of it, not how much is missing
    if role is Role.REMAINDER and _TO_COME.search(around):
        return "未到位", words
    if role is Role.REMAINDER and _SHORT_OF.search(words) and "到位" in statement.sentence.text:
        return "未到位", words
    if role is Role.REMAINDER and _LEFT.search(around) and not re.search("占|率|上年|结转", around):
        return "结余", words
    if (
        _CHANGED.search(words)
        and not _ALL_AFTER.search(words[-12:])
        and role in (Role.ACTUAL, Role.DIFFERENCE)
        and not _of_an_earlier_year(statement, n)
    ):
        changes = [
            m
            for m in range(len(statement.sentence.quantities))
            if statement.sentence.quantities[m].unit == "元"
            and _CHANGED.search(_SIGNS.sub("", statement.sentence.clause(m)))
        ]
        return ("追加或调减", words) if len(changes) == 1 else None
    return None


def _all_here(source: Funding) -> bool:
    return (
        source.budget is not None
        and source.arrived is not None
        and source.budget.yuan > 0
        and source.arrived.yuan >= source.budget.yuan
    )


def _of_an_earlier_year(statement: Statement, n: int) -> bool:
    """说的是往年的调整。"""
    return statement.sentence.roles[n] is Role.PREVIOUS


def _named(source: Funding, words: str) -> bool:
    words = _BODY.sub("", words)
    return any(key in words and key in source.source for key in _NAMES)


def _told_by_name(source: Funding, words: str) -> bool:
    """“未到位的均为粮食风险基金”：不是哪一级的，照名称认。"""
    name = _FUNDS_NAME.sub("", source.source.strip())
    return (
        len(name) >= _SHORTEST
        and re.search(f"(?:均|都|全部)(?:为|是|系){re.escape(name)}", words) is not None
    )


def _gaps(what: str, rows: list[Funding]) -> Iterator[Amount]:
    """几个来源合起来的差数；有一个没有填的不算。"""
    pairs = {
        "未到位": (("budget", "arrived"),),
        "结余": (("budget", "spent"), ("arrived", "spent"), ("budget", "forecast"), ("initial", "spent")),
        "追加或调减": (("adjusted", "initial"),),
    }[what]
    for more, less in pairs:
        values = [(getattr(r, more), getattr(r, less)) for r in rows]
        known = [(a.yuan, b.yuan) for a, b in values if a is not None and b is not None]
        if len(known) == len(values) and known:
            gap = sum((a - b for a, b in known), Decimal(0))
            if gap:
                yield Amount(abs(gap))
