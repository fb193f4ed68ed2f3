"""The one budget of time and memory, whoever reads the file: the command, a batch, the page's worker, a button."""

from __future__ import annotations

import io
import json
import random
import re
import resource
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from support.desk import FileBook, desk

from perfmon_xl import app, batch, cli
from perfmon_xl.batch.outcome import Status
from perfmon_xl.commands import NAMES
from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.ribbon import dispatch
from perfmon_xl.ribbon.dispatch import press_button
from perfmon_xl.ribbon.registry import ButtonResult
from perfmon_xl.system import budget

WATCHED = """
import signal, sys
from perfmon_xl.system.limits import Alarm
class Rung(Exception): pass
def ring(number, frame): raise Rung
alarm = Alarm(by_thread={by_thread})
alarm.ready(ring)
alarm.after(0.3)
rung = 0
def work():
    {work}
for again in range({times}):
    try:
        work()
    except Rung:
        rung += 1
alarm.away()
for n in range(10 ** 6): pass
print(rung, signal.getsignal(alarm._signal) == signal.SIG_DFL)
"""


def printed(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("by_thread", "work"),
    [
        (False, "while True: len('')"),
        (False, "import re; re.match('(a+)+$', 'a'*60+'b')"),
        (True, "while True: len('')"),  # a pattern lets no other thread in: there only the signal helps
    ],
)
def test_the_alarm_rings(work: str, by_thread: bool) -> None:
    assert printed(WATCHED.format(by_thread=by_thread, times=1, work=work)) == "1 True"


@pytest.mark.slow
@pytest.mark.parametrize("by_thread", [False, True])
def test_whoever_swallows_the_alarm_hears_it_again(by_thread: bool) -> None:
    assert printed(WATCHED.format(by_thread=by_thread, times=2, work="while True: len('')")) == "2 True"


@pytest.mark.slow
def test_memory_is_given_back_when_the_limit_is_taken_away() -> None:
    script = """
from perfmon_xl.system import limits
import resource
before = resource.getrlimit(resource.RLIMIT_AS)
limits.limit_memory(1 << 30)
try:
    bytearray(1 << 31); print("not limited")
except MemoryError:
    print("limited")
limits.unlimit_memory()
print(len(bytearray(1 << 31)) == 1 << 31, resource.getrlimit(resource.RLIMIT_AS)[1] == before[1])
"""
    assert printed(script).split() == ["limited", "True", "True"]


@pytest.mark.slow
def test_inside_a_big_program_the_limit_is_what_comes_on_top() -> None:
    script = """
import resource
big = bytearray(900 << 20)
from perfmon_xl.system import limits
limits.limit_memory(1 << 30)
print(len(bytearray(700 << 20)) > 0)
try:
    bytearray(1 << 31)
except MemoryError:
    print("limited")
"""
    assert printed(script).split() == ["True", "limited"]


def test_commands_that_are_not_limited_are_commands() -> None:
    assert set(cli._OWN_LIMITS) <= set(NAMES)


def test_what_is_opened_for_the_person_is_not_limited(tmp_path: Path) -> None:
    """WPS、浏览器在 1 GB 里活不了：打开报告的程序没有我们的限度。"""
    viewer = tmp_path / "bin" / "xdg-open"
    viewer.parent.mkdir()
    viewer.write_text(
        f"#!/bin/sh\nulimit -v > '{tmp_path}/seen.part'; mv '{tmp_path}/seen.part' '{tmp_path}/seen'\n"
    )
    viewer.chmod(0o755)
    script = f"""
import os, time
os.environ["PATH"] = {str(viewer.parent)!r} + os.pathsep + os.environ["PATH"]
from pathlib import Path
from perfmon_xl.system import budget
from perfmon_xl.system.opening import open_in_system
budget.switch_on()
assert open_in_system(Path("x"))
while not os.path.exists({str(tmp_path / "seen")!r}): time.sleep(0.02)
"""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    printed(script)
    told = (tmp_path / "seen").read_text().strip()
    assert told == ("unlimited" if hard == resource.RLIM_INFINITY else str(hard >> 10))


# --- who reads --------------------------------------------------------------------------------------


def swollen(book: bytes) -> bytes:
    """过得了门的工作簿，读起来要好几 GB：一张表里两百多万个格。"""
    chance = random.Random(1)
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        name = "xl/worksheets/sheet8.xml"
        sheet = package.read(name).decode()
    rows = "".join(
        f'<row r="{r}">' + "".join(f"<c><v>{chance.randrange(10**6)}</v></c>" for _ in range(400)) + "</row>"
        for r in range(1000, 5600)
    )
    return rewritten(book, {name: re.sub("</sheetData>", rows + "</sheetData>", sheet).encode()})


@pytest.mark.slow
def test_a_batch_stops_at_the_one_that_swells_and_does_the_others(demo_book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "甲.xlsx").write_bytes(demo_book.read_bytes())
    (folder / "胀大的.xlsx").write_bytes(swollen(demo_book.read_bytes()))
    made = batch.run(folder, tmp_path / "out", jobs=1)
    assert made.counts == {Status.DONE: 1, Status.FAILED: 1}
    assert (
        "胀大的.xlsx 里的内容多得不正常" in made.failed["胀大的.xlsx"] and "来源" in made.hints["胀大的.xlsx"]
    )
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.getrlimit(resource.RLIMIT_AS)[1]


