"""The cases of drafted wording, each as a test; and the whole file by its own runner, through the command."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from support.drafting import drafted

from perfmon_xl.domain.figures import Figures
from perfmon_xl.report.make_report import make_report
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.facts import Facts

HERE = Path(__file__).parent
CASES = json.loads((HERE / "wording_cases.json").read_text(encoding="utf-8"))
IN_MEMORY = [case for case in CASES["cases"] if not case["look"].startswith("summary")]


@lru_cache(maxsize=1)
def runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("wording_cases", HERE / "wording_cases.py")
    assert spec is not None and spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@lru_cache(maxsize=8)
def made(data: str) -> Figures:
    return drafted(json.loads(data))


def look(figures: Figures, where: str, folder: Path) -> str:
    record, _, subject = where.partition("/")
    monitoring = figures.monitoring
    if where == "check":
        found = check(Facts(figures=figures))
        sheets = ("指标分析", "问题与措施", "")
        return "\n".join(
            f"{f.code} {f.origin.sheet} {f.message}" for f in found if f.origin and f.origin.sheet in sheets
        )
    if where == "report":
        path = folder / "r.docx"
        path.write_bytes(make_report(figures, pages="none", draft=True).data)
        return "\n".join(runner().docx(path)).rsplit("附：检查发现", 1)[0]
    lines = []
    for name in runner().RECORDS:
        if record not in ("all", "measures", name) or (record == "measures" and name != "problems"):
            continue
        for one in getattr(monitoring, name):
            if subject and subject not in (getattr(one, "subject", None), getattr(one, "kind", None)):
                continue
            of_problem = (
                ("measure",) if record == "measures" else ("title", "text", "measure_title", "measure")
            )
            keys = of_problem if name == "problems" else ("text",)
            lines.append("\n".join(getattr(one, key) for key in keys))
    return "\n".join(lines)


@pytest.mark.parametrize("case", IN_MEMORY, ids=[case["id"] for case in IN_MEMORY])
def test_a_case_of_wording(case: dict[str, Any], tmp_path: Path) -> None:
    data = runner().build(CASES["bases"][case["base"]], case.get("change", {}))
    figures = made(json.dumps(data, ensure_ascii=False, sort_keys=True))
    text = look(figures, case["look"], tmp_path)
    other = look(figures, case["differs_from"], tmp_path) if "differs_from" in case else None
    assert list(runner().faults(case, text, other, CASES["words"])) == [], text


@pytest.mark.slow
@pytest.mark.long
def test_the_runner_passes_whole() -> None:
    ran = subprocess.run(
        [
            sys.executable,
            str(HERE / "wording_cases.py"),
            str(HERE / "wording_cases.json"),
            "--command",
            f"{sys.executable} -m perfmon_xl",
        ],
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout[-4000:]
