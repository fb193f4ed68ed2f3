"""What the readers of an export share: where it is gathered, what could not be read, what has to be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.model import Compared, Declared, Funding, Goal, Monitoring, Project
from perfmon_xl.domain.target import Kind, read_target
from perfmon_xl.domain.wording import MONEY_UNIT, OR_NAME_COLUMNS
from perfmon_xl.importing.export_headers import Entry
from perfmon_xl.importing.export_reading import ColumnMap, Columns
from perfmon_xl.importing.grid import Grid
from perfmon_xl.layout.schema import Type
from perfmon_xl.workbook.port import RawCell
from perfmon_xl.workbook.read import convert, shown

_MOST_FAULTS = 20


@dataclass(slots=True)
class Gathered:
    """一个项目从各行收起来的东西。"""

    project: dict[str, Any] = field(default_factory=dict)
    goal: str = ""
    declared: list[Declared] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)
    funding: dict[str, dict[str, Any]] = field(default_factory=dict)
    monitored: bool = False

    def monitoring(self) -> Monitoring:
        return Monitoring(
            project=Project(**self.project),
            goal=Goal(text=self.goal),
            declared=tuple(self.declared),
            compared=tuple(self.compared) if self.monitored else (),
            funding=tuple(Funding(source=s, **values) for s, values in self.funding.items() if s or values),
        )


@dataclass(slots=True)
class Values:
    """一页的值；faults 收着读不懂的，unstated 收着没有单位的金额，最后一起说。"""

    grid: Grid
    columns: Columns
    map: ColumnMap
    default: Type | None = None
    faults: list[str] = field(default_factory=list)
    unstated: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def refuse(self) -> None:
        """有没读懂的、没有单位的，不往下做。"""
        if self.unstated:
            raise UserError(
                "金额没有写是元还是万元："
                + "、".join(f"“{h}”（{at}）" for h, at in self.unstated.items())
                + "。",
                MONEY_UNIT,
            )
        if self.faults:
            more = f"\n  ……共 {len(self.faults)} 处" if len(self.faults) > _MOST_FAULTS else ""
            raise UserError(
                f"“{self.grid.name}”有 {len(self.faults)} 处读不懂：\n  "
                + "\n  ".join(self.faults[:_MOST_FAULTS])
                + more,
                "请在原表里改好" + OR_NAME_COLUMNS + "。",
            )

    def fault(self, cell: RawCell, what: str) -> None:
        """记下一格读不懂的。"""
        self.faults.append(f"{cell.ref}：{what}。")

    def typed(self, use_header: str, what: Entry, unit: Type | None, cell: RawCell) -> object | None:
        """按类型读一个值；金额不知道单位的记下来，最后一起问。"""
        if what.money and unit is None:
            text = read_target(cell.value if not isinstance(cell.value, bool) else shown(cell))
            if text.kind is Kind.NUMBER and not text.unit:
                self.unstated.setdefault(use_header, str(cell.ref))
                return None
            unit = Type.YUAN
        value, fault = convert(cell, unit if what.money and unit else what.type)
        if fault is not None:
            self.fault(cell, f"{use_header}写的是“{fault.text}”，读不懂")
        return value.strip() if isinstance(value, str) else value

    def set(self, values: dict[str, Any], name: str, value: object, cell: RawCell, header: str) -> None:
        """同一个项目的各行应当写着同一个值。"""
        if value is None:
            return
        if name in values and values[name] != value:
            old = values[name]
            self.fault(cell, f"{header}是“{shown(cell)}”，同一项目上面写的是“{old}”")
            return
        values[name] = value
