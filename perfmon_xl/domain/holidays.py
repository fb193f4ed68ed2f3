"""Public holidays of China, so that no deadline falls into one.

Those of the solar calendar follow a rule; those of the lunar one are a table (2020 to 2035, days of the festival
itself). Which working days are moved is told each year by the State Council and is not known here: the days taken are
those that are off in every year's notice.
"""

from __future__ import annotations

from datetime import date, timedelta

_SOLAR = {(1, 1): 1, (5, 1): 3, (10, 1): 7}  # first day, how many days are off every year
_SPRING_DAYS = 7
_SPRING = (
    "2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 "
    "2028-01-26 2029-02-13 2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08"
)
_ONE_DAY = (
    "2020-06-25 2021-06-14 2022-06-03 2023-06-22 2024-06-10 2025-05-31 2026-06-19 2027-06-09 "
    "2028-05-28 2029-06-16 2030-06-05 2031-06-24 2032-06-12 2033-06-01 2034-06-20 2035-06-10 "
    "2020-10-01 2021-09-21 2022-09-10 2023-09-29 2024-09-17 2025-10-06 2026-09-25 2027-09-15 "
    "2028-10-03 2029-09-22 2030-09-12 2031-10-01 2032-09-19 2033-09-08 2034-09-27 2035-09-16"
)


def _days(text: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(one) for one in text.split())


_LUNAR = frozenset(
    {first + timedelta(days=n) for first in _days(_SPRING) for n in range(-1, _SPRING_DAYS)}
    | set(_days(_ONE_DAY))
)


def is_holiday(day: date) -> bool:
    """法定节假日当天；周末不算。

    >>> is_holiday(date(2025, 10, 3)), is_holiday(date(2025, 1, 31)), is_holiday(date(2025, 10, 9))
    (True, True, False)
    """
    for (month, first), length in _SOLAR.items():
        if day.month == month and first <= day.day < first + length:
            return True
    tomb_sweeping = day.month == 4 and day.day == _tomb_sweeping(day.year)
    return tomb_sweeping or day in _LUNAR


def _tomb_sweeping(year: int) -> int:
    """清明是四月几日，2000 到 2099 年。"""
    short = year % 100
    return int(short * 0.2422 + 4.81) - short // 4


def after_holiday(day: date) -> date:
    """在节假日里的，推到节后第一个工作日；不在的照旧（月底是周末的也照旧）。"""
    return _next(day) if is_holiday(day) else day


def working_day(day: date) -> date:
    """在节假日、周末里的，推到以后第一个工作日。"""
    return _next(day)


def _next(day: date) -> date:
    while is_holiday(day) or day.isoweekday() > 5:
        day += timedelta(days=1)
    return day
