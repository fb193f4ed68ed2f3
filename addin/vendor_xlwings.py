"""Makes xlwings.bas from the installed xlwings (BSD part): `python addin/vendor_xlwings.py` after a change of its version.

What is changed, and why, stands in the note that is written at the top of the module. Each change must fit exactly
once; a new version of xlwings that moved something stops here instead of being half changed.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE / "xlwings.bas"

NOTE = """\
'----------------------------------------------------------------------------------------------------
' This is xlwings_custom_addin.bas of xlwings, changed for the add-in perfmon_xl:
' 1. GetConfig reads only the sheet of this add-in and the user's own file. xlwings also reads a sheet in,
'    and a file beside, the active workbook: a workbook that someone sent could choose the interpreter.
' 2. ADD_WORKBOOK_TO_PYTHONPATH is always false, no workbook's path is passed to Python, and Python is
'    started with -P and without PYTHONPATH (an empty one means the current folder, which is often the
'    workbook's): a json.py beside a workbook must not run. Sheets named *.py are not looked for.
' 3. The command of the warm Python process is the same for all workbooks, so that there is one process.
' 4. Without the user's file no interpreter is guessed, the command shell is that of ComSpec, and what goes wrong is
'    said in one sentence of this add-in's sheet (SayFailed, in PerfmonTalk), not in a box of its own.
' The conditions on App and Mac are resolved for Excel on Windows; procedures that are not used are left out.
' Made by addin/vendor_xlwings.py; do not edit by hand.
'----------------------------------------------------------------------------------------------------
"""

GET_CONFIG = """\
Function GetConfig(configKey As String, Optional default As String = "", Optional source As String = "") As Variant
    ' First the sheet of this add-in, then the user's file, then the default. Nothing else can set anything.
    Dim configValue As String, r As Long
    configValue = default
    For r = 1 To 200
        If CStr(ThisWorkbook.Worksheets(1).Cells(r, 1).Value) = "" Then Exit For
        If UCase$(CStr(ThisWorkbook.Worksheets(1).Cells(r, 1).Value)) = UCase$(configKey) Then
            GetConfig = CStr(ThisWorkbook.Worksheets(1).Cells(r, 2).Value)
            Exit Function
        End If
    Next r
    If FileExists(GetConfigFilePath()) Then
        If Not GetConfigFromFile(GetConfigFilePath(), configKey, configValue) Then configValue = default
    End If
    GetConfig = ExpandEnvironmentStrings(configValue)
End Function

Function CommandShell() As String
    CommandShell = Environ("ComSpec")
    CommandShell = IIf(CommandShell = "", "cmd.exe", Chr(34) & CommandShell & Chr(34))
End Function
"""

SHOW_ERROR = """\
Sub ShowError(FileName As String, Optional Message As String = "")
    SayFailed
End Sub
"""

UNUSED = (
    "RunPython",
    "ReadFile",
    "SheetExists",
    "RunFrozenPython",
    "GetUdfModules",
    "NDims",
    "ImportPythonUDFsBase",
    "ImportPythonUDFs",
    "ImportPythonUDFsToAddin",
    "ImportXlwingsUdfsModule",
    "GetDLLVersion",
    "GetDirectoryPath",
    "GetDirectoryConfigFilePath",
    "GetConfigFromSheet",
    "SaveConfigToFile",
    "has_dynamic_array",
    "GetFullName",
    "ExecuteMac",
    "CleanUp",
    "FileOrFolderExistsOnMac",
    "KillFileOnMac",
    "ToMacPath",
    "GetMacDir",
    "ToPosixPath",
)

ONEDRIVE = (
    'GetConfig("ONEDRIVE_CONSUMER_WIN") & ";" & GetConfig("ONEDRIVE_COMMERCIAL_WIN") & ";" & '
    'GetConfig("SHAREPOINT_WIN")'
)
PYTHONPATH = ' & ";" & GetConfig("PYTHONPATH")'
_LEGACY = """\
    PYTHON_WIN = GetConfig("INTERPRETER_WIN", "")
    If PYTHON_WIN = "" Then
        ' Legacy
        PYTHON_WIN = GetConfig("INTERPRETER", "pythonw")
    End If
"""
_OURS = """\
    PYTHON_WIN = GetConfig("INTERPRETER_WIN", "")
    If PYTHON_WIN = "" Then Err.Raise 1001, Description:=GetConfig("TEXT NO PYTHON")
