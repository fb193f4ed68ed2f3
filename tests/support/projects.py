"""Invented monitoring projects of any size, the same for the same seed: for fuzzing and benchmarks."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import (
    Adjusted,
    Compared,
    Declared,
    Funding,
    Goal,
    GoalChange,
    Monitoring,
    ProblemEntry,
    Progress,
    Project,
    Spending,
)
from perfmon_xl.domain.target import read_target

KINDS = (
    ("产出指标", "数量指标", "完成{}培训场次（场）", "≥{}场", "{}场"),
    ("产出指标", "质量指标", "{}验收合格率", "≥{}%", "{}%"),
    ("产出指标", "时效指标", "{}按时完成率", "≥{}%", "{}%"),
    ("成本指标", "经济成本指标", "{}成本控制数", "≤{}万元", "{}万元"),
    ("效益指标", "社会效益指标", "{}服务覆盖人次（人次）", "≥{}人次", "{}人次"),
    ("满意度指标", "服务对象满意度指标", "{}服务对象满意度", "≥{}%", "{}%"),
)
THINGS = ("河道", "校舍", "卫生院", "农田", "社区", "图书馆", "道路", "水库", "养老", "社保")


def project(indicators: int, *, seed: int = 1, funds: int = 3) -> Monitoring:
    """一个虚构项目：indicators 个跟踪指标，funds 项资金来源。"""
    chance = random.Random(seed)
    declared, adjusted, compared = [], [], []
    for number in range(indicators):
        level1, level2, name, target, actual = KINDS[number % len(KINDS)]
        thing = f"{chance.choice(THINGS)}{number + 1}"
        goal = chance.randint(60, 99) if "%" in target else chance.randint(10, 900)
        done = (
            goal + chance.randint(-9, 1) if "%" in target else max(1, round(goal * chance.uniform(0.5, 1.1)))
        )
        stage = goal if "%" in target else max(1, round(goal * 7 / 12))
        label = name.format(thing)
        head = {"level1": level1, "level2": level2, "name": label}
        declared.append(Declared(**head, target=read_target(target.format(goal))))
        adjusted.append(
            Adjusted(
                **head,
                target=read_target(target.format(goal)),
                change="原指标",
                explanation=f"考察{label}。",
                tracked_target=read_target(target.format(stage)),
                tracked="是",
            )
        )
        compared.append(
            Compared(
                **head,
                annual=read_target(target.format(goal)),
                stage=read_target(target.format(stage)),
                actual=read_target(actual.format(done)),
                likelihood=chance.choice(("确定能", "有可能")),
                cause="其他" if done < stage else "",
                reason="受审批流程影响，进度略有滞后。" if done < stage else "",
                measure="加快推进，按月通报。" if done < stage else "",
            )
        )
    money = [Decimal(chance.randint(10_00, 900_00)) / 100 for _ in range(funds)]
    return Monitoring(
        project=Project(
            name=f"2024年{chance.choice(THINGS)}建设项目{seed}",
            year="2024",
            department="区住房和城乡建设局",
            unit="区工程建设中心",
            client="区财政局",
            monitor="某会计师事务所",
            start=date(2024, 1, 1),
            end=date(2024, 12, 31),
            cutoff=date(2024, 7, 31),
            report_date=date(2024, 8, 20),
            rule_set="",
            basis="《预算绩效管理办法》",
            background="为改善公共服务设施，区政府批准实施本项目。\n项目按年度计划推进。",
            scope="建设和维护公共服务设施。",
        ),
        goal=Goal(text="按计划完成全年建设任务，服务水平稳步提高。"),
        progress=tuple(
            Progress(
                subject=f"第{i + 1}项任务", text=f"已完成{chance.randint(1, 99)}处点位建设。", state="已完成"
            )
            for i in range(6)
        ),
        funding=tuple(
            Funding(
                source=f"资金来源{i + 1}",
                initial=Amount.wan(m),
                arrived=Amount.wan(m),
                spent=Amount.wan(m * Decimal("0.6")),
                forecast=Amount.wan(m),
            )
            for i, m in enumerate(money)
        ),
        spending=tuple(
            Spending(item=f"支出{i + 1}", amount=Amount.wan(m * Decimal("0.6"))) for i, m in enumerate(money)
        ),
        declared=tuple(declared),
        goal_changes=(
            GoalChange(
                subject="年度绩效目标", original="按计划完成全年建设任务，服务水平稳步提高。", changed="否"
            ),
        ),
        adjusted=tuple(adjusted),
        compared=tuple(compared),
        problems=(
            ProblemEntry(
                kind="项目实施",
                title="部分任务进度偏慢",
                text="个别点位审批时间较长。",
                measure_title="加快审批",
                measure="建立台账，按月通报。",
            ),
        ),
    )
