"""Bodies named in a text: their place (清溪县) and what they are (水务局), and whether two are one under two names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from perfmon_xl.domain.prose import pieces

_KIND = r"委员会|办公室|管理局|执法局|中心|管理站|服务站|工作站|水管站|总站|管理处|管理所|研究所|检测所|卫生院|医院|大队|支队|总队|(?:站|所|馆|队)(?=[，。、；：在由与和及于对按将负组每已的承具实牵主（）()”\d]|$)|公司|事务所|集团|局|厅"
_NO_PLACE = "在由与和及向经为被把将按对从据并了的是各本全我该报请会其等以下受同给所阅赴往到访询"
_PLACE = rf"[^\W\d_{_NO_PLACE}]"
_ASKED = (
    "协助|会同|依托|委托|通过|督促|建议|要求|协调|联系|配合|联合|根据"  # before a body, no part of its place
)
_BODY = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[{_NO_PLACE}])|(?<={_ASKED}))(?!{_ASKED})"
    rf"(?P<place>{_PLACE}{{1,3}}?(?:新区|自治县|省|市|县|区|州|旗|镇|乡)|[省市县区镇乡])"
    rf"(?P<own>[\u4e00-\u9fff]{{1,14}}?(?:{_KIND}))(?![长员站])"
)
_OWN = rf"(?P<own>[\u4e00-\u9fff]{{1,14}}?(?:{_KIND}))(?![长员站])"
# At the very beginning of a name nothing stands before the place: 安和市, 会昌县, 同安区 are places, too.
_NAME = re.compile(rf"(?P<place>[\u4e00-\u9fff]{{1,4}}?(?:新区|自治县|省|市|县|区|州|旗|镇|乡)){_OWN}")
_KINDS = re.compile(r"(?:管理|服务|工作|建设|事务|指导|发展|保障|中心|总站|站|所|处|局|办公室){1,6}$")
_ENOUGH = 0.6
_TELLING = 5  # 字；这么长还一样的，就是那一个机构


@dataclass(frozen=True, slots=True)
class Body:
    """一个机构：写法、地名、地名以后的名称；地名可以只是“县”“区”。"""

    name: str
    place: str
    own: str

    @property
    def level(self) -> str:
        return self.place[-1]


def body(name: str) -> Body | None:
    """一个名称读成机构；没有地名、不是机构的返回 None。

    >>> body("清溪县水务局")
    Body(name='清溪县水务局', place='清溪县', own='水务局')
    """
    found = next(bodies(name.strip()), None)
    if found is not None and found.name == name.strip():
        return found
    match = _NAME.fullmatch(name.strip())
    return Body(match[0], match["place"], match["own"]) if match is not None else None


def bodies(text: str, places: frozenset[str] = frozenset()) -> Iterator[Body]:
    """文字里有地名的机构，先后照原文；places 是本项目的地名，不管前面是什么字都认。

    >>> [one.name for one in bodies("建议县财政局按进度拨付，督促清溪县水务局完成。")]
    ['县财政局', '清溪县水务局']
    """
    return iter(_bodies(text, places))


@lru_cache(maxsize=1024)
def _bodies(text: str, places: frozenset[str]) -> tuple[Body, ...]:
    found = {m.start(): m for m in _BODY.finditer(text)}
    if places:
        found |= {m.start(): m for m in _known(places).finditer(text)}
    result, end = [], 0
    for start in sorted(found):
        match = found[start]
        if start >= end:
            result.append(Body(match["place"] + match["own"], match["place"], match["own"]))
            end = match.end()
    return tuple(result)


@lru_cache(maxsize=64)
def _known(places: frozenset[str]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(places, key=lambda p: (-len(p), p))))
    return re.compile(rf"(?P<place>{names}){_OWN}")


def foreign(one: Body, known: Body) -> bool:
    """同样的机构、同级的另一个地方：清河县水务局，而项目里是清溪县水务局。"""
    if one.own == known.own and one.place != known.place and one.place[:-1] == known.place[:-1] != "":
        return len(one.own) >= _TELLING  # 浔阳县水产技术推广站, and the project's is 浔阳市's
    return (
        one.own == known.own
        and len(one.place) > 1
        and len(known.place) > 1
        and one.level == known.level
        and one.place != known.place
        and not one.place.endswith(known.place)
        and not known.place.endswith(one.place)
    )


def renamed(one: Body, known: Body) -> bool:
    """同一个地方、同一类机构，名称的字大半相同、又不是缩写：供水管理站、供水服务站。"""
    if one.own == known.own or one.level != known.level:
        return False
    if one.own[-1] != known.own[-1] and not _same_stem(one.own, known.own):
        return False
    if len(one.place) > 1 and len(known.place) > 1 and one.place != known.place:
        return False
    if one.own in known.own or known.own in one.own or shortened(one.own, known.own):
        return False
    stems = {_KINDS.sub("", one.own), _KINDS.sub("", known.own)}
    if len(stems) == 1 and len(stems.pop()) >= 3:
        return True
    mine, theirs = pieces(one.own), pieces(known.own)
    return len(mine & theirs) >= _ENOUGH * min(len(mine), len(theirs)) and len(mine & theirs) >= 2


def lengthened(one: Body, known: Body) -> bool:
    """比登记的名称还长、头尾相同：“城市管理和综合执法局”，登记的是“城市管理局”。改过名，还是两个单位，看不出。"""
    return (
        one.level == known.level
        and (len(one.place) == 1 or len(known.place) == 1 or one.place == known.place)
        and len(one.own) > len(known.own) >= _LEAST_STEM
        and one.own[: _LEAST_STEM - 1] == known.own[: _LEAST_STEM - 1]
        and one.own[-1] == known.own[-1]
        and known.own not in one.own
        and shortened(known.own, one.own)
    )


_SERVING = re.compile(r"(?:服务|管理|工作)?(?:中心|总站|站|所|队|馆)$")
_LEAST_STEM = 4  # 字


def _same_stem(one: str, other: str) -> bool:
    """“环境监测中心”“生态环境监测站”：都是做事的单位，去掉中心、站，一个的字在另一个里。"""
    mine, theirs = _SERVING.sub("", one), _SERVING.sub("", other)
    if mine == one or theirs == other:
        return False
    short, long = sorted((mine, theirs), key=len)
    return len(short) >= _LEAST_STEM and short in long


def shortened(short: str, long: str) -> bool:
    """short 的字在 long 里先后都有：是缩写。"""
    at = -1
    for character in short:
        at = long.find(character, at + 1)
        if at < 0:
            return False
    return True
