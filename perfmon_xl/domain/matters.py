"""Findings grouped into matters: one subject, one cause, one thing to do. Nothing is summed up that is not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from perfmon_xl.domain.finding import Finding
from perfmon_xl.domain.message import Message, Wordable

WHOLE_BOOK = "全书"
SEVERAL = "多个指标"
_ALIKE = 3  # so many indicators with the one same light remark are one matter: asked once, answered once
LEVELS = ("错误", "警告", "无法判断", "提示")
_MOST_PLACES, _MOST_NAMED = 3, 6


@dataclass(frozen=True, slots=True)
class Cause:
    """一类事由。by_indicator：一个指标一件事，说的不是指标的和别的合成全书的一件。"""

    words: str
    by_indicator: bool = False


OTHER = Cause("其他")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """一个事项：说的是什么（subject），什么事由，哪几处；findings 从重到轻，第一处领头。"""

    number: int
    subject: str
    cause: str
    findings: tuple[Finding, ...]

    @property
    def lead(self) -> Finding:
        return self.findings[0]

    @property
    def level(self) -> str:
        """最重的一处的级别。"""
        return self.lead.level

    @property
    def name(self) -> str:
        """“办案数量：阶段目标值要核对”：再检查一次还认得出是同一个事项。"""
        return f"{self.subject}：{self.cause}"

    @property
    def title(self) -> str:
        """名称和处数，如“办案数量：阶段目标值要核对（2 处）”。"""
        return self.name + (f"（{len(self.findings)} 处）" if len(self.findings) > 1 else "")

    @property
    def places(self) -> str:
        """在哪几格，短的写法；太多的写前几格和总数。"""
        every = list(dict.fromkeys(short_place(f) for f in self.findings if f.origin is not None))
        shown = "、".join(every[:_MOST_PLACES])
        return shown if len(every) <= _MOST_PLACES else f"{shown} 等 {len(every)} 格"

    def as_message(self) -> Message:
        """第 1 项  错误  办案数量：阶段目标值要核对（2 处）⏎ 领头一处的位置和事实 ⏎ 怎么改 ⏎ 其余各处。"""
        lead = self.lead
        place = f"{lead.origin}  " if lead.origin is not None else ""
        lines: list[Wordable] = [
            f"第 {self.number} 项  {self.level}  {self.title}",
            f"    {place}" + Message.of(lead.fact) + f"（{lead.code}）",
        ]
        if lead.hint:
            lines.append("    怎么改：" + Message.of(lead.remedy))
        grave = [f for f in self.findings[1:] if f.level == LEVELS[0]]
        for finding in grave:  # what must be changed is said in full
            where = short_place(finding)
            lines.append(
                f"    还有 {where}{'：' if where else ''}" + Message.of(finding.fact) + f"（{finding.code}）"
            )
            if finding.hint and finding.hint != lead.hint:
                lines.append("    怎么改：" + Message.of(finding.remedy))
        rest = [f"{short_place(f)} {f.code}".strip() for f in self.findings[1:] if f not in grave]
        if rest:
            shown = "、".join(rest[:_MOST_NAMED]) + ("……" if len(rest) > _MOST_NAMED else "")
            lines.append(f"    还有 {len(rest)} 处：{shown}")
        return Message.join("\n", lines)

    def as_data(self) -> dict[str, object]:
        """JSON 里的一个事项。"""
        return {
            "number": self.number,
            "level": self.level,
            "subject": self.subject,
            "cause": self.cause,
            "count": len(self.findings),
            "places": self.places,
            "hint": self.lead.hint,
        }


def short_place(finding: Finding) -> str:
    """“表4!F8”：工作表名只写前面的一段，栏目不写。"""
    origin = finding.origin
    return "" if origin is None else f"{origin.sheet.split(' ')[0]}!{origin.cell}"


def matters(
    findings: Iterable[Finding],
    causes: Mapping[str, Cause],
    order: Sequence[Cause],
    sheets: Sequence[str] = (),
    titles: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Matter, ...]:
    """归成事项。causes：规则编号 → 事由；order：先改哪些事由；sheets：工作表的先后；titles：规则编号 → 规则的名称。

    三个以上的指标，各只有同一条规则的提示或无法判断的，合成一个事项，叫“多个指标：规则的名称”。

    事项之间：重的在前，再照改的先后，再照工作簿里的先后；事项里面：重的在前，再照工作簿里的先后。
    """
    groups: dict[tuple[str, Cause], list[Finding]] = {}
    for finding in findings:
        cause = causes.get(finding.code, OTHER)
        subject = (finding.subject if cause.by_indicator else "") or WHOLE_BOOK
        groups.setdefault((subject, cause), []).append(finding)
    groups, named = _alike(groups, titles)
    rank = {cause: number for number, cause in enumerate(order)}

    def weight(finding: Finding) -> tuple[int, int, int]:
        origin = finding.origin
        sheet = getattr(origin, "sheet", "")
        at = sheets.index(sheet) if sheet in sheets else len(sheets)
        return LEVELS.index(finding.level), at, getattr(origin, "row", 0)

    arranged = [(subject, cause, sorted(group, key=weight)) for (subject, cause), group in groups.items()]
    arranged.sort(key=lambda one: (weight(one[2][0])[0], rank.get(one[1], len(rank)), *weight(one[2][0])[1:]))
    return tuple(
        Matter(
            number=number,
            subject=SEVERAL if subject in named else subject,
            cause=named.get(subject, cause.words),
            findings=tuple(group),
        )
        for number, (subject, cause, group) in enumerate(arranged, 1)
    )


_Groups = dict[tuple[str, Cause], list[Finding]]


def _alike(groups: _Groups, titles: Mapping[str, str]) -> tuple[_Groups, Mapping[str, str]]:
    """多个指标同一条轻的话合成一组；第二个值：合成的那一组（记作规则编号）→ 规则的名称。"""
    same: dict[tuple[str, Cause], list[str]] = {}
    for (subject, cause), findings in groups.items():
        codes = {finding.code for finding in findings}
        light = all(finding.level in LEVELS[2:] for finding in findings)
        if cause.by_indicator and subject != WHOLE_BOOK and light and len(codes) == 1:
            same.setdefault((codes.pop(), cause), []).append(subject)
    many = {key: subjects for key, subjects in same.items() if len(subjects) >= _ALIKE and key[0] in titles}
    gathered = dict(groups)
    for (code, cause), subjects in many.items():
        gathered[code, cause] = [
            finding for subject in subjects for finding in gathered.pop((subject, cause))
        ]
    return gathered, {code: titles[code] for code, _ in many}
