"""填报说明 and the README tell one order of work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfmon_xl.layout.finding_sheet import GUIDE_MISSING, GUIDE_STATE, GUIDE_TOLD
from perfmon_xl.workbook.build.guide import STEPS
from perfmon_xl.workbook.check_state import check_cells, state_of_rows

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


@pytest.mark.parametrize(
    ("rows", "checked", "count", "told", "state"),
    [
        ([], False, 0, "填好以后，运行“检查”。", "还没有检查"),
        ([], True, 0, "没有要改的，可以出报告了。", "✓ 可以出报告"),
        (["错误", "警告"], True, 1, "必须改 1 个事项，从第 1 项改起。", "还要改"),
        (["警告"], True, 0, "没有必须改的；警告改掉或写明处理意见，然后出报告。", "✓ 可以出报告"),
    ],
    ids=["没有查过", "没有问题", "有错误", "只有警告"],
)
def test_the_guide_tells_how_far_the_check_is(
    rows: list[str], checked: bool, count: int, told: str, state: str
) -> None:
    plain = [
        {"number": str(n), "severity": level, "state": "未改", "code": "AB101"}
        for n, level in enumerate(rows, 1)
    ]
    cells = check_cells(state_of_rows(plain, checked=checked))
    assert [cells[name] for name in (GUIDE_MISSING, GUIDE_TOLD, GUIDE_STATE)] == [count, told, state]
