"""The workbook's entries as data (JSON), and back: the keys are the records' field names."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from perfmon_xl.domain.amount import Amount, decimal_or_infinity, plausible
from perfmon_xl.domain.amount import plain as plain_number
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.printable import HALF_CHARACTER
from perfmon_xl.domain.target import TargetValue, read_target
from perfmon_xl.domain.wording import DATA_FORMAT
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.carried import CARRIES, KEY, SOURCE
from perfmon_xl.layout.schema import Column, Form, NamedCell, Table, Type
from perfmon_xl.workbook.convert import convert
from perfmon_xl.workbook.port import CellRef, RawCell
from perfmon_xl.workbook.read import RECORDS, Reading
from perfmon_xl.workbook.table_binding import TableBinding

_HERE = CellRef("", 0, 0)
_PLAIN = re.compile(r"-?\d+(\.\d+)?")  # as _number writes what a float cannot hold
_UNITS = {Type.WAN: "万元", Type.YUAN: "元", Type.DATE: "YYYY-MM-DD"}


def _blocks() -> list[Form | Table]:
    return [b for s in layout.SHEETS for b in s.blocks if b.record]


def _entries(block: Form | Table) -> list[Column | NamedCell]:
    cells: tuple[Column | NamedCell, ...] = block.columns if isinstance(block, Table) else block.cells
    return [c for c in cells if not c.computed and c.field not in (KEY, SOURCE)]


def _label(cell: Column | NamedCell) -> str:
    return cell.header if isinstance(cell, Column) else cell.label


# --- schema -----------------------------------------------------------------------------------------


def schema() -> dict[str, Any]:
    """数据文件的 JSON Schema（2020-12）：中文标题、单位、示例都取自工作簿的声明。"""
    properties: dict[str, Any] = {}
    for block in _blocks():
        record: dict[str, Any] = {
            "type": "object",
            "title": block.title,
            "additionalProperties": False,
            "properties": {cell.field: _property(cell) for cell in _entries(block)},
        }
        if block.record in CARRIES:
            record["properties"] |= {CARRIED: _CARRIED_SCHEMA}
        properties[block.record] = (
            {"type": "array", "title": block.title, "items": record} if isinstance(block, Table) else record
        )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "绩效运行监控工作簿的数据",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


_CARRIED_SCHEMA = {
    "title": "还跟着前一张表走的栏目",
    "description": "export 写出，供对照；读入时不看。",
    "type": "array",
    "items": {"type": "string"},
}


def _property(cell: Column | NamedCell) -> dict[str, Any]:
    found: dict[str, Any] = {"title": _label(cell)}
    note = cell.note + (f"（单位：{_UNITS[cell.type]}）" if cell.type in _UNITS else "")
    if note:
        found["description"] = note
    if cell.type in (Type.WAN, Type.YUAN):
        found["type"] = ["number", "string", "null"]
    elif cell.type is Type.TARGET:
        found["type"] = ["string", "number", "null"]
    elif cell.type is Type.DATE:
        found |= {"type": ["string", "null"], "format": "date"}
    else:
        found["type"] = ["string", "null"]
    if cell.choices:
        found["examples"] = list(layout.LISTS.get(cell.choices, ()))
    elif cell.example:
        found["examples"] = [cell.example]
    return {k: v for k, v in found.items() if v != []}


# --- out --------------------------------------------------------------------------------------------


CARRIED = (
    "carried"  # of a row: which of its fields still hold the program's formula, and follow the table before
)
FollowingFields = Mapping[tuple[str, int], tuple[str, ...]]  # (record, row from 0) → fields


def carried_fields(reading: Reading) -> FollowingFields:
    """带入的、建议的各格：还是程序的公式，没有人打字盖掉的。"""
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for binding in reading.found.values():
        for index, row in enumerate(
            reading.rows.get(binding.table.name, ()) if binding.table.record in CARRIES else ()
        ):
            fields = tuple(c.field for c in _entries(binding.table) if _holds(reading, binding, row, c.field))
            if fields:
                found[binding.table.record, index] = fields
    return found


def _holds(reading: Reading, binding: TableBinding, row: int, field: str) -> bool:
    return field in binding.columns and binding.ref(row, field) in reading.carried


def to_data(monitoring: Monitoring, carried: FollowingFields = MappingProxyType({})) -> dict[str, Any]:
    """填写的内容；空的不写，算出来的不写。carried：还跟着前一张表走的栏目，写在那一行的 carried 里。"""
    data: dict[str, Any] = {}
    for block in _blocks():
        value = getattr(monitoring, block.record)
        if isinstance(block, Table):
            rows = [
                _followed(block, record, carried.get((block.record, n), ())) for n, record in enumerate(value)
            ]
            if rows:
                data[block.record] = rows
        elif record := _plain_record(block, value):
            data[block.record] = record
    return data


def _followed(block: Table, record: object, carried: Sequence[str]) -> dict[str, Any]:
    """一行，和它还跟着前一张表走的栏目；没有核定的建议是空的，不算。"""
    found = _plain_record(block, record)
    following = [field for field in carried if field in found]
    return {**found, CARRIED: following} if following else found


def _plain_record(block: Form | Table, record: object) -> dict[str, Any]:
    found = {}
    for cell in _entries(block):
        value = getattr(record, cell.field)
        if isinstance(value, TargetValue):
            value = value.raw
        elif isinstance(value, Amount):
            value = _number(value.wan_number if cell.type is Type.WAN else value.yuan)
        elif isinstance(value, date):
            value = value.isoformat()
        if value not in (None, ""):
            found[cell.field] = value
    return found


def _number(number: Decimal) -> int | float | str:
    """整数和能原样还原的小数写成数，其余写成文字，一位也不丢。"""
    if number == number.to_integral_value():
        return int(number)
    return float(number) if Decimal(repr(float(number))) == number else plain_number(number)


def dumps(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


# --- in ---------------------------------------------------------------------------------------------


def loads(text: str, name: str) -> Monitoring:
    """读一份 JSON 数据；小数按写出来的读，不经过二进制。"""
    try:
        data = json.loads(text, parse_float=decimal_or_infinity, parse_int=decimal_or_infinity)
    except json.JSONDecodeError as error:
        raise UserError(
            f"{name} 第 {error.lineno} 行第 {error.colno} 列不合 JSON 的写法。", "请核对引号、逗号和括号。"
        ) from None
    except RecursionError:
        raise UserError(f"{name} 套了太多层，不是本程序的数据。", DATA_FORMAT) from None
    return from_data(data, name)


def from_data(data: object, name: str = "数据") -> Monitoring:
    """数据 → 记录；不认得的键、读不懂的值，说明在哪一项。"""
    if not isinstance(data, Mapping):
        raise UserError(f"{name} 的最外层应当是一个对象（花括号）。", DATA_FORMAT)
    blocks = {block.record: block for block in _blocks()}
    _check_keys(data, blocks, name)
    values: dict[str, Any] = {}
    for key, value in data.items():
        block = blocks[key]
        if isinstance(block, Form):
            values[key] = _build_record(block, value, f"{name} 的 {key}")
        else:
            if not isinstance(value, list):
                raise UserError(f"{name} 的 {key}（{block.title}）应当是一个列表（方括号）。")
            values[key] = tuple(
                _build_record(block, one, f"{name} 的 {key} 第 {n} 项") for n, one in enumerate(value, 1)
            )
    return Monitoring(**values)


def _check_keys(data: Mapping[str, object], known: Mapping[str, object], where: str) -> None:
    for key in data:
        if key not in known:
            near = difflib.get_close_matches(str(key), list(known), 1)
            raise UserError(
                f"{where} 里有不认得的键“{key}”。",
                f"是不是“{near[0]}”？" if near else f"可用的键：{'、'.join(known)}。",
            )


def _build_record(block: Form | Table, value: object, where: str) -> object:
    if not isinstance(value, Mapping):
        raise UserError(f"{where} 应当是一个对象（花括号）。")
    cells = {cell.field: cell for cell in _entries(block)}
    if block.record in CARRIES:
        value = {
            key: one for key, one in value.items() if key != CARRIED
        }  # what follows is carried anew by fill
    _check_keys(value, cells, where)
    fields: dict[str, Any] = {}
    for key, one in value.items():
        if one is None or one == "":
            continue
        cell = cells[key]
        if isinstance(one, bool) or not isinstance(one, str | Decimal | int | float):
            raise UserError(f"{where} 的 {key}（{_label(cell)}）应当是文字或数字。")
        exact = isinstance(one, str) and cell.type in (Type.WAN, Type.YUAN) and _PLAIN.fullmatch(one)
        typed = Decimal(str(one)) if exact or isinstance(one, int | float) else one
        if isinstance(typed, Decimal) and not plausible(typed):
            raise UserError(
                f"{where} 的 {key}（{_label(cell)}）不是一个数，或者大得不正常。", "请核对这一项。"
            )
        if isinstance(typed, str) and not typed.isascii() and HALF_CHARACTER.search(typed):
            raise UserError(f"{where} 的 {key}（{_label(cell)}）里有残缺的字符。", "请重新输入这一项。")
        if cell.type is Type.TARGET:
            fields[key] = read_target(typed)
            continue
        got, fault = convert(RawCell(_HERE, typed), cell.type)
        if fault is not None:
            unit = _UNITS.get(cell.type, "")
            raise UserError(
                f"{where} 的 {key}（{_label(cell)}）写的是“{fault.text}”，读不懂。", f"应当写成{unit}。"
            )
        if got is not None:
            fields[key] = got
    return RECORDS[block.record](**fields)
