"""`audit REPORT.docx`: a report held against itself; places are those of the report, remedies speak of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.word import docx, p, table

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


def test_what_is_quoted_stays_as_it_is_written(tmp_path: Path) -> None:
    """引的是报告里的字，不是我们的话：备注、单元格、工作簿照旧。"""
    written = "（备注栏请填写金额）工作簿工作簿的的，单元格单元格货架，问题与措施问题与措施。"
    report = tmp_path / "报告.docx"
    report.write_bytes(
        docx(
            p("一、项目概况"), p(written), p("二、项目绩效情况"),
            table(["三级指标", "项目完成时绩效目标值", "实际完成的绩效目标值"], ["培训人数", "≥50人", "60人"]),
        )
    )  # fmt: skip
    told = "\n".join(f.as_text() for f in app.audit_alone(report).findings)
    assert "备注栏请填写金额" in told and "工作簿工作簿" in told
    assert "说明栏" not in told and "报告报告" not in told and "格子格子" not in told
