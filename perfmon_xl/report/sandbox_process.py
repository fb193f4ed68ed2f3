"""A user's own template rendered in a process of its own, with limits on time, memory and files.

The sandbox stops what a template may say; this stops what it may cost. The child gets the template and the
names, gives back the report, and asks its parent for page numbers, because LibreOffice runs outside.
What it sends is bytes and JSON: nothing that comes from there is unpickled.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import pickle
import struct
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING, Any

from perfmon_xl.domain.errors import UserError
from perfmon_xl.report.pages import office
from perfmon_xl.report.wording.context import 报告
from perfmon_xl.system.limits import limit_memory
from perfmon_xl.system.office_programs import find_office

if TYPE_CHECKING:
    from perfmon_xl.report.render import Pages, ProvenanceOptions

CPU_SECONDS = 10
# By the clock, without LibreOffice's time; on a busy machine ten seconds of work take longer, but Windows has no
# other limit.
SECONDS = CPU_SECONDS if sys.platform == "win32" else 60
MEMORY = 1024 * 1024 * 1024
MOST_REPORT = 300 * 1024 * 1024
_FRAME = struct.Struct(">cQ")
_JOB, _REPORT, _QUESTION, _ANSWER, _REFUSED, _FAULT = b"J", b"R", b"Q", b"A", b"E", b"F"


def render_confined(
    name: str,
    package: bytes,
    context: 报告,
    keeping: ProvenanceOptions | None = None,
    *,
    pages: Pages = "auto",
    by_docxtpl: bool = False,
) -> bytes:
    """在受限的子进程里套一份自己的模板；超时、超内存的停下，说清楚。"""
    if pages == "auto" and find_office() is None:
        pages = "estimate"
    return _run(name, package, context, keeping, pages, by_docxtpl=by_docxtpl)


def check_confined(name: str, package: bytes) -> None:
    """在受限的子进程里把一份自己的模板看一遍；写错的一次说全。"""
    _run(name, package, None, None, "none")


def _run(
    name: str,
    package: bytes,
    context: 报告 | None,
    keeping: ProvenanceOptions | None,
    pages: Pages,
    *,
    by_docxtpl: bool = False,
) -> bytes:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "perfmon_xl.report.sandbox_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # no black window beside Excel
    )
    assert child.stdin is not None and child.stdout is not None
    try:
        job = pickle.dumps((name, package, context, keeping, pages, by_docxtpl, (CPU_SECONDS, MEMORY)))
        return _converse(name, child, child.stdin, child.stdout, job)
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                pipe.close()


def _converse(
    name: str, child: subprocess.Popen[bytes], to_child: IO[bytes], from_child: IO[bytes], job: bytes
) -> bytes:
    kind, told = _JOB, job
    while True:
        timer = threading.Timer(SECONDS, child.kill)
        timer.start()
        try:
            _send(to_child, kind, told)
            kind, told = _receive(from_child)
        except (OSError, EOFError):
            raise UserError(
                f"模板 {name} 套数据用的时间或内存超过了限度，已停下。",
                "请去掉一层套一层的 {% for %} 和重复的内容；先用自带的模板出报告。",
            ) from None
        finally:
            timer.cancel()
        if kind == _REPORT:
            return told
        if kind == _REFUSED:
            message, hint = json.loads(told)
            raise UserError(str(message), str(hint))
        if kind != _QUESTION:
            raise RuntimeError(
                "the child that rendered the template failed:\n" + told.decode("utf-8", "replace")
            )
        count = int.from_bytes(told[:4], "big")
        kind, told = _ANSWER, json.dumps(office.heading_pages(told[4:], count)).encode()


def _send(pipe: IO[bytes], kind: bytes, data: bytes) -> None:
    pipe.write(_FRAME.pack(kind, len(data)))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> tuple[bytes, bytes]:
    head = pipe.read(_FRAME.size)
    if len(head) < _FRAME.size:
        raise EOFError
    kind, size = _FRAME.unpack(head)
    if size > MOST_REPORT:
        raise EOFError
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return kind, data


# --- the child --------------------------------------------------------------------------------------


def limit(cpu_seconds: int, memory: int) -> None:
    """时间、内存、文件的限度。没有 resource 的系统（Windows）由父进程掐时间，内存由作业对象管。"""
    try:
        import resource
    except ImportError:
        limit_memory(memory)
        return
    for what, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),  # not one byte into any file
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue  # a limit set from outside is lower already, or the system has none


def _work(source: IO[bytes], out: IO[bytes]) -> None:
    import traceback

    from perfmon_xl.report.render import render_with_provenance
    from perfmon_xl.report.template.compiled import compile_template

    _, job = _receive(source)
    name, package, context, keeping, pages, by_docxtpl, limits = pickle.loads(job)
    limit(*limits)

    def ask(document: bytes, count: int) -> list[int] | None:
        _send(out, _QUESTION, count.to_bytes(4, "big") + document)
        _, told = _receive(source)
        answer: Any = json.loads(told)
        return [int(n) for n in answer] if isinstance(answer, list) else None

    try:
        template = compile_template(name, package)
        if context is None:
            made = b""
        elif by_docxtpl:
            from perfmon_xl.report.docxtpl_render import render_by_docxtpl

            made = render_by_docxtpl(template, context, pages=pages, ask=ask)
        else:
            made = render_with_provenance(template, context, keeping, pages=pages, ask=ask).data
        _send(out, _REPORT, made)
    except UserError as error:
        _send(out, _REFUSED, json.dumps([error.message, error.hint]).encode())
    except (MemoryError, RecursionError):
        return  # the parent sees the pipe end and says so
    except Exception:
        _send(out, _FAULT, traceback.format_exc().encode())


if __name__ == "__main__":
    outgoing = sys.stdout.buffer
    sys.stdout = io.StringIO()  # a stray print must not get between the frames
    _work(sys.stdin.buffer, outgoing)
