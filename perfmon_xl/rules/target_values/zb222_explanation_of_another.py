"""ZB222: an explanation copied from another indicator."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Adjusted
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.target import normalise
from perfmon_xl.domain.text_keys import bare_name, indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_CLEARLY = 2
_COMMON = frozenset(
    (
        "合格",
        "达标",
        "完成",
        "覆盖",
        "满意",
        "通过",
        "及时",
        "数量",
        "人数",
        "人次",
        "面积",
        "服务",
        "项目",
        "实际",
        "标准",
    )
)


@rule(
    "ZB222",
    title="指标解释是别的指标的",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("E09",),
)
def explanation_of_another(facts: Facts) -> Iterator[Problem]:
    """两个指标的解释一字不差，解释的字眼又只合其中一个的名称的，另一个是抄来的。

    两个名称都合、都不合的（几个满意度一个算法）不报。

    为什么：算法抄错了，分子、分母就不是这个指标的，实际值无从核对。

    不对：考核通过率抄了抽检合格率的算法
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 种子抽检合格率 | ≥98% | 原指标 | 抽检合格批次÷抽检批次×100%。 |
    | 农技员考核通过率 | ≥90% | 原指标 | 抽检合格批次÷抽检批次×100%。 |

    对：两个满意度一个算法；各写各的
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 农户满意度 | ≥90% | 原指标 | 满意问卷数÷有效问卷数×100%。 |
    | 合作社满意度 | ≥90% | 原指标 | 满意问卷数÷有效问卷数×100%。 |
    | 种子抽检合格率 | ≥98% | 原指标 | 抽检合格批次÷抽检批次×100%。 |
    """
    same: dict[str, list[Adjusted]] = {}
    for row in facts.monitoring.kept:
        if row.explanation.strip() and row.is_named:
            same.setdefault(normalise(row.explanation), []).append(row)
    for rows in same.values():
        if len({indicator_key(r.name) for r in rows}) < 2:
            continue
        words = pieces(rows[0].explanation)
        fits = [len(pieces(bare_name(r.name)) & words) for r in rows]
        own = rows[fits.index(max(fits))]
        telling = bool((pieces(bare_name(own.name)) & words) - _COMMON)
        for row, fit in zip(rows, fits, strict=True):
            if fit == 0 and (max(fits) >= _CLEARLY or ("÷" in row.explanation and telling)):
                yield Problem(
                    "explanation",
                    f"“{row.title}”的指标解释与“{own.title}”的一字不差：“{row.explanation.strip()[:30]}”，说的是后一个。",
                    f"写“{row.title}”自己的算法：分子、分母各是什么，数从哪里来。",
                    of=row,
                    values={"指标解释": row.explanation.strip(), "同": own.title},
                )
