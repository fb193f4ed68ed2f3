"""Behind the ribbon: the desk a button works at (Excel, dialogs), how it is pressed, and the buttons."""
