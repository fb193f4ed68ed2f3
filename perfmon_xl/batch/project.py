"""One workbook of a batch: read once, filled on a copy, checked, reported; everything is written at the very end."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from perfmon_xl import app
from perfmon_xl.app.checking import CheckedBook
from perfmon_xl.batch.outcome import Outcome, Status, successful
from perfmon_xl.batch.settings import Edition, Settings, key_of
from perfmon_xl.batch.walking import Item
from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.wording import NEW_FROM_TABLE
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.ooxml.safety import check_package
from perfmon_xl.system import budget
from perfmon_xl.system.faults import log_fault
from perfmon_xl.system.files import read_bytes, refuse_links, save_atomically
from perfmon_xl.system.writers import find_writers
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import Reading

if TYPE_CHECKING:
    from perfmon_xl.report.pages.pdf_maker import PdfMaker
    from perfmon_xl.report.render import Pages, Report


@dataclass(frozen=True, slots=True)
class Task:
    """要做的一个：item，和清单里记着的上一次的记号、上一次做出的文件。"""

    item: Item
    key: str = ""
    outputs: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ProjectResult:
    """做完的一个，能在进程之间传：outcome 为 None 的，与清单里记着的一样，没有重做。"""

    path: str
    key: str
    outcome: Outcome | None


def process_chunk(settings: Settings, tasks: Sequence[Task]) -> list[ProjectResult]:
    """一次做几个：交给别的机器时，一趟多带几个省时间。"""
    return [process(settings, task) for task in tasks]


def process(settings: Settings, task: Task) -> ProjectResult:
    """做一个；文件的毛病写在结果里，不抛出。做两遍，写出的字节一样。"""
    item, key = task.item, ""
    try:
        data = read_bytes(settings.folder / item.source)
        key = key_of(data, settings)
        old = dict(task.outputs or {})
        if key == task.key and all(_is_whole(settings.out, name) for name in old.values()):
            return ProjectResult(item.path, key, None)
        with _no_collection():
            outcome, files = make(data, item, settings)
        budget.stop()  # what is made is written, however long the disk takes
        _write(settings.out, files, old)
    except UserError as error:
        outcome = refused(item.path, error)
    except (MemoryError, budget.Exhausted):
        outcome = refused(item.path, budget.too_much())
    except Exception:  # a fault of ours in one workbook must not stop the others
        outcome = failed(item.path, fault_reason(item.path))
    finally:
        budget.stop()
    return ProjectResult(item.path, key, outcome)


@contextmanager
def _no_collection() -> Iterator[None]:
    """做一个项目的时候不找垃圾：几十万个对象一会儿都要用，找一遍又一遍占一成的时间。做完了找一遍新的：还在互相
    指着的整个工作簿、整份报告，现在就放掉，不等积多了再说。"""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:  # a thread that came while another had it off leaves it to that one
            gc.collect(0)
            gc.enable()


def refused(path: str, error: UserError) -> Outcome:
    """这个文件做不了，用户能改。"""
    return Outcome(path=path, status=Status.FAILED, reason=error.message, hint=error.hint)


def fault_reason(path: str, fault: BaseException | None = None) -> str:
    """程序自己的毛病：详情记下来，说在哪里。fault 不给的是正在处理的异常。"""
    log = log_fault(f"batch {path}", fault)
    return "程序出了错。" if log is None else f"程序出了错，详情在 {log}。"


def failed(path: str, reason: str) -> Outcome:
    """程序自己的毛病造成的。"""
    hint = "请单独出这一个的报告，再把出错的详情发给维护人员。"
    return Outcome(path=path, status=Status.FAILED, reason=reason, hint=hint)


def make(data: bytes, item: Item, settings: Settings) -> tuple[Outcome, dict[str, bytes]]:
    """文件的字节 → 结果和要写的文件（相对路径 → 字节）。不碰磁盘（转 PDF 除外）。"""
    check_package(data, Path(item.path).name)
    book = PackageBook.from_bytes(data)
    if not _is_ours(book):
        return foreign(item.path), {}
    names = item.names
    filled = app.fill_and_read(book)
    notes, reading = filled.notes, filled.reading
    checked = app.check_book(book, reading, filled.figures)
    files = {
        names["book"]: book.to_bytes(),
        names["findings"]: _json(checked.as_data(item.path)),
    }
    draft = settings.edition is Edition.DRAFT or (settings.edition is Edition.AUTO and bool(checked.errors))
    problem, missing = None, "报告"
    try:
        app.refuse_unreadable(reading)
        if settings.forms:
            made, said = _form(reading, names["form"])
            files, notes = files | made, (*notes, *said)
        if checked.errors and not draft:
            notes = (*notes, f"有 {len(checked.errors)} 处错误没有改，没有出正式报告。")
        else:
            files[names["report"]] = _report(checked, settings, draft=draft).data
            missing = " PDF"
            if settings.pdf:
                pdf = partial(_report, checked, settings, draft=draft)
                files[names["report"]], files[names["pdf"]] = _with_pdf(pdf, files[names["report"]])
    except UserError as error:
        problem = error
    outputs = {kind: name for kind, name in names.items() if name in files}
    outcome = successful(item.path, checked, outputs=outputs, draft=draft, notes=notes)
    if problem is not None:
        outcome = replace(
            outcome, status=Status.FAILED, reason=f"没有出{missing}：{problem.message}", hint=problem.hint
        )
    return outcome, files


def foreign(path: str) -> Outcome:
    """别的工作簿，不做。"""
    return Outcome(
        path=path,
        status=Status.FOREIGN,
        reason="不是绩效运行监控工作簿：里面没有认得的表格。",
        hint=str(NEW_FROM_TABLE),
    )


def _is_ours(book: PackageBook) -> bool:
    """认得的名称和表格都有。"""
    tables = {table.name for _, table in layout.tables()}
    names = {cell.name for _, form in layout.forms() for cell in form.cells}
    return bool(tables & set(book.tables())) and bool(names & set(book.named()))


def _report(checked: CheckedBook, settings: Settings, pages: Pages = "estimate", *, draft: bool) -> Report:
    from perfmon_xl.report.make_report import make_report

    return make_report(
        checked.figures,
        template=settings.template,
        draft=draft,
        pages=pages,
        matters=checked.unsolved,
    )


def _form(reading: Reading, name: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """官方监控表；出不了的（没有填截止日期），说原因，别的照做。"""
    try:
        content, notes = app.form_content(reading)
    except UserError as error:
        return {}, (f"没有出监控表：{error.message}{error.hint}",)
    return {name: content}, notes


def _with_pdf(make: Callable[[Pages], Report], document: bytes) -> tuple[bytes, bytes]:
    """报告和它的 PDF：有 Word、WPS 的由它转，页码照它；没有的，由一个一直开着的 LibreOffice 转，页码是估算的。"""
    if not find_writers():
        return document, pdf_maker().pdf(document)
    from perfmon_xl.report.pages.converting import with_pdf

    report, converted = with_pdf(make)
    return report.data, converted.pdf


@cache
def pdf_maker() -> PdfMaker:
    """这个进程的 LibreOffice：一直开着，进程结束时停下。"""
    import atexit

    from perfmon_xl.report.pages.pdf_maker import PdfMaker

    made = PdfMaker()
    atexit.register(made.close)
    return made


def _json(plain: object) -> bytes:
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _write(out: Path, files: Mapping[str, bytes], old: Mapping[str, str]) -> None:
    """写出来；上一次做的、这一次没有了的，拿走：留着会被当成现在的。"""
    for name, data in files.items():
        path = out / name
        refuse_links(path, out)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                f"建不了文件夹 {path.parent}：{system_reason(error)}。", "请确认有写入权限。"
            ) from None
        save_atomically(path, data)
    for name in set(old.values()) - set(files):
        if is_below(out, name):
            with suppress(OSError):
                (out / name).unlink(missing_ok=True)


def _is_whole(out: Path, name: str) -> bool:
    """上一次做的还在，不是停电以后留下的空文件。"""
    return is_below(out, name) and (out / name).stat().st_size > 0


def is_below(out: Path, name: str) -> bool:
    """name 是不是 out 下面的一个文件，不绕到外面去。"""
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts or not relative.parts or ":" in name or "\\" in name:
        return False
    path = out / name
    try:
        return path.is_file() and path.resolve().is_relative_to(out.resolve())
    except (OSError, ValueError):
        return False
