"""WB512: the only percentage in an indicator's paragraph is the share of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.prose import mentions
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts

_MEASURE = re.compile(r"([\u4e00-\u9fff]{2})率$|(覆盖)$")
_SHARE = re.compile(r"的比例|占比|比重|占[^，。]{1,20}的$")


@rule(
    "WB512", title="用另一个比例说明指标", severity=Severity.WARNING, basis="文表勾稽", covers=("E08", "E07")
)
def another_rate(indicator: Indicator, facts: Facts) -> Iterator[Problem]:
    """考核覆盖率、合格率的，分析里的百分数要是这个率，不是别的比例。

    机器只看得出那个百分数前面说的是别的事，所以报“无法判断”。

    为什么：“持证教师的比例100%”说明不了“覆盖率100%”；指标的分子分母没有交代。

    不对：考核覆盖，写的是人员的比例
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 村级公益岗位全覆盖 | 100% | 100% |
    指标分析表
    | 事项 | 内容 |
    | 村级公益岗位全覆盖 | 各村设立了公益岗位，其中本村村民担任的比例达到100%。 |

    对：写的是覆盖
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 村级公益岗位全覆盖 | 100% | 100% |
    指标分析表
    | 事项 | 内容 |
    | 村级公益岗位全覆盖 | 86个村都设了公益岗位，覆盖率100%，其中本村村民担任的比例为92%。 |
    """
    paragraph = indicator.paragraph
    if indicator.compared is None or paragraph is None or paragraph.is_draft:
        return
    measure = _MEASURE.search(indicator_key(indicator.name))
    if measure is None:
        return
    word = measure[1] or measure[2]
    rates = [m for m in mentions(paragraph.text) if m.unit == "%"]
    if not rates or any(word in m.clause or not _SHARE.search(m.clause) for m in rates):
        return
    if re.search(r"\d+\s*(?:个|村|所|家|户|人|处|件)[^，。；]{0,12}" + word, paragraph.text):
        return
    yield unsure(
        "text",
        f"“{indicator.name}”要看{word}，分析里的百分数是“{rates[0].said}”，是另一个比例。",
        f"写明应{word}多少、已{word}多少，再给出{word}率；另一个比例只作补充。",
        of=paragraph,
        values={"指标": indicator.name, "文字": rates[0].said},
    )
