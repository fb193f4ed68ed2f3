"""Points on the data: results not delivered, requirements copied, other units, deviations without a cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.indicator_states import MISSED, DraftState, Shape
from perfmon_xl.report.wording.indicator_words import missing_words
from perfmon_xl.report.wording.material import DraftIndicator, Material
from perfmon_xl.report.wording.naming import quoted
from perfmon_xl.report.wording.points import Point, point

KIND = "其他"
_SEVERAL = 2


def data_points(material: Material) -> Iterator[Point]:
    """数据方面的问题点；同一种情形的几个指标并成一句。"""
    for key, states in (
        ("没有数据", (DraftState.NO_DATA,)),
        ("抄了要求", (DraftState.COPIED,)),
        ("口径不同", (DraftState.OTHER_UNIT, DraftState.WORD_FOR_NUMBER)),
        ("不能比较", (DraftState.INCOMPARABLE,)),
        ("没有分档", (DraftState.NUMBER_FOR_WORDS, DraftState.NO_GRADES)),
    ):
        ones = material.of(*states)
        if ones:
            yield _of(material, key, ones)
    yield from _alike(material)
    silent = [one for one in material.of(*MISSED) if not one.record.reason.strip()]
    if len(silent) >= _SEVERAL:
        yield _of(material, "没有原因", silent)


def _alike(material: Material) -> Iterator[Point]:
    """三个以上没有达到的，原因说明一字不差。"""
    by_reason: dict[str, list[DraftIndicator]] = {}
    for one in material.of(*MISSED):
        if one.record.reason.strip():
            by_reason.setdefault(name_key(one.record.reason), []).append(one)
    for ones in by_reason.values():
        if len(ones) > _SEVERAL:
            yield _of(material, "原因雷同", ones)


def _of(material: Material, key: str, ones: Sequence[DraftIndicator]) -> Point:
    first = ones[0]
    about = first.record.name + first.group
    several = len(ones) > 1
    lacking = missing_words("无数", about)
    in_words = first.shape in (Shape.WORDS, Shape.YES_NO)
    values = {
        "名": quoted([one.name for one in ones]),
        "何物": "实际数" if several else "评定结果" if in_words else lacking["何物"],
        "无法": "是否达到目标" if several or in_words else lacking["无法"],
        "要补": "达成程度和依据"
        if in_words and not several
        else "样本数和满意率"
        if not several and "满意" in about
        else "实际数和取数来源",
        "怎么": missing_words("抄要求", about)["怎么"],
        "原样": first.record.actual.raw.strip() if not several else "",
        "目标原样": (
            first.record.stage if not first.record.stage.is_blank else first.record.annual
        ).raw.strip(),
        "单位": parties.unit(material),
        "报送期限": parties.data_deadline(material),
        "几": str(len(ones)),
    }
    weight = (9, Decimal(_ORDER.index(key)))
    return point(
        material, KIND, f"数据问题·{key}", values, weight=weight, names=tuple(one.name for one in ones)
    )


_ORDER = ("没有数据", "抄了要求", "口径不同", "不能比较", "没有分档", "原因雷同", "没有原因")
