"""Behind the ribbon: the context a button works in (Excel, dialogs), its dispatch, and the buttons."""
