"""A desk for pressing buttons without Excel: a workbook over any port, and a person who answers as told."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from perfmon_xl import addin
from perfmon_xl.ribbon import talking
from perfmon_xl.ribbon.context import ButtonContext, FileKinds
from perfmon_xl.ribbon.dispatch import poll_job, press_button
from perfmon_xl.ribbon.jobs import RunningJob
from perfmon_xl.ribbon.talking import SEPARATOR, decode_from_vba, encode_for_vba
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.port import CellRef, Workbook


@dataclass
class Person:
    """对话框前的人：照写好的回答，看到的都记下。None 是点了取消。"""

    yes: bool = True
    text: str | None = None
    opens: Path | None = None
    saves: Path | None = None
    chooses: Path | None = None
    told: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    shown: list[Path] = field(default_factory=list)

    @property
    def last(self) -> str:
        """最后看到的一句话。"""
        return self.told[-1]

    def tell(self, text: str, *, warning: bool = False) -> None:
        self.told.append(text)
        if warning:
            self.warned.append(text)

    def ask(self, question: str) -> bool:
        self.asked.append(question)
        return self.yes

    def ask_text(self, question: str, suggested: str = "") -> str | None:
        self.asked.append(f"{question}[{suggested}]")
        return self.text

    def open_file(self, title: str, kinds: FileKinds) -> Path | None:
        self.asked.append(title)
        return self.opens

    def save_file(self, title: str, suggested: str, kinds: FileKinds) -> Path | None:
        self.asked.append(f"{title}[{suggested}]")
        return self.saves

    def folder(self, title: str) -> Path | None:
        self.asked.append(title)
        return self.chooses

    def show(self, path: Path) -> None:
        self.shown.append(path)


@dataclass
class FileBook:
    """磁盘上的工作簿，装作在 Excel 里打开着：存盘才写回文件。"""

    file: Path
    read_only: bool = False
    saved: bool = True
    online: bool = False
    here: CellRef | None = None
    saves: int = 0

    def __post_init__(self) -> None:
        self.port = PackageBook.open(self.file)

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def path(self) -> Path | None:
        return None if self.online else self.file

    def save(self) -> None:
        self.port.save(self.file)
        self.saved, self.saves = True, self.saves + 1

    def copy(self, path: Path) -> None:
        self.port.save(path)

    def cells(self) -> Workbook:
        return self.port

    def selected(self) -> CellRef | None:
        return self.here

    def go_to(self, place: CellRef) -> None:
        self.here = place


@dataclass
class Program:
    """装作 Excel：眼前的工作簿，打开过的文件，状态栏上说过的话；stop_after 步之后按 Esc。"""

    front: FileBook | Callable[[], FileBook]
    opened: list[Path] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    stop_after: int | None = None

    def book(self) -> FileBook:
        return self.front if isinstance(self.front, FileBook) else self.front()

    def open(self, path: Path) -> None:
        self.opened.append(path)

    def status(self, text: str) -> None:
        self.said.append(text)

    def forget_stop(self) -> None:
        pass

    def stop_asked(self) -> bool:
        return self.stop_after is not None and sum(map(bool, self.said)) >= self.stop_after


def desk(book: FileBook | Callable[[], FileBook], **answers: object) -> tuple[ButtonContext, Program, Person]:
    """一张桌子，和可以看的两样：Excel 和人。"""
    program, person = Program(book), Person(**answers)  # type: ignore[arg-type]
    return ButtonContext(program, person), program, person


def press(at: ButtonContext, tag: str) -> None:
    """按一次按钮，等它做完，要说的话说给人听。"""
    told = press_button(at, tag)
    while isinstance(told, RunningJob):
        time.sleep(0.05)
        told = poll_job(at, told) or told
    if told[0]:
        assert isinstance(at.dialogs, Person)
        at.dialogs.tell(told[0], warning=told[1])


def pressed_cold(tag: str, person: Person, *, warm_failed: bool = False) -> None:
    """照 VBA 不常驻的做法按一次按钮：Python 每一步留下一封信，问题由人回答，再来。"""
    replies: list[str] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.dict(os.environ, {"TEMP": folder}),
        mock.patch.object(talking, "show", person.show),
    ):
        while True:
            addin.cold("guid", tag, replies, warm_failed)
            (letter,) = Path(folder).iterdir()
            said = decode_from_vba(letter.read_text(encoding="ascii").strip()) or ""
            if not said.startswith("?"):
                break
            replies.append(_reply(person, *said[1:].split(SEPARATOR)))
    if said:
        person.tell(said.removeprefix("!"), warning=said.startswith("!"))


def _reply(person: Person, kind: str, *rest: str) -> str:
    answers: dict[str, Callable[..., object]] = {
        "yes": lambda question: "1" if person.ask(question) else None,
        "text": lambda question, suggested: person.ask_text(question, suggested),
        "open": lambda title, _, kinds: person.open_file(title, kinds.split(",")),
        "save": lambda title, suggested, kinds: person.save_file(title, suggested, kinds.split(",")),
        "folder": lambda title: person.folder(title),
    }
    answer = answers[kind](*rest)
    return "" if answer is None else encode_for_vba(str(answer))
