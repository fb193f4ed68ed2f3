"""The only number that bears a name: “稻谷4.2万吨，小麦1.4万吨，稻谷是小麦的三倍”."""

from __future__ import annotations

import re

from perfmon_xl.ledger.reading import Role, Sentence

_NOT_ITS = (Role.DIFFERENCE, Role.SHARE, Role.THRESHOLD, Role.PREVIOUS)
_SHORT = 2


def bearing(sentence: Sentence, name: str, before: int) -> int | None:
    """在骨架 before 以前、前面写着这个名称的那个量是第几个；没有、或者有两个的返回空。

    名称长的，末两个字、头两个字也算（“农户自筹”是“自筹”）。
    """
    for words in dict.fromkeys((name, name[-_SHORT:], name[:_SHORT])):
        if len(words) < min(_SHORT, len(name)):
            continue
        found = [
            n
            for n in range(len(sentence.quantities))
            if sentence.at[n] < before
            and words in re.sub("[\uf000-\uf7ff]", "", sentence.before(n))
            and sentence.roles[n] not in _NOT_ITS
            and sentence.quantities[n].unit not in ("", "%", "倍", "个百分点", "百分点")
        ]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            return None
    return None


__all__ = ["bearing"]
