"""Messages as data: a text in pieces, some of which every reader puts into words of their own.

What a rule or a refusal quotes is a piece like any other and is printed as it stands: nothing is replaced in a text
that has been put together. The words themselves are declared in `domain/wording.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Reader(StrEnum):
    """谁在看：每一种是 `Phrase` 的一栏，没有自己说法的用 PLAIN。

    PLAIN 只说做什么，不说点哪里、敲什么：JSON、“检查结果”表、Word 批注和报告附件用它。
    WPS 的功能区同 Excel 的是一份声明，没有自己说法的用 EXCEL 的。DESK 是双击安装包里的文件、把工作簿拖到图标上的人：没有命令行。
    """

    PLAIN = "plain"
    COMMAND_LINE = "command_line"
    EXCEL = "excel"
    PAGE = "page"
    WPS = "wps"
    DESK = "desk"


class _Addable:
    """用 + 同文字、同别的说法接成一条消息。"""

    __slots__ = ()

    def __add__(self, other: Wordable) -> Message:
        return Message((*_pieces(self), *_pieces(other)))

    def __radd__(self, other: Wordable) -> Message:
        return Message((*_pieces(other), *_pieces(self)))


@dataclass(frozen=True, slots=True)
class Phrase(_Addable):
    """一种说法，或接着做的一步：各种读者各怎么说；没有写的照 plain，空的不说。

    report：说的是一份 Word 报告，不是工作簿的时候怎么说。values 填进花括号里，原样，不再解释。

    >>> step = Phrase("检查", command_line="运行 perfmon-xl check {path}", excel="点“检查”")
    >>> ("请" + step(path="{甲}.xlsx") + "。").worded(Reader.COMMAND_LINE)
    '请运行 perfmon-xl check {甲}.xlsx。'
    >>> str("请" + step + "。")
    '请检查。'
    """

    plain: str
    command_line: str | None = None
    excel: str | None = None
    page: str | None = None
    wps: str | None = None
    desk: str | None = None
    report: str | None = None
    values: tuple[tuple[str, str], ...] = ()

    def __call__(self, **values: object) -> Phrase:
        return replace(self, values=tuple((name, str(value)) for name, value in values.items()))

    def words(self, reader: Reader) -> str:
        """这个读者看到的字。"""
        own: str | None = getattr(self, reader.value)
        if own is None and reader is Reader.WPS:
            own = self.excel
        text = self.plain if own is None else own
        return text.format_map(dict(self.values)) if self.values else text

    def __str__(self) -> str:
        return self.words(Reader.PLAIN)


@dataclass(frozen=True, slots=True)
class Message(_Addable):
    """一条消息：文字和说法，先后相接。"""

    pieces: tuple[str | Phrase, ...] = ()

    @classmethod
    def of(cls, text: Wordable) -> Message:
        return text if isinstance(text, Message) else cls(_pieces(text))

    @classmethod
    def join(cls, between: str, parts: Iterable[Wordable]) -> Message:
        """几条接成一条，中间隔着 between。"""
        pieces: list[str | Phrase] = []
        for part in parts:
            pieces += [between] if pieces and between else []
            pieces += _pieces(part)
        return cls(tuple(pieces))

    def worded(self, reader: Reader = Reader.PLAIN) -> str:
        """写给一种读者看的文字。"""
        return "".join(p if isinstance(p, str) else p.words(reader) for p in self.pieces)

    def on_report(self) -> Message:
        """说的是一份 Word 报告：有报告的说法的，换成它；别的说法和引的原文不动。"""
        return Message(
            tuple(p.report if isinstance(p, Phrase) and p.report is not None else p for p in self.pieces)
        )

    def __str__(self) -> str:
        return self.worded()

    def __bool__(self) -> bool:
        return any(self.pieces)


Wordable = str | Phrase | Message


def worded(text: Wordable, reader: Reader = Reader.PLAIN) -> str:
    """写给一种读者看的文字；本来就是文字的，照旧。"""
    return text if isinstance(text, str) else Message.of(text).worded(reader)


def _pieces(text: object) -> tuple[str | Phrase, ...]:
    if isinstance(text, Message):
        return text.pieces
    if isinstance(text, str | Phrase):
        return (text,)
    raise TypeError(f"not a text: {text!r}")
