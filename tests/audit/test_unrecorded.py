"""A report that carries no record (typed by hand, or lost on a conversion) held against its workbook."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from support.office import needs_validator, validate
from support.projects import project
from support.word_edits import Edited

from perfmon_xl import app, cli
from perfmon_xl.audit.without_record import ReportComparison, compare_report, same_value
from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Monitoring, Paragraph, ProblemEntry
from perfmon_xl.domain.target import read_target
from perfmon_xl.importing.reading import import_report
from perfmon_xl.policy import get
from perfmon_xl.report.make_report import make_report
from perfmon_xl.report.tracing.provenance import record_in

RECORD = b"urn:perfmon-xl:provenance"


def without_record(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in package.namelist():
            content = package.read(name)
            lost = RECORD in content and "Props" not in name
            new.writestr(name, b"<lost/>" if lost else content)
    assert record_in(out.getvalue()) is None
    return out.getvalue()


def holding(report: Monitoring, book: Monitoring) -> ReportComparison:
    told = import_report(make_report(figures_of(report, get()), pages="none").data).monitoring
    return compare_report(told, book, get(), ())


@pytest.mark.parametrize(("indicators", "seed"), [(5, 1), (12, 2), (30, 3), (60, 4)])
def test_an_untouched_report_agrees(indicators: int, seed: int) -> None:
    monitoring = project(indicators, seed=seed)
    found = holding(monitoring, monitoring)
    assert [d.as_text() for d in found.differences] == [] and found.reworded == 0
    assert found.looked > 10 * indicators


def _compared(monitoring: Monitoring, **changed: object) -> Monitoring:
    return replace(
        monitoring, compared=(replace(monitoring.compared[0], **changed), *monitoring.compared[1:])
    )


def _fund(monitoring: Monitoring, **changed: object) -> Monitoring:
    return replace(monitoring, funding=(replace(monitoring.funding[0], **changed), *monitoring.funding[1:]))


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (lambda m: _compared(m, actual=read_target("7场")), "HD109", "工作簿是“7场”"),
        (lambda m: _compared(m, stage=read_target("≥999场")), "HD109", "工作簿是“≥999场”"),
        (lambda m: replace(m, compared=m.compared[1:]), "HD105", "工作簿的表4 目标对比表里没有"),
        (lambda m: replace(m, declared=(*m.declared, replace(m.declared[0], name="多出来的"))), "HD105", "有“多出来的”"),
        (lambda m: _fund(m, spent=Amount(Decimal(1))), "HD109", "资金的支出合计"),
        (lambda m: replace(m, project=replace(m.project, name="另一个项目")), "HD109", "工作簿是“另一个项目”"),
        (
            lambda m: replace(m, analyses=(Paragraph(subject=m.compared[1].name, text="已完成4321人次。"),)),
            "HD109",
            "工作簿有 4321人次",
        ),
    ],
)  # fmt: skip
def test_what_the_workbook_says_otherwise_is_told(
    change: Callable[[Monitoring], Monitoring], code: str, says: str
) -> None:
    monitoring = project(6, seed=9)
    found = holding(monitoring, change(monitoring))
    assert any(d.kind.code == code and says in d.message for d in found.differences), [
        d.as_text() for d in found.differences
    ]


def test_the_same_in_other_words_is_counted_and_not_listed() -> None:
    monitoring = project(4, seed=5)
    name = monitoring.compared[0].name
    typed = [
        replace(monitoring, analyses=(Paragraph(subject=name, text=text),))
        for text in ("全年支出4.38万元，完成100%。", "完成100.00%，支出了43816元。")
    ]
    found = holding(typed[0], typed[1])
    assert found.differences == [] and found.reworded == 1
    other = replace(monitoring, analyses=(Paragraph(subject=name, text="全年支出4万元，完成99.6%。"),))
    (one,) = holding(typed[0], other).differences
    assert one.values == {"报告": "4.38万元、100%", "工作簿": "4万元、99.6%"}


def test_a_problem_that_only_the_report_has() -> None:
    monitoring = replace(project(4, seed=5), problems=())
    criticised = replace(
        monitoring,
        problems=(ProblemEntry(title="进度慢", text="支出慢。", measure_title="加快", measure="加快支出。"),),
    )
    (one,) = holding(criticised, monitoring).differences
    assert one.kind.code == "HD105" and "“进度慢”" in one.message


@needs_validator
def test_the_command_says_where_and_comments_there(
    demo_book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = app.report(demo_book, tmp_path / "报告.docx", draft=True, pages="estimate").path
    path.with_name("报告.来源.json").unlink(missing_ok=True)
    record = record_in(path.read_bytes())
    assert record is not None
    one = Edited(path.read_bytes(), record)
    one.type_inside(one.value("compared[成本控制数].actual"), "4.2 万元")
    path.write_bytes(without_record(one.saved(path).read_bytes()))
    assert cli.main(["audit", str(path), str(demo_book), "--format", "json", "--write"]) == 1
    told = json.loads(capsys.readouterr().out)
    (finding,) = told["findings"]
    assert (finding["sheet"], finding["cell"]) == ("表4 目标对比表", "F4")
    assert finding["values"] == {"报告": "4.2 万元", "工作簿": "4.3816 万元"}
    assert finding["report"]["row"] == 2 and finding["report"]["column"] == "实际完成的绩效目标值"
    assert told["summary"]["recorded"] is False and "没有来历记录" in told["summary"]["verdict"]
    made = tmp_path / "报告-核对.docx"
    assert validate(made) == []
    with zipfile.ZipFile(made) as package:
        assert package.read("word/comments.xml").decode().count("<w:comment ") == 1


@pytest.mark.parametrize(
    ("told", "typed", "agree"),
    [
        ("43800", "43816.1", True),  # 4.38万元
        ("44000", "43816.1", True),  # 4.4万元
        ("40000", "43816.1", False),  # 4万元 is another sum
        ("43816", "43816.1", True),
        ("43817", "43816.1", False),
        ("43816.1", "43816.15", False),
    ],
)
def test_a_sum_agrees_to_the_last_digit_printed(told: str, typed: str, agree: bool) -> None:
    assert same_value(Amount(Decimal(told)), Amount(Decimal(typed))) is agree
