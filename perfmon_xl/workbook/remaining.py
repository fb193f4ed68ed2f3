"""The Python twin of layout/remaining_formulas.py: what a row still lacks, the first thing first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from perfmon_xl.domain.explaining import must_explain
from perfmon_xl.domain.kinds import DocumentKind
from perfmon_xl.domain.model import Adjusted, Compared, Declared, Funding, GoalChange, Progress
from perfmon_xl.domain.policy import Light, RuleSet
from perfmon_xl.domain.proposals import is_proposal
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.layout.remaining_formulas import DONE, QUALITATIVE
from perfmon_xl.layout.required import MONITORED, PERFORMED, STAGED, applies

Row = Mapping[str, Decimal | str]
_LIKELY = ("有可能", "完全不可能", "不可能")
_LIGHTS = {light.value: light for light in Light}


def _blank(value: object) -> bool:
    text = value.raw if isinstance(value, TargetValue) else str(value)
    return not text.strip(" ")


def _first(steps: Iterable[tuple[bool, str]]) -> str:
    return next((words for applies, words in steps if applies), DONE)


def progress_remaining(record: Progress) -> str:
    """项目进展的一行还差什么。"""
    if all(map(_blank, (record.subject, record.text, record.state))):
        return ""
    return _first(((_blank(record.text), "写进展情况"), (_blank(record.state), "选状态")))


def funding_remaining(record: Funding, kind: DocumentKind = DocumentKind.MONITORING) -> str:
    """资金来源的一行还差什么。读不懂的金额不算空。"""

    def none(name: str) -> bool:
        return getattr(record, name) is None and name not in record.place.faults

    amounts = ("initial", "adjusted", "arrived", "spent", "forecast")
    if _blank(record.source) and all(map(none, amounts)):
        return ""
    return _first(
        (
            (_blank(record.source), "写资金来源"),
            (none("initial") and none("adjusted"), "填预算数"),
            (applies(PERFORMED, kind) and none("spent"), "填支出数"),
        )
    )


def goal_remaining(record: GoalChange) -> str:
    """表2的一行还差什么。"""
    if all(map(_blank, (record.subject, record.original, record.changed, record.revised))):
        return ""
    return _first(
        (
            (_blank(record.original), "抄原内容"),
            (_blank(record.changed), "选是否调整"),
            (record.changed.strip(" ") == "是" and _blank(record.revised), "写调整后"),
        )
    )


def declared_remaining(record: Declared, row: Row) -> str:
    """表1的一行还差什么；“✓”是都有了，没有用的行空着。row 是这一行的计算栏。"""
    if all(map(_blank, (record.level1, record.level2, record.name, record.target))):
        return ""
    return _first(
        (
            (_blank(record.name), "填三级指标"),
            (_blank(record.level1), "选一级指标"),
            (_blank(record.level2), "选二级指标"),
            (row["target_sign"] == "", "填目标值"),
            (row["target_sign"] == "未识别", "目标看不懂"),
        )
    )


def adjusted_remaining(record: Adjusted, row: Row) -> str:
    """表3的一行还差什么。"""
    written = (
        record.level1, record.level2, record.name, record.target, record.change, record.explanation,
        record.tracked_target, record.tracked,
    )  # fmt: skip
    if all(map(_blank, written)):
        return ""
    change = record.change.strip(" ")
    stays = change != "删除"
    tracked = stays and record.tracked.strip(" ") == "是"
    sign, tracked_sign = row["target_sign"], row["tracked_target_sign"]
    return _first(
        (
            (_blank(record.name), "填三级指标"),
            (_blank(record.level1), "选一级指标"),
            (_blank(record.level2), "选二级指标"),
            (stays and sign == "", "填目标值"),
            (sign == "未识别", "目标看不懂"),
            (not change, "选调整类型"),
            (change in ("删除", "调整") and _blank(record.explanation), "写明理由"),
            (stays and _blank(record.tracked), "选是否跟踪"),
            (tracked and tracked_sign == "", "填跟踪目标"),
            (tracked and tracked_sign == "未识别", "跟踪看不懂"),
        )
    )


def needs_explanation(record: Compared, row: Row, rules: RuleSet) -> str:
    """规则集要求说明偏差的写“是”。"""
    return "是" if must_explain(record, _LIGHTS.get(str(row["light"])), rules.explain) else ""


def compared_remaining(
    record: Compared, row: Row, rules: RuleSet, kind: DocumentKind = DocumentKind.MONITORING
) -> str:
    """表4的一行还差什么。"""
    written = (record.level1, record.level2, record.name, record.annual, record.stage, record.actual)
    if all(map(_blank, written)):
        return ""
    annual, stage, actual, met = (row[f] for f in ("annual_sign", "stage_sign", "actual_sign", "met"))
    word = record.likelihood.replace(" ", "").replace("\u3000", "")
    likely = word in _LIKELY
    named = {"不可能": "完全不可能"}.get(word, word) in rules.explain.likelihood
    judged, staged = met in ("达成", "未达成"), applies(STAGED, kind)
    deviates = met == "未达成" or row["explain"] == "是" or likely or named
    return _first(
        (
            (_blank(record.name), "填三级目标"),
            (_blank(record.level1), "选一级目标"),
            (_blank(record.level2), "选二级目标"),
            (annual == "", "填目标值"),
            (annual == "未识别", "目标看不懂"),
            (stage == "未识别", "阶段看不懂"),
            (not applies(PERFORMED, kind), DONE),
            (met == "未到期", DONE),
            (actual == "", "填实际值"),
            (actual in ("≥", "≤", ">", "<", "="), "去掉比较符"),
            (actual == "未识别" and annual != QUALITATIVE, "实际看不懂"),
            (annual == QUALITATIVE and met == "无法判断", "选档次"),
            (staged and is_proposal(record.place.raw.get("stage", "")), "核定阶段值"),
            (staged and stage == "", "填阶段值"),
            (judged and applies(MONITORED, kind) and _blank(record.likelihood), "选可能性"),
            (named and _blank(record.forecast), "写全年预计"),
            (deviates and _blank(record.cause), "选偏差原因"),
            ((deviates or not _blank(record.cause)) and _blank(record.reason), "写原因说明"),
            ((met == "未达成" or likely) and _blank(record.measure), "写改进措施"),
        )
    )
