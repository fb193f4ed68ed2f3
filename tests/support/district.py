"""An invented district: the outcomes of a batch over many invented projects, the same for the same seed."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from perfmon_xl import app
from perfmon_xl.app.checking import CheckedBook
from perfmon_xl.batch import outcome
from perfmon_xl.data import from_data
from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.outcome import Outcome, Status
from perfmon_xl.domain.summary import RuleName, Summary, summarise
from perfmon_xl.policy import get
from perfmon_xl.rules.registry import catalogue
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read
from support.any_project import any_project
from support.projects import project

DEPARTMENTS = (
    "区住房和城乡建设局",
    "区教育体育局",
    "区卫生健康委员会",
    "区农业农村局",
    "区司法局",
    "区民政局",
)
WORKS = ("老旧小区改造", "校舍安全维修", "社区卫生服务能力提升", "高标准农田建设", "法律援助", "居家养老服务",
         "公共法律服务", "河道清淤", "义务教育薄弱环节改善", "家庭医生签约服务")  # fmt: skip
UNREAD = (
    Outcome(
        path="区民政局/旧表.xls",
        status=Status.FAILED,
        reason="旧表.xls 是旧格式（.xls 或 .doc）。",
        hint="请在 Office 或 WPS 中打开，另存为 .xlsx。",
    ),
    Outcome(
        path="通讯录.xlsx",
        status=Status.FOREIGN,
        reason="这不是绩效运行监控工作簿：里面没有认得的表格。",
        hint="请用 perfmon-xl new 新建一个工作簿，把内容填进去。",
    ),
)


def monitoring(number: int) -> Monitoring:
    """第 number 个项目：支出快慢不一，第 7 个没有填支出，第 11 个没有填主管部门。"""
    chance = random.Random(number)
    made = project(chance.randint(4, 12), seed=number, funds=chance.randint(1, 2))
    department = DEPARTMENTS[number % len(DEPARTMENTS)]
    pace = Decimal(chance.choice((15, 30, 40, 50, 58, 60, 75, 90))) / 100
    return replace(
        made,
        project=replace(
            made.project,
            name=f"2024年{WORKS[number % len(WORKS)]}项目（第{number}批）",
            department="" if number == 11 else department,
            unit=f"{department}下属第{number % 3 + 1}中心",
        ),
        funding=tuple(
            replace(
                f,
                spent=None if number == 7 or f.initial is None else Amount(round(f.initial.yuan * pace, 2)),
            )
            for f in made.funding
        ),
    )


def outcomes(count: int, folder: Path | None = None) -> list[Outcome]:
    """count 个项目的结果和两个没有处理的文件；给了 folder，把工作簿也写进去。"""
    found = []
    for number in range(count):
        content = build(monitoring(number))
        path = f"项目{number}.xlsx"
        reading = read(PackageBook.from_bytes(content))
        if folder is not None:
            (folder / path).write_bytes(content)
        outputs = {"book": path, "report": f"项目{number}-绩效运行监控报告.docx"}
        checked = app.check_reading(reading)
        found.append(outcome.successful(path, checked, outputs=outputs, draft=True))
    return [*found, *UNREAD]


def line(
    name: str, department: str, budget: str, spent: str | None, arrived: str | None = None, **more: object
) -> Outcome:
    """一个项目的结果，只有写出来的这些数；序时进度 50%。"""
    figures = {"调整后预算": budget, "序时进度": "0.5"} | ({} if arrived is None else {"到位": arrived})
    if spent is not None:
        figures |= {"支出": spent, "执行率": str(Decimal(spent) / Decimal(budget))}
    return Outcome(
        path=f"{department}/{name}.xlsx",
        status=Status.DONE,
        project=name,
        department=department,
        figures=figures,
        **more,
    )


def summary_of(found: list[Outcome]) -> Summary:
    """加起来的数，规则的题目照规则目录。"""
    return summarise(found, {code: RuleName(rule.title, rule.family) for code, rule in catalogue().items()})


def invented(seed: int, count: int, *, place: str = "青禾县", departments: int = 9) -> list[Outcome]:
    """一个地方 count 个各式各样的项目（any_project），不写工作簿；departments 是至多几个主管部门。"""
    found = []
    for number in range(count):
        data = json.loads(
            re.sub(
                "青禾县|临江区|白石市",
                place,
                json.dumps(any_project(seed * 100 + number), ensure_ascii=False),
            )
        )
        project_ = data["project"]
        project_["name"] = f"{project_['name'].removesuffix('项目')}{'甲乙丙丁戊己庚辛壬癸'[number % 10]}项目"
        project_["department"] = (
            f"{place}{'教育水利民政农业文旅卫健商务应急司法'[number % departments * 2 :][:2]}局"
        )
        project_["unit"] = f"{place}{'一二三四五六七八九十'[number % 10]}中心"
        monitored = from_data(data)
        figures = figures_of(monitored, get(monitored.project.rule_set))
        nothing = {"errors": number % 3, "warnings": number, "infos": 0, "cannot_judge": 0, "acknowledged": 0}
        checked = SimpleNamespace(
            figures=figures, verdict="", findings=(), as_data=lambda _, told=nothing: {"summary": told}
        )
        found.append(outcome.successful(f"{number}.xlsx", cast(CheckedBook, checked), outputs={}, draft=True))
    return found
