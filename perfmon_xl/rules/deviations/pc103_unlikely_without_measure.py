"""PC103: the year's target is in doubt, and no cause or measure."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule(
    "PC103",
    title="可能完不成的没有写原因和措施",
    severity=Severity.ERROR,
    basis="项目支出绩效目标执行监控表的填表说明",
    covers=("G03",),
)
def unlikely_without_measure(record: Compared, facts: Facts, *, likelihood: str) -> Iterator[Problem]:
    """完成可能性选“有可能”“完全不可能”的，要写偏差原因和改进措施；规则集另有要求的，还要写全年预计和原因说明。

    为什么：监控表的说明写明，不是“确定能”的，原因和拟采取的措施必须填。

    不对：只写了有可能
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 完成可能性 | 偏差原因 | 改进措施 |
    | 桥梁维修 | ≥5座 | 有可能 | | |

    对：原因和措施都写了
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 完成可能性 | 偏差原因 | 改进措施 |
    | 桥梁维修 | ≥5座 | 有可能 | 其他 | 汛期过后增加一个班组，11月底前完工。 |
    """
    chosen = likelihood.strip()
    if chosen not in ("有可能", "完全不可能", "不可能"):
        return
    parts = [("cause", "偏差原因", record.cause), ("measure", "改进措施", record.measure)]
    if chosen in facts.rules.explain.likelihood:
        parts += [("reason", "原因说明", record.reason), ("forecast", "全年预计", record.forecast.raw)]
    missing = [(field, name) for field, name, text in parts if not text.strip()]
    if missing:
        names = "、".join(name for _, name in missing)
        yield Problem(
            missing[0][0],
            f"“{record.name}”的完成可能性选了“{chosen}”，没有写{names}。",
            "写明为什么完不成、打算怎么办；确实能完成的改选“确定能”。",
            values={"完成可能性": chosen, "没有写的": names},
        )
