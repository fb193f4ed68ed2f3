"""Where a value of the report comes from: the cell, its header, how the figure is computed, how it is written.

The identity names the record instead of its position, so that a workbook with rows added or sorted later
still finds its values again.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import Amount, plain
from perfmon_xl.domain.category import category
from perfmon_xl.domain.model import Compared, Monitoring, Paragraph
from perfmon_xl.domain.origin import CellPlace, Origin
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.report.drawing.charts import Chart
from perfmon_xl.report.tracing.references import ValueReference

_PERCENT, _COUNT = "0.00%", "0"
_FIGURES: Mapping[tuple[str, str], tuple[str, str, str]] = {  # figure → name of the cell, measure, format
    ("funds", "initial"): ("年初预算合计", "total", "金额"),
    ("funds", "adjusted"): ("调整后预算合计", "total", "金额"),
    ("funds", "arrived"): ("到位合计", "total", "金额"),
    ("funds", "spent"): ("支出合计", "total", "金额"),
    ("funds", "arrival_rate"): ("资金到位率", "arrival_rate", _PERCENT),
    ("funds", "execution_rate"): ("预算执行率", "execution_rate", _PERCENT),
    ("funds", "pace"): ("序时进度", "pace", _PERCENT),
    ("funds", "pace_gap"): ("预算执行率", "execution_rate − pace", "0.00"),
    ("funds", "pace_ratio"): ("执行进度比", "pace_ratio", _PERCENT),
    ("funds", "forecast"): ("全年预计支出合计", "total", "金额"),
    ("funds", "change"): ("调整后预算合计", "change", "金额"),
    ("funds", "arrival_gap"): ("到位合计", "arrival_gap", "金额"),
    ("funds", "owed"): ("到位合计", "owed", "金额"),
    ("funds", "owed_above"): ("到位合计", "owed", "金额"),
    ("funds", "not_wanted"): ("到位合计", "not_wanted", "金额"),
    ("funds", "idle"): ("到位合计", "idle", "金额"),
    ("funds", "advanced"): ("支出合计", "advanced", "金额"),
    ("funds", "overspent"): ("支出合计", "overspent", "金额"),
    ("funds", "forecast_gap"): ("全年预计支出合计", "forecast_gap", "金额"),
    ("counts", "judged"): ("看板_达成数", "judged", _COUNT),
    ("counts", "count"): ("看板_指标数", "count", _COUNT),
    ("counts", "met"): ("看板_达成数", "is_met", _COUNT),
    ("counts", "unmet"): ("看板_未达成数", "is_met", _COUNT),
    ("counts", "unknown"): ("看板_无法判断数", "is_met", _COUNT),
}
_ROW_MEASURES: Mapping[str, tuple[str, str]] = {
    "completion": ("completion_rate", _PERCENT),
    "deviation": ("deviation", "原样"),
    "deviation_rate": ("deviation_rate", _PERCENT),
    "met": ("is_met", "文字"),
    "light": ("indicator_light", "文字"),
    "gap": ("gap", "原样"),
    "share": ("share", _PERCENT),
    "change": ("change", "金额"),
    "arrival_gap": ("arrival_gap", "金额"),
}
_CELLS: Mapping[str, str] = {  # a figure without a cell of its own → the cell it is worked out from
    "gap": "actual",
    "share": "amount",
    "change": "adjusted",
    "arrival_gap": "arrived",
}
_KEYS = {"funding": "source", "spending": "item", "progress": "subject", "goal_changes": "subject"}
_SAID = {
    "total": "各项相加",
    "count": "数个数",
    "draft": "程序起草",
    "change": "调整后预算与年初预算的差",
    "arrival_gap": "预算与到位的差",
    "owed": "预算与到位的差，自筹的和预计用不完的不算",
    "not_wanted": "没有到位、预计也用不到的",
    "idle": "已经到位、预计用不完的",
    "advanced": "支出与到位的差",
    "overspent": "支出与预算的差",
    "forecast_gap": "全年预计支出与预算的差",
    "judged": "达成的和未达成的个数相加",
    "gap": "与目标的差",
    "share": "占支出合计的比",
    "到位占预算": "到位数÷预算数",
    "支出占预算": "支出数÷规则集的执行率分母",
    "达标程度": "实际完成÷本阶段应完成，越低越好的倒过来",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """一个值的来历：身份（不随行号变）、单元格、算法（直接填的是空）、写法。"""

    identity: str
    origin: Origin
    measure: str = ""
    form: str = "文字"

    @property
    def formula(self) -> str:
        """算法，一句话：取自这个测度的说明。"""
        return formula_of(self.measure)


@lru_cache(maxsize=64)
def formula_of(measure: str) -> str:
    told = getattr(measures, measure, None)
    if told is None:
        return _SAID.get(measure, measure)
    return (inspect.getdoc(told) or measure).split("\n")[0].split("；")[0].rstrip("。")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedPoint:
    """图上的一个数：哪幅图（部件名）、哪个系列、哪一类、写的数、从哪里来。"""

    part: str
    series: str
    category: str
    value: str
    source: Source


def recorded_points(chart: Chart, part: str = "") -> Iterator[RecordedPoint]:
    """一幅图上的各个数和来历；预警灯换了颜色的还是同一个数。"""
    seen: dict[str, int] = {}
    for point in chart.points:
        identity = f"chart[{chart.key}].{point.subject or point.category}.{point.measure or point.series}"
        seen[identity] = seen.get(identity, 0) + 1
        yield RecordedPoint(
            part=part,
            series=point.series,
            category=point.category,
            value=plain(point.value),
            source=Source(
                identity=identity if seen[identity] == 1 else f"{identity}#{seen[identity]}",
                origin=point.origins[0] if point.origins else CellPlace(label=point.category),
                measure=point.measure,
                form=chart.number_format,
            ),
        )


class SourceLookup(Protocol):
    """知道各个值的来历；key 是记号里的写法。"""

    def of(self, key: str) -> Source: ...


class Sources:
    """一个项目各个值的来历，用到才查。"""

    def __init__(self, monitoring: Monitoring) -> None:
        self._monitoring = monitoring
        self._names: dict[str, tuple[str, ...]] = {}
        self._known: dict[str, Source] = {}

    def of(self, key: str) -> Source:
        source = self._known.get(key)
        if source is None:
            source = self._known[key] = self.source_of(ValueReference.of(key))
        return source

    def source_of(self, value: ValueReference) -> Source:
        """一个值的来历。"""
        source, row, field, form, subject = value
        how = f"~{form}" if form else ""
        figure = _FIGURES.get((source, field))
        if figure is not None:
            name, measure, format_ = figure
            return Source(
                identity=f"{source}.{field}{how}", origin=self._named(name), measure=measure, form=format_
            )
        if source == "rules":
            return Source(identity=f"rules.{field}", origin=self._monitoring.project.place.at("rule_set"))
        if source == "counts":
            return Source(
                identity=f"counts.{field}", origin=self._table("各指标"), measure="count", form=_COUNT
            )
        if source == "benefits":
            origin = self._table("效益和满意度指标")
            return Source(identity=f"benefits.{field}", origin=origin, measure="count", form=_COUNT)
        if source == "class" and row is not None:
            group = self._monitoring.compared[row].level2
            return Source(
                identity=f"class[{group}].{field}", origin=self._table(group), measure="count", form=_COUNT
            )
        if source == "kinds" and row is not None:
            kind = kind_of(self._monitoring.compared[row])
            return Source(identity=f"kinds[{kind}]", origin=self._table(kind), measure="count", form=_COUNT)
        if field == "draft" and row is None:
            return self._draft(source, subject, how)
        return self._of_record(source, row, field, how)

    def _of_record(self, collection: str, row: int | None, field: str, how: str) -> Source:
        found: Any = getattr(self._monitoring, collection)
        if row is None:
            return _of_field(found, f"{collection}.", field, how)
        record = found[row]
        if field == "draft":
            return self._draft("analyses", record.name, how)
        if field == "text" and isinstance(record, Paragraph):
            return Source(identity=f"{collection}[{record.subject}]{how}", origin=record.place.at("text"))
        return _of_field(record, f"{collection}[{self._keys(collection)[row]}].", field, how)

    def _draft(self, collection: str, subject: str, how: str) -> Source:
        """空着的段落：草稿该写在哪一格。"""
        wanted, rows = name_key(subject), getattr(self._monitoring, collection)
        records = [r for r in rows if name_key(r.subject) == wanted]
        origin = records[0].place.at("text") if records else CellPlace(_sheet(collection), label=subject)
        return Source(identity=f"{collection}[{subject}]{how}", origin=origin, measure="draft")

    def _keys(self, collection: str) -> tuple[str, ...]:
        """各条记录的名称；重名的按先后加 #2、#3。"""
        keys = self._names.get(collection)
        if keys is None:
            seen: dict[str, int] = {}
            names = []
            for record in getattr(self._monitoring, collection):
                name = str(getattr(record, _KEYS.get(collection, "name"), "") or getattr(record, "title", ""))
                seen[name] = seen.get(name, 0) + 1
                names.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
            keys = self._names[collection] = tuple(names)
        return keys

    def _named(self, name: str) -> Origin:
        return self._monitoring.computed_at.get(name) or CellPlace(label=name)

    def _table(self, label: str) -> Origin:
        """没有自己的单元格的个数：指到表4。"""
        first = next((c.place for c in self._monitoring.compared), None)
        return CellPlace(first.sheet if first else "", label=label)


def _of_field(record: Any, begins: str, name: str, how: str) -> Source:
    measure, form = _ROW_MEASURES.get(name, ("", ""))
    return Source(
        identity=f"{begins}{name}{how}",
        origin=record.place.at(_CELLS.get(name, name)),
        measure=measure,
        form=form or _form(getattr(record, name, ""), how),
    )


def kind_of(record: Compared) -> str:
    """指标属于哪一类：产出指标、效益指标……"""
    known = category(record.level2)
    return known.level1.value if known else record.level1 or "未分类指标"


def _form(value: object, how: str) -> str:
    if isinstance(value, Amount):
        return "金额"
    if isinstance(value, TargetValue):
        return "原样，比较符写成字" if how in ("~句中", "~数") else "原样"
    return ("日期" + how.replace("~", "，")) if isinstance(value, date) else "文字"


@lru_cache(maxsize=16)
def _sheet(collection: str) -> str:
    return next((sheet.name for sheet, table in layout.tables() if table.record == collection), "")
