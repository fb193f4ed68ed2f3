"""What stood twice on 2026-11-27 and what stands for it now, in statements: `python tests/doubles.py [COMMIT]`.

Statements by `ast`, without imports and docstrings. “Then” are all copies of one thing; “now” is whatever does that job
today, and can do more: the one reader of tables reads forms that neither of the two read. So the last column is what
went with the second copies, and not what the product got smaller by.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
THEN = "6a46b4d"


@dataclass(frozen=True)
class Part:
    """A module, or some of what it defines."""

    path: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Double:
    what: str
    copies: tuple[tuple[Part, ...], ...]  # then, one tuple a copy
    now: tuple[Part, ...]
    gone: tuple[Part, ...]  # of the copies: what nothing stands for any more


DOUBLES = (
    Double(
        "reader of others' tables",
        (
            (Part("importing/tables.py"), Part("importing/headers.py")),
            tuple(
                Part(p)
                for p in (
                    "workbook/export_above.py", "workbook/export_reading.py", "workbook/export_records.py",
                    "workbook/export_values.py", "workbook/grid.py", "layout/headers.py", "app/exports.py",
                )
            ),
        ),
        tuple(Part(p) for p in ("importing/tables.py", "importing/vocabulary.py", "importing/grid.py", "importing/listing.py", "importing/list_heads.py", "importing/mapping.py", "importing/several.py")),
        tuple(
            Part(p)
            for p in (
                "workbook/export_above.py", "workbook/export_reading.py", "workbook/export_records.py",
                "workbook/export_values.py", "workbook/grid.py", "layout/headers.py", "app/exports.py",
            )
        ),
    ),
    Double(
        "walk through a Word document, strict XML parser",
        (
            (Part("importing/document.py"), Part("importing/markup.py")),
            (Part("audit/page.py"),),
            (Part("report/pages/blocks.py"),),
            (Part("safety.py", ("_check_prolog", "_prolog", "_decoded")),),
        ),
        tuple(Part(p) for p in ("ooxml/word.py", "ooxml/markup.py", "importing/document.py", "audit/page.py", "report/pages/blocks.py")),
        (Part("safety.py", ("_check_prolog", "_prolog", "_decoded")),),
    ),
    Double(
        "rows of 表1, 表3, 表4",
        (
            (Part("rules/jg/lines.py"),),
            (Part("rules/zb/targets.py"),),
            (Part("rules/facts.py", ("indicator_key", "Indicator", "joined", "_by_key", "_renamed")),),
        ),
        tuple(Part(p) for p in ("domain/indicator_row.py", "domain/indicators.py", "rules/shared/rows.py", "rules/shared/targets.py")),
        (Part("rules/jg/lines.py"), Part("rules/zb/targets.py")),
    ),
    Double(
        "sentences rewritten for another reader",
        ((Part("rules/on_report.py", ("told_of_report", "_reworded")),), (Part("ribbon/wording.py", ("in_excel",)),)),
        (Part("domain/message.py"), Part("domain/wording.py")),
        (
            Part("rules/on_report.py", ("told_of_report", "_reworded")),
            Part("ribbon/wording.py", ("in_excel",)),
        ),
    ),
    Double(
        "keys of texts",
        (
            (Part("audit/align.py", ("normal",)),),
            (Part("layout/schema.py", ("header_key",)),),
            (Part("importing/headers.py", ("key_of",)),),
            (Part("importing/topics.py", ("bare",)),),
            (Part("importing/amounts.py", ("squeezed",)),),
            (Part("domain/names.py"),),
            (Part("domain/category.py", ("squeeze",)),),
        ),
        (Part("domain/text_keys.py"),),
        tuple(
            Part(p, n)
            for p, n in (
                ("audit/align.py", ("normal",)), ("importing/headers.py", ("key_of",)),
                ("importing/topics.py", ("bare",)), ("importing/amounts.py", ("squeezed",)), ("domain/category.py", ("squeeze",)),
            )
        ),
    ),
    Double(
        "figures of a project",
        (
            (Part("domain/figures.py"),),
            (Part("workbook/computed.py", ("compute_book", "_cells", "_gap", "_rate", "_compared", "_judging", "_figure")),),
        ),
        (
            Part("domain/figures.py"),
            Part("workbook/computed.py", ("compute_book", "_cells", "_gap", "_rate", "_compared", "_judging", "_figure")),
        ),
        (),
    ),
    Double("beginnings of a zip", ((Part("zipping.py", ("beginning",)),),), (), (Part("zipping.py", ("beginning",)),)),
)  # fmt: skip


def statements(node: ast.AST) -> int:
    """Statements below a node; imports and docstrings do not count."""

    def counts(one: ast.AST) -> bool:
        if not isinstance(one, ast.stmt) or isinstance(one, (ast.Import, ast.ImportFrom)):
            return False
        return not (
            isinstance(one, ast.Expr)
            and isinstance(one.value, ast.Constant)
            and isinstance(one.value.value, str)
        )

    return sum(map(counts, ast.walk(node)))


def source(path: str, commit: str | None) -> str:
    if commit is None:
        return (ROOT / "perfmon_xl" / path).read_text(encoding="utf-8")
    shown = subprocess.run(
        ["git", "show", f"{commit}:perfmon_xl/{path}"], cwd=ROOT, capture_output=True, check=True
    )
    return shown.stdout.decode("utf-8")


def size(part: Part, commit: str | None = None) -> int:
    tree = ast.parse(source(part.path, commit))
    if not part.names:
        return statements(tree)
    own = {node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    return sum(statements(own[name]) for name in part.names)


def is_gone(part: Part) -> bool:
    """Neither the module nor the names are there any more, at the place where they stood."""
    if not (ROOT / "perfmon_xl" / part.path).exists():
        return True
    tree = ast.parse(source(part.path, None))
    return bool(part.names) and not any(getattr(node, "name", "") in part.names for node in tree.body)


def main(commit: str = THEN) -> None:
    print(
        "| what stood twice | copies then | statements then | now | gone with the copies |\n|---|---|---|---|---|"
    )
    sums = [0, 0, 0]
    for double in DOUBLES:
        still = [part for part in double.gone if not is_gone(part)]
        assert not still, f"still there: {still}"
        row = (
            sum(size(part, commit) for copy in double.copies for part in copy),
            sum(map(size, double.now)),
            sum(size(part, commit) for part in double.gone),
        )
        sums = [a + b for a, b in zip(sums, row, strict=True)]
        print(f"| {double.what} | {len(double.copies)} | {row[0]} | {row[1]} | {row[2]} |")
    print(f"| all | | {sums[0]} | {sums[1]} | {sums[2]} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
