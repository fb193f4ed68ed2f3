"""A report held against its workbook: what was edited, is missing, is out of date, has no source."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from perfmon_xl.app.common import Output, refuse_existing, refuse_gone, refuse_suffix, rules_of
from perfmon_xl.app.importing import only_project
from perfmon_xl.app.reporting import provenance_path
from perfmon_xl.audit.charts import chart_differences, charts_in
from perfmon_xl.audit.difference import Difference, DifferenceKind
from perfmon_xl.audit.judge import Audit
from perfmon_xl.audit.page import Page
from perfmon_xl.audit.summary import is_summary, summary_values
from perfmon_xl.audit.without_record import compare_report
from perfmon_xl.audit.workbook_values import current_points, current_values, is_unchanged, recorded_values
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.fingerprint import fingerprint
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.text_keys import text_key
from perfmon_xl.domain.wording import COMMENTED_NAME, REPORT_ALONE
from perfmon_xl.importing.foreign import read_foreign
from perfmon_xl.report.tracing.provenance import Record, from_json, record_in
from perfmon_xl.system.files import free_name, read_package, read_text, save_atomically
from perfmon_xl.system.names import file_name_that_fits
from perfmon_xl.workbook.build.summary.places import SummaryBook
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read


@dataclass(frozen=True, slots=True)
class AuditResult:
    """核对的结果：各处不同、核对了几个值、工作簿后来改过没有。

    recorded：报告带着来历记录；没有的，reworded 是说法不同、数都一样的段落有几段。
    """

    report: str
    book: str
    rule_set: str
    looked: int
    differences: tuple[Difference, ...]
    book_changed: bool
    recorded: bool = True
    reworded: int = 0

    @property
    def verdict(self) -> str:
        """一句话：几个值，几处不同。"""
        changed = "；工作簿在出报告以后改过" if self.book_changed else ""
        how = ""
        if not self.recorded:
            how = "。报告没有来历记录，按读出来的内容比，读不出的没有比"
        if self.reworded:
            how += f"；有 {self.reworded} 段文字说法不同、数都一样，没有列出"
        if not self.differences:
            return f"报告与工作簿一致：核对了 {self.looked} 个值{changed}{how}。"
        counts = "，".join(f"{kind.title} {n} 处" for kind, n in self._counts().items())
        return f"核对了 {self.looked} 个值，有 {len(self.differences)} 处不同：{counts}{changed}{how}。"

    def _counts(self) -> Mapping[DifferenceKind, int]:
        found = {kind: sum(d.kind is kind for d in self.differences) for kind in DifferenceKind}
        return {kind: n for kind, n in found.items() if n}

    def as_data(self) -> dict[str, Any]:
        """JSON 的样子：report、book、rule_set、summary、findings。"""
        return {
            "report": self.report,
            "book": self.book,
            "rule_set": self.rule_set,
            "summary": {
                "verdict": self.verdict,
                "values": self.looked,
                "differences": len(self.differences),
                "book_changed": self.book_changed,
                "recorded": self.recorded,
                "reworded": self.reworded,
                **{kind.name.lower(): n for kind, n in self._counts().items()},
            },
            "findings": [d.as_data() for d in self.differences],
        }


def audit(report: Path, book: Path) -> AuditResult:
    """拿一份报告同工作簿核对；两个文件都不改。"""
    data = read_package(report, ".docx")
    record = record_in(data) or _reports_beside(report)
    opened = PackageBook.open(book)
    if record is None:
        return _unrecorded(data, report, book, opened)
    if is_summary(record) != SummaryBook.is_one(opened):
        kinds = ("汇总报告", "一个项目的") if is_summary(record) else ("一个项目的报告", "汇总")
        raise UserError(
            f"{report.name} 是{kinds[0]}，{book.name} 是{kinds[1]}工作簿，对不上。",
            "汇总报告同“汇总.xlsx”核对，项目的报告同那个项目的工作簿核对。",
        )
    if is_summary(record):
        return _summary(data, record, report, book, SummaryBook(opened))
    monitoring = _whole(opened)
    differences = compared(data, record, monitoring, rules_of(monitoring))
    changed = fingerprint(monitoring) != record.made.entries
    return _audited(report, book, record, differences, changed)


def _whole(book: PackageBook) -> Monitoring:
    """工作簿的记录；少了表格、栏目的不核对，否则处处都像是对不上。"""
    reading = read(book)
    refuse_gone(reading, "没有核对")
    return reading.monitoring


def _audited(
    report: Path, book: Path, record: Record, differences: tuple[Difference, ...], changed: bool
) -> AuditResult:
    looked = len(record.values) + len(record.points)
    return AuditResult(report.name, book.name, record.made.rule_set, looked, differences, changed)


def _unrecorded(data: bytes, report: Path, path: Path, book: PackageBook) -> AuditResult:
    """没有来历记录的报告（别处来的、手写的、转换时丢了记录的）：读成记录，再同工作簿比。"""
    if SummaryBook.is_one(book):
        raise UserError(
            f"{report.name} 里没有来历记录，没法同汇总工作簿核对。",
            "请用本程序出的汇总报告；项目的报告同那个项目的工作簿核对。",
        )
    monitoring = _whole(book)
    rules = rules_of(monitoring)
    told = only_project(read_foreign(data, report.name, ".docx"), report.name).monitoring
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        report_comparison = compare_report(told, monitoring, rules, Page(package).paragraphs)
    if not report_comparison.looked:
        raise UserError(
            f"{report.name} 里没有来历记录，也没有读出能同工作簿比的内容。",
            "请核对是不是绩效运行监控报告" + REPORT_ALONE + "。",
        )
    return AuditResult(
        report.name, path.name, rules.name, report_comparison.looked, tuple(report_comparison.differences), False, recorded=False,
        reworded=report_comparison.reworded,
    )  # fmt: skip


def _summary(data: bytes, record: Record, report: Path, path: Path, book: SummaryBook) -> AuditResult:
    """汇总报告同汇总工作簿比。"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        page = Page(package)
        drawn = charts_in(package, page)
    now = summary_values(record, book)
    points = {point.source.identity: point for point in record.points}
    changed = any(
        text_key(current_value.text) != text_key(value.text)
        for value in record.values
        if (current_value := now.get(value.source.identity)) is not None
    )
    differences = (
        *Audit(record, page.paragraphs, now).differences(),
        *chart_differences(record.points, drawn, points, page.paragraphs),
    )
    return _audited(report, path, record, differences, changed)


