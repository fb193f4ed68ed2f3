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
