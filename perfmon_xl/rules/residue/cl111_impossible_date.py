"""CL111: a day that no calendar has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.dates import month_end
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_DATE = re.compile(r"(?<!\d)(?:((?:19|20)\d{2})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_RANGE = re.compile(
    r"((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日\s*(?:至|到|—|-|~|～)+\s*((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日"
)


@rule("CL111", title="日期不存在或前后颠倒", severity=Severity.ERROR, basis="通行做法", covers=("A01",))
def impossible_date(facts: Facts) -> Iterator[Problem]:
    """没有6月31日，也没有13月；起止日期，先写起后写止。

    为什么：日期写错，期间算不出来；多半是改月份时没有改日。

    不对：6月31日
    进展表
    | 事项 | 进展情况 |
    | 路面整修 | 截至2024年6月31日，整修路面12公里。 |

    不对：止在起之前
    项目背景：项目实施期为2024年12月31日至2024年1月1日。

    对：存在的日期；没写年份的2月29日不算错
    进展表
    | 事项 | 进展情况 |
    | 路面整修 | 2月29日开工，截至2024年6月30日，整修路面12公里。 |
    """
    for passage in facts.passages:
        if "月" not in passage.text:
            continue
        for match in _DATE.finditer(passage.text):
            year, month, day = int(match[1] or 2024), int(match[2]), int(match[3])
            if 1 <= month <= 12 and 1 <= day <= month_end(year, month).day:
                continue
            yield Problem(
                passage.field,
                f"没有“{match[0]}”这一天。",
                "查原始材料，改成实际的日期。",
                at=passage.origin,
                values={"日期": match[0]},
            )
        for match in _RANGE.finditer(without_spaces(passage.text)):
            try:
                first, last = date(*map(int, match.groups()[:3])), date(*map(int, match.groups()[3:]))
            except ValueError:
                continue
            if last < first:
                yield Problem(
                    passage.field,
                    f"“{match[0]}”，后一个日期比前一个早。",
                    "看是不是写颠倒了，或者年份写错了。",
                    at=passage.origin,
                    values={"起": str(first), "止": str(last)},
                )
