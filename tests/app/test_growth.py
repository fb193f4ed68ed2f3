"""Check and audit take at most about n log n: in characters of one text, in cells with one text, in rows, in paragraphs.

Four times as much may take eight times as long (n log n is a little above four, n² sixteen); both are measured here,
one after the other, in processor time, the quicker of two.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.drawn import REPORT_MARK, facts
from support.projects import project

from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Monitoring, Progress
from perfmon_xl.policy import get
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.facts import Facts

pytestmark = [pytest.mark.slow, pytest.mark.long]

_MOST = 8  # times as long for four times as much
_UNSEEN = Path(__file__).parents[1] / "rules" / "unseen"
# What a pattern with two open ends stumbles over, and what stands in every report.
_PATTERNS = (
    "9", "1,", " ", "\u3000", "“", "\"", "：", "，", "、", "（", "-", "—", "=", "÷", "A", "甲", "甲、", "某某", "年", "2024年",
    "12万元，", "12万元、", "100人中", "由5个", "占", "占5%、", "同比增长5%，", "3×", "3+", "每台3万元，", "即3公里", "共", "其中5件、",
    "上年5件，", "第一季度5件，", "计划5月3日，", "差5台，", "百分之", "三成", "目标5个", "5个百分点", "《甲", "〔2024", "第", "1.", "#",
)  # fmt: skip


def taken(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(2):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def checked(monitoring: Monitoring) -> Callable[[], object]:
    return lambda: check(Facts(figures=figures_of(monitoring, get(monitoring.project.rule_set))))


def grows_like_its_size(make: Callable[[int], Callable[[], object]], size: int) -> None:
    small, large = taken(make(size)), taken(make(4 * size))
    assert large <= _MOST * max(small, 0.02), f"{size}: {small:.3f} s, {4 * size}: {large:.3f} s"


def drawn(name: str = "project.md") -> Monitoring:
    return facts((_UNSEEN / name).read_text(encoding="utf-8")).monitoring


@pytest.mark.parametrize("pattern", _PATTERNS)
def test_one_long_text(pattern: str) -> None:
    base = drawn()

    def make(size: int) -> Callable[[], object]:
        first = base.progress[0]
        long = dataclasses.replace(first, text=(pattern * (size // len(pattern) + 1))[:size])
        return checked(dataclasses.replace(base, progress=(long, *base.progress[1:])))

    grows_like_its_size(make, 4_000)


@pytest.mark.parametrize("text", ["9" * 40, "培训{}人，合格{}人，合格率95%。", "同一段话，写了许多遍。"])
def test_one_text_in_many_cells(text: str) -> None:
    base = drawn()

    def make(rows: int) -> Callable[[], object]:
        told = tuple(
            Progress(subject=f"事项{n}", text=text.replace("{}", str(100 + n)), state="进行中")
            for n in range(rows)
        )
        return checked(dataclasses.replace(base, progress=told))

    grows_like_its_size(make, 100)


def test_many_indicators() -> None:
    grows_like_its_size(lambda rows: checked(project(rows)), 50)


@pytest.mark.parametrize("paragraph", ["本项目培训{}人，合格{}人。", "9" * 30, "同一段话，写了许多遍。"])
def test_many_paragraphs_of_a_report(paragraph: str) -> None:
    def make(count: int) -> Callable[[], object]:
        text = "\n".join(paragraph.replace("{}", str(100 + n)) for n in range(count))
        return lambda: check(facts(f"{REPORT_MARK}\n一、项目概况\n{text}\n"))

    grows_like_its_size(make, 300)
