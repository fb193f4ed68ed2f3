"""What a template may say: the names the report offers, and a few words of Jinja; found before anything is rendered.

An allow-list, not a block-list: no attribute beyond the names, no call but 合并, no import, no arithmetic that
could swell. What passes here runs in the sandbox all the same.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from jinja2 import nodes

from perfmon_xl.report.wording.context import 图项, 报告

# What XML cannot hold, and the private characters that mark values on their way into the report.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")
_MERGE, _COUNTER = "合并", "loop"  # not values: a call, and the counter of a for
_NUMBERS = frozenset({"index", "index0", "length", "revindex"})
_LOOP = _NUMBERS | {"first", "last"}
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
_AS_WRITTEN = frozenset({"string", "upper", "lower", "trim", "replace", "reverse", "default", "d"})
_BY_ATTRIBUTE = frozenset({"join", "sort", "unique", "sum"})
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
    told = {field.name for field in fields(kind) if "说明" in field.metadata}
    return {name: hint for name, hint in get_type_hints(kind).items() if name in told}


def unknown_names(tree: nodes.Template, root: type[object] = 报告) -> Iterator[UnknownName]:
    """模板里用了、root（报告最外层的类）里没有的名称，和不许用的写法，先后照模板。"""
    yield from _visit(tree, dict(fields_of(root)))


def _visit(node: nodes.Node, scope: dict[str, Any]) -> Iterator[UnknownName]:
    if isinstance(node, nodes.For):
        yield from _check(node.iter, scope)
        inner: dict[str, Any] = {**scope, _COUNTER: None}
        element = _element(_kind(node.iter, scope))
        for target in (
            node.target.find_all(nodes.Name) if not isinstance(node.target, nodes.Name) else (node.target,)
        ):
            yield from _own_name(target)
            inner[target.name] = element
        if node.test is not None:
            yield from _check(node.test, inner)
        for child in (*node.body, *node.else_):
            yield from _visit(child, inner)
        return
    if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        yield from _own_name(node.target)
        yield from _check(node.node, scope)
        scope[node.target.name] = _kind(node.node, scope)
        return
    if isinstance(node, nodes.Output):
        for child in node.nodes:
            found = list(_check(child, scope))
            yield from found or _check_printed_whole(child, scope)
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
        yield from _name(node, scope)
        return
    if isinstance(node, nodes.Getattr):
        before = [] if _is_loop(node.node) and _COUNTER in scope else list(_check(node.node, scope))
        yield from before
        if before or (_is_loop(node.node) and node.attr in _LOOP):
            return
        kind = _kind(node.node, scope)
        if node.attr not in fields_of(kind):
            owner = node.node.name if isinstance(node.node, nodes.Name) else getattr(node.node, "attr", "")
            known = _LOOP if _is_loop(node.node) else fields_of(kind)
            yield _unknown(node.lineno, node.attr, list(known), str(owner))
        return
    if isinstance(node, nodes.Filter) and node.name in _BY_ATTRIBUTE:
        yield from _attribute(node, scope)
    # the name that is called was looked at by _forbidden
    children = node.args if isinstance(node, nodes.Call) else node.iter_child_nodes()
    for child in children:
        yield from _check(child, scope)


def _forbidden(node: nodes.Node) -> Iterator[UnknownName]:
    """这里只看这一个：不许用的语句、算式、过滤器、函数。"""
    if not isinstance(node, _PERMITTED):
        what = _STATEMENTS.get(type(node), "这里的写法")
        yield UnknownName(
            line_of(node), f"模板里不能用{what}。", "只能用名称、for、if 和 set；要算的数请在工作簿里算好。"
        )
    elif isinstance(node, nodes.Filter) and node.name not in _FILTERS:
        yield UnknownName(
            node.lineno, f"模板里不能用过滤器“{node.name}”。", f"可以用的：{'、'.join(sorted(_FILTERS))}。"
        )
    elif isinstance(node, nodes.Const) and isinstance(node.value, str) and _NO_TEXT.search(node.value):
        yield UnknownName(node.lineno, "引号里有不能放进文档的字符。", "请重新输入引号里的文字。")
    elif isinstance(node, nodes.Test) and node.name not in _TESTS:
        yield UnknownName(
            node.lineno, f"模板里不能用“is {node.name}”。", f"可以用的：{'、'.join(sorted(_TESTS))}。"
        )
    elif isinstance(node, nodes.Call) and not (
        isinstance(node.node, nodes.Name) and node.node.name == "合并" and not node.kwargs
    ):
        yield UnknownName(node.lineno, "模板里只能用 合并(…)，不能用别的括号调用。", "请去掉后面的括号。")
    elif (
        isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and type(node.arg.value) is str
    ):
        yield UnknownName(
            node.lineno,
            f"模板里不能用 ['{node.arg.value[:20]}'] 取名称。",
            "请写成“.名称”；方括号里只写第几个。",
        )


def _name(node: nodes.Name, scope: Mapping[str, Any]) -> Iterator[UnknownName]:
    if node.ctx != "load":
        return
    if node.name == _MERGE:
        yield UnknownName(
            node.lineno,
            "合并 不是一个值。",
            "请写成 合并(文字, 合并方式)，如 合并(行.一级指标, 行.一级合并)。",
        )
    elif node.name == _COUNTER and _COUNTER in scope:
        yield UnknownName(node.lineno, "loop 不是一个值。", "请写成 loop.index（第几项）。")
    elif node.name == _COUNTER:
        yield UnknownName(node.lineno, "loop 只能写在 {% for %} 里面。", "请把它移到 for 和 endfor 之间。")
    elif node.name not in scope:
        yield _unknown(node.lineno, node.name, [*scope, _MERGE], "")


def _own_name(node: nodes.Name) -> Iterator[UnknownName]:
    """for、set 起的名称不能占了程序的。"""
    if node.name in (_MERGE, _COUNTER):
        yield UnknownName(node.lineno, f"“{node.name}”是程序用的，不能拿来起名。", "请换一个名称。")


def line_of(node: nodes.Node) -> int:
    """第几行；有的语句自己不记，看它里面的。"""
    if node.lineno is not None:
        return int(node.lineno)
    return next((line_of(child) for child in node.iter_child_nodes()), 1)


def _check_printed_whole(node: nodes.Node, scope: Mapping[str, Any]) -> Iterator[UnknownName]:
    """一组名称、一串多项、真假，不能整个印出来：印出来的是程序里的写法。拼起来、换了样子的，里面的也看。"""
    if isinstance(node, nodes.CondExpr):
        yield from _check_printed_whole(node.expr1, scope)
        if node.expr2 is not None:
            yield from _check_printed_whole(node.expr2, scope)
        return
    if isinstance(node, (nodes.Concat, nodes.And, nodes.Or)):
        for child in node.iter_child_nodes():
            yield from _check_printed_whole(child, scope)
        return
    if isinstance(node, nodes.Filter) and node.node is not None:
        if node.name in _AS_WRITTEN:
            for child in (node.node, *(node.args if node.name in ("default", "d") else ())):
                yield from _check_printed_whole(child, scope)
            return
        if node.name == "join" and not (node.kwargs or len(node.args) > 1):
            yield from _one_of(node, _element(_kind(node.node, scope)), "")
            return
    truth = isinstance(node, (nodes.Compare, nodes.Not, nodes.Test)) or (
        isinstance(node, nodes.Getattr) and _is_loop(node.node) and node.attr not in _NUMBERS
    )
    if truth or (isinstance(node, nodes.Const) and (node.value is None or isinstance(node.value, bool))):
        yield UnknownName(
            line_of(node), "“是不是”不能写出来。", "请写 {{ '是' if …… else '否' }}，或者 {% if …… %}。"
        )
        return
    name = node.name if isinstance(node, nodes.Name) else getattr(node, "attr", "")
    yield from _one_of(node, _kind(node, scope), name)


def _one_of(node: nodes.Node, kind: Any, name: str) -> Iterator[UnknownName]:
    name = name or "这里"
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


def _attribute(node: nodes.Filter, scope: Mapping[str, Any]) -> Iterator[UnknownName]:
    """按一栏连、排、加的：那一栏要有，而且是文字。"""
    at = 0 if node.name == "sum" else 1 if node.name in ("join", "unique") else 2
    asked = [k.value for k in node.kwargs if k.key == "attribute"] or node.args[at : at + 1]
    for one in asked:
        known = fields_of(_element(_kind(node.node, scope))) if node.node is not None else {}
        named = one.value if isinstance(one, nodes.Const) else None
        if named is not None and known.get(named) is not str:
            shown = "、".join(n for n, kind in known.items() if kind is str)
            yield UnknownName(
                node.lineno,
                f"没有“{str(named)[:20]}”这一栏文字。",
                f"可以用的：{shown}。" if shown else "请逐项写。",
            )


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == _COUNTER


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
    if isinstance(node, (nodes.List, nodes.Tuple)):
        inside = {_kind(child, scope) for child in node.items}
        return tuple.__class_getitem__((inside.pop() if len(inside) == 1 else None, ...))
    if isinstance(node, nodes.CondExpr):
        return _kind(node.expr1, scope)
    if isinstance(node, nodes.Filter) and node.node is not None:
        kind = _kind(node.node, scope)
        if node.name in ("list", "unique") and kind in (str, None):
            return tuple[str, ...]  # its characters
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
