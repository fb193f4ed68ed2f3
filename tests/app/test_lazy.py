"""A use case is imported when it is asked for, and everything that is promised can be asked for."""

from __future__ import annotations

import subprocess
import sys

from perfmon_xl import app


def test_every_name_is_there() -> None:
    assert [name for name in app.__all__ if getattr(app, name, None) is None] == []


def test_reading_a_report_needs_neither_audit_nor_drafts_nor_the_layer_of_files() -> None:
    code = (
        "import sys; from perfmon_xl import app; app.understand; "
        "print(*sorted(m for m in sys.modules if m.startswith('perfmon_xl')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names = loaded.stdout.split()
    assert "perfmon_xl.app.importing" in names
    assert [
        n for n in names if n.startswith(("perfmon_xl.audit", "perfmon_xl.rules", "perfmon_xl.app.auditing"))
    ] == []
    assert "perfmon_xl.workbook.file.book" not in names
    assert "urllib.request" not in names
