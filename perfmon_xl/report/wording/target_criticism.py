"""What the check finds in the targets, in the words of a report: by rule code, the indicators of one code together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.model import Adjusted, Declared
from perfmon_xl.domain.text_keys import name_key, without_unit_brackets
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.grammar import situations, words
from perfmon_xl.report.wording.indicator_states import LACKING, NOT_YET, DraftState, Shape
from perfmon_xl.report.wording.material import Material
from perfmon_xl.report.wording.naming import few, quoted
from perfmon_xl.report.wording.points import Point, point

KIND = "目标设置"
NEXT_YEAR = "编报下年度绩效目标时，"
_FAMILIES = {
    "不全": ("JG108", "JG109", "JG113", "JG117", "JG201"),
    "归类": ("JG101", "JG110", "JG205"),
    "标准": ("ZB108", "ZB109"),
    "偏离实际": ("ZB113", "JD102", "JD106"),
}
_OF_STAGES = ("JD102", "JD106")
_LAST = 20  # after the points that the records themselves give
_QUOTED = re.compile(r"“([^”]{1,400})”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Criticism:
    """检查结果里可以写进报告的一条：问题类别、规则编号、检查时的话、措施、牵涉到的值。"""

    kind: str
    code: str
    message: str
    measure: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def has_words(code: str) -> bool:
    """这条规则在 problems.md 里有没有自己的说法。"""
    return f"规则 {code}.事实" in situations()


def criticised_points(material: Material, criticisms: Sequence[Criticism]) -> Iterator[Point]:
    """目标设置的问题点：大幅超过目标的，和检查查出来的，一条规则一句。"""
    far = material.of(DraftState.EXCEEDED)
    if far:
        yield _far_over(material)
    by_code: dict[str, list[Criticism]] = {}
    for criticism in criticisms:
        by_code.setdefault(criticism.code, []).append(criticism)
    known = _names(material)
    planned = {
        name_key(indicator.record.name)
        for indicator in material.indicators
        if indicator.shape in (Shape.COUNT, Shape.EQUAL) and indicator.state not in (*NOT_YET, *LACKING)
    }  # only what is counted month by month has a plan for the stage; what has no data is told as that
    taken = {name_key(indicator.record.name) for indicator in far}
    for n, (code, ones) in enumerate(by_code.items()):
        names = list(dict.fromkeys(name for one in ones for name in _about(one, known)))
        if code == "ZB113" and all(name_key(name) in taken for name in names):
            continue
        if code == "ZJ110" and not any(word in _first_quoted(ones[0]) for word in words()["笼统的支出"]):
            continue  # a line that says what it bought is asked for a note by the check, not by the report
        if code in _OF_STAGES and names:
            names = [name for name in names if name_key(name) in planned]
            if not names:
                continue
        yield _point(material, code, ones, names, n)


def _far_over(material: Material) -> Point:
    far = material.of(DraftState.EXCEEDED)
    rate = far[0].figures.completion
    values = {
        **_owner(material),
        "名": quoted([one.name for one in far]),
        "率": percent(rate) if len(far) == 1 and rate is not None else "",
    }
    return point(
        material,
        KIND,
        "目标问题·大幅超过",
        values,
        weight=(5, Decimal(0)),
        names=tuple(indicator.name for indicator in far),
    )


def _point(material: Material, code: str, ones: Sequence[Criticism], names: list[str], n: int) -> Point:
    first = ones[0]
    weight = (6 if first.kind == KIND else 9, Decimal(_LAST + n))
    whole, names = names, [without_unit_brackets(name) for name in names]
    if not has_words(code):
        facts = "，".join(dict.fromkeys(one.message.strip().rstrip("。") for one in ones))
        values = {"事实": facts, "办法": first.measure, **_owner(material)}
        return point(material, first.kind, "目标问题·照检查", values, weight=weight, names=tuple(names))
    values = {
        **_owner(material),
        "名": quoted(names),
        "几": few(len(names)) if len(names) > 1 else "",
        "核对": material.speaker.say("核对时.保留", {})
        if names and all(_is_unchanged(material, n) for n in whole)
        else "",
        "笔": _first_quoted(first),
        "占比": first.values.get("占比", ""),
        "指标数": first.values.get("指标数", ""),
        "应属于": first.values.get("应属于", ""),
        "事": "、".join(dict.fromkeys(_matter(one) for one in ones)),
        "目标值": first.values.get("目标值", "") if len(names) == 1 else "",
    }
    return point(material, first.kind, f"规则 {code}", values, weight=weight, names=tuple(names))


def _is_unchanged(material: Material, name: str) -> bool:
    """核对以后还是原来的样子：表1、表3都有，类别和目标值没有改，还跟踪着。"""

    def own(rows: Sequence[Declared] | Sequence[Adjusted]) -> Declared | Adjusted | None:
        return next((row for row in rows if name_key(row.name) == name_key(name)), None)

    before, after = own(material.monitoring.declared), own(material.monitoring.adjusted)
    if not isinstance(before, Declared) or not isinstance(after, Adjusted) or not after.is_tracked:
        return False
    tracked = after.target if after.tracked_target.is_blank else after.tracked_target
    same = name_key(before.level2) == name_key(after.level2) and name_key(before.level1) == name_key(
        after.level1
    )
    return same and name_key(before.target.raw) == name_key(tracked.raw)


def gathered(material: Material, points: Sequence[Point]) -> list[Point]:
    """目标设置的问题点太多的，一类并成一句，措施也并成一条；别的不动。"""
    found: dict[str, list[Point]] = {}
    alone: list[Point] = []
    for one in points:
        code = {"目标问题·大幅超过": "ZB113"}.get(one.key, one.key.removeprefix("规则 "))
        family = next((f for f, codes in _FAMILIES.items() if code in codes), "")
        (found.setdefault(family, []) if family else alone).append(one)
    merged = (some[0] if len(some) == 1 else _together(material, f, some) for f, some in found.items())
    return sorted((*alone, *merged), key=lambda p: p.weight)


def _together(material: Material, family: str, points: Sequence[Point]) -> Point:
    head = parties.unit(material)
    later = all(p.measure.startswith(head + NEXT_YEAR) for p in points)
    head += NEXT_YEAR if later else ""
    measures = [p.measure.removeprefix(head) for p in points if p.measure]
    return replace(
        points[0],
        fact=material.speaker.say(f"目标设置归并.{family}", {"各项": "；".join(p.fact for p in points)}),
        measure=head + "；".join(dict.fromkeys(measures)),
        names=tuple(dict.fromkeys(name for p in points for name in p.names)),
    )


def _matter(criticism: Criticism) -> str:
    """年度目标里没有指标衡量的那件事。"""
    return criticism.values.get("没有的") or criticism.values.get("目标里的数") or _first_quoted(criticism)


def _first_quoted(criticism: Criticism) -> str:
    return next(iter(_QUOTED.findall(criticism.message)), "")


def _owner(material: Material) -> dict[str, str]:
    return {
        "单位": parties.unit(material),
        "期限": parties.work_deadline(material),
        "报送期限": parties.data_deadline(material),
    }


def _names(material: Material) -> Mapping[str, str]:
    """各表里的指标名称。"""
    monitoring = material.monitoring
    rows = (*monitoring.declared, *monitoring.adjusted, *monitoring.compared)
    return {name_key(row.name): row.name for row in rows if row.name.strip()}


def _about(criticism: Criticism, known: Mapping[str, str]) -> list[str]:
    """检查的话说到的指标：引号里第一个是指标名称的；“数量指标”等值里写明的优先。"""
    for key in ("数量指标", "三级指标"):
        if criticism.values.get(key):
            return [criticism.values[key]]
    for text in _QUOTED.findall(criticism.message):
        if name_key(text) in known:
            return [known[name_key(text)]]
    return []
