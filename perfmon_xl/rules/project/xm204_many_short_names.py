"""XM204: one project called by many names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_MARKS = re.compile(r"[“”\"\s]")
_YEAR = re.compile(r"(?:19|20)\d{2}年(?:度)?")
_MOST = 2


@rule("XM204", title="一个项目叫了好几个名称", severity=Severity.INFO, basis="通行做法", covers=("A04",))
def many_short_names(facts: Facts) -> Iterator[Problem]:
    """同一个项目，除全称外最多再用一个简称；年份、单位时有时无，也算不同的叫法。

    为什么：叫法一多，读者要想一想说的是不是同一个项目，检索也找不全。

    不对：四种叫法
    项目名称：2024年县教育局校舍维修项目
    资金说明表
    | 事项 | 内容 |
    | 资金投入情况 | 校舍维修项目预算安排60万元。 |
    | 资金使用情况 | 2024年度县教育局校舍维修项目支出30万元。 |
    | 资金到位率 | 教育局“校舍维修”项目资金全部到位。 |

    对：全称和一个简称
    项目名称：2024年县教育局校舍维修项目
    资金说明表
    | 事项 | 内容 |
    | 资金投入情况 | 校舍维修项目预算安排60万元。 |
    | 资金使用情况 | 校舍维修项目支出30万元。 |
    """
    project = facts.monitoring.project
    full = _MARKS.sub("", project.name)
    core = _YEAR.sub("", full).removesuffix("项目")
    if len(core) < 4 or not full.endswith("项目"):
        return
    called: dict[str, str] = {}
    places = [(p.field, p.text) for p in facts.passages if p.field != "name"]
    for _, text in [("cover_name", project.cover_name), *places]:
        for name in _names(_MARKS.sub("", text), core):
            if name != full:
                called.setdefault(name, text)
    if len(called) >= _MOST:
        listed = "、".join(f"“{name}”" for name in called)
        yield Problem(
            "name",
            f"项目名称是“{full}”，文字里还叫{listed}，一共 {len(called) + 1} 种叫法。",
            "第一次出现写全称，以后只用一个简称。",
            of=project,
            values={"项目名称": full, "其他叫法": listed},
        )


def _names(text: str, core: str) -> Iterator[str]:
    """以“项目”结尾、字都出自项目名称（先后不乱）的叫法，连同前面的年份。"""
    for end in (m.start() for m in re.finditer("项目", text)):
        at, start = len(core), end
        while start > 0 and (found := core.rfind(text[start - 1], 0, at)) >= 0:
            at, start = found, start - 1
        if end - start < 4 or core[-2:] != text[end - 2 : end]:
            continue
        year = re.search(r"(?:19|20)\d{2}年(?:度)?$", text[:start])
        yield (year[0] if year else "") + text[start : end + 2]
