"""The example's 66 oddities: which rule finds which, row by row, by general rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfmon_xl import app
from perfmon_xl.domain.finding import Finding
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read

ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in Path(__file__).with_name("oddities.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d+ \|", line)
]


@pytest.fixture(scope="module")
def findings(example: Monitoring) -> tuple[Finding, ...]:
    return app.check_reading(read(PackageBook.from_bytes(build(example)))).findings


def test_the_table_has_every_number_once_and_fifty_six_are_found() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 67))
    assert sum(bool(row[1]) for row in ROWS) >= 56
    assert all(row[3] for row in ROWS)


@pytest.mark.parametrize("row", [r for r in ROWS if r[1]], ids=lambda r: r[0])
def test_the_rule_finds_it_there(row: tuple[str, str, str, str], findings: tuple[Finding, ...]) -> None:
    _, code, place, _ = row
    places = [str(f.origin) for f in findings if f.code == code]
    assert any(place in found for found in places), f"{code} 报在 {places}"


def test_no_rule_knows_the_words_of_the_example() -> None:
    import perfmon_xl.rules

    for path in Path(perfmon_xl.rules.__file__).parent.rglob("*.py"):
        assert not re.search("法律援助|青云谱|司法局|正效", path.read_text(encoding="utf-8")), path
