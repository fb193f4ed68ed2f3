"""Workbook → report → import: the same entries, save what a report does not print."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.projects import project

from perfmon_xl import app, data
from perfmon_xl.app import rules_of
from perfmon_xl.domain.amount import Amount, total
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Monitoring, Paragraph, ProblemEntry, Progress
from perfmon_xl.importing.reading import import_report
from perfmon_xl.report.make_report import write_report
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read

# Not printed in a report, or printed only as part of a sentence.
_UNPRINTED = {
    "project": {"department", "unit", "unit_short"},
    "progress": {"state"},
    "funding": {"forecast"},
    "spending": {"note"},
    "problems": {"kind"},
    "fund_notes": {"draft"},
    "overall": {"draft"},
    "analyses": {"level1", "draft"},
    "declared": {"key"},
    "adjusted": {"key", "source"},
    "compared": {"key", "source", "forecast", "likelihood", "cause", "reason", "measure"},
}


def _printed(found: dict[str, Any]) -> dict[str, Any]:
    def kept(name: str, record: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in record.items() if k not in _UNPRINTED.get(name, set())}

    printed = {n: [kept(n, r) for r in v] if isinstance(v, list) else kept(n, v) for n, v in found.items()}
    if "project" in printed:  # the kind is read from the title; a blank one is printed as the usual one
        printed["project"].setdefault("kind", "项目监控")
    for record in printed.get("funding", []):  # a sentence rounds to whole yuan
        record |= {k: round(v, 4) for k, v in record.items() if isinstance(v, float)}
    for record in printed.get("spending", []):
        record["amount"] = round(record["amount"])
    if "spending" in printed:  # and has the largest line first
        printed["spending"].sort(key=lambda r: (-r["amount"], r["item"]))
    return printed


def _by_subject(found: dict[str, Any]) -> dict[str, Any]:
    """各段在报告里按章节和类别排，不按工作簿里的先后。"""
    return found | {n: sorted(found[n], key=lambda r: str(r["subject"])) for n in ("analyses", "fund_notes")}


@pytest.mark.slow
def test_the_example_comes_back(tmp_path: Path, demo_folder: Path) -> None:
    book = demo_folder / "示例项目.xlsx"
    made = app.report(book, tmp_path / "报告.docx", draft=True)
    back = app.import_to_book(made.path, tmp_path / "导入.xlsx")
    wanted = _by_subject(_printed(data.to_data(read(PackageBook.open(book)).monitoring)))
    got = _by_subject(_printed(data.to_data(read(PackageBook.open(back.path)).monitoring)))
    for found in (wanted, got):  # a person wrote “财政拨款” where the sentence of the program would say whose
        found["funding"] = [record | {"source": ""} for record in found["funding"]]
    assert got == wanted


_NAMES = "甲乙丙丁戊己庚辛"
_TABLES = ("declared", "adjusted", "compared")


def _named(monitoring: Monitoring) -> Monitoring:
    """换成不以数字结尾的名称：“支出1”后面接着金额，谁也分不开。"""
    return replace(
        monitoring,
        project=replace(monitoring.project, name=monitoring.project.name.rstrip("0123456789")),
        funding=tuple(
            replace(f, source=f"{n}级财政资金", forecast=None)
            for n, f in zip(_NAMES, monitoring.funding, strict=False)
        ),
        spending=tuple(
            replace(s, item=f"{n}类工程款") for n, s in zip(_NAMES, monitoring.spending, strict=False)
        ),
    )


@pytest.mark.slow
@pytest.mark.parametrize(("indicators", "seed", "funds"), [(0, 1, 1), (7, 2, 1), (23, 3, 4), (30, 4, 2)])
def test_invented_projects_come_back(indicators: int, seed: int, funds: int) -> None:
    book = PackageBook.from_bytes(
        build((made := _named(project(indicators, seed=seed, funds=funds))), rules_of(made))
    )
    app.fill_book(book)
    monitoring = read(book).monitoring
    back = import_report(
        write_report(
            figures_of(monitoring, rules_of(monitoring)),
            template="monitoring_report",
            draft=True,
            matters=[],
        )
    ).monitoring
    wanted, got = _printed(data.to_data(monitoring)), _printed(data.to_data(back))
    for table in _TABLES:  # a report groups its rows by category
        rows = sorted(wanted.get(table, []), key=lambda r: str(r["name"]))
        assert sorted(got.get(table, []), key=lambda r: str(r["name"])) == rows
    for name in ("project", "goal", "goal_changes", "progress", "problems", "spending"):
        assert got[name] == wanted[name]
    texts = sorted((r["subject"], r["text"]) for r in wanted.get("analyses", []))
    assert sorted((r["subject"], r["text"]) for r in got.get("analyses", [])) == texts
    if funds == 1:
        assert got["funding"] == wanted["funding"]
    else:  # by source the report gives the budget, of the rest the sums
        budgets = {f.source: f.initial for f in monitoring.funding}
        assert {f.source: f.initial for f in back.funding if f.initial} == budgets
        assert total([f.spent for f in back.funding]) == total([f.spent for f in monitoring.funding])
        assert total([f.arrived for f in back.funding]) == total([f.arrived for f in monitoring.funding])


CLEAN = Path(__file__).parents[1] / "data" / "clean.json"


@pytest.mark.slow
def test_the_clean_edition_comes_back(tmp_path: Path) -> None:
    book = tmp_path / "改好的示例.xlsx"
    app.new(book, CLEAN)
    app.fill(book)
    made = app.report(book, tmp_path / "报告.docx")
    back = app.import_to_book(made.path, tmp_path / "导入.xlsx")
    wanted = _by_subject(_printed(data.to_data(read(PackageBook.open(book)).monitoring)))
    got = _by_subject(_printed(data.to_data(read(PackageBook.open(back.path)).monitoring)))
    assert got == wanted


_FIELD = Path(__file__).parents[1] / "data" / "fields" / "health.json"


def _money_back(funding: list[tuple[str, int, int, int]], spending: list[tuple[str, int, str]]) -> Monitoring:
    """一份报告写出去又读回来；资金是 来源、预算、到位、支出，明细是 内容、金额、备注，单位万元。"""
    found = json.loads(_FIELD.read_text(encoding="utf-8"))
    names = ("source", "initial", "arrived", "spent")
    found["funding"] = [dict(zip(names, (s, *m), strict=True)) for s, *m in funding]
    found["spending"] = [{"item": i, "amount": a * 10_000, "note": note} for i, a, note in spending]
    made = data.from_data(found)
    book = PackageBook.from_bytes(build(made, rules_of(made)))
    app.fill_book(book)
    sound = read(book).monitoring
    figures = figures_of(sound, rules_of(sound))
    return import_report(
        write_report(figures, template="monitoring_report", draft=True, matters=[])
    ).monitoring


@pytest.mark.slow
@pytest.mark.parametrize(
    ("funding", "spending"),
    [
        (  # lines called grants, a price in the remark, one source behind
            [("中央专项资金", 180, 180, 108), ("市级财政拨款", 70, 45, 38)],
            [("接种补助", 74, "3.7万剂次，每剂次20元"), ("设备补贴", 48, ""), ("培训补助", 24, "")],
        ),
        (  # one source only: its lines are grants all the same
            [("县级财政拨款", 90, 60, 52)],
            [("农机购置补贴", 30, "每台1.5万元，20台"), ("种粮补助", 22, "")],
        ),
        (  # several behind, one of them with nothing; a price behind a stroke
            [("省级配套资金", 200, 150, 120), ("镇级配套资金", 60, 0, 0), ("中央补助资金", 300, 300, 100)],
            [("岗位补贴", 160, "800元/人"), ("项目管理费", 35, ""), ("社保补贴", 25, "")],
        ),
        (  # all arrived; a line named as one of the sources begins
            [("上级转移支付", 50, 50, 30), ("区级财政资金", 50, 50, 10)],
            [("财政贴息", 25, "单价2500元"), ("宣传", 15, "")],
        ),
    ],
    ids=["grants", "one source", "several behind", "all arrived"],
)
def test_sources_and_lines_are_told_apart(
    funding: list[tuple[str, int, int, int]], spending: list[tuple[str, int, str]]
) -> None:
    back = _money_back(funding, spending)
    wan = 10_000
    assert [(s.item, s.amount and s.amount.yuan / wan) for s in back.spending] == [s[:2] for s in spending]
    sources = {f.source: f for f in back.funding if f.source in {s for s, *_ in funding}}
    assert len(sources) == len(funding)
    assert {n: f.budget and f.budget.yuan / wan for n, f in sources.items()} == {
        s: b for s, b, _, _ in funding
    }
    assert total([f.arrived for f in back.funding]) == Amount(Decimal(sum(a for _, _, a, _ in funding) * wan))
    assert total([f.spent for f in back.funding]) == Amount(Decimal(sum(p for _, _, _, p in funding) * wan))
    if len(funding) > 1:
        assert {n: f.spent and f.spent.yuan / wan for n, f in sources.items()} == {
            s: p for s, _, _, p in funding
        }
    if any(b > a for _, b, a, _ in funding) and len(funding) > 1:
        assert {n: f.arrived and f.arrived.yuan / wan for n, f in sources.items()} == {
            s: a for s, _, a, _ in funding
        }


# --- whatever a person may write --------------------------------------------------------------------

_PLAIN = st.text(
    st.sampled_from("渠道维修养护工程建设服务群众村镇设施管理改造提升完善"), min_size=2, max_size=12
)
_SENTENCE = st.builds(
    lambda words, number, unit, stop: f"{words}，共{number}{unit}，按计划推进{stop}",
    _PLAIN,
    st.integers(1, 9999),
    st.sampled_from(["处", "公里", "人次", "户", "台"]),
    st.sampled_from(["。", "；群众反映良好。"]),
)
_TEXT = st.lists(_SENTENCE, min_size=1, max_size=3).map("\n".join)
_TITLE = st.builds(lambda a, b: a + b, _PLAIN, st.sampled_from(["进度偏慢", "台账不全", "支付滞后"]))


@st.composite
def _projects(draw: st.DrawFn) -> Monitoring:
    """任意多的指标、资金、进展、问题，任意的文字。"""
    funds = draw(st.integers(1, 5))
    made = _named(project(draw(st.integers(0, 24)), seed=draw(st.integers(1, 999)), funds=funds))
    titles = draw(st.lists(_TITLE, max_size=4, unique=True))
    subjects = draw(st.lists(_PLAIN, max_size=5, unique=True))
    return replace(
        made,
        project=replace(
            made.project, background=draw(_TEXT), scope=draw(_SENTENCE), rule_set=rules_of(made).name
        ),
        goal=replace(made.goal, text=draw(_SENTENCE)),
        goal_changes=(),
        progress=tuple(
            Progress(subject=s, text=f"已完成{draw(_SENTENCE)}", state="已完成") for s in subjects
        ),
        analyses=tuple(
            Paragraph(level1=c.level1, subject=c.name, text=draw(_TEXT)) for c in made.compared[:4]
        ),
        problems=tuple(
            ProblemEntry(
                kind="项目实施",
                title=title,
                text=draw(_TEXT),
                measure_title=f"解决{title}",
                measure=draw(_TEXT),
            )
            for title in titles
        ),
    )


@pytest.mark.slow
@settings(max_examples=8)  # a report is written and read back for each
@given(_projects())
def test_whatever_is_written_comes_back(made: Monitoring) -> None:
    rules = rules_of(made)
    back = import_report(
        write_report(figures_of(made, rules), template="monitoring_report", draft=True, matters=[])
    ).monitoring
    wanted, got = _printed(data.to_data(made)), _printed(data.to_data(back))
    for table in _TABLES:
        rows = sorted(wanted.get(table, []), key=lambda r: str(r["name"]))
        assert sorted(got.get(table, []), key=lambda r: str(r["name"])) == rows
    for name in ("project", "goal", "progress", "problems", "spending"):
        assert got.get(name, []) == wanted.get(name, []), name
    written = {a["subject"]: a["text"] for a in wanted.get("analyses", [])}
    assert {a["subject"]: a["text"] for a in got.get("analyses", []) if a["subject"] in written} == written
    assert total([f.spent for f in back.funding]) == total([f.spent for f in made.funding])
    assert total([f.initial for f in back.funding]) == total([f.initial for f in made.funding])
