"""ZB111: a sentence where a value should be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.target import Kind
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import each_wording
from perfmon_xl.rules.shared.sentences import is_sentence


@rule("ZB111", title="目标值是一句话", severity=Severity.WARNING, basis="通行做法", covers=("D09",))
def sentence_as_target(facts: Facts) -> Iterator[Problem]:
    """目标值写一个数、一个日期或一个词，不写一句话；要说明的放到指标解释里。

    为什么：一句话里有几件事，达成一半算不算达成说不清，程序也比不了。

    不对：一句话
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 教学楼改造质量 | 严格按照设计图纸施工，确保工程质量达到国家验收标准 |

    不对：一句话里有几个数
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 教师培训 | 全年举办培训班6期，培训中小学教师300人次以上 |

    对：数、日期、词
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 教师培训人次 | ≥300人次 |
    | 产出指标 | 时效指标 | 完工时间 | 2024年8月31日前 |
    | 产出指标 | 质量指标 | 教学楼改造质量 | 达到国家验收标准 |
    """
    for line, also in each_wording(facts):
        target = line.annual_target
        if target.kind not in (Kind.WORDS, Kind.UNREAD) or not is_sentence(target.raw):
            continue
        numbers = re.findall(r"\d+(?:\.\d+)?[^\d，,。；;、]{0,3}", target.raw)
        if len(numbers) > 1:
            hint = f"里面有 {len(numbers)} 个数，拆成 {len(numbers)} 个指标，一个一行。"
        elif numbers:
            hint = "目标值只留比较符、数和单位，其余放到指标解释里。"
        else:
            hint = "目标值写一个能判断的词或数（如“通过验收”“=100%”），其余放到指标解释里。"
        yield Problem(
            line.target_field,
            f"{line.table}“{line.name}”的目标值是一句话（{len(name_key(target.raw))} 字）{also}：“{_short(target.raw)}”。",
            hint,
            of=line,
            values={"目标值": target.raw},
        )


def _short(text: str) -> str:
    flat = name_key(text)
    return flat if len(flat) <= 24 else f"{flat[:22]}……"
