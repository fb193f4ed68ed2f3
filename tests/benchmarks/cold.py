"""Whole commands in processes of their own, in turns with another tree: `python tests/benchmarks/cold.py [TREE] [RUNS]`.

Processor time (user and system) of `check`, `fill`, `report --draft` and `rules` on the example, as the demo of each
tree makes it, the quickest of RUNS: most of a short command are its imports. TREE is a checkout of an older commit.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START = "import sys; from perfmon_xl.cli import main; sys.exit(main())"
COMMANDS = ("check", "fill", "report --draft", "rules")
GIVES = {"fill": "out.xlsx", "report": "out.docx"}


def run(tree: Path, work: Path, *words: str) -> float:
    """一个命令用的处理器时间，秒。"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPATH": str(tree),
        "PYTHONPYCACHEPREFIX": str(work / "compiled"),
    }
    ran = subprocess.run([sys.executable, "-P", "-c", START, *words], env=environment, capture_output=True)
    if ran.returncode not in (0, 1):
        raise SystemExit(ran.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(other: str = "", runs: str = "7") -> None:
    trees = [ROOT, *([Path(other).resolve()] if other else [])]
    print("| command |" + "".join(f" {tree.name} ms |" for tree in trees) + " ratio |")
    print("|---|" + "---|" * (len(trees) + 1))
    with tempfile.TemporaryDirectory() as temporary:
        works = [Path(temporary) / str(number) for number in range(len(trees))]
        for tree, work in zip(trees, works, strict=True):
            run(tree, work, "demo", str(work / "demo"))
        for command in COMMANDS:
            verb, *options = command.split()
            quickest = [float("inf")] * len(trees)
            for _ in range(int(runs)):
                for at, (tree, work) in enumerate(zip(trees, works, strict=True)):
                    words = [
                        verb,
                        *options,
                        *([str(work / "demo" / "示例项目.xlsx")] if verb != "rules" else []),
                    ]
                    if verb in GIVES:
                        (work / GIVES[verb]).unlink(missing_ok=True)
                        words += ["-o", str(work / GIVES[verb])]
                    quickest[at] = min(quickest[at], run(tree, work, *words))
            ratio = f"{quickest[0] / quickest[1]:.2f}" if other else "—"
            print(
                f"| {command} |" + "".join(f" {q * 1000:.0f} |" for q in quickest) + f" {ratio} |", flush=True
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
