"""The Word report of a workbook, and its PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from perfmon_xl.app.checking import CheckedBook, check_reading
from perfmon_xl.app.common import Output, left_out, refuse_gone, refuse_suffix, why_renamed
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.finding import Severity
from perfmon_xl.domain.message import Message
from perfmon_xl.domain.origin import NOT_FILLED
from perfmon_xl.domain.wording import DRAFT, NO_ANNEX_WITH_ENGINE
from perfmon_xl.system.files import free_name, read_package, save_atomically
from perfmon_xl.system.names import file_name_that_fits
from perfmon_xl.workbook.engines import PACKAGE, open_book
from perfmon_xl.workbook.read import Reading, read

if TYPE_CHECKING:
    from perfmon_xl.report.pages.converting import Converted
    from perfmon_xl.report.render import Pages, Report


class Options(TypedDict, total=False):
    """出报告的选项，都可以不写。

    template：自带模板的名称，或者自己的 .docx；draft：有错误也出，出成征求意见稿；pdf：再转一份 PDF；
    pages：页码怎么来，见 make_report；sources：附数据来源表；provenance_file：在旁边另存一份来历；
    engine：openpyxl 读工作簿、docxtpl 套模板，没有图和来历。
    """

    template: str
    draft: bool
    pdf: bool
    pages: str
    sources: bool
    provenance_file: bool
    engine: str


def report(path: Path, out: Path | None = None, **options: Unpack[Options]) -> Output:
    """出一个工作簿的 Word 报告，默认写在它旁边。"""
    wanted = out or path.with_name(file_name_that_fits(path.stem, "-绩效运行监控报告.docx"))
    return report_of(read(open_book(path, options.get("engine", PACKAGE))), wanted, **options)


def report_of(reading: Reading, wanted: Path, **options: Unpack[Options]) -> Output:
    """照读出来的内容出报告，写到 wanted：打开着的工作簿没有存盘的改动也在内。"""
    from perfmon_xl.report.make_report import (
        DEFAULT_TEMPLATE,
        WHAT_DOCXTPL_LEAVES_OUT,
        make_report,
        prepare_template,
    )
    from perfmon_xl.report.pages.converting import with_pdf

    refuse_gone(reading, "没有出报告")
    refuse_other_kinds(reading)
    refuse_unreadable(reading)
    by_docxtpl = options.get("engine", PACKAGE) != PACKAGE
    if by_docxtpl and options.get("sources"):
        raise UserError(
            "由 docxtpl 套的报告没有记下各个数的来历，附不了数据来源表。",
            NO_ANNEX_WITH_ENGINE,
        )
    template, draft = options.get("template", DEFAULT_TEMPLATE), options.get("draft", False)
    prepare_template(template)
    checked = check_reading(reading) if draft else refuse_open_errors(reading)

    def make(pages: Pages) -> Report:
        return make_report(
            checked.figures,
            template=template,
            draft=draft,
            pages=pages,
            matters=checked.unsolved,
            annex=options.get("sources", False),
            by_docxtpl=by_docxtpl,
        )

    refuse_suffix(wanted, ".docx", "报告")
    if options.get("pdf"):  # refused before anything is written
        made, converted = with_pdf(make, options.get("pages", "estimate"))
    else:
        made, converted = make(options.get("pages", "estimate")), None  # the same bytes everywhere
    target = free_name(wanted, keep=touched)
    notes = [
        *left_out(reading),
        *why_renamed(wanted, target),
        *_what_it_replaces(target, made.data, draft),
    ]
    save_atomically(target, made.data)
    if by_docxtpl:
        notes.append(WHAT_DOCXTPL_LEAVES_OUT)
    elif options.get("provenance_file"):
        notes.append(_save_provenance(target, made))
    if converted is not None:
        notes += _save_pdf(target, converted)
    if draft and checked.errors:
        return Output(target, tuple(notes), f"还有 {len(checked.errors)} 处错误，改好工作簿再出正式报告。")
    return Output(target, tuple(notes))


def refuse_open_errors(reading: Reading) -> CheckedBook:
    """还有错误的不出正式报告：列出来；没有的，返回检查的结果。"""
    checked = check_reading(reading)
    if checked.errors:
        raise UserError(
            f"还有 {len(checked.errors)} 处错误没有改，不能出正式报告：\n"
            + Message.join(
                "\n", [m.as_message() for m in checked.matters if m.level == Severity.ERROR.chinese]
            ),
            "改好以后再出；要先看样子，" + DRAFT + "。",
        )
    return checked


def _save_beside(path: Path, data: bytes, report: Path) -> None:
    """报告旁边的文件；写不成的，说明报告已经在了。"""
    try:
        save_atomically(path, data)
    except UserError as error:
        raise UserError(Message.of(f"报告 {report.name} 写好了。") + error.fact, error.remedy) from None


def _save_provenance(report: Path, made: Report) -> str:
    """来历文件放在报告旁边；返回要说的话。"""
    from perfmon_xl.report.tracing.provenance import to_json

    path = provenance_path(report)
    _save_beside(path, to_json(made.record).encode("utf-8"), report)
    return f"来历：{path}（核对报告用，和报告放在一起）"


def _save_pdf(report: Path, converted: Converted) -> tuple[str, ...]:
    """PDF 放在报告旁边；返回要说的话。"""
    path = report.with_suffix(".pdf")
    _save_beside(path, converted.pdf, report)
    return (f"PDF：{path}", *converted.notes, *_whose_pages(converted))


def _whose_pages(converted: Converted) -> Iterator[str]:
    """PDF 是谁转的，目录的页码照谁的；缺字体的，页码同别的电脑上可能不一样。"""
    from perfmon_xl.app.diagnosing import missing_fonts
    from perfmon_xl.report.pages.converting import LIBREOFFICE

    yield f"PDF 由 {converted.program} 转" + (
        "，目录的页码照它。" if converted.pages else "，目录的页码是估算的。"
    )
    if converted.program == LIBREOFFICE or not converted.pages:
        yield "Word 里的页码若有出入，右键目录“更新域”。"
    if missing := missing_fonts():
        yield f"这台电脑缺 {'、'.join(missing)}，用别的字体代替，换一台电脑页码可能不一样。"


def touched(report: Path) -> bool:
    """这份报告是不是有人在 Word 里存过；不是本程序出的、读不出的，也算。"""
    from perfmon_xl.report.render import is_untouched

    try:
        return not is_untouched(read_package(report, ".docx"))
    except UserError:
        return True


def _what_it_replaces(target: Path, data: bytes, draft: bool) -> Iterator[str]:
    """那里已经有一份没有人改过的报告：这次换掉了它，说出来；一字不差的不说。"""
    from perfmon_xl.report.tracing.provenance import record_in

    if not target.exists() or (before := read_package(target, ".docx")) == data:
        return
    record = record_in(before)
    old, new = (
        "征求意见稿" if one else "正式报告" for one in (record is not None and record.made.draft, draft)
    )
    yield f"原来的{old}没有人改过，换成了这次的{new if old != new else ''}。"


def provenance_path(report: Path) -> Path:
    """报告旁边的来历文件：报告名.来源.json。"""
    return report.with_name(file_name_that_fits(report.stem, ".来源.json"))


def refuse_other_kinds(reading: Reading) -> None:
    """监控报告只照监控的工作簿出。"""
    project = reading.monitoring.project
    if not project.document_kind.is_monitoring:
        raise UserError(
            f"{project.place.at('kind')}：这是“{project.document_kind}”，不出绩效运行监控报告。",
            "检查、导出、出表照旧能用；其实是监控的，把“文件种类”改成“项目监控”再出。",
        )


def refuse_unreadable(reading: Reading) -> None:
    """错误值和没有算过的公式不能进报告：说出在哪几格。"""
    faults = [
        (record.place.at(field), fault)
        for record in reading.monitoring.records()
        for field, fault in record.place.faults.items()
        if fault.kind not in ("读不懂", NOT_FILLED)
    ]
    if faults:
        listed = "\n".join(f"  {origin}：{fault.kind} {fault.text}" for origin, fault in faults[:20])
        raise UserError(
            f"有 {len(faults)} 个填写的单元格没有可用的值：\n{listed}",
            "请改掉错误值；公式没有算过的，在 Excel 里打开工作簿、保存，再出报告。",
        )
