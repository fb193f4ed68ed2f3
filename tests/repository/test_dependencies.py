"""README's table of dependencies: each package of pyproject.toml, where it really is imported, in which extra."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "perfmon_xl"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# what a distribution is imported as, where the names differ
IMPORTED_AS = {
    "xlsxwriter": {"xlsxwriter"},
    "docxtpl": {"docxtpl", "docx", "jinja2"},
    "dask": {"distributed"},
}
NOT_FROM_PYPI = {"uno", "com"}  # LibreOffice's own
WITH_XLWINGS = {
    "pythoncom",
    "win32api",
    "win32com",
    "win32con",
    "win32gui",
    "win32process",
}  # pywin32, which it asks for on Windows


def imports() -> dict[str, set[str]]:
    """包 → 哪几间屋子（或哪个模块）真的写着 import。"""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and not node.level
                else []
            )
            for name in {name.split(".")[0] for name in names} - {"perfmon_xl", *sys.stdlib_module_names}:
                found.setdefault(name, set()).add(path.relative_to(PACKAGE).as_posix())
    return found


def rows() -> dict[str, tuple[set[str], str]]:
    """README 的表：包 → 用在哪里，和属于哪个 extra。"""
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    table = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    found = {}
    for first, _, where, *_ in table:
        extra = re.search(r"extra `(\w+)`", first)
        name = re.split(r"[ ,(]", first)[0].lower()
        found[name] = set(re.findall(r"`([^`]+)`", where)), extra[1] if extra else ""
    return found


def test_the_table_lists_what_is_installed_and_nothing_else() -> None:
    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[<>=\[]", one)[0].lower() for one in requirements} - {"distributed"}

    extras = PROJECT["optional-dependencies"]
    installed = dict.fromkeys(names(PROJECT["dependencies"]), "")
    installed |= {
        name: extra for extra in ("excel", "frames", "cluster", "service") for name in names(extras[extra])
    }
    assert {name: extra for name, (_, extra) in rows().items()} == installed
    assert extras["all"] == ["perfmon-xl[excel,frames,cluster,service]"]


@pytest.mark.slow
def test_each_package_is_imported_where_the_table_says_and_nowhere_else() -> None:
    used = imports()
    listed = rows()
    for package, (places, _) in listed.items():
        files = set().union(*(used[name] for name in IMPORTED_AS.get(package, {package})))
        rooms = {
            next((place for place in sorted(places, key=len, reverse=True) if _in(file, place)), file)
            for file in files
        }
        assert rooms == places, package
    known = set().union(*(IMPORTED_AS.get(package, {package}) for package in listed))
    known |= NOT_FROM_PYPI | WITH_XLWINGS
    assert set(used) - known == set()


def _in(file: str, place: str) -> bool:
    return file.startswith(place) if place.endswith("/") else file == f"{place}.py"
