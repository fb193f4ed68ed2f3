"""SJ119: a value ten thousand times its target, or a ten thousandth: 万 too many or too few."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Kind, TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display, number

_SLIP = (Decimal(3000), Decimal(30_000))


@rule("SJ119", title="值与全年目标差了上万倍", severity=Severity.WARNING, basis="表内勾稽", covers=("B02",))
def unit_slip(record: Compared, *, annual: TargetValue) -> Iterator[Problem]:
    """本阶段应完成、实际完成、全年预计与全年目标差了一万倍上下的，多半是“万”多写或少写了。

    为什么：目标“≤12万元/片”，实际“11.5元/片”，看上去守住了上限，其实是单位漏了一个“万”。

    不对：少了“万”；多了“万”
    目标对比表
    | 一级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 成本指标 | 单座改造成本 | ≤12万元/座 | ≤12万元/座 | 11.5元/座 |
    | 产出指标 | 服务人次 | ≥8000人次 | ≥4000人次 | 4300万人次 |
    共报 2 处

    对：换了单位；本来就少
    目标对比表
    | 一级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 成本指标 | 单座改造成本 | ≤12万元/座 | ≤12万元/座 | 115000元/座 |
    | 产出指标 | 苗木栽植株数 | ≥20000株 | ≥0株 | 0株 |
    """
    whole = number(annual)
    if whole is None or annual.kind is not Kind.NUMBER or whole[0] <= 0 or whole[1] in ("%", "‰"):
        return
    labels = {"stage": "本阶段应完成值", "actual": "实际完成值", "forecast": "全年预计"}
    for field, label in labels.items():
        value: TargetValue = getattr(record, field)
        one = number(value)
        if one is None or one[1] != whole[1] or one[0] <= 0:
            continue
        times = max(one[0] / whole[0], whole[0] / one[0])
        if not _SLIP[0] <= times <= _SLIP[1]:
            continue
        more = one[0] > whole[0]
        yield Problem(
            field,
            f"“{record.title}”的{label}是“{display(value)}”，全年目标是“{display(annual)}”，"
            f"{'大' if more else '小'}了约 {times:.0f} 倍。",
            f"看是不是{'多' if more else '少'}写了“万”，或者小数点、单位写错了；数对的，把目标值核对一遍。",
            values={label: display(value), "全年目标": display(annual)},
        )
