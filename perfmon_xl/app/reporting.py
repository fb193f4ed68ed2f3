"""The Word report of a workbook, and its PDF."""

from __future__ import annotations

from pathlib import Path

from perfmon_xl.app.checking import check_reading
from perfmon_xl.app.common import Made, refuse_suffix, rules_of, why_renamed
from perfmon_xl.domain.errors import UserError
from perfmon_xl.files import free_name, read_package, save_atomically
from perfmon_xl.workbook.package_book import PackageBook
from perfmon_xl.workbook.read import Reading, read


def report(
    path: Path,
    out: Path | None = None,
    *,
    template: str = "monitoring_report",
    draft: bool = False,
    pdf: bool = False,
    pages: str = "auto",
    sources: bool = False,
    provenance_file: bool = False,
) -> Made:
    """出 Word 报告；要 PDF 的再转一份。sources 附数据来源表；provenance_file 在旁边另存一份来历。"""
    return report_of(
        read(PackageBook.open(path)),
        out or path.with_name(f"{path.stem}-绩效运行监控报告.docx"),
        template=template,
        draft=draft,
        pdf=pdf,
        pages=pages,
        sources=sources,
        provenance_file=provenance_file,
    )


def report_of(
    reading: Reading,
    wanted: Path,
    *,
    template: str = "monitoring_report",
    draft: bool = False,
    pdf: bool = False,
    pages: str = "auto",
    sources: bool = False,
    provenance_file: bool = False,
) -> Made:
    """照读出来的内容出报告，写到 wanted：打开着的工作簿没有存盘的改动也在内。"""
    from perfmon_xl.report.office import to_pdf
    from perfmon_xl.report.provenance import to_json
    from perfmon_xl.report.render import make_report, prepare_template

    refuse_unreadable(reading)
    monitoring = reading.monitoring
    prepare_template(template)
    checked = check_reading(reading)
    if checked.errors and not draft:
        raise UserError(
            f"还有 {len(checked.errors)} 处错误没有改，不能出正式报告：\n"
            + "\n".join(f.as_text() for f in checked.errors),
            "改好以后再出；要先看样子，加 --draft 出征求意见稿。",
        )
    unsolved = [f for f in checked.findings if f.key not in checked.acknowledged]
    made = make_report(
        monitoring,
        rules_of(monitoring),
        template=template,
        draft=draft,
        pages=pages,
        findings=unsolved,
        annex=sources,
    )
    refuse_suffix(wanted, ".docx", "报告")
    target = free_name(wanted, keep=touched)
    notes = [*why_renamed(wanted, target)]
    save_atomically(target, made.data)
    if provenance_file:
        save_atomically(provenance_path(target), to_json(made.record).encode("utf-8"))
        notes.append(f"来历：{provenance_path(target)}（核对报告用，和报告放在一起）")
    if pdf:
        save_atomically(target.with_suffix(".pdf"), to_pdf(made.data))
        notes.append(f"PDF：{target.with_suffix('.pdf')}")
    if draft and checked.errors:
        return Made(target, tuple(notes), f"还有 {len(checked.errors)} 处错误，改好工作簿再出正式报告。")
    return Made(target, tuple(notes))


def touched(report: Path) -> bool:
    """这份报告是不是有人在 Word 里存过；不是本程序出的、读不出的，也算。"""
    from perfmon_xl.report.render import is_untouched

    try:
        return not is_untouched(read_package(report, ".docx"))
    except UserError:
        return True


def provenance_path(report: Path) -> Path:
    """报告旁边的来历文件：报告名.来源.json。"""
    return report.with_name(f"{report.stem}.来源.json")


def refuse_unreadable(reading: Reading) -> None:
    """错误值和没有算过的公式不能进报告：说出在哪几格。"""
    faults = [
        (record.place.at(field), fault)
        for record in reading.monitoring.records()
        for field, fault in record.place.faults.items()
        if fault.kind != "读不懂"
    ]
    if faults:
        listed = "\n".join(f"  {origin}：{fault.kind} {fault.text}" for origin, fault in faults[:20])
        raise UserError(
            f"有 {len(faults)} 个填写的单元格没有可用的值：\n{listed}",
            "请改掉错误值；公式没有算过的，在 Excel 里打开工作簿、保存，再出报告。",
        )
