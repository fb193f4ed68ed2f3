"""ZB213: an indicator without a target."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.rules import Problem, Severity, rule


@rule("ZB213", title="指标没有目标值", severity=Severity.ERROR, basis="表内勾稽", covers=("D05",))
def target_missing(indicator: Indicator) -> Iterator[Problem]:
    """核定的指标（表3没有删除的、表4的）都要有目标值；“-”“/”“无”也算没有填。

    为什么：没有目标就没有完成率、偏差，监控无从比起。

    不对：表4没有填
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 教师培训人数 | --- | 260人 |

    对：填了；删除的一行不要目标值
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 教师培训人数 | ≥300人 | 原指标 |
    | 培训覆盖学校 | --- | 删除 |
    """
    missing = [t for t in indicator.current_rows if t.annual_target.is_blank]
    if not missing:
        return
    target = missing[0]
    other = next((t for t in indicator.rows if not t.annual_target.is_blank), None)
    hint = (
        f"{other.table}是 {other.target_text}，核对后填上。"
        if other
        else "把全年目标补上；不再考核的，表3写“删除”。"
    )
    shown = f"填的是“{target.target_text}”" if target.target_text else "空着"
    yield Problem(
        target.target_field,
        f"{'、'.join(t.table for t in missing)}“{target.title}”没有目标值（{shown}）。",
        hint,
        of=target,
        values={"目标值": target.target_text},
    )
