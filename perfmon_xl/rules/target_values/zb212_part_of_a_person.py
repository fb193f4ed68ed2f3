"""ZB212: half a person, a negative number of pieces."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.rows import first_with

WHOLE = {
    "人",
    "人次",
    "名",
    "户",
    "户次",
    "件",
    "个",
    "家",
    "座",
    "台",
    "套",
    "辆",
    "场",
    "场次",
    "次",
    "期",
    "份",
    "项",
    "篇",
    "部",
    "所",
    "处",
    "口",
    "头",
    "只",
    "批",
    "批次",
    "班",
    "张",
    "床",
}


@rule(
    "ZB212",
    title="只能是整数的目标写成小数或负数",
    severity=Severity.ERROR,
    basis="表内勾稽",
    covers=("D06",),
)
def part_of_a_person(indicator: Indicator) -> Iterator[Problem]:
    """人、件、座、场这些单位，目标值应当是不小于零的整数。

    为什么：没有半个人、负几件；多半是把百分数、万元填到了这里，或者小数点错了。

    不对：12.5 人
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 教师培训人数 | ≥12.5人 |

    不对：负数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 新建泵站 | -2座 |

    对：整数；万人次、每人几次可以有小数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 教师培训人数 | ≥120.0人 |
    | 服务患者 | ≥1.25万人次 |
    | 渠道衬砌长度 | ≥12.5公里 |
    | 事故起数 | 0次 |
    | 户均补助 | ≥2.5次/户 |
    | 每千人口托位数 | ≥4.5个 |
    """
    found = first_with(indicator.current_rows, lambda t: bool(_impossible(t)))
    if found is None:
        return
    target, tables = found
    yield Problem(
        target.target_field,
        f"{tables}“{target.title}”的目标值 {target.target_text}，按“{target.annual_target.unit}”数{_impossible(target)}。",
        "核对小数点和单位：平均数的单位写成“…/人”，比率的单位写“%”。",
        of=target,
        values={"目标值": target.target_text, "单位": target.annual_target.unit},
    )


def _impossible(target: IndicatorRow) -> str:
    """是负数、不是整数；没有毛病的是空。"""
    value = target.annual_target.base()
    if (
        value is None
        or value[1] not in WHOLE
        or any(w in target.title for w in ("平均", "均", "每", "比例", "率", "密度", "倍", "减少", "下降"))
    ):
        return ""
    if value[0] < 0:
        return "是负数"
    return "" if value[0] == value[0].to_integral_value() else "不是整数"
