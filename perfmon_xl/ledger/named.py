"""The only number that bears a name: “稻谷4.2万吨，小麦1.4万吨，稻谷是小麦的三倍”."""

from __future__ import annotations

import re

from perfmon_xl.ledger.reading import Role, Sentence

_NOT_ITS = (Role.DIFFERENCE, Role.SHARE, Role.THRESHOLD, Role.PREVIOUS)
_SHORT = 2
_TAIL = re.compile("(?:投入|资金|产量|收入|支出|人数|数量|面积|总额|金额|总量|部分|额|数|量)$")


def bearing(sentence: Sentence, name: str, before: int) -> int | None:
    """在骨架 before 以前、前面写着这个名称的那个量是第几个；没有、或者有两个的返回空。

    名称长的，末两个字、头两个字也算（“农户自筹”是“自筹”）。
    """
    bare = _TAIL.sub("", name) or name
    ends: list[int] = []
    for words in dict.fromkeys((name, bare, bare[-_SHORT:], bare[:_SHORT])):
        if len(words) < min(_SHORT, len(bare)):
            continue
        found = [
            n
            for n in range(len(sentence.quantities))
            if sentence.at[n] < before
            and words in re.sub("[\uf000-\uf7ff]", "", sentence.before(n))
            and sentence.roles[n] not in _NOT_ITS
            and sentence.quantities[n].unit not in ("", "%", "倍", "个百分点", "百分点")
        ]
        if len(found) > 1:
            return None
        if found and words in (name, bare):
            return found[0]
        ends += found
    return ends[0] if len(set(ends)) == 1 else None


__all__ = ["bearing"]
