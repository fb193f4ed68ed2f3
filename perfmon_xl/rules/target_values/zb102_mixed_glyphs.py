"""ZB102: one operator written in several ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import all_rows

_SPELLINGS = {
    "≥": r"≥|≧|⩾|[>＞]\s*[=＝]|[=＝]\s*[>＞]|\\geq?(?:slant)?",
    "≤": r"≤|≦|⩽|[<＜]\s*[=＝]|[=＝]\s*[<＜]|\\leq?(?:slant)?",
    "=": r"^\s*[=＝═]",
}


@rule("ZB102", title="比较符写法不统一", severity=Severity.WARNING, basis="通行做法", covers=("D02",))
def mixed_glyphs(facts: Facts) -> Iterator[Problem]:
    """同一个比较符全部材料只用一种符号：≥、≤、=；用话说的（不低于、不超过）看得明白，不查。

    为什么：同一个意思几种写法，像是从几处拼来的；有的系统导入时认不得。

    不对：两种大于等于
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 体检学生人数 | >=8000人 |
    | 产出指标 | 质量指标 | 体检结果反馈率 | ≥98% |

    对：一种写法
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 体检学生人数 | ≥8000人 |
    | 产出指标 | 质量指标 | 体检结果反馈率 | ≥98% |
    | 产出指标 | 质量指标 | 复查率 | 不低于90% |
    """
    for sign, pattern in _SPELLINGS.items():
        counts: Counter[str] = Counter()
        example: dict[str, IndicatorRow] = {}
        for line in all_rows(facts):
            match = re.search(pattern, line.annual_target.raw)
            if match:
                glyph = without_spaces(match[0])
                counts[glyph] += 1
                example.setdefault(glyph, line)
        if len(counts) < 2:
            continue
        other = next(g for g, _ in reversed(counts.most_common()) if g != sign)
        first = example[other]
        ways = "、".join(f"“{glyph}”{number}处" for glyph, number in counts.most_common())
        yield Problem(
            first.target_field,
            f"“{sign}”有 {len(counts)} 种写法：{ways}；例如{first.table}“{first.name}”写“{first.annual_target.raw}”。",
            f"全部改成“{sign}”。",
            of=first,
            values={glyph: str(number) for glyph, number in counts.items()},
        )
