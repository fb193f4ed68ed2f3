"""WB108: unfinished by the progress table, and no problem mentions it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Progress
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.wording import PROBLEMS
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.problems import unmentioned

_UNFINISHED = re.compile(
    r"尚未(?:完成|开工|开展|启动|实施|建成|到位|验收)|(?<!是否)未(?:完成|开工|启动|按期|按计划|如期)|进度滞后|(?:至今|目前|仍)(?:没有|未能?)(?:完成|开工|启动|建成|到位|验收|落实|动工)|没有(?:按期|按计划|如期)|(?:没有|未)动工|(?:已|暂)停工|停滞"
)

_LONGEST = 40


@rule(
    "WB108",
    title="没有完成的事项，问题里没有交代",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H03",),
)
def unfinished_not_a_problem(progress: Progress, facts: Facts) -> Iterator[Problem]:
    """项目进展里写着尚未完成的，“问题与措施”里要有这件事。

    为什么：跟踪监控就是为了发现没有按期做的事；进展里写了、问题里不提，改进措施就落空。

    不对：尚未完成，问题里没有
    进展表
    | 事项 | 进展情况 | 状态 |
    | 远程诊疗设备安装 | 应在年底前装30台，目前尚未完成。 | 尚未完成 |
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 部分指标设置不规范 | 满意度没有样本量。 | 规范指标设置 | 补充样本量。 |

    对：问题里有
    进展表
    | 事项 | 进展情况 | 状态 |
    | 远程诊疗设备安装 | 应在年底前装30台，目前尚未完成。 | 尚未完成 |
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 设备安装滞后 | 诊疗设备只装了12台。 | 加快安装 | 11月底前装完。 |
    """
    match = _UNFINISHED.search(progress.text)
    if progress.state.strip() != "尚未完成" and match is None:
        return
    monitoring = facts.monitoring
    told = "。".join(
        part for p in monitoring.problems for part in (p.title, p.text, p.measure_title, p.measure)
    )
    common = pieces(monitoring.project.name, 3)
    mine = pieces(progress.subject, 3) - common or pieces(progress.text, 4)
    if mine & (pieces(told, 3) | pieces(told, 4)):
        return
    clause = _clause(progress.text, match) if match else f"状态是“{progress.state.strip()}”"
    subject = progress.subject.strip() or "这一项"
    yield Problem(
        "text" if match else "state",
        f"“{subject}”没有完成（{clause}），" + unmentioned(monitoring.problems) + "。",
        "在" + PROBLEMS + f"里写上“{subject}”差多少、为什么、何时完成；不影响本项目的，在进展里说明。",
        values={"事项": subject, "问题数": str(len(monitoring.problems))},
    )


def _clause(text: str, match: re.Match[str]) -> str:
    """“尚未完成”所在的那一句，太长的留后面几个分句。"""
    start = max(text.rfind(c, 0, match.start()) for c in "。；;\n") + 1
    clause = text[start : match.end()].strip()
    if len(clause) <= _LONGEST:
        return clause
    kept = clause[-_LONGEST:]
    comma = kept.find("，", 0, _LONGEST // 2)
    return f"……{kept[comma + 1 :]}"
