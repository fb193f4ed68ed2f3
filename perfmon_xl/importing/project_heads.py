"""Columns with facts of the project, in a list with a project a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfmon_xl.importing.header import PROJECT, Head
from perfmon_xl.importing.vocabulary import (
    label_of,
)


def project_columns(heads: Sequence[Head], firsts: Sequence[int], taken: Mapping[int, str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column in firsts:
        if column in taken and taken[column] not in ("name",):
            continue
        label = label_of(heads[column].text)
        label = "goal" if label == "goal" else label
        if (
            label in (*PROJECT, "goal", "whole_department")
            and label not in columns
            and not heads[column].over
        ):
            columns[label] = column
    if "name" not in columns:
        return {"goal": columns["goal"]} if "goal" in columns and columns["goal"] not in taken else {}
    return columns
