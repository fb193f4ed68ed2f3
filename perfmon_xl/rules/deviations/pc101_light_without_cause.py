"""PC101: a red or yellow light without a cause."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display


@rule("PC101", title="亮灯的指标没有写偏差原因", severity=Severity.ERROR, basis="规则集", covers=("G01",))
def light_without_cause(record: Compared, facts: Facts, *, actual: TargetValue) -> Iterator[Problem]:
    """规则集规定要说明的灯（一般是红灯、黄灯），亮了要选偏差原因。

    为什么：平台规定预警的指标必须写原因，不写提交不了。

    不对：七月底只完成两成
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 偏差原因 |
    | 数量指标 | 农村改厕 | ≥600户 | 120户 | |

    对：选了原因
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 偏差原因 |
    | 数量指标 | 农村改厕 | ≥600户 | 120户 | 硬件条件保障 |
    """
    light = facts.figures.of(record).light
    if light is None or light not in facts.rules.explain.lights or record.cause.strip():
        return
    if "cause" in record.place.faults:
        return
    yield Problem(
        "cause",
        f"“{record.name}”全年目标“{display(record.annual)}”，实际完成“{display(actual)}”，"
        f"按“{facts.rules.name}”亮{facts.rules.styles[light].name}，"
        + (f"完成可能性选的是“{record.likelihood.strip()}”，" if record.likelihood.strip() else "")
        + "没有选偏差原因。",
        "选一项偏差原因（经费、制度、人员、硬件条件保障或其他），在原因说明里写具体情况。",
        values={"全年目标": display(record.annual), "实际完成值": display(actual), "预警": light.value},
    )
