"""Journals kept on disk, one a workbook: so that a program started anew can still take back the last action."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from perfmon_xl.domain.errors import UserError
from perfmon_xl.system.files import read_text, save_atomically
from perfmon_xl.workbook.addresses import split_a1
from perfmon_xl.workbook.journal import AddedRows, CellChange, Journal, Layout, Marks
from perfmon_xl.workbook.port import CellRef, Content, Formula, Mark

_VERSION = 1


def place(folder: Path, book: str) -> Path:
    """这个工作簿的账放在哪个文件；book 是它的完整路径。"""
    return folder / f"{hashlib.sha256(book.casefold().encode()).hexdigest()[:24]}.json"


def save(path: Path, journal: Journal) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    save_atomically(path, json.dumps(to_data(journal), ensure_ascii=False).encode("utf-8"))


def load(path: Path) -> Journal | None:
    """没有、坏了、是别的版本写的，都是没有。"""
    try:
        data = json.loads(read_text(path))
        return from_data(data) if data["version"] == _VERSION else None
    except (UserError, ValueError, KeyError, TypeError, ArithmeticError, AttributeError, RecursionError):
        return None


def to_data(journal: Journal) -> dict[str, Any]:
    return {
        "version": _VERSION,
        "action": journal.action,
        "changes": [[_ref(c.ref), _content(c.before), _content(c.after)] for c in journal.changes],
        "added": [[a.table, a.count, [[_ref(r), _content(c)] for r, c in a.cells]] for a in journal.added],
        "layout": {name: [_ref(layout.first), layout.rows] for name, layout in journal.layout.items()},
        "marks": None if journal.marks is None else [_marks(mark) for mark in journal.marks],
    }


def from_data(data: Mapping[str, Any]) -> Journal:
    marks = data["marks"]
    return Journal(
        data["action"],
        tuple(CellChange(_to_ref(r), _to_content(b), _to_content(a)) for r, b, a in data["changes"]),
        tuple(
            AddedRows(table, count, tuple((_to_ref(r), _to_content(c)) for r, c in cells))
            for table, count, cells in data["added"]
        ),
        {name: Layout(_to_ref(first), rows) for name, (first, rows) in data["layout"].items()},
        None if marks is None else (_to_marks(marks[0]), _to_marks(marks[1])),
    )


def _ref(ref: CellRef) -> list[str]:
    return [ref.sheet, ref.a1]


def _to_ref(data: Iterable[str]) -> CellRef:
    sheet, a1 = data
    return CellRef(sheet, *split_a1(a1))


def _marks(marks: Marks) -> list[list[Any]]:
    return [[_ref(ref), mark.level, mark.note] for ref, mark in marks.items()]


def _to_marks(data: Iterable[Any]) -> Marks:
    return {_to_ref(ref): Mark(level, note) for ref, level, note in data}


def _content(content: Content) -> Any:
    """文字、是否、空白照写；别的写成带种类的一对。"""
    if isinstance(content, Formula):
        return {"f": content.text, "v": _content(content.value)}
    if isinstance(content, Decimal):
        return {"n": str(content)}
    if isinstance(content, date):
        return {"d": content.isoformat()}
    return content


def _to_content(data: Any) -> Content:
    if not isinstance(data, dict):
        return data  # type: ignore[no-any-return]  # text, truth or nothing, as written above
    if "f" in data:
        value = _to_content(data["v"])
        return Formula(data["f"], None if isinstance(value, Formula) else value)
    return Decimal(data["n"]) if "n" in data else date.fromisoformat(data["d"])
