"""What a click costs on Python's side: `python tests/benchmarks/click.py`.

Cold: from the start of the process (as VBA starts it: -B -P -c) to the first cell written, and to the end. Warm: the
same click once more in the same process. Processor time, so that a busy machine does not matter. The workbook is the
example, held in memory: Excel and the calls into it are not in these figures. xlwings imports pandas where it is
installed; the add-in's own environment has none, so it is hidden here. Nothing is asserted.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("pandas", "docxtpl", "jinja2", "xlsxwriter", "openpyxl", "pypdf")
BUTTONS = ("fill.run", "check.run", "check.next", "report.draft")


def pressed(tag: str, book: str) -> None:
    """在这个进程里按两次；打印何时第一次写、何时做完，和装进来的重的库。"""
    sys.modules["pandas"] = None  # type: ignore[assignment] - not installed, as far as xlwings can see
    import perfmon_xl.addin  # noqa: F401 - what VBA's line imports first
    from perfmon_xl.ribbon import excel

    excel.xlwings()
    from support.desk import FileBook, desk, press

    times: list[float] = []
    for _ in range(2):
        times.append(time.process_time())
        front = FileBook(Path(book))
        at, program, _ = desk(front)
        first: list[float] = []
        for owner, name in ((front.port, "write"), (front, "go_to"), (program, "open")):
            setattr(owner, name, _noting(getattr(owner, name), first))
        press(at, tag)
        end = time.process_time()
        times += [first[0] if first else end, end]
    print(json.dumps({"times": times, "heavy": [m for m in HEAVY if sys.modules.get(m)]}))


def _noting(call: object, first: list[float]) -> object:
    def noted(*given: object) -> object:
        first.append(time.process_time())
        return call(*given)  # type: ignore[operator]

    return noted


def measured(tag: str, book: Path) -> tuple[list[float], list[str]]:
    """一个新进程里按两次：冷的到第一次写、到做完，热的到第一次写、到做完（毫秒）；和装进来的重的库。"""
    code = f"import sys; sys.path[:0] = {[str(ROOT), str(ROOT / 'tests')]}; from benchmarks.click import pressed; pressed({tag!r}, {str(book)!r})"
    ran = subprocess.run([sys.executable, "-B", "-P", "-c", code], capture_output=True, text=True, check=True)
    found = json.loads(ran.stdout.splitlines()[-1])
    _, wrote, ended, again, wrote_again, ended_again = found["times"]
    spans = (wrote, ended, wrote_again - again, ended_again - again)
    return [1000 * span for span in spans], found["heavy"]


def main(rounds: int = 5) -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    from perfmon_xl import app

    with tempfile.TemporaryDirectory() as folder:
        app.demo(Path(folder), say=lambda _: None)
        book = Path(folder) / "示例项目.xlsx"
        print(
            "| button | cold: first write | cold: done | warm: first write | warm: done | heavy libraries |"
        )
        print("|---|---|---|---|---|---|")
        for tag in BUTTONS:
            runs = [measured(tag, book) for _ in range(rounds)]
            spans = [statistics.median(column) for column in zip(*(run[0] for run in runs), strict=True)]
            print(
                f"| {tag} | "
                + " | ".join(f"{s:.0f} ms" for s in spans)
                + f" | {'、'.join(runs[0][1]) or '—'} |"
            )


if __name__ == "__main__":
    main()
