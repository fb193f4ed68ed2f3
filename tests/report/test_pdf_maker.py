"""Many PDFs from one LibreOffice: it is kept, it is replaced when it hangs or dies, and it leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.office import needs_office
from support.projects import project

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.policy import get
from perfmon_xl.report.make_report import write_report
from perfmon_xl.report.pages import pdf_maker
from perfmon_xl.report.pages.pdf_maker import PdfMaker


def alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@needs_office
def test_one_libreoffice_serves_many_and_is_replaced_when_it_hangs() -> None:
    document = write_report(figures_of(project(3), get()), pages="none")
    with PdfMaker() as maker:
        assert maker.pdf(document).startswith(b"%PDF")
        first = maker.office_pid
        assert maker.pdf(document).startswith(b"%PDF") and maker.office_pid == first
        group = os.getpgid(first)
        os.killpg(group, signal.SIGSTOP)
        maker._limit = 3.0
        with pytest.raises(UserError, match="过了 3 秒还没有转完，已停下"):
            maker.pdf(document)
        assert not alive(first)
        maker._limit = pdf_maker.LIMIT
        assert maker.pdf(document).startswith(b"%PDF") and maker.office_pid != first
        last, folder = maker.office_pid, Path(maker._folder.name)  # type: ignore[union-attr]
    assert not alive(last) and not folder.exists()


@needs_office
def test_libreoffice_goes_when_the_process_that_used_it_is_killed() -> None:
    script = (
        "import sys, time; from perfmon_xl.report.pages.pdf_maker import PdfMaker; m = PdfMaker(); m._start();"
        "print(m.office_pid, m._folder.name, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as user:
        assert user.stdout is not None
        pid, _, folder = user.stdout.readline().strip().partition(" ")
        assert alive(int(pid)) and (Path(folder) / "profile").exists()
        user.kill()
    deadline = time.monotonic() + 30
    while alive(int(pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not alive(int(pid))


def test_a_missing_libreoffice_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_maker, "find_office", lambda: None)
    with pytest.raises(UserError, match="没有找到 LibreOffice"):
        PdfMaker()


def test_without_uno_each_file_has_its_own_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_maker, "find_office", lambda: "soffice")
    monkeypatch.setattr(pdf_maker, "uno_python", lambda: None)
    monkeypatch.setattr(pdf_maker, "to_pdf", lambda document: b"%PDF " + document)
    assert PdfMaker().pdf(b"docx") == b"%PDF docx"
