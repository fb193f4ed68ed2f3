"""A request that cannot be served: said in Chinese, with what to do, and the status that tells a program why."""

from __future__ import annotations

from starlette.responses import JSONResponse


class RequestError(Exception):
    """状态码、事实、怎么办。"""

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.hint = status, message, hint

    def answer(self) -> JSONResponse:
        # What was not read of a body that is too long is not read after all.
        headers = {"connection": "close"} if self.status == 413 else None
        return JSONResponse({"message": self.message, "hint": self.hint}, self.status, headers)
