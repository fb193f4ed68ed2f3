"""New workbooks from what a budget system exports: one file, one or many projects, many workbooks."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from perfmon_xl.app.common import Output, refuse_existing, rules_of
from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.rollover import Period
from perfmon_xl.domain.wording import MONEY_UNITS, NAME_COLUMNS, PERIOD_SAID
from perfmon_xl.importing.export_reading import UNITS, ColumnMap, Columns, columns_of
from perfmon_xl.importing.export_records import Reader
from perfmon_xl.importing.grid import Grid, csv_grid, sheet_grids
from perfmon_xl.system.files import save_atomically
from perfmon_xl.workbook.file.book import PackageBook

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_NAME = 80
_KEYS = ("columns", "money", "symbols")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Understood:
    """从一份导出文件里读出来的项目，和读法的预览。"""

    projects: tuple[Monitoring, ...]
    preview: tuple[Wordable, ...]


def understand(source: Path, *, mapping: Path | None = None, money: str | None = None) -> Understood:
    """读一份 .csv 或 .xlsx；怎么读的都写在 preview 里。"""
    if money is not None and money not in UNITS:
        raise UserError(f"金额单位“{money}”不认识。", MONEY_UNITS)
    grids, how = _grids(source)
    given = load_mapping(mapping) if mapping is not None else ColumnMap()
    grid, columns = _fitting(grids, given, money)
    reader = Reader(grid, columns, given, UNITS[money] if money else None)
    projects = reader.projects()
    indicators = sum(len(p.declared) for p in projects)
    preview: list[Wordable] = [
        f"{how}，表头在第 {columns.row + 1} 行；读到 {len(projects)} 个项目、{indicators} 个指标。",
        "对上的栏目：" + "；".join(map(str, columns.uses)) + "。",
    ]
    if columns.unused:
        preview.append("没有用到的栏目：" + "、".join(columns.unused) + "。要用的，" + NAME_COLUMNS + "。")
    return Understood(projects, (*preview, *reader.notes))


def _grids(source: Path) -> tuple[tuple[Grid, ...], str]:
    if source.suffix.lower() == ".xlsx":
        grids = sheet_grids(PackageBook.open(source))
        return grids, source.name
    try:
        data = source.read_bytes()
    except FileNotFoundError:
        raise UserError(f"找不到文件 {source}。", "请核对文件名和所在文件夹。") from None
    except OSError as error:
        raise UserError(f"打不开文件 {source}：{system_reason(error)}。") from None
    grid, encoding = csv_grid(data, source.name)
    return (grid,), f"{source.name}（{encoding} 编码）"


def _fitting(grids: tuple[Grid, ...], given: ColumnMap, money: str | None) -> tuple[Grid, Columns]:
    """哪一张工作表是要读的：只有一张认得出表头的才行。"""
    if not any(grid.rows for grid in grids):
        raise UserError("文件里没有内容。", "请重新导出。")
    default = UNITS[money] if money else None
    found: list[tuple[Grid, Columns]] = []
    failed: list[UserError] = []
    for grid in grids:
        try:
            found.append((grid, columns_of(grid, given, default)))
        except UserError as error:
            failed.append(error)
    if len(found) > 1:
        names = "、".join(grid.name for grid, _ in found)
        raise UserError(f"有 {len(found)} 张工作表都像：{names}。", "请只留下要读的一张，另存后再试。")
    if not found:
        raise failed[0]
    return found[0]


def load_mapping(path: Path) -> ColumnMap:
    """对应文件（.toml 或 .json）：[columns] 表头 = 栏目，[money] 表头 = 元或万元，[symbols] 代码 = 比较符。"""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data: Any = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except FileNotFoundError:
        raise UserError(f"找不到对应文件 {path}。", "请核对文件名和所在文件夹。") from None
    except OSError as error:
        raise UserError(f"打不开对应文件 {path}：{system_reason(error)}。") from None
    except (ValueError, RecursionError) as error:
        raise UserError(
            f"对应文件 {path.name} 读不懂：{error}。", "表头要写在引号里，文件存成 UTF-8。"
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


def new_from_export(
    out: Path, understood: Understood, *, period: str | None = None, progress: Progress | None = None
) -> Output:
    """一个项目一个工作簿；out 是 .xlsx 的只能有一个项目，否则是放工作簿的文件夹。"""
    from perfmon_xl.workbook.build.monitoring import build

    projects = understood.projects
    if period is not None:
        when = Period.parse(period)
        projects = tuple(_in_period(p, when) for p in projects)
    targets = _targets(out, projects)
    for target in targets:
        refuse_existing(target)
    if out.suffix.lower() != ".xlsx":
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"建不了文件夹 {out}：{system_reason(error)}。", "请换一个能写的位置。") from None
    for number, (target, project) in enumerate(zip(targets, projects, strict=True), 1):
        save_atomically(target, build(project, rules_of(project)))
        if progress is not None:
            progress(number, len(targets))
    return Output(out, tuple(str(t) for t in targets))


def _in_period(monitoring: Monitoring, period: Period) -> Monitoring:
    """表里没有写年度和截止日期的，按 --period 填；写了别的，不改。"""
    project = monitoring.project
    if project.year and project.year != str(period.year):
        raise UserError(
            f"“{project.name}”是{project.year}年度的，" + PERIOD_SAID + f"{period}。", "请核对年度。"
        )
    return replace(
        monitoring,
        project=replace(project, year=str(period.year), cutoff=project.cutoff or period.cutoff),
    )


def _targets(out: Path, projects: tuple[Monitoring, ...]) -> list[Path]:
    if out.suffix.lower() == ".xlsx":
        if len(projects) > 1:
            raise UserError(
                f"文件里有 {len(projects)} 个项目，放不进一个工作簿。",
                "请写一个文件夹的名称，一个项目一个工作簿。",
            )
        return [out]
    taken: set[str] = set()
    found = []
    for number, project in enumerate(projects, 1):
        stem = _FORBIDDEN.sub("_", project.project.name).strip(" .")[:_LONGEST_NAME] or f"项目{number}"
        name, count = stem, 2
        while name.casefold() in taken:
            name, count = f"{stem}（{count}）", count + 1
        taken.add(name.casefold())
        found.append(out / f"{name}.xlsx")
    return found
