"""Check: the findings of a workbook, as text or JSON, and into its sheet 检查结果."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfmon_xl.app.common import Output, refuse_existing, refuse_gone, refuse_other_book, rules_of
from perfmon_xl.domain.figures import Figures, figures_of
from perfmon_xl.domain.finding import Finding, Result, Severity
from perfmon_xl.domain.matters import Matter, matters
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.workbook.engines import PACKAGE, lost_by, open_book
from perfmon_xl.workbook.port import Workbook
from perfmon_xl.workbook.read import Reading, read

if TYPE_CHECKING:
    from perfmon_xl.report.wording.target_criticism import Criticism


@dataclass(frozen=True)
class CheckedBook:
    """一个工作簿检查的结果：问题、处理意见里说明过的警告、查的时候算出的数、一句话的结论。"""

    findings: tuple[Finding, ...]
    acknowledged: frozenset[str]
    figures: Figures

    @property
    def rule_set(self) -> RuleSet:
        """查的时候用的规则集。"""
        return self.figures.rules

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if _fails(f, Severity.ERROR))

    @property
    def open_warnings(self) -> tuple[Finding, ...]:
        """没有在“处理意见”里写明理由的警告。"""
        return tuple(
            f for f in self.findings if _fails(f, Severity.WARNING) and f.key not in self.acknowledged
        )

    @cached_property
    def matters(self) -> tuple[Matter, ...]:
        """归成的事项，先改的在前。"""
        return _grouped(self.findings)

    @property
    def unsolved(self) -> tuple[Matter, ...]:
        """还要改或者说明的事项：说明过的、只供参考的不在里面。征求意见稿的附件列它们。"""
        open_ = [f for f in self.findings if f.key not in self.acknowledged]
        return tuple(m for m in _grouped(open_) if m.level != Severity.INFO.chinese)

    @property
    def verdict(self) -> str:
        """可以出正式报告，还是差什么；数的是事项。"""
        wrong = sum(matter.level == "错误" for matter in self.matters)
        open_ = {f.key for f in self.open_warnings}
        warned = sum(m.level == "警告" and any(f.key in open_ for f in m.findings) for m in self.matters)
        unsure = sum(matter.level == "无法判断" for matter in self.matters)
        counted = ((warned, "个要改或说明"), (unsure, "个请核对"))
        listed = "、".join(f"{number} {what}" for number, what in counted if number)
        rest = f"；另有 {listed}。" if listed else "。"
        if self.errors:
            return f"还不能出正式报告：{wrong} 个事项必须改{rest}"
        return f"可以出正式报告{rest}"

    @property
    def _numbers(self) -> tuple[int, ...]:
        """各条问题在第几项。"""
        by_id = {id(f): matter.number for matter in self.matters for f in matter.findings}
        return tuple(by_id[id(f)] for f in self.findings)

    def as_data(self, book: str) -> dict[str, Any]:
        """JSON 的样子：book、rule_set、summary、findings、matters。"""
        return {
            "book": book,
            "rule_set": self.rule_set.name,
            "summary": {
                "verdict": self.verdict,
                **summary_of(self.findings),
                "acknowledged": sum(f.key in self.acknowledged for f in self.findings),
            },
            "findings": [
                {**f.as_data(), "matter": number}
                for f, number in zip(self.findings, self._numbers, strict=True)
            ],
            "matters": [matter.as_data() for matter in self.matters],
        }


def _grouped(findings: Iterable[Finding]) -> tuple[Matter, ...]:
    from perfmon_xl.rules.causes import ORDER
    from perfmon_xl.rules.registry import catalogue

    rules = catalogue()
    return matters(
        findings,
        {code: rule.cause for code, rule in rules.items()},
        ORDER,
        [sheet.name for sheet in layout.SHEETS],
        {code: rule.title for code, rule in rules.items()},
    )


def _fails(finding: Finding, severity: Severity) -> bool:
    return finding.severity is severity and finding.result is Result.FAIL


def summary_of(findings: Iterable[Finding]) -> dict[str, int]:
    """各级各几处，和判断不了的几处。"""
    listed = tuple(findings)
    return {
        "errors": sum(_fails(f, Severity.ERROR) for f in listed),
        "warnings": sum(_fails(f, Severity.WARNING) for f in listed),
        "infos": sum(_fails(f, Severity.INFO) for f in listed),
        "cannot_judge": sum(f.result is Result.CANNOT_JUDGE for f in listed),
    }


def check_reading(reading: Reading, filled: Figures | None = None) -> CheckedBook:
    """检查已经读出来的工作簿。filled：刚填充过的，它的数；计算栏和草稿都是刚写的，不用再比。"""
    from perfmon_xl.report.wording.outdated import outdated, outdated_problems
    from perfmon_xl.rules.engine import check
    from perfmon_xl.rules.facts import Facts
    from perfmon_xl.rules.registry import catalogue
    from perfmon_xl.workbook.computed import compute_book
    from perfmon_xl.workbook.findings import answers, levels
    from perfmon_xl.workbook.verify import differing

    if reading.gone:  # whatever is held against what is not there would be accused of it
        figures = figures_of(reading.monitoring, rules_of(reading.monitoring))
        facts = Facts(figures=figures, missing=reading.missing, gone=reading.gone)
        return CheckedBook(check(facts, [catalogue()["GS105"]]), frozenset(), figures)
    if filled is not None:  # its computed cells and its drafts have just been written
        facts = Facts(figures=filled, missing=reading.missing)
    else:
        figures = figures_of(reading.monitoring, rules_of(reading.monitoring))
        facts = Facts(
            figures=figures,
            differences=differing(reading, compute_book(figures, levels(reading))),
            outdated=outdated(figures),
            missing=reading.missing,
        )
    written = answers(reading)
    findings = check(facts)
    stale = outdated_problems(facts.figures, criticisms(findings))
    if stale:  # rare: what the problems should say is known only when everything has been checked
        findings = check(replace(facts, outdated=(*facts.outdated, *stale)))
    answered = frozenset(
        f.key for f in findings if f.severity is not Severity.ERROR and written.get(f.key, "").strip()
    )
    return CheckedBook(findings, answered, facts.figures)


def check_book(book: Workbook, reading: Reading | None = None, filled: Figures | None = None) -> CheckedBook:
    """检查打开的工作簿，把结果写进“检查结果”表，在有问题的单元格上做记号；人写的处理意见跟着问题走。

    已经读过、没有再改的，把 reading 一起给，不再读一遍；刚填充过的，把它的数 filled 也给。
    """
    from perfmon_xl.workbook.findings import marks, refuse_unwritable, seen_cells, write_matters

    reading = reading or read(book)
    refuse_gone(reading, "没有检查，“检查结果”表还是上一次的")
    refuse_unwritable(reading)
    checked = check_reading(reading, filled)
    plan, folded = write_matters(
        reading, checked.matters, checked.verdict, seen_cells(reading, checked.findings)
    )
    plan.apply(book)
    if folded:
        book.fold(layout.FINDINGS.name, folded)
    book.mark(marks(checked.matters))
    return checked


def criticisms(findings: Iterable[Finding]) -> tuple[Criticism, ...]:
    """可以写进报告“主要问题”的，先后照检查结果。错误要改掉才出正式报告，不写。"""
    from perfmon_xl.report.wording.target_criticism import Criticism
    from perfmon_xl.rules.registry import catalogue

    rules = catalogue()
    found: list[Criticism] = []
    for finding in findings:
        criticism = rules[finding.code].criticism
        if criticism is not None and finding.result is Result.FAIL and finding.severity is not Severity.ERROR:
            kind, measure = criticism
            found.append(
                Criticism(
                    kind=kind,
                    code=finding.code,
                    message=finding.message,
                    measure=measure,
                    values=finding.values,
                )
            )
    return tuple(found)


def clear_marks(book: Workbook) -> None:
    """去掉检查做的全部记号；别人的底色和批注不动。"""
    book.mark({})


def check(path: Path, *, engine: str = PACKAGE) -> CheckedBook:
    """检查一个工作簿文件，不改它。"""
    return check_reading(read(open_book(path, engine)))


def check_and_write(
    path: Path, out: Path | None = None, *, engine: str = PACKAGE
) -> tuple[CheckedBook, Output]:
    """检查并写进“检查结果”表；没有 out 就地改。"""
    book = open_book(path, engine)
    refuse_other_book(path, out, engine)
    checked = check_book(book)
    if out is not None and out.resolve() != path.resolve():
        refuse_existing(out)
    target = out or path
    return checked, Output(target, (*book.save(target), *lost_by(engine)))


def rule_page(code: str) -> str:
    """一条规则的说明：编号、题目、级别、依据、为什么、例子。"""
    from perfmon_xl.rules.pages import page
    from perfmon_xl.rules.registry import catalogue

    return page(catalogue(), code)


def rule_pages() -> tuple[str, ...]:
    """全部规则的说明，照目录的次序。"""
    from perfmon_xl.rules.pages import page
    from perfmon_xl.rules.registry import catalogue

    rules = catalogue()
    return tuple(page(rules, code) for code in rules)


def rule_list() -> str:
    """规则目录，一行一条，按类分开。"""
    from perfmon_xl.rules.pages import listing
    from perfmon_xl.rules.registry import catalogue

    return listing(catalogue())
