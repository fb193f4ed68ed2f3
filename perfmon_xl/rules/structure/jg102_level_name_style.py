"""JG102: level names known but not written the official way."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import category, level1
from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import all_rows


@rule("JG102", title="级别名称不是规范名称", severity=Severity.INFO, basis="通行做法", covers=("C12",))
def level_name_style(facts: Facts) -> Iterator[Problem]:
    """一级、二级指标用规范名称，各表写法一致；每张表只提示一次。

    为什么：同一类指标在几张表里有几个名字，读的人要猜是不是一回事，汇总时也对不上。

    不对：少了“指标”两个字
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 产出 | 产出数量 | 培训教师人数 | ≥300人 |

    对：规范名称
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 产出指标 | 数量指标 | 培训教师人数 | ≥300人 |
    """
    for table in ("表1", "表3", "表4"):
        rows = [row for row in all_rows(facts) if row.table == table]
        written: dict[str, tuple[str, IndicatorRow, str]] = {}
        for row in rows:
            top, second = level1(row.level1), category(row.level2)
            for field, name in (
                ("level1", top.value if top else ""),
                ("level2", second.name if second else ""),
            ):
                text = without_spaces(getattr(row, field))
                if name and text != name:
                    written.setdefault(text, (name, row, field))
        if not written:
            continue
        _, first, field = next(iter(written.values()))
        pairs = "、".join(f"“{text}”应为“{name}”" for text, (name, _, _) in written.items())
        yield Problem(
            field,
            f"{table}有 {len(written)} 种级别名称不是规范写法：{pairs}。",
            f"{table}里同样的都改成规范名称，各表就一致了。",
            of=first,
            values={text: name for text, (name, _, _) in written.items()},
        )
