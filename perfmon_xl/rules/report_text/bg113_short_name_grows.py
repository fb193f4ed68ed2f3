"""BG113: a short name was agreed on, and another one is used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.report_text import ReportText
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_DEFINED = re.compile(
    r"([\u4e00-\u9fff]{2,40})[（(]以下(?:统一)?(?:简称|统称)[：:]?[“\"「]?([^”\"」）)]{1,20})[”\"」]?[）)]"
)
_SUFFIXES = ("公司", "事务所", "中心", "单位", "机构", "局")


@rule("BG113", title="约定了简称，又用别的简称", severity=Severity.INFO, basis="文内勾稽", covers=("A05",))
def short_name_grows(report: ReportText, facts: Facts) -> Iterator[Problem]:
    """写了“以下简称‘甲’”的，后面就只用“甲”，不写“甲公司”“甲中心”；一个简称也不给两个单位用。

    为什么：简称是为了不混；约定了又不照着写，读者要想是不是另一个单位。

    不对：简称“衡信”，后面写“衡信公司”
    报告正文
    受县财政局（以下简称“县财政”）委托，衡信管理咨询有限公司（以下简称“衡信”）对本项目进行监控。
    一、监控工作开展情况
    衡信公司成立了监控小组。

    对：照约定的写
    报告正文
    受县财政局（以下简称“县财政”）委托，衡信管理咨询有限公司（以下简称“衡信”）对本项目进行监控。
    一、监控工作开展情况
    衡信成立了监控小组。
    """
    defined: dict[str, str] = {}
    for line in report.body:
        for full, short in _DEFINED.findall(line.text):
            defined.setdefault(short, full)
    for short, full in defined.items():
        if len(short) < 2 or short.endswith(_SUFFIXES):
            continue
        for passage in facts.passages:
            found = next((short + s for s in _SUFFIXES if short + s in passage.text), "")
            if found and found not in full:
                yield Problem(
                    passage.field,
                    f"前面约定简称“{short}”，这里写“{found}”。",
                    f"改成“{short}”，或者一开始就约定“{found}”。",
                    at=passage.origin,
                    values={"约定": short, "这里": found},
                )
                break
