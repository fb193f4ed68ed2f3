"""Examples in docstrings are run, every module says in its first lines what it is for, files that are named are there."""

from __future__ import annotations

import ast
import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

import perfmon_xl

PACKAGE = Path(perfmon_xl.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
WITH_EXAMPLES = [path for path in SOURCES if ">>> " in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_the_examples_are_true(path: Path) -> None:
    module = import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    result = doctest.testmod(module)
    assert result.attempted and not result.failed


@pytest.mark.slow
def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path in SOURCES if not ast.get_docstring(ast.parse(path.read_bytes()))]
    assert [path.relative_to(PACKAGE).as_posix() for path in silent] == []


def test_files_that_are_named_are_there() -> None:
    root = PACKAGE.parent
    there = {f"/{path.relative_to(root).as_posix()}" for path in root.rglob("*.py")}
    named = [
        (path.relative_to(root).as_posix(), name)
        for path in (*SOURCES, *PACKAGE.rglob("README.md"))
        for name in re.findall(r"(?<![\w/*.])[a-z_]+(?:/[a-z_]+)+\.py\b", path.read_text(encoding="utf-8"))
    ]
    assert len(named) > 20
    assert [(path, name) for path, name in named if not any(t.endswith(f"/{name}") for t in there)] == []
