Attribute VB_Name = "PerfmonRibbon"
Option Explicit
' Every button of the ribbon comes here. What a button does is found in Python by its tag, so a new button
' changes customUI14.xml and Python, never this module. ASCII only: labels stand in customUI14.xml,
' the texts of this module on the sheet of this add-in, everything else is said by Python.
' Nothing leaves Press as an error: each way out is one sentence with a remedy.

#If VBA7 Then
    Private Declare PtrSafe Function MessageBoxW Lib "user32" (ByVal owner As LongPtr, ByVal text As LongPtr, ByVal title As LongPtr, ByVal style As Long) As Long
#Else
    Private Declare Function MessageBoxW Lib "user32" (ByVal owner As Long, ByVal text As Long, ByVal title As Long, ByVal style As Long) As Long
#End If

Private warmFailed As Boolean

Public Sub OnAction(control As IRibbonControl)
    Press control.Tag
End Sub

Public Sub Press(ByVal command As String)
    On Error GoTo failed
    If Not IsCommand(command) Then Exit Sub
    If NoWorkbook() Then
        Say GetConfig("TEXT NO WORKBOOK")
        Exit Sub
    End If
    If Not FileExists(Interpreter()) Then
        Say GetConfig("TEXT NO PYTHON")
        Exit Sub
    End If
    If command = "help.restart" Then StopPython
    If IsWarm() And Not warmFailed Then
        If RunWarm(command) Then Exit Sub
        warmFailed = True
    End If
    RunCold command
    Exit Sub
failed:
    Say GetConfig("TEXT PYTHON FAILED")
End Sub

Public Function PythonFor(ByVal command As String) As String
    PythonFor = "import perfmon_xl.addin as a; a.run('" & command & "'" & IIf(warmFailed, ", True)", ")")
End Function

Public Function AnswerFor(ByVal command As String) As String
    AnswerFor = "__import__('perfmon_xl.addin').addin.answer('" & command & "')"
End Function

Public Function IsCommand(ByVal command As String) As Boolean
    ' The tag becomes part of a line of Python: letters and dots only.
    Dim i As Long
    IsCommand = Len(command) > 0 And Len(command) < 40
    For i = 1 To Len(command)
        If InStr(1, "abcdefghijklmnopqrstuvwxyz._", Mid$(command, i, 1), vbBinaryCompare) = 0 Then IsCommand = False
    Next i
End Function

Private Function Interpreter() As String
    Interpreter = GetConfig("INTERPRETER_WIN", "")
End Function

Private Function IsWarm() As Boolean
    IsWarm = LCase$(GetConfig("USE UDF SERVER", "false")) = "true"
End Function

Private Function RunWarm(ByVal command As String) As Boolean
    ' False: the warm process could not be had, nothing was done, the other way may be tried.
    ' What there is to say comes back as text and is said after the call: Excel is not waiting in it then.
    Dim said As String, started As Boolean
    On Error GoTo failed
    XLPy.SetAttr XLPy.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
    XLPy.Module "perfmon_xl.addin"
    started = True
    RunWarm = True
    said = XLPy.Var(XLPy.Eval(AnswerFor(command)))
    On Error GoTo 0
    If Left$(said, 1) = "!" Then
        Say Mid$(said, 2)
    ElseIf said <> "" Then
        Say said, vbInformation
    End If
    Exit Function
failed:
    If started Then Say GetConfig("TEXT PYTHON FAILED")
End Function

Private Sub RunCold(ByVal command As String)
    ExecuteWindows False, PythonFor(command), Interpreter(), "false;;;" & GetConfig("ONEDRIVE_CONSUMER_WIN") & ";" & _
        GetConfig("ONEDRIVE_COMMERCIAL_WIN") & ";" & GetConfig("SHAREPOINT_WIN")
End Sub

Private Function NoWorkbook() As Boolean
    ' None is open, or the only one is in Protected View.
    NoWorkbook = ActiveWorkbook Is Nothing
End Function

Public Sub Say(ByVal text As String, Optional ByVal style As Long = 48)
    ' MsgBox cuts at 1,024 characters and knows only the letters of the system's code page.
    Dim title As String
    title = GetConfig("TEXT TITLE")
    MessageBoxW Application.Hwnd, StrPtr(text), StrPtr(title), style
End Sub

Private Sub StopPython()
    ' Ends the warm process, if there is one; the next press then starts a fresh one.
    warmFailed = False
    On Error Resume Next
    If IsWarm() Then KillPy
    On Error GoTo 0
End Sub
