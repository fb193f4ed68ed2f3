"""What a screen shows of each sheet when it is opened: `python tests/screens.py BOOK.xlsx … [--to FOLDER]`.

One picture a sheet and screen, FOLDER/BOOK/1366x768/01 填报说明.png. LibreOffice draws the cells; the columns are given
the widths that Excel gives them (7 pixels for each character of what the file says), since LibreOffice takes the digits of whatever font stands
in for a missing one. Grey: what the program itself takes of the screen (title, ribbon and formula bar; tabs and bars
below). Needs LibreOffice with uno for this Python, and Pillow and poppler.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter
from PIL import Image, ImageDraw

SCREENS = ((1366, 768), (1920, 1080))
_ABOVE, _BELOW = 186, 84  # pixels
_ROW_NUMBERS, _COLUMN_LETTERS = 40, 20  # about; the rest is cut off
_GREY, _LINE = "#D0D0D0", "#7F7F7F"
# 宋体 has Latin letters half as wide as Han characters; what stands in for it has to have them, too
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match target="pattern"><test name="family"><string>宋体</string></test>
<edit name="family" mode="assign" binding="strong"><string>Noto Sans Mono CJK SC</string></edit></match>
</fontconfig>"""
_UNITS = 2540 / 96  # a pixel, in hundredths of a millimetre
_DOTS = 96


def widths(path: Path) -> dict[str, dict[int, int]]:
    """各工作表看得见的列有多宽，像素：列号（从 1 数）→ 宽；藏着的列不在里面。没有写的列是默认宽。"""
    found: dict[str, dict[int, int]] = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        default = sheet.sheet_format.defaultColWidth or 8.43
        columns = dict.fromkeys(range(1, 101), round(7 * default))
        for key, one in sheet.column_dimensions.items():
            first = column_index_from_string(key)
            for number in range(one.min or first, min(one.max or first, 100) + 1):
                if one.hidden:
                    columns.pop(number, None)
                else:
                    columns[number] = round(7 * (one.width or default))
        found[sheet.title] = columns
    return found


class Screens:
    """一个开着的 LibreOffice，画工作簿的屏幕。"""

    def __init__(self, desktop: object, folder: Path) -> None:
        self.desktop, self.folder = desktop, folder

    def drawn(self, path: Path) -> Iterator[tuple[str, tuple[int, int], Image.Image]]:
        """各个看得见的工作表在各种屏幕上的样子。"""
        from support.uno_desktop import uno, value

        url = uno.systemPathToFileUrl(str(path.resolve()))
        document = self.desktop.loadComponentFromURL(  # type: ignore[attr-defined]
            url, "_blank", 0, (value("Hidden", True),)
        )
        try:
            names = self._one_page_each(document, widths(path))
            pdf = self.folder / "screens.pdf"
            document.storeToURL(uno.systemPathToFileUrl(str(pdf)), (value("FilterName", "calc_pdf_Export"),))
        finally:
            document.close(True)
        prefix = self.folder / "screen"
        subprocess.run(["pdftoppm", "-r", str(_DOTS), "-png", str(pdf), str(prefix)], check=True)
        pages = sorted(self.folder.glob("screen-*.png"))
        assert len(pages) == len(names), f"{len(pages)} pages of {len(names)} sheets"
        for name, page in zip(names, pages, strict=True):
            with Image.open(page) as cells:
                for size in SCREENS:
                    yield name, size, _on_screen(cells.convert("RGB"), size)
            page.unlink()

    def _one_page_each(self, document, wide: dict[str, dict[int, int]]) -> list[str]:
        """每个看得见的工作表，最大的屏幕上的那些格子排成一页；返回名称。"""
        across, down = SCREENS[-1][0], SCREENS[-1][1] - _ABOVE - _BELOW
        families = document.StyleFamilies.getByName("PageStyles")
        names = []
        for number in range(document.Sheets.Count):
            sheet = document.Sheets.getByIndex(number)
            if not sheet.IsVisible:
                continue
            names.append(sheet.Name)
            own = wide[sheet.Name]
            for column, pixels in own.items():
                sheet.Columns.getByIndex(column - 1).Width = round(pixels * _UNITS)
            last, width = 0, 0.0
            while width < across * _UNITS:
                one = sheet.Columns.getByIndex(last)
                width += one.Width if one.IsVisible else 0
                last += 1
            row, height = 0, 0.0
            while height < down * _UNITS:
                one = sheet.Rows.getByIndex(row)
                height += one.Height if one.IsVisible else 0
                row += 1
            style = document.createInstance("com.sun.star.style.PageStyle")
            families.insertByName(f"屏幕{number}", style)
            for margin in ("LeftMargin", "RightMargin", "TopMargin", "BottomMargin"):
                setattr(style, margin, 0)
            style.HeaderIsOn = style.FooterIsOn = False
            style.IsLandscape = True
            style.Width = round(width + 3 * _ROW_NUMBERS * _UNITS)
            style.Height = round(height + 3 * _COLUMN_LETTERS * _UNITS)
            style.PrintHeaders = style.PrintGrid = style.PrintCharts = style.PrintObjects = True
            style.CenterHorizontally = style.CenterVertically = False
            style.PageScale = 100
            sheet.PageStyle = f"屏幕{number}"
            sheet.setPrintTitleRows(False)
            sheet.setPrintTitleColumns(False)
            area = sheet.getCellRangeByName(f"A1:{get_column_letter(last)}{row}").RangeAddress
            sheet.setPrintAreas((area,))
        return names


def _on_screen(cells: Image.Image, size: tuple[int, int]) -> Image.Image:
    """照屏幕的大小裁下来，上下画上程序自己占的地方。"""
    screen = Image.new("RGB", size, "white")
    screen.paste(cells, (0, _ABOVE))
    draw = ImageDraw.Draw(screen)
    draw.rectangle((0, 0, size[0], _ABOVE - 1), fill=_GREY)
    draw.rectangle((0, size[1] - _BELOW, *size), fill=_GREY)
    for y in (_ABOVE - 1, size[1] - _BELOW):
        draw.line((0, y, size[0], y), fill=_LINE)
    return screen


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("books", nargs="+", type=Path, metavar="BOOK.xlsx")
    parser.add_argument("--to", type=Path, default=Path("screens"), metavar="FOLDER")
    asked = parser.parse_args(arguments)
    with half_wide_letters():
        _draw(asked.books, asked.to)


@contextlib.contextmanager
def half_wide_letters() -> Iterator[None]:
    """在里面启动的 LibreOffice，没有宋体的，用字母数字也是半个字宽的代替。"""
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory() as fonts:
        (Path(fonts) / "fonts.conf").write_text(_FONTS, encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = f"{fonts}/fonts.conf"
        try:
            yield
        finally:
            os.environ.pop("FONTCONFIG_FILE")
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before


def _draw(books: list[Path], to: Path) -> None:
    from support.uno_desktop import desktop_of_own

    with tempfile.TemporaryDirectory() as folder, desktop_of_own(f"{folder}/profile") as desktop:
        screens = Screens(desktop, Path(folder))
        for book in books:
            numbers: dict[str, int] = {}
            for name, (width, height), picture in screens.drawn(book):
                number = numbers.setdefault(name, len(numbers) + 1)
                target = to / book.stem / f"{width}x{height}" / f"{number:02} {name}.png"
                target.parent.mkdir(parents=True, exist_ok=True)
                picture.save(target)
            print(f"{book.name}: {len(numbers)} sheets, {len(SCREENS)} screens each")


if __name__ == "__main__":
    main(sys.argv[1:])
