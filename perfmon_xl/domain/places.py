"""The place in a body's name: 云岭县水利局 → 云岭县; 区教育局 has a level and no name. Standard library only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

_HAN = "一-龥"
_WORDS = "市场|市政(?![府务协法])|市容|市民(?!政)|区域|区划|区块|区间|区别|县域|县乡|省级|州际"  # no level stands there
_NEXT = re.compile(
    rf"(?P<name>[{_HAN}]县|[{_HAN}A-Z×]{{2,10}}?(?:自治[区州县]|(?!{_WORDS})[省市州盟县区旗]))"
)
_LEVEL = re.compile(rf"(?P<level>(?!{_WORDS})(?:自治区|[省市州盟县区旗]))")
_NO_NAME = ("自治区", "自治州", "自治县")
UPPER = {"区": "中央国家省市", "县": "中央国家省市", "旗": "中央国家省市盟", "市": "中央国家省", "州": "中央国家省",
         "盟": "中央国家省", "省": "中央国家"}  # fmt: skip
_MOST = 3, 4  # of the bodies that name a place, so many must name the same one


class Locality(NamedTuple):
    """一个地方：名称（只写“区”字的是空的）和级别（省、市、县、区……）。"""

    name: str
    level: str


def place_of(body: str) -> Locality | None:
    """单位名称里最小的一级地方；看不出的是 None。

    >>> place_of("南昌市青云谱区司法局"), place_of("区教育局"), place_of("市场监督管理局")
    (Locality(name='青云谱区', level='区'), Locality(name='', level='区'), None)
    """
    rest, name = body.strip(), ""
    while (match := _NEXT.match(rest)) and len(rest) > match.end() and match["name"] not in _NO_NAME:
        name, rest = match["name"], rest[match.end() :]
    if name:
        return Locality(name, _level(name))
    level = _LEVEL.match(rest)
    return Locality("", _level(level["level"])) if level and len(rest) > level.end() else None


def _level(name: str) -> str:
    return "省" if name.endswith("自治区") else name[-1]


def common_place(bodies: Iterable[str]) -> Locality | None:
    """这些单位同在哪里：多数写着同一个地方的，是它；都只写“区”字的，名称空着；不是一个地方的没有。

    >>> common_place(["云岭县水利局", "云岭县民政局", "第一小学"])
    Locality(name='云岭县', level='县')
    >>> common_place(["临湖市水利局", "石泉县民政局"])
    """
    localities = [place for body in dict.fromkeys(bodies) if (place := place_of(body))]
    named = Counter(place for place in localities if place.name)
    if named:
        place, times = named.most_common(1)[0]
        agree = times + sum(
            1 for locality in localities if not locality.name and locality.level == place.level
        )
        return place if agree * _MOST[1] >= len(localities) * _MOST[0] else None
    levels = set(localities)
    return levels.pop() if len(levels) == 1 else None


def area_name(bodies: Iterable[str]) -> str:
    """一批项目的范围怎么称呼：同在一个地方的是它的名称，只知道级别的“全区”“全县”；只有一个单位的是它；别的空着。

    >>> area_name(["区教育局", "区民政局"]), area_name(["江州市水利局"]), area_name(["甲县民政局", "乙县民政局"])
    ('全区', '江州市水利局', '')
    """
    known = list(dict.fromkeys(body.strip() for body in bodies if body.strip()))
    if len(known) == 1:
        return known[0]
    place = common_place(known)
    return "" if place is None else place.name or f"全{place.level}"


def is_upper(source: str, place: Locality | None) -> bool:
    """资金来源是不是上级的：区里看，市级以上的都是；写“上级”的都是。

    >>> is_upper("市级补助资金", Locality("清溪区", "区")), is_upper("市级财政拨款", Locality("江州市", "市"))
    (True, False)
    """
    if "上级" in source or re.search("中央|国家", source):
        return True
    if place is None:
        return False
    levels = re.findall(r"省|自治区|市|盟", source)
    return any((("省" if level == "自治区" else level) in UPPER.get(place.level, "")) for level in levels)


def told_short(body: str, place: Locality | None) -> str:
    """句子里怎么称呼：同在一个地方的，去掉地名，留级别：云岭县水利局 → 县水利局。

    >>> told_short("云岭县水利局", Locality("云岭县", "县")), told_short("水利局", Locality("云岭县", "县"))
    ('县水利局', '水利局')
    """
    if place is None or not place.name or place.name not in body:
        return body
    head, _, rest = body.partition(place.name)
    return f"{place.level}{rest}" if rest and len(head) < len(body) // 2 else body
