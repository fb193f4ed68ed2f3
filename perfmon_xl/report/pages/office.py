"""LibreOffice, where it is at hand: a report to PDF, and on which page each heading falls."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.report.pages.contents import BODY_START, bookmark_name
from perfmon_xl.system.guarded_process import guarded, let_go
from perfmon_xl.system.office_programs import find_office

TIMEOUT = 120
_BOOKMARKS = {"ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"}}


def to_pdf(document: bytes, *, bookmarks: bool = False) -> bytes:
    """Word 文件转成 PDF。用单独的配置目录，不碰用户自己开着的 LibreOffice。"""
    program = find_office()
    if program is None:
        raise UserError(
            "没有找到 LibreOffice，转不了 PDF。",
            "请安装 LibreOffice；或先只出 Word 报告，用 Word 另存为 PDF。",
        )
    with tempfile.TemporaryDirectory(prefix="perfmon-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        source = work / "report.docx"
        try:
            source.write_bytes(document)
        except OSError as error:
            raise UserError(
                f"临时文件夹 {work} 写不进：{system_reason(error)}，转不了 PDF。", "请清理磁盘空间后再试。"
            ) from None
        kind = "pdf:writer_pdf_Export" + (":" + json.dumps(_BOOKMARKS) if bookmarks else "")
        command = [
            program, f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", kind, "--outdir", str(work), str(source),
        ]  # fmt: skip
        process = guarded(command, folder)
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            let_go(process)
            raise UserError(
                "LibreOffice 很久没有转完，已停下。", "请先只出 Word 报告，用 Word 另存为 PDF。"
            ) from None
        except BaseException:
            let_go(process)
            raise
        if process.stdin is not None:
            process.stdin.close()
        made = work / "report.pdf"
        if not made.exists():
            raise UserError("LibreOffice 没有转成 PDF。", "请先只出 Word 报告，用 Word 另存为 PDF。")
        return made.read_bytes()


def stop(process: subprocess.Popen[Any]) -> None:
    """soffice 是个外壳，真正干活的是它的子进程，要一起停。"""
    if os.name == "nt":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def heading_pages(document: bytes, count: int) -> list[int] | None:
    """各标题在第几页（正文从 1 数起）；问不到的返回 None。"""
    try:
        return pages_in(to_pdf(document, bookmarks=True), count)
    except UserError:
        return None


def pages_in(pdf: bytes, count: int) -> list[int] | None:
    """bookmarks=True 转出的 PDF 里，各标题在第几页。"""
    import io

    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(pdf))
    places = {
        name.replace("/5F", "_").lstrip("/"): place for name, place in reader.named_destinations.items()
    }
    wanted = [BODY_START, *(bookmark_name(i) for i in range(count))]
    if any(name not in places for name in wanted):
        return None
    found = [reader.get_destination_page_number(places[name]) for name in wanted]
    if any(page is None for page in found):
        return None
    start, *pages = [page for page in found if page is not None]
    return [page - start + 1 for page in pages]
