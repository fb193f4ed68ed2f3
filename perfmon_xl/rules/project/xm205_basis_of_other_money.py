"""XM205: the rules of money from above, for a project without money from above."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts

_TITLE = re.compile(
    r"《([^《》]*?(中央|省级|市级|上级)[^《》]{0,16}?(?:补助|专项资金|专款|转移支付)[^《》]*?(?:办法|细则|规定|通知))》"
)
_ABOVE = ("中央", "省", "市", "上级", "转移支付", "专项资金", "专款", "补助")


@rule("XM205", title="依据的是另一种资金的办法", severity=Severity.INFO, basis="文表勾稽", covers=("A06",))
def basis_of_other_money(facts: Facts) -> Iterator[Problem]:
    """依据里有“中央补助……办法”“省级专项资金……办法”的，资金来源里应当有上级资金。

    资金来源只写“财政拨款”的，看不出是哪一级的钱，所以报“无法判断”。

    为什么：拿上级专款的办法作本级项目的依据，用途、标准都可能对不上；多半是照抄别的报告。

    不对：资金都是县级的
    项目背景：根据《中央补助地方农村供水维修专款管理办法》，实施本项目。
    资金表
    | 资金来源 | 年初预算数（万元） |
    | 县级财政拨款 | 50 |

    对：有上级资金
    项目背景：根据《中央补助地方农村供水维修专款管理办法》，实施本项目。
    资金表
    | 资金来源 | 年初预算数（万元） |
    | 中央补助 | 30 |
    | 县级财政拨款 | 20 |
    """
    sources = [f.source.strip() for f in facts.monitoring.funding if f.source.strip()]
    if not sources or any(word in source for source in sources for word in _ABOVE):
        return
    told: set[str] = set()
    for passage in facts.passages:
        for match in _TITLE.finditer(passage.text):
            if match[1] in told:
                continue
            told.add(match[1])
            yield unsure(
                passage.field,
                f"依据《{match[1]}》管的是{match[2]}资金，资金来源只有“{'、'.join(sources)}”，看不出有没有上级资金。",
                "有上级资金的，资金来源分开写；没有的，换成本级的依据。",
                at=passage.origin,
                values={"依据": match[1], "资金来源": "、".join(sources)},
            )
