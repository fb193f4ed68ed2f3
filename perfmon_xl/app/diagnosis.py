"""One result of the diagnostics: what was checked, its state, the fact, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from perfmon_xl.domain.message import Message, Reader, Wordable


class CheckState(Enum):
    """好；要留意；不行；看不出来。"""

    GOOD = "好　　"
    CARE = "留意　"
    BAD = "不行　"
    UNKNOWN = "不清楚"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """一项检查：查什么、结果、事实、怎么办。"""

    subject: str
    state: CheckState
    fact: str
    remedy: Wordable = ""

    def as_message(self) -> Message:
        line = Message.of(f"{self.state.value}  {self.subject}：{self.fact}")
        return line + ("\n        怎么办：" + Message.of(self.remedy) if self.remedy else "")

    def as_text(self, reader: Reader = Reader.PLAIN) -> str:
        return self.as_message().worded(reader)


def diagnosis(subject: str, state: CheckState, fact: str, remedy: Wordable = "") -> Diagnosis:
    """一行，按次序写。"""
    return Diagnosis(subject=subject, state=state, fact=fact, remedy=remedy)
