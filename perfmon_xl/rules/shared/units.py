"""Units as they are written in indicator names and values, and which spellings are one unit."""

from __future__ import annotations

import re

from perfmon_xl.domain.target import SCALES, normalise
from perfmon_xl.domain.text_keys import name_key

_SAME = (
    ("人", "名"),
    ("平方米", "㎡", "平米", "m2", "M2", "m²"),
    ("公里", "千米", "km", "KM"),
    ("米", "m", "M"),
    ("吨", "t"),
    ("立方米", "m3", "m³", "方"),
    ("%", "百分比", "％"),
    ("台", "台套", "台/套", "台(套)"),
    ("公顷", "hm2"),
    ("天", "日"),
    ("月", "个月"),
)
_CANONICAL = {spelling: first[0] for first in _SAME for spelling in first}
_UNITS = frozenset(
    (
        *_CANONICAL,
        *"元件个户亩座套次场所项份篇册辆处期家株头只条批间张本班床例棵盏根块片眼口支部宗起栋幢组",
        *("人次", "户次", "场次", "班次", "车次", "课时", "学时", "小时", "人天", "工日", "批次", "份数"),
        *("万元", "亿元", "元/人", "元/亩", "元/户", "公斤", "千瓦", "毫米", "厘米", "分", "年", "人月"),
    )
)


def canonical(unit: str) -> str:
    """同一个单位的几种写法算一个：㎡、平方米。

    >>> canonical("㎡") == canonical("平方米")
    True
    """
    return _CANONICAL.get(unit, unit)


def is_unit(text: str) -> bool:
    """括号里的字是不是单位；“教师”“社区”不是。

    >>> is_unit("万人次"), is_unit("社区")
    (True, False)
    """
    unit = normalise(text)
    return unit in _UNITS or (unit[:1] in SCALES and unit[1:] in _UNITS)


def without_unit(name: str) -> str:
    """名称去掉末尾括号里的单位；括号里不是单位的留着。

    >>> without_unit("培训人数（人）"), without_unit("培训人数（教师）")
    ('培训人数', '培训人数(教师)')
    """
    text = name_key(name)
    match = re.search(r"\(([^()]{1,6})\)$", text)
    return text[: match.start()] if match and match.start() and is_unit(match[1]) else text
