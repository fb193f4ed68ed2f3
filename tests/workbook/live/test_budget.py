"""How often the open workbook crosses into Excel, counted under xlwings' real Windows engine (see com_count.py)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import support

FOLDER = Path(support.__file__).parent


def counted(what: int | Path) -> dict[str, int]:
    paths = [str(FOLDER.parents[1]), str(FOLDER.parent)]
    done = subprocess.run(
        [sys.executable, str(FOLDER / "com_count.py"), str(what)],
        capture_output=True, text=True, check=True, timeout=300,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.slow
def test_a_check_of_a_hundred_indicators_keeps_within_its_calls() -> None:
    small, large = counted(30), counted(100)
    assert large["findings"] > 2 * small["findings"]
    assert large["read"] <= 40 * large["sheets"]
    for one in (small, large):
        assert one["write"] + one["colours"] <= 150
        assert one["noted"] >= 10
        assert one["notes"] <= 2 * one["sheets"] and one["notes without the add-in"] <= 4 * one["noted"]
    assert large["clear"] <= 450  # each conditional format of the workbook is looked at: ours must be found
    for what in ("read", "write", "colours", "clear", "names"):
        assert large[what] <= small[what] + 10, f"{what} grows with the rows"


@pytest.mark.slow
def test_notes_keep_within_their_calls_where_many_sheets_have_few(demo_book: Path) -> None:
    """示例里九张表有批注，有的只有两条：插件里的宏不许运行，也不过一条四次，一条不少。"""
    found = counted(demo_book)
    assert found["noted"] >= 50 and found["notes"] <= 2 * found["sheets"]
    assert found["notes without the add-in"] <= 4 * found["noted"]
