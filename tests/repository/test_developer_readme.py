"""perfmon_xl/README.md keeps its word: each section's blocks go into a copy of the repository, its commands run there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("perfmon_xl", "report_templates", "xlsx_templates", "addin", "tests", "pyproject.toml", "README.md")


@dataclass(frozen=True)
class Section:
    """一节：标题，和里面的代码块（语言、写到哪个文件、内容）。"""

    title: str
    blocks: tuple[tuple[str, str, str], ...]


def sections() -> list[Section]:
    text = (ROOT / "perfmon_xl" / "README.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (Add .+)$", text, flags=re.M)[1:]
    fence = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)
    return [
        Section(title, tuple(m.groups(default="") for m in fence.finditer(body)))
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    ]


def patched(text: str, hunk: str) -> str:
    """一处增删：前后的行必须在文件里正好出现一次。"""
    lines = hunk.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, f"不是正好一处：\n{before}"
    return text.replace(before, after)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """仓库的一份副本，不带编译结果。"""
    copy = tmp_path_factory.mktemp("pristine")
    skip = shutil.ignore_patterns("__pycache__", ".*_cache", "_data")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=skip)
        else:
            shutil.copy2(ROOT / name, copy / name)
    return copy


def test_there_is_a_section_for_each_addition() -> None:
    assert [s.title for s in sections()] == [
        "Add a rule",
        "Add a workbook column",
        "Add an indicator category",
        "Add a report template",
        "Add a rule set",
        "Add a front end",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("section", sections(), ids=lambda s: s.title)
def test_what_the_readme_says_works(section: Section, pristine: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(pristine, copy)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(copy),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    printed = ""
    for language, name, content in section.blocks:
        if language == "sh":
            for command in content.splitlines():
                run = subprocess.run(
                    command, shell=True, cwd=copy, env=environment, capture_output=True, text=True
                )
                printed += run.stdout
                # 1 is "done, and errors were found": the example has them on purpose.
                assert run.returncode in (0, 1) and "Traceback" not in run.stderr, run.stdout + run.stderr
                assert run.returncode == 0 or "perfmon_xl check" in command, run.stdout + run.stderr
        elif language == "diff":
            path = copy / name
            path.write_text(patched(path.read_text(encoding="utf-8"), content), encoding="utf-8")
        elif language == "text":
            assert content.strip() in printed
        else:
            path = copy / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
