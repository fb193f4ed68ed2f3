"""Other trades than the example's: nothing to find in sound workbooks, and ten usual slips in each are found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfmon_xl import app, data
from perfmon_xl.domain.finding import Finding, Result, Severity
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read

FIELDS = sorted((Path(__file__).parents[1] / "data" / "fields").glob("*.json"))
Data = dict[str, Any]


def findings_of(entries: Data) -> tuple[Finding, ...]:
    monitoring = data.from_data(entries)
    book = PackageBook.from_bytes(build(monitoring, app.rules_of(monitoring)))
    app.fill_book(book)
    return app.check_reading(read(book)).findings


def loaded(path: Path) -> Data:
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.mark.slow
@pytest.mark.parametrize("path", FIELDS, ids=lambda p: p.stem)
def test_a_sound_workbook_has_no_errors_and_no_warnings(path: Path) -> None:
    found = findings_of(loaded(path))
    assert [f.as_text() for f in found if f.result is Result.FAIL and f.severity is not Severity.INFO] == []


@pytest.mark.slow
@pytest.mark.parametrize("path", FIELDS, ids=lambda p: p.stem)
def test_nor_has_its_report_held_against_itself(path: Path, tmp_path: Path) -> None:
    book = tmp_path / "项目.xlsx"
    app.new(book, path)
    app.fill(book)
    made = app.report(book, tmp_path / "报告.docx")
    found = app.audit_alone(made.path).findings
    assert [f.as_text() for f in found if f.result is Result.FAIL and f.severity is not Severity.INFO] == []


# --- ten usual slips, whatever the trade -------------------------------------------------------------


def _counted(entries: Data) -> tuple[Data, Data, Data]:
    """第一个数量指标：表3、表4 的行和分析段。"""
    at = next(i for i, c in enumerate(entries["compared"]) if c["level2"] == "数量指标")
    return entries["adjusted"][at], entries["compared"][at], entries["analyses"][at]


def _times(text: str, factor: int) -> str:
    return re.sub(r"[\d.]+", lambda m: str(int(float(m[0]) * factor)), text, count=1)


def _actual_of_the_table(entries: Data) -> None:
    row = _counted(entries)[1]
    row["actual"] = re.sub(r"\d+", lambda m: str(int(m[0]) + 3), row["actual"], count=1)


def _threshold_as_actual(entries: Data) -> None:
    row = next(c for c in entries["compared"] if c["level2"] == "服务对象满意度指标")
    row["actual"] = row["annual"]


def _stage_over_annual(entries: Data) -> None:
    adjusted, row, _ = _counted(entries)
    row["stage"] = adjusted["tracked_target"] = _times(row["annual"], 2)


def _tracked_target_differs(entries: Data) -> None:
    adjusted, row, _ = _counted(entries)
    adjusted["tracked_target"] = re.sub(r"\d+", lambda m: str(int(m[0]) - 1), row["stage"], count=1)


def _spent_over_arrived(entries: Data) -> None:
    entries["funding"][0]["arrived"] = entries["funding"][0]["spent"] - 1


def _yuan_for_ten_thousands(entries: Data) -> None:
    entries["spending"][0]["amount"] = entries["spending"][0]["amount"] / 10_000


def _another_year(entries: Data) -> None:
    paragraph = _counted(entries)[2]
    paragraph["text"] = "2023年初" + paragraph["text"]


def _under_the_wrong_class(entries: Data) -> None:
    for row in _counted(entries)[:2]:
        row["level1"] = "效益指标"


def _doubled_stop(entries: Data) -> None:
    entries["overall"][0]["text"] += "。"


def _target_changed_in_table_4(entries: Data) -> None:
    row = next(c for c in entries["compared"] if c["level2"] == "服务对象满意度指标")
    row["annual"] = "≥85%"


SLIPS: tuple[tuple[str, Callable[[Data], None], str], ...] = (
    ("表4实际与文字不一样", _actual_of_the_table, "WB101"),
    ("目标抄成实际", _threshold_as_actual, "SJ101"),
    ("阶段目标大于全年目标", _stage_over_annual, "JD101"),
    ("跟踪目标与阶段目标不一样", _tracked_target_differs, "DB103"),
    ("支出大于到位", _spent_over_arrived, "ZJ103"),
    ("明细把元填成万元", _yuan_for_ten_thousands, "ZJ107"),
    ("写成上一年", _another_year, "XM101"),
    ("数量指标放在效益下面", _under_the_wrong_class, "JG101"),
    ("两个句号", _doubled_stop, "CL101"),
    ("目标值在表4变了", _target_changed_in_table_4, "ZB202"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("slip", "code"), [s[1:] for s in SLIPS], ids=[s[0] for s in SLIPS])
@pytest.mark.parametrize("path", FIELDS, ids=lambda p: p.stem)
def test_a_usual_slip_is_found(path: Path, slip: Callable[[Data], None], code: str) -> None:
    entries = loaded(path)
    slip(entries)
    assert code in {f.code for f in findings_of(entries)}
