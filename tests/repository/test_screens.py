"""`tests/screens.py` draws what a screen shows: each sheet that is seen, on each screen, cells as wide as in Excel."""

from __future__ import annotations

from pathlib import Path

import pytest
import screens
import xlsxwriter
from PIL import Image
from support.uno_office import needs_uno


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """甲：A 列宽 10，B 列藏着，C3 是红的；乙藏着。"""
    path = tmp_path / "本.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page, other = workbook.add_worksheet("甲"), workbook.add_worksheet("乙")
        page.set_column(0, 0, 10)
        page.set_column(1, 1, 20, None, {"hidden": 1})
        page.write(2, 2, "红", workbook.add_format({"bg_color": "#FF0000"}))
        other.hide()
    return path


def test_columns_are_as_wide_as_excel_shows_them(book: Path) -> None:
    found = screens.widths(book)["甲"]
    assert found[1] == 75  # ten characters of seven pixels, and five beside them
    assert 2 not in found


@needs_uno
def test_a_picture_of_each_sheet_that_is_seen_on_each_screen(book: Path, tmp_path: Path) -> None:
    screens.main([str(book), "--to", str(tmp_path / "out")])
    made = sorted(p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.png"))
    assert made == [f"本/{w}x{h}/01 甲.png" for w, h in screens.SCREENS]
    for width, height in screens.SCREENS:
        with Image.open(tmp_path / "out" / "本" / f"{width}x{height}" / "01 甲.png") as picture:
            assert picture.size == (width, height)
            colours = picture.convert("RGB").getcolors(1 << 24) or []
            red = next((count for count, colour in colours if colour == (255, 0, 0)), 0)
            assert 500 < red < 3000  # one cell of usual size, not the hidden column beside it
