Attribute VB_Name = "PerfmonRibbon"
Option Explicit
' Every button of the ribbon comes here. What a button does is found in Python by its tag, so a new button
' changes customUI14.xml and Python, never this module. ASCII only: labels stand in customUI14.xml,
' the texts of this module on the sheet of this add-in, everything else is said by Python.
' Nothing leaves Press as an error: each way out is one sentence with a remedy.

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
    If Not IsWarm() Then
        warmFailed = False
    ElseIf Not warmFailed Then
        warmFailed = Not Started()
    End If
    Converse command, IsWarm() And Not warmFailed
    Exit Sub
failed:
    SayFailed
End Sub

Public Function PythonFor(ByVal letter As String, ByVal command As String, ByVal answers As String) As String
    PythonFor = "import perfmon_xl.addin as a; a.cold('" & letter & "', '" & command & "', [" & answers & "]" & _
        IIf(warmFailed, ", True)", ")")
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

Private Function Started() As Boolean
    ' False: the warm process could not be had, nothing was done, the other way may be tried.
    On Error GoTo failed
    XLPy.SetAttr XLPy.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
    XLPy.Module "perfmon_xl.addin"
    Started = True
failed:
End Function

Private Sub Converse(ByVal command As String, ByVal warm As Boolean)
    ' What there is to ask and to say comes back as text and is said after the call: Excel is not waiting in it then.
    Dim said As String, answer As String, answers As String
    If warm Then said = Answered("answer('" & command & "')") Else said = AnsweredCold(command, "")
    Do While Left$(said, 1) = "?"
        answer = Reply(Mid$(said, 2))
        answers = answers & "'" & answer & "',"
        If warm Then said = Answered("reply('" & answer & "')") Else said = AnsweredCold(command, answers)
    Loop
    Hear said
End Sub

Private Function Answered(ByVal request As String) As String
    Answered = XLPy.Var(XLPy.Eval(Door(request)))
End Function

Private Function AnsweredCold(ByVal command As String, ByVal answers As String) As String
    ' Python is started for this one step, waited for, and leaves its words in a file. What fails is said there.
    Dim letter As String, path As String, text As String, number As Integer
    letter = CreateGUID()
    path = Environ("TEMP") & "\perfmon-xl-" & letter & ".txt"
    If ExecuteWindows(False, PythonFor(letter, command, answers), Interpreter(), "false;;;" & GetConfig("ONEDRIVE_CONSUMER_WIN") & _
        ";" & GetConfig("ONEDRIVE_COMMERCIAL_WIN") & ";" & GetConfig("SHAREPOINT_WIN")) <> 0 Then Exit Function
    number = FreeFile
    Open path For Input As #number
    Line Input #number, text
    Close #number
    Kill path
    AnsweredCold = Decoded(text)
End Function

Private Sub Hear(ByVal said As String)
    ' "~": long work goes on in a process of its own; it is looked at every second, and Excel can be used meanwhile.
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
    Dim said As String
    On Error GoTo failed
    said = Answered("watch()")
    Do While Left$(said, 1) = "?"
        said = Answered("reply('" & Reply(Mid$(said, 2)) & "')")
    Loop
    Hear said
    Exit Sub
failed:
    SayFailed
End Sub

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

Private Function NoWorkbook() As Boolean
    ' None is open, or the only one is in Protected View.
    NoWorkbook = ActiveWorkbook Is Nothing
End Function

Private Sub StopPython()
    ' Ends the warm process, if there is one; the next press then starts a fresh one.
    warmFailed = False
    On Error Resume Next
    If IsWarm() Then KillPy
    On Error GoTo 0
End Sub
