"""The actions of api.py as calls of the use cases; runs in the worker's process. One function an action."""

from __future__ import annotations

import shutil
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.message import Message, Reader
from perfmon_xl.domain.wording import CHECK_AGAIN, DRAFT
from perfmon_xl.service.job_result import ActionResult, audited_alone_data, audited_data, checked_data

Tell = Callable[[str], None]
_LETS_GO = 2.0  # seconds after which WPS has taken its lock file away


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTask:
    """一件事的全部材料。copy：是收下的一份，不是原文件；room：做出来没有地方放的，放这里。"""

    book: Path
    report: Path
    source: Path
    books: tuple[tuple[str, Path], ...]
    options: Mapping[str, Any]
    room: Path
    backups: Path
    copy: bool
    reader: Reader
    tell: Tell


Run = Callable[[ActionTask], ActionResult]
RUNS: dict[str, Run] = {}


def action(run: Run) -> Run:
    """名字就是 api.py 里的那一件。"""
    RUNS[run.__name__] = run
    return run


def perform(asked: Mapping[str, Any], reader: Reader, tell: Tell) -> ActionResult:
    """做一件事。做不成是用户能改的，抛出 UserError。"""
    given = asked["files"]
    task = ActionTask(
        book=Path(given.get("book") or ""),
        report=Path(given.get("report") or ""),
        source=Path(given.get("source") or ""),
        books=tuple((folder, Path(path)) for folder, path in given.get("books") or ()),
        options=asked["options"],
        room=Path(asked["room"]),
        backups=Path(asked["backups"]),
        copy=asked["copy"],
        reader=reader,
        tell=tell,
    )
    return RUNS[asked["action"]](task)


@action
def new(task: ActionTask) -> ActionResult:
    from perfmon_xl import app

    task.tell("正在新建工作簿")
    source = task.source if task.source.name else None
    out = task.room / (f"{source.stem}.xlsx" if source else "绩效运行监控.xlsx")
    if source is not None and app.is_export(source):
        many = len(app.understand(source).projects) > 1
        out = task.room / source.stem if many else out
    made = app.new(out, source)
    path = _zipped(made.path) if made.path.is_dir() else made.path
    # The places of copies are nobody's business.
    notes = [note for note in made.notes if str(task.room) not in str(note)]
    return ActionResult(
        verdict="工作簿做好了。", notes=notes, files=[path], next_step="下载以后打开，照“填报说明”填写。"
    )


@action
def rollover(task: ActionTask) -> ActionResult:
    from perfmon_xl import app
    from perfmon_xl.domain.rollover import Period
    from perfmon_xl.workbook.file.book import PackageBook
    from perfmon_xl.workbook.read import read

    task.tell("正在做下一期的工作簿")
    period = str(task.options.get("period") or "")
    reading = read(PackageBook.open(task.book), kept=False)
    name = f"{task.book.stem}-{Period.parse(period)}.xlsx"
    made = app.next_period(reading, (task.room if task.copy else task.book.parent) / name, period)
    return ActionResult(
        verdict=f"下一期的工作簿做好了：{made.path.name}。原来的没有动。", notes=made.notes, files=[made.path]
    )


@action
def fill(task: ActionTask) -> ActionResult:
    from perfmon_xl import app

    task.tell("正在填充")
    with _backed_up(task, "填充"):
        made = app.fill(task.book)
    return ActionResult(
        verdict="已填充。" if made.notes else "都填好了，没有要填充的。",
        notes=made.notes,
        files=[made.path],
        changed=True,
        next_step=made.next_step,
    )


@action
def check(task: ActionTask) -> ActionResult:
    from perfmon_xl import app

    task.tell("正在检查")
    checked = app.check(task.book)
    return _checked(task, checked)


@action
def mark(task: ActionTask) -> ActionResult:
    """检查，写进“检查结果”表。"""
    from perfmon_xl import app

    task.tell("正在检查，写进“检查结果”表")
    with _backed_up(task, "检查"):
        checked, made = app.check_and_write(task.book)
    done = _checked(task, checked)
    return ActionResult(
        verdict=done.verdict, notes=("问题写进了“检查结果”表，单元格上有颜色和批注。", *made.notes),
        files=[made.path], changed=True, good=done.good, next_step=done.next_step, data=done.data,
    )  # fmt: skip


