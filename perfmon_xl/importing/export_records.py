"""The rows of an export turned into records, a project each; every value that cannot be read is named by its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from perfmon_xl.domain.model import Compared, Declared, Monitoring, plain_year
from perfmon_xl.domain.target import BLANK, Comparator, Kind, TargetValue, normalise, read_target
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.importing.export_above import above
from perfmon_xl.importing.export_reading import Use
from perfmon_xl.importing.export_values import Gathered, Values
from perfmon_xl.layout.schema import Type
from perfmon_xl.workbook.port import RawCell
from perfmon_xl.workbook.read import shown

_SUMS = ("合计", "总计", "小计", "总计:", "合计:")  # as name_key writes them
_TICKED, _NOT_TICKED = ("√", "✓", "✔", "☑", "是", "1", "Y", "y"), ("", "□", "否", "0", "×", "N", "n")
_NO_SIGN = ("定性", "定量", "文字描述", "其他", "无")
_SIGNS = {c.value for c in Comparator if c.value}
_MOST_FAULTS = 20
_MONITORED = ("stage", "actual", "forecast", "likelihood", "cause", "reason", "measure", "previous")


class Reader(Values):
    """一页的读法：一行一行收到各自的项目里。"""

    def projects(self) -> tuple[Monitoring, ...]:
        """各个项目，先后照原表。"""
        head = above(self)
        gathered: dict[str, Gathered] = {}
        current = ""
        carried: list[int] = []
        sums: list[int] = []
        named = self.columns.of("project", "name")
        for index in range(self.columns.row + 1, len(self.grid.rows)):
            row = self.grid.rows[index]
            if self._skipped(row):
                sums += [index + 1] if self._is_sum(row) else []
                continue
            name = shown(row[named[0].column]).strip() if named else ""
            if named and not name:
                if not gathered:
                    self.fault(row[named[0].column], "没有项目名称")
                    continue
                carried.append(index + 1)
            elif named:
                current = name_key(name)
            one = gathered.setdefault(current, Gathered())
            self._project(one, row)
            self._indicator(one, row)
            self._funding(one, row)
        if carried:
            self.notes.append(f"第 {_ranges(carried)} 行没有写项目名称，算作上面一个项目的。")
        if sums:
            self.notes.append(f"第 {_ranges(sums)} 行是合计，没有读。")
        if not gathered:
            gathered[""] = Gathered()
        if head is not None:
            self._join(gathered, head)
        self.refuse()
        return tuple(one.monitoring() for one in gathered.values())

    # --- 一行 ---------------------------------------------------------------------------------------

    def _skipped(self, row: Sequence[RawCell]) -> bool:
        """空行、合计行、横贯整行的附注不是记录。"""
        used = [row[u.column] for u in self.columns.uses]
        texts = [shown(cell).strip() for cell in used]
        if not any(texts):
            return True
        if len(used) > 1 and len({cell.ref for cell in used}) == 1:
            return True
        return self._is_sum(row)

    def _is_sum(self, row: Sequence[RawCell]) -> bool:
        return any(name_key(shown(row[u.column])) in _SUMS for u in self.columns.uses)

    def _values(self, row: Sequence[RawCell], record: str) -> Iterator[tuple[Use, RawCell]]:
        for use in self.columns.of(record):
            cell = row[use.column]
            if cell.error is not None:
                self.fault(cell, f"{use.header}是错误值 {cell.error}")
            elif cell.uncalculated:
                self.fault(cell, f"{use.header}的公式没有算过，请在 Excel 里打开、保存一次")
            elif shown(cell).strip():
                yield use, cell

    def _project(self, one: Gathered, row: Sequence[RawCell]) -> None:
        for use, cell in self._values(row, "project"):
            self.set(one.project, use.entry.field, self._year(use, cell), cell, use.header)
        for use, cell in self._values(row, "goal"):
            text = shown(cell).strip()
            if one.goal and one.goal != text:
                self.fault(cell, f"{use.header}与同一项目上面的不一样")
            one.goal = one.goal or text

    def _year(self, use: Use, cell: RawCell) -> object | None:
        value = self.typed(use.header, use.entry, None, cell)
        if use.entry.field == "year" and isinstance(value, str):
            return plain_year(value)
        return value

    # --- 指标 ---------------------------------------------------------------------------------------

    def _indicator(self, one: Gathered, row: Sequence[RawCell]) -> None:
        values: dict[str, Any] = {}
        cells: dict[str, RawCell] = {}
        for use, cell in self._values(row, "indicator"):
            cells[use.entry.field] = cell
            values[use.entry.field] = (
                read_target(
                    cell.value if not isinstance(cell.value, bool) else shown(cell), percent=cell.percent
                )
                if use.entry.type is Type.TARGET
                else shown(cell).strip()
            )
        self._ticks(values, row)
        if "name" not in values:
            if not cells.keys() <= {"level1", "level2"}:
                cell = next(cells[k] for k in cells if k not in ("level1", "level2"))
                self.fault(cell, "有指标的内容，没有指标名称")
            return
        sign, unit = values.pop("symbol", ""), values.pop("unit", "")
        target = self._composed(values.pop("target", BLANK), sign, unit, cells)
        head = {name: values.get(name, "") for name in ("level1", "level2", "name")}
        more = {name: values[name] for name in _MONITORED if name in values}
        for name in ("stage", "actual", "forecast", "previous"):
            if name in more:
                more[name] = _with_unit(more[name], unit)
        one.monitored |= bool(more)
        one.declared.append(Declared(**head, target=target))
        one.compared.append(Compared(**head, annual=target, **more))

    def _ticks(self, values: dict[str, Any], row: Sequence[RawCell]) -> None:
        for use, cell in self._values(row, "tick"):
            text = shown(cell).strip()
            kind, _, word = use.entry.field.partition(":")
            if text in _TICKED:
                if kind == "likelihood" and values.get(kind):
                    self.fault(cell, f"完成可能性打了两个√：{values[kind]}、{word}")
                values[kind] = f"{values[kind]}、{word}" if values.get(kind) else word
            elif text not in _NOT_TICKED:
                self.fault(cell, f"“{use.header}”一栏写的是“{text}”，不知道选了没有")

    def _composed(
        self, target: TargetValue, sign: str, unit: str, cells: Mapping[str, RawCell]
    ) -> TargetValue:
        """符号、数值、单位分成三栏的，合成一个官方写法的值。"""
        sign = self.map.symbols.get(sign, sign)
        plain = normalise(sign)
        if sign in _NO_SIGN:
            plain = ""
        if plain and plain not in _SIGNS:
            hint = "是代码，请在对应文件的 [symbols] 里写明" if sign.isdigit() else "不认识"
            self.fault(cells["symbol"], f"比较符“{sign}”{hint}")
            return target
        target = _with_unit(target, unit)
        if not plain or target.kind is not Kind.NUMBER:
            return target
        if target.comparator is Comparator.UNSTATED and not target.approximation:
            return read_target(plain + target.raw.strip())
        if target.comparator.value != plain:
            self.fault(cells["symbol"], f"比较符是“{sign}”，指标值里写的却是“{target.raw}”")
        return target

    # --- 资金 ---------------------------------------------------------------------------------------

    def _funding(self, one: Gathered, row: Sequence[RawCell]) -> None:
        values: dict[str, Any] = {}
        source, first = "", None
        for use, cell in self._values(row, "funding"):
            if use.entry.field == "source":
                source = shown(cell).strip()
                continue
            first = first or cell
            value = self.typed(use.header, use.entry, use.unit, cell)
            if value is not None:
                values[use.entry.field] = value
        if source or values:
            kept = one.funding.setdefault(source, {})
            for name, value in values.items():
                if name in kept and kept[name] != value and first is not None:
                    label = next(u.header for u in self.columns.of("funding", name))
                    where = f"“{source}”的" if source else ""
                    self.fault(first, f"{where}{label}是 {value}，同一项目上面写的是 {kept[name]}")
                kept.setdefault(name, value)

    def _join(self, gathered: dict[str, Gathered], head: Gathered) -> None:
        for one in gathered.values():
            one.project = {**head.project, **one.project}
            one.goal = one.goal or head.goal
            one.funding = one.funding or head.funding


def _with_unit(value: TargetValue, unit: str) -> TargetValue:
    """没有写单位的数，补上单位栏里的单位。"""
    if not unit or value.kind not in (Kind.NUMBER, Kind.RANGE) or value.unit:
        return value
    return read_target(value.raw.strip() + unit)


def _ranges(numbers: Sequence[int]) -> str:
    """1、2、3、7 → 1—3、7。"""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return "、".join(f"{a}—{b}" if b > a else str(a) for a, b in found)
