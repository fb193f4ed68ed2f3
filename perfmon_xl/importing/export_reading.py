"""A page of a budget system's export or an official form: which row is the header, which column is what.

Nothing is guessed: a header that is not known is listed as not used, one that fits twice is refused, money
without a unit is refused. What was understood is said in `preview`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.text_keys import header_key
from perfmon_xl.domain.wording import NAME_COLUMNS, ONE_OF_TWO_COLUMNS
from perfmon_xl.importing.export_headers import ENTRIES, MEASURE, NOT_USED, REMARK, Entry, entry
from perfmon_xl.importing.grid import Grid
from perfmon_xl.layout.schema import Type
from perfmon_xl.workbook.port import column_letters

UNITS = {"元": Type.YUAN, "万元": Type.WAN}
_UNIT = re.compile(
    r"[（(]\s*(?:单位[:：])?\s*([\u4e00-\u9fff]*元)\s*[)）]|单位[:：]\s*([\u4e00-\u9fff]*元)|[_\-/—]([\u4e00-\u9fff]*元)$"
)
_FEWEST = 2
_HEADER_WITHIN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """对应文件里写的：表头 → 工作簿的栏目或“不用”；表头 → 元或万元；代码 → 比较符。"""

    columns: Mapping[str, str] = field(default_factory=dict)
    money: Mapping[str, str] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Use:
    """一栏：在第几列（从 0 数）、原来的表头、是工作簿的哪一项、金额的单位（不知道是 None）。"""

    column: int
    header: str
    entry: Entry
    unit: Type | None = None

    def __str__(self) -> str:
        name = {Type.YUAN: "，按元", Type.WAN: "，按万元"}.get(self.unit, "") if self.unit else ""
        word = self.entry.field.partition(":")[2]
        target = f"{self.entry.label}（打√）" if word else self.entry.label
        return f"“{self.header}”→{target}{name}"


@dataclass(frozen=True, slots=True)
class Columns:
    """一页的表头：在第几行（从 0 数），用到的栏，没有用到的表头，没有对上的原因。"""

    row: int
    uses: tuple[Use, ...]
    unused: tuple[str, ...]

    def of(self, record: str, name: str = "") -> tuple[Use, ...]:
        return tuple(u for u in self.uses if u.entry.record == record and name in ("", u.entry.field))


def columns_of(grid: Grid, mapping: ColumnMap, default: Type | None) -> Columns:
    """找表头行，把各栏对上；default 是没有写单位的金额按什么算。"""
    _check(mapping)
    row = _header_row(grid, mapping)
    headers = ["".join(grid.text(row, column).split()) for column in range(len(grid.rows[row]))]
    nearby = sheet_unit(grid, row)
    uses: list[Use] = []
    unused: list[str] = []
    seen: set[str] = set()
    form = any(
        (e := entry(h)) is not None and e.field.partition(":")[0] == "likelihood" for h in headers if h
    )
    for column, header in enumerate(headers):
        anchor = grid.rows[row][column].ref
        if not header or (column and grid.rows[row][column - 1].ref == anchor):
            continue
        what = _entry(header, mapping, form=form)
        if what is None:
            if header not in seen:
                unused.append(header)
            seen.add(header)
            continue
        unit = money_unit(header, mapping, nearby, default) if what.money else None
        uses.append(Use(column, header, what, unit))
    _drop_lone_ticks(uses, unused)
    _refuse_twice(uses, grid, row)
    return Columns(row, tuple(uses), tuple(unused))


def _check(mapping: ColumnMap) -> None:
    for header, target in mapping.columns.items():
        if target != NOT_USED and entry(target) is None:
            raise UserError(
                f"对应文件里“{header}”对到“{target}”，工作簿里没有这一栏。",
                f"请写工作簿的栏目名（如 三级指标、年初预算数），不要的写“{NOT_USED}”。",
            )
    for header, unit in mapping.money.items():
        if unit not in UNITS:
            raise UserError(f"对应文件里“{header}”的单位是“{unit}”。", "金额的单位请写 元 或 万元。")
    for code, sign in mapping.symbols.items():
        if sign not in ("≥", "≤", ">", "<", "=", ""):
            raise UserError(
                f"对应文件里代码“{code}”对到“{sign}”。", "请写 ≥ ≤ > < = 之一；文字型的写空的引号。"
            )


def _entry(header: str, mapping: ColumnMap, *, form: bool) -> Entry | None:
    for name, target in mapping.columns.items():
        if name == header or header_key(name) == header_key(header):
            return None if target == NOT_USED else entry(target)
    if form and header_key(header) == REMARK:
        return MEASURE  # in the official form 备注 holds what will be done about it
    return entry(header)


def _header_row(grid: Grid, mapping: ColumnMap) -> int:
    """认得的栏目最多的一行；一样多的取下面一行（两层表头的下层才分得开）。"""
    best, most = -1, _FEWEST - 1
    for row in range(min(len(grid.rows), _HEADER_WITHIN)):
        texts = {grid.text(row, column) for column in range(len(grid.rows[row]))}
        known = {
            (w.record, w.field) for t in texts if t and (w := _entry(t, mapping, form=False)) is not None
        }
        if len(known) >= max(most, _FEWEST) and _names_something(known):
            best, most = row, len(known)
    if best < 0:
        known_names = "、".join(dict.fromkeys(e.label for e in ENTRIES.values() if e.record == "indicator"))
        raise UserError(
            f"“{grid.name}”里没有找到表头：至少要有项目名称或三级指标，再加一栏认得的。",
            f"认得的指标栏目：{known_names}。叫法不同的，" + NAME_COLUMNS + "。",
        )
    return best


def _names_something(known: set[tuple[str, str]]) -> bool:
    return bool({("project", "name"), ("indicator", "name")} & known)


def sheet_unit(grid: Grid, row: int) -> str:
    """表头上面写着的“单位：万元”；没有写的返回空。"""
    for above in range(row):
        for column in range(len(grid.rows[above])):
            found = unit_in(grid.text(above, column))
            if found and "单位" in grid.text(above, column):
                return found
    return ""


def unit_in(text: str) -> str:
    """文字里写明的金额单位：“年初预算数（万元）”是万元；没有写的返回空。"""
    found = _UNIT.search(text)
    return next((one for one in found.groups() if one), "") if found else ""


def money_unit(header: str, mapping: ColumnMap, nearby: str, default: Type | None) -> Type | None:
    """一栏金额的单位：先看对应文件，再看表头、旁边写着的，最后是 default；不认得的单位不换算。"""
    stated = mapping.money.get(header) or unit_in(header) or nearby
    if stated and stated not in UNITS:
        raise UserError(f"“{header}”的单位是“{stated}”，只认得元和万元。", "请先换算成元或万元。")
    return UNITS[stated] if stated else default


def _drop_lone_ticks(uses: list[Use], unused: list[str]) -> None:
    """“其他”这样的常用词，只有成组出现时才是打√的栏。"""
    for kind in ("cause", "likelihood"):
        group = [u for u in uses if u.entry.field.startswith(f"{kind}:")]
        if 0 < len(group) < 3:
            for use in group:
                uses.remove(use)
                unused.append(use.header)


def _refuse_twice(uses: list[Use], grid: Grid, row: int) -> None:
    times = Counter((u.entry.record, u.entry.field) for u in uses)
    for (record, name), count in times.items():
        if count > 1:
            same = [u for u in uses if (u.entry.record, u.entry.field) == (record, name)]
            where = "、".join(f"{column_letters(u.column + 1)}列“{u.header}”" for u in same)
            raise UserError(
                f"“{grid.name}”第 {row + 1} 行：{where}都像是“{same[0].entry.label}”，不知道用哪一栏。",
                ONE_OF_TWO_COLUMNS(header=same[-1].header, unused=NOT_USED),
            )
