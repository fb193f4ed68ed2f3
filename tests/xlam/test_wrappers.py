"""The worksheet functions' wrappers, from the text of a module that has them."""

from __future__ import annotations

import pytest

from perfmon_xl.xlam.wrappers import Argument, WorksheetFunction, declared, help_rows, vba

SOURCE = '''
import xlwings as xw
from xlwings import arg, func

@func(category="绩效监控")
@arg("target", doc="指标值，如 ≥70件")
@arg("part", doc="符号、数值或单位")
def PM_PARSE(target, part=None):
    """把指标值拆开。

    更多的话。
    """
    return helper(target)

@xw.func
@xw.arg("done", ndim=2)
def PM_RATE(target: str, done: float):
    """完成率。"""

def helper(target):
    """不是工作表函数。"""
'''


def test_functions_are_read_from_the_source() -> None:
    assert declared(SOURCE) == (
        WorksheetFunction(
            name="PM_PARSE",
            help="把指标值拆开。",
            arguments=(
                Argument(name="target", help="指标值，如 ≥70件"),
                Argument(name="part", help="符号、数值或单位", optional=True),
            ),
        ),
        WorksheetFunction(
            name="PM_RATE", help="完成率。", arguments=(Argument(name="target"), Argument(name="done"))
        ),
    )


def test_the_wrapper_passes_the_addin_never_the_users_workbook() -> None:
    code = vba(declared(SOURCE))
    assert "Public Function PM_PARSE(target, Optional part)\n" in code
    assert (
        'PM_RATE = XLPy.CallUDF("perfmon_xl.functions", "PM_RATE", Array(target, done), ThisWorkbook, Application.Caller)'
    ) in code
    assert "ActiveWorkbook" not in code.split("Sub RegisterHelp")[0] and code.isascii()


def test_help_is_told_in_chinese_and_never_too_long() -> None:
    assert help_rows(declared(SOURCE))[0] == [
        "PM_PARSE",
        "把指标值拆开。",
        "指标值，如 ≥70件",
        "符号、数值或单位",
    ]
    long = WorksheetFunction(name="F", help="长" * 300, arguments=(Argument(name="a"),))
    assert [len(text) for text in help_rows([long])[0]] == [1, 255, 1]


@pytest.mark.parametrize("head", ["def F(*many):", "def F(a, *, b):", "def F(指标):", "def _F(a):"])
def test_what_vba_cannot_say_is_refused(head: str) -> None:
    with pytest.raises(ValueError, match="工作表函数"):
        declared(f"@func\n{head}\n    pass\n")
