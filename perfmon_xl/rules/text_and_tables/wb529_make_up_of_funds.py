"""WB529: what the money is made of: shares of sources and items, the largest item, how many sources there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, half_up, plain
from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.ledger.fractions import fractions_told
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, sentences_of_people
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.sources import named_sources, source_in

_WHERE = (Topic.FUND_NOTE, Topic.OVERALL, Topic.CONCLUSION, Topic.BACKGROUND, Topic.OTHER)
_SIGNS = re.compile("[\ue000-\uf7ff]")
_SHARE = re.compile(
    r"(?P<who>[^，,。；、：:的]{2,16}?)(?:资金|经费|支出)?(?:分别)?(?:占(?:比|了)?(?:[^，,。；、]{0,8}?(?:总额|预算|支出|投入|资金|比例|比重|总数|合计)的?)?(?:约|为|是|达|近)?)$"
)
_LARGEST = re.compile(
    r"(?:支出|金额|占比|开支|花费)[^，,。；]{0,6}?最[多大高]的?(?:一[项笔]|项目|部分)?(?:是|为)(?P<who>[^，,。；、\ue000-\ue7ff]{2,16})"
    r"|(?P<first>[^，,。；、\ue000-\ue7ff]{2,16}?)(?:支出|费用)?(?:[\ue000-\ue7ff])?(?:的支出)?(?:占比|金额|支出)?最[多大高](?=[，,。；]|$)"
)
_SOURCES = re.compile(
    r"(?:资金|经费)来源(?:共|有|共有|包括|分为|为|是)*(?:(?P<q>[\ue000-\ue7ff])|(?P<cn>[一二两三四五六])[个项种类])(?:资金)?(?=[，,。；：:（(]|$)"
)
_ALL_FROM = re.compile(
    r"(?:资金|经费|预算)(?:均|都|全部|全额|全)+(?:为|是|由|来自|来源于|属于)(?P<who>[^，,。；、]{2,14})"
)
_WORD_OF = {"arrived": "到位", "spent": "支出"}
_SELF = re.compile("自筹|社会|捐赠|贷款|债|自有|经营|单位")
_ELSE = re.compile("上年|去年|计划|拟|应|不得|不低于|不超过|其中|项目总数|人|户")


@rule(
    "WB529",
    title="资金构成的话与资金表不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("E07", "B05"),
)
def make_up_of_funds(facts: Facts) -> Iterator[Problem]:
    """“省级占75%”“鱼苗采购占支出的78%”“支出最多的是……”“资金来源有两项”“全部为财政资金”，要与资金表、支出明细一样。

    为什么：占比是除出来的，表改了最容易忘改；哪一项最大说错了，读的人看错重点。预算、到位、支出的占比有一种对就算对。

    不对：省级占75%写成65%；最多的不是运输
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 省级渔业发展资金 | 300 | 300 | 228 |
    | 市级财政资金 | 100 | 80 | 52 |
    支出明细表
    | 支出内容 | 金额（元） |
    | 鱼苗采购 | 2184000 |
    | 鱼苗运输 | 616000 |
    资金说明表
    | 事项 | 内容 |
    | 资金投入情况 | 预算400万元，省级占65%。 |
    | 资金使用情况 | 支出最多的是鱼苗运输。 |
    共报 2 处

    不对：抽查的占支出几分之几，支出在资金表里
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 县级资金 | 300 | 300 | 228 |
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 抽查凭证60份，涉及金额114万元，占支出的三分之一。 |

    对：占比、最大的一项都对
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 省级渔业发展资金 | 300 | 300 | 228 |
    | 市级财政资金 | 100 | 80 | 52 |
    支出明细表
    | 支出内容 | 金额（元） |
    | 鱼苗采购 | 2184000 |
    | 鱼苗运输 | 616000 |
    资金说明表
    | 事项 | 内容 |
    | 资金投入情况 | 资金来源有2项，预算400万元，省级占75%、市级占25%。 |
    | 资金使用情况 | 支出最多的是鱼苗采购，占支出的78%。 |
    """
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _WHERE:
            continue
        for quote, fact, values in (
            *_shares(facts, statement),
            *_largest(facts, statement),
            *_sources(facts, statement),
            *_parts_of_the_money(facts, statement),
        ):
            yield Problem(
                statement.passage.field,
                f"写的是“{quote}”，{fact}。",
                "照资金表、支出明细重算，改对错的一处；口径不同的，写明按什么算。",
                at=statement.passage.origin,
                values=values,
            )


_Told = tuple[str, str, Mapping[str, str]]


def _shares(facts: Facts, statement: Statement) -> Iterator[_Told]:
    last = ""
    for n, quantity in enumerate(statement.sentence.quantities):
        if quantity.unit != "%":
            continue
        match = _SHARE.search(_SIGNS.sub("", statement.sentence.before(n)))
        if match is None or quantity.about or _ELSE.search(statement.sentence.clause(n)):
            continue
        right = _share_of(facts, match["who"], statement.sentence.text)
        if not right or any(_close(quantity.number, r, quantity.text) for r in right):
            continue
        last = match["who"]
        shown = f"{plain(half_up(right[0], 2))}%"
        yield (
            f"{last}占{quantity.text}",
            f"照表算“{last}”占 {shown}",
            {"写的": quantity.plainly, "算出": shown},
        )


def _close(said: Decimal, right: Decimal, text: str) -> bool:
    places = max(0, -int(said.as_tuple().exponent))
    return half_up(right, places) == said or abs(right - said) <= (
        5 if text.endswith("成") else Decimal("0.05")
    )


def _share_of(facts: Facts, who: str, told: str) -> list[Decimal]:
    """这项来源占预算、到位、支出合计的百分数，或者这笔支出占支出、预算的百分数；认不出的没有。"""
    source = source_in(who, named_sources(facts))
    rows = facts.monitoring.funding
    if source is not None and len(rows) > 1:
        numbers = []
        columns = ("budget", "initial", "arrived", "spent")
        for column in sorted(columns, key=lambda c: _WORD_OF.get(c, "预算") not in told):
            amounts = [getattr(r, column) for r in rows]
            if any(a is None for a in amounts):
                continue
            whole = sum((a.yuan for a in amounts), Decimal(0))
            own: Amount = getattr(source.record, column)
            if whole:
                numbers.append(own.yuan / whole * 100)
        own_rates = [
            a.yuan / b.yuan * 100
            for a in (source.record.arrived, source.record.spent)
            for b in (source.record.budget, source.record.arrived)
            if a is not None and b is not None and b.yuan
        ]
        return [*numbers, *own_rates] if numbers else []
    item = _item(facts, who)
    lines = [s.amount for s in facts.monitoring.spending]
    if item is None or item not in lines or any(a is None for a in lines):
        return []
    funds = facts.figures.funds
    wholes = [sum((a.yuan for a in lines if a is not None), Decimal(0))]
    wholes += [a.yuan for a in (funds.spent, funds.arrived, funds.adjusted, funds.initial) if a is not None]
    return [item.yuan / w * 100 for w in wholes if w]


def _item(facts: Facts, who: str) -> Amount | None:
    """写着名称、或者名称开头两个字的那一笔支出；几笔都像的没有。"""
    key = name_key(who)
    rows = [s for s in facts.monitoring.spending if s.item.strip() and s.amount is not None]
    named = [s for s in rows if name_key(s.item) in key or (len(key) > 2 and key in name_key(s.item))]
    if not named and len(key) == 2:
        named = [s for s in rows if name_key(s.item).startswith(key)]
        if len(named) > 1:
            return None
    return named[0].amount if len(named) == 1 else None


def _largest(facts: Facts, statement: Statement) -> Iterator[_Told]:
    if "最" not in statement.sentence.skeleton:
        return
    rows = [s for s in facts.monitoring.spending if s.amount is not None and s.item.strip()]
    if len(rows) < 2:
        return
    top = max(rows, key=lambda s: s.amount.yuan if s.amount is not None else Decimal(0))
    for match in _LARGEST.finditer(statement.sentence.skeleton):
        who = match["who"] or match["first"]
        amount = _item(facts, who)
        if amount is None or top.amount is None or amount.yuan >= top.amount.yuan or _ELSE.search(match[0]):
            continue
        yield (
            _SIGNS.sub("", match[0]),
            f"支出明细里最大的是“{top.item.strip()}”{top.amount}，这一项是 {amount}",
            {"写的": who.strip(), "最大的": top.item.strip()},
        )


def _sources(facts: Facts, statement: Statement) -> Iterator[_Told]:
    rows = [
        f for f in facts.monitoring.funding if f.source.strip() and f.budget is not None and f.budget.yuan
    ]
    if not rows:
        return
    names = "、".join(r.source.strip() for r in rows)
    counted = _SOURCES.search(statement.sentence.skeleton)
    if counted is not None:
        quantity = statement.sentence.quantity(counted["q"]) if counted["q"] else None
        said = chinese_number(counted["cn"]) if quantity is None else quantity.number
        if (quantity is None or quantity.unit in ("个", "项", "种", "类")) and said != len(rows):
            yield (
                statement.sentence.shown(counted.start(), counted.end()),
                f"资金表有 {len(rows)} 项：{names}",
                {"写的": f"{plain(Decimal(said or 0))}项", "资金表": f"{len(rows)}项"},
            )
    every = _ALL_FROM.search(statement.sentence.skeleton)
    if (
        every is None
        or len(rows) < 2
        or re.search("未|没有|预计|应", statement.sentence.skeleton[: every.start()][-4:])
    ):
        return
    others = _not_of(facts, every["who"], [r.source.strip() for r in rows])
    if others:
        yield (
            _SIGNS.sub("", every[0]),
            f"资金表另有{'、'.join(others)}",
            {"写的": every["who"].strip(), "资金表": names},
        )


def _not_of(facts: Facts, who: str, names: Sequence[str]) -> list[str]:
    """说“全部为市级资金”“全部为财政资金”时，不是的那几项。"""
    source = source_in(who, named_sources(facts))
    if source is not None and not re.search("和|及|、|与", who):
        return [n for n in names if n != source.record.source.strip()]
    if "财政" in who and not re.search("省|市|县|区|镇|乡|中央", who):
        return [n for n in names if _SELF.search(n) and "财政" not in n]
    return []


_OF_THE_MONEY = re.compile(
    r"(?P<a>[\ue000-\ue7ff])[，,（(]占(?:总|全部|累计|已)?(?P<of>支出|到位|预算)(?:总额|总数|资金|数|金额|额)*的(?:约|近)?(?P<p>[\ue000-\ue7ff])?"
)


def _parts_of_the_money(facts: Facts, statement: Statement) -> Iterator[_Told]:
    """“涉及金额114万元，占支出的一半”：除以资金表的合计。"""
    funds = facts.figures.funds
    for match in _OF_THE_MONEY.finditer(statement.sentence.skeleton):
        whole = {"支出": funds.spent, "到位": funds.arrived, "预算": funds.adjusted or funds.initial}[
            match["of"]
        ]
        part = statement.sentence.quantity(match["a"])
        others = [q for q in statement.sentence.quantities if q is not part and q.unit == "元"]
        if whole is None or not whole.yuan or part.unit != "元" or part.per or part.about or others:
            continue
        if match["p"]:
            share = statement.sentence.quantity(match["p"])
            told = None if share.unit != "%" or share.about else share.text
            right = part.number / whole.yuan * 100
            holds = told is None or _close(share.number, right, share.text)
        else:
            word = next(
                (f for f in fractions_told(statement.sentence.skeleton) if f.start == match.end()), None
            )
            told = word.words if word is not None else None
            holds = word is None or word.holds(part.number / whole.yuan)
        if told is None or holds or part.number > whole.yuan:
            continue
        shown = f"{plain(half_up(part.number / whole.yuan * 100, 2))}%"
        yield (
            f"{part.text}，占{match['of']}的{told}",
            f"资金表{match['of']}合计是 {whole}，占 {shown}",
            {"写的": told, "算出": shown},
        )
