"""Which service runs for this user: its port and its key, in a file that only the user can read."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.service.api import TOKEN_HEADER
from perfmon_xl.system.locking import locked
from perfmon_xl.system.windows import Machine, ThisMachine

_NAME, _LOCK, _WORK = "service.json", "service.lock", "work"
_PATIENCE = 10.0  # seconds for another start to come to its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """正在运行的一个服务：端口、钥匙、进程号。"""

    port: int
    token: str
    pid: int

    def ask(self, method: str, path: str, timeout: float = 3.0) -> dict[str, Any] | None:
        """问它一句；没有在运行、不答应、钥匙不对的是 None。"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, headers={TOKEN_HEADER: self.token})
            answer = connection.getresponse()
            told = json.loads(answer.read())
            return told if answer.status == 200 and isinstance(told, dict) else None
        except (OSError, ValueError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def page(self, ticket: str, more: str = "") -> str:
        """打开页面的地址。票只能用一次，写在 # 后面，不进日志。"""
        return f"http://127.0.0.1:{self.port}/#ticket={ticket}{more}"


@dataclass(frozen=True, slots=True)
class Place:
    """服务在用户自己文件夹里的一处。"""

    folder: Path

    @classmethod
    def of(cls, machine: Machine | None = None) -> Place:
        return cls((machine or ThisMachine()).home() / ".perfmon_xl")

    @property
    def file(self) -> Path:
        return self.folder / _NAME

    @property
    def work(self) -> Path:
        """收下的文件放在这里，退出时清空。"""
        return self.folder / _WORK

    def running(self) -> Session | None:
        """正在运行、答应了的那一个。"""
        try:
            told = json.loads(self.file.read_text(encoding="utf-8"))
            session = Session(port=int(told["port"]), token=str(told["token"]), pid=int(told["pid"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return session if session.ask("GET", "/api/health") else None

    def write(self, session: Session) -> None:
        """先建好权限再写，最后才换上：看得到的，总是已经在听的那一个。"""
        beside = self.file.with_name(f"{_NAME}.new")
        beside.unlink(missing_ok=True)
        with os.fdopen(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as out:
            json.dump(asdict(session), out)
        beside.replace(self.file)

    def remove(self, session: Session) -> None:
        """退出时删掉；已经是别的服务写的，不动。"""
        with contextlib.suppress(OSError, ValueError, KeyError):
            if json.loads(self.file.read_text(encoding="utf-8"))["token"] == session.token:
                self.file.unlink()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """同时启动两次的，后一个在这里等前一个启动好。"""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = (self.folder / _LOCK).open("ab")
        except OSError as error:
            raise UserError(
                f"用不了文件夹 {self.folder}：{system_reason(error)}。", "请确认有写入权限、磁盘有空间。"
            ) from None
        with file:
            until = time.monotonic() + _PATIENCE
            while not locked(file.fileno()):
                if time.monotonic() > until:
                    raise UserError(
                        "另一个“绩效监控”正在启动，一直没有启动好。", "请过一会儿再试，或重新登录系统。"
                    )
                time.sleep(0.05)
            yield
