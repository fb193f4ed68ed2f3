"""WB112: the day of completion in the text, other than the table has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Compared, Paragraph
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.target import Kind
from perfmon_xl.domain.wording import ANALYSES
from perfmon_xl.ledger.when import When
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import said_in
from perfmon_xl.rules.facts import Facts

_DONE = re.compile(r"完成|完工|竣工|发放|验收|到货|到位|印发|开工|投用|启用|交付|办结|通过|上线|发布|结束")
_NOT_DONE = re.compile(
    r"(?:早于|晚于|先于|迟于|要求|期限|计划|应|目标|规定|不迟于|原定|比|较|截[至止]|拟|预计|将)"
    r"(?:完成|开工)?[的于在是为：:]{0,2}(?:时间|日期|期限)?[于在是为：:]?$"
)
_ON = re.compile(r"[在于是为：:]$")  # “首次放流在5月9日”
_MONTH = 31  # 天
_LIMIT = re.compile(r"(?:之|以)?前|的(?:要求|期限|目标|规定)")


@rule(
    "WB112", title="文字里的完成日期与表4不一样", severity=Severity.ERROR, basis="文表勾稽", covers=("E07",)
)
def day_told_differently(
    indicator: Indicator, facts: Facts, *, compared: Compared, written: Paragraph
) -> Iterator[Problem]:
    """时效指标的实际完成日期，应当与这个指标分析段里写的日期相同。

    为什么：早几天晚几天，按期和逾期就不同。段里写了几个完成日期的，有一个相同就算对；要求的期限不比。

    不对：表里4月22日，文字里5月6日
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 时效指标 | 招标完成时间 | 2024年4月底前 | 2024年4月22日 |
    指标分析表
    | 事项 | 内容 |
    | 招标完成时间 | 5月6日完成招标。 |

    不对：日期写在后面
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 时效指标 | 首次放流时间 | 2024年5月20日前 | 2024年5月9日 |
    指标分析表
    | 事项 | 内容 |
    | 首次放流时间 | 首次放流在5月8日，原计划5月12日，期限为5月20日，没有延误。 |

    对：相同；只写到月份；要求的期限是另一个日期
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 时效指标 | 招标完成时间 | 2024年4月底前 | 2024年4月22日 |
    | 时效指标 | 开工时间 | 2024年6月底前 | 2024年6月3日 |
    指标分析表
    | 事项 | 内容 |
    | 招标完成时间 | 4月22日完成招标，早于4月30日的要求。 |
    | 开工时间 | 6月上旬开工。 |
    """
    day = compared.actual.day
    if compared.actual.kind is not Kind.DATE or day is None:
        return
    whens = []
    own = pieces(re.sub("时间|日期|时限|完成", " ", indicator.name))
    for statement in said_in(facts, written):
        for when in statement.sentence.whens:
            clause = re.split(r"[，,；;]", statement.sentence.text[max(0, when.start - 200) : when.start])[-1]
            after = re.split(r"[，,；;。]", statement.sentence.text[when.end : when.end + 200])[0]
            said_done = bool(_DONE.search(after) or pieces(after) & own)
            said_done = said_done or bool(_ON.search(clause) and pieces(clause) & own)
            if (when.last - when.first).days > _MONTH:
                continue  # “上半年计划班次于6月18日开班”
            if _NOT_DONE.search(clause[-10:]) or _LIMIT.match(after) or not said_done:
                continue
            whens.append(when)
    if not whens or any(_holds(when, day) for when in whens):
        return
    shown = "、".join(dict.fromkeys(when.text for when in whens))
    yield Problem(
        "actual",
        f"表4实际完成值填的是“{compared.actual.raw.strip()}”，" + ANALYSES + f"里写的是“{shown}”完成。",
        f"查验收、公示等材料，核对“{indicator.name}”的完成日期，两处改成一样。",
        of=compared,
        values={"表4": compared.actual.raw.strip(), "文字": shown},
    )


def _holds(when: When, day: date) -> bool:
    """没有写年份的，只比月日。"""
    first, last = when.first, when.last
    if not when.stated:
        day = day.replace(year=first.year, day=min(day.day, 28 if day.month == 2 else day.day))
    return first <= day <= last