def _checked(task: ActionTask, checked: Any) -> ActionResult:
    if checked.errors:
        step = "照下面的事项改好工作簿，" + CHECK_AGAIN(path=task.book) + "。"
    elif checked.open_warnings:
        step = Message.of("警告改掉，或在“检查结果”表的“处理意见”里写明理由；然后出报告。")
    else:
        step = Message.of("可以出报告了。")
    return ActionResult(
        verdict=checked.verdict,
        good=not checked.errors,
        next_step=step,
        data=checked_data(checked, task.book.name, task.reader),
    )


@action
def clear(task: ActionTask) -> ActionResult:
    from perfmon_xl import app
    from perfmon_xl.workbook.file.book import PackageBook
    from perfmon_xl.workbook.read import read

    task.tell("正在去掉记号")
    book = PackageBook.open(task.book)
    read(book)  # refuses a workbook that is not ours
    app.clear_marks(book)
    with _backed_up(task, "清除标记"):
        book.save(task.book)
    return ActionResult(
        verdict="检查做的颜色和批注已去掉，您自己的没有动。“检查结果”表还在。",
        files=[task.book],
        changed=True,
    )


@action
def undo(task: ActionTask) -> ActionResult:
    from perfmon_xl.service.backups import take_back

    task.tell("正在撤销")
    what = take_back(task.backups, task.book)
    return ActionResult(verdict=f"已撤销“{what}”，工作簿是那以前的样子。", files=[task.book], changed=True)


@action
def next(task: ActionTask) -> ActionResult:
    from perfmon_xl.workbook.open_findings import next_open

    rows = _rule_list(task)
    place = next_open(rows, _here(task))
    if place is None:
        return ActionResult(
            verdict="没有要处理的问题。" if rows else "“检查结果”表是空的。先点“检查”。", good=bool(rows)
        )
    return ActionResult(
        verdict=str(place), data={"place": {"sheet": place.cell.sheet, "cell": place.cell.a1}}
    )


@action
def rule(task: ActionTask) -> ActionResult:
    from perfmon_xl.workbook.open_findings import findings_at

    listed_findings = findings_at(_rule_list(task), _here(task))
    if not listed_findings:
        raise UserError(
            "选中的地方没有检查出来的问题。", "请在“检查结果”表里选中一条问题，或选中有记号的单元格。"
        )
    codes = list(dict.fromkeys(listed_finding.code for listed_finding in listed_findings))
    return ActionResult(verdict="、".join(codes), data={"codes": codes})


def _rule_list(task: ActionTask) -> Any:
    from perfmon_xl.workbook.file.book import PackageBook
    from perfmon_xl.workbook.open_findings import open_findings
    from perfmon_xl.workbook.read import read

    return open_findings(read(PackageBook.open(task.book)))


def _here(task: ActionTask) -> Any:
    from perfmon_xl.domain.origin import CellPlace
    from perfmon_xl.workbook.port import CellRef

    place = CellPlace.at(str(task.options.get("sheet") or ""), str(task.options.get("cell") or ""))
    return CellRef.of(place) if place.is_cell else None


@action
def report(task: ActionTask) -> ActionResult:
    from perfmon_xl import app

    draft, pdf = bool(task.options.get("draft")), bool(task.options.get("pdf"))
    if not draft and task.reader is Reader.PAGE:
        task.tell("正在检查")
        checked = app.check(task.book)
        if checked.errors:  # shown as a check shows them, with their addresses
            action_result = _checked(task, checked)
            wanted = "照下面的事项改好，再点“正式报告”；要先看样子，" + DRAFT + "。"
            return ActionResult(
                verdict=action_result.verdict, good=False, next_step=wanted, data=action_result.data
            )
    task.tell("正在出报告，转 PDF 要几秒" if pdf else "正在出报告")
    made = app.report(task.book, draft=draft, pdf=pdf, provenance_file=not task.copy)
    files = [made.path.with_suffix(".pdf"), made.path] if pdf else [made.path]
    kind = "草稿（征求意见稿）" if draft else "正式报告"
    notes = [note for note in made.notes if not str(note).startswith(("来历：", "PDF："))]
    step = made.next_step or "在 Word 或 WPS 里改好报告；报出以前，同工作簿核对一遍。"
    return ActionResult(verdict=f"{kind}做好了：{made.path.name}", notes=notes, files=files, next_step=step)


@action
def form(task: ActionTask) -> ActionResult:
    from perfmon_xl import app

    task.tell("正在出监控表")
    made = app.form(task.book)
    return ActionResult(verdict=f"官方监控表做好了：{made.path.name}", notes=made.notes, files=[made.path])


