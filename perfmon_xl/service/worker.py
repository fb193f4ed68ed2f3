"""The process that does the work: one line of JSON in, lines of JSON out. Ended when a job is cancelled, or nothing comes.

Apart from the service, so that a cancelled job stops at once, a crash harms nobody, and the memory is given back.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import threading
import time
from types import FrameType
from typing import Any, TextIO

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.message import Message, Reader, worded

_FAREWELL = 3.0  # seconds


def main() -> int:
    """照一行一行的话做，做到没有下一行。"""
    # What the program prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    _prepare()
    while True:
        _answer(json.loads(asked.get()), answers)


def _listen(asked: queue.Queue[str]) -> None:
    """服务没了（管子断了），这个进程也不留：先收拾，收拾不完的不等。"""
    with os.fdopen(0, encoding="utf-8", closefd=False) as lines:
        for line in lines:
            asked.put(line)
    signal.raise_signal(signal.SIGTERM)
    time.sleep(_FAREWELL)
    os._exit(1)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(1)  # through every “finally”: no half file, no LibreOffice left behind


def _prepare() -> None:
    """头一件事不用等：规则先读好。"""
    from perfmon_xl.app import checking, filling  # noqa: F401 - read before anybody waits
    from perfmon_xl.rules.registry import catalogue

    catalogue()


def _answer(asked: dict[str, Any], answers: TextIO) -> None:
    from perfmon_xl.service.actions import perform
    from perfmon_xl.system import budget

    reader = Reader(asked["reader"])

    def tell(told: dict[str, Any]) -> None:
        answers.write(json.dumps(told, ensure_ascii=True) + "\n")
        answers.flush()

    try:
        # A batch has processes of its own with limits of their own; its summary may hold ten thousand projects.
        with contextlib.nullcontext() if asked["action"] == "batch" else budget.limited():
            done = perform(asked, reader, lambda step: tell({"step": step}))
        tell({"done": done.as_data(reader)})
    except UserError as error:
        fact, remedy = Message.of(error.fact), Message.of(error.remedy)
        tell({"refused": {"message": worded(fact, reader), "hint": worded(remedy, reader)}})
    except Exception:
        from perfmon_xl.system.faults import log_fault

        log = log_fault(f"service {asked['action']}")
        tell(
            {
                "failed": {
                    "message": "程序出了错，文件没有改动。",
                    "hint": f"详情在 {log}，请把它发给维护人员。",
                }
            }
        )


if __name__ == "__main__":
    raise SystemExit(main())
