"""File names as people type them: the ending left out, a slip of the pen; and what was made, opened."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from perfmon_xl.commands.saying import say
from perfmon_xl.domain.errors import UserError
from perfmon_xl.system.opening import open_in_system

_LIKE = 0.6
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}")


def book_path(typed: str) -> Path:
    """打的是哪个工作簿：没有写“.xlsx”的补上；没有这个文件的，说出名字最像的一个。"""
    return existing_path(typed, (".xlsx", ".xlsm"))


def existing_path(typed: str, suffixes: tuple[str, ...]) -> Path:
    """打的是哪个文件：没有写扩展名的补上（照先后试）；没有这个文件的，同样扩展名里名字最像的一个说出来。"""
    path = Path(typed)
    if path.exists():
        return path
    for suffix in suffixes if path.suffix.lower() not in suffixes else ():
        if path.with_name(path.name + suffix).exists():
            return path.with_name(path.name + suffix)
    try:
        there = sorted(p.name for p in path.parent.iterdir() if p.suffix.lower() in suffixes and p.exists())
    except OSError:
        return path
    near = difflib.get_close_matches(path.name, there, 1, _LIKE)
    if near:
        raise UserError(f"找不到文件 {path}。", f"是不是“{near[0]}”？请核对文件名。")
    return path


def new_path(typed: str, suffix: str = ".xlsx") -> Path:
    """要做成的文件：没有写扩展名的补上；“2024.10月”这样的点不是扩展名。"""
    path = Path(typed)
    return path if _ENDING.fullmatch(path.suffix) else path.with_name(path.name + suffix)


def out_path(typed: str | None, suffix: str) -> Path | None:
    """-o 写的文件；没有写的是 None。"""
    return new_path(typed, suffix) if typed else None


def open_made(path: Path) -> None:
    """用这台机器上管这种文件的程序打开；打不开的说一声，不算错。"""
    if not open_in_system(path):
        say(f"这台机器上没有能打开它的程序，请自己打开 {path}。")
