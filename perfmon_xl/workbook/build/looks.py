"""Looks that follow what a cell holds: lights, states, findings; what is missing; what the program still holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfmon_xl.layout import palette
from perfmon_xl.layout.carried import CARRIES, PROPOSALS
from perfmon_xl.layout.letters import column_letters
from perfmon_xl.layout.render import at_row
from perfmon_xl.layout.schema import Column, NamedCell, Table, Type
from perfmon_xl.workbook.build.style import (
    DRAFT_LOOKS,
    FINDING_LOOKS,
    LIGHT_LOOKS,
    READING_LOOKS,
    STATE_LOOKS,
    follow,
    web,
)
from perfmon_xl.workbook.port import SOFT

Area = tuple[int, int, int, int]


def follow_values(workbook: Any, page: Any, area: Area, what: Column | NamedCell) -> None:
    """灯、是否达成、读成什么、级别：样子跟着字走。area 是上、左、下、右，从 0 数。"""
    looks: Mapping[str, Mapping[str, object]] = {}
    if what.field == "light" or (isinstance(what, NamedCell) and what.computed and what.type is Type.TEXT):
        looks = LIGHT_LOOKS
    elif what.field == "met":
        looks = STATE_LOOKS
    elif what.field == "state" and isinstance(what, Column) and what.computed:
        looks = DRAFT_LOOKS
    elif what.field.endswith("_sign"):
        looks = READING_LOOKS
    elif what.field == "severity":
        looks = FINDING_LOOKS
    follow(workbook, page, area, looks)


def missing_look(workbook: Any, page: Any, area: Area, cell: str, condition: str, used: str = "TRUE") -> None:
    """必填而没有填的样子；cell 是左上角一格的地址，used 是这一行用着没有。"""
    look = palette.MISSING
    page.conditional_format(
        *area,
        {
            "type": "formula",
            "criteria": f"=AND({SOFT},{used},{condition},LEN(TRIM({cell}))=0)",
            "format": workbook.add_format({"bg_color": web(look.fill), "font_color": web(look.ink)}),
        },
    )


def required_mark(workbook: Any, page: Any, row: int, column: int, condition: str) -> None:
    """看文件种类才必填的：表头后面的“＊”由条件格式给。"""
    form = workbook.add_format({"num_format": palette.REQUIRED})
    page.conditional_format(
        row, column, row, column, {"type": "formula", "criteria": f"=AND({SOFT},{condition})", "format": form}
    )


def _carried_look(workbook: Any, page: Any, area: Area) -> None:
    """还是程序的公式的样子：带入的、建议的。Excel 2010 不认 ISFORMULA，照常显示。"""
    look = palette.CARRIED
    cell = f"{column_letters(area[1] + 1)}{area[0] + 1}"
    form = {"bg_color": web(look.fill), "font_color": web(look.ink), "italic": True}
    page.conditional_format(
        *area,
        {
            "type": "formula",
            "criteria": f"=AND({SOFT},_xlfn.ISFORMULA({cell}))",
            "format": workbook.add_format(form),
        },
    )


def folded_looks(workbook: Any, page: Any, table: Table, first: int, last: int) -> None:
    """检查结果：同一事项里领头以外的各处、已经改掉的事项，字灰一些。"""
    places = {column.field: n for n, column in enumerate(table.columns)}
    number, code = (f"${column_letters(places[f] + 1)}{first + 1}" for f in ("number", "code"))
    page.conditional_format(
        first,
        places["number"],
        last,
        places["hint"],
        {
            "type": "formula",
            "criteria": f"=AND({SOFT},LEN({code})>0,NOT(ISNUMBER({number})))",
            "format": workbook.add_format({"font_color": web(palette.MUTED)}),
        },
    )


def entry_looks(workbook: Any, page: Any, table: Table, first: int, last: int) -> None:
    """一张表各填写栏的样子：用着的行里必填没填的。first、last 是第一条、最后一条记录的行，从 0 数。"""
    entries = [(n, c) for n, c in enumerate(table.columns) if not c.computed and not c.hidden]
    used = "LEN(TRIM(" + "&".join(f"${column_letters(n + 1)}{first + 1}" for n, _ in entries) + "))>0"
    carry = CARRIES.get(table.record)
    following = {*carry.fields, *carry.same} if carry is not None else set()
    following |= set(PROPOSALS) if table.record == "compared" else set()
    for number, column in entries:
        if column.field in following:
            _carried_look(workbook, page, (first, number, last, number))
    for number, column in entries:
        if column.required:
            missing_look(
                workbook,
                page,
                (first, number, last, number),
                f"${column_letters(number + 1)}{first + 1}",
                _asked(table, column, first + 1),
                used,
            )


def _asked(table: Table, column: Column, row: int) -> str:
    """这一行的这一格要不要填：必填，又不是可以不填的时候。"""
    required = at_row(table, column.required, row)
    return f"AND({required},NOT({at_row(table, column.excused, row)}))" if column.excused else required