"""
REPLACED = (
    ('PROJECT_NAME As String = "myaddin"', 'PROJECT_NAME As String = "perfmon_xl"'),
    (
        'PYTHONPATH = AddExcelDir & ";" & ActiveWorkbook.FullName & ";" & ThisWorkbook.FullName & ";" & '
        + ONEDRIVE
        + PYTHONPATH,
        'PYTHONPATH = "false;;;" & ' + ONEDRIVE,
    ),
    (
        '    AddExcelDir = GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")\n\n    \' The first 6 args',
        "    ' The first 6 args",
    ),
    ('" -B -c ""import xlwings.utils;', '" -B -P -c ""import xlwings.utils;'),
    ('" -B -c ""import sys, os;', '" -B -P -c ""import sys, os;'),
    (_LEGACY + "    DEBUG_UDFS", _OURS + "    DEBUG_UDFS"),
    (_LEGACY + "    CondaPath", _OURS + "    CondaPath"),
    ('            MsgBox "Could not find Interpreter!", vbCritical\n', ""),
    (
        '        MsgBox "Your Conda version seems to be too old for the Conda settings. Use the Interpreter setting instead."\n',
        "        CheckConda = False\n",
    ),
    ('WScript.Run("cmd.exe /C " & DriveCommand', 'WScript.Run(CommandShell() & " /C " & DriveCommand'),
    (
        'PYTHON_WIN = "cmd.exe " & ConsoleSwitch & " /K " & CondaCmd',
        'PYTHON_WIN = CommandShell() & " " & ConsoleSwitch & " /K " & CondaCmd',
    ),
    (
        'PYTHON_WIN = "cmd.exe " & ConsoleSwitch & " /K " & Chr(34)',
        'PYTHON_WIN = CommandShell() & " " & ConsoleSwitch & " /K " & Chr(34)',
    ),
    ("    ' TODO: Doesn't automatically check if code is embedded\n", ""),
)


def vendored(source: str) -> str:
    """照上面的说明改好的模块。"""
    text = "\n".join(line.rstrip() for line in source.splitlines()) + "\n"
    text = for_excel_on_windows(text)
    for name in UNUSED:
        text = _without(text, name)
    for old, new in REPLACED:
        start = _once(text, old)
        text = text[:start] + new + text[start + len(old) :]
    for name, body in (("GetConfig", GET_CONFIG), ("ShowError", SHOW_ERROR)):
        start, end = _procedure(text, name)
        text = text[:start] + body + text[end:]
    text = re.sub(r"\n{3,}", "\n\n", text)
    licence_end = text.index('\'Attribute VB_Name = "Main"')
    return text[:licence_end] + NOTE + text[licence_end:]


def for_excel_on_windows(text: str) -> str:
    """#If App = … 和 #If Mac 只留“Windows 上的 Excel”一支，其余条件编译照旧。"""
    kept: list[str] = []
    # One item an open #If: None for other conditions, else whether this branch, and any branch so far, is ours.
    open_ifs: list[tuple[bool, bool] | None] = []
    for line in text.splitlines():
        word = line.strip()
        if word.startswith("#Const App"):
            continue
        if word.startswith("#If "):
            ours = _holds(word)
            open_ifs.append(None if ours is None else (ours, ours))
            if ours is not None:
                continue
        elif word.startswith("#Else") and open_ifs[-1] is not None:
            before = open_ifs[-1][1]
            now = not before and (word == "#Else" or _holds(word) is True)
            open_ifs[-1] = (now, before or now)
            continue
        elif word.startswith("#End If") and open_ifs.pop() is not None:
            continue
        if all(one is None or one[0] for one in open_ifs):
            kept.append(line)
    return "\n".join(kept) + "\n"


def _holds(line: str) -> bool | None:
    """条件成不成立；不归这里管的条件是 None。"""
    condition = line.split("If ", 1)[1].split(" Then")[0]
    if condition.startswith("App = "):
        return condition == 'App = "Microsoft Excel"'
    return {"Mac": False, "Not Mac": True}.get(condition)


def _procedure(text: str, name: str) -> tuple[int, int]:
    """一个过程从哪到哪。"""
    head = re.search(rf"^(?:Public |Private )?(Sub|Function) {name}\(", text, re.MULTILINE)
    if head is None:
        raise SystemExit(f"xlwings 里没有过程 {name}，要看看它改成了什么。")
    end = re.compile(rf"^End {head[1]}\n", re.MULTILINE).search(text, head.end())
    assert end is not None
    return head.start(), end.end()


def _without(text: str, name: str) -> str:
    start, end = _procedure(text, name)
    return text[:start] + text[end:]


def _once(text: str, wanted: str) -> int:
    if text.count(wanted) != 1:
        raise SystemExit(f"应当恰好出现一次，实际 {text.count(wanted)} 次：{wanted}")
    return text.index(wanted)


def installed() -> Path:
    """本机所装 xlwings 里的原文；只找位置，不导入它。"""
    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise SystemExit("没有安装 xlwings：pip install xlwings==0.37.8。")
    return Path(spec.origin).with_name("xlwings_custom_addin.bas")


if __name__ == "__main__":
    TARGET.write_text(vendored(installed().read_text(encoding="ascii")), encoding="ascii", newline="\n")
    print(TARGET)
