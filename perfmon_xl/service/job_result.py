"""What came of a job, as plain data: a sentence, notes, matters with their places, lights, charts, files, the next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfmon_xl.domain.message import Reader, Wordable, worded

if TYPE_CHECKING:
    from perfmon_xl.app import AuditedReport, AuditResult, CheckedBook
    from perfmon_xl.domain.figures import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionResult:
    """一件事做完。changed：工作簿自己写过，开着它的要重新打开；good：没有必须改的。

    data：各件事自己的：matters、findings、lights、charts、question（做完了要人定的），或者 place（去哪一格）、codes（哪几条规则）。
    """

    verdict: Wordable
    notes: Sequence[Wordable] = ()
    files: Sequence[Path] = ()
    changed: bool = False
    good: bool = True
    next_step: Wordable = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self, reader: Reader) -> dict[str, Any]:
        """JSON 的样子，话都是 reader 的说法。"""
        return {
            "verdict": worded(self.verdict, reader),
            "notes": [worded(note, reader) for note in self.notes],
            "files": [str(path) for path in self.files],
            "changed": self.changed,
            "good": self.good,
            "next_step": worded(self.next_step, reader),
            **self.data,
        }


def checked_data(checked: CheckedBook, name: str, reader: Reader) -> dict[str, Any]:
    """检查的结果：check --format json 的各项，另有每处的 level、noted，话是 reader 的说法；再加灯和图。"""
    data = checked.as_data(name)
    data["findings"] = [
        plain
        | {
            "message": worded(f.fact, reader),
            "hint": worded(f.remedy, reader),
            "level": f.level,
            "noted": f.key in checked.acknowledged,
        }
        for plain, f in zip(data["findings"], checked.findings, strict=True)
    ]
    data["matters"] = [
        plain | {"hint": worded(matter.lead.remedy, reader)}
        for plain, matter in zip(data["matters"], checked.matters, strict=True)
    ]
    return data | pictured(checked.figures)


def pictured(figures: Figures) -> dict[str, Any]:
    """各盏灯（符号、叫法、颜色）和各幅图。"""
    from perfmon_xl.domain.amount import percent
    from perfmon_xl.domain.policy import Light
    from perfmon_xl.layout.palette import LIGHTS, UNLIT
    from perfmon_xl.report.drawing.charts import charts_of
    from perfmon_xl.service.chart_svg import svg

    def lit(name: str, light: Light | None, told: str) -> dict[str, str]:
        look = LIGHTS[light.value if light is not None else UNLIT]
        word = figures.rules.styles[light].name if light is not None else UNLIT
        colours = {"fill": f"#{look.fill}", "ink": f"#{look.ink}"}
        return {"name": name, "light": word, "symbol": look.symbol, "value": told, **colours}

    funds = figures.funds
    rate = "" if funds.execution_rate is None else f"执行率 {percent(funds.execution_rate)}"
    lights = [lit("资金", funds.light, rate)]
    for _, record, indicator in figures.named():
        told = "" if indicator.completion is None else f"完成率 {percent(indicator.completion)}"
        lights.append(lit(record.name.strip(), indicator.light, told))
    charts = [chart for kind in charts_of(figures).values() for chart in kind]
    return {
        "lights": lights,
        "charts": [{"title": c.title, "note": c.note, "text": c.description, "svg": svg(c)} for c in charts],
    }


def audited_data(audited: AuditResult) -> dict[str, Any]:
    """核对的结果：每处不同另有 level 和 where（在报告的哪里）。"""
    data = audited.as_data()
    data["findings"] = [
        plain | {"level": difference.finding.level, "where": difference.where}
        for plain, difference in zip(data["findings"], audited.differences, strict=True)
    ]
    return data


def audited_alone_data(audited: AuditedReport, name: str, reader: Reader) -> dict[str, Any]:
    """一份报告查自己的结果。"""
    data = audited.as_data(name)
    data["findings"] = [
        plain
        | {
            "message": worded(f.fact, reader),
            "hint": worded(f.remedy, reader),
            "level": f.level,
            "where": str(f.origin or ""),
            "sheet": "",
            "cell": "",
        }
        for plain, f in zip(data["findings"], audited.findings, strict=True)
    ]
    return data
