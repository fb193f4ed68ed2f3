"""The summary of a batch: one workbook and one Word report over all its projects."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from perfmon_xl.app.common import Made
from perfmon_xl.domain.outcome import Outcome
from perfmon_xl.domain.summary import RuleName, Summary
from perfmon_xl.files import free_name, save_atomically

BOOK = "汇总.xlsx"


def summarise(out_folder: Path, outcomes: Collection[Outcome], *, name: str = "全区") -> tuple[Made, ...]:
    """在 out_folder 里写“汇总.xlsx”。name 是这一批的范围，如“全区”“青云谱区”。"""
    from perfmon_xl.workbook.summary import write_summary

    book = write_summary(summary_of(outcomes), title=f"{name}绩效监控汇总")
    return (_saved(out_folder / BOOK, book),)


def summary_of(outcomes: Collection[Outcome]) -> Summary:
    """一批结果加起来的数。"""
    from perfmon_xl.domain.summary import summarise as add_up
    from perfmon_xl.rules.registry import catalogue

    return add_up(outcomes, {code: RuleName(r.title, r.family) for code, r in catalogue().items()})


def _saved(wanted: Path, content: bytes) -> Made:
    """写文件；同名的上次做的汇总换成新的，有人开着就写到旁边。"""
    target = free_name(wanted)
    save_atomically(target, content)
    return Made(target, () if target == wanted else (f"{wanted.name} 正开着，这次写到 {target.name}。",))
