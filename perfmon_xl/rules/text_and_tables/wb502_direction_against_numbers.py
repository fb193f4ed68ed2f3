"""WB502: “from 90% down to 95%”: the word and the numbers go opposite ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.target import SCALES
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_N = r"(\d+(?:\.\d+)?)\s*(万|亿)?([^\d，。；、\s]{0,4}?)"
_MOVED = re.compile(
    rf"[由从](?:(?:19|20)\d{{2}}年[度末底]?)?\D{{0,12}}?{_N}\s*(上升|提高|提升|增长|增加|增至|升至|升|下降|降低|减少|缩短|压减|降至|降|减至)\s*(?:到|至|为)?\s*(\d+(?:\.\d+)?)\s*(万|亿)?"
)
_DOWN = ("下降", "降低", "减少", "缩短", "压减", "降至", "降", "减至")


@rule(
    "WB502",
    title="升降的说法与前后两个数相反",
    severity=Severity.ERROR,
    basis="文内勾稽",
    covers=("H12",),
)
def direction_against_numbers(facts: Facts) -> Iterator[Problem]:
    """“由90%提高到85%”“从12天缩短至15天”说反了。

    为什么：数和词有一个错，读者得出的结论正好相反。

    不对：提高到更小的数
    进展表
    | 事项 | 进展情况 |
    | 家庭医生签约 | 签约率由68%提高到62%。 |

    对：提高、缩短都说得通
    进展表
    | 事项 | 进展情况 |
    | 家庭医生签约 | 签约率由62%提高到68%，平均候诊时间从25分钟缩短至12分钟，参保人数由9800人增加到1.2万人。 |
    """
    for passage in facts.passages:
        for found in _MOVED.finditer(passage.text):
            # “从5个增加10个”没有写“到”的，后一个数是增量，不比。
            tail = found[0][found.end(4) - found.start() : found.start(5) - found.start()]
            if not re.search("到|至|为", found[4] + tail):
                continue
            before = Decimal(found[1]) * SCALES.get(found[2] or "", Decimal(1))
            after = Decimal(found[5]) * SCALES.get(found[6] or "", Decimal(1))
            down = found[4] in _DOWN
            if not (after > before if down else after < before):
                continue
            yield Problem(
                passage.field,
                f"“{found[0].strip()}”：{found[5]}{found[6] or ''} 比 {found[1]}{found[2] or ''} "
                f"{'大' if down else '小'}，不是“{found[4]}”。",
                "核对前后两个数，改掉写反的数或词。",
                at=passage.origin,
                values={"前": found[1] + (found[2] or ""), "后": found[5] + (found[6] or "")},
            )
