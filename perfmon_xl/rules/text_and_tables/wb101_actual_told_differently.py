"""WB101: the table gives one actual, the paragraph of the same indicator another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Compared, Paragraph
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.target import Comparator
from perfmon_xl.domain.text_keys import subject_key
from perfmon_xl.domain.wording import ANALYSES
from perfmon_xl.ledger.quantity import Quantity, of_value
from perfmon_xl.ledger.reading import Role
from perfmon_xl.ledger.relations import comparable, rounded_alike
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.claims import Statement, of_another_time, said_in
from perfmon_xl.rules.facts import Facts


@rule(
    "WB101",
    title="实际完成值与指标分析里写的不一样",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("E07",),
)
def actual_told_differently(
    indicator: Indicator, facts: Facts, *, compared: Compared, written: Paragraph
) -> Iterator[Problem]:
    """表4的实际完成值，应当与这个指标分析段里写的数相同。

    为什么：一个指标只有一个实际完成数；表和文字各写一个，读者不知道信哪个，完成率和偏差也跟着错。

    不对：表里120场，文字里108场
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训场次 | ≥100场 | 120场 |
    指标分析表
    | 事项 | 内容 |
    | 培训场次 | 年初计划培训100场，截至2024年7月31日已举办培训108场。 |

    不对：文字里两个数，没有一个与表4相同，也看不出哪个是
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训场次 | ≥100场 | 120场 |
    指标分析表
    | 事项 | 内容 |
    | 培训场次 | 已举办春训30场，已举办秋训50场。 |

    不对：表里千分号，文字里百分号
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 人口献血率 | ≥10‰ | 11‰ |
    指标分析表
    | 事项 | 内容 |
    | 人口献血率 | 献血26400人次，献血率11%，高于10‰。 |

    对：文字里分开写的两个数加起来等于表里的
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训场次 | ≥100场 | 120场 |
    指标分析表
    | 事项 | 内容 |
    | 培训场次 | 上半年已举办培训70场，7月至10月已举办50场。 |

    对：指标说的是增加了多少
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 样本户亩均增收 | ≥400元/亩 | 420元/亩 |
    指标分析表
    | 事项 | 内容 |
    | 样本户亩均增收 | 样本户亩均收入2,520元，比上年的2,100元增加420元。 |

    对：文字写得粗一些，合得上
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 服务人次 | ≥50000人次 | 56123人次 |
    指标分析表
    | 事项 | 内容 |
    | 服务人次 | 截至2024年7月31日，累计服务群众5.6万人次，其中：线上2万人次、线下3.6万人次。 |
    """
    actual = of_value(compared.actual, indicator.name)
    if actual is None or not actual.unit or compared.actual.comparator not in _EXACT:
        return  # “≥95%” is a demand, of which WB102 speaks
    told = tuple(_told(facts, written, actual))
    results = [c for c in told if c.role is Role.ACTUAL and not c.elsewhen]
    if not actual.number and _NONE.search(written.text):
        return  # “发生一般火情2起，未发生重大火灾”: none is said, too
    if not results or any(c.quantity.agrees(actual) for c in told if c.role not in _NO_RESULT):
        return
    goals = [g for v in (compared.annual, compared.stage) if (g := of_value(v)) is not None]
    if any(rounded_alike(c.quantity, actual, goals) for c in results):
        return
    if any(
        c.quantity.about and abs(c.quantity.number - actual.number) <= c.quantity.number * 2 / 10
        for c in results
    ):
        return
    if _split(told, actual, indicator.name) or _said_without_its_per(facts, written, actual):
        return
    heads = [c for c in results if _about(c, indicator.name)] or results
    numbers = list(dict.fromkeys(c.quantity.text for c in heads))
    values = {"表4": compared.actual.raw.strip(), "文字": "、".join(numbers)}
    first = heads[0].quantity
    alike = actual.number / 10 < first.number < actual.number * 10 or not actual.number
    alike = alike or (actual.unit in _PER and _digits(first.text) == _digits(compared.actual.raw))
    scaled = all(re.search("[万亿]", text) for text in (first.text, compared.actual.raw))
    alike = alike or (scaled and _another_size(first.number, actual.number))
    if len(numbers) == 1 and alike and _about(heads[0], indicator.name):
        yield Problem(
            "actual",
            f"表4实际完成值填的是“{compared.actual.raw.strip()}”，"
            + ANALYSES
            + f"里写的是“{first.text}”（{heads[0].said}）。",
            f"按原始台账核对“{indicator.name}”的实际数，把表4和文字改成同一个数。",
            of=compared,
            values=values,
        )
    else:
        yield unsure(
            "text",
            ANALYSES
            + f"里有 {'、'.join(numbers)}，没有一个等于表4的“{compared.actual.raw.strip()}”，"
            + "也看不出哪一个是这个指标的实际数。",
            "在段里写明这个指标的实际完成数；另外的数是别的口径的，说明是什么。",
            of=written,
            values=values,
        )


def _said_without_its_per(facts: Facts, written: Paragraph, actual: Quantity) -> bool:
    """表4是“420元/亩”，文字是“亩均收入2,520元，增加420元”：数在那里，只是没有写“/亩”。"""
    return any(
        quantity.unit == actual.unit
        and quantity.number == actual.number
        and statement.sentence.roles[n] not in _NO_RESULT
        for statement in said_in(facts, written)
        for n, quantity in enumerate(statement.sentence.quantities)
    )


def _another_size(number: Decimal, other: Decimal) -> bool:
    """9.6亿与0.96亿：数字一样，小数点、单位错了一位或几位。"""
    ratio = max(number, other) / min(number, other)
    return ratio in (10, 100, 1000, 10_000)


def _digits(text: str) -> str:
    """“11%”和“11‰”：数一样，号不一样。"""
    return "".join(re.findall(r"[\d.]", text))


@dataclass(frozen=True, slots=True)
class _Claim:
    """段里一个能与实际值比的数：身份、是不是另一段时间的、它前面的话（shown 照原文）、整句的话。"""

    quantity: Quantity
    role: Role
    elsewhen: bool
    clause: str
    shown: str
    sentence: str

    @property
    def said(self) -> str:
        words = self.shown.strip()
        return ("…" + words[-18:] if len(words) > 18 else words) + self.quantity.text


def _told(facts: Facts, written: Paragraph, actual: Quantity) -> Iterator[_Claim]:
    for statement in said_in(facts, written):
        for n, quantity in enumerate(statement.sentence.quantities):
            quantity = _in_the_ratio_of(quantity, actual)
            if comparable(quantity, actual):
                words = _SIGNS.sub(
                    "", statement.sentence.clause(n) if quantity.unit == "%" else statement.sentence.skeleton
                )
                yield _Claim(
                    quantity,
                    statement.sentence.roles[n],
                    of_another_time(facts, statement, n),
                    _clause(statement, n),
                    statement.sentence.clause_in_words(n),
                    words,
                )


_PER = {"%": 100, "‰": 1000}


def _in_the_ratio_of(quantity: Quantity, actual: Quantity) -> Quantity:
    """表里是‰、文字里是%的，换算了再比；写出来的照原样。"""
    if quantity.unit == actual.unit or {quantity.unit, actual.unit} - _PER.keys():
        return quantity
    times = Decimal(_PER[actual.unit]) / _PER[quantity.unit]
    return replace(
        quantity,
        unit=actual.unit,
        number=quantity.number * times,
        low=quantity.low * times,
        high=quantity.high * times,
    )


def _clause(statement: Statement, n: int) -> str:
    return _SIGNS.sub("", statement.sentence.clause(n))


def _split(told: Sequence[_Claim], actual: Quantity, name: str) -> bool:
    """分开写的各期、各部分加起来就是实际数；“2所因并校停办”不是一部分。"""
    counted = [c for c in told if c.role in (Role.ACTUAL, Role.PART)]
    parts = [c.quantity.number for c in counted]
    own = pieces(name) | pieces(subject_key(name))
    same = all(c.elsewhen or c.role is Role.PART or pieces(c.clause) & own for c in counted)
    return len(parts) > 1 and sum(parts) == actual.number and same


def _about(claim: _Claim, name: str) -> bool:
    """这个数讲的是不是这个指标：有两个字以上与名称相同。"""
    return bool(pieces(claim.sentence) & (pieces(name) | pieces(subject_key(name))))


_NONE = re.compile(
    r"(?:未|没有|无)(?:曾)?(?:发生|出现|产生|接到|收到|造成)|零(?:事故|投诉|差错)|(?:未|没有|无|零)(?:一人|人员)?(?:死亡|伤亡|受伤|失踪|违规|查实|逾期|差错)"
    r"|(?:尚未|还没有|没有|未)(?:启动|开工|开展|实施|开始|形成)"
)
_EXACT = (Comparator.UNSTATED, Comparator.EQUAL)
_NO_RESULT = (Role.TARGET, Role.STAGE, Role.PLAN, Role.PREVIOUS, Role.THRESHOLD)
_SIGNS = re.compile("[\ue000-\uf7ff]")
