"""`audit REPORT.docx`: a report held against itself; places are those of the report, remedies speak of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfmon_xl import app, cli
from perfmon_xl.app import AuditedReport
from perfmon_xl.domain.finding import Finding

REPORT = Path(__file__).parents[1] / "data" / "report.docx"


@pytest.fixture(scope="module")
def audited() -> AuditedReport:
    return app.audit_alone(REPORT)


def _found(audited: AuditedReport, code: str) -> list[Finding]:
    return [f for f in audited.findings if f.code == code]


def test_a_table_against_the_text_with_the_row_and_the_paragraph(audited: AuditedReport) -> None:
    (found,) = _found(audited, "WB101")
    assert str(found.origin) == "报告 表4第2行（实际完成的绩效目标值）"
    assert (found.values["表4"], found.values["文字"]) == ("=170 件", "158件")


def test_no_finding_speaks_of_cells_or_of_what_a_report_has_not(audited: AuditedReport) -> None:
    for finding in audited.findings:
        assert finding.origin is not None and finding.origin.sheet == "报告" and finding.origin.cell
        assert not any(w in finding.as_text() for w in ("单元格", "工作簿", "处理意见", "备注")), (
            finding.as_text()
        )
    assert not _found(audited, "ZJ106")  # the year's forecast is no column of this report


def test_json_gives_heading_and_paragraph_or_table_row_and_column(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["audit", str(REPORT), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["report"] == "report.docx" and told["summary"]["errors"] > 10
    places = {f["code"]: f["report"] for f in told["findings"]}
    assert places["WB101"] == {"table": "表4", "row": 2, "column": "实际完成的绩效目标值"}
    assert places["CL101"]["paragraph"] == 1
    assert places["CL101"]["heading"].startswith("四、项目绩效情况 / ")


def test_the_report_is_only_read(tmp_path: Path) -> None:
    report = tmp_path / "报告.docx"
    report.write_bytes(REPORT.read_bytes())
    cli.main(["audit", str(report)])
    assert report.read_bytes() == REPORT.read_bytes()
    assert list(tmp_path.iterdir()) == [report]
