"""A folder of invented projects, as an office would keep it, with what else lies around in such folders."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from perfmon_xl.workbook.build.monitoring import build
from support.projects import project

OFFICES = ("教育局", "卫生 健康局", "住房和城乡建设局（二级）/园林中心", "交通局")


def projects(folder: Path, count: int, *, sizes: Iterable[int] = (5, 8, 12), seed: int = 1) -> list[str]:
    """count 个工作簿，分放在几个部门的文件夹里；返回相对路径，排好。"""
    cycle, made = tuple(sizes), []
    for number in range(count):
        path = folder / OFFICES[number % len(OFFICES)] / f"项目 {number + 1:04d}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(build(project(cycle[number % len(cycle)], seed=seed + number)))
        made.append(path.relative_to(folder).as_posix())
    return sorted(made)


def snapshot(folder: Path) -> dict[str, str]:
    """每个文件的内容的指纹。"""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Inline(Executor):
    """当场就做的执行器：不测进程的测试用它，不用等进程起来。"""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:
            future.set_exception(error)
        return future


def text_of(document: Path) -> str:
    """一份 .docx 正文的全部文字。"""
    with zipfile.ZipFile(document) as package:
        return re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode("utf-8"))
