"""WB406: so many indicators, so many met or missed: the counts in the text against the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.ledger.reading import Q
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, sentences_of_people
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.verdicts import names_and_actuals, split

_WHERE = (Topic.CONCLUSION, Topic.OVERALL, Topic.PROBLEM)
_CLASS = "(?:经济|社会|生态)?(?:成本|产出|数量|质量|时效|效益|可持续影响|满意度)"
_STAGE = "(?:了)?(?:本?阶段性?|本期|预期|序时)?(?:绩效)?(?:应完成的?)?(?:目标|要求|进度)"
_ALL = re.compile(
    rf"(?:^|[，,]|(?:跟踪|监控|涉及|设置|设定|项目)的?|共有?)(?:绩效)?(?P<n>{Q})(?:跟踪|监控|监测|考核|评价|核定|设定|三级|绩效|分解|的)*(?P<of>{_CLASS})?(?:三级)?(?:绩效)?指标"
    rf"(?=中|里|[，,]|均|全部|都|{Q})"
)
_MET = re.compile(rf"(?<![未没的])(?P<n>{Q})(?:指标)?(?:已|均|都|全部)*(?:达到|达成|完成){_STAGE}")
_MISSED = re.compile(
    rf"(?P<n>{Q})(?:指标)?(?:尚|还|仍|均|都)*(?:未|没有)(?:能)?(?:达到|达成|完成|达)(?:{_STAGE}|(?=[，,。；;]|$))"
)
_ANOTHER_BASE = re.compile(r"年度|全年|年初|申报|上年|去年|上期|调整|修改|删除|新增")


@dataclass(frozen=True, slots=True)
class _Count:
    total: int
    met: int
    missed: int
    unknown: int


@rule(
    "WB406",
    title="文字里的指标个数与表4不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("B16", "H06"),
)
def counts_of_indicators(facts: Facts) -> Iterator[Problem]:
    """结论和综合分析里“跟踪的几个指标中，几个达到目标、几个没有达到”，要与表4数出来的一样；写明是哪一类的，数那一类。

    为什么：表4增减了指标、改了实际数，结论里的个数最容易忘改。

    不对：表4有2个指标，写成3个
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 栽植苗木 | ≥900株 | ≥500株 | 520株 |
    | 苗木成活率 | ≥90% | ≥90% | 85% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 跟踪的3个指标中，2个达到本阶段目标。 |

    不对：没有达到的个数；一句话开头就说个数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 栽植苗木 | ≥900株 | ≥500株 | 520株 |
    | 苗木成活率 | ≥90% | ≥90% | 85% |
    | 病虫害发生率 | ≤5% | ≤5% | 3% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 3个指标中有两个未达到阶段目标，需抓紧补植。 |

    不对：“跟踪指标”说的也是表4的全部
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 栽植苗木 | ≥900株 | ≥500株 | 520株 |
    | 苗木成活率 | ≥90% | ≥90% | 85% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 项目运行总体正常，3项跟踪指标中1项达到阶段目标。 |

    对：个数一样；写明是哪一类的，只数那一类
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 产出指标 | 数量指标 | 栽植苗木 | ≥900株 | ≥500株 | 520株 |
    | 产出指标 | 质量指标 | 苗木成活率 | ≥90% | ≥90% | 85% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 跟踪的2个指标中，1个达到本阶段目标，1个未达到。1个质量指标中，1个未达到阶段目标。 |
    """
    met, unmet, unknown = split(facts)
    if not met and not unmet and not unknown:
        return
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _WHERE or (
            statement.passage.topic is Topic.OVERALL and statement.passage.subject.strip() != "效率性分析"
        ):
            continue
        wrong = list(_wrong(statement, (met, unmet, unknown)))
        if wrong:
            yield Problem(
                statement.passage.field,
                "；".join(wrong) + "。",
                "按表4改个数；只讲其中一部分指标的，写明是哪一部分。",
                at=statement.passage.origin,
                values={"表4": f"{len(met) + len(unmet) + len(unknown)}个，达成{len(met)}个"},
            )


def _wrong(statement: Statement, split_: tuple[list[Compared], ...]) -> Iterator[str]:
    skeleton = without_spaces(statement.sentence.skeleton)
    _, unmet, _ = split_
    stated = _ALL.search(skeleton)
    if _ANOTHER_BASE.search(re.split("[，,]", skeleton[: stated.start("n") if stated else 0])[-1]):
        return
    kind = (stated["of"] or "") if stated is not None else ""
    count = _counted(kind, split_)
    if stated is not None and (n := _number(statement, stated["n"])) is not None and n != count.total:
        yield f"{kind}指标写 {n} 个，表4有 {count.total} 个"
    rest = skeleton[stated.end() :] if stated is not None else skeleton
    done, missed = _MET.search(rest), _MISSED.search(rest)
    if done is not None and re.search(_CLASS, rest[: done.start()]) and not kind:
        return  # 讲到哪一类了，不是全部的
    for match, what, least in ((done, "达到目标", count.met), (missed, "没有达到目标", count.missed)):
        n = (
            _number(statement, match["n"])
            if match is not None and (match is done or stated is not None)
            else None
        )
        if n is not None and not least <= n <= least + count.unknown:
            rest_of = f"，{names_and_actuals(unmet)}没有达到" if unmet and not kind else ""
            yield f"{what}写 {n} 个，表4算出来 {least} 个{rest_of}"


def _number(statement: Statement, sign: str) -> int | None:
    quantity = statement.sentence.quantity(sign)
    return int(quantity.number) if quantity.unit in ("个", "项") and not quantity.about else None


def _counted(kind: str, split_: tuple[list[Compared], ...]) -> _Count:
    met, unmet, unknown = (sum(kind in r.level1 or kind in r.level2 for r in records) for records in split_)
    return _Count(met + unmet + unknown, met, unmet, unknown)
