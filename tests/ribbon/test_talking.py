"""The warm way: nothing is shown and nothing long is done within the call; VBA asks, says, and looks every second."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support.desk import FileBook, Person, Program, pressed_cold

from perfmon_xl import addin, app
from perfmon_xl.ribbon import excel, jobs, talking
from perfmon_xl.ribbon.context import ButtonContext
from perfmon_xl.ribbon.jobs import LongWork, RunningJob
from perfmon_xl.ribbon.talking import (
    SEPARATOR,
    LaterDialogs,
    Question,
    decode_from_vba,
    encode_for_vba,
    file_filter,
)
from perfmon_xl.system.resources import example_data, folder

VBA = (folder("addin") / "PerfmonTalk.bas").read_text(encoding="ascii")


@pytest.fixture
def at(demo_book: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[FileBook, Program, Person]]:
    """眼前的工作簿、Excel 和人；人一句话也不该从 Python 听到。"""
    book = FileBook(demo_book)
    program, person = Program(book), Person()

    def context(answers: list[str | None]) -> ButtonContext:
        return ButtonContext(program, LaterDialogs(answers))

    monkeypatch.setattr(excel, "context_from_caller", context)
    monkeypatch.setattr(talking, "show", person.show)
    addin._RUNNING.clear()
    yield book, program, person
    addin._RUNNING.clear()
    assert person.told == [] and person.asked == []


def test_a_question_is_handed_back_and_its_answer_taken(
    at: tuple[FileBook, Program, Person], tmp_path: Path
) -> None:
    _, program, _ = at
    asked = addin.answer("new.blank")
    kind, title, suggested, kinds = asked.removeprefix("?").split(SEPARATOR)
    assert (kind, suggested, kinds) == ("save", "绩效运行监控.xlsx", "Excel 工作簿 (*.xlsx),*.xlsx")
    assert title == "新建监控工作簿，存到哪里"
    out = tmp_path / "新 的 '#.xlsx"
    assert addin.reply(encode_for_vba(str(out))).startswith(f"已新建 {out}。") and program.opened == [out]


def test_a_cancel_does_nothing(at: tuple[FileBook, Program, Person]) -> None:
    assert addin.answer("new.blank").startswith("?save")
    assert addin.reply("") == "" and at[1].opened == []


def test_questions_follow_each_other_and_nothing_is_done_twice(
    at: tuple[FileBook, Program, Person], tmp_path: Path
) -> None:
    source = tmp_path / "导出.csv"
    source.write_text(
        "项目名称,一级指标,二级指标,三级指标,指标值\n甲,产出指标,数量指标,课程,≥3门\n", encoding="utf-8"
    )
    out = tmp_path / "甲.xlsx"
    kinds = []
    said = addin.answer("new.data")
    for reply in (str(source), "1", str(out)):
        kinds.append(said.removeprefix("?").split(SEPARATOR)[0])
        said = addin.reply(encode_for_vba(reply))
    assert kinds == ["open", "yes", "save"] and said.startswith("已新建") and at[1].opened == [out]
    assert addin.answer("new.data").startswith("?open")
    assert addin.reply(encode_for_vba(str(source))).startswith("?yes")
    assert addin.reply("") == ""  # no


def test_a_warning_has_its_sign(at: tuple[FileBook, Program, Person]) -> None:
    assert addin.answer("report.final").startswith("!还有 ")


@pytest.mark.parametrize("text", ["", "1", r"C:\绩效 监控\a=b & 100%'.xlsx", "𠮷野家"])
def test_what_vba_codes_is_read_again(text: str) -> None:
    assert decode_from_vba(encode_for_vba(text)) == text
    assert re.fullmatch(r"\+[0-9A-F]*", encode_for_vba(text))


def test_the_cold_way_asks_and_says_the_same(at: tuple[FileBook, Program, Person], tmp_path: Path) -> None:
    """Python 为每一步重新启动，从头带着已有的回答；答完了才说，没有起来的后台也到那时才说。"""
    source = tmp_path / "导出.csv"
    source.write_text(
        "项目名称,一级指标,二级指标,三级指标,指标值\n甲,产出指标,数量指标,课程,≥3门\n", encoding="utf-8"
    )
    person = Person(opens=source, saves=tmp_path / "甲 乙.xlsx")
    pressed_cold("new.data", person)
    assert len(person.asked) == 3 and at[1].opened == [person.saves]
    assert person.told[0].startswith(f"已新建 {person.saves}") and person.warned == []
    cancelled = Person(yes=False, opens=source)
    pressed_cold("new.data", cancelled)
    assert len(cancelled.asked) == 2 and cancelled.told == []


def test_the_cold_way_waits_for_long_work(
    at: tuple[FileBook, Program, Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = {"text": "一共 1 个文件。", "show": [str(tmp_path)]}
    slow(monkeypatch, f"import json, sys; sys.stdin.readline(); print(json.dumps({done!r}))")
    monkeypatch.setattr(addin, "_PAUSE", 0.05)
    person = Person(chooses=tmp_path)
    pressed_cold("batch.run", person)
    assert person.told == ["一共 1 个文件。"] and person.shown == [tmp_path]
    assert "批量处理" in "".join(at[1].said) and at[1].said[-1] == ""


def test_a_separator_in_a_name_is_none() -> None:
    assert Question("yes", f"甲{SEPARATOR}乙").question.count(SEPARATOR) == 1
    assert decode_from_vba("") is None and file_filter((("表", "*.a;*.b"),)) == "表 (*.a;*.b),*.a;*.b"


def test_vba_asks_every_kind_of_question_that_python_has() -> None:
    source = Path(sys.modules[Question.__module__].__file__ or "").read_text(encoding="utf-8")
    ours = set(re.findall(r'_answer\("(\w+)"', source))
    assert ours == set(re.findall(r'Case "(\w+)"', VBA)) and len(ours) == 5


def test_the_windows_of_excel_get_their_titles_types_and_kinds() -> None:
    """各个参数在 Excel 的次序里的位置：问题的各段是种类、文字、建议、文件种类。"""
    for call in (
        'Application.InputBox(part(1), GetConfig("TEXT TITLE"), part(2), Type:=2)',
        "Application.GetOpenFilename(part(3), , part(1))",  # FileFilter, FilterIndex, Title
        "Application.GetSaveAsFilename(part(2), part(3), , part(1))",  # InitialFilename, FileFilter, FilterIndex, Title
        "Application.FileDialog(4)",
    ):
        assert call in VBA


# --- long work --------------------------------------------------------------------------------------------------


def watched(most: float = 60.0) -> tuple[str, int]:
    """VBA 每秒看一次，直到做完；返回最后的话和看了几次。"""
    looks, until = 0, time.monotonic() + most
    while (said := addin.watch()) == "~":
        looks += 1
        assert time.monotonic() < until
        time.sleep(0.05)
    return said, looks


@pytest.mark.slow
def test_a_batch_goes_on_in_its_own_process_while_excel_is_used(
    at: tuple[FileBook, Program, Person], tmp_path: Path
) -> None:
    _, program, person = at
    work = tmp_path / "各单位"
    work.mkdir()
    app.new(work / "甲.xlsx", example_data())
    assert addin.answer("batch.run").startswith("?folder")
    assert addin.reply(encode_for_vba(str(work))).startswith("?folder")
    assert addin.reply(encode_for_vba(str(tmp_path / "结果"))) == "~"
    assert addin.answer("fill.run").startswith("!“批量处理”还没有做完")
    assert addin.answer("help.about").startswith("绩效监控 perfmon-xl")
    said, looks = watched()
    assert said.lstrip("!").startswith("一共 1 个文件。做成 1 个") and looks > 1
    assert person.shown == [tmp_path / "结果"] and any("已做完 1/1" in s for s in program.said)
    assert program.said[-1] == "" and addin.watch() == ""


def slow(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """换成这样一个进程。"""
    started = jobs.subprocess.Popen

    def popen(command: list[str], **more: Any) -> Any:
        return started([sys.executable, "-c", script], **more)

    monkeypatch.setattr(jobs, "subprocess", SimpleNamespace(Popen=popen, PIPE=-1, DEVNULL=-3))


JOB = LongWork(kind="batch", given={"folder": "甲"}, name="批量处理")
OBEYS = 'import sys; print(\'{"step": "一"}\', flush=True); sys.stdin.readline(); sys.stdin.read()'
DEAF = "import sys, time; sys.stdin.readline(); time.sleep(600)"


@pytest.mark.parametrize(("script", "clock"), [(OBEYS, 0.0), (DEAF, 100.0)])
def test_esc_stops_it_whether_it_listens_or_not(
    monkeypatch: pytest.MonkeyPatch, script: str, clock: float
) -> None:
    slow(monkeypatch, script)
    running = RunningJob.start(JOB)
    assert running.poll() is None
    running.stop(clock=lambda: 0.0)
    running.stop(clock=lambda: 50.0)  # asked twice is asked once
    until = time.monotonic() + 20
    while (ended := running.poll(clock=lambda: 1.0 + clock)) is None and time.monotonic() < until:
        time.sleep(0.05)
    assert ended is not None and ended.warning and ended.text.startswith("已停止。")


DOUBLED = """
import json, sys
given = json.loads(sys.stdin.readline())
told = {"text": "只算了最后一份" if "same" in given else "都加了"}
if "same" not in given:
    told |= {"question": "只算最后一份吗？", "again": {**given, "same": "latest"}}
