"""What 把工作簿拖到这里.cmd runs: fill, check and report for each file dropped on it.

Explorer puts quotes round a path only where it has a blank, so cmd cuts `丁&戊.xlsx` at the `&`. The whole line is in
CMDCMDLINE, which the .cmd hands over in the environment; where there is none, the arguments are taken.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

LINE = "PERFMON_XL_DROPPED"
_PIECE = re.compile(r'"([^"]*)"|(\S+)')


def dropped_paths(line: str, exists: Callable[[str], bool]) -> list[str]:
    """命令行 line 里 .cmd 后面的路径；不加引号的在空格处断开了的，接起来真有这个文件，就接起来。"""
    start = line.lower().rfind(".cmd")
    rest = line[start + 4 :] if start >= 0 else line
    rest = rest.removeprefix('"').strip()
    if rest.count('"') % 2:
        rest = rest[: rest.rfind('"')]
    pieces = [quoted or plain for quoted, plain in _PIECE.findall(rest)]
    paths: list[str] = []
    while pieces:
        for count in range(len(pieces), 0, -1):
            joined = " ".join(pieces[:count])
            if exists(joined) or count == 1:
                paths.append(joined)
                del pieces[:count]
                break
    return paths


def main(arguments: Sequence[str]) -> int:
    """拖上来的一个一个做；做不了的说为什么，接着做下一个。"""
    from perfmon_xl import cli
    from perfmon_xl.commands.saying import DESK

    os.environ.setdefault(DESK, "1")
    wait = "--wait" in arguments  # started by a shortcut: the window would close at once
    given = [argument for argument in arguments if argument != "--wait"]
    paths = dropped_paths(os.environ.get(LINE, ""), os.path.exists) or given
    if not paths:
        print("请把填好的工作簿拖到这个图标上再放开，可以一次拖几个，也可以拖一个文件夹。")
    worst = 0 if paths else 2
    for path in paths:
        print(f"—— {Path(path).name} ——", flush=True)
        worst = max(worst, cli.main(command_for(Path(path))))
    if wait:
        with suppress(EOFError, KeyboardInterrupt):
            input("按回车键关闭窗口。")
    return worst


def command_for(path: Path) -> list[str]:
    """一个工作簿：填充、检查、出报告；一个文件夹：里面的一批，做出来的放在旁边。"""
    if path.is_dir():
        return ["batch", str(path), "-o", str(path.with_name(f"{path.name}-监控结果"))]
    return ["do", str(path), "--open"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
