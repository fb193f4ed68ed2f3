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

Public Function Door(ByVal request As String) As String
    Door = "__import__('perfmon_xl.addin').addin." & request
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
    ' What there is to ask and to say comes back as text and is said after the call: Excel is not waiting in it then.
    Dim started As Boolean
    On Error GoTo failed
    XLPy.SetAttr XLPy.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
    XLPy.Module "perfmon_xl.addin"
    started = True
    RunWarm = True
    Hear Answered("answer('" & command & "')")
    Exit Function
failed:
    If started Then Say GetConfig("TEXT PYTHON FAILED")
End Function

Private Function Answered(ByVal request As String) As String
    Answered = XLPy.Var(XLPy.Eval(Door(request)))
End Function

Private Sub Hear(ByVal said As String)
    ' "?": a question; what comes of the answer is heard in turn.
    ' "~": long work goes on in a process of its own; it is looked at every second, and Excel can be used meanwhile.
    Do While Left$(said, 1) = "?"
        said = Answered("reply('" & Reply(Mid$(said, 2)) & "')")
    Loop
    Select Case Left$(said, 1)
        Case ""
        Case "~"
            Application.OnTime Now + TimeSerial(0, 0, 1), "'" & ThisWorkbook.Name & "'!PerfmonRibbon.Watch"
        Case "!"
            Say Mid$(said, 2)
        Case Else
            Say said, 64
    End Select
End Sub

Public Sub Watch()
    On Error GoTo failed
    Hear Answered("watch()")
    Exit Sub
failed:
    Application.StatusBar = False
    Say GetConfig("TEXT PYTHON FAILED")
End Sub

Public Function Reply(ByVal question As String) As String
    ' The parts of a question: its kind, its text or title, what is suggested, which files. "" is a cancel.
    Dim part() As String, answer As Variant
    part = Split(question, Chr$(1))
    answer = False
    Select Case part(0)
        Case "yes"
            If Confirmed(part(1)) Then answer = "1"
        Case "text"
            answer = Application.InputBox(part(1), GetConfig("TEXT TITLE"), part(2), Type:=2)
        Case "open"
            answer = Application.GetOpenFilename(part(3), , part(1))
        Case "save"
            answer = Application.GetSaveAsFilename(part(2), part(3), , part(1))
        Case "folder"
            answer = ChosenFolder(part(1))
    End Select
    If VarType(answer) = vbString Then Reply = Coded(CStr(answer))
End Function

Private Function Confirmed(ByVal question As String) As Boolean
    Dim title As String
    title = GetConfig("TEXT TITLE")
    Confirmed = MessageBoxW(Application.Hwnd, StrPtr(question), StrPtr(title), 36) = 6
End Function

Private Function ChosenFolder(ByVal title As String) As Variant
    ChosenFolder = False
    With Application.FileDialog(4)
        .Title = title
        If .Show = -1 Then ChosenFolder = CStr(.SelectedItems(1))
    End With
End Function

Public Function Coded(ByVal text As String) As String
    ' Four hexadecimal digits a letter: nothing that is typed or chosen becomes a part of a line of Python.
    Dim i As Long
    Coded = "+"
    For i = 1 To Len(text)
        Coded = Coded & Right$("000" & Hex$(AscW(Mid$(text, i, 1))), 4)
    Next i
End Function

Public Function AddNotes(ByVal sheet As Object, places As Variant, texts As Variant, heights As Variant, ByVal width As Double, ByVal author As String) As Long
    ' All notes of a sheet in one call from Python: how many could be added. One that fails stops nothing.
    Dim i As Long, note As Object
    On Error Resume Next
    For i = LBound(places) To UBound(places)
        Set note = Nothing
        Set note = sheet.Range(places(i)).AddComment(CStr(texts(i)))
        If Not note Is Nothing Then
            note.Shape.AlternativeText = author
            note.Shape.Width = width
            note.Shape.Height = heights(i)
            AddNotes = AddNotes + 1
        End If
    Next i
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
