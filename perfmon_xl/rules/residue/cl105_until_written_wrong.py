"""CL105: 截止 where 截至 is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_WRONG = re.compile(r"截止(?:到|至|于)?\s*(?=\d{4}年|\d{1,2}月|目前|年底|本月|监控)")


@rule("CL105", title="“截止”应为“截至”", severity=Severity.INFO, basis="通行做法", covers=("I02",))
def until_written_wrong(facts: Facts) -> Iterator[Problem]:
    """时间之前写“截至”；“截止”放在时间之后，如“7月31日截止”。

    为什么：“截止”是停止，“截至”是到这时为止还在继续；监控说的是后者，两样混写不规范。

    不对：截止2024年7月31日
    进展表
    | 事项 | 进展情况 |
    | 路面整修 | 截止2024年7月31日，整修路面12公里。 |

    对：截至
    进展表
    | 事项 | 进展情况 |
    | 路面整修 | 截至2024年7月31日，整修路面12公里；报名已于6月30日截止。 |
    """
    for passage in facts.passages:
        matches = list(_WRONG.finditer(passage.text))
        if matches:
            at = matches[0].start()
            yield Problem(
                passage.field,
                f"写了“{passage.text[at : at + 14].strip()}”，时间之前用“截至”"
                + (f"（共 {len(matches)} 处）。" if len(matches) > 1 else "。"),
                f"把“{matches[0][0].strip()}”改成“截至”。",
                at=passage.origin,
                values={"文字": matches[0][0].strip(), "应为": "截至"},
            )
