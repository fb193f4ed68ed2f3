"""ZB220: the formula in the explanation of a rate divides the whole by the part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Adjusted
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.text_keys import bare_name
from perfmon_xl.rules import Problem, Severity, rule

_RATE = re.compile(r"(?:率|比例|比重|占比|满意度)$")
_FORMULA = re.compile(
    r"(?:^|[，,。；;：:＝=]|[是为])(?P<over>[^，,。；;：:＝=÷/\u0000-\u0020]{2,24}?)\s*(?:÷|/|除以|与(?=[^，。；]{2,20}之比|[^，。；]{2,20}的比))\s*(?P<under>[^，,。；;×*÷/＋+]{2,24})"
)
_SHARE = re.compile(
    r"(?P<over>[^，,。；;：:]{2,20}?)占(?P<under>[^，,。；;]{2,20}?)的(?:比例|比重|比率|百分比|份额)"
)
_WHOLE = re.compile(
    r"总|应|全部|全体|所有|计划|目标|抽检|抽查|检测|检验|有效问卷|回收问卷|发放问卷|问卷|申报|报名|受理|参加|服务对象"
)
_PART = re.compile(
    r"实际|已|按期|按时|及时|合格|达标|满意|完成|通过|成活|处理|办结|整改|就业|在线|完好|优良|准确|有效|回收|到位|覆盖|受益|签订|落实|修复|(?<!应)(?<!计划)支出"
)
_NOT = re.compile(r"(?:不|未|没有)(满意|合格|达标|完成|及时|覆盖|通过|成活|处理|就业|整改|到位)")
_BETTER = re.compile(r"下降|降低|减少|增长|提高|提升|节约|节省|倍|周转|负担|抚养")


@rule(
    "ZB220",
    title="比率的算法分子、分母颠倒",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("D11",),
)
def fraction_reversed(adjusted: Adjusted, *, explanation: str) -> Iterator[Problem]:
    """指标解释里比率的算法，应当是做到的除以总的：合格数÷抽检数，不是抽检数÷合格数。

    为什么：倒过来除，做得越差算出来越高，超过100%；照它算，实际完成值没有意义。前后相比的（下降率、增长率）不查。

    不对：总头数在上面
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 病死畜无害化处理率 | =100% | 原指标 | 病死畜总头数÷无害化处理头数×100%。 |

    不对：分子是不满意的
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 渔民满意度 | ≥90% | 原指标 | 不满意份数÷有效问卷份数×100%。 |

    对：做到的在上面；前后相比的
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 病死畜无害化处理率 | =100% | 原指标 | 无害化处理头数÷病死畜总头数×100%。 |
    | 亩均用水下降率 | ≥5% | 原指标 | （建设前亩均用水－建设后亩均用水）÷建设前亩均用水×100%。 |
    """
    name = bare_name(adjusted.name)
    if adjusted.is_deleted or not _RATE.search(name) or _BETTER.search(name):
        return
    match = _FORMULA.search(explanation) or _SHARE.search(explanation)
    if match is None:
        return
    over, under = match["over"].strip(), match["under"].strip()
    if re.search(r"[-－−—减＋+（(]", over + under):
        return
    wrong = _NOT.search(over)
    if wrong is not None and not _NOT.search(name) and wrong[1] in name and wrong[1] in over:
        yield Problem(
            "explanation",
            f"“{adjusted.name.strip()}”的算法写的是“{over}÷{under}”，分子是反的（{wrong[0]}的）。",
            f"分子改成{wrong[1]}的；确实考核反面的，把名称改过来。",
            values={"指标": adjusted.name.strip(), "算法": f"{over}÷{under}"},
        )
        return
    act = pieces(_RATE.sub("", name))
    above, below = act & pieces(over), act & pieces(under)
    told = _WHOLE.search(over) and _PART.search(under) and not _WHOLE.search(under)
    named = _WHOLE.search(over) and len(below - above) > 0 and not above - below and not _WHOLE.search(under)
    if not ((told and not _done(over, act)) or named):
        return
    yield Problem(
        "explanation",
        f"“{adjusted.name.strip()}”的算法写的是“{over}÷{under}”，分子、分母颠倒了。",
        "改成做到的（完成、合格、满意的）除以总数；名称另有意思的，把名称和算法写清。",
        values={"指标": adjusted.name.strip(), "算法": f"{over}÷{under}"},
    )


def _done(over: str, act: frozenset[str]) -> bool:
    """上面的也是做到的数：“按期完成任务数÷已下达任务数”。"""
    return bool(_PART.search(over)) and bool(act & pieces(over))
