"""WB308: what one source of funds has got or spent, told with another figure than its row has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, percent
from perfmon_xl.domain.model import Funding
from perfmon_xl.domain.passage import Topic
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Role
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, of_another_time, sentences_of_people
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.money import quantity_rounds_to
from perfmon_xl.rules.shared.sources import NamedSource, named_sources

_WHERE = (Topic.FUND_NOTE, Topic.OVERALL, Topic.CONCLUSION, Topic.PROBLEM, Topic.OTHER)
_SIGNS = re.compile("[\ue000-\uf7ff]")
_END = r"(?:资金|经费|数|额)?(?:共计|合计|总计|共|为|是|了|达|仅|只|已|：|:)*$"
_AMOUNTS = (
    ("spent", "支出数", re.compile(rf"(?:支出|支付|使用|已用|列支){_END}")),
    ("arrived", "到位数", re.compile(rf"(?:到位|拨付到位){_END}")),
)
_RATES = (
    ("到位率", re.compile(r"到位(?:率|比例)(?:为|是|达到?|仅|只|已|：|:)*$")),
    (
        "执行率",
        re.compile(
            r"(?:执行率|支出率|支付率|使用率|支出进度|执行进度|支付进度)(?:为|是|达到?|仅|只|已|：|:)*$"
        ),
    ),
)
_OF_ITS_BUDGET = re.compile(r"占[^，,]{0,8}(?:预算|应到位|应拨)(?:数|安排|总额|资金)*的?(?:约|近)?$")
_AS_A_RATE = {"arrived": "到位率", "spent": "执行率"}
_ROUGHLY = 5  # 个百分点
_NOT_NOW = re.compile(
    r"追加|增加|减少|调增|调减|收回|预计|计划|拟|将|应|需|未|尚|还|剩|余|结转|上年|去年|年初|预算|安排|下达|占"
)


@rule(
    "WB308",
    title="文字里一项来源的到位、支出与资金表不一样",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("E07", "B05"),
)
def source_told_differently(facts: Facts) -> Iterator[Problem]:
    """文字里写“市级资金支出105万元”“省级资金执行率60%”，应当等于资金表里这项来源的数。

    为什么：合计对得上，分来源写错了，哪一级的钱没有花出去就看错了。讲的是其中一笔、另一段时间的不比。

    不对：市级支出、省级执行率都与表里不同
    资金表
    | 资金来源 | 调整后预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 省级专项资金 | 90 | 90 | 72 |
    | 市级一般公共预算拨款 | 150 | 120 | 60 |
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 市级资金支出66万元；省级资金执行率60.00%，市级40.00%。 |
    共报 2 处

    不对：占预算的几成
    资金表
    | 资金来源 | 调整后预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 中央补助资金 | 200 | 200 | 110 |
    | 区级财政资金 | 150 | 90 | 70 |
    资金说明表
    | 事项 | 内容 |
    | 资金到位率 | 中央资金全额到位，区级到位90万元，占区级预算的九成。 |

    对：相同；按到位数算的率；其中的一笔
    资金表
    | 资金来源 | 调整后预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 省级专项资金 | 90 | 90 | 72 |
    | 市级一般公共预算拨款 | 150 | 120 | 60 |
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 市级资金支出60万元，占到位数的50%；市级资金支付设备款20万元。省级资金执行率80%，市级资金按到位数计算执行率50%。 |
    """
    sources = named_sources(facts)
    if len(sources) < 2:
        return
    seen: set[tuple[object, str]] = set()
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _WHERE:
            continue
        kind, last = "", None
        for n, quantity in enumerate(statement.sentence.quantities):
            words = _SIGNS.sub("", statement.sentence.before(n))
            source, bare = _source_of(statement, n, sources)
            if (
                source is None
                and quantity.unit == "%"
                and len(words) <= 8
                and not _is_the_whole(facts, quantity)
            ):
                source = last  # “专项债券支出1170万元，支付率78%”
            of_budget = quantity.unit == "%" and kind in _AS_A_RATE and bool(_OF_ITS_BUDGET.search(words))
            if of_budget:
                source, kind = source or last, _AS_A_RATE[kind]  # “区级到位90万元，占区级预算的六成”
            else:
                kind = _kind(words, quantity.unit) or (kind if bare else "")
            last = source
            if (
                source is None
                or not kind
                or statement.sentence.roles[n] not in (Role.ACTUAL, Role.SHARE, Role.PART)
            ):
                continue
            if quantity.per or of_another_time(facts, statement, n):
                continue
            if _NOT_NOW.search(words) and not of_budget:
                continue
            if quantity.unit == "元":
                amount: Amount | None = getattr(source, kind, None)
                right = str(amount) if amount is not None and not quantity_rounds_to(quantity, amount) else ""
            else:
                wanted = _rates(source, kind)
                right = (
                    percent(wanted[0])
                    if wanted and not any(_holds(quantity, r * 100) for r in wanted)
                    else ""
                )
            label = {"spent": "支出数", "arrived": "到位数"}.get(kind, kind)
            if not right or (statement.passage.origin, label + source.source) in seen:
                continue
            seen.add((statement.passage.origin, label + source.source))
            yield Problem(
                statement.passage.field,
                f"文字写“{words[-16:]}{quantity.text}”，资金表“{source.source.strip()}”的{label}是 {right}。",
                "按凭证核对这项来源的数，文字和资金表改成一致；讲的是其中一笔的，写明是哪一笔。",
                at=statement.passage.origin,
                values={"文字": quantity.plainly, "资金表": right},
            )


def _holds(rate: Quantity, percent_: Decimal) -> bool:
    """“六成”说个大概。"""
    return rate.covers(percent_) or (rate.text.endswith("成") and abs(rate.number - percent_) <= _ROUGHLY)


def _is_the_whole(facts: Facts, rate: Quantity) -> bool:
    """整个项目的执行率、到位率。"""
    funds = facts.figures.funds
    return any(rate.covers(r * 100) for r in (funds.execution_rate, funds.arrival_rate) if r is not None)


def _source_of(statement: Statement, n: int, sources: Sequence[NamedSource]) -> tuple[Funding | None, bool]:
    """第 n 个量讲的是哪项来源；后一项是不是只写了来源（“市级40%”）。两项都写着的没有。"""
    words = _SIGNS.sub("", statement.sentence.before(n))
    named = [s for s in sources if any(w in words for w in s.names)]
    if len(named) == 1:
        longest = max((w for w in named[0].names if w in words), key=len)
        return named[0].record, words.strip().removesuffix("资金") in (longest, longest.removesuffix("资金"))
    return None, False


def _kind(words: str, unit: str) -> str:
    if unit == "元":
        return next((kind for kind, _, pattern in _AMOUNTS if pattern.search(words)), "")
    return next((kind for kind, pattern in _RATES if pattern.search(words)), "") if unit == "%" else ""


def _rates(source: Funding, kind: str) -> list[Decimal]:
    """这项来源的执行率、到位率，各种分母都算对。"""
    over = source.spent if kind == "执行率" else source.arrived
    wholes = [source.adjusted or source.initial, source.initial]
    wholes += [source.arrived] if kind == "执行率" else []
    if over is None:
        return []
    return [over.yuan / whole.yuan for whole in wholes if whole is not None and whole.yuan]
