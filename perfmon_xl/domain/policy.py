"""Rule sets: what a place fixed about denominators, pace, lights and mandatory explanations.

No national threshold exists and provinces differ, so a rule set is dated data with its source, never
code. Percentages are written as percent in the file (60) and held as a ratio here (0.6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from perfmon_xl.domain.target import normalise


class Denominator(StrEnum):
    """预算执行率的分母。"""

    ADJUSTED = "调整后预算"
    INITIAL = "年初预算"
    ARRIVED = "到位数"


class PaceBasis(StrEnum):
    """序时进度按月还是按日。"""

    MONTH = "按月"
    DAY = "按日"


class FundMethod(StrEnum):
    """资金灯怎么亮。"""

    PACE_RATIO = "执行进度比"
    MONTHLY_FLOOR = "月度底线"
    PLAN_GOAL = "支出与目标"
    NONE = "不预警"


class IndicatorMethod(StrEnum):
    """指标灯怎么亮。"""

    PACE = "序时"
    STAGE = "阶段和序时"
    NONE = "不预警"


class Light(StrEnum):
    """预警灯，从好到坏：蓝（远超目标）、绿、黄、红。"""

    BLUE = "蓝"
    GREEN = "绿"
    YELLOW = "黄"
    RED = "红"


WORST_FIRST = (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE)


ALL_CATEGORIES = "全部"


@dataclass(frozen=True, slots=True, kw_only=True)
class FundRules:
    """资金的口径和标准。"""

    denominator: Denominator = Denominator.ADJUSTED
    pace: PaceBasis = PaceBasis.MONTH
    method: FundMethod = FundMethod.PACE_RATIO
    red_below: Decimal | None = None
    yellow_below: Decimal | None = None
    monthly_floor: tuple[tuple[int, Decimal], ...] = ()
    floor_light: Light = Light.YELLOW

    def floor(self, month: int) -> Decimal | None:
        """当月的执行率底线；没有单独规定的月份沿用最近一个规定月份，之前没有规定的返回 None。"""
        earlier = [rate for start, rate in self.monthly_floor if start <= month]
        return earlier[-1] if earlier else None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRules:
    """指标的口径和标准。prorated 是按序时折算的二级指标，None 表示全部折算；词表已统一写法。"""

    method: IndicatorMethod = IndicatorMethod.PACE
    prorated: tuple[str, ...] | None = None
    red_below: Decimal | None = None
    yellow_below: Decimal | None = None
    blue_from: Decimal | None = None
    reached: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    def grade(self, text: str) -> str:
        """定性结果属于哪一档：达成、部分达成、未达成；词表里没有的返回空，不猜。"""
        bare = normalise(text)
        for name, words in (("达成", self.reached), ("部分达成", self.partly), ("未达成", self.missed)):
            if bare in words:
                return name
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainRules:
    """什么情况必须写原因。没有规定的是 None 或空。"""

    lights: tuple[Light, ...] = ()
    over_target_deviation: Decimal | None = None
    over_equal: bool = False
    over_ratio: Decimal | None = None
    over_zero_target: Decimal | None = None
    goal_funds_gap: Decimal | None = None
    likelihood: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRules:
    """总体结论怎么说：未达到的占可以判断的，超过 partly_above 是部分偏离，超过 mostly_above 是总体偏离。

    没有文件规定，三分之一和一半是本程序的取法。
    """

    partly_above: Decimal = Decimal(1) / 3
    mostly_above: Decimal = Decimal(1) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LightStyle:
    """一种灯的名称；颜色是定好的，见 layout/palette.py。recoloured：规则集里写了颜色，没有用。"""

    name: str
    recoloured: bool = False


DEFAULT_LIGHTS: tuple[tuple[Light, LightStyle], ...] = (
    (Light.RED, LightStyle(name="红灯")),
    (Light.YELLOW, LightStyle(name="黄灯")),
    (Light.GREEN, LightStyle(name="绿灯")),
    (Light.BLUE, LightStyle(name="蓝灯")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """一套规则：代号、名称、日期、来源、文件依据，和三组标准。"""

    code: str
    name: str
    date: str = "未注明"
    source: str = "未注明"
    basis: str = ""
    note: str = ""
    funds: FundRules = field(default_factory=FundRules)
    indicators: IndicatorRules = field(default_factory=IndicatorRules)
    explain: ExplainRules = field(default_factory=ExplainRules)
    verdict: VerdictRules = field(default_factory=VerdictRules)
    lights: tuple[tuple[Light, LightStyle], ...] = DEFAULT_LIGHTS

    @property
    def recoloured(self) -> str:
        """规则集里写了灯的颜色的，一句话：不用；没有写的是空的。"""
        words = "、".join(light.value for light, style in self.lights if style.recoloured)
        return (
            f"规则集“{self.name}”写了{words}灯的颜色，没有用：灯的颜色定好了，色弱和黑白打印也分得清。"
            if words
            else ""
        )

    @property
    def styles(self) -> Mapping[Light, LightStyle]:
        return dict(self.lights)
