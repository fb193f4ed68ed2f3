"""Building workbooks from the layout, with XlsxWriter: the monitoring workbook, the official form, the summary."""
