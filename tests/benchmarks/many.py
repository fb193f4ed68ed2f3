"""A batch of many invented projects against the usual way and against the floor: `python tests/benchmarks/many.py [N]`.

Every ratio is taken inside one run. The usual way: openpyxl twice, the findings written and coloured, openpyxl save,
docxtpl's own render; it gets the findings and the names of the report for nothing. "The same work" is just that with our
own reading, writing and rendering; "the whole project" also fills, computes, runs every rule, drafts, draws charts, and
keeps the provenance, for which the usual way has nothing. The floor: unzip and parse the parts that are needed,
deflate the parts that are written, read and write the files.
"""

from __future__ import annotations

import gc
import hashlib
import io
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from xml.parsers import expat

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

import openpyxl
import psutil
from benchmarks.same_work import unfitted
from benchmarks.timing import forgetting
from docxtpl import DocxTemplate
from jinja2 import Environment
from openpyxl.styles import PatternFill
from support.projects import project

from perfmon_xl import batch
from perfmon_xl.app.checking import CheckedBook, check_reading
from perfmon_xl.batch.pools import warm
from perfmon_xl.batch.project import Task, process
from perfmon_xl.batch.settings import Settings
from perfmon_xl.batch.walking import Item, walk
from perfmon_xl.ooxml.zipping import deflated
from perfmon_xl.report.template.compiled import load_template, merged, top_names
from perfmon_xl.report.wording.compose import compose
from perfmon_xl.report.wording.context import 报告
from perfmon_xl.system.resources import folder as resource
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.findings import marks, seen_cells, write_matters
from perfmon_xl.workbook.read import read

TEMPLATE = resource("report_templates") / "monitoring_report.docx"
with zipfile.ZipFile(TEMPLATE) as _template:
    TEMPLATE_PARTS = {info.filename: info.CRC for info in _template.infolist()}
SAMPLE = 12  # projects for the ratios per project; sizes from 5 to 60 indicators are among them
ROUNDS = 4
NEEDED = ("workbook.xml", "styles.xml", "sharedStrings.xml", "/sheet", "/table", ".rels")


def size(number: int) -> int:
    return 5 + random.Random(number).randrange(56)


def _write(folder: Path, number: int) -> None:
    path = folder / f"部门{number % 25:02d}" / f"项目{number:05d}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build(project(size(number), seed=number)))


def invented(folder: Path, count: int) -> None:
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        list(pool.map(_write, [folder] * count, range(count), chunksize=20))


# --- one project ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """一个项目的文件，和两个做法都不用自己算的：检查的结果，报告用的名称。"""

    source: Path
    checked: CheckedBook
    context: 报告

    @classmethod
    def of(cls, source: Path) -> Given:
        reading = read(PackageBook.open(source))
        checked = check_reading(reading)
        return cls(source, checked, compose(checked.figures, matters=checked.matters))


def usual(given: Given, out: Path) -> None:
    """openpyxl 读两遍，把问题写进表里、上色、存盘；docxtpl 出报告。"""
    formulas = openpyxl.load_workbook(given.source)
    values = openpyxl.load_workbook(given.source, data_only=True)
    for row in values["表4 目标对比表"].iter_rows(min_row=4, max_col=6, values_only=True):
        assert row is not None
    page = formulas["检查结果"]
    for at, finding in enumerate(given.checked.findings, 20):
        for column, value in enumerate(finding.as_data().values(), 1):
            page.cell(at, column, str(value))
        if finding.origin is not None and finding.origin.cell:
            formulas[finding.origin.sheet][finding.origin.cell].fill = PatternFill("solid", "FFFFC7CE")
    formulas.save(out / "usual.xlsx")
    template = DocxTemplate(TEMPLATE)
    environment = Environment(autoescape=True)
    environment.globals["合并"] = merged
    template.render(dict(top_names(given.context)), environment, autoescape=True)
    template.save(out / "usual.docx")