@pytest.mark.slow
def test_a_process_of_a_batch_has_the_limits() -> None:
    script = """
import signal, resource
from pathlib import Path
from perfmon_xl.batch import pools
from perfmon_xl.batch.settings import Settings
pools._exit_with_parent = lambda: None
pools._prepare(Settings(folder=Path("."), out=Path("out")))
print(resource.getrlimit(resource.RLIMIT_AS)[0] >> 30, signal.getsignal(signal.SIGPROF).__name__)
"""
    assert printed(script).split() == ["1", "_stop"]


def test_the_worker_of_the_page_stops_and_lives_on(demo_book: Path, tmp_path: Path) -> None:
    asked = {
        "action": "check", "files": {"book": str(demo_book)}, "options": {}, "room": str(tmp_path),
        "backups": str(tmp_path), "copy": True, "reader": "page",
    }  # fmt: skip
    script = f"""
import io, json, signal
from perfmon_xl.service import worker
from perfmon_xl.system import budget
asked, seconds = json.loads({json.dumps(json.dumps(asked))}), budget.SECONDS
for budget.SECONDS in (0.02, seconds):
    answers = io.StringIO()
    worker._answer(asked, answers)
    told = json.loads(answers.getvalue().splitlines()[-1])
    print(list(told)[0], told.get("refused", {{}}).get("message", ""))
print(signal.getitimer(signal.ITIMER_PROF))
"""
    told = printed(script).splitlines()
    assert told[0].startswith(f"refused {demo_book.name} 里的内容多得不正常")
    assert told[1].strip() == "done" and told[2] == "(0.0, 0.0)"


def test_a_button_stops_and_leaves_no_limit_behind(demo_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_desk: object) -> ButtonResult:
        budget.start("胀大的.docx")
        while True:
            pass

    monkeypatch.setattr(budget, "SECONDS", 0.2)
    monkeypatch.setattr(dispatch, "find", lambda _tag: endless)
    before = resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGPROF)
    told = press_button(desk(FileBook(demo_book))[0], "check.run")
    assert isinstance(told, tuple)
    text, warning = told
    assert "胀大的.docx 里的内容多得不正常" in text and warning
    assert (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGPROF)) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_a_button_that_runs_out_of_memory_says_so(demo_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def swell(_desk: object) -> ButtonResult:
        budget.start("胀大的.docx")
        raise MemoryError

    monkeypatch.setattr(dispatch, "find", lambda _tag: swell)
    assert "胀大的.docx 里的内容多得不正常" in str(press_button(desk(FileBook(demo_book))[0], "check.run"))


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (["甲.docx"], "甲.docx 里的内容"),
        (["甲.docx", "乙.xlsx"], "甲.docx、乙.xlsx（其中一个）里的内容"),
        (["甲.docx", "乙.xlsx", "甲.docx"], "乙.xlsx、甲.docx（其中一个）里的内容"),
        ([str(n) for n in range(9)], "6、7、8（其中一个）里的内容"),
        ([], "这个文件 里的内容"),
    ],
)
def test_all_that_was_read_is_named_and_not_the_last_alone(files: list[str], told: str) -> None:
    with pytest.raises(UserError) as caught, budget.limited():
        for file in files:
            budget.start(file)
        raise MemoryError
    assert caught.value.message.startswith(told)


def test_what_came_with_the_program_is_not_named(demo_book: Path) -> None:
    """报告之后还读了自带的规则集：超时的不是它。"""
    from perfmon_xl.system.files import read_bytes, read_toml
    from perfmon_xl.system.resources import folder, policy_folder

    with pytest.raises(UserError) as caught, budget.limited():
        read_bytes(demo_book)
        for path in sorted(policy_folder().glob("*.toml")):
            read_toml(path)
        read_bytes(folder("report_templates") / "monitoring_report.docx")
        raise budget.Exhausted
    assert caught.value.message.startswith(f"{demo_book.name} 里的内容")


def test_a_file_that_is_done_is_not_named_for_the_next() -> None:
    with pytest.raises(UserError) as caught, budget.limited():
        budget.start("甲.xlsx")
        budget.stop()
        budget.start("乙.xlsx")
        raise budget.Exhausted
    assert caught.value.message.startswith("乙.xlsx 里的内容")


# --- whenever the time ends -------------------------------------------------------------------------


def stepped(work: Callable[[], object], *, ring_at: int = 0) -> int:
    """Does it, and at this many calls of functions the alarm rings; the number of calls."""
    steps = 0

    def step(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal steps
        steps += event == "call"
        if steps == ring_at and event == "call":
            sys.setprofile(None)
            raise budget.Exhausted

    with budget.limited():
        sys.setprofile(step)
        try:
            work()
        finally:
            sys.setprofile(None)
    return steps


@pytest.mark.slow
def test_at_whatever_step_the_time_ends_it_is_never_taken_for_something_else(demo_book: Path) -> None:
    def work() -> object:
        return app.check(demo_book)

    work()  # what is made once is made
    calls = stepped(work)
    assert calls > 10_000

    def told_at(step: int) -> str:
        try:
            return f"做完了，{stepped(work, ring_at=step)} 步"
        except UserError as error:
            return error.message

    # Where nothing can be raised (a weak reference that ends) the alarm goes by, and rings again.
    told = {
        at: next((text for n in range(4) if "多得不正常" in (text := told_at(at + 5 * n))), told_at(at))
        for at in (*range(400, 8_000, 400), *range(8_000, calls * 9 // 10, calls // 12))
    }
    assert {at: text for at, text in told.items() if "内容多得不正常" not in text} == {}
