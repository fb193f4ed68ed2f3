"""WB301: budget, arrived or spent in the text, other than the funds table adds up to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.ledger.reading import Role
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.claims import Statement, of_another_time, sentences_of_people
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.money import NAMES, claimed, figures_of, is_whole, quantity_rounds_to

_WHERE = (
    Topic.FUND_NOTE,
    Topic.OVERALL,
    Topic.CONCLUSION,
    Topic.PROBLEM,
    Topic.OTHER,
    Topic.BACKGROUND,
    Topic.SCOPE,
)
_NO_SUBJECT = re.compile(r"(?:目前|现|均|已|实际|累计|共|仅|只)*(?:到位|支出|支付|使用|执行)")
_SIGNS = re.compile("[\ue000-\uf7ff]")


@rule(
    "WB301",
    title="文字里的预算、到位、支出数与资金表不一样",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("B03", "E07"),
)
def money_told_differently(facts: Facts) -> Iterator[Problem]:
    """文字里写的项目预算、到位资金、实际支出，应当等于资金表的合计（元和万元换算、四舍五入之后）。

    为什么：同一笔钱两个数，执行率就有两个；常见的是单位写错，或者表更新了文字没有更新。

    不对：表里支出43.2万元，文字里42.3万元
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 财政拨款 | 60 | 60 | 43.2 |
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 截至2024年7月31日，项目实际支出42.3万元。 |

    对：元和万元写法不同，数相等；分项不是合计
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 财政拨款 | 50 | 50 | 43.20 |
    | 自筹 | 10 | 10 | |
    资金说明表
    | 事项 | 内容 |
    | 资金投入情况 | 项目预算安排60万元，其中：财政拨款50万元、自筹10万元，已到位资金600000元。 |
    | 资金使用情况 | 截至2024年7月31日，项目实际支出432000元，其中：设备费30万元、培训费13.2万元。 |

    不对：只说支出，没有说是哪一笔
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 中央补助 | 60 | 60 | 33.6 |
    | 区级资金 | 90 | 54 | 40.8 |
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 预算150万元，到位114万元，支出75.4万元。 |

    对：尚未全部到位
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 财政拨款 | 60 | 50 | 43.2 |
    资金说明表
    | 事项 | 内容 |
    | 资金到位率 | 项目资金尚未全部到位。 |

    对：后半句没有主语，说的还是前半句的来源
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 上级补助 | 180 | 180 | 108 |
    | 市级财政拨款 | 70 | | |
    资金说明表
    | 事项 | 内容 |
    | 资金到位率 | 市级财政拨款70万元，实际到位45万元。 |
    """
    yield from _all_here(facts)
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _WHERE:
            continue
        for n, quantity in enumerate(statement.sentence.quantities):
            if not _is_claim(facts, statement, n):
                continue
            words = _SIGNS.sub("", statement.sentence.clause(n))
            key = claimed(statement.sentence.clause(n)) or _bare(facts, statement, n, words)
            whole = is_whole(words, facts) and not _goes_on_about_a_source(facts, statement, n)
            amounts = figures_of(key, facts.figures.funds) if key and whole else ()
            if not amounts or any(quantity_rounds_to(quantity, a) for a in (*amounts, *_parts(facts))):
                continue
            shown = "或".join(str(a) for a in amounts)
            say = unsure if key == "投" else Problem  # 总投资也可能是几年的
            yield say(
                statement.passage.field,
                f"文字写“{_quoted(statement, n)}”，资金表的{NAMES[key]}是 {shown}。",
                "先看元、万元有没有写错；表里的数是新的，就改文字。",
                at=statement.passage.origin,
                values={"文字": quantity.plainly, "资金表": shown},
            )


_ALL_HERE = re.compile(
    r"(?:资金|经费|预算)[^，,。；尚未没不待\ue000-\ue7ff]{0,4}?(?:已|均|都)*(?:全部|全额|足额|悉数)(?:落实)?到位"
)


def _all_here(facts: Facts) -> Iterator[Problem]:
    """“资金已全部到位”，而资金表的到位数少于预算。"""
    funds = facts.figures.funds
    if funds.arrived is None or funds.adjusted is None or funds.arrived.yuan >= funds.adjusted.yuan:
        return
    for statement in sentences_of_people(facts):
        match = _ALL_HERE.search(statement.sentence.skeleton)
        if statement.passage.topic not in _WHERE or match is None:
            continue
        before = re.split("[，,；。]", statement.sentence.skeleton[: match.start()])[-1]
        if not is_whole(before + match[0], facts) or re.search("[未没将应需前]|确保|力争", before[-6:]):
            continue
        yield Problem(
            statement.passage.field,
            f"文字写“{match[0]}”，资金表到位 {funds.arrived}，预算 {funds.adjusted}。",
            "核对到位数；只有一部分到位的，写明到位多少、还差多少。",
            at=statement.passage.origin,
            values={"文字": match[0], "到位": str(funds.arrived), "预算": str(funds.adjusted)},
        )


def _is_claim(facts: Facts, statement: Statement, n: int) -> bool:
    """是到监控截止日的一个实际金额。"""
    quantity = statement.sentence.quantities[n]
    if quantity.unit != "元" or quantity.per or of_another_time(facts, statement, n):
        return False
    return statement.sentence.roles[n] in (
        Role.ACTUAL,
        Role.TARGET,
    ) and "其中" not in statement.sentence.clause(n)


_BARE = re.compile(
    r"^(?:截[至止]|到)?(?:本|该)?(?:项目|资金)?(?:全年|本年|当年|共|合计|总计|累计|实际|已)*(?:(?P<初>年初预算)|(?P<调>调整后(?:的)?预算)|(?P<预>预算|总预算)|(?P<到>到位)|(?P<支>支出|支付))"
    r"(?:数|资金|总额|金额)?(?:共|合计|总计|为|是|：|:)*$"
)
_OF_THE_WHOLE = re.compile(
    r"截[至止]|上半年|前?[一二三四]季度|月|目前|监控|期末|项目|资金|预算|安排|下达|批复|调整|年初|年度|全年|到位|执行|支出|支付|使用|完成|总额|合计|累计|实际|"
    r"万|亿|元|%|序时|进度|率|数|为|是|后|未|已|共|日|底|末|[，,；;。：:、（）()\s\ue000-\uf7ff\d]"
)


def _bare(facts: Facts, statement: Statement, n: int, words: str) -> str:
    """“上半年支出75.4万元”“预算：390万元”：这一段到这里讲的只有整个项目的钱，没有说是哪一笔。"""
    match = _BARE.match(words.strip())
    before = statement.passage.text[: statement.sentence.start + statement.sentence.quantities[n].start]
    if match is None or _OF_THE_WHOLE.sub("", before):
        return ""
    return str(match.lastgroup)


def _quoted(statement: Statement, n: int) -> str:
    """这个数和它前面、同一分句里的话，照原文。"""
    at = statement.sentence.at[n]
    start = at - len(statement.sentence.clause(n))
    return statement.sentence.shown(max(start, at - 18), at + 1)


def _goes_on_about_a_source(facts: Facts, statement: Statement, n: int) -> bool:
    """“市级财政拨款70万元，到位45万元”：后半句没有主语，说的还是前半句的那个来源。"""
    before, _, clause = without_spaces(statement.sentence.skeleton[: statement.sentence.at[n]]).rpartition(
        "，"
    )
    subject = re.split("[，；。]", before)[-1]
    return bool(_NO_SUBJECT.match(clause)) and any(
        subject.startswith(f.source.strip())
        for f in (facts.monitoring.funding if len(facts.monitoring.funding) > 1 else ())
        if f.source.strip()
    )


def _parts(facts: Facts) -> Iterator[Amount]:
    """单项来源的数：文字可能只讲其中一个来源。"""
    for funding in facts.monitoring.funding:
        if len(facts.monitoring.funding) > 1:
            yield from (
                a
                for a in (funding.initial, funding.adjusted, funding.arrived, funding.spent)
                if a is not None
            )
