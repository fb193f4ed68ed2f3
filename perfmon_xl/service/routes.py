"""The routes of api.py: requests in, plain data out. Files go out by their ids only."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from perfmon_xl import __version__
from perfmon_xl.service import api
from perfmon_xl.service.dialogs import choose, has_dialogs
from perfmon_xl.service.guard import Guard
from perfmon_xl.service.job_request import JobRequest, parse_request
from perfmon_xl.service.jobs import Job, Jobs
from perfmon_xl.service.refusals import RequestError
from perfmon_xl.service.uploads import Uploads
from perfmon_xl.system.opening import open_in_system

_PAGE = Path(__file__).with_name("page")
_KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
_MOST_JSON = 1 << 20
_TICKET_LIFE = 30.0


@dataclass(kw_only=True)
class ServiceContext:
    """服务活着的时候记着的：钥匙、票、收下的文件、做着的事。leave：叫它就退出。"""

    token: str
    uploads: Uploads
    jobs: Jobs
    backups: Path
    leave: Callable[[], None]
    clock: Callable[[], float] = time.monotonic
    seen: float = 0.0
    _tickets: dict[str, float] = field(default_factory=dict)

    def touch(self) -> None:
        self.seen = self.clock()

    def ticket(self) -> str:
        """一张票：三十秒里能换一次钥匙。浏览器的命令行别的用户看得见，所以上面只有票。"""
        made = secrets.token_urlsafe(24)
        self._tickets[made] = self.clock() + _TICKET_LIFE
        return made

    def take(self, ticket: str) -> bool:
        until = self._tickets.pop(ticket, None)
        return until is not None and self.clock() <= until


def application(context: ServiceContext, port: int) -> Guard:
    """整个服务。"""
    context.touch()
    routes = [
        Route(path, getattr(_Routes(context), _name(method, path)), methods=[method])
        for method, path in api.ROUTES
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={RequestError: _refused, HTTPException: _unknown, Exception: _fault},
    )
    return Guard(app, token=context.token, port=port, seen=context.touch)


def _name(method: str, path: str) -> str:
    """路径在 _Routes 里的方法名。"""
    words = [word.strip("{}") for word in path.removeprefix("/api").split("/") if word]
    return "_".join([method.lower(), *words])


class _Routes:
    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    async def get(self, request: Request) -> Response:
        return FileResponse(_PAGE / "index.html")

    async def get_page_name(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in {path.name for path in _PAGE.iterdir()}:
            raise RequestError(404, "没有这个文件。")
        return FileResponse(_PAGE / name, media_type=_KINDS[Path(name).suffix])

    async def get_rules(self, request: Request) -> Response:
        from perfmon_xl.service.rule_pages import all_rules

        return HTMLResponse(await run_in_threadpool(all_rules))

    async def get_rules_code(self, request: Request) -> Response:
        from perfmon_xl.service.rule_pages import some_rules

        return HTMLResponse(await run_in_threadpool(some_rules, request.path_params["code"].split(",")))

    async def post_session(self, request: Request) -> Response:
        asked = await _json(request)
        if not self._context.take(str(asked.get("ticket") or "")):
            raise RequestError(
                401,
                "这个地址只能用一次，已经用过或过了时。",
                "请重新从“绩效监控”图标打开，或再运行一次 perfmon-xl serve。",
            )
        self._context.touch()
        return JSONResponse({"token": self._context.token})

    async def post_tickets(self, request: Request) -> Response:
        return JSONResponse({"ticket": self._context.ticket()})

    async def get_health(self, request: Request) -> Response:
        return JSONResponse(
            {"ok": True, "busy": self._context.jobs.busy, "version": __version__, "dialogs": has_dialogs()}
        )

    async def get_description(self, request: Request) -> Response:
        return JSONResponse(api.description())

    async def put_uploads(self, request: Request) -> Response:
        key, upload = await self._context.uploads.receive(
            request.query_params.get("name", ""), _told_size(request), request.stream()
        )
        self._context.jobs.warm()
        size = upload.path.stat().st_size
        return JSONResponse({"upload": key, "name": upload.path.name, "folder": upload.folder, "size": size})

    async def post_choose(self, request: Request) -> Response:
        asked = await _json(request)
        if asked.get("kind") not in (api.BOOK, api.REPORT, "folder"):
            raise RequestError(400, "不知道要选什么。")
        path = await run_in_threadpool(choose, asked["kind"])
        self._context.jobs.warm()
        return JSONResponse({"path": str(path) if path else ""})

    async def post_jobs(self, request: Request) -> Response:
        asked = await run_in_threadpool(parse_request, await _json(request), self._context.uploads)
        job = self._context.jobs.start(
            asked.action,
            asked.files,
            asked.options,
            room=self._context.uploads.room(),
            backups=self._context.backups,
            copy=asked.copy,
            reader=asked.reader,
        )
        return JSONResponse(job.as_data(), 202)

    async def get_jobs_job(self, request: Request) -> Response:
        return JSONResponse(self._job(request).as_data())

    async def post_jobs_job_cancel(self, request: Request) -> Response:
        job = self._job(request)
        await run_in_threadpool(self._context.jobs.cancel, job)
        return JSONResponse(job.as_data())

    async def post_jobs_job_reopened(self, request: Request) -> Response:
        self._job(request).reopened = True
        return JSONResponse({"ok": True})

    async def get_jobs_job_files_file(self, request: Request) -> Response:
        path = self._file(request)
        named = f"attachment; filename*=UTF-8''{quote(path.name)}"
        return FileResponse(path, headers={"content-disposition": named})

    async def post_jobs_job_files_file_open(self, request: Request) -> Response:
        path = self._file(request)
        if self._job(request).copy:  # what is typed into a copy would be lost
            raise RequestError(409, "这是临时的一份，不能直接打开。", "请先下载，再打开下载的那一份。")
        if not await run_in_threadpool(open_in_system, path):
            raise RequestError(409, f"系统没有办法打开它。文件在 {path}。", "请从文件夹里打开。")
        return JSONResponse({"ok": True})

    async def post_leave(self, request: Request) -> Response:
        if self._context.jobs.busy:
            raise RequestError(409, "还有事没有做完。", "请等做完，或先取消，再退出。")
        self._context.leave()
        return JSONResponse({"ok": True})

    def _job(self, request: Request) -> Job:
        job = self._context.jobs.find(request.path_params["job"])
        if job is None:
            raise RequestError(404, "没有这件事的记录。", "请再做一次。")
        return job

    def _file(self, request: Request) -> Path:
        path = self._job(request).files.get(request.path_params["file"])
        if path is None or not path.is_file():
            raise RequestError(404, "文件不在了。", "请再做一次。")
        return path


def _told_size(request: Request) -> int:
    told = request.headers.get("content-length", "0")
    return int(told) if told.isdigit() else 0


async def _json(request: Request) -> dict[str, Any]:
    """请求里的 JSON，不长的；不是的拒绝。"""
    body = b"".join([chunk async for chunk in _limited(request)])
    try:
        told = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise RequestError(400, "请求看不懂。")
    return told


async def _limited(request: Request) -> AsyncIterator[bytes]:
    size = _told_size(request)
    if size > _MOST_JSON:
        raise RequestError(413, "请求太长。")
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > _MOST_JSON:
            raise RequestError(413, "请求太长。")
        yield chunk


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    return error.answer()


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return RequestError(error.status_code, "没有这个地址。").answer()


async def _fault(request: Request, error: Exception) -> Response:
    from perfmon_xl.system.faults import log_fault

    log = log_fault(f"service {request.method} {request.url.path}")
    return RequestError(500, "程序出了错，文件没有改动。", f"详情在 {log}，请把它发给维护人员。").answer()


__all__ = ["JobRequest", "ServiceContext", "application"]
