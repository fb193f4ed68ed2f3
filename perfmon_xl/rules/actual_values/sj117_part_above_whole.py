"""SJ117: rows “其中” whose actuals do not fit the row above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import plain
from perfmon_xl.domain.model import Compared
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import number

_PART = re.compile(r"^\s*(?:其中|内[:：]|#)")


@rule("SJ117", title="其中各行与合计对不上", severity=Severity.ERROR, basis="表内勾稽", covers=("B16", "B01"))
def part_above_whole(facts: Facts) -> Iterator[Problem]:
    """表4里“其中：……”的行是上面一行的一部分：一行不能比合计大；写全了的几行，加起来等于合计。

    为什么：部分比全部大、几个部分加起来又不是合计，合计和分项至少有一个错。两行以上、加起来比合计多的才报；
    少的多半没有列全，不报。

    不对：其中的一行比合计大
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训人数 | ≥100人 | 60人 |
    | 其中：馆员 | ≥40人 | 75人 |

    不对：两行加起来多
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训人数 | ≥1200人 | 760人 |
    | 其中：负责人 | ≥400人 | 310人 |
    | 其中：管理员 | ≥800人 | 480人 |

    对：没有列全
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训人数 | ≥1200人 | 760人 |
    | 其中：负责人 | ≥400人 | 310人 |
    """
    whole: Compared | None = None
    parts: list[Compared] = []
    for record in (*facts.monitoring.compared, Compared()):
        if _PART.match(record.name) and whole is not None:
            parts.append(record)
            continue
        if whole is not None and parts:
            yield from _exceeding_parts(whole, parts)
        whole, parts = record, []


def _exceeding_parts(whole: Compared, parts: list[Compared]) -> Iterator[Problem]:
    total = number(whole.actual)
    known = [
        (p, n)
        for p in parts
        if (n := number(p.actual)) is not None and total is not None and n[1] == total[1]
    ]
    if total is None or total[1] == "%":
        return
    larger = next((p for p, n in known if n[0] > total[0]), None)
    if larger is not None:
        yield Problem(
            "actual",
            f"“{larger.name.strip()}”的实际完成值是“{larger.actual.raw.strip()}”，比合计“{whole.name.strip()}”的“{whole.actual.raw.strip()}”还大。",
            "核对这两行，改掉写错的一个；不是包含关系的，名称里去掉“其中”。",
            of=larger,
            values={"合计": whole.actual.raw.strip(), "其中": larger.actual.raw.strip()},
        )
        return
    added = sum((n[0] for _, n in known), Decimal(0))
    if len(known) == len(parts) > 1 and added > total[0]:
        shown = "＋".join(p.actual.raw.strip() for p, _ in known)
        yield Problem(
            "actual",
            f"“{whole.name.strip()}”的实际完成值是“{whole.actual.raw.strip()}”，其中 {shown} = {plain(added)}{total[1]}，多了。",
            "核对合计和各行；各行有重复计算的，说明口径。",
            of=whole,
            values={"合计": whole.actual.raw.strip(), "各行相加": f"{plain(added)}{total[1]}"},
        )
