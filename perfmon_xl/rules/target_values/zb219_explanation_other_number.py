"""ZB219: the explanation of an indicator names another target than its target cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.model import Adjusted
from perfmon_xl.domain.target import TargetValue, read_target
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.units import canonical

_PROMISED = re.compile(
    r"(?:目标值?|应|要|需)?(?:达到|达|为|不低于|不少于|不超过|不高于|控制在|≥|≤|>=|<=)\s*(\d+(?:\.\d+)?\s*(?:%|％|万?[\u4e00-\u9fff㎡]{1,3}?))(?=[，,。；;、）)（(\s]|以上|以下|以内|的|$)"
)
_SCORING = re.compile(
    r"阶段|上半年|季度末|折算|序时|监控节点|得|扣|分值|权重|满分|否则|每(低|少|高|下降)|上年|去年|原"
)


@rule(
    "ZB219",
    title="指标解释里的目标和目标值不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("D11", "D13"),
)
def explanation_other_number(
    adjusted: Adjusted, *, target: TargetValue, explanation: str
) -> Iterator[Problem]:
    """指标解释里写了“不少于500人”“达到95%”的，应当与目标值的数一样。

    评分办法里的数（得分、扣分、每低一个百分点）、与上年比的数不查。

    为什么：解释是考核的依据，两处不一样，不知道按哪个考核。

    不对：解释95%，目标90%
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 种子抽检合格率 | ≥90% | 原指标 | 抽检合格批次占抽检批次的比例，不低于95%。 |

    对：一样；单位不同；评分办法
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 种子抽检合格率 | ≥95% | 原指标 | 抽检合格批次占比，不低于95%。 |
    | 教师培训人数 | ≥300人 | 原指标 | 每人培训时间不少于5天。 |
    | 病床使用率 | ≥85% | 原指标 | 达到60%以上得一半分，否则不得分。 |
    | 渠道衬砌长度 | ≥2万米 | 原指标 | 全年衬砌长度达到20000米。 |
    """
    value = target.base()
    if adjusted.is_deleted or value is None or not value[1] or _SCORING.search(explanation):
        return
    said: list[tuple[str, Decimal]] = []
    for match in _PROMISED.finditer(explanation):
        pair = read_target(match[1]).base()
        if pair is not None and canonical(pair[1]) == canonical(value[1]):
            said.append((match[1].strip(), pair[0]))
    numbers = {number for _, number in said}
    if len(numbers) != 1 or numbers & {value[0], target.base_upper()}:
        return
    yield Problem(
        "explanation",
        f"“{adjusted.name}”的指标解释里是 {said[0][0]}，目标值是 {target.raw.strip()}。",
        "定下按哪个考核，两处改成一样。",
        values={"指标解释": said[0][0], "目标值": target.raw.strip()},
    )
