"""BG114: what looks like one body goes by several names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.report_text import ReportText
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts

_BODY = re.compile(
    r"(?:^|[，。；、：:（(“”）)\s0-9个和由在对向至与及各为成设立])((?:[省市区县镇乡州]|[^\W\d_已建成设立在有由对向和与及为是]{2,4}[省市区县])[\u4e00-\u9fff]{1,12}?(?:中心|服务站|管理站|管理所|服务所))"
    r"(?=[，。；、：:（(“”）)\s和由在对向与及各为共已的将按等至负积组开升]|$)"
)


@rule("BG114", title="像是同一个机构，叫法不一", severity=Severity.INFO, basis="文内勾稽", covers=("A05",))
def body_by_many_names(report: ReportText, facts: Facts) -> Iterator[Problem]:
    """级别相同、名称只差一两个字，或一个是另一个缩写的机构，应当用一个名称。

    是不是同一个机构要看事实，所以报“无法判断”。

    为什么：“区级法律服务中心”和“区公共法律服务中心”，读者分不清是一个还是两个，数也跟着重复。

    不对：一处“县级”，一处“县公共”
    报告正文
    一、项目进展
    已建成县级就业服务中心，配备服务窗口8个。
    二、产出情况
    县公共就业服务中心已登记求职3200人。

    对：一个名称
    报告正文
    一、项目进展
    已建成县公共就业服务中心，配备服务窗口8个。
    二、产出情况
    县公共就业服务中心已登记求职3200人，县妇女创业中心另行统计。
    """
    seen: Counter[str] = Counter()
    first: dict[str, Origin] = {}
    for passage in facts.passages:
        for match in _BODY.finditer(passage.text):
            seen[match[1]] += 1
            first.setdefault(match[1], passage.origin)
    groups: list[list[str]] = []
    for name in seen:
        group = next((g for g in groups if any(_alike(name, one) for one in g)), None)
        if group is None:
            groups.append([name])
        else:
            group.append(name)
    for group in groups:
        if len(group) > 1:
            listed = "、".join(f"“{name}”{seen[name]}处" for name in group)
            yield unsure(
                "",
                f"有 {len(group)} 种相近的叫法：{listed}，看不出是不是同一个机构。",
                "同一个机构的，各处用全称或约定的简称；是几个的，第一次出现时写明。",
                at=first[group[1]],
                values={"叫法": listed},
            )


def _alike(one: str, other: str) -> bool:
    """级别同、后缀同：一个是另一个的缩写，或者中间的字有一半以上相同且先后不乱。"""
    if one[0] != other[0] or one[-2:] != other[-2:]:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1 and len(short) > 5
    if long.endswith(short[1:]):
        return True
    if _within(short, long):
        return True
    tail = next((n for n in range(len(short), 0, -1) if short[-n:] == long[-n:]), 0)
    return tail >= 5 and len(short) - tail <= 2


def _within(short: str, long: str) -> bool:
    at = 0
    for character in short:
        at = long.find(character, at) + 1
        if not at:
            return False
    return True
