"""The page, walked from end to end in a real browser (page.mjs), and what stands in it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from support.service import needs_browser, walk

import perfmon_xl.service
from perfmon_xl.domain import wording
from perfmon_xl.domain.message import Phrase, Reader
from perfmon_xl.service import api

PAGE = Path(perfmon_xl.service.__file__).parent / "page"
HTML = (PAGE / "index.html").read_text(encoding="utf-8")


def edited(report: Path, out: Path) -> Path:
    """报告的一份，头一个百分数改过。"""
    with zipfile.ZipFile(report) as package, zipfile.ZipFile(out, "w") as made:
        for info in package.infolist():
            data = package.read(info)
            if info.filename == "word/document.xml":
                text = data.decode("utf-8")
                data = re.sub(r">\d+\.\d\d%<", ">99.99%<", text, count=1).encode("utf-8")
                assert data.decode("utf-8") != text
            made.writestr(info, data)
    return out


@needs_browser
def test_the_page_is_walked_from_end_to_end(demo_folder: Path, tmp_path: Path) -> None:
    report = next(demo_folder.glob("*.docx"))
    walk(
        Path(__file__).with_name("page.mjs"),
        tmp_path / "home",
        BOOK=demo_folder / "示例项目.xlsx",
        EDITED=edited(report, tmp_path / "改过的报告.docx"),
        SCRIPT=PAGE / "page.js",
    )


def test_the_buttons_ask_for_what_the_description_knows() -> None:
    buttons = re.findall(r'data-action="(\w+)"(?: data-option="(\w+)")?', HTML)
    assert len(buttons) > 10
    for action, option in buttons:
        assert not option or api.ACTIONS[action].options[option] is bool


def test_what_the_page_is_told_to_press_is_there() -> None:
    labels = set(re.findall(r"<(?:button|a)[^>]*>([^<]+)</", HTML))
    told = [one.words(Reader.PAGE) for one in vars(wording).values() if isinstance(one, Phrase) and one.page]
    pressed = {label for text in told for label in re.findall("点“([^”]+)”", text)}
    assert len(pressed) > 4 and pressed <= labels
