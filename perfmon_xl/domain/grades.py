"""The grades that an indicator's own explanation gives: 按好、一般、差三档评定; 分为通过、不通过."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from perfmon_xl.domain.model import Compared, Monitoring
from perfmon_xl.domain.spelling import normalise
from perfmon_xl.domain.target import Kind

_WORD = r"[^\d、，,。；;：:（）()“”\s/]{1,8}"
_LIST = re.compile(rf"{_WORD}(?:[、/]{_WORD}){{1,4}}")
# 从好到差；一头是好、一头是差的才是分档，并列的事项不是。
_BEST = (
    "好",
    "优",
    "优秀",
    "良好",
    "很好",
    "明显",
    "显著",
    "显著提升",
    "明显改善",
    "通过",
    "合格",
    "达标",
    "达成",
    "完成",
    "健全",
    "满意",
    "有",
    "是",
    "完善",
    "达到",
    "有效",
)
_WORST = (
    "差",
    "较差",
    "不合格",
    "不达标",
    "未达标",
    "不通过",
    "未通过",
    "未达成",
    "未完成",
    "不健全",
    "不满意",
    "不明显",
    "无",
    "否",
    "不完善",
    "未达到",
    "无效",
    "一般",
    "中",
    "未改善",
    "无改善",
    "恶化",
)
_BEST_FIRST = sorted(_BEST, key=len, reverse=True)
_WORST_FIRST = sorted(_WORST, key=len, reverse=True)


NO_GRADES = ("",)  # of an explanation that has changed since: no result is any of them


@dataclass(frozen=True, slots=True)
class Grades:
    """一个定性指标自己的分档，从好到差。第一档达成，最后一档未达成，中间的部分达成；达到目标写的那一档就算达成。"""

    words: tuple[str, ...]
    target: str = ""

    def grade(self, text: str) -> str:
        """结果属于哪一档：达成、部分达成、未达成；不在分档里的返回空。

        >>> [Grades(("好", "一般", "差")).grade(word) for word in ("好", "一般", "差", "提升")]
        ['达成', '部分达成', '未达成', '']
        """
        if text not in self.words:
            return ""
        place = self.words.index(text)
        wanted = self.words.index(self.target) if self.target in self.words else 0
        if place <= wanted:
            return "达成"
        return "未达成" if place == len(self.words) - 1 else "部分达成"

    def __str__(self) -> str:
        return "、".join(self.words)


@lru_cache(maxsize=1024)
def grades_in(explanation: str) -> tuple[str, ...]:
    """指标解释里的分档，从好到差；没有分档的是空的。

    >>> grades_in("按好、一般、差三档评定：制度健全且执行到位为好。")
    ('好', '一般', '差')
    >>> grades_in("测评结果分为通过、不通过"), grades_in("包括图书、期刊、电子资源三类")
    (('通过', '不通过'), ())
    """
    text = normalise(explanation).replace("(", "（").replace(")", "）")
    for match in _LIST.finditer(text):
        first, *between, last = filter(None, re.split("[、/]", match[0]))
        best = next((word for word in _BEST_FIRST if _ends_with(first, word)), "")
        worst = next((word for word in _WORST_FIRST if last.startswith(word)), "")
        words = (best, *between, worst)
        if all(words) and len(set(words)) == len(words):
            return words
    return ()


def _ends_with(text: str, word: str) -> bool:
    return text.endswith(word) and text[: -len(word)][-1:] not in ("不", "未", "无", "较")


def explanations(monitoring: Monitoring) -> Mapping[str, str]:
    """表3各指标的解释，按名称；重名的用前一个。"""
    found: dict[str, str] = {}
    for row in monitoring.adjusted:
        if row.name:
            found.setdefault(row.name.casefold(), row.explanation)
    return found


def with_grades(monitoring: Monitoring) -> Monitoring:
    """表4各行记上表3解释里的分档；只有目标是文字的才要。"""
    told = explanations(monitoring)

    def graded(row: Compared) -> Compared:
        words = grades_in(told.get(row.name.casefold(), "")) if row.annual.kind is Kind.WORDS else ()
        return row if words == row.grades else replace(row, grades=words)

    return replace(monitoring, compared=tuple(map(graded, monitoring.compared)))


def grades_of(row: Compared) -> Grades | None:
    """一行自己的分档；没有的返回 None。"""
    return Grades(row.grades, normalise(row.annual.spelling)) if row.grades else None
