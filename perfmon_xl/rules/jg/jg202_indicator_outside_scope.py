"""JG202: an indicator about something the project is nowhere said to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.finding import Severity
from perfmon_xl.rules.facts import Facts, indicator_key
from perfmon_xl.rules.registry import Problem, rule
from perfmon_xl.rules.zb.targets import settled

_GENERAL = re.compile(
    r"(满意度|(成本|投资|费用)(控制)?(数|额|率)?$|合格率|及时率|完成率|达标率|合规|验收|预算|执行率|按时|时间$|时限|"
    r"经济效益|社会效益|生态效益|可持续|影响|机制|制度|档案|投诉|知晓)"
)
_NOISE = re.compile(
    r"[A-Za-z0-9%\W]|全年|年度|数量|人数|人次|次数|个数|面积|长度|完成|情况|水平|提升|提高|改善|促进|保障|覆盖|标准化|规范化|工作|项目|全"
)


@rule(
    "JG202", title="指标讲的事，项目内容里没有", severity=Severity.WARNING, basis="通行做法", covers=("C11",)
)
def indicator_outside_scope(facts: Facts) -> Iterator[Problem]:
    """指标量的事，应当在项目名称、内容、背景、支出明细或年度目标里提到过。

    名称里没有一个词在这些文字里出现的才报；合格率、满意度、成本控制这样管全部的不查；没有写项目内容的不查。

    为什么：指标多半是从别的项目抄来的，做得再好也不是这笔钱做的。

    不对：灌区项目里有校车的指标
    项目名称：2024年灌区节水改造项目
    项目内容：改造渠道20公里，更换闸门40座，安装计量设备。
    年度绩效目标：提高灌溉水利用系数，改善灌溉条件。
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 数量指标 | 渠道改造长度 | ≥20公里 | 原指标 |
    | 数量指标 | 校车运营班次 | ≥900班 | 原指标 |

    对：都是这个项目的事
    项目名称：2024年灌区节水改造项目
    项目内容：改造渠道20公里，更换闸门40座，安装计量设备。
    年度绩效目标：提高灌溉水利用系数，改善灌溉条件。
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 数量指标 | 闸门更换数量 | ≥40座 | 原指标 |
    | 质量指标 | 一次验收合格率 | 100% | 原指标 |
    | 社会效益指标 | 改善灌溉面积 | ≥8000亩 | 原指标 |
    | 满意度指标 | 受益群众满意度 | ≥90% | 原指标 |
    """
    monitoring = facts.monitoring
    project = monitoring.project
    if not project.scope.strip() or len(project.scope.strip()) < 12:
        return
    parts = [project.name, project.scope, project.background, monitoring.goal.text]
    parts += [c.revised or c.original for c in monitoring.goal_changes]
    parts += [f"{s.item}{s.note}" for s in monitoring.spending]
    said = "".join(parts)
    for target in settled(monitoring):
        name = indicator_key(target.name)
        words = [w for w in _NOISE.sub(" ", name).split() if len(w) >= 2]
        pairs = {w[i : i + 2] for w in words for i in range(len(w) - 1)}
        if len(pairs) < 3 or _GENERAL.search(name) or any(pair in said for pair in pairs):
            continue
        yield Problem(
            "name",
            f"{target.table}“{target.name}”讲的事，在项目内容、年度目标和支出明细里都没有提到。",
            "是这个项目做的，在项目内容里补写；是从别处抄来的，删掉或换成本项目的指标。",
            of=target.record,
            values={"指标": target.name},
        )
