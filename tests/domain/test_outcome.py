"""A line of the manifest that somebody changed is no outcome: the project is done again."""

from __future__ import annotations

from typing import Any

import pytest

from perfmon_xl.domain.outcome import Outcome, Status

FINDING = {
    "code": "ZJ101",
    "severity": "error",
    "result": "fail",
    "message": "少了",
    "hint": "补上",
    "sheet": "",
    "cell": "",
}


def _line(**changed: Any) -> dict[str, Any]:
    made = Outcome(path="甲.xlsx", status=Status.DONE, findings=(FINDING,), light="红").to_json()
    return {**made, **changed}


def test_a_sound_line_comes_back() -> None:
    assert Outcome.from_json(_line()).findings == (FINDING,)


@pytest.mark.parametrize(
    "changed",
    [
        {"findings": [{**FINDING, "severity": "wa-rning"}]},
        {"findings": [{**FINDING, "result": ""}]},
        {"findings": [{**FINDING, "code": 1}]},
        {"light": "紫"},
    ],
)
def test_words_that_nobody_writes_are_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not an outcome"):
        Outcome.from_json(_line(**changed))
