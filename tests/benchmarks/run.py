"""Prints this product's times as ratios to the usual way, all in one run: `python tests/benchmarks/run.py`.

The usual way: openpyxl twice (formulas, values), openpyxl save, docxtpl's own render, on the same files.
"""

from __future__ import annotations

import gc
import io
import subprocess
import sys
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

import openpyxl
from benchmarks.same_work import unfitted
from benchmarks.timing import forgetting, medians
from docxtpl import DocxTemplate
from jinja2 import Environment
from support.projects import project

from perfmon_xl import app
from perfmon_xl.app.auditing import compared
from perfmon_xl.app.checking import check_reading
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.policy import get
from perfmon_xl.report.drawing.charts import FUNDS, INDICATORS
from perfmon_xl.report.make_report import make_report, write_report
from perfmon_xl.report.render import render
from perfmon_xl.report.template.compiled import load_template, merged, top_names
from perfmon_xl.report.tracing.provenance import record_in
from perfmon_xl.report.wording.compose import compose
from perfmon_xl.report.wording.context import 图组, 图项, 报告
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.facts import Facts
from perfmon_xl.system.resources import example_data, folder
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.port import CellRef
from perfmon_xl.workbook.read import read

TEMPLATE = folder("report_templates") / "monitoring_report.docx"


