"""BG105: the contents page and the headings do not agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import pairwise

from perfmon_xl.domain.report_text import Line, LineKind, ReportText
from perfmon_xl.domain.text_keys import heading_key
from perfmon_xl.rules import Problem, Severity, rule


@rule("BG105", title="目录与正文标题不一致", severity=Severity.WARNING, basis="文内勾稽", covers=("I04",))
def contents_differ(report: ReportText) -> Iterator[Problem]:
    """目录的每一行在正文里有同样的标题，目录列到的那几级标题都在目录里，页码往后不变小。

    为什么：改了标题、加了一节，目录没有更新，读者照目录找不到。

    不对：标题改了，目录没有改
    报告正文
    一、项目概况……1
    二、资金情况……2
    一、项目基本情况
    维修道路12公里。
    二、资金情况
    预算60万元。

    不对：正文多一节
    报告正文
    一、项目概况……1
    一、项目概况
    维修道路12公里。
    二、资金情况
    预算60万元。

    不对：页码倒了
    报告正文
    一、项目概况……5
    二、资金情况……3
    一、项目概况
    维修道路12公里。
    二、资金情况
    预算60万元。

    对：一样；括号的全角半角在别处查
    报告正文
    一、项目概况……1
    (一)项目名称……1
    一、项目概况
    （一）项目名称
    2024年乡村道路维修项目。
    1.以前年度情况
    上年维修10公里。
    """
    contents = [c for c in report.of(LineKind.CONTENTS) if c.title]
    if not contents:
        return
    depth = max((c.level for c in contents), default=0)
    headings = [h for h in report.headings if h.level and h.level <= depth]
    listed, written = {_key(c) for c in contents}, {_key(h) for h in headings}
    for line in contents:
        if _key(line) not in written:
            yield Problem(
                "",
                f"目录里的“{line.text[:30]}”，正文没有这个标题{_nearest_heading(line, headings)}。",
                "更新目录（在目录上按 F9），或把标题改成一样。",
                at=line.origin,
                values={"目录": line.text[:30]},
            )
    closest = {_near_key(c, headings) for c in contents if _key(c) not in written}
    for line in headings:
        if _key(line) not in listed and _key(line) not in closest:
            yield Problem(
                "",
                f"正文的标题“{line.text[:30]}”，目录里没有。",
                "更新目录（在目录上按 F9）。",
                at=line.origin,
                values={"标题": line.text[:30]},
            )
    for one, other in pairwise([c for c in contents if c.page]):
        if int(other.page) < int(one.page):
            yield Problem(
                "",
                f"目录里“{other.text[:20]}”在第 {other.page} 页，排在它前面的“{one.text[:20]}”在第 {one.page} 页。",
                "更新目录的页码（在目录上按 F9）。",
                at=other.origin,
                values={"前": one.page, "后": other.page},
            )


def _key(line: Line) -> str:
    return heading_key(line.mark + line.title)


def _near_key(line: Line, headings: Sequence[Line]) -> str:
    found = get_close_matches(_key(line), [_key(h) for h in headings], 1, 0.6)
    return found[0] if found else ""


def _nearest_heading(line: Line, headings: Sequence[Line]) -> str:
    key = _near_key(line, headings)
    heading = next((h for h in headings if _key(h) == key), None)
    return f"，相近的是“{heading.text[:30]}”" if heading is not None else ""
