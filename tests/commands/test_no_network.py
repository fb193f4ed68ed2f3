"""No command opens a socket of the internet. Loopback is for a cluster and the local page, neither of which is run here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from perfmon_xl import app
from perfmon_xl.commands import NAMES
from perfmon_xl.system.resources import folder

SOCKET = re.compile(r"\bsocket\(AF_INET6?\b|\bconnect\([^)]*sa_family=AF_INET6?\b")
# Where there is no strace (Windows, macOS) Python's own audit events tell of its sockets.
WATCH = """
import socket, sys
def watch(event, arguments):
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        print("socket(AF_INET", file=sys.stderr)
sys.addaudithook(watch)
sys.argv[1:] = {words!r}
from perfmon_xl.cli import main
sys.exit(main())
"""
WORDS = {
    "check": ["check", "{book}"],
    "fill": ["fill", "{book}", "-o", "{folder}/填好.xlsx"],
    "report": ["report", "{book}", "--draft", "-o", "{folder}/报告.docx"],
    "report with a template of one's own": ["report", "{book}", "--draft", "--template", "{folder}/模板.docx", "-o", "{folder}/自己的.docx"],
    "export": ["export", "{book}"],
    "form": ["form", "{book}", "-o", "{folder}/监控表.xlsx"],
    "import": ["import", "{report}", "-o", "{folder}/读入.xlsx"],
    "audit": ["audit", "{report}", "{book}"],
    "audit alone": ["audit", "{report}"],
    "new": ["new", "{folder}/新.xlsx"],
    "demo": ["demo", "{folder}/示例"],
    "batch": ["batch", "{folder}/in", "-o", "{folder}/out", "--forms"],
    "rules": ["rules", "ZJ101"],
    "do": ["do", "{folder}/in/甲.xlsx"],
    "new from a form": ["new", "{folder}/读表", "--from", "{folder}/官方表.xlsx"],
    "report by docxtpl": ["report", "{book}", "--draft", "--engine", "docxtpl", "-o", "{folder}/另.docx"],
    "page's icon": ["serve", "--icon"],
    "schema": ["schema"],
    "doctor": ["addin", "doctor", "--folder", "{folder}/加载项"],
}  # fmt: skip


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    where = tmp_path_factory.mktemp("没有网络")
    app.demo(where, say=lambda _: None)
    book = where / "示例项目.xlsx"
    app.form(book, where / "官方表.xlsx")
    (where / "in").mkdir()
    shutil.copy(book, where / "in" / "甲.xlsx")
    shutil.copy(folder("report_templates") / "monitoring_report.docx", where / "模板.docx")
    report = next(p for p in where.glob("*.docx") if p.name != "模板.docx")
    return {"folder": str(where), "book": str(book), "report": str(report)}


@pytest.mark.slow
@pytest.mark.parametrize("name", WORDS)
def test_no_command_opens_a_socket_of_the_internet(name: str, places: dict[str, str], tmp_path: Path) -> None:
    words = [word.format(**places) for word in WORDS[name]]
    strace, log = shutil.which("strace"), tmp_path / "trace"
    program = [sys.executable, "-c", WATCH.format(words=words)]
    if strace is not None:
        program = [strace, "-f", "-e", "trace=network", "-o", str(log), *program]
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    done = subprocess.run(program, capture_output=True, timeout=300, env=environment)
    assert done.returncode in (0, 1, 2), done.stderr.decode()
    seen = done.stderr.decode("utf-8", "replace") + (
        log.read_text("utf-8", "replace") if log.exists() else ""
    )
    assert not SOCKET.search(seen), SOCKET.findall(seen)


def test_every_command_is_among_them() -> None:
    assert {words[0] for words in WORDS.values()} == {name.rstrip("_") for name in NAMES}


def test_the_watch_sees_a_socket(tmp_path: Path) -> None:
    program = "import socket; socket.socket()"
    script = WATCH.replace("from perfmon_xl.cli import main\nsys.exit(main())", program).format(words=[])
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert SOCKET.search(done.stderr)
