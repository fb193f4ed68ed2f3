"""Sheet 检查结果 read back: what was found where, what is still open, and which place comes next. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfmon_xl.domain.finding import Severity
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.finding_sheet import ANSWERED, GONE, JOINED, SAME_HINT
from perfmon_xl.workbook.convert import display_text
from perfmon_xl.workbook.links import target_of
from perfmon_xl.workbook.port import CellRef
from perfmon_xl.workbook.read import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFinding:
    """检查结果表里的一行：cell 是它说的单元格（说的不是单元格的没有），row 是它自己在表里的位置。"""

    level: str
    code: str
    message: str
    hint: str
    answer: str
    cell: CellRef | None
    row: CellRef
    matter: str = ""
    answered: bool = False  # on this row, or on the first row of its matter

    @property
    def open(self) -> bool:
        """还要处理的：错误一定要改；别的写了处理意见就算处理过，已经改掉的不算。"""
        if self.level == GONE:
            return False
        return self.level == Severity.ERROR.chinese or not (self.answer or self.answered)

    def __str__(self) -> str:
        return f"{self.level} {self.code}：{self.message}" + (f" 怎么改：{self.hint}" if self.hint else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NextFinding:
    """一处要去的地方：第几处、共几处，和那里的问题。"""

    number: int
    count: int
    cell: CellRef
    findings: tuple[ListedFinding, ...]

    def __str__(self) -> str:
        first = self.findings[0]
        more = f"（这一格共 {len(self.findings)} 条，见批注）" if len(self.findings) > 1 else ""
        matter = f"【{first.matter}】" if first.matter else ""
        return f"第 {self.number}/{self.count} 处  {matter}{first}{more}"


def open_findings(reading: Reading) -> tuple[ListedFinding, ...]:
    """检查结果表里的各条，照表里的次序。"""
    binding = reading.found.get(layout.FINDINGS.name)
    if binding is None:
        return ()
    where = binding.columns.get("where")

    def text(index: int, field: str) -> str:
        return (
            display_text(binding.raw.rows[index][binding.columns[field]]).strip()
            if field in binding.columns
            else ""
        )

    rows: list[ListedFinding] = []
    matter, hint, covered = "", "", frozenset[str]()
    for index in range(len(binding.raw.rows)):
        if not text(index, "code"):
            continue
        number, title, said = (text(index, field) for field in ("number", "matter", "hint"))
        key, answer = text(index, "key"), text(index, "answer")
        if number:
            matter = f"第 {number} 项：{title}"
            covered = frozenset(key.split(JOINED)) if answer else frozenset()
        hint = hint if said == SAME_HINT else said
        rows.append(
            ListedFinding(
                level=text(index, "severity"),
                code=text(index, "code"),
                message=text(index, "message"),
                hint=hint,
                answer=answer,
                cell=target_of(binding.raw.rows[index][where]) if where is not None else None,
                row=binding.ref(index, "code"),
                matter=matter,
                answered=text(index, "state") == ANSWERED or key in covered,
            )
        )
    return tuple(rows)


def next_open(findings: Sequence[ListedFinding], here: CellRef | None) -> NextFinding | None:
    """从 here 往下的一处还没有处理的问题；到了最后从头再来，一处也没有的返回 None。

    选中的是检查结果表里的一条，就去它说的那一格；同一格的几条算一处。
    """
    places: dict[CellRef, list[ListedFinding]] = {}
    for finding in findings:
        if finding.open and finding.cell is not None:
            places.setdefault(finding.cell, []).append(finding)
    if not places:
        return None
    order = list(places)
    chosen = next((f.cell for f in findings if _on_row(f, here)), None)
    if chosen in places:
        index = order.index(chosen)
    else:
        index = (order.index(here) + 1) % len(order) if here in places else 0
    cell = order[index]
    return NextFinding(number=index + 1, count=len(order), cell=cell, findings=tuple(places[cell]))


def findings_at(findings: Sequence[ListedFinding], here: CellRef | None) -> tuple[ListedFinding, ...]:
    """选中的那条问题，或者选中的单元格上的各条。"""
    return tuple(f for f in findings if _on_row(f, here) or (here is not None and f.cell == here))


def _on_row(finding: ListedFinding, here: CellRef | None) -> bool:
    return here is not None and (finding.row.sheet, finding.row.row) == (here.sheet, here.row)
