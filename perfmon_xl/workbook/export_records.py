"""The rows of an export turned into records, a project each; every value that cannot be read is named by its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from perfmon_xl.domain.amount import Amount, total
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.model import Compared, Declared, Funding, Goal, Monitoring, Project
from perfmon_xl.domain.official_form import TOTAL
from perfmon_xl.domain.target import BLANK, Comparator, Kind, TargetValue, normalise, read_target
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.headers import Entry, entry
from perfmon_xl.layout.schema import Type
from perfmon_xl.workbook.export_reading import ColumnMap, Columns, Use, unit_in
from perfmon_xl.workbook.fill import name_key
from perfmon_xl.workbook.grid import Grid
from perfmon_xl.workbook.port import RawCell
from perfmon_xl.workbook.read import convert, shown

_SUMS = ("合计", "总计", "小计", "总计：", "合计：")
_TICKED, _NOT_TICKED = ("√", "✓", "✔", "☑", "是", "1", "Y", "y"), ("", "□", "否", "0", "×", "N", "n")
_NO_SIGN = ("定性", "定量", "文字描述", "其他", "无")
_SIGNS = {c.value for c in Comparator if c.value}
_MOST_FAULTS = 20
_MONITORED = ("stage", "actual", "forecast", "likelihood", "cause", "reason", "measure", "previous")


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
class Reader:
    """一页的读法；faults 收着读不懂的，最后一起说。"""

    grid: Grid
    columns: Columns
    map: ColumnMap
    default: Type | None = None
    faults: list[str] = field(default_factory=list)
    unstated: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def projects(self) -> tuple[Monitoring, ...]:
        """各个项目，先后照原表。"""
        above = self._above()
        gathered: dict[str, Gathered] = {}
        current = ""
        carried: list[int] = []
        named = self.columns.of("project", "name")
        for index in range(self.columns.row + 1, len(self.grid.rows)):
            row = self.grid.rows[index]
            if self._skipped(row):
                continue
            name = shown(row[named[0].column]).strip() if named else ""
            if named and not name:
                if not gathered:
                    self._fault(row[named[0].column], "没有项目名称")
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
        if not gathered:
            gathered[""] = Gathered()
        if above is not None:
            self._join(gathered, above)
        self._refuse()
        return tuple(one.monitoring() for one in gathered.values())

    def _refuse(self) -> None:
        if self.unstated:
            raise UserError(
                "金额没有写是元还是万元："
                + "、".join(f"“{h}”（{at}）" for h, at in self.unstated.items())
                + "。",
                "加 --money 元 或 --money 万元；各栏不一样的，用 --mapping 写明。",
            )
        if self.faults:
            more = f"\n  ……共 {len(self.faults)} 处" if len(self.faults) > _MOST_FAULTS else ""
            raise UserError(
                f"“{self.grid.name}”有 {len(self.faults)} 处读不懂：\n  "
                + "\n  ".join(self.faults[:_MOST_FAULTS])
                + more,
                "请在原表里改好，或用 --mapping 写明对应。",
            )

    def _fault(self, cell: RawCell, what: str) -> None:
        self.faults.append(f"{cell.ref}：{what}。")

    # --- 一行 ---------------------------------------------------------------------------------------

    def _skipped(self, row: Sequence[RawCell]) -> bool:
        """空行、合计行、横贯整行的附注不是记录。"""
        used = [row[u.column] for u in self.columns.uses]
        texts = [shown(cell).strip() for cell in used]
        if not any(texts):
            return True
        if len(used) > 1 and len({cell.ref for cell in used}) == 1:
            return True
        return any(text in _SUMS for text in texts)

    def _values(self, row: Sequence[RawCell], record: str) -> Iterator[tuple[Use, RawCell]]:
        for use in self.columns.of(record):
            cell = row[use.column]
            if cell.error is not None:
                self._fault(cell, f"{use.header}是错误值 {cell.error}")
            elif cell.uncalculated:
                self._fault(cell, f"{use.header}的公式没有算过，请在 Excel 里打开、保存一次")
            elif shown(cell).strip():
                yield use, cell

    def _typed(self, use_header: str, what: Entry, unit: Type | None, cell: RawCell) -> object | None:
        """按类型读一个值；金额不知道单位的记下来，最后一起问。"""
        if what.money and unit is None:
            text = read_target(cell.value if not isinstance(cell.value, bool) else shown(cell))
            if text.kind is Kind.NUMBER and not text.unit:
                self.unstated.setdefault(use_header, str(cell.ref))
                return None
            unit = Type.YUAN
        value, fault = convert(cell, unit if what.money and unit else what.type)
        if fault is not None:
            self._fault(cell, f"{use_header}写的是“{fault.text}”，读不懂")
        return value.strip() if isinstance(value, str) else value

    def _project(self, one: Gathered, row: Sequence[RawCell]) -> None:
        for use, cell in self._values(row, "project"):
            self._set(one.project, use.entry.field, self._year(use, cell), cell, use.header)
        for use, cell in self._values(row, "goal"):
            text = shown(cell).strip()
            if one.goal and one.goal != text:
                self._fault(cell, f"{use.header}与同一项目上面的不一样")
            one.goal = one.goal or text

    def _year(self, use: Use, cell: RawCell) -> object | None:
        value = self._typed(use.header, use.entry, None, cell)
        if use.entry.field == "year" and isinstance(value, str):
            return value.removesuffix("度").removesuffix("年")
        return value

    def _set(self, values: dict[str, Any], name: str, value: object, cell: RawCell, header: str) -> None:
        """同一个项目的各行应当写着同一个值。"""
        if value is None:
            return
        if name in values and values[name] != value:
            old = values[name]
            self._fault(cell, f"{header}是“{shown(cell)}”，同一项目上面写的是“{old}”")
            return
        values[name] = value

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
                self._fault(cell, "有指标的内容，没有指标名称")
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
                    self._fault(cell, f"完成可能性打了两个√：{values[kind]}、{word}")
                values[kind] = f"{values[kind]}、{word}" if values.get(kind) else word
            elif text not in _NOT_TICKED:
                self._fault(cell, f"“{use.header}”一栏写的是“{text}”，不知道选了没有")

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
            self._fault(cells["symbol"], f"比较符“{sign}”{hint}")
            return target
        target = _with_unit(target, unit)
        if not plain or target.kind is not Kind.NUMBER:
            return target
        if target.comparator is Comparator.UNSTATED and not target.approximation:
            return read_target(plain + target.raw.strip())
        if target.comparator.value != plain:
            self._fault(cells["symbol"], f"比较符是“{sign}”，指标值里写的却是“{target.raw}”")
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
            value = self._typed(use.header, use.entry, use.unit, cell)
            if value is not None:
                values[use.entry.field] = value
        if source or values:
            kept = one.funding.setdefault(source, {})
            for name, value in values.items():
                if name in kept and kept[name] != value and first is not None:
                    label = next(u.header for u in self.columns.of("funding", name))
                    where = f"“{source}”的" if source else ""
                    self._fault(first, f"{where}{label}是 {value}，同一项目上面写的是 {kept[name]}")
                kept.setdefault(name, value)

    # --- 表头上面：官方表的项目信息和资金 ------------------------------------------------------------

    def _above(self) -> Gathered | None:
        """表头上面“项目名称 | ……”这样一格标题一格内容的，和资金几行。"""
        one = Gathered()
        unit = ""
        index = 0
        while index < self.columns.row:
            row = self.grid.rows[index]
            heads = self._fund_heads(index)
            if len(heads) > 1:
                unit = next((u for c in row if (u := unit_in(shown(c)))), "")
                index = self._fund_rows(one, index, heads, unit)
                continue
            for column, cell in enumerate(row):
                what = entry(shown(cell))
                if what is None or what.record not in ("project", "goal"):
                    continue
                beside = next((c for c in row[column + 1 :] if c.ref != cell.ref), None)
                if beside is None or not shown(beside).strip() or entry(shown(beside)) is not None:
                    continue
                if what.record == "goal":
                    one.goal = shown(beside).strip()
                else:
                    self._set(
                        one.project, what.field, self._typed(what.label, what, None, beside), cell, what.label
                    )
            for cell in row:
                year = shown(cell).strip().strip("（）()")
                if year.endswith("年度") and year[:-2].isdigit() and "year" not in one.project:
                    one.project["year"] = year[:-2]
            index += 1
        return one if one.project or one.goal or one.funding else None

    def _fund_heads(self, index: int) -> dict[int, Entry]:
        found: dict[int, Entry] = {}
        for column, cell in enumerate(self.grid.rows[index]):
            what = entry(shown(cell))
            if what is not None and what.money and what not in found.values():
                found[column] = what
        return found

    def _fund_rows(self, one: Gathered, head: int, heads: Mapping[int, Entry], unit: str) -> int:
        """资金的几行，到指标表头或下一个标题为止；总额一行只用来核对。"""
        stated = {"元": Type.YUAN, "万元": Type.WAN}.get(unit, self.default)
        first = min(heads)
        whole: dict[str, Any] = {}
        index = head + 1
        while index < self.columns.row:
            row = self.grid.rows[index]
            labels = [shown(c).strip() for c in row[:first] if c.ref.row == index + 1 and shown(c).strip()]
            if not labels or any(entry(label) is not None for label in labels):
                break
            label = labels[-1].removeprefix("其中：").removeprefix("其中:").strip(" 　：:")
            values = {
                what.field: value
                for column, what in heads.items()
                if shown(row[column]).strip()
                and (value := self._typed(shown(self.grid.rows[head][column]), what, stated, row[column]))
                is not None
            }
            if label in (TOTAL, "资金总额", "合计"):
                whole = values
            elif values:
                one.funding[label] = values
            index += 1
        self._check_total(one, whole)
        return index

    def _check_total(self, one: Gathered, whole: Mapping[str, Any]) -> None:
        if whole and not one.funding:
            one.funding[""] = dict(whole)
            self.notes.append("资金只有总额一行，没有分来源。")
            return
        for name, value in whole.items():
            parts = total(v for f in one.funding.values() if isinstance(v := f.get(name), Amount))
            if parts is not None and parts != value:
                self.notes.append(f"资金总额 {value} 与各来源之和 {parts} 不等，工作簿里照各来源列。")

    def _join(self, gathered: dict[str, Gathered], above: Gathered) -> None:
        read = [_label(name) for name in above.project]
        read += ["年度绩效目标"] if above.goal else []
        read += [f"{len(above.funding)} 项资金"] if above.funding else []
        self.notes.insert(0, f"表头上面读到：{'、'.join(read)}。")
        for one in gathered.values():
            one.project = {**above.project, **one.project}
            one.goal = one.goal or above.goal
            one.funding = one.funding or above.funding


def _label(name: str) -> str:
    """项目信息的一个属性，显示的名称。"""
    return next(cell.label for cell in layout.PROJECT.cells if cell.field == name)


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
