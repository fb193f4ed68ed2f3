"""Questions of a button that Excel's VBA asks after the call, not Python within it: Excel is not waiting for us then.
Python itself never shows a dialog.

A button that comes to a question not yet answered ends with `Question`; VBA asks it, and the button is run again from its
start with the answers so far. Buttons ask before they write, so nothing is done twice.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from perfmon_xl.ribbon.context import FileKinds

# Between the parts of a question: its kind, its text or title, what is suggested, which files.
SEPARATOR = "\x01"


class Question(BaseException):
    """要问人的一句，还没有答；不是错误，谁也不该当错误接住。"""

    def __init__(self, *parts: str) -> None:
        super().__init__(SEPARATOR.join(part.replace(SEPARATOR, " ") for part in parts))

    @property
    def question(self) -> str:
        """给 VBA 的：种类、文字、建议、文件种类。"""
        return str(self.args[0])


class LaterDialogs:
    """照已有的回答答；没有回答的，抛出 Question。"""

    def __init__(self, answers: Sequence[str | None]) -> None:
        self._answers: Iterator[str | None] = iter(answers)

    def ask(self, question: str) -> bool:
        return self._answer("yes", question) is not None

    def ask_text(self, question: str, suggested: str = "") -> str | None:
        answer = self._answer("text", question, suggested)
        return answer.strip() if answer is not None else None

    def open_file(self, title: str, kinds: FileKinds) -> Path | None:
        return _path(self._answer("open", title, "", file_filter(kinds)))

    def save_file(self, title: str, suggested: str, kinds: FileKinds) -> Path | None:
        return _path(self._answer("save", title, suggested, file_filter(kinds)))

    def folder(self, title: str) -> Path | None:
        return _path(self._answer("folder", title))

    def show(self, path: Path) -> None:
        show(path)

    def _answer(self, *question: str) -> str | None:
        try:
            return next(self._answers)
        except StopIteration:
            raise Question(*question) from None


def file_filter(kinds: FileKinds) -> str:
    """Excel 选文件的窗口收的：“Excel 工作簿 (*.xlsx),*.xlsx”。"""
    return ",".join(f"{name} ({pattern}),{pattern}" for name, pattern in kinds)


def show(path: Path) -> None:
    """用系统里管这种文件的程序打开。"""
    if sys.platform == "win32":
        os.startfile(path)


def encode_for_vba(text: str) -> str:
    """给 VBA 的话：同它的回答一样，“+”后面每个字四位十六进制。"""
    return "+" + text.encode("utf-16-be", "surrogatepass").hex().upper()


def decode_from_vba(reply: str) -> str | None:
    """VBA 送来的回答：“+”后面每个字四位十六进制；空的是取消了。"""
    if not reply.startswith("+"):
        return None
    return bytes.fromhex(reply[1:]).decode("utf-16-be", "replace")


def _path(answer: str | None) -> Path | None:
    return Path(answer) if answer else None
