"""A click pays only for what it uses: no report engine, no workbook builder, no pandas for a check."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.click import measured


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["fill.run", "check.run", "check.next", "help.about"])
def test_nothing_heavy_is_imported(demo_book: Path, tag: str) -> None:
    assert measured(tag, demo_book)[1] == []


@pytest.mark.slow
def test_the_question_is_a_real_one(demo_book: Path) -> None:
    assert "jinja2" in measured("report.draft", demo_book)[1]
