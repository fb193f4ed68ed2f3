"""The official form of a workbook, as a file to print and to file."""

from __future__ import annotations

from pathlib import Path

from perfmon_xl.app.common import Output, left_out, refuse_gone, refuse_suffix, rules_of, why_renamed
from perfmon_xl.app.reporting import refuse_unreadable
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.wording import MONTHS, OR_MONTH
from perfmon_xl.ooxml.safety import properties_of
from perfmon_xl.system.files import free_name, save_atomically
from perfmon_xl.system.names import file_name_that_fits
from perfmon_xl.workbook.engines import PACKAGE, open_book
from perfmon_xl.workbook.read import Reading, read


def form(
    path: Path,
    out: Path | None = None,
    *,
    month: int | None = None,
    local: bool = False,
    engine: str = PACKAGE,
) -> Output:
    """出《项目支出绩效目标执行监控表》；month 不给就取监控截止日期的月份。"""
    wanted = out or path.with_name(file_name_that_fits(path.stem, "-绩效目标执行监控表.xlsx"))
    if wanted.resolve() == path.resolve():
        raise UserError(f"{wanted.name} 就是填报的工作簿，没有覆盖。", "请换一个文件名。")
    return form_of(read(open_book(path, engine)), wanted, month=month, local=local)


def form_of(reading: Reading, wanted: Path, *, month: int | None = None, local: bool = False) -> Output:
    """照读出来的内容出监控表，写到 wanted；它正开着的，写到下一个可用的名字。"""
    content, notes = form_content(reading, month=month, local=local)
    refuse_suffix(wanted, ".xlsx", "监控表")
    target = free_name(wanted, keep=lambda path: properties_of(path.read_bytes()) != properties_of(content))
    save_atomically(target, content)
    return Output(target, (*why_renamed(wanted, target), *notes))


def form_content(
    reading: Reading, *, month: int | None = None, local: bool = False
) -> tuple[bytes, tuple[str, ...]]:
    """监控表的文件内容，和要告诉用户的话。"""
    from perfmon_xl.domain import official_form
    from perfmon_xl.workbook.build.official_form import write_form

    refuse_gone(reading, "没有出监控表")
    refuse_unreadable(reading)
    monitoring = reading.monitoring
    cutoff, figures = monitoring.project.cutoff, figures_of(monitoring, rules_of(monitoring))
    if month is None and cutoff is None:
        raise UserError(
            f"{monitoring.project.place.at('cutoff')} 空着，不知道是几月的监控表。",
            "请填监控截止日期" + OR_MONTH + "。",
        )
    if month is not None and not 1 <= month <= 12:
        raise UserError(f"没有 {month} 月。", MONTHS)
    chosen = month or (cutoff.month if cutoff else 0)
    content = write_form(official_form.compose(figures, chosen), local=local)
    notes = [*left_out(reading)]
    if cutoff is not None and chosen != cutoff.month:
        notes.append(
            f"表头写的是 1-{chosen} 月，数据却截至 {cutoff.year}年{cutoff.month}月{cutoff.day}日，请核对。"
        )
    return content, (*notes, *official_form.remarks(figures))
