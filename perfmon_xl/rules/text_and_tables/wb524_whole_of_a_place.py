"""WB524: how many townships, schools, villages a place has at all, told twice with two numbers, or exceeded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from perfmon_xl.domain.passage import Topic
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, sentences_of_people
from perfmon_xl.rules.facts import Facts

_PLACE = r"(?:全(?:省|市|县|区|州|盟|旗|镇|乡|街道|辖区|域)|(?:所|下|共)?辖(?:区内?)?|[\u4e00-\u9fff]{1,3}(?:市|县|区|州|镇|乡)(?=共?有|现有))"
_WHOLE = re.compile(
    rf"(?P<place>{_PLACE})(?:内|共|现|已)?(?:有|设|辖)?(?:各级|各类)?(?P<q>{Q})(?P<noun>[\u4e00-\u9fff]{{2,8}})"
)
_NOUN = re.compile(
    r"县市区?|市县|县区|乡镇(?:街道)?|镇街|乡(?![村镇])|镇(?!街)|街道(?:办)?|行政村|自然村|村民?委?会?|社区|居民小区|小区|(?:农村|公办|义务教育|中小|幼儿)*(?:学校|园)|卫生院|医院|水库|水厂|林场|敬老院|派出所|景区|园区|灌区|排污口|监测站"
)
_COUNTED = ("个", "所", "家", "座", "条", "村", "处", "")
_OTHER_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\s*年|上年|去年|原有|撤并|合并前|调整前")


@dataclass(frozen=True, slots=True)
class _Told:
    one: Statement
    quantity: Quantity
    noun: str
    quote: str
    level: str = ""


@rule(
    "WB524",
    title="全县（市、区）一共多少，两处说得不一样",
    severity=Severity.ERROR,
    basis="文内勾稽",
    covers=("E07",),
)
def whole_of_a_place(facts: Facts) -> Iterator[Problem]:
    """“辖8个县市”“全县14个乡镇”这样的总数，各处一样；做了的个数不会比总数还多。

    为什么：总数是覆盖率的分母；背景写8个、分析写9个，覆盖率就有两个。写明是别的年份、别的地方的不比。

    不对：背景8个县市，分析9个
    项目背景：黔岭州辖8个县市，由州旅游推广中心实施。
    综合分析表
    | 事项 | 内容 |
    | 公平性分析 | 推广内容覆盖全州9个县市。 |

    对：一样；只做了一部分；别的年份
    项目背景：黔岭州辖8个县市，2010年全州有10个县市。
    综合分析表
    | 事项 | 内容 |
    | 公平性分析 | 推广内容覆盖全州8个县市，其中5个县市设了分会场。 |
    """
    known: dict[tuple[str, str], _Told] = {}
    said: set[tuple[object, str]] = set()
    for told in _wholes(facts):
        first = known.setdefault((told.noun, told.level), told)
        if first is told or first.quantity.agrees(told.quantity) or first.quote == told.quote:
            continue
        said.add((told.one.passage.origin, told.quantity.text))
        yield _problem(told, first, "两处不一样")
    for told in _counts(facts):
        wholes = [one for (noun, _), one in known.items() if noun == told.noun]
        whole = wholes[0] if len(wholes) == 1 else None
        if (
            whole is None
            or (told.one.passage.origin, told.quantity.text) in said
            or told.one.sentence is whole.one.sentence
            or told.quantity.low <= whole.quantity.high
        ):
            continue
        yield _problem(told, whole, "比总数还多")


def _wholes(facts: Facts) -> Iterator[_Told]:
    for statement in sentences_of_people(facts):
        if statement.passage.topic in (Topic.EXPLANATION, Topic.MEASURE):
            continue
        for match in _WHOLE.finditer(statement.sentence.skeleton):
            quantity, noun = statement.sentence.quantity(match["q"]), _NOUN.match(match["noun"])
            if noun is None or quantity.unit not in _COUNTED or quantity.about or quantity.per:
                continue
            clause = re.split("[，,；;。]", statement.sentence.skeleton[: match.end()])[-1]
            if _OTHER_YEAR.search(clause):
                continue
            yield _Told(
                statement,
                quantity,
                noun[0],
                statement.sentence.shown(match.start(), match.end())[:20],
                _level(statement, match),
            )


def _level(statement: Statement, match: re.Match[str]) -> str:
    """说的是全省、全州还是全县：不是一级的不比。"""
    words = statement.sentence.skeleton[max(0, match.start() - 6) : match.end("place")]
    levels = re.findall("[省市县区州盟旗镇乡]", words)
    return levels[-1] if levels else ""


def _counts(facts: Facts) -> Iterator[_Told]:
    """做了的个数：“在9个乡镇开展”。"""
    for statement in sentences_of_people(facts):
        if statement.passage.topic in (Topic.EXPLANATION, Topic.GOAL):
            continue
        for n, quantity in enumerate(statement.sentence.quantities):
            noun = _NOUN.match(statement.sentence.after(n))
            clause = statement.sentence.clause(n)
            if noun is None or quantity.unit not in _COUNTED or quantity.about or quantity.per:
                continue
            if statement.sentence.roles[n] not in (Role.ACTUAL, Role.PART) or _OTHER_YEAR.search(clause):
                continue
            if re.search("全省|全国|外|邻|周边|累计|次", clause + statement.sentence.after(n)[:10]):
                continue
            yield _Told(statement, quantity, noun[0], clause[-8:] + quantity.text + noun[0])


def _problem(told: _Told, whole: _Told, what: str) -> Problem:
    where = whole.one.passage.subject.strip() or whole.one.passage.topic.value
    here = re.sub("[\ue000-\uf7ff]", "", told.quote)
    return Problem(
        told.one.passage.field,
        f"这里写“{here}”，“{where}”里写的是“{whole.quote}”，{what}。",
        "按行政区划、名册核对，改成同一个数；是另一个时间、另一个范围的，写明。",
        at=told.one.passage.origin,
        values={"这里": told.quantity.plainly + told.noun, "另一处": whole.quantity.plainly + whole.noun},
    )
