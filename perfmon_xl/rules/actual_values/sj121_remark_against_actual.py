"""SJ121: the figures in an indicator's own remark give another actual than its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, plain
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.ledger.quantity import Quantity, of_value
from perfmon_xl.ledger.reading import Sentence, sentences
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import units_of, year_of
from perfmon_xl.rules.facts import Facts

_NOT_ALL = re.compile(
    r"等|其中|部分|另|还有|新增|计划|拟|将|尚|未|没有|剩|余|差|少|多|推迟|改到|补|上年|去年|同期|每|人均|平均|目标|\d月"
)
_GOOD = re.compile(
    r"合格|满意|达标|完好|及时|按时|按期|通过|优良|准确|有效|就业|取证|成活|办结|整改|赞成|知晓|正确"
)
_BAD = re.compile(r"不合格|不满意|未|没有|不达标|逾期|差错")
_EARLIER = re.compile(r"上年|去年|同期")
_GREW = re.compile(r"(增长|增加|上升|提高|增幅)[^，,。；]{0,4}$|同比增[^，,。；]{0,4}$")
_FELL = re.compile(r"(下降|减少|降低|降幅)[^，,。；]{0,4}$")


@rule(
    "SJ121",
    title="备注、说明里的数推不出实际完成值",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("B16", "E07"),
)
def remark_against_actual(record: Compared, facts: Facts, *, actual: TargetValue) -> Iterator[Problem]:
    """这个指标自己的备注、原因说明、措施里，分项加起来、合格数除以检查数、总价除以数量、比上年增长多少，都要合得上实际完成值。

    写了“等”“其中”“每”“计划”的不算写全；一处有几种读法的不比。

    为什么：备注是算实际值的底数，推不出来，两处总有一个抄错了。

    不对：分项；合格数；总价；增长率
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 安装标志牌块数 | ≥900块 | 640块 | 县道180块、乡道260块、村道220块 |
    | 标志牌合格率 | ≥98% | 99% | 抽查200块，合格196块 |
    | 每吨处置费 | ≤3000元/吨 | 2850元/吨 | 282吨处置费83.07万元 |
    | 监督检查家次 | ≥640家次 | 385家次 | 比去年同期350家次增长15% |
    共报 4 处

    对：都合得上；没有写全
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 安装标志牌块数 | ≥900块 | 660块 | 县道180块、乡道260块、村道220块 |
    | 补种苗木株数 | ≥900株 | 640株 | 东片180株、西片220株等 |
    | 标志牌合格率 | ≥98% | 98% | 抽查200块，合格196块 |
    | 每吨处置费 | ≤3000元/吨 | 2850元/吨 | 282吨处置费80.37万元 |
    | 监督检查家次 | ≥640家次 | 385家次 | 比去年同期350家次增长10% |
    """
    value = of_value(actual, record.name)
    if value is None or value.about or value.comparator not in ("", "="):
        return
    for field in ("reason", "measure"):
        text: str = getattr(record, field)
        told = list(sentences(text, year_of(facts), units_of(facts))) if text.strip() else []
        if len(told) != 1:
            continue
        found = next(
            filter(None, (check(told[0], value) for check in (_parts, _share, _price, _growth))), None
        )
        if found is None:
            continue
        sum_, right = found
        yield Problem(
            field,
            f"“{record.title}”的实际完成值是“{actual.raw.strip()}”，这里写“{text.strip()[:40]}”：{sum_}。",
            "按原始记录核对，实际完成值和这里的数改成合得上；口径不同的，写明。",
            values={"实际完成值": actual.raw.strip(), "推出": right},
        )
        return


_Found = tuple[str, str] | None


def _parts(sentence: Sentence, value: Quantity) -> _Found:
    """“县道180块、乡道260块、村道220块”：一样单位的几个数，加起来是实际值。"""
    ones = sentence.quantities
    listed = len(ones) >= 2 and all(q.kind == value.kind and not q.about for q in ones)
    if not listed or value.unit in ("%", "‰") or _NOT_ALL.search(sentence.text):
        return None
    labels = {sentence.before(n).strip("、，,和及 ") for n in range(len(ones))}
    whole = sum((q.number for q in ones), Decimal(0))
    if len(labels) != len(ones) or "" in labels or any(q.number >= value.number for q in ones):
        return None  # one label twice: two times of one thing
    if value.covers(whole):
        return None
    return f"{'＋'.join(q.text for q in ones)} = {plain(whole)}{value.unit}", f"{plain(whole)}{value.unit}"


def _share(sentence: Sentence, value: Quantity) -> _Found:
    """“抽查200块，合格196块”：后一个除以前一个是实际的率。"""
    ones = sentence.quantities
    if (
        value.unit != "%"
        or value.per
        or len(ones) != 2
        or ones[0].kind != ones[1].kind
        or ones[0].unit == "%"
    ):
        return None
    near = sentence.before(1) + sentence.after(1)
    if not _GOOD.search(near) or _BAD.search(near) or ones[0].about or ones[1].about:
        return None
    if not 0 < ones[1].number <= ones[0].number:
        return None
    rate = ones[1].number / ones[0].number * 100
    half = max((value.high - value.low) / 2, Decimal("0.05"))
    if abs(rate - value.number) <= half * 2 or plain(half_up(rate, 0)) == plain(value.number):
        return None
    shown = f"{plain(half_up(rate, 2))}%"
    return f"{ones[1].text}÷{ones[0].text} = {shown}", shown


def _price(sentence: Sentence, value: Quantity) -> _Found:
    """“282吨处置费83.07万元”：总价除以数量是实际的单价。"""
    ones = sentence.quantities
    if value.unit != "元" or len(value.per) != 1 or len(ones) != 2 or _NOT_ALL.search(sentence.text):
        return None
    count = next((q for q in ones if q.unit == value.per[0] and not q.per), None)
    money = next((q for q in ones if q.unit == "元" and not q.per), None)
    if count is None or money is None or count.about or money.about or not count.number:
        return None
    if money.low / count.number <= value.high and value.low <= money.high / count.number:
        return None
    each = money.number / count.number
    shown = f"{plain(half_up(each, 2))}元/{value.per[0]}"
    return f"{money.text}÷{count.text} = {shown}", shown


def _growth(sentence: Sentence, value: Quantity) -> _Found:
    """“比去年同期350家次增长15%”：实际值比那个数多的就是这个比例。"""
    ones = sentence.quantities
    if len(ones) != 2 or not _EARLIER.search(sentence.text) or ones[1].unit != "%" or ones[1].about:
        return None
    base, rate = ones
    if base.kind != value.kind or base.about or not base.number:
        return None
    sign = 1 if _GREW.search(sentence.before(1)) else -1 if _FELL.search(sentence.before(1)) else 0
    real = (value.number - base.number) / base.number * 100
    if not sign or abs(real - sign * rate.number) <= max((rate.high - rate.low), Decimal("0.5")):
        return None
    shown = f"{plain(half_up(real, 2))}%"
    return f"（{value.text}－{base.text}）÷{base.text} = {shown}", shown
