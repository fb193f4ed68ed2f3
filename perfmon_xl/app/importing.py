"""An existing Word report into a new workbook, and what could not be placed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from perfmon_xl.app.common import refuse_existing, refuse_suffix, rules_of
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.wording import ALREADY_A_BOOK
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.reading import import_report
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.schema import Table
from perfmon_xl.system.files import read_package, save_atomically


@dataclass(frozen=True, slots=True)
class ImportedBook:
    """读入的结果：新工作簿、读进了什么、没有读进的。"""

    path: Path
    imported: Imported

    @property
    def placed(self) -> tuple[str, ...]:
        """每张表读进了几条。"""
        found = []
        for sheet in layout.SHEETS:
            for block in sheet.blocks:
                if not block.record:
                    continue
                value = getattr(self.imported.monitoring, block.record)
                if isinstance(block, Table):
                    found.append(f"{sheet.name}“{block.title}”：{len(value)} 条")
                else:
                    filled = [c.label for c in block.cells if getattr(value, c.field) not in (None, "")]
                    blank = [c.label for c in block.cells if c.label not in filled]
                    found.append(
                        f"{sheet.name}：{len(filled)} 项"
                        + (f"，没有读到{'、'.join(blank)}" if blank and len(block.cells) > 1 else "")
                    )
        return tuple(found)


def read_report(path: Path) -> Imported:
    """读一份 Word 报告；别的格式说明怎么转。"""
    suffix = path.suffix.lower()
    if path.exists() and not path.is_dir():
        if suffix == ".pdf":
            raise UserError(
                f"{path.name} 是 PDF，程序读不了里面的表格。",
                "请用 Word 打开它（会转成文档）或用 WPS 的“PDF 转 Word”，核对后另存为 .docx 再导入。",
            )
        if suffix in (".doc", ".wps", ".rtf", ".odt"):
            raise UserError(
                f"{path.name} 是 {suffix} 格式。", "请在 Word 或 WPS 中打开，另存为 .docx，再导入。"
            )
    return import_report(read_package(path, ".docx"))


def read_form(path: Path) -> Imported:
    """读一张 Excel 的监控表或自评表；监控工作簿自己不用读。"""
    from perfmon_xl.importing.reading import import_form
    from perfmon_xl.workbook.file.book import PackageBook

    book = PackageBook.open(path)
    if layout.COMPARED.name in book.tables():
        raise UserError(
            f"{path.name} 已经是监控工作簿，不用读入。",
            ALREADY_A_BOOK(path=path),
        )
    return import_form(book)


def import_to_book(path: Path, out: Path) -> ImportedBook:
    """把一份已有的报告、监控表或自评表读进新工作簿。"""
    from perfmon_xl.workbook.build.monitoring import build

    refuse_suffix(out, ".xlsx", "工作簿")
    refuse_existing(out)
    imported = read_form(path) if path.suffix.lower() == ".xlsx" else read_report(path)
    _refuse_long(imported.monitoring)
    save_atomically(out, build(imported.monitoring, rules_of(imported.monitoring)))
    return ImportedBook(out, imported)


_LONGEST = 32_767  # what a cell holds


def _refuse_long(monitoring: Monitoring) -> None:
    """一格放不下的文字不能悄悄截掉。"""
    for record in monitoring.records():
        for name in record.__dataclass_fields__:
            value = getattr(record, name)
            if isinstance(value, str) and len(value) > _LONGEST:
                raise UserError(
                    f"{record.place.at(name)}的文字有 {len(value)} 字，一个单元格最多放 {_LONGEST} 字。",
                    "请在报告里加上小标题分开，或删短后再导入。",
                )
