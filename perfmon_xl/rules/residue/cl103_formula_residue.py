"""CL103: residue of LaTeX, HTML or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_RESIDUE = re.compile(
    r"(?=[$\\&<*#])(?:\$[^$\n]{0,30}\\?[^$\n]{0,30}\$|\\(?:geq?|geqslant|leq?|leqslant|times|%|text|frac|mathrm)\b|\\%"
    r"|&(?:nbsp|lt|gt|amp|ge|le|quot);|</?(?:br|p|b|span|div|sub|sup)\b[^>]*>|\*\*[^*\n]{1,40}\*\*|(?m:^)#{1,6} )"
)


@rule("CL103", title="公式或网页代码的残留", severity=Severity.WARNING, basis="通行做法", covers=("I05",))
def formula_residue(facts: Facts) -> Iterator[Problem]:
    """文字和目标值里没有“$\\geq 90\\%$”“&nbsp;”“<br>”“**”一类的代码。

    为什么：从别的软件粘贴来的代码印在报告里，读者看不懂。

    不对：公式代码
    问题措施表
    | 问题 | 问题说明 |
    | 目标值偏低 | 产出质量指标“验收合格率$\\geq 90\\%$”偏低。 |

    不对：目标值里有
    目标申报表
    | 三级指标 | 指标目标值 |
    | 验收合格率 | $\\geq 90\\%$ |

    对：写成符号
    问题措施表
    | 问题 | 问题说明 |
    | 目标值偏低 | 产出质量指标“验收合格率≥90%”偏低。 |
    目标申报表
    | 三级指标 | 指标目标值 |
    | 验收合格率 | ≥90% |
    """
    places: list[tuple[Any, str, str]] = [(p.origin, p.field, p.text) for p in facts.passages]
    for record in facts.monitoring.records():
        for field in record.__dataclass_fields__:
            value = getattr(record, field)
            if isinstance(value, TargetValue) and value.raw:
                places.append((record.place.at(field), field, value.raw))
    for origin, field, text in places:
        match = _RESIDUE.search(text)
        if match is not None:
            yield Problem(
                field,
                f"有代码残留“{match[0].strip()}”。",
                "改成要显示的字，例如 ≥、≤、%。",
                at=origin,
                values={"残留": match[0].strip()},
            )
