"""Rows of the report's tables as records: split tables joined, blank cells filled down, each row with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from perfmon_xl.domain import model
from perfmon_xl.domain.category import category, level1
from perfmon_xl.domain.explaining import likelihood
from perfmon_xl.domain.official_form import NOTES
from perfmon_xl.domain.origin import Fault, PartPlace, ReportPlace, TablePlace
from perfmon_xl.domain.target import SIGNS, normalise, read_target
from perfmon_xl.importing.amounts import cell_amount, squeezed
from perfmon_xl.importing.document import Block, Grid, Para
from perfmon_xl.importing.found import Leftover, place_of
from perfmon_xl.importing.headers import Header, key_of, recognised, two_rows
from perfmon_xl.layout.schema import Type

_RECORDS: Mapping[str, type[Any]] = {
    "declared": model.Declared,
    "goal_changes": model.GoalChange,
    "adjusted": model.Adjusted,
    "compared": model.Compared,
    "funding": model.Funding,
    "spending": model.Spending,
}
_CAPTION = re.compile(r"^(?:续|附)?表\s*([0-9０-９一二三四五六七八九十]*)(?:\s*[-－—.]\s*\d+)?")
_UNIT = re.compile(r"(?:单位|金额|[（(])[:：]?(万元|元|千元|亿元)[）)]?")
_TOTAL = re.compile(r"^(年度)?(资金)?(合计|总计|小计|总额|资金总额)")
_TICKS = frozenset("√✓✔☑■●是1")
UNREAD = "认不出这张表的表头"
_FEW_ROWS = 3
_GOAL_HEADS = frozenset({"预期目标", "年初目标", "预期绩效目标", "年度预期目标", "年初设定目标"})
_SIGN_HEADS = frozenset({"计算符号", "指标性质", "比较符", "运算符号", "指标方向"})
_UNIT_HEADS = frozenset({"计量单位", "度量单位", "指标单位", "单位"})
_REDUNDANT = _SIGN_HEADS | _UNIT_HEADS | {"执行率", "预算执行率", "资金到位率", "到位率", "支出进度"}
_FORM_LABELS: Mapping[str, str] = {
    "年度绩效目标": "goal", "年度总体目标": "goal", "总体目标": "goal", "项目总目标": "goal",
    "年度目标": "goal", "绩效目标": "goal", "年度总体绩效目标": "goal",
    "项目名称": "name", "主管部门": "department", "主管部门及代码": "department", "实施单位": "unit",
    "项目单位": "unit", "项目实施单位": "unit", "委托单位": "client",
    "监控机构": "monitor", "填报日期": "report_date", "项目起止日期": "period", "项目起止时间": "period",
}  # fmt: skip
_SILENT = re.compile(
    r"^(年度绩效目标分解|绩效指标|绩效目标|项目资金|年度总体目标|附件.*|续表.*|[（(]?无[）)]?)?$"
)


@dataclass(slots=True)
class Tables:
    """各张表的记录；报头里的项目信息；没有读入的行和栏目；用掉的段（表题）。"""

    records: dict[str, list[Any]] = field(default_factory=dict)
    goal: model.Goal = field(default_factory=model.Goal)
    facts: dict[str, tuple[str, ReportPlace, str]] = field(default_factory=dict)
    leftovers: list[Leftover] = field(default_factory=list)
    captions: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Open:
    """读到一半的表：接在后面的半张表没有表头时用它。"""

    header: Header
    title: str
    width: int
    unit: str
    row: int = 0
    unplaced: dict[str, int] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)


def tables_of(blocks: Sequence[Block]) -> Tables:
    """报告里全部表格。"""
    found, current, seen = Tables(), None, 0
    caption, unit, between = "", "", False
    for index, block in enumerate(blocks):
        if isinstance(block, Para):
            match = _CAPTION.match(block.text)
            if (
                match
                and len(block.text) <= 45
                and not block.text.endswith(("。", "；", "，"))
                and not block.contents
            ):
                caption = "" if block.text.startswith("续") else block.text
                found.captions.add(index)
            elif re.fullmatch(r"[（(]?(金额)?单位[:：].{1,6}[）)]?", block.text):
                found.captions.add(index)
            else:
                between = True
            stated = _UNIT.search(block.text) if index in found.captions else None
            unit = stated[1] if stated else unit
            continue
        seen += 1
        numbered = _CAPTION.match(caption)
        title = f"表{squeezed(numbered[1])}" if numbered and numbered[1] else f"第{seen}张表"
        title = block.name or title
        joins = current is not None and not between and not caption and current.width == block.columns
        current = _grid(found, block, title, unit, current if joins else None)
        caption, unit, between = "", "", False
    return found


def _grid(found: Tables, grid: Grid, title: str, unit: str, current: _Open | None) -> _Open | None:
    unread: list[Leftover] = []
    for number, row in enumerate(grid.rows):
        cells = [c.strip() for c in row]
        header = recognised(cells)
        if header is not None:
            _month(found, cells, title)
            if current is not None and current.header.table is header.table and not current.row:
                header = two_rows(current.header, header)
            same = current is not None and current.header.shown == header.shown
            if not same or current is None:
                _report_columns(found, current)
                stated = _UNIT.search(" ".join(cells))
                current = _Open(header, title, grid.columns, stated[1] if stated else unit)
            continue
        if not any(cells):
            continue
        if _form_row(found, grid, number, title, current):
            continue
        distinct = {c for c in cells if c}
        if len(distinct) == 1 and len(cells) > 1 and not (current and _fits(current, cells)):
            text = next(iter(distinct))
            if not _SILENT.match(squeezed(text)) and not _printed(text):
                found.leftovers.append(Leftover(_at(grid, title, number), text, "这一行不是指标，没有读入"))
            continue
        if current is None:
            text = " | ".join(dict.fromkeys(c for c in cells if c))
            unread.append(Leftover(_at(grid, title, number), text, UNREAD))
            continue
        _row(found, current, cells, _at(grid, title, number) if grid.name else None)
    found.leftovers.extend(_together(unread))
    _report_columns(found, current, last=False)
    return current


def _together(unread: Sequence[Leftover]) -> Sequence[Leftover]:
    """认不出的一整张表说一次，一行一行地说没有人看。"""
    if len(unread) <= _FEW_ROWS:
        return unread
    first = unread[0]
    return [Leftover(first.place, first.text, f"{first.why}，这里起 {len(unread)} 行没有读入")]


def _month(found: Tables, cells: Sequence[str], title: str) -> None:
    """表头“1-7月执行情况”说的是截至哪个月。"""
    for cell in cells:
        match = re.match(
            r"(?:\d{1,2}[-—–－~～至])?(\d{1,2})月(?:底|末|份)?(?:执行|完成|实际)", squeezed(cell)
        )
        if match:
            found.facts.setdefault("month", (match[1], PartPlace(name=f"{title}表头"), cell))


def _fits(current: _Open, cells: Sequence[str]) -> bool:
    name = current.header.columns.get("name", current.header.columns.get("source", 0))
    return (
        sum(bool(c) for c in cells) >= 2
        and name < len(cells)
        and len(cells[name]) <= 60
        and len(set(cells)) > 1
    )


def _form_row(found: Tables, grid: Grid, number: int, title: str, current: _Open | None) -> bool:
    """“标题 | 内容 | 标题 | 内容”的一行：年度绩效目标、项目名称……"""
    spans = grid.spans[number]
    cells = [c.strip() for c, width in zip(grid.rows[number], spans, strict=False) if width]
    if not cells or key_of(cells[0]) not in _FORM_LABELS:
        return False
    if (
        current is not None
        and current.header.table.record in ("goal_changes", "compared")
        and current.row == 0
    ):
        return False  # 年度绩效目标 is the row's own name there
    if current is not None and current.header.table.record == "goal_changes":
        return False
    filled = [c for c in cells if c]
    if len(filled) < 2:
        return False
    where = _at(grid, title, number)
    if name_of(filled[0]) == "goal" and key_of(filled[1]) in _GOAL_HEADS:
        return True
    if name_of(filled[0]) == "goal" and len(filled) == 3:
        found.leftovers.append(Leftover(where, f"总体目标完成情况：{filled.pop()}", "工作簿里没有对应的栏目"))
    for label, text in zip(filled[::2], filled[1::2], strict=False):
        name = name_of(label)
        if name == "goal" and not found.goal.text:
            found.goal = model.Goal(
                text=text,
                place=place_of(where, {"text": label}, table=title, row=number + 1, raw={"text": text}),
            )
        elif name and name != "goal":
            found.facts.setdefault(name, (text, where, label))
        else:
            found.leftovers.append(Leftover(where, f"{label}：{text}", "工作簿里没有对应的栏目"))
    return True


def _at(grid: Grid, title: str, number: int) -> TablePlace:
    """第几行；是工作表的，照工作表数。"""
    return TablePlace(table=title, row=grid.first + number + 1)


def name_of(label: str) -> str:
    return _FORM_LABELS.get(key_of(label), "")


def _printed(text: str) -> bool:
    """官方表上印好的填表说明。"""
    plain = squeezed(text)
    return all(squeezed(note) in plain for note in NOTES)


def _row(found: Tables, current: _Open, cells: Sequence[str], where: TablePlace | None = None) -> None:
    header, table = current.header, current.header.table
    current.row += 1
    where = where or TablePlace(table=current.title, row=current.row)
    texts = {name: cells[at] if at < len(cells) else "" for name, at in header.columns.items()}
    first = next((c for c in cells if c), "")
    if re.match(r"^(注|备注|说明|填表说明)\s*[:：\d]", first):
        found.leftovers.append(Leftover(where, first, "表下的注，没有读入"))
        return
    if table.record == "compared" and re.match(r"^(总分|合计|总计|小计|总得分)$", key_of(first)):
        found.leftovers.append(Leftover(where, _joined(cells), "合计或总分，没有读入"))
        return
    if table.record == "funding":
        texts["source"] = _source(header, cells)
    if table.record in ("funding", "spending") and _TOTAL.match(
        key_of(texts.get("source", texts.get("item", "")))
    ):
        found.records.setdefault(f"{table.record} total", []).append(_record(current, texts, where))
        return
    _fill_down(current, texts)
    _combine(header, cells, texts)
    named = ("name", "original", "source", "item", "subject")
    if table.record == "compared" and not any(texts.get(n) for n in texts if n not in ("level1", "level2")):
        return  # a class printed in the form, without an indicator
    if not any(texts.get(n) for n in named):
        found.leftovers.append(Leftover(where, _joined(cells), "没有名称，没有读入"))
        return
    for index, label in header.rest.items():
        if index < len(cells) and cells[index] and cells[index] not in ("-", "--", "---", "—", "/"):
            if squeezed(cells[index]) == label or key_of(label) in _REDUNDANT:
                continue  # a title that runs down the side; what the workbook computes
            if table.record == "compared" and re.search(r"保障|其他", label) and set(cells[index]) & _TICKS:
                cause = "其他" if "其他" in label else label
                texts["cause"] = "、".join(t for t in (texts.get("cause", ""), cause) if t)
            elif table.record == "compared" and likelihood(label) and set(cells[index]) & _TICKS:
                texts["likelihood"] = likelihood(label)
            elif label not in (table.column(f).header for f in header.columns):
                current.unplaced[label] = current.unplaced.get(label, 0) + 1
    found.records.setdefault(table.record, []).append(_record(current, texts, where))


def _joined(cells: Sequence[str]) -> str:
    return " | ".join(dict.fromkeys(c for c in cells if c))


def _combine(header: Header, cells: Sequence[str], texts: dict[str, str]) -> None:
    """比较符、单位各占一栏的，合到目标值和完成值里；两栏是用掉了的。"""
    sign = unit = ""
    for index, label in header.rest.items():
        text = cells[index].strip() if index < len(cells) else ""
        if key_of(label) in _SIGN_HEADS and normalise(text) in SIGNS:
            sign = text
        elif key_of(label) in _UNIT_HEADS and len(text) <= 8:
            unit = text
    for name in ("target", "annual", "stage", "actual", "forecast"):
        text = texts.get(name, "")
        if re.fullmatch(r"\d[\d.,]*", squeezed(text)):
            texts[name] = (sign if name in ("target", "annual") else "") + text + unit


def _source(header: Header, cells: Sequence[str]) -> str:
    """资金来源的名称：标题“项目资金”竖着合并在左边的，名称在它右边；“其中：”不是名称。"""
    amounts = [at for name, at in header.columns.items() if name not in ("source", "reason")]
    named = [c for c in cells[header.columns["source"] : min(amounts)] if c]
    return re.sub(r"^其中[:：]\s*|[:：]$", "", re.sub(r"\s+", "", named[-1])) if named else ""


def _fill_down(current: _Open, texts: dict[str, str]) -> None:
    """一级、二级空着的照上一行；二级指标写进一级那一栏的，挪到二级。"""
    if "level1" not in current.header.columns and "level2" not in current.header.columns:
        return
    upper, lower = texts.get("level1", ""), texts.get("level2", "")
    if upper and not lower and level1(upper) is None and category(upper) is not None:
        upper, lower = "", upper
    if not upper:
        upper = current.above.get("level1", "")
        lower = lower or current.above.get("level2", "")
    elif not lower and upper == current.above.get("level1"):
        lower = current.above.get("level2", "")
    texts["level1"], texts["level2"] = upper, lower
    current.above.update(level1=upper, level2=lower)


def _record(current: _Open, texts: Mapping[str, str], where: TablePlace) -> Any:
    table, values = current.header.table, dict[str, Any]()
    faults: dict[str, Fault] = {}
    for name, text in texts.items():
        column = table.column(name)
        if column.type is Type.TARGET:
            values[name] = read_target(re.sub(r"\s*\n\s*", "", text))
        elif column.type in (Type.WAN, Type.YUAN):
            own = re.search(r"[（(](元|千元|万元|亿元)[）)]", current.header.shown.get(name, ""))
            unit = own[1] if own else current.unit or ("万元" if column.type is Type.WAN else "元")
            amount, fault = cell_amount(text, unit)
            values[name] = amount
            if fault is not None:
                faults[name] = fault
        elif column.type is Type.LONG_TEXT:
            values[name] = text
        else:
            values[name] = re.sub(r"\s*\n\s*", "", text)
    labels = {name: current.header.shown.get(name) or table.column(name).header for name in texts}
    place = place_of(where, labels, table=current.title, row=current.row, faults=faults, raw=texts)
    return _RECORDS[table.record](**values, place=place)


def _report_columns(found: Tables, current: _Open | None, last: bool = True) -> None:
    if current is None:
        return
    for label, count in current.unplaced.items():
        found.leftovers.append(
            Leftover(
                TablePlace(table=current.title), label, f"工作簿里没有对应的栏目，{count} 行的内容没有读入"
            )
        )
    current.unplaced.clear()


def with_totals(found: Tables) -> None:
    """资金表只有合计、没有分来源的，合计就是唯一的一行。"""
    for record in ("funding", "spending"):
        totals = found.records.pop(f"{record} total", [])
        detailed = [r for r in found.records.get(record, []) if _has_amount(r)]
        if totals and not detailed:
            found.records[record] = [replace(totals[0])]
        elif totals:
            found.records[record] = detailed


def _has_amount(record: Any) -> bool:
    names = ("initial", "adjusted", "arrived", "spent", "forecast", "amount")
    return any(getattr(record, n, None) is not None for n in names)
