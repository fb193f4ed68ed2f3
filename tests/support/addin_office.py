"""The add-in in LibreOffice: the real sources, with a recorder in the place of Windows' WScript.Shell."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest import mock

from perfmon_xl.system.resources import folder
from perfmon_xl.xlam import package
from perfmon_xl.xlam.package import PROJECT, VbaSources, read_sources, xlam
from perfmon_xl.xlam.wrappers import vba

# Notes each command line that Windows would run, and leaves what Python would have said: the next word of REPLIES.
RECORDER = """\
Option Explicit
Public Function Run(ByVal line As String, ByVal style As Long, ByVal wait As Boolean) As Long
    Dim replies() As String, text As String, number As Integer
    Noted line
    replies = Split(Environ("REPLIES"), " ")
    text = "+"
    If runs <= UBound(replies) Then text = replies(runs)
    runs = runs + 1
    If text = "fails" Then
        Run = 1
    ElseIf text <> "silent" Then
        number = FreeFile
        Open Environ("TEMP") & "\\perfmon-xl-guid.txt" For Output As #number
        Print #number, text
        Close #number
        Run = 0
    End If
End Function
Public Function ExpandEnvironmentStrings(ByVal text As String) As String
    ExpandEnvironmentStrings = text
End Function
"""
# What a ribbon control is to the callback: something with a Tag.
CONTROL = "Option Explicit\nPublic Tag As String\n"
PRESSING = """\
Option Explicit
Public runs As Long
Public Sub Noted(ByVal text As String)
    Dim r As Long
    r = 1
    Do While CStr(ActiveWorkbook.Worksheets(1).Cells(r, 1).Value) <> ""
        r = r + 1
    Loop
    ActiveWorkbook.Worksheets(1).Cells(r, 1).Value = text
End Sub
Public Sub Click(ByVal which As String)
    Dim control As New FakeControl
    control.Tag = which
    OnAction control
End Sub
Public Function Active() As String
    Active = ActiveWorkbook.Name
End Function
"""


def python_line(tag: str, answers: str = "") -> str:
    """PerfmonRibbon.PythonFor：按了这个按钮，Python 做的那一行。"""
    return f"import perfmon_xl.addin as a; a.cold('guid', '{tag}', [{answers}])"


def real_sources() -> VbaSources:
    """提交的插件源码，不含工作表函数。"""
    return read_sources(folder("addin"))


def replaced(code: str, kind: str, name: str, body: str) -> str:
    """过程 name 换成 body；必须恰好有一个。"""
    found = re.compile(rf"^(Public |Private )?{kind} {name}\(.*?^End {kind}\n", re.MULTILINE | re.DOTALL)
    code, count = found.subn(lambda _: body, code)
    assert count == 1, name
    return code


def recording(sources: VbaSources, *, without_workbook: bool = False) -> bytes:
    """真的源码做的插件，只是 WScript.Shell 换成记录命令行的，弹框换成写在工作表上的；可以装作没有工作簿。"""
    modules = dict(sources.modules)
    shell = "Function WScript(Optional CreateNew As Boolean) As Object\n  Set WScript = New Recorder\nEnd Function\n"
    modules["xlwings"] = replaced(modules["xlwings"], "Function", "WScript", shell)
    if without_workbook:
        none = "Private Function NoWorkbook() As Boolean\n    NoWorkbook = True\nEnd Function\n"
        modules["PerfmonRibbon"] = replaced(modules["PerfmonRibbon"], "Function", "NoWorkbook", none)
    say = 'Public Sub Say(ByVal text As String, Optional ByVal style As Long = 48)\n    Noted "SAID " & style & " " & text\nEnd Sub\n'
    ask = 'Public Function Reply(ByVal question As String) As String\n    Noted "ASKED " & question\n    Reply = Coded("答")\nEnd Function\n'
    ask = ask.replace('"答"', "ChrW(31572)")
    talk = replaced(modules["PerfmonTalk"], "Sub", "Say", say)
    modules["PerfmonTalk"] = replaced(talk, "Function", "Reply", ask)
    # LibreOffice has no window handle and no path to give, and takes no seed that large.
    guid = 'Public Function CreateGUID() As String\n    CreateGUID = "guid"\nEnd Function\n'
    modules["xlwings"] = replaced(modules["xlwings"], "Function", "CreateGUID", guid)
    for absent, given in (("Application.Hwnd", "7"), ("Application.Path", '"C:\\Office"')):
        modules["xlwings"] = modules["xlwings"].replace(absent, given)
    modules["Pressing"] = PRESSING
    return xlam(
        dataclasses.replace(sources, modules=modules, classes={"FakeControl": CONTROL, "Recorder": RECORDER})
    )


# What Excel does with a help text, and whether one is taken; whether a workbook is shown; what is to run later.
HELPING = """\
Option Explicit
Private looks As Long
Public Function NoneShown() As Boolean
    looks = looks + 1
    NoneShown = looks <= CLng(Environ("HIDDEN"))
End Function
Public Sub Told(ByVal name As String, ByVal text As String, helps As Variant)
    If looks <= CLng(Environ("REFUSED")) Then Err.Raise 1004
    Noted "HELP " & name & "|" & text & "|" & Join(helps, "|")
End Sub
Public Sub Later(ByVal seconds As Long)
    Noted "LATER " & seconds
End Sub
"""


def helping(sources: VbaSources) -> bytes:
    """真的源码做的插件，只是 Excel 收说明、稍后再来、有没有工作簿，换成记下来的、照环境变量说的。"""
    code = vba(sources.functions)
    for excels, ours in (
        ("ActiveWorkbook Is Nothing", "NoneShown()"),
        ("Application.MacroOptions Macro:=", "Told "),
        ("Description:=", ""), ("ArgumentDescriptions:=", ""), ("Then LookAgain ", "Then Later "),
    ):  # fmt: skip
        assert excels in code
        code = code.replace(excels, ours)
    modules = {**sources.modules, "Pressing": PRESSING, "Helping": HELPING}
    made = dataclasses.replace(sources, modules=modules, classes={"FakeControl": CONTROL})
    with mock.patch.object(package, "vba", lambda functions: code):
        return xlam(made)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """LibreOffice 里看到的：各库的模块、各步的返回值、活动工作簿 A 列。"""

    modules: Mapping[str, Sequence[str]]
    results: Sequence[object]
    cells: Sequence[str]
    sheets: Sequence[str]


def in_office(
    work: Path, paths: Sequence[Path], steps: Sequence[tuple[str, Sequence[object]]], *, read: int = 0,
    environment: Mapping[str, str] | None = None,
) -> Ran:  # fmt: skip
    """在 LibreOffice 里打开 paths（头一个是插件，末一个是活动工作簿），跑宏。"""
    job, out = work / "job.json", work / "out.json"
    what = {"open": [str(p.resolve()) for p in paths], "steps": steps, "library": PROJECT, "read": read}
    job.write_text(json.dumps(what), encoding="utf-8")
    script = Path(__file__).with_name("addin_run.py")
    subprocess.run(
        ["/usr/bin/python3", str(script), str(job), str(out), str(work / "profile")],
        check=True, timeout=180, env={**os.environ, "TEMP": str(work / "temp"), **(environment or {})},
    )  # fmt: skip
    return Ran(**json.loads(out.read_text(encoding="utf-8")))
