"""XM109: a placeholder of the template is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from perfmon_xl.domain.model import Project
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_PLACEHOLDER = re.compile(
    r"20(?:[XxＸ×]{2}|\*\*|__|○○|〇〇)\s*年"
    r"|(?<![A-Za-z0-9Ｘ×○*_△□])(?:[XxＸ×]{2,20}|○{2,20}|\*{2,20}|_{3,40}|△{2,20}|□{2,20})(?=[\u4e00-\u9fff]{0,8}(?:公司|事务所|集团|研究院|设计院|中心|学校|医院|村|乡|镇|街道))"
    r"|(?<=[≥≤><=＞＜＝：:])\s*(?:[XxＸ×]{2,20}|○{2,20}|\*{2,20}|_{2,40})(?=[\u4e00-\u9fff%％])"
    r"|(?<![A-Za-z0-9Ｘ×○*_△□])(?:[XxＸ×]{2,20}|○{2,20}|\*{2,20}|_{3,40})(?=\s*(?:年|月|日|项目|单位|局|公司|中心|万元|元|件|人|个|%|省|市|县|区|镇|乡|街道|部门|同志|指标|株|所|台|套|户|座|亩|公里|场|次|批|份|册|家|处|条|吨|名|平方米))"
    r"|(?:^|(?<=[^\u4e00-\u9fff])|(?<=[为对由与和同向给经从在请聘托租用是归往到及]))某{2}(?!某)(?=[\u4e00-\u9fff]{0,6}(?:项目|单位|局|公司|中心|部门|省|市|县|区|镇|乡|村|街道|学校|医院|集团|机构|企业|厂|合作社|事务所|指标))"
    r"|(?<=委托)某{2}(?=[\u4e00-\u9fff])|(?<=协助)某{2}(?=[\u4e00-\u9fff])|(?<=租用)某{2}(?=[\u4e00-\u9fff])"
    r"|(?:此处|这里)(?:填写|插入|补充)|\{\{[^{}]{0,200}\}\}|【[^】]{0,12}(?:待填|待补|填写|待定)[^】]{0,12}】"
)
_SUSPECT = re.compile(r"[XxＸ×*_○〇某{【]|(?:此处|这里)")  # every placeholder has one of these
_FIELDS = ("cover_name", "department", "unit", "client", "monitor")  # 项目名称在各段文字里


@rule("XM109", title="模板的占位符没有替换", severity=Severity.ERROR, basis="通行做法", covers=("A07",))
def placeholder(facts: Facts) -> Iterator[Problem]:
    """名称和各段文字里没有“20XX年”“XX项目”“某某单位”一类的占位符。

    为什么：占位符是模板的话，印进报告说明这一处没有人看过。

    不对：年份和单位没有填
    项目背景：根据20XX年工作安排，某某单位实施本项目。

    不对：承建单位、目标值没有填
    项目背景：由XX科技有限公司承建。
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 苗木栽植数量 | ≥**株 |

    不对：公司的名称没有写
    项目背景：放流作业租用某某渔运公司的船，由某某第三方机构验收。

    对：都填了；型号、匿名的人名不是占位符
    项目背景：根据2024年工作安排，县疾控中心为李某某等患者配备XX1型监护仪。
    """
    project: Project = facts.monitoring.project
    places = [(project.place.at(f), f, str(getattr(project, f))) for f in _FIELDS]
    places += [(p.origin, p.field, p.text) for p in facts.passages]
    places += [
        (record.place.at(field), field, getattr(record, field).raw)
        for records, fields in _values(facts)
        for record in records
        for field in fields
    ]
    for origin, field, text in places:
        if not _SUSPECT.search(text):
            continue
        found = list(dict.fromkeys(m[0].strip() for m in _PLACEHOLDER.finditer(text)))
        if found:
            first = _PLACEHOLDER.search(text)
            at = first.start() if first else 0
            yield Problem(
                field,
                f"有没替换的占位符“{'”“'.join(found[:3])}”：“…{text[max(0, at - 8) : at + 14].strip()}…”。",
                "换成本项目的实际内容；没有的，删去这一句。",
                at=origin,
                values={"占位符": "、".join(found)},
            )


def _values(facts: Facts) -> tuple[tuple[tuple[Any, ...], tuple[str, ...]], ...]:
    """各表的值，照原样写的。"""
    monitoring = facts.monitoring
    return (
        (monitoring.declared, ("target",)),
        (monitoring.adjusted, ("target", "tracked_target")),
        (monitoring.compared, ("annual", "stage", "actual", "forecast")),
    )
