"""What the rule set says must be explained, and is not: one demand a blank cell, with the reason for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.policy import ExplainRules, Light
from perfmon_xl.domain.target import Comparator, Kind
from perfmon_xl.domain.text_keys import without_spaces

CAUSES = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
LIKELIHOODS = ("确定能", "有可能", "完全不可能")
_LABELS = {
    "cause": "偏差原因",
    "reason": "原因说明",
    "measure": "改进措施",
    "forecast": "全年预计",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """一处该写没写的说明：哪一格、哪个指标、缺什么、为什么要写。"""

    origin: Origin
    subject: str
    field: str
    why: str

    def __str__(self) -> str:
        return f"{self.origin}：“{self.subject}”{self.why}，{_LABELS[self.field]}没有写。"


def demands(figures: Figures) -> tuple[Demand, ...]:
    """按规则集要写而没有写的说明，和监控表附注要写而没有写的；先后照表4。

    规则集的“目标与资金差距”说的是整个项目，不落在哪个指标上，不在这里。
    """
    found: list[Demand] = []
    for record, light in zip(figures.monitoring.compared, (f.light for f in figures.indicators), strict=True):
        wanted: dict[str, str] = {}
        for fields, why in _wanted(record, light, figures.rules.explain):
            for field in fields:
                wanted.setdefault(field, why)
        found += [
            Demand(origin=record.place.at(field), subject=record.name, field=field, why=why)
            for field, why in wanted.items()
            if _blank(record, field)
        ]
    return tuple(found)


def _blank(record: Compared, field: str) -> bool:
    value = getattr(record, field)
    return not value.strip() if isinstance(value, str) else value.kind is Kind.BLANK


def _wanted(
    record: Compared, light: Light | None, explain: ExplainRules
) -> Iterator[tuple[tuple[str, ...], str]]:
    if light in explain.lights:
        yield ("cause", "reason"), f"亮{light.value}灯" if light else ""
    if why := _over(record, explain):
        yield ("cause", "reason"), why
    word = likelihood(record.likelihood)
    if word in explain.likelihood:
        yield ("forecast", "cause", "reason"), f"完成可能性选了“{record.likelihood}”"
    if word in LIKELIHOODS[1:]:
        # The note under the form itself asks for these, whatever the rule set.
        yield ("cause", "measure"), f"完成可能性选了“{record.likelihood}”"
    if record.cause.strip():
        yield ("reason",), f"选了偏差原因“{record.cause}”"


def must_explain(record: Compared, light: Light | None, explain: ExplainRules) -> bool:
    """不看完成可能性怎么选，按灯和超过目标的程度要不要说明原因。"""
    return light in explain.lights or bool(_over(record, explain))


def _over(record: Compared, explain: ExplainRules) -> str:
    """超过全年目标太多，要说明的理由；不用说明的返回空。与表4的偏差不同，这里和全年目标比。"""
    annual, done = record.annual, measures.measured(record.actual)
    goal = annual.base() if annual.kind is Kind.NUMBER else None
    if done is None or goal is None or done[1] != goal[1]:
        return ""
    value, target = measures.rounded(done[0]), measures.rounded(goal[0])
    if target == 0:
        limit = explain.over_zero_target
        return f"目标为零，实际 {record.actual}" if limit is not None and value >= limit else ""
    if annual.comparator is Comparator.EQUAL and explain.over_equal and value > target:
        return f"实际 {record.actual} 超过了目标 {annual}"
    if target < 0:
        return ""  # a fall of twice the goal is no surplus
    ratio = measures.rounded(value / target)
    if explain.over_ratio is not None and ratio >= explain.over_ratio:
        return f"实际是全年目标的 {percent(ratio)}"
    limit = explain.over_target_deviation
    positive = annual.ruling in (Comparator.AT_LEAST, Comparator.MORE)
    if limit is not None and positive and measures.rounded(ratio - Decimal(1)) > limit:
        return f"实际比全年目标高 {percent(ratio - 1)}"
    return ""


def likelihood(text: str) -> str:
    """完成可能性的规范说法；不认识的返回空。

    >>> likelihood("不可能"), likelihood("大概能")
    ('完全不可能', '')
    """
    bare = without_spaces(text)
    return {"不可能": LIKELIHOODS[2]}.get(bare, bare if bare in LIKELIHOODS else "")


def causes(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """偏差原因拆开：认得的五类，和不认得的说法。

    >>> causes("经费保障、硬件保障；天气")
    (('经费保障', '硬件条件保障'), ('天气',))
    """
    for mark in "，,；;/\n":
        text = text.replace(mark, "、")
    known: list[str] = []
    unknown: list[str] = []
    for word in filter(None, (without_spaces(one) for one in text.split("、"))):
        word = {"硬件保障": CAUSES[3], "其他保障": CAUSES[4], "其它": CAUSES[4]}.get(word, word)
        (known if word in CAUSES else unknown).append(word)
    return tuple(dict.fromkeys(known)), tuple(unknown)
