"""Many reports to PDF: one LibreOffice with its own profile, kept running; stopped and started anew when it hangs.

A cold LibreOffice spends most of a conversion on starting. Where no Python with the UNO bridge is at hand, each
file is converted by a LibreOffice of its own, as office.to_pdf does: slower, the same result.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from perfmon_xl.domain.errors import UserError
from perfmon_xl.report.pages.office import stop, to_pdf
from perfmon_xl.system.lines import read_lines
from perfmon_xl.system.office_programs import find_office

LIMIT, START_LIMIT = 120.0, 180.0
_FAREWELL = 20.0
MOST_FILES = 200  # a LibreOffice grows with every document: a fresh one now and then
_SCRIPT = Path(__file__).with_name("uno_converter.py")
_PROBE = "import sys; sys.path.append('/usr/lib/python3/dist-packages'); import uno"


@functools.cache
def uno_python() -> str | None:
    """能用 UNO 的 Python：LibreOffice 自带的，或系统的；没有的是 None。"""
    program = find_office()
    beside = [Path(program).resolve().with_name(n) for n in ("python.exe", "python")] if program else []
    for candidate in (*map(str, beside), "/usr/bin/python3", sys.executable):
        if Path(candidate).exists():
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                done = subprocess.run(
                    [candidate, "-I", "-c", _PROBE], capture_output=True, check=False, timeout=60
                )
                if done.returncode == 0:
                    return candidate
    return None


class PdfMaker:
    """一个一直开着的 LibreOffice。一个进程用一个；用完要 close，或写在 with 里。

    limit：一个文件最多转几秒，过了就停下这个 LibreOffice，下一个文件用新的。
    """

    def __init__(self, *, limit: float = LIMIT) -> None:
        program = find_office()
        if program is None:
            raise UserError(
                "没有找到 LibreOffice，转不了 PDF。",
                "请安装 LibreOffice；或先只出 Word 报告，用 Word 另存为 PDF。",
            )
        self._program, self._limit = program, limit
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._made = 0
        self.office_pid = 0

    def __enter__(self) -> PdfMaker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def pdf(self, document: bytes) -> bytes:
        """一份 .docx 的 PDF。转不成的说明白；下一份不受影响。"""
        if uno_python() is None:
            return to_pdf(document)
        if self._process is None or self._process.poll() is not None or self._made >= MOST_FILES:
            self._start()
        assert self._folder is not None
        source, target = (Path(self._folder.name) / f"report.{kind}" for kind in ("docx", "pdf"))
        source.write_bytes(document)
        target.unlink(missing_ok=True)
        answer = self._ask({"source": str(source), "target": str(target)})
        self._made += 1
        if not answer.get("ok") or not target.exists():
            raise UserError("LibreOffice 没有转成 PDF。", "请先只出 Word 报告，用 Word 另存为 PDF。")
        return target.read_bytes()

    def close(self) -> None:
        """停下 LibreOffice，删去它的配置目录。"""
        if self._process is not None:
            assert self._process.stdin is not None and self._process.stdout is not None
            with contextlib.suppress(OSError):
                self._process.stdin.close()  # the helper ends LibreOffice, also when we are killed
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_FAREWELL)
            stop(self._process)
            self._process.stdout.close()
            self._process = None
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._folder.cleanup()
            self._folder = None

    def _start(self) -> None:
        self.close()
        self._folder = tempfile.TemporaryDirectory(prefix="perfmon-", ignore_cleanup_errors=True)
        profile = (Path(self._folder.name) / "profile").as_uri()
        self._process = subprocess.Popen(
            [str(uno_python()), "-I", str(_SCRIPT), self._program, profile],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=os.name != "nt",
        )
        self._answers, self._made = queue.Queue(), 0
        assert self._process.stdout is not None
        threading.Thread(target=read_lines, args=(self._process.stdout, self._answers), daemon=True).start()
        self.office_pid = int(self._wait(START_LIMIT).get("pid", 0))

    def _ask(self, job: dict[str, str]) -> dict[str, Any]:
        assert self._process is not None and self._process.stdin is not None
        with contextlib.suppress(OSError):  # a dead process is noticed when no answer comes
            self._process.stdin.write(json.dumps(job) + "\n")
            self._process.stdin.flush()
        return self._wait(self._limit)

    def _wait(self, seconds: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            self.close()
            raise UserError(
                f"LibreOffice 过了 {seconds:g} 秒还没有转完，已停下。",
                "请先只出 Word 报告，用 Word 另存为 PDF。",
            ) from None
        except BaseException:
            self.close()
            raise
        if not line:
            self.close()
            raise UserError(
                "LibreOffice 中途退出了，没有转成 PDF。", "请先只出 Word 报告，用 Word 另存为 PDF。"
            )
        answer: dict[str, Any] = json.loads(line)
        return answer
