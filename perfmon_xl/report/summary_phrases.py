"""The sentences of the summary report: what the figures of a batch show, and nothing that they do not show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, percent, plain
from perfmon_xl.domain.policy import Light
from perfmon_xl.domain.summary import (
    NO_DEPARTMENT,
    WORST_FIRST,
    Group,
    ProjectLine,
    RuleLine,
    Summary,
    Totals,
)
from perfmon_xl.report.chinese import arabic_date, ordinal

_MOST_NAMED, _MOST_RULES = 5, 3
_JUDGED = ("错误", "警告")


def money(amount: Decimal) -> str:
    """汇总的金额：万元，两位小数。"""
    return f"{plain(half_up(amount, 2))}万元"


def points(gap: Decimal) -> str:
    """执行率比序时进度快或慢几个百分点。"""
    size = half_up(abs(gap) * 100, 2)
    if not size:
        return "与序时进度持平"
    return f"{'快于' if gap > 0 else '慢于'}序时进度{size}个百分点"


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


# --- 总体 -------------------------------------------------------------------------------------------


def overall(summary: Summary) -> tuple[str, ...]:
    """收到几个、做成几个、亮什么灯、查出几处问题。"""
    whole, lost = summary.totals, len(summary.unprocessed)
    if not summary.lines:
        return (
            f"本次收到{lost}个文件，没有一个可以纳入汇总，原因见附件。"
            if lost
            else "本次没有收到监控工作簿。",
        )
    known = [g for g in summary.departments if g.name != NO_DEPARTMENT]
    received = f"本次监控收到{whole.projects + lost}个文件，纳入汇总的项目{whole.projects}个"
    received += f"，涉及主管部门{len(known)}个" if known else ""
    nameless = whole.projects - sum(g.totals.projects for g in known)
    received += f"（另有{nameless}个项目没有填主管部门）" if nameless else ""
    received += f"；没有处理的{lost}个，原因见附件。" if lost else "。"
    day = until(summary)
    received += f"各项目数据的截止日期：{day}。" if "至" in day else f"数据截至{day}。" if day else ""
    found = f"检查发现错误{whole.errors}处、警告{whole.warnings}处。"
    wrong = [line for line in summary.lines if line.errors]
    if wrong:
        found += f"有{len(wrong)}个项目还有错误没有改"
        drafts = sum(line.draft for line in wrong)
        only = "报告都是征求意见稿" if drafts == len(wrong) else f"其中{drafts}个的报告是征求意见稿"
        found += f"，{only}。" if drafts else "。"
    return received, _lights(whole), found


def _lights(whole: Totals) -> str:
    parts = [
        f"亮{light.value}灯的{count}个，占{percent(Decimal(count) / whole.projects)}"
        for light in WORST_FIRST
        if (count := whole.lights[light])
    ]
    unlit = whole.lights[None]
    parts += [f"没有亮灯的{unlit}个（缺数，或规则不预警）"] if unlit else []
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


def funds(summary: Summary) -> tuple[str, ...]:
    """预算、支出、执行率，哪些部门慢。"""
    whole = summary.totals
    if whole.budget is None:
        return ("各项目都没有填预算数，资金情况无法汇总。",) if summary.lines else ()
    text = f"{whole.projects}个项目预算合计{money(whole.budget)}"
    text += f"，到位资金{money(whole.arrived)}" if whole.arrived is not None else ""
    text += f"，累计支出{money(whole.spent)}" if whole.spent is not None else "，支出数都没有填"
    gap = gap_of(whole)
    if whole.execution is not None:
        text += f"，预算执行率为{percent(whole.execution)}"
    if gap is not None and whole.pace is not None:
        mean = "平均" if "至" in until(summary) else ""
        text += f"，{mean}序时进度为{percent(whole.pace)}，{points(gap)}"
    text += "。"
    blank = sum(line.budget is None or line.spent is None for line in summary.lines)
    text += f"有{blank}个项目的预算数或支出数没有填，没有算进执行率。" if blank else ""
    return tuple(filter(None, (text, _slow(summary), _fund_lights(whole))))


def _slow(summary: Summary) -> str:
    slow = lagging(summary)
    if not slow:
        return ""
    worst = "、".join(
        f"{g.name}（{percent(g.totals.execution)}）"
        for g in slow[:_MOST_NAMED]
        if g.totals.execution is not None
    )
    more = "等" if len(slow) > _MOST_NAMED else ""
    return f"预算执行率低于序时进度的主管部门有{len(slow)}个，从低到高是{worst}{more}。"


def _fund_lights(whole: Totals) -> str:
    parts = [f"亮{x.value}灯的{n}个" for x in (Light.RED, Light.YELLOW) if (n := whole.fund_lights[x])]
    return f"从资金预警看，{'、'.join(parts)}。" if parts else ""


# --- 目标 -------------------------------------------------------------------------------------------


def goals(summary: Summary) -> tuple[str, ...]:
    """跟踪几个指标、达到几个、哪些部门未达到的多。"""
    whole = summary.totals
    if not whole.indicators:
        return ("各项目都没有跟踪的指标。",) if summary.lines else ()
    text = (
        f"{whole.projects}个项目共跟踪指标{whole.indicators}个，达到本阶段目标的{whole.met}个，"
        f"占{percent(Decimal(whole.met) / whole.indicators)}；未达到的{whole.unmet}个"
    )
    text += f"；资料不足、无法判断的{whole.unknown}个。" if whole.unknown else "。"
    behind = sorted((g for g in summary.departments if g.totals.unmet), key=lambda g: -g.totals.unmet)
    if len(behind) > 1:
        listed = "、".join(f"{g.name}{g.totals.unmet}个" for g in behind[:_MOST_RULES])
        text += f"未达到较多的是{listed}。"
    return tuple(filter(None, (text, _indicator_lights(whole))))


def _indicator_lights(whole: Totals) -> str:
    lit = whole.indicator_lights
    parts = [f"亮{x.value}灯的{lit[x]}个" for x in (Light.RED, Light.YELLOW) if lit[x]]
    text = f"指标预警中，{'、'.join(parts)}。" if parts else ""
    blue = lit[Light.BLUE]
    return text + (f"完成数远超全年目标、亮蓝灯的指标有{blue}个，目标值可能定低了。" if blue else "")


# --- 问题 -------------------------------------------------------------------------------------------


def problems(summary: Summary) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """检查发现的问题，一类一节，错误多的类别在前：标题、各段。提示和无法判断的不列。"""
    families: dict[str, list[RuleLine]] = {}
    for line in summary.rules:
        if line.level in _JUDGED:
            families.setdefault(line.family or "其他", []).append(line)

    def weight(lines: list[RuleLine]) -> tuple[int, ...]:
        return tuple(-sum(x.count for x in lines if x.level == level) for level in _JUDGED)

    ordered = sorted(families.items(), key=lambda pair: weight(pair[1]))
    return tuple(
        (f"（{ordinal(n)}）{family}方面", _problem(lines)) for n, (family, lines) in enumerate(ordered, 1)
    )


def _problem(lines: Sequence[RuleLine]) -> tuple[str, ...]:
    counts = [f"{level}{n}处" for level in _JUDGED if (n := sum(x.count for x in lines if x.level == level))]
    projects = dict.fromkeys(name for line in lines for name in line.projects)
    text = f"查出{'、'.join(counts)}，涉及{len(projects)}个项目。"
    top = [f"“{x.title}”（{x.count}处，{len(x.projects)}个项目）" for x in lines[:_MOST_RULES]]
    first = lines[0]
    example = f"例如，{first.projects[0]}：{first.example.strip()}"
    return f"{text}{'较多的，' if len(top) > 1 else '都是'}{enumerated(top)}。", example


# --- 关注 -------------------------------------------------------------------------------------------


def attention(summary: Summary) -> list[tuple[ProjectLine, str]]:
    """需要关注的项目和原因：亮红灯的，资金亮黄灯的，看不出资金快慢的；重的在前。"""
    found = [(line, why) for line in summary.lines if (why := _why(line))]
    return sorted(found, key=lambda pair: _weight(pair[0]))


def _why(line: ProjectLine) -> str:
    reasons = []
    if line.fund_light in (Light.RED, Light.YELLOW):
        reasons.append(f"资金亮{line.fund_light.value}灯")
    if line.lights[Light.RED]:
        reasons.append(f"{line.lights[Light.RED]}个指标亮红灯")
    if line.execution is None:
        reasons.append("预算数或支出数没有填全，算不出执行率")
    if not reasons:
        return ""
    if line.unmet:
        reasons.append(f"{line.unmet}个指标未达到本阶段目标")
    if line.errors:
        reasons.append(f"{line.errors}处错误没有改")
    return "；".join(reasons)


def _weight(line: ProjectLine) -> tuple[object, ...]:
    order = {Light.RED: 0, Light.YELLOW: 1}
    return (
        order.get(line.light or Light.GREEN, 2),
        order.get(line.fund_light or Light.GREEN, 2),
        -line.lights[Light.RED],
        line.execution if line.execution is not None else Decimal(0),
    )


# --- 措施 -------------------------------------------------------------------------------------------


def measures(summary: Summary) -> list[tuple[str, str]]:
    """措施和建议：对着上面的问题写，没有的问题不写。"""
    whole, slow = summary.totals, [g.name for g in lagging(summary)]
    red, blue = whole.lights[Light.RED], whole.indicator_lights[Light.BLUE]
    wrong = [line for line in summary.lines if line.errors]
    found = []
    if slow:
        found.append(
            (
                "加快预算执行",
                f"{named(slow)}要逐个项目查明支出偏慢的原因，落实用款计划，按月调度；年底前确实用不完的，及时按程序调整预算。",
            )
        )
    if whole.unmet:
        text = f"对未达到本阶段目标的{whole.unmet}个指标，项目单位要查明原因，明确责任人和完成时限"
        text += f"；亮红灯的{red}个项目，由主管部门重点督促。" if red else "。"
        found.append(("抓紧完成未达到的目标", text))
    if whole.unknown:
        found.append(
            (
                "补齐实际完成数据",
                f"资料不足、无法判断的{whole.unknown}个指标，由项目单位补报截至监控日的实际完成数和依据。",
            )
        )
    if whole.unexplained:
        found.append(
            (
                "补写偏差说明",
                f"按规则应当说明而没有说明的有{whole.unexplained}处，由项目单位补写原因、预计完成情况和改进措施，逐处见汇总工作簿的“需要说明”表。",
            )
        )
    if wrong:
        often = [f"“{x.title}”" for x in summary.rules if x.level == "错误"][:_MOST_RULES]
        found.append(
            (
                "改正填报错误",
                f"{len(wrong)}个项目的{whole.errors}处错误改好以后，再出正式报告。{'、'.join(often)}出现得较多，建议向各单位统一提醒。",
            )
        )
    if blue:
        found.append(
            (
                "核实偏低的目标值",
                f"亮蓝灯的{blue}个指标，由主管部门核实完成数和目标值；目标确实定低的，编制下年度预算时改过来。",
            )
        )
    if summary.unprocessed:
        found.append(
            (
                "补报没有处理的文件",
                f"附件所列{len(summary.unprocessed)}个文件，由报送单位照所列办法改好后重新报送。",
            )
        )
    return found
