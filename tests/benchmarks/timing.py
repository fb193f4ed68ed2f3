"""Interleaved rounds inside one process, in processor time: a machine that others use, too, slows all sides alike."""

from __future__ import annotations

import functools
import gc
import resource
import statistics
import time
from collections.abc import Callable, Mapping


def spent() -> float:
    """Processor seconds of this process and of those that it has started and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def medians(cases: Mapping[str, Callable[[], object]], *, rounds: int = 9, warm: int = 2) -> dict[str, float]:
    """每个做法的中位处理器时间（秒）；各做法轮流跑，先热身不计。"""
    for run in cases.values():
        for _ in range(warm):
            run()
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, run in cases.items():
            gc.collect()
            start = spent()
            run()
            times[name].append(spent() - start)
    return {name: statistics.median(values) for name, values in times.items()}


_FEW = 16  # entries: caches so small remember templates, which a batch compiles once; texts of a project fill more


def forgetting() -> Callable[[], None]:
    """清空读表和检查记着的各种文字：小项目的装得下、大项目的装不下，热着比就不公平。先检查过一次再要。"""
    caches = [
        one
        for one in gc.get_objects()
        if isinstance(one, functools._lru_cache_wrapper)
        and one.__module__.startswith(
            (
                "perfmon_xl.rules",
                "perfmon_xl.domain",
                "perfmon_xl.ledger",
                "perfmon_xl.workbook",
                "perfmon_xl.report",
            )
        )
        and (one.cache_parameters()["maxsize"] or 0)
        > _FEW  # what is read once and for all stays, and templates
    ]

    def forget() -> None:
        for one in caches:
            one.cache_clear()

    return forget
