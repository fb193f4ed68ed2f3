"""The outcome of one workbook, from what was read and checked. The record itself is in domain/outcome.py."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from perfmon_xl.app.checking import CheckedBook
from perfmon_xl.domain.amount import Amount, plain
from perfmon_xl.domain.explaining import demands
from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.model import plain_year
from perfmon_xl.domain.outcome import Outcome, Status
from perfmon_xl.domain.since_last import trend
from perfmon_xl.report.wording.briefing import briefing

__all__ = ["Outcome", "Status", "successful"]


def successful(
    path: str,
    checked: CheckedBook,
    *,
    outputs: Mapping[str, str],
    draft: bool,
    notes: tuple[str, ...] = (),
) -> Outcome:
    """做成了的一个：项目是谁、主要的数、问题、做出了什么。"""
    figures = checked.figures
    project, funds, outcome = figures.monitoring.project, figures.funds, figures.outcome
    cutoff = project.cutoff
    summary = checked.as_data(path)["summary"]
    return Outcome(
        path=path,
        status=Status.DONE,
        project=project.name,
        department=project.department,
        unit=project.unit,
        year=plain_year(project.year),
        period=project.period,
        cutoff="" if cutoff is None else cutoff.isoformat(),
        rule_set=figures.rules.name,
        light="" if funds.light is None else funds.light.value,
        verdict=checked.verdict,
        draft=draft,
        lights={light.value: count for light, count in outcome.lights.items()},
        figures=_display_figures(figures),
        counts={
            "error": summary["errors"],
            "warning": summary["warnings"],
            "info": summary["infos"],
            "cannot_judge": summary["cannot_judge"],
            "acknowledged": summary["acknowledged"],
        },
        findings=tuple(f.as_data() for f in checked.findings),
        unexplained=tuple(
            {
                "indicator": demand.subject,
                "sheet": demand.origin.sheet,
                "cell": demand.origin.cell,
                "missing": demand.origin.label,
                "why": demand.why,
            }
            for demand in demands(figures)
        ),
        told=briefing(figures),
        outputs=dict(outputs),
        notes=notes,
    )


def _since_last(figures: Figures) -> dict[str, Decimal]:
    """与上期相比的个数；没有上期实际的一个也没有。"""
    found = trend(figures.monitoring.compared)
    counts = {"增加": found.more, "不变": found.same, "减少": found.less}
    return {f"比上期{name}个数": Decimal(count) for name, count in counts.items()} if found.known else {}


def _display_figures(figures: Figures) -> dict[str, str]:
    """主要的数；缺的不写。"""
    funds, outcome = figures.funds, figures.outcome
    found: dict[str, Decimal | Amount | None] = {
        "年初预算": funds.initial,
        "调整后预算": funds.adjusted,
        "到位": funds.arrived,
        "支出": funds.spent,
        "全年预计": funds.forecast,
        "资金到位率": funds.arrival_rate,
        "执行率": funds.execution_rate,
        "序时进度": funds.pace,
        "执行进度比": funds.pace_ratio,
        "平均完成率": outcome.average_completion,
        "指标个数": Decimal(outcome.count),
        "达成个数": Decimal(outcome.met),
        "未达成个数": Decimal(outcome.unmet),
        "无法判断个数": Decimal(outcome.unknown),
        "未到期个数": Decimal(outcome.not_due),
        **_since_last(figures),
    }
    return {
        name: plain(value.wan_number if isinstance(value, Amount) else value)
        for name, value in found.items()
        if value is not None
    }
