"""WB526: one place blames what another place of the same indicator calls in good time, or ample."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.passage import Topic
from perfmon_xl.ledger.subjects import IndicatorQuantities
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, sentences_of_people
from perfmon_xl.rules.facts import Facts

_WHERE = (Topic.REASON, Topic.INDICATOR, Topic.PROBLEM, Topic.OVERALL)
_MATTERS = {
    "资金": r"(?:财政|资金|经费|拨款|补助|款项|预算)[^，,。；]{0,6}?(?:拨付|下达|到位|拨款|支付)?|拨付|拨款|下达",
    "供货": r"(?:供应商|厂家|设备|货物|器材|物资|材料)?(?:供货|到货|交货|发货)",
    "招标": r"(?:招标|采购|开标|评标)(?:程序|工作|流程)?",
    "人手": r"(?:人员|人手|力量|师资|技术人员)(?:配备|安排)?",
    "场地": r"(?:场地|用地|选址|地块)(?:落实|移交|交付)?",
    "手续": r"(?:审批|手续|备案|许可)(?:办理)?",
}
_GOOD = r"(?:均|都|也|已|较|十分|比较|能)*(?:及时|按时|按期|如期|充足|充裕|充分|顺利|齐备|齐全|到位及时|没有(?:影响|延误|耽误)|未(?:受影响|延误))"
_BAD = r"(?:均|都|也|较|太|过|偏)*(?:晚|迟|滞后|不及时|未及时|没有及时|不足|不够|短缺|紧张|延误|延迟|推迟|缓慢|慢|没有落实|未落实|未按期|未按时)"
_SHORT = r"[^，,。；]{0,4}?"


@rule(
    "WB526",
    title="同一个指标，两处说的原因相反",
    severity=Severity.WARNING,
    basis="文内勾稽",
    covers=("H04",),
)
def reasons_that_exclude_each_other(facts: Facts) -> Iterator[Problem]:
    """一个指标没有完成，表4说拨款晚，问题里说拨付及时，两处只有一处是真的。

    为什么：原因不同，措施就不同；读的人不知道该催谁。只比说同一个指标的几处。

    不对：一处说拨款晚，一处说拨付及时
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 数量指标 | 安全等级测评系统数 | ≥12个 | ≥7个 | 6个 | 财政拨款下达晚，测评费用无法支付。 |
    指标分析表
    | 事项 | 内容 |
    | 安全等级测评系统数 | 取得报告6个，经费拨付及时，测评机构排期靠后。 |

    对：说的是两件事
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 数量指标 | 安全等级测评系统数 | ≥12个 | ≥7个 | 6个 | 测评机构排期靠后，到货较晚。 |
    指标分析表
    | 事项 | 内容 |
    | 安全等级测评系统数 | 取得报告6个，经费拨付及时，测评机构排期靠后。 |
    """
    blamed: dict[tuple[str, str], tuple[Statement, str]] = {}
    praised: dict[tuple[str, str], tuple[Statement, str]] = {}
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _WHERE or statement.indicator is None:
            continue
        for matter, said in _MATTERS.items():
            for pattern, kept in ((_BAD, blamed), (_GOOD, praised)):
                match = re.search(rf"(?:{said}){_SHORT}{pattern}", statement.sentence.text)
                if (
                    match is not None
                    and not re.search("[不未没]$", match[0][:-2])
                    and not _hedged(statement, match)
                ):
                    kept.setdefault((_key(statement.indicator), matter), (statement, match[0]))
    for key, (statement, quote) in blamed.items():
        other = praised.get(key)
        if other is None or other[0].passage is statement.passage:
            continue
        name, label = key[0], other[0].passage.subject.strip() or other[0].passage.topic.value
        yield Problem(
            statement.passage.field,
            f"“{name}”的原因这里写“{quote}”，“{label}”里写“{other[1]}”，两处不一致。",
            "查清没有完成是因为什么，各处写同一个原因，措施也照它写。",
            at=statement.passage.origin,
            values={"这里": quote, "另一处": other[1]},
        )


def _key(indicator: IndicatorQuantities) -> str:
    record: Compared = indicator.record
    return record.name.strip()


def _hedged(statement: Statement, match: re.Match[str]) -> bool:
    """说的是要求、以后，不是事实。"""
    return (
        re.search(
            "建议|应|确保|督促|要求|加快|力争|避免|如果|若", statement.sentence.text[: match.start()][-8:]
        )
        is not None
    )
