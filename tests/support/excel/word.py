"""A stand-in for Word or WPS as a COM server of its own process, for Windows' Python: enough to be asked for a PDF.

    python word.py serve PROGID LOG     serves until Quit, or for ten minutes; each call it got is a line of LOG
Environment: STAND_IN_BUSY=30 makes Open wait, as behind a dialog that nobody sees; STAND_IN_PLAIN=1 knows no bookmarks, as
an older WPS might. Under Wine only: `registered` writes the class where a real Windows may have a real Word.
Imitates Documents.Open and ExportAsFixedFormat with their arguments in order, one contents field, bookmarks. Lays nothing out.
"""

from __future__ import annotations

import ctypes
import os
import pathlib
import subprocess
import sys
import time
import winreg
from contextlib import contextmanager

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import pythoncom
import pywintypes
from support.excel.com import Com, Items, refuse

CLSIDS = {
    "Word.Application": "{000209FF-0000-0000-C000-000000000046}",
    "KWPS.Application": "{000209FF-0000-4B30-A977-D214852036FF}",
}
MADE: list[Word] = []
LOG = pathlib.Path(os.environ.get("STAND_IN_LOG", "word.log"))


def log(*words: object) -> None:
    with LOG.open("a", encoding="utf-8") as out:
        out.write(" ".join(map(str, words)) + "\n")


class Word(Com):
    def __init__(self) -> None:
        self.documents, self.gone = [], False
        MADE.append(self)
        log("started")

    def get_Visible(self):
        return False

    def put_Visible(self, value):
        log("Visible", value)

    def put_DisplayAlerts(self, value):
        log("DisplayAlerts", value)

    def put_AutomationSecurity(self, value):
        log("AutomationSecurity", value)

    def get_Documents(self):
        return Documents(self)

    def do_Quit(self, SaveChanges=None, OriginalFormat=None, RouteDocument=None):
        log("Quit", SaveChanges)
        self.gone = True


class Documents(Items):
    def __init__(self, word) -> None:
        self.word = word

    def items(self):
        return self.word.documents

    def do_Open(
        self, FileName, ConfirmConversions=None, ReadOnly=None, AddToRecentFiles=None, PasswordDocument=None,
        PasswordTemplate=None, Revert=None, WritePasswordDocument=None, WritePasswordTemplate=None, Format=None,
        Encoding=None, Visible=None, OpenAndRepair=None, DocumentDirection=None, NoEncodingDialog=None, XMLTransform=None,
    ):  # fmt: skip
        log("Open", FileName, "ReadOnly", ReadOnly, "Visible", Visible, "NoEncodingDialog", NoEncodingDialog)
        time.sleep(float(os.environ.get("STAND_IN_BUSY", 0)))
        if not os.path.isfile(FileName):
            raise refuse("很抱歉，找不到您的文件。", -2146823114)
        self.word.documents.append(WordDocument(self.word, FileName))
        return self.word.documents[-1]


class WordDocument(Com):
    def __init__(self, word, path) -> None:
        self.word, self.path = word, path

    def get_TablesOfContents(self):
        return Contents()

    def do_Bookmarks(self, Index):
        if os.environ.get("STAND_IN_PLAIN"):
            raise refuse("没有这个成员", -2146823108)
        return Bookmark(Index)

    def do_Repaginate(self):
        log("Repaginate")

    def do_ExportAsFixedFormat(
        self, OutputFileName, ExportFormat, OpenAfterExport=None, OptimizeFor=None, Range=None, From=None, To=None,
        Item=None, IncludeDocProps=None, KeepIRM=None, CreateBookmarks=None, DocStructureTags=None,
        BitmapMissingFonts=None, UseISO19005_1=None, FixedFormatExtClassPtr=None,
    ):  # fmt: skip
        log(
            "Export",
            OutputFileName,
            ExportFormat,
            "Item",
            Item,
            "CreateBookmarks",
            CreateBookmarks,
            "ISO",
            UseISO19005_1,
        )
        pathlib.Path(OutputFileName).write_bytes(b"%PDF-1.7\n% made by a stand-in\n%%EOF\n")

    def do_Close(self, SaveChanges=None, OriginalFormat=None, RouteDocument=None):
        log("Close", SaveChanges)
        self.word.documents.remove(self)


class Bookmark(Com):
    def __init__(self, name) -> None:
        self.name = name

    def get_Range(self):
        return BookmarkRange(self.name)


class BookmarkRange(Com):
    def __init__(self, name) -> None:
        self.name = name

    def do_Information(self, Type):
        return 100 * int(Type) + int(self.name[-6:])


class Contents(Items):
    def items(self):
        return [Toc()]


class Toc(Com):
    def do_UpdatePageNumbers(self):
        log("UpdatePageNumbers")


def serve(progid: str) -> None:
    import support.excel.word as own  # the module that COM's factory imports: not __main__

    pythoncom.CoInitialize()
    clsid = pywintypes.IID(CLSIDS[progid])
    factory = pythoncom.MakePyFactory(clsid)
    token = pythoncom.CoRegisterClassObject(
        clsid, factory, pythoncom.CLSCTX_LOCAL_SERVER, pythoncom.REGCLS_MULTIPLEUSE
    )
    print("serving", flush=True)
    until = time.monotonic() + 600
    while time.monotonic() < until and not (own.MADE and all(word.gone for word in own.MADE)):
        pythoncom.PumpWaitingMessages()
        time.sleep(0.005)
    pythoncom.CoRevokeClassObject(token)
    log("ended", "by Quit" if own.MADE and all(word.gone for word in own.MADE) else "nobody quit it")


@contextmanager
def registered(progid: str):
    """The class, as an installed program registers it; taken away afterwards."""
    if not hasattr(ctypes.windll.ntdll, "wine_get_version"):
        raise SystemExit("not on a real Windows, where a real Word may be registered")
    clsid = CLSIDS[progid]
    keys = {
        progid: progid,
        rf"{progid}\CLSID": clsid,
        rf"CLSID\{clsid}": progid,
        rf"CLSID\{clsid}\LocalServer32": f'"{sys.executable}" serve',
        rf"CLSID\{clsid}\PythonCOM": "support.excel.word.Word",
        rf"CLSID\{clsid}\PythonCOMPolicy": "support.excel.com.Policy",
    }
    for key, value in keys.items():
        winreg.SetValue(winreg.HKEY_LOCAL_MACHINE, rf"Software\Classes\{key}", winreg.REG_SZ, value)
    try:
        yield
    finally:
        for key in sorted(keys, key=len, reverse=True):
            winreg.DeleteKey(winreg.HKEY_LOCAL_MACHINE, rf"Software\Classes\{key}")


@contextmanager
def serving(progid: str, log_file: pathlib.Path, **environment: str):
    """The program runs (Wine 8 does not start it by itself); what was asked of it stands in log_file."""
    log_file.write_text("", encoding="utf-8")
    given = {**os.environ, "STAND_IN_LOG": str(log_file), **environment}
    command = [sys.executable, "-X", "utf8", str(pathlib.Path(__file__).resolve()), "serve", progid]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=given)
    try:
        assert process.stdout is not None and process.stdout.readline().strip() == b"serving"
        yield process
    finally:
        process.kill()
        process.communicate()


if __name__ == "__main__":
    serve(sys.argv[2])
