"""A PDF by Word and by WPS over COM, as programs of their own: run by Windows' Python in the folder given.

The stand-in is tests/support/excel/word.py. The arguments arrive; the program that was started is quit; one that hangs
is given up in time and the next is asked; the report gets the program's page numbers.
"""

from __future__ import annotations

import pathlib
import sys
import time
from contextlib import ExitStack

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.excel.word import registered, serving

from perfmon_xl import app
from perfmon_xl.report.pages import converting
from perfmon_xl.report.pages.contents import printed_pages
from perfmon_xl.system.resources import example_data
from perfmon_xl.system.writers import find_writers

WORD, WPS = "Word.Application", "KWPS.Application"


def main(folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "word.log"
    book = folder / "示例 项目.xlsx"
    book.unlink(missing_ok=True)
    app.new(book, example_data())
    app.fill(book)
    assert find_writers() == ()
    converting.LIMIT = 300.0  # the machine may have other work
    with registered(WORD):
        assert [one.name for one in find_writers()] == ["Word"]
        with serving(WORD, log) as word:
            made = app.report(book, draft=True, pdf=True)
            word.wait(20)  # quit by us
        said = log.read_text(encoding="utf-8").splitlines()
        assert "ReadOnly True Visible False NoEncodingDialog True" in next(
            s for s in said if s.startswith("Open")
        )
        assert "17 Item 0 CreateBookmarks 1 ISO False" in next(s for s in said if s.startswith("Export")), (
            said
        )
        assert said[-3:] == ["Close 0", "Quit 0", "ended by Quit"], said
        pages = printed_pages(made.path.read_bytes())
        assert pages == [100 + n for n in range(len(pages))] and len(pages) > 5, pages
        assert made.path.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
        assert any(str(note).startswith("PDF 由 Word 转") for note in made.notes), made.notes
        # A dialog that nobody sees: given up in time, WPS is asked.
        converting.LIMIT = 8.0
        with ExitStack() as stack:
            stack.enter_context(registered(WPS))
            stack.enter_context(serving(WORD, log, STAND_IN_BUSY="60"))
            stack.enter_context(serving(WPS, folder / "wps.log", STAND_IN_PLAIN="1"))
            start = time.monotonic()
            done = converting.convert(made.path.read_bytes(), len(pages))
            assert done.program == "WPS 文字" and done.pages is None, done.notes
            assert "过了 8 秒" in done.notes[0] and time.monotonic() - start < 60
    assert find_writers() == ()
    print("Word and WPS: asked, quit, given up in time")


main(pathlib.Path(sys.argv[1]))
