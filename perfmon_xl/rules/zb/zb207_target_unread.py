"""ZB207: a target that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.finding import Severity
from perfmon_xl.domain.target import BARE_SIGNS, Kind, normalise
from perfmon_xl.rules.facts import Indicator
from perfmon_xl.rules.registry import Problem, rule
from perfmon_xl.rules.zb.targets import Target, first_with, standing

SENTENCE = 16  # 比这长的是一句话，由另一条规则说


@rule("ZB207", title="目标值读不懂", severity=Severity.WARNING, basis="通行做法", covers=("D05", "D09"))
def target_unread(indicator: Indicator) -> Iterator[Problem]:
    """目标值写成“比较符+数值+单位”，一个格子只写一个值。

    为什么：读不懂的目标算不了完成率和偏差，这个指标就等于没有检查。

    不对：只有比较符；一格写了两个值；两头都写了比较符
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 渠道衬砌长度 | ≥ |
    | 设备验收合格率 | ≥95%；≥98% |
    | 教师培训人数 | ≥300人以上 |

    对：一个值；区间、日期、定性的都可以
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 渠道衬砌长度 | ≥20公里 |
    | 土壤含水率 | 60%-80% |
    | 工程完工时间 | 2024年11月底前 |
    | 管护机制 | 健全 |
    """
    found = first_with(standing(indicator), _unread)
    if found is None:
        return
    target, tables = found
    plain = normalise(target.raw)
    if plain in BARE_SIGNS:
        reason, hint = "只有符号，没有数", "把数值和单位补上，如 ≥95%。"
    elif any(mark in plain for mark in "；;、"):
        reason, hint = "一格里好像有几个值", "一个指标一行一个目标值；要考核几件事的，拆成几个指标。"
    elif plain[:1] in "≥≤><=" and plain[-2:] in ("以上", "以下", "以内"):
        reason, hint = "比较符写了两次", f"“{plain[:1]}”和“{plain[-2:]}”只留一个，如 {plain[:-2]}。"
    else:
        reason, hint = (
            "不是“比较符+数值+单位”",
            "写成 ≥95%、≤5万元、2024年11月底 这样；说明文字移到指标解释。",
        )
    yield Problem(
        target.field,
        f"{tables}“{target.name}”的目标值“{target.raw}”读不懂：{reason}，完成率算不出来。",
        hint,
        of=target.record,
        values={"目标值": target.raw},
    )


def _unread(target: Target) -> bool:
    return target.value.kind is Kind.UNREAD and len(normalise(target.raw)) <= SENTENCE
