"""Which names a template uses that the report does not offer: found before anything is rendered."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from jinja2 import nodes

from perfmon_xl.report.context import 报告

_FUNCTIONS = frozenset({"合并", "loop"})


@dataclass(frozen=True, slots=True)
class UnknownName:
    """一个用错的名称：模板源的第几行、怎么说、怎么改。"""

    line: int
    message: str
    hint: str


def fields_of(kind: Any) -> Mapping[str, Any]:
    """一个上下文类的各个名称和类型。"""
    return get_type_hints(kind) if is_dataclass(kind) else {}


def unknown_names(tree: nodes.Template, root: type[object] = 报告) -> Iterator[UnknownName]:
    """模板里用了、root（报告最外层的类）里没有的名称，先后照模板。"""
    yield from _visit(tree, dict(fields_of(root)))


def _visit(node: nodes.Node, scope: dict[str, Any]) -> Iterator[UnknownName]:
    if isinstance(node, nodes.For):
        yield from _check(node.iter, scope)
        inner = dict(scope)
        kind = _kind(node.iter, scope)
        element = get_args(kind)[0] if get_origin(kind) is tuple else None
        for target in (
            node.target.find_all(nodes.Name) if not isinstance(node.target, nodes.Name) else (node.target,)
        ):
            inner[target.name] = element
        for child in (*node.body, *node.else_):
            yield from _visit(child, inner)
        return
    if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        yield from _check(node.node, scope)
        scope[node.target.name] = _kind(node.node, scope)
        return
    if isinstance(node, nodes.Expr):
        yield from _check(node, scope)
        return
    for child in node.iter_child_nodes():
        yield from _visit(child, scope)


def _check(node: nodes.Node, scope: Mapping[str, Any]) -> Iterator[UnknownName]:
    if isinstance(node, nodes.Name):
        if node.ctx == "load" and node.name not in scope and node.name not in _FUNCTIONS:
            yield _unknown(node.lineno, node.name, [*scope, *_FUNCTIONS], "")
        return
    if isinstance(node, nodes.Getattr):
        before = list(_check(node.node, scope))
        yield from before
        kind = _kind(node.node, scope)
        if not before and kind is not None and node.attr not in fields_of(kind):
            owner = node.node.name if isinstance(node.node, nodes.Name) else getattr(node.node, "attr", "")
            yield _unknown(node.lineno, node.attr, list(fields_of(kind)), owner)
        return
    for child in node.iter_child_nodes():
        yield from _check(child, scope)


def _kind(node: nodes.Node, scope: Mapping[str, Any]) -> Any:
    """表达式是哪一类；推不出来的是 None，不拦。"""
    if isinstance(node, nodes.Name):
        return scope.get(node.name)
    if isinstance(node, nodes.Getattr):
        return fields_of(_kind(node.node, scope)).get(node.attr)
    return None


def _unknown(line: int, name: str, known: list[str], owner: str) -> UnknownName:
    near = difflib.get_close_matches(name, known, 1, 0.4)
    full = f"{owner}.{name}" if owner else name
    hint = f"是不是“{owner}.{near[0]}”？" if near and owner else f"是不是“{near[0]}”？" if near else ""
    return UnknownName(line, f"没有“{full}”这个名称。", hint or f"可以用的：{'、'.join(known)}。")
