"""The walk of one value that perfmon_xl/README.md tells, step by step: it runs, is short, and never turns back."""

from __future__ import annotations

import doctest
import re
from datetime import date
from itertools import combinations
from pathlib import Path

import grimp

from perfmon_xl import policy
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Compared, Monitoring, Project
from perfmon_xl.domain.target import read_target
from perfmon_xl.report.make_report import make_report
from perfmon_xl.report.wording.compose import compose
from perfmon_xl.report.wording.phrases import drafts
from perfmon_xl.rules.deviations.pc101_light_without_cause import light_without_cause
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.facts import Facts
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.computed import compute_book
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read

README = Path(__file__).resolve().parents[2] / "perfmon_xl" / "README.md"
WALK = README.read_text(encoding="utf-8").split("## The walk of one value")[1].split("\n## ")[0]
STEPS = re.findall(r"^# (\d+) .*?: `([\w/]+)\.py`$", WALK, re.M)
TYPED = Compared(
    level1="产出指标",
    level2="数量指标",
    name="新建村卫生室",
    annual=read_target("≥20个"),
    stage=read_target("10个"),
    actual=read_target("6个"),
)


def test_the_walk_runs_as_it_is_told() -> None:
    names = {
        "PackageBook": PackageBook, "policy": policy, "read": read, "figures_of": figures_of,
        "compute_book": compute_book, "Facts": Facts, "light_without_cause": light_without_cause,
        "check": check, "drafts": drafts, "compose": compose, "make_report": make_report,
        "workbook": build(Monitoring(project=Project(cutoff=date(2024, 6, 30)), compared=(TYPED,))),
    }  # fmt: skip
    told = re.sub(r"^# .*\n", "", WALK, flags=re.M)
    walk = doctest.DocTestParser().get_doctest(told.replace("```", ""), names, "walk", str(README), 0)
    wrong: list[str] = []
    failed, tried = doctest.DocTestRunner().run(walk, out=wrong.append)
    assert not failed, "".join(wrong)
    assert tried >= len(STEPS)


def test_the_walk_is_short_and_never_turns_back() -> None:
    assert [int(n) for n, _ in STEPS] == list(range(1, len(STEPS) + 1)) and 6 <= len(STEPS) <= 12
    modules = [f"perfmon_xl.{path.replace('/', '.')}" for _, path in STEPS]
    assert len(set(modules)) == len(modules)
    graph = grimp.build_graph("perfmon_xl", cache_dir=None)
    back = [
        (earlier, later)
        for earlier, later in combinations(modules, 2)
        if graph.direct_import_exists(importer=earlier, imported=later)
    ]
    assert back == []
