"""WB116: so many indicators added, kept, deleted, tracked: the counts in the text against table 3."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Adjusted
from perfmon_xl.ledger.reading import Q
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, sentences_of_people
from perfmon_xl.rules.facts import Facts

_OF = "(?:绩效|分解|三级|产出|效益|成本|满意度)*指标"
_COUNT = rf"(?:了|原有?的?|申报表?中?的?|{_OF})*(?P<n>{Q})(?:{_OF})?"
_PATTERNS = {
    "新增": re.compile(rf"(?:新增加?|增加|增设){_COUNT}"),
    "保留": re.compile(rf"(?:保留|沿用|维持){_COUNT}"),
    "删除": re.compile(rf"(?:删除|取消|删去|剔除|删减){_COUNT}"),
    "调整": re.compile(rf"(?:调整|修改|修订){_COUNT}"),
    "不跟踪": re.compile(rf"(?P<n>{Q})(?:{_OF})?(?:本阶段|本期|暂|均|都)*(?:不|未|没有)(?:再|予|予以|纳入|列入)*(?:跟踪|监控)"),
    "跟踪": re.compile(rf"(?P<n>{Q})(?:{_OF})?(?:均|全部|都|已)*(?:(?:纳入|列入)(?:本期|本次)?(?:跟踪|监控)|(?:予以)?跟踪)"),
}  # fmt: skip


@rule(
    "WB116",
    title="文字里调整、跟踪的指标个数与表3不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("B16",),
)
def counts_of_changes(facts: Facts) -> Iterator[Problem]:
    """“新增指标几项、保留原指标几项、几项纳入跟踪”，要与表3数出来的一样。

    为什么：核对时增删了指标，表改了，核对情况那一段的个数容易忘改。

    不对：表3新增1个，写成2项
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 是否跟踪 |
    | 栽植苗木 | ≥900株 | 原指标 | 是 |
    | 苗木成活率 | ≥90% | 新增 | 是 |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 经核对，新增指标2项，保留原指标1项。 |

    不对：有一个不跟踪
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 是否跟踪 |
    | 栽植苗木 | ≥900株 | 原指标 | 是 |
    | 苗木成活率 | ≥90% | 原指标 | 否 |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 全部2项指标纳入跟踪。 |

    对：个数一样
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 是否跟踪 |
    | 栽植苗木 | ≥900株 | 原指标 | 是 |
    | 苗木成活率 | ≥90% | 新增 | 是 |
    | 居民满意度 | ≥90% | 原指标 | 否 |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 经核对，新增指标1项，保留原指标2项，满意度年底调查，1项指标不跟踪，其余2项指标纳入跟踪。 |
    """
    rows = [row for row in facts.monitoring.adjusted if row.name.strip()]
    if not rows or any(not row.change.strip() for row in rows):
        return
    for statement in sentences_of_people(facts):
        if "指标" not in statement.sentence.text:
            continue
        wrong = list(_wrong(statement, rows, len(facts.monitoring.declared)))
        if wrong:
            yield Problem(
                statement.passage.field,
                "；".join(wrong) + "。",
                "按表3改个数；表3漏填、错填的，改表3。",
                at=statement.passage.origin,
                values={"表3": f"{len(rows)}个"},
            )


def _wrong(statement: Statement, rows: list[Adjusted], declared: int) -> Iterator[str]:
    told: set[str] = set()
    for what, pattern in _PATTERNS.items():
        for match in pattern.finditer(statement.sentence.skeleton):
            quantity = statement.sentence.quantity(match["n"])
            named = "指标" in match[0] or "指标" in statement.sentence.clause(ord(match["n"]) - 0xE000)
            if quantity.unit not in ("个", "项") or quantity.about or not named or match["n"] in told:
                continue
            told.add(match["n"])
            counts = _counted(what, rows, declared)
            if int(quantity.number) not in counts:
                yield f"{what}的指标写 {quantity.text}，表3有 {counts[0]} 个"


def _counted(what: str, rows: list[Adjusted], declared: int) -> tuple[int, ...]:
    """表3里这样的有几个；说法可以包括别的，几种数法都算对，第一个是照字面数的。"""
    kept, changed = sum(row.is_original for row in rows), sum(row.is_changed for row in rows)
    tracked, deleted = sum(row.is_tracked for row in rows), sum(row.is_deleted for row in rows)
    not_tracked = len(rows) - tracked - deleted
    return {
        "新增": (sum(row.is_new for row in rows),),
        "保留": (kept, kept + changed, declared),
        "删除": (deleted,),
        "调整": (changed, len(rows) - kept, changed + deleted),
        "不跟踪": (not_tracked, not_tracked + deleted),
        "跟踪": (tracked,),
    }[what]
