"""The sentences of the summary report: money, pace, goals at risk; how the forms were filled comes last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.summary import ProjectLine, Summary, Totals
from perfmon_xl.domain.summary_cells import DEPARTMENTS, SINCE_LAST
from perfmon_xl.report.summary.causes import shared_cause
from perfmon_xl.report.summary.project_words import (
    MOST_NAMED,
    District,
    days_of,
    gap_of,
    money,
    of_project,
    say,
    state_of,
    state_told,
    whole_of,
)
from perfmon_xl.report.summary.sources import MONEY, POINTS, RATE, counted
from perfmon_xl.report.tracing.tracked import Mark, unmarked
from perfmon_xl.report.wording.briefing import CONCLUSION, MISS
from perfmon_xl.report.wording.chinese import arabic_date

_RISKS = ("超预算", "尚未支出", "严重滞后", "滞后", "没有执行率", "不匹配", "指标偏离")
_EACH_ITS_OWN = ("超预算", "没有执行率")  # states whose words hold a number of the project
_JUDGED = ("错误", "警告")


# --- 总体 -------------------------------------------------------------------------------------------


def overall(summary: Summary, mark: Mark = unmarked) -> tuple[str, ...]:
    """三句：多少项目、多少钱、多快；目标达到几个；谁要关注、共同的原因。"""
    if not summary.lines:
        lost = len(summary.unprocessed)
        return (say("汇总总体.没有", 文件=mark(str(lost), counted("行数", "未处理")) if lost else ""),)
    district = District(summary, mark)
    twice = [say("汇总总体.重复", 哪些="；".join(summary.counted_twice))] if summary.counted_twice else []
    parts = [_money_and_pace(district), _goals_in_short(district), _at_risk(district)]
    if len(summary.lines) == 1:
        line = summary.lines[0]
        told = line.said(CONCLUSION)
        parts[1:] = (
            [say("汇总总体.一个项目", 结论=of_project(line.name, told[0]["text"], mark))]
            if told
            else parts[1:]
        )
    return ("".join(parts), *twice)


def _money_and_pace(district: District) -> str:
    summary, mark = district.summary, district.mark
    whole, known, days = summary.totals, summary.known_departments, days_of(summary)
    as_of = "各自监控日" if len(days) > 1 else arabic_date(days[0]) if days else "监控日"
    gap = gap_of(summary.lines, whole)
    direction = (
        {}
        if not gap
        else {
            "少" if gap < 0 else "多": mark(
                str(abs(gap)), counted("执行率合计与序时进度相差几个百分点", "汇总", POINTS)
            )
        }
    )
    one = len(summary.lines) == 1
    return say(
        "汇总总体.只有一个" if one else "汇总总体.项目",
        名=district.name(summary.lines[0]) if one else "",
        个数=mark(str(whole.projects), whole_of("项目数", table=DEPARTMENTS)),
        部门数=mark(str(len(known)), counted("填了的主管部门数一数", "按主管部门")) if len(known) > 1 else "",
        部门=known[0].name if len(known) == 1 else "",
        预算=_sum(whole.budget, "预算数（万元）", mark),
        截至=as_of,
        支出=_sum(whole.spent, "支出数（万元）", mark),
        执行率=mark(percent(whole.execution), whole_of("预算执行率", RATE))
        if whole.execution is not None
        else "",
        **direction,
    )


def _sum(amount: Decimal | None, header: str, mark: Mark) -> str:
    return "" if amount is None else mark(money(amount), whole_of(header, MONEY))


def _goals_in_short(district: District) -> str:
    whole, mark = district.summary.totals, district.mark
    judged = whole.met + whole.unmet
    if not judged:
        return ""
    told = mark(str(judged), counted("已达成和未达成相加", "汇总"))
    if not whole.unmet:
        return say("汇总总体.指标都达到", 可判断=told)
    return say(
        "汇总总体.指标" if whole.met else "汇总总体.指标都未达到",
        可判断=told,
        达到=mark(str(whole.met), whole_of("已达成")) if whole.met else "",
        未达到=mark(str(whole.unmet), whole_of("未达成")),
    )


def _at_risk(district: District) -> str:
    """要关注的项目和为什么、共同的原因；没有的，说一句最大的项目。"""
    summary = district.summary
    states: dict[str, list[ProjectLine]] = {state: [] for state in _RISKS}
    for line in sorted(summary.lines, key=lambda project_line: -(project_line.budget or 0)):
        if state := state_of(line):
            states[state].append(line)
    risky = sum(map(len, states.values()))
    if risky:
        return say("汇总总体.要关注", 项目=_by_state(district, states, risky)) + shared_cause(district)
    if summary.totals.unmet:
        return say("汇总总体.只有指标未达到")
    biggest = max(summary.lines, key=lambda line: line.budget or Decimal(0))
    rate = biggest.execution
    return say(
        "汇总总体.都正常",
        最大=district.name(biggest) if rate is not None and len(summary.lines) > 1 else "",
        最大执行率=district.cell(biggest, rate, "预算执行率", RATE),
    )


def _by_state(district: District, states: Mapping[str, Sequence[ProjectLine]], risky: int) -> str:
    """情形一样的说在一起；一共至多说六个，其余的在关注名单里。"""
    told, left = [], MOST_NAMED + 1
    for state, lines in states.items():
        if not lines or not left:
            continue
        whole = len(lines) == len(district.summary.lines) > 1 and state not in _EACH_ITS_OWN
        some = lines if whole else lines[:left]
        left -= len(some) if not whole else left
        if state in _EACH_ITS_OWN:
            told += [f"{district.name(line)}{state_told(district, line)}" for line in some]
            continue
        who = (
            say("汇总总体.全部项目", 几=district.count(len(lines), "行数"))
            if whole
            else "、".join(district.name(line) for line in some)
        )
        told.append(who + state_told(district, some[0]))
    named = risky if left < 0 or _all_in_one(states, district) else min(risky, MOST_NAMED + 1)
    more = f"，另有{risky - named}个项目见关注名单" if risky > named else ""
    return "，".join(told) + more


def _all_in_one(states: Mapping[str, Sequence[ProjectLine]], district: District) -> bool:
    """全部项目是一种情形，一句话说完了。"""
    whole = len(district.summary.lines)
    return any(len(lines) == whole > 1 for state, lines in states.items() if state not in _EACH_ITS_OWN)


# --- 目标 -------------------------------------------------------------------------------------------


def goals(summary: Summary, mark: Mark = unmarked) -> tuple[str, ...]:
    """指标各是什么结果，加起来是总数；未达到的是哪些，差得多的在前。"""
    whole = summary.totals
    if not whole.indicators:
        return (say("汇总目标.没有指标"),) if summary.lines else ()

    def told(number: int, header: str) -> str:
        return mark(str(number), whole_of(header)) if number else ""

    judged = whole.met + whole.unmet
    text = say(
        "汇总目标.指标",
        全部达到=told(whole.met, "已达成") if whole.met == whole.indicators else "",
        个数=told(whole.indicators, "指标数") if whole.met < whole.indicators else "",
        达到=told(whole.met, "已达成"),
        未达到=told(whole.unmet, "未达成"),
        不明=told(whole.unknown, "无法判断"),
        未到期=told(whole.not_due, "未到期"),
        比=mark(percent(Decimal(whole.met) / judged), counted("已达成除以可以判断的", "汇总", RATE))
        if whole.met and whole.unmet
        else "",
    )
    district = District(summary, mark)
    since = _since_last(whole, mark) if len(summary.lines) > 1 else ""  # one alone: its conclusion says it
    return tuple(filter(None, (text + since, _worst(district))))


def _since_last(whole: Totals, mark: Mark) -> str:
    """有上期实际的指标，多了的、没有变的、少了的各几个；都没有上期的不说。"""
    counts = {"增加": whole.more, "不变": whole.same, "减少": whole.less}
    if not any(counts.values()):
        return ""
    told = {name: mark(str(n), whole_of(SINCE_LAST[name])) if n else "" for name, n in counts.items()}
    return say("汇总目标.与上期相比", **told)


def _worst(district: District) -> str:
    summary = district.summary
    missed = [
        (one.get("weight", "9"), line, one["text"]) for line in summary.lines for one in line.said(MISS)
    ]
    missed.sort(key=lambda found: found[0])
    if not missed:
        return ""
    by_project: dict[int, tuple[ProjectLine, list[str]]] = {}
    for _, line, text in missed[:MOST_NAMED]:
        by_project.setdefault(id(line), (line, []))[1].append(district.told(line, text))
    told = "、".join(f"{district.name(line)}（{'；'.join(texts)}）" for line, texts in by_project.values())
    key = "未达到较多" if len(missed) > MOST_NAMED else "未达到"
    whole = district.mark(str(summary.totals.unmet), whole_of("未达成"))
    return say(f"汇总目标.{key}", 几=whole, 各指标=told)


# --- 填报质量 ---------------------------------------------------------------------------------------


def quality(summary: Summary, mark: Mark = unmarked) -> tuple[str, ...]:
    """填得怎样：错误和警告多在哪一类，哪几个是草稿，几份文件没有处理。"""
    if not summary.lines:
        return ()
    district, whole, lost = District(summary, mark), summary.totals, len(summary.unprocessed)
    if whole.errors or whole.warnings:
        texts = [
            say(
                "填报质量.检查",
                错误=mark(str(whole.errors), whole_of("错误")),
                警告=mark(str(whole.warnings), whole_of("警告")),
                类=_families(summary, mark),
            )
        ]
    else:
        texts = [say("填报质量.没有问题")]
    drafts = [line for line in summary.lines if line.errors and line.draft]
    if drafts:
        whole_batch = len(drafts) == len(summary.lines) > 1
        several = district.count(len(drafts), "有错误、报告是征求意见稿的项目数一数")
        who = (
            who_of(district, drafts) if whole_batch or len(drafts) == 1 else say("填报质量.几个", 几=several)
        )
        texts.append(say("填报质量.草稿", 谁=who))
    if lost:
        files = mark(str(whole.projects + lost), counted("项目数加没有处理的文件数", "未处理"))
        texts.append(say("填报质量.文件", 份=files, 未处理=mark(str(lost), counted("行数", "未处理"))))
    return ("".join(texts),)


def _families(summary: Summary, mark: Mark) -> str:
    families: dict[str, int] = {}
    for line in summary.rules:
        if line.level in _JUDGED:
            families[line.family or "其他"] = families.get(line.family or "其他", 0) + line.count
    most = sorted(families.items(), key=lambda pair: -pair[1])[:3]
    return (
        "、".join(
            f"{name}{mark(str(n), counted(f'{name}类错误和警告的处数相加', '问题按规则'))}处"
            for name, n in most
        )
        if len(most) > 1
        else ""
    )


def who_of(district: District, lines: Sequence[ProjectLine]) -> str:
    """说的是哪几个项目：全都是的说“全部n个项目”，别的说名称。"""
    if len(lines) == len(district.summary.lines) > 1:
        return say("汇总总体.全部项目", 几=district.count(len(lines), "行数"))
    return _quoted(district.name(line) for line in lines)


def _quoted(names: Iterable[str]) -> str:
    every = list(names)
    told = "".join(f"“{name}”" for name in every[:MOST_NAMED])
    return told + (f"等{len(every)}个项目" if len(every) > MOST_NAMED else "")
