"""PC121: the measure is the reason once more."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.text_keys import text_key
from perfmon_xl.rules import Problem, Severity, rule

_SHORT = 6


@rule("PC121", title="改进措施照抄原因说明", severity=Severity.WARNING, basis="表内勾稽", covers=("H04",))
def measure_repeats_reason(record: Compared, *, reason: str, measure: str) -> Iterator[Problem]:
    """改进措施写怎么补上，不是把原因说明再抄一遍。

    为什么：照抄的看不出要做什么、什么时候做完，等于没有措施。

    不对：一字不差
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 原因说明 | 改进措施 |
    | 巡回医疗次数 | ≥24次 | 3名医生5月起抽调支援县医院。 | 3名医生5月起抽调支援县医院。 |

    对：各写各的
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 原因说明 | 改进措施 |
    | 巡回医疗次数 | ≥24次 | 3名医生5月起抽调支援县医院。 | 8月归队后每周补开展一次。 |
    """
    why, how = (text_key(t).strip("。；;，,") for t in (reason, measure))
    if min(len(why), len(how)) >= _SHORT and (how in why or (why in how and len(how) < len(why) * 5 / 4)):
        yield Problem(
            "measure",
            f"“{record.title}”的改进措施把原因说明又写了一遍：“{measure.strip()[:30]}”。",
            "写明谁、什么时候、怎么补上，补多少。",
            values={"原因说明": reason.strip(), "改进措施": measure.strip()},
        )
