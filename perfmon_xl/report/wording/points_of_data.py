"""Points on the data: results not delivered, requirements copied, other units, deviations without a cause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.indicator_states import MISSED, DraftState, Shape
from perfmon_xl.report.wording.indicator_words import act_of_date, missing_words
from perfmon_xl.report.wording.material import DraftIndicator, Material
from perfmon_xl.report.wording.naming import quoted
from perfmon_xl.report.wording.points import Point, point

KIND = "其他"
_SEVERAL = 2
_LITTLE = 4
_NOTHING_SAID = re.compile(r"受|影响|原因|等|问题|因素|方面|的|，")
_NEGATIVE = re.compile(r"[未没不无\d]")


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
    silent = [indicator for indicator in material.of(*MISSED) if not indicator.cause]
    if len(silent) >= _SEVERAL:
        yield _of(material, "没有原因", silent)


def _alike(material: Material) -> Iterator[Point]:
    """三个以上没有达到的，原因说明一字不差。"""
    by_reason: dict[str, list[DraftIndicator]] = {}
    for indicator in material.of(*MISSED):
        if indicator.cause:
            by_reason.setdefault(name_key(indicator.cause), []).append(indicator)
    for ones in by_reason.values():
        if len(ones) > _SEVERAL and _says_little(ones[0].cause):
            yield _of(material, "原因雷同", ones)


def _says_little(cause: str) -> bool:
    """“受天气影响”“客观原因”：说不出是什么事。说得出的（“施工合同尚未签订”），几个指标就是同一件事。"""
    bare = _NOTHING_SAID.sub("", cause)
    return len(bare) <= _LITTLE and not _NEGATIVE.search(bare)


def _of(material: Material, key: str, ones: Sequence[DraftIndicator]) -> Point:
    first = ones[0]
    about = first.record.name + first.group
    several = len(ones) > 1
    lacking = missing_words("无数", about)
    dated = first.shape is Shape.DATE
    in_words = first.shape in (Shape.WORDS, Shape.YES_NO)
    values = {
        "名": quoted([one.name for one in ones]),
        "何物": "实际数" if several else "实际日期" if dated else "评定结果" if in_words else lacking["何物"],
        "无法": "是否达到目标"
        if several or in_words
        else f"是否按时{act_of_date(first.name)}"
        if dated
        else lacking["无法"],
        "要补": "实际日期和证明材料"
        if dated and not several
        else "达成程度和依据"
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
