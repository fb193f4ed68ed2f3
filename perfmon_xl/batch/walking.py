"""Which files a batch looks at, and where what it makes of them goes: the same tree again, under the output folder."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from perfmon_xl.app.summarising import BOOK as SUMMARY
from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.wording import OTHER_FOLDER

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".et"})
TEMPORARY = ("~$", ".")  # Excel's, Word's and WPS's lock files; LibreOffice's; our own; those of macOS
REPORT = "绩效运行监控报告"
FINDINGS = "检查结果"
FORM = "绩效目标执行监控表"
FILLED = "工作簿"


@dataclass(frozen=True, slots=True)
class Item:
    """一个要看的文件：相对路径（用“/”），和做出来的文件共同的名字 base。"""

    path: str
    base: str

    @property
    def names(self) -> dict[str, str]:
        """做出来的各个文件相对输出文件夹的路径；与这一批的汇总同名的工作簿，换个名字。"""
        return {
            "book": f"{self.base}-{FILLED}.xlsx" if self.path.casefold() == SUMMARY else self.path,
            "report": f"{self.base}-{REPORT}.docx",
            "findings": f"{self.base}-{FINDINGS}.json",
            "pdf": f"{self.base}-{REPORT}.pdf",
            "form": f"{self.base}-{FORM}.xlsx",
        }


def refuse_mixing(folder: Path, out: Path) -> None:
    """输入和输出不能搅在一起：输出放在输入里面可以（那一块不看），反过来会盖掉原件。"""
    if not folder.is_dir():
        raise UserError(f"找不到文件夹 {folder}。", "请核对文件夹的名称和位置。")
    inside, target = folder.resolve(), out.resolve()
    if target == inside:
        raise UserError(f"输出文件夹就是输入文件夹 {folder}，原件会被盖掉，没有做。", OTHER_FOLDER + "。")
    if inside.is_relative_to(target):
        raise UserError(
            f"输入文件夹 {folder} 在输出文件夹 {out} 里面，原件可能被盖掉，没有做。",
            OTHER_FOLDER + "。",
        )


def walk(folder: Path, out: Path) -> list[Item]:
    """folder 下面的全部工作簿，按路径排好；out 在里面的，那一块不看。临时文件不看。"""
    found = sorted(_files(folder, out.resolve()))
    shared = Counter(_base(path).casefold() for path in found)
    # 甲.xlsx and 甲.xlsm would both make 甲-….docx: such twins keep their suffix in the name.
    return [Item(path, path if shared[_base(path).casefold()] > 1 else _base(path)) for path in found]


def _base(path: str) -> str:
    return path.rpartition(".")[0]


def _files(folder: Path, out: Path) -> Iterator[str]:
    def unreadable(error: OSError) -> None:
        raise UserError(
            f"文件夹 {error.filename} 打不开：{system_reason(error)}。",
            "请确认有读取权限，或把它移出去再做。",
        ) from None

    for where, folders, names in os.walk(folder, onerror=unreadable):
        here = Path(where)
        folders[:] = [name for name in folders if not name.startswith(".") and (here / name).resolve() != out]
        for name in names:
            if Path(name).suffix.lower() in WORKBOOKS and not name.startswith(TEMPORARY):
                yield (here / name).relative_to(folder).as_posix()
