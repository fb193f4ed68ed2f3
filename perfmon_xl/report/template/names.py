"""What a template may say: the names the report offers, and a few words of Jinja; found before anything is rendered.

An allow-list, not a block-list: no attribute beyond the names, no call but 合并, no import, no arithmetic that
could swell. What passes here runs in the sandbox all the same.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from jinja2 import nodes

from perfmon_xl.report.wording.context import 图项, 报告

_FUNCTIONS = frozenset({"合并", "loop"})
_LOOP = frozenset({"index", "index0", "first", "last", "length", "revindex", "previtem", "nextitem"})
_FILTERS = frozenset(
    [
        "length",
        "count",
        "first",
        "last",
        "join",
        "default",
        "d",
        "trim",
        "replace",
        "upper",
        "lower",
        "round",
        "int",
        "abs",
        "string",
        "list",
        "sort",
        "reverse",
        "unique",
        "sum",
    ]
)
_SAME_KIND = frozenset({"list", "sort", "reverse", "unique"})
_TESTS = frozenset(
    [
        "defined",
        "undefined",
        "none",
        "odd",
        "even",
        "true",
        "false",
        "string",
        "number",
        "in",
        "eq",
        "ne",
        "lt",
        "gt",
        "le",
        "ge",
    ]
)
_PERMITTED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign, nodes.Name, nodes.Const,
    nodes.Tuple, nodes.List, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Filter, nodes.Test, nodes.Call,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat, nodes.Add,
    nodes.Sub, nodes.Neg,
)  # fmt: skip
_STATEMENTS = {
    nodes.Include: "{% include %}",
    nodes.Import: "{% import %}",
    nodes.FromImport: "{% from %}",
    nodes.Extends: "{% extends %}",
    nodes.Block: "{% block %}",
    nodes.Macro: "{% macro %}",
    nodes.CallBlock: "{% call %}",
    nodes.FilterBlock: "{% filter %}",
    nodes.With: "{% with %}",
    nodes.Mul: "乘号",
    nodes.Div: "除号",
    nodes.FloorDiv: "除号",
    nodes.Mod: "百分号",
    nodes.Pow: "乘方",
}


@dataclass(frozen=True, slots=True)
class UnknownName:
    """一处用错：模板源的第几行、怎么说、怎么改。"""

    line: int
    message: str
    hint: str


def fields_of(kind: Any) -> Mapping[str, Any]:
    """一个上下文类的各个名称和类型。"""
    if not is_dataclass(kind):
        return {}
    told = {one.name for one in fields(kind) if "说明" in one.metadata}
    return {name: hint for name, hint in get_type_hints(kind).items() if name in told}


def unknown_names(tree: nodes.Template, root: type[object] = 报告) -> Iterator[UnknownName]:
    """模板里用了、root（报告最外层的类）里没有的名称，和不许用的写法，先后照模板。"""
    yield from _visit(tree, dict(fields_of(root)))


def _visit(node: nodes.Node, scope: dict[str, Any]) -> Iterator[UnknownName]:
    if isinstance(node, nodes.For):
        yield from _check(node.iter, scope)
        inner = dict(scope)
        element = _element(_kind(node.iter, scope))
        for target in (
            node.target.find_all(nodes.Name) if not isinstance(node.target, nodes.Name) else (node.target,)
        ):
            inner[target.name] = element
        if node.test is not None:
            yield from _check(node.test, inner)
        for child in (*node.body, *node.else_):
            yield from _visit(child, inner)
        return
    if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        yield from _check(node.node, scope)
        scope[node.target.name] = _kind(node.node, scope)
        return
    if isinstance(node, nodes.Output):
        for child in node.nodes:
            found = list(_check(child, scope))
            yield from found or _whole(child, scope)
        return
    if isinstance(node, nodes.Expr):
        yield from _check(node, scope)
        return
    yield from _forbidden(node)
    for child in node.iter_child_nodes():
        yield from _visit(child, scope)


def _check(node: nodes.Node, scope: Mapping[str, Any]) -> Iterator[UnknownName]:
    refused = list(_forbidden(node))
    if refused:
        yield from refused
        return
    if isinstance(node, nodes.Name):
        if node.ctx == "load" and node.name not in scope and node.name not in _FUNCTIONS:
            yield _unknown(node.lineno, node.name, [*scope, *_FUNCTIONS], "")
        return
    if isinstance(node, nodes.Getattr):
        before = list(_check(node.node, scope))
        yield from before
        if before or (_is_loop(node.node) and node.attr in _LOOP):
            return
        kind = _kind(node.node, scope)
        if node.attr not in fields_of(kind):
            owner = node.node.name if isinstance(node.node, nodes.Name) else getattr(node.node, "attr", "")
            known = _LOOP if _is_loop(node.node) else fields_of(kind)
            yield _unknown(node.lineno, node.attr, list(known), str(owner))
        return
    # the name that is called was looked at by _forbidden
    children = node.args if isinstance(node, nodes.Call) else node.iter_child_nodes()
    for child in children:
        yield from _check(child, scope)


def _forbidden(node: nodes.Node) -> Iterator[UnknownName]:
    """这里只看这一个：不许用的语句、算式、过滤器、函数。"""
    if not isinstance(node, _PERMITTED):
        what = _STATEMENTS.get(type(node), f"“{type(node).__name__}”这种写法")
        yield UnknownName(
            node.lineno, f"模板里不能用{what}。", "只能用名称、for、if 和 set；要算的数请在工作簿里算好。"
        )
    elif isinstance(node, nodes.Filter) and node.name not in _FILTERS:
        yield UnknownName(
            node.lineno, f"模板里不能用过滤器“{node.name}”。", f"可以用的：{'、'.join(sorted(_FILTERS))}。"
        )
    elif isinstance(node, nodes.Test) and node.name not in _TESTS:
        yield UnknownName(
            node.lineno, f"模板里不能用“is {node.name}”。", f"可以用的：{'、'.join(sorted(_TESTS))}。"
        )
    elif isinstance(node, nodes.Call) and not (
        isinstance(node.node, nodes.Name) and node.node.name == "合并" and not node.kwargs
    ):
        yield UnknownName(node.lineno, "模板里只能用 合并(…)，不能用别的括号调用。", "请去掉后面的括号。")


def _whole(node: nodes.Node, scope: Mapping[str, Any]) -> Iterator[UnknownName]:
    """一组名称、一串多项，不能整个印出来。"""
    kind = _kind(node, scope)
    name = node.name if isinstance(node, nodes.Name) else getattr(node, "attr", "")
    if get_origin(kind) is tuple:
        yield UnknownName(
            node.lineno,
            f"“{name}”是多项，不能整个写出来。",
            f"请写 {{%p for 项 in {name} %}}……{{%p endfor %}}，逐项写。",
        )
    elif is_dataclass(kind) and kind is not 图项:
        yield UnknownName(
            node.lineno,
            f"“{name}”是一组名称，不能整个写出来。",
            f"请写出是哪一个，如 {name}.{next(iter(fields_of(kind)))}。",
        )


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"


def _element(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def _kind(node: nodes.Node, scope: Mapping[str, Any]) -> Any:
    """表达式是哪一类；推不出来的是 None，取不了它的名称。"""
    if isinstance(node, nodes.Name):
        return scope.get(node.name)
    if isinstance(node, nodes.Getattr):
        if _is_loop(node.node):
            return None
        return fields_of(_kind(node.node, scope)).get(node.attr)
    if isinstance(node, nodes.Getitem):
        kind = _kind(node.node, scope)
        return kind if isinstance(node.arg, nodes.Slice) else _element(kind)
    if isinstance(node, nodes.Filter) and node.node is not None:
        kind = _kind(node.node, scope)
        return kind if node.name in _SAME_KIND else _element(kind) if node.name in ("first", "last") else None
    return None


def _unknown(line: int, name: str, known: Iterable[str], owner: str) -> UnknownName:
    known = list(known)
    near = difflib.get_close_matches(name, known, 1, 0.4)
    full = f"{owner}.{name}" if owner else name
    hint = f"是不是“{owner}.{near[0]}”？" if near and owner else f"是不是“{near[0]}”？" if near else ""
    return UnknownName(
        line,
        f"没有“{full}”这个名称。",
        hint or (f"可以用的：{'、'.join(known)}。" if known else f"请去掉“.{name}”。"),
    )
