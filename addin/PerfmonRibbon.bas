Attribute VB_Name = "PerfmonRibbon"
Option Explicit
' Every button of the ribbon comes here. What a button does is found in Python by its tag, so a new button
' changes customUI14.xml and Python, never this module. ASCII only: labels stand in customUI14.xml,
' the texts of this module on the sheet of this add-in, everything else is said by Python.

Public Sub OnAction(control As IRibbonControl)
    Press control.Tag
End Sub

Public Sub Press(ByVal command As String)
    If Not IsCommand(command) Then Exit Sub
    If NoWorkbook() Then
        Say GetConfig("TEXT NO WORKBOOK")
        Exit Sub
    End If
    If command = "help.restart" Then StopPython
    RunPython PythonFor(command)
End Sub

Public Function PythonFor(ByVal command As String) As String
    PythonFor = "import perfmon_xl.addin as a; a.run('" & command & "')"
End Function

Public Function IsCommand(ByVal command As String) As Boolean
    ' The tag becomes part of a line of Python: letters and dots only.
    Dim i As Long
    IsCommand = Len(command) > 0 And Len(command) < 40
    For i = 1 To Len(command)
        If InStr(1, "abcdefghijklmnopqrstuvwxyz._", Mid$(command, i, 1), vbBinaryCompare) = 0 Then IsCommand = False
    Next i
End Function

Private Function NoWorkbook() As Boolean
    ' None is open, or the only one is in Protected View.
    NoWorkbook = ActiveWorkbook Is Nothing
End Function

Private Sub Say(ByVal text As String)
    MsgBox text, vbExclamation
End Sub

Private Sub StopPython()
    ' Ends the warm process, if there is one; RunPython then starts a fresh one.
    On Error Resume Next
    If LCase$(GetConfig("USE UDF SERVER", "false")) = "true" Then KillPy
    On Error GoTo 0
End Sub
