"""WB404: the paragraph of an indicator says done, the figures say not, or the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Compared, Paragraph
from perfmon_xl.ledger.reading import Role
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import said_in
from perfmon_xl.rules.facts import Facts

_DONE = re.compile(
    r"(?<![未没])(?:已)?(?:完成|达到|实现|超额完成)了?(?:预计|预期|预定|年度|全年|本阶段|阶段性?|绩效|计划|既定)*(?:绩效)?(?:目标值?|任务|要求|标准)(?!的)|无偏差|未(?:出现|发生)偏差"
    r"|(?:任务|目标|计划|工作|指标)(?:已经?|均|都)*(?:全部|全面|如期|按期|按时|顺利|圆满|超额|提前)+(?:完成|实现|达标|达成)"
    r"|已(?:经)?(?:全部|全面|如期|按期|按时|顺利|圆满|超额|提前)+(?:完成|实现|达标|达成)(?!招标|采购|验收|选址|设计|培训班)"
)
_NOT_DONE = re.compile(
    r"(?:未|没有|尚未|未能)(?:完成|达到|实现)了?(?:预计|预期|年度|全年|本阶段|阶段性?|绩效|计划)*(?:绩效)?(?:目标值?|任务|要求)(?!的)"
)


@rule(
    "WB404",
    title="指标分析说完成，算出来没有完成（或者相反）",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H06", "H12"),
)
def paragraph_verdict(
    indicator: Indicator, facts: Facts, *, compared: Compared, written: Paragraph
) -> Iterator[Problem]:
    """指标分析里“完成目标”“无偏差”一类的话，要与表4算出来的是否达成一致。

    为什么：读报告的人先看这句话；表里没有达到、话里说完成，偏差就被掩盖了。

    不对：实际低于本阶段目标，文字说完成
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 新建标准农田 | ≥2000亩 | ≥1200亩 | 900亩 |
    指标分析表
    | 事项 | 内容 |
    | 新建标准农田 | 截至7月31日已新建900亩，完成预期目标。 |

    不对：实际已经达到，文字说没有
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 新建标准农田 | ≥2000亩 | ≥1200亩 | 1500亩 |
    指标分析表
    | 事项 | 内容 |
    | 新建标准农田 | 截至7月31日已新建1500亩，未达到本阶段目标。 |

    对：一致
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 新建标准农田 | ≥2000亩 | ≥1200亩 | 900亩 |
    | 数量指标 | 修建机耕路 | ≥20公里 | ≥10公里 | 12公里 |
    指标分析表
    | 事项 | 内容 |
    | 新建标准农田 | 截至7月31日已新建900亩，未完成本阶段目标，预计11月可以完成全年目标。 |
    | 修建机耕路 | 已修建12公里，达到本阶段目标，尚未完成全年目标。 |
    """
    record = compared
    met = facts.figures.of(record).met
    if met is None:
        yield from _done_before_due(facts, record, written)
        return
    text = written.text
    no = _NOT_DONE.search(text)
    yes = next((m for m in _DONE.finditer(text) if not _only_expected(text, m)), None)
    goal = (record.stage if not record.stage.is_blank else record.annual).raw.strip()
    if no is None and _short(facts, written, record):
        return  # the paragraph itself says by how much it falls short
    values = {"实际": record.actual.raw.strip(), "本阶段目标": goal}
    if not met and yes is not None and no is None:
        yield Problem(
            "text",
            f"分析里写“{yes[0]}”；表4实际 {record.actual.raw.strip()}，本阶段应完成 {goal}，没有达到。",
            "写明差多少、为什么；实际数已更新的，改表4。",
            of=written,
            values=values,
        )
    elif met and no is not None and yes is None and not re.search("全年|年度", no[0]):
        yield Problem(
            "text",
            f"分析里写“{no[0]}”；表4实际 {record.actual.raw.strip()}，本阶段应完成 {goal}，已经达到。",
            "核对实际数，文字和表改成一致。",
            of=written,
            values=values,
        )


def _done_before_due(facts: Facts, record: Compared, written: Paragraph) -> Iterator[Problem]:
    """期限没有到、表里写着没有完成的，分析里说已经全部完成。"""
    if not facts.figures.of(record).is_not_due or record.actual.day is not None or record.actual.is_blank:
        return
    yes = next((m for m in _DONE.finditer(written.text) if not _only_expected(written.text, m)), None)
    if yes is not None and "完成" in yes[0]:
        yield Problem(
            "text",
            f"分析里写“{yes[0]}”；表4实际填的是“{record.actual.raw.strip()}”，期限也没有到。",
            "完成了的，表4填完成的日期；没有完成的，分析里写到哪一步。",
            of=written,
            values={"实际": record.actual.raw.strip(), "文字": yes[0]},
        )


def _short(facts: Facts, written: Paragraph, record: Compared) -> bool:
    """段里自己写明了还差多少、慢多少。"""
    return any(
        statement.sentence.roles[n] is Role.REMAINDER
        or re.search(r"(?:少|慢|落后|滞后|低)(?:了|约)?$", statement.sentence.before(n))
        for statement in said_in(facts, written)
        for n in range(len(statement.sentence.quantities))
    )


def _only_expected(text: str, match: re.Match[str]) -> bool:
    """“预计可以完成目标”“确保完成任务”“尚未完成目标”说的不是已经完成。"""
    before = re.split("[，。；;\n]", text[: match.start()])[-1]
    return (
        re.search(r"预计|可以|确保|力争|能够|争取|将|未|没有|不能|难以|保证|为了?$|应|需", before) is not None
    )
