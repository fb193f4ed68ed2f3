"""WB114: a text of the workbook speaks of a table that its report will not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_TABLE = re.compile(r"(?<![A-Za-z\d报图附])表\s*(\d{1,2})(?![\d.])")
_LAST = 4  # 报告有表1至表4
_OWN = re.compile(r"附件|附表|台账|统计表|报表|调查表")


@rule(
    "WB114",
    title="文字提到的表，报告里没有",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("I03",),
    on_report=None,
)
def table_not_there(facts: Facts) -> Iterator[Problem]:
    """文字里写“见表5”的，报告里要有表5；由工作簿出的报告只有表1至表4。

    为什么：读者翻到后面找不到这张表。查 Word 报告时由 BG107 看。

    不对：没有表5
    项目背景：各指标分月计划详见表5。

    对：有这张表；附件里的表
    项目背景：目标见表3，分月计划见附件2的表5。
    """
    for passage in facts.passages:
        for match in _TABLE.finditer(passage.text):
            if int(match[1]) <= _LAST or _OWN.search(
                passage.text[max(0, match.start() - 12) : match.end() + 4]
            ):
                continue
            yield Problem(
                passage.field,
                f"文字里写“{passage.text[max(0, match.start() - 6) : match.end()].strip()}”，报告里没有表{match[1]}。",
                "改成有的那张表；要附这张表的，写成附件。",
                at=passage.origin,
                values={"提到的": f"表{match[1]}"},
            )
            break
