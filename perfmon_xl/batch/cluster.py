"""An existing Dask cluster as an Executor; dask itself is an optional extra."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.wording import CLUSTER_PACKAGE, NO_DASK

_PATIENCE = 15  # seconds to reach the scheduler


@contextmanager
def dask_executor(address: str) -> Iterator[Executor]:
    """连上调度器 address（如 tcp://10.0.0.5:8786）。

    pure=False：Dask 默认认为同样的调用结果一样，不再做第二遍；写文件的活不能这样。
    """
    try:
        from distributed import Client
    except ImportError:
        raise UserError(NO_DASK, CLUSTER_PACKAGE) from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UserError(
            f"连不上调度器 {address}：{error}",
            "请确认 dask scheduler 开着、地址和端口对（如 tcp://主机:8786）。",
        ) from None
    with client:
        if not client.scheduler_info()["workers"]:
            raise UserError(
                f"调度器 {address} 上没有干活的机器。", f"请在各台机器上运行 dask worker {address}。"
            )
        yield client.get_executor(pure=False)
