"""XM117: a month or a day that no calendar has."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import all_rows

_MONTH = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d年)?(?P<month>\d{1,2})月(?P<day>\d{1,2}[日号])?(?![龄均薪])"
)
_LEAP = 2024  # without a year, 29 February may be


@rule("XM117", title="没有这个月、这一天", severity=Severity.ERROR, basis="文内勾稽", covers=("A04",))
def no_such_day(facts: Facts) -> Iterator[Problem]:
    """文字和格子里写的月份是1至12月，日子是那个月里有的。

    为什么：多打一个字、抄错一位，期限就没有了；签了字的措施按哪一天算，说不清。

    不对：没有14月
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 改进措施 |
    | 加装电梯 | ≥18部 | 逐户协商，14月底前全部开工。 |

    不对：写在格子里的
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 设备到货时间 | 2024年6月底前 | 2024年5月32日 |

    不对：6月没有31日
    项目背景：项目2024年6月31日完成验收。

    对：年份里没有写的，2月29日算有；几个月是时间长短
    项目背景：项目2月29日开工，工期18个月，2024年12月31日完成。
    """
    for passage in facts.passages:
        yield from _in(passage.text, passage.field, None, passage.origin)
    for row in all_rows(facts):
        for field in ("annual", "stage", "actual", "forecast", "target", "tracked_target"):
            value = getattr(row, field, None)
            if isinstance(value, TargetValue):
                yield from _in(value.raw, field, row, None)


def _in(text: str, field: str, row: IndicatorRow | None, at: Origin | None) -> Iterator[Problem]:
    for match in _MONTH.finditer(text):
        month, day = int(match["month"]), int(match["day"][:-1]) if match["day"] else 1
        year = int(match["year"][:4]) if match["year"] else _LEAP
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            continue
        yield Problem(
            field,
            f"写的是“{match[0]}”，没有这{'个月' if not 1 <= month <= 12 else '一天'}。",
            "核对是几月几日，改过来。",
            of=row,
            at=at,
            values={"文字": match[0]},
        )
