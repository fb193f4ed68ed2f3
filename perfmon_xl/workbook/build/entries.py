"""What stands in an entry and what one may type there: values by type, lists, prompts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.layout.render import at_row
from perfmon_xl.layout.schema import Column, NamedCell, Table, Type

_LONGEST_PROMPT, _LONGEST_TITLE = 255, 32


def put_value(page: Any, row: int, column: int, value: object, kind: Type, style: Any) -> None:
    """一格填写的内容，照类型写；空的只有样子。"""
    if isinstance(value, TargetValue):
        value = value.raw
    if isinstance(value, Amount):
        value = value.wan_number if kind is Type.WAN else value.yuan
    if value is None or value == "":
        page.write_blank(row, column, None, style)
    elif isinstance(value, Decimal):
        page.write_number(row, column, float(value), style)
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), style)
    else:
        page.write_string(row, column, str(value), style)


def offer(
    page: Any, first: int, last: int, column: int, what: Column | NamedCell, table: Table | None = None
) -> None:
    """下拉列表和提示：这几行这一栏可以填什么。"""
    offers = what.offers if isinstance(what, Column) else ""
    if what.computed or not (what.choices or what.note or offers):
        return
    label = what.header if isinstance(what, Column) else what.label
    message = what.note + (f"\n例：{what.example}" if what.example else "")
    options: dict[str, object] = {
        "input_title": label[:_LONGEST_TITLE],
        "input_message": message[:_LONGEST_PROMPT],
    }
    if not message:
        options = {}
    if what.choices:
        strict = what.choices == "列表_是否"
        options |= {
            "validate": "list",
            "source": f"={what.choices}",
            "error_type": "stop" if strict else "warning",
            "error_title": label[:_LONGEST_TITLE],
            "error_message": "列表里没有这一项。" + ("请从列表选。" if strict else "确定要这样写吗？"),
        }
    elif offers and table is not None:
        source = "=" + at_row(table, offers, first + 1)
        options |= {"validate": "list", "source": source, "show_error": False}
    else:
        options["validate"] = "any"
    page.data_validation(first, column, last, column, options)
