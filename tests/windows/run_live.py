"""The add-in's live path under xlwings' real Windows engine, held against the headless one, cell for cell.

    PYTHON tests/windows/run_live.py [DATA.json|BOOK.xlsx] [--reject 0.02] [--seed 1] [--attach] [--excel2003] [--no-macro]

Windows Python with the product, xlwings, pywin32 and openpyxl; the stand-in for Excel is tests/support/excel (its README
says what it imitates). The same actions - fill, check, check again, clear marks - are done on a file (PackageBook) and on
the open workbook (XlwingsBook over the stand-in); after each one every cell of every table and every named cell is
compared, with the marks and the notes, and the COM calls are counted.
--attach runs the stand-in as a program of its own and finds it through its window, as xlwings finds Excel.
Ends with 0 when nothing differs, 1 when something does.
"""

from __future__ import annotations

import argparse
import pathlib
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.excel import window
from support.excel.application import named_arguments_arrive, oracle_of, start, xlwings_book
from support.excel.com import COUNT, SETTINGS

from perfmon_xl import app as product
from perfmon_xl.ribbon.excel import xlwings
from perfmon_xl.system.resources import example_data
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.live.book import XlwingsBook

SHOWN = 4


def cells(book) -> dict:
    found = {cell.ref: cell for table in book.tables().values() for row in table.rows for cell in row}
    return found | {cell.ref: cell for cell in book.named().values()}


def seen(cell) -> tuple:
    """一格看得见的：值（数到双精度为止）、是不是公式、错误、是不是百分数。"""
    value = cell.value
    if hasattr(value, "as_tuple"):
        value = float(f"{float(value):.12g}")
    return value or None, cell.formula is not None, cell.error, cell.percent


def differing(live, headless) -> list[str]:
    ours, theirs = cells(live), cells(headless)
    lines = [
        f"only {side}: {ref}"
        for side, refs in (("live", ours.keys() - theirs.keys()), ("headless", theirs.keys() - ours.keys()))
        for ref in sorted(refs)
    ]
    for ref in sorted(ours.keys() & theirs.keys()):
        if seen(ours[ref]) != seen(theirs[ref]):
            lines.append(f"{ref}: live {seen(ours[ref])} / headless {seen(theirs[ref])}")
    return lines


