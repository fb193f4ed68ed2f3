"""PC113: the likelihood contradicts the forecast."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Kind, TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display


@rule("PC113", title="完成可能性和全年预计相矛盾", severity=Severity.ERROR, basis="表内勾稽", covers=("G08",))
def likelihood_against_forecast(
    record: Compared, facts: Facts, *, annual: TargetValue, forecast: TargetValue, likelihood: str
) -> Iterator[Problem]:
    """选“确定能”的，全年预计要达到全年目标；选“完全不可能”的，全年预计达不到。

    为什么：两栏说的是同一件事，一栏说能、一栏的数说不能，读的人不知道信哪个。

    不对：预计完不成，却说确定能
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 全年预计 | 完成可能性 |
    | 新增绿地 | ≥30公顷 | 24公顷 | 确定能 |

    不对：预计的日期过了期限
    预算年度：2024
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 全年预计 | 完成可能性 |
    | 主体完工时间 | 2024年11月底前 | 12月20日 | 确定能 |

    对：一致
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 全年预计 | 完成可能性 |
    | 新增绿地 | ≥30公顷 | 30公顷 | 确定能 |
    | 主体完工时间 | 2024年11月底前 | 2024年11月 | 确定能 |
    """
    if annual.kind is Kind.DATE:
        met = _in_time(forecast, annual, facts.monitoring.project.budget_year)
    elif annual.kind in (Kind.NUMBER, Kind.RANGE):
        met = measures.reached(forecast, annual, facts.rules.indicators)
    else:
        return
    chosen = likelihood.strip()
    if (chosen == "确定能" and met is False) or (chosen in ("完全不可能", "不可能") and met is True):
        yield Problem(
            "likelihood",
            f"“{record.name}”的全年目标是“{display(annual)}”，全年预计“{display(forecast)}”"
            f"{'达到了' if met else '达不到'}，完成可能性却选了“{chosen}”。",
            "核对全年预计的数，再选完成可能性。",
            values={"全年目标": display(annual), "全年预计": display(forecast), "完成可能性": chosen},
        )


def _in_time(forecast: TargetValue, annual: TargetValue, year: int | None) -> bool | None:
    """预计的日期赶不赶得上；只写到月的，那个月里有一天赶得上就算。"""
    ahead, wanted = forecast.days(year), annual.days(year)
    if ahead is None or wanted is None:
        return None
    return (ahead.first or ahead.last) <= wanted.last
