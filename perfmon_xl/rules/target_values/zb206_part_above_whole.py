"""ZB206: the target of a part is larger than the target of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.target import Comparator
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import named_rows

_PART = re.compile(r"^其中[:：]?")
_WHOLE = re.compile(r"总(数|量|人数|人次|面积|里程|长度|额)?$")
_SHORTEST = 4
_APART = re.compile(r"[未不非无零]|以外|除")


@rule(
    "ZB206", title="其中一部分的目标比总数还大", severity=Severity.WARNING, basis="表内勾稽", covers=("D11",)
)
def part_above_whole(facts: Facts) -> Iterator[Problem]:
    """“其中：…”和名称里多了限定词的指标，是另一个指标的一部分，目标值不应比它大。

    为什么：部分大于总数，两个目标至少有一个填错了。只比单位相同的两个数量指标。

    不对：其中的女教师比教师还多
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 数量指标 | 教师培训人数 | ≥500人 | 原指标 |
    | 数量指标 | 其中：女教师培训人数 | ≥1000人 | 原指标 |

    不对：限定词在前面
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 数量指标 | 种植面积 | ≥800亩 | 原指标 |
    | 数量指标 | 水稻种植面积 | ≥1200亩 | 原指标 |

    对：部分不大于总数；单位不同的不比；比率不比
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 数量指标 | 教师培训人数 | ≥500人 | 原指标 |
    | 数量指标 | 乡村教师培训人数 | ≥300人 | 原指标 |
    | 数量指标 | 线上教师培训人数 | ≥900人次 | 原指标 |
    | 质量指标 | 培训合格率 | ≥90% | 原指标 |
    | 质量指标 | 骨干培训合格率 | ≥95% | 原指标 |
    """
    counted = [t for t in named_rows(facts.monitoring.current_rows) if _counts(t)]
    wholes: dict[str, list[IndicatorRow]] = {}
    for whole in counted:
        wholes.setdefault(_WHOLE.sub("", indicator_key(whole.title)), []).append(whole)
    for part in counted:
        for whole in _wholes_of(indicator_key(part.title), wholes):
            small, large = part.annual_target.base(), whole.annual_target.base()
            if small is None or large is None or small[1] != large[1] or small[0] <= large[0]:
                continue
            yield Problem(
                part.target_field,
                f"{part.table}“{part.title}”的目标是 {part.target_text}，比“{whole.title}”的 {whole.target_text} 还大。",
                "看是不是把两行的数填反了；要是两件互不包含的事，名称写得分得开。",
                of=part,
                values={part.title: part.target_text, whole.title: whole.target_text},
            )


def _counts(target: IndicatorRow) -> bool:
    known = target.category is not None and target.category.name == "数量指标"
    sign = target.annual_target.comparator
    return (
        known
        and target.annual_target.is_number
        and target.annual_target.unit not in ("", "%")
        and sign is not Comparator.AT_MOST
    )


def _wholes_of(part: str, wholes: Mapping[str, Sequence[IndicatorRow]]) -> Iterator[IndicatorRow]:
    """part 是谁的一部分：去掉前面的限定词，与别的名称一样；限定词有“未”“除”的是另一半，不算。"""
    words = _PART.sub("", part)
    for cut in range(len(words) - _SHORTEST + 1):
        for whole in wholes.get(words[cut:], ()):
            if words != indicator_key(whole.title) and not _APART.search(words[:cut]):
                yield whole
