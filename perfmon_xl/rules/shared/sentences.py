"""Whether a target is a sentence."""

from __future__ import annotations

import re

from perfmon_xl.domain.text_keys import name_key

LONGEST_WORD = 16


def is_sentence(text: str) -> bool:
    """有标点分开、够长的，或者长得不像一个词的。

    >>> is_sentence("达到国家验收标准"), is_sentence("按期完成，确保质量达到国家标准")
    (False, True)
    """
    flat = name_key(text).rstrip("。;,")
    if len(re.findall(r"[\u4e00-\u9fff]", flat)) < 8:
        return False
    return len(flat) > LONGEST_WORD or re.search(r"[,;。:]", flat) is not None
