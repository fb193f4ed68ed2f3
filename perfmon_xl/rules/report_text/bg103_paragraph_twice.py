"""BG103: the same paragraph twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.report_text import Line, ReportText
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.rules import Problem, Severity, rule

_LONG = 60  # 字


@rule("BG103", title="同一段话写了两遍", severity=Severity.INFO, basis="通行做法", covers=("I02", "H10"))
def paragraph_twice(report: ReportText) -> Iterator[Problem]:
    """六十个字以上、一字不差（或只差一两个字）的段落，不在两处出现。

    为什么：多半是复制来凑一节的；改了一处忘了另一处，就自己打架。

    不对：两节是同一段
    报告正文
    一、项目内容
    项目支出主要包括：路面修补的材料费、机械租赁费、人工费，以及完工以后的检测费和标线费用，由县公路站统一组织实施，各乡镇负责征地协调、质量监督和日常养护。
    二、资金使用
    项目支出主要包括：路面修补的材料费、机械租赁费、人工费，以及完工以后的检测费和标线费用，由县公路站统一组织实施，各乡镇负责征地协调、质量监督和日常养护。

    对：说的是两回事
    报告正文
    一、项目内容
    项目支出主要包括：路面修补的材料费、机械租赁费、人工费，以及完工以后的检测费和标线费用，由县公路站统一组织实施，各乡镇负责征地协调、质量监督和日常养护。
    二、资金使用
    截至七月底，项目支出40万元，其中材料费22万元、机械租赁费8万元、人工费10万元，检测费和标线费用待完工以后支付。
    """
    seen: list[tuple[str, Line]] = []
    for line in report.body:
        text = without_spaces(line.text)
        if len(text) < _LONG:
            continue
        twin = next((other for said, other in seen if _same(said, text)), None)
        if twin is not None and not (_about_money(twin) and _about_money(line)):
            yield Problem(
                "",
                f"“{text[:24]}…”与{twin.origin.cell}是同一段话。",
                "留一处，另一处写这一节该写的；确实要重复的，写“见前文”。",
                at=line.origin,
                values={"另一处": twin.origin.cell},
            )
        seen.append((text, line))


def _about_money(line: Line) -> bool:
    """资金投入、资金到位两节，常用的提纲本来就要写两遍。"""
    return bool(re.search(r"资金(?:投入|到位|使用)|预算执行", "".join(line.path[-1:])))


def _same(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 2:
        return False
    if one == other:
        return True
    head = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    tail = next(
        (i for i, (a, b) in enumerate(zip(reversed(one), reversed(other), strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return max(len(one), len(other)) - head - tail <= 2
