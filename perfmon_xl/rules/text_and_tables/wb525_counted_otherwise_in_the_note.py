"""WB525: the note of a spending line reckons with 100 people, the text has 120 of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Spending
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.prose import pieces
from perfmon_xl.ledger.products import formula
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Role, sentences
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, of_another_time, sentences_of_people, units_of, year_of
from perfmon_xl.rules.facts import Facts, once_per_project

_WHERE = (Topic.PROGRESS, Topic.INDICATOR, Topic.FUND_NOTE, Topic.OVERALL, Topic.BACKGROUND, Topic.CONCLUSION)
_NOT_COUNTS = ("元", "%", "", "个月", "月", "年", "小时", "分钟")
_GENERIC = re.compile(
    r"劳务|补助|补贴|费用?|支出|购置|采购|建设|改造|维修|工程|项目|服务|工资|报酬|活动|材料|设备|人员|印制|制作|运行|管理|资金|经费|其他"
)
_SURE = 4  # 字
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_PART = re.compile(
    r"全[年县市区州镇乡省校]|年内|安排|其中|另|其余|部分|每|各|新增|补(?![助贴])|首批|第[一二三四五]|平均|剩余|未|不|合格|满意|计划|拟|前|约|上年|去年|年初|年末|现有|在册|登记|名录"
)


@rule(
    "WB525",
    title="支出明细的算式与文字里的个数不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("B18", "E07"),
)
def counted_otherwise_in_the_note(spending: Spending, facts: Facts, *, note: str) -> Iterator[Problem]:
    """支出明细备注里照多少人、多少天算的钱，应当就是进展、分析里写的多少人、多少天。

    为什么：算式里100人、进展里120人，要么钱少发了，要么人多报了。只比说同一件事的（名称有相同的字）、同一个单位的；
    文字里另有一处相同的不报。

    不对：算式100人，进展120人
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 督导员劳务 | 1620000 | 100人×9个月×1800元/人·月 |
    进展表
    | 事项 | 进展情况 |
    | 督导 | 督导员120人自1月起上岗。 |

    对：一样；只说一部分
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 督导员劳务 | 1620000 | 100人×9个月×1800元/人·月 |
    进展表
    | 事项 | 进展情况 |
    | 督导 | 督导员100人自1月起上岗，其中女督导员62人。 |
    """
    told = list(sentences(note, year_of(facts), units_of(facts)))
    if len(told) != 1 or formula(told[0]) is None:
        return
    own = pieces(_GENERIC.sub("，", spending.item))
    for factor in told[0].quantities:
        if factor.unit in _NOT_COUNTS or factor.per or not own:
            continue
        said = list(_said(facts, factor, own, spending.item.strip()))
        if not said or any(quantity.agrees(factor) for _, quantity, _ in said):
            continue
        numbers = {quantity.number for _, quantity, _ in said}
        if len(numbers) != 1:
            continue
        where, quantity, quote = said[0]
        yield Problem(
            "note",
            f"“{spending.item.strip()}”的算式写的是 {factor.text}，“{where}”里写“{quote}”。",
            "按名册、验收单核对，算式和文字改成同一个数；不是一回事的，写明。",
            values={"算式": factor.plainly, "文字": quantity.plainly},
        )
        return


_Kind = tuple[str, tuple[str, ...]]


@once_per_project
def _counted(facts: Facts) -> dict[tuple[_Kind, str], list[tuple[Statement, int, frozenset[str]]]]:
    """文字里各个实际数，按单位和前后相邻的两个字编好：一笔支出只看说得上的几处。"""
    found: dict[tuple[_Kind, str], list[tuple[Statement, int, frozenset[str]]]] = {}
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _WHERE:
            continue
        for n, quantity in enumerate(statement.sentence.quantities):
            if (
                quantity.unit in _NOT_COUNTS
                or statement.sentence.roles[n] is not Role.ACTUAL
                or quantity.about
            ):
                continue
            words = pieces(statement.sentence.before(n) + statement.sentence.after(n)[:8])
            for piece in words:
                found.setdefault((quantity.kind, piece), []).append((statement, n, words))
    return found


def _said(
    facts: Facts, factor: Quantity, own: frozenset[str], item: str
) -> Iterator[tuple[str, Quantity, str]]:
    """文字里说同一件事、同一个单位的各个实际数。"""
    index = _counted(facts)
    near = {
        (id(one), n): (one, n, w)
        for piece in sorted(own)
        for one, n, w in index.get((factor.kind, piece), ())
    }
    for statement, n, its in near.values():
        quantity, words = (
            statement.sentence.quantities[n],
            statement.sentence.before(n) + statement.sentence.after(n)[:8],
        )
        named = any(item[i : i + _SURE] in words for i in range(len(item) - _SURE + 1))  # 交通补助
        if (len(own & its) * 5 < len(own) * 3 and not named) or _PART.search(words):
            continue
        if set(_YEAR.findall(statement.sentence.clause(n))) - {str(year_of(facts))}:
            continue
        if of_another_time(facts, statement, n) and "起" not in statement.sentence.after(n):
            continue
        label = statement.passage.subject.strip() or statement.passage.topic.value
        if any(q.kind == factor.kind and q.agrees(factor) for q in statement.sentence.quantities):
            quantity = factor  # “共3座，建成2座”: the one that the money is for stands beside
        yield label, quantity, statement.sentence.clause_in_words(n)[-16:] + quantity.text