class Both:
    def __init__(self, path: pathlib.Path, given) -> None:
        self.headless = PackageBook.open(path)
        self.folder = path.parent
        self.excel, self.program = None, None
        if given.attach:
            script = pathlib.Path(window.__file__)
            command = [
                sys.executable,
                "-X",
                "utf8",
                str(script),
                str(path),
                "--reject",
                str(given.reject),
                "--seed",
                str(given.seed),
            ]
            self.program = subprocess.Popen(
                command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, encoding="utf-8"
            )
            print("the stand-in says:", self.program.stdout.readline().strip())
            xw = xlwings()
            self.book = xw.books.active
        else:
            self.excel = start(path, reject=given.reject, seed=given.seed)
            xlwings()
            self.book = xlwings_book(self.excel)
        self.live = XlwingsBook(self.book)

    def expect(self) -> None:
        """公式的结果从文件那边来。"""
        path = self.folder / "应有.xlsx"
        self.headless.save(path)
        if self.excel:
            self.excel.oracle = oracle_of(path)
            self.excel.front.calculate()
        else:
            self.book.app.api.Expect(str(path))

    def counted(self) -> int:
        return sum(COUNT.values()) if self.excel else int(self.book.app.api.CallsSoFar())

    def do(self, title: str, action) -> int:
        said = action(self.headless)
        self.expect()
        before, start = self.counted(), time.perf_counter()
        try:
            answer = action(self.live)
        except Exception as error:
            print(
                f"{title}: {type(error).__name__}: {str(error)[:300]}  (at {traceback.extract_tb(error.__traceback__)[-1].name}; caused by {error.__cause__!r:.200})"
            )
            self.live = XlwingsBook(self.book)
            return 1
        seconds, calls = time.perf_counter() - start, self.counted() - before
        self.expect()
        self.live = XlwingsBook(self.book)  # reads anew, as the next press of a button does
        lines = differing(self.live, self.headless)
        ours, theirs = self.live.marks(), self.headless.marks()
        marks = sorted(
            str(r)
            for r in ours.keys() | theirs.keys()
            if (r in ours and ours[r].level) != (r in theirs and theirs[r].level)
        )
        notes = sorted(str(r) for r in ours.keys() & theirs.keys() if ours[r].note != theirs[r].note)
        same = answer == said
        print(
            f"{title}: {calls} COM calls, {seconds:.2f} s; {len(lines)} cells differ; {len(theirs)} marks, {len(marks)} differ {marks[:3]}; {len(notes)} notes differ {notes[:3]}; answer {'equal' if same else 'DIFFERS'}"
        )
        for line in lines[:SHOWN]:
            print("   ", line[:230])
        if len(lines) > SHOWN:
            print(
                f"    ... {len(lines) - SHOWN} more; by sheet:",
                dict(Counter(line.split("!")[0] for line in lines)),
            )
        return int(bool(lines or marks or notes or not same))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true", help="the example, a hundred indicators, own sheets")
    parser.add_argument("source", nargs="?", default=str(example_data()))
    parser.add_argument("--reject", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--attach", action="store_true")
    parser.add_argument("--excel2003", action="store_true")
    parser.add_argument("--no-macro", action="store_true", help="Application.Run is refused")
    parser.add_argument(
        "--named-arguments-arrive",
        action="store_true",
        help="mend pywin32's dynamic objects first, to see what else differs",
    )
    given = parser.parse_args()
    if given.all:
        return max(every(given))
    return run(given)


def every(given) -> Iterator[int]:
    """The example; a workbook of a hundred indicators; one with sheets, columns, formats and notes of its user's own."""
    from support.own_sheets import with_own_sheets
    from support.projects import project

    from perfmon_xl.workbook.build.monitoring import build

    folder = pathlib.Path(tempfile.mkdtemp())
    many, own = folder / "一百个指标.xlsx", folder / "自己的表.xlsx"
    many.write_bytes(build(project(100)))
    product.new(own, example_data())
    with_own_sheets(own)
    for source in (given.source, str(many), str(own)):
        print(f"--- {pathlib.Path(source).name}", flush=True)
        given.source = source
        yield run(given)


def run(given) -> int:
    SETTINGS["excel2003"], SETTINGS["no_macro"] = given.excel2003, given.no_macro
    if given.named_arguments_arrive:
        named_arguments_arrive()
    folder = pathlib.Path(tempfile.mkdtemp())
    path = folder / "项目.xlsx"
    if given.source.endswith(".xlsx"):
        path.write_bytes(pathlib.Path(given.source).read_bytes())
    else:
        product.new(path, pathlib.Path(given.source))
    both = Both(path, given)
    wrong = 0
    try:
        lines = differing(both.live, both.headless)
        print(f"as opened: {len(cells(both.headless))} cells, {len(lines)} differ")
        for line in lines[:SHOWN]:
            print("   ", line[:230])
        wrong += bool(lines)
        wrong += both.do("fill", product.fill_book)
        wrong += both.do("check", product.check_book)
        wrong += both.do("check again", product.check_book)
        wrong += both.do("clear marks", product.clear_marks)
        if both.excel:
            texts = sum(
                c.formula is None and isinstance(c.value, str) and c.value.startswith("=")
                for s in both.excel.front.sheets
                for c in s.cells.values()
            )
            print(
                f"cells whose text is a formula: {texts}; formulas without a result: {both.excel.uncalculated}; calls rejected: {SETTINGS['rejected']}"
            )
            print("most called:", COUNT.most_common(14))
    finally:
        if both.program:
            both.book.close()
            both.program.wait(30)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
