"""The outcome of one workbook, from what was read and checked. The record itself is in domain/outcome.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from perfmon_xl.app.checking import CheckedBook
from perfmon_xl.domain.amount import Amount, plain
from perfmon_xl.domain.explaining import demands
from perfmon_xl.domain.figures import fund_figures, indicator_figures
from perfmon_xl.domain.measures_funds import fund_light
from perfmon_xl.domain.model import Monitoring, plain_year
from perfmon_xl.domain.outcome import Outcome, Status
from perfmon_xl.domain.policy import RuleSet

__all__ = ["Outcome", "Status", "done"]


def done(
    path: str,
    monitoring: Monitoring,
    checked: CheckedBook,
    *,
    outputs: Mapping[str, str],
    draft: bool,
    notes: tuple[str, ...] = (),
) -> Outcome:
    """做成了的一个：项目是谁、主要的数、问题、做出了什么。"""
    project, rules = monitoring.project, checked.rule_set
    cutoff = project.cutoff
    summary = checked.as_data(path)["summary"]
    figures, light, lights = _figures(monitoring, rules)
    return Outcome(
        path=path,
        status=Status.DONE,
        project=project.name,
        department=project.department,
        unit=project.unit,
        year=plain_year(project.year),
        period=project.period,
        cutoff="" if cutoff is None else cutoff.isoformat(),
        rule_set=rules.name,
        light=light,
        verdict=checked.verdict,
        draft=draft,
        lights=lights,
        figures=figures,
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
                "indicator": one.subject,
                "sheet": one.origin.sheet,
                "cell": one.origin.cell,
                "missing": one.origin.label,
                "why": one.why,
            }
            for one in demands(monitoring, rules)
        ),
        outputs=dict(outputs),
        notes=notes,
    )


def _figures(monitoring: Monitoring, rules: RuleSet) -> tuple[dict[str, str], str, dict[str, int]]:
    """主要的数（缺的不写）、资金灯、各色灯的指标个数。"""
    funds = fund_figures(monitoring, rules)
    indicators = [
        indicator_figures(record, rules, funds.pace) for record in monitoring.compared if record.name.strip()
    ]
    met = Counter(one.met for one in indicators)
    completions = [one.completion for one in indicators if one.completion is not None]
    cutoff = monitoring.project.cutoff
    light = fund_light(
        rules.funds,
        rate=funds.execution_rate,
        elapsed=funds.pace,
        month=cutoff.month if cutoff else None,
        goals=[one.met for one in indicators],
    )
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
        "平均完成率": sum(completions, Decimal(0)) / len(completions) if completions else None,
        "指标个数": Decimal(len(indicators)),
        "达成个数": Decimal(met[True]),
        "未达成个数": Decimal(met[False]),
        "无法判断个数": Decimal(met[None]),
    }
    shown = {
        name: plain(value.wan_number if isinstance(value, Amount) else value)
        for name, value in found.items()
        if value is not None
    }
    lights = Counter(one.light.value for one in indicators if one.light is not None)
    return shown, "" if light is None else light.value, dict(lights)
