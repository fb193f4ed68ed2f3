"""ZJ120: a regime of managing money that does not go with where the money comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

# 管理办法 → 资金来源里要有的词，和缺的是什么。
_REGIMES: tuple[tuple[str, str, str], ...] = (
    (r"收支两条线", r"收费|罚没|非税|专户|事业收入|经营收入|自筹|收入", "收费、罚没一类的收入"),
    (r"政府性基金[^，。；]{0,8}管理", r"基金", "政府性基金"),
    (r"国有资本经营预算[^，。；]{0,8}管理", r"国有资本", "国有资本经营预算资金"),
    (r"直达资金[^，。；]{0,10}(?:管理|监控|台账)", r"直达|中央|上级|转移支付|省级", "直达资金"),
)


@rule(
    "ZJ120",
    title="资金管理的话与资金来源对不上",
    severity=Severity.INFO,
    basis="文表勾稽",
    covers=("B17", "H02"),
)
def regime_without_source(facts: Facts) -> Iterator[Problem]:
    """“收支两条线”管的是收费和罚没收入，“直达资金”是中央的；项目没有这种钱，就不必写。

    为什么：照搬的话与项目无关，读者会以为项目还有收入没有列出来。

    不对：只有财政拨款
    资金表
    | 资金来源 | 年初预算数（万元） |
    | 财政拨款 | 50 |
    资金说明表
    | 事项 | 内容 |
    | 资金到位率 | 资金全部到位，严格执行“收支两条线”管理。 |

    对：有事业收入
    资金表
    | 资金来源 | 年初预算数（万元） |
    | 财政拨款 | 50 |
    | 事业收入 | 20 |
    资金说明表
    | 事项 | 内容 |
    | 资金到位率 | 资金全部到位，严格执行“收支两条线”管理。 |
    """
    sources = [f.source.strip() for f in facts.monitoring.funding if f.source.strip()]
    if not sources:
        return
    for passage in facts.about(Topic.FUND_NOTE):
        for said, source, what in _REGIMES:
            match = re.search(said, passage.text)
            if match and not any(re.search(source, one) for one in sources):
                yield Problem(
                    passage.field,
                    f"写了“{match[0]}”，资金来源是“{'、'.join(sources)}”，没有{what}。",
                    "与本项目无关的，删去；确有这种资金的，列进资金来源。",
                    at=passage.origin,
                    values={"文字": match[0], "资金来源": "、".join(sources)},
                )
