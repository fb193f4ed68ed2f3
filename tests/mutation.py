"""How sharp the examples are: one operator is changed at a time, and the examples must notice.

`python tests/mutation.py [CODE …]` takes the rules (`--helpers` what the rules of a family share), `python
tests/mutation.py --domain [module …]` the domain. A mutant is one changed place; it is killed when an example of
the rule's page, a case in tests/rules/cases (for the domain also a test in tests/domain, for what a family shares one
in tests/rules/test_shared.py) fails or breaks. With `--projects`, what a rule's examples let live is held against the
whole projects of tests/rules/unseen, too, as the tests there do: a fault that only this rule says must be said, what
only tempts must be left alone.
Two figures: comparisons and and/or flipped; then, with `--more`, `not` dropped and whole numbers moved by one.
Run by hand; the scores, and the survivors that mean the same, are recorded in tests/README.md.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import functools
import gc
import importlib
import io
import pkgutil
import signal
import sys
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import pytest
from hypothesis import settings
from support.drawn import Case, cases_in, failed
from support.whole_projects import Project, whole_projects

from perfmon_xl.rules.registry import Rule, catalogue

HERE = Path(__file__).parent
CASES = HERE / "rules" / "cases"
DOMAIN = {
    "amount": "test_amount.py", "category": "test_amount.py", "explaining": "test_explaining.py",
    "measures_funds": "test_measures.py", "measures_indicator": "test_measures*.py", "passage": "test_prose.py",
    "policy_reading": "test_policy.py", "prose": "test_prose.py", "target": "test_target.py",
    "dates": "test_target.py", "numerals": "test_target.py", "respelling": "test_target.py",
    "spelling": "test_target.py", "units": "test_target.py", "direction": "test_measures_judging.py",
    "grades": "test_measures_judging.py", "kinds": "test_kinds.py",
}  # fmt: skip
SHARED = HERE / "rules" / "test_shared.py"
PATIENCE = 60  # seconds; a mutant that hangs is noticed
FLIPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def places(tree: ast.AST, *, more: bool) -> Iterator[tuple[int, int, int]]:
    """可以改的地方：第几个节点、节点里的第几处、改成什么（整数的 ±1）。"""
    for index, node in enumerate(ast.walk(tree)):
        if not more and isinstance(node, ast.Compare):
            yield from ((index, place, 0) for place in range(len(node.ops)))
        elif (not more and isinstance(node, ast.BoolOp)) or (
            more and isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
        ):
            yield index, 0, 0
        elif more and isinstance(node, ast.Constant) and type(node.value) is int:
            yield from ((index, 0, step) for step in (-1, 1))


def mutants(tree: ast.Module, *, more: bool) -> Iterator[tuple[str, ast.Module]]:
    """每次改一处。"""
    for index, place, step in places(tree, more=more):
        fresh = copy.deepcopy(tree)
        node: Any = list(ast.walk(fresh))[index]
        before = ast.unparse(node)
        if isinstance(node, ast.Compare):
            node.ops[place] = FLIPPED[type(node.ops[place])]()  # type: ignore[call-overload]
        elif isinstance(node, ast.BoolOp):
            node.op = FLIPPED[type(node.op)]()  # type: ignore[assignment]
        elif isinstance(node, ast.Constant):
            node.value += step
        else:
            node.op = ast.UAdd()  # `+` of a truth value is the value as a number
            node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
            ast.fix_missing_locations(node)
        yield f"第{node.lineno}行 {before[:70]}  →  {ast.unparse(node)[:70]}", fresh


def examples_of(rule: Rule) -> list[Case]:
    cases = CASES / f"{rule.code}.md"
    written = cases_in(cases.read_text(encoding="utf-8")) if cases.exists() else ()
    return [*cases_in(rule.page), *written]


PROJECTS: list[Project] = []  # filled before the processes fork
EXAMPLES = {code: examples_of(rule) for code, rule in catalogue().items()}


def source(module: ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))


def run(mutant: ast.Module, module: ModuleType) -> dict[str, Any]:
    """改过的模块，放在一边。"""
    space = {k: v for k, v in vars(module).items() if k.startswith("__")}
    exec(compile(mutant, str(module.__file__), "exec"), space)
    return space


def survives_as_rule(mutant: ast.Module, module: ModuleType, examples: list[Case]) -> bool:
    try:
        (rule,) = [v for v in run(mutant, module).values() if isinstance(v, Rule)]
        if any(failed(rule, case) for case in examples):
            return False
        return not any(project.notices(rule) for project in PROJECTS)
    except Exception:  # a mutant that breaks is noticed as well
        return False


def functions(space: dict[str, Any], file: str) -> dict[str, FunctionType]:
    """一个模块里写的全部函数和方法，按名称。"""
    found: dict[str, FunctionType] = {}

    def look(name: str, value: Any) -> None:
        value = getattr(value, "__wrapped__", value)
        value = getattr(value, "fget", None) or getattr(value, "func", None) or value
        value = getattr(value, "__func__", value)
        if isinstance(value, FunctionType) and value.__code__.co_filename == file:
            found[name] = value

    for name, value in space.items():
        if isinstance(value, type) and value.__module__ == space["__name__"]:
            for inner, method in vars(value).items():
                look(f"{name}.{inner}", method)
        else:
            look(name, value)
    return found


@contextlib.contextmanager
def installed(mutant: ast.Module, module: ModuleType) -> Iterator[None]:
    """别的模块已经引用的函数，换上改过的；完了换回来。"""
    space = run(mutant, module)
    file = str(module.__file__)
    old, new = functions(vars(module), file), functions(space, file)
    kept = {name: one.__code__ for name, one in old.items()}
    plain = (str, int, tuple, frozenset, set, dict)
    constants = {k: v for k, v in vars(module).items() if isinstance(v, plain) and not k.startswith("__")}
    caches = [o for o in gc.get_objects() if isinstance(o, functools._lru_cache_wrapper)]
    caches = [c for c in caches if c.__module__.startswith("perfmon_xl") and c.__name__ != "catalogue"]
    try:
        for name, one in old.items():
            one.__code__ = new[name].__code__
        vars(module).update({k: space[k] for k in constants if type(constants[k]) in (int, str)})
        for cache in caches:
            cache.cache_clear()
        yield
    finally:
        for name, code in kept.items():
            old[name].__code__ = code
        vars(module).update(constants)
        for cache in caches:
            cache.cache_clear()


def tests_pass(where: Path) -> bool:
    settings.register_profile("mutation", max_examples=60, derandomize=True, database=None, deadline=None)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        arguments = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore", "--no-header"]
        quick = [
            "-k",
            "not test_no_text_raises and not every_spelling and not formulas_read",
            "--hypothesis-profile",
            "mutation",
        ]
        return pytest.main([*arguments, *quick, *map(str, where.parent.glob(where.name))]) == 0


def survives_as_shared(mutant: ast.Module, module: ModuleType, rules: list[Rule], *, tests: Path) -> bool:
    def late(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    signal.alarm(PATIENCE)
    try:
        with installed(mutant, module):
            if not tests_pass(tests):
                return False
            return not any(failed(rule, case) for rule in rules for case in EXAMPLES[rule.code])
    except Exception:
        return False
    finally:
        signal.alarm(0)


def helpers() -> Iterator[tuple[str, ModuleType, list[Rule]]]:
    """几条规则合用的模块，和用它的规则。"""
    yield "facts", importlib.import_module("perfmon_xl.rules.facts"), list(catalogue().values())
    shared = importlib.import_module("perfmon_xl.rules.shared")
    for one in pkgutil.iter_modules(shared.__path__):
        module = importlib.import_module(f"{shared.__name__}.{one.name}")
        users = [r for r in catalogue().values() if f"shared.{one.name} " in source_text(r)]
        yield f"shared/{one.name}", module, users


def source_text(rule: Rule) -> str:
    return Path(rule.check.__code__.co_filename).read_text(encoding="utf-8")


Job = tuple[str, str, bool, int, int]  # kind, name, more, which part of how many


def work(job: Job) -> tuple[str, int, list[str]]:
    kind, name, more, part, parts = job
    if kind == "rule":
        rules = [catalogue()[name]]
        module = importlib.import_module(rules[0].check.__module__)
    elif kind == "helper":
        module, rules = next((m, r) for n, m, r in helpers() if n == name)
    else:
        module, rules = importlib.import_module(f"perfmon_xl.domain.{name}"), list(catalogue().values())
    examples = EXAMPLES[rules[0].code]
    if kind == "rule" and (wrong := [c.title for c in examples if failed(rules[0], c)]):
        raise ValueError(f"{name}: these examples fail as they are: {wrong}")
    alive: list[str] = []
    total = 0
    for number, (where, mutant) in enumerate(mutants(source(module), more=more)):
        if number % parts != part:
            continue
        total += 1
        if kind == "rule":
            survived = survives_as_rule(mutant, module, examples)
        else:
            survived = survives_as_shared(
                mutant, module, rules, tests=HERE / "domain" / DOMAIN[name] if kind == "domain" else SHARED
            )
        if survived:
            alive.append(f"{name} {where}")
    return name, total, alive


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description="How sharp the examples are.")
    parser.add_argument("names", nargs="*", help="rule codes, helper or domain modules; all by default")
    parser.add_argument("--helpers", action="store_true")
    parser.add_argument("--domain", action="store_true")
    parser.add_argument("--more", action="store_true", help="drop `not`, move whole numbers by one")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--projects", action="store_true", help="hold rules against whole projects, too")
    given = parser.parse_args(arguments)
    kind = "domain" if given.domain else "helper" if given.helpers else "rule"
    every = {"domain": list(DOMAIN), "helper": [n for n, _, _ in helpers()], "rule": list(catalogue())}[kind]
    names = [n for n in every if not given.names or any(n.startswith(g) for g in given.names)]
    parts = 1 if kind == "rule" else 8
    jobs = [(kind, name, given.more, part, parts) for name in names for part in range(parts)]
    totals: dict[str, list[int]] = {name: [0, 0] for name in names}
    if given.projects and kind == "rule":
        PROJECTS.extend(whole_projects())
    with get_context("fork").Pool(given.processes, maxtasksperchild=None if kind == "rule" else 1) as pool:
        for name, total, alive in pool.imap(work, jobs):
            totals[name][0] += total - len(alive)
            totals[name][1] += total
            if alive:
                print("\n".join(alive), flush=True)
    if kind != "rule":
        print("; ".join(f"{name} {killed}/{total}" for name, (killed, total) in totals.items()))
    killed, total = (sum(column) for column in zip(*totals.values(), strict=True))
    print(f"{killed} of {total} killed: {killed / max(total, 1):.1%}")


if __name__ == "__main__":
    main(sys.argv[1:])
