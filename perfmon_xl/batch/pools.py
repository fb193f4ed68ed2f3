"""Who does the work: processes of this machine, replaced when one dies or hangs; or any Executor that is handed in."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import replace
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for

from perfmon_xl.batch.cluster import lost
from perfmon_xl.batch.project import ProjectResult, Task, failed, fault_reason, process, process_chunk
from perfmon_xl.batch.settings import Settings
from perfmon_xl.system import budget

LOST = "同集群的连接断了（调度器停了，或者网络不通），没有做。"
AGAIN = "请确认 dask scheduler 和 dask worker 都开着，再运行同一条命令，接着做没有做的。"
CRASHED = "处理它的进程意外退出了（多半是内存不够）。"
_START = 120.0  # seconds for a process to start on a very busy machine
_TICK = 0.5  # seconds: how soon Ctrl-C is heard where waiting cannot be interrupted
_IN_FLIGHT = 256  # chunks handed to a foreign executor at once: a scheduler chokes on a million tasks


def timeout_reason(limit: float) -> str:
    return f"{limit:g} 秒还没有做完，已停下。"


def run_processes(
    settings: Settings, tasks: Sequence[Task], *, jobs: int, limit: float
) -> Generator[ProjectResult, None, None]:
    """本机的几个进程。有一个进程死了或卡住，换一批进程；当时在做的，再一个一个单独做，找出是哪一个。"""
    waiting = deque(tasks)
    while waiting:
        broken = yield from _round(settings, waiting, jobs=jobs, window=jobs + 1, limit=limit)
        doubtful = deque(task for task, _ in broken)
        while doubtful:
            for task, why in (yield from _round(settings, doubtful, jobs=1, window=1, limit=limit)):
                yield ProjectResult(task.item.path, "", failed(task.item.path, why))


def _round(
    settings: Settings, waiting: deque[Task], *, jobs: int, window: int, limit: float
) -> Generator[ProjectResult, None, list[tuple[Task, str]]]:
    """用一批进程做下去，直到做完，或者坏了：返回坏的时候手上的几个和原因，没有做的还在 waiting 里。"""
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_prepare, initargs=(settings,))
    running: dict[Future[ProjectResult], tuple[Task, float]] = {}
    sound = False
    try:
        with _sigint_blocked():
            first = pool.submit(os.getpid)
        wait([first], timeout=_START)  # the clock of a workbook starts when a process is up
        while waiting or running:
            try:
                while waiting and len(running) < window:
                    with _sigint_blocked():
                        future = pool.submit(process, settings, waiting[0])
                    running[future] = (waiting[0], time.monotonic())
                    waiting.popleft()
            except BrokenExecutor:
                return [(task, CRASHED) for task, _ in running.values()]
            finished, _ = wait(running, timeout=_TICK, return_when=FIRST_COMPLETED)
            broken = False
            for future in finished:
                if isinstance(future.exception(), BrokenExecutor):
                    broken = True
                else:
                    task, _ = running.pop(future)
                    yield _result(future, task)
            if broken:
                return [(task, CRASHED) for task, _ in running.values()]
            if not finished and time.monotonic() - min(at for _, at in running.values()) > limit:
                return [(task, timeout_reason(limit)) for task, _ in running.values()]
        sound = True
        return []
    finally:
        if not sound:
            _kill(pool)
        pool.shutdown(wait=True, cancel_futures=True)


def _result(future: Future[ProjectResult], task: Task) -> ProjectResult:
    error = future.exception()
    if error is None:
        return future.result()
    path = task.item.path
    return ProjectResult(path, "", failed(path, fault_reason(path, error)))


def _kill(pool: ProcessPoolExecutor) -> None:
    """卡住的进程不听招呼，只能强行结束；没有公开的办法（3.14 才有 kill_workers）。"""
    for process_ in list((getattr(pool, "_processes", None) or {}).values()):
        with contextlib.suppress(OSError, ValueError):
            process_.kill()


@contextlib.contextmanager
def _sigint_blocked() -> Iterator[None]:
    """这时候生出来的进程听不到 Ctrl-C：它还没有来得及说“不理”，就会带着一长串出错信息退出。主进程过后照样收到。

    没有 pthread_sigmask 的系统（Windows）做不到。
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare(settings: Settings) -> None:
    """一个进程开工前：不理 Ctrl-C（由主进程收场），主进程没了就退出，先编好模板、读好规则。"""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    budget.switch_on()  # each workbook has the time and the memory that it has alone
    with contextlib.suppress(Exception):
        warm(settings)


