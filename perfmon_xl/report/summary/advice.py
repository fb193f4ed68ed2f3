"""Whom the summary report singles out, and what it advises: only what its own findings call for."""

from __future__ import annotations

from decimal import Decimal

from perfmon_xl.domain.policy import Light
from perfmon_xl.domain.summary import ProjectLine, Summary
from perfmon_xl.domain.summary_cells import PROJECTS
from perfmon_xl.report.summary.phrases import (
    MOST_RULES,
    indicator_count,
    lagging,
    lit_count,
    named,
    project_keys,
    unknown_count,
    unmet_count,
    whole_of,
    wrong_count,
)
from perfmon_xl.report.summary.sources import COUNT, WORDS, at, counted
from perfmon_xl.report.tracing.tracked import Mark, unmarked

# --- 关注 -------------------------------------------------------------------------------------------


def attention(summary: Summary, mark: Mark = unmarked) -> list[tuple[ProjectLine, str]]:
    """需要关注的项目和原因：亮红灯的，资金亮黄灯的，看不出资金快慢的；重的在前。"""
    keys = project_keys(summary)
    found = [(line, why) for line in summary.lines if (why := _why(line, keys[id(line)], mark))]
    return sorted(found, key=lambda pair: _weight(pair[0]))


def _why(line: ProjectLine, key: str, mark: Mark) -> str:
    def of(header: str, count: int) -> str:
        return mark(str(count), at(PROJECTS, key, header, COUNT))

    reasons = []
    if line.fund_light in (Light.RED, Light.YELLOW):
        reasons.append(f"资金亮{mark(line.fund_light.value, at(PROJECTS, key, '资金预警', WORDS))}灯")
    if line.lights[Light.RED]:
        reasons.append(f"{of('红灯指标', line.lights[Light.RED])}个指标亮红灯")
    if line.execution is None:
        reasons.append("预算数或支出数没有填全，算不出执行率")
    if not reasons:
        return ""
    if line.unmet:
        reasons.append(f"{of('未达成', line.unmet)}个指标未达到本阶段目标")
    if line.errors:
        reasons.append(f"{of('错误', line.errors)}处错误没有改")
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


def measures(summary: Summary, mark: Mark = unmarked) -> list[tuple[str, str]]:
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
        text = (
            f"对未达到本阶段目标的{unmet_count(whole, mark)}个指标，项目单位要查明原因，明确责任人和完成时限"
        )
        lit = lit_count(Light.RED, "项目数", red, mark)
        text += f"；亮红灯的{lit}个项目，由主管部门重点督促。" if red else "。"
        found.append(("抓紧完成未达到的目标", text))
    if whole.unknown:
        found.append(
            (
                "补齐实际完成数据",
                f"资料不足、无法判断的{unknown_count(whole, mark)}个指标，由项目单位补报截至监控日的实际完成数和依据。",
            )
        )
    if whole.unexplained:
        found.append(
            (
                "补写偏差说明",
                f"按规则应当说明而没有说明的有{mark(str(whole.unexplained), whole_of('偏差待说明'))}处，由项目单位补写原因、预计完成情况和改进措施，逐处见汇总工作簿的“需要说明”表。",
            )
        )
    if wrong:
        often = [f"“{x.title}”" for x in summary.rules if x.level == "错误"][:MOST_RULES]
        found.append(
            (
                "改正填报错误",
                f"{wrong_count(len(wrong), mark)}个项目的{mark(str(whole.errors), whole_of('错误'))}处错误改好以后，再出正式报告。{'、'.join(often)}出现得较多，建议向各单位统一提醒。",
            )
        )
    if blue:
        found.append(
            (
                "核实偏低的目标值",
                f"亮蓝灯的{indicator_count(Light.BLUE, whole, mark)}个指标，由主管部门核实完成数和目标值；目标确实定低的，编制下年度预算时改过来。",
            )
        )
    if summary.unprocessed:
        found.append(
            (
                "补报没有处理的文件",
                f"附件所列{mark(str(len(summary.unprocessed)), counted('行数', '未处理'))}个文件，由报送单位照所列办法改好后重新报送。",
            )
        )
    return found
