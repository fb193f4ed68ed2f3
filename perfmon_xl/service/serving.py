"""Start and end: one service a user. It listens before anybody is told of it, and ends when nobody has needed it."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import threading
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.wording import SERVICE_PACKAGES
from perfmon_xl.service.session import Place, Session

IDLE = 15 * 60.0


def serve(
    book: Path | None = None,
    *,
    idle: float = IDLE,
    browser: bool = True,
    tell: Callable[[str], None] = print,
    place: Place | None = None,
) -> None:
    """启动服务，打开页面；已经在运行的，只打开页面。book 是一来就选好的工作簿。没有人用满 idle 秒就退出。"""
    place = place or Place.of()
    more = "" if book is None else f"&path={quote(str(book.resolve()))}"
    with place.alone():
        running = place.running()
        if running is None:
            serving = _Serving(place, idle)
    if running is not None:
        tell("“绩效监控”已经在运行。")
        if browser and (made := running.ask("POST", "/api/tickets")):
            _show(running.page(made["ticket"], more), tell)
        return
    if browser:
        _show(serving.session.page(serving.context.ticket(), more), tell)
    serving.run()


def _show(address: str, tell: Callable[[str], None]) -> None:
    if not webbrowser.open(address):
        tell(f"没有打开浏览器。请在 30 秒内用浏览器打开：{address}")


class _Serving:
    def __init__(self, place: Place, idle: float) -> None:
        try:
            import uvicorn

            from perfmon_xl.service.routes import ServiceContext, application
        except ImportError as error:
            raise UserError(f"没有装 {error.name}，开不了页面。", SERVICE_PACKAGES) from None
        from perfmon_xl.service.jobs import Jobs
        from perfmon_xl.service.process import WorkerProcess
        from perfmon_xl.service.uploads import Uploads

        self._place, self._idle, self._end = place, idle, threading.Event()
        self._socket = _listening()
        port = self._socket.getsockname()[1]
        self.session = Session(port=port, token=secrets.token_urlsafe(32), pid=os.getpid())
        self.context = ServiceContext(
            token=self.session.token,
            uploads=Uploads(place.work),
            jobs=Jobs(WorkerProcess()),
            backups=place.folder / "service_undo",
            leave=self._end.set,
        )
        self._server = uvicorn.Server(
            uvicorn.Config(
                application(self.context, port),
                log_config=None,
                access_log=False,
                server_header=False,
                ws="none",
                lifespan="off",
                http="h11",
                timeout_graceful_shutdown=3,
            )
        )
        # uvicorn raises a signal again at its end, and what stands after its run() would never happen.
        self._server.capture_signals = contextlib.nullcontext  # type: ignore[assignment, method-assign]
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: self._end.set())
        place.write(self.session)

    def run(self) -> None:
        """听到退出为止；什么都不留下。"""
        threading.Thread(target=self._watch, daemon=True).start()
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._place.remove(self.session)
            self.context.jobs.close()
            self.context.uploads.clear()

    def _watch(self) -> None:
        while not self._end.wait(min(5.0, self._idle / 4)):
            if time.monotonic() - self.context.seen > self._idle and not self.context.jobs.busy:
                break
        self._server.should_exit = True


def _listening() -> socket.socket:
    """一个空着的端口，只听本机。"""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: nobody else may share the port
        made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    made.bind(("127.0.0.1", 0))
    made.listen(64)  # before anybody is told of the port: who comes early waits instead of being refused
    return made
