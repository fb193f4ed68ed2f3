"""Interleaved rounds inside one process: a noisy machine slows all sides alike, so ratios hold."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping


def medians(cases: Mapping[str, Callable[[], object]], *, rounds: int = 9, warm: int = 2) -> dict[str, float]:
    """每个做法的中位耗时（秒）；各做法轮流跑，先热身不计。"""
    for run in cases.values():
        for _ in range(warm):
            run()
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, run in cases.items():
            gc.collect()
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}
