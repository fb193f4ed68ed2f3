"""Sheet after sheet of the summary workbook, and in which cell a value stands."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import partial

import xlsxwriter

from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.summary import Summary
from perfmon_xl.domain.summary_cells import SummaryCell
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.workbook.build.listing import write_listing
from perfmon_xl.workbook.build.style import CREATED, Formats
from perfmon_xl.workbook.build.summary.charts import draw_departments, draw_lights
from perfmon_xl.workbook.build.summary.groups import departments, lights
from perfmon_xl.workbook.build.summary.lists import rules, unexplained, unprocessed
from perfmon_xl.workbook.build.summary.places import places
from perfmon_xl.workbook.build.summary.projects import projects

_BACKSLASHES = re.compile(rb'Target="\.\\[^"]*"')


def summary_places(summary: Summary) -> Callable[[SummaryCell], Origin | None]:
    """汇总工作簿里，一个值在哪一格。"""
    return places(
        [
            projects(summary, ""),
            departments(summary),
            lights(summary),
            *(listed(summary) for listed in (rules, unexplained, unprocessed)),
        ]
    )


def write_summary(summary: Summary, *, title: str) -> bytes:
    """汇总工作簿的文件内容；title 如“全区绩效监控汇总”。"""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties({"title": title, "created": CREATED, "comments": "perfmon-xl"})
    write = partial(write_listing, workbook, Formats(workbook))
    write(projects(summary, title))
    by_department, by_light = departments(summary), lights(summary)
    draw_departments(workbook, write(by_department), by_department)
    draw_lights(workbook, write(by_light), by_light)
    for listing in (rules(summary), unexplained(summary), unprocessed(summary)):
        write(listing)
    workbook.close()
    return _with_slashes(out.getvalue())


def _with_slashes(data: bytes) -> bytes:
    """XlsxWriter 把链接写成“.\\区\\甲.xlsx”，只有 Windows 认得；改成“./区/甲.xlsx”，各处都认得。"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {n: package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/_rels/")}
    changed = {n: _BACKSLASHES.sub(lambda m: m[0].replace(b"\\", b"/"), part) for n, part in parts.items()}
    return rewritten(data, changed)  # always: zipfile writes which system it ran on
