"""ZJ124: the note of a spending line reckons with a price or a count that table 4 has otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Compared, Spending
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.text_keys import bare_name
from perfmon_xl.domain.wording import REMARK
from perfmon_xl.ledger.products import formula
from perfmon_xl.ledger.quantity import Quantity, of_value
from perfmon_xl.ledger.reading import Sentence, sentences
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import units_of, year_of
from perfmon_xl.rules.facts import Facts

_GENERIC = re.compile(
    r"劳务|补助|补贴|费用?|支出|购置|采购|建设|改造|维修|工程|项目|服务|工资|报酬|活动|材料|印制|制作|运行|管理|资金|经费|其他|成本|单价|单位|造价|标准|数量|平均|完成|实际"
)
_PART = re.compile(r"首批|第[一二三]|部分|其中|预付|定金|首付|尾款|上年|去年|结转|合同|计划|全年")


@rule(
    "ZJ124",
    title="支出明细的算式与表4的实际值不一样",
    severity=Severity.WARNING,
    basis="表间勾稽",
    covers=("B18", "E10"),
)
def note_against_table4(spending: Spending, facts: Facts, *, note: str) -> Iterator[Problem]:
    """备注里照“多少个×每个多少钱”算的，单价应当就是表4成本指标的实际值，个数不应当比表4完成的多。

    只比说同一件事的（名称有相同的字）、同一个单位的；同一件事分几行算的、写明预付和首批的不比。个数比表4少的，可能
    还没有付完，不报。

    为什么：单价、个数两处不一样，成本指标和数量指标总有一个是错的；照26台付的钱，只验收了12台，也要说清。

    不对：单价15.5万元，表4是15万元；付了26台的钱，表4是12台
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 校车购置 | 1860000 | 12辆×15.5万元/辆 |
    | 净水机安装 | 780000 | 26台×3万元/台 |
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 成本指标 | 经济成本指标 | 校车购置单价 | ≤16万元/辆 | 15万元/辆 |
    | 产出指标 | 数量指标 | 净水机安装台数 | ≥30台 | 12台 |
    共报 2 处

    对：一样；还没有付完；分两行算的
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 校车购置 | 1800000 | 12辆×15万元/辆 |
    | 净水机安装 | 300000 | 10台×3万元/台 |
    | 室内电子屏购置 | 100000 | 10块×1万元/块 |
    | 室外电子屏购置 | 160000 | 8块×2万元/块 |
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 成本指标 | 经济成本指标 | 校车购置单价 | ≤16万元/辆 | 15万元/辆 |
    | 成本指标 | 经济成本指标 | 电子屏购置单价 | ≤2万元/块 | 1.44万元/块 |
    | 产出指标 | 数量指标 | 净水机安装台数 | ≥30台 | 12台 |
    """
    sentence = _reckoned(facts, spending)
    if sentence is None:
        return
    own = pieces(_GENERIC.sub("，", spending.item))
    for factor in sentence.quantities:
        if factor.about or not factor.unit or _also_reckoned(facts, spending, factor, own):
            continue
        found = _measured(facts, factor, own)
        if found is None:
            continue
        row, actual = found
        price = factor.unit == "元"
        if actual.agrees(factor) or (not price and factor.number < actual.number):
            continue
        yield Problem(
            "note",
            f"“{spending.item.strip()}”照 {factor.text} 算，表4“{row.title}”的实际完成值是 {row.actual.raw.strip()}。",
            "按合同、验收单核对，两处改成一样；口径不同的（含税、预付、没有验收），在" + REMARK + "里写明。",
            values={"算式": factor.plainly, "实际完成值": row.actual.raw.strip()},
        )
        return


def _reckoned(facts: Facts, spending: Spending) -> Sentence | None:
    """备注里唯一的一句算式。"""
    told = list(sentences(spending.note, year_of(facts), units_of(facts)))
    if len(told) != 1 or _PART.search(spending.note) or formula(told[0]) is None:
        return None
    return told[0]


def _also_reckoned(facts: Facts, spending: Spending, factor: Quantity, own: frozenset[str]) -> bool:
    """别的行也照这种单位算同一件事。"""
    for other in facts.monitoring.spending:
        if other is spending or not own & pieces(_GENERIC.sub("，", other.item)):
            continue
        for sentence in sentences(other.note, year_of(facts), units_of(facts)):
            if any(q.kind == factor.kind for q in sentence.quantities):
                return True
    return False


def _measured(facts: Facts, factor: Quantity, own: frozenset[str]) -> tuple[Compared, Quantity] | None:
    """表4里唯一一个量同一件事、同一个单位的指标和它的实际值。"""
    found: list[tuple[Compared, Quantity]] = []
    for row in facts.monitoring.compared:
        if factor.unit != "元" and not row.accumulates:
            continue
        value = of_value(row.actual, row.name)
        if value is None or value.about or value.kind != factor.kind:
            continue
        if own & pieces(_GENERIC.sub("，", bare_name(row.name))):
            found.append((row, value))
    return found[0] if len(found) == 1 else None