@action
def audit(task: ActionTask) -> ActionResult:
    from perfmon_xl import app

    if not task.book.name:
        task.tell("正在检查报告")
        alone = app.audit_alone(task.report)
        notes = [f"没有读懂、没有检查的：{one}" for one in alone.unread]
        data = audited_alone_data(alone, task.report.name, task.reader)
        return ActionResult(verdict=alone.verdict, notes=notes, good=not alone.errors, data=data)
    task.tell("正在核对")
    audited = app.audit(task.report, task.book)
    data = audited_data(audited)
    if not audited.differences:
        return ActionResult(verdict=audited.verdict, data=data)
    made = app.write_comments(task.report, audited)
    return ActionResult(
        verdict=audited.verdict,
        notes=("每处不同在另一份报告里加了一条批注，原来的报告没有动。", *made.notes),
        files=[made.path],
        good=False,
        data=data,
    )


@action
def batch(task: ActionTask) -> ActionResult:
    from perfmon_xl import batch as engine
    from perfmon_xl.batch.same_project import question
    from perfmon_xl.batch.summary_lines import summary_lines

    task.tell("正在看有几个工作簿")
    folder, out = _gathered(task)
    made = engine.run(
        folder,
        out,
        jobs=1,
        progress=lambda tally: task.tell(f"已做完 {tally.seen}/{tally.whole}"),
        same=lambda _: task.options.get("same") == "latest",
    )
    asked = question(made.doubled) if made.doubled and not task.options.get("same") else ""
    choices = [
        {"label": "只算最后一份，重做汇总", "options": {"same": "latest"}},
        {"label": "都算", "options": {}},
    ]
    data = {"question": {"text": asked, "action": "batch", "choices": choices}} if asked else {}
    if not task.copy:
        return ActionResult(
            verdict=f"做完了，结果在 {out}", notes=summary_lines(made), files=[out / "汇总.xlsx"], data=data
        )
    notes = [line for line in summary_lines(made) if str(task.room) not in str(line)]
    told = f"{len(made.outcomes)} 个文件做完了，结果在一个压缩包里。"
    return ActionResult(
        verdict=told, notes=notes, files=[_zipped(out)], good=not (made.failed or made.with_errors), data=data
    )


def _gathered(task: ActionTask) -> tuple[Path, Path]:
    """输入文件夹和输出文件夹。收下的各份照原来的文件夹摆好；同名的加上（2）。"""
    if not task.copy:
        folder = task.books[0][1]
        return folder, folder.with_name(f"{folder.name}-绩效监控结果")
    folder = task.room / "工作簿"
    for place, path in task.books:
        target = folder / place / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        number = 1
        while target.exists():
            number += 1
            target = target.with_name(f"{path.stem}（{number}）{path.suffix}")
        shutil.copyfile(path, target)
    return folder, task.room / "绩效监控结果"


def _zipped(folder: Path) -> Path:
    """一个文件夹做成旁边的压缩包。"""
    made = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(made, "x", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                package.write(path, path.relative_to(folder).as_posix())
    return made


@action
def doctor(task: ActionTask) -> ActionResult:
    """这台电脑上出报告、WPS 加载项的情况。"""
    from perfmon_xl.app.diagnosing import service_doctor
    from perfmon_xl.app.diagnosis import CheckState
    from perfmon_xl.app.wps_diagnosing import doctor_wps

    diagnoses = doctor_wps() if task.reader is Reader.WPS else service_doctor()
    rest = [diagnosis for diagnosis in diagnoses if diagnosis.state is not CheckState.GOOD]
    return ActionResult(
        verdict=f"有 {len(rest)} 项要留意。" if rest else "没有发现问题。",
        notes=[
            diagnosis.as_message()
            for diagnosis in (*rest, *(o for o in diagnoses if o.state is CheckState.GOOD))
        ],
        good=not rest,
    )


def _backed_up(task: ActionTask, what: str) -> Any:
    """写之前：WPS 刚关掉的，等它放开；留一份，好撤销。"""
    from perfmon_xl.service.backups import backed_up
    from perfmon_xl.system.locks import lock_of

    until = time.monotonic() + (_LETS_GO if task.reader is Reader.WPS else 0)
    while lock_of(task.book) is not None and time.monotonic() < until:
        time.sleep(0.05)
    return backed_up(task.backups, task.book, what)
