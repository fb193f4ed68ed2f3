"""Our own report, untouched, held against itself: it says nothing that the check of its workbook does not say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from support.settled import settled_project

from perfmon_xl import app, data
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.finding import Finding
from perfmon_xl.workbook.build.monitoring import build

SEEDS = range(46)
LEAST = 30
_GAP = re.compile("【请补充：([^】]*)】")


def written(book: Path, entries: dict[str, Any]) -> None:
    monitoring = data.from_data(entries)
    book.write_bytes(build(monitoring, app.rules_of(monitoring)))
    app.fill(book)


def answered(book: Path) -> None:
    """填充以后还要人补的话，照经办人的样子补上。"""
    entries = json.loads(app.export(book))

    def answer(asked: re.Match[str]) -> str:
        return "，原因是供货合同签订推迟" if "原因" in asked[1] else "，查阅台账后没有发现问题"

    for group in ("fund_notes", "overall"):
        for row in entries.get(group, []):
            if _GAP.search(row["text"]):
                row["text"] = _GAP.sub(answer, row["text"])
                row.pop("draft", None)
    written(book, entries)


def key(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.subject


def told_only_by_the_report(folder: Path, seed: int) -> list[str] | None:
    """只有查报告才说的；出不了正式报告的是 None。"""
    book = folder / f"{seed}.xlsx"
    written(book, settled_project(seed))
    answered(book)
    known = {key(finding) for finding in app.check(book).findings}
    try:
        made = app.report(book, folder / f"{seed}.docx")
    except UserError:
        return None
    assert app.audit(made.path, book).differences == (), seed
    return [f"{seed} {f.as_text()}" for f in app.audit_alone(made.path).findings if key(f) not in known]


@pytest.mark.slow
@pytest.mark.long
def test_a_report_says_nothing_of_itself_that_its_workbook_does_not_say(tmp_path: Path) -> None:
    found = [told for seed in SEEDS if (told := told_only_by_the_report(tmp_path, seed)) is not None]
    assert len(found) >= LEAST, f"只有 {len(found)} 份正式报告"
    assert [line for told in found for line in told] == []


@pytest.mark.parametrize("seed", [2, 16])
@pytest.mark.slow
def test_what_somebody_changes_in_it_is_told(tmp_path: Path, seed: int) -> None:
    """反面：同一份报告改掉表4里的一个实际数，就有话说。"""
    from docx import Document

    book = tmp_path / "书.xlsx"
    written(book, settled_project(seed))
    answered(book)
    made = app.report(book, tmp_path / "报告.docx")
    before = {key(f) for f in app.audit_alone(made.path).findings}
    document = Document(str(made.path))
    table = next(t for t in document.tables if "实际完成" in "".join(c.text for c in t.rows[0].cells))
    row = next(r for r in table.rows[1:] if re.match(r"\d{2,}", r.cells[-1].text))
    run = row.cells[-1].paragraphs[0].runs
    run[0].text = re.sub(r"\d+", lambda m: str(int(m[0]) + 7), row.cells[-1].text, count=1)
    for one in run[1:]:
        one.text = ""
    document.save(str(made.path))
    assert {key(f) for f in app.audit_alone(made.path).findings} - before