def same_work(given: Given, out: Path) -> None:
    """与 usual 一样的活：读成记录，问题写进表里、上色、加批注，存盘，出报告。"""
    book = PackageBook.open(given.source)
    reading = read(book)
    seen = seen_cells(reading, given.checked.findings)
    write_matters(reading, given.checked.matters, given.checked.verdict, seen)[0].apply(book)
    book.mark(marks(given.checked.matters))
    (out / "same.xlsx").write_bytes(book.to_bytes())
    (out / "same.docx").write_bytes(unfitted(load_template(TEMPLATE), given.context))


def floor(source: Path, made: dict[str, bytes], out: Path) -> None:
    """读、解开、解析要读的部分，压缩改过的部分，写出同样多的字节。made：我们写出的各个文件。"""
    with zipfile.ZipFile(source) as package:
        for name in package.namelist():
            if any(part in name for part in NEEDED):
                expat.ParserCreate().Parse(package.read(name), True)
        before = {info.filename: info.CRC for info in package.infolist()}
    for name, data in made.items():
        if name.endswith((".xlsx", ".docx")):
            old = before if name.endswith(".xlsx") else TEMPLATE_PARTS
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                for info in package.infolist():
                    if old.get(info.filename) != info.CRC:
                        deflated(package.read(info.filename))
        (out / name).write_bytes(data)


def per_project(folder: Path, items: list[Item]) -> None:
    """每个做法各做几遍，取最快的一遍；记着的文字每遍先忘掉：一批里没有第二遍。"""
    settings = Settings(folder=folder, out=folder.parent / "one")
    warm(settings)
    chosen = items[:: max(1, len(items) // SAMPLE)][:SAMPLE]
    process(settings, Task(chosen[0]))
    forget = forgetting()
    times: dict[str, list[float]] = {}
    given = [Given.of(folder / item.path) for item in chosen]
    for number, item in enumerate(chosen * ROUNDS):
        with tempfile.TemporaryDirectory() as temporary:
            out, one = Path(temporary), given[number % len(chosen)]
            shutil.rmtree(settings.out, ignore_errors=True)
            taken = {"whole": once(partial(process, settings, Task(item)), forget)}
            made = {p.name: p.read_bytes() for p in settings.out.rglob("*") if p.is_file()}
            taken["same"] = once(partial(same_work, one, out), forget)
            less = {p.name: p.read_bytes() for p in out.iterdir()}
            taken["usual"] = once(partial(usual, one, out), forget)
            taken["floor"] = once(partial(floor, one.source, made, out), forget)
            taken["floor of the same"] = once(partial(floor, one.source, less, out), forget)
        for name, seconds in taken.items():
            times.setdefault(name, []).append(seconds)
    # another program on the machine can only make a round slower
    size = len(chosen)
    quickest = {name: [min(all_[n::size]) for n in range(size)] for name, all_ in times.items()}
    for title, ours, against, goal in (
        ("(h) the same work ÷ the usual way", "same", "usual", "≤ 1/10"),
        ("(h) the whole project ÷ the usual way", "whole", "usual", "—"),
        ("(i) the same work ÷ its floor", "same", "floor of the same", "≤ 3"),
        ("(i) the whole project ÷ its floor", "whole", "floor", "≤ 3"),
    ):
        each = "，".join(
            f"{name} {statistics.median(quickest[name]) * 1000:.1f} ms" for name in (ours, against)
        )
        ratio = statistics.median(a / b for a, b in zip(quickest[ours], quickest[against], strict=True))
        row(title, each, ratio, goal)


def once(run: Callable[[], object], before: Callable[[], object]) -> float:
    before()
    gc.collect()
    gc.disable()  # as a batch does while a project is made; all sides are spared it
    began = time.process_time()
    run()
    taken = time.process_time() - began
    gc.enable()
    return taken


# --- the whole batch --------------------------------------------------------------------------------


@contextmanager
def cluster() -> Iterator[str]:
    """本机的 Dask：一个调度器，两个干活的进程。"""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    host = ["--host", "127.0.0.1", "--no-dashboard"]
    address = f"tcp://127.0.0.1:{port}"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    commands = (
        ["scheduler", *host, "--port", port],
        ["worker", address, *host, "--nworkers", "2", "--nthreads", "1"],
    )
    with tempfile.TemporaryDirectory() as work:
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "dask", *c], env=environment, cwd=work, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, start_new_session=True,
            )
            for c in commands
        ]  # fmt: skip
        try:
            from distributed import Client

            with Client(address, timeout=60, set_as_default=False) as client:
                client.wait_for_workers(2, timeout=60)
                client.run(_warm_here)
            yield address
        finally:
            for one in started:
                os.killpg(one.pid, 9)
                one.wait()


