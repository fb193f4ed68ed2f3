"""Whatever is left blank, no message quotes nothing: “”, （）."""

from __future__ import annotations

import re

import pytest
from support.drawn import cases_in, facts

from perfmon_xl.rules.engine import check
from perfmon_xl.rules.registry import Rule, catalogue

_NOTHING = re.compile(r"“\s*”|‘\s*’|《\s*》|（\s*）|是\s*。|None|Decimal")
_NAMES = (
    "三级指标",
    "三级目标",
    "二级指标",
    "指标目标值",
    "支出内容",
    "资金来源",
    "事项",
    "项目完成时绩效目标值",
)


def _without(drawn: str, title: str) -> str | None:
    """The drawing with one column left blank; None: it has no such column."""
    at, out, found = None, [], False
    header = True
    for line in drawn.splitlines():
        bare = line.strip()
        if not bare.startswith("|"):
            at, header = None, True
        else:
            cells = [c.strip() for c in bare[1:-1].split("|")]
            if header:
                at, header = (cells.index(title) if title in cells else None), False
            elif at is not None and at < len(cells):
                cells[at], found = "", True
                line = f"| {' | '.join(cells)} |"
        out.append(line)
    return "\n".join(out) if found else None


@pytest.mark.slow
@pytest.mark.parametrize("rule", catalogue().values(), ids=lambda rule: rule.code)
def test_no_message_quotes_nothing(rule: Rule) -> None:
    for case in cases_in(rule.page):
        if not case.wrong or "报告正文" in case.text:
            continue
        for title in _NAMES:
            drawn = _without(case.text, title)
            for finding in check(facts(drawn)) if drawn is not None else ():
                assert not _NOTHING.search(f"{finding.message} {finding.hint}"), finding.as_text()
