"""Dates and periods of a text: “2025年5月16日”, “9月底”, “上半年”, “1-9月”, “三季度”, as first and last day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from perfmon_xl.domain.dates import month_end
from perfmon_xl.domain.numerals import chinese_number

_YEAR = r"(?:(?P<{0}>(?:19|20)\d{{2}})\s*年度?\s*)?"
_QUARTERS = {c: n for n, c in enumerate("一二三四", 1)} | {str(n): n for n in range(1, 5)}
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_WHEN = re.compile(
    rf"(?P<ymd>(?<!\d)(?P<y1>(?:19|20)\d{{2}})\s*(?:年|[-/.])\s*(?P<m1>\d{{1,2}})\s*(?:月|[-/.])\s*(?P<d1>\d{{1,2}})\s*(?:日|号)?)"
    rf"|(?P<span>{_YEAR.format('y2')}(?<![\d个第]){_MONTH}\s*(?:月份?)?\s*[-—–~～至到]\s*{_MONTH}\s*月)"
    rf"|(?P<md>(?<![\d.])(?P<m3>\d{{1,2}})\s*月\s*(?P<d3>\d{{1,2}})\s*[日号])"
    rf"|(?P<month>{_YEAR.format('y4')}(?<![\d.])(?:(?<!个)|(?=\d))(?P<m4>{_MONTH})\s*月(?!度)(?P<part>上旬|中旬|下旬|[初中底末])?)"
    rf"|(?P<since>{_YEAR.format('y8')}(?:前|1\s*[-—–~～至到]\s*)(?:(?P<q3>[一二三四1-4])个?季度|(?P<m8>1[0-2]|[2-9])个?月))"
    rf"|(?P<quarter>{_YEAR.format('y5')}第?(?P<q>[一二三四1-4])季度(?P<qend>[末底])?)"
    rf"|(?P<half>{_YEAR.format('y6')}(?P<h>上半年|下半年))"
    r"|(?P<yearend>(?:(?P<y7>(?:19|20)\d{2})\s*)?年(?:底|末|终))"
)
_LIKELY = re.compile(r"月|季度|半年|年底|年末|年终|\d[-/.]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """一个日期（first 与 last 相同）或一段时间；stated 是写明了年份。"""

    text: str
    first: date
    last: date
    stated: bool
    start: int
    end: int

    @property
    def is_day(self) -> bool:
        return self.first == self.last


@lru_cache(maxsize=4096)
def whens(text: str, year: int) -> tuple[When, ...]:
    """一段文字里的日期和时段；没有写年份的是 year 年。

    >>> [(str(w.first), str(w.last)) for w in whens("截至2025年9月30日；上半年；1-9月；5月中旬；三季度末", 2025)][1:4]
    [('2025-01-01', '2025-06-30'), ('2025-01-01', '2025-09-30'), ('2025-05-11', '2025-05-20')]
    """
    if not _LIKELY.search(text):
        return ()
    found = []
    for match in _WHEN.finditer(text):
        days = _days(match, year)
        if days is not None:
            years = [match[k] for k in ("y1", "y2", "y4", "y5", "y6", "y7", "y8") if match[k]]
            found.append(
                When(
                    text=match[0].strip(),
                    first=days[0],
                    last=days[1],
                    stated=bool(years),
                    start=match.start(),
                    end=match.end(),
                )
            )
    return tuple(found)


def _days(match: re.Match[str], year: int) -> tuple[date, date] | None:
    try:
        if match["ymd"]:
            day = date(int(match["y1"]), int(match["m1"]), int(match["d1"]))
            return day, day
        if match["md"]:
            day = date(year, int(match["m3"]), int(match["d3"]))
            return day, day
        if match["span"]:
            own = int(match["y2"] or year)
            low, high = (
                _month(m)
                for m in re.findall(
                    rf"{_MONTH}(?=\s*(?:月|[-—–~～至到]))", match["span"].rpartition("年")[2]
                )[:2]
            )
            return (date(own, low, 1), month_end(own, high)) if low <= high else None
        if match["since"]:
            own = int(match["y8"] or year)
            through = _QUARTERS[match["q3"]] * 3 if match["q3"] else int(match["m8"])
            return date(own, 1, 1), month_end(own, through)
        if match["month"]:
            own, month = int(match["y4"] or year), _month(match["m4"])
            return _part(own, month, match["part"] or "")
        if match["quarter"]:
            own, quarter = int(match["y5"] or year), _QUARTERS[match["q"]]
            last = month_end(own, quarter * 3)
            return (last, last) if match["qend"] else (date(own, quarter * 3 - 2, 1), last)
        if match["half"]:
            own, first = int(match["y6"] or year), match["h"] == "上半年"
            return (date(own, 1, 1), date(own, 6, 30)) if first else (date(own, 7, 1), date(own, 12, 31))
        end = date(int(match["y7"] or year), 12, 31)
        return end, end
    except ValueError:
        return None


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else int(chinese_number(text) or 0)


def _part(year: int, month: int, part: str) -> tuple[date, date]:
    end = month_end(year, month)
    if part in ("底", "末"):
        return end, end
    bounds = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20), "下旬": (21, end.day)}.get(
        part, (1, end.day)
    )
    return date(year, month, bounds[0]), date(year, month, bounds[1])
