"""The sentences of the summary report: money, pace, goals at risk, causes; how the forms were filled comes last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.summary import NO_DEPARTMENT, Group, ProjectLine, Summary, Totals
from perfmon_xl.domain.summary_cells import DEPARTMENTS, PROJECTS, SINCE_LAST
from perfmon_xl.report.summary.project_words import (
    days_of,
    department_key,
    gap_of,
    lagging,
    money,
    money_state,
    nothing_spent,
    of_project,
    overspent,
    project_keys,
    say,
    short,
    state_told,
    whole_of,
)
from perfmon_xl.report.summary.sources import (
    COUNT,
    MONEY,
    POINTS,
    RATE,
    SummaryReference,
    cell_reference,
    counted,
)
from perfmon_xl.report.tracing.tracked import Mark, unmarked
from perfmon_xl.report.wording.briefing import CAUSE, CONCLUSION, DATA, MISS, OTHER_CAUSES
from perfmon_xl.report.wording.chinese import arabic_date, ordinal
from perfmon_xl.report.wording.grammar import situations

_MOST_NAMED, _MOST_GROUPS, _MOST_CAUSES = 5, 5, 4
_JUDGED = ("错误", "警告")


# --- 快慢 -------------------------------------------------------------------------------------------


# --- 总体 -------------------------------------------------------------------------------------------


def overall(summary: Summary, mark: Mark = unmarked) -> tuple[str, ...]:
    """三句：多少项目、多少钱、多快；目标达到几个；谁要关注。"""
    if not summary.lines:
        lost = len(summary.unprocessed)
        return (say("汇总总体.没有", 文件=mark(str(lost), counted("行数", "未处理")) if lost else ""),)
    parts = [_money_and_pace(summary, mark), _goals_in_short(summary.totals, mark), _at_risk(summary, mark)]
    if len(summary.lines) == 1:
        line = summary.lines[0]
        told = line.said(CONCLUSION)
        parts[1:] = (
            [say("汇总总体.一个项目", 结论=of_project(line.name, told[0]["text"], mark))]
            if told
            else parts[1:]
        )
    return ("".join(parts),)


def _money_and_pace(summary: Summary, mark: Mark) -> str:
    whole = summary.totals
    known = [g for g in summary.departments if g.name != NO_DEPARTMENT]
    days = days_of(summary)
    as_of = "各自监控日" if len(days) > 1 else arabic_date(days[0]) if days else "监控日"
    return say(
        "汇总总体.项目",
        个数=mark(str(whole.projects), whole_of("项目数", table=DEPARTMENTS)),
        部门数=mark(str(len(known)), counted("填了的主管部门数一数", "按主管部门")) if known else "",
        预算=_sum(whole.budget, "预算数（万元）", mark),
        截至=as_of,
        支出=_sum(whole.spent, "支出数（万元）", mark),
        执行率=mark(percent(whole.execution), whole_of("预算执行率", RATE))
        if whole.execution is not None
        else "",
    )


def _sum(amount: Decimal | None, header: str, mark: Mark) -> str:
    return "" if amount is None else mark(money(amount), whole_of(header, MONEY))


def _goals_in_short(whole: Totals, mark: Mark) -> str:
    judged = whole.met + whole.unmet
    if not judged:
        return ""
    told = mark(str(judged), counted("已达成和未达成相加", "汇总"))
    if not whole.unmet:
        return say("汇总总体.指标都达到", 可判断=told)
    return say(
        "汇总总体.指标",
        可判断=told,
        达到=mark(str(whole.met), whole_of("已达成")) if whole.met else "",
        未达到=mark(str(whole.unmet), whole_of("未达成")),
    )


def _at_risk(summary: Summary, mark: Mark) -> str:
    """要关注的项目和为什么；没有的，说一句最大的项目。"""
    found = [(line, told) for line in summary.lines if (told := state_told(line, mark))]
    if found:
        order = ("超预算", "尚未支出", "严重滞后", "滞后", "没有执行率")
        found.sort(key=lambda pair: (order.index(money_state(pair[0])), -(pair[0].budget or 0)))
        listed = "，".join(f"{short(line.name)}{told}" for line, told in found[:_MOST_NAMED])
        more = f"，另有{len(found) - _MOST_NAMED}个项目见关注名单" if len(found) > _MOST_NAMED else ""
        return say("汇总总体.要关注", 项目=listed + more)
    if summary.totals.unmet:
        return ""
    biggest = max(summary.lines, key=lambda line: line.budget or Decimal(0))
    key = project_keys(summary)[id(biggest)]
    rate = biggest.execution
    return say(
        "汇总总体.都正常",
        最大=short(biggest.name) if rate is not None else "",
        最大执行率=mark(percent(rate), cell_reference(PROJECTS, key, "预算执行率", RATE))
        if rate is not None
        else "",
    )


# --- 资金 -------------------------------------------------------------------------------------------


def funds(summary: Summary, mark: Mark = unmarked) -> tuple[str, ...]:
    """哪些部门慢，谁没有支出、超了预算、没有到位。"""
    if not summary.lines:
        return ()
    if summary.totals.budget is None:
        return (say("汇总资金.都没有填"),)
    texts = [_slow(summary, mark), _named_projects(summary, mark)]
    days = days_of(summary)
    if len(days) > 1:
        texts.append(say("汇总资金.监控日不同", 从=arabic_date(days[0]), 到=arabic_date(days[-1])))
    blank = sum(line.budget is None or line.spent is None for line in summary.lines)
    if blank:
        told = mark(str(blank), counted("预算数或支出数空着的项目数一数", "汇总"))
        texts.append(say("汇总资金.没有填", 几=told))
    return tuple(filter(None, texts))


def _slow(summary: Summary, mark: Mark) -> str:
    slow = lagging(summary)
    known = [g for g in summary.departments if gap_of(g.lines, g.totals) is not None]
    if not slow:
        return say("汇总资金.没有慢的") if known else ""
    listed = "；".join(_department(group, gap, mark) for group, gap in slow[:_MOST_NAMED])
    listed += f"等{len(slow)}个" if len(slow) > _MOST_NAMED else ""
    if len(slow) == 1:
        return say("汇总资金.慢的一个部门", 部门=listed)
    told = mark(str(len(slow)), counted("执行率低于序时进度的主管部门数一数", "按主管部门"))
    return say("汇总资金.慢的部门", 几=told, 部门=listed)


def _department(group: Group, gap: Decimal, mark: Mark) -> str:
    rate = group.totals.execution or Decimal(0)
    cutoffs = {line.cutoff for line in group.lines if line.cutoff}
    month = f"{date.fromisoformat(min(cutoffs)).month}月底" if cutoffs else ""
    return say(
        "汇总资金.一个部门",
        名=group.name,
        执行率=mark(percent(rate), _cell_of(group, "预算执行率", RATE)),
        月=month,
        差=mark(str(abs(gap)), counted(f"“{group.name}”执行率与序时进度差几个百分点", "按主管部门", POINTS)),
    )


def _cell_of(group: Group, header: str, form: str = COUNT) -> SummaryReference:
    """一个主管部门的一格。"""
    return cell_reference(DEPARTMENTS, department_key(group.name), header, form)


def _named_projects(summary: Summary, mark: Mark) -> str:
    """超预算的、没有支出的、没有到位的，各一句，各带金额。"""
    keys = project_keys(summary)
    told: dict[str, list[str]] = {"超预算": [], "尚未支出": [], "未到位": []}
    for line in sorted(summary.lines, key=lambda one: (one.arrived or 0) - (one.budget or 0)):
        key = keys[id(line)]

        def cell(amount: Decimal | None, header: str, row: str = key) -> str:
            return "" if not amount else mark(money(amount), cell_reference(PROJECTS, row, header, MONEY))

        over = overspent(line)
        if over is not None:
            less = mark(money(over), counted(f"“{line.name}”支出数减预算数", "汇总", MONEY))
            told["超预算"].append(
                say("汇总资金.超预算", 名=short(line.name), 支出=cell(line.spent, "支出数（万元）"), 差=less)
            )
        elif nothing_spent(line):
            told["尚未支出"].append(
                say("汇总资金.尚未支出", 名=short(line.name), 到位=cell(line.arrived, "到位数（万元）"))
            )
        if line.arrived is not None and line.budget is not None and line.arrived < line.budget:
            lack = line.budget - line.arrived
            less = mark(money(lack), counted(f"“{line.name}”预算数减到位数", "汇总", MONEY))
            told["未到位"].append(say("汇总资金.未到位", 名=short(line.name), 差=less))
    return "".join(
        say(f"汇总资金.各{kind}", 各项目=_listed_projects(some), 几=str(len(some)))
        for kind, some in told.items()
        if some
    )


def _listed_projects(told: Sequence[str]) -> str:
    """至多十个，再多的说另有几个。"""
    most = _MOST_NAMED * 2
    return "；".join(told[:most]) + (f"；另有{len(told) - most}个见汇总工作簿" if len(told) > most else "")


# --- 目标 -------------------------------------------------------------------------------------------


def goals(summary: Summary, mark: Mark = unmarked) -> tuple[str, ...]:
    """达到几成、几个不能判断、未达到的是哪些，差得多的在前。"""
    whole = summary.totals
    if not whole.indicators:
        return (say("汇总目标.没有指标"),) if summary.lines else ()
    count = mark(str(whole.indicators), whole_of("指标数"))
    not_due = mark(str(whole.not_due), whole_of("未到期")) if whole.not_due else ""
    judged = whole.met + whole.unmet
    if not judged:
        return (say("汇总目标.都不能判断", 个数=count, 未到期=not_due),)
    text = say(
        "汇总目标.指标",
        个数=count,
        比=mark(percent(Decimal(whole.met) / judged), counted("已达成除以可以判断的", "汇总", RATE)),
        不明=mark(str(whole.unknown), whole_of("无法判断")) if whole.unknown else "",
        未到期=not_due,
    )
    return tuple(filter(None, (text + _since_last(whole, mark), _worst(summary, mark))))


def _since_last(whole: Totals, mark: Mark) -> str:
    """有上期实际的指标，多了的、没有变的、少了的各几个；都没有上期的不说。"""
    counts = {"增加": whole.more, "不变": whole.same, "减少": whole.less}
    if not any(counts.values()):
        return ""
    told = {name: mark(str(n), whole_of(SINCE_LAST[name])) if n else "" for name, n in counts.items()}
    return say("汇总目标.与上期相比", **told)


def _worst(summary: Summary, mark: Mark) -> str:
    missed = [
        (one.get("weight", "9"), line, one["text"]) for line in summary.lines for one in line.said(MISS)
    ]
    missed.sort(key=lambda found: found[0])
    if not missed:
        return ""
    by_project: dict[int, tuple[ProjectLine, list[str]]] = {}
    for _, line, text in missed[:_MOST_NAMED]:
        by_project.setdefault(id(line), (line, []))[1].append(of_project(line.name, text, mark))
    listed = "、".join(f"{short(line.name)}（{'；'.join(texts)}）" for line, texts in by_project.values())
    key = "未达到较多" if len(missed) > _MOST_NAMED else "未达到"
    return say(f"汇总目标.{key}", 几=mark(str(summary.totals.unmet), whole_of("未达成")), 各指标=listed)


# --- 问题和原因 -------------------------------------------------------------------------------------


def problems(summary: Summary, mark: Mark = unmarked) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """按原因分成几类，牵涉预算多的在前：标题、一段话。"""
    groups: dict[str, dict[int, list[str]]] = {}
    lines = {id(line): line for line in summary.lines}
    for line in summary.lines:
        for one in line.said(CAUSE):
            groups.setdefault(one.get("group", ""), {}).setdefault(id(line), []).append(one["text"])

    def weight(pair: tuple[str, Mapping[int, list[str]]]) -> tuple[bool, bool, Decimal]:
        return (
            pair[0] == DATA,
            pair[0] == OTHER_CAUSES,
            -sum((lines[n].budget or Decimal(0) for n in pair[1]), Decimal(0)),
        )

    ordered = sorted(groups.items(), key=weight)[:_MOST_GROUPS]
    return tuple(
        (f"（{ordinal(n)}）{name}", (_causes(name, found, lines, mark),))
        for n, (name, found) in enumerate(ordered, 1)
    )


def _causes(name: str, found: Mapping[int, list[str]], lines: Mapping[int, ProjectLine], mark: Mark) -> str:
    def of(line: ProjectLine, texts: Sequence[str]) -> str:
        """原因的一条是“指标（原因）”，用顿号；数据的一条是一句话，放在括号里。"""
        if name == DATA:
            return f"{short(line.name)}（{of_project(line.name, '；'.join(texts), mark)}）"
        return f"{short(line.name)}的{of_project(line.name, '、'.join(texts), mark)}"

    told = ("、" if name == DATA else "；").join(
        of(lines[n], texts[:_MOST_CAUSES]) for n, texts in list(found.items())[:_MOST_NAMED]
    )
    budget = sum((lines[n].budget or Decimal(0) for n in found), Decimal(0))
    whole = mark(money(budget), counted(f"“{name}”牵涉的项目的预算数相加", "汇总", MONEY))
    key = f"汇总原因.{name}" if f"汇总原因.{name}" in situations() else "汇总原因.一类"
    return say(key, 各项目=told, 预算=whole if budget and name != DATA else "")


# --- 填报质量 ---------------------------------------------------------------------------------------


def quality(summary: Summary, mark: Mark = unmarked) -> tuple[str, ...]:
    """填得怎样：错误和警告多在哪一类，几个是草稿，几份文件没有处理。"""
    if not summary.lines:
        return ()
    whole, lost = summary.totals, len(summary.unprocessed)
    if whole.errors or whole.warnings:
        families: dict[str, int] = {}
        for line in summary.rules:
            if line.level in _JUDGED:
                families[line.family or "其他"] = families.get(line.family or "其他", 0) + line.count
        most = sorted(families.items(), key=lambda pair: -pair[1])[:3]
        listed = "、".join(
            f"{name}{mark(str(n), counted(f'{name}类错误和警告的处数相加', '问题按规则'))}处"
            for name, n in most
        )
        texts = [
            say(
                "填报质量.检查",
                错误=mark(str(whole.errors), whole_of("错误")),
                警告=mark(str(whole.warnings), whole_of("警告")),
                类=listed if len(most) > 1 else "",
            )
        ]
    else:
        texts = [say("填报质量.没有问题")]
    drafts = sum(1 for line in summary.lines if line.errors and line.draft)
    if drafts:
        told = mark(str(drafts), counted("有错误、报告是征求意见稿的项目数一数", "汇总"))
        texts.append(say("填报质量.草稿", 几=told))
    if lost:
        files = mark(str(whole.projects + lost), counted("项目数加没有处理的文件数", "未处理"))
        texts.append(say("填报质量.文件", 份=files, 未处理=mark(str(lost), counted("行数", "未处理"))))
    return ("".join(texts),)
