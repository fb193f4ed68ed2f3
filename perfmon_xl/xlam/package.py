"""The .xlam: workbook parts by XlsxWriter, our VBA project and our ribbon put in, marked as an add-in."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

from perfmon_xl.ooxml.names import CONTENT_TYPES
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.xlam.project import SHEET_BASE, WORKBOOK_BASE, Module, ModuleKind, vba_project
from perfmon_xl.xlam.wrappers import MODULE, ON_OPEN, WorksheetFunction, declared, help_rows, vba

PROJECT = "PerfmonXl"
FILE_NAME = "perfmon_xl.xlam"
CONFIG_SHEET = "perfmon_xl.conf"
HELP_SHEET = "help"
RIBBON_PART = "customUI/customUI14.xml"
_RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_DATE = datetime.datetime(2024, 1, 1)  # never the clock: the same sources give the same bytes

# What GetConfig finds before the user's file; the texts that VBA, being ASCII, cannot say itself.
CONFIG = {
    "ADD_WORKBOOK_TO_PYTHONPATH": "false",
    "TEXT NO WORKBOOK": "没有可用的工作簿。请先打开或新建一个工作簿；"
    "如果它正在“受保护的视图”里，请先点黄色条上的“启用编辑”。",
    "TEXT NO PYTHON": "还没有装好，或者装好以后程序挪了位置，这一次什么也没有做。"
    "请关掉 Excel，再运行一次“安装”；不知道怎么装的，请找给您装插件的人。",
    "TEXT PYTHON FAILED": "程序没有做完，工作簿可能只写了一部分，写进去的可以撤销。"
    "请在“帮助”一组里先重启 Python，再试一次；还不行，在那里诊断，照“怎么办”做。",
    "TEXT NO FUNCTION": "后台的 Python 没有起来，算不了。点“绩效监控”里的“诊断”，照“怎么办”做。",
    "TEXT TITLE": "绩效监控",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VbaSources:
    """做插件用的全部文本。"""

    modules: Mapping[str, str]  # name of a standard module -> code
    ribbon: str
    functions: tuple[WorksheetFunction, ...] = ()
    classes: Mapping[str, str] = field(default_factory=dict)


def read_sources(folder: Path, functions: Path | None = None) -> VbaSources:
    """addin 文件夹里的 .bas 和功能区；有 functions.py 的，连同工作表函数。"""
    modules = {path.stem: path.read_text(encoding="ascii") for path in sorted(folder.glob("*.bas"))}
    found = functions is not None and functions.exists()
    return VbaSources(
        modules=modules,
        ribbon=(folder / "customUI14.xml").read_text(encoding="utf-8"),
        functions=declared(functions.read_text(encoding="utf-8")) if functions and found else (),
    )


def modules_of(sources: VbaSources) -> list[Module]:
    """VBA 项目里的模块，照存放的次序。"""
    generated = {MODULE: vba(sources.functions)} if sources.functions else {}
    return [
        Module(
            name="ThisWorkbook",
            kind=ModuleKind.DOCUMENT,
            base=WORKBOOK_BASE,
            code=ON_OPEN if sources.functions else "",
        ),
        *(Module(name=n, kind=ModuleKind.DOCUMENT, base=SHEET_BASE) for n in _sheet_modules(sources)),
        *(Module(name=name, code=code) for name, code in {**sources.modules, **generated}.items()),
        *(Module(name=name, kind=ModuleKind.CLASS, code=code) for name, code in sources.classes.items()),
    ]


def xlam(sources: VbaSources) -> bytes:
    """插件文件的全部字节；同样的文本，字节也一样。"""
    plain = _workbook(sources, vba_project(PROJECT, modules_of(sources)))
    with ZipFile(io.BytesIO(plain)) as package:
        types = package.read(CONTENT_TYPES).decode("utf-8")
        relations = package.read("_rels/.rels").decode("utf-8")
    marked, count = re.subn(r"ms-excel\.sheet\.macroEnabled\.main", "ms-excel.addin.macroEnabled.main", types)
    if count != 1:
        raise AssertionError("XlsxWriter no longer writes the content type of a macro workbook")
    relation = (
        f'<Relationship Id="rIdRibbon" Type="{_RIBBON_RELATION}" Target="{RIBBON_PART}"/></Relationships>'
    )
    return rewritten(
        plain,
        {
            CONTENT_TYPES: marked.encode("utf-8"),
            "_rels/.rels": relations.replace("</Relationships>", relation).encode("utf-8"),
            RIBBON_PART: sources.ribbon.encode("utf-8"),
        },
    )


def _sheet_modules(sources: VbaSources) -> Sequence[str]:
    return ("Sheet1", "Sheet2") if sources.functions else ("Sheet1",)


def _workbook(sources: VbaSources, project: bytes) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": "绩效运行监控", "comments": "perfmon-xl 的 Excel 插件", "created": _DATE})
    book.add_vba_project(io.BytesIO(project), True)
    book.set_vba_name("ThisWorkbook")
    rows = [[list(pair) for pair in CONFIG.items()]]
    if sources.functions:
        rows.append(help_rows(sources.functions))
    names = zip((CONFIG_SHEET, HELP_SHEET), _sheet_modules(sources), rows, strict=False)
    for name, module, cells in names:
        sheet = book.add_worksheet(name)
        sheet.set_vba_name(module)
        for number, row in enumerate(cells):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text)
    book.close()
    return out.getvalue()
