"""Findings: what a check says about a place in the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as item
from enum import StrEnum

from perfmon_xl.domain.message import Message, Reader, Wordable, worded
from perfmon_xl.domain.origin import Origin


class Severity(StrEnum):
    """错误、警告、提示各是什么意思，写在 rules/severity.py；规则照它定级，有测试看着。"""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def chinese(self) -> str:
        return {"error": "错误", "warning": "警告", "info": "提示"}[self.value]


class Result(StrEnum):
    """一次判断的结果；“无法判断”要说出来，不能当作通过。"""

    FAIL = "fail"
    CANNOT_JUDGE = "cannot_judge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """一条问题：编号、轻重、在哪、是什么、怎么改。"""

    code: str
    severity: Severity
    fact: Wordable
    origin: Origin | None = None
    result: Result = Result.FAIL
    remedy: Wordable = ""
    basis: str = ""
    values: Mapping[str, str] = item(default_factory=dict)
    field: str = ""
    subject: str = ""  # the indicator it is about; the whole book: nothing

    @property
    def message(self) -> str:
        return worded(self.fact)

    @property
    def hint(self) -> str:
        return worded(self.remedy)

    def with_note(self, note: str) -> Finding:
        """“怎么改”后面再说一句。"""
        return replace(self, remedy=Message.of(self.remedy) + note)

    def on_report(self, remedy: Wordable = "") -> Finding:
        """说的是一份 Word 报告：各用报告的叫法；“怎么改”另有一句的，换成它。"""
        return replace(
            self,
            fact=Message.of(self.fact).on_report(),
            remedy=Message.of(remedy or self.remedy).on_report(),
        )

    @property
    def key(self) -> str:
        """再检查一次还认得出是同一条：编号、栏目，和说的那件事；行挪了位置也不变。"""
        label = self.origin.label if self.origin is not None else ""
        return f"{self.code}|{label}|{self.message}"

    def as_data(self) -> dict[str, object]:
        """JSON 里的一条。"""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "result": self.result.value,
            "sheet": self.origin.sheet if self.origin else "",
            "cell": self.origin.cell if self.origin else "",
            "field": self.origin.label if self.origin else "",
            "message": self.message,
            "hint": self.hint,
            "basis": self.basis,
            "values": dict(self.values),
        }

    @property
    def level(self) -> str:
        """显示的级别：错误、警告、提示，判断不了的是“无法判断”。"""
        return "无法判断" if self.result is Result.CANNOT_JUDGE else self.severity.chinese

    def as_message(self) -> Message:
        """错误 ZJ101  资金!C4（执行数）⏎ 事实 ⏎ 怎么改。"""
        lines: list[Wordable] = [
            f"{self.level} {self.code}  {self.origin or ''}".rstrip(),
            "    " + Message.of(self.fact),
        ]
        if self.hint:
            lines.append("    怎么改：" + Message.of(self.remedy))
        return Message.join("\n", lines)

    def as_text(self, reader: Reader = Reader.PLAIN) -> str:
        """写给一种读者看的全文。"""
        return self.as_message().worded(reader)
