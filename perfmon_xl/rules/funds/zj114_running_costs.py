"""ZJ114: money that is not the project's in the project's table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_RUNNING = re.compile(
    r"(?<!生均)公用经费|基本支出|日常(?:办公|公用|运转)[\u4e00-\u9fff]{0,6}|办公水电费?|机关运[转行](?:经费|费)?"
    r"|在[编职](?:人员)?(?:工资|薪酬|经费)|公务(?:接待|用车)[\u4e00-\u9fff]{0,4}"
)
_OF_THAT = re.compile("运转|运行|公用|办公|基本支出|人员")


@rule("ZJ114", title="项目资金里有基本支出", severity=Severity.WARNING, basis="通行做法", covers=("B17",))
def running_costs(facts: Facts) -> Iterator[Problem]:
    """项目的资金来源和支出明细里不应有公用经费、基本支出。

    为什么：项目监控只看项目支出，把公用经费算进来，执行率和成本都不是这个项目的。

    不对：公用经费列进了项目
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 项目经费 | 100 | 60 |
    | 公用经费 | 30 | 20 |

    对：部门整体的，基本支出和项目支出并列
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 基本支出 | 1300 | 1200 |
    | 项目支出 | 500 | 480 |

    不对：机关日常开支列进了支出明细
    项目名称：2025年消防设施建设项目
    支出明细表
    | 支出内容 | 金额（元） |
    | 消火栓维修 | 240000 |
    | 中心日常办公水电费 | 36000 |

    对：只有项目经费；泵站的电费是项目的
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 一般公共预算拨款 | 100 | 60 |
    支出明细表
    | 支出内容 | 金额（元） |
    | 泵站运行电费 | 600000 |
    """
    if _OF_THAT.search(facts.monitoring.project.name):
        return  # a project for just that
    named = [(f, "source", f.source) for f in facts.monitoring.funding]
    lines = [(s, "item", s.item) for s in facts.monitoring.spending]
    if any("基本支出" in name for _, _, name in named) and any("项目支出" in name for _, _, name in named):
        return  # a whole department told in its two halves, whatever the paper is called
    for record, field, name in [*named, *lines]:
        match = re.search(_RUNNING, name)
        if match:
            yield Problem(
                field,
                f"“{name.strip()}”是{match[0]}，不是项目支出。",
                "确实不属于本项目的，从表里去掉；属于本项目的，改成项目里的名称。",
                of=record,
            )
