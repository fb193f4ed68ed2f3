"""Which figure of the funds a number in the text claims to be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.figures import FundFigures
from perfmon_xl.domain.prose import Mention
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.rules.facts import Facts

_SO_MUCH = r"(?:资金|经费|金额|数额|数|款)?(?:共计|合计|总计|总额|共|为|是|了|达|约|：|:)*$"
_CLAIMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "初",
        re.compile(
            r"年初(?:批复|安排|下达)?预算(?:数|资金|安排|总额|金额|批复)?(?:共计|合计|总计|共|为|是|数)*$"
        ),
    ),
    ("调", re.compile(r"调整(?:后的?|为)(?:预算)?(?:数|资金|总额|金额)?(?:共计|合计|总计|共|为|是)*$")),
    ("投", re.compile(rf"(?:总投资|投资总额|总投入){_SO_MUCH}")),
    (
        "预",
        re.compile(
            r"(?:项目|资金|总|全年|年度)(?:总)?预算(?:数|资金|总额|金额|批复)?(?:安排|下达)?(?:资金)?(?:共计|合计|总计|共|为|是)*$"
        ),
    ),
    (
        "到",
        re.compile(
            r"(?:到位(?:项目)?资金|资金(?:实际|已|累计)?到位|实际到位|已到位|累计到位|^(?:共|合计)?到位)(?:共计|合计|总计|共|为|数|资金)*$"
        ),
    ),
    (
        "支",
        re.compile(
            r"(?:(?:项目|资金|累计|共|总|实际|已){1,6}(?:实际|累计)?(?:支出|支付|使用|执行|开支|列支|完成支出)(?:项目|专项)?"
            rf"|(?:支出|执行)(?:总额|合计|数)){_SO_MUCH}"
        ),
    ),
)
NAMES: Mapping[str, str] = {
    "初": "年初预算合计",
    "调": "调整后预算合计",
    "预": "预算合计",
    "投": "预算合计",
    "到": "到位合计",
    "支": "支出合计",
}


def claim(mention: Mention) -> str:
    """这个数说的是哪一项合计；不是合计，或者看不出来的返回空。"""
    if mention.unit != "元" or "其中" in mention.clause:
        return ""
    return claimed(mention.clause)


def claimed(lead: str) -> str:
    """一个金额前面的话说它是哪一项合计；看不出来的返回空。

    >>> claimed("截至9月底，已支付资金"), claimed("管水员补助")
    ('支', '')
    """
    lead = _WHEN.sub("", without_spaces(lead))
    return next((key for key, pattern in _CLAIMS if pattern.search(lead)), "")


_WHEN = re.compile(
    r"^.*(?:截[至止]|[，,])[^，,]*?(?:日|月底|月末|底|末|节点|[\uf000-\uf7ff])(?:[（(][^（()）]*[)）])?[，,]?"
)
_ONE_SOURCE = re.compile(
    r"中央|省级|省补|市级|县级|区级|镇级|乡级|自筹|配套|上级|本级|结转|债|彩票|部分|其余|剩余|当年|每|其他"
)


def is_whole(words: str, facts: Facts) -> bool:
    """这句话讲的是整个项目的钱，不是一个来源、一笔支出的。"""
    sources = [f.source.strip() for f in facts.monitoring.funding if len(f.source.strip()) > 1]
    items = [s.item.strip() for s in facts.monitoring.spending if len(s.item.strip()) > 2]
    if len(sources) > 1 and (_ONE_SOURCE.search(words) or any(s in words for s in sources)):
        return False
    return not any(i in words or (len(i) > 4 and i[-4:] in words) for i in items)


def figures_of(key: str, funds: FundFigures) -> tuple[Amount, ...]:
    """这一项合计可以是哪些数；没有填的不在内。"""
    choices: Mapping[str, Sequence[Amount | None]] = {
        "初": (funds.initial,),
        "调": (funds.adjusted,),
        "预": (funds.adjusted, funds.initial),
        "投": (funds.adjusted, funds.initial),
        "到": (funds.arrived,),
        "支": (funds.spent,),
    }
    return tuple(dict.fromkeys(a for a in choices[key] if a is not None))


def rounds_to(mention: Mention, amount: Amount) -> bool:
    """按写出来的位数四舍五入后相等，又差不到百分之一（“5万元”不是4.6万元）；“余”“约”“近”按意思。"""
    if mention.approximation:
        return mention.agrees(amount.yuan)
    return mention.agrees(amount.yuan) and abs(mention.number - amount.yuan) * 100 <= abs(amount.yuan)


def quantity_rounds_to(quantity: Quantity, amount: Amount) -> bool:
    """与 near 一样，比的是账里的一个量。"""
    close = quantity.about or abs(quantity.number - amount.yuan) * 100 <= abs(amount.yuan)
    return quantity.covers(amount.yuan) and close


def rates(funds: FundFigures) -> Mapping[str, Decimal]:
    """执行率按不同分母的写法。"""
    found: dict[str, Decimal] = {}
    wholes = (("调整后预算数", funds.adjusted), ("年初预算数", funds.initial), ("到位数", funds.arrived))
    for name, whole in wholes:
        if funds.spent is not None and whole is not None and whole.yuan:
            found[name] = funds.spent.yuan / whole.yuan
    return found
