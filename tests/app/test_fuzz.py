"""Files broken by chance, through every reader: a result or a message, never a traceback, never a changed original.

Each kind of file has a count of its own here; PERFMON_XL_FUZZ multiplies it. `python tests/fuzz.py --minutes 30`
goes on for as long as told, with limits of time and memory.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from fuzz import KINDS, Materials, materials, once

TIMES = int(os.environ.get("PERFMON_XL_FUZZ", "1"))
COUNTS = {
    "工作簿": 150,
    "报告": 80,
    "官方表": 60,
    "数据": 300,
    "导出": 200,
    "规则集": 300,
    "模板": 60,
    "活模板": 60,
    "清单": 150,
    "账": 200,
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Materials:
    return materials(tmp_path_factory.mktemp("好文件"))


def test_every_kind_has_its_count() -> None:
    assert set(COUNTS) == set(KINDS)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.long
def test_broken_files(kind: str, good: Materials, tmp_path: Path) -> None:
    (tmp_path / "示例项目.xlsx").write_bytes(good.workbook)  # what a broken report is held against
    ends = [once(kind, good, random.Random(seed), tmp_path) for seed in range(COUNTS[kind] * TIMES)]
    assert ends.count("refused") > len(ends) / 30, (kind, ends.count("refused"))
