"""Every message the rules can say, kept in messages.md to be read by a person: place, fact, remedy.

Regenerate with `pytest tests/rules --update-goldens` and read the difference.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from support.drawn import cases_in, found_by

from perfmon_xl.domain.finding import Finding
from perfmon_xl.rules.registry import catalogue

GOLDEN = Path(__file__).with_name("messages.md")


def said() -> dict[str, list[Finding]]:
    return {
        code: [
            finding
            for case in cases_in(rule.page)
            if case.wrong
            for finding in found_by(rule, inspect.cleandoc(case.text))
        ]
        for code, rule in catalogue().items()
    }


@pytest.mark.slow
def test_the_messages_are_the_ones_that_were_read(update_goldens: bool) -> None:
    text = (
        "# 检查规则会说的话\n\n由 `pytest tests/rules --update-goldens` 生成；改了规则，读一遍这里的差别。\n"
    )
    for code, findings in said().items():
        text += f"\n## {code}\n\n```\n" + "\n".join(f.as_text() for f in findings) + "\n```\n"
    if update_goldens:
        GOLDEN.write_text(text, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("code", "findings"), said().items(), ids=lambda x: x if isinstance(x, str) else "")
def test_a_message_has_fact_and_remedy_and_no_developers_words(code: str, findings: list[Finding]) -> None:
    for finding in findings:
        assert len(finding.message) >= 8 and finding.message[-1] in "。？！”", finding.message
        assert finding.hint, f"{code} 没有说怎么改：{finding.message}"
        assert not re.search(r"None|Decimal|TargetValue|\bnan\b|Error", finding.as_text())
