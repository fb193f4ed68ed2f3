"""BG107: the text points at a table, a picture or an annex that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.report_text import Line, LineKind, ReportText, ordinal
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.report_text.bg106_captions_broken import table_numbers

_TABLE = re.compile(
    r"(?:见|如|参见|参照)(?:上|下)?表\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})(?![\u4e00-\u9fff0-9]*年)"
)
_BELOW = re.compile(r"(?:见|如)下(表|图)(?:所示)?")
_ANNEX = re.compile(r"(?:见|附)(?:后)?(?:的)?(附件|附表)\s*([0-9０-９一二三四五六七八九十]*)")


@rule("BG107", title="提到的表、图、附件没有", severity=Severity.WARNING, basis="文内勾稽", covers=("I03",))
def reference_missing(report: ReportText) -> Iterator[Problem]:
    """“见表3”要有表3，“见下表”下面要有表，“详见附件”后面要有附件。

    为什么：读者照着找找不到，数也核不了；多半是删了表没有改文字。

    不对：没有表3；“见下表”下面没有表；没有附件
    报告正文
    一、绩效目标
    完成情况见表3，资金情况具体见下表。
    二、主要问题
    问题清单详见附件2。

    对：都在
    报告正文
    一、绩效目标
    完成情况见表1，问题清单详见附件。
    表1 目标对比表
    | 三级指标 | 年度指标值 | 实际完成值 |
    | 维修里程 | ≥12公里 | 9公里 |
    二、结论
    进度正常。
    附件：问题清单
    """
    numbers = {number for _, number in table_numbers(report)}
    tables = len(report.of(LineKind.TABLE))
    for index, line in enumerate(report.lines):
        if line.kind is not LineKind.BODY or re.match(r"附(?:件|表|录)", line.text):
            continue
        text = re.sub(r"《[^》]*》", "", line.text)
        for match in _TABLE.finditer(text):
            number = ordinal(match[1])
            if number is not None and number not in numbers and (numbers or not tables):
                yield _missing(line, match[0], f"没有表{number}")
        for match in _BELOW.finditer(text):
            wanted = LineKind.TABLE if match[1] == "表" else LineKind.PICTURE
            if not _below(report, index, wanted):
                yield _missing(line, match[0], f"下面没有{match[1]}")
        for match in _ANNEX.finditer(text):
            if not any(
                re.match(rf"{match[1]}\s*{match[2]}", other.text)
                for other in report.lines[index + 1 :]
                if other.kind is not LineKind.CONTENTS
            ):
                yield _missing(line, match[0], f"报告里没有{match[1]}{match[2]}")


def _below(report: ReportText, index: int, wanted: LineKind) -> bool:
    """到下一个同级或更高的标题以前，有没有；后面两段以内的也算。"""
    depth = len(report.lines[index].path)
    for line in report.lines[index + 1 :]:
        if line.kind is wanted:
            return True
        if line.kind is LineKind.HEADING and len(line.path) <= depth:
            return False
    return False


def _missing(line: Line, said: str, what: str) -> Problem:
    return Problem(
        "",
        f"写了“{said}”，{what}。",
        "补上，或者改成有的那一个；不用了的，删去这句话。",
        at=line.origin,
        values={"文字": said},
    )
