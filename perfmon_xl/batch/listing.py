"""批量结果.csv: one row a workbook, done or not and why; opens in Excel and WPS without a question."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from perfmon_xl.batch.outcome import Outcome
from perfmon_xl.domain.outcome import COUNTS
from perfmon_xl.system.files import refuse_links, save_atomically

NAME = "批量结果.csv"
_HEADER = (
    "文件", "结果", "原因", "怎么办", "项目名称", "主管部门", "年度", "监控期间", "资金预警",
    "错误", "警告", "提示", "无法判断", "已说明", "报告", "工作簿", "监控表",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_listing(out: Path, outcomes: Iterable[Outcome]) -> None:
    """写清单；路径都相对所在的文件夹。"""
    refuse_links(out / NAME, out)
    save_atomically(out / NAME, _rows(outcomes))


def _rows(outcomes: Iterable[Outcome]) -> Iterator[bytes]:
    yield "\ufeff".encode()
    yield _row(_HEADER)
    for outcome in outcomes:
        yield _row(
            (
                outcome.path, outcome.status.chinese, outcome.reason, outcome.hint, outcome.project, outcome.department, outcome.year,
                outcome.period, outcome.light, *(outcome.counts.get(name, "") for name in COUNTS),
                outcome.outputs.get("report", ""), outcome.outputs.get("book", ""), outcome.outputs.get("form", ""),
            )
        )  # fmt: skip


def _row(cells: Iterable[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([_harmless(str(cell)) for cell in cells])
    return line.getvalue().encode("utf-8", "replace")


def _harmless(text: str) -> str:
    """别人写的文字放进 CSV，不能被 Excel 当公式算。"""
    return f"'{text}" if text.startswith(_FORMULA) else text
