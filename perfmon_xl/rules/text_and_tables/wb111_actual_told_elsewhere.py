"""WB111: another passage, which is not the indicator's own, gives another actual."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.ledger.changes import from_to
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Role
from perfmon_xl.ledger.relations import rounded_alike
from perfmon_xl.ledger.subjects import IndicatorQuantities, rest_of
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.claims import Statement, exact, of_another_time, sentences_of_people
from perfmon_xl.rules.facts import Facts

_WHERE = (
    Topic.PROGRESS,
    Topic.OVERALL,
    Topic.CONCLUSION,
    Topic.PROBLEM,
    Topic.OTHER,
    Topic.SCOPE,
    Topic.BACKGROUND,
    Topic.FUND_NOTE,
    Topic.REASON,
)
_DESIGN = (Topic.SCOPE, Topic.BACKGROUND)
_DONE = re.compile(r"已|累计|截[至止]|实际|完成了|目前")
_LABEL = re.compile(
    r"([\u4e00-\u9fff（）()]{2,20}?(?:率|度|比例|比重))(?:分别|均|也|都|已|约|仅|只|为|是|达到?了?|到|至|仍|保持在|在|高达|：|:)*$"
)
_RISEN = re.compile(
    r"([\u4e00-\u9fff]{2,12})(提升|提高|增长|下降|降低|减少|增加)(?:了|约|达到?|幅度为)*$"
)  # “资源密度提升12%”: 资源密度提升率
_SIGNS = re.compile("[\ue000-\uf7ff]")
_OTHER_SCOPE = re.compile(r"全国|全省|上级|同类|标杆|平均水平|每|各|分别|余下|另|其他|试点|第[一二三四]批")


@rule(
    "WB111",
    title="别处文字里的实际数与表4不一样",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("E07",),
)
def actual_told_elsewhere(facts: Facts) -> Iterator[Problem]:
    """进展、综合分析、问题和结论里说到一个指标做到多少，应当与表4的实际完成值相同。

    为什么：同一个数在几处出现，改了一处忘了别处，报告自己就对不上。只讲一部分、一段时间、另一个单位的数不比；
    看不准讲的是不是同一件事的，报无法判断。

    不对：进展里是39台，表4是37台
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 净化设备购置数量 | ≥48台 | 37台 |
    进展表
    | 事项 | 进展情况 |
    | 设备 | 购置净化设备39台，已安装使用。 |

    不对：结论里的满意度
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 服务对象满意度指标 | 用水户满意度 | ≥90% | 93.5% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 用水户满意度达到95.3%，项目实施良好。 |

    对：相同；只讲一部分、一个月的；说得粗的
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 净化设备购置数量 | ≥48台 | 37台 |
    | 数量指标 | 水质检测批次 | ≥1200批次 | 915批次 |
    进展表
    | 事项 | 进展情况 |
    | 设备 | 购置净化设备37台。 |
    | 设备 | 白沙水厂购置净化设备12台。 |
    | 检测 | 9月水质检测102批次，全年计划水质检测1200批次，已水质检测900余批次。 |
    """
    seen: set[tuple[object, str]] = set()
    for statement in sentences_of_people(facts):
        if statement.own or statement.passage.topic not in _WHERE:
            continue
        for n, quantity in enumerate(statement.sentence.quantities):
            if statement.sentence.roles[n] is not Role.ACTUAL or of_another_time(facts, statement, n):
                continue
            if statement.passage.topic in _DESIGN and not _DONE.search(statement.sentence.text):
                continue  # “受益人口1.6万人”: what the project is meant to do
            about = _whose(facts, statement, n)
            if about is None:
                continue
            indicator, sure = about
            actual = indicator.subject.actual
            if actual is None or quantity.agrees(actual) or _elsewhere_right(statement, n, actual):
                continue
            if rounded_alike(quantity, actual, indicator.subject.targets(actual)):
                continue
            key = (statement.passage.origin, indicator.name)
            if key in seen:
                continue
            seen.add(key)
            say = Problem if sure else unsure
            yield say(
                statement.passage.field,
                f"这里写“{_SIGNS.sub('', statement.sentence.clause(n))[-18:]}{quantity.text}”，"
                f"表4“{indicator.name}”的实际完成值是“{actual.text}”。",
                "按台账核对，改成同一个数；讲的是其中一部分或另一个时间的，写明。",
                at=statement.passage.origin,
                values={"这里": quantity.plainly, "表4": actual.text},
            )


def _whose(facts: Facts, statement: Statement, n: int) -> tuple[IndicatorQuantities, bool] | None:
    """这个数是哪个指标的实际数，看得准不准；讲的是一部分的没有。"""
    quantity = statement.sentence.quantities[n]
    words = _SIGNS.sub("", statement.sentence.before(n))
    pair = from_to(statement.sentence)
    if pair is not None and n == pair[1] and quantity.unit != "%":
        head = re.split("[，,；]", statement.sentence.skeleton[: statement.sentence.at[pair[0]]])[-1]
        words = re.sub(r"(?:19|20)\d{2}年(?:的)?|能力|水平", "", _SIGNS.sub("", head).rstrip("由从"))
        words = re.sub("(?:由|从)$", "", words)
    if _OTHER_SCOPE.search(words):
        return None
    if quantity.unit == "%":
        label, risen = (p.search(words.replace(" ", "")) for p in (_LABEL, _RISEN))
        spoken = label[1] if label is not None else f"{risen[1]}{risen[2]}率" if risen is not None else ""
        measured = exact(facts).rate_spoken_of(spoken) if spoken else None
        return (measured, True) if measured is not None else None

    def fits(other: IndicatorQuantities) -> bool:
        return other.subject.actual is not None and other.subject.actual.kind == quantity.kind

    measured = exact(facts).spoken_of(words, fits)
    if measured is None and (all_of := _all_done(facts, statement, n)) is not None:
        return all_of, True
    if measured is None:  # “完成38处雨水情测报设施的维护”: what it counts stands behind it
        words += _SIGNS.sub("", statement.sentence.after(n))
        measured = exact(facts).spoken_of(words, fits) or exact(facts).only_one_in(words, fits)
    if measured is None or measured.is_rate:
        return None
    rest = rest_of(words, measured.core + measured.name)
    if rest:
        actual = measured.subject.actual
        more = actual is not None and quantity.low > actual.high
        return (measured, False) if more and len(rest) <= 2 else None
    return measured, True


_ALL_DONE = re.compile("全部(?:已)?(?:完工|建成|投入|完成|竣工|验收|安装|到位|交付|投用|启用)")
_THING = re.compile(r"(?!月|日|年)[\u4e00-\u9fff]{3,8}?(?=[\d\uf000-\uf7ff，,均都已全])")


def _all_done(facts: Facts, statement: Statement, n: int) -> IndicatorQuantities | None:
    """“8个收储点5月8日开工，7月28日全部完工”：数的东西写在后面，全部做完了，就是那个指标的实际数。"""
    if statement.passage.topic is not Topic.PROGRESS or not _ALL_DONE.search(statement.sentence.skeleton):
        return None
    after = statement.sentence.skeleton[statement.sentence.at[n] + 1 :]
    thing = _THING.match(after)
    if (
        thing is None
        or _SIGNS.sub("", statement.sentence.before(n))
        or len(statement.sentence.quantities) > 1
    ):
        return None
    kind = statement.sentence.quantities[n].kind
    measureds = [
        i
        for i in exact(facts).all
        if thing[0] in i.name and i.subject.actual is not None and i.subject.actual.kind == kind
    ]
    return measureds[0] if len(measureds) == 1 else None


def _elsewhere_right(statement: Statement, n: int, actual: Quantity) -> bool:
    """同一句里另有一个数等于实际数，或者几个加起来等于它。"""
    others = [q for m, q in enumerate(statement.sentence.quantities) if q.kind == actual.kind]
    whole = sum(
        q.number
        for m, q in enumerate(statement.sentence.quantities)
        if q.kind == actual.kind and statement.sentence.roles[m] is Role.ACTUAL
    )
    return any(q.agrees(actual) for q in others if q is not statement.sentence.quantities[n]) or (
        len(others) > 1 and whole == actual.number
    )