def compared(data: bytes, record: Record, monitoring: Monitoring, rules: RuleSet) -> tuple[Difference, ...]:
    """报告的字节，同它的来历、同工作簿现在的内容比。"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        page = Page(package)
        drawn = charts_in(package, page)
    same = is_unchanged(record, monitoring, rules)
    figures = figures_of(monitoring, rules)
    now = recorded_values(record) if same else current_values(figures, draft=record.made.draft)
    points = {p.source.identity: p for p in record.points} if same else current_points(figures)
    return (
        *Audit(record, page.paragraphs, now).differences(),
        *chart_differences(record.points, drawn, points, page.paragraphs),
    )


def write_comments(report: Path, audited: AuditResult, out: Path | None = None) -> Output:
    """另出一份报告，每处不同一条 Word 批注；原来的报告不动。"""
    from perfmon_xl.audit.comments import with_comments

    target = out or report.with_name(file_name_that_fits(report.stem, "-核对.docx"))
    refuse_suffix(target, ".docx", "报告")
    if target.resolve() == report.resolve():
        raise UserError("带批注的报告不能盖掉原来的报告。", COMMENTED_NAME)
    if out is not None:
        refuse_existing(target)
    target = free_name(target)
    data, missed = with_comments(read_package(report, ".docx"), audited.differences, datetime.now(UTC))
    save_atomically(target, data)
    return Output(target, (f"有 {missed} 处不在正文里，没有加批注，见上面。",) if missed else ())


def _reports_beside(report: Path) -> Record | None:
    try:
        return from_json(read_text(provenance_path(report)))
    except (UserError, ValueError, RecursionError):
        return None
