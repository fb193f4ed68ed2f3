"""WB305: how far spending is ahead or behind, told differently from what the figures give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, percent
from perfmon_xl.domain.passage import Passage
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_GAP = re.compile(
    r"(?<!不)(?=[快慢高低超滞落])(?P<way>快|慢|高|低|超|超前|滞后|落后)(?:于|出|过)?(?:序时进度|时间进度|序时)?\s*(?P<number>\d+(?:\.\d+)?)\s*个?百分点"
)
_WORDS = re.compile(
    r"(?<!不)(?P<way>快|慢|高|低|超前|超过|滞后|落后)于?(?:序时进度|时间进度)(?!的?要求|[^，。；]{0,4}\d)(?![^，。；]{0,12}百分点)"
)
_RATES = re.compile(
    r"(?:执行率|支出率|支付率|(?:支出|执行|支付)进度)[^，。；\d]{0,6}(?P<rate>\d+(?:\.\d+)?)\s*[%％]"
)
_PACES = re.compile(r"(?:序时|时间)进度[^，。；\d]{0,6}(?P<pace>\d+(?:\.\d+)?)\s*[%％]")
_AHEAD = ("快", "高", "超", "超前")
_SPENDING = re.compile(
    r"执行率|支出率|支付率|使用率|(?:支出|执行|支付)进度|执行[略稍]?[快慢]|(?:资金|预算)(?:执行|支出|支付)"
)
_PACE = re.compile(r"序时|时间进度")


@rule("WB305", title="与序时进度的差距写得不对", severity=Severity.ERROR, basis="文表勾稽", covers=("B05",))
def gap_told_differently(facts: Facts) -> Iterator[Problem]:
    """文字里“快于（慢于）序时进度几个百分点”，应当等于预算执行率减序时进度。

    只看同一句里说到执行率和序时进度的；按写出的小数位四舍五入后比。

    为什么：数改了，差距忘了跟着改。

    不对：算出来快 6.67 个百分点
    监控截止日期：2024-09-30
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 98 |
    资金说明表
    | 事项 | 内容 |
    | 预算执行率 | 预算执行率为81.67%，序时进度为75.00%，快16.67个百分点。 |

    不对：方向反了
    监控截止日期：2024-09-30
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 98 |
    资金说明表
    | 事项 | 内容 |
    | 预算执行率 | 预算执行率为81.67%，慢于序时进度6.67个百分点。 |

    对：照印出来的两个比率减
    监控截止日期：2024-10-31
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 1197.21 | 719.24 |
    资金说明表
    | 事项 | 内容 |
    | 预算执行率 | 预算执行率为60.08%，比序时进度低23.25个百分点。 |

    对：一致
    监控截止日期：2024-09-30
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 98 |
    资金说明表
    | 事项 | 内容 |
    | 预算执行率 | 预算执行率为81.67%，快于序时进度6.7个百分点。 |
    """
    rate, pace = facts.figures.funds.execution_rate, facts.figures.funds.pace
    if rate is None or pace is None:
        return
    gap = (rate - pace) * 100
    shown = _shown(rate, pace)
    for passage in facts.passages:
        for sentence in passage.sentences:
            if not _SPENDING.search(sentence) or not _PACE.search(sentence):
                continue
            printed = _printed(sentence)
            for match in _GAP.finditer(sentence):
                places = len(match["number"].partition(".")[2])
                told = Decimal(match["number"]) * (1 if match["way"] in _AHEAD else -1)
                if told in (
                    half_up(gap, places),
                    half_up(shown, places),
                    *([half_up(printed, places)] if printed is not None else []),
                ):
                    continue
                yield _problem(passage, match[0], rate, pace)
            for match in _WORDS.finditer(sentence):
                ahead = match["way"] in (*_AHEAD, "超过")
                if (
                    (gap < 0 and (printed is None or printed < 0))
                    if ahead
                    else (gap > 0 and (printed is None or printed > 0))
                ):
                    yield _problem(passage, match[0], rate, pace)


def _shown(rate: Decimal, pace: Decimal) -> Decimal:
    """印出来的两个比率之差，百分点：60.08%减83.33%是低23.25个百分点，不是先减再四舍五入的23.26。"""
    return half_up(rate * 100, 2) - half_up(pace * 100, 2)


def _printed(sentence: str) -> Decimal | None:
    """同一句里印出来的执行率减序时进度：读者算的是印出来的数，四舍五入差0.01也对。"""
    rate, pace = _RATES.search(sentence), _PACES.search(sentence)
    return Decimal(rate["rate"]) - Decimal(pace["pace"]) if rate and pace else None


def _problem(passage: Passage, words: str, rate: Decimal, pace: Decimal) -> Problem:
    gap = _shown(rate, pace)
    way = "快" if gap >= 0 else "慢"
    right = f"{way}{abs(gap)}个百分点"
    return Problem(
        passage.field,
        f"写的是“{words}”，预算执行率{percent(rate)}减序时进度{percent(pace)}，应当是{right}。",
        "核对执行率和序时进度，改成算出来的差距。",
        at=passage.origin,
        values={"文字": words, "算出": right},
    )