def _exit_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def warm(settings: Settings) -> None:
    """先编好模板、读好规则：第一个工作簿不比别的慢。"""
    from perfmon_xl.report.make_report import prepare_template
    from perfmon_xl.rules.registry import catalogue

    catalogue()
    prepare_template(settings.template)


# --- 别人给的执行器 ----------------------------------------------------------------------------------


def probe(settings: Settings) -> tuple[str, bool, bool]:
    """在干活的机器上看一看：版本、规则集、模板是不是一样，两个文件夹看不看得见。"""
    return settings.fingerprint, settings.folder.is_dir(), settings.out.is_dir()


def run_on_executor(
    settings: Settings, tasks: Sequence[Task], executor: Executor, *, chunk: int, limit: float
) -> Generator[ProjectResult, None, None]:
    """别的执行器：一次交 chunk 个，同时交出去的有限。一份里有一个做不成，拆开再交，找出是哪一个。"""
    waiting = deque(tuple(tasks[at : at + chunk]) for at in range(0, len(tasks), chunk))
    running: dict[Future[list[ProjectResult]], tuple[Task, ...]] = {}
    heard = time.monotonic()
    try:
        while waiting or running:
            while waiting and len(running) < _IN_FLIGHT:
                part = waiting.popleft()
                try:
                    running[executor.submit(process_chunk, settings, part)] = part
                except Exception:
                    yield from _broken_off(running, [part, *waiting])
                    return
            finished, _ = wait(running, timeout=_TICK, return_when=FIRST_COMPLETED)
            heard = time.monotonic() if finished else heard
            for future in finished:
                part = running.pop(future)
                fault = _fault(future)
                if fault is None:
                    yield from future.result()
                elif lost(fault):
                    yield from _broken_off(running, [part, *waiting])
                    return
                elif len(part) > 1:
                    waiting.extend((task,) for task in part)
                else:
                    yield from _given_up([part], _failure_reason(part[0].item.path, fault))
            if time.monotonic() - heard > limit * chunk:
                yield from _given_up([*running.values(), *waiting], "执行器很久没有回音，没有再等。", AGAIN)
                return
    finally:
        for future in running:
            future.cancel()


def _fault(future: Future[list[ProjectResult]]) -> BaseException | None:
    return CancelledError() if future.cancelled() else future.exception()


def _broken_off(
    running: dict[Future[list[ProjectResult]], tuple[Task, ...]], left: Sequence[Sequence[Task]]
) -> Iterator[ProjectResult]:
    """连接断了：做完了的收下，别的都没有做。"""
    for future, part in running.items():
        if future.done() and _fault(future) is None:
            yield from future.result()
        else:
            yield from _given_up([part], LOST, AGAIN)
    yield from _given_up(left, LOST, AGAIN)


def _failure_reason(path: str, fault: BaseException) -> str:
    """做不成的原因：进程死了（执行器各有各的说法），还是程序出了错。"""
    died = isinstance(fault, BrokenExecutor) or type(fault).__name__ in (
        "KilledWorker",
        "TerminatedWorkerError",
    )
    return CRASHED if died else fault_reason(path, fault)


def _given_up(parts: Sequence[Sequence[Task]], why: str, hint: str = "") -> Iterator[ProjectResult]:
    for part in parts:
        for task in part:
            told = failed(task.item.path, why)
            yield ProjectResult(task.item.path, "", replace(told, hint=hint) if hint else told)
