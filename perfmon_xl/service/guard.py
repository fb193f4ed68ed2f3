"""Every request first comes here: the right host, a known origin, and for the API the key.

The port is open to every user and every web page of this machine, so the key is what keeps them out; it goes in a
header, never in a cookie (all ports of 127.0.0.1 share those) nor in an address (logs keep those).
"""

from __future__ import annotations

import hmac
from collections.abc import Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from perfmon_xl.service.api import TOKEN_HEADER, WITHOUT_TOKEN
from perfmon_xl.service.refusals import RequestError

LOCAL_ADDIN = (b"null", b"file://")  # what the pages of an add-in in a folder send as their origin
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    b"content-security-policy": _POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cache-control": b"no-store",
}
_KEY = TOKEN_HEADER.lower().encode()


class Guard:
    """包在服务外面的一层。port 是听着的端口；seen：每来一个有钥匙的请求叫一次。"""

    def __init__(self, app: ASGIApp, *, token: str, port: int, seen: Callable[[], None]) -> None:
        self._app, self._token, self._seen = app, token.encode(), seen
        self._hosts = {f"127.0.0.1:{port}".encode(), f"localhost:{port}".encode()}
        self._own = {b"http://" + host for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        origin = headers.get(b"origin")
        api = scope["path"].startswith("/api/")
        from_folder = api and origin in LOCAL_ADDIN
        more = dict(_ALWAYS)
        if from_folder and origin is not None:
            more |= {
                b"access-control-allow-origin": origin,
                b"access-control-allow-headers": _KEY + b", content-type",
                b"access-control-allow-methods": b"GET, POST, PUT",
                b"access-control-allow-private-network": b"true",
                b"vary": b"Origin",
                b"cross-origin-resource-policy": b"cross-origin",
            }

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *more.items()]
            await send(message)

        if from_folder and scope["method"] == "OPTIONS":
            await Response(status_code=204)(scope, receive, answer)
            return
        refused = self._refused(scope["path"], headers, origin, api=api, from_folder=from_folder)
        if refused is not None:
            await refused.answer()(scope, receive, answer)
            return
        if api:
            self._seen()
        await self._app(scope, receive, answer)

    def _refused(
        self, path: str, headers: dict[bytes, bytes], origin: bytes | None, *, api: bool, from_folder: bool
    ) -> RequestError | None:
        if headers.get(b"host") not in self._hosts:  # a name of somebody else's that now points here
            return RequestError(421, "地址不对，没有答应。")
        if origin is not None and origin not in self._own and not from_folder:
            return RequestError(403, "别的网页不能用这个服务。")
        if api and path not in WITHOUT_TOKEN and not self._knows(headers.get(_KEY, b"")):
            return RequestError(
                401,
                "这个页面没有钥匙，或钥匙已经换了。",
                "请重新从“绩效监控”图标打开，或再运行一次 perfmon-xl serve。",
            )
        return None

    def _knows(self, key: bytes) -> bool:
        return hmac.compare_digest(key, self._token)
