"""资金的测度：到位率、执行率、序时进度、执行进度比、资金灯。全部是纯函数，用 Decimal，不取舍小数。

比率都是小数：0.876322 即 87.6322%，显示时才四舍五入。缺数和没有比率都返回 None，不当作零。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, half_up
from perfmon_xl.domain.policy import Denominator, FundMethod, FundRules, Light, PaceBasis

MONTHS_PER_YEAR = 12
PLACES = 8
MONEY_PLACES = 4
# Beyond the digits that a spreadsheet number holds, where ROUND does nothing either.
_TOO_BIG_TO_ROUND = Decimal(10) ** 15


def rounded(number: Decimal) -> Decimal:
    """比较大小前保留 8 位小数：2/3÷(10/12) 应当正好等于 0.8，工作簿里的公式也这样比。

    >>> rounded(Decimal(2) / 3 / (Decimal(10) / 12)) == Decimal("0.8")
    True
    """
    return number if abs(number) >= _TOO_BIG_TO_ROUND else half_up(number, PLACES)


def arrival_rate(arrived: Amount | None, budget: Amount | None) -> Decimal | None:
    """资金到位率 = 到位数 ÷ 预算数（有调整的用调整后预算）。

    单位：比率。空：缺到位数或预算数，返回 None。零：预算为零没有到位率，0/0 也没有，返回 None。
    到位多于预算的照算，大于 1。
    来源：预算管理一体化平台“资金到位率＝实际到位资金÷计划投入资金”。

    >>> arrival_rate(Amount.wan(Decimal(5)), Amount.wan(Decimal(5)))
    Decimal('1')
    """
    return _divided(arrived, budget)


def execution_rate(
    spent: Amount | None,
    *,
    adjusted: Amount | None,
    initial: Amount | None,
    arrived: Amount | None,
    denominator: Denominator = Denominator.ADJUSTED,
) -> Decimal | None:
    """预算执行率 = 支出数 ÷ 分母；分母由规则集定：调整后预算、年初预算或到位数。

    单位：比率。口径：支出数是截至监控日的累计支出；adjusted 是“调整后预算，没有调整的用年初预算”。
    空：缺支出数或分母，返回 None。
    零：分母为零没有执行率，0/0 也没有（有的表印 100%，有的印 0），返回 None。
    来源：调整后预算见四川《部门预算项目支出绩效自评表》和天津监控表；年初预算见“执行率＝B/A”的自评表；
    到位数见“到位资金支出完成率”。

    >>> budget = Amount.wan(Decimal(5))
    >>> execution_rate(Amount(Decimal("43816.1")), adjusted=budget, initial=None, arrived=None)
    Decimal('0.876322')
    """
    return _divided(spent, divisor(denominator, adjusted=adjusted, initial=initial, arrived=arrived))


def divisor(
    denominator: Denominator, *, adjusted: Amount | None, initial: Amount | None, arrived: Amount | None
) -> Amount | None:
    """执行率的分母是哪个数。"""
    return {Denominator.ADJUSTED: adjusted, Denominator.INITIAL: initial, Denominator.ARRIVED: arrived}[
        denominator
    ]


def _divided(part: Amount | None, whole: Amount | None) -> Decimal | None:
    if part is None or whole is None or whole.yuan == 0:
        return None
    return part.yuan / whole.yuan


def pace(cutoff: date | None, basis: PaceBasis = PaceBasis.MONTH) -> Decimal | None:
    """序时进度：监控截止日期在全年里过去了多少。

    按月 = 月份 ÷ 12，当月算满月；按日 = 已过天数（含当日）÷ 全年天数（闰年 366）。
    单位：比率。空：没有截止日期，返回 None。项目不足一年的也按全年算。
    来源：按月见预算管理一体化平台的预警规则；按日见投资类监控系统。

    >>> pace(date(2023, 12, 31)), pace(date(2024, 12, 31), PaceBasis.DAY)
    (Decimal('1'), Decimal('1'))
    """
    if cutoff is None:
        return None
    if basis is PaceBasis.MONTH:
        return Decimal(cutoff.month) / MONTHS_PER_YEAR
    start = date(cutoff.year, 1, 1)
    return Decimal((cutoff - start).days + 1) / ((date(cutoff.year, 12, 31) - start).days + 1)


def pace_ratio(rate: Decimal | None, elapsed: Decimal | None) -> Decimal | None:
    """执行进度比 = 预算执行率 ÷ 序时进度；1 是正好跟上时间，小于 1 是慢了。

    单位：比率。空：缺执行率或序时进度，返回 None。零：序时进度为零没有进度比，返回 None。
    来源：预算管理一体化平台的预警规则。

    >>> pace_ratio(Decimal("0.9"), Decimal("0.75"))
    Decimal('1.2')
    """
    return None if rate is None or not elapsed else rate / elapsed


def fund_light(
    rules: FundRules,
    *,
    rate: Decimal | None,
    elapsed: Decimal | None,
    month: int | None,
    goals: Iterable[bool | None] = (),
) -> Light | None:
    """资金灯，按规则集的方法；缺数或规则不预警的返回 None，不亮绿灯。

    执行进度比：低于红线红，低于黄线黄，其余绿；等于门槛的算上一档（60% 是黄，80% 是绿）。
    月度底线：执行率低于当月底线的亮规则规定的灯，其余绿；当月没有底线的不亮。
    支出与目标：执行率低于序时进度的红；跟上了而有指标没有达成的黄；全部达成的绿；有判断不了的不亮。
    来源：依次为预算管理一体化平台的默认规则、川财绩〔2025〕10号的摘要、平台中合肥的规则。
    """
    if rate is None:
        return None
    if rules.method is FundMethod.PACE_RATIO:
        return _by_ratio(rules, pace_ratio(rate, elapsed))
    if rules.method is FundMethod.MONTHLY_FLOOR:
        floor = rules.floor(month) if month is not None else None
        if floor is None:
            return None
        return rules.floor_light if rounded(rate) < floor else Light.GREEN
    if rules.method is FundMethod.PLAN_GOAL and elapsed is not None:
        return _by_plan(rounded(rate) >= rounded(elapsed), tuple(goals))
    return None


def _by_ratio(rules: FundRules, ratio: Decimal | None) -> Light | None:
    if ratio is None or rules.red_below is None or rules.yellow_below is None:
        return None
    if rounded(ratio) < rules.red_below:
        return Light.RED
    return Light.YELLOW if rounded(ratio) < rules.yellow_below else Light.GREEN


def _by_plan(spending_as_planned: bool, goals: tuple[bool | None, ...]) -> Light | None:
    if not spending_as_planned:
        return Light.RED
    if False in goals:
        return Light.YELLOW
    return Light.GREEN if goals and None not in goals else None
