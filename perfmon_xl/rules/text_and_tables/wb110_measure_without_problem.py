"""WB110: a measure against nothing."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import ProblemEntry as Found
from perfmon_xl.rules import Problem, Severity, rule


@rule(
    "WB110",
    title="措施没有对应的问题",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("H04",),
)
def measure_without_problem(problem: Found) -> Iterator[Problem]:
    """每条措施都要针对一个写出来的问题。

    为什么：没有问题的措施是套话，看不出要改什么。

    不对：只有措施
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | | | 加强培训 | 组织业务人员学习预算绩效管理。 |

    对：问题和措施都有
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 指标没有数据来源 | 三个效益指标说不出数从哪里来。 | 加强培训 | 组织业务人员学习预算绩效管理。 |
    """
    measure = problem.measure_title.strip() or problem.measure.strip()
    if not measure or problem.title.strip() or problem.text.strip():
        return
    yield Problem(
        "title",
        f"措施“{measure[:20]}”前面没有写问题。",
        "补写它要解决的问题；没有问题的，删去这条措施。",
        values={"措施": measure[:20], "问题": "空"},
    )
