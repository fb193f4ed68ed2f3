"""四、问题和原因: by cause across the projects; what several share is said once, with the projects it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from perfmon_xl.domain.summary import ProjectLine, Summary
from perfmon_xl.domain.text_keys import name_key, without_unit_brackets
from perfmon_xl.report.summary.project_words import (
    MOST_NAMED,
    District,
    MoneyThere,
    listed,
    money_there,
    say,
    state_of,
)
from perfmon_xl.report.tracing.tracked import Mark, unmarked
from perfmon_xl.report.wording.briefing import CAUSE, DATA, FUNDS_CAUSE, OTHER_CAUSES, SPENDING
from perfmon_xl.report.wording.chinese import ordinal
from perfmon_xl.report.wording.grammar import situations

_MOST_GROUPS, _MOST_REASONS = 5, 2
_ALIKE = 4  # characters in a row that two reasons of one project share: one of them is enough
_HALF, _SEVERAL = Decimal("0.5"), 3
Groups = Mapping[str, Sequence[tuple[ProjectLine, Sequence[str]]]]


def problems(summary: Summary, mark: Mark = unmarked) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """按原因分成几类，牵涉项目多、预算多的在前：标题、一段话；其他原因、数据的放在后面。"""
    district = District(summary, mark)
    groups = _groups(summary)
    real = sorted(
        (name for name in groups if name not in (OTHER_CAUSES, DATA)),
        key=lambda name: (-len(groups[name]), -_budget(groups[name])),
    )
    ordered = [*real[:_MOST_GROUPS], *(n for n in (OTHER_CAUSES, DATA) if n in groups)]
    told = [(name, _paragraph(district, name, groups[name])) for name in ordered]
    if summary.unexplained:
        text = _not_explained(district)
        if told and told[-1][0] == DATA:
            told[-1] = (DATA, told[-1][1] + text)
        else:
            told.append((DATA, text))
    return tuple((f"（{ordinal(n)}）{name}", (text,)) for n, (name, text) in enumerate(told, 1))


def shared_cause(district: District) -> str:
    """几个项目共同的原因：牵涉全部要关注的项目（不止一个），或者一半以上、至少三个的，说一句；没有的是空。"""
    risky = [line for line in district.summary.lines if state_of(line)]
    ids = {id(line) for line in risky}
    found = [
        (name, [line for line, _ in some if id(line) in ids])
        for name, some in _groups(district.summary).items()
        if name not in (OTHER_CAUSES, DATA)
    ]
    name, lines = max(found, key=lambda pair: len(pair[1]), default=("", []))
    whole = len(lines) == len(risky) > 1
    if not whole and (len(lines) < _SEVERAL or len(lines) < len(risky) * _HALF):
        return ""
    return say(
        f"汇总共因.{_key(name, lines)}",
        谁=say("汇总共因.要关注的", 几=district.count(len(lines), "要关注的项目数一数"))
        if whole
        else listed(district.name(line) for line in lines),
    )


def _groups(summary: Summary) -> dict[str, list[tuple[ProjectLine, list[str]]]]:
    """原因的类别 → 各项目和它们的原因；一个项目差不多的话留一句，说支出的在前。"""
    groups: dict[str, list[tuple[ProjectLine, list[str]]]] = {}
    for line in summary.lines:
        told: dict[str, list[str]] = {}
        late = False
        for one in sorted(line.said(CAUSE), key=lambda cause: cause.get("name") != SPENDING):
            if late and one.get("topic"):
                continue  # the money came late: that is said
            late = late or bool(one.get("topic"))
            told.setdefault(one.get("group", ""), []).append(one["text"])
        for group, texts in told.items():
            kept = texts if group == DATA else _different(texts)
            groups.setdefault(group, []).append((line, kept[:_MOST_REASONS] if group != DATA else kept))
    return groups


def _different(texts: Sequence[str]) -> list[str]:
    """去掉和前面说的差不多的。"""
    kept: list[str] = []
    for text in texts:
        if all(_shared(text, other) < _ALIKE for other in kept):
            kept.append(text)
    return kept


def _shared(one: str, other: str) -> int:
    """两句话最长的一截相同的文字有几个字。"""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _paragraph(district: District, name: str, found: Sequence[tuple[ProjectLine, Sequence[str]]]) -> str:
    by_budget = sorted(found, key=lambda pair: -(pair[0].budget or 0))
    same: dict[str, list[ProjectLine]] = {}
    texts: dict[str, str] = {}
    for line, reasons in by_budget:
        text = "；".join(reasons)
        key = name_key(text)
        same.setdefault(key, []).append(line)
        texts.setdefault(key, text)
    told, left = [], MOST_NAMED
    for key, lines in same.items():
        if left <= 0:
            break
        left -= 1
        who = listed(district.name(line) for line in lines)
        both = "均因" if len(lines) > 1 and name != DATA else ""
        told.append(f"{who}（{both}{district.told(lines[0], texts[key])}）")
    rest = len(same) - len(told)
    budget = _budget(found)
    here = [line for line, _ in found if money_there(line) is MoneyThere.ALL]
    return say(
        f"汇总原因.{_key(name, [line for line, _ in found])}",
        几=district.count(len(found), f"有“{name}”一类原因的项目数一数") if len(found) > 1 else "",
        各项目="、".join(told) + (f"，另有{rest}种情形见各项目的监控报告" if rest else ""),
        到齐=listed(district.name(line) for line in here) if 0 < len(here) < len(found) else "",
        预算=district.amount(budget, f"“{name}”牵涉的项目的预算数相加") if budget and name != DATA else "",
    )


def _key(name: str, lines: Sequence[ProjectLine]) -> str:
    """用哪一句：资金到位的，都是拨款晚的说得准一些；没有自己一句的用“一类”。"""
    if name == FUNDS_CAUSE and all(_late_money(line) for line in lines):
        return "拨款晚"
    return name if f"汇总原因.{name}" in situations() else "一类"


def _late_money(line: ProjectLine) -> bool:
    return any(one.get("topic") for one in line.said(CAUSE) if one.get("group") == FUNDS_CAUSE)


def _budget(found: Sequence[tuple[ProjectLine, Sequence[str]]]) -> Decimal:
    return sum((line.budget or Decimal(0) for line, _ in found), Decimal(0))


def _not_explained(district: District) -> str:
    """该说明而没有说明的：哪些项目的哪些指标。"""
    by_project: dict[str, list[str]] = {}
    for unexplained in district.summary.unexplained:
        by_project.setdefault(unexplained.project, []).append(without_unit_brackets(unexplained.indicator))
    names = {line.name: district.name(line) for line in district.summary.lines}
    told = [
        f"{names.get(project, project)}（{listed(indicators, 3)}）"
        for project, indicators in list(by_project.items())[:MOST_NAMED]
    ]
    more = f"等{len(by_project)}个项目" if len(by_project) > MOST_NAMED else ""
    return say("汇总原因.没有说明", 各项目="、".join(told) + more)
