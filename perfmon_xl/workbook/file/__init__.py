"""The workbook as a file: an .xlsx read and edited part by part, nothing else touched."""