print(json.dumps(told), flush=True)
"""


@pytest.mark.parametrize(("answer", "said"), [("1", "只算了最后一份"), (None, "")])
def test_a_question_at_the_end_is_asked_and_its_answer_done(
    at: tuple[FileBook, Program, Person], monkeypatch: pytest.MonkeyPatch, answer: str | None, said: str
) -> None:
    slow(monkeypatch, DOUBLED)
    addin._RUNNING[:] = [ButtonContext(at[1], LaterDialogs([])), RunningJob.start(JOB)]
    asked, _ = watched(20)
    assert asked == f"?yes{SEPARATOR}都加了\n\n只算最后一份吗？"
    replied = addin.reply("" if answer is None else encode_for_vba(answer))
    assert (watched(20)[0] if replied == "~" else replied) == said
    assert addin.watch() == "" and addin.answer("help.about").startswith("绩效监控")


@pytest.mark.parametrize(("yes", "said"), [(True, ["只算了最后一份"]), (False, [])])
def test_on_the_cold_way_it_is_asked_too(
    at: tuple[FileBook, Program, Person],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    yes: bool,
    said: list[str],
) -> None:
    slow(monkeypatch, DOUBLED)
    person = Person(yes=yes, chooses=tmp_path)
    pressed_cold("batch.run", person)
    assert person.asked[-1:] == ["都加了\n\n只算最后一份吗？"] and person.told == said


def test_one_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    slow(monkeypatch, "print('no JSON')")
    running = RunningJob.start(JOB)
    until = time.monotonic() + 20
    while (ended := running.poll()) is None and time.monotonic() < until:
        time.sleep(0.05)
    assert (
        ended is not None and ended.text.startswith("批量处理没有做完就退出了。") and "怎么办" in ended.text
    )


def test_a_busy_excel_does_not_end_the_work(
    at: tuple[FileBook, Program, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, program, _ = at
    slow(monkeypatch, OBEYS)
    running = RunningJob.start(JOB)
    addin._RUNNING[:] = [ButtonContext(program, at[2]), running]
    busy = type("com_error", (Exception,), {"hresult": -2147418111})()

    def rejected(text: str) -> None:
        raise busy

    monkeypatch.setattr(program, "status", rejected)
    assert addin.watch() == "~"
    running.stop()
    said, _ = watched(20)
    assert said.startswith("!已停止。")


def test_the_pdf_is_made_of_a_copy_of_what_is_open(
    at: tuple[FileBook, Program, Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Path(__file__).parents[1] / "data" / "clean.json"
    book = FileBook(app.new(tmp_path / "干净.xlsx", data).path)
    app.fill_book(book.port)  # not saved
    at[1].front = book
    started: list[LongWork] = []
    monkeypatch.setattr(jobs.RunningJob, "start", lambda job: (started.append(job), RunningJob(job))[1])
    assert addin.answer("report.pdf") == "~"
    given = started[0].given
    copy = Path(given["book"])
    assert started[0].kind == "pdf" and given["wanted"] == str(tmp_path / "干净-绩效运行监控报告.docx")
    assert copy.name == "干净.xlsx" and copy.parent != tmp_path and copy.read_bytes() == book.port.to_bytes()
    copy.unlink()
    copy.parent.rmdir()


def test_the_process_words_its_end_for_excel(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from perfmon_xl.ribbon import job_process

    given = json.dumps({"folder": "没有的", "out": "外面"})
    monkeypatch.setattr(job_process.sys, "stdin", SimpleNamespace(readline=lambda: given))
    monkeypatch.setattr(job_process, "_watch", lambda ending: None)
    assert job_process.main("batch") == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["warning"] and "怎么办" in told["text"] and "perfmon-xl " not in told["text"]
