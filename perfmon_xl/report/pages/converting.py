"""A report to PDF by what this machine has: the person's own Word, then WPS, then LibreOffice; or “save as PDF”, in words.

Word and WPS are asked by a process of its own (word_converter.py), with a time limit: a dialog that nobody sees must not
hold up a batch. One at a time, whichever process asks.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfmon_xl.domain.errors import UserError
from perfmon_xl.report.pages import office
from perfmon_xl.report.pages.contents import bookmark_name, printed_pages
from perfmon_xl.system.lines import read_lines
from perfmon_xl.system.locking import locked
from perfmon_xl.system.office_programs import find_office
from perfmon_xl.system.writers import Writer, find_writers

if TYPE_CHECKING:
    from perfmon_xl.report.render import Pages, Report

LIBREOFFICE = "LibreOffice"
LIMIT = 90.0  # of Word: it may have to start, and a report has some dozen pages
_GOODBYE = 10.0
_SCRIPT = Path(__file__).with_name("word_converter.py")
SAVE_AS = "请先只出 Word 报告，用 Word 或 WPS 打开，“另存为”选 PDF。"


@dataclass(frozen=True, slots=True)
class Converted:
    """转好的 PDF、是哪个程序转的，和各标题在第几页（问不到的是 None）；notes 是试过没有成的程序，各一句。"""

    pdf: bytes
    program: str
    pages: tuple[int, ...] | None = None
    notes: tuple[str, ...] = ()


def convert(document: bytes, headings: int = 0) -> Converted:
    """一份 .docx 转成 PDF；headings 是目录里标题的个数，给出的，顺带问各在第几页。哪个程序都不成的，拒绝并说怎么办。"""
    notes: list[str] = []
    for writer in find_writers():
        try:
            with _one_at_a_time():
                pdf, pages = by_writer(writer, document, [bookmark_name(n) for n in range(headings)])
            return Converted(pdf, writer.name, pages, tuple(notes))
        except WriterFailed as error:
            notes.append(f"{writer.name} 没有转成（{error}）。")
    if find_office() is None:
        what = "".join(notes) + (
            "没有别的程序可以转" if notes else "没有找到 Word、WPS 或 LibreOffice，转不了"
        )
        raise UserError(f"{what} PDF。", SAVE_AS)
    if not headings:
        return Converted(office.to_pdf(document), LIBREOFFICE, None, tuple(notes))
    pdf = office.to_pdf(document, bookmarks=True)
    found = office.pages_in(pdf, headings)
    return Converted(pdf, LIBREOFFICE, None if found is None else tuple(found), tuple(notes))


def with_pdf(make: Callable[[Pages], Report], pages: Pages = "estimate") -> tuple[Report, Converted]:
    """一份报告和它的 PDF；make 照给的页码做报告。估算的页码同转出来的不一样的，报告照转出来的再做一遍。"""
    first = make(pages)
    printed = printed_pages(first.data)
    done = convert(first.data, len(printed))
    if done.pages is None or list(done.pages) == printed:
        return first, done
    second = make(done.pages)
    if done.program == LIBREOFFICE:  # it prints the contents as they are; Word counts anew by itself
        done = replace(done, pdf=office.to_pdf(second.data))
    return second, done


class WriterFailed(Exception):  # noqa: N818 - not an error yet: the next program is tried
    """这个程序没有转成；说为什么。"""


def by_writer(
    writer: Writer, document: bytes, names: Sequence[str], *, limit: float | None = None,
    command: Sequence[str] = (),
) -> tuple[bytes, tuple[int, ...] | None]:  # fmt: skip
    """请 Word 或 WPS 转；它在自己的进程里，过了 limit 秒就停下。command 是那个进程，测试换成别的。"""
    with tempfile.TemporaryDirectory(prefix="perfmon-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "report.docx", Path(folder) / "report.pdf"
        source.write_bytes(document)
        process = subprocess.Popen(
            [*(command or (sys.executable, "-I", str(_SCRIPT))), writer.progid, writer.image, str(source), str(target), *names],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        try:
            told = _process_output(process, limit or LIMIT)
        finally:
            _let_go(process)
        if told.get("ok") is not True:
            raise WriterFailed(_failure_reason(told))
        if not target.exists() or not target.stat().st_size:
            raise WriterFailed("没有写出文件")
        pages = told.get("pages")
        return target.read_bytes(), tuple(pages) if pages else None


def _process_output(process: subprocess.Popen[str], limit: float) -> dict[str, Any]:
    """进程说的话，合在一起；到时候还没有说完的，是“超过了时间”。"""
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    threading.Thread(target=read_lines, args=(process.stdout, lines), daemon=True).start()
    told: dict[str, Any] = {}
    until = time.monotonic() + limit
    while "ok" not in told:
        try:
            line = lines.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            return {"ok": False, "late": limit}
        if not line:
            return {"ok": False, "why": "中途退出了"}
        with contextlib.suppress(ValueError):
            told |= json.loads(line)
    return told


def _failure_reason(told: dict[str, Any]) -> str:
    if "late" in told:
        return f"过了 {told['late']:g} 秒还没有转完，可能有一个看不见的对话框：请先打开它一次，关掉提示"
    code = told.get("code", 0)
    return _MEANINGS.get(code) or f"{str(told.get('why', ''))[:120]}"


# CO_E_CLASSSTRING, REGDB_E_CLASSNOTREG; RPC_E_DISCONNECTED, RPC_S_SERVER_UNAVAILABLE; RPC_E_CALL_REJECTED
_MEANINGS = {
    -2147221005: "没有装好",
    -2147221164: "没有装好",
    -2147417848: "中途退出了",
    -2147023174: "中途退出了",
    -2147418111: "一直在忙",
    -2147417846: "一直在忙",
}


def _let_go(process: subprocess.Popen[str]) -> None:
    """关上它的输入：它收拾好自己启动的程序再退出；不退的，停下它。"""
    assert process.stdin is not None
    with contextlib.suppress(OSError):
        process.stdin.close()
    try:
        process.wait(_GOODBYE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _one_at_a_time(wait: Callable[[float], object] = time.sleep) -> Iterator[None]:
    """四个进程一起转的，也只开一个 Word；等得太久的，不再等。"""
    path = Path(tempfile.gettempdir()) / "perfmon-word.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + 4 * LIMIT
        while not locked(descriptor) and time.monotonic() < until:
            wait(0.2)
        yield
    finally:
        os.close(descriptor)
