"""JG202: a quantity of something the project is nowhere said to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import named_rows

ENOUGH = 80  # 文字太少，没有提到不等于不做
_NOISE = re.compile(
    r"[A-Za-z0-9%\W]|全年|年度|数量|人数|人次|次数|个数|面积|长度|完成|情况|水平|提升|提高|改善|促进|保障|覆盖|标准化|规范化|工作|项目|全"
)


@rule(
    "JG202", title="指标讲的事，项目内容里没有", severity=Severity.WARNING, basis="通行做法", covers=("C11",)
)
def indicator_outside_scope(facts: Facts) -> Iterator[Problem]:
    """数量指标量的事，应当在项目名称、内容、背景、进展、支出明细或年度目标里提到过。

    名称里没有一个词在这些文字里出现的才报；效益、质量、成本常用另一套说法，不查；没有写项目内容的、
    全部文字不到 80 个字的，说不准，不查。

    为什么：指标多半是从别的项目抄来的，做得再好也不是这笔钱做的。

    不对：灌区项目里有校车的指标
    项目名称：2024年灌区节水改造项目
    项目内容：改造渠道20公里，更换闸门40座，安装计量设备。
    年度绩效目标：完成渠道改造和闸门更换，提高灌溉水利用系数，改善两岸八个村的灌溉条件，建立用水计量和管护制度，保障粮食生产用水。
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 数量指标 | 渠道改造长度 | ≥20公里 | 原指标 |
    | 数量指标 | 校车运营班次 | ≥900班 | 原指标 |

    对：都是这个项目的事
    项目名称：2024年灌区节水改造项目
    项目内容：改造渠道20公里，更换闸门40座，安装计量设备。
    年度绩效目标：完成渠道改造和闸门更换，提高灌溉水利用系数，改善两岸八个村的灌溉条件，建立用水计量和管护制度，保障粮食生产用水。
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 数量指标 | 闸门更换数量 | ≥40座 | 原指标 |
    | 质量指标 | 土方压实合格率 | 100% | 原指标 |
    | 社会效益指标 | 受益村民人数 | ≥8000人 | 原指标 |
    """
    monitoring = facts.monitoring
    project = monitoring.project
    parts = [project.name, project.scope, project.background, monitoring.goal.text]
    parts += [c.revised or c.original for c in monitoring.goal_changes]
    parts += [f"{s.item}{s.note}" for s in monitoring.spending]
    parts += [f"{p.subject}{p.text}" for p in monitoring.progress]
    said = "".join(parts)
    if not project.scope.strip() or len(said) < ENOUGH:
        return
    titles = {indicator_key(row.title) for row in named_rows(monitoring.current_rows)}
    told = Counter(pair for title in titles for pair in {title[i : i + 2] for i in range(len(title) - 1)})
    for target in named_rows(monitoring.current_rows):
        if target.category is None or target.category.name != "数量指标":
            continue
        name = indicator_key(target.title)
        words = [w for w in _NOISE.sub(" ", name).split() if len(w) >= 2]
        pairs = {w[i : i + 2] for w in words for i in range(len(w) - 1)}
        if len(pairs) < 3 or any(pair in said for pair in pairs):
            continue
        if any(told[pair] > 1 for pair in pairs):
            continue  # “日常巡检次数” beside “巡检记录完整率”: two indicators of one matter are no stray
        yield Problem(
            "name",
            f"{target.table}“{target.title}”讲的事，在项目内容、年度目标和支出明细里都没有提到。",
            "是这个项目做的，在项目内容里补写；是从别处抄来的，删掉或换成本项目的指标。",
            of=target,
            values={"指标": target.title},
        )
