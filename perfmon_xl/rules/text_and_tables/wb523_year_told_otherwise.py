"""WB523: what an indicator is to come to by the end of the year, told in a measure or a forecast of the text, falls short of
its target or is not the forecast of table 4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.amount import plain
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.target import Comparator
from perfmon_xl.ledger.quantity import Quantity, of_value
from perfmon_xl.ledger.reading import Role
from perfmon_xl.ledger.relations import comparable
from perfmon_xl.ledger.subjects import IndicatorQuantities
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, indicator_by_name, said_in, sentences_of_people, year_of
from perfmon_xl.rules.facts import Facts

_WHERE = (
    Topic.MEASURE,
    Topic.PROBLEM,
    Topic.REASON,
    Topic.INDICATOR,
    Topic.OVERALL,
    Topic.CONCLUSION,
    Topic.PROGRESS,
)
_REACH = re.compile(
    r"(?:[补增提扩升加累](?:足|充|加|高|大|计|升|至)?到|达到?|增至|升至|补至|累计(?:完成|达到?|办理|服务|培训)?|完成)(?:了|全年|年度|总数|总量|约|共|不少于|至少)*$"
)
_BY_STEPS = re.compile(
    r"再|补[办做开齐测]|加办|新增|增加(?!到|至)|每月|每周|每天|各|剩余|其余|余下|尚|还|另|缺"
)
_WHOLE_YEAR = re.compile(r"全年|年度|年内|年底|年末|年终|12月|十二月|项目(?:结束|完成)[前时]")
_AHEAD = re.compile(r"预计|可|能|将|计划|力争|争取|确保|有望|前|内|预期|拟|起")
_ENDED = re.compile(
    r"阶段目标|本阶段|序时|已(?!经?安排)|截[至止]|上半年|上年|去年|同期|原计划|年初计划|任务(?:是|为)|目标(?:是|为|值)"
)


@rule(
    "WB523",
    title="话里的全年数与目标、全年预计不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H04", "F04"),
)
def year_told_otherwise(facts: Facts) -> Iterator[Problem]:
    """措施、分析里说年底前做到多少、全年预计多少，应当够得上全年目标，也与表4的全年预计相同。

    为什么：措施做完了还差目标一截，等于没有措施；表4预计完成、文字预计完不成，读的人不知道信哪个。

    不对：全年目标3600个，措施只补到3200个
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 | 全年预计 |
    | 数量指标 | 血小板采集量 | ≥3600个 | ≥3000个 | 2800个 | 3600个 |
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 血小板采集慢 | 比阶段目标少200个。 | 增加采集 | 11月起增加周末采集，12月底前把血小板采集量补到3200个。 |

    对：补到目标；表4也预计完不成
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 | 全年预计 |
    | 数量指标 | 血小板采集量 | ≥3600个 | ≥3000个 | 2800个 | 3600个 |
    | 数量指标 | 献血宣传场次 | ≥40场 | ≥30场 | 22场 | 34场 |
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 血小板采集慢 | 比阶段目标少200个。 | 增加采集 | 11月底前血小板采集量达到3300个，12月底前补到3600个。 |
    | 宣传少 | 场地不足。 | 增加场次 | 献血宣传场次全年预计完成34场。 |
    """
    seen: set[tuple[object, str]] = set()
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _WHERE:
            continue
        for n, quantity in enumerate(statement.sentence.quantities):
            if not _of_the_year(facts, statement, n):
                continue
            about = _whose(facts, statement, n)
            wrong = _wrong(about, quantity) if about is not None else None
            if about is None or wrong is None or (statement.passage.origin, about.name) in seen:
                continue
            if wrong[0] == "全年目标" and _ADMITTED.search(statement.sentence.text):
                continue  # “预计504亩，比目标少169亩”: says so itself
            seen.add((statement.passage.origin, about.name))
            what, value = wrong
            yield Problem(
                statement.passage.field,
                f"这里“{about.name}”全年说到 {quantity.text}，表4的{what}是“{value}”。",
                "照表4核对：措施要够得上全年目标；确实完不成的，文字和全年预计写同一个数。",
                at=statement.passage.origin,
                values={"这里": quantity.plainly, what: value},
            )
        yield from _steps_fall_short(facts, statement)
    yield from _not_made_up_for(facts)


_ADMITTED = re.compile("少|差|低于|不足|达不到|完不成|难以|无法|不能|缺口|未能")
_STEP = re.compile(
    r"(?:再|补|新增|加|另)(?:[开办做种测建栽训采]|完成|举办|采集|发放|制作|安排|开展|培训)*(?:了|约|共)*$|(?:下半年|后[三四五六]个?月|四季度|第四季度|[\uf000-\uf7ff])[^，,]{0,10}(?:完成|举办|制作|开展|采集|培训|发放|建成|安装)[^，,]{0,10}$"
)


def _steps_fall_short(facts: Facts, statement: Statement) -> Iterator[Problem]:
    """“下半年完成60条，全年达到130条”：已经完成的加上这一步，到不了说的数。"""
    if statement.passage.topic is not Topic.MEASURE:
        return
    steps = [
        n for n in range(len(statement.sentence.quantities)) if _STEP.search(statement.sentence.clause(n))
    ]
    wholes = [
        n
        for n in range(len(statement.sentence.quantities))
        if n not in steps and _REACH.search(_bare(statement, n)) and _WHOLE_YEAR.search(_bare(statement, n))
    ]
    if len(steps) != 1 or len(wholes) != 1 or steps[0] > wholes[0]:
        return
    step, whole = (statement.sentence.quantities[n] for n in (steps[0], wholes[0]))
    about = statement.indicator
    actual = about.subject.actual if about is not None else None
    if about is None or actual is None or actual.kind != step.kind or step.kind != whole.kind or step.about:
        return
    together = actual.number + step.number
    if together >= whole.low:
        return
    yield Problem(
        statement.passage.field,
        f"这里写“{step.text}”“{whole.text}”：“{about.name}”已完成 {actual.text}，加上 {step.text} 是 {plain(together)}{step.unit}，达不到 {whole.text}。",
        "把每一步做多少写够，或者改全年的数。",
        at=statement.passage.origin,
        values={"已完成": actual.text, "再完成": step.plainly, "全年": whole.plainly},
    )


def _bare(statement: Statement, n: int) -> str:
    return re.sub("[\ue000-\uf7ff]", "", statement.sentence.clause(n))


_STOPPED = re.compile(r"(?:停办|停开|取消|少办|少开|未办|没有办|缺|停课|停|少)(?:了|约|共)*$")
_AGAIN = re.compile(r"补(?:办|开|做|种|测|栽|训|课|上|发)(?:了|约|共|齐|足)*[^，,补]{0,8}$")
_ALL_MADE_UP = re.compile(r"(?:全部|全数|悉数|都)补[齐上足]|补[齐足](?:全部|停办|取消|缺)")


def _not_made_up_for(facts: Facts) -> Iterator[Problem]:
    """“停办6场”，措施“补办4场，全部补齐”。"""
    for problem in facts.monitoring.problems:
        own = said_in(facts, problem)
        lost = [
            one.sentence.quantities[n]
            for one in own
            if one.passage.topic is Topic.PROBLEM
            for n in range(len(one.sentence.quantities))
            if _STOPPED.search(_bare(one, n))
        ]
        for statement in own:
            if statement.passage.topic is not Topic.MEASURE or not _ALL_MADE_UP.search(
                statement.sentence.text
            ):
                continue
            made = [
                q
                for n, q in enumerate(statement.sentence.quantities)
                if _AGAIN.search(_bare(statement, n)) and not q.about
            ]
            same = [q for q in lost if made and q.kind == made[0].kind]
            if len({q.number for q in same}) != 1 or len(made) != 1 or made[0].number >= same[0].number:
                continue
            yield Problem(
                statement.passage.field,
                f"问题写少了 {same[0].text}，措施只补 {made[0].text}，却说全部补齐。",
                "补多少写够，或者写明还差多少、怎么办。",
                at=statement.passage.origin,
                values={"问题": same[0].plainly, "措施": made[0].plainly},
            )


def _of_the_year(facts: Facts, statement: Statement, n: int) -> bool:
    """第 n 个量是到年底做到的总数，不是再做多少，也不是中间一步。"""
    quantity, clause = statement.sentence.quantities[n], statement.sentence.clause(n)
    if quantity.per or quantity.unit in ("", "元") or statement.sentence.roles[n] in (
        Role.DIFFERENCE, Role.REMAINDER, Role.PREVIOUS, Role.SHARE, Role.STAGE, Role.THRESHOLD,
    ):  # fmt: skip
        return False
    before = re.sub("[\ue000-\uf7ff]", "", clause)
    if not _REACH.search(before) or _BY_STEPS.search(before[-8:]) or _ENDED.search(before):
        return False
    plan = statement.passage.topic is Topic.MEASURE or _AHEAD.search(before)
    whens = [
        statement.sentence.when(c)
        for c in re.findall("[\uf000-\uf7ff]", statement.sentence.skeleton[: statement.sentence.at[n]])
    ]
    if whens and not re.search("全年|年度", re.split("[\uf000-\uf7ff]", clause)[-1]):
        until = (
            whens[-1].is_day or whens[-1].first.month == 1 or re.search("[\uf000-\uf7ff](?:之|以)?前", clause)
        )
        return bool(plan) and bool(until) and whens[-1].last >= _end(facts)
    return bool(plan) and bool(_WHOLE_YEAR.search(before))


def _end(facts: Facts) -> date:
    """年底，或者项目先结束的那一天所在的月初。"""
    end = facts.monitoring.project.end
    last = date(year_of(facts), 12, 1)
    return min(last, end.replace(day=1)) if end is not None else last


def _whose(facts: Facts, statement: Statement, n: int) -> IndicatorQuantities | None:
    quantity = statement.sentence.quantities[n]

    def fits(other: IndicatorQuantities) -> bool:
        return other.subject.annual is not None and comparable(other.subject.annual, quantity)

    if statement.own:
        return statement.indicator if statement.indicator is not None and fits(statement.indicator) else None
    words = statement.sentence.before(n) + statement.sentence.after(n)
    measured = indicator_by_name(facts).spoken_of(words, fits)
    if measured is not None:
        return measured
    return statement.indicator if statement.indicator is not None and fits(statement.indicator) else None


def _wrong(about: IndicatorQuantities, said: Quantity) -> tuple[str, str] | None:
    """与表4不合的一栏和它的值；合得上的、说不准的没有。"""
    record = about.record
    forecast = of_value(record.forecast, about.name)
    if forecast is not None and comparable(forecast, said):
        if forecast.agrees(said):
            return None
        return "全年预计", record.forecast.raw.strip()
    annual = about.subject.annual
    if annual is None or about.subject.at_most is not False or record.annual.comparator is Comparator.LESS:
        return None
    return ("全年目标", record.annual.raw.strip()) if said.high < annual.low else None
