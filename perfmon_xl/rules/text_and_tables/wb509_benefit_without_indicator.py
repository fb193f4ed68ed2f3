"""WB509: the paragraph on benefits speaks of none of the benefit indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.category import Level1, category, level1
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_WORD = 3
_COUNTED = re.compile(r"(?<!\d)\d{1,6}\s{0,4}个.{0,6}(?:指标|达到|未达到|资料不足)|效益指标|满意度")


@rule("WB509", title="效益性分析没有说到效益指标", severity=Severity.INFO, basis="文表勾稽", covers=("H10",))
def benefit_without_indicator(facts: Facts) -> Iterator[Problem]:
    """效益性分析应当说效益指标完成得怎么样。

    只看字面：效益指标的名称里连着三个字，分析里一处也没有，才报。

    为什么：空泛的“效益良好”，与表4里量过的效益对不上号。

    不对：说的是别的
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 实际完成的绩效目标值 |
    | 效益指标 | 社会效益指标 | 受益农户增收幅度 | 6% |
    综合分析表
    | 事项 | 内容 |
    | 效益性分析 | 项目提高了干部的积极性，效益良好。 |

    对：说到了指标
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 实际完成的绩效目标值 |
    | 效益指标 | 社会效益指标 | 受益农户增收幅度 | 6% |
    综合分析表
    | 事项 | 内容 |
    | 效益性分析 | 受益农户平均增收6%，效益良好。 |
    """
    names = [c.name for c in facts.monitoring.compared if c.name.strip() and _is_benefit(c)]
    pieces = {key[i : i + _WORD] for key in map(indicator_key, names) for i in range(len(key) - _WORD + 1)}
    for paragraph in facts.monitoring.overall:
        if "效益" not in paragraph.subject or not paragraph.text.strip() or not pieces:
            continue
        text = indicator_key(paragraph.text)
        if not any(piece in text for piece in pieces) and not _COUNTED.search(text):
            yield Problem(
                "text",
                f"“{paragraph.subject}”里没有说到任何一个效益指标（如“{names[0]}”）。",
                "照表4写效益指标完成得怎么样，再下结论。",
                of=paragraph,
                values={"效益指标": "、".join(names)},
            )


def _is_benefit(record: Compared) -> bool:
    known = category(record.level2)
    return (known.level1 if known is not None else level1(record.level1)) is Level1.BENEFIT
