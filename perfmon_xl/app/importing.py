"""A file of somebody else into new workbooks: a report, forms, a list of projects; and what could not be placed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from perfmon_xl import data
from perfmon_xl.app.common import refuse_existing, refuse_suffix, rules_of
from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.report_text import LineKind, ReportText
from perfmon_xl.domain.wording import ALREADY_A_BOOK, PERIOD_SAID
from perfmon_xl.importing.foreign import Foreign, read_foreign
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.mapping import load_mapping
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.schema import Table
from perfmon_xl.system.file_kinds import refuse_other_kind
from perfmon_xl.system.files import read_bytes, read_package, read_text, save_atomically
from perfmon_xl.system.names import file_name_that_fits, file_stem

if TYPE_CHECKING:
    from perfmon_xl.domain.rollover import Period

Progress = Callable[[int, int], None]
FOREIGN = (".docx", ".xlsx", ".csv", ".txt")
_MOST_SHOWN = 5
_LONGEST_NAME = 80
_LONGEST = 32_767  # what a cell holds
_OTHERS = {
    ".pdf": "是 PDF，程序读不了里面的表格。",
    ".doc": "是旧的 Word 格式（.doc）。", ".wps": "是 WPS 文字的格式（.wps）。", ".rtf": "是 RTF 格式。",
    ".odt": "是 OpenDocument 格式（.odt）。", ".xls": "是旧的 Excel 格式（.xls）。", ".et": "是 WPS 表格的格式（.et）。",
    ".ods": "是 OpenDocument 格式（.ods）。", ".html": "是网页。", ".htm": "是网页。",
}  # fmt: skip
_SHEETS = (".xls", ".et", ".ods", ".htm", ".html")


@dataclass(frozen=True, slots=True)
class ImportedBook:
    """读入的结果：新工作簿、读进了什么、没有读进的；one 是各个工作簿和各自读到的，others 是有几个项目时怎么分的。"""

    path: Path
    books: tuple[tuple[Path, Imported], ...]
    preview: tuple[Wordable, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def imported(self) -> Imported:
        """头一个工作簿读到的。"""
        return self.books[0][1]

    @property
    def placed(self) -> tuple[str, ...]:
        """头一个工作簿：读进了什么，没有读到什么。"""
        return placed(self.imported)


# What one expects to find: in a form these facts and tables, in a report these as well.
_FORM_FACTS = ("name", "year", "department", "unit", "cutoff")
_REPORT_FACTS = (*_FORM_FACTS, "client", "monitor", "start", "end", "background", "scope")
_FORM_RECORDS = ("funding", "compared")
_REPORT_RECORDS = ("funding", "spending", "compared", "analyses", "problems", "conclusions")


def placed(imported: Imported) -> tuple[str, ...]:
    """读进了什么，每张表几条；最后一行是通常该有、这份文件里没有读到的。"""
    monitoring = imported.monitoring
    report = any(line.kind is LineKind.HEADING and line.level == 1 for line in imported.text.lines)
    facts = _REPORT_FACTS if report else _FORM_FACTS
    records = _REPORT_RECORDS if report else _FORM_RECORDS
    targets = monitoring.declared or monitoring.adjusted
    found: list[str] = []
    missing: list[str] = []
    for sheet in layout.SHEETS:
        for block in sheet.blocks:
            if not block.record:
                continue
            value = getattr(monitoring, block.record)
            if isinstance(block, Table):
                if value:
                    found.append(f"{sheet.name}“{block.title}”：{len(value)} 条")
                elif block.record in records and not (block.record == "compared" and targets):
                    missing.append(f"“{block.title}”")
                continue
            filled = [c.label for c in block.cells if getattr(value, c.field) not in (None, "")]
            if filled:
                found.append(f"{sheet.name}：{'、'.join(filled)}")
            missing += [c.label for c in block.cells if c.label not in filled and c.field in facts]
    return (*found, f"没有读到：{'、'.join(missing)}") if missing else tuple(found)


def is_foreign(source: Path) -> bool:
    """是不是别处来的文件：不是监控工作簿的 .xlsx，不是 .json 数据的别的文件；认不得的，读的时候说。"""
    from perfmon_xl.workbook.file.book import PackageBook

    suffix = source.suffix.lower()
    if suffix == ".xlsx":
        known = {table.name for _, table in layout.tables()}
        return not known & set(PackageBook.open(source).tables())
    return suffix != ".json"


def understand(source: Path, *, mapping: Path | None = None, money: str | None = None) -> Foreign:
    """读一份别处来的文件；怎么读的都写在 preview 里。命令、加载项都从这里读，一份文件只有一个答案。"""
    suffix = source.suffix.lower()
    given = load_mapping(mapping) if mapping is not None else None
    if suffix in _OTHERS and source.is_file():
        _refuse_by_content(source, ".xlsx" if suffix in _SHEETS else ".docx")
        raise UserError(
            f"{source.name} {_OTHERS[suffix]}", "请在 Office 或 WPS 中打开，另存为 .docx 或 .xlsx，再试。"
        )
    if suffix not in FOREIGN:
        _refuse_by_content(source, ".xlsx")
        raise UserError(f"{source.name} 不是认得的文件。", "能读的是 .docx、.xlsx、.csv。")
    if suffix in (".docx", ".xlsx"):
        data = read_package(source, suffix)
    else:
        data = read_bytes(source)
        refuse_other_kind(data, source.name, ".csv")
    return read_foreign(data, source.name, suffix, mapping=given, money=money)


def _refuse_by_content(source: Path, kind: str) -> None:
    """认不得的扩展名：看里面是什么；看得出的按里面的说。"""
    if source.is_file() and not source.stat().st_size:
        raise UserError(f"{source.name} 是空文件。", "请换一份完整的文件。")
    try:
        read_package(source, kind)
    except UserError as error:
        if source.suffix.lower() in _OTHERS or "打不开：" not in str(error):
            raise


def read_report(path: Path) -> Imported:
    """读一份报告或一张填好的表（.docx、.xlsx、.csv）来核对；有几个项目的不混在一起，说是哪几个。"""
    suffix = path.suffix.lower()
    if suffix in _OTHERS and path.is_file():
        read_package(path, ".docx")
        raise UserError(f"{path.name} {_OTHERS[suffix]}", "请在 Word 或 WPS 中打开，另存为 .docx，再导入。")
    if suffix not in FOREIGN:
        read_package(path, ".docx")
    elif suffix == ".xlsx":
        read_package(path, ".xlsx")
        if not is_foreign(path):
            raise UserError(f"{path.name} 是监控工作簿，不是报告。", "工作簿请用“检查”。")
    return only_project(understand(path), path.name)


def only_project(foreign: Foreign, name: str) -> Imported:
    """一份文件里只有一个项目的，就是它；有几个的拒绝。"""
    if len(foreign.imported) > 1:
        called = [imported.monitoring.project.name.strip() or "（没有名称）" for imported in foreign.imported]
        shown = "、".join(called[:_MOST_SHOWN]) + (" 等" if len(called) > _MOST_SHOWN else "")
        raise UserError(
            f"{name} 里有 {len(called)} 个项目：{shown}，不能混在一起核对。",
            "请一个项目存一份再核对；要填工作簿的，导入时一个项目一个工作簿。",
        )
    return foreign.imported[0]


def make_books(
    out: Path, foreign: Foreign, *, period: str | None = None, progress: Progress | None = None
) -> ImportedBook:
    """一个项目一个工作簿：out 是文件夹的，以项目为名；是 .xlsx 的，头一个叫它，别的在旁边、名称后面加项目名称。

    一行一个指标的清单有几个项目的，要写文件夹名。
    """
    from perfmon_xl.app.unstored import with_unstored_misfits
    from perfmon_xl.workbook.build.monitoring import build

    kept = [with_unstored_misfits(one) for one in foreign.imported]
    others: tuple[str, ...] = ()
    if out.suffix.lower() == ".xlsx" and len(kept) > 1:
        if foreign.listed:
            raise UserError(
                f"文件里有 {len(kept)} 个项目，放不进一个工作簿。",
                "请写一个文件夹的名称，一个项目一个工作簿。",
            )
        names = [one.monitoring.project.name or f"第{n}个" for n, one in enumerate(kept, 1)]
        others = (f"文件里有 {len(kept)} 个项目，分开读成 {len(kept)} 个工作簿：{'、'.join(names)}。",)
    if period is not None:
        from perfmon_xl.domain.rollover import Period

        when = Period.parse(period)
        kept = [replace(one, monitoring=_in_period(one.monitoring, when)) for one in kept]
    for imported in kept:
        _refuse_long(imported.monitoring)
    targets = _targets(out, [one.monitoring for one in kept])
    for target in targets:
        refuse_existing(target)
    if out.suffix.lower() != ".xlsx":
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"建不了文件夹 {out}：{system_reason(error)}。", "请换一个能写的位置。") from None
    for number, (target, imported) in enumerate(zip(targets, kept, strict=True), 1):
        save_atomically(target, build(imported.monitoring, rules_of(imported.monitoring)))
        if progress is not None:
            progress(number, len(targets))
    return ImportedBook(out, tuple(zip(targets, kept, strict=True)), foreign.preview, others)


def import_to_book(
    path: Path, out: Path, *, mapping: Path | None = None, money: str | None = None
) -> ImportedBook:
    """把一份已有的报告、监控表、自评表、导出的清单，或者取出来的数据（.json）读进新工作簿。"""
    if out.suffix:
        refuse_suffix(out, ".xlsx", "工作簿")
        refuse_existing(out)
    if path.suffix.lower() == ".xlsx" and path.is_file() and not is_foreign(path):
        raise UserError(
            f"{path.name} 已经是监控工作簿，不用读入。",
            ALREADY_A_BOOK(path=path),
        )
    if path.suffix.lower() == ".json":
        refuse_suffix(out, ".xlsx", "工作簿")
        entries = data.loads(read_text(path), path.name)
        imported = Imported(monitoring=entries, leftovers=(), passages=(), text=ReportText(lines=()))
        return make_books(out, Foreign((imported,), ()))
    return make_books(out, understand(path, mapping=mapping, money=money))


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


def _targets(out: Path, projects: list[Monitoring]) -> list[Path]:
    if out.suffix.lower() == ".xlsx" and len(projects) == 1:
        return [out]
    beside = out.suffix.lower() == ".xlsx"  # 甲.xlsx, 甲-第二个项目.xlsx
    taken: set[str] = set()
    paths = []
    for number, project in enumerate(projects, 1):
        if beside and number == 1:
            paths.append(out)
            taken.add(out.name.casefold())
            continue
        stem = file_stem(project.project.name, f"项目{number}")[:_LONGEST_NAME]
        stem = f"{out.stem}-{stem}" if beside else stem
        name, count = file_name_that_fits(stem, ".xlsx"), 2
        while name.casefold() in taken:
            name, count = file_name_that_fits(f"{stem}（{count}）", ".xlsx"), count + 1
        taken.add(name.casefold())
        paths.append(out.parent / name if beside else out / name)
    return paths


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
