"""The summary of a batch: one workbook and one Word report over all its projects."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from perfmon_xl.app.common import Output, why_renamed
from perfmon_xl.app.reporting import touched
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.outcome import Outcome
from perfmon_xl.domain.summary import RuleName, Summary
from perfmon_xl.domain.wording import AREA_NAME
from perfmon_xl.system.files import free_name, lock_of, refuse_links, save_atomically

BOOK, TITLE, REPORT = "汇总.xlsx", "绩效监控汇总", "报告.docx"
_LONGEST = 60


def summarise(
    out_folder: Path,
    outcomes: Collection[Outcome],
    *,
    name: str | None = None,
    pages: str = "estimate",
    left_out: Mapping[str, str] = MappingProxyType({}),
    counted_twice: Sequence[str] = (),
) -> tuple[Output, ...]:
    """在 out_folder 里写“汇总.xlsx”和“青禾县绩效监控汇总报告.docx”。name 是这一批的范围；不给的照各单位的名称，看不出的
    不写范围。上一次叫别的名称、没有人改过的汇总报告拿走，免得当成现在的。

    left_out：不加进去的 → 算的那一份，是同一个项目的。counted_twice：有几份、都加了的项目，各一句话。
    """
    from perfmon_xl.report.make_report import write_summary_report
    from perfmon_xl.workbook.build.summary.book import summary_places, write_summary

    if name is not None:
        refuse_name(name)
    summary = summary_of(outcomes, left_out, counted_twice)
    name = _fitting(summary.area) if name is None else name
    book = write_summary(summary, title=f"{name}{TITLE}")
    report = write_summary_report(summary, name=name, pages=pages, where=summary_places(summary))
    made = (
        _saved(out_folder / BOOK, book),
        _saved(out_folder / summary_report(name), report, keep=touched),
    )
    _remove_others(out_folder, made[1].path)
    return made


def _fitting(area: str) -> str:
    """从数据里看出来的范围；文件名里放不下的不要。"""
    try:
        refuse_name(area)
    except UserError:
        return ""
    return area


def _remove_others(folder: Path, kept: Path) -> None:
    """以前做的、叫别的名称的汇总报告：没有人改过、没有人开着的拿走。"""
    for path in folder.glob(f"*{TITLE}{REPORT}"):
        if path != kept and path.is_file() and lock_of(path) is None and not touched(path):
            with suppress(OSError):
                path.unlink()


def summary_report(name: str) -> str:
    """汇总报告的文件名。"""
    return f"{name}{TITLE}{REPORT}"


def refuse_name(name: str) -> None:
    """范围要能写进文件名。"""
    bad = next((c for c in name if c in '\\/:*?"<>|' or ord(c) < 0x20), "")
    if bad or not name.strip() or len(name) > _LONGEST:
        what = f"里有不能用在文件名里的“{bad}”" if bad else "是空的" if not name.strip() else "太长"
        raise UserError(f"范围“{name}”{what}。", AREA_NAME)


def summary_of(
    outcomes: Collection[Outcome],
    left_out: Mapping[str, str] = MappingProxyType({}),
    counted_twice: Sequence[str] = (),
) -> Summary:
    """一批结果加起来的数。"""
    from perfmon_xl.domain.summary import summarise as add_up
    from perfmon_xl.rules.registry import catalogue

    names = {code: RuleName(r.title, r.family) for code, r in catalogue().items()}
    return add_up(outcomes, names, left_out, counted_twice)


def _saved(wanted: Path, content: bytes, keep: Callable[[Path], bool] | None = None) -> Output:
    """写文件；同名的上次做的汇总换成新的，有人开着的、在 Word 里改过的，写到旁边。"""
    target = free_name(wanted, keep=keep)
    refuse_links(target, wanted.parent)
    save_atomically(target, content)
    return Output(target, why_renamed(wanted, target))
