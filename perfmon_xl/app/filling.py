"""Fill: carry Table 1 into 3 and 4, draft blank paragraphs, restore formulas."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from perfmon_xl.app.checking import check_reading, criticisms
from perfmon_xl.app.common import (
    Output,
    left_out,
    refuse_existing,
    refuse_gone,
    refuse_other_book,
    rules_of,
)
from perfmon_xl.domain.figures import Figures, figures_of
from perfmon_xl.domain.message import Message
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.domain.wording import CHECK_AGAIN, FILL_AGAIN
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.board import BOARD_INDICATORS, LEAST_ROWS
from perfmon_xl.workbook.computed import compute_book
from perfmon_xl.workbook.engines import PACKAGE, lost_by, open_book
from perfmon_xl.workbook.fill import Plan, added
from perfmon_xl.workbook.findings import levels
from perfmon_xl.workbook.port import Workbook
from perfmon_xl.workbook.read import Reading, read

NOTHING_TO_CHANGE = "没有要改的：该带的、该起草的、该算的，都已经是最新的。"


def fill_book(book: Workbook) -> tuple[str, ...]:
    """填充打开的工作簿；返回做了什么。做两遍和做一遍一样。"""
    return fill_and_read(book).notes


@dataclass(frozen=True, slots=True)
class FillResult:
    """填好的工作簿：做了什么，填好以后读到的，和它的数；changed：有没有改过一格。"""

    notes: tuple[str, ...]
    reading: Reading
    figures: Figures
    changed: bool = True


def fill_and_read(book: Workbook) -> FillResult:
    """填充打开的工作簿。"""
    from perfmon_xl.report.wording.phrases import drafts
    from perfmon_xl.workbook import fill
    from perfmon_xl.workbook.fill_carried import keyed, proposed
    from perfmon_xl.workbook.fill_computed import refreshed
    from perfmon_xl.workbook.fill_levels import levels_down

    notes: list[str] = []
    changed = False
    reading = read(book, kept=False)
    refuse_gone(reading, "没有填充，什么都没有改")
    notes += left_out(reading)
    figures: Figures | None = None

    def step(*plans: Plan) -> Figures:
        """一步：写进去，说做了什么，再读一遍；没有变的记录和数照用。几个计划写的格子各不相同。"""
        nonlocal reading, figures, changed
        for plan in plans:
            plan.apply(book)
            notes.extend(plan.notes)
        if not all(plan.empty for plan in plans):
            changed = True
            reading = read(book, reading, kept=False)
        figures = figures_of(reading.monitoring, rules_of(reading.monitoring), figures)
        return figures

    told = rules_of(reading.monitoring).recoloured
    notes += [told] if told else []
    step(levels_down(reading), keyed(reading))
    now = step(fill.carried(reading))
    now = step(proposed(reading, now))
    now = step(fill.drafted(reading, drafts(now)))
    now = step(_problems(reading, now))
    now = step(refreshed(reading, compute_book(now, levels(reading))))
    if BOARD_INDICATORS.name in reading.found:
        count = max(LEAST_ROWS, sum(record.is_named for record in reading.monitoring.compared))
        rows = len(reading.found[BOARD_INDICATORS.name].raw.rows)
        book.fold(BOARD_INDICATORS.name, [index >= count for index in range(rows)])
    return FillResult(tuple(notes), reading, now, changed)


def _problems(reading: Reading, figures: Figures) -> Plan:
    """问题与措施一条也没有写的，按检查和进度起草；还没有人改过的草稿照现在的重写，人写的不加也不改。

    实际完成值还一个都没有填的，不起草：等数填好，写的已经不对了。
    """
    from perfmon_xl.report.wording.problems import problem_drafts
    from perfmon_xl.workbook.fill_problems import redrafted

    monitoring = reading.monitoring
    own = [p for p in monitoring.problems if not p.state.strip()]  # with a state: of an earlier period
    drafted = [p.is_draft for p in own]
    if all(c.actual.is_blank for c in monitoring.compared) or (drafted and not any(drafted)):
        return Plan()
    found = criticisms(check_reading(reading).findings)
    drafts = problem_drafts(figures, found)
    if not monitoring.problems:
        return added(reading, layout.PROBLEMS, drafts, "起草")
    return redrafted(reading, drafts, more=all(drafted))


def fill(path: Path, out: Path | None = None, *, engine: str = PACKAGE) -> Output:
    """填充一个工作簿；没有 out 就地改，先写临时文件再改名。"""
    book = open_book(path, engine)
    refuse_other_book(path, out, engine)
    done = fill_and_read(book)
    if out is not None and out.resolve() != path.resolve():
        refuse_existing(out)
    target = out or path
    said = book.save(target)
    nothing = () if done.changed else (NOTHING_TO_CHANGE,)
    notes = (*done.notes, *nothing, *said, *lost_by(engine))
    return Output(target, notes, _next_step(done.figures, target))


def _next_step(now: Figures, path: Path) -> Message:
    """填到哪一步了，接着做什么。"""
    monitoring, again = now.monitoring, FILL_AGAIN(path=path)
    if not monitoring.compared:
        return "照“填报说明”填好表1，" + again + "，指标会带入表3、表4。"
    untracked = {name_key(a.name) for a in monitoring.adjusted if not a.is_tracked}
    blank = sum(
        c.actual.is_blank or c.stage.is_blank
        for c in monitoring.compared
        if name_key(c.name) not in untracked and not now.of(c).is_not_due
    )
    if blank:
        return (
            f"在“表4”填本阶段应完成值和实际完成值（还有 {blank} 个指标没有填全），"
            + again
            + "，草稿会照新的数重写，改过的段落不动。"
        )
    return "改好“指标分析”“问题与措施”里的草稿，" + CHECK_AGAIN(path=path)
