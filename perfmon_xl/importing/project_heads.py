"""Columns with facts of the project, in a list with a project a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfmon_xl.importing.header import PROJECT, Head
from perfmon_xl.importing.vocabulary import (
    label_of,
)


def project_columns(heads: Sequence[Head], firsts: Sequence[int], taken: Mapping[int, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in firsts:
        if column in taken and taken[column] not in ("name",):
            continue
        label = label_of(heads[column].text)
        label = "goal" if label == "goal" else label
        if label in (*PROJECT, "goal", "whole_department") and label not in found and not heads[column].over:
            found[label] = column
    if "name" not in found:
        return {"goal": found["goal"]} if "goal" in found and found["goal"] not in taken else {}
    return found
