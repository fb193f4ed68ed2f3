"""A problem raised in an earlier period: since when, and how far it has been put right, as the person wrote it."""

from __future__ import annotations

import re

from perfmon_xl.domain.model import ProblemEntry
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.tracing.tracked import Mark
from perfmon_xl.report.wording.grammar import Speaker, situations

_RAISED = re.compile(r"^(?P<when>(?:\d{4}年\d{1,2}月|上期)监控提出)(?:的问题)?[。；，]?")


def since_last(problem: ProblemEntry, value: Ref, department: str, mark: Mark) -> str:
    """带整改状态的是以前提出的：哪一期提的、改了没有；没有整改状态的是本期的，返回空。

    value 是这个问题的一行；department 是主管部门，没有改的由它督办。
    """
    state = problem.state.strip()
    if not state:
        return ""
    told = problem.rectification.strip()
    match = _RAISED.match(told)
    when = match["when"] if match else ""
    done = (told[match.end() :] if match else told).strip().rstrip("。；;，, ")
    key = f"上期问题.{state}"
    return Speaker().say(
        key if key in situations() else "上期问题.待核实",
        {
            "哪期": mark(when, value.at("rectification", "哪期")) if when else "上期提出",
            "情况": mark(done, value.at("rectification", "情况")) if done else "",
            "主管": department or "主管部门",
        },
    )
