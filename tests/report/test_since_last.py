"""与上期相比, from the workbook to the report, the batch and the summary; nothing where there is no earlier period."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from support.projects import project

from perfmon_xl import app, policy
from perfmon_xl.app import check_reading
from perfmon_xl.batch.outcome import successful
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.summary import Summary, summarise
from perfmon_xl.domain.target import read_target
from perfmon_xl.report.make_report import make_report
from perfmon_xl.report.summary.compose import compose_summary
from perfmon_xl.report.tracing.tracked import clean
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.build.summary.projects import projects
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read


def with_previous(*numbers: str) -> Monitoring:
    """三个指标：100场、90%、80%，上期照给的。"""
    one = project(3)
    actuals = ("100场", "90%", "80%")
    rows = tuple(
        replace(c, actual=read_target(a), stage=c.annual, previous=read_target(p))
        for c, a, p in zip(one.compared, actuals, numbers, strict=True)
    )
    return replace(one, compared=rows, conclusions=())


def summary(*projects: Monitoring) -> Summary:
    outcomes = [
        successful(
            f"{n}.xlsx", check_reading(read(PackageBook.from_bytes(build(one)))), outputs={}, draft=True
        )
        for n, one in enumerate(projects, 1)
    ]
    return summarise(outcomes, {})


@pytest.mark.parametrize(
    ("previous", "sentence"),
    [
        (("70场", "90%", "85%"), "与上期相比，1个指标的实际完成值增加，1个没有变化，1个减少。"),
        (("70场", "88%", "75%"), "与上期相比，3个指标的实际完成值增加。"),
        (("100场", "", ""), ""),  # one alone has its own paragraph
        (("", "", ""), ""),
    ],
)
def test_the_conclusion_says_it_once(previous: tuple[str, ...], sentence: str) -> None:
    one = with_previous(*previous)
    data = make_report(figures_of(one, policy.get()), pages="none", draft=True).data
    text = "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    assert text.count("与上期相比") == (1 if sentence else 0) and sentence in text


def test_the_summary_has_the_counts_and_the_sentence() -> None:
    made = summary(with_previous("70场", "90%", "85%"), with_previous("", "", ""))
    assert (made.totals.more, made.totals.same, made.totals.less) == (1, 1, 1)
    headers = [c.header for c in projects(made, "汇总").columns]
    assert {"比上期增加", "比上期没变", "比上期减少"} <= set(headers)
    told = "".join(map(clean, compose_summary(made, name="全区").目标))
    assert "与上期相比，1个指标的实际完成值增加，1个没有变化，1个减少。" in told


def test_without_an_earlier_period_the_summary_says_nothing() -> None:
    made = summary(with_previous("", "", ""))
    assert not [c.header for c in projects(made, "汇总").columns if "上期" in c.header]
    assert "上期" not in "".join(map(clean, compose_summary(made, name="全区").目标))


def test_an_untouched_report_agrees_with_its_workbook(tmp_path: Path) -> None:
    book, report = tmp_path / "一.xlsx", tmp_path / "一.docx"
    book.write_bytes(build(with_previous("70场", "90%", "85%")))
    app.fill(book)
    app.report(book, report, draft=True)
    assert not app.audit(report, book).differences
