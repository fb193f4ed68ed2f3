"""Two targets held against each other: what about them differs."""

from __future__ import annotations

from perfmon_xl.domain.target import Comparator, Kind, TargetValue, normalise
from perfmon_xl.rules.shared.units import canonical


def difference(before: TargetValue, after: TargetValue) -> str:
    """两个目标值哪里不一样：数值、单位、比较符、文字；一样的、比不了的返回空。

    没写比较符、没写单位的不算不一样；5万元和50000元一样，“余”“约”不比。
    """
    if Kind.UNREAD in (before.kind, after.kind) or before.is_blank or after.is_blank:
        return ""
    if before.kind is not after.kind:
        return "一个是" + before.kind.value + "、一个是" + after.kind.value
    if before.kind in (Kind.WORDS, Kind.DATE):
        return "文字" if normalise(before.raw) != normalise(after.raw) else ""
    here, there = before.base(), after.base()
    if here is None or there is None:
        return ""
    if here[1] and there[1] and canonical(here[1]) != canonical(there[1]):
        return "单位"
    same = (here[0], before.base_upper()) == (there[0], after.base_upper())
    if not (here[1] and there[1]):
        same = same or (before.number, before.upper) == (after.number, after.upper)
    if not same:
        return "数值"
    signs = {before.comparator, after.comparator}
    return "比较符" if len(signs) == 2 and Comparator.UNSTATED not in signs else ""
