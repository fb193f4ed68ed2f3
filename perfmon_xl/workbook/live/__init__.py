"""The workbook open in Excel, through xlwings."""
