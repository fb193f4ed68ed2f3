"""Imports run one way between modules, too: no module comes back to itself, lazy imports included."""

from __future__ import annotations

from collections.abc import Mapping, Set
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest


def circle(imports: Mapping[str, Set[str]]) -> list[str]:
    """第一个兜回自己的圈，一个接一个；没有的是空的。"""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.mark.parametrize(
    ("imports", "found"),
    [
        ({"a": {"b"}, "b": {"c"}}, []),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, ["b", "c"]),
        ({"a": {"a"}}, ["a"]),
    ],
)
def test_a_circle_is_seen(imports: dict[str, set[str]], found: list[str]) -> None:
    assert set(circle(imports)) == set(found)


def test_no_module_imports_itself_round_a_corner() -> None:
    graph = grimp.build_graph("perfmon_xl", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imports) > 400
    assert circle(imports) == []


def test_only_the_room_of_files_knows_of_rows_as_text() -> None:
    graph = grimp.build_graph("perfmon_xl", cache_dir=None)
    for name in ("cell_text", "nonstandard_rows"):
        importers = graph.find_modules_that_directly_import(f"perfmon_xl.workbook.file.{name}")
        assert importers and all(one.startswith("perfmon_xl.workbook.file.") for one in importers)
