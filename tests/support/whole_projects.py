"""The whole projects of tests/rules/unseen as `tests/mutation.py` holds a changed rule against them."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

from rules import test_unseen, test_unseen_cells

from perfmon_xl.domain.finding import Finding
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.registry import Rule
from support.drawn import facts


@dataclass(eq=False)
class Project:
    """One case of tests/rules/unseen: what its test would notice of a changed rule.

    says: whether findings name the fault (of a case that only tempts: whether any is loud). sayers: the rules that do.
    """

    facts: Facts
    wrong: bool
    says: Callable[[tuple[Finding, ...]], bool]
    sayers: frozenset[str] | None = None

    def notices(self, rule: Rule) -> bool:
        """A fault that only this rule says is said no more, or what only tempts is accused."""
        if self.wrong and self._sayers() != {rule.code}:
            return False
        shared = self.facts._shared
        known = set(shared)
        said = self.says(check(self.facts, [rule]))
        for new in set(shared) - known:
            del shared[new]  # what the changed rule alone computed
        return said is not self.wrong

    def _sayers(self) -> frozenset[str]:
        if self.sayers is None:
            found = check(self.facts)
            codes = {f.code for f in found}
            self.sayers = frozenset(c for c in codes if self.says(tuple(f for f in found if f.code == c)))
        return self.sayers


def whole_projects() -> list[Project]:
    """All cases, those of texts and those of cells."""
    found = [
        Project(facts(case.project), case.wrong, functools.partial(_of_texts, case))
        for case in test_unseen._cases()
    ]
    return found + [
        Project(facts(case.project), case.wrong, functools.partial(_of_cells, case))
        for case in test_unseen_cells._ALL
    ]


def _of_texts(case: test_unseen.Case, found: tuple[Finding, ...]) -> bool:
    heard = [
        f
        for f in found
        if all(re.search(word, f"{f.message} {' '.join(f.values.values())}") for word in case.said)
    ]
    return bool(heard) if case.wrong and case.may_be_unsure else bool(test_unseen._loud(tuple(heard)))


def _of_cells(case: test_unseen_cells.Case, found: tuple[Finding, ...]) -> bool:
    return any(test_unseen_cells._says(f, case.said) for f in test_unseen._loud(found))
