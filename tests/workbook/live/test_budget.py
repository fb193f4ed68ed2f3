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


def counted(indicators: int) -> dict[str, int]:
    paths = [str(FOLDER.parents[1]), str(FOLDER.parent)]
    done = subprocess.run(
        [sys.executable, str(FOLDER / "com_count.py"), str(indicators)],
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
