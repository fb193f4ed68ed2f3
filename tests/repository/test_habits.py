"""The papers for developers point at what is there; tests stand in folders that mirror the package."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_OF_A_ROOM = {"repository"}  # the repository itself: READMEs, docstrings, dependencies


def test_contributing_points_at_files_that_are_there() -> None:
    page = ROOT / ".github" / "CONTRIBUTING.md"
    linked = re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    assert len(linked) > 6
    assert [one for one in linked if not (page.parent / one).exists()] == []


def test_the_recipes_name_files_that_are_there() -> None:
    recipes = (ROOT / ".justfile").read_text(encoding="utf-8")
    named = re.findall(r"(?<![\w/])[a-z_.]+/[\w./-]+\b", re.sub(r"\.venv/\S+", "", recipes))
    assert len(named) > 3
    assert [one for one in named if not (ROOT / one).exists()] == []


def test_the_tests_mirror_the_package() -> None:
    folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    rooms = {
        path.relative_to(ROOT / "perfmon_xl") for path in (ROOT / "perfmon_xl").rglob("*") if path.is_dir()
    }
    modules = {
        path.relative_to(ROOT / "perfmon_xl").with_suffix("") for path in (ROOT / "perfmon_xl").rglob("*.py")
    }
    assert Path() not in folders, "a test module lies loose at the top"
    assert {folder for folder in folders - rooms - modules if folder.parts[0] not in NOT_OF_A_ROOM} == set()


def test_every_feature_of_the_table_names_files_that_are_there() -> None:
    text = (ROOT / "perfmon_xl" / "README.md").read_text(encoding="utf-8")
    table = text.partition("## Feature → its files")[2].partition("\n## ")[0]
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 12
    named = [name for row in rows for cell in row[1:] for name in re.findall(r"`([\w./*]+)`", cell)]
    missing = [
        n
        for n in named
        if not any(base.glob(n.rstrip("/")) for base in (ROOT, ROOT / "perfmon_xl", ROOT / "tests"))
    ]
    assert missing == []


def test_the_readme_of_a_room_names_files_that_are_there() -> None:
    package, tests = ROOT / "perfmon_xl", ROOT / "tests"
    rooms = [page.parent for page in package.rglob("README.md")]
    assert len(rooms) > 5
    missing = [
        (str(room.relative_to(ROOT)), name)
        for room in rooms
        for name in re.findall(r"`([\w/]+\.py)`", (room / "README.md").read_text(encoding="utf-8"))
        if not any((base / name).exists() for base in (room, package, ROOT))
        and not any(any(base.rglob(name)) for base in (room, tests))
    ]
    assert missing == []


def test_a_long_module_has_a_reason() -> None:
    """Over 500 lines none; over 350 it stands in the table of the developers' README, with its reason."""
    text = (ROOT / "perfmon_xl" / "README.md").read_text(encoding="utf-8")
    table = text.partition("## Modules over 300 lines")[2].partition("\n## ")[0]
    listed = set(re.findall(r"`([\w/]+\.py)`", table.partition("|---|---|")[2]))
    assert len(listed) > 12
    lengths = {
        path.relative_to(ROOT / "perfmon_xl").as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "perfmon_xl").rglob("*.py")
    }
    assert {name: n for name, n in lengths.items() if n > 500} == {}
    assert {name: n for name, n in lengths.items() if n > 350 and name not in listed} == {}
