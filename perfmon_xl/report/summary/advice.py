"""Whom the summary report singles out and what it proposes; measures by addressee, each with a date.

What is asked about money follows where the money is: there and not spent, not there, overspent, unknown; the same act for
several projects is told once, with all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfmon_xl.domain.summary import ProjectLine, Summary
from perfmon_xl.report.summary.phrases import who_of
from perfmon_xl.report.summary.project_words import (
    MOST_NAMED,
    District,
    MoneyThere,
    deadline,
    lacking,
    money_state,
    money_there,
    overspent,
    say,
    state_of,
    state_told,
    whole_of,
    year_over,
)
from perfmon_xl.report.summary.sources import COUNT, MONEY
from perfmon_xl.report.summary.treasury import MOST_TOLD, not_begun, some_of, to_finance
from perfmon_xl.report.tracing.tracked import Mark, unmarked
from perfmon_xl.report.wording.briefing import (
    ADVICE,
    LOST,
    MISS,
)

_HALF_YEAR = Decimal("0.5")
_SLOW = ("严重滞后", "滞后")
_THERE = (MoneyThere.ALL, MoneyThere.ENOUGH)


# --- 关注 -------------------------------------------------------------------------------------------


def attention(summary: Summary, mark: Mark = unmarked) -> list[tuple[ProjectLine, str, str]]:
    """需要关注的项目、原因和建议处置；重的在前。"""
    district = District(summary, mark)
    watched = sorted((line for line in summary.lines if state_of(line)), key=_weight)
    return [(line, _reason_text(district, line), _disposal(line)) for line in watched]


def _reason_text(district: District, line: ProjectLine) -> str:
    missed = sorted(line.said(MISS), key=lambda one: one.get("weight", "9"))
    name = district.told(line, missed[0].get("name", "")) if missed else ""
    if state_of(line) == "指标偏离" and line.unmet == 1 and name:
        return say("汇总关注.未达到而偏离", 名=name)
    reasons = [state_told(district, line)]
    if line.unmet:
        several = line.unmet > 1 or not name
        count = district.cell(line, line.unmet, "未达成", COUNT) if several else ""
        reasons.append(say("汇总关注.未达到", 名=name, 几=count))
    return "；".join(reasons)


def _disposal(line: ProjectLine) -> str:
    """建议怎么处置：照资金的状态，和钱到了没有。"""
    state, there = state_of(line), money_there(line)
    if state in (*_SLOW, "尚未支出") and year_over(line):
        return say("建议处置.结转" if _unspent(line) else "建议处置.核实资金")
    if state == "尚未支出":
        if there is MoneyThere.NONE:
            return say("建议处置.先落实资金")
        return say("建议处置.暂缓拨款" if (line.pace or 0) >= _HALF_YEAR else "建议处置.尽快启动")
    if state in _SLOW:
        if there in (MoneyThere.SHORT, MoneyThere.NONE):
            return say("建议处置.落实资金")
        return say("建议处置.加快支付" if there in _THERE else "建议处置.继续执行")
    return say(
        {"超预算": "建议处置.调整预算", "没有执行率": "建议处置.补报", "不匹配": "建议处置.核对"}.get(
            state, "建议处置.抓任务"
        )
    )


def _weight(line: ProjectLine) -> tuple[object, ...]:
    order = ("超预算", "尚未支出", "严重滞后", "没有执行率", "滞后", "不匹配", "")
    return (
        order.index(money_state(line)),
        -line.unmet,
        line.execution if line.execution is not None else Decimal(0),
    )


def _unspent(line: ProjectLine) -> bool:
    """到了的钱没有花完；不知道到位数的，也算没有花完。"""
    return line.arrived is None or line.spent is None or line.arrived > line.spent


# --- 建议 -------------------------------------------------------------------------------------------


def measures(summary: Summary, mark: Mark = unmarked) -> list[tuple[str, tuple[str, ...]]]:
    """按对象写：主管部门督促的、财政部门处理的、提请研究的、改填报的，一件事一条，说出是哪些项目；没有的不写。"""
    if not summary.lines:
        return []
    district = District(summary, mark)
    found = [
        (say("汇总建议.单位标题"), _on_departments(district)),
        (say("汇总建议.财政标题"), to_finance(district)),
        (say("汇总建议.研究标题"), _to_study(district)),
        (say("汇总建议.填报标题"), _to_mend(district)),
    ]
    return [(title, tuple(texts)) for title, texts in found if texts]


def _on_departments(district: District) -> list[str]:
    """主管部门要督促的：几个项目一样的资金上的事说在一起，别的一个项目一条；措施一字不差的说在一起。"""
    summary = district.summary
    shared, alone = _on_money(district)
    watched = [line for line, _, _ in attention(summary)]
    watched += [line for line in summary.lines if line.unmet and line not in watched]
    same: dict[tuple[str, bool], list[ProjectLine]] = {}
    texts: list[str] = []
    for line in watched:
        text, given = _acts(district, line)
        if id(line) in alone:
            texts.append(_one_project(district, line, alone[id(line)], text, given=given))
        elif text:
            same.setdefault((text, given), []).append(line)
    for (text, given), lines in same.items():
        if len(lines) == 1:
            texts.append(_one_project(district, lines[0], "", text, given=given))
        else:
            texts.append(say("汇总建议.一样的", 各项=_each(district, lines, left=False), 措施=text))
    rest = [say("汇总建议.其余")] if len(texts) > MOST_TOLD else []
    return [*shared, *texts[:MOST_TOLD], *rest]


def _acts(district: District, line: ProjectLine) -> tuple[str, bool]:
    """项目自己的报告里任务上的措施，是不是单位自己定的；有自己定的，只说自己定的。"""
    acts = line.said(ADVICE)
    given = [act for act in acts if act.get("given")]
    text = "；".join(one["text"] for one in given or acts)
    return (district.told(line, text) if text else ""), bool(given)


def _one_project(district: District, line: ProjectLine, money: str, work: str, *, given: bool) -> str:
    return say(
        "汇总建议.一个项目",
        谁=_told_who(district, line),
        项目=district.name(line),
        资金=money,
        已定=work if given else "",
        任务="" if given else work,
    )


def _on_money(district: District) -> tuple[list[str], dict[int, str]]:
    """资金上要督促的事，照钱到了没有：几个项目一样的各一句；只有一个项目的，它的一截话。"""
    lines, day = district.summary.lines, deadline(district.summary)
    states: dict[str, list[ProjectLine]] = {}
    for line in lines:
        if key := _money_act(line):
            states.setdefault(key, []).append(line)
    shared, alone = [], {}
    for key in (
        "超支",
        "超支而年度结束",
        "到了没花",
        "没有动",
        "等着钱",
        "不知到位",
        "不匹配",
        "年度结束",
        "年度结束而未到",
        "补报数",
    ):
        some = states.get(key, [])
        if len(some) == 1 or key.startswith("超支"):
            for line in some:
                over = overspent(line)
                alone[id(line)] = say(
                    f"汇总建议.{key}",
                    期限=day,
                    差=district.amount(over, f"“{district.key(line)}”支出数减预算数") if over else "",
                    结存=_left(district, line),
                    缺=lacking(line),
                )
        elif some:
            each = _each(district, some, left=key == "到了没花")
            shared.append(
                say("汇总建议.各项", 各项=each, 做什么=say(f"汇总建议.{key}", 期限=day, 缺=_lack_of(some)))
            )
    return shared, alone


def _money_act(line: ProjectLine) -> str:
    """资金上要督促的是哪一件；没有的是空。"""
    state, there = money_state(line), money_there(line)
    if state == "超预算":
        return "超支而年度结束" if year_over(line) else "超支"
    if state in ("没有执行率", "不匹配"):
        return {"没有执行率": "补报数"}.get(state, state)
    if not state:
        return ""
    if year_over(line):
        return "年度结束" if _unspent(line) else "年度结束而未到"
    if there in (MoneyThere.SHORT, MoneyThere.NONE):
        return "等着钱"
    if state == "尚未支出":
        return "没有动"
    return "到了没花" if there in _THERE else "不知到位"


def _lack_of(lines: Sequence[ProjectLine]) -> str:
    """这些项目缺的数，合在一起说。"""
    return "和".join(name for name in ("预算数", "支出数") if any(name in lacking(line) for line in lines))


def _left(district: District, line: ProjectLine) -> str:
    """到了还没有花的。"""
    if line.arrived is None or line.spent is None or line.arrived <= line.spent:
        return ""
    return district.amount(line.arrived - line.spent, f"“{district.key(line)}”到位数减支出数")


def _each(district: District, lines: Sequence[ProjectLine], *, left: bool) -> str:
    """各部门和它们的项目：县交通运输局（农村公路养护项目，结存531.48万元）。left：说出还有多少没花。"""
    by_department: dict[str, list[str]] = {}
    for line in lines[:MOST_TOLD]:
        rest = _left(district, line) if left else ""
        told = district.name(line) + (say("汇总建议.结存", 差=rest) if rest else "")
        by_department.setdefault(district.department(line), []).append(told)
    more = f"等{len(lines)}个项目" if len(lines) > MOST_TOLD else ""
    return "、".join(f"{who}（{'；'.join(some)}）" for who, some in by_department.items()) + more


def _told_who(district: District, line: ProjectLine) -> str:
    """谁做：主管部门督促实施单位；就是一个单位的、没有写措施由谁做的，只说一个。"""
    department = district.department(line)
    owner = next((one.get("owner", "") for one in line.said(ADVICE) if one.get("owner")), "")
    unit = "" if line.unit in ("", line.department) else owner or district.body(line.unit)
    return say("汇总建议.督促", 部门=department, 单位=unit) if unit else department


def _to_study(district: District) -> list[str]:
    """过了半年钱到了还没有动的；单位说今年完不成的目标。"""
    day, idle, lost = deadline(district.summary), [], []
    for line in district.summary.lines:
        name = district.name(line)
        if not_begun(line) and (line.pace or 0) >= _HALF_YEAR:
            arrived = district.cell(line, line.arrived, "到位数（万元）", MONEY)
            idle.append(say("汇总建议.到位的", 项目=name, 到位=arrived))
        names = "".join(f"“{district.told(line, one['text'])}”" for one in line.said(LOST)[:MOST_NAMED])
        if names and not year_over(line):
            lost.append(say("汇总建议.完不成的", 项目=name, 名=names))
    texts = [say("汇总建议.研究", 各项=some_of(idle), 期限=day)] if idle else []
    return texts + ([say("汇总建议.完不成", 各项=some_of(lost), 期限=day)] if lost else [])


def _to_mend(district: District) -> list[str]:
    """改错误、补数、补说明，各说出是哪几个项目；没有的不说。"""
    summary, day = district.summary, deadline(district.summary)
    whole, texts = summary.totals, []
    unexplained = [line for line in summary.lines if line.unexplained]
    for key, number, header, lines in (
        ("改错误", whole.errors, "错误", [line for line in summary.lines if line.errors]),
        ("补数", whole.unknown, "无法判断", [line for line in summary.lines if line.unknown]),
        ("补说明", whole.unexplained, "偏差待说明", unexplained),
    ):
        if number:
            told = district.mark(str(number), whole_of(header))
            texts.append(say(f"汇总建议.{key}", 谁=who_of(district, lines), 期限=day, 几=told))
    return texts
