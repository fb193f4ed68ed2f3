"""A list: one line an indicator or a project, the facts of the project in columns; a budget system's export is one.

Nothing is guessed here: a header that is not known is listed, one that fits twice is refused, money without a unit is
asked for. A list holds hundreds of projects; whoever reads it in does not look at each of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.kinds import DocumentKind
from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.misfit import Misfit
from perfmon_xl.domain.model import Compared, Declared, Funding, Goal, Monitoring, Project, plain_year
from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.domain.target import read_target
from perfmon_xl.domain.text_keys import label_key, name_key, without_spaces
from perfmon_xl.domain.wording import MONEY_UNIT, NAME_COLUMNS, ONE_OF_TWO_COLUMNS, OR_NAME_COLUMNS
from perfmon_xl.importing.amounts import cell_amount, period_days
from perfmon_xl.importing.form_lines import is_title, period_in, segments
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.header import MONEY, Header
from perfmon_xl.importing.indicator_rows import is_serial, row_texts
from perfmon_xl.importing.list_heads import FUND, LABELS, list_header
from perfmon_xl.importing.mapping import NOT_USED, UNITS, ColumnMap
from perfmon_xl.importing.printed import PrintedRow, rate_misfit
from perfmon_xl.importing.vocabulary import is_total, unit_of
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.letters import column_letters
from perfmon_xl.workbook.port import RawCell

_MOST_FAULTS = 20
_PROJECT_LABELS = {c.field: c.label for c in layout.PROJECT.cells} | {"goal": LABELS["goal"]}
_READ_ABOVE = ("year", "money_unit", "monitored", "cutoff")
_MONITORED = ("stage", "actual", "forecast", "likelihood", "cause", "reason", "measure", "previous")


@dataclass(slots=True)
class _Gathered:
    """一个项目从各行收起来的东西。"""

    project: dict[str, Any] = field(default_factory=dict)
    goal: str = ""
    declared: list[Declared] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)
    funding: dict[str, dict[str, Any]] = field(default_factory=dict)
    monitored: bool = False
    passages: list[Passage] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)

    def monitoring(self) -> Monitoring:
        kind = {"kind": DocumentKind.EXPORT.value} if self.monitored else {}
        return Monitoring(
            project=Project(**{**kind, **self.project}),
            goal=Goal(text=self.goal),
            declared=tuple(self.declared),
            compared=tuple(self.compared) if self.monitored else (),
            funding=tuple(Funding(source=s, **values) for s, values in self.funding.items() if s or values),
        )


@dataclass(frozen=True, slots=True)
class ProjectList:
    """读出来的各个项目，和读法：对上的、没有用到的栏目，要知道的事。"""

    projects: tuple[Monitoring, ...]
    notes: tuple[Wordable, ...]
    passages: tuple[
        tuple[Passage, ...], ...
    ] = ()  # of each project: the sentences in columns without a place
    misfits: tuple[tuple[Misfit, ...], ...] = ()  # of each project: printed rates that do not fit
    above: tuple[str, ...] = ()  # the lines above the header: read, or told in notes


def read_list(grid: Grid, original: Grid, header: Header, mapping: ColumnMap, money: str) -> ProjectList:
    """一页清单；original 是没有照对应文件改过表头的那一页。money：没有写单位的金额按什么算，空的是不知道。"""
    return _ListReader(grid, original, header, mapping, money).read()


class _ListReader:
    """一页的读法：一行一行收到各自的项目里。"""

    def __init__(self, grid: Grid, original: Grid, header: Header, mapping: ColumnMap, money: str) -> None:
        self.grid, self.header, self.map, self.money = grid, header, mapping, money
        self.last = header.row + header.height - 1
        self.names = [without_spaces(t) for t in original.texts[self.last]]
        self.faults: list[str] = []
        self.unstated: dict[str, str] = {}
        self.notes: list[str] = []
        self.above: list[str] = []
        self.unread: list[str] = []
        self.nearby, self.month = "", 0
        self.shared: dict[str, Any] = {}

    def read(self) -> ProjectList:
        self._above()
        self._refuse_twice()
        units = {
            n: self._unit(n, at)
            for n, at in self.header.columns.items()
            if n.startswith(FUND) and n != f"{FUND}source"
        }
        gathered: dict[str, _Gathered] = {}
        current, above = "", dict[str, str]()
        carried: list[int] = []
        sums: list[int] = []
        skipped: list[int] = []
        named = self.header.project["name"]
        for row in range(self.last + 1, len(self.grid.rows)):
            texts = self.grid.texts[row]
            if not any(texts):
                continue
            used = [texts[c] for c in self._columns()]
            if any(is_total(t) for t in used if t) or any(
                is_total(t) for t in [next((t for t in texts if t), "")]
            ):
                sums.append(row + 1)
                continue
            if not any(used) or (
                len(used) > 1 and len({self.grid.rows[row][c].ref for c in self._columns()}) == 1
            ):
                skipped.append(row + 1)
                continue
            name = texts[named]
            if not name:
                if not gathered:
                    self._fault(self.grid.rows[row][named], "没有项目名称")
                    continue
                carried.append(row + 1)
            else:
                if name_key(name) != current:
                    above = {}
                current = name_key(name)
            entry = gathered.setdefault(current, _Gathered())
            self._project(entry, row)
            self._indicator(entry, row, above)
            self._funding(entry, row, units)
        if self.unread:
            self.notes.append(f"表头上面没有读的话：{'；'.join(self.unread)}。")
        if carried:
            self.notes.append(f"第 {_ranges(carried)} 行没有写项目名称，算作上面一个项目的。")
        if sums:
            self.notes.append(f"第 {_ranges(sums)} 行是合计，没有读。")
        if skipped:
            self.notes.append(f"第 {_ranges(skipped)} 行没有认得的内容，没有读。")
        self._refuse()
        for entry in gathered.values():
            for name, value in self.shared.items():
                entry.project.setdefault(name, value)
            year = str(entry.project.get("year", ""))
            if self.month and re.fullmatch(r"20\d\d", year):
                entry.project.setdefault("cutoff", period_days(f"{year}年{self.month}月")[1])
        every = list((gathered or {"": _Gathered()}).values())
        return ProjectList(
            tuple(one.monitoring() for one in every),
            (*self._preview(units), *self.notes),
            tuple(tuple(one.passages) for one in every),
            tuple(tuple(one.misfits) for one in every),
            tuple(self.above),
        )

    def _columns(self) -> list[int]:
        header = self.header
        return sorted({*header.columns.values(), *header.project.values(), *header.ticks})

    # --- above the header -------------------------------------------------------------------------------

    def _above(self) -> None:
        """表头上面的几行：年度、监控期、金额单位；别的列出。"""
        for row in range(self.header.row):
            for _, text in self.grid.own(row):
                if not text:
                    continue
                self.above.append(text)
                unit = unit_of(text)
                self.nearby = unit or self.nearby
                period = period_in(re.sub(r"(?:导出|打印|制表|填报)(?:时间|日期)[:：].*$", "", text))
                for segment in segments(text):
                    if segment.name == "year" and (year := re.search(r"\d{4}", segment.text)):
                        self.shared.setdefault("year", year[0])
                    elif segment.name not in _READ_ABOVE and not is_title(
                        segment.text if not segment.label else text
                    ):
                        self.unread.append(
                            f"{segment.label}：{segment.text}" if segment.label else segment.text
                        )
                if period.year:
                    self.shared.setdefault("year", str(period.year))
                if period.month:
                    self.shared.setdefault("month", period.month)
        month = self.shared.pop("month", 0)
        if not month:
            for column in self.header.columns.values():
                text = self.grid.texts[self.last][column]
                if (
                    re.search(r"完成|执行|支出", text)
                    and not re.search(r"预计|目标", text)
                    and (found := period_in(text).month)
                ):
                    month = found
        self.month = month
        if month and "year" in self.shared:
            day = period_days(f"{self.shared['year']}年{month}月")[1]
            self.shared.setdefault("cutoff", day)

    def _refuse_twice(self) -> None:
        header = self.header
        same: dict[str, Sequence[int]] = dict(header.twice)
        heads = [
            c
            for c, t in enumerate(self.grid.texts[self.last])
            if t and (c in header.rest or c in header.sides)
        ]
        from perfmon_xl.importing.vocabulary import indicator_field

        names = [
            c for c in heads if indicator_field(label_key(self.grid.texts[self.last][c])) in ("name", "name3")
        ]
        if names and "name" in header.columns:
            same["name"] = (header.columns["name"], *names)
        for name, columns in same.items():
            where = "、".join(f"{column_letters(c + 1)}列“{self.names[c]}”" for c in sorted(columns))
            raise UserError(
                f"“{self.grid.name}”第 {self.last + 1} 行：{where}都像是“{LABELS.get(name, name)}”，不知道用哪一栏。",
                ONE_OF_TWO_COLUMNS(header=self.names[max(columns)], unused=NOT_USED),
            )

    def _unit(self, name: str, column: int) -> str:
        header = self.names[column]
        stated = self.map.money.get(header) or unit_of(header) or self.nearby or self.money
        if stated and stated not in UNITS:
            raise UserError(
                f"“{header}”的单位是“{stated}”，不认得。", "金额的单位请写 元、千元、万元或亿元。"
            )
        return stated

    # --- a line -----------------------------------------------------------------------------------------

    def _cell(self, row: int, column: int) -> RawCell | None:
        """一格；是错误值、没有算过的公式的，记下来，返回 None。"""
        cell = self.grid.rows[row][column]
        if cell.error is not None:
            self._fault(cell, f"{self.names[column]}是错误值 {cell.error}")
        elif cell.uncalculated:
            self._fault(cell, f"{self.names[column]}的公式没有算过，请在 Excel 里打开、保存一次")
        elif self.grid.texts[row][column]:
            return cell
        return None

    def _project(self, entry: _Gathered, row: int) -> None:
        for name, column in self.header.project.items():
            cell = self._cell(row, column)
            if cell is None:
                continue
            text = self.grid.texts[row][column]
            if name == "goal":
                if entry.goal and entry.goal != text:
                    self._fault(cell, f"{self.names[column]}与同一项目上面的不一样")
                entry.goal = entry.goal or text
                continue
            value: Any = text
            if name in ("start", "end", "cutoff"):
                value = period_days(text)[0 if name == "start" else 1]
                if value is None:
                    self._fault(cell, f"{self.names[column]}写的是“{text}”，读不懂")
                    continue
            if name == "year":
                value = plain_year(text)
            if name == "whole_department":
                name = "unit"
            if name in entry.project and entry.project[name] != value:
                self._fault(
                    cell, f"{self.names[column]}是“{text}”，同一项目上面写的是“{entry.project[name]}”"
                )
            entry.project.setdefault(name, value)

    def _indicator(self, entry: _Gathered, row: int, above: dict[str, str]) -> None:
        header = self.header
        if "name" not in header.columns:
            return
        columns = [c for n, c in header.columns.items() if not n.startswith(FUND)]
        for column in columns:
            if self._cell(row, column) is None and self.grid.rows[row][column].error is not None:
                return
        texts = list(self.grid.texts[row])
        found = row_texts(header, texts, above, self.map.symbols)
        values = found.texts
        for text, why in found.remarks:
            at = self.grid.rows[row][header.columns.get("symbol", header.columns["name"])]
            sign = "；是代码的，请在对应文件的 [symbols] 里写明" if re.fullmatch(r"\d+", text) else ""
            self._fault(at, f"“{text}”{why}{sign}")
        if not values.get("name"):
            own = [
                n
                for n, c in header.columns.items()
                if not n.startswith(FUND) and n not in ("level1", "level2") and texts[c]
            ]
            if own:
                self._fault(self.grid.rows[row][header.columns[own[0]]], "有指标的内容，没有指标名称")
            return
        head: dict[str, Any] = {
            n: re.sub(r"\s*\n\s*", "", values.get(n, "")) for n in ("level1", "level2", "name")
        }
        target = read_target(values.get("target", ""))
        more: dict[str, Any] = {}
        for name in _MONITORED:
            text = values.get(name, "").strip()
            if text:
                more[name] = (
                    read_target(text) if name in ("stage", "actual", "forecast", "previous") else text
                )
        entry.monitored |= bool(more)
        entry.declared.append(Declared(**head, target=target))
        entry.compared.append(Compared(**head, annual=target, **more))
        self._told(entry, row, entry.compared[-1])

    def _told(self, entry: _Gathered, row: int, record: Compared) -> None:
        """没有栏目放的话和印着的完成率：不存，核对。"""
        texts, where = self.grid.texts[row], self.grid.place(row)
        for column, head in self.header.rest.items():
            if column < len(texts) and len(re.findall(r"[\u4e00-\u9fff]", texts[column])) > 1:
                told = Passage(
                    origin=where.labelled(head),
                    topic=Topic.INDICATOR,
                    subject=record.name,
                    text=texts[column],
                )
                entry.passages.append(told)
        rate = self.header.checked.get("rate", -1)
        if 0 <= rate < len(texts) and texts[rate]:
            printed = PrintedRow(
                where, record.name, record.level1, record.level2, record.annual, record.stage, record.actual,
                True, None, None, texts[rate],
            )  # fmt: skip
            entry.misfits.extend(rate_misfit(printed, self.names[rate]))

    def _funding(self, entry: _Gathered, row: int, units: Mapping[str, str]) -> None:
        values: dict[str, Amount] = {}
        first: RawCell | None = None
        source_at = self.header.columns.get(f"{FUND}source", -1)
        source = self.grid.texts[row][source_at] if source_at >= 0 else ""
        for name, unit in units.items():
            column = self.header.columns[name]
            cell = self._cell(row, column)
            if cell is None:
                continue
            first = first or cell
            text = self.grid.texts[row][column]
            amount, fault = cell_amount(text, unit or "元")
            if fault is not None:
                self._fault(cell, f"{self.names[column]}写的是“{fault.text}”，读不懂")
            elif amount is not None and not unit and not re.search(r"[元万亿]", text):
                self.unstated.setdefault(self.names[column], str(cell.ref))
            elif amount is not None:
                values[name.removeprefix(FUND)] = amount
        if not source and not values:
            return
        kept = entry.funding.setdefault(source, {})
        for name, value in values.items():
            if name in kept and kept[name] != value and first is not None:
                label = self.names[self.header.columns[FUND + name]]
                where = f"“{source}”的" if source else ""
                self._fault(first, f"{where}{label}是 {value}，同一项目上面写的是 {kept[name]}")
            kept.setdefault(name, value)

    # --- telling ----------------------------------------------------------------------------------------

    def _fault(self, cell: RawCell, what: str) -> None:
        self.faults.append(f"{cell.ref}：{what}。")

    def _refuse(self) -> None:
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

    def _preview(self, units: Mapping[str, str]) -> list[Wordable]:
        header = self.header
        uses: list[tuple[int, str]] = []
        for name, column in header.project.items():
            label = _PROJECT_LABELS.get(name, "单位名称")
            uses.append((column, f"“{self.names[column]}”→{label}"))
        for name, column in header.columns.items():
            if name == "symbol" and "target" not in header.columns:
                continue  # a sign with nothing it belongs to
            unit = f"，按{units[name]}" if units.get(name) else ""
            uses.append((column, f"“{self.names[column]}”→{LABELS.get(name, name)}{unit}"))
        for column, word in header.ticks.items():
            uses.append((column, f"“{self.names[column]}”→{LABELS[word.partition(':')[0]]}（打√）"))
        unused = self._unused({c for c, _ in uses})
        found: list[Wordable] = ["对上的栏目：" + "；".join(t for _, t in sorted(uses)) + "。"]
        if unused:
            found.append("没有用到的栏目：" + "、".join(unused) + "。要用的，" + NAME_COLUMNS + "。")
        return found

    def _unused(self, used: set[int]) -> list[str]:
        """没有用到的各栏的表头；没有表头、下面有内容的，写是哪一列。"""
        found: list[str] = []
        for column, name in enumerate(self.names):
            below = [t for row in self.grid.texts[self.last + 1 :] if (t := row[column])]
            serial = (not name or label_key(name) in ("序号", "编号", "行次")) and all(
                is_serial(t) or is_total(t) for t in below
            )
            if column not in used and (name or below) and not serial:
                found.append(name or f"{column_letters(column + 1)}列（没有表头）")
        return list(dict.fromkeys(found))


def _ranges(numbers: Sequence[int]) -> str:
    """1、2、3、7 → 1—3、7。"""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return "、".join(f"{a}—{b}" if b > a else str(a) for a, b in found)


__all__ = ["MONEY", "ProjectList", "list_header", "read_list"]
