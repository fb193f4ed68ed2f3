"""WB523: what an indicator is to come to by the end of the year, told in a measure or a forecast of the text, falls short of
its target or is not the forecast of table 4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.target import Comparator
from perfmon_xl.ledger.quantity import Quantity, of_value
from perfmon_xl.ledger.reading import Role
from perfmon_xl.ledger.relations import comparable
from perfmon_xl.ledger.subjects import Measured
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Said, indicator_by_name, sentences_of_people, year_of
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
    for one in sentences_of_people(facts):
        if one.passage.topic not in _WHERE:
            continue
        for n, quantity in enumerate(one.sentence.quantities):
            if not _of_the_year(facts, one, n):
                continue
            about = _whose(facts, one, n)
            wrong = _wrong(about, quantity) if about is not None else None
            if about is None or wrong is None or (one.passage.origin, about.name) in seen:
                continue
            seen.add((one.passage.origin, about.name))
            what, value = wrong
            yield Problem(
                one.passage.field,
                f"这里“{about.name}”全年说到 {quantity.text}，表4的{what}是“{value}”。",
                "照表4核对：措施要够得上全年目标；确实完不成的，文字和全年预计写同一个数。",
                at=one.passage.origin,
                values={"这里": quantity.plainly, what: value},
            )


def _of_the_year(facts: Facts, one: Said, n: int) -> bool:
    """第 n 个量是到年底做到的总数，不是再做多少，也不是中间一步。"""
    quantity, clause = one.sentence.quantities[n], one.sentence.clause(n)
    if quantity.per or quantity.unit in ("", "元") or one.sentence.roles[n] in (
        Role.DIFFERENCE, Role.REMAINDER, Role.PREVIOUS, Role.SHARE, Role.STAGE, Role.THRESHOLD,
    ):  # fmt: skip
        return False
    before = re.sub("[\ue000-\uf7ff]", "", clause)
    if not _REACH.search(before) or _BY_STEPS.search(before[-8:]) or _ENDED.search(before):
        return False
    plan = one.passage.topic is Topic.MEASURE or _AHEAD.search(before)
    whens = [
        one.sentence.when(c)
        for c in re.findall("[\uf000-\uf7ff]", one.sentence.skeleton[: one.sentence.at[n]])
    ]
    if whens:
        return bool(plan) and whens[-1].last >= _end(facts)
    return bool(plan) and bool(_WHOLE_YEAR.search(before))


def _end(facts: Facts) -> date:
    """年底，或者项目先结束的那一天所在的月初。"""
    end = facts.monitoring.project.end
    last = date(year_of(facts), 12, 1)
    return min(last, end.replace(day=1)) if end is not None else last


def _whose(facts: Facts, one: Said, n: int) -> Measured | None:
    quantity = one.sentence.quantities[n]

    def fits(other: Measured) -> bool:
        return other.subject.annual is not None and comparable(other.subject.annual, quantity)

    if one.own:
        return one.indicator if one.indicator is not None and fits(one.indicator) else None
    words = one.sentence.before(n) + one.sentence.after(n)
    found = indicator_by_name(facts).spoken_of(words, fits)
    if found is not None:
        return found
    return one.indicator if one.indicator is not None and fits(one.indicator) else None


def _wrong(about: Measured, said: Quantity) -> tuple[str, str] | None:
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
