"""WB514: the year's plan is expected to be met, though it already is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.target import Comparator
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_EXPECTED = re.compile(r"预计[^，。；]{0,8}(?:年底|年末|全年|12月底)[^，。；]{0,8}完成[^，。；]{0,12}")
_TOLD = re.compile(r"超额|超过|提前|已完成全年|已达到全年")


@rule(
    "WB514",
    title="全年目标早已超过，还说预计能完成",
    severity=Severity.INFO,
    basis="文表勾稽",
    covers=("H06",),
)
def forecast_though_done(facts: Facts) -> Iterator[Problem]:
    """数量指标都已超过全年目标的，不再写“预计年底可以完成”，要写已经超过多少、目标是不是定低了。

    为什么：套话把最该说的事盖住了：目标定低了，监控就没有意义。

    不对：两个数量指标都已翻倍
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 调解件数 | ≥70件 | 158件 |
    | 数量指标 | 接待人次 | ≥1000人次 | 5000人次 |
    综合分析表
    | 事项 | 内容 |
    | 效率性分析 | 各项工作按计划开展，预计年底可以完成年初计划。 |

    对：有一个还没有达到
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 调解件数 | ≥70件 | 158件 |
    | 数量指标 | 接待人次 | ≥1000人次 | 800人次 |
    综合分析表
    | 事项 | 内容 |
    | 效率性分析 | 各项工作按计划开展，预计年底可以完成年初计划。 |
    """
    counted = [
        (c, c.actual.base(), c.annual.base())
        for c in facts.monitoring.compared
        if c.annual.comparator in (Comparator.AT_LEAST, Comparator.MORE) and c.annual.unit not in ("%", "")
    ]
    done = [(c, a) for c, a, t in counted if a and t and a[1] == t[1] and a[0] > t[0]]
    if len(done) < 2 or len(done) < len(counted):
        return
    for passage in (*facts.about(Topic.OVERALL), *facts.about(Topic.CONCLUSION)):
        match = _EXPECTED.search(passage.text)
        if match and not _TOLD.search(passage.text):
            named = "、".join(f"“{c.name}”{c.actual.raw.strip()}" for c, _ in done[:2])
            yield Problem(
                passage.field,
                f"写了“{match[0]}”，表4的 {len(done)} 个数量指标都已超过全年目标（{named}）。",
                "写明已经超过多少；目标定低了的，在问题里写上。",
                at=passage.origin,
                values={"文字": match[0], "已超过": str(len(done))},
            )
