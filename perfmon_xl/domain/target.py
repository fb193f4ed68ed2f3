"""Values as people type them: “≥95%”, “>=70 件”, “不低于90%”, “70-80件”, “约40%”, “提升”.

（接口在此定下；解析由 read_target 完成。）
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """一个值是什么：数、区间、日期、定性、空、读不懂。"""

    NUMBER = "定量"
    RANGE = "区间"
    DATE = "日期"
    WORDS = "定性"
    BLANK = "空"
    UNREAD = "未识别"


class Comparator(StrEnum):
    """比较符；未写的就是未写，不替人补。"""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    MORE = ">"
    LESS = "<"
    EQUAL = "="
    UNSTATED = ""


@dataclass(frozen=True, slots=True)
class TargetValue:
    """一个按原样填写的值，以及读出来的比较符、数值、单位。

    number 是写出来的数（“95%”为95，单位“%”；“4.3816万元”为4.3816，单位“万元”）；
    upper 只在区间里有；approximation 是“余”“约”“近”或空；raw 是原样文字。
    """

    raw: str = ""
    kind: Kind = Kind.BLANK
    comparator: Comparator = Comparator.UNSTATED
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    approximation: str = ""


BLANK = TargetValue()
