"""XM111: the report advises what should be done by a day already past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.years import budget_year

_BY = re.compile(
    r"(?:(20\d{2})\s{0,4}年\s{0,4})?(?<![\d-])(\d{1,2})\s{0,4}月(?:\s{0,4}(\d{1,2})\s{0,4}日|份|底|末|中旬|上旬|下旬)?(?:以|之)?前"
)
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12}
_QUARTER = re.compile(
    r"(?<!上年)(?<!明年)(?<!次年)第?([一二三四])季度(?=继续|要|应|需|内|加快|抓紧|末?前|力争)"
)


@rule(
    "XM111",
    title="建议的时间已经过去或就要过去",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("A03",),
)
def advice_for_the_past(facts: Facts) -> Iterator[Problem]:
    """措施和建议里的期限，应当在报告日期之后；说“四季度”的，报告送到时四季度应当还来得及。

    为什么：监控的建议要能照着做；期限过了，建议就成了空话。

    不对：10月20日的报告，要求9月底前完成
    预算年度：2024
    报告日期：2024-10-20
    问题措施表
    | 问题 | 措施 | 措施说明 |
    | 设备未到货 | 催促供货 | 9月底前完成安装。 |

    不对：12月10日的报告，建议四季度怎么做
    预算年度：2024
    报告日期：2024-12-10
    结论表
    | 事项 | 内容 |
    | 下一步建议 | 建议四季度继续抓紧实施。 |

    不对：截止日是8月底，措施写7月补做
    预算年度：2024
    监控截止日期：2024-08-31
    报告日期：2024-09-20
    问题措施表
    | 问题 | 措施 | 措施说明 |
    | 监测慢 | 补做 | 县水产站7月补做监测2次。 |

    对：来得及
    预算年度：2024
    报告日期：2024-10-20
    问题措施表
    | 问题 | 措施 | 措施说明 |
    | 设备未到货 | 催促供货 | 11月底前完成安装，2025年3月底前完成验收；四季度继续按月通报。 |
    """
    project = facts.monitoring.project
    year = budget_year(project.year)
    for passage in facts.about(Topic.MEASURE):
        yield from _months_gone(facts, passage)
    if project.report_date is None or year is None:
        return
    today = project.report_date
    for passage in facts.passages:
        advice = passage.topic is Topic.CONCLUSION and "建议" in passage.subject
        if passage.topic is not Topic.MEASURE and not advice:
            continue
        for match in _BY.finditer(passage.text):
            day = _deadline(int(match[1] or year), int(match[2]), int(match[3] or 0))
            if (
                day is not None
                and day < today
                and not re.search("已|次年|明年|下一?年", passage.text[: match.start()][-8:])
            ):
                yield Problem(
                    passage.field,
                    f"期限“{match[0].strip()}”已经过了，"
                    + (
                        f"监控截止日期是 {project.cutoff}，"
                        if project.cutoff and day <= project.cutoff + timedelta(days=1)
                        else ""
                    )
                    + f"报告日期是 {today}。",
                    "改成还来得及的时间；已经做完的，写成已经完成。",
                    at=passage.origin,
                    values={"期限": match[0].strip(), "报告日期": str(today)},
                )
        for match in _QUARTER.finditer(passage.text):
            last = _QUARTERS[match[1]]
            if today.year > year or today.month >= last:
                yield Problem(
                    passage.field,
                    f"建议写“{match[0]}”怎么做，报告日期是 {today}，{match[1]}季度就要过完或已经过完。",
                    "写明到哪一天之前做什么；来不及的，放到下一年。",
                    at=passage.origin,
                    values={"文字": match[0], "报告日期": str(today)},
                )


_IN_MONTH = re.compile(
    r"(?:^|[，,；;。、站局中心院校司会])(?P<when>(?:(?P<year>20\d{2})年)?(?P<month>\d{1,2})月(?:份)?)(?P<what>(?:再|起|内)?(?:补|完成|开展|举办|组织|安装|召开|启动|办理|拨付|验收|恢复|催交|协调)[^，,。；;]{0,16})"
)


def _months_gone(facts: Facts, passage: Passage) -> Iterator[Problem]:
    """“7月补做”，而监控截止日期已经是8月底：措施说的月份过去了。"""
    cutoff, year = facts.monitoring.project.cutoff, budget_year(facts.monitoring.project.year)
    if cutoff is None or year is None or passage.topic is not Topic.MEASURE:
        return
    for match in _IN_MONTH.finditer(passage.text):
        own = int(match["year"] or year)
        if not 1 <= int(match["month"]) <= 12 or (own, int(match["month"])) >= (cutoff.year, cutoff.month):
            continue
        if re.search("已|次年|明年|下一?年|每年", passage.text[: match.start("when")][-8:] + match["what"]):
            continue
        yield Problem(
            passage.field,
            f"措施写“{match['when']}{match['what']}”，监控截止日期是 {cutoff}，这个月已经过了。",
            "改成还来得及的时间；已经做完的，写成已经完成。",
            at=passage.origin,
            values={"期限": match["when"], "监控截止日期": str(cutoff)},
        )


def _deadline(year: int, month: int, day: int) -> date | None:
    """没有写日的，算到月底。"""
    if not 1 <= month <= 12:
        return None
    try:
        if day:
            return date(year, month, day)
        return date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        return None
