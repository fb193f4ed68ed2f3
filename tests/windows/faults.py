"""The faults that the add-in had on Windows, each with the test that fails where its mend is taken back.

    python tests/windows/faults.py [WORD ...]

Each mend is taken back in a copy of the tree and its test run there: it must fail, and pass in the copy as it is. WORD
picks the faults that have it in their name. The list is also the answer to “which test guards this?”.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    file: str
    mended: str
    before: str
    test: str


COM, OFFICE = "tests/ribbon/test_com_calls.py", "tests/xlam/test_office.py"
TALKING, EXCEL, DOCTOR = (
    "tests/ribbon/test_talking.py",
    "tests/ribbon/test_excel.py",
    "tests/app/test_doctor.py",
)
RIBBON, TALK = "addin/PerfmonRibbon.bas", "addin/PerfmonTalk.bas"
POLICIES = "perfmon_xl/app/diagnosing_policies.py"
FAULTS = (
    Fault("a named argument behind a gap: the mark's formula", "perfmon_xl/workbook/live/native.py",
          'Add(_EXPRESSION, not_given(), "=" + formula_of(level))', 'Add(Type=_EXPRESSION, Formula1="=" + formula_of(level))',
          f"{COM}::test_the_formula_of_a_mark_arrives"),
    Fault("a named argument in any call over COM", "perfmon_xl/report/pages/word_converter.py",
          "document.Close(_DO_NOT_SAVE)", "document.Close(SaveChanges=_DO_NOT_SAVE)", f"{COM}::test_no_argument_has_a_name"),
    Fault("a file dialog without its title", TALK, "GetOpenFilename(part(3), , part(1))", "GetOpenFilename(part(3), part(1))",
          f"{TALKING}::test_the_windows_of_excel_get_their_titles_types_and_kinds"),
    Fault("InputBox without its type", TALK, "part(2), Type:=2)", "part(2))",
          f"{TALKING}::test_the_windows_of_excel_get_their_titles_types_and_kinds"),
    Fault("a link in a text cell stays text", "perfmon_xl/workbook/live/book.py", 'area.number_format = "General"', "pass",
          "tests/workbook/live/test_live_is_headless.py::test_a_formula_goes_into_a_text_cell_as_a_formula"),
    Fault("a stale Esc stops the next button", "perfmon_xl/ribbon/excel.py", "_HELD_DOWN = 0x1B, 0x8000", "_HELD_DOWN = 0x1B, 0x8001",
          f"{EXCEL}::test_an_esc_of_before_stops_nothing"),
    Fault("an Esc still held from a dialog", "perfmon_xl/ribbon/excel.py", "self._esc_was_up = not _escape_held()", "pass",
          f"{EXCEL}::test_an_esc_still_held_from_a_dialog_counts_only_after_it_was_let_go"),
    Fault("Esc asked at the start of a press", "perfmon_xl/ribbon/dispatch.py", "    context.excel.forget_stop()\n", "",
          "tests/ribbon/test_buttons.py::test_an_esc_from_before_is_forgotten_when_a_button_is_pressed"),
    Fault("Store Python installed", "perfmon_xl/app/installing.py", "    if from_store(machine):\n        raise", "    if False:\n        raise",
          f"{DOCTOR}::test_python_of_the_store_is_refused_and_so_is_an_environment_made_from_it"),
    Fault("doctor: policies", POLICIES, "yield diagnosis(\"宏\"", "pass; _ = (lambda *a: a)(\"宏\"", f"{DOCTOR}::test_a_fault_is_named"),
    Fault("doctor: Defender", POLICIES, "*_defender(machine), ", "", f"{DOCTOR}::test_a_fault_is_named"),
    Fault("doctor: disabled items", POLICIES, "*_disabled(machine), ", "", f"{DOCTOR}::test_a_fault_is_named"),
    Fault("doctor: share and mark of the web", POLICIES, ", *_places(machine, addin)", "", f"{DOCTOR}::test_a_mark_of_the_web_and_a_share_are_named"),
    Fault("doctor: WPS owns .xlsx", POLICIES, "    yield from _owner(machine)\n", "", f"{DOCTOR}::test_a_fault_is_named"),
    Fault("doctor: does not try the warm process", "perfmon_xl/app/diagnosing.py", "elif trouble := machine.warm_trouble(library):", "elif trouble := \"\":",
          f"{DOCTOR}::test_a_fault_is_named"),
    Fault("doctor: an add-in of another version", "perfmon_xl/app/diagnosing.py", "at.addin.read_bytes() != addin_bytes()", "False",
          f"{DOCTOR}::test_an_addin_of_another_version_is_named"),
    Fault("an error box of VBA: a button", RIBBON, "    On Error GoTo failed\n    If Not IsCommand", "    If Not IsCommand",
          "tests/xlam/test_package.py::test_each_way_in_catches_its_errors"),
    Fault("an error box of VBA: in the handler", TALK, "    On Error Resume Next\n    Application.StatusBar", "    Application.StatusBar",
          "tests/xlam/test_package.py::test_each_way_in_catches_its_errors"),
    Fault("an error box of xlwings", "addin/xlwings.bas", "        CheckConda = False\n", '        MsgBox "Your Conda version"\n',
          "tests/xlam/test_package.py::test_vba_guesses_no_python_and_shows_no_box_of_its_own"),
    Fault("Python ends with an error: nothing is said", "addin/xlwings.bas", "    SayFailed\nEnd Sub", "End Sub",
          f"{OFFICE}::test_each_end_of_the_cold_way_is_one_sentence_or_none"),
    Fault("no way round when the warm process fails", RIBBON, "warmFailed = Not Started()", "warmFailed = False",
          f"{OFFICE}::test_a_warm_process_that_does_not_come_up_is_one_way_round_and_no_box"),
    Fault("the way round is not remembered", "perfmon_xl/addin.py", "        remember_cold()\n", "        pass\n",
          f"{EXCEL}::test_when_the_warm_way_failed_it_is_said_once_and_remembered"),
    Fault("a box within the call: the cold way asks in Python", "perfmon_xl/addin.py", '        return "?" + asked.question\n', '        return ""\n',
          f"{TALKING}::test_the_cold_way_asks_and_says_the_same"),
    Fault("a box within the call: what is said is lost", RIBBON, "    Hear said\nEnd Sub", "End Sub",
          f"{OFFICE}::test_the_cold_way_asks_and_says_after_python_has_gone"),
    Fault("long work within the call", "perfmon_xl/ribbon/dispatch.py", "            running = RunningJob.start(done)\n",
          "            running = RunningJob.start(done)\n            while running.poll() is None: pass\n",
          f"{TALKING}::test_a_batch_goes_on_in_its_own_process_while_excel_is_used"),
    Fault("a held file is “no rights”", "perfmon_xl/domain/errors.py", "    if held:\n", "    if False:\n", "tests/system/test_held.py"),
    Fault("a Python is guessed", "addin/xlwings.bas", 'PYTHON_WIN = GetConfig("INTERPRETER_WIN", "")', 'PYTHON_WIN = GetConfig("INTERPRETER", "pythonw")',
          "tests/xlam/test_package.py::test_vba_guesses_no_python_and_shows_no_box_of_its_own"),
    Fault("a bare cmd.exe", "addin/xlwings.bas", 'WScript.Run(CommandShell() & " /C "', 'WScript.Run("cmd.exe /C "',
          "tests/xlam/test_package.py::test_vba_guesses_no_python_and_shows_no_box_of_its_own"),
    Fault("no conf: something runs", RIBBON, "If Not FileExists(Interpreter()) Then", "If False Then",
          f"{OFFICE}::test_without_an_installation_no_python_is_guessed"),
    Fault("function help only in the first hour", "perfmon_xl/xlam/wrappers.py", "    If Not done Then LookAgain", "    If Not done And asked < 3 Then LookAgain",
          f"{OFFICE}::test_function_help_is_told_whenever_excel_starts"),
    Fault("a worksheet function answers in English", "perfmon_xl/xlam/wrappers.py", 'GetConfig("TEXT NO FUNCTION")', "Err.Description",
          f"{OFFICE}::test_the_wrappers_compile_beside_the_rest"),
    Fault("no word for an Excel without dynamic arrays", "addin/README.md", "Ctrl+Shift+Enter", "Enter",
          "tests/functions/test_functions.py::test_the_guide_says_how_without_dynamic_arrays"),
)  # fmt: skip


def copied(folder: Path) -> Path:
    tree = folder / "tree"
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in names.splitlines():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tree / name)
    return tree


def passes(tree: Path, test: str) -> bool:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test],
        cwd=tree, capture_output=True, text=True, check=False, timeout=900,
        env={**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    if done.returncode not in (0, 1):  # no such test is no proof
        raise SystemExit(f"{test}: {done.stdout[-600:]}")
    return done.returncode == 0


def judged(tree: Path, words: list[str]) -> Iterator[bool]:
    sound: dict[str, bool] = {}
    for fault in FAULTS:
        if words and not any(word in fault.name for word in words):
            continue
        if fault.test not in sound:
            sound[fault.test] = passes(tree, fault.test)
        path = tree / fault.file
        kept = path.read_text(encoding="utf-8")
        assert fault.mended in kept, f"{fault.name}: {fault.file} has no {fault.mended!r}"
        path.write_text(kept.replace(fault.mended, fault.before), encoding="utf-8", newline="\n")
        caught = not passes(tree, fault.test)
        path.write_text(kept, encoding="utf-8", newline="\n")
        good = sound[fault.test] and caught
        print(
            f"| {fault.name} | {fault.test.removeprefix('tests/')} | {'fails without its mend' if good else 'NO PROOF'} |",
            flush=True,
        )
        yield good


def main(words: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = list(judged(copied(Path(folder)), words))
    print(f"{sum(found)} of {len(found)} faults have a test that fails without the mend")
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
