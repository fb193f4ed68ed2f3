Attribute VB_Name = "PerfmonTalk"
Option Explicit
' What is said to the person and asked of them, while nobody waits in a call. ASCII only, as in PerfmonRibbon.

#If VBA7 Then
    Private Declare PtrSafe Function MessageBoxW Lib "user32" (ByVal owner As LongPtr, ByVal text As LongPtr, ByVal title As LongPtr, ByVal style As Long) As Long
#Else
    Private Declare Function MessageBoxW Lib "user32" (ByVal owner As Long, ByVal text As Long, ByVal title As Long, ByVal style As Long) As Long
#End If

Public Sub Say(ByVal text As String, Optional ByVal style As Long = 48)
    ' MsgBox cuts at 1,024 characters and knows only the letters of the system's code page.
    Dim title As String
    title = GetConfig("TEXT TITLE")
    MessageBoxW Application.Hwnd, StrPtr(text), StrPtr(title), style
End Sub

Public Sub SayFailed()
    ' Called where an error was caught: another one in here would be a box of VBA's.
    On Error Resume Next
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

Public Function Decoded(ByVal text As String) As String
    Dim i As Long
    For i = 2 To Len(text) Step 4
        Decoded = Decoded & ChrW(Val("&H" & Mid$(text, i, 2)) * 256 + Val("&H" & Mid$(text, i + 2, 2)))
    Next i
End Function
