"""A use case is imported when it is asked for, and everything that is promised can be asked for."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_the_names_are_those_that_type_checkers_see() -> None:
    tree = ast.parse(Path(app.__file__).read_text(encoding="utf-8"))
    seen = {
        (node.module.rpartition(".")[2], alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("perfmon_xl.app.")
        for alias in node.names
    }
    assert {(home, name) for name, home in app._MODULE_OF.items()} == seen
    with pytest.raises(AttributeError, match="no_such_thing"):
        app.no_such_thing  # noqa: B018


@pytest.mark.parametrize(
    ("command", "spared"),
    [("check", ("perfmon_xl.importing", "perfmon_xl.audit", "http.client")), ("fill", ("perfmon_xl.ledger", "perfmon_xl.audit"))],
)  # fmt: skip
@pytest.mark.slow
def test_a_command_spares_what_it_does_not_need(
    demo_book: Path, command: str, spared: tuple[str, ...]
) -> None:
    code = f"""
import sys
from perfmon_xl.cli import main
main([{command!r}, {str(demo_book)!r}])
print([one for one in {spared!r} if one in sys.modules], file=sys.stderr)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ran.stderr.strip().endswith("[]"), ran.stderr
