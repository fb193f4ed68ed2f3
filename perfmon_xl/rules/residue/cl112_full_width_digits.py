"""CL112: digits in full width beside digits in half width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_FULL = re.compile(r"[０-９][０-９．，％]*")


@rule("CL112", title="数字全角半角混用", severity=Severity.INFO, basis="通行做法", covers=("I02",))
def full_width_digits(facts: Facts) -> Iterator[Problem]:
    """数字都用半角。

    为什么：全角数字排出来一个占一格，查找“158”也找不到“１５８”。

    不对：全角
    进展表
    | 事项 | 进展情况 |
    | 路面整修 | 整修路面１２公里，投入30万元。 |

    对：半角
    进展表
    | 事项 | 进展情况 |
    | 路面整修 | 整修路面12公里，投入30万元。 |
    """
    found = [(p, m) for p in facts.passages for m in _FULL.finditer(p.text)]
    if not found:
        return
    passage, first = found[0]
    yield Problem(
        passage.field,
        f"有 {len(found)} 个数用了全角，如“{first[0]}”。",
        "选中文字，用“更改大小写—半角”改过来。",
        at=passage.origin,
        values={"全角": first[0]},
    )
