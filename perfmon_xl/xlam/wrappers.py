"""The worksheet functions' VBA wrappers, made from the source of perfmon_xl/functions.py.

The source is read, not imported: functions.py needs xlwings, and xlwings marks functions only on Windows, while
the add-in is built anywhere.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MODULE = "PerfmonFunctions"
_MOST_DESCRIPTION = 255  # Excel refuses a longer help text


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """工作表函数的一个参数：名字、说明、能不能省。"""

    name: str
    help: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetFunction:
    """一个工作表函数：名字、一句话说明、参数。"""

    name: str
    help: str = ""
    arguments: tuple[Argument, ...] = ()


def declared(source: str) -> tuple[WorksheetFunction, ...]:
    """源码里带 @func 的函数，按书写顺序。"""
    functions = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    return tuple(_function(node) for node in functions if any(_is(d, "func") for d in node.decorator_list))


def _function(node: ast.FunctionDef) -> WorksheetFunction:
    if node.args.vararg or node.args.kwonlyargs or node.args.posonlyargs or node.args.kwarg:
        raise ValueError(f"工作表函数 {node.name} 只能有普通参数。")
    helps = dict(_argument_helps(node.decorator_list))
    required = len(node.args.args) - len(node.args.defaults)
    arguments = tuple(
        Argument(name=a.arg, help=helps.get(a.arg, ""), optional=place >= required)
        for place, a in enumerate(node.args.args)
    )
    for name in (node.name, *(a.name for a in arguments)):
        if not name.isascii() or name.startswith("_"):
            raise ValueError(f"工作表函数 {node.name}：VBA 里不能用的名字 {name}。")
    text = (ast.get_docstring(node) or "").strip().split("\n\n")[0].replace("\n", "")
    return WorksheetFunction(name=node.name, help=text, arguments=arguments)


def _argument_helps(decorators: Sequence[ast.expr]) -> Iterator[tuple[str, str]]:
    for decorator in decorators:
        if not (isinstance(decorator, ast.Call) and _is(decorator, "arg") and decorator.args):
            continue
        name = ast.literal_eval(decorator.args[0])
        for keyword in decorator.keywords:
            if keyword.arg == "doc":
                yield name, ast.literal_eval(keyword.value)


def _is(decorator: ast.expr, name: str) -> bool:
    """@name、@name(…)、@xw.name、@xw.name(…)。"""
    if isinstance(decorator, ast.Call):
        decorator = decorator.func
    return (isinstance(decorator, ast.Name) and decorator.id == name) or (
        isinstance(decorator, ast.Attribute) and decorator.attr == name
    )


def vba(functions: Sequence[WorksheetFunction]) -> str:
    """标准模块的代码：每个函数转给常驻的 Python；另有一个过程登记说明。"""
    lines = [
        "Option Explicit",
        "' Made by the build from perfmon_xl/functions.py; do not edit by hand.",
        "' The add-in passes itself as the workbook: xlwings would look into the user's for sheets named *.py.",
    ]
    for function in functions:
        names = [a.name for a in function.arguments]
        heads = [f"Optional {a.name}" if a.optional else a.name for a in function.arguments]
        call = f'XLPy.CallUDF("perfmon_xl.functions", "{function.name}", Array({", ".join(names)}), ThisWorkbook, Application.Caller)'
        lines += [
            "",
            f"Public Function {function.name}({', '.join(heads)})",
            "    On Error GoTo failed",
            f"    {function.name} = {call}",
            "    Exit Function",
            "failed:",
            f'    {function.name} = GetConfig("TEXT NO FUNCTION")',
            "End Function",
        ]
    return "\n".join([*lines, *_REGISTER, ""])


_REGISTER = (
    "",
    "Public Sub RegisterHelp()",
    "    ' The texts of the function wizard stand on the second sheet: name, help, help of each argument.",
    "    ' Excel takes them only while a workbook is shown: asked again until it did, every minute after the first.",
    "    Static done As Boolean, asked As Long",
    "    Dim row As Long, count As Long, i As Long, helps() As String",
    "    On Error Resume Next",
    "    If done Then Exit Sub",
    "    If Not ActiveWorkbook Is Nothing Then",
    "        For row = 1 To 100",
    "            With ThisWorkbook.Worksheets(2)",
    '                If CStr(.Cells(row, 1).Value) = "" Then Exit For',
    "                count = 0",
    '                Do While CStr(.Cells(row, count + 3).Value) <> ""',
    "                    count = count + 1",
    "                Loop",
    "                ReDim helps(0 To count)",
    "                For i = 1 To count",
    "                    helps(i - 1) = CStr(.Cells(row, i + 2).Value)",
    "                Next i",
    "                If count > 0 Then ReDim Preserve helps(0 To count - 1)",
    "                Application.MacroOptions Macro:=CStr(.Cells(row, 1).Value), Description:=CStr(.Cells(row, 2).Value), ArgumentDescriptions:=helps",
    "            End With",
    "        Next row",
    "        done = Err.Number = 0",
    "        ThisWorkbook.Saved = True",
    "    End If",
    "    asked = asked + 1",
    "    If Not done Then LookAgain IIf(asked < 12, 5, 60)",
    "End Sub",
    "",
    "Public Sub LookAgain(ByVal seconds As Long)",
    "    On Error Resume Next",
    '    Application.OnTime Now + TimeSerial(0, 0, seconds), "\'" & ThisWorkbook.Name & "\'!PerfmonFunctions.RegisterHelp"',
    "End Sub",
)

# Excel takes help texts only while some workbook is shown, so not at once when it starts.
ON_OPEN = """\
Option Explicit
Private Sub Workbook_Open()
    On Error Resume Next
    LookAgain 5
End Sub
"""


def help_rows(functions: Sequence[WorksheetFunction]) -> list[list[str]]:
    """函数向导的说明，一个函数一行。"""
    return [
        [f.name, f.help[:_MOST_DESCRIPTION], *((a.help or a.name)[:_MOST_DESCRIPTION] for a in f.arguments)]
        for f in functions
    ]