def _warm_here() -> None:
    warm(Settings(folder=Path(), out=Path()))


class Memory:
    """干活的进程最多用了多少内存：每做完几个看一眼。"""

    def __init__(self) -> None:
        self.first: dict[int, int] = {}
        self.most: dict[int, int] = {}

    def __call__(self, tally: batch.Tally) -> None:
        if tally.seen >= 20 and tally.seen % 5 == 0:
            for child in psutil.Process().children(recursive=True):
                try:
                    if "resource_tracker" in " ".join(child.cmdline()):
                        continue
                    used = child.memory_info().rss
                except psutil.Error:
                    continue
                self.first.setdefault(child.pid, used)
                self.most[child.pid] = max(self.most.get(child.pid, 0), used)

    @property
    def growth(self) -> float:
        return max((self.most[pid] - self.first[pid] for pid in self.first), default=0) / 2**20

    @property
    def peak(self) -> float:
        return max(self.most.values(), default=0) / 2**20


def batches(folder: Path, count: int) -> None:
    out, seconds, memory = folder.parent / "out", {}, Memory()

    def timed(name: str, **how: Any) -> None:
        shutil.rmtree(out, ignore_errors=True)
        began = time.perf_counter()
        batch.run(folder, out, **how)
        seconds.setdefault(name, []).append(time.perf_counter() - began)

    with cluster() as address:
        for _ in range(2 if 200 <= count < 1000 else 1):
            timed("one process", jobs=1)
            timed("two processes", jobs=2, progress=memory)
            with batch.dask_executor(address) as executor:
                timed("Dask, chunks", executor=executor, chunk=20 if count >= 200 else 5)
    middle = {name: statistics.median(values) for name, values in seconds.items()}
    each = "，".join(f"{name} {value:.1f} s" for name, value in middle.items())
    row(
        f"(j) one process ÷ two, {count} projects",
        each,
        middle["one process"] / middle["two processes"],
        "≥ 1.6",
    )
    row(
        f"(k) Dask on loopback ÷ two processes, {count}",
        each,
        middle["Dask, chunks"] / middle["two processes"],
        "≤ 1.2",
    )
    row("(l) growth of a worker's memory, MiB", f"peak {memory.peak:.0f} MiB", memory.growth, "≤ 64")
    shutil.rmtree(out, ignore_errors=True)
    batch.run(folder, out, jobs=2)
    began = time.perf_counter()
    batch.run(folder, out, jobs=2)
    again = time.perf_counter() - began
    row(f"(m) nothing changed ÷ all, {count}", f"{again:.1f} s", again / middle["two processes"], "—")
    sizes = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
    inputs = sum(path.stat().st_size for path in folder.rglob("*.xlsx"))
    print(
        f"\nDisk: inputs {inputs / count / 1024:.0f} KiB a project, outputs {sum(sizes) / count / 1024:.0f} KiB and {len(sizes) / count:.1f} files."
    )


def row(title: str, measured: str, ratio: float, goal: str) -> None:
    print(f"| {title} | {measured} | {ratio:.3f} | {goal} |", flush=True)


def main(count: int) -> None:
    root = (
        Path(tempfile.gettempdir())
        / f"perfmon-many-{count}-{hashlib.sha256(build.__code__.co_code).hexdigest()[:8]}"
    )
    folder = root / "in"
    if not (root / "ready").exists():
        invented(folder, count)
        (root / "ready").touch()
    items = walk(folder, root / "out")
    print("| measure | medians | ratio | goal |\n|---|---|---|---|")
    per_project(folder, items)
    if "--one" not in sys.argv:
        batches(folder, count)


if __name__ == "__main__":
    main(int(next((a for a in sys.argv[1:] if a.isdigit()), "1000")))