def docxtpl_render(context: Any) -> bytes:
    template = DocxTemplate(TEMPLATE)
    environment = Environment(autoescape=True)
    environment.globals["合并"] = merged
    template.render(dict(top_names(context)), environment, autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def without_charts(context: 报告) -> 报告:
    """docxtpl 不会画图，图不比。"""
    return replace(context, 图=图组(图项.of(FUNDS, ()), 图项.of(INDICATORS, ())))


def usual(data: bytes) -> None:
    """openpyxl 读两遍、按值算、写回、存盘，docxtpl 出报告。"""
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    page = formulas["表4 目标对比表"]
    for row in values["表4 目标对比表"].iter_rows(min_row=4, max_col=6, values_only=True):
        assert row is not None
    page["C5"] = page["C5"].value
    formulas.save(io.BytesIO())
    docxtpl_render(compose(figures_of(read(PackageBook.from_bytes(data)).monitoring, get())))


def ours(data: bytes) -> None:
    """读、算、写回（填充）、出报告。"""
    book = PackageBook.from_bytes(data)
    app.fill_book(book)
    again = book.to_bytes()
    assert again
    write_report(figures_of(read(book).monitoring, get()), pages="estimate")


def with_provenance(data: bytes) -> bytes:
    """从文件到报告：读、检查、出报告，正是 report 做的。"""
    checked = check_reading(read(PackageBook.from_bytes(data)))
    return write_report(checked.figures, pages="estimate")


def without_provenance(data: bytes) -> bytes:
    checked = check_reading(read(PackageBook.from_bytes(data)))
    context = compose(checked.figures)
    return render(load_template(TEMPLATE), context, pages="estimate")


def filled(indicators: int) -> bytes:
    book = PackageBook.from_bytes(build(project(indicators)))
    app.fill_book(book)
    return book.to_bytes()


def touched(data: bytes) -> bytes:
    """让一格的数变了，填充就有东西要写。"""
    book = PackageBook.from_bytes(data)
    found = read(book).found["目标对比表"]
    book.write({found.ref(0, "actual"): "1场"})
    return book.to_bytes()


def write_back(data: bytes) -> bytes:
    book = PackageBook.from_bytes(data)
    book.write({CellRef("表4 目标对比表", 200 + n // 4, 1 + n % 4): Decimal(n) for n in range(200)})
    return book.to_bytes()


def openpyxl_write_back(data: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book["表4 目标对比表"]
    for n in range(200):
        page.cell(200 + n // 4, 1 + n % 4, n)
    book.save(io.BytesIO())


def cold(*code: str) -> None:
    subprocess.run([sys.executable, "-c", *code], check=True, stdout=subprocess.DEVNULL)


def show(title: str, measured: dict[str, float], ours_name: str, usual_name: str, goal: str) -> None:
    ratio = measured[ours_name] / measured[usual_name]
    each = "，".join(f"{name} {seconds * 1000:.1f} ms" for name, seconds in measured.items())
    print(f"| {title} | {each} | {ratio:.3f} | {goal} |", flush=True)


def main() -> None:
    data = touched(filled(100))
    context = without_charts(compose(figures_of(project(100), get())))
    compiled = load_template(TEMPLATE)
    print("| measure | medians | ratio | goal |\n|---|---|---|---|")
    show(
        "(a) whole project, 100 indicators",
        medians({"ours": lambda: ours(data), "usual": lambda: usual(data)}, rounds=5, warm=1),
        "ours", "usual", "≤ 1/3",
    )  # fmt: skip
    rendering = medians({
        "ours": lambda: unfitted(compiled, context),
        "fitted": lambda: render(compiled, context, pages="none"),
        "docxtpl": lambda: docxtpl_render(context),
    })  # fmt: skip
    show("(b) report ÷ docxtpl's render, no charts", rendering, "ours", "docxtpl", "≤ 1/8")
    show("(b) the same, columns and pages fitted", rendering, "fitted", "docxtpl", "—")
    show(
        "(c) write back 200 cells ÷ openpyxl load+save",
        medians({"ours": lambda: write_back(data), "openpyxl": lambda: openpyxl_write_back(data)}, rounds=5, warm=1),
        "ours", "openpyxl", "≤ 1/10",
    )  # fmt: skip
    show(
        "(d) import perfmon_xl.cli ÷ pass",
        medians({"import": lambda: cold("import perfmon_xl.cli"), "pass": lambda: cold("pass")}, rounds=15),
        "import", "pass", "≤ 4",
    )  # fmt: skip
    sizes = {str(n): touched(filled(n)) for n in (10, 100, 1000)}
    times = medians({n: (lambda d=d: ours(d)) for n, d in sizes.items()}, rounds=3, warm=1)
    show("(e) 1,000 indicators ÷ 100", times, "1000", "100", "≤ 10 (linear)")
    many = {n: Facts(figures=figures_of(project(n), get())) for n in (100, 200, 2000)}
    checking = medians(
        {"check": lambda: check(many[100]), "read": lambda: read(PackageBook.from_bytes(data))},
        rounds=5,
        warm=1,
    )
    show("(f) check 100 indicators ÷ read the workbook", checking, "check", "read", "≤ 1")
    forget = forgetting()
    gc.disable()  # as in a batch: how often the collector looks at the bigger heap is not what is measured
    growing = medians(
        {str(n): (lambda n=n: (forget(), check(many[n]))) for n in (200, 2000)}, rounds=3, warm=1
    )
    gc.enable()
    show("(g) check 2,000 indicators ÷ 200", growing, "2000", "200", "≤ 11 (linear)")
    records, rules = project(100), get()
    show(
        "(m) reading, checking and reporting with provenance ÷ without",
        medians({
            "with": lambda: with_provenance(data),
            "without": lambda: without_provenance(data),
        }, rounds=7, warm=1),
        "with", "without", "≤ 1.5",
    )  # fmt: skip
    show(
        "(m) from records to bytes: with provenance ÷ without",
        medians({
            "with": lambda: make_report(figures_of(records, rules), pages="estimate"),
            "without": lambda: render(compiled, compose(figures_of(records, rules)), pages="estimate"),
        }),
        "with", "without", "≤ 1.5",
    )  # fmt: skip
    for what, held in (("the example", app.load_data(example_data())), ("100 indicators", records)):
        made = make_report(figures_of(held, rules), pages="estimate")
        show(
            f"(n) audit of the report ÷ docxtpl's render of it, {what}",
            medians({
                "audit": lambda m=made, h=held: compared(m.data, record_in(m.data), h, rules),
                "docxtpl": lambda h=held: docxtpl_render(compose(figures_of(h, rules))),
            }, rounds=5),
            "audit", "docxtpl", "≤ 1",
        )  # fmt: skip
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "x.xlsx"
        path.write_bytes(data)
        one = medians({"read": lambda: read(PackageBook.open(path))}, rounds=5)
    print(f"\nReading 100 indicators: {one['read'] * 1000:.0f} ms; the file has {len(data) // 1024} KiB.")


if __name__ == "__main__":
    main()
