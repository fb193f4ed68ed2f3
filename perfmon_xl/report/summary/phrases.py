"""The sentences of the summary report: what the figures of a batch show, and nothing that they do not show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, percent, plain
from perfmon_xl.domain.policy import WORST_FIRST, Light
from perfmon_xl.domain.summary import (
    NO_DEPARTMENT,
    Group,
    RuleLine,
    Summary,
    Totals,
    light_word,
)
from perfmon_xl.domain.summary_cells import DEPARTMENTS, LIGHTS, PROJECTS, RULES, row_keys
from perfmon_xl.report.summary.sources import COUNT, MONEY, POINTS, RATE, WORDS, SummaryReference, at, counted
from perfmon_xl.report.tracing.tracked import Mark, unmarked
from perfmon_xl.report.wording.chinese import arabic_date, ordinal

_MOST_NAMED, MOST_RULES = 5, 3
_JUDGED = ("错误", "警告")
GAP = "执行率合计减序时进度的平均"


def money(amount: Decimal) -> str:
    """汇总的金额：万元，两位小数。"""
    return f"{plain(half_up(amount, 2))}万元"


def points(gap: Decimal, mark: Mark = unmarked) -> str:
    """执行率比序时进度快或慢几个百分点。"""
    size = half_up(abs(gap) * 100, 2)
    if not size:
        return "与序时进度持平"
    told = mark(str(size), counted("执行率合计与序时进度的平均差几个百分点", "汇总", POINTS))
    return f"{'快于' if gap > 0 else '慢于'}序时进度{told}个百分点"


def named(names: Sequence[str]) -> str:
    """几个名称；多的写前几个和“等”。"""
    return "、".join(names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else "")


def enumerated(points_: Sequence[str]) -> str:
    """一是……；二是……；只有一条的不编号。"""
    if len(points_) == 1:
        return points_[0]
    return "；".join(f"{ordinal(n)}是{one}" for n, one in enumerate(points_, 1))


def until(summary: Summary) -> str:
    """数据截至哪一天；各项目不一样的，从哪天到哪天。"""
    from datetime import date

    days = sorted({date.fromisoformat(line.cutoff) for line in summary.lines if line.cutoff})
    if not days:
        return ""
    first, last = arabic_date(days[0]), arabic_date(days[-1])
    return first if first == last else f"{first}至{last}"


def period(years: Iterable[str], periods: Iterable[str]) -> str:
    """年度和期间；各项目不一样的是空的。"""
    year, months = set(years), set(periods)
    if len(year) != 1 or len(months) != 1:
        return ""
    return f"{year.pop()}年{months.pop()}".removeprefix("年")


def whole_of(header: str, form: str = COUNT, table: str = PROJECTS) -> SummaryReference:
    """合计行一格里的值。"""
    return at(table, "", header, form)


def project_keys(summary: Summary) -> dict[int, str]:
    """各个项目在汇总表里的名称；键是记录的 id。"""
    keys = row_keys((line.name,) for line in summary.lines)
    return {id(line): key for line, key in zip(summary.lines, keys, strict=True)}


def department_key(name: str) -> str:
    return row_keys([(name,)])[0]


# --- 总体 -------------------------------------------------------------------------------------------


def overall(summary: Summary, mark: Mark = unmarked) -> tuple[str, ...]:
    """收到几个、做成几个、亮什么灯、查出几处问题。"""
    whole, lost = summary.totals, len(summary.unprocessed)
    if not summary.lines:
        return (
            f"本次收到{lost}个文件，没有一个可以纳入汇总，原因见附件。"
            if lost
            else "本次没有收到监控工作簿。",
        )
    known = [g for g in summary.departments if g.name != NO_DEPARTMENT]
    files = mark(str(whole.projects + lost), counted("项目数加没有处理的文件数", "未处理"))
    received = f"本次监控收到{files}个文件，纳入汇总的项目{_projects(whole, mark)}个"
    departments = mark(str(len(known)), counted("填了的主管部门数一数", "按主管部门"))
    received += f"，涉及主管部门{departments}个" if known else ""
    nameless = whole.projects - sum(g.totals.projects for g in known)
    told = mark(str(nameless), at(DEPARTMENTS, department_key(NO_DEPARTMENT), "项目数", COUNT))
    received += f"（另有{told}个项目没有填主管部门）" if nameless else ""
    received += f"；没有处理的{mark(str(lost), counted('行数', '未处理'))}个，原因见附件。" if lost else "。"
    day = until(summary)
    received += f"各项目数据的截止日期：{day}。" if "至" in day else f"数据截至{day}。" if day else ""
    errors, warnings = mark(str(whole.errors), whole_of("错误")), mark(str(whole.warnings), whole_of("警告"))
    found = f"检查发现错误{errors}处、警告{warnings}处。"
    wrong = [line for line in summary.lines if line.errors]
    if wrong:
        found += f"有{wrong_count(len(wrong), mark)}个项目还有错误没有改"
        drafts = sum(line.draft for line in wrong)
        part = mark(str(drafts), counted("有错误、报告是征求意见稿的项目数一数", "汇总"))
        only = "报告都是征求意见稿" if drafts == len(wrong) else f"其中{part}个的报告是征求意见稿"
        found += f"，{only}。" if drafts else "。"
    return received, _lights(whole, mark), found


def _projects(whole: Totals, mark: Mark) -> str:
    return mark(str(whole.projects), whole_of("项目数", table=DEPARTMENTS))


def wrong_count(count: int, mark: Mark) -> str:
    return mark(str(count), counted("错误不是零的项目数一数", "汇总"))


def lit_count(light: Light | None, header: str, count: int, mark: Mark) -> str:
    return mark(str(count), at(LIGHTS, light_word(light), header, COUNT))


def _lights(whole: Totals, mark: Mark) -> str:
    def share(light: Light, count: int) -> str:
        return mark(percent(Decimal(count) / whole.projects), at(LIGHTS, light.value, "占项目数", RATE))

    parts = [
        f"亮{light.value}灯的{lit_count(light, '项目数', count, mark)}个，占{share(light, count)}"
        for light in WORST_FIRST
        if (count := whole.lights[light])
    ]
    unlit = whole.lights[None]
    told = lit_count(None, "项目数", unlit, mark)
    parts += [f"没有亮灯的{told}个（缺数，或规则不预警）"] if unlit else []
    return f"项目的预警取资金和各指标中最差的一盏灯：{'；'.join(parts)}。"


# --- 资金 -------------------------------------------------------------------------------------------


def lagging(summary: Summary) -> list[Group]:
    """执行率低于序时进度的主管部门，最慢的在前。"""
    known = [g for g in summary.departments if g.name != NO_DEPARTMENT]
    found = [(gap, g) for g in known if (gap := gap_of(g.totals)) is not None and gap < 0]
    return [group for _, group in sorted(found, key=lambda pair: pair[0])]


def gap_of(totals: Totals) -> Decimal | None:
    """执行率减序时进度。"""
    if totals.execution is None or totals.pace is None:
        return None
    return totals.execution - totals.pace


def funds(summary: Summary, mark: Mark = unmarked) -> tuple[str, ...]:
    """预算、支出、执行率，哪些部门慢。"""
    whole = summary.totals
    if whole.budget is None:
        return ("各项目都没有填预算数，资金情况无法汇总。",) if summary.lines else ()

    def sum_of(amount: Decimal, header: str) -> str:
        return mark(money(amount), whole_of(header, MONEY))

    text = f"{_projects(whole, mark)}个项目预算合计{sum_of(whole.budget, '预算数（万元）')}"
    text += f"，到位资金{sum_of(whole.arrived, '到位数（万元）')}" if whole.arrived is not None else ""
    text += (
        f"，累计支出{sum_of(whole.spent, '支出数（万元）')}"
        if whole.spent is not None
        else "，支出数都没有填"
    )
    gap = gap_of(whole)
    if whole.execution is not None:
        text += f"，预算执行率为{mark(percent(whole.execution), whole_of('预算执行率', RATE))}"
    if gap is not None and whole.pace is not None:
        mean = "平均" if "至" in until(summary) else ""
        pace = mark(percent(whole.pace), whole_of("序时进度", RATE))
        text += f"，{mean}序时进度为{pace}，{points(gap, mark)}"
    text += "。"
    blank = sum(line.budget is None or line.spent is None for line in summary.lines)
    told = mark(str(blank), counted("预算数或支出数空着的项目数一数", "汇总"))
    text += f"有{told}个项目的预算数或支出数没有填，没有算进执行率。" if blank else ""
    return tuple(filter(None, (text, _slow(summary, mark), _fund_lights(whole, mark))))


def _slow(summary: Summary, mark: Mark) -> str:
    slow = lagging(summary)
    if not slow:
        return ""
    worst = "、".join(
        f"{g.name}（{mark(percent(g.totals.execution), _of(g, '预算执行率', RATE))}）"
        for g in slow[:_MOST_NAMED]
        if g.totals.execution is not None
    )
    more = "等" if len(slow) > _MOST_NAMED else ""
    count = mark(str(len(slow)), counted("执行率低于序时进度的主管部门数一数", "按主管部门"))
    return f"预算执行率低于序时进度的主管部门有{count}个，从低到高是{worst}{more}。"


def _of(group: Group, header: str, form: str = COUNT) -> SummaryReference:
    """一个主管部门一格里的值。"""
    return at(DEPARTMENTS, department_key(group.name), header, form)


def _fund_lights(whole: Totals, mark: Mark) -> str:
    parts = [
        f"亮{x.value}灯的{lit_count(x, '资金亮此灯的项目', n, mark)}个"
        for x in (Light.RED, Light.YELLOW)
        if (n := whole.fund_lights[x])
    ]
    return f"从资金预警看，{'、'.join(parts)}。" if parts else ""


# --- 目标 -------------------------------------------------------------------------------------------


def goals(summary: Summary, mark: Mark = unmarked) -> tuple[str, ...]:
    """跟踪几个指标、达到几个、哪些部门未达到的多。"""
    whole = summary.totals
    if not whole.indicators:
        return ("各项目都没有跟踪的指标。",) if summary.lines else ()
    share = mark(percent(Decimal(whole.met) / whole.indicators), counted("已达成除以指标数", "汇总", RATE))
    text = (
        f"{_projects(whole, mark)}个项目共跟踪指标{mark(str(whole.indicators), whole_of('指标数'))}个，"
        f"达到本阶段目标的{mark(str(whole.met), whole_of('已达成'))}个，"
        f"占{share}；未达到的{unmet_count(whole, mark)}个"
    )
    text += f"；资料不足、无法判断的{unknown_count(whole, mark)}个。" if whole.unknown else "。"
    behind = sorted((g for g in summary.departments if g.totals.unmet), key=lambda g: -g.totals.unmet)
    if len(behind) > 1:
        listed = "、".join(
            f"{g.name}{mark(str(g.totals.unmet), _of(g, '未达成'))}个" for g in behind[:MOST_RULES]
        )
        text += f"未达到较多的是{listed}。"
    return tuple(filter(None, (text, _indicator_lights(whole, mark))))


def unmet_count(whole: Totals, mark: Mark) -> str:
    return mark(str(whole.unmet), whole_of("未达成"))


def unknown_count(whole: Totals, mark: Mark) -> str:
    return mark(str(whole.unknown), whole_of("无法判断"))


def indicator_count(light: Light, whole: Totals, mark: Mark) -> str:
    return lit_count(light, "亮此灯的指标", whole.indicator_lights[light], mark)


def _indicator_lights(whole: Totals, mark: Mark) -> str:
    lit = whole.indicator_lights
    parts = [
        f"亮{x.value}灯的{indicator_count(x, whole, mark)}个" for x in (Light.RED, Light.YELLOW) if lit[x]
    ]
    text = f"指标预警中，{'、'.join(parts)}。" if parts else ""
    blue = indicator_count(Light.BLUE, whole, mark)
    told = f"亮蓝灯（完成数远超目标或序时进度）的指标有{blue}个，看目标值是不是定低了。"
    return text + (told if lit[Light.BLUE] else "")


# --- 问题 -------------------------------------------------------------------------------------------


def problems(summary: Summary, mark: Mark = unmarked) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """检查发现的问题，一类一节，错误多的类别在前：标题、各段。提示和无法判断的不列。"""
    families: dict[str, list[RuleLine]] = {}
    for line in summary.rules:
        if line.level in _JUDGED:
            families.setdefault(line.family or "其他", []).append(line)

    def weight(lines: list[RuleLine]) -> tuple[int, ...]:
        return tuple(-sum(x.count for x in lines if x.level == level) for level in _JUDGED)

    ordered = sorted(families.items(), key=lambda pair: weight(pair[1]))
    return tuple(
        (f"（{ordinal(n)}）{family}方面", _problem(lines, mark))
        for n, (family, lines) in enumerate(ordered, 1)
    )


def _problem(lines: Sequence[RuleLine], mark: Mark) -> tuple[str, ...]:
    family, sheet = lines[0].family, "问题按规则"

    def rule(line: RuleLine, header: str, text: str, form: str = COUNT) -> str:
        return mark(text, at(RULES, row_keys([(line.code, line.level)])[0], header, form))

    counts = [
        f"{level}{mark(str(n), counted(f'{family}类{level}的处数相加', sheet))}处"
        for level in _JUDGED
        if (n := sum(x.count for x in lines if x.level == level))
    ]
    projects = {name for line in lines for name in line.projects}
    several = mark(str(len(projects)), counted(f"{family}类错误和警告涉及的项目，同一个只数一次", sheet))
    text = f"查出{'、'.join(counts)}，涉及{several}个项目。"
    top = [
        f"“{x.title}”（{rule(x, '处数', str(x.count))}处，{rule(x, '项目数', str(len(x.projects)))}个项目）"
        for x in lines[:MOST_RULES]
    ]
    first = lines[0]
    example = f"例如，{first.projects[0]}：{rule(first, '举例', first.example.strip(), WORDS)}"
    return f"{text}{'较多的，' if len(top) > 1 else '都是'}{enumerated(top)}。", example
