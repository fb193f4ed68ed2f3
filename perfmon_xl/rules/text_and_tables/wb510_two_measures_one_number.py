"""WB510: one sentence gives two different measures the very same number."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.prose import mentions
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts

_UNLIKELY_BY_CHANCE = 51
_PEOPLE = ("人", "人次", "户", "名", "位", "家")
_MULTIPLES = 10

_NEARBY = 20  # 再往后的，不是同一句里的两个量


@rule("WB510", title="一句话里两个量是同一个数", severity=Severity.INFO, basis="通行做法", covers=("E09",))
def two_measures_one_number(facts: Facts) -> Iterator[Problem]:
    """件数和人数、场次和人次这样不同的量，一个不差地相同，多半有一个是照抄的。

    是不是真的一件一人，要看台账，所以报“无法判断”。整十的数常见，不查。

    为什么：照抄的数会一路抄进报告和报表。

    不对：件数和人次一样
    进展表
    | 事项 | 进展情况 |
    | 调解 | 共调解纠纷263件，服务群众263人次。 |

    对：各是各的数
    进展表
    | 事项 | 进展情况 |
    | 调解 | 共调解纠纷263件，服务群众571人次。 |
    """
    told: set[tuple[str, str, str]] = set()
    for passage in facts.passages:
        if passage.topic not in (Topic.PROGRESS, Topic.INDICATOR):
            continue
        found = [m for m in mentions(passage.text) if m.number >= _UNLIKELY_BY_CHANCE and not m.approximation]
        for index, mention in enumerate(found):
            for other in found[index + 1 : index + 1 + _NEARBY]:
                pair = (str(mention.number), mention.unit, other.unit)
                if (
                    mention.sentence != other.sentence
                    or mention.number != other.number
                    or mention.number % _MULTIPLES == 0
                    or {mention.unit, other.unit} & {"", "%"}
                    or (mention.unit in _PEOPLE) == (other.unit in _PEOPLE)
                    or pair in told
                ):
                    continue
                told.add(pair)
                yield unsure(
                    passage.field,
                    f"“{mention.said}”和“{other.said}”是两个量，数却一样，看不出是不是照抄。",
                    "核对台账；确实一样的，写明（如“一案一人”）。",
                    at=passage.origin,
                    values={"前一个": mention.text, "后一个": other.text},
                )
