"""Every link that we write is relative with “./” or of an allowed scheme: no name of a file or a project becomes an address."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from support.district import outcomes

from perfmon_xl import app
from perfmon_xl.app.summarising import summarise
from perfmon_xl.ooxml.parts import Parts
from perfmon_xl.report.template.package import OPEN_SCHEMES
from perfmon_xl.workbook.build.listing import Link

NAMES = [
    "甲/一.docx",
    "甲 乙/一 二.docx",
    "javascript_alert(1).docx",
    "http/www.docx",
    "甲#1.docx",
    "100%.docx",
    "%2e%2e/甲.docx",
    "a&b='c'.docx",
    "甲~！@￥.docx",
    "file/甲.docx",
    "..甲/一.docx",
    "mailto.docx",
]


def outside(data: bytes) -> list[str]:
    return [one.target for one in Parts(data).relations if one.external]


@pytest.mark.parametrize("name", NAMES)
def test_the_summary_links_below_its_own_folder(name: str, tmp_path: Path) -> None:
    (one, *others) = outcomes(2)
    made = replace(one, outputs={"book": name.replace(".docx", ".xlsx"), "report": name})
    (tmp_path / "out").mkdir()
    summarise(tmp_path / "out", [made, *others], name="全区", pages="none")
    for path in (tmp_path / "out").iterdir():
        if path.suffix in (".xlsx", ".docx"):
            targets = outside(path.read_bytes())
            assert all(one.startswith("./") and ".." not in Path(unquote(one)).parts for one in targets), (
                targets
            )
            if path.suffix == ".xlsx":
                assert name in {unquote(one.partition("#")[0])[2:] for one in targets}


@pytest.mark.parametrize("name", [*NAMES, "甲:乙.docx", "c:/甲.docx", "//主机/甲.docx"])
def test_a_link_is_below_whatever_it_is_called(name: str) -> None:
    assert Link(name).url.startswith("external:././")


@pytest.mark.slow
def test_what_the_commands_write_leads_nowhere_else(demo_book: Path, tmp_path: Path) -> None:
    app.fill(demo_book)
    app.check_and_write(demo_book)
    app.form(demo_book, tmp_path / "表.xlsx")
    app.report(demo_book, tmp_path / "报告.docx", draft=True, pages="none", sources=True)
    for path in (demo_book, tmp_path / "表.xlsx", tmp_path / "报告.docx"):
        data = path.read_bytes()
        assert all(one.lower().startswith(OPEN_SCHEMES) for one in outside(data)), outside(data)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            formulas = b"".join(package.read(n) for n in package.namelist() if "worksheets/sheet" in n)
        assert not re.search(rb"HYPERLINK\((?!&quot;#|\"#)", formulas)
