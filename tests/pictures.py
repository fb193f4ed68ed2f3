"""The pictures of the READMEs, made anew from the product: `python tests/pictures.py` (LibreOffice, poppler, Pillow).

Each picture is one or more pages of what a command made, as LibreOffice prints them, trimmed and made small.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from PIL import Image, ImageChops
from screens import half_wide_letters
from support.district import outcomes, summary_of
from support.office import convert

from perfmon_xl import app
from perfmon_xl.system.resources import example_data
from perfmon_xl.workbook.build.summary.book import write_summary

ROOT = Path(__file__).resolve().parents[1]
_DOTS, _COLOURS, _GAP = 110, 128, 24


@dataclass(frozen=True)
class Picture:
    """一张图：放在哪里、取自哪一份文件里有哪些字的页、取页面的上边多少、多宽。"""

    path: str
    source: str
    pages: tuple[str, ...]
    top: float = 1.0
    width: int = 1100


PICTURES = (
    Picture("xlsx_templates/pictures/table4.png", "示例项目.xlsx", ("^表 ?4",), top=0.64),
    Picture("xlsx_templates/pictures/findings.png", "示例项目.xlsx", ("^检查结果",), top=0.5),
    Picture("xlsx_templates/pictures/board.png", "示例项目.xlsx", ("^看板",), top=0.95),
    Picture("xlsx_templates/pictures/summary.png", "汇总.xlsx", (".",), top=0.71),
    Picture(
        "report_templates/pictures/report.png",
        "报告.docx",
        (".", "项目资金投入安排情况 1", "图 ?2 ", r"主要问题 1\. "),
        width=1200,
    ),
)


def sources(folder: Path) -> dict[str, Path]:
    """示例的工作簿（检查结果写在里面）和报告，虚构的一个区的汇总，转成 PDF。"""
    book, report, summary = folder / "示例项目.xlsx", folder / "报告.docx", folder / "汇总.xlsx"
    app.new(book, example_data())
    app.fill(book)
    app.check_and_write(book)
    app.report(book, report, draft=True)
    summary.write_bytes(write_summary(summary_of(outcomes(24)), title="全区绩效监控汇总"))
    return {path.name: convert(path, "pdf", folder) for path in (book, report, summary)}


def page_images(pdf: Path, wanted: Sequence[str]) -> list[Image.Image]:
    """有这些字的各页，一种说法取还没有取过的第一页。"""
    count = int(re.search(r"Pages:\s+(\d+)", _run("pdfinfo", pdf))[1])  # type: ignore[index]
    texts = [re.sub(r"\s+", " ", _run("pdftotext", "-f", n, "-l", n, pdf, "-")) for n in range(1, count + 1)]
    found: list[int] = []
    for words in wanted:
        found.append(next(n for n, text in enumerate(texts, 1) if re.search(words, text) and n not in found))
    return [_image(pdf, number) for number in found]


def _run(*command: object) -> str:
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True).stdout


def _image(pdf: Path, number: int) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder:
        _run("pdftoppm", "-r", _DOTS, "-f", number, "-l", number, "-png", pdf, f"{folder}/page")
        (path,) = Path(folder).iterdir()
        with Image.open(path) as image:
            return image.convert("RGB")


def drawn(picture: Picture, pdf: Path) -> Image.Image:
    """几页排成一行，去掉白边，缩到要的宽。"""
    images = page_images(pdf, picture.pages)
    if len(images) == 1:
        (image,) = images
        white = Image.new("RGB", image.size, "white")
        box = ImageChops.difference(image, white).getbbox() or (0, 0, *image.size)
        height = int((box[3] - box[1]) * picture.top)
        sheet = image.crop((box[0], box[1], box[2], box[1] + height))
    else:
        sheet = Image.new(
            "RGB",
            (sum(i.width + _GAP for i in images) + _GAP, max(i.height for i in images) + 2 * _GAP),
            "#D9D9D9",
        )
        left = _GAP
        for image in images:
            sheet.paste(image, (left, _GAP))
            left += image.width + _GAP
    small = sheet.resize(
        (picture.width, round(sheet.height * picture.width / sheet.width)), Image.Resampling.LANCZOS
    )
    return small.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def main(save: Callable[[str, Image.Image], None]) -> None:
    """各图交给 save。"""
    with tempfile.TemporaryDirectory() as temporary, half_wide_letters():
        made = sources(Path(temporary))
        for picture in PICTURES:
            save(picture.path, drawn(picture, made[picture.source]))


def _save(path: str, image: Image.Image) -> None:
    target = ROOT / path
    target.parent.mkdir(exist_ok=True)
    image.save(target, optimize=True)
    print(f"{path} {target.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    if shutil.which("pdftoppm") is None:
        raise SystemExit("poppler-utils is missing")
    main(_save)
