"""What is at the other end is no scheduler, dies, or answers nothing: told in Chinese with the true reason, at once."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.many import Inline, projects

from perfmon_xl import batch
from perfmon_xl.batch.cluster import checked_address, knock
from perfmon_xl.batch.outcome import Status
from perfmon_xl.domain.errors import UserError

ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,}")


@contextmanager
def listener(first: bytes | None) -> Iterator[str]:
    """听着的一个程序：有人来就说 first；None 是不开口。"""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        kept = []

        def serve() -> None:
            try:
                while True:
                    one, _ = server.accept()
                    kept.append(one)
                    if first is not None:
                        one.sendall(first)
                        one.close()
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        for one in kept:
            one.close()


@pytest.mark.parametrize(
    "address", ["=cmd", "tcp://", "http://a:80", "tcp://a b:1", "tcp://a:99999", "-a:1", "a", ""]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UserError, match="不是调度器的地址"):
        checked_address(address)


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:8786", "tls://主机.example:1".replace("主机", "h"), "tcp://[::1]:8786"]
)
def test_addresses(address: str) -> None:
    assert checked_address(address) == address


@pytest.mark.parametrize("first", [b"HTTP/1.1 400 Bad Request\r\n", b"SSH-2.0-OpenSSH_9\r\n", b"", b"\0" * 8])
def test_a_listener_that_is_no_scheduler(first: bytes) -> None:
    with listener(first) as address, pytest.raises(UserError, match="听着的不是 Dask 调度器"):
        knock(address)


def test_a_listener_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfmon_xl.batch.cluster._KNOCK", 0.3)
    with listener(None) as address, pytest.raises(UserError, match="听着的不是 Dask 调度器"):
        knock(address)


def test_nobody_listens() -> None:
    with pytest.raises(UserError, match="那里没有程序听着") as caught:
        knock("tcp://127.0.0.1:9")
    assert not ENGLISH.search(caught.value.message)


class Dying(Inline):
    """做了 alive 次就断：以后交的都是这个错，或者根本不收。"""

    def __init__(self, alive: int, error: BaseException, *, refuses: bool) -> None:
        super().__init__()
        self.alive, self.error, self.refuses = alive, error, refuses

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.alive -= 1
        if self.alive >= 0:
            return super().submit(fn, *args, **kwargs)
        if self.refuses:
            raise self.error
        future: Future[Any] = Future()
        future.set_exception(self.error)
        return future


class CommClosedError(OSError):
    """As distributed names it."""


@pytest.mark.slow
@pytest.mark.parametrize("refuses", [False, True])
@pytest.mark.parametrize(
    "error", [CommClosedError("in <TCP> Stream is closed"), CancelledError("lost"), TimeoutError("no")]
)
def test_a_scheduler_that_dies_is_called_so(error: BaseException, refuses: bool, tmp_path: Path) -> None:
    projects(tmp_path / "in", 4, sizes=(5,))
    executor: Executor = Dying(2, error, refuses=refuses)
    made = batch.run(tmp_path / "in", tmp_path / "out", executor=executor, chunk=1)
    assert made.counts[Status.FAILED] == 3
    for reason in made.failed.values():
        assert "连接断了" in reason and "内存" not in reason and not ENGLISH.search(reason)
    assert all("再运行同一条命令" in hint for path, hint in made.hints.items() if path in made.failed)


@pytest.mark.slow
def test_machines_that_do_not_answer(tmp_path: Path) -> None:
    projects(tmp_path / "in", 1, sizes=(5,))
    executor = Dying(0, CommClosedError("closed"), refuses=False)
    with pytest.raises(UserError, match="没有回答"):
        batch.run(tmp_path / "in", tmp_path / "out", executor=executor)


class _UnheardError(Exception):
    """A fault that no library of ours names."""


@pytest.mark.slow
def test_a_fault_of_ours_on_a_far_machine_is_written_down_and_not_spelt_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    projects(tmp_path / "in", 2, sizes=(5,))
    executor = Dying(2, _UnheardError("list index out of range"), refuses=False)
    made = batch.run(tmp_path / "in", tmp_path / "out", executor=executor, chunk=1)
    (reason,) = made.failed.values()
    log = re.fullmatch(r"程序出了错，详情在 (.+)。", reason)
    assert log is not None and "list index out of range" in Path(log[1]).read_text("utf-8")
