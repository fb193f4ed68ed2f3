"""PC120: what stands as the reason is an intention."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.rules import Problem, Severity, rule

_INTENDED = re.compile(
    r"下一?步|下一?阶段|接下来|今后|将(?!近)|拟|争取|力争|确保|加快|加强|加大|督促|抓紧|尽快|进一步|继续|积极推进|统筹推进|抓好|做好|[年月]底前|年内|保证"
)
_TOLD = re.compile(
    r"因|由于|受|致|原|未|没|无|不(?!断)|缺|少|迟|延|晚|慢|滞后|停|雨|汛|旱|雪|疫|故障|变更|调整|推后|改期|结余|节约|流标|审批|已|曾|了|较|高于|低于|紧张|紧缺|困难|限制|影响|困|阻|集中在|安排在|定在"
)


@rule("PC120", title="原因说明写的是打算", severity=Severity.WARNING, basis="通行做法", covers=("G02", "H04"))
def measure_as_reason(record: Compared, *, reason: str) -> Iterator[Problem]:
    """原因说明写为什么有偏差；下一步怎么做，写在改进措施里。通篇只有打算、没有一句讲情况的才报。

    为什么：“将加快进度”没有说为什么慢，原因不清，措施对不对也看不出来。

    不对：只有打算
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 偏差原因 | 原因说明 |
    | 巡回医疗次数 | ≥24次 | 9次 | 其他 | 下一步将加快安排，确保年底前完成24次。 |

    对：先讲情况，再讲打算
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 偏差原因 | 原因说明 |
    | 巡回医疗次数 | ≥24次 | 9次 | 人员保障 | 3名医生5月起抽调，下一步将补开展。 |
    | 义诊场次 | ≥12场 | 4场 | 其他 | 义诊集中在下半年，将按计划推进。 |
    """
    clauses = [c for c in re.split(r"[，,。；;、\n]", reason) if c.strip()]
    if not clauses or _TOLD.search(reason) or not all(_INTENDED.search(c) for c in clauses[:1]):
        return
    if any(re.search(r"\d+月(?!底|末)", c) and not _INTENDED.search(c) for c in clauses):
        return  # “3名医生5月抽调”: something that has happened
    yield Problem(
        "reason",
        f"“{record.title}”的原因说明写的是打算：“{reason.strip()[:30]}”，没有说为什么有偏差。",
        "写明是什么情况、影响多少；怎么补上，写到改进措施里。",
        values={"原因说明": reason.strip()},
    )
