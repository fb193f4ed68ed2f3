"""A PDF by the person's own Word or WPS: which is asked, with which arguments, what is closed, and what comes after it."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support.made_up_windows import MadeUp
from support.projects import project

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.policy import get
from perfmon_xl.report.make_report import make_report
from perfmon_xl.report.pages import converting, word_converter
from perfmon_xl.report.pages.contents import printed_pages
from perfmon_xl.report.pages.converting import WriterFailed, by_writer, convert, with_pdf
from perfmon_xl.report.pages.word_converter import BUSY, Patient, converse, end
from perfmon_xl.system.writers import Writer, find_writers

WORD_CLASS, WPS_CLASS = "{000209FF-0000-0000-C000-000000000046}", "{000209FF-0000-4B30-A977-D214852036FF}"
WINWORD = r'"C:\Program Files\Microsoft Office\Root\Office16\WINWORD.EXE" /Automation'


def registered(*programs: tuple[str, str, str]) -> dict[tuple[str, str], dict[str, str | int | bytes]]:
    found: dict[tuple[str, str], dict[str, str | int | bytes]] = {}
    for progid, clsid, server in programs:
        found["HKLM", rf"Software\Classes\{progid}\CLSID"] = {"": clsid}
        found["HKLM", rf"Software\Classes\CLSID\{clsid}\LocalServer32"] = {"": server}
    return found


# --- which program ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("programs", "names", "images"),
    [
        ((), [], []),
        ((("Word.Application", WORD_CLASS, WINWORD),), ["Word"], ["WINWORD.EXE"]),
        ((("KWPS.Application", WPS_CLASS, r"C:\WPS Office\office6\wps.exe /automation"),), ["WPS 文字"], ["wps.exe"]),
        # WPS in Word's place, under both names
        ((("Word.Application", WPS_CLASS, r'"C:\WPS\wps.exe" /automation'), ("KWPS.Application", WPS_CLASS, r'"C:\WPS\wps.exe" /automation')), ["WPS 文字"], ["wps.exe"]),
        ((("KWPS.Application", WPS_CLASS, ""), ("Word.Application", WORD_CLASS, WINWORD)), ["Word", "WPS 文字"], ["WINWORD.EXE", ""]),
    ],
)  # fmt: skip
def test_word_comes_before_wps_and_is_known_by_its_server(
    tmp_path: Path, programs: tuple[tuple[str, str, str], ...], names: list[str], images: list[str]
) -> None:
    found = find_writers(MadeUp(root=tmp_path, registry=registered(*programs)))
    assert ([one.name for one in found], [one.image for one in found]) == (names, images)


@pytest.mark.parametrize("change", [{"windows": False}, {"desktop": False}, {"packages": {}}])
def test_without_windows_a_desktop_or_pywin32_none_is_asked(tmp_path: Path, change: dict[str, Any]) -> None:
    registry = registered(("Word.Application", WORD_CLASS, WINWORD))
    assert find_writers(MadeUp(root=tmp_path, registry=registry))
    assert not find_writers(MadeUp(root=tmp_path, registry=registry, **change))


# --- the conversation -------------------------------------------------------------------------------------------


class FakeWord:
    """What was asked of it stands in log, in order."""

    def __init__(self, *, exports: bool = True, bookmarks: bool = True, joined: bool = False) -> None:
        self.log: list[tuple[Any, ...]] = []
        self.exports, self.bookmarks, self.joined = exports, bookmarks, joined
        self.Documents = SimpleNamespace(Open=self._open, Count=0)

    def __setattr__(self, name: str, value: object) -> None:
        self.__dict__[name] = value
        if name in ("Visible", "DisplayAlerts", "AutomationSecurity"):
            self.log.append((name, value))

    def _open(self, *given: object) -> Any:
        self.log.append(("Open", *given))
        self.Documents.Count = 1

        def export(*more: object) -> None:
            self.log.append(("Export", *more))
            if not self.exports:
                raise OSError("导出失败")
            Path(str(more[0])).write_bytes(b"%PDF-")

        def close(save: int) -> None:
            self.log.append(("Close", save))
            self.Documents.Count = int(self.joined)  # a person's file was given to us meanwhile

        def page(name: str) -> Any:
            if not self.bookmarks:
                raise AttributeError(name)
            return SimpleNamespace(Range=SimpleNamespace(Information=lambda kind: 10 * kind + int(name[-1])))

        class Contents:
            Count = 1

            def __call__(self, number: int) -> Any:
                return SimpleNamespace(UpdatePageNumbers=lambda: None)

        return SimpleNamespace(
            ExportAsFixedFormat=export, Close=close, Bookmarks=page, TablesOfContents=Contents(),
            Repaginate=lambda: self.log.append(("Repaginate",)),
        )  # fmt: skip

    def Quit(self, save: int) -> None:
        self.log.append(("Quit", save))


def told(word: FakeWord, tmp_path: Path) -> list[dict[str, object]]:
    said: list[dict[str, object]] = []
    converse(word, r"C:\甲 乙\report.docx", str(tmp_path / "a.pdf"), ["_Toc1", "_Toc2"], said.append)
    return said


def test_each_argument_is_in_its_place_and_only_ours_is_closed(tmp_path: Path) -> None:
    word = FakeWord()
    assert told(word, tmp_path) == [{"pages": [11, 12]}]
    assert [entry[0] for entry in word.log] == [
        "Visible", "DisplayAlerts", "AutomationSecurity", "Open", "Repaginate", "Repaginate", "Export", "Close", "Quit",
    ]  # fmt: skip
    assert word.log[:3] == [("Visible", False), ("DisplayAlerts", 0), ("AutomationSecurity", 3)]
    opened, exported = (next(e for e in word.log if e[0] == what) for what in ("Open", "Export"))
    # ReadOnly, AddToRecentFiles; Visible (12th), NoEncodingDialog (15th) of Documents.Open
    assert (opened[3], opened[4], opened[12], opened[15]) == (True, False, False, True) and len(opened) == 16
    # format, the content alone (8th), an outline (11th) of ExportAsFixedFormat
    assert (exported[2], exported[8], exported[11]) == (17, 0, 1) and len(exported) == 15
    assert word.log[-2:] == [("Close", 0), ("Quit", 0)]


def test_what_fails_is_closed_and_quit_all_the_same(tmp_path: Path) -> None:
    word = FakeWord(exports=False)
    with pytest.raises(OSError, match="导出失败"):
        told(word, tmp_path)
    assert [entry[0] for entry in word.log[-2:]] == ["Close", "Quit"]


def test_a_program_that_a_person_has_come_to_use_is_shown_not_quit(tmp_path: Path) -> None:
    word = FakeWord(joined=True)
    told(word, tmp_path)
    assert word.log[-1] == ("Visible", True) and not [e for e in word.log if e[0] == "Quit"]


def test_without_bookmarks_the_pdf_is_made_and_no_page_is_told(tmp_path: Path) -> None:
    assert told(FakeWord(bookmarks=False), tmp_path) == [{"pages": None}]
    assert (tmp_path / "a.pdf").exists()


def test_a_busy_program_is_asked_again_and_not_for_ever() -> None:
    left = 3

    class Busy(Exception):  # noqa: N818 - as pywin32 calls none
        hresult = BUSY[0]

    class Cold:
        @property
        def Name(self) -> str:
            nonlocal left
            if left:
                left -= 1
                raise Busy
            return "Microsoft Word"

    waited: list[float] = []
    assert Patient(Cold(), waited.append).Name == "Microsoft Word" and len(waited) == 3
    left = 1000
    with pytest.raises(Busy):
        _ = Patient(Cold(), waited.append).Name
    assert len(waited) == 13


@pytest.mark.parametrize(("pid", "seen", "killed"), [(7, False, [7]), (7, True, []), (0, False, [])])
def test_only_a_program_that_is_known_and_that_nobody_sees_is_ended(
    pid: int, seen: bool, killed: list[int]
) -> None:
    ended: list[int] = []
    end(pid, lambda _: seen, ended.append)
    assert ended == killed


# --- its process ------------------------------------------------------------------------------------------------

WRITER = Writer(name="Word", progid="Word.Application", image="WINWORD.EXE")
GOOD = """
import json, pathlib, sys
progid, image, source, target, *names = sys.argv[1:]
assert (progid, image, names) == ("Word.Application", "WINWORD.EXE", ["_Toc97000000"])
pathlib.Path(target).write_bytes(b"%PDF-" + pathlib.Path(source).read_bytes())
print(json.dumps({"pid": 7})); print(json.dumps({"pages": [4]})); print(json.dumps({"ok": True}))
"""
STUCK = """
import pathlib, sys
print('{"pid": 7}', flush=True); sys.stdin.read(); pathlib.Path(sys.argv[-1]).write_text("let go")
"""


def test_the_pdf_and_the_pages_come_back() -> None:
    made = by_writer(WRITER, b"docx", ["_Toc97000000"], command=(sys.executable, "-c", GOOD))
    assert made == (b"%PDF-docx", (4,))


def test_time_is_up_its_input_is_closed_and_it_clears_up(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with pytest.raises(WriterFailed, match=r"过了 1 秒还没有转完.*看不见的对话框"):
        by_writer(WRITER, b"docx", [str(mark)], limit=1.0, command=(sys.executable, "-c", STUCK))
    assert mark.read_text() == "let go"


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ('print(\'{"ok": false, "code": -2147221005, "why": "x"}\')', "没有装好"),
        ('print(\'{"ok": false, "code": 1, "why": "磁盘满了"}\')', "磁盘满了"),
        ("print('{\"ok\": true}')", "没有写出文件"),
        ("", "中途退出了"),
    ],
)
def test_why_it_failed_is_told(script: str, why: str) -> None:
    with pytest.raises(WriterFailed, match=why):
        by_writer(WRITER, b"docx", [], command=(sys.executable, "-c", script))


# --- one after another ------------------------------------------------------------------------------------------


def test_the_next_program_is_tried_and_the_one_that_failed_named(monkeypatch: pytest.MonkeyPatch) -> None:
    wps = Writer(name="WPS 文字", progid="KWPS.Application", image="wps.exe")

    def by(writer: Writer, document: bytes, names: object) -> tuple[bytes, tuple[int, ...] | None]:
        if writer is WRITER:
            raise WriterFailed("一直在忙")
        return b"%PDF-" + writer.name.encode(), None

    monkeypatch.setattr(converting, "find_writers", lambda: (WRITER, wps))
    monkeypatch.setattr(converting, "by_writer", by)
    done = convert(b"docx")
    assert (done.program, done.notes) == ("WPS 文字", ("Word 没有转成（一直在忙）。",))
    monkeypatch.setattr(converting, "find_writers", lambda: (WRITER,))
    monkeypatch.setattr(converting, "find_office", lambda: "soffice")
    monkeypatch.setattr(converting.office, "to_pdf", lambda document, bookmarks=False: b"%PDF-LO")
    assert convert(b"docx").program == "LibreOffice"
    monkeypatch.setattr(converting, "find_office", lambda: None)
    with pytest.raises(UserError, match=r"一直在忙.*没有别的程序可以转") as refused:
        convert(b"docx")
    assert "另存为" in refused.value.hint


def test_words_page_numbers_stand_in_the_report_too(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = figures_of(project(3), get())
    estimated = printed_pages(make_report(figures).data)
    assert len(estimated) > 5 and estimated == sorted(estimated)
    other = tuple(page + 1 for page in estimated)

    def by(writer: Writer, document: bytes, names: list[str]) -> tuple[bytes, tuple[int, ...]]:
        assert len(names) == len(estimated)
        return b"%PDF-", other

    monkeypatch.setattr(converting, "find_writers", lambda: (WRITER,))
    monkeypatch.setattr(converting, "by_writer", by)
    made: list[object] = []
    report, done = with_pdf(lambda pages: (made.append(pages), make_report(figures, pages=pages))[1])
    assert tuple(printed_pages(report.data)) == other and made == ["estimate", other]
    monkeypatch.setattr(converting, "by_writer", lambda *_: (b"%PDF-", tuple(estimated)))
    made.clear()
    report, done = with_pdf(lambda pages: (made.append(pages), make_report(figures, pages=pages))[1])
    assert made == ["estimate"] and done.program == "Word"


def test_the_script_needs_nothing_but_the_standard_library_until_it_talks() -> None:
    assert word_converter.__file__ and not [
        m for m in ("win32com", "pythoncom") if hasattr(word_converter, m)
    ]
