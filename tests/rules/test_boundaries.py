"""Every rule has a case at its boundary, or a reason why there is none."""

from __future__ import annotations

import re
from pathlib import Path

from perfmon_xl.rules.registry import catalogue

_HERE = Path(__file__).parent
_LISTED = re.findall(
    r"^- [^：]+：([A-Z0-9 ]+)$", (_HERE / "without_boundary.md").read_text(encoding="utf-8"), re.M
)


def test_a_rule_has_a_boundary_case_or_a_reason() -> None:
    cases = {path.stem for path in (_HERE / "cases").glob("*.md")}
    listed = [code for codes in _LISTED for code in codes.split()]
    assert len(listed) == len(set(listed))
    assert not cases & set(listed), "these have a case and a reason"
    assert cases | set(listed) == set(catalogue())
