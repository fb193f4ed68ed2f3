"""CL106: a draft that still waits for what only a person can know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_WAITING = re.compile(r"（未填）|尚未(?:填写|填报)|(?:待|有待)(?:补充|填写|核实|确认)")
_WHERE = (Topic.FUND_NOTE, Topic.INDICATOR, Topic.OVERALL, Topic.CONCLUSION)


@rule(
    "CL106",
    title="还没有填、还没有查实的话",
    severity=Severity.ERROR,
    basis="通行做法",
    covers=("A07", "I01"),
)
def draft_to_confirm(facts: Facts) -> Iterator[Problem]:
    """起草的段落里写着“尚未填写”“待核实”的，要由人补上，或说明为什么现在还没有。

    为什么：偏差原因、实际完成情况没有填，程序只能照实说没有；不补就印出去，报告里留着一句空话。

    不对：还没有填
    资金说明表
    | 事项 | 内容 |
    | 资金使用合规性 | 截至2024年7月31日，抽查凭证20份，其中2份的合同待核实。 |

    对：写了核查结果
    资金说明表
    | 事项 | 内容 |
    | 资金使用合规性 | 抽查凭证20份，审批手续齐全，未发现挪用。 |
    """
    for passage in facts.passages:
        if passage.topic not in _WHERE:
            continue
        match = _WAITING.search(passage.text)
        if match is not None:
            subject = passage.subject.strip()
            yield Problem(
                passage.field,
                f"“{subject}”这一段还写着“{match[0]}”。",
                "查实以后写上结果；查不到的，写明没有查到什么。",
                at=passage.origin,
                values={"事项": subject, "文字": match[0]},
            )
