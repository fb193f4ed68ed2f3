"""WB309: what one source gives, told with an amount that its row of the funds does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Funding
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.ledger.reading import Role
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, of_another_time, sentences_of_people
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.money import quantity_rounds_to

_LEVELS = re.compile(r"中央|省|市|县|区|镇|乡|街道|自筹|债券|社会|捐赠")
_SAID = re.compile(  # nothing but the source and a bare verb: 市级支出用于培训 is no claim of the whole row
    r"(?:其中|由|以及|和|及|、|：|:)*(?P<who>[^，,：:\ue000-\uf7ff]{2,14}?)"
    r"(?:财政|专项|补助|配套|拨款|资金|经费|款|投入|承担|安排|预算|级)*"
    r"(?:资金)?(?:共计|合计|共|为|是|了)*"
)
_NOT_ROLES = (Role.PREVIOUS, Role.REMAINDER, Role.DIFFERENCE, Role.PLAN, Role.THRESHOLD, Role.SHARE)


@rule(
    "WB309",
    title="文字里一个来源的数，资金表这一行没有",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("B03", "E07"),
)
def amount_of_no_source(facts: Facts) -> Iterator[Problem]:
    """资金说明里写“中央资金多少、市级多少”的，没有说是到位还是支出的，要是资金表那一行的一个数。

    为什么：几个来源改了一个，合计跟着改了，分项常常没有改。

    不对：表里市级600，文字里620
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 中央补助资金 | 800 | 800 | 690 |
    | 市级财政资金 | 600 | 520 | 450 |
    资金说明表
    | 事项 | 内容 |
    | 资金投入情况 | 预算安排1400万元，中央800万元，市级620万元。 |

    对：各是各的；还差的、花在一件事上的、别的月份的不是这一行的数
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 中央补助资金 | 800 | 800 | 690 |
    | 市级财政资金 | 600 | 520 | 450 |
    资金说明表
    | 事项 | 内容 |
    | 资金到位率 | 中央800万元，市级到位520万元，市级余80万元待拨，市级3月到位300万元，市级支出用于培训40万元。 |
    """
    sources = [f for f in facts.monitoring.funding if f.source.strip()]
    if len(sources) < 2:
        return
    for statement in sentences_of_people(facts):
        if statement.passage.topic is not Topic.FUND_NOTE:
            continue
        for n, quantity in enumerate(statement.sentence.quantities):
            who = _told(statement, n)
            if who is None or quantity.unit != "元" or quantity.per or of_another_time(facts, statement, n):
                continue
            row = _row(who, sources)
            amounts = _amounts(row) if row is not None else ()
            if re.match(r"[\uf000-\uf7ff]", statement.sentence.after(n)):
                continue  # “市级120万元4月、60万元6月到位”: one of several payments
            if row is None or not amounts or any(quantity_rounds_to(quantity, amount) for amount in amounts):
                continue
            shown = "或".join(dict.fromkeys(str(amount) for amount in amounts))
            yield Problem(
                statement.passage.field,
                f"文字写“{who}{quantity.text}”，资金表“{row.source.strip()}”是 {shown}。",
                "照资金表改；讲的是另一笔、另一个时间的，写明。",
                at=statement.passage.origin,
                values={"文字": quantity.plainly, "资金表": shown},
            )


def _told(statement: Statement, n: int) -> str | None:
    """这个数前面只写了一个来源。"""
    if statement.sentence.roles[n] in _NOT_ROLES:
        return None
    match = _SAID.fullmatch(without_spaces(re.split("、", statement.sentence.before(n))[-1]))
    return match["who"] if match else None


def _row(who: str, sources: list[Funding]) -> Funding | None:
    """说的是哪一行：全名，或者级次只有这一行有。"""
    exact = [f for f in sources if f.source.strip().startswith(who)]
    if len(exact) == 1:
        return exact[0]
    level = _LEVELS.match(who)
    if level is None or len(who) > len(level[0]) + 1:
        return None
    fundings = [f for f in sources if (at := _LEVELS.match(f.source.strip())) and at[0] == level[0]]
    return fundings[0] if len(fundings) == 1 else None


def _amounts(row: Funding) -> tuple[Amount, ...]:
    every = (row.initial, row.adjusted, row.arrived, row.spent, row.forecast)
    return tuple(amount for amount in every if amount is not None)
