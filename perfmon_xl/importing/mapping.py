"""What a person wrote in a mapping file: other headers for our columns, units of money, codes for signs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.text_keys import label_key
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.vocabulary import (
    goal_change_field,
    indicator_field,
    label_head,
    label_of,
    money_field,
    tick_of,
)
from perfmon_xl.system.files import read_text, read_toml
from perfmon_xl.workbook.port import RawCell

UNITS = ("元", "千元", "万元", "百万元", "亿元")
NOT_USED = "不用"
_KEYS = ("columns", "money", "symbols")
_LOOKED_AT = 40
_SIGNS = ("≥", "≤", ">", "<", "=", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """对应文件里写的：表头 → 工作簿的栏目或“不用”；表头 → 元或万元；代码 → 比较符。"""

    columns: Mapping[str, str] = field(default_factory=dict)
    money: Mapping[str, str] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)


def load_mapping(path: Path) -> ColumnMap:
    """对应文件（.toml 或 .json）：[columns] 表头 = 栏目，[money] 表头 = 元或万元，[symbols] 代码 = 比较符。"""
    try:
        data: Any = read_toml(path) if path.suffix.lower() == ".toml" else json.loads(read_text(path))
    except (ValueError, RecursionError):
        raise UserError(
            f"对应文件 {path.name} 不合 JSON 的写法。", "表头要写在引号里，文件存成 UTF-8。"
        ) from None
    right = isinstance(data, dict) and all(
        key in _KEYS and isinstance(part, dict) and all(isinstance(value, str) for value in part.values())
        for key, part in data.items()
    )
    if not right:
        raise UserError(
            f"对应文件 {path.name} 的内容不对。",
            '只能有 [columns]、[money]、[symbols] 三节，每行写成 "表头" = "栏目"。',
        )
    return ColumnMap(**data)


def check_mapping(mapping: ColumnMap) -> None:
    """对应文件里写了工作簿没有的栏目、不认得的单位和符号的，拒绝。"""
    for header, target in mapping.columns.items():
        if target != NOT_USED and not _check_target(target):
            raise UserError(
                f"对应文件里“{header}”对到“{target}”，工作簿里没有这一栏。",
                f"请写工作簿的栏目名（如 三级指标、年初预算数），不要的写“{NOT_USED}”。",
            )
    for header, unit in mapping.money.items():
        if unit not in UNITS:
            raise UserError(f"对应文件里“{header}”的单位是“{unit}”。", "金额的单位请写 元 或 万元。")
    for code, sign in mapping.symbols.items():
        if sign not in _SIGNS:
            raise UserError(
                f"对应文件里代码“{code}”对到“{sign}”。", "请写 ≥ ≤ > < = 之一；文字型的写空的引号。"
            )


def _check_target(target: str) -> bool:
    key = label_key(target)
    return bool(
        indicator_field(key) or money_field(key) or label_of(target) or tick_of(key) or label_head(key)
        or goal_change_field(key)
    )  # fmt: skip


def renamed(grid: Grid, mapping: ColumnMap) -> Grid:
    """照对应文件改了表头的一页；不用的表头空着。"""
    if not mapping.columns:
        return grid
    wanted = {label_key(header): target for header, target in mapping.columns.items()}
    rows = list(grid.rows)
    for number, row in enumerate(rows[:_LOOKED_AT]):
        texts = grid.texts[number]
        if not any(label_key(t) in wanted for t in texts if t):
            continue
        cells = []
        for cell, text in zip(row, texts, strict=True):
            target = wanted.get(label_key(text)) if text else None
            cells.append(
                cell if target is None else RawCell(cell.ref, None if target == NOT_USED else target)
            )
        rows[number] = tuple(cells)
        break  # the header, not what stands under it
    return replace(grid, rows=tuple(rows))
