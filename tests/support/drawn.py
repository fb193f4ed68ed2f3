"""Workbooks drawn as text: a table's name, its header, its rows; a named cell as 名称：值. Read as any workbook.

A report is drawn after a line 报告正文, paragraph by paragraph; a table in rows of |, a contents line as 题目……3.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from perfmon_xl import app
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.finding import Finding, Result
from perfmon_xl.importing.document import Block, Para, is_contents
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.grid import grid_of_texts
from perfmon_xl.importing.reading import read_blocks
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.report.wording.outdated import outdated
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.registry import Rule
from perfmon_xl.workbook.computed import compute_book
from perfmon_xl.workbook.port import RawCell, RawTable
from perfmon_xl.workbook.read import read
from perfmon_xl.workbook.verify import differing
from support.memory_book import MemoryBook

TABLES = {table.name: (sheet.name, table) for sheet, table in layout.tables()}
_NAMED = [(sheet.name, cell) for sheet, form in layout.forms() for cell in form.cells]
CELLS = {cell.name: (sheet, row, cell) for row, (sheet, cell) in enumerate(_NAMED, 100_001)}


@dataclass(frozen=True)
class Case:
    """一个例子：标题、对还是不对、画出来的工作簿，和期望。

    “报 表4!F4”“无法判断 表4!F4”是报在哪里（没有写的只看报没报），“共报 2 处”是一共几处，“话里有 ……”是提示的
    一段原文；“对”的例子里单独一行“无法判断”，说明不算错、但也判断不了。
    """

    title: str
    wrong: bool
    text: str
    expected: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    count: int | None = None

    @property
    def unsure(self) -> bool:
        """写着“无法判断”。"""
        return re.search(r"^\s*无法判断", self.text, re.M) is not None


def cases_in(page: str) -> Iterator[Case]:
    """规则说明里的“不对：……”“对：……”和用例文件里的“## 不对：……”。"""
    pattern = re.compile(r"^(?:## )?(不对|对)：(.*)$", re.M)
    marks = list(pattern.finditer(page))
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        body = page[mark.end() : after.start() if after else len(page)]
        expected = tuple(re.findall(r"^\s*(?:报 |(?=无法判断 ))(.+)$", body, re.M))
        said = tuple(re.findall(r"^\s*话里有 (.+)$", body, re.M))
        count = re.search(r"^\s*共报 (\d+) 处$", body, re.M)
        yield Case(mark[2].strip(), mark[1] == "不对", body, expected, said, int(count[1]) if count else None)


def book(text: str) -> MemoryBook:
    """把画出来的工作簿变成可以读的工作簿；没有画的表是空的。"""
    drawn: dict[str, list[list[str]]] = {}
    named: dict[str, str] = {}
    current = ""
    for line in text.splitlines():
        bare = line.strip()
        if bare in TABLES:
            current = bare
            drawn[current] = []
        elif bare.startswith("|"):
            cells = [c.strip().replace("⏎", "\n") for c in bare.strip("|").split("|")]
            if not all(re.fullmatch(r":?-+:?", c) for c in cells):
                drawn[current].append(cells)
        elif (found := re.fullmatch(r"(\S+?)：(.+)", bare)) and found[1] in CELLS:
            named[found[1]] = found[2].replace("⏎", "\n")
        elif bare and not re.match(r"报 |不报|无法判断|话里有 |共报 ", bare):
            raise AssertionError(f"这一行看不懂：{bare}")
    tables = {}
    for name, (sheet, table) in TABLES.items():
        header, *rows = drawn.get(name, [[c.header for c in table.columns if not c.computed]])
        unknown = [h for h in header if h not in {c.header for c in table.columns}]
        assert not unknown, f"{name} 没有栏目 {unknown}"
        tables[name] = (sheet, header, rows)
    cells = {name: (sheet, row, 2, named.get(name)) for name, (sheet, row, _) in CELLS.items()}
    return _Drawn(tables, cells)


class _Drawn(MemoryBook):
    """〔#REF!〕是一个真的错误值，〔=SUM(D2:D5)〕是没有算过的公式。"""

    def tables(self) -> Mapping[str, RawTable]:
        return {
            name: replace(table, rows=tuple(tuple(map(_special, row)) for row in table.rows))
            for name, table in super().tables().items()
        }


def _special(cell: RawCell) -> RawCell:
    found = re.fullmatch(r"〔(=?)(.+)〕", cell.value) if isinstance(cell.value, str) else None
    if found is None:
        return cell
    return RawCell(cell.ref, formula=found[2]) if found[1] else RawCell(cell.ref, error=found[2])


REPORT_MARK = "报告正文"


def report(text: str) -> Imported:
    """把画出来的报告读成记录，和读一份 Word 报告一样。"""
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for line in [*text.splitlines(), ""]:
        bare = line.strip()
        if bare.startswith("|"):
            rows.append(tuple(c.strip() for c in bare.strip("|").split("|")))
            continue
        if rows:
            blocks.append(replace(grid_of_texts("", rows), sheet=False))
            rows = []
        if bare and not re.match(r"报 |不报|无法判断", bare):
            blocks.append(Para(bare, contents=is_contents(bare)))
    return read_blocks(blocks, form=False)


def facts(text: str) -> Facts:
    if REPORT_MARK in text:
        imported = report(text.split(REPORT_MARK, 1)[1])
        return app.report_facts(imported)
    reading = read(book(text), kept=False)
    figures = figures_of(reading.monitoring, app.rules_of(reading.monitoring))
    return Facts(
        figures=figures,
        differences=differing(reading, compute_book(figures)),
        outdated=outdated(figures),
        missing=reading.missing,
        gone=reading.gone,
    )


def found_by(rule: Rule, text: str) -> list[Finding]:
    return [f for f in check(facts(text), [rule]) if f.code == rule.code]


def failed(rule: Rule, case: Case) -> str:
    """这个例子哪里不对；对的返回空。"""
    found = found_by(rule, inspect.cleandoc(case.text))
    places = [f"{'无法判断 ' if f.result is Result.CANNOT_JUDGE else ''}{f.origin}" for f in found]
    if case.wrong and not found:
        return "应当报，没有报"
    if not case.wrong and any(f.result is Result.FAIL for f in found):
        return f"不应当报，报了 {places}：{found[0].message}"
    if not case.wrong and found and not case.unsure:
        return f"不应当报，报了 {places}：{found[0].message}"
    if case.unsure and not any(f.result is Result.CANNOT_JUDGE for f in found):
        return f"应当报“无法判断”，报了 {places}"
    if case.count is not None and len(found) != case.count:
        return f"应当报 {case.count} 处，报了 {places}"
    unsaid = [w for w in case.said if not any(w in f"{f.message}{f.hint}" for f in found)]
    if unsaid:
        return f"话里没有 {unsaid}：{[f.message for f in found]}"
    missing = [e for e in case.expected if not any(_same_place(p, e) for p in places)]
    return f"没有报在 {missing}，报在 {places}" if missing else ""


def _same_place(place: str, expected: str) -> bool:
    """工作表的“表3 ”可以省去；“无法判断”不能。有名称的格子写名称（报 年度绩效目标）。"""
    unsure = place.startswith("无法判断"), expected.startswith("无法判断")
    wanted = expected.removeprefix("无法判断 ")
    return unsure[0] is unsure[1] and (
        place.split("（")[0].endswith(wanted) or place.endswith(f"（{wanted}）")
    )
