"""File names as people type them: the ending left out, a slip of the pen; and what was made, opened."""

from __future__ import annotations

import difflib
from pathlib import Path

from perfmon_xl.commands.saying import say
from perfmon_xl.domain.errors import UserError
from perfmon_xl.system.opening import open_in_system

_LIKE = 0.6


def book_path(typed: str) -> Path:
    """打的是哪个工作簿：没有写“.xlsx”的补上；没有这个文件的，说出名字最像的一个。"""
    path = Path(typed)
    if path.exists():
        return path
    if not path.suffix and path.with_name(path.name + ".xlsx").exists():
        return path.with_name(path.name + ".xlsx")
    try:
        there = sorted(
            p.name for p in path.parent.iterdir() if p.suffix.lower() in (".xlsx", ".xlsm") and p.exists()
        )
    except OSError:
        return path
    near = difflib.get_close_matches(path.name, there, 1, _LIKE)
    if near:
        raise UserError(f"找不到文件 {path}。", f"是不是“{near[0]}”？请核对文件名。")
    return path


def new_path(typed: str, suffix: str = ".xlsx") -> Path:
    """要做成的文件：没有写扩展名的补上。"""
    path = Path(typed)
    return path if path.suffix else path.with_name(path.name + suffix)


def open_made(path: Path) -> None:
    """用这台机器上管这种文件的程序打开；打不开的说一声，不算错。"""
    if not open_in_system(path):
        say(f"这台机器上没有能打开它的程序，请自己打开 {path}。")
