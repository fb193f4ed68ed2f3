"""BG112: who signs, and when, is not what the cover says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.report_text import Line, LineKind, ReportText
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.rules import Problem, Severity, rule

_ORGANISATION = re.compile(
    r"^[\u4e00-\u9fff（）()]{4,40}(?:公司|事务所|中心|局|厅|委员会|研究院|学院|大学|处|办公室|所)$"
)
_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "Ｏ": "0",
    "O": "0",
}
_DATE = re.compile(
    r"^([0-9〇○零一二三四五六七八九ＯO]{4})年([0-9一二三四五六七八九十]{1,3})月([0-9一二三四五六七八九十]{1,3})日$"
)


@rule("BG112", title="落款与封面不一致", severity=Severity.WARNING, basis="文内勾稽", covers=("A05", "A03"))
def signature_differs(report: ReportText) -> Iterator[Problem]:
    """封面和落款的单位、日期应当一样；中文数字和阿拉伯数字写的同一天算一样。

    为什么：落款是责任所在；两处不一样，报告是谁、哪一天出的说不清。

    不对：日期、单位都不一样
    报告正文
    2024年乡村道路维修项目绩效运行监控报告
    衡信会计师事务所
    2024年8月15日
    一、项目概况
    维修道路12公里。
    衡信管理咨询有限公司
    二〇二四年八月二十日

    对：同一个单位、同一天
    报告正文
    2024年乡村道路维修项目绩效运行监控报告
    衡信会计师事务所
    2024年8月15日
    一、项目概况
    维修道路12公里。
    衡信会计师事务所
    二〇二四年八月十五日
    """
    body = report.of(LineKind.BODY)
    cover, end = report.cover, [line for line in body[-4:] if line not in report.cover]
    for what, read in (("单位", _organisation), ("日期", _day)):
        first = next(((line, said) for line in cover if (said := read(line))), None)
        last = next(((line, said) for line in reversed(end) if (said := read(line))), None)
        if first and last and first[1] != last[1]:
            yield Problem(
                "",
                f"封面的{what}是“{first[0].text}”，落款是“{last[0].text}”。",
                "查哪一处对，改成一样。",
                at=last[0].origin,
                values={"封面": first[0].text, "落款": last[0].text},
            )


def _organisation(line: Line) -> str:
    plain = without_spaces(line.text)
    return plain if _ORGANISATION.match(plain) else ""


def _day(line: Line) -> str:
    match = _DATE.match(without_spaces(line.text))
    return "-".join(_number(part) for part in match.groups()) if match else ""


def _number(text: str) -> str:
    if "十" in text:
        tens, _, ones = text.partition("十")
        return str(int(_number(tens or "一")) * 10 + int(_number(ones or "〇")))
    return str(int("".join(_DIGITS.get(c, c) for c in text)))
