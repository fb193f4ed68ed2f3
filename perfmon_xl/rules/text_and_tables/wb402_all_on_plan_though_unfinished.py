"""WB402: everything goes to plan, says the text; one thing does not, says the progress table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.wording import PROGRESS, PROGRESS_STATE
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_ALL = re.compile(
    r"(?:各项|全部|所有)[^，。；]{0,8}?(?:均|都|全部)?(?:已)?(?:按(?:照)?(?:计划|序时|时间节点|要求)|如期|顺利|按期|有序)[^，。；]{0,4}(?:开展|推进|实施|完成|进行)"
    r"|(?:各项|全部|所有)(?:工作|任务)[^，。；未]{0,4}(?:均|都|全部)?已(?:全部)?完成"
)


@rule(
    "WB402",
    title="说各项工作均按计划开展，进展里有没完成的",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H06", "H03"),
)
def all_on_plan_though_unfinished(facts: Facts) -> Iterator[Problem]:
    """说“各项工作均按计划开展”的，项目进展里不应当有状态为“尚未完成”的事项。

    为什么：“均”字没有例外；进展表里就有例外，两处只有一处是真的。

    不对：进展表里有一件尚未完成
    进展表
    | 事项 | 进展情况 | 状态 |
    | 排水泵站验收 | 应于6月底前验收。 | 尚未完成 |
    综合分析表
    | 事项 | 内容 |
    | 效率性分析 | 各项工作均按计划开展，效率较好。 |

    对：没有尚未完成的
    进展表
    | 事项 | 进展情况 | 状态 |
    | 排水泵站验收 | 6月20日通过验收。 | 已完成 |
    综合分析表
    | 事项 | 内容 |
    | 效率性分析 | 各项工作均按计划开展，效率较好。 |
    """
    open_items = [p for p in facts.monitoring.progress if p.state.strip() == "尚未完成"]
    if not open_items:
        return
    names = "、".join(f"“{p.subject.strip()}”" for p in open_items)
    for passage in facts.passages:
        if passage.topic not in (Topic.OVERALL, Topic.CONCLUSION):
            continue
        match = _ALL.search(passage.text)
        if match is None or re.search(r"除[^。]{2,40}外", passage.text):
            continue
        yield Problem(
            passage.field,
            f"写了“{match[0]}”，" + PROGRESS + f"里{names}的状态是“尚未完成”。",
            "写明哪几件没有按计划完成；已经完成的，先改" + PROGRESS_STATE + "。",
            at=passage.origin,
            values={"文字": match[0], "尚未完成": names},
        )
