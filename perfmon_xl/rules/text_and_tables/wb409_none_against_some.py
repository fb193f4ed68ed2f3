"""WB409: “none happened”, says the text; the table counts one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.prose import pieces
from perfmon_xl.ledger.reading import Role
from perfmon_xl.ledger.subjects import IndicatorQuantities
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, indicators, sentences_of_people
from perfmon_xl.rules.facts import Facts

_NONE = re.compile(
    r"(?:未曾|未|没有|没|无|零|杜绝了?|避免了?)(?:发生|出现|产生|接到|收到|造成)?(?:过|了|任何|一起)*(?P<what>[\u4e00-\u9fff]{2,14})"
)
_NOT_STARTED = re.compile(
    r"(?:尚未|还没有|仍未|未|没有)(?:开展|启动|实施|开工|购置|采购|建设|发放|组织|进行)(?P<what>[\u4e00-\u9fff]{0,10})"
)
_BAD = re.compile(r"事故|投诉|险情|死亡|伤亡|违规|舆情|疫情|火灾|上访|纠纷|案件|差错|事件|失火|起数")
_UNDONE_ZERO = re.compile("(?:未能?|没有|没能?)(?:实现|做到|达到|保持)(?:了)?零")
_DENIED = re.compile("(?:未能?|没有|没能?|难以|不能|未曾)(?:实现|做到|达到|完成|保持)(?:了)?$")
_HAPPENED = re.compile(r"发生|出现|接到|收到|造成|产生")
_SIGNS = re.compile("[\ue000-\uf7ff]")
_WHERE = (Topic.INDICATOR, Topic.PROGRESS, Topic.OVERALL, Topic.CONCLUSION)


@rule(
    "WB409",
    title="文字说没有，表4有数（或者相反）",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("E07", "H06"),
)
def none_against_some(facts: Facts) -> Iterator[Problem]:
    """文字说“未发生”“没有出现”“尚未开展”的，表4的实际完成值应当是零。

    为什么：“没有”也是一个数。表里是1起、文字说没有发生，两处不能都对。同一句里说了期间、范围之外的不比。

    不对：表里1起，文字说没有发生
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 社会效益指标 | 安全事故起数 | =0起 | 1起 |
    指标分析表
    | 事项 | 内容 |
    | 安全事故起数 | 施工期间未发生安全事故。 |

    不对：表里60人，文字说没有开展
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 馆员培训人数 | ≥100人 | 60人 |
    指标分析表
    | 事项 | 内容 |
    | 馆员培训人数 | 受场地影响，尚未开展培训。 |

    不对：表里0起，文字说发生过
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 社会效益指标 | 安全事故起数 | =0起 | 0起 |
    进展表
    | 事项 | 进展情况 |
    | 安全 | 7月发生安全事故1起，已处理。 |

    对：表里0起；说的是别的事
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 社会效益指标 | 安全事故起数 | =0起 | 0起 |
    | 数量指标 | 馆员培训人数 | ≥100人 | 60人 |
    指标分析表
    | 事项 | 内容 |
    | 安全事故起数 | 施工期间未发生安全事故。 |
    | 馆员培训人数 | 已培训60人，第二期尚未开展。 |
    """
    seen: set[tuple[object, str]] = set()
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _WHERE:
            continue
        for indicator, quote, wrong in (
            *(
                (i, q, bool(i.subject.actual and i.subject.actual.number))
                for i, q in _denied(facts, statement)
            ),
            *((i, q, True) for i, q in _happened(facts, statement)),
        ):
            actual = indicator.subject.actual
            key = (statement.passage.origin, indicator.name)
            if actual is None or not wrong or key in seen:
                continue
            seen.add(key)
            yield Problem(
                statement.passage.field,
                f"写的是“{quote}”，表4“{indicator.name}”的实际完成值是“{actual.text}”。",
                "查台账核对，改掉不对的一处；说的是另一段时间、另一类的，写明。",
                at=statement.passage.origin,
                values={"文字": quote, "表4": actual.text},
            )


def _happened(facts: Facts, statement: Statement) -> Iterator[tuple[IndicatorQuantities, str]]:
    """表里是零的坏事，这句话说发生过几次。"""
    for n, quantity in enumerate(statement.sentence.quantities):
        if statement.sentence.roles[n] is not Role.ACTUAL or quantity.low <= 0:
            continue
        clause = statement.sentence.before(n) + statement.sentence.after(n)
        if not _HAPPENED.search(statement.sentence.before(n)):
            continue
        for indicator in indicators(facts):
            actual, own = indicator.subject.actual, pieces(indicator.core)
            if (
                actual is None
                or actual.number
                or actual.kind != quantity.kind
                or not _BAD.search(indicator.name)
            ):
                continue
            bad = _BAD.search(clause)
            if bad and own and len(own & pieces(clause)) * 2 >= len(own):
                yield indicator, f"{_SIGNS.sub('', statement.sentence.before(n))[-12:]}{quantity.text}"


def _denied(facts: Facts, statement: Statement) -> Iterator[tuple[IndicatorQuantities, str]]:
    """这句话说没有的，是哪个指标。"""
    known = (
        [statement.indicator]
        if statement.own and statement.indicator is not None
        else list(indicators(facts))
    )
    for match in _NONE.finditer(statement.sentence.text):
        if _UNDONE_ZERO.match(match[0]):
            continue
        if not _BAD.search(match["what"]) or _DENIED.search(statement.sentence.text[: match.start()]):
            continue  # “未实现零事故的目标”: twice no is yes
        for indicator in known:
            own = pieces(indicator.core)
            if (
                not indicator.is_rate
                and _BAD.search(indicator.name)
                and own
                and len(own & pieces(match["what"])) * 2 >= len(own) * (1 if not statement.own else 0.8)
            ):
                yield indicator, match[0]
    if not statement.own or statement.indicator is None:
        return
    actual = statement.indicator.subject.actual
    told = actual is not None and any(
        q.unit == actual.unit and statement.sentence.roles[n] is Role.ACTUAL
        for n, q in enumerate(statement.sentence.quantities)
    )
    for match in _NOT_STARTED.finditer(statement.sentence.text):
        what = pieces(match[0]) & pieces(statement.indicator.core)
        if (
            what
            and not told
            and not re.search("期|部分|其余|另|剩余|批|个别", statement.sentence.text[: match.start()][-8:])
        ):
            yield statement.indicator, match[0]
