"""The whole batch: walk, hand out, remember, sum up. `run` is the Python interface; the command is a shell over it."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from perfmon_xl import app
from perfmon_xl.app.summarising import BOOK as SUMMARY
from perfmon_xl.app.summarising import summary_report
from perfmon_xl.batch.listing import NAME as LISTING
from perfmon_xl.batch.listing import write_listing
from perfmon_xl.batch.manifest import NAME as MANIFEST
from perfmon_xl.batch.manifest import Entry, Manifest, Outcomes, open_manifest
from perfmon_xl.batch.outcome import Outcome, Status
from perfmon_xl.batch.pools import probe, run_on_executor, run_processes
from perfmon_xl.batch.project import ProjectResult, Task, is_below
from perfmon_xl.batch.same_project import SameProject, copy_notes, same_projects, superseded
from perfmon_xl.batch.settings import Edition, Settings
from perfmon_xl.batch.walking import Item, linked_folders, refuse_mixing, walk
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.finding import Result, Severity
from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.wording import OR_NO_PDF
from perfmon_xl.system.files import remove_unfinished
from perfmon_xl.system.names import readable

CHUNK = 20
MOST_TOLD = 10  # workbooks with errors that are named; the listing has all of them
LIMIT = 120.0  # seconds for one workbook; a big one takes one or two
LIMIT_WITH_PDF = 300.0
_ANSWER = 120.0  # seconds for a machine of a cluster to say what it has


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """做到哪了：一共几个、看过几个、其中没有变所以没有重做的、没有做成的。"""

    whole: int
    seen: int = 0
    unchanged: int = 0
    failed: int = 0


class Mistake(NamedTuple):
    """一处错误：规则编号、在哪里、是什么。"""

    code: str
    place: str
    what: str


class ErrorBook(NamedTuple):
    """检查出错误的一个：路径、各处错误，先后照检查的次序。"""

    path: str
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """一批的结果。

    outcomes：每个工作簿的结果，先后照路径，可以反复遍历。failed、foreign：路径 → 原因；hints：路径 → 怎么办。
    vanished：以前做过、现在输入里没有了、做出的文件还在的。with_errors：检查出错误的有几个。
    doubled：同一个项目有几个文件、汇总里都加了的。error_books：检查出错误的，至多 MOST_TOLD 个。
    exchanged：这一次换成了另一种报告的路径 → 真的是正式报告换掉征求意见稿，假的反过来。
    """

    out: Path
    outcomes: Collection[Outcome]
    counts: Mapping[Status, int]
    unchanged: int
    with_errors: int
    failed: Mapping[str, str]
    foreign: Mapping[str, str]
    hints: Mapping[str, str]
    vanished: tuple[str, ...]
    notes: tuple[Wordable, ...] = ()
    doubled: tuple[SameProject, ...] = ()
    error_books: tuple[ErrorBook, ...] = ()
    exchanged: Mapping[str, bool] = field(default_factory=dict)


def run(
    folder: Path,
    out: Path,
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
    edition: Edition = Edition.AUTO,
    template: str = "monitoring_report",
    pdf: bool = False,
    forms: bool = False,
    name: str | None = None,
    chunk: int = CHUNK,
    limit: float | None = None,
    progress: Callable[[Tally], None] | None = None,
    same: Callable[[Sequence[SameProject]], bool] = lambda _: False,
) -> Batch:
    """一个文件夹里的全部监控工作簿：填充、检查、出报告，写到 out 下面同样的位置。

    jobs：本机用几个进程，不给的是处理器的个数。executor：用别的执行器（concurrent.futures 的接口），
    一次交 chunk 个；它在别的机器上的，那里要看得见这两个文件夹。limit：一个工作簿最多做几秒。
    same：同一个项目有几个文件的，汇总里只算最后一份（真），还是都算；有这样的才问。forms：每个项目再出一份官方的监控表。name：这一批的范围，写在汇总的题目里；不给的照各单位的名称。
    中断了再运行一遍，接着做；没有变的不重做。一个工作簿做不成，记下原因，别的照做。

    整批做不了的（文件夹不对、没有工作簿、输出文件夹里有别的东西或者别人正在写、模板或规则集不对、要 PDF 而没有
    LibreOffice）抛出 UserError，什么也没有做。
    """
    refuse_mixing(folder, out)
    if name is not None:
        app.refuse_name(name)
    settings = Settings(
        folder=folder.resolve(), out=out.resolve(), edition=edition, template=template, pdf=pdf, forms=forms
    )
    _refuse_impossible(settings)
    items = walk(settings.folder, settings.out, (SUMMARY, summary_report(name or ""), MANIFEST, LISTING))
    if not items:
        raise UserError(f"文件夹 {folder} 里没有工作簿。", "请核对文件夹；工作簿是 .xlsx 文件。")
    manifest = open_manifest(settings.out)
    try:
        remove_unfinished(settings.out)
        tasks = [_task(item, manifest.entries.get(item.path)) for item in items]
        seconds = limit or (LIMIT_WITH_PDF if pdf else LIMIT)
        if executor is None:
            results = run_processes(settings, tasks, jobs=_jobs(jobs, len(tasks)), limit=seconds)
        else:
            _refuse_other_machine(settings, executor)
            results = run_on_executor(settings, tasks, executor, chunk=chunk, limit=seconds)
        with closing(results):  # an interruption must reach the processes, too
            unchanged, exchanged = _remembered(results, manifest, len(items), progress)
        batch = replace(_summed(settings.out, items, manifest, unchanged), exchanged=exchanged)
        write_listing(settings.out, batch.outcomes)
        skipped = tuple(
            f"文件夹 {readable(folder)} 是链接，里面的没有看；要做的，把它指的文件夹另做一批。"
            for folder in linked_folders(settings.folder)
        )
        groups = same_projects(batch.outcomes)
        left_out = superseded(groups, _changed(settings.folder, items)) if groups and same(groups) else {}
        twice = () if left_out else tuple(group.what for group in groups)
        made = _summary(settings, batch.outcomes, name, left_out, twice)
        notes = (*skipped, *copy_notes(groups, left_out), *made)
        return replace(batch, notes=notes, doubled=() if left_out else groups)
    except BaseException:
        remove_unfinished(settings.out)
        raise
    finally:
        manifest.close()


def _jobs(wanted: int | None, tasks: int) -> int:
    """用几个进程：不比要做的多；Windows 一次最多等 61 个。"""
    most = 61 if sys.platform == "win32" else 256
    return max(1, min(wanted or os.cpu_count() or 1, tasks, most))


def _refuse_impossible(settings: Settings) -> None:
    """缺模板、规则集写错、没有 LibreOffice：现在就说，不是一个工作簿说一遍。"""
    assert settings.fingerprint
    if settings.pdf:
        from perfmon_xl.system.office_programs import find_office
        from perfmon_xl.system.writers import find_writers

        if find_office() is None and not find_writers():
            raise UserError(
                "没有找到 Word、WPS 或 LibreOffice，转不了 PDF。", "请安装其中一个" + OR_NO_PDF + "。"
            )


def _refuse_other_machine(settings: Settings, executor: Executor) -> None:
    try:
        fingerprint, folder, out = executor.submit(probe, settings).result(_ANSWER)
    except Exception:
        raise UserError(
            "干活的机器没有回答，或者装的程序不一样，没有做。",
            "请确认集群空着、各台机器装了同一个版本的 perfmon-xl，再运行一遍。",
        ) from None
    if fingerprint != settings.fingerprint:
        raise UserError(
            "干活的机器上，程序的版本、规则集或模板和这里的不一样，没有做。", "请在各台机器上装同一个版本。"
        )
    if not (folder and out):
        raise UserError(
            f"干活的机器上看不见 {settings.folder if not folder else settings.out}，没有做。",
            "请把两个文件夹放在各台机器都看得见、路径相同的共享位置。",
        )


def _task(item: Item, known: Entry | None) -> Task:
    """没有做成的，再试一次：原因可能已经没有了（文件正开着、磁盘满）。

    清单里记着的、这个文件做不出来的（清单被人改过），不照它做：重做一遍，也不去删它说的文件。
    """
    if known is None:
        return Task(item)
    trusted = {kind: name for kind, name in known.outputs.items() if item.names.get(kind) == name}
    same = known.status is not Status.FAILED and trusted == dict(known.outputs)
    return Task(item, known.key if same else "", trusted)


def _remembered(
    results: Iterator[ProjectResult],
    manifest: Manifest,
    whole: int,
    progress: Callable[[Tally], None] | None,
) -> tuple[int, dict[str, bool]]:
    """一个一个记进清单；返回没有变、没有重做的个数，和换成了另一种报告的。"""
    tally, exchanged = Tally(whole=whole), {}
    for result in results:
        if result.outcome is not None:
            before, made = manifest.entries.get(result.path), result.outcome
            if (
                before
                and "report" in before.outputs
                and "report" in made.outputs
                and before.draft != made.draft
            ):
                exchanged[result.path] = before.draft
            manifest.add(result.key, result.outcome)
        tally = replace(
            tally,
            seen=tally.seen + 1,
            unchanged=tally.unchanged + (result.outcome is None),
            failed=tally.failed + (manifest.entries[result.path].status is Status.FAILED),
        )
        if progress is not None:
            progress(tally)
    return tally.unchanged, exchanged


def _summed(out: Path, items: Sequence[Item], manifest: Manifest, unchanged: int) -> Batch:
    here = [item.path for item in items]
    known = set(here)
    vanished = tuple(
        path
        for path, entry in sorted(manifest.entries.items())
        if path not in known and any(is_below(out, name) for name in entry.outputs.values())
    )
    manifest.finish((*here, *vanished))
    entries = {path: manifest.entries[path] for path in here}
    outcomes = Outcomes(manifest, here)
    wrong = [path for path, entry in entries.items() if entry.errors]
    return Batch(
        out=out,
        outcomes=outcomes,
        error_books=tuple(map(_error_book, outcomes.some(wrong[:MOST_TOLD]))),
        counts=Counter(entry.status for entry in entries.values()),
        unchanged=unchanged,
        with_errors=sum(entry.errors for entry in entries.values()),
        failed={p: e.reason for p, e in entries.items() if e.status is Status.FAILED},
        foreign={p: e.reason for p, e in entries.items() if e.status is Status.FOREIGN},
        hints={p: e.hint for p, e in entries.items() if e.hint},
        vanished=vanished,
    )


def _error_book(outcome: Outcome) -> ErrorBook:
    return ErrorBook(
        outcome.path,
        tuple(
            Mistake(f["code"], f"{f['sheet']}!{f['cell']}" if f["sheet"] else "", f["message"])
            for f in outcome.findings
            if f["severity"] == Severity.ERROR.value and f["result"] == Result.FAIL.value
        ),
    )


def _changed(folder: Path, items: Sequence[Item]) -> Callable[[str], float]:
    """路径 → 文件什么时候改的；看不到的算最早。"""
    sources = {item.path: item.source for item in items}

    def when(path: str) -> float:
        try:
            return (folder / sources[path]).stat().st_mtime
        except (OSError, KeyError):
            return 0.0

    return when


def _summary(
    settings: Settings,
    outcomes: Collection[Outcome],
    name: str | None,
    left_out: Mapping[str, str],
    twice: Sequence[str],
) -> tuple[Wordable, ...]:
    """汇总工作簿和汇总报告；返回要告诉用户的话。页码与各份报告一样估算，要 PDF 的才用 LibreOffice 数。"""
    pages = "auto" if settings.pdf else "estimate"
    made = app.summarise(
        settings.out, outcomes, name=name, pages=pages, left_out=left_out, counted_twice=twice
    )
    names = "、".join(one.path.name for one in reversed(made))
    return (f"汇总：{names}", *(note for one in made for note in one.notes))
