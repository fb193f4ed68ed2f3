"""ZB216: the name carries a number, the target another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.target import base_unit, read_target
from perfmon_xl.domain.units import UNITS
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.rows import first_with
from perfmon_xl.rules.shared.units import canonical

_UNIT = "|".join(
    sorted((re.escape(u) for u in (*UNITS.split(), "㎡") if "/" not in u), key=len, reverse=True)
)
_NUMBER = re.compile(rf"(?<![\d.第])(\d+(?:\.\d+)?)(万?(?:{_UNIT})|%|％)")
_OF_OTHERS = re.compile(
    r"^[\u4e00-\u9fff]{2,}(?:数|数量|个数|次数)$"
)  # “4个社区宣传栏个数”: four communities
_LOOSE = ("个", "项", "处", "家", "名")
_CONDITION = re.compile(r"以上|以下|以内|及|每|单|/|／|分钟|周岁|岁")


@rule("ZB216", title="名称里的数和目标值不一样", severity=Severity.WARNING, basis="表内勾稽", covers=("D11",))
def number_in_name_differs(indicator: Indicator) -> Iterator[Problem]:
    """名称里已经写了“改造危房39户”的，目标值的户数应当也是39户。

    单位不同的、说条件的（65岁以上、每人2次）不比。

    为什么：名称和目标值各说各的，不知道要做多少；多半是改了目标值没有改名称。

    不对：名称39户，目标40户
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 改造危房39户 | ≥40户 |

    不对：什么单位都一样
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 布设监测点位16处 | ≥18处 |
    | 编发简报6期 | ≥8期 |
    共报 2 处

    对：一样的；单位不同的；说条件的
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 改造危房39户 | ≥39户 |
    | 建设1.5万亩高标准农田 | ≥15000亩 |
    | 改造39户危房验收合格率 | 100% |
    | 种植50亩以上大户数量 | ≥20户 |
    | 流转100亩以上地块面积 | ≥3000亩 |
    | 4个街道宣传栏个数 | ≥20个 |
    """
    found = first_with(indicator.current_rows, lambda t: bool(_other(t)))
    if found is None:
        return
    target, tables = found
    number = _other(target)
    yield Problem(
        target.target_field,
        f"{tables}“{target.title}”名称里是 {number}，目标值是 {target.target_text}。",
        "定下是多少，两处改成一样；名称里最好不写数，写到目标值里。",
        of=target,
        values={"名称里的数": number, "目标值": target.target_text},
    )


def _other(target: IndicatorRow) -> str:
    """名称里与目标值单位相同、数不同的那个数；没有的是空。"""
    value = target.annual_target.base()
    if value is None or not value[1] or _CONDITION.search(target.title):
        return ""
    written = [
        (m[0], read_target(m[0]).base())
        for m in _NUMBER.finditer(target.title)
        if not (m[2] in _LOOSE and _OF_OTHERS.match(target.title[m.end() :]))
    ]
    same: list[tuple[str, Decimal]] = [
        (text, pair[0])
        for text, pair in written
        if pair and canonical(base_unit(pair[1])) == canonical(value[1])
    ]
    if len(same) != 1 or same[0][1] in (value[0], target.annual_target.base_upper()):
        return ""
    return same[0][0]
