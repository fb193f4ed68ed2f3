"""How sharp the rules' examples are: every comparison in every rule is flipped, and the examples must notice.

`python tests/mutation.py [CODE …]` prints what survives and the score. A mutant is one changed operator in one
rule file; it is killed when an example of the rule's page or a case in tests/rules/cases fails or breaks.
Run by hand (a minute or two); the score is recorded in tests/README.md.
"""

from __future__ import annotations

import ast
import copy
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parent))

from support.drawn import Case, cases_in, failed

from perfmon_xl.rules.registry import Rule, catalogue

CASES = Path(__file__).with_name("rules") / "cases"
FLIPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def mutants(tree: ast.Module) -> Iterator[tuple[str, ast.Module]]:
    """每次改一个比较符或连接词。"""
    nodes = [n for n in ast.walk(tree) if isinstance(n, ast.Compare | ast.BoolOp)]
    for index, node in enumerate(nodes):
        places = range(len(node.ops)) if isinstance(node, ast.Compare) else (0,)
        for place in places:
            fresh = copy.deepcopy(tree)
            twin = [n for n in ast.walk(fresh) if isinstance(n, ast.Compare | ast.BoolOp)][index]
            if isinstance(twin, ast.Compare):
                twin.ops[place] = FLIPPED[type(twin.ops[place])]()  # type: ignore[call-overload]
            else:
                twin.op = FLIPPED[type(twin.op)]()  # type: ignore[assignment]
            yield f"第{node.lineno}行 {ast.unparse(node)[:90]}", fresh


def survives(mutant: ast.Module, module: ModuleType, examples: list[Case]) -> bool:
    """所有例子都没有发觉。"""
    space = {"__name__": module.__name__, "__file__": module.__file__, "__package__": module.__package__}
    try:
        exec(compile(mutant, str(module.__file__), "exec"), space)
        (rule,) = [v for v in space.values() if isinstance(v, Rule)]
        return not any(failed(rule, case) for case in examples)
    except Exception:  # a mutant that breaks is noticed as well
        return False


def main(wanted: list[str]) -> None:
    killed = total = 0
    for code, rule in catalogue().items():
        if wanted and code not in wanted:
            continue
        module = importlib.import_module(rule.check.__module__)
        cases = CASES / f"{code}.md"
        examples = [
            *cases_in(rule.page),
            *(cases_in(cases.read_text(encoding="utf-8")) if cases.exists() else ()),
        ]
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for where, mutant in mutants(tree):
            total += 1
            alive = survives(mutant, module, examples)
            killed += not alive
            if alive:
                print(f"{code} {where}")
    print(f"{killed} of {total} killed: {killed / max(total, 1):.1%}")


if __name__ == "__main__":
    main(sys.argv[1:])
