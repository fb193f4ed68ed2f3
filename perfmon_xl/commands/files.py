"""File names as people type them: the ending left out, a slip of the pen; and what was made, opened."""

from __future__ import annotations

import difflib
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

from perfmon_xl.commands.saying import say
from perfmon_xl.domain.errors import UserError
from perfmon_xl.system.opening import open_in_system

_LIKE = 0.6
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}")
_QUOTES = "\"'“”‘’＂＇「」"  # round a path that was dragged into the window, or copied from a message
_BLANKS = " \t\u3000\u00a0\u200b\ufeff\u202a\u202c"


def book_path(typed: str) -> Path:
    """打的是哪个工作簿：没有写“.xlsx”的补上；没有这个文件的，说出名字最像的一个。"""
    path = existing_path(typed, (".xlsx", ".xlsm"))
    if path.is_dir():
        raise UserError(
            f"{path} 是文件夹，不是文件。",
            f'请写到文件名为止；里面的工作簿一次做完：perfmon-xl batch "{path}" -o 结果文件夹',
        )
    return path


def existing_path(typed: str, suffixes: tuple[str, ...]) -> Path:
    """打的是哪个文件：没有写扩展名的补上（照先后试）；没有这个文件的，同样扩展名里名字最像的一个说出来。"""
    for path in ways_to_read(typed):
        if path.is_file():
            return path
        for suffix in suffixes if path.name and path.suffix.lower() not in suffixes else ():
            if path.with_name(path.name + suffix).exists():
                return path.with_name(path.name + suffix)
    path = typed_path(typed)
    if path.exists():
        return path
    try:
        there = sorted(p.name for p in path.parent.iterdir() if p.suffix.lower() in suffixes and p.exists())
    except OSError:
        return path
    stems = {} if path.suffix.lower() in suffixes else {Path(name).stem: name for name in reversed(there)}
    near = difflib.get_close_matches(path.name, [*there, *stems], 1, _LIKE)
    if near:
        near = [stems.get(near[0], near[0])]
        raise UserError(f"找不到文件 {path}。", f"是不是“{near[0]}”？请核对文件名。")
    return path


def ways_to_read(typed: str) -> list[Path]:
    """一个打出来的路径可以是哪几个：照打的；去掉两头的引号、空白的；全角的字母、点换成半角的；file:// 开头的。"""
    bare = typed.strip(_BLANKS).strip(_QUOTES).strip(_BLANKS)
    half = unicodedata.normalize("NFKC", bare)
    local = unquote(half.removeprefix("file://")) if half.startswith("file://") else half
    return [Path(text) for text in dict.fromkeys((typed, bare, half, local)) if text]


def typed_path(typed: str) -> Path:
    """打的是哪个文件、哪个文件夹：有的那一个；都没有的，两头成对的引号和空白不算在名称里。

    >>> typed_path("“没有 这个.xlsx”").name, typed_path("没有这个.xlsx　").name
    ('没有 这个.xlsx', '没有这个.xlsx')
    """
    ways = ways_to_read(typed)
    there = next((path for path in ways if path.exists()), None)
    if there is not None or len(ways) < 2:
        return there or Path(typed)
    blank = typed.strip(_BLANKS)
    both = len(blank) > 1 and blank[0] in _QUOTES and blank[-1] in _QUOTES
    return Path(blank[1:-1].strip(_BLANKS) if both else blank)


def new_path(typed: str, suffix: str = ".xlsx") -> Path:
    """要做成的文件：没有写扩展名的补上；“2024.10月”这样的点不是扩展名。"""
    path = typed_path(typed)
    if unicodedata.normalize("NFKC", path.name).lower().endswith(suffix) and path.suffix.lower() != suffix:
        path = path.with_name(path.name[: -len(suffix)] + suffix)  # “．ｘｌｓｘ”
    return path if _ENDING.fullmatch(path.suffix) else path.with_name(path.name + suffix)


def out_path(typed: str | None, suffix: str) -> Path | None:
    """-o 写的文件；没有写的是 None。"""
    return new_path(typed, suffix) if typed else None


def open_made(path: Path) -> None:
    """用这台机器上管这种文件的程序打开；打不开的说一声，不算错。"""
    if not open_in_system(path):
        say(f"这台机器上没有能打开它的程序，请自己打开 {path}。")
