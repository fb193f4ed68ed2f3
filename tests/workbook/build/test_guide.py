"""填报说明 and the README tell one order of work."""

from __future__ import annotations

import re
from pathlib import Path

from perfmon_xl.workbook.build.guide import STEPS

README = Path(__file__).parents[3] / "README.zh-CN.md"
BUTTONS = {"填充": "fill", "检查": "check", "报告": "report"}


def order(lines: list[str]) -> list[str]:
    """哪一步做什么，照写的先后：“运行‘填充’”“perfmon-xl fill”是一回事，一步里连着说两遍的算一遍。"""
    found: list[str] = []
    for line in lines:
        said = [
            BUTTONS.get(button, command or again)
            for button, command, again in re.findall(
                r"运行(?:一次)?“(填充|检查|报告)”|perfmon-xl (fill|check|report)|`(fill)`", line
            )
        ]
        found += [one for n, one in enumerate(said) if n == 0 or one != said[n - 1]]
    return found


def test_the_guide_and_the_readme_tell_one_order_of_work() -> None:
    own_project = README.read_text(encoding="utf-8").partition("做自己的项目：")[2].partition("填好以后")[0]
    readme = [line for line in re.split(r"\n(?=\d\. )", own_project) if line.strip()]
    assert order([text for _, text in STEPS]) == ["fill", "fill", "check", "fill", "report"] == order(readme)
