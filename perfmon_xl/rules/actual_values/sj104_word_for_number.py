"""SJ104: a word where the target is a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Kind, TargetValue, base_unit, read_target
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display

_NOT_YET = re.compile(
    r"(?:尚未|暂未|还没有?|未到|待)(?:测|统计|验收|到期|评定|审计|公布|产出|调查|收获|核算|结算)"
)
_REMARK = re.compile(r"[（(][^（()）]*[)）]\s*$")


@rule(
    "SJ104",
    title="定量指标的实际值不是数",
    severity=Severity.ERROR,
    basis="预算管理一体化平台的校验规则",
    covers=("E04",),
)
def word_for_number(record: Compared, *, annual: TargetValue, actual: TargetValue) -> Iterator[Problem]:
    """目标是数的指标，实际完成值也要是数。

    为什么：平台规定定量指标的指标值为数值；写“完成”“达标”，算不出完成率，也亮不了灯。

    不对：填了“完成”
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 新建灌溉渠道长度 | ≥12公里 | 基本完成 |

    不对：填了日期
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 新建灌溉渠道长度 | ≥12公里 | 2024年6月 |

    对：填数；数后面括号里有说明
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 新建灌溉渠道长度 | ≥12公里 | 9.6公里 |
    | 夜间巡查次数 | ≥12次 | 6次（含夜间） |
    """
    if annual.kind in (Kind.NUMBER, Kind.RANGE) and actual.kind in (
        Kind.WORDS,
        Kind.UNREAD,
        Kind.DATE,
    ):
        if _NOT_YET.match(actual.raw.strip()):
            return  # “尚未测产”: there is no figure yet, and the cell says so
        bare = read_target(_REMARK.sub("", actual.raw))
        if bare.kind is Kind.NUMBER and base_unit(bare.unit) in ("", base_unit(annual.unit)):
            return  # “6次（含夜间）”: a number and a remark
        unread = actual.kind is Kind.UNREAD
        yield Problem(
            "actual",
            f"“{record.name}”的目标是“{display(annual)}”，实际完成值“{display(actual)}”"
            f"{'读不出一个数' if unread else '是日期' if actual.kind is Kind.DATE else '不是数'}。",
            f"填一个数和单位{f'（{annual.unit}）' if annual.unit else ''}；几个数、说明文字写到原因说明里。",
            values={"全年目标": display(annual), "实际完成值": display(actual)},
        )
