"""Nothing is lost in silence: every cell and paragraph of others' files, counted by others' readers, is in a record or listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.counted import blocks_in, flat, read_texts, texts_in
from support.placed import unplaced
from support.spoiled import spoiled

from perfmon_xl import app
from perfmon_xl.domain.errors import UserError

_FILES = sorted(p for p in (Path(__file__).parents[1] / "data" / "foreign").iterdir() if p.suffix != ".md")
_SEEDS = range(12)


def lost_in(path: Path) -> list[str]:
    """没有读到的，和读到了却没有去处的；整份拒绝的，没有丢。"""
    pages = blocks_in(path)
    heap = read_texts(pages)
    unseen = [text for text in texts_in(path.read_bytes(), path.suffix) if flat(text) not in heap]
    try:
        found = app.understand(path)
    except UserError:
        return unseen
    return unseen + [t for page in pages for t in unplaced(page, found.imported, found.preview)]


@pytest.mark.parametrize("path", _FILES, ids=lambda p: p.name)
def test_every_cell_and_paragraph_is_in_a_record_or_listed(path: Path) -> None:
    counted = texts_in(path.read_bytes(), path.suffix)
    assert len(counted) > 50
    assert app.understand(path).imported
    assert lost_in(path) == []


def test_what_is_taken_away_is_missed() -> None:
    """反面：读到的里少一格，数得出来。"""
    path = next(p for p in _FILES if p.name == "jk_half_year.xlsx")
    pages, found = blocks_in(path), app.understand(path)
    one = found.imported[0]
    record = one.monitoring.compared[0]
    from dataclasses import replace

    without = replace(one, monitoring=replace(one.monitoring, compared=one.monitoring.compared[1:]))
    missed = [t for page in pages for t in unplaced(page, [without], found.preview)]
    assert record.name in missed


@pytest.mark.slow
@pytest.mark.parametrize("path", _FILES, ids=lambda p: p.name)
def test_nor_when_the_file_is_spoiled(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    for seed in _SEEDS:
        broken = tmp_path / f"{seed}{path.suffix}"
        broken.write_bytes(spoiled(data, path.suffix, seed))
        assert lost_in(broken) == [], seed
