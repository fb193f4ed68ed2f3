"""JG120: one level under two names in two tables."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import category, level1
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import all_rows


@rule("JG120", title="同一级别在各表叫法不一样", severity=Severity.WARNING, basis="表间勾稽", covers=("C12",))
def level_names_differ(facts: Facts) -> Iterator[Problem]:
    """同一个一级、二级指标，各表用同一个名称。

    为什么：表3写“产出指标—数量指标”，表4写“产出目标—产出数量”，读者以为是两套指标。
    只写得不规范、各表一样的，由 JG102 提示。

    不对：表3和表4两个叫法
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 调整类型 |
    | 产出指标 | 数量指标 | 培训人数 | 原指标 |
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 |
    | 产出目标 | 产出数量 | 培训人数 |

    对：一样；“指标”两个字写不写是一个名称
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 调整类型 |
    | 产出指标 | 数量指标 | 培训人数 | 原指标 |
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 |
    | 产出 | 数量 | 培训人数 |
    """
    first: dict[object, tuple[str, str]] = {}
    told: dict[str, str] = {}
    place = None
    for row in sorted(all_rows(facts), key=lambda r: r.table):
        top, second = level1(row.level1), category(row.level2)
        for field, kind, text in (("level1", top, row.level1), ("level2", second, row.level2)):
            name = without_spaces(text)
            if kind is None or not name:
                continue
            table, known = first.setdefault((field, kind), (row.table, name))
            if known.removesuffix("指标") == name.removesuffix("指标") or table == row.table:
                continue
            told.setdefault(f"{table}“{known}”", f"{row.table}“{name}”")
            place = place or (row, field)
    if place is not None:
        pairs = "；".join(f"{a}，{b}" for a, b in told.items())
        yield Problem(
            place[1],
            f"同一个级别在各表叫法不一样：{pairs}，不是同一个名称。",
            "各表都改成规范名称（如“产出指标”“数量指标”）。",
            of=place[0],
            values=dict(told),
        )
