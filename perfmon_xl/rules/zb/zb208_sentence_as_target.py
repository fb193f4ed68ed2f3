"""ZB208: a sentence where the target should stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.finding import Severity
from perfmon_xl.domain.target import Kind, normalise
from perfmon_xl.rules.facts import Indicator
from perfmon_xl.rules.registry import Problem, rule
from perfmon_xl.rules.zb.targets import Target, first_with, standing

LONGEST_WORDS = 16
_GRADED = re.compile(r"(好|优|优秀|良好|高|显著|较好|健全|完善)[、/／,，](.{1,5}[、/／,，])*.{1,6}")
_FIGURE = re.compile(r"(?:不低于|不少于|不超过|达到|达|≥|≤)?\d[\d.,]*\s*(?:%|％|[\u4e00-\u9fff]{1,3})?")


@rule("ZB208", title="目标值写成了一句话", severity=Severity.WARNING, basis="通行做法", covers=("D09",))
def sentence_as_target(indicator: Indicator) -> Iterator[Problem]:
    """目标值是一个值，不是一段话：数量写数，定性写几个字的档次。

    为什么：一句话没有办法判断完成没有；里面的数也没有人去比。

    不对：一句话
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 改善灌溉条件 | 通过渠道改造进一步改善当地农田灌溉条件，提高农业生产能力 |

    不对：数埋在句子里
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 教师培训人数 | 全年组织教师参加各类业务培训不少于300人次，覆盖全部乡镇 |

    对：一个值、一个档次、列出档次
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 改善灌溉条件 | 明显改善 |
    | 教师培训人数 | ≥300人次 |
    | 机制健全程度 | 健全、基本健全、部分健全、不健全 |
    """
    found = first_with(standing(indicator), is_sentence)
    if found is None:
        return
    target, tables = found
    figures = [f.strip() for f in _FIGURE.findall(target.raw)]
    hint = "定性的写档次（如 好、一般、差），这段话移到指标解释。"
    if figures:
        hint = f"把里面的数（{'、'.join(figures[:3])}）单独写成目标值，其余的话移到指标解释；几个数的拆成几个指标。"
    shown = target.raw if len(target.raw) <= 24 else target.raw[:24] + "……"
    yield Problem(
        target.field,
        f"{tables}“{target.name}”的目标值是一句话（{len(target.raw)} 字）：“{shown}”，判断不了完成没有。",
        hint,
        of=target.record,
        values={"目标值": target.raw},
    )


def is_sentence(target: Target) -> bool:
    """太长的，或者中间有逗号、句号的；列出的档次不是句子。"""
    if target.value.kind not in (Kind.WORDS, Kind.UNREAD):
        return False
    text = normalise(target.raw)
    if _GRADED.fullmatch(text):
        return False
    clause = target.value.kind is Kind.WORDS and len(text) > 10 and re.search("[,。；;]", text)
    return len(text) > LONGEST_WORDS or bool(clause)
