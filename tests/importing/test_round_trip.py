"""Workbook → report → import: the same entries, save what a report does not print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from perfmon_xl import app, data
from perfmon_xl.workbook.package_book import PackageBook
from perfmon_xl.workbook.read import read

# Not printed in a report, or printed only as part of a sentence.
_UNPRINTED = {
    "project": {"department", "unit", "unit_short"},
    "progress": {"state"},
    "problems": {"kind"},
    "fund_notes": {"draft"},
    "overall": {"draft"},
    "analyses": {"level1", "draft"},
    "compared": {"forecast", "likelihood", "cause", "reason", "measure"},
}


def _printed(found: dict[str, Any]) -> dict[str, Any]:
    def kept(name: str, record: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in record.items() if k not in _UNPRINTED.get(name, set())}

    return {n: [kept(n, r) for r in v] if isinstance(v, list) else kept(n, v) for n, v in found.items()}


def _by_subject(found: dict[str, Any]) -> dict[str, Any]:
    """各段在报告里按章节和类别排，不按工作簿里的先后。"""
    return found | {n: sorted(found[n], key=lambda r: str(r["subject"])) for n in ("analyses", "fund_notes")}


def test_the_example_comes_back(tmp_path: Path, demo_folder: Path) -> None:
    book = demo_folder / "示例项目.xlsx"
    made = app.report(book, tmp_path / "报告.docx", draft=True)
    back = app.import_to_book(made.path, tmp_path / "导入.xlsx")
    wanted = _by_subject(_printed(data.to_data(read(PackageBook.open(book)).monitoring)))
    got = _by_subject(_printed(data.to_data(read(PackageBook.open(back.path)).monitoring)))
    assert got == wanted
