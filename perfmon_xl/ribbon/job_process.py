"""The process of a long button: python -m perfmon_xl.ribbon.job_process KIND, what it is given as JSON in the first line.

Says a line of JSON a step, {"step": …}; at the end {"text": …, "warning": …, "show": […], "open": […]}, worded for Excel.
When its input ends, whoever started it wants it to stop, or is gone.
"""

from __future__ import annotations

import _thread
import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from perfmon_xl.domain.message import Message, Reader, worded

_OWN_LIMITS = ("batch",)  # a time for each workbook, in processes of its own
Step = Callable[[str], None]
JOBS: dict[str, Callable[[Mapping[str, str], Step], dict[str, Any]]] = {}


def job(run: Callable[[Mapping[str, str], Step], dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    JOBS[run.__name__] = run
    return run


@job
def batch(given: Mapping[str, str], step: Step) -> dict[str, Any]:
    """一个文件夹：填充、检查、出报告、汇总。"""
    from perfmon_xl import batch
    from perfmon_xl.batch.same_project import question
    from perfmon_xl.batch.summary_lines import summary_lines

    step("正在看文件夹里有什么…")
    made = batch.run(
        Path(given["folder"]), Path(given["out"]),
        progress=lambda tally: step(f"已做完 {tally.seen}/{tally.whole}…"),
        same=lambda _: given.get("same") == "latest",
    )  # fmt: skip
    text = Message.join("\n", summary_lines(made))
    told = {"text": text, "warning": bool(made.with_errors or made.failed), "show": [str(made.out)]}
    if made.doubled:
        told |= {"question": question(made.doubled), "again": {**given, "same": "latest"}}
    return told


@job
def pdf(given: Mapping[str, str], step: Step) -> dict[str, Any]:
    """打开着的工作簿的一份副本：正式报告和它的 PDF，写到 wanted。"""
    from perfmon_xl import app
    from perfmon_xl.workbook.engines import open_book
    from perfmon_xl.workbook.read import read

    step("正在出报告，转 PDF…")
    copy = Path(given["book"])
    try:
        made = app.report_of(read(open_book(copy)), Path(given["wanted"]), pdf=True)
    finally:
        copy.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            copy.parent.rmdir()
    text = Message.join("\n", [f"正式报告：{made.path}", *made.notes])
    return {"text": text, "show": [str(made.path.with_suffix(".pdf"))]}


@job
def new_many(given: Mapping[str, str], step: Step) -> dict[str, Any]:
    """一份导出的表里许多项目，一个项目一个工作簿。"""
    from perfmon_xl import app

    made = app.new(
        Path(given["out"]),
        Path(given["source"]),
        progress=lambda done, whole: step(f"已做完 {done}/{whole}…"),
    )
    text = Message.join("\n", [f"已新建 {made.path}。", *made.notes, "请照“填报说明”填写。"])
    return {"text": text, "open": [str(made.path)] if made.path.is_file() else []}


def main(kind: str) -> int:
    """做完、被停下、出错，都说成一行。"""
    from perfmon_xl.domain.errors import UserError
    from perfmon_xl.system import budget
    from perfmon_xl.system.faults import fault_message, log_fault

    given = json.loads(sys.stdin.readline())
    ending = threading.Event()
    threading.Thread(target=_watch, args=(ending,), daemon=True).start()
    try:
        with nullcontext() if kind in _OWN_LIMITS else budget.limited():
            told = JOBS[kind](given, lambda text: _say({"step": text}))
    except UserError as error:
        told = {"text": error.worded(Reader.EXCEL), "warning": True}
    except KeyboardInterrupt:
        return 130
    except Exception:
        told = {"text": fault_message(log_fault(f"addin job {kind}")), "warning": True}
    ending.set()
    _say({**told, "text": worded(told["text"], Reader.EXCEL)})
    return 0


def _watch(ending: threading.Event) -> None:
    with contextlib.suppress(OSError, ValueError):
        while os.read(0, 4096):
            pass
    if not ending.is_set():
        _thread.interrupt_main()


def _say(told: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        print(json.dumps(told, ensure_ascii=True), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
