"""The service as a process of its own, in a home of its own; and whoever talks to it."""

from __future__ import annotations

import functools
import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from support.office import REQUIRED

_ROOT = Path(__file__).resolve().parents[2]
MODULES = Path(os.environ.get("PERFMON_XL_NODE_MODULES") or _ROOT / "node_modules")


@functools.cache
def chromium() -> str | None:
    return next(
        (
            found
            for name in ("chromium", "chromium-browser", "google-chrome")
            if (found := shutil.which(name))
        ),
        None,
    )


def needs_browser(test):
    """这个测试要用 Chromium、node 和 npm 的 playwright-core、acorn。"""
    there = chromium() and shutil.which("node") and (MODULES / "playwright-core").is_dir()
    skip = pytest.mark.skipif(not REQUIRED and not there, reason="没有 Chromium、node 或 playwright-core")
    return pytest.mark.slow(skip(test))


def walk(script: Path, home: Path, **given: object) -> None:
    """在浏览器里走一遍；哪一步不对，输出里有。"""
    opened = home / "opened.txt"
    programs = home / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    (programs / "xdg-open").write_text(f'#!/bin/sh\necho "$1" >> "{opened}"\n', encoding="utf-8")
    (programs / "xdg-open").chmod(0o755)
    named = {
        **os.environ, "HOME": str(home), "USERPROFILE": str(home), "PYTHON": sys.executable,
        "CHROMIUM": chromium() or "", "NODE_MODULES": str(MODULES), "OPENED": str(opened),
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip
    done = subprocess.run(
        ["node", str(script)],
        env=named | {name: str(value) for name, value in given.items()},
        capture_output=True, encoding="utf-8", check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 failed" in done.stdout


class Service:
    """一个正在运行的服务。ask 带着钥匙问，headers 里给 None 的不带。"""

    def __init__(self, home: Path, *more: str) -> None:
        self.home = home
        self.folder = home / ".perfmon_xl"
        environment = {**os.environ, "HOME": str(home), "USERPROFILE": str(home)}
        command = [sys.executable, "-m", "perfmon_xl", "serve", "--no-browser", *more]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        self.port, self.token = 0, ""
        for _ in range(600):
            if (self.folder / "service.json").exists():
                told = json.loads((self.folder / "service.json").read_text(encoding="utf-8"))
                self.port, self.token = told["port"], told["token"]
                break
            time.sleep(0.05)

    def ask(
        self, method: str, path: str, body: object = None, headers: dict[str, str | None] | None = None
    ) -> tuple[int, Any, http.client.HTTPResponse]:
        given = {"X-Perfmon-Token": self.token, **(headers or {})}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, path, data, {n: v for n, v in given.items() if v is not None})
        answer = connection.getresponse()
        content = answer.read()
        is_json = (answer.getheader("content-type") or "").startswith("application/json")
        return answer.status, json.loads(content) if is_json else content, answer

    def upload(self, name: str, data: bytes) -> dict[str, str]:
        status, told, _ = self.ask("PUT", f"/api/uploads?name={quote(name)}", data)
        assert status == 200, told
        return {"upload": told["upload"]}

    def start(self, action: str, **asked: object) -> dict[str, Any]:
        status, told, _ = self.ask("POST", "/api/jobs", {"action": action, **asked})
        assert status == 202, told
        return told

    def wait(self, job: dict[str, Any]) -> dict[str, Any]:
        while job["state"] in ("waiting", "running"):
            time.sleep(0.02)
            job = self.ask("GET", f"/api/jobs/{job['id']}")[1]
        return job

    def job(self, action: str, **asked: object) -> dict[str, Any]:
        return self.wait(self.start(action, **asked))

    def file(self, job: dict[str, Any], number: int = 0) -> bytes:
        return self.ask("GET", f"/api/jobs/{job['id']}/files/{job['files'][number]['id']}")[1]

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def serving(home: Path) -> Iterator[Service]:
    one = Service(home)
    yield one
    one.end()
