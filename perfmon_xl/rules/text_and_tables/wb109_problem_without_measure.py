"""WB109: a problem that no measure answers."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import ProblemEntry as Found
from perfmon_xl.rules import Problem, Severity, rule


@rule(
    "WB109",
    title="问题没有对应的措施",
    severity=Severity.ERROR,
    basis="表内勾稽",
    covers=("H04",),
)
def problem_without_measure(problem: Found, *, title: str) -> Iterator[Problem]:
    """每个问题都要有改进措施。

    为什么：监控的用处在纠偏；只有问题没有措施，下一次监控无从核对改了没有。

    不对：措施空着
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 灌溉设备到货晚 | 供货商延期两个月。 | | |

    对：有措施
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 灌溉设备到货晚 | 供货商延期两个月。 | 催促供货 | 按合同追究违约责任，10月底前到货。 |
    """
    if problem.measure.strip() or problem.measure_title.strip():
        return
    yield Problem(
        "measure",
        f"问题“{title.strip()}”没有措施。",
        "写明谁、什么时候、怎么改。",
        values={"问题": title.strip(), "措施": "空"},
    )
