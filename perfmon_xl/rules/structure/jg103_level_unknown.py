"""JG103: a level name that is none of the official ones."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import CATEGORIES, Level1, category, level1
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import all_rows

_FIRST = "、".join(level.value for level in Level1)


@rule("JG103", title="级别名称认不出", severity=Severity.WARNING, basis="通行做法", covers=("C12",))
def level_unknown(facts: Facts) -> Iterator[Problem]:
    """一级、二级指标的名称应当在规范名称里找得到。

    为什么：认不出是哪一类，按类别折算阶段目标、亮预警灯、检查缺不缺类都做不了。

    不对：自己起的类别
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 投入和管理目标 | 数量指标 | 建设高标准农田面积 | ≥1200亩 |
    | 产出指标 | 工程进展 | 灌溉渠道长度 | ≥8公里 |

    对：规范的类别
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 建设高标准农田面积 | ≥1200亩 |
    """
    seen: set[tuple[str, str, str]] = set()
    for row in all_rows(facts):
        for field, known in (("level1", level1(row.level1)), ("level2", category(row.level2))):
            written = without_spaces(getattr(row, field))
            if not written or known is not None or (row.table, field, written) in seen:
                continue
            seen.add((row.table, field, written))
            label = "一级指标" if field == "level1" else "二级指标"
            fits = _choices(level1(row.level1)) if field == "level2" else _FIRST
            yield Problem(
                field,
                f"{row.table}“{row.name}”的{label}“{written}”不是规范的类别名称。",
                f"从这些里选：{fits}。",
                of=row,
                values={label: written},
            )


def _choices(top: Level1 | None) -> str:
    return "、".join(c.name for c in CATEGORIES if top in (None, c.level1))
