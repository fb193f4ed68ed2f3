"""SJ116: a satisfaction rate whose text names no sample."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.category import Level1, category
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Compared
from perfmon_xl.rules import Problem, Severity, rule

_SAMPLE = re.compile(
    r"(?<![\d,，])\d[\d,，]{0,14}\s{0,4}(?:余|多)?\s{0,4}(?:份|人|户|名|位|条|家|张|次)|样本"
)


@rule("SJ116", title="满意度没有写样本", severity=Severity.INFO, basis="通行做法", covers=("E08",))
def satisfaction_without_sample(indicator: Indicator, *, compared: Compared) -> Iterator[Problem]:
    """满意度要写怎么调查的、调查了多少人（收回多少份问卷）。

    为什么：“满意度98%”是问了20个人还是2000个人，可信的程度不一样。

    不对：只写了结果
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 服务对象满意度指标 | 学生家长满意度 | ≥90% | 95% |
    指标分析表
    | 事项 | 内容 |
    | 学生家长满意度 | 通过问卷调查，家长满意度达95%。 |

    对：还没有调查
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 服务对象满意度指标 | 学生家长满意度 | ≥90% | |
    指标分析表
    | 事项 | 内容 |
    | 学生家长满意度 | 截至监控日尚无调查结果，12月统一调查。 |

    对：写了样本
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 服务对象满意度指标 | 学生家长满意度 | ≥90% | 95% |
    指标分析表
    | 事项 | 内容 |
    | 学生家长满意度 | 发放问卷400份，收回386份，满意度达95%。 |
    """
    known = category(compared.level2)
    if known is None or known.level1 is not Level1.SATISFACTION or indicator.paragraph is None:
        return
    if compared.actual.is_blank:
        return  # 还没有调查，谈不上样本
    text = indicator.paragraph.text
    explained = indicator.adjusted.explanation if indicator.adjusted is not None else ""
    if text.strip() and not _SAMPLE.search(text + explained):
        yield Problem(
            "text",
            f"“{compared.name}”的分析里没有写调查了多少人、收回多少份。",
            "补上调查的时间、方法和样本数，如“发放问卷400份，收回386份”。",
            of=indicator.paragraph,
            values={"实际完成值": compared.actual.raw},
        )
