"""CL109: a rate without its percent sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_BARE = re.compile(
    r"([\u4e00-\u9fff]{1,8}(?:率|满意度))(?:为|达到|达|是)?(\d{2,3}(?:\.\d+)?)(?=[，。；、,;]|$)"
)
_NO_PERCENT = (
    "频率",
    "功率",
    "效率",
    "汇率",
    "心率",
    "斜率",
    "概率",
    "速率",
    "血压",
    "容积率",
    "曝光率",
    "分辨率",
)


@rule("CL109", title="率没有写百分号", severity=Severity.INFO, basis="通行做法", covers=("I06",))
def percent_sign_missing(facts: Facts) -> Iterator[Problem]:
    """“合格率98”应写成“合格率98%”。

    为什么：没有百分号，98是98%还是98件，读的人要猜。

    不对：没有百分号
    指标分析表
    | 事项 | 内容 |
    | 路面合格率 | 经检测，路面合格率达98.5。 |

    对：有百分号；得分、频率不算
    指标分析表
    | 事项 | 内容 |
    | 路面合格率 | 经检测，路面合格率达98.5%，满意度得分92分，检测频率为12次。 |
    """
    for passage in facts.passages:
        for match in _BARE.finditer(passage.text):
            if match[1].endswith(_NO_PERCENT) or float(match[2]) > 100:
                continue
            yield Problem(
                passage.field,
                f"“{match[0]}”没有百分号。",
                f"是百分数就写成“{match[2]}%”；是得分就写“分”。",
                at=passage.origin,
                values={"文字": match[0]},
            )
