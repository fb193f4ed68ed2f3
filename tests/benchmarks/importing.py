"""Processor time and memory of `import` for a report of 300 rows: against one of 30, and against another tree.

python tests/benchmarks/importing.py [PATH_OF_ANOTHER_TREE]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from docx import Document

HERE = Path(__file__).parents[2]
_ROUNDS = 5
_CODE = "import sys; from perfmon_xl.cli import main; raise SystemExit(main())"


def report(path: Path, rows: int) -> None:
    """一份有 rows 个指标的报告：表1、表4，每个指标一段。"""
    made = Document()
    made.add_heading("图书服务项目2024年度绩效运行监控报告", 1)
    made.add_heading("一、项目概况", 1)
    made.add_paragraph("项目实施单位为柳湾区图书服务中心。截至2024年7月31日，预算100万元，支出50万元。")
    for title, heads in (
        ("表1 绩效目标申报表", ["一级指标", "二级指标", "三级指标", "年度指标值"]),
        ("表4 目标对比表", ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"]),
    ):
        made.add_paragraph(title)
        table = made.add_table(rows=rows + 1, cols=len(heads))
        grid = [cell for row in table.rows for cell in row.cells]
        for n, head in enumerate(heads):
            grid[n].text = head
        for row in range(1, rows + 1):
            values = ["产出指标", "数量指标", f"第{row}类书屋更新数量", f"≥{row + 40}个", f"{row + 11}个"]
            for n in range(len(heads)):
                grid[row * len(heads) + n].text = values[n]
    made.add_heading("二、产出情况", 1)
    for row in range(1, rows + 1):
        made.add_paragraph(f"（{row}）第{row}类书屋更新数量。年度目标{row + 40}个，已完成{row + 11}个。")
    made.save(str(path))


def cost(tree: Path, *arguments: str) -> tuple[float, int]:
    """一次命令的处理器时间（毫秒）和最多用的内存（MiB）。"""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        import resource

        code = f"import sys; sys.path.insert(0, {str(tree)!r}); sys.argv = ['perfmon-xl', *sys.argv[1:]]; {_CODE}"
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL, check=False
        )
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = (used.ru_utime + used.ru_stime) * 1000
        os.write(writing, f"{spent} {used.ru_maxrss // 1024} {done.returncode}".encode())
        os._exit(0)
    os.waitpid(pid, 0)
    spent_text, memory, status = os.read(reading, 99).split()
    if int(status):
        raise SystemExit(f"{tree}: {arguments} ended with {int(status)}")
    return float(spent_text), int(memory)


def main() -> None:
    trees = [HERE, *(Path(p).resolve() for p in sys.argv[1:2])]
    with tempfile.TemporaryDirectory() as folder:
        files = {rows: Path(folder) / f"{rows}.docx" for rows in (30, 300)}
        for rows, path in files.items():
            report(path, rows)
        best: dict[tuple[Path, int], tuple[float, int]] = {}
        for round_ in range(_ROUNDS):
            for tree in trees:
                for rows in (0, 30, 300):
                    out = Path(folder) / f"{round_}.xlsx"
                    out.unlink(missing_ok=True)
                    what = ("import", str(files[rows]), "-o", str(out)) if rows else ("--version",)
                    best[tree, rows] = min(best.get((tree, rows), (1e9, 0)), cost(tree, *what))
        beyond = {
            (tree, rows): best[tree, rows][0] - best[tree, 0][0] for tree in trees for rows in (30, 300)
        }
        for tree in trees:
            few, many = beyond[tree, 30], beyond[tree, 300]
            print(f"{tree}: 30 rows {few:.0f} ms, 300 rows {many:.0f} ms, {many / few:.2f} (goal ≤ 10), "
                  f"{best[tree, 300][1]} MiB (goal < 150)")  # fmt: skip
        if len(trees) > 1:
            print(
                f"300 rows ÷ the other tree: {beyond[trees[0], 300] / beyond[trees[1], 300]:.3f} (goal ≤ 0.5)"
            )


if __name__ == "__main__":
    main()
