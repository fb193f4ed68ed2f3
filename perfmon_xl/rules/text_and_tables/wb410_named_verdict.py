"""WB410: the conclusion names an indicator as met or unmet, the figures say the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.domain.text_keys import name_key, subject_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.verdicts import split

_WHERE = (Topic.CONCLUSION, Topic.OVERALL)
_GOAL = r"(?:了|预期|预定|本阶段|阶段性?|序时|计划){0,4}(?:绩效)?(?:目标值?|任务|要求|进度)?"
_EXCEPT = re.compile(
    r"除(?:了)?(?P<names>[^。；]{2,80}?)(?:之外|以外|外)[，,]?(?:其余|其他|其它|剩余|各|均|全部|都)[^。；未没]{0,24}?(?:达到|完成|达成|实现)"
)
_UNMET = re.compile(rf"(?:没有|未能|尚未|未)(?:达到|完成|实现|达成){_GOAL}")
_MET = re.compile(rf"(?<!没有)(?<![未没不能])(?:均|都|已|也|全部){{0,4}}(?:达到|达成){_GOAL}(?=[，。；、]|$)")
_WHOLE_YEAR = re.compile(r"全年|年度|年内|年底")
_SHORTEST = 4  # 字


@rule(
    "WB410",
    title="点名说达到没达到的指标，与算出来的相反",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H06",),
)
def named_verdict(facts: Facts) -> Iterator[Problem]:
    """结论、综合分析里点了名的指标，说达到、没有达到、除它以外都达到，要与表4算出来的一致。

    为什么：读的人照着名字去找问题；点错了名，真正没有达到的就没有人管。

    不对：除外的不是没有达到的那一个
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 路面修补里程 | ≥30公里 | ≥20公里 | 25公里 |
    | 数量指标 | 边沟清理里程 | ≥90公里 | ≥60公里 | 48公里 |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 除路面修补里程外，其余1项指标达到阶段目标。 |

    不对：已经达到的说没有达到
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 创业培训人数 | ≥360人 | ≥240人 | 240人 |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 创业培训人数未达到，资金执行与序时进度基本一致。 |

    对：点的名与表一致；说的是全年
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 路面修补里程 | ≥30公里 | ≥20公里 | 25公里 |
    | 数量指标 | 边沟清理里程 | ≥90公里 | ≥60公里 | 48公里 |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 除边沟清理里程外，其余指标达到阶段目标；路面修补里程尚未完成全年任务。 |
    """
    met, unmet, _ = split(facts)
    for passage in facts.written(*_WHERE):
        for sentence in passage.sentences:
            wrong = _wrong(sentence, met, unmet)
            if wrong is not None:
                record, quote, right = wrong
                yield _problem(passage, record, quote, right)


def _wrong(
    sentence: str, met: Sequence[Compared], unmet: Sequence[Compared]
) -> tuple[Compared, str, str] | None:
    found = _EXCEPT.search(sentence)
    if found is not None:
        named = list(_named(found["names"], (*met, *unmet)))
        for record in named:
            if any(record is m for m in met) and not _WHOLE_YEAR.search(found[0]):
                return record, found[0], "已经达到"
        left = [u for u in unmet if not any(u is n for n in named)]
        if named and left and not re.search("等", found["names"]) and not _WHOLE_YEAR.search(found[0]):
            return left[0], found[0], "没有达到"
        return None
    for pattern, wrong, right in ((_UNMET, met, "已经达到"), (_MET, unmet, "没有达到")):
        for match in pattern.finditer(sentence):
            before = re.split(r"[，,；;。]", sentence[: match.start()])[-1]
            if _WHOLE_YEAR.search(before[-6:] + match[0] + sentence[match.end() :][:6]) or re.search(
                r"预计|力争|确保|能够|可以|将|部分|有望|如|若", before
            ):
                continue
            everyone = list(_named(before, (*met, *unmet)))
            for record in everyone:
                if any(record is w for w in wrong) and not re.search("除|外", before):
                    return record, (before + match[0])[-30:], right
    return None


def _named(words: str, records: Sequence[Compared]) -> Iterator[Compared]:
    """一段话里点了名的指标；一个名称含着另一个的，算长的那一个。"""
    flat = name_key(words)
    hits = []
    for record in records:
        for name in (name_key(record.name), subject_key(record.name)):
            if len(name) >= _SHORTEST and name in flat:
                hits.append((name, record))
                break
    for name, record in hits:
        if not any(name != other and name in other for other, _ in hits):
            yield record


def _problem(passage: Passage, record: Compared, quote: str, right: str) -> Problem:
    goal = (record.stage if not record.stage.is_blank else record.annual).raw.strip()
    name = record.name.strip()
    return Problem(
        passage.field,
        f"写的是“{quote}”；“{name}”实际 {record.actual.raw.strip()}，本阶段应完成 {goal}，{right}。",
        "照表4改：没有达到的点名，达到的不点；实际数更新过的，先改表4。",
        at=passage.origin,
        values={"文字": quote, "表4": f"{name}：{record.actual.raw.strip()}"},
    )
