"""An existing Dask cluster as an Executor; dask itself is an optional extra."""

from __future__ import annotations

import contextlib
import logging
import re
import socket
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.wording import CLUSTER_PACKAGE, NO_DASK

_PATIENCE = 15  # seconds to reach the scheduler
_KNOCK = 5.0  # seconds for whoever listens there to say who it is
_ADDRESS = re.compile(r"(?:(tcp|tls)://)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9.\-]*):(\d{1,5})")
_MOST_FRAMES = 64  # of the first message that a scheduler sends
_REMEDY = "请确认 dask scheduler 开着、地址和端口对（如 tcp://主机:8786）。"


@contextmanager
def dask_executor(address: str) -> Iterator[Executor]:
    """连上调度器 address（如 tcp://10.0.0.5:8786；加密的是 tls://）。

    pure=False：Dask 默认认为同样的调用结果一样，不再做第二遍；写文件的活不能这样。
    """
    try:
        from distributed import Client
    except ImportError:
        raise UserError(NO_DASK, CLUSTER_PACKAGE) from None
    address = checked_address(address)
    knock(address)
    _hush()
    client = Client.__new__(Client)
    try:
        client.__init__(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[misc]
    except Exception as error:
        client.status = "closed"  # or its end prints a traceback after waiting for half a minute
        raise UserError(f"连不上调度器 {address}：{_reason(error)}。", _REMEDY) from None
    try:
        if not client.scheduler_info()["workers"]:
            raise UserError(
                f"调度器 {address} 上没有干活的机器。", f"请在各台机器上运行 dask worker {address}。"
            )
        yield client.get_executor(pure=False)
    finally:
        with contextlib.suppress(Exception):  # it may have died meanwhile
            client.close(timeout=_KNOCK)


def _hush() -> None:
    """Dask 和它用的库自己打的英文，不要：出了什么事由我们说。各个模块的记录器各有级别，一个一个设。"""
    for name in ("distributed", "tornado", "asyncio", *logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def checked_address(address: str) -> str:
    """调度器的地址，写全了；不是地址的拒绝。

    >>> checked_address("10.0.0.5:8786"), checked_address("tls://host:8786")
    ('tcp://10.0.0.5:8786', 'tls://host:8786')
    """
    match = _ADDRESS.fullmatch(address.strip())
    if match is None or not 0 < int(match[3]) < 65_536:
        raise UserError(
            f"“{address[:60]}”不是调度器的地址。", "请写成 tcp://主机:端口，如 tcp://10.0.0.5:8786。"
        )
    return f"{match[1] or 'tcp'}://{match[2]}:{match[3]}"


def knock(address: str) -> None:
    """有没有人听着；听着的是不是调度器：它先开口，头八个字节是这句话有几段。加密的只看有没有人听着。"""
    kind, host, port = _parts(address)
    try:
        with socket.create_connection((host, port), timeout=_KNOCK) as heard:
            if kind == "tls":
                return
            heard.settimeout(_KNOCK)
            first = b""
            while len(first) < 8 and (more := heard.recv(8 - len(first))):
                first += more
    except TimeoutError:
        first = b""
    except OSError as error:
        raise UserError(f"连不上调度器 {address}：{_reason(error)}。", _REMEDY) from None
    if len(first) < 8 or not 0 < int.from_bytes(first, "little") <= _MOST_FRAMES:
        raise UserError(f"{address} 上听着的不是 Dask 调度器，没有交给它。", _REMEDY)


def _parts(address: str) -> tuple[str, str, int]:
    kind, _, rest = address.partition("://")
    host, _, port = rest.rpartition(":")
    return kind, host.strip("[]"), int(port)


def _reason(error: BaseException) -> str:
    """连不上的原因，用中文说。"""
    if isinstance(error, socket.gaierror):
        return "没有这台主机"
    if isinstance(error, TimeoutError):
        return "等了很久没有回音"
    if isinstance(error, ConnectionRefusedError):
        return "那里没有程序听着"
    if (
        isinstance(error, OSError)
        and error.errno
        and re.search("[\u4e00-\u9fff]", told := system_reason(error))
    ):
        return told
    return "网络不通，或者证书不对"


def lost(error: Any) -> bool:
    """是不是同调度器的连接断了：不是哪一个工作簿的毛病，别的也做不了。"""
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(
        names
        & {"CancelledError", "FutureCancelledError", "CommClosedError", "ConnectionError", "TimeoutError"}
    )
