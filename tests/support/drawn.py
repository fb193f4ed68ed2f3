"""Workbooks drawn as text: a table's name, its header, its rows; a named cell as 名称：值. Read as any workbook.

A report is drawn after a line 报告正文, paragraph by paragraph; a table in rows of |, a contents line as 题目……3.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from perfmon_xl import app
from perfmon_xl.domain.finding import Finding, Result
from perfmon_xl.importing.document import Block, Grid, Para, is_contents
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.reading import read_blocks
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.registry import Rule
from perfmon_xl.rules.running import check
from perfmon_xl.workbook.computed import compute_book
from perfmon_xl.workbook.memory_book import MemoryBook
from perfmon_xl.workbook.read import read
from perfmon_xl.workbook.verify import differing

TABLES = {table.name: (sheet.name, table) for sheet, table in layout.tables()}
_NAMED = [(sheet.name, cell) for sheet, form in layout.forms() for cell in form.cells]
CELLS = {cell.name: (sheet, row, cell) for row, (sheet, cell) in enumerate(_NAMED, 100_001)}


@dataclass(frozen=True)
class Case:
    """一个例子：标题、对还是不对、画出来的工作簿、期望报在哪里（没有写的只看报没报）。"""

    title: str
    wrong: bool
    text: str
    expected: tuple[str, ...] = ()


def cases_in(page: str) -> Iterator[Case]:
    """规则说明里的“不对：……”“对：……”和用例文件里的“## 不对：……”。"""
    pattern = re.compile(r"^(?:## )?(不对|对)：(.*)$", re.M)
    marks = list(pattern.finditer(page))
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        body = page[mark.end() : after.start() if after else len(page)]
        expected = tuple(re.findall(r"^报 (\S+)$", body, re.M))
        yield Case(mark[2].strip(), mark[1] == "不对", body, expected)


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
        elif bare and not re.match(r"报 |不报|无法判断", bare):
            raise AssertionError(f"这一行看不懂：{bare}")
    tables = {}
    for name, (sheet, table) in TABLES.items():
        header, *rows = drawn.get(name, [[c.header for c in table.columns if not c.computed]])
        unknown = [h for h in header if h not in {c.header for c in table.columns}]
        assert not unknown, f"{name} 没有栏目 {unknown}"
        tables[name] = (sheet, header, rows)
    cells = {name: (sheet, row, 2, named.get(name)) for name, (sheet, row, _) in CELLS.items()}
    return MemoryBook(tables, cells)


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
            widths = tuple((1,) * len(row) for row in rows)
            blocks.append(Grid(tuple(rows), max(map(len, rows)), widths))
            rows = []
        if bare and not re.match(r"报 |不报|无法判断", bare):
            blocks.append(Para(bare, contents=is_contents(bare)))
    return read_blocks(blocks)


def facts(text: str) -> Facts:
    if REPORT_MARK in text:
        imported = report(text.split(REPORT_MARK, 1)[1])
        return app.report_facts(imported)
    reading = read(book(text))
    rules = app.rules_of(reading.monitoring)
    return Facts(
        monitoring=reading.monitoring,
        rules=rules,
        differences=differing(reading, compute_book(reading.monitoring, rules)),
        missing=reading.missing,
    )


def found_by(rule: Rule, text: str) -> list[Finding]:
    return [f for f in check(facts(text), [rule]).findings if f.code == rule.code]


def failed(rule: Rule, case: Case) -> str:
    """这个例子哪里不对；对的返回空。"""
    found = found_by(rule, inspect.cleandoc(case.text))
    places = [f"{'无法判断 ' if f.result is Result.CANNOT_JUDGE else ''}{f.origin}" for f in found]
    if case.wrong and not found:
        return "应当报，没有报"
    if not case.wrong and any(f.result is Result.FAIL for f in found):
        return f"不应当报，报了 {places}：{found[0].message}"
    missing = [e for e in case.expected if not any(str(p).split("（")[0].endswith(e) for p in places)]
    return f"没有报在 {missing}，报在 {places}" if missing else ""
