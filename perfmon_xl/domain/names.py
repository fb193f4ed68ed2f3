"""When two names are one: the same indicator typed with other spaces or full-width signs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """名称去掉空白、统一全角半角后的样子，用来对名称；括号里的字留着。

    >>> name_key("办案数量 (件)") == name_key("办案数量（件）")
    True
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
