"""What stands in a file of somebody else, counted by others' readers (openpyxl, the csv module, the bare XML) and not by ours."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from lxml import etree

from perfmon_xl.domain.text_keys import label_text
from perfmon_xl.importing.document import Block, blocks_of, page_blocks
from perfmon_xl.importing.grid import Grid, csv_grid
from perfmon_xl.importing.sheets import grids_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = (f"{_W}del", f"{_W}moveFrom", _FALLBACK)
_WRITTEN = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def texts_in(data: bytes, suffix: str) -> list[str]:
    """每一个不空的格、每一个不空的段落；合并的格算一个。"""
    found = {".xlsx": _cells, ".docx": _paragraphs, ".csv": _fields}[suffix](data)
    return [text for text in found if flat(text)]


def flat(text: str) -> str:
    """不计空白、看不见的字和全角半角。"""
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]", "", label_text(text))


def blocks_in(path: Path) -> list[list[Block]]:
    """我们自己读的：一页一页的段落和表格。"""
    data = path.read_bytes()
    if path.suffix == ".docx":
        return [list(blocks_of(data))]
    pages = grids_of(data) if path.suffix == ".xlsx" else (csv_grid(data, path.name)[0],)
    return [list(page_blocks(page)) for page in pages]


def read_texts(pages: list[list[Block]]) -> str:
    """我们读到的全部文字。"""
    return "\n".join(
        flat(text)
        for page in pages
        for block in page
        for text in ([t for row in block.texts for t in row] if isinstance(block, Grid) else [block.text])
    )


def _cells(data: bytes) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    yield cell.value
                elif cell.value is not None and cell.number_format == "General":
                    yield f"{cell.value:.15g}" if isinstance(cell.value, float) else str(cell.value)


def _fields(data: bytes) -> Iterator[str]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        yield from (field for line in csv.reader(io.StringIO(text)) for field in line)
        return


def _paragraphs(data: bytes) -> Iterator[str]:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    for paragraph in root.iter(f"{_W}p"):
        if any(up.tag in _GONE for up in paragraph.iterancestors()):
            continue
        yield from "".join(_own(paragraph)).split("\n")


def _own(element: etree._Element) -> Iterator[str]:
    """一段自己的字：文本框里的另是一段，删掉的不算。"""
    for one in element:
        if one.tag == f"{_W}t":
            yield one.text or ""
        elif one.tag in _WRITTEN:
            yield _WRITTEN[one.tag]
        elif one.tag not in (*_GONE, f"{_W}p", f"{_W}txbxContent", f"{_W}pPr"):
            yield from _own(one)
