"""Which files a batch looks at, and where what it makes of them goes: the same tree again, under the output folder."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.wording import OTHER_FOLDER
from perfmon_xl.system.names import file_name_that_fits, portable, readable

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".et"})
TEMPORARY = ("~$", ".")  # Excel's, Word's and WPS's lock files; LibreOffice's; our own; those of macOS
REPORT = "绩效运行监控报告"
FINDINGS = "检查结果"
FORM = "绩效目标执行监控表"
FILLED = "工作簿"


_ENDINGS = {
    "report": f"-{REPORT}.docx",
    "findings": f"-{FINDINGS}.json",
    "pdf": f"-{REPORT}.pdf",
    "form": f"-{FORM}.xlsx",
}


@dataclass(frozen=True, slots=True)
class Item:
    """一个要看的文件，和它做出来的各个文件：动手之前就定好了，没有两个写到一处。

    path：相对输入文件夹的路径，用“/”，给人看的；source：真正的路径，名称是别的编码的与 path 不同。
    names：做出来的各个文件相对输出文件夹的路径，键是 book、report、findings、pdf、form。
    """

    path: str
    source: str
    names: Mapping[str, str]


def refuse_mixing(folder: Path, out: Path) -> None:
    """输入和输出不能搅在一起：输出放在输入里面可以（那一块不看），反过来会盖掉原件。"""
    if folder.is_file():
        raise UserError(
            f"{folder} 是文件，不是文件夹。", "请写放着各个工作簿的文件夹；只做一个的，不用批量处理。"
        )
    if not folder.is_dir():
        raise UserError(f"找不到文件夹 {folder}。", "请核对文件夹的名称和位置。")
    inside, target = folder.resolve(), out.resolve()
    if target == inside or _same(inside, target):
        raise UserError(f"输出文件夹就是输入文件夹 {folder}，原件会被盖掉，没有做。", OTHER_FOLDER + "。")
    if inside.is_relative_to(target) or any(_same(parent, target) for parent in inside.parents):
        raise UserError(
            f"输入文件夹 {folder} 在输出文件夹 {out} 里面，原件可能被盖掉，没有做。",
            OTHER_FOLDER + "。",
        )


def _same(path: Path, other: Path) -> bool:
    """两个名称是不是一个文件夹：大小写不同的名称、另外挂在一处的，看名称看不出来。"""
    try:
        return path.samefile(other)
    except OSError:
        return False  # one of them is not there yet


def linked_folders(folder: Path) -> tuple[str, ...]:
    """folder 下面是链接的文件夹：不进去看（也许绕回来，也许在别处），要说。"""
    return tuple(
        sorted(
            (Path(where) / name).relative_to(folder).as_posix()
            for where, folders, _ in os.walk(folder)
            for name in folders
            if not name.startswith(".") and (Path(where) / name).is_symlink()
        )
    )


def walk(folder: Path, out: Path, reserved: Iterable[str] = ()) -> list[Item]:
    """folder 下面的全部工作簿，按路径排好；out 在里面的，那一块不看。临时文件不看。"""
    found = sorted(_files(folder, out.resolve()))
    return planned(found, reserved)


def planned(found: Sequence[str], reserved: Iterable[str] = ()) -> list[Item]:
    """各个文件做出来的叫什么。reserved 是整批的文件（汇总、清单）的名称，谁也不能占。

    原来的名称先给写同名文件的工作簿；撞上的（甲.xlsx 和 甲.xlsm、汇总.xlsx、甲-绩效目标执行监控表.xlsx）换一个。
    """
    taken = {_folded(name) for name in reserved}
    shared = Counter(_folded(_base(path)) for path in found)
    shown = _distinct(found)
    folders = _folders(map(_folder, shown.values()), taken)
    # Who keeps its folder's name has its own name first.
    first = sorted(found, key=lambda source: folders[_folder(shown[source])] != _folder(shown[source]))
    books = {
        source: _free(folders[_folder(shown[source])], *_book_name(shown[source]), taken, FILLED)
        for source in first
    }
    items = {}
    for source in first:
        path = shown[source]
        # 甲.xlsx and 甲.xlsm would both make 甲-….docx: such twins keep their suffix in the name.
        base = path if shared[_folded(_base(source))] > 1 else _base(path)
        stem = base.rpartition("/")[2]
        folder = folders[_folder(path)]
        names = {kind: _free(folder, stem, ending, taken) for kind, ending in _ENDINGS.items()}
        items[source] = Item(path, source, {"book": books[source], **names})
    return [items[source] for source in found]


def _distinct(found: Sequence[str]) -> dict[str, str]:
    """给人看的路径：各不相同。"""
    used: set[str] = {path for path in found if readable(path) == path}
    shown = {}
    for source in found:
        path = readable(source)
        if path != source:
            number = 1
            while path in used:
                number += 1
                path = f"{_base(readable(source))}（{number}）{source[len(_base(source)) :]}"
            used.add(path)
        shown[source] = path
    return shown


def _folders(wanted: Iterable[str], taken: set[str]) -> dict[str, str]:
    """输入里的各个文件夹，在输出里叫什么：不占整批的文件的名称，哪个系统都放得下；也都记进 taken。"""
    known = {"": ""}
    used: dict[str, str] = {}
    every = {one[:at] for one in wanted for at, c in enumerate(one + "/") if at and c == "/"}
    for path in sorted(every):
        parent, _, name = path.rpartition("/")
        above = known[parent] + "/" if parent else ""
        stem = portable(name)
        tries = [above + stem, *(f"{above}{stem}（{number}）" for number in range(2, len(taken) + 3))]
        # Two folders that are one on Windows may share: their files are told apart.
        known[path] = next(used.get(_folded(one), one) for one in tries if _folded(one) not in taken)
        used[_folded(known[path])] = known[path]
    taken.update(used)
    return known


def _book_name(path: str) -> tuple[str, str]:
    base = _base(path).rpartition("/")[2]
    return base, path[len(_base(path)) :]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _free(folder: str, stem: str, ending: str, taken: set[str], second: str = "") -> str:
    """folder 下面 stem + ending，已经有主的换成 second，再不行在后面加（2）；定下的记进 taken。"""
    stem = portable(stem)
    stems = [stem, *([f"{stem}-{second}"] if second else [])]
    for number in range(1, len(taken) + 3):
        name = file_name_that_fits(
            stems[number - 1] if number <= len(stems) else f"{stem}（{number}）", ending
        )
        path = f"{folder}/{name}" if folder else name
        if _folded(path) not in taken:
            taken.add(_folded(path))
            return path
    raise AssertionError("more names than are taken")


def _folded(path: str) -> str:
    """Two paths that are one file on Windows or a Mac."""
    return unicodedata.normalize("NFC", path).casefold()


def _base(path: str) -> str:
    return path.rpartition(".")[0]


def _files(folder: Path, out: Path) -> Iterator[str]:
    def unreadable(error: OSError) -> None:
        raise UserError(
            f"文件夹 {error.filename} 打不开：{system_reason(error)}。",
            "请确认有读取权限，或把它移出去再做。",
        ) from None

    def is_out(path: Path) -> bool:
        return path.resolve() == out or _same(path, out)

    for where, folders, names in os.walk(folder, onerror=unreadable):
        here = Path(where)
        folders[:] = [name for name in folders if not name.startswith(".") and not is_out(here / name)]
        for name in names:
            if Path(name).suffix.lower() in WORKBOOKS and not name.startswith(TEMPORARY):
                yield (here / name).relative_to(folder).as_posix()
