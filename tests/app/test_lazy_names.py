"""A command imports what it needs and no more: most of what a short command costs is its imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from perfmon_xl import app


def test_the_names_are_those_that_type_checkers_see() -> None:
    tree = ast.parse(Path(app.__file__).read_text(encoding="utf-8"))
    seen = {
        (node.module.rpartition(".")[2], alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("perfmon_xl.app.")
        for alias in node.names
    }
    assert {(home, name) for name, home in app._MODULE_OF.items()} == seen
    for name in app.__all__:
        assert getattr(app, name) is not None
    with pytest.raises(AttributeError, match="no_such_thing"):
        app.no_such_thing  # noqa: B018


@pytest.mark.parametrize(
    ("command", "spared"),
    [("check", ("perfmon_xl.importing", "perfmon_xl.audit", "http.client")), ("fill", ("perfmon_xl.ledger", "perfmon_xl.audit"))],
)  # fmt: skip
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
