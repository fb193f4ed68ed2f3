"""Which figure of the funds a number in the text claims to be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.figures import FundFigures
from perfmon_xl.domain.prose import Mention

_CLAIMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("初", re.compile(r"年初(?:批复)?预算(?:数|资金|安排|总额|金额|批复)?(?:共计|合计|总计|共|为|是|数)*$")),
    ("调", re.compile(r"调整(?:后的?|为)(?:预算)?(?:数|资金|总额|金额)?(?:共计|合计|总计|共|为|是)*$")),
    (
        "预",
        re.compile(
            r"(?:项目|资金|总|全年|年度)预算(?:数|资金|总额|金额|批复)?(?:安排|下达)?(?:资金)?(?:共计|合计|总计|共|为|是)*$"
        ),
    ),
    (
        "到",
        re.compile(
            r"(?:到位(?:项目)?资金|资金(?:实际|已)?到位|实际到位|已到位)(?:共计|合计|总计|共|为|数|资金)*$"
        ),
    ),
    (
        "支",
        re.compile(
            r"(?:(?:项目|资金|累计|共|总|实际)(?:已)?(?:实际|累计)?(?:支出|支付|使用资金|执行)|(?:支出|执行)(?:总额|合计|数))"
            r"(?:资金|金额|数)?(?:共计|合计|总计|共|为|是|了)*$"
        ),
    ),
)
NAMES: Mapping[str, str] = {
    "初": "年初预算合计",
    "调": "调整后预算合计",
    "预": "预算合计",
    "到": "到位合计",
    "支": "支出合计",
}


def claim(mention: Mention) -> str:
    """这个数说的是哪一项合计；不是合计，或者看不出来的返回空。"""
    if mention.unit != "元" or "其中" in mention.clause:
        return ""
    lead = re.sub(r"\s", "", mention.clause)
    return next((key for key, pattern in _CLAIMS if pattern.search(lead)), "")


def figures_of(key: str, funds: FundFigures) -> tuple[Amount, ...]:
    """这一项合计可以是哪些数；没有填的不在内。"""
    choices: Mapping[str, Sequence[Amount | None]] = {
        "初": (funds.initial,),
        "调": (funds.adjusted,),
        "预": (funds.adjusted, funds.initial),
        "到": (funds.arrived,),
        "支": (funds.spent,),
    }
    return tuple(dict.fromkeys(a for a in choices[key] if a is not None))


def near(mention: Mention, amount: Amount) -> bool:
    """按写出来的位数四舍五入后相等，又差不到百分之一（“5万元”不是4.6万元）；“余”“约”“近”按意思。"""
    if mention.approximation:
        return mention.agrees(amount.yuan)
    return mention.agrees(amount.yuan) and abs(mention.number - amount.yuan) * 100 <= abs(amount.yuan)


def rates(funds: FundFigures) -> Mapping[str, Decimal]:
    """执行率按不同分母的写法。"""
    found: dict[str, Decimal] = {}
    wholes = (("调整后预算数", funds.adjusted), ("年初预算数", funds.initial), ("到位数", funds.arrived))
    for name, whole in wholes:
        if funds.spent is not None and whole is not None and whole.yuan:
            found[name] = funds.spent.yuan / whole.yuan
    return found
