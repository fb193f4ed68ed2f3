"""What README “Versions” promises, held against a file of it: commands, names, data and codes of this release.

More may come; what stands in tests/data/promise.json may only go with a new major version. `--update-goldens` writes it
anew, which is for a release: a difference that takes something away is a broken promise, and to be read as one.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from perfmon_xl import batch, data, frames
from perfmon_xl.cli import main, parser
from perfmon_xl.commands import codes
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.report.summary import context as summary
from perfmon_xl.report.wording import context
from perfmon_xl.rules.registry import catalogue

PROMISE = Path(__file__).parents[1] / "data" / "promise.json"
Promise = dict[str, list[str]]


def _commands(one: argparse.ArgumentParser, said: str = "") -> Iterator[str]:
    for action in one._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, nested in action.choices.items():
                yield f"{said}{name}"
                yield from _commands(nested, f"{said}{name} ")
        elif action.help != argparse.SUPPRESS:
            yield from (f"{said}{option}" for option in action.option_strings or [f"<{action.dest}>"])
            if action.choices is not None:
                yield from (f"{said}{action.dest}={choice}" for choice in action.choices)


def _keys(value: Any, path: str = "") -> Iterator[str]:
    """JSON 里的字段；序列的每一项是同一种。"""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{path}.{key}"
            if key != "values":  # named by each finding as it needs
                yield from _keys(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner, f"{path}[]")


def _records() -> Iterator[str]:
    """填写的数据：每一类记录有哪些字段。"""
    for record, one in data.schema()["properties"].items():
        yield record
        yield from (f"{record}.{name}" for name in one.get("items", one).get("properties", ()))


def _fields(kind: type[object], path: str, seen: tuple[type[object], ...] = ()) -> Iterator[str]:
    """模板里能用的名称，一层一层往里。"""
    hints = get_type_hints(kind)
    for one in dataclasses.fields(kind):  # type: ignore[arg-type]
        if "说明" not in one.metadata:
            continue
        yield f"{path}{one.name}"
        inner = hints[one.name]
        for part in (inner, *get_args(inner)):
            if dataclasses.is_dataclass(part) and isinstance(part, type) and part not in seen:
                yield from _fields(part, f"{path}{one.name}.", (*seen, part))


def _json_of(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    main([*words, "--format", "json"])
    return json.loads(capsys.readouterr().out)


def _frames(folder: Path) -> Iterator[str]:
    books = frames.load(folder / "示例项目.xlsx")
    for name in (
        "adjusted",
        "compared",
        "declared",
        "findings",
        "funding",
        "goal_changes",
        "projects",
        "spending",
    ):
        for english in (False, True):
            found = getattr(frames, name)(books, english=english)
            yield from (f"{name}[{column}]" for column in found.columns)


def _edited(report: Path, out: Path) -> Path:
    """改过一个数的报告：核对它才有话说。"""
    with zipfile.ZipFile(report) as before, zipfile.ZipFile(out, "w") as after:
        for part in before.infolist():
            body = before.read(part)
            if part.filename == "word/document.xml":
                assert b"87.63%" in body
                body = body.replace(b"87.63%", b"88.63%", 3)
            after.writestr(part, body)
    return out


def promised(folder: Path, edited: Path, capsys: pytest.CaptureFixture[str]) -> Promise:
    """这一版答应的都有什么。"""
    book, report = str(folder / "示例项目.xlsx"), str(_edited(next(folder.glob("*.docx")), edited))
    found = {
        "commands": _commands(parser()),
        "exit codes": (f"{name}={getattr(codes, name)}" for name in vars(codes) if name.isupper()),
        "sheets": (sheet.name for sheet in (layout.GUIDE_SHEET, *layout.SHEETS)),
        "columns": (
            f"{table.name}[{column.header}]" for _, table in layout.tables() for column in table.columns
        ),
        "named cells": (cell.name for _, form in layout.forms() for cell in form.cells),
        "schema and export": _records(),
        "check --format json": _keys(_json_of(capsys, "check", book)),
        "audit REPORT BOOK --format json": _keys(_json_of(capsys, "audit", report, book)),
        "audit REPORT --format json": _keys(_json_of(capsys, "audit", report)),
        "rules": iter(catalogue()),
        "report template": _fields(context.报告, ""),
        "summary template": _fields(summary.汇总报告, ""),
        "perfmon_xl.batch": iter(batch.__all__),
        "perfmon_xl.frames": iter(frames.__all__),
        "columns of frames": _frames(folder),
    }
    return {kind: sorted(set(names)) for kind, names in found.items()}


@pytest.mark.slow
def test_what_was_promised_is_there(
    demo_folder: Path, tmp_path: Path, update_goldens: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    now = promised(demo_folder, tmp_path / "改过的报告.docx", capsys)
    if update_goldens:
        PROMISE.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    before: Promise = json.loads(PROMISE.read_text(encoding="utf-8"))
    gone = {kind: sorted(set(names) - set(now.get(kind, []))) for kind, names in before.items()}
    assert {kind: names for kind, names in gone.items() if names} == {}


def test_something_stands_in_each_part() -> None:
    before: Promise = json.loads(PROMISE.read_text(encoding="utf-8"))
    assert {kind for kind, names in before.items() if len(names) < 5} == set()
