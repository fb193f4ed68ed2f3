"""One sentence on a class of indicators that has three or more: how many, which missed, which not due."""

from __future__ import annotations

from collections.abc import Mapping

from perfmon_xl.domain.figures import Figures
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.tracing.tracked import Mark
from perfmon_xl.report.wording.grammar import Speaker
from perfmon_xl.report.wording.indicator_states import GOOD, MISSED, NOT_YET
from perfmon_xl.report.wording.material import DraftIndicator, Material

_FROM = 3


def class_intros(figures: Figures, mark: Mark) -> Mapping[str, str]:
    """二级指标的名称 → 一句总的情况；不到三个指标的没有。"""
    material = Material(figures=figures, mark=mark, speaker=Speaker())
    groups: dict[str, list[DraftIndicator]] = {}
    for indicator in material.indicators:
        groups.setdefault(indicator.group, []).append(indicator)
    return {name: _intro(material, name, ones) for name, ones in groups.items() if len(ones) >= _FROM}


def _intro(material: Material, name: str, ones: list[DraftIndicator]) -> str:
    def count(number: int, field: str) -> str:
        return material.mark(str(number), Ref("class", ones[0].at, field))

    good = [one for one in ones if one.state in GOOD]
    missed = [one for one in ones if one.state in MISSED]
    waiting = [one for one in ones if one.state in NOT_YET]
    unclear = [one for one in ones if one not in good and one not in missed and one not in waiting]
    whole = {len(good): "全达到", len(missed): "均未达到", len(waiting) + len(unclear): "均未到期"}
    return material.speaker.say(
        f"总说.{whole.get(len(ones), '有未达到')}",
        {
            "类": name,
            "何时": "全年" if material.whole_year else "本阶段",
            "个数": count(len(ones), "count"),
            "达到": count(len(good), "met") if good else "",
            "未达到": material.quoted(missed) if missed else "",
            "未到期": material.quoted(waiting) if waiting else "",
            "不明": material.quoted(unclear) if unclear else "",
        },
    )
