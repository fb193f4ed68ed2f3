"""What the check finds in the targets, in the words of a report: by rule code, the indicators of one code together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.text_keys import name_key, without_unit_brackets
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.grammar import situations
from perfmon_xl.report.wording.material import Material
from perfmon_xl.report.wording.naming import few, quoted
from perfmon_xl.report.wording.points import Point, point
from perfmon_xl.report.wording.states import DraftState

KIND = "目标设置"
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
    for one in criticisms:
        by_code.setdefault(one.code, []).append(one)
    known = _names(material)
    taken = {name_key(one.record.name) for one in far}
    for n, (code, ones) in enumerate(by_code.items()):
        names = list(dict.fromkeys(name for one in ones for name in _about(one, known)))
        if code == "ZB113" and all(name_key(name) in taken for name in names):
            continue
        yield _point(material, code, ones, [without_unit_brackets(name) for name in names], n)


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
        names=tuple(one.name for one in far),
    )


def _point(material: Material, code: str, ones: Sequence[Criticism], names: list[str], n: int) -> Point:
    first = ones[0]
    weight = (6, Decimal(n))
    if not has_words(code):
        facts = "，".join(dict.fromkeys(one.message.strip().rstrip("。") for one in ones))
        values = {"事实": facts, "办法": first.measure, **_owner(material)}
        return point(material, first.kind, "目标问题·照检查", values, weight=weight, names=tuple(names))
    values = {
        **_owner(material),
        "名": quoted(names),
        "几": few(len(names)) if len(names) > 1 else "",
        "应属于": first.values.get("应属于", ""),
        "事": "、".join(dict.fromkeys(_matter(one) for one in ones)),
        "目标值": first.values.get("目标值", "") if len(names) == 1 else "",
    }
    return point(material, first.kind, f"规则 {code}", values, weight=weight, names=tuple(names))


def _matter(one: Criticism) -> str:
    """年度目标里没有指标衡量的那件事。"""
    return (
        one.values.get("没有的")
        or one.values.get("目标里的数")
        or next(iter(_QUOTED.findall(one.message)), "")
    )


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


def _about(one: Criticism, known: Mapping[str, str]) -> list[str]:
    """检查的话说到的指标：引号里第一个是指标名称的；“数量指标”等值里写明的优先。"""
    for key in ("数量指标", "三级指标"):
        if one.values.get(key):
            return [one.values[key]]
    for text in _QUOTED.findall(one.message):
        if name_key(text) in known:
            return [known[name_key(text)]]
    return []
