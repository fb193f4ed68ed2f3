"""WB505: one thing counted twice in the texts, with two results."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.domain.prose import Mention, MentionRole, mentions, pieces
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Role
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.claims import Statement, of_another_time, sentences_of_people
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.same_matter import rates_of_a_year, things_counted_twice

_WHERE = (Topic.PROGRESS, Topic.INDICATOR, Topic.FUND_NOTE, Topic.OVERALL, Topic.CONCLUSION)
_FUNCTION = re.compile(
    r"截[至止]|目前|已经?|累计|共计?|实际|全年|本阶段|其中|完成|达到?|为|了|约|月|底|止|初|上半年|前|季度|有|仅|只|共"
)
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]")
_SHORTEST = 6  # 字


@rule(
    "WB505",
    title="同一件事，两处写了两个数",
    severity=Severity.WARNING,
    basis="文内勾稽",
    covers=("E07",),
    criticism=("其他", "按原始记录核对，统一为一个数"),
)
def number_told_twice(facts: Facts) -> Iterator[Problem]:
    """各段文字里说同一件事（前面的话相同、单位相同），数也要相同。

    为什么：一处更新了一处没有更新，两个数读者都不敢用。是不是同一件事机器看不准，所以只提请核对。

    不对：两处的人次不一样
    进展表
    | 事项 | 进展情况 |
    | 健康服务 | 为老年人开展免费健康体检3200人次。 |
    指标分析表
    | 事项 | 内容 |
    | 健康管理率 | 截至7月31日，为老年人开展免费健康体检3020人次。 |

    不对：数的东西写在数的后面
    进展表
    | 事项 | 进展情况 |
    | 奖励申报 | 已有16家用人单位申报奖励。 |
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 申报少 | 仅14家单位申报。 | 上门宣传 | 10月起上门宣传政策。 |

    不对：同一年的同一个率，两处不一样
    项目背景：2023年学生总体近视率53.2%，列全市第二。
    指标分析表
    | 事项 | 内容 |
    | 近视率下降幅度 | 总体近视率由2023年的52.3%降到51.2%，下降1.1个百分点。 |

    不对：减到7个以后，另一处还写8个
    指标分析表
    | 事项 | 内容 |
    | 疫情面积 | 疫点乡镇由9个减到7个。 |
    综合分析表
    | 事项 | 内容 |
    | 公平性分析 | 8个疫点乡镇都安排了专业队。 |

    对：相同，或者一处说得粗
    进展表
    | 事项 | 进展情况 |
    | 健康服务 | 为老年人开展免费健康体检3217人次。 |
    指标分析表
    | 事项 | 内容 |
    | 健康管理率 | 截至7月31日，为老年人开展免费健康体检3200余人次。 |
    """
    first: dict[tuple[str, str], tuple[Mention, Passage]] = {}
    for passage in facts.passages:
        if passage.topic not in _WHERE:
            continue
        for mention in mentions(passage.text):
            if len(mention.lead) < _SHORTEST or not mention.unit:
                continue
            subject = _FUNCTION.sub("", _NOT_HAN.sub("", mention.lead))
            if len(subject) < _SHORTEST or mention.role is MentionRole.TARGET:
                continue
            known = first.setdefault((subject, mention.unit), (mention, passage))
            other, where = known
            if where is passage or mention.agrees(other.number) or other.agrees(mention.number):
                continue
            if mention.number == other.number:
                continue
            label = where.subject.strip() or where.topic.value
            yield unsure(
                passage.field,
                f"这里写“{subject}”{mention.text}，“{label}”里写的是 {other.text}。",
                "是同一件事就改成同一个数；统计的时间、范围不同的，写明。",
                at=passage.origin,
                values={"这里": mention.text, label: other.text},
            )
    yield from _counted_twice(facts)
    for two in (*rates_of_a_year(facts), *things_counted_twice(facts)):
        yield Problem(
            two.here.passage.field,
            f"这里写“{two.told}”，“{two.where}”里写的是 {two.other}。",
            "按原始记录核对，改成同一个数；统计的范围、时间不同的，写明。",
            at=two.here.passage.origin,
            values={"这里": two.told, two.where: two.other},
        )


def _counted_twice(facts: Facts) -> Iterator[Problem]:
    """“已有16家用人单位申报奖励”“仅14家单位申报”：数的东西写在数的后面，一处的话都在另一处里。"""
    known: list[tuple[Statement, Quantity, frozenset[str]]] = []
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in (*_WHERE, Topic.PROBLEM, Topic.OTHER):
            continue
        for n, quantity in enumerate(statement.sentence.quantities):
            if not _stands_alone(facts, statement, n, quantity):
                continue
            counted = pieces(_FUNCTION.sub("", _NOT_HAN.sub("", statement.sentence.after(n))))
            if len(counted) < _FEWEST_PIECES:
                continue
            for other, number, its in known[-_MOST_KNOWN:]:
                if (
                    other.passage is statement.passage
                    or number.kind != quantity.kind
                    or number.agrees(quantity)
                ):
                    continue
                if counted <= its or its <= counted:
                    yield unsure(
                        statement.passage.field,
                        f"这里写“{_told(statement, n)}”，“{other.passage.subject.strip() or other.passage.topic.value}”里写的是“{number.text}{_after(other, number)}”。",
                        "是同一件事就改成同一个数；统计的时间、范围不同的，写明。",
                        at=statement.passage.origin,
                        values={"这里": quantity.plainly, "另一处": number.plainly},
                    )
                    break
            known.append((statement, quantity, counted))


_FEWEST_PIECES = 3  # 相邻两个字，至少几处
_MOST_KNOWN = 200
_OTHER_SCOPE = re.compile("每|各|其中|另|其余|计划|目标|第[一二三四]|首批|上年|去年|新增")
_COUNTED_UNITS = ("%", "元", "天", "个月", "小时", "分钟", "个百分点", "百分点", "")


def _stands_alone(facts: Facts, statement: Statement, n: int, quantity: Quantity) -> bool:
    """一个实际的个数，前面没有说是哪一部分、哪一段时间的。"""
    if quantity.unit in _COUNTED_UNITS or quantity.per or quantity.about:
        return False
    if statement.sentence.roles[n] is not Role.ACTUAL or of_another_time(facts, statement, n):
        return False
    clause = statement.sentence.clause(n)
    lead = _FUNCTION.sub("", _NOT_HAN.sub("", statement.sentence.before(n)))
    return len(lead) <= 1 and _OTHER_SCOPE.search(clause) is None


def _after(statement: Statement, quantity: Quantity) -> str:
    return statement.sentence.after(statement.sentence.quantities.index(quantity))[:12]


def _told(statement: Statement, n: int) -> str:
    return statement.sentence.quantities[n].text + statement.sentence.after(n)[:12]
