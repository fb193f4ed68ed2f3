"""效率性、效益性、公平性: judgements that the figures carry, in words; the figures themselves stand elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfmon_xl.domain.category import Level1, category, level1
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.tracing.tracked import clean
from perfmon_xl.report.wording.evidence import UNFINISHED
from perfmon_xl.report.wording.execution_bands import Band, funding
from perfmon_xl.report.wording.fund_needs import paid_out
from perfmon_xl.report.wording.indicator_briefs import brief, brief_unknown
from perfmon_xl.report.wording.indicator_states import GOOD, MISSED, NOT_YET, DraftState, Shape
from perfmon_xl.report.wording.material import DraftIndicator, Material, is_benefit
from perfmon_xl.report.wording.naming import MOST_NAMED, quoted

_GAP = Decimal("0.2")  # where the rule set has none: the audit's measure for payment against progress
_MOST_TOLD = 4
_CONCLUDES = ("已经实现", "符合要求", "上限以内", "按期实现")  # says already that it is met
_TWO = 2  # “两项”，不说“2项”


def overall_drafts(material: Material) -> dict[str, str]:
    """综合分析的三段：事项 → 一段话。"""
    drafts = {}
    for subject, write in (("效率性分析", efficiency), ("效益性分析", benefit), ("公平性分析", fairness)):
        material.speaker.begin()
        drafts[subject] = write(material)
    return drafts


def _say(material: Material, key: str, **values: str) -> str:
    return material.speaker.say(key, values)


def count(material: Material, number: int, value: Ref) -> str:
    """一个个数，带记号。"""
    return material.mark(str(number), value)


# --- 效率性 -----------------------------------------------------------------------------------------


def efficiency(material: Material) -> str:
    """产出和成本做得怎样、哪几项落后、卡在哪里、钱和事同不同步。"""
    outputs = [indicator for indicator in material.indicators if not is_benefit(indicator.record)]
    judged = [output for output in outputs if output.state in (*GOOD, *MISSED)]
    missed = [indicator for indicator in judged if indicator.state in MISSED]
    if not outputs:
        return _say(material, "效率性.没有指标") + _money_and_work(material)
    if not judged:
        return _say(material, "效率性.都不能判断") + _money_and_work(material)
    open_ = open_matters(material)
    if not missed:
        waiting = len(outputs) > len(judged)
        biggest = next(
            (indicator for indicator in judged if indicator.shape in (Shape.COUNT, Shape.EQUAL)), None
        )
        fact = brief(material, biggest) if biggest is not None else ""
        open_ones = [output for output in outputs if output not in judged]
        due = any(one.state not in NOT_YET for one in open_ones)
        key = "效率性.可判断的都达到" if due else "效率性.已到期的都达到" if waiting else "效率性.都达到"
        text = _say(material, key, 事实=fact, 何时="全年" if material.whole_year else "本阶段")
        return text + _still_open(material, open_) + _money_and_work(material)
    names = material.quoted(missed)
    several = (
        count(material, len(missed), Ref("counts", field="outputs_unmet"))
        if 1 < len(missed) <= MOST_NAMED
        else ""
    )
    rest = _remaining_indicators(outputs, judged, missed, over=material.whole_year)
    if len(missed) == len(judged) and rest == "":
        key = "效率性.全年都没有达到" if material.whole_year else "效率性.都没有达到"
        text = _say(material, key, 名=names)
    else:
        when = "全年" if material.whole_year else "本阶段"
        text = _say(material, "效率性.有落后", 名=names, 几=several, 其余=rest, 何时=when)
    return text + _still_open(material, open_) + _money_and_work(material)


def _bears_on(material: Material, n: int) -> bool:
    """没有完成的事和一个没有达到的指标说的是一回事：才说它关系全年任务。"""
    progress = material.monitoring.progress[n]
    return any(
        material.about_the_same(indicator.record.name + indicator.cause, progress.subject + progress.text)
        for indicator in material.of(*MISSED)
    )


def _remaining_indicators(
    outputs: list[DraftIndicator], judged: list[DraftIndicator], missed: list[DraftIndicator], *, over: bool
) -> str:
    """其余的怎样：按计划推进、尚未到期。"""
    good = len(judged) - len(missed)
    unknown = [output for output in outputs if output not in judged]
    if good and unknown:
        waiting = all(indicator.state in NOT_YET for indicator in unknown)
        return "其余已到期的达到目标" if waiting else "其余可以判断的达到目标"
    if good:
        return "其余达到目标" if over else "其余按计划推进"
    if unknown and all(indicator.state in NOT_YET for indicator in unknown):
        return "其余尚未到期"
    return "其余尚不能判断" if unknown else ""


def open_matters(material: Material) -> list[tuple[int, str]]:
    """进展里写着尚未完成的事项：第几条、名称。"""
    return [
        (n, p.subject.strip())
        for n, p in enumerate(material.monitoring.progress)
        if p.state.strip() == UNFINISHED and p.subject.strip()
    ]


def _still_open(material: Material, open_: list[tuple[int, str]]) -> str:
    if not open_:
        return ""
    told = "、".join(
        material.mark(subject, Ref("progress", n, "subject")) for n, subject in open_[:_MOST_TOLD]
    )
    if material.whole_year:
        return _say(material, "效率性.年底未完成", 事项=told)
    key = any(_bears_on(material, n) for n, _ in open_[:_MOST_TOLD])
    return _say(material, "效率性.关键未完成" if key else "效率性.尚未完成", 事项=told)


def completion_of_work(material: Material) -> Decimal | None:
    """任务完成了多少：逐月累加的数量的平均完成率，一个超过 1 的按 1 算；没有的是 None。"""
    done = [
        min(indicator.figures.completion, Decimal(1))
        for indicator in material.indicators
        if indicator.figures.completion is not None
        and indicator.record.accumulates
        and indicator.shape in (Shape.COUNT, Shape.EQUAL)
        and not _kept_all_year(indicator)
    ]
    return sum(done, Decimal(0)) / len(done) if done else None


def _kept_all_year(indicator: DraftIndicator) -> bool:
    """本阶段目标就是全年目标：保持着的数（在册人数、运维台数），看不出任务做到哪里。"""
    return (
        not indicator.record.stage.is_blank
        and indicator.record.stage.base() == indicator.record.annual.base()
    )


def work_against_money(material: Material) -> Decimal | None:
    """任务完成比执行率快多少；算不出的是 None。"""
    work, rate = completion_of_work(material), material.funds.execution_rate
    return None if work is None or rate is None else work - rate


def gap_limit(material: Material) -> Decimal:
    """差多少算不同步：规则集的目标与资金差距，没有的用 20 个百分点。"""
    own = material.rules.explain.goal_funds_gap
    return own if own is not None else _GAP


def _money_and_work(material: Material) -> str:
    gap, limit, how = work_against_money(material), gap_limit(material), funding(material)
    if gap is None or how.band is Band.OVERSPENT:
        return ""
    late = any(
        indicator.state in MISSED and not is_benefit(indicator.record) for indicator in material.indicators
    )
    if gap > limit and paid_out(material):
        return _say(material, "效率性.钱已付完")
    if gap > limit:
        return _say(material, "效率性.支出慢于任务")
    if gap < -limit:
        return _say(material, "效率性.支出快于任务")
    if how.slow and paid_out(material):
        return _say(material, "效率性.等钱")
    if how.slow and how.nothing_spent and late:
        return _say(material, "效率性.都没有动")
    if how.slow:  # a red light and “matches” do not go together
        return _say(material, "效率性.都慢") if late else ""
    return _say(material, "效率性.基本匹配")


# --- 效益性 -----------------------------------------------------------------------------------------


def benefit(material: Material) -> str:
    """逐个说：达到的在前，未达到的、判断不了的、没到期的在后。"""
    ones = [indicator for indicator in material.indicators if is_benefit(indicator.record)]
    if not ones:
        return _say(material, "效益性.全年没有指标" if material.whole_year else "效益性.没有指标")
    good = [one for one in ones if one.state in GOOD]
    missed = [one for one in ones if one.state in MISSED]
    unknown = [one for one in ones if one.state not in (*GOOD, *MISSED, *NOT_YET)]
    waiting = [one for one in ones if one.state in NOT_YET]
    texts = []
    if good:
        whole = len(good) == len(ones)
        key = "都达到" if whole and len(ones) > 1 else "一个达到" if len(ones) == 1 else "达到的"
        between = "；" if key == "都达到" else "，"
        told = between.join(brief(material, indicator) for indicator in good[:_MOST_TOLD])
        if len(good) > _MOST_TOLD:
            told += f"{between}其余也已达到" if key == "都达到" else ""
            key = "达到的和其余" if key == "达到的" else key
        elif key == "达到的" and len(good) > 1:
            key = "几个达到"
        elif key == "达到的" and clean(told).endswith(_CONCLUDES):
            key = "自己说完的"
        values = {"事实": told, "个数": _how_many(material, ones), "类": _kind(ones)}
        texts.append(_say(material, f"效益性.{key}", **values))
    if missed:
        told = "；".join(brief(material, one) for one in missed)
        texts.append(_say(material, "效益性.几个未达到" if len(missed) > 1 else "效益性.未达到", 事实=told))
    if unknown:
        told = "；".join(unknown_told(material, unknown))
        texts.append(_say(material, "效益性.不能判断", 事实=told))
    if waiting:
        texts.append(_say(material, "效益性.未到期", 名=_plain_list(material, waiting)))
    if len(texts) == 1 and not good:
        texts.append(_say(material, "效益性.只有未达到" if missed else "效益性.还看不出"))
    return "".join(texts)


def unknown_told(material: Material, unknown: Sequence[DraftIndicator]) -> list[str]:
    """判断不了的：同一种情形的并成一句；没有分档的各说各的，要引填的词。"""
    found: dict[object, list[DraftIndicator]] = {}
    for indicator in unknown:
        own = indicator.at if indicator.state is DraftState.NO_GRADES else indicator.state
        found.setdefault(own, []).append(indicator)
    return [
        brief_unknown(material, ones[0], _plain_list(material, ones) if len(ones) > 1 else "")
        for ones in list(found.values())[:_MOST_TOLD]
    ]


def _how_many(material: Material, ones: list[DraftIndicator]) -> str:
    value = Ref("benefits", field="count")
    return material.mark("两", value) if len(ones) == _TWO else count(material, len(ones), value)


def _kind(ones: list[DraftIndicator]) -> str:
    """说的是效益指标、满意度指标，还是两样都有。"""
    satisfied = [_is_satisfaction(one) for one in ones]
    return "满意度" if all(satisfied) else "效益和满意度" if any(satisfied) else "效益"


def _is_satisfaction(indicator: DraftIndicator) -> bool:
    known = category(indicator.record.level2)
    return (known.level1 if known else level1(indicator.record.level1)) is Level1.SATISFACTION


def _plain_list(material: Material, ones: list[DraftIndicator]) -> str:
    if len(ones) == 1:
        return material.named(ones[0])
    return quoted([material.named_in_quotes(one) for one in ones])


# --- 公平性 -----------------------------------------------------------------------------------------


def fairness(material: Material) -> str:
    """能用的事实（公示）说一句，其余留给核查的人写。"""
    shown = next(
        (
            indicator
            for indicator in material.indicators
            if indicator.shape is Shape.YES_NO
            and indicator.state is DraftState.REACHED
            and "公示" in indicator.record.name
        ),
        None,
    )
    fact = brief(material, shown) if shown is not None else ""
    return _say(material, "公平性.待查", 事实=fact)
