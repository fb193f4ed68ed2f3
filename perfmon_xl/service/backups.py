"""What a workbook was before it was written: kept for one step back, and given back only if nobody wrote since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from perfmon_xl.domain.errors import UserError
from perfmon_xl.system.files import read_bytes, read_with_state, save_atomically

_MOST_KEPT = 20


@contextmanager
def backed_up(folder: Path, book: Path, what: str) -> Iterator[None]:
    """写之前留一份；没有写成的，上一次留的还在。what 是动作的名字。"""
    before = read_bytes(book)
    yield
    after = read_bytes(book)
    if after == before:
        return
    with suppress(OSError, UserError):  # without the copy the work itself is still good
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        note, kept = _places(folder, book)
        save_atomically(kept, before)
        save_atomically(note, json.dumps({"what": what, "after": _digest(after)}).encode())
        old = sorted(folder.glob("*.json"), key=lambda one: one.stat().st_mtime)[:-_MOST_KEPT]
        for path in old:
            path.unlink(missing_ok=True)
            path.with_suffix(".xlsx").unlink(missing_ok=True)


def take_back(folder: Path, book: Path) -> str:
    """放回去，返回撤销的是什么；后来又存过盘的不放。"""
    note, kept = _places(folder, book)
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        what, after = str(told["what"]), str(told["after"])
        before = kept.read_bytes()
    except (OSError, ValueError, KeyError, TypeError):
        raise UserError("没有可以撤销的动作。", "填充、检查之后才能撤销，而且只能撤销最后一次。") from None
    now = read_with_state(book)
    if _digest(now.data) != after:
        raise UserError(
            f"“{what}”之后，{book.name} 又改过、存过盘，没有撤销。",
            "要退回去的，请自己改，或用您的备份。",
        )
    save_atomically(book, before, expected=now.state)
    note.unlink(missing_ok=True)
    kept.unlink(missing_ok=True)
    return what


def _places(folder: Path, book: Path) -> tuple[Path, Path]:
    name = hashlib.sha256(str(book.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return folder / f"{name}.json", folder / f"{name}.xlsx"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
